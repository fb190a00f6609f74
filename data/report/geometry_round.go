package report

import "math"

// A SliceShape is one part of a doughnut. Angles are in degrees, clockwise from the top.
type SliceShape struct {
	Index      int
	Share      float64 // of the whole, 0 to 1
	Start, End float64
}

// SliceShapes cuts a doughnut. Missing, negative and zero values have no slice; the shares of the others add up to 1.
func SliceShapes(values []float64) []SliceShape {
	var total float64
	for _, v := range values {
		if !Missing(v) && v > 0 {
			total += v
		}
	}
	if total <= 0 {
		return nil
	}
	var slices []SliceShape
	var before float64
	for i, v := range values {
		if Missing(v) || v <= 0 {
			continue
		}
		share := v / total
		slices = append(slices, SliceShape{Index: i, Share: share, Start: 360 * before, End: 360 * min(before+share, 1)})
		before += share
	}
	slices[len(slices)-1].End = 360
	return slices
}

// SliceAt returns which slice lies under a point, given from the doughnut's middle; -1 in the hole and outside.
func SliceAt(slices []SliceShape, dx, dy, inner, outer float64) int {
	r := math.Hypot(dx, dy)
	if math.IsNaN(r) || r < inner || r > outer || len(slices) == 0 {
		return -1
	}
	angle := math.Atan2(dx, -dy) * 180 / math.Pi
	if angle < 0 {
		angle += 360
	}
	for i, s := range slices {
		if angle >= s.Start && angle < s.End {
			return i
		}
	}
	return len(slices) - 1
}

// Middle returns the point half-way along the slice at radius r, from the doughnut's middle.
func (s SliceShape) Middle(r float64) (dx, dy float64) {
	sin, cos := math.Sincos((s.Start + s.End) / 2 * math.Pi / 180)
	return r * sin, -r * cos
}

// A StageShape is one stage of a funnel as it is drawn.
type StageShape struct {
	Share float64 // of the first stage, 0 to 1: how much of its bar is filled
	Rate  float64 // of the stage that it is measured by; may be above 1
	Known bool    // whether there is a rate: not for the first stage, nor of nought people
}

// StageShapes works out a funnel's bars and rates. of names, for each stage, the stage that its rate is of (delivered for
// redeemed, say); -1 for none.
func StageShapes(values []float64, of []int) []StageShape {
	steps := make([]StageShape, len(values))
	for i, v := range values {
		if Missing(v) || v < 0 {
			continue
		}
		if first := values[0]; !Missing(first) && first > 0 {
			steps[i].Share = min(v/first, 1)
		}
		if i >= len(of) || of[i] < 0 || of[i] >= len(values) {
			continue
		}
		if base := values[of[i]]; !Missing(base) && base > 0 && !math.IsInf(v/base, 0) {
			steps[i].Rate, steps[i].Known = v/base, true
		}
	}
	return steps
}

// NearestFrame returns which frame the point lies in, or else which is nearest; -1 when there is none.
func NearestFrame(frames []Frame, x, y float64) int {
	best, nearest := -1, math.Inf(1)
	for i, f := range frames {
		dx := max(f.X-x, 0, x-f.X-f.W)
		dy := max(f.Y-y, 0, y-f.Y-f.H)
		if d := math.Hypot(dx, dy); d < nearest {
			best, nearest = i, d
		}
	}
	return best
}

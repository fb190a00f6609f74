package report

import "math"

// A Frame is a rectangle on a chart, in pixels; y grows downwards.
type Frame struct{ X, Y, W, H float64 }

// Holds tells whether the point lies in the frame.
func (f Frame) Holds(x, y float64) bool {
	return x >= f.X && x < f.X+f.W && y >= f.Y && y < f.Y+f.H
}

// Height returns where value v lies in the frame: its bottom for a.Min, its top for a.Max; NaN where v is missing.
func (f Frame) Height(a Axis, v float64) float64 {
	return f.Y + f.H*(1-a.Share(v))
}

// Across returns where value i of n lies in the frame when a line runs through them: the first at the left edge, the
// last at the right one, a single one in the middle.
func (f Frame) Across(i, n int) float64 {
	if n <= 1 {
		return f.X + f.W/2
	}
	return f.X + f.W*float64(i)/float64(n-1)
}

// A Dot is one value of a line, as a point in pixels.
type Dot struct {
	X, Y  float64
	Index int
}

// LineDots returns the points of a line among n places, one run for each unbroken stretch of values: a missing value is a
// gap, not a nought.
func LineDots(values []float64, n int, f Frame, a Axis) [][]Dot {
	var runs [][]Dot
	var run []Dot
	for i, v := range values {
		if Missing(v) {
			if run != nil {
				runs, run = append(runs, run), nil
			}
			continue
		}
		run = append(run, Dot{X: f.Across(i, n), Y: f.Height(a, v), Index: i})
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

// A PixelColumn is what a line covers within one column of pixels when there are more values than pixels.
type PixelColumn struct {
	X           float64 // middle of the column
	Top, Bottom float64 // from the highest to the lowest value in it, and half-way to its neighbours'
}

// LineColumns draws a line of very many values honestly: each column of pixels spans from its lowest to its highest
// value, so that no peak is lost. It returns one run for each unbroken stretch. A stretch of missing values that is
// thinner than a column doesn't show.
func LineColumns(values []float64, f Frame, a Axis, columns int) [][]PixelColumn {
	n := len(values)
	if n == 0 || columns <= 0 {
		return nil
	}
	columns = min(columns, n)
	width := f.W / float64(columns)
	var runs [][]PixelColumn
	var run []PixelColumn
	var end float64 // height of the last value of the column before
	for c := range columns {
		top, bottom := math.Inf(1), math.Inf(-1)
		var first, last float64
		for _, v := range values[c*n/columns : (c+1)*n/columns] {
			if Missing(v) {
				continue
			}
			y := f.Height(a, v)
			if bottom < top {
				first = y
			}
			top, bottom, last = min(top, y), max(bottom, y), y
		}
		if bottom < top {
			if run != nil {
				runs, run = append(runs, run), nil
			}
			continue
		}
		if k := len(run); k > 0 {
			// Meet half-way, so that the two columns touch.
			half := (end + first) / 2
			top, bottom = min(top, half), max(bottom, half)
			run[k-1].Top, run[k-1].Bottom = min(run[k-1].Top, half), max(run[k-1].Bottom, half)
		}
		run = append(run, PixelColumn{X: f.X + width*(float64(c)+0.5), Top: top, Bottom: bottom})
		end = last
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

// NearestPlace returns which of n places on a line lies nearest to x; -1 when there is none.
func (f Frame) NearestPlace(x float64, n int) int {
	if n <= 0 || math.IsNaN(x) {
		return -1
	}
	if n == 1 || !(f.W > 0) {
		return 0
	}
	return int(min(max(math.Round((x-f.X)/f.W*float64(n-1)), 0), float64(n-1)))
}

// NearestDot returns the value nearest to the point (x, y) among several lines that share n places: first the nearest place
// that has a value, then the nearest line there. It returns -1, -1 when all is missing.
func NearestDot(series [][]float64, n int, f Frame, a Axis, x, y float64) (line, index int) {
	place := f.NearestPlace(x, n)
	if place < 0 {
		return -1, -1
	}
	for away := 0; away < n; away++ {
		for _, i := range [...]int{place - away, place + away} {
			line, nearest := -1, math.Inf(1)
			for s, values := range series {
				if i < 0 || i >= n || i >= len(values) || Missing(values[i]) {
					continue
				}
				if d := math.Abs(f.Height(a, values[i]) - y); line < 0 || d < nearest {
					line, nearest = s, d
				}
			}
			if line >= 0 {
				return line, i
			}
		}
	}
	return -1, -1
}

package report

import "math"

// A BarShape is one rectangle of a bar chart. It stands on the line of nought, upwards or (a negative value) downwards.
type BarShape struct {
	Frame
	Series, Index int
	Down          bool
	Outer         bool // nothing is stacked on it, so its far end may be rounded
}

const (
	barShare     = 0.64 // of the room that each value has; the rest is the gap
	widestBar    = 48
	thinnestRoom = 3 // pixels for each value, below which columns of pixels are drawn instead
	leastHeight  = 1 // a value that isn't nought is never invisible
)

// GroupedBars returns bars that stand beside each other, one group for each index. Nought and missing values have none.
// Where there are more values than room, each column of pixels shows its highest (and its lowest negative) one.
func GroupedBars(series [][]float64, f Frame, a Axis) []BarShape {
	n := longest(series)
	if n == 0 || !(f.W > 0) {
		return nil
	}
	room := f.W / float64(n)
	if room < thinnestRoom {
		return crowdedBars(series, f, a)
	}
	group := min(room*barShare, widestBar*float64(len(series)))
	each := group / float64(len(series))
	var bars []BarShape
	for i := range n {
		left := f.X + room*(float64(i)+0.5) - group/2
		for s, values := range series {
			if i < len(values) {
				bars = appendBar(bars, f, a, s, i, left+each*float64(s), each, 0, values[i])
			}
		}
	}
	return bars
}

// crowdedBars draws the extremes of each column of pixels, the largest first so that no series hides another.
func crowdedBars(series [][]float64, f Frame, a Axis) []BarShape {
	n := longest(series)
	columns := max(min(int(f.W), n), 1)
	width := f.W / float64(columns)
	var bars []BarShape
	for c := range columns {
		start := len(bars)
		for s, values := range series {
			high, low := -1, -1
			for i := c * n / columns; i < min((c+1)*n/columns, len(values)); i++ {
				v := values[i]
				if Missing(v) {
					continue
				}
				if v > 0 && (high < 0 || v > values[high]) {
					high = i
				}
				if v < 0 && (low < 0 || v < values[low]) {
					low = i
				}
			}
			for _, i := range [...]int{high, low} {
				if i >= 0 {
					bars = appendBar(bars, f, a, s, i, f.X+width*float64(c), width, 0, values[i])
				}
			}
		}
		column := bars[start:]
		for i := range column {
			for k := i + 1; k < len(column); k++ {
				if column[k].H > column[i].H {
					column[i], column[k] = column[k], column[i]
				}
			}
		}
	}
	return bars
}

// StackedBars returns bars that stand on each other, the first series at the bottom; negative values hang below nought.
// Where there are more values than room, each column of pixels shows the stack with the largest total.
func StackedBars(series [][]float64, f Frame, a Axis) []BarShape {
	n := longest(series)
	if n == 0 || !(f.W > 0) {
		return nil
	}
	room := f.W / float64(n)
	columns, width := n, min(room*barShare, widestBar)
	if room < thinnestRoom {
		columns = max(min(int(f.W), n), 1)
		room = f.W / float64(columns)
		width = room
	}
	var bars []BarShape
	for c := range columns {
		tallest, most := c*n/columns, -1.0
		for i := c * n / columns; i < (c+1)*n/columns; i++ {
			if above, below := stackEnds(series, i); above-below > most {
				tallest, most = i, above-below
			}
		}
		bars = appendStack(bars, series, f, a, tallest, f.X+room*(float64(c)+0.5)-width/2, width)
	}
	return bars
}

func stackEnds(series [][]float64, i int) (above, below float64) {
	for _, values := range series {
		if i >= len(values) || Missing(values[i]) {
			continue
		}
		if values[i] > 0 {
			above += values[i]
		} else {
			below += values[i]
		}
	}
	return above, below
}

func appendStack(bars []BarShape, series [][]float64, f Frame, a Axis, i int, x, w float64) []BarShape {
	start := len(bars)
	var above, below float64
	for s, values := range series {
		if i >= len(values) || Missing(values[i]) {
			continue
		}
		if v := values[i]; v > 0 {
			bars = appendBar(bars, f, a, s, i, x, w, above, above+v)
			above += v
		} else if v < 0 {
			bars = appendBar(bars, f, a, s, i, x, w, below, below+v)
			below += v
		}
	}
	up, down := false, false
	for k := len(bars) - 1; k >= start; k-- {
		outermost := &up
		if bars[k].Down {
			outermost = &down
		}
		bars[k].Outer = !*outermost
		*outermost = true
	}
	return bars
}

func appendBar(bars []BarShape, f Frame, a Axis, series, index int, x, w, from, to float64) []BarShape {
	if Missing(from) || Missing(to) || from == to {
		return bars
	}
	y0, y1 := f.Height(a, from), f.Height(a, to)
	bar := BarShape{Frame: Frame{X: x, W: w}, Series: series, Index: index, Down: to < from, Outer: true}
	bar.H = max(math.Abs(y1-y0), min(leastHeight, f.H))
	if bar.Down {
		bar.Y = min(y0, f.Y+f.H-bar.H)
	} else {
		bar.Y = max(y0-bar.H, f.Y)
	}
	return append(bars, bar)
}

// NearestBar returns which of n groups of bars the point x belongs to: the one above which it lies, or the nearest end;
// -1 when there is none.
func (f Frame) NearestBar(x float64, n int) int {
	if n <= 0 || math.IsNaN(x) {
		return -1
	}
	if !(f.W > 0) {
		return 0
	}
	return int(min(max(math.Floor((x-f.X)/f.W*float64(n)), 0), float64(n-1)))
}

// BarMiddle returns where group i of n has its middle.
func (f Frame) BarMiddle(i, n int) float64 {
	if n <= 0 {
		return f.X + f.W/2
	}
	return f.X + f.W*(float64(i)+0.5)/float64(n)
}

package report

import (
	"math"

	"counterbell/data"
)

// A AxisLabel is one text under a chart's axis.
type AxisLabel struct {
	Index int // the value that it names
	Text  string
	X, W  float64 // left edge and width, in pixels
}

// AxisLabels says how the values of a chart are named along its horizontal axis.
type AxisLabels struct {
	N        int                        // how many values there are
	At       func(i int) float64        // where value i stands, in pixels; rises with i
	Text     func(i, before int) string // its name; before is the value named to its left, -1 for the first
	Width    func(text string) float64  // how wide a text is, in pixels
	Apart    float64                    // least space between two texts
	From, To float64                    // texts stay between these
}

// Pick chooses labels that don't touch: evenly spaced from the first one on, and the last one always, because people look
// for today. A value whose text is empty is never named: that is how weeks are named by their months alone.
func (l AxisLabels) Pick() []AxisLabel {
	if l.At == nil || l.Text == nil || l.Width == nil {
		return nil
	}
	var named []int
	for i := range l.N {
		if l.Text(i, i-1) != "" {
			named = append(named, i)
		}
	}
	n := len(named)
	if n == 0 {
		return nil
	}
	first := l.label(named[0], -1)
	if n == 1 {
		return []AxisLabel{first}
	}
	// A stride that leaves less room than a short text needs can't do.
	stride := n
	if pitch := (l.At(named[n-1]) - l.At(named[0])) / float64(n-1); pitch > 0 {
		short := l.Width(l.Text(named[1], named[0])) + l.Apart
		stride = int(min(max(math.Ceil(short/pitch), 1), float64(n)))
	}
	for ; stride < n; stride = max(stride+1, stride*9/8) {
		if labels, ok := l.every(stride, named, first); ok {
			return labels
		}
	}
	last := l.label(named[n-1], named[0])
	if l.touch(first, last) {
		return []AxisLabel{first}
	}
	return []AxisLabel{first, last}
}

// every labels each stride-th of the named values and the last. ok is false when two of the evenly spaced ones touch.
func (l AxisLabels) every(stride int, named []int, first AxisLabel) (labels []AxisLabel, ok bool) {
	labels = []AxisLabel{first}
	for i := stride; i < len(named)-1; i += stride {
		next := l.label(named[i], labels[len(labels)-1].Index)
		if l.touch(labels[len(labels)-1], next) {
			return nil, false
		}
		labels = append(labels, next)
	}
	for {
		before := labels[len(labels)-1]
		last := l.label(named[len(named)-1], before.Index)
		if !l.touch(before, last) {
			return append(labels, last), true
		}
		if len(labels) == 1 {
			return labels, true
		}
		labels = labels[:len(labels)-1]
	}
}

func (l AxisLabels) label(i, before int) AxisLabel {
	text := l.Text(i, before)
	w := l.Width(text)
	x := min(l.At(i)-w/2, l.To-w)
	return AxisLabel{Index: i, Text: text, X: max(x, l.From), W: w}
}

func (l AxisLabels) touch(left, right AxisLabel) bool {
	return right.X < left.X+left.W+l.Apart
}

// DayLabels names days under an axis the short way ("17"), and in full ("11 Nov") at both ends and where a month begins,
// so that no bare number leaves its month open. full and short write a day as the reader's country does.
func DayLabels(days []data.Date, full, short func(data.Date) string) func(i, before int) string {
	return func(i, before int) string {
		if i < 0 || i >= len(days) {
			return ""
		}
		day := days[i]
		if before < 0 || before >= len(days) || i == len(days)-1 || days[before].Month() != day.Month() {
			return full(day)
		}
		return short(day)
	}
}

package reports

import (
	"math"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// mosaic puts panels beside each other in shares of the width, all equally high; in a narrow place each starts a line of
// its own, or shares one with the next as narrow says.
type mosaic struct {
	shares []float32 // of each panel, in a wide place
	narrow []int     // how many panels stand in each line of a narrow place
	height float32   // of a line, at text scale 1
	width  float32
}

// Where charts beside each other would get too small to read.
const (
	narrowBelow = 940
	singleBelow = 760 // each has a line of its own
)

func (m *mosaic) lines(width float32) []int {
	switch {
	case width <= 0 || width >= theme.Grow(narrowBelow):
		return []int{len(m.shares)}
	case width >= theme.Grow(singleBelow):
		return m.narrow
	}
	single := make([]int, len(m.shares))
	for i := range single {
		single[i] = 1
	}
	return single
}

// high is how high each line is: what it was drawn for, and more where a panel needs it.
func (m *mosaic) high(objects []fyne.CanvasObject) []float32 {
	var all []float32
	i := 0
	for _, n := range m.lines(m.width) {
		high := theme.Grow(m.height)
		for _, o := range objects[i : i+n] {
			high = max(high, o.MinSize().Height)
		}
		all = append(all, high)
		i += n
	}
	return all
}

func (m *mosaic) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, -theme.Gap12)
	for _, high := range m.high(objects) {
		size.Height += high + theme.Gap12
	}
	return size
}

func (m *mosaic) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m.width = size.Width
	high := m.high(objects)
	i, y := 0, float32(0)
	for line, n := range m.lines(size.Width) {
		sum := float32(0)
		for k := range n {
			sum += m.shares[i+k]
		}
		room, x := size.Width-theme.Gap12*float32(n-1), float32(0)
		for k := range n {
			wide := float32(math.Floor(float64(room * m.shares[i+k] / sum)))
			if k == n-1 {
				wide = size.Width - x
			}
			objects[i+k].Move(fyne.NewPos(x, y))
			objects[i+k].Resize(fyne.NewSize(wide, high[line]))
			x += wide + theme.Gap12
		}
		i, y = i+n, y+high[line]+theme.Gap12
	}
}

// tiles puts the four figures beside each other, or two by two.
type tiles struct{ width float32 }

func (t *tiles) columns(n int) int {
	if t.width > 0 && t.width < theme.Grow(800) {
		return 2
	}
	return n
}

func (t *tiles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	rows := float32((len(objects) + t.columns(len(objects)) - 1) / t.columns(len(objects)))
	return fyne.NewSize(0, rows*high+(rows-1)*theme.Gap12)
}

func (t *tiles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	t.width = size.Width
	n := t.columns(len(objects))
	rows := (len(objects) + n - 1) / n
	wide := float32(math.Floor(float64((size.Width - theme.Gap12*float32(n-1)) / float32(n))))
	high := (size.Height - theme.Gap12*float32(rows-1)) / float32(rows)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%n)*(wide+theme.Gap12), float32(i/n)*(high+theme.Gap12)))
		o.Resize(fyne.NewSize(wide, high))
	}
}

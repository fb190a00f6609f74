package compose

import (
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// columns are the three parts of the page: terms and audience, the message,
// what comes out of it. The outer ones are narrower in a small window and wider
// with large text; with both together there are two.
type columns struct{}

const columnGap = 16

// narrow is the width at text scale 1 below which there is room for two columns
// only.
const narrow = 720

// two puts what comes out below what goes in, and the message beside both.
func (columns) two(objects []fyne.CanvasObject, size fyne.Size) {
	side, upper := float32(int(size.Width*0.42)), float32(int(size.Height*0.55))
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(side+besideScroll, upper))
	objects[2].Move(fyne.NewPos(0, upper+columnGap))
	objects[2].Resize(fyne.NewSize(side+besideScroll, size.Height-upper-columnGap))
	objects[1].Move(fyne.NewPos(side+columnGap, 0))
	objects[1].Resize(fyne.NewSize(size.Width-side-columnGap+besideScroll, size.Height))
}

// besideScroll is how far the bar of a column stands out, into the gap.
const besideScroll = 12

// scrolled is a column that can be longer than the window.
func scrolled(object fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVScroll(widget.Inset(0, besideScroll, 0, 0, object))
}

// large tells whether the text is so large that less fits beside each other.
func large() bool { return theme.Scale() > 1.2 }

// pair puts two fields beside each other, or below where the text is large.
func pair(a, b fyne.CanvasObject) fyne.CanvasObject {
	if large() {
		return widget.Column(10, a, b)
	}
	return widget.TopRow(8, widget.Fill(a), widget.Fill(b))
}

// oneOf is a choice between a few words: tabs, or where the text is large a list
// that opens, which needs less room.
type oneOf struct {
	fyne.CanvasObject
	set func(index int)
}

func newOneOf(labels []string, onChange func(int)) *oneOf {
	if large() {
		s := widget.NewSelect(labels, onChange)
		return &oneOf{s, s.SetSelected}
	}
	t := widget.NewTabs(labels, onChange)
	return &oneOf{t, t.SetSelected}
}

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(720, 360) }

func (c columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width < narrow*theme.Scale() {
		c.two(objects, size)
		return
	}
	left, right := float32(292), float32(296)
	if size.Width < 1000 {
		left, right = 276, 256
	}
	most := float32(int(size.Width * 0.32))
	if large() {
		most = float32(int(size.Width * 0.28))
	}
	left, right = min(theme.Grow(left), most), min(theme.Grow(right), most)
	x := float32(0)
	for i, width := range []float32{left, size.Width - left - right - 2*columnGap, right} {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(width+besideScroll, size.Height))
		x += width + columnGap
	}
}

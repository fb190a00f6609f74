package compose

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// columns are the three parts of the page: terms and audience, the message,
// what comes out of it. The outer ones are narrower in a small window and wider
// with large text.
type columns struct{}

const columnGap = 16

func (columns) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(720, 360) }

func (columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, right := float32(292), float32(296)
	if size.Width < 1000 {
		left, right = 256, 248
	}
	most := float32(int(size.Width * 0.32))
	left, right = min(theme.Grow(left), most), min(theme.Grow(right), most)
	x := float32(0)
	for i, width := range []float32{left, size.Width - left - right - 2*columnGap, right} {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(width, size.Height))
		x += width + columnGap
	}
}

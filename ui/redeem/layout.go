package redeem

import (
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// beside puts the till and its day beside each other. The day's column is
// narrower in a small window, and wider with large text.
type beside struct{}

func (beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(720, 400) }

func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := float32(296)
	if size.Width < 1000 {
		side = 272
	}
	side = min(theme.Grow(side), float32(int(size.Width*0.38)))
	objects[0].Resize(fyne.NewSize(size.Width-side-16, size.Height))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(side, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-side, 0))
}

// spread puts one thing at the left and one at the right, or where there is no
// room for both, the second below the first.
type spread struct{ width float32 }

const spreadGap = 12

func (s *spread) below(a, b fyne.Size) bool {
	return s.width > 0 && a.Width+b.Width+spreadGap > s.width
}

func (s *spread) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if s.below(a, b) {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+spreadGap+b.Height)
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

func (s *spread) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s.width = size.Width
	a, b := objects[0].MinSize(), objects[1].MinSize()
	down := float32(0)
	if s.below(a, b) {
		down = a.Height + spreadGap
	}
	objects[0].Resize(a)
	objects[0].Move(fyne.Position{})
	objects[1].Resize(b)
	objects[1].Move(fyne.NewPos(max(size.Width-b.Width, 0), down))
}

// named puts a mark behind a name, which is shortened where there is too little room for both.
type named struct{}

func (named) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, mark := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(60+8+mark.Width, max(name.Height, mark.Height))
}

func (named) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	name, mark := objects[0].(*widget.Text), objects[1].MinSize()
	high := name.MinSize().Height
	wide := min(fyne.MeasureText(name.Text(), theme.Size(theme.SizeHeading), fyne.TextStyle{Bold: true}).Width+2, max(size.Width-8-mark.Width, 0))
	name.Move(fyne.NewPos(0, float32(int((size.Height-high)/2))))
	name.Resize(fyne.NewSize(wide, high))
	objects[1].Move(fyne.NewPos(wide+8, float32(int((size.Height-mark.Height)/2))))
	objects[1].Resize(mark)
}

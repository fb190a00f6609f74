package review

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// beside puts a narrow column at the right of a wide one. It is narrower in a small window, and wider with large text.
type beside struct{}

func (beside) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(720, 240)
}

func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := float32(344)
	if size.Width < 1000 {
		side = 300
	}
	side = min(theme.Grow(side), float32(int(size.Width*0.42)))
	objects[0].Resize(fyne.NewSize(size.Width-side-16, size.Height))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(side, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-side, 0))
}

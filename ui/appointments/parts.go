package appointments

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// twoParts puts what a room is about at the left, and what belongs to it at the right.
func twoParts(left, right fyne.CanvasObject) fyne.CanvasObject {
	return container.New(parts{}, left, right)
}

type parts struct{}

func (parts) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(560, 320) }

func (parts) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := min(theme.Grow(344), float32(int(size.Width*0.42)))
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width-side-16, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-side, 0))
	objects[1].Resize(fyne.NewSize(side, size.Height))
}

// scrolled lets a column be higher than its place.
func scrolled(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVScroll(o) }

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// scrollRoom is how far the scroll bar stands beside the cards, in the margin
// of the page.
const scrollRoom = 12

// PageScroll scrolls a page up and down. It reaches into the margin at its
// right, so that the bar doesn't lie over the cards. What Fill wraps in the
// content shares the height that is left.
func PageScroll(content fyne.CanvasObject) *fyne.Container {
	return container.New(pageMargin{}, container.NewVScroll(Inset(0, scrollRoom, 0, 0, content)))
}

type pageMargin struct{}

func (pageMargin) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(max(least.Width-scrollRoom, 0), least.Height)
}

func (pageMargin) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width+scrollRoom, size.Height))
}

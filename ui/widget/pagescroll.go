package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// PageScrollRoom is how far the bar of a PageScroll stands beside the content,
// in the margin that the shell leaves at the right of a page.
const PageScrollRoom = 12

// PageScroll lets all of a page scroll up and down. Its bar stands in the
// page's right margin, not over the cards.
func PageScroll(content fyne.CanvasObject) *fyne.Container {
	return container.New(pageScroll{}, container.NewVScroll(Inset(0, PageScrollRoom, 0, 0, content)))
}

type pageScroll struct{}

func (pageScroll) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	return fyne.NewSize(max(least.Width-PageScrollRoom, 0), least.Height)
}

func (pageScroll) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width+PageScrollRoom, size.Height))
}

package appointments

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// largeText tells whether what stands beside each other otherwise doesn't fit into the smallest window.
func largeText() bool { return theme.Scale() > 1.2 }

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

// barLayout puts the day, the search and two buttons on one line, or where that leaves too little to type into, the
// buttons on a second one.
type barLayout struct{ width float32 }

func (b *barLayout) twoLines(objects []fyne.CanvasObject, width float32) bool {
	needs := theme.Grow(180) + 24
	for i, o := range objects {
		if i != 1 {
			needs += o.MinSize().Width
		}
	}
	return width > 0 && width < needs
}

func (b *barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := theme.Grow(36)
	if b.twoLines(objects, b.width) {
		high = 2*high + 8
	}
	return fyne.NewSize(400, high)
}

func (b *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	b.width = size.Width
	high := theme.Grow(36)
	date, find := objects[0], objects[1]
	wide := date.MinSize().Width
	date.Move(fyne.Position{})
	date.Resize(fyne.NewSize(wide, high))
	right, y := size.Width, float32(0)
	if b.twoLines(objects, size.Width) {
		y = high + 8
	}
	for i := len(objects) - 1; i > 1; i-- {
		w := objects[i].MinSize().Width
		right -= w
		objects[i].Move(fyne.NewPos(right, y))
		objects[i].Resize(fyne.NewSize(w, high))
		right -= 8
	}
	if y > 0 {
		right = size.Width
	}
	find.Move(fyne.NewPos(wide+8, 0))
	find.Resize(fyne.NewSize(max(right-wide-8, 0), high))
}

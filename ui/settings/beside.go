package settings

import (
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// sideWide is how wide the column beside a form is, and leastForm how much room the form keeps: where there is less, the
// column stands below it.
const (
	sideWide  float32 = 288
	leastForm float32 = 360
	sideGap   float32 = 16
)

// withSide puts something beside a form, in a place that scrolls.
func withSide(main, side fyne.CanvasObject) fyne.CanvasObject {
	l := &beside{}
	l.scroll = scrolled(container.New(l, main, side))
	return l.scroll
}

// beside lays a form and a column out, each as wide as its place whatever it asks for.
type beside struct {
	below  bool
	scroll *container.Scroll
}

func (l *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	main, side := objects[0].MinSize().Height, objects[1].MinSize().Height
	if l.below {
		return fyne.NewSize(sideWide, main+sideGap+side)
	}
	return fyne.NewSize(sideWide, max(main, side))
}

func (l *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, side := objects[0], objects[1]
	below := size.Width-sideGap-sideWide < theme.Grow(leastForm)
	main.Move(fyne.Position{})
	if below {
		main.Resize(fyne.NewSize(size.Width, main.MinSize().Height))
		main.Resize(fyne.NewSize(size.Width, main.MinSize().Height)) // text that wraps knows its height after the first
		side.Move(fyne.NewPos(0, main.Size().Height+sideGap))
		side.Resize(fyne.NewSize(size.Width, side.MinSize().Height))
		side.Resize(fyne.NewSize(size.Width, side.MinSize().Height))
	} else {
		left := size.Width - sideGap - sideWide
		main.Resize(fyne.NewSize(left, main.MinSize().Height))
		side.Move(fyne.NewPos(left+sideGap, 0))
		side.Resize(fyne.NewSize(sideWide, side.MinSize().Height))
	}
	if below != l.below {
		l.below = below
		l.scroll.Refresh() // its height is another one now
	}
}

// scrolled is a section's content in a place that scrolls.
func scrolled(content fyne.CanvasObject) *container.Scroll {
	// Rings of focus are drawn outside of what has it: leave them room.
	return container.NewVScroll(widget.Inset(4, 8, 4, 4, content))
}

package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// reveal scrolls what has just got the keyboard's focus into view: Tab may
// lead to something below the edge of a place that scrolls, and nobody sees
// there that it has the focus. Fyne doesn't do that by itself.
func reveal(w fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(w)
	if c == nil || c.Overlays().Top() != nil || w.Size().IsZero() {
		return
	}
	eachScroll(c.Content(), func(s *container.Scroll) {
		if s.Content == nil || !within(driver, w, s.Content) {
			return
		}
		// Rings of focus are drawn 4 px outside of what has it.
		above := driver.AbsolutePositionForObject(w).Y - 4 - driver.AbsolutePositionForObject(s).Y
		below := above + w.Size().Height + 8 - s.Size().Height
		switch {
		case above < 0:
			s.ScrollToOffset(s.Offset.AddXY(0, above))
		case below > 0:
			s.ScrollToOffset(s.Offset.AddXY(0, min(below, above)))
		}
	})
}

// within tells whether a thing lies inside another.
func within(driver fyne.Driver, w, place fyne.CanvasObject) bool {
	at, from := driver.AbsolutePositionForObject(w), driver.AbsolutePositionForObject(place)
	end := from.Add(place.Size())
	return at.X >= from.X && at.Y >= from.Y && at.X < end.X && at.Y < end.Y
}

// eachScroll finds the places that scroll up and down, the outermost first.
func eachScroll(o fyne.CanvasObject, do func(*container.Scroll)) {
	if o == nil || !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *container.Scroll:
		if o.Direction == container.ScrollVerticalOnly || o.Direction == container.ScrollBoth {
			do(o)
		}
		eachScroll(o.Content, do)
	case *fyne.Container:
		for _, inner := range o.Objects {
			eachScroll(inner, do)
		}
	case *Stage:
		eachScroll(o.page, do)
	case *Panel:
		eachScroll(o.content, do)
	}
}

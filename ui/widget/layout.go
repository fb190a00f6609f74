package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Row puts things beside each other, gap pixels apart, centred on one line.
// What Fill wraps, and every Spring, shares the room that is left.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap}, objects...)
}

// TopRow is a Row whose things hang from its top and are as high as they need.
func TopRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap, top: true}, objects...)
}

// StretchRow is a Row whose things are all as high as the row.
func StretchRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap, stretch: true}, objects...)
}

// Column puts things below each other, gap pixels apart, each as wide as the
// column. What Fill wraps, and every Spring, shares the room that is left.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap, down: true}, objects...)
}

// CenterColumn is a Column whose things are as wide as they need, centred.
func CenterColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(line{gap: gap, down: true, center: true}, objects...)
}

// Fill lets an object take the room that is left in a Row or Column.
func Fill(object fyne.CanvasObject) *fyne.Container { return container.New(fill{}, object) }

// Spring is empty room that takes what is left.
func Spring() fyne.CanvasObject { return container.New(fill{}) }

// Inset puts padding around an object: above, right, below, left, in pixels.
func Inset(top, right, bottom, left float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), object)
}

// Sized gives an object at least this size; 0 leaves a side as it is.
func Sized(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(atLeast{width, height}, object)
}

// Exactly gives an object this size, whatever it asks for; 0 leaves a side as
// it is. For text that is cut rather than pushing its neighbours.
func Exactly(width, height float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(exactly{width, height}, object)
}

// line lays out a Row or Column, on whole pixels.
type line struct {
	gap                        float32
	down, top, stretch, center bool
}

func fills(object fyne.CanvasObject) bool {
	if spacer, ok := object.(layout.SpacerObject); ok {
		return spacer.ExpandHorizontal() || spacer.ExpandVertical()
	}
	c, ok := object.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(fill)
	return ok
}

func (l line) MinSize(objects []fyne.CanvasObject) fyne.Size {
	along, across, shown := float32(0), float32(0), 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		least := o.MinSize()
		if l.down {
			least.Width, least.Height = least.Height, least.Width
		}
		along += least.Width
		across = max(across, least.Height)
	}
	if shown > 1 {
		along += l.gap * float32(shown-1)
	}
	if l.down {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}

func (l line) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	greedy, free := 0, size.Width
	if l.down {
		free = size.Height
	}
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		shown++
		if fills(o) {
			greedy++
			// What fills is measured at the width that it will have: text in it
			// may need several lines.
			continue
		}
		if l.down && !l.center {
			// Wrapped text knows its height only when it knows its width.
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		}
		least := o.MinSize()
		if l.down {
			free -= least.Height
		} else {
			free -= least.Width
		}
	}
	free -= l.gap * float32(max(shown-1, 0))
	share := float32(0)
	if greedy > 0 {
		share = float32(int(max(free, 0) / float32(greedy)))
	}
	at, left := float32(0), greedy
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		along := least.Width
		if l.down {
			along = least.Height
		}
		if fills(o) {
			along = share
			if left--; left == 0 { // the last one takes the odd pixels
				along = max(free, 0) - share*float32(greedy-1)
			}
		}
		l.put(o, at, along, least, size)
		at += along + l.gap
	}
}

func (l line) put(o fyne.CanvasObject, at, along float32, least, size fyne.Size) {
	switch {
	case l.down && l.center:
		width := min(least.Width, size.Width)
		o.Move(fyne.NewPos(middle(size.Width, width), at))
		o.Resize(fyne.NewSize(width, along))
	case l.down:
		o.Move(fyne.NewPos(0, at))
		o.Resize(fyne.NewSize(size.Width, along))
	case l.stretch:
		o.Move(fyne.NewPos(at, 0))
		o.Resize(fyne.NewSize(along, size.Height))
	case l.top:
		o.Resize(fyne.NewSize(along, o.Size().Height))
		o.Move(fyne.NewPos(at, 0))
		o.Resize(fyne.NewSize(along, o.MinSize().Height))
	default:
		o.Resize(fyne.NewSize(along, o.Size().Height))
		high := min(o.MinSize().Height, size.Height)
		o.Move(fyne.NewPos(at, middle(size.Height, high)))
		o.Resize(fyne.NewSize(along, high))
	}
}

// fill marks what takes the room that is left.
type fill struct{}

func (fill) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	return size
}

func (fill) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

type atLeast struct{ width, height float32 }

func (a atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fill{}.MinSize(objects).Max(fyne.NewSize(a.width, a.height))
}

func (a atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) { fill{}.Layout(objects, size) }

type exactly struct{ width, height float32 }

func (e exactly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fill{}.MinSize(objects)
	if e.width > 0 {
		size.Width = e.width
	}
	if e.height > 0 {
		size.Height = e.height
	}
	return size
}

func (e exactly) Layout(objects []fyne.CanvasObject, size fyne.Size) { fill{}.Layout(objects, size) }

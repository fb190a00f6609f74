package widget

import (
	"math"
	"slices"

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

// Grid puts things in equal columns, row by row, gap pixels apart. The things
// of a row are as high as its highest.
func Grid(columns int, gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(grid{columns, gap}, objects...)
}

// Flow puts things beside each other as long as there is room, and goes on in
// the next line: pills, chips, tags.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap}, objects...)
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

type grid struct {
	columns int
	gap     float32
}

// rows cuts what is visible into rows.
func (g grid) rows(objects []fyne.CanvasObject) [][]fyne.CanvasObject {
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return slices.Collect(slices.Chunk(shown, max(g.columns, 1)))
}

func (g grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, high := float32(0), float32(0)
	for i, row := range g.rows(objects) {
		if i > 0 {
			high += g.gap
		}
		least := fill{}.MinSize(row)
		width = max(width, least.Width)
		high += least.Height
	}
	return fyne.NewSize(width*float32(g.columns)+g.gap*float32(g.columns-1), high)
}

func (g grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := float32(int((size.Width - g.gap*float32(g.columns-1)) / float32(g.columns)))
	y := float32(0)
	for _, row := range g.rows(objects) {
		for _, o := range row {
			o.Resize(fyne.NewSize(width, o.Size().Height))
		}
		high := fill{}.MinSize(row).Height
		for i, o := range row {
			o.Move(fyne.NewPos(float32(i)*(width+g.gap), y))
			o.Resize(fyne.NewSize(width, high))
		}
		y += high + g.gap
	}
}

// flow remembers the width it was last given: its height follows from it.
type flow struct {
	gap   float32
	width float32
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := fill{}.MinSize(objects)
	width := f.width
	if width == 0 {
		width = math.MaxFloat32
	}
	return fyne.NewSize(widest.Width, f.put(objects, width, false))
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.put(objects, size.Width, true)
}

// put walks along the lines and returns how high they are together.
func (f *flow) put(objects []fyne.CanvasObject, width float32, place bool) float32 {
	x, y, high := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if x > 0 && x+least.Width > width {
			x, y, high = 0, y+high+f.gap, 0
		}
		if place {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(min(least.Width, width), least.Height))
		}
		x += least.Width + f.gap
		high = max(high, least.Height)
	}
	return y + high
}

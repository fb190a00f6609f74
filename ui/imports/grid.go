package imports

import (
	"image/color"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// barRoom is how much room the bars of the table have for themselves, in
// pixels, so that they cover none of it.
const barRoom = 12

// grid is a table with its headings: they stay while the rows go up and down
// below them, and go sideways with them.
type grid struct {
	headings, rows *pane
	down, across   *container.Scroll // bars alone: what they move is as large as the rows, and empty
	tall, wide     *canvas.Rectangle
	content        *fyne.Container
}

func newGrid(headings, rows fyne.CanvasObject) *grid {
	g := &grid{tall: canvas.NewRectangle(color.Transparent), wide: canvas.NewRectangle(color.Transparent)}
	g.headings, g.rows = newPane(headings, g.scrolled), newPane(rows, g.scrolled)
	g.down, g.across = container.NewVScroll(g.tall), container.NewHScroll(g.wide)
	g.down.OnScrolled = func(fyne.Position) { g.shift() }
	g.across.OnScrolled = func(fyne.Position) { g.shift() }
	g.content = container.New(g, g.headings, g.rows, g.down, g.across)
	return g
}

// scrolled moves the rows by the wheel, wherever on the table it turns.
func (g *grid) scrolled(e *fyne.ScrollEvent) {
	g.down.Scrolled(e)
	g.across.Scrolled(e)
}

func (g *grid) shift() {
	g.headings.moveTo(fyne.NewPos(-g.across.Offset.X, 0))
	g.rows.moveTo(fyne.NewPos(-g.across.Offset.X, -g.down.Offset.Y))
}

func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, g.headings.inside.MinSize().Height+3*theme.Grow(44))
}

// Layout gives the rows what the headings and the bars leave.
func (g *grid) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	head, rows := g.headings.inside.MinSize(), g.rows.inside.MinSize()
	room := fyne.NewSize(size.Width-barRoom, size.Height-head.Height)
	wide := max(head.Width, rows.Width)
	sideways := wide > room.Width
	if sideways {
		room.Height -= barRoom
	}
	full := fyne.NewSize(max(wide, room.Width), max(rows.Height, room.Height))
	g.tall.SetMinSize(fyne.NewSize(1, rows.Height))
	g.wide.SetMinSize(fyne.NewSize(wide, 1))
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(width, 0), max(height, 0)))
	}
	put(g.headings, 0, 0, room.Width, head.Height)
	put(g.rows, 0, head.Height, room.Width, room.Height)
	g.headings.inside.Resize(fyne.NewSize(full.Width, head.Height))
	g.rows.inside.Resize(full)
	put(g.down, room.Width, head.Height, barRoom, room.Height)
	put(g.across, 0, head.Height+room.Height, room.Width, barRoom)
	if g.across.Show(); !sideways {
		g.across.Hide()
		g.across.Offset.X = 0
	}
	g.shift()
}

// pane shows a part of something larger, and hands the wheel on.
type pane struct {
	fynewidget.BaseWidget
	inside fyne.CanvasObject
	wheel  func(*fyne.ScrollEvent)
	view   *fyne.Container
}

var _ fyne.Scrollable = (*pane)(nil) // which makes Fyne cut off what doesn't fit

func newPane(inside fyne.CanvasObject, wheel func(*fyne.ScrollEvent)) *pane {
	p := &pane{inside: inside, wheel: wheel, view: container.NewWithoutLayout(inside)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *pane) Scrolled(e *fyne.ScrollEvent) { p.wheel(e) }

func (p *pane) moveTo(at fyne.Position) {
	if p.inside.Position() != at {
		p.inside.Move(at)
		p.Refresh()
	}
}

func (p *pane) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

func (p *pane) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(p.view) }

// tableColumns lays the cells of a row out, each row alike: as wide as their
// values, narrower where that makes all of them fit, but never too narrow to be
// read.
type tableColumns struct {
	likes  []float32         // as wide as a column would be
	floors []float32         // its heading fits into that, without its tick
	narrow bool              // there isn't room for all that they like
	tell   func(narrow bool) // called when that changes; may be nil
}

func (t *tableColumns) least(i int) float32 { return min(t.likes[i], t.floors[i]) }

func (t *tableColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, o := range objects {
		size.Width += t.least(i)
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

// widths shares a width out.
func (t *tableColumns) widths(width float32) []float32 {
	var likes, least float32
	for i, w := range t.likes {
		likes, least = likes+w, least+t.least(i)
	}
	out := make([]float32, len(t.likes))
	for i, w := range t.likes {
		switch {
		case width >= likes:
			out[i] = w + float32(int((width-likes)/float32(len(t.likes))))
		case likes > least:
			out[i] = t.least(i) + float32(int((w-t.least(i))*max(width-least, 0)/(likes-least)))
		default:
			out[i] = t.least(i)
		}
	}
	return out
}

func (t *tableColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	likes := float32(0)
	for _, w := range t.likes {
		likes += w
	}
	if narrow := size.Width < likes; narrow != t.narrow && size.Width > 0 {
		t.narrow = narrow
		if t.tell != nil {
			t.tell(narrow)
		}
	}
	x := float32(0)
	widths := t.widths(size.Width)
	for i, o := range objects {
		high := o.MinSize().Height
		o.Move(fyne.NewPos(x, float32(int((size.Height-high)/2))))
		o.Resize(fyne.NewSize(widths[i], high))
		x += widths[i]
	}
}

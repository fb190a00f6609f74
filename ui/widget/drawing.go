// Package widget holds what Counterbell's screens are made of and Fyne lacks:
// quiet buttons, pills with a word in them, cards, toasts, lists of choices,
// dialogs that Enter and Escape answer. Everything reads its colours again in
// Refresh, so that light and dark switch at once, and everything that can be
// clicked can be reached with Tab and pressed with Space or Enter.
package widget

import (
	"image/color"
	"math"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// drawing is the renderer of every widget here: a few shapes, a function that
// places them, one that measures, and one that reads colours and texts again.
type drawing struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	place   func(size fyne.Size)
	least   func() fyne.Size
	paint   func()
}

var _ fyne.WidgetRenderer = (*drawing)(nil)

// draw makes the renderer and paints it for the first time. Fyne forgets the
// renderer of what nobody has seen for a minute, makes another when it is seen
// again, and lays nothing out then: the size is the same. So that is done here.
func draw(d *drawing) *drawing {
	if d.paint != nil {
		d.paint()
	}
	if size := d.owner.Size(); !size.IsZero() {
		d.place(size)
	}
	return d
}

func (d *drawing) Layout(size fyne.Size)        { d.place(size) }
func (d *drawing) MinSize() fyne.Size           { return d.least() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }
func (d *drawing) Destroy()                     {}

func (d *drawing) Refresh() {
	if d.paint != nil {
		d.paint()
	}
	d.place(d.owner.Size())
	canvas.Refresh(d.owner)
}

// box is a filled shape with a border inside its bounds. The border is a
// second, larger shape rather than a stroke: strokes of one pixel are drawn
// soft, spread over two.
type box struct {
	edge, body *canvas.Rectangle
	radius     float32
	border     float32
}

func newBox(radius float32) *box {
	b := &box{edge: canvas.NewRectangle(color.Transparent), body: canvas.NewRectangle(color.Transparent)}
	b.round(radius)
	return b
}

func (b *box) round(radius float32) {
	b.radius = radius
}

func (b *box) objects() []fyne.CanvasObject { return []fyne.CanvasObject{b.edge, b.body} }

// fill paints the shape without a border.
func (b *box) fill(body fyne.ThemeColorName) { b.paint(theme.Color(body), nil, 0) }

// line paints the shape with a border.
func (b *box) line(body, edge fyne.ThemeColorName, width float32) {
	b.paint(theme.Color(body), theme.Color(edge), width)
}

func (b *box) paint(body, edge color.Color, width float32) {
	b.body.FillColor, b.border = body, width
	b.edge.FillColor = color.Transparent
	if edge != nil && width > 0 {
		b.edge.FillColor = edge
	}
	b.edge.CornerRadius, b.body.CornerRadius = b.radius, max(b.radius-width, 0)
	// What nobody sees needn't be drawn: there are hundreds of these on a page.
	b.edge.Hidden, b.body.Hidden = unseen(b.edge.FillColor), unseen(b.body.FillColor)
}

func unseen(c color.Color) bool {
	_, _, _, alpha := c.RGBA()
	return alpha == 0
}

func (b *box) at(pos fyne.Position, size fyne.Size) {
	b.edge.Move(pos)
	b.edge.Resize(size)
	b.edge.CornerRadius, b.body.CornerRadius = b.radius, max(b.radius-b.border, 0)
	b.body.Move(pos.AddXY(b.border, b.border))
	b.body.Resize(size.SubtractWidthHeight(2*b.border, 2*b.border))
}

// ring marks keyboard focus: 2 px of accent, 2 px away from the widget. It is
// drawn outside of the widget's bounds.
type ring struct {
	*canvas.Rectangle
	radius float32
}

func newRing(radius float32) *ring {
	r := &ring{Rectangle: canvas.NewRectangle(color.Transparent), radius: radius}
	r.StrokeWidth = 2
	r.Rectangle.Hide()
	return r
}

func (r *ring) show(on bool, name fyne.ThemeColorName) {
	r.StrokeColor = theme.Color(name)
	if on == r.Visible() {
		return
	}
	if on {
		r.Rectangle.Show()
	} else {
		r.Rectangle.Hide()
	}
}

// around puts the middle of the stroke 3 px outside of the given size.
func (r *ring) around(size fyne.Size) {
	r.CornerRadius = r.radius + 3
	r.Move(fyne.NewPos(-3, -3))
	r.Resize(size.AddWidthHeight(6, 6))
}

// inside puts the stroke just within the given size.
func (r *ring) inside(size fyne.Size) {
	r.CornerRadius = max(r.radius-1, 0)
	r.Move(fyne.NewPos(1, 1))
	r.Resize(size.SubtractWidthHeight(2, 2))
}

// middle returns where a thing of that length begins when it is centred in a
// whole: on a whole pixel, or it would be blurred.
func middle(whole, length float32) float32 {
	return float32(math.Floor(float64(whole-length) / 2))
}

func ceil(v float32) float32 { return float32(math.Ceil(float64(v))) }

package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// overlay covers the window while something lies above the page: a list of
// choices, a dialog. Keys that nobody inside wants come to it.
type overlay struct {
	fynewidget.BaseWidget
	canvas  fyne.Canvas
	content fyne.CanvasObject
	veiled  bool // the page is dimmed, and a click beside changes nothing
	place   func(window, least fyne.Size) (fyne.Position, fyne.Size)
	onKey   func(*fyne.KeyEvent)
	onClose func()
	veil    *canvas.Rectangle
}

var (
	_ fyne.Tappable     = (*overlay)(nil)
	_ desktop.Hoverable = (*overlay)(nil)
	_ fyne.Scrollable   = (*overlay)(nil)
	_ keyTaker          = (*overlay)(nil)
)

func (o *overlay) show() {
	o.ExtendBaseWidget(o)
	o.canvas.Overlays().Add(o)
	o.Resize(o.canvas.Size())
}

// close takes it away; whatever had the focus before has it again.
func (o *overlay) close() {
	for _, other := range o.canvas.Overlays().List() {
		if other == o {
			o.canvas.Overlays().Remove(o)
			if o.onClose != nil {
				o.onClose()
			}
			return
		}
	}
}

func (o *overlay) takeKey(key *fyne.KeyEvent) {
	if o.onKey != nil {
		o.onKey(key)
	}
}

// Tapped closes a list of choices when the click is beside it.
func (o *overlay) Tapped(event *fyne.PointEvent) {
	pos, size := o.content.Position(), o.content.Size()
	beside := event.Position.X < pos.X || event.Position.Y < pos.Y || event.Position.X > pos.X+size.Width || event.Position.Y > pos.Y+size.Height
	if beside && !o.veiled {
		o.close()
	}
}

// The page below neither hovers nor scrolls.
func (o *overlay) MouseIn(*desktop.MouseEvent)    {}
func (o *overlay) MouseMoved(*desktop.MouseEvent) {}
func (o *overlay) MouseOut()                      {}
func (o *overlay) Scrolled(*fyne.ScrollEvent)     {}

func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	o.veil = canvas.NewRectangle(theme.Color(theme.Clear))
	return draw(&drawing{
		owner:   o,
		objects: []fyne.CanvasObject{o.veil, o.content},
		paint: func() {
			if o.veiled {
				o.veil.FillColor = theme.Color(theme.Veil)
			}
			o.content.Refresh()
		},
		// An overlay never makes the window grow.
		least: func() fyne.Size { return fyne.Size{} },
		place: func(size fyne.Size) {
			o.veil.Resize(size)
			pos, inner := o.place(size, o.content.MinSize())
			o.content.Move(pos)
			o.content.Resize(inner)
		},
	})
}

// below places a list under its anchor, or above it when there is more room,
// and inside of the window.
func below(c fyne.Canvas, anchor fyne.CanvasObject, width float32) func(window, least fyne.Size) (fyne.Position, fyne.Size) {
	return func(window, least fyne.Size) (fyne.Position, fyne.Size) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(anchor)
		size := fyne.NewSize(max(least.Width, width), least.Height)
		const margin = 8
		under := window.Height - (at.Y + anchor.Size().Height + 4) - margin
		over := at.Y - 4 - margin
		y := at.Y + anchor.Size().Height + 4
		if size.Height > under && over > under {
			size.Height = min(size.Height, over)
			y = at.Y - 4 - size.Height
		} else {
			size.Height = min(size.Height, under)
		}
		x := max(min(at.X, window.Width-size.Width-margin), margin)
		return fyne.NewPos(x, y), size
	}
}

// ShowCard shows content on a card below an anchor, as after "Why?". Escape
// or a click beside closes it; so does the function that it returns.
func ShowCard(anchor fyne.CanvasObject, content fyne.CanvasObject) (close func()) {
	c := fyne.CurrentApp().Driver().CanvasForObject(anchor)
	if c == nil {
		return func() {}
	}
	o := &overlay{canvas: c, place: below(c, anchor, 0)}
	o.onKey = func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape {
			o.close()
		}
	}
	sink := newKeySink(o)
	o.content = NewPanel(Column(0, sink, content))
	o.show()
	c.Focus(sink)
	return o.close
}

// keySink has the focus where nothing visible has it, so that Escape arrives.
type keySink struct {
	fynewidget.BaseWidget
	to keyTaker
}

func newKeySink(to keyTaker) *keySink {
	s := &keySink{to: to}
	s.ExtendBaseWidget(s)
	return s
}

func (s *keySink) FocusGained()                {}
func (s *keySink) FocusLost()                  {}
func (s *keySink) TypedRune(rune)              {}
func (s *keySink) TypedKey(key *fyne.KeyEvent) { s.to.takeKey(key) }
func (s *keySink) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{owner: s, least: func() fyne.Size { return fyne.Size{} }, place: func(fyne.Size) {}})
}

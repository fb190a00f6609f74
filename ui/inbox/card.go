package inbox

import (
	"image/color"

	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// card is one entry of the queue: a soft tile that opens its conversation when
// it is pressed, and on which the answers stand as buttons. Arrows go to the
// neighbours, Enter to writing back.
type card struct {
	fynewidget.BaseWidget
	surface  *widget.Panel
	ring     *canvas.Rectangle
	chosen   bool
	focused  bool
	plain    bool // a line below the queue rather than a tile
	onOpen   func()
	onEnter  func()
	onMove   func(by int)
	onRefuse func(key *fyne.KeyEvent) // keys that it has no use for
}

var (
	_ fyne.Tappable      = (*card)(nil)
	_ fyne.Focusable     = (*card)(nil)
	_ desktop.Cursorable = (*card)(nil)
)

func newCard(content fyne.CanvasObject, onOpen func()) *card {
	c := &card{surface: widget.Surface(theme.Sunken, content).Padded(12).Rounded(theme.RadiusTile), ring: canvas.NewRectangle(color.Transparent), onOpen: onOpen}
	c.ring.StrokeWidth, c.ring.CornerRadius = 2, theme.RadiusTile
	c.ring.Hide()
	c.ExtendBaseWidget(c)
	return c
}

// choose marks the card whose conversation is open.
func (c *card) choose(chosen bool) {
	if c.chosen != chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

func (c *card) Tapped(*fyne.PointEvent) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	c.onOpen()
}

func (c *card) Cursor() desktop.Cursor { return desktop.PointerCursor }
func (c *card) FocusGained()           { c.focused = true; c.Refresh() }
func (c *card) FocusLost()             { c.focused = false; c.Refresh() }
func (c *card) TypedRune(rune)         {}

// A long way is as far as there is.
const farAway = 1 << 20

func (c *card) TypedKey(key *fyne.KeyEvent) {
	steps := map[fyne.KeyName]int{
		fyne.KeyDown: 1, fyne.KeyUp: -1, fyne.KeyPageDown: 4, fyne.KeyPageUp: -4, fyne.KeyEnd: farAway, fyne.KeyHome: -farAway,
	}
	switch by, moves := steps[key.Name]; {
	case moves:
		c.onMove(by)
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		c.onEnter()
	case key.Name == fyne.KeySpace:
		c.onOpen()
	default:
		c.onRefuse(key)
	}
}

func (c *card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{card: c}
	r.paint()
	if size := c.Size(); !size.IsZero() {
		r.Layout(size)
	}
	return r
}

type cardRenderer struct{ card *card }

func (r *cardRenderer) paint() {
	c := r.card
	body := theme.Sunken
	switch {
	case c.chosen:
		body = theme.AccentSoft
	case c.plain:
		body = theme.Clear
	}
	c.surface.SetColors(body, "")
	c.ring.StrokeColor = theme.Color(theme.Accent)
	c.ring.Hidden = !c.focused
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.card.surface.Resize(size)
	r.card.ring.Move(fyne.NewPos(1, 1))
	r.card.ring.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *cardRenderer) MinSize() fyne.Size { return r.card.surface.MinSize() }
func (r *cardRenderer) Refresh() {
	r.paint()
	r.card.surface.Refresh()
	canvas.Refresh(r.card)
}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.card.surface, r.card.ring}
}
func (r *cardRenderer) Destroy() {}

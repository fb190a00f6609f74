package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// pressable is what everything that can be clicked has in common: it answers
// the mouse, Space and Enter, shows where it is, and can be switched off.
type pressable struct {
	fynewidget.BaseWidget
	self     fyne.Widget
	onTap    func()
	tip      string
	hovered  bool
	pressed  bool
	focused  bool
	disabled bool
}

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ fyne.Disableable   = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Mouseable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

func (p *pressable) init(self fyne.Widget, onTap func()) {
	p.self, p.onTap = self, onTap
	p.ExtendBaseWidget(self)
}

// OnTap says what a press does.
func (p *pressable) OnTap(do func()) { p.onTap = do }

// SetTip sets the hint that shows when the pointer rests on it.
func (p *pressable) SetTip(tip string) { p.tip = tip }

// Press does what a click does.
func (p *pressable) Press() {
	if !p.disabled && p.onTap != nil {
		p.onTap()
	}
}

func (p *pressable) Tapped(*fyne.PointEvent) {
	hideTip(p.self)
	p.Press()
}

func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
	if p.tip != "" {
		showTip(p.self, p.tip)
	}
}

func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

func (p *pressable) MouseOut() {
	p.hovered, p.pressed = false, false
	p.Refresh()
	if p.tip != "" {
		hideTip(p.self)
	}
}

func (p *pressable) MouseDown(*desktop.MouseEvent) { p.pressed = true; p.Refresh() }
func (p *pressable) MouseUp(*desktop.MouseEvent)   { p.pressed = false; p.Refresh() }

func (p *pressable) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (p *pressable) FocusGained() { p.focused = true; p.Refresh(); reveal(p.self) }
func (p *pressable) FocusLost()   { p.focused = false; p.Refresh() }

func (p *pressable) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Press()
	default:
		keyToPage(p.self, key)
	}
}

func (p *pressable) TypedRune(r rune) {
	if r != ' ' {
		runeToPage(p.self, r)
	}
}

func (p *pressable) Enable()        { p.able(true) }
func (p *pressable) Disable()       { p.able(false) }
func (p *pressable) Disabled() bool { return p.disabled }

func (p *pressable) able(able bool) {
	if p.disabled == able {
		p.disabled, p.pressed = !able, false
		p.Refresh()
	}
}

// keyToPage hands a key that a widget has no use for to the dialog it is in,
// or to the page's own keys. Fyne gives keys to the focused widget alone.
func keyToPage(w fyne.CanvasObject, key *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c == nil {
		return
	}
	if top, ok := c.Overlays().Top().(keyTaker); ok {
		top.takeKey(key)
	} else if c.Overlays().Top() == nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

func runeToPage(w fyne.CanvasObject, r rune) {
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c != nil && c.Overlays().Top() == nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// keyTaker is something that covers the window and has keys of its own.
type keyTaker interface{ takeKey(key *fyne.KeyEvent) }

package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// TillCode shows a coupon's code in eight boxes, to be read from a distance,
// and listens to keyboard and scanner. What is typed is handed on; what shows
// is set.
type TillCode struct {
	fynewidget.BaseWidget
	OnRune  func(r rune)
	OnKey   func(key fyne.KeyName) bool // false lets the page have the key
	OnPaste func(text string)

	code  string
	look  CodeLook
	boxes [8]*box
	chars [8]*Text
	dash  *canvas.Rectangle
	caret *canvas.Rectangle
}

// CodeLook is how the boxes look.
type CodeLook int

const (
	CodeTyping  CodeLook = iota // the box to be filled next is marked
	CodeGood                    // redeemed
	CodeBad                     // refused
	CodeDubious                 // probably mistyped
)

var (
	_ fyne.Focusable     = (*TillCode)(nil)
	_ fyne.Tappable      = (*TillCode)(nil)
	_ fyne.Shortcutable  = (*TillCode)(nil)
	_ desktop.Cursorable = (*TillCode)(nil)
)

// NewTillCode makes empty boxes.
func NewTillCode() *TillCode {
	t := &TillCode{dash: &canvas.Rectangle{CornerRadius: 2}, caret: &canvas.Rectangle{CornerRadius: 1}}
	for i := range t.boxes {
		t.boxes[i] = newBox(theme.RadiusPanel)
		t.chars[i] = newText("", theme.SizeTill, theme.Ink, true).Centered()
	}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows up to eight characters.
func (t *TillCode) Set(code string, look CodeLook) {
	if t.code != code || t.look != look {
		t.code, t.look = code, look
		t.Refresh()
	}
}

// Code is what the boxes show.
func (t *TillCode) Code() string { return t.code }

// Look is how they show it.
func (t *TillCode) Look() CodeLook { return t.look }

func (t *TillCode) FocusGained() {}
func (t *TillCode) FocusLost()   {}

func (t *TillCode) TypedRune(r rune) {
	if t.OnRune != nil {
		t.OnRune(r)
	}
}

func (t *TillCode) TypedKey(key *fyne.KeyEvent) {
	if t.OnKey == nil || !t.OnKey(key.Name) {
		keyToPage(t, key)
	}
}

func (t *TillCode) TypedShortcut(shortcut fyne.Shortcut) {
	if paste, ok := shortcut.(*fyne.ShortcutPaste); ok {
		if paste.Clipboard != nil && t.OnPaste != nil {
			t.OnPaste(paste.Clipboard.Content())
		}
		return
	}
	shortcutToPage(t, shortcut)
}

// shortcutToPage hands a shortcut that a widget has no use for to the page. A
// field that was taken away while it had the focus, to which Fyne goes on giving
// the keys, lets go of it.
func shortcutToPage(field fyne.CanvasObject, shortcut fyne.Shortcut) {
	driver := fyne.CurrentApp().Driver()
	for _, w := range driver.AllWindows() {
		c := w.Canvas()
		if c.Focused() == nil || c.Overlays().Top() != nil {
			continue
		}
		if driver.CanvasForObject(field) == nil {
			c.Unfocus()
		}
		if page, ok := c.(fyne.Shortcutable); ok {
			page.TypedShortcut(shortcut)
		}
	}
}

func (t *TillCode) Cursor() desktop.Cursor { return desktop.TextCursor }

// Tapped makes it listen again.
func (t *TillCode) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
}

const (
	tillBoxWide, tillBoxHigh float32 = 72, 92
	tillGap, tillDash        float32 = 8, 16
)

func (t *TillCode) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: t, place: t.place}
	for _, b := range t.boxes {
		d.objects = append(d.objects, b.objects()...)
	}
	for _, c := range t.chars {
		d.objects = append(d.objects, c)
	}
	d.objects = append(d.objects, t.dash, t.caret)
	d.paint = t.paint
	d.least = func() fyne.Size { return fyne.NewSize(8*44+8*tillGap+tillDash, theme.Grow(tillBoxHigh)) }
	return draw(d)
}

func (t *TillCode) paint() {
	edge, ink := theme.LineStrong, theme.Ink
	switch t.look {
	case CodeGood:
		edge = theme.OK
	case CodeBad:
		edge, ink = theme.Danger, theme.Danger
	case CodeDubious:
		edge, ink = theme.Warn, theme.Warn
	}
	chars := []rune(t.code)
	for i, b := range t.boxes {
		line := edge
		if t.look == CodeTyping && i <= len(chars) {
			line = theme.Accent
		}
		b.line(theme.Panel, line, 2)
		t.chars[i].text, t.chars[i].color = "", ink
		if i < len(chars) {
			t.chars[i].text = string(chars[i])
		}
		t.chars[i].Refresh()
		canvas.Refresh(b.edge)
		canvas.Refresh(b.body)
	}
	t.dash.FillColor, t.caret.FillColor = theme.Color(theme.LineStrong), theme.Color(theme.Accent)
	t.caret.Hidden = t.look != CodeTyping || len(chars) >= len(t.boxes)
}

func (t *TillCode) place(size fyne.Size) {
	wide := min(theme.Grow(tillBoxWide), float32(int((size.Width-8*tillGap-tillDash)/8)))
	high := size.Height
	x := middle(size.Width, 8*wide+8*tillGap+tillDash)
	next := len([]rune(t.code))
	for i, b := range t.boxes {
		if i == 4 {
			t.dash.Resize(fyne.NewSize(tillDash, 4))
			t.dash.Move(fyne.NewPos(x, middle(high, 4)))
			x += tillDash + tillGap
		}
		b.at(fyne.NewPos(x, 0), fyne.NewSize(wide, high))
		t.chars[i].Move(fyne.NewPos(x, middle(high, lineHeight(theme.SizeTill))))
		t.chars[i].Resize(fyne.NewSize(wide, lineHeight(theme.SizeTill)))
		if i == next {
			caret := fyne.NewSize(3, float32(int(high/2)))
			t.caret.Resize(caret)
			t.caret.Move(fyne.NewPos(x+middle(wide, 3), middle(high, caret.Height)))
		}
		x += wide + tillGap
	}
}

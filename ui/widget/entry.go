package widget

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// DefaultLimit is how many characters an entry takes unless Limit says
// otherwise. Fyne needs seconds for a long unbroken text, and minutes for a
// very long one.
const DefaultLimit = 2000

// Entry is a field to type into. What it has no use for, shortcuts and
// Escape, goes to the page; pasted text is cut to the limit before Fyne
// measures it; Tab always moves on.
type Entry struct {
	fynewidget.Entry
	limit    int
	high     float32
	faulty   bool
	focused  bool
	ring     *canvas.Rectangle
	onEscape func()
	onFocus  func(gained bool)
}

// NewEntry makes a field of one line, 36 px high.
func NewEntry(placeholder string) *Entry {
	e := &Entry{limit: DefaultLimit, high: 36, ring: canvas.NewRectangle(color.Transparent)}
	e.PlaceHolder = placeholder
	e.ring.StrokeWidth = 2
	e.ring.Hide()
	e.ExtendBaseWidget(e)
	return e
}

// NewTextArea makes a field of that many lines that wraps.
func NewTextArea(placeholder string, lines int) *Entry {
	e := NewEntry(placeholder)
	e.MultiLine, e.Wrapping, e.Scroll = true, fyne.TextWrapWord, fyne.ScrollVerticalOnly
	e.SetMinRowsVisible(lines)
	return e
}

// NewSecretEntry makes a field that shows dots.
func NewSecretEntry(placeholder string) *Entry {
	e := NewEntry(placeholder)
	e.Password = true
	return e
}

// Limit sets how many characters it takes.
func (e *Entry) Limit(characters int) *Entry { e.limit = characters; return e }

// WithIcon shows what it is for at its left.
func (e *Entry) WithIcon(icon *icons.Icon) *Entry { e.Icon = icon.In(theme.Ink2); return e }

// Tall makes a field of one line that many pixels high.
func (e *Entry) Tall(height float32) *Entry { e.high = height; return e }

// OnEscape says what Escape does; by default it goes to the page.
func (e *Entry) OnEscape(do func()) { e.onEscape = do }

// OnFocus tells when the field gains and loses the focus.
func (e *Entry) OnFocus(do func(gained bool)) { e.onFocus = do }

// SetFaulty marks that something is wrong with what was typed.
func (e *Entry) SetFaulty(faulty bool) {
	if e.faulty != faulty {
		e.faulty = faulty
		e.Refresh()
	}
}

// AcceptsTab is false: Tab moves to the next field, also from several lines.
func (e *Entry) AcceptsTab() bool { return false }

func (e *Entry) MinSize() fyne.Size {
	least := e.Entry.MinSize()
	if !e.MultiLine {
		least.Height = theme.Grow(e.high)
	}
	return least
}

func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if e.onFocus != nil {
		e.onFocus(true)
	}
}

func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.onFocus != nil {
		e.onFocus(false)
	}
}

func (e *Entry) TypedRune(r rune) {
	if utf8.RuneCountInString(e.Text)-utf8.RuneCountInString(e.SelectedText()) >= e.limit {
		return
	}
	e.Entry.TypedRune(r)
}

func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyEscape:
		if e.onEscape != nil {
			e.onEscape()
		} else {
			keyToPage(e, key)
		}
	case (key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter) && !e.MultiLine && e.OnSubmitted == nil:
		keyToPage(e, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// ownShortcuts are those that an entry answers itself: the names of Fyne's,
// and moving and deleting by words.
func ownShortcut(shortcut fyne.Shortcut) bool {
	switch shortcut.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutPaste, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		return true
	}
	if pressed, ok := shortcut.(fyne.KeyboardShortcut); ok {
		switch pressed.Key() {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			return true
		}
	}
	return false
}

func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	if paste, ok := shortcut.(*fyne.ShortcutPaste); ok && paste.Clipboard != nil {
		e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: cut{paste.Clipboard, e.clean(paste.Clipboard.Content())}})
		return
	}
	if ownShortcut(shortcut) {
		e.Entry.TypedShortcut(shortcut)
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil {
		if page, ok := c.(fyne.Shortcutable); ok {
			page.TypedShortcut(shortcut)
		}
	}
}

// clean is what of a pasted text is taken: printable characters up to the
// limit, and line feeds where there are lines.
func (e *Entry) clean(text string) string {
	room := e.limit - utf8.RuneCountInString(e.Text) + utf8.RuneCountInString(e.SelectedText())
	var kept strings.Builder
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !e.MultiLine {
		text = strings.TrimRight(text, "\r\n")
	}
	for _, r := range text {
		if room <= 0 {
			break
		}
		switch {
		case r == '\r' || r == '\n' || r == '\t':
			if !e.MultiLine || r == '\t' {
				r = ' '
			} else {
				r = '\n'
			}
		case r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsSpace(r):
			continue
		}
		kept.WriteRune(r)
		room--
	}
	return kept.String()
}

// cut is a clipboard whose content was made to fit.
type cut struct {
	fyne.Clipboard
	content string
}

func (c cut) Content() string { return c.content }

func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	return &ringed{WidgetRenderer: e.Entry.CreateRenderer(), entry: e}
}

// ringed adds to Fyne's rendering the edge of 2 px that shows focus, and the
// red one that shows a fault.
type ringed struct {
	fyne.WidgetRenderer
	entry *Entry
}

func (r *ringed) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	return append(inner[:len(inner):len(inner)], r.entry.ring)
}

func (r *ringed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.place(size)
}

func (r *ringed) place(size fyne.Size) {
	half := r.entry.ring.StrokeWidth / 2
	r.entry.ring.CornerRadius = theme.RadiusInput - half
	r.entry.ring.Move(fyne.NewSquareOffsetPos(half))
	r.entry.ring.Resize(size.SubtractWidthHeight(2*half, 2*half))
}

func (r *ringed) Refresh() {
	r.WidgetRenderer.Refresh()
	ring := r.entry.ring
	name, width := theme.Accent, float32(2)
	if r.entry.faulty {
		name = theme.Danger
		if !r.entry.focused {
			width = 1
		}
	}
	ring.StrokeColor, ring.StrokeWidth = theme.Color(name), width
	ring.Hidden = !(r.entry.focused || r.entry.faulty) || r.entry.Disabled()
	r.place(r.entry.Size())
	ring.Refresh()
}

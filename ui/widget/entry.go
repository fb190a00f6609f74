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
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
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
	box      *box
	onEscape func()
	onFocus  func(gained bool)
}

// NewEntry makes a field of one line, 36 px high.
func NewEntry(placeholder string) *Entry {
	e := &Entry{limit: DefaultLimit, high: 36, box: newBox(theme.RadiusInput)}
	e.PlaceHolder = placeholder
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
	least := e.Entry.MinSize().AddWidthHeight(2*entryShift, 0)
	if !e.MultiLine {
		least.Height = theme.Grow(e.high)
	}
	return least
}

func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	reveal(e)
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
	case key.Name == fyne.KeyF1:
		keyToPage(e, key)
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
	shortcutToPage(e, shortcut)
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

// entryShift is how much further in the text stands than Fyne puts it.
const entryShift = 4

// The mouse points to where the text is, not to where Fyne thinks it is.
func (e *Entry) shifted(at fyne.Position) fyne.Position { return at.SubtractXY(entryShift, 0) }

func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	moved := *m
	moved.Position = e.shifted(m.Position)
	e.Entry.MouseDown(&moved)
}

func (e *Entry) MouseUp(m *desktop.MouseEvent) {
	moved := *m
	moved.Position = e.shifted(m.Position)
	e.Entry.MouseUp(&moved)
}

func (e *Entry) Dragged(d *fyne.DragEvent) {
	moved := *d
	moved.Position = e.shifted(d.Position)
	e.Entry.Dragged(&moved)
}

func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	r := &boxed{inner: e.Entry.CreateRenderer(), entry: e}
	r.paint()
	return r
}

// boxed draws Fyne's entry inside of a box of ours: with an edge that shows
// focus and faults, and the text where our other fields have it.
type boxed struct {
	inner fyne.WidgetRenderer
	entry *Entry
}

func (r *boxed) Destroy()           { r.inner.Destroy() }
func (r *boxed) MinSize() fyne.Size { return r.inner.MinSize() }

func (r *boxed) Objects() []fyne.CanvasObject {
	return append(r.entry.box.objects(), r.inner.Objects()...)
}

func (r *boxed) Layout(size fyne.Size) {
	r.entry.box.at(fyne.Position{}, size)
	r.inner.Layout(size.SubtractWidthHeight(2*entryShift, 0))
	down := float32(0)
	if !r.entry.MultiLine {
		line := fyne.MeasureText("M", theme.Size(theme.SizeBody), fyne.TextStyle{}).Height
		down = max(middle(size.Height, line)+1-fynetheme.InnerPadding(), 0)
	}
	for _, o := range r.inner.Objects() {
		if _, background := o.(*canvas.Rectangle); !background {
			o.Move(o.Position().AddXY(entryShift, down))
		}
	}
}

func (r *boxed) Refresh() {
	r.inner.Refresh()
	r.paint()
	r.Layout(r.entry.Size())
	canvas.Refresh(r.entry.box.edge)
	canvas.Refresh(r.entry.box.body)
}

func (r *boxed) paint() {
	e := r.entry
	switch {
	case e.Disabled():
		e.box.line(theme.Raised, theme.Line, 1)
	case e.faulty && e.focused:
		e.box.line(theme.Panel, theme.Danger, 2)
	case e.faulty:
		e.box.line(theme.Panel, theme.Danger, 1)
	case e.focused:
		e.box.line(theme.Panel, theme.Accent, 2)
	default:
		e.box.line(theme.Panel, theme.LineStrong, 1)
	}
	// Fyne's own background and border are not seen.
	for _, o := range r.inner.Objects() {
		if background, ok := o.(*canvas.Rectangle); ok {
			background.FillColor, background.StrokeColor = color.Transparent, color.Transparent
		}
	}
}

package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// SiftEntry is an Entry that asks before it takes what is typed or pasted,
// such as a price at the till into which a scanner may type a code.
type SiftEntry struct {
	Entry
	Rune   func(r rune) (takes bool)
	Paste  func(text string) (takes bool)
	Escape func()
}

// NewSiftEntry makes a field of one line, 48 px high, in bold.
func NewSiftEntry(placeholder string) *SiftEntry {
	e := &SiftEntry{Entry: Entry{limit: DefaultLimit, high: 48, box: newBox(theme.RadiusInput)}}
	e.PlaceHolder, e.TextStyle = placeholder, fyne.TextStyle{Bold: true}
	e.ExtendBaseWidget(e)
	return e
}

func (e *SiftEntry) TypedRune(r rune) {
	if e.Rune == nil || e.Rune(r) {
		e.Entry.TypedRune(r)
	}
}

func (e *SiftEntry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyEscape && e.Escape != nil:
		e.Escape()
	case key.Name == fyne.KeyEscape, key.Name == fyne.KeyF1, (key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter) && e.OnSubmitted == nil:
		keyToPage(e, key)
	default:
		e.Entry.TypedKey(key)
	}
}

func (e *SiftEntry) TypedShortcut(shortcut fyne.Shortcut) {
	paste, pasting := shortcut.(*fyne.ShortcutPaste)
	switch {
	case pasting && paste.Clipboard != nil && e.Paste != nil && !e.Paste(e.clean(paste.Clipboard.Content())):
	case ownShortcut(shortcut):
		e.Entry.TypedShortcut(shortcut)
	default:
		shortcutToPage(e, shortcut)
	}
}

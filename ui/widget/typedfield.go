package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// typedEntry is the entry of a field that understands what is typed, such as a
// day: it is read when the focus leaves it, and on Enter, which goes on to the
// page only when there is nothing to put right.
type typedEntry struct {
	Entry
	read  func() (fine bool)
	onKey func(key fyne.KeyName) (takes bool)
}

func newTypedEntry(placeholder string) *typedEntry {
	e := &typedEntry{Entry: Entry{limit: 60, high: 36, box: newBox(theme.RadiusInput)}}
	e.PlaceHolder = placeholder
	e.ExtendBaseWidget(e)
	return e
}

func (e *typedEntry) FocusLost() { e.read(); e.Entry.FocusLost() }

func (e *typedEntry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		if e.read() {
			keyToPage(e, key)
		}
	case key.Name == fyne.KeyEscape:
		if e.onEscape != nil {
			e.onEscape()
		} else {
			keyToPage(e, key)
		}
	case e.onKey != nil && e.onKey(key.Name):
	default:
		e.Entry.TypedKey(key)
	}
}

func (e *typedEntry) TypedShortcut(shortcut fyne.Shortcut) {
	if ownShortcut(shortcut) {
		e.Entry.TypedShortcut(shortcut)
		return
	}
	shortcutToPage(e, shortcut)
}

// problemTeller is a control that finds out by itself what is wrong with what
// was typed; the Field around it shows the sentence.
type problemTeller interface {
	tellProblem(to func(problem string))
	SetFaulty(faulty bool)
}

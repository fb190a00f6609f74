package ui

import (
	"fmt"
	"runtime"

	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// listen takes the keys that nothing on the page has a use for, and files that
// are dropped on the window.
func (s *Shell) listen() {
	c := s.needs.Window.Canvas()
	c.SetOnTypedKey(s.typedKey)
	c.SetOnTypedRune(s.typedRune)
	with := func(key fyne.KeyName, modifier fyne.KeyModifier, do func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: modifier}, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil && s.welcome == nil {
				do()
			}
		})
	}
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	for i, r := range rooms {
		with(digits[i], fyne.KeyModifierShortcutDefault, func() { s.Go(r.name) })
	}
	with(fyne.KeyN, fyne.KeyModifierShortcutDefault, s.create)
	with(fyne.KeyF, fyne.KeyModifierShortcutDefault, s.search)
	with(fyne.KeyLeft, fyne.KeyModifierAlt, s.Back)
	c.AddShortcut(&fyne.ShortcutPaste{}, func(shortcut fyne.Shortcut) {
		if keeper, ok := s.keeper().(fyne.Shortcutable); ok && c.Overlays().Top() == nil {
			s.keepFocus()
			keeper.TypedShortcut(shortcut)
		}
	})
	s.needs.Window.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { s.Dropped(files) })
}

// pageKey is how the keys for the nth page are written.
func pageKey(n int) string {
	if runtime.GOOS == "darwin" {
		return fmt.Sprintf("⌘%d", n+1)
	}
	return fmt.Sprintf("Ctrl+%d", n+1)
}

// keeper is what should have the focus when nothing else needs it, or nil.
func (s *Shell) keeper() fyne.Focusable {
	if k, ok := s.pages[s.router.Now()].(page.FocusKeeper); ok && s.welcome == nil {
		return k.KeepsFocus()
	}
	return nil
}

// keepFocus gives the focus to the page's own field, if it has one that always
// listens.
func (s *Shell) keepFocus() {
	c := s.needs.Window.Canvas()
	if keeper := s.keeper(); keeper != nil && c.Overlays().Top() == nil {
		c.Focus(keeper)
	}
}

// typedKey takes Escape, and hands everything else to the field that always
// listens.
func (s *Shell) typedKey(key *fyne.KeyEvent) {
	if widget.KeyToTop(s.needs.Window.Canvas(), key) {
		return
	}
	if s.welcomeKey(key) {
		return
	}
	if key.Name == fyne.KeyF1 {
		s.help()
		return
	}
	keeper := s.keeper()
	focused := s.needs.Window.Canvas().Focused()
	if key.Name != fyne.KeyEscape && keeper != nil && focused == nil {
		s.keepFocus()
		keeper.TypedKey(key)
		return
	}
	if key.Name == fyne.KeyEscape {
		s.escape()
	}
}

func (s *Shell) typedRune(r rune) {
	if keeper := s.keeper(); keeper != nil && s.needs.Window.Canvas().Overlays().Top() == nil {
		s.keepFocus()
		keeper.TypedRune(r)
	}
}

// escape lets the page do what it does on Escape, else goes back.
func (s *Shell) escape() {
	if e, ok := s.pages[s.router.Now()].(page.Escaper); ok && e.Escape() {
		return
	}
	s.Back()
}

// create begins something new of the page's kind, if it has one.
func (s *Shell) create() {
	if p, ok := s.pages[s.router.Now()].(page.Creator); ok {
		p.CreateNew()
	}
}

// search leads to the page's search field, if it has one.
func (s *Shell) search() {
	if p, ok := s.pages[s.router.Now()].(page.Searcher); ok {
		p.FocusSearch()
	}
}

// Dropped takes files that were dropped on the window: to the page that shows,
// if it wants any, else to Import.
func (s *Shell) Dropped(files []fyne.URI) {
	if len(files) == 0 || s.needs.Window.Canvas().Overlays().Top() != nil || s.welcomeDrop(files) {
		return
	}
	if d, ok := s.pages[s.router.Now()].(page.Dropper); ok {
		d.Dropped(files)
		return
	}
	for _, r := range rooms {
		if r.name == page.Import {
			s.Go(page.Import)
			if d, ok := s.page(page.Import).(page.Dropper); ok {
				d.Dropped(files)
			}
		}
	}
}

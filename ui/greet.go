package ui

import (
	"path/filepath"
	"time"

	"counterbell/ui/welcome"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// greeting is the first run: it has the window to itself while a profile is
// new, that is until it was gone through or skipped.
type greeting struct {
	welcome *welcome.Screen // nil once it is over
	first   *welcome.Model
	asked   bool // whether there is one was found out
}

// greet returns what fills the window: the first run, or the pages.
func (s *Shell) greet(pages fyne.CanvasObject) fyne.CanvasObject {
	if !s.asked {
		s.asked = true
		s.first = s.newcomer()
	}
	if s.first == nil {
		s.welcome = nil
		return pages
	}
	s.welcome = welcome.New(s.env, s.first, s.welcomed)
	return s.welcome.Content()
}

// newcomer is the first run of this profile, nil when there is none: it was
// done, or the shop has a name already.
func (s *Shell) newcomer() *welcome.Model {
	locale, now := lang.SystemLocale().LanguageString(), time.Now()
	var kept welcome.Model
	if s.kept(welcome.Setting, &kept) {
		if kept.Done {
			return nil
		}
		kept.Resume(locale, now)
		return &kept
	}
	if s.env.Business.Name != "" {
		return nil
	}
	return welcome.Begin(s.env.Business, locale, now, s.choices.Language)
}

// welcomed ends the first run, and opens what was asked for.
func (s *Shell) welcomed(e welcome.Ending) {
	s.first = nil
	s.rebuild()
	switch {
	case e.Target != nil:
		s.GoTo(e.Page, e.Target)
	case e.Page != "":
		s.Go(e.Page)
	}
}

// welcomeKey gives a key to the first run. It returns false when that is over.
func (s *Shell) welcomeKey(key *fyne.KeyEvent) bool {
	if s.welcome == nil {
		return false
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.welcome.Enter()
	case fyne.KeyEscape:
		s.welcome.Escape()
	}
	return true
}

// welcomeDrop gives a dropped list to the first run. It returns false when that is over.
func (s *Shell) welcomeDrop(files []fyne.URI) bool {
	if s.welcome == nil {
		return false
	}
	if path := files[0].Path(); path != "" {
		s.welcome.Dropped(filepath.FromSlash(path))
	}
	return true
}

package page

import (
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// Env is what a page works with. It belongs to one building of the window:
// after a switch of language there is a new one.
type Env struct {
	Store    *store.Store
	Texts    *i18n.Texts
	Business data.Business // when the page was made; ask the store for news
	Practice bool          // the provider is practice: nothing is really sent
	Clock    data.Clock    // the profile's; never time.Now
	Tasks    Tasks
	After    widget.After // waiting, such as for a pause in typing

	// Go opens another page; GoTo opens one thing there, if its page is an Opener.
	Go   func(Name)
	GoTo func(p Name, target any)
	// Engine is what sends, as pages need it.
	Engine Engine
	// Keep remembers how a page is laid out: a split, columns, a sort order. name
	// begins with the page's ("contacts.columns"). Kept reads it into a pointer
	// and tells whether there was one.
	Keep func(name string, value any)
	Kept func(name string, into any) bool
	// Appearance is language, look and text size; SetAppearance holds at once.
	Appearance    func() Appearance
	SetAppearance func(Appearance)
	// OpenSample opens the profile of sample people in a window of its own, and fills it first if need be. nil where
	// that can't be, and in that profile itself.
	OpenSample func()
	// Rebuild makes the whole window anew: after the business or the provider
	// was changed.
	Rebuild func()
	Version string // of the program
	// HeaderChanged makes the shell ask for the page's Header again.
	HeaderChanged func()
	// Badge shows a count at a page's item in the rail; "" takes it away.
	Badge func(p Name, count string)
	// Canvas is the window's, for focus and cards; nil until the page shows.
	Canvas func() fyne.Canvas
	// Toast says what happened, at the lower right.
	Toast func(widget.Toast) (dismiss func())
	// Fail says what went wrong and what to do, as a toast that stays, with the
	// details to copy. retry may be nil. Nothing happens for nil and for what
	// was cancelled.
	Fail func(err error, retry func())
	// Ask puts a question over the window.
	Ask func(widget.Question) *widget.Dialog
	// ChooseFile lets the user choose one file; extensions as ".xlsx".
	ChooseFile func(extensions []string, then func(path string))
	// SaveFile lets the user choose where to save; nothing has been written yet
	// when then is called.
	SaveFile func(name string, then func(path string))
	// Open shows a file or folder in the program that the system has for it.
	Open func(path string)
	// Copy puts text on the clipboard and says so.
	Copy func(text string)
}

// Look is which of the two looks the user wants.
type Look string

const (
	LookLight  Look = "light"
	LookDark   Look = "dark"
	LookSystem Look = "system" // as the desktop has it
)

// Scales are the text sizes on offer.
var Scales = []float32{1, 1.15, 1.3, 1.5}

// Appearance is how the window looks and what it speaks.
type Appearance struct {
	Language i18n.Language
	Look     Look
	Scale    float32 // of text, one of Scales
}

// T is Texts.T.
func (e *Env) T(key string, pairs ...any) string { return e.Texts.T(key, pairs...) }

// N is Texts.N.
func (e *Env) N(key string, count int, pairs ...any) string { return e.Texts.N(key, count, pairs...) }

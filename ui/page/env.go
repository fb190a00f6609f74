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

	// Go opens another page.
	Go func(Name)
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

// T is Texts.T.
func (e *Env) T(key string, pairs ...any) string { return e.Texts.T(key, pairs...) }

// N is Texts.N.
func (e *Env) N(key string, count int, pairs ...any) string { return e.Texts.N(key, count, pairs...) }

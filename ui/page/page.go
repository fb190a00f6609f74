// Package page is what a page of the window and the shell around it know of
// each other. A page package (ui/today, ui/imports, ui/redeem) has a function
// New(*page.Env) page.Page and imports this package, never the shell.
package page

import "fyne.io/fyne/v2"

// Name says which page. It is stored as the page to come back to.
type Name string

const (
	Today        Name = "today"
	Inbox        Name = "inbox"
	Contacts     Name = "contacts"
	Import       Name = "import"
	Campaigns    Name = "campaigns"
	Redeem       Name = "redeem"
	Appointments Name = "appointments"
	Reports      Name = "reports"
	Settings     Name = "settings"
)

// Page is one page: what stands in the header, and what lies below it. It is
// made once, when it is first opened, and kept; a switch of language makes it
// anew. Everything is called on Fyne's goroutine.
type Page interface {
	// Header is asked for when the page shows, and after Env.HeaderChanged.
	Header() Header
	// Content is what lies below the header, always the same object. The shell
	// leaves 24 px left, right and below it, so a page brings no margin.
	Content() fyne.CanvasObject
}

// Header is the title of a page, one line below it, and what can be done, at
// the right: at most two or three buttons, the main one last. Back, where it is
// set, is a button left of the title that leads out of a step.
type Header struct {
	Title    string
	Subtitle string
	Actions  []fyne.CanvasObject
	Back     func()
}

// What follows are things that a page may be able to do beside. The shell asks
// for each.

// Shower is told each time that it comes into view: load what may have changed.
type Shower interface{ Shown() }

// Hider is told that another page comes, or that the window closes.
type Hider interface{ Hidden() }

// Changer is told, while it shows and at most four times a second, that
// somebody wrote to the store: the engine, the till, another process.
type Changer interface{ Changed() }

// Opener opens one thing of its page: a person, a campaign. The target is one
// of this package's; one that the page doesn't know is passed over. It is
// called before Shown when the page wasn't in view.
type Opener interface{ OpenAt(target any) }

// Creator begins something new of its page's kind, such as a campaign: Ctrl or
// Cmd with N.
type Creator interface{ CreateNew() }

// Searcher has a search field: Ctrl or Cmd with F leads there.
type Searcher interface{ FocusSearch() }

// Escaper does something on Escape, such as closing a step, and tells whether
// it did. When it didn't, the shell goes back to the page before.
type Escaper interface{ Escape() bool }

// Dropper takes files that were dropped on the window. Those dropped on a page
// that doesn't go to the Import page.
type Dropper interface{ Dropped(files []fyne.URI) }

// FocusKeeper is a page with one field that always listens, such as the code
// at the till: the shell gives it the focus whenever nothing else needs it.
// nil when it doesn't matter at the moment.
type FocusKeeper interface{ KeepsFocus() fyne.Focusable }

// Rememberer hands what it has in hand, its model, to the page that follows it
// after a switch of language, so that a half-checked file is not lost. A task
// that is still running goes on to call the model that it was begun with.
type Rememberer interface {
	Memory() any
	Recall(memory any)
}

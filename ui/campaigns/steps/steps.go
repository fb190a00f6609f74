// Package steps is what the views of one campaign have in common: writing it,
// reviewing and sending it, looking at what came of it. The Campaigns page
// shows one of them at a time.
package steps

import (
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// A View is one step of a campaign. Its methods mean what those of page.Page
// and its optional interfaces mean; all are called on Fyne's goroutine.
type View interface {
	Header() page.Header
	Content() fyne.CanvasObject
	Shown()
	Hidden()
	Changed()
	Escape() bool
}

// A Step is where a campaign stands on its way.
type Step int

const (
	Writing Step = iota
	Reviewing
	Results
)

// Stepper shows in a view's header which step it is.
func Stepper(env *page.Env, now Step) *widget.Stepper {
	s := widget.NewStepper(env.T("campaigns.step.write"), env.T("campaigns.step.review"), env.T("campaigns.step.results"))
	s.SetNow(int(now))
	return s
}

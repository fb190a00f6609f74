package ui

import (
	"slices"

	"counterbell/ui/page"
)

// Router knows which page shows and which ones were shown before it.
type Router struct {
	now     page.Name
	history []page.Name
}

// mostHistory is how many pages back one can go.
const mostHistory = 50

// Now is the page that shows, "" at first.
func (r *Router) Now() page.Name { return r.now }

// Go shows a page. It returns false when it shows already.
func (r *Router) Go(to page.Name) bool {
	if to == r.now {
		return false
	}
	if r.now != "" {
		r.history = append(r.history, r.now)
		if len(r.history) > mostHistory {
			r.history = slices.Delete(r.history, 0, len(r.history)-mostHistory)
		}
	}
	r.now = to
	return true
}

// Back shows the page before. It returns false when there is none.
func (r *Router) Back() bool {
	if len(r.history) == 0 {
		return false
	}
	last := len(r.history) - 1
	r.now, r.history = r.history[last], r.history[:last]
	return true
}

package widget

import "fyne.io/fyne/v2"

// KeyToTop hands a key to whatever lies over the page: a dialog, a card, a list
// of choices. It returns false when nothing does. A click on a card takes the
// focus away from it, and then its keys arrive at the window.
func KeyToTop(c fyne.Canvas, key *fyne.KeyEvent) bool {
	top := c.Overlays().Top()
	if top == nil {
		return false
	}
	if taker, ok := top.(keyTaker); ok {
		taker.takeKey(key)
	}
	return true
}

package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// KeyToTop hands a key to whatever lies over the page: a dialog, a card, a list
// of choices, or the veil below something that takes no keys. It returns false
// when nothing does. A click on a card takes the focus away from it, and then
// its keys arrive at the window.
func KeyToTop(c fyne.Canvas, key *fyne.KeyEvent) bool {
	over := c.Overlays().List()
	for _, o := range slices.Backward(over) {
		if taker, ok := o.(keyTaker); ok {
			taker.takeKey(key)
			break
		}
	}
	return len(over) > 0
}

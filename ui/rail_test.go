package ui

import (
	"testing"

	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"

	"fyne.io/fyne/v2"
)

func TestTheFootOfTheRailStaysInSightHoweverLargeTheText(t *testing.T) {
	shop := pagetest.NewShop(t)
	choices := first()
	choices.Scale = 1.5
	s, w := openShell(t, shop, choices)
	w.Resize(fyne.NewSize(1024, 700))
	item := s.view.narrow.items[page.Settings]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(item)
	if end := at.Y + item.Size().Height; end > w.Canvas().Size().Height {
		t.Errorf("Settings end at %v of %v", end, w.Canvas().Size().Height)
	}
}

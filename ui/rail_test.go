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

func TestTheOpenPageIsInSightInTheRailHoweverLargeTheText(t *testing.T) {
	shop := pagetest.NewShop(t)
	choices := first()
	choices.Scale = 1.5
	s, w := openShell(t, shop, choices)
	w.Resize(fyne.NewSize(1024, 700))
	rail := s.view.narrow
	seen := func(name page.Name) bool {
		driver, item := fyne.CurrentApp().Driver(), rail.items[name]
		top := driver.AbsolutePositionForObject(item).Y - driver.AbsolutePositionForObject(rail.pages).Y
		return top >= 0 && top+item.Size().Height <= rail.pages.Size().Height
	}
	if seen(page.Reports) {
		t.Fatal("all pages are in sight: there is nothing to scroll")
	}
	for _, name := range []page.Name{page.Reports, page.Today, page.Redeem} {
		s.Go(name)
		if !seen(name) {
			t.Errorf("%s is open and out of sight in the rail", name)
		}
	}
}

package widget

import (
	"testing"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestOneOfTheCardsIsChosenByClickArrowAndSpace(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	var chosen []int
	c := NewCards(2, []Card{{Icon: icons.Store, Title: "Shop", Detail: "Coupons"}, {Icon: icons.Clinic, Title: "Clinic", Pill: "new"}, {Title: "Salon"}}, func(i int) { chosen = append(chosen, i) })
	w := app.NewWindow("")
	defer w.Close()
	w.SetContent(c)
	w.Resize(fyne.NewSize(600, 400))
	if c.Selected() != -1 {
		t.Errorf("%d is chosen before anybody chose", c.Selected())
	}
	test.Tap(c.cards[1])
	test.Tap(c.cards[1])
	w.Canvas().Focus(c.cards[1])
	key := func(name fyne.KeyName) { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	key(fyne.KeyRight)
	key(fyne.KeyRight) // there is no further one
	if c.Selected() != 2 || w.Canvas().Focused() != c.cards[2] {
		t.Errorf("after two arrows %d is chosen", c.Selected())
	}
	w.Canvas().Focus(c.cards[0])
	key(fyne.KeySpace)
	if c.Selected() != 0 || len(chosen) != 3 {
		t.Errorf("chosen: %v", chosen)
	}
	if c.SetSelected(1); len(chosen) != 3 || c.Selected() != 1 {
		t.Errorf("set from outside: %v", chosen)
	}
	wide := NewCards(1, []Card{{Icon: icons.Provider, Title: "Practice", Detail: "Sends nothing", Pill: "first"}}, nil).Wide()
	if a, b := wide.MinSize(), c.MinSize(); a.Height >= b.Height/2 {
		t.Errorf("a card in one line is %v high, two rows of tall ones are %v", a.Height, b.Height)
	}
}

package ui

import (
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/sender"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"

	"fyne.io/fyne/v2"
)

func TestAnOutageShowsOnEveryPageUntilItIsOver(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, _ := openShell(t, shop, first())
	down := sender.State{Trouble: data.Errorf(data.ProviderDown, "send", "no route"), Since: shop.Now()}
	s.EngineState(down)
	for _, r := range rooms {
		s.Go(r.name)
		if !s.view.notice.Visible() || len(s.view.notice.Objects) != 1 {
			t.Errorf("%s doesn't say that the provider is out of reach", r.name)
		}
	}
	s.Speak(i18n.Chinese)
	if !s.view.notice.Visible() {
		t.Error("after a switch of language it isn't said any more")
	}
	s.EngineState(sender.State{})
	if s.view.notice.Visible() {
		t.Error("the outage is over, and is still said")
	}
}

func TestF1ListsTheKeysFromAFieldToo(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	press(w, fyne.KeyF1)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("F1 shows nothing")
	}
	press(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Escape doesn't close the list")
	}
	s.Go(page.Today)
	if !strings.Contains(onKeyboard("mod+F"), "F") || onKeyboard("F1") != "F1" {
		t.Errorf("keys are written %q and %q", onKeyboard("mod+F"), onKeyboard("F1"))
	}
}

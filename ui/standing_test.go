package ui

import (
	"slices"
	"testing"

	"counterbell/ui/page/pagetest"

	"fyne.io/fyne/v2"
)

func TestAProviderChosenBesideTheWindowEndsThePracticeSignAtOnce(t *testing.T) {
	shop := pagetest.NewShop(t)
	s, w := openShell(t, shop, first())
	w.Resize(fyne.NewSize(1280, 800))
	if !slices.Contains(texts(w.Content()), s.Texts().T("shell.practice_line")) {
		t.Fatal("practice isn't told of")
	}
	settings := map[string]string{"account_sid": "AC00000000000000000000000000000000", "from": "+15005550006"}
	if err := shop.Store.SetProvider(t.Context(), "twilio", settings); err != nil {
		t.Fatal(err)
	}
	s.changed()
	if slices.Contains(texts(w.Content()), s.Texts().T("shell.practice_line")) {
		t.Error("it still says that nothing is really sent")
	}
	built := s.view
	s.changed()
	if s.view != built {
		t.Error("built anew although nothing has changed")
	}
}

package ui

import (
	"testing"

	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"

	"fyne.io/fyne/v2"
)

func TestEscapeLeavesTheFileDialogAndNothingElse(t *testing.T) {
	s, w := openShell(t, pagetest.NewShop(t), first())
	s.Go(page.Import)
	chosen := false
	chooseFile(w, []string{".xlsx"}, s.env, func(string) { chosen = true })
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no dialog shows")
	}
	press(w, fyne.KeyEscape)
	if top := w.Canvas().Overlays().Top(); top != nil {
		t.Errorf("after Escape a %T still lies over the page", top)
	}
	if chosen || s.Now() != page.Import {
		t.Errorf("Escape chose a file (%t) or left for %s", chosen, s.Now())
	}
}

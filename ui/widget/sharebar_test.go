package widget

import (
	"testing"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAPartOfAShareBarIsAsWideAsItsShareAndNeverTooSmallToSee(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	bar := NewShareBar(20)
	bar.Set([]SharePart{{N: 99_999, Color: theme.OK}, {N: 0, Color: theme.Danger}, {N: 1, Color: theme.Chart2}})
	bar.Resize(fyne.NewSize(400, 20))
	w := bar.widths(400)
	if w[1] != 0 || w[2] < 4 || w[0]+w[2]+shareGap > 400 || w[0] < 380 {
		t.Errorf("widths %v", w)
	}
	for _, box := range bar.boxes {
		if !box.Hidden && box.Position().X+box.Size().Width > 400 {
			t.Errorf("a part ends at %v", box.Position().X+box.Size().Width)
		}
	}
	bar.Set([]SharePart{{N: 2, Color: theme.OK}})
	if w := bar.widths(400); len(bar.boxes) != 1 || w[0] != 400 || bar.boxes[0].Size().Width != 400 {
		t.Errorf("one part alone: %v, drawn %v", w, bar.boxes[0].Size())
	}
	bar.Set(nil)
	if len(bar.boxes) != 0 || bar.track.Hidden {
		t.Error("nobody at all shows an empty track")
	}
}

package widget

import (
	"slices"
	"testing"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestNothingIsGoneAfterAPauseOnAnotherPage asks every widget of the gallery for a second renderer, as Fyne does when
// something is seen again after a minute: the same things must lie at the same places.
func TestNothingIsGoneAfterAPauseOnAnotherPage(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	w := test.NewTempWindow(t, NewStage(gallery(english), never))
	w.Resize(fyne.NewSize(1280, 800))
	seen := 0
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			before := test.WidgetRenderer(o).Objects()
			places := layOf(before)
			if _, ours := test.WidgetRenderer(o).(*drawing); ours {
				seen++
				if after := layOf(o.CreateRenderer().Objects()); !slices.Equal(places, after) {
					t.Errorf("%T was drawn at %v, and after a minute at %v", o, places, after)
				}
			}
			for _, child := range before {
				walk(child)
			}
		}
	}
	walk(w.Content())
	if seen < 50 {
		t.Errorf("only %d widgets were looked at", seen)
	}
}

type lay struct {
	at   fyne.Position
	size fyne.Size
}

func layOf(objects []fyne.CanvasObject) (out []lay) {
	for _, o := range objects {
		out = append(out, lay{o.Position(), o.Size()})
	}
	return out
}

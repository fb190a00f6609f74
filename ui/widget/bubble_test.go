package widget

import (
	"strings"
	"testing"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestABubbleHugsItsWordsOnItsOwnSide(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	long := strings.Repeat("your eye exam is tomorrow ", 12)
	for _, c := range []struct {
		text string
		ours bool
	}{{"ok", false}, {"ok", true}, {long, false}, {long, true}, {strings.Repeat("字", 1600), true}} {
		b := NewBubble(c.text, Caption("10:52"))
		if c.ours {
			b.Ours()
		}
		b.Resize(fyne.NewSize(400, 10))
		b.Resize(fyne.NewSize(400, b.MinSize().Height))
		body := b.box.body
		left, right := body.Position().X, body.Position().X+body.Size().Width
		if c.ours && right != 400 || !c.ours && left != 0 {
			t.Errorf("%.6q ours %v: from %v to %v", c.text, c.ours, left, right)
		}
		if body.Size().Width > 400*0.82 || c.text == "ok" && body.Size().Width > 60 {
			t.Errorf("%.6q is %v wide", c.text, body.Size().Width)
		}
		last := b.lines[len(b.lines)-1]
		if end := last.Position().Y + last.Size().Height; end > body.Size().Height || b.MinSize().Height < body.Size().Height+lineHeight(theme.SizeCaption) {
			t.Errorf("%.6q: the words end at %v in %v, all in %v", c.text, end, body.Size().Height, b.MinSize().Height)
		}
	}
}

func TestAFigureThatGrowsIsSeenWhole(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	tile := NewStatTile("Sales", "")
	w := app.NewWindow("")
	w.SetContent(tile)
	w.Resize(fyne.NewSize(160, 90))
	tile.SetNumber("$1,482")
	if wide := tile.number.Size().Width; wide < tile.number.MinSize().Width {
		t.Errorf("the figure has %v of %v", wide, tile.number.MinSize().Width)
	}
}

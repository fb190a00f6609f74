package redeem

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// picture lays the page out at a size. With COUNTERBELL_PICTURES set to a
// folder it is drawn too, and stays there to be looked at.
func (c *counter) picture(name string, width, height float32) {
	c.Helper()
	h := c.screen.Header()
	head := widget.Row(12, widget.Fill(widget.Column(0, widget.Title(h.Title).Shorten(), widget.Caption(h.Subtitle).Shorten())))
	for _, a := range h.Actions {
		head.Add(a)
	}
	c.window.Window.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Column(0, widget.Inset(12, 24, 20, 24, widget.Sized(0, 48, head)),
		widget.Fill(widget.Inset(0, 24, 24, 24, c.screen.Content())))), c.window.After))
	narrow := float32(208)
	if width < 1120 {
		narrow = 76
	}
	c.window.Window.Resize(fyne.NewSize(width-narrow, height))
	at := c.window.Window.Canvas().Size()
	rail := float32(208)
	if width < 1120 {
		rail = 76
	}
	if at.Width > width-rail || at.Height > height {
		c.Errorf("%s: the page asks for %v", name, at)
	}
	folder := os.Getenv("COUNTERBELL_PICTURES")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, "redeem-"+name+".png"))
	if err != nil {
		c.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, c.window.Window.Canvas().Capture()); err != nil {
		c.Fatal(err)
	}
}

func TestTheTillFitsTheWindowInBothLanguagesAndLooks(t *testing.T) {
	for _, look := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800},
		{"en-small", i18n.English, theme.Light, 1024, 700},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800},
	} {
		c := newCounter(t, twenty)
		c.shop.Coupons("Case week", data.Offer{Title: "Free lens cloth", Kind: data.Gift, Uses: 1, ValidTo: "2026-11-26"}, 1)
		c.book("2026-11-25T09:30")
		c.window = pagetest.NewIn(t, c.shop.Store, look.language, look.variant)
		c.screen = newScreen(c.window.Env, c.screen.now)
		c.window.Put(c.screen, look.width, look.height)
		c.window.Window.Canvas().Focus(c.screen.KeepsFocus())
		c.types(c.codes[0], hand)
		c.press(fyne.KeyReturn)
		c.types("185", hand)
		c.picture("1-here-"+look.name, look.width, look.height)
		c.screen.done()
		c.types(c.codes[0], hand)
		c.press(fyne.KeyReturn)
		c.picture("2-used-"+look.name, look.width, look.height)
		c.screen.FocusSearch()
		c.screen.finder.Type("Ma")
		c.picture("3-find-"+look.name, look.width, look.height)
		c.screen.finder.Submit()
		c.picture("4-chosen-"+look.name, look.width, look.height)
	}
}

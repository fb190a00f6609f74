package inbox

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

// picture lays the page out at a size. With COUNTERBELL_PICTURES set to a
// folder it is drawn too, and stays there to be looked at.
func (c *counter) picture(name string, width, height float32) {
	c.t.Helper()
	c.put(width, height)
	at := c.window.Window.Canvas().Size()
	rail := float32(208)
	if width < 1120 {
		rail = 76
	}
	if at.Width > width-rail || at.Height > height {
		c.t.Errorf("%s: the page asks for %v", name, at)
	}
	folder := os.Getenv("COUNTERBELL_PICTURES")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, "inbox-"+name+".png"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, c.window.Window.Canvas().Capture()); err != nil {
		c.t.Fatal(err)
	}
}

func TestTheInboxFitsTheWindowInBothLanguagesAndLooks(t *testing.T) {
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800},
		{"en-small", i18n.English, theme.Light, 1024, 700},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800},
	} {
		shop, _ := busyShop(t)
		d := newCounterIn(t, shop, c.language, c.variant, c.width, c.height)
		d.screen.talk.composer.entry.SetText("Hi Ines, 16:15 with Dr Lindqvist is free. Shall I book it?")
		d.picture("1-queue-"+c.name, c.width, c.height)
		d.screen.tabs.Choose(1)
		d.screen.open(pagetest.Phone(5))
		d.picture("2-optout-"+c.name, c.width, c.height)
		d.screen.tabs.Choose(2)
		d.screen.open(pagetest.Phone(9))
		d.picture("3-unknown-"+c.name, c.width, c.height)
		d.screen.CreateNew()
		d.screen.finder.Type("Ma")
		d.picture("4-new-"+c.name, c.width, c.height)
	}
	empty := newCounterIn(t, pagetest.NewShop(t), i18n.English, theme.Dark, 1280, 800)
	empty.picture("5-empty", 1280, 800)
	shop, _ := busyShop(t)
	waiting, err := shop.WaitingReplies(t.Context(), 10)
	must(t, err)
	for i, w := range waiting {
		how := []store.ReplyAnswer{store.AnswerConfirm, store.AnswerCall, store.AnswerOther}[i]
		_, err := shop.SettleReply(t.Context(), w.ID, how, "Dana")
		must(t, err)
	}
	_, err = shop.QueueDirect(t.Context(), store.Direct{Phone: pagetest.Phone(0), Kind: data.Notice, Body: "See you at 11:30, Ines!", By: "Dana"})
	must(t, err)
	done := newCounterIn(t, shop, i18n.English, theme.Light, 1280, 800)
	done.picture("6-done", 1280, 800)
}

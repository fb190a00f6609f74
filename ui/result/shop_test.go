package result

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report/reporttest"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is the view in a window with a header, and where its leads led.
type desk struct {
	*pagetest.Window
	view  *View
	led   string
	timer func()
}

func newDesk(t *testing.T, shop *reporttest.Shop, id data.CampaignID, l i18n.Language, v theme.Variant, width, height float32) *desk {
	t.Helper()
	d := &desk{Window: pagetest.NewIn(t, shop.Store, l, v)}
	d.Env.After = func(_ time.Duration, do func()) func() { d.timer = do; return func() { d.timer = nil } }
	to := func(where string) func(data.CampaignID) { return func(data.CampaignID) { d.led = where } }
	d.view = New(d.Env, id, Leads{Back: func() { d.led = "back" }, Again: to("again"), Missed: to("missed")})
	d.put(width, height)
	d.view.Shown()
	d.put(width, height)
	return d
}

// waited lets what waits for the clock go on.
func (d *desk) waited() {
	if do := d.timer; do != nil {
		d.timer = nil
		do()
	}
}

// put draws header and view at a size of the whole window, without the rail.
func (d *desk) put(width, height float32) {
	d.Whole(d.view.Header(), d.view.Content(), width, height)
}

// picture lays the view out at a size. With COUNTERBELL_PICTURES set to a folder it is drawn too, to be looked at.
func (d *desk) picture(t *testing.T, name string, width, height float32) {
	t.Helper()
	d.put(width, height)
	at := d.Window.Window.Canvas().Size()
	if at.Width > width-pagetest.Rail(width) || at.Height > height {
		t.Errorf("%s asks for %v", name, at)
	}
	d.Window.Picture(t, name)
}

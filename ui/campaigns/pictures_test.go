package campaigns

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/compose"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

// desktop is the page in a window with a header, as the shell shows it.
type desktop struct {
	*pagetest.Window
	screen *Screen
}

// shop is Lark Optical with people who agreed to offers, and prices.
func shop(t *testing.T) *pagetest.Shop {
	t.Helper()
	s := pagetest.NewShop(t)
	s.Import("Maya Chen", "Jonas Weber", "Priya Nair", "Tom Okafor", "林 晓雯", "Ana Souza", "Ben Carter", "Chloé Martin")
	if err := s.SetPrice(t.Context(), "practice", "", "", 22_000, "USD"); err != nil {
		t.Fatal(err)
	}
	return s
}

func newDesktop(t *testing.T, s *pagetest.Shop, l i18n.Language, v theme.Variant) *desktop {
	t.Helper()
	w := pagetest.NewIn(t, s.Store, l, v)
	w.After = func(_ time.Duration, do func()) func() { return func() {} }
	d := &desktop{Window: w, screen: newScreen(w.Env)}
	d.screen.Shown()
	return d
}

// put draws header and page at a size of the whole window, without the rail.
func (d *desktop) put(width, height float32) {
	d.Whole(d.screen.Header(), d.screen.Content(), width, height)
}

// fits lays the page out at a size, and checks that it asks for no more. With
// COUNTERBELL_PICTURES set to a folder it is drawn too, and stays there to be
// looked at.
func (d *desktop) fits(t *testing.T, name string, width, height float32) {
	t.Helper()
	d.put(width, height)
	rail := float32(208)
	if width < 1120*theme.Scale() {
		rail = 76
	}
	if at := d.Window.Window.Canvas().Size(); at.Width > width-rail || at.Height > height {
		t.Errorf("%s: the page asks for %v", name, at)
	}
	d.Window.Picture(t, name)
}

// some stores campaigns in several states.
func some(t *testing.T, s *pagetest.Shop) {
	t.Helper()
	offer := data.Offer{Title: "20% off any pair of sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-11-29"}
	for i, c := range []struct {
		name  string
		state data.CampaignState
		why   string
	}{
		{"Sunglasses week", data.Done, ""}, {"Lens care", data.Running, ""}, {"Autumn check-up", data.Paused, "credit"}, {"Old frames", data.Stopped, ""}, {"Advent opening", data.Scheduled, ""},
	} {
		s.Coupons(c.name, offer, 4+i%3)
		all, err := s.Campaigns(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetCampaignState(t.Context(), all[0].ID, c.state, c.why, data.Running); err != nil {
			t.Fatal(err)
		}
		s.Move(26 * time.Hour)
	}
}

func TestThePageFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
		texts         [2]string
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800, [2]string{"Lark Optical: Hi {first_name|there}, it’s sunglasses week! {offer} by {expires}. Show {code} at the till or tap {link}", "Lark Optical: {offer} by {expires}! Show {code} at the till."}},
		{"en-small", i18n.English, theme.Light, 1024, 700, [2]string{"Lark Optical: Hi {first_name|there}, it's sunglasses week! {offer} by {expires}. Show {code} at the till.", ""}},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800, [2]string{"【{brand}】{first_name|亲爱的顾客}您好，太阳镜周：{offer}，{expires}前出示券码 {code} 即可。", ""}},
		{"zh-small", i18n.Chinese, theme.Light, 1024, 700, [2]string{"", ""}},
	} {
		s := shop(t)
		d := newDesktop(t, s, c.language, c.variant)
		d.fits(t, "campaigns-1-empty-"+c.name, c.width, c.height)
		some(t, s)
		d.screen.CreateNew()
		d.fits(t, "campaigns-2-new-"+c.name, c.width, c.height)
		v := d.screen.now.(*compose.View)
		f, _ := v.Form()
		f.Name, f.Percent, f.Covers, f.Group, f.Chosen, f.Texts, f.AB = "Sunglasses week", "20 %", "any pair of sunglasses", "all", true, c.texts, c.texts[1] != ""
		if c.language == i18n.Chinese {
			f.Name, f.Covers = "太阳镜周", "太阳镜"
		}
		v.Take(f)
		d.fits(t, "campaigns-3-compose-"+c.name, c.width, c.height)
		d.screen.Escape()
		d.fits(t, "campaigns-4-list-"+c.name, c.width, c.height)
		for _, err := range d.Errors {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

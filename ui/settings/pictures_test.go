package settings

import (
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"

	"github.com/zalando/go-keyring"
)

// desktop is the page in a window with a header, as the shell shows it.
type desktop struct {
	*pagetest.Window
	screen *Screen
}

func newDesktop(t *testing.T, s *store.Store, l i18n.Language, v theme.Variant) *desktop {
	t.Helper()
	keyring.MockInit()
	w := pagetest.NewIn(t, s, l, v)
	return &desktop{Window: w, screen: newScreen(w.Env)}
}

// put draws header and page at a size of the whole window, without the rail.
func (d *desktop) put(width, height float32) {
	d.Whole(d.screen.Header(), d.screen.Content(), width, height)
}

// picture lays the page out at a size. With COUNTERBELL_PICTURES set to a folder it is drawn too, and stays there to be
// looked at.
func (d *desktop) picture(t *testing.T, name string, width, height float32) {
	t.Helper()
	d.put(width, height)
	d.Window.Picture(t, name)
}

// filled is a shop with people, and rules and prices of its own.
func filled(t *testing.T) *pagetest.Shop {
	t.Helper()
	shop := pagetest.NewShop(t)
	shop.Import("Maya Chen", "Ben Osei", "林晓雯")
	for _, err := range []error{
		shop.SetHouseRule(t.Context(), data.HouseRule{Kind: data.Marketing, Caps: "1/day;2/week", By: "Dana"}),
		shop.SetHouseRule(t.Context(), data.HouseRule{Place: "US", Kind: data.Marketing, Hours: "Mo-Fr 10:00-18:00", By: "Dana"}),
		shop.SetPrices(t.Context(), "practice", []store.Price{{Country: "", Micros: 12_000, Currency: "USD"}, {Country: "US", Kind: data.Marketing, Micros: 7_900, Currency: "USD"}}),
		shop.SetStaff(t.Context(), data.Staff{People: []string{"Dana", "Ann Park"}, Tills: []string{"Till 1", "Till 2"}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return shop
}

func TestEverySectionFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800},
		{"en-small", i18n.English, theme.Light, 1024, 700},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800},
		{"zh-small", i18n.Chinese, theme.Dark, 1024, 700},
	} {
		d := newDesktop(t, filled(t).Store, c.language, c.variant)
		for i, s := range sections {
			d.put(c.width, c.height)
			d.screen.choose(s.name)
			d.picture(t, "settings-"+string(rune('a'+i))+"-"+s.name+"-"+c.name, c.width, c.height)
			at := d.Window.Window.Canvas().Size()
			rail := float32(208)
			if c.width < 1120 {
				rail = 76
			}
			if at.Width > c.width-rail || at.Height > c.height {
				t.Errorf("%s %s: the page asks for %v", c.name, s.name, at)
			}
		}
		if len(d.Errors) > 0 {
			t.Errorf("%s: %v", c.name, d.Errors)
		}
	}
}

package result

import (
	"testing"

	"counterbell/data/report/reporttest"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

func TestTheResultFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
	shop := reporttest.New(t)
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800},
		{"en-dark", i18n.English, theme.Dark, 1280, 800},
		{"en-small", i18n.English, theme.Light, 1024, 700},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800},
		{"zh-small", i18n.Chinese, theme.Light, 1024, 700},
	} {
		d := newDesk(t, shop, shop.Campaign, c.language, c.variant, c.width, c.height)
		d.picture(t, "result-"+c.name, c.width, c.height)
		d.view.board.people.list.SetCurrent(0)
		d.view.board.people.showStrip()
		d.picture(t, "result-tall-"+c.name, c.width, 1160)
		if len(d.Errors) > 0 {
			t.Fatal(d.Errors)
		}
	}
}

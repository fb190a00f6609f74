package review

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

func TestEveryStageFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
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
		shop, id := drafted(t, nil)
		d := newDesk(t, shop, id, c.language, c.variant, c.width, c.height)
		fits := func(step string) {
			t.Helper()
			d.picture(t, "review-"+step+"-"+c.name, c.width, c.height)
		}
		fits("1-ready")
		shop.Move(11 * time.Hour) // nearly ten in the evening there: quiet hours
		d.view.Shown()
		fits("1-held")
		shop.Move(-11 * time.Hour)
		d.view.Shown()
		d.view.send()
		d.second(shop, 13*time.Second)
		fits("2-undo")
		d.view.sendNow()
		pass(t, shop)
		d.changed()
		fits("3-done")
		if d.view.model.Stage() != Ended {
			t.Errorf("%s: it is %v", c.name, d.view.model.Campaign.State)
		}
		must(t, shop.SetCampaignState(t.Context(), id, data.Paused, "credit", data.Done))
		d.changed()
		fits("4-paused")
		if len(d.Errors) > 0 {
			t.Fatal(d.Errors)
		}
	}
}

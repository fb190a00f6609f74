//go:build e2e

package main_test

import (
	"encoding/json"
	"testing"

	"counterbell/ui/theme"
)

// A new profile is welcomed: by the keyboard alone from its first picture to the counter, closed halfway and gone on with,
// and never again.
func TestWindowWelcomesANewShop(t *testing.T) {
	for _, c := range []struct{ language, name, country string }{{"en", "Lark Optical", "US"}, {"zh-Hans", "Yunque Optical", "CN"}} {
		t.Run(c.language, func(t *testing.T) {
			s := newShop(t)
			w := s.open(c.language, theme.Light)
			w.tells("welcome.look.title")
			w.keep("welcome-look-"+c.language, w.still())
			w.press("Return")
			w.tells("welcome.shop.title")
			w.press("Return") // without a name
			w.tells("shell.business_missing")
			w.types(c.name)
			w.keep("welcome-shop-"+c.language, w.still())
			w.press("Return")
			w.tells("welcome.service.title")
			w.keep("welcome-service-"+c.language, w.still())
			s.leave(w)

			w = s.open(c.language, theme.Light)
			w.tells("welcome.service.title")
			w.press("Return")
			w.tells("welcome.list.title")
			w.keep("welcome-list-"+c.language, w.still())
			w.tapKey("welcome.finish")
			w.tells("shell.today")
			s.leave(w)

			out, said, code := s.bell("business", "--json")
			var b struct{ Name, Country, Kind string }
			if err := json.Unmarshal(out, &b); err != nil || code != 0 || b.Name != c.name || b.Country != c.country || b.Kind != "shop" {
				t.Errorf("bell business: %s%s (%d, %v)", out, said, code, err)
			}
			w = s.open(c.language, theme.Light)
			w.tells("shell.today")
			s.leave(w)
		})
	}
}

//go:build e2e

package main_test

import (
	"fmt"
	"slices"

	"counterbell/ui/theme"
)

// pages are in the order of the rail, which is that of their keys.
var pages = []string{"today", "inbox", "contacts", "import", "campaigns", "redeem", "appointments", "reports", "settings"}

// keyOf is the key that opens a page.
func (w *window) keyOf(page string) string {
	i := slices.Index(pages, page)
	if i < 0 {
		w.t.Fatalf("no page %q", page)
	}
	return fmt.Sprintf("ctrl+%d", i+1)
}

// everyPage keeps a picture of each page: light and dark, in both languages, in a large and a small window.
func everyPage(s *shop, how string) {
	for _, language := range []string{"en", "zh-Hans"} {
		for name, look := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			w := s.open(language, look)
			for _, size := range [][2]int{{1280, 800}, {1024, 700}} {
				w.resize(size[0], size[1])
				for _, page := range pages {
					w.press(w.keyOf(page))
					w.tells("shell." + page)
					w.keep(fmt.Sprintf("%s-%s-%s-%s-%d", page, how, language, name, size[0]), w.still())
				}
			}
			s.leave(w)
		}
	}
}

package settings

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
)

// zoneLabel says a time zone in words: "Los Angeles (UTC−8)".
func zoneLabel(t *i18n.Texts, now time.Time, zone string) string {
	loc, err := data.Zone(zone)
	if err != nil {
		return zone
	}
	_, east := now.In(loc).Zone()
	sign := "+"
	if east < 0 {
		sign, east = "−", -east
	}
	offset := fmt.Sprintf("%s%d", sign, east/3600)
	if m := east % 3600 / 60; m != 0 {
		offset += fmt.Sprintf(":%02d", m)
	}
	return t.Zone(zone) + " (UTC" + offset + ")"
}

// currencyChoices are the currencies to choose from: the country's and the chosen one first.
func currencyChoices(country, chosen string) []string {
	var out []string
	for _, c := range append([]string{chosen, currencyOf(country, "")}, i18n.Currencies()...) {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// bases are the grounds of rules; of several the first counts ("regulator+carrier").
var bases = []string{"statute", "regulator", "carrier", "industry", "vendor", "house"}

// basisKey is a ground as translations know it: "settings.basis.KEY".
func basisKey(basis string) string {
	first, _, _ := strings.Cut(basis, "+")
	if slices.Contains(bases, first) {
		return first
	}
	return "house"
}

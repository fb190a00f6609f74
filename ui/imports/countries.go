package imports

import (
	"slices"
	"strings"
	"sync"

	"counterbell/data/phone"
	"counterbell/ui/i18n"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryName is what a country is called, by its ISO 3166-1 code. Source:
// CLDR, as golang.org/x/text carries it.
func countryName(l i18n.Language, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	names := display.English.Regions()
	if l == i18n.Chinese {
		names = display.Chinese.Regions()
	}
	if name := names.Name(region); name != "" {
		return name
	}
	return code
}

// countries are all whose numbers are known, in the order of the alphabet, or
// of pinyin, with those that matter here first.
func countries(l i18n.Language, first ...string) (codes, names []string) {
	for _, code := range append(slices.Clone(first), sortedCountries(l)...) {
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
			names = append(names, countryName(l, code))
		}
	}
	return codes, names
}

var (
	sortedMu sync.Mutex
	sorted   = map[i18n.Language][]string{}
)

func sortedCountries(l i18n.Language) []string {
	sortedMu.Lock()
	defer sortedMu.Unlock()
	if sorted[l] == nil {
		codes := phone.Countries()
		order := collate.New(language.English)
		if l == i18n.Chinese {
			order = collate.New(language.SimplifiedChinese)
		}
		slices.SortFunc(codes, func(a, b string) int {
			if c := order.CompareString(countryName(l, a), countryName(l, b)); c != 0 {
				return c
			}
			return strings.Compare(a, b)
		})
		sorted[l] = codes
	}
	return sorted[l]
}

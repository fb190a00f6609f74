package imports

import (
	"slices"
	"strings"
	"sync"

	"counterbell/data/phone"
	"counterbell/ui/i18n"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// countries are all whose numbers are known, in the order of the alphabet, or
// of pinyin, with those that matter here first.
func countries(l i18n.Language, first ...string) (codes, names []string) {
	texts := i18n.New(l)
	for _, code := range append(slices.Clone(first), sortedCountries(l)...) {
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
			names = append(names, texts.Country(code))
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
		codes, texts := phone.Countries(), i18n.New(l)
		order := collate.New(language.English)
		if l == i18n.Chinese {
			order = collate.New(language.SimplifiedChinese)
		}
		slices.SortFunc(codes, func(a, b string) int {
			if c := order.CompareString(texts.Country(a), texts.Country(b)); c != 0 {
				return c
			}
			return strings.Compare(a, b)
		})
		sorted[l] = codes
	}
	return sorted[l]
}

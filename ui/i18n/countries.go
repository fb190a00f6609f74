package i18n

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

var (
	collators   = map[Language]language.Tag{English: language.English, Chinese: language.SimplifiedChinese}
	countriesMu sync.Mutex
	countriesBy = map[Language]map[string]string{} // names, found once: there are 245
)

// SortCountries puts ISO 3166-1 codes in the order of the alphabet, or of
// pinyin, by what the countries are called.
func (t *Texts) SortCountries(codes []string) []string {
	countriesMu.Lock()
	defer countriesMu.Unlock()
	names := countriesBy[t.language]
	if names == nil {
		names = map[string]string{}
		countriesBy[t.language] = names
	}
	for _, code := range codes {
		if names[code] == "" {
			names[code] = t.Country(code)
		}
	}
	order := collate.New(collators[t.language])
	out := slices.Clone(codes)
	slices.SortFunc(out, func(a, b string) int {
		if c := order.CompareString(names[a], names[b]); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return out
}

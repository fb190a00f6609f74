package imports

import (
	"slices"

	"counterbell/data/phone"
	"counterbell/ui/i18n"
)

// countries are all whose numbers are known, in the order of the alphabet, or
// of pinyin, with those that matter here first.
func countries(l i18n.Language, first ...string) (codes, names []string) {
	texts := i18n.New(l)
	for _, code := range append(slices.Clone(first), texts.SortCountries(phone.Countries())...) {
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
			names = append(names, texts.Country(code))
		}
	}
	return codes, names
}

package contacts

import (
	"slices"

	"counterbell/data/phone"
)

// countries are all whose numbers are known, the shop's own first.
func (s *Screen) countries() (codes, names []string) {
	t, home := s.env.Texts, s.env.Business.Country
	codes = []string{home}
	for _, code := range t.SortCountries(slices.Clone(phone.Countries())) {
		if code != home {
			codes = append(codes, code)
		}
	}
	for _, code := range codes {
		names = append(names, t.Country(code))
	}
	return codes, names
}

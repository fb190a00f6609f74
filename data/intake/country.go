package intake

import (
	"slices"

	"counterbell/data"
	"counterbell/data/phone"
)

// likelyCountries are tried where neither the shop's own country nor numbers with a plus fit.
var likelyCountries = []string{"US", "GB", "CN", "ES", "MX", "AU", "CA", "FR", "DE", "IN", "IE", "NZ", "SG", "HK", "BR", "IT"}

// findCountry decides where numbers without a plus are dialled from.
func (l *List) findCountry() {
	o := l.options
	if o.Country != "" {
		l.Country = Finding{Value: o.Country, Because: "intake.country.chosen"}
		return
	}
	abroad := map[string]int{}
	var national []string
	named := -1
	for _, c := range l.Columns {
		if c.Field == data.FieldCountry {
			named = c.Index
		}
	}
	plus, elsewhere := 0, 0
	for _, row := range l.below() {
		if cell := cellAt(&row, named); cell != nil {
			if _, ok := readCountry(text(cell)); ok { // the row says it itself
				elsewhere++
				continue
			}
		}
		for _, c := range l.Columns {
			if c.Field != data.FieldPhone || c.Index >= len(row.cells) || len(national) >= 500 {
				continue
			}
			for _, raw := range phone.Split(text(&row.cells[c.Index])) {
				if r := phone.Read(raw, ""); r.OK() {
					plus++
					abroad[r.Facts.Region]++
				} else if r.Problem == phone.NeedsCountry {
					national = append(national, raw)
				}
			}
		}
	}
	if len(national) == 0 {
		l.Country = Finding{Value: o.Home, Because: "intake.country.home"}
		switch {
		case elsewhere > 0:
			l.Country.Because = "intake.country.rows"
		case plus > 0:
			l.Country.Because = "intake.country.plus"
			if o.Home == "" {
				l.Country.Value = mostOf(abroad)
			}
		}
		return
	}
	home := 0
	if o.Home != "" {
		home = share(national, o.Home, true)
	}
	best, bestShare := o.Home, home
	if home < 60 && (o.Home == "" || len(national) >= 3) {
		for _, c := range append(slices.Sorted(keys(abroad)), likelyCountries...) {
			if s := share(national, c, false); phone.Known(c) && s >= 70 && s > bestShare+15 {
				best, bestShare = c, s
			}
		}
	}
	l.Country = Finding{Value: best, Because: "intake.country.match", Args: map[string]string{"share": itoa(bestShare), "country": best}}
	if best == "" || bestShare < 50 {
		l.Country.Because = "intake.country.guess"
	}
}

// share is how many of the numbers, in percent, are numbers of a country. Landlines prove little: some countries take
// nearly any digits for one. They count for the shop's own country alone.
func share(numbers []string, country string, landlines bool) int {
	fits := 0
	for _, raw := range numbers {
		if r := phone.Read(raw, country); r.OK() {
			switch r.Facts.Line {
			case data.Mobile, data.MobileOrLand, data.FictionalLine:
				fits++
			case data.Landline:
				if landlines {
					fits++
				}
			}
		}
	}
	return fits * 100 / len(numbers)
}

func keys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func mostOf(m map[string]int) (best string) {
	for _, k := range slices.Sorted(keys(m)) {
		if best == "" || m[k] > m[best] {
			best = k
		}
	}
	return best
}

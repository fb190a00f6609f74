package settings

import (
	"math/big"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/store"
)

// priceKinds are the columns of the table of prices; the first holds for every kind that has none of its own.
var priceKinds = []data.Kind{"", data.Marketing, data.Reminder, data.Notice, data.OTP}

// priceName is a price's field in the form.
func priceName(country string, kind data.Kind) string { return country + "/" + string(kind) }

// priceValues are a provider's prices as a form keeps them.
func priceValues(all []store.Price, currency string) map[string]string {
	v := map[string]string{"currency": currency}
	for _, p := range all {
		v[priceName(p.Country, p.Kind)] = writeMicros(p.Micros)
		v["currency"] = p.Currency
	}
	return v
}

// readPrices reads the prices of a form. bad names the fields that hold none.
func readPrices(f *form) (all []store.Price, bad []string) {
	values := f.Values()
	for name, text := range values {
		country, kind, is := strings.Cut(name, "/")
		if !is || strings.TrimSpace(text) == "" {
			continue
		}
		m, ok := readMicros(text)
		if !ok {
			bad = append(bad, name)
			continue
		}
		all = append(all, store.Price{Country: country, Kind: data.Kind(kind), Micros: m, Currency: values["currency"]})
	}
	slices.Sort(bad)
	return all, bad
}

// readMicros reads a price as people type it, to a millionth: 0.0079, 0,0079, ￥0.045, full-width digits. Nought is a price.
func readMicros(text string) (data.Micros, bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',', r == '-':
			return r
		case r == ' ', r == '$', r == '€', r == '£', r == '¥', r == '₩', r == '₹':
			return -1
		}
		return '?'
	}, halfWidth(strings.ReplaceAll(text, "￥", "")))
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	text = strings.ReplaceAll(text, ",", "")
	whole, part, _ := strings.Cut(text, ".")
	if whole == "" {
		whole = "0"
	}
	if len(part) > 6 || strings.Trim(whole+part, "0123456789") != "" || text == "" || text == "." {
		return 0, false
	}
	n, ok := new(big.Int).SetString(whole+part+strings.Repeat("0", 6-len(part)), 10)
	if !ok || !n.IsInt64() || n.Int64() > 1e9 {
		return 0, false
	}
	return data.Micros(n.Int64()), true
}

// writeMicros writes a price as it stands in a field: two to six places.
func writeMicros(m data.Micros) string {
	s := new(big.Rat).SetFrac64(int64(m), 1_000_000).FloatString(6)
	for strings.HasSuffix(s, "0") && len(s)-strings.IndexByte(s, '.') > 3 {
		s = s[:len(s)-1]
	}
	return s
}

package data

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Money is an amount in minor units (cents) with its ISO 4217 currency. Amounts of different currencies are never added.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// exponents lists the currencies whose minor unit isn't a hundredth. Source: ISO 4217 list one.
var exponents = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Exponent returns the number of decimal places of a currency.
func Exponent(currency string) int {
	if e, ok := exponents[currency]; ok {
		return e
	}
	return 2
}

// ParseMoney reads "12.50", "1,234.5", "１２．５０", "12,50" or "$12" as an amount of currency, exactly. What could be
// two amounts is refused: "1.234" is a thousand to some and one and a bit to others. Error Invalid when it isn't a
// number, is negative, has more places than the currency, or is beyond ten million millions.
func ParseMoney(s, currency string) (Money, error) {
	minor, ok := parseMinor(bare(s, currency), Exponent(currency))
	if !ok {
		return Money{}, Errorf(Invalid, "read an amount", "not an amount of %s", currency).With("value", s)
	}
	return Money{minor, currency}, nil
}

// bare narrows an amount's characters and takes the currency's sign or code off it. Spaces and apostrophes, which only
// ever group digits, become apostrophes.
func bare(s, currency string) string {
	t := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return '0' + r - '０'
		case r == '．' || r == '。':
			return '.'
		case r == '，':
			return ','
		case unicode.IsSpace(r) || r == '’':
			return '\''
		}
		return r
	}, strings.TrimSpace(s))
	marks := func(r rune) bool { return strings.ContainsRune("$€£¥￥₹元円圆'", r) }
	t = strings.TrimFunc(t, marks)
	if n := len(currency); n == 3 && len(t) > n {
		if strings.EqualFold(t[:n], currency) {
			t = t[n:]
		} else if strings.EqualFold(t[len(t)-n:], currency) {
			t = t[:len(t)-n]
		}
	}
	return strings.TrimFunc(t, marks)
}

// parseMinor reads digits with separators as minor units of a currency with so many places.
func parseMinor(t string, places int) (int64, bool) {
	whole, frac := t, ""
	if i := strings.LastIndexAny(t, ".,"); i >= 0 {
		sep := t[i : i+1]
		_, thousands := ungroup(t, sep)
		switch {
		case strings.Count(t, sep) > 1, sep == "," && thousands:
			// It groups.
		case len(t)-i-1 == 3 && places != 3:
			return 0, false // it may group, it may not
		default:
			whole, frac = t[:i], t[i+1:]
			if whole == "" && frac == "" || strings.Trim(frac, "0123456789") != "" {
				return 0, false
			}
		}
	}
	for _, sep := range []string{".", ",", "'"} {
		if strings.Contains(whole, sep) {
			digits, ok := ungroup(whole, sep)
			if !ok {
				return 0, false
			}
			whole = digits
			break
		}
	}
	if strings.Trim(whole, "0123456789") != "" || whole+frac == "" || len(whole) > 30 {
		return 0, false
	}
	for len(frac) > places {
		if frac[len(frac)-1] != '0' {
			return 0, false
		}
		frac = frac[:len(frac)-1]
	}
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", places-len(frac)), 10, 64)
	return n, err == nil && n <= 1e15
}

// ungroup takes separators out of a whole number where they stand as people set them: after each three digits, or the
// Indian way, three at the end and two before ("12,34,567").
func ungroup(t, sep string) (digits string, ok bool) {
	groups := strings.Split(t, sep)
	last := len(groups) - 1
	if len(groups) < 2 || len(groups[last]) != 3 || groups[0] == "" || len(groups[0]) > 3 || groups[0][0] == '0' {
		return "", false
	}
	for _, g := range groups[1:last] {
		if len(g) != len(groups[1]) || len(g) < 2 || len(g) > 3 || len(groups[0]) > len(g) {
			return "", false
		}
	}
	digits = strings.Join(groups, "")
	return digits, strings.Trim(digits, "0123456789") == ""
}

// Decimal returns the amount as plain digits, "12.50".
func (m Money) Decimal() string {
	e := Exponent(m.Currency)
	if e == 0 {
		return fmt.Sprint(m.Minor)
	}
	sign, n := "", m.Minor
	if n < 0 {
		sign, n = "-", -n
	}
	s := fmt.Sprintf("%0*d", e+1, n)
	return sign + s[:len(s)-e] + "." + s[len(s)-e:]
}

// Percent returns p percent of m, halves rounded up.
func (m Money) Percent(p int64) Money {
	// The hundreds go apart, so that no amount is too large.
	return Money{m.Minor/100*p + floorDiv(m.Minor%100*p+50, 100), m.Currency}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// Micros is a message price: millionths of the currency's major unit. See Cost.
type Micros int64

// A Cost is what messages cost, or that it isn't known: a missing price is "not known", never nought.
type Cost struct {
	Micros   Micros `json:"micros"`
	Currency string `json:"currency"`
	Known    bool   `json:"known"`
}

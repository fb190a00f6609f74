package data

import (
	"fmt"
	"math/big"
	"strings"
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

// ParseMoney reads "12.50", "1,234.5", "１２．５０" or "12,50" as an amount of currency, exactly.
// Error Invalid when it isn't a number, is negative, or has more places than the currency.
func ParseMoney(s, currency string) (Money, error) {
	bad := func() (Money, error) {
		return Money{}, Errorf(Invalid, "read an amount", "%q is not an amount of %s", s, currency).With("value", s)
	}
	t := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return '0' + r - '０'
		case r == '．' || r == '。':
			return '.'
		case r == '，':
			return ','
		case r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u3000' || r == '\'':
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	t = strings.TrimFunc(t, func(r rune) bool { return strings.ContainsRune("$€£¥￥₹", r) })
	places := Exponent(currency)
	// The last separator is decimal when it is followed by at most as many digits as the currency has; else it groups.
	if i := strings.LastIndexAny(t, ".,"); i >= 0 {
		frac := t[i+1:]
		grouped := t[i] == ',' && len(frac) == 3 || strings.Count(t, string(t[i])) > 1
		if grouped {
			t = strings.NewReplacer(",", "", ".", "").Replace(t)
		} else {
			if len(frac) > places {
				return bad()
			}
			t = strings.NewReplacer(",", "", ".", "").Replace(t[:i]) + "." + frac
		}
	}
	if t == "" || strings.Trim(t, "0123456789.") != "" || t == "." {
		return bad()
	}
	whole, frac, _ := strings.Cut(t, ".")
	frac += strings.Repeat("0", places-len(frac))
	n, ok := new(big.Int).SetString(whole+frac, 10)
	if !ok || !n.IsInt64() || n.Int64() > 1e15 {
		return bad()
	}
	return Money{n.Int64(), currency}, nil
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
	return Money{floorDiv(m.Minor*p*2+100, 200), m.Currency}
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

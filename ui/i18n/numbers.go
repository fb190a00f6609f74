package i18n

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"

	"counterbell/data"
)

// minus is the true minus sign: as wide as a figure, and never a line break.
const minus = "−"

//go:embed currencies.tsv
var currencyTable string

// symbols are the signs of currencies, by language and ISO 4217 code.
var symbols = sync.OnceValue(func() map[Language]map[string]string {
	table := map[Language]map[string]string{English: {}, Chinese: {}}
	for line := range strings.Lines(currencyTable) {
		if cells := strings.Split(strings.TrimSpace(line), "\t"); len(cells) == 4 && !strings.HasPrefix(line, "#") {
			table[English][cells[0]], table[Chinese][cells[0]] = cells[1], cells[2]
		}
	}
	return table
})

// value writes what fills a placeholder.
func (t *Texts) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return t.Number(int64(v))
	case int64:
		return t.Number(v)
	case data.Money:
		return t.Money(v)
	case error:
		return t.Error(v)
	}
	return fmt.Sprint(v)
}

// Number groups a whole number: 1,204 in both languages.
func (t *Texts) Number(n int64) string {
	if n < 0 {
		return minus + group(strconv.FormatUint(uint64(-(n+1))+1, 10))
	}
	return group(strconv.FormatInt(n, 10))
}

// Decimal writes x with that many places: 1,204.5. What is no number is a dash.
func (t *Texts) Decimal(x float64, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	digits := strconv.FormatFloat(math.Abs(x), 'f', places, 64)
	whole, rest, _ := strings.Cut(digits, ".")
	out := group(whole)
	if rest != "" {
		out += "." + rest
	}
	if x < 0 && strings.Trim(digits, "0.") != "" {
		out = minus + out
	}
	return out
}

// Percent writes a share between 0 and 1 with that many places: 43.0%.
func (t *Texts) Percent(share float64, places int) string {
	s := t.Decimal(share*100, places)
	if s == "–" {
		return s
	}
	return s + "%"
}

// Rate writes part of whole as a percentage with one place, and a dash when
// there is no whole to take it of.
func (t *Texts) Rate(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return t.Percent(float64(part)/float64(whole), 1)
}

// Money writes an amount in full: $148.00, ¥20,480.00.
func (t *Texts) Money(m data.Money) string {
	return t.currency(m.Currency, m.Decimal())
}

// MoneyShort leaves the places out when the amount is whole: $148, but $9.06.
func (t *Texts) MoneyShort(m data.Money) string {
	digits := m.Decimal()
	if whole, rest, found := strings.Cut(digits, "."); found && strings.Trim(rest, "0") == "" {
		digits = whole
	}
	return t.currency(m.Currency, digits)
}

// Price writes what one message costs, in millionths of the major unit, with
// two to six places as needed: $0.0079.
func (t *Texts) Price(m data.Micros, currency string) string {
	digits := strconv.FormatFloat(float64(m)/1e6, 'f', 6, 64)
	for strings.HasSuffix(digits, "0") && len(digits)-strings.Index(digits, ".") > 3 {
		digits = digits[:len(digits)-1]
	}
	return t.currency(currency, digits)
}

// Cost writes what messages cost altogether, rounded to the currency's minor
// unit, or that it isn't known.
func (t *Texts) Cost(c data.Cost) string {
	if !c.Known {
		return t.T("common.not_known")
	}
	digits := strconv.FormatFloat(float64(c.Micros)/1e6, 'f', data.Exponent(c.Currency), 64)
	return t.currency(c.Currency, digits)
}

// currency puts sign, symbol and grouped digits together.
func (t *Texts) currency(code, digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = minus, digits[1:]
	}
	whole, rest, found := strings.Cut(digits, ".")
	digits = group(whole)
	if found {
		digits += "." + rest
	}
	symbol, ok := symbols()[t.language][code]
	if !ok {
		return strings.TrimSpace(sign + code + "\u00a0" + digits)
	}
	return sign + symbol + digits
}

// Symbol is the sign of a currency as it stands before an input field: "$".
func (t *Texts) Symbol(currency string) string {
	if symbol, ok := symbols()[t.language][currency]; ok {
		return symbol
	}
	return currency
}

// Bytes writes the size of a file: 214 KB. Units are decimal.
func (t *Texts) Bytes(n int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	size, unit := float64(n), 0
	for size >= 999.5 && unit < len(units)-1 {
		size /= 1000
		unit++
	}
	places := 0
	if unit > 1 && size < 9.95 {
		places = 1
	}
	return t.Decimal(size, places) + " " + units[unit]
}

// group sets a comma before every third digit from the right.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

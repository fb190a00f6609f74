package intake

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"counterbell/data"
	"counterbell/data/sheet"
)

// readEmail returns an address in lower case, or false when it can't be one.
func readEmail(s string) (string, bool) {
	s = strings.TrimPrefix(strings.ToLower(narrow(s)), "mailto:")
	s = strings.Trim(s, "<>;, ")
	if open := strings.IndexByte(s, '<'); open > 0 { // Amelia Hart <amelia@…>
		s = s[open+1:]
	}
	user, domain, ok := strings.Cut(s, "@")
	if !ok || user == "" || len(s) > 254 || strings.ContainsAny(s, " \t,;()<>\"") || strings.Contains(domain, "@") {
		return "", false
	}
	dot := strings.LastIndexByte(domain, '.')
	return s, dot > 0 && dot < len(domain)-1 && !strings.HasPrefix(domain, ".") && !strings.Contains(domain, "..")
}

// currencyMarks are what people write beside an amount, and the currency it means; "" is the shop's own.
var currencyMarks = []struct{ mark, currency string }{
	{"US$", "USD"},
	{"USD", "USD"},
	{"GBP", "GBP"},
	{"EUR", "EUR"},
	{"CNY", "CNY"},
	{"RMB", "CNY"},
	{"人民币", "CNY"},
	{"JPY", "JPY"},
	{"CAD", "CAD"},
	{"AUD", "AUD"},
	{"MXN", "MXN"},
	{"HKD", "HKD"},
	{"HK$", "HKD"},
	{"SGD", "SGD"},
	{"A$", "AUD"},
	{"C$", "CAD"},
	{"£", "GBP"},
	{"€", "EUR"},
	{"元", "CNY"},
	{"块", "CNY"},
	{"₹", "INR"},
	{"円", "JPY"},
	{"$", ""},
	{"¥", ""},
	{"￥", ""},
}

// readMoney reads an amount in the shop's currency, or in the one that the cell names.
func readMoney(c *sheet.Cell, currency string) (data.Money, bool) {
	if c.Kind == sheet.Number {
		minor := math.Round(c.Number * math.Pow10(data.Exponent(currency)))
		if minor < 0 || minor > 1e15 {
			return data.Money{}, false
		}
		return data.Money{Minor: int64(minor), Currency: currency}, true
	}
	s := narrow(clean(c.Text))
	for _, m := range currencyMarks {
		if i := strings.Index(strings.ToUpper(s), m.mark); i >= 0 && len(strings.ToUpper(s)) == len(s) {
			s = s[:i] + s[i+len(m.mark):]
			switch {
			case m.currency != "":
				currency = m.currency
			case m.mark == "$" && !dollars[currency]:
				currency = "USD"
			case (m.mark == "¥" || m.mark == "￥") && currency != "JPY":
				currency = "CNY"
			}
			break
		}
	}
	m, err := data.ParseMoney(strings.TrimSpace(s), currency)
	return m, err == nil
}

// dollars are the currencies that are written with a bare $ at home. Source: CLDR 47, currency symbols.
var dollars = map[string]bool{"USD": true, "CAD": true, "AUD": true, "NZD": true, "SGD": true, "HKD": true, "TWD": true, "MXN": true, "ARS": true, "CLP": true, "COP": true, "JMD": true, "BBD": true, "BSD": true, "TTD": true, "FJD": true}

// readCount reads how often somebody came.
func readCount(c *sheet.Cell) (int, bool) {
	if c.Kind == sheet.Number {
		return int(c.Number), c.Number >= 0 && c.Number <= 1e6 && c.Number == math.Trunc(c.Number)
	}
	s := strings.TrimSuffix(strings.TrimSuffix(narrow(clean(c.Text)), ".0"), "次")
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n, err == nil && n >= 0 && n <= 1e6
}

// readTags takes a cell of tags apart; doubles go, in any spelling of upper and lower case.
func readTags(s string) (tags []string, cut bool) {
	if !strings.ContainsAny(s, ";,|；，、｜\n") {
		s, cut = capped(clean(s), maxTag)
		if s == "" {
			return nil, cut
		}
		return []string{s}, cut
	}
	for _, t := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";,|；，、｜\n", r) }) {
		t, was := capped(clean(t), maxTag)
		cut = cut || was
		if t == "" || blank(t, false) || slices.ContainsFunc(tags, func(have string) bool { return strings.EqualFold(have, t) }) {
			continue
		}
		if len(tags) == maxTags {
			return tags, true
		}
		tags = append(tags, t)
	}
	return tags, cut
}

var languageTag = regexp.MustCompile(`^[a-z]{2,3}([-_][A-Za-z]{4})?([-_][A-Za-z]{2})?$`)

// readLanguage returns a BCP 47 tag for a language's name or tag.
func readLanguage(s string) (string, bool) {
	if code, ok := wordTable()["language"][strings.ToLower(s)]; ok {
		return code, true
	}
	switch strings.ToLower(strings.ReplaceAll(s, "_", "-")) {
	case "zh-cn", "zh-sg", "zh-hans":
		return "zh-Hans", true
	case "zh-tw", "zh-hk", "zh-hant":
		return "zh-Hant", true
	}
	if languageTag.MatchString(s) {
		return strings.ReplaceAll(s, "_", "-"), true
	}
	return "", false
}

// readCountry returns the ISO 3166-1 code of a country's name or code.
func readCountry(s string) (string, bool) {
	code, ok := countries()[plain(s)]
	return code, ok
}

// readState returns the two letters of a US state; elsewhere the name stays as it is.
func readState(s, country string) string {
	if country == "US" {
		if code, ok := states()[strings.ToLower(strings.ReplaceAll(s, ".", ""))]; ok {
			return code
		}
	}
	return s
}

// agreed reads what a column of consent says about one person.
func agreed(meaning data.Field, s string) (yes, clear bool) {
	s = strings.ToLower(narrow(s))
	word := plain(s)
	isYes, isNo := isWord("yes", s) || isWord("yes", word), isWord("no", s) || isWord("no", word)
	if meaning == meansOptOut {
		switch {
		case s == "" || isNo:
			return true, true
		case isYes:
			return false, true
		}
		return false, true // a date, a name: somebody noted an opt-out
	}
	switch {
	case s == "": // a box that nobody ticked
		return false, true
	case isNo:
		return false, true
	case isYes:
		return true, true
	}
	if w, ok := readWritten(s); ok && w.year > 0 { // the day on which they agreed
		return true, true
	}
	return false, false
}

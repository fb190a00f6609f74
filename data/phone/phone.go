// Package phone turns what people type into phone numbers: a cell of a spreadsheet, a line on a form, a card read
// aloud. It knows which country a number belongs to, whether it is a mobile, and in which time zones its owner may be.
//
// A wrong number is worse than a rejected one: where raw text could be a date, a rounded figure or a foreign number
// without its plus, it is refused with a reason instead of being made into somebody else's number.
package phone

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"counterbell/data"
)

// Why a number is refused. Each code is a sentence for the person (translation keys "error.CODE" and "reject.CODE").
const (
	Missing      data.Code = "phone_missing"       // nothing there, or "n/a"
	TooShort     data.Code = "phone_too_short"     // too few digits for the country
	TooLong      data.Code = "phone_too_long"      // too many
	Letters      data.Code = "phone_letters"       // letters where digits should be
	Characters   data.Code = "phone_characters"    // signs that no number has
	DigitsLost   data.Code = "phone_digits_lost"   // 7.7009E+09: rounded by a spreadsheet program, can't be repaired
	Decimal      data.Code = "phone_decimal"       // 45980.4375: a figure, not a number to call
	Dated        data.Code = "phone_date"          // 2026-11-24 or 10:30
	FailedCell   data.Code = "phone_cell_error"    // #N/A, #REF!
	Two          data.Code = "phone_two"           // more than one number: see Split
	NotValid     data.Code = "phone_not_valid"     // no such number in that country
	Premium      data.Code = "phone_premium"       // a premium-rate line: nobody's own
	Placeholder  data.Code = "phone_placeholder"   // 0000000000, 1234567890
	CountryCode  data.Code = "phone_country_code"  // +999…: no such country
	NeedsCountry data.Code = "phone_needs_country" // a national number, and no country to read it in
	Foreign      data.Code = "phone_foreign"       // a number only if a plus is put in front: ask first
)

// Notes say what was done to the text to make a number of it; several may apply.
type Notes uint16

const (
	LeadingZero Notes = 1 << iota // a spreadsheet program had dropped the leading 0
	OwnCode                       // the country's own code without a plus: 447700…
	Prefix                        // 00 or 011 instead of a plus
	Extension                     // an extension was cut off
	Point                         // ".0" was cut off, or thousands separators taken out
	Exponent                      // 7.700900318E9, all digits there
	Wide                          // full-width or foreign digits, invisible characters
	Label                         // "Tel.", "(mobile)"
	StrayPlus                     // "+07700…": a plus in front of a national number
)

// A Reading is what became of one raw text: a number and its facts, or the problem with it.
type Reading struct {
	Facts   data.PhoneFacts
	Problem data.Code // empty when Facts holds a number
	Notes   Notes
	// Abroad is, with problem Foreign alone, the number that it would be with a plus.
	Abroad data.PhoneFacts
}

// OK tells whether there is a number.
func (r *Reading) OK() bool { return r.Problem == "" }

// Parse reads one number. Country, ISO 3166-1 alpha-2, is where it is dialled from; without one ("") only numbers
// that begin with a plus or 00 are understood. The error is a *data.Error whose code is one of those above; its
// argument "value" is the raw text, which its Error() doesn't print.
func Parse(raw, country string) (data.PhoneFacts, error) {
	r := Read(raw, country)
	if !r.OK() {
		return data.PhoneFacts{}, &data.Error{Code: r.Problem, Op: "read a phone number", Args: map[string]string{"value": raw, "country": country}}
	}
	return r.Facts, nil
}

// Facts returns what a number's range tells about it. Error NotValid for what Parse never returns.
func Facts(p data.Phone) (data.PhoneFacts, error) { return Parse(string(p), "") }

// Read is Parse for many numbers: it allocates nothing for a refused one and says what was repaired.
func Read(raw, country string) Reading {
	w := world()
	t := tidy(raw)
	if t.problem != "" {
		return Reading{Problem: t.problem, Notes: t.notes}
	}
	var home *plan
	if Known(country) {
		home = w.plan(country, 0)
	}
	return w.read(t, home)
}

// read decides what tidied digits are.
func (w *numbering) read(t tidied, home *plan) Reading {
	r := Reading{Notes: t.notes}
	if placeholder(t.digits) {
		r.Problem = Placeholder
		return r
	}
	digits := t.digits
	if t.plus {
		if rest, ok := strings.CutPrefix(digits, "00"); ok { // "+0044"
			digits = rest
			r.Notes |= Prefix
		}
		if digits == "" || digits[0] != '0' {
			code, national := w.international(digits)
			if code == 0 {
				r.Problem = CountryCode
				if len(digits) < 4 {
					r.Problem = TooShort
				}
				return r
			}
			if w.settle(&r, code, national) {
				return r
			}
			if t.bracket > 0 { // "+1 (0)503…": people write the bracket even where no 0 is dialled
				if code, national := w.international(t.withoutBracket()); w.settle(&r, code, national) {
					return r
				}
			}
			p := w.plan(w.regions[code][0], code)
			r.Problem = p.lengthProblem(national)
			return r
		}
		r.Notes |= StrayPlus // no country code begins with 0
	}
	if home == nil {
		if rest, ok := strings.CutPrefix(digits, "00"); ok {
			if code, national := w.international(rest); w.settle(&r, code, national) {
				r.Notes |= Prefix
				return r
			}
		}
		r.Problem = NeedsCountry
		return r
	}
	if t.bare && rounded(digits) {
		r.Problem = DigitsLost
		return r
	}
	code, national := w.home(home, digits)
	if w.settle(&r, code, national) {
		switch {
		case code != home.code || strings.HasPrefix(digits, "00") || strings.HasPrefix(digits, "011"+home.digits):
			r.Notes |= Prefix
		case len(digits) >= len(home.digits)+len(national) && strings.HasPrefix(digits, home.digits) && home.code != 1:
			r.Notes |= OwnCode
		case t.bare && home.meta.GetNationalPrefix() == "0" && digits == national && w.writtenWithZero(home, national):
			r.Notes |= LeadingZero
		}
		return r
	}
	if t.bracket > 0 {
		if code, national := w.home(home, t.withoutBracket()); w.settle(&r, code, national) {
			return r
		}
	}
	if rest, ok := strings.CutPrefix(digits, "00"); ok {
		if code, national := w.international(rest); w.settle(&r, code, national) {
			r.Notes |= Prefix
			return r
		}
	}
	for _, foreign := range [2]string{digits, strings.TrimPrefix(digits, "011")} {
		if code, national := w.international(foreign); code != 0 && code != home.code {
			var abroad Reading
			if w.settle(&abroad, code, national) && abroad.OK() {
				r.Problem, r.Abroad = Foreign, abroad.Facts
				return r
			}
		}
	}
	if national == "" {
		national = digits
	}
	r.Problem = home.lengthProblem(national)
	return r
}

// settle fills r when there is such a number, or such a number that can't be anybody's own; else it returns false.
func (w *numbering) settle(r *Reading, code int, national string) bool {
	if code == 0 {
		return false
	}
	region, kind := w.identify(code, national)
	if kind == noKind {
		switch {
		case code == 1 && newArea(national):
			region, kind = "US", fixedOrMobile
		case len(national) <= maxNational && fictional(code, itoa(code)+national):
			region = w.regions[code][0]
		default:
			return false
		}
	}
	p := data.Phone("+" + itoa(code) + national)
	switch {
	case placeholder(national):
		r.Problem = Placeholder
	case kind == premium && !fictional(code, string(p[1:])):
		r.Problem = Premium
	default:
		r.Facts = facts(p, region, code, kind, national)
	}
	return true
}

// newArea tells whether a North American number has an area code that our own table knows and the library doesn't yet.
func newArea(national string) bool {
	if len(national) != 10 || national[3] < '2' {
		return false
	}
	_, ok := areas()[national[:3]]
	return ok
}

// lengthProblem says why digits are no number of the country. Digits with which a longer number could begin are too
// few, even where some landline is as short.
func (p *plan) lengthProblem(national string) data.Code {
	switch p.length(len(national)) {
	case tooShort, localOnly:
		return TooShort
	case tooLong:
		return TooLong
	}
	if p.lengths[general]>>(len(national)+1) != 0 && p.table.begins(national) {
		return TooShort
	}
	return NotValid
}

// placeholder tells whether digits are what people type to get past a form.
func placeholder(digits string) bool {
	d := strings.TrimLeft(digits, "0")
	if d == "" {
		return true
	}
	if len(d) < 7 {
		return false
	}
	if strings.Count(d, d[:1]) == len(d) && (len(d) >= 9 || d[0] == '1' || d[0] == '9') {
		return true
	}
	return strings.HasPrefix("1234567890123", d) || strings.HasPrefix("9876543210", d)
}

// rounded tells whether digits look like 7.7009E+09 written out: a spreadsheet program shows six figures at most.
func rounded(digits string) bool {
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	return len(digits) >= 9 && digits[0] != '0' && zeros >= max(5, len(digits)-6)
}

// Show writes a number as people in country write it, "07700 900318", or with its country code elsewhere.
func Show(p data.Phone, country string) string {
	n, err := phonenumbers.Parse(string(p), "")
	if err != nil {
		return string(p)
	}
	if phonenumbers.GetCountryCodeForRegion(country) == int(n.GetCountryCode()) {
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// writtenWithZero tells whether people in that country write a 0 in front of the number. The library's formats know,
// but are slow: numbers that begin alike are asked about once.
func (w *numbering) writtenWithZero(p *plan, national string) bool {
	type likeness struct {
		code, length int
		start        string
	}
	k := likeness{p.code, len(national), national[:min(5, len(national))]}
	if known, ok := w.zeros.Load(k); ok {
		return known.(bool)
	}
	k.start = strings.Clone(k.start)
	zero := strings.HasPrefix(Show(data.Phone("+"+itoa(p.code)+national), p.region), "0") ||
		strings.HasPrefix(Show(data.Phone("+"+itoa(p.code)+national), p.region), "(0")
	w.zeros.Store(k, zero)
	return zero
}

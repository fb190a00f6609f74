package phone

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

func TestEveryPlanCanBeBuilt(t *testing.T) {
	w, largest := world(), 0
	for k, m := range w.metas {
		p, err := newPlan(m)
		if err != nil {
			t.Errorf("%s: %v", k, err)
			continue
		}
		largest = max(largest, len(p.table.next))
	}
	if largest > maxStates/4 {
		t.Errorf("the largest table has %d states: raise maxStates before the next metadata update breaks it", largest)
	}
	t.Logf("%d plans, largest table %d states", len(w.metas), largest)
}

// ours answers as the library does: number, region, validity and type.
func ours(digits string, plus bool, country string) (e164, region string, kind int) {
	w := world()
	var code int
	var national string
	if plus {
		code, national = w.international(digits)
	} else {
		code, national = w.home(w.plan(country, 0), digits)
	}
	if code == 0 {
		return "", "", noKind
	}
	region, kind = w.identify(code, national)
	return "+" + itoa(code) + national, region, kind
}

var libraryKinds = map[phonenumbers.PhoneNumberType]int{
	phonenumbers.FIXED_LINE: fixed, phonenumbers.MOBILE: mobile, phonenumbers.FIXED_LINE_OR_MOBILE: fixedOrMobile,
	phonenumbers.TOLL_FREE: tollFree, phonenumbers.PREMIUM_RATE: premium, phonenumbers.SHARED_COST: sharedCost,
	phonenumbers.VOIP: voip, phonenumbers.PERSONAL_NUMBER: personal, phonenumbers.PAGER: pager, phonenumbers.UAN: uan,
	phonenumbers.VOICEMAIL: voicemail, phonenumbers.UNKNOWN: noKind,
}

// compare holds our reading of digits against the library's.
func compare(t *testing.T, digits string, plus bool, country string) (valid bool) {
	t.Helper()
	raw := digits
	if plus {
		raw = "+" + digits
	}
	e164, region, kind := ours(digits, plus, country)
	n, err := phonenumbers.Parse(raw, country)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		if kind != noKind {
			t.Errorf("%q in %s: ours says %s is valid (kind %d), the library refuses it (%v)", raw, country, e164, kind, err)
		}
		return false
	}
	want := phonenumbers.Format(n, phonenumbers.E164)
	wantRegion, wantKind := phonenumbers.GetRegionCodeForNumber(n), libraryKinds[phonenumbers.GetNumberType(n)]
	if e164 != want || region != wantRegion || kind != wantKind {
		t.Errorf("%q in %s: %s %s %d, the library says %s %s %d", raw, country, e164, region, kind, want, wantRegion, wantKind)
	}
	return true
}

func TestReadingAgreesWithTheLibraryInEveryCountry(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	countries := Countries()
	types := []phonenumbers.PhoneNumberType{
		phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE, phonenumbers.PREMIUM_RATE,
		phonenumbers.VOIP, phonenumbers.SHARED_COST, phonenumbers.PERSONAL_NUMBER, phonenumbers.UAN, phonenumbers.PAGER, phonenumbers.VOICEMAIL,
	}
	valid, total := 0, 0
	try := func(digits string, plus bool, country string) {
		if strings.HasPrefix(digits, "+") || len(digits) < 3 {
			return
		}
		total++
		if compare(t, digits, plus, country) {
			valid++
		}
	}
	for _, country := range countries {
		prefix := phonenumbers.GetNddPrefixForRegion(country, true)
		for _, typ := range types {
			n := phonenumbers.GetExampleNumberForType(country, typ)
			if n == nil {
				continue
			}
			national := phonenumbers.GetNationalSignificantNumber(n)
			code := itoa(int(n.GetCountryCode()))
			other := countries[random.IntN(len(countries))]
			for range 3 {
				try(national, false, country)
				try(prefix+national, false, country)
				try(code+national, false, country)
				try(code+prefix+national, false, country)
				try("00"+code+national, false, country)
				try(code+national, true, country)
				try(code+prefix+national, true, other)
				try(code+national, false, other)
				try(national, false, other)
				// Next time with a few digits changed, added or taken away.
				b := []byte(national)
				for range 1 + random.IntN(3) {
					b[random.IntN(len(b))] = byte('0' + random.IntN(10))
				}
				switch random.IntN(4) {
				case 0:
					b = append(b, byte('0'+random.IntN(10)))
				case 1:
					b = b[:len(b)-1]
				}
				national = string(b)
			}
		}
	}
	t.Logf("%d numbers, %d valid", total, valid)
	if valid < total/5 || valid > total*4/5 {
		t.Errorf("%d of %d are valid: too few of one sort to prove anything", valid, total)
	}
}

func FuzzReadingAgreesWithTheLibrary(f *testing.F) {
	for _, s := range []string{"07700900318", "447700900318", "0119544123456", "00447700900318", "81123456789", "5491123456789", "015112345678901"} {
		f.Add(s, uint16(80), false)
		f.Add(s, uint16(11), true)
	}
	countries := Countries()
	f.Fuzz(func(t *testing.T, raw string, country uint16, plus bool) {
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, raw)
		if len(digits) < 3 || len(digits) > 20 || plus && digits[0] == '0' {
			return
		}
		compare(t, digits, plus, countries[int(country)%len(countries)])
	})
}

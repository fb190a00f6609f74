package phone

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"counterbell/data"
)

// Numbers here are from ranges reserved for fiction, or are the library's own examples.
func TestWhatPeopleTypeBecomesANumber(t *testing.T) {
	for _, c := range []struct {
		raw, country, want string
		notes              Notes
	}{
		{"07700 900318", "GB", "+447700900318", 0},
		{"+44 7700 900318", "US", "+447700900318", 0},
		{"+44 (0)7700 900318", "GB", "+447700900318", 0},
		{"(0)7700 900318", "GB", "+447700900318", 0},
		{"+1 (0)503 555-0142", "US", "+15035550142", 0},
		{"0044 7700 900318", "GB", "+447700900318", Prefix},
		{"0044 7700 900318", "US", "+447700900318", Prefix},
		{"0044 7700 900318", "", "+447700900318", Prefix},
		{"011 44 7700 900318", "US", "+447700900318", Prefix},
		{"+0044 7700 900318", "GB", "+447700900318", Prefix},
		{"+07700900318", "GB", "+447700900318", StrayPlus},
		{"447700900318", "GB", "+447700900318", OwnCode},
		{"7700900318", "GB", "+447700900318", LeadingZero},
		{"639980123", "FR", "+33639980123", LeadingZero},
		{"491570156", "AU", "+61491570156", LeadingZero},
		{"5035550142", "US", "+15035550142", 0},
		{"13812345678", "CN", "+8613812345678", 0},
		{"7700900318.0", "GB", "+447700900318", LeadingZero | Point},
		{"7,700,900,318", "GB", "+447700900318", LeadingZero | Point},
		{"7.700900318E+09", "GB", "+447700900318", LeadingZero | Exponent},
		{"7.700900318e9", "GB", "+447700900318", LeadingZero | Exponent},
		{"０７７００　９００３１８", "GB", "+447700900318", Wide},
		{"\u200e+44 7700\u00a0900318\u202c", "GB", "+447700900318", Wide},
		{"٠٧٧٠٠٩٠٠٣١٨", "GB", "+447700900318", Wide},
		{"'07700900318", "GB", "+447700900318", 0},
		{`="07700900318"`, "GB", "+447700900318", 0},
		{"=+447700900318", "GB", "+447700900318", 0},
		{"tel:+44-7700-900318", "GB", "+447700900318", Label},
		{"Tel.: 07700 900318", "GB", "+447700900318", Label},
		{"Telephone 07700 900318", "GB", "+447700900318", Label},
		{"手机：07700900318", "GB", "+447700900318", Wide | Label},
		{"07700 900318 (mobile)", "GB", "+447700900318", Label},
		{"020 7946 0018 ext. 12", "GB", "+442079460018", Extension},
		{"020 7946 0018x12", "GB", "+442079460018", Extension},
		{"(503) 555-0142 #7", "US", "+15035550142", Extension},
		{"020 7946 0018转12", "GB", "+442079460018", Extension},
		{"503.555.0142", "US", "+15035550142", 0},
		{"503-555-0142", "US", "+15035550142", 0},
		{"1-503-555-0142", "US", "+15035550142", 0},
		{"+1–503–555–0142", "US", "+15035550142", 0},
		{"030/23125045", "DE", "+493023125045", 0},
		{"+39 06 698 12345", "IT", "+390669812345", 0},
		{"📱 07700 900318", "GB", "+447700900318", 0},
	} {
		r := Read(c.raw, c.country)
		if !r.OK() || string(r.Facts.Phone) != c.want || r.Notes != c.notes {
			t.Errorf("%q in %s: %s %s notes %b, want %s notes %b", c.raw, c.country, r.Facts.Phone, r.Problem, r.Notes, c.want, c.notes)
		}
	}
}

func TestWhatMightBeAWrongNumberIsRefused(t *testing.T) {
	for _, c := range []struct {
		raw, country string
		want         data.Code
	}{
		{"", "GB", Missing},
		{" - ", "GB", Missing},
		{"N/A", "US", Missing},
		{"无", "CN", Missing},
		{"#N/A", "GB", FailedCell},
		{"#REF!", "GB", FailedCell},
		{"7.7009E+09", "GB", DigitsLost},
		{"4.479E+11", "GB", DigitsLost},
		{"3.108E9", "US", DigitsLost},
		{"7,7009E+09", "DE", DigitsLost},
		{"447700000000", "GB", DigitsLost},
		{"7700900000", "GB", DigitsLost},
		{"2026-11-24", "US", Dated},
		{"24/11/2026", "DK", Dated},
		{"11/24/26", "US", Dated},
		{"24.11.2026 10:30", "NO", Dated},
		{"10:30", "US", Dated},
		{"45980.4375", "FR", Decimal},
		{"7700900318.5", "GB", Decimal},
		{"1-800-FLOWERS", "US", Letters},
		{"O7700 900318", "GB", Letters},
		{"ask Maya", "GB", Letters},
		{"*100#", "GB", Characters},
		{"07700?900318", "GB", Characters},
		{"0770090031", "GB", TooShort},
		{"5550142", "US", TooShort},
		{"12345", "US", TooShort},
		{"07700 900318 99", "GB", TooLong},
		{"+1 +234 803 123 4567", "US", NotValid},
		{"+12348031234567", "US", TooLong},
		{"+999 123 4567", "US", CountryCode},
		{"07700 900318 / 020 7946 0018", "GB", Two},
		{"+447700900318+447700900319", "GB", Two},
		{"07700 900318 or 07700 900319", "GB", Two},
		{"07700900318 07700900319", "GB", Two},
		{"0909 1234567", "GB", Premium},
		{"0000000000", "GB", Placeholder},
		{"1234567890", "GB", Placeholder},
		{"111-111-1111", "US", Placeholder},
		{"07700 900318", "", NeedsCountry},
		{"07700 900318", "XX", NeedsCountry},
		{"447700900318", "US", Foreign},
		{"6591234567", "GB", Foreign},
		{"8613812345678", "US", Foreign},
		{"-907974", "GB", NotValid},
		{strings.Repeat("7", 200), "GB", TooLong},
		{strings.Repeat("call back ", 50), "GB", Letters},
	} {
		f, err := Parse(c.raw, c.country)
		if data.CodeOf(err) != c.want {
			t.Errorf("%q in %s: %v (%s), want %s", c.raw, c.country, data.CodeOf(err), f.Phone, c.want)
		}
	}
}

func TestAForeignNumberWithoutItsPlusIsAQuestion(t *testing.T) {
	r := Read("447700900318", "US")
	if r.Problem != Foreign || r.Abroad.Phone != "+447700900318" || r.Abroad.Region != "GB" {
		t.Errorf("got %+v", r)
	}
}

func TestErrorsDontPrintTheNumber(t *testing.T) {
	_, err := Parse("07700 9003", "GB")
	var e *data.Error
	if !errors.As(err, &e) || e.Args["value"] != "07700 9003" {
		t.Fatalf("got %#v", err)
	}
	if strings.Contains(err.Error(), "9003") {
		t.Errorf("%q would put a phone number into a log", err)
	}
}

func TestNumbersForFictionAreAcceptedAndMarked(t *testing.T) {
	for _, raw := range []string{
		"+15035550100", "+15035550199", "+14165550123", "+18005550199", "+17295550142", "+447700900000", "+447700900999", "+442079460123",
		"+441632960555", "+33639980000", "+33639989999", "+33199001234", "+61491570006", "+61491570156", "+61491570999", "+61491578957", "+61255501234",
		"+353209101234", "+493023125999", "+491713920054", "+4915228817386", "+46701740650", "+46846500450", "+449098790123",
	} {
		f, err := Parse(raw, "")
		if err != nil || !f.Fictional || f.Line != data.FictionalLine || len(f.Zones) == 0 {
			t.Errorf("%s: %+v, %v", raw, f, err)
		}
	}
	for _, raw := range []string{"+15035550200", "+15035550099", "+447700899999", "+447700901000", "+33639990000", "+61491580006", "+8613812345678"} {
		if f, err := Parse(raw, ""); err == nil && f.Fictional {
			t.Errorf("%s is marked fictional", raw)
		}
	}
}

func TestFactsOfANumber(t *testing.T) {
	for _, c := range []struct {
		raw, country, region string
		line                 data.LineType
		states, zones        string
	}{
		{"2025550142", "US", "US", data.FictionalLine, "DC", "America/New_York"},
		{"212 736 5000", "US", "US", data.MobileOrLand, "NY", "America/New_York"},
		{"850 432 1234", "US", "US", data.MobileOrLand, "FL", "America/Chicago America/New_York"},
		{"729 234 5678", "US", "US", data.MobileOrLand, "TN", "America/Chicago America/New_York"},
		{"7875550142", "US", "PR", data.FictionalLine, "PR", "America/Puerto_Rico"},
		{"020 7031 3000", "GB", "GB", data.Landline, "", "Europe/London"},
		{"07400 123456", "GB", "GB", data.Mobile, "", "Europe/London"},
		{"0800 123 4567", "GB", "GB", data.TollFree, "", "Europe/London"},
		{"+7911 123456", "GB", "", "", "", ""},
		{"0412 345 678", "AU", "AU", data.Mobile, "", "Australia/Adelaide Australia/Brisbane Australia/Darwin Australia/Eucla Australia/Lord_Howe Australia/Perth Australia/Sydney"},
		{"0812 345 678", "ID", "ID", data.Mobile, "", "Asia/Jakarta Asia/Jayapura Asia/Makassar"},
		{"612 34 56 78", "ES", "ES", data.Mobile, "", "Atlantic/Canary Europe/Madrid"},
		{"138 1234 5678", "CN", "CN", data.Mobile, "", "Asia/Shanghai"},
		{"(11) 96123-4567", "BR", "BR", data.Mobile, "", "America/Sao_Paulo"},
		{"250 555 0142", "CA", "CA", data.FictionalLine, "", "America/Edmonton America/Vancouver"},
		{"+870 773 111 632", "US", "ZZ", data.Mobile, "", ""},
	} {
		f, err := Parse(c.raw, c.country)
		if c.region == "" {
			if err == nil {
				t.Errorf("%s is taken for %s", c.raw, f.Phone)
			}
			continue
		}
		zones := slices.Sorted(slices.Values(f.Zones))
		if err != nil || f.Region != c.region || f.Line != c.line || strings.Join(f.States, " ") != c.states || strings.Join(zones, " ") != c.zones {
			t.Errorf("%s in %s: %s %s %v %v %v\nwant %s %s %s %s", c.raw, c.country, f.Region, f.Line, f.States, zones, err, c.region, c.line, c.states, c.zones)
		}
	}
}

func TestEveryUSAreaCodeIsKnown(t *testing.T) {
	for npa, a := range areas() {
		f, err := Parse("+1"+npa+"2345678", "")
		if err != nil || len(f.Zones) == 0 || !a.tollFree && (f.Region != "US" || len(f.States) == 0) {
			t.Errorf("%s: %+v %v", npa, f, err)
		}
	}
}

func TestEveryZoneCanBeLoaded(t *testing.T) {
	check := func(z string) {
		if _, err := time.LoadLocation(z); err != nil {
			t.Error(err)
		}
	}
	for _, list := range countryZones() {
		for _, z := range list {
			check(z)
		}
	}
	for _, a := range areas() {
		for _, z := range a.zones {
			check(z)
		}
	}
	for _, country := range Countries() {
		if _, ok := countryZones()[country]; !ok && country != "AC" && country != "TA" && country != "XK" {
			t.Errorf("no time zone for %s", country)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{"07700 900318", "07700 900318"},
		{"07700 900318 / 020 7946 0018", "07700 900318|020 7946 0018"},
		{"07700900318;07700900319;07700900320", "07700900318|07700900319|07700900320"},
		{"07700900318、07700900319", "07700900318|07700900319"},
		{"07700900318或07700900319", "07700900318|07700900319"},
		{"07700 900318 and 07700 900319", "07700 900318|07700 900319"},
		{"07700900318\n07700900319", "07700900318|07700900319"},
		{"+447700900318 +447700900319", "+447700900318|+447700900319"},
		{"07700900318 07700900319", "07700900318|07700900319"},
		{"030/23125045", "030/23125045"},
		{"Maya or Tom", "Maya or Tom"},
	} {
		if got := strings.Join(Split(c.raw), "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.raw, got, c.want)
		}
	}
}

func TestShow(t *testing.T) {
	for _, c := range []struct {
		p             data.Phone
		country, want string
	}{
		{"+447700900318", "GB", "07700 900318"},
		{"+447700900318", "US", "+44 7700 900318"},
		{"+15035550142", "US", "(503) 555-0142"},
		{"junk", "US", "junk"},
	} {
		if got := Show(c.p, c.country); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.p, c.country, got, c.want)
		}
	}
}

// A number that was taken in reads as itself, whatever it was typed as, and nothing panics.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"07700 900318", "+44 (0)7700 900318", "7.7009E+09", "０７７００", "tel:+1-503-555-0142;ext=4", "(0", "+", "((0)", "1(0)", "#", "2026-11-24", "\xff\xfe", "手机07700900318 或 07700900319"} {
		f.Add(s, "GB")
		f.Add(s, "US")
	}
	f.Fuzz(func(t *testing.T, raw, country string) {
		r := Read(raw, country)
		if !r.OK() {
			if r.Facts.Phone != "" {
				t.Fatalf("%q: both a number and the problem %s", raw, r.Problem)
			}
			return
		}
		again := Read(string(r.Facts.Phone), "")
		if !again.OK() || again.Facts.Phone != r.Facts.Phone || !utf8.ValidString(string(r.Facts.Phone)) || len(r.Facts.Phone) > 18 {
			t.Fatalf("%q in %q: %s, read again %s %s", raw, country, r.Facts.Phone, again.Facts.Phone, again.Problem)
		}
	})
}

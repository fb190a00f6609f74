package settings

import (
	"slices"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/i18n"
)

func TestWhatWasTypedStaysUntilItIsSavedOrDiscarded(t *testing.T) {
	f := newForm()
	f.Load(map[string]string{"name": "Lark Optical", "zone": "America/Los_Angeles"})
	f.Type("name", "Finch Optical")
	f.Type("zone", "America/Denver")
	f.Type("zone", "America/Los_Angeles")
	if !f.Dirty() || !slices.Equal(f.Changed(), []string{"name"}) || f.Value("name") != "Finch Optical" {
		t.Errorf("%v", f.Changed())
	}
	f.Load(map[string]string{"name": "Somebody else's", "zone": "UTC"})
	if f.Value("name") != "Finch Optical" || f.Value("zone") != "UTC" {
		t.Errorf("after others wrote: %v", f.Values())
	}
	f.Load(map[string]string{"name": "Finch Optical", "zone": "UTC"})
	if f.Dirty() {
		t.Error("what is stored counts as unsaved")
	}
	f.Type("name", "x")
	f.Discard()
	if f.Dirty() || f.Value("name") != "Finch Optical" {
		t.Error("discarded, and still there")
	}
}

func TestTheDeskNamesTheSectionsWithSomethingUnsaved(t *testing.T) {
	d := newDesk()
	d.form("prices", "twilio").Type("US/", "0.0079")
	d.form("business", "").Type("name", "Finch")
	d.form("rules", "US/marketing")
	if got := d.Unsaved(); !slices.Equal(got, []string{"business", "prices"}) {
		t.Errorf("%v", got)
	}
	d.Discard()
	if got := d.Unsaved(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestPricesAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]data.Micros{
		"0.0079": 7_900, "0,0079": 7_900, " $0.0079 ": 7_900, "￥0.045": 45_000, "０．０４５": 45_000, "0": 0, ".5": 500_000, "1,234.5": 1_234_500_000, "1": 1_000_000, "0.000001": 1,
	} {
		if want > 1e9 {
			if got, ok := readMicros(text); ok {
				t.Errorf("%q is taken for %d", text, got)
			}
			continue
		}
		if got, ok := readMicros(text); !ok || got != want {
			t.Errorf("%q: %d %v, not %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", ".", "free", "-1", "0.0000001", "1.2.3", "1e3", "99999"} {
		if got, ok := readMicros(text); ok {
			t.Errorf("%q is taken for %d", text, got)
		}
	}
	for m, want := range map[data.Micros]string{7_900: "0.0079", 45_000: "0.045", 0: "0.00", 1_000_000: "1.00", 1: "0.000001"} {
		if got := writeMicros(m); got != want {
			t.Errorf("%d is written %q", m, got)
		}
	}
}

func TestAPriceThatStandsEmptyIsNotKnown(t *testing.T) {
	f := newForm()
	f.Load(priceValues([]store.Price{{Country: "US", Kind: data.Marketing, Micros: 7_900, Currency: "EUR"}, {Country: "", Micros: 12_000, Currency: "EUR"}}, "USD"))
	f.Type(priceName("US", data.Marketing), "")
	f.Type(priceName("GB", ""), "0.03")
	f.Type(priceName("FR", data.OTP), "cheap")
	all, bad := readPrices(f)
	if !slices.Equal(bad, []string{"FR/otp"}) || len(all) != 2 {
		t.Fatalf("%v %v", all, bad)
	}
	for _, p := range all {
		if p.Currency != "EUR" || p.Country == "US" {
			t.Errorf("%+v", p)
		}
	}
}

func TestWholeNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]int{"3": 3, " 1 000": 1000, "1,000": 1000, "１２": 12} {
		if got, ok := readWhole(text); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "two", "1.5", "+3"} {
		if got, ok := readWhole(text); ok {
			t.Errorf("%q is taken for %d", text, got)
		}
	}
}

// ruleForm is a form of a rule in which fields were typed.
func ruleForm(typed map[string]string) *form {
	f := newForm()
	f.Load(ruleValues(data.HouseRule{}))
	for name, value := range typed {
		f.Type(name, value)
	}
	return f
}

func TestARuleIsMadeOfWhatWasTyped(t *testing.T) {
	for _, c := range []struct {
		name     string
		place    string
		kind     data.Kind
		typed    map[string]string
		hours    string
		caps     string
		problems string
	}{
		{"nothing", "US", data.Marketing, nil, "", "", ""},
		{"later hours on weekdays", "US", data.Marketing, map[string]string{"hours": "own", "from": "10:00", "to": "18:00", "days": "Mo Tu We Th Fr"}, "Mo 10:00-18:00;Tu 10:00-18:00;We 10:00-18:00;Th 10:00-18:00;Fr 10:00-18:00", "", ""},
		{"earlier than the law", "US", data.Marketing, map[string]string{"hours": "own", "from": "07:00", "to": "18:00", "days": "Mo"}, "Mo 07:00-18:00", "", "hours settings.rules.law"},
		{"earlier than our own default", "US", data.Reminder, map[string]string{"hours": "own", "from": "07:00", "to": "18:00", "days": "Mo"}, "Mo 07:00-18:00", "", ""},
		{"a time is missing", "US", data.Marketing, map[string]string{"hours": "own", "from": "10:00", "days": "Mo"}, "", "", "hours settings.rules.hours_missing"},
		{"no day", "US", data.Marketing, map[string]string{"hours": "own", "from": "10:00", "to": "12:00"}, "", "", "hours settings.rules.days_missing"},
		{"backwards", "US", data.Marketing, map[string]string{"hours": "own", "from": "20:00", "to": "08:00", "days": "Mo"}, "", "", "hours settings.rules.hours_order"},
		{"one a week, two a month", "", data.Marketing, map[string]string{"caps": "own", "week": "１", "month": " 2 "}, "", "1/week;2/month", ""},
		{"a cap that is none", "", data.Marketing, map[string]string{"caps": "own", "week": "often"}, "", "", "caps settings.rules.cap_wrong"},
		{"a cap without a number", "", data.Marketing, map[string]string{"caps": "own"}, "", "", "caps settings.rules.cap_missing"},
		{"as many as one likes, by law", "CO", data.Marketing, map[string]string{"caps": "none"}, "", "none", "caps settings.rules.law"},
		{"as many as one likes, by our default", "CH", data.Marketing, map[string]string{"caps": "none"}, "", "none", ""},
	} {
		rule, problems := readRule(c.place, c.kind, ruleForm(c.typed))
		var said []string
		for column, key := range problems {
			said = append(said, column+" "+key)
		}
		if strings.Join(said, ",") != c.problems || rule.Hours != c.hours || rule.Caps != c.caps {
			t.Errorf("%s: %+v, %v", c.name, rule, said)
		}
	}
}

func TestARuleShowsAsItWasTyped(t *testing.T) {
	typed := map[string]string{"hours": "own", "from": "10:00", "to": "18:30", "days": "Mo Tu Sa", "caps": "own", "day": "1", "week": "3", "month": "", "holidays": ""}
	rule, problems := readRule("US", data.Marketing, ruleForm(typed))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, want := range typed {
		if got := ruleValues(rule)[name]; got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
}

func TestTheTableOfRulesHasTheShopsCountryFirstAndWhatHoldsThere(t *testing.T) {
	rows, err := ruleRows("US", map[string]int{"GB": 9, "US": 3}, []string{"GB", "US"}, []data.HouseRule{
		{Kind: data.Marketing, Caps: "2/week"}, {Place: "FR", Kind: data.Marketing, Hours: "Mo-Fr 10:00-18:00"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rows {
		names = append(names, r.name())
	}
	if want := "/marketing /reminder US/marketing US/reminder GB/marketing GB/reminder FR/marketing FR/reminder"; strings.Join(names, " ") != want {
		t.Errorf("%v", names)
	}
	texts := i18n.New(i18n.English)
	if got := hoursInWords(texts, rows[2].Holds.Hours) + " · " + capsInWords(texts, rows[2].Holds.Caps); got != "Every day 08:00–21:00 · 2 a week" {
		t.Errorf("in the US: %q", got)
	}
	if got := hoursInWords(texts, rows[6].Holds.Hours); got != "Mon–Fri 10:00–18:00" {
		t.Errorf("in France: %q", got)
	}
}

func TestTheCardsSayWhatTheAdaptersDeclare(t *testing.T) {
	can := func(name string) (out []string) {
		caps, err := catalog.CapsOf(name, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range abilities(caps) {
			if a.can {
				out = append(out, a.key)
			}
		}
		return out
	}
	if got := can("uspeedo"); slices.Contains(got, "replies") || slices.Contains(got, "free_text") || !slices.Contains(got, "receipts") {
		t.Errorf("uSpeedo: %v", got)
	}
	if got := can("twilio"); len(got) != 5 {
		t.Errorf("Twilio: %v", got)
	}
	if got := abilities(provider.Caps{}); slices.ContainsFunc(got, func(a ability) bool { return a.can }) {
		t.Errorf("an adapter that declares nothing: %v", got)
	}
}

func TestASettingIsFoundByItsNameInEitherLanguage(t *testing.T) {
	for _, c := range []struct {
		language i18n.Language
		text     string
		want     string
	}{
		{i18n.English, "Prices", "prices"},
		{i18n.English, "quiet", "rules"},
		{i18n.English, "  BACKUP ", "privacy"},
		{i18n.English, "till", "staff"},
		{i18n.Chinese, "备份", "privacy"},
		{i18n.Chinese, "余额", "provider"},
		{i18n.Chinese, "字号", "look"},
		{i18n.English, "horoscope", ""},
		{i18n.English, " ", ""},
	} {
		got, ok := findSection(i18n.New(c.language), c.text)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q leads to %q", c.text, got)
		}
	}
}

func TestThePairingLineIsTakenApart(t *testing.T) {
	key := strings.Repeat("a", 43)
	for _, c := range []struct{ url, key string }{{" https://go.example.com#" + key, ""}, {"https://go.example.com", " " + key}, {"https://go.example.com#" + strings.Repeat("b", 43), key}} {
		if base, k, err := pairing(c.url, c.key); base != "https://go.example.com" || string(k) != key || err != nil {
			t.Errorf("%+v: %q %q %v", c, base, k, err)
		}
	}
	if _, _, err := pairing("https://go.example.com", "short"); err == nil {
		t.Error("a key that is none is taken")
	}
}

package welcome

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider/catalog"
	"counterbell/sender/rules"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
)

func at(t *testing.T, zone string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return pagetest.Tuesday.In(loc)
}

func TestTheCountryIsGuessedFromTheSystemAndTheLanguage(t *testing.T) {
	for _, c := range []struct {
		locale, clock           string
		language                i18n.Language
		country, zone, currency string
	}{
		{"en-US", "America/Los_Angeles", i18n.English, "US", "America/Los_Angeles", "USD"},
		{"en-GB", "Europe/London", i18n.English, "GB", "Europe/London", "GBP"},
		{"en_AU.UTF-8", "Australia/Perth", i18n.English, "AU", "Australia/Perth", "AUD"},
		{"zh-CN", "Asia/Shanghai", i18n.Chinese, "CN", "Asia/Shanghai", "CNY"},
		{"zh-Hans-SG", "Asia/Singapore", i18n.Chinese, "SG", "Asia/Singapore", "SGD"},
		{"en-US", "America/New_York", i18n.Chinese, "CN", "Asia/Shanghai", "CNY"},
		{"de", "Europe/Berlin", i18n.English, "DE", "Europe/Berlin", "EUR"},
		{"", "UTC", i18n.English, "US", "America/New_York", "USD"},
		{"nonsense!", "Asia/Tokyo", i18n.English, "US", "America/New_York", "USD"},
	} {
		m := Begin(pagetest.Nobody, c.locale, at(t, c.clock), c.language)
		if b := m.Business; b.Country != c.country || b.Zone != c.zone || b.Currency != c.currency {
			t.Errorf("%q, %s: %s %s %s", c.locale, c.language, b.Country, b.Zone, b.Currency)
		}
	}
}

func TestWhatSomebodyChoseIsNotGuessedAgain(t *testing.T) {
	m := Begin(pagetest.Nobody, "en-US", at(t, "America/Chicago"), i18n.English)
	m.ChooseCurrency("EUR")
	m.ChooseCountry("FR")
	m.Speak(i18n.Chinese)
	if b := m.Business; b.Country != "FR" || b.Zone != "Europe/Paris" || b.Currency != "EUR" {
		t.Errorf("%s %s %s", b.Country, b.Zone, b.Currency)
	}
	m.ChooseZone("Indian/Reunion")
	m.ChooseCountry("CN")
	if b := m.Business; b.Zone != "Indian/Reunion" || b.Currency != "EUR" {
		t.Errorf("after another country: %s %s", b.Zone, b.Currency)
	}
	if b := Begin(data.Business{Country: "JP", Zone: "Asia/Tokyo", Currency: "JPY"}, "en-US", at(t, "UTC"), i18n.English).Business; b.Country != "JP" || b.Zone != "Asia/Tokyo" {
		t.Errorf("a profile that says where it is: %s %s", b.Country, b.Zone)
	}
}

func TestEveryStepCanBeSkippedAndANameIsAskedForOnlyOnce(t *testing.T) {
	m := Begin(pagetest.Nobody, "en-US", at(t, "UTC"), i18n.English)
	if m.Back() {
		t.Error("there is something before the first step")
	}
	if !m.Next() || m.Step != Shop || m.Next() || !m.Lack || m.Step != Shop {
		t.Errorf("without a name: step %d, lack %v", m.Step, m.Lack)
	}
	m.Skip()
	if m.Lack || m.Step != Service || m.Been != [steps]bool{true, false, false, false} {
		t.Errorf("after skipping: step %d, been %v", m.Step, m.Been)
	}
	if !m.Back() || m.Step != Shop {
		t.Errorf("back leads to step %d", m.Step)
	}
	m.Business.Name = "  Lark Optical "
	if !m.Next() || m.Business.Name != "Lark Optical" {
		t.Errorf("the name is %q", m.Business.Name)
	}
	m.Skip()
	if m.Done || m.Step != List {
		t.Errorf("step %d, done %v", m.Step, m.Done)
	}
	if m.Skip(); !m.Done {
		t.Error("skipping the last step doesn't end it")
	}
}

func TestAnInterruptedFirstRunGoesOnWhereItWas(t *testing.T) {
	m := Begin(pagetest.Nobody, "en-US", at(t, "America/Denver"), i18n.English)
	m.Next()
	m.Business.Name, m.Business.Hours = "Lark Opt", usual[1]
	m.ChooseCountry("GB")
	body, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Model
	if err := json.Unmarshal(body, &again); err != nil {
		t.Fatal(err)
	}
	again.Resume("en-US", at(t, "America/Denver"))
	if again.Step != Shop || again.Business.Name != "Lark Opt" || again.Business.Country != "GB" || !again.ByHand.Country || again.Provider != "practice" || len(again.Business.Hours) != 7 {
		t.Errorf("%s came back as %+v", body, again)
	}
	if again = (Model{Step: 99}); true {
		again.Resume("", at(t, "UTC"))
	}
	if again.Step != List {
		t.Errorf("a step that there isn't became %d", again.Step)
	}
}

func TestTheRulesOfACountryShowAtOnce(t *testing.T) {
	english, chinese := i18n.New(i18n.English), i18n.New(i18n.Chinese)
	for _, c := range []struct {
		country string
		texts   *i18n.Texts
		want    map[string]string
	}{
		{"US", english, map[string]string{"hours": "21:00–08:00", "label": "Lark Optical:", "opt_out": "Reply STOP to opt out", "consent": "signed or ticked", "numbers": "United States"}},
		{"CN", chinese, map[string]string{"hours": "20:00 至次日 08:00", "label": "【Lark Optical】", "opt_out": "拒收请回复R", "consent": "明确同意", "numbers": "中国"}},
		{"GB", english, map[string]string{"hours": "20:00–09:00", "consent": "haven’t objected"}},
		{"MX", english, map[string]string{"hours": "Mon–Fri 09:00–18:00, Sat 09:00–14:00, closed Sun"}},
		{"AO", english, map[string]string{"hours": "Mon–Sat 09:00–20:00"}}, // no rules of its own
	} {
		m := Begin(pagetest.Nobody, "en-US", at(t, "UTC"), i18n.English)
		m.Business.Name = "Lark Optical"
		m.ChooseCountry(c.country)
		got := map[string]string{}
		for _, p := range m.Promises(c.texts) {
			got[p.Key] = p.Text
			if !c.texts.Has("welcome.promise." + p.Key) {
				t.Errorf("%s has no label", p.Key)
			}
		}
		for key, want := range c.want {
			if !strings.Contains(got[key], want) {
				t.Errorf("%s %s: %q, which lacks %q", c.country, key, got[key], want)
			}
		}
	}
}

// Every region of the tables can be shown: its hours are understood and its grounds have a sentence.
func TestEveryCountrysRulesCanBeExplained(t *testing.T) {
	texts := i18n.New(i18n.English)
	m := Begin(pagetest.Nobody, "en-US", at(t, "UTC"), i18n.English)
	for _, country := range countries(texts, "") {
		m.ChooseCountry(country)
		row := rules.Builtin().Row(country, data.Marketing)
		if hours, ok := ruleHours(row.Hours); row.Hours != "" && (!ok || !hours.Valid()) {
			t.Errorf("%s: the hours %q are not understood", country, row.Hours)
		}
		g := m.Why(texts)
		if g.Source == "" || len(g.Basis) == 0 {
			t.Errorf("%s: the grounds are %+v", country, g)
		}
		for _, basis := range g.Basis {
			if !texts.Has("welcome.ground." + basis) {
				t.Errorf("%s: no sentence for %q", country, basis)
			}
		}
		if len(phone.Zones(country)) == 0 { // three places that the time zone tables pass over
			continue
		}
		if m.Business.Zone == "UTC" || m.Business.Currency == "" {
			t.Errorf("%s: zone %q, currency %q", country, m.Business.Zone, m.Business.Currency)
		}
	}
}

func TestTheSampleTextIsWhatWouldReallyGoOut(t *testing.T) {
	texts := i18n.New(i18n.English)
	m := Begin(pagetest.Nobody, "zh-CN", at(t, "Asia/Shanghai"), i18n.Chinese)
	m.Business.Name = "云雀眼镜"
	for _, k := range kinds {
		m.Business.Kind = k.name
		s := m.Sample(texts)
		if s.Before != "【云雀眼镜】" || s.Words == "" || s.Length.Segments != 1 || s.Units != len([]rune(s.All())) {
			t.Errorf("%s: %+v", k.name, s)
		}
		if (s.After == "拒收请回复R") != (k.name != "clinic") {
			t.Errorf("%s ends with %q", k.name, s.After)
		}
	}
	if code, err := data.ReadCode(sampleCode); err != nil || data.ShowCode(code) != sampleCode {
		t.Errorf("the sample's code isn't one: %v", err)
	}
	m.Business.Name = ""
	if s := m.Sample(texts); s.Before != "【Your shop】" {
		t.Errorf("without a name it begins with %q", s.Before)
	}
}

func TestEveryProviderCanBeChosen(t *testing.T) {
	for _, l := range i18n.Languages() {
		for _, e := range catalog.Entries() {
			for _, key := range []string{"provider." + e.Name + ".name", "provider." + e.Name + ".about"} {
				if !i18n.New(l).Has(key) {
					t.Errorf("%s: there is no text %s", l, key)
				}
			}
		}
	}
}

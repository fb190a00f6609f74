package rules

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"counterbell/data"
)

const ny = "America/New_York"

// ask starts from a person in New York who agreed in writing, on a Tuesday at noon.
func ask(t testing.TB, change func(*Question)) Verdict {
	q := Question{
		Kind:       data.Marketing,
		Phone:      data.PhoneFacts{Phone: "+12125550142", Region: "US", Fictional: true, States: []string{"NY"}, Zones: []string{ny}},
		Permission: data.Permission{Scope: data.ScopeMarketing, Granted: true, Basis: data.ExpressWritten, Since: at(t, ny, "2026-01-05 10:00")},
		Practice:   true,
		Now:        at(t, ny, "2026-11-24 12:00"),
	}
	change(&q)
	return Decide(q)
}

func codes(v Verdict) string {
	var all []string
	for _, r := range v.Reasons {
		all = append(all, r.Code)
	}
	return strings.Join(all, " ")
}

func person(region, zone string) data.PhoneFacts {
	return data.PhoneFacts{Region: region, Zones: []string{zone}}
}

func grant(b data.Basis, since data.Instant) data.Permission {
	return data.Permission{Granted: true, Basis: b, Since: since}
}

func TestWhoMayGetWhatNow(t *testing.T) {
	noon := at(t, ny, "2026-11-24 12:00")
	for _, c := range []struct {
		name   string
		change func(*Question)
		want   Answer
		codes  string
	}{
		{"written consent at noon", func(q *Question) {}, Send, "consent open_hours"},
		{"oral consent isn't enough for marketing in the US", func(q *Question) { q.Permission.Basis = data.Express }, Block, "basis_not_accepted"},
		{"nobody asked them", func(q *Question) { q.Permission = data.Permission{} }, Block, "no_consent"},
		{"granted without a basis", func(q *Question) { q.Permission.Basis = "" }, Block, "no_consent"},
		{"opted out", func(q *Question) { q.Permission = data.Permission{Closed: true} }, Block, "opted_out"},
		{"opted out, whatever else is recorded", func(q *Question) { q.Permission.Closed = true }, Block, "opted_out"},
		{"suppressed", func(q *Question) { q.Suppressed = true }, Block, "suppressed"},
		{"suppressed code", func(q *Question) { q.Kind, q.Suppressed = data.OTP, true }, Block, "suppressed"},
		{"both reasons are named", func(q *Question) { q.Suppressed = true; q.Permission = data.Permission{} }, Block, "suppressed no_consent"},
		{"reserved for fiction, real provider", func(q *Question) { q.Practice = false }, Block, "fictional"},
		{"toll-free", func(q *Question) { q.Phone.Line = data.TollFree }, Block, "toll_free"},
		{"no such kind", func(q *Question) { q.Kind = "advert" }, Block, "invalid_kind"},
		{"no zone known", func(q *Question) { q.Phone.Zones = nil }, Block, "no_zone"},
		{"no such zone", func(q *Question) { q.Phone.Zones = []string{"Mars/Olympus"} }, Block, "no_zone"},
		{"in the night", func(q *Question) { q.Now = at(t, ny, "2026-11-24 23:00") }, Hold, "quiet_hours"},
		{"the end is exclusive", func(q *Question) { q.Now = at(t, ny, "2026-11-24 21:00") }, Hold, "quiet_hours"},
		{"a minute before the end", func(q *Question) { q.Now = at(t, ny, "2026-11-24 20:59") }, Send, "consent open_hours"},
		{"Florida stops an hour earlier", func(q *Question) { q.Phone.States = []string{"FL"}; q.Now = at(t, ny, "2026-11-24 20:30") }, Hold, "quiet_hours"},
		{"so does an address in Florida", func(q *Question) { q.State = "Florida"; q.Now = at(t, ny, "2026-11-24 20:30") }, Hold, "quiet_hours"},
		{"but not for reminders", func(q *Question) {
			q.Kind, q.Phone.States, q.Now = data.Reminder, []string{"FL"}, at(t, ny, "2026-11-24 20:30")
		}, Send, "consent open_hours"},
		{"an appointment is ground enough for a reminder", func(q *Question) { q.Kind = data.Reminder; q.Permission.Basis = data.Contract }, Send, "consent open_hours"},
		{"a clinic's too", func(q *Question) { q.Kind, q.Clinic = data.Reminder, true; q.Permission.Basis = data.Contract }, Send, "consent open_hours open_hours"},
		{"but for no advertisement", func(q *Question) { q.Permission.Basis = data.Contract }, Block, "basis_not_accepted"},
		{"a code needs no consent", func(q *Question) {
			q.Kind, q.Permission, q.Now = data.OTP, data.Permission{}, at(t, ny, "2026-11-24 03:00")
		}, Send, "no_consent_needed"},
		{"soft opt-in in Germany", func(q *Question) { q.Phone = person("DE", "Europe/Berlin"); q.Permission = grant(data.Soft, noon) }, Send, "consent open_hours"},
		{"soft opt-in in Italy", func(q *Question) { q.Phone = person("IT", "Europe/Rome"); q.Permission = grant(data.Soft, noon) }, Block, "basis_not_accepted"},
		{"soft opt-in in Poland", func(q *Question) { q.Phone = person("PL", "Europe/Warsaw"); q.Permission = grant(data.Soft, noon) }, Block, "basis_not_accepted"},
		{"Austria reads the EU's rows", func(q *Question) { q.Phone = person("AT", "Europe/Vienna"); q.Permission = grant(data.Soft, noon) }, Send, "consent open_hours"},
		{"Switzerland reads our own", func(q *Question) { q.Phone = person("CH", "Europe/Zurich"); q.Permission = grant(data.Soft, noon) }, Block, "basis_not_accepted"},
		{"Puerto Rico reads the US's", func(q *Question) {
			q.Phone = person("PR", "America/Puerto_Rico")
			q.Permission = grant(data.Express, noon)
		}, Block, "basis_not_accepted"},
		{"bought in Canada a year ago", func(q *Question) {
			q.Phone = person("CA", "America/Toronto")
			q.Permission = grant(data.ImpliedPurchase, at(t, ny, "2025-11-24 12:00"))
		}, Send, "consent open_hours"},
		{"bought in Canada two years ago", func(q *Question) {
			q.Phone = person("CA", "America/Toronto")
			q.Permission = grant(data.ImpliedPurchase, at(t, ny, "2024-11-24 12:00"))
		}, Block, "consent_expired"},
		{"asked in Canada half a year ago", func(q *Question) {
			q.Phone = person("CA", "America/Toronto")
			q.Permission = grant(data.ImpliedInquiry, at(t, ny, "2026-05-24 12:00"))
		}, Block, "consent_expired"},
		{"bought in Canada, nobody knows when", func(q *Question) {
			q.Phone = person("CA", "America/Toronto")
			q.Permission = grant(data.ImpliedPurchase, 0)
		}, Block, "consent_expired"},
		{"an old consent in France", func(q *Question) {
			q.Phone = person("FR", "Europe/Paris")
			q.Permission = grant(data.Express, at(t, ny, "2023-11-01 12:00"))
		}, Block, "consent_expired"},
		{"an old consent in France, in the shop last month", func(q *Question) {
			q.Phone = person("FR", "Europe/Paris")
			q.Permission = grant(data.Express, at(t, ny, "2023-11-01 12:00"))
			q.LastContact = at(t, ny, "2026-10-24 12:00")
		}, Send, "consent open_hours"},
		{"Korea asks again every two years, in the shop or not", func(q *Question) {
			q.Phone = person("KR", "Asia/Seoul")
			q.Permission = grant(data.Express, at(t, ny, "2024-11-01 12:00"))
			q.LastContact, q.Now = noon, at(t, "Asia/Seoul", "2026-11-24 12:00")
		}, Block, "consent_expired"},
		{"the first of the day in Colombia", func(q *Question) { q.Phone = person("CO", "America/Bogota"); q.Permission = grant(data.Express, noon) }, Send, "consent open_hours"},
		{"the second of the day in Colombia", func(q *Question) {
			q.Phone, q.SentToday = person("CO", "America/Bogota"), 1
			q.Permission = grant(data.Express, noon)
		}, Hold, "cap"},
		{"the fourth of the day in Florida", func(q *Question) { q.Phone.States, q.SentToday = []string{"FL"}, 3 }, Hold, "cap"},
		{"the text doesn't name the shop", func(q *Question) { q.Content = &Content{Label: true, OptOut: true} }, Block, "brand_missing"},
		{"the text doesn't say how to stop", func(q *Question) { q.Content = &Content{Label: true, Brand: true} }, Block, "opt_out_missing"},
		{"Korea wants its label", func(q *Question) {
			q.Phone, q.Content = person("KR", "Asia/Seoul"), &Content{Brand: true, OptOut: true}
			q.Permission, q.Now = grant(data.Express, noon), at(t, "Asia/Seoul", "2026-11-24 12:00")
		}, Block, "label_missing"},
		{"Malaysia forbids links", func(q *Question) {
			q.Phone, q.Content = person("MY", "Asia/Kuala_Lumpur"), &Content{Brand: true, Label: true, OptOut: true, Link: true}
			q.Permission, q.Now = grant(data.Express, noon), at(t, "Asia/Kuala_Lumpur", "2026-11-24 12:00")
		}, Block, "link_banned"},
		{"a resident of Virginia with a British number", func(q *Question) {
			q.Phone, q.State = person("GB", "Europe/London"), "VA"
			q.Permission, q.Now = grant(data.Express, noon), noon
		}, Block, "basis_not_accepted"},
	} {
		v := ask(t, c.change)
		if v.Verdict != c.want || codes(v) != c.codes {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, v.Verdict, codes(v), c.want, c.codes)
		}
		if (v.Verdict == Hold) != (v.Until != 0) {
			t.Errorf("%s: %s until %q", c.name, v.Verdict, v.Until)
		}
		for _, r := range v.Reasons {
			if r.Text == "" || r.Basis == "" || r.Source == "" && r.Code != CodeInvalid || strings.ContainsAny(r.Text, "{}") {
				t.Errorf("%s: reason %+v", c.name, r)
			}
		}
	}
}

func TestAHoldEndsWhenEveryWindowIsOpen(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Question)
		until  data.Instant
	}{
		{"tomorrow morning", func(q *Question) { q.Now = at(t, ny, "2026-11-24 23:00") }, at(t, ny, "2026-11-25 08:00")},
		{"this morning", func(q *Question) { q.Now = at(t, ny, "2026-11-24 05:00") }, at(t, ny, "2026-11-24 08:00")},
		{"the address lies further west", func(q *Question) { q.State, q.Now = "CA", at(t, ny, "2026-11-24 05:00") }, at(t, ny, "2026-11-24 11:00")},
		{"Texas on Sunday", func(q *Question) {
			q.Phone.States, q.Phone.Zones, q.Now = []string{"TX"}, []string{"America/Chicago"}, at(t, "America/Chicago", "2026-11-29 09:00")
		}, at(t, "America/Chicago", "2026-11-29 12:00")},
		{"Kentucky and Connecticut", func(q *Question) {
			q.Phone.States, q.State, q.Now = []string{"KY"}, "CT", at(t, ny, "2026-11-24 20:00")
		}, at(t, ny, "2026-11-25 10:00")},
		{"had today's in Colombia", func(q *Question) {
			q.Phone, q.SentToday = person("CO", "America/Bogota"), 1
			q.Permission = grant(data.Express, q.Now)
		}, at(t, "America/Bogota", "2026-11-25 07:00")},
	} {
		v := ask(t, c.change)
		if v.Verdict != Hold || v.Until != c.until {
			t.Errorf("%s: %s until %s, want %s", c.name, v.Verdict, v.Until, c.until)
		}
	}
}

func TestNoCommonHourBlocksWithItsReason(t *testing.T) {
	v := ask(t, func(q *Question) { q.Phone.Zones = []string{ny, "Asia/Shanghai", "Europe/London"} })
	if v.Verdict != Block || !strings.HasPrefix(codes(v), "no_window") {
		t.Errorf("%s (%s)", v.Verdict, codes(v))
	}
}

func TestAnAddressNarrowsACountryWhoseNumbersDontTell(t *testing.T) {
	all := []string{"Australia/Sydney", "Australia/Perth"}
	v := ask(t, func(q *Question) {
		q.Phone, q.State = data.PhoneFacts{Region: "AU", Zones: all}, "Western Australia"
		q.Permission = grant(data.Express, at(t, ny, "2026-11-01 12:00"))
	})
	if !slices.Equal(v.Zones, []string{"Australia/Perth"}) {
		t.Errorf("zones %v", v.Zones)
	}
	v = ask(t, func(q *Question) { q.State = "CA" })
	if !slices.Equal(v.Zones, []string{"America/Los_Angeles", ny}) {
		t.Errorf("a US number with a Californian address: %v", v.Zones)
	}
	v = ask(t, func(q *Question) { q.Phone.States, q.State = []string{"FL"}, "FL" })
	if !slices.Equal(v.Zones, []string{ny}) {
		t.Errorf("a number of Miami with an address in Florida: %v", v.Zones)
	}
	v = ask(t, func(q *Question) { q.State = "FL" })
	if !slices.Equal(v.Zones, []string{"America/Chicago", ny}) {
		t.Errorf("a number of New York with an address in Florida: %v", v.Zones)
	}
}

func TestHoursThatAreOurOwnDefaultSaySo(t *testing.T) {
	v := ask(t, func(q *Question) { q.Kind, q.Now = data.Reminder, at(t, ny, "2026-11-24 23:00") })
	if v.Reasons[0].Basis != "house" {
		t.Errorf("%+v", v.Reasons[0])
	}
	v = ask(t, func(q *Question) { q.Now = at(t, ny, "2026-11-24 23:00") })
	if v.Reasons[0].Basis != "statute" || !strings.Contains(v.Reasons[0].Source, "64.1200") {
		t.Errorf("%+v", v.Reasons[0])
	}
	v = ask(t, func(q *Question) {
		q.Phone.States, q.Now = []string{"NV"}, at(t, ny, "2026-11-24 20:30")
	})
	if v.Reasons[0].Basis != "vendor" || v.Reasons[0].Args["place"] != "US-NV" {
		t.Errorf("%+v", v.Reasons[0])
	}
}

func TestTheVerdictHasTheShapeThatScriptsRead(t *testing.T) {
	b, err := json.Marshal(ask(t, func(q *Question) { q.Now = at(t, ny, "2026-11-24 23:00") }))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got["verdict"] != "hold" || got["until"] != "2026-11-25T13:00:00.000Z" || got["region"] != "US" || len(got["zones"].([]any)) != 1 {
		t.Errorf("%s", b)
	}
	r := got["reasons"].([]any)[0].(map[string]any)
	for _, k := range []string{"code", "text", "basis", "source"} {
		if s, _ := r[k].(string); s == "" {
			t.Errorf("reason has no %s: %s", k, b)
		}
	}
}

func TestEveryRowOfTheTablesAnswers(t *testing.T) {
	table, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(table.rows) != 97 {
		t.Errorf("%d rows", len(table.rows))
	}
	for k, r := range table.rows {
		if len(r.accepts) == 0 && !r.anyone {
			t.Errorf("%v accepts nothing", k)
		}
		if k.subdivision == "" && (r.Brand == "" || r.OptOut == "") {
			t.Errorf("%v: brand %q, opt-out %q", k, r.Brand, r.OptOut)
		}
		if k.subdivision != "" && table.zones[subdivisionKey{k.region, k.subdivision}] == nil {
			t.Errorf("%v is no state that addresses know", k)
		}
	}
	for name, r := range table.regions {
		if r.reads != "" && table.rows[rowKey{r.reads, "", "marketing"}] == nil {
			t.Errorf("%s reads %s, which has no rows", name, r.reads)
		}
	}
	for _, s := range []string{"TX", "tx", "US-TX", "Texas", " texas "} {
		if code, ok := table.subdivision("US", s); !ok || code != "TX" {
			t.Errorf("%q is %q", s, code)
		}
	}
}

func TestEveryReasonIsTranslated(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans"} {
		texts := map[string]string{}
		b, err := os.ReadFile(filepath.Join("..", "..", "assets", "translations", lang+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Fatal(err)
		}
		for _, c := range Codes {
			if sentences[c] == "" || texts["reason."+c] == "" {
				t.Errorf("%s: reason.%s has no words", lang, c)
			}
		}
		for _, c := range []data.Code{NoOptOutWay, ReplyUnread, BrandWanted, "placeholder_unknown", "placeholder_not_here", "placeholder_open", "template_bare"} {
			if texts["error."+string(c)] == "" {
				t.Errorf("%s: error.%s has no words", lang, c)
			}
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	q := Question{
		Kind:       data.Marketing,
		Phone:      data.PhoneFacts{Region: "US", States: []string{"FL"}, Zones: []string{ny, "America/Chicago"}},
		Permission: data.Permission{Granted: true, Basis: data.ExpressWritten, Since: 1},
		Practice:   true,
	}
	for _, c := range []struct{ name, clock string }{{"send", "2026-11-24 12:00"}, {"hold", "2026-11-24 23:00"}} {
		q.Now = at(b, ny, c.clock)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decide(q)
			}
		})
	}
}

func TestAReasonIsSpokenInWords(t *testing.T) {
	r := ask(t, func(q *Question) { q.Permission = data.Permission{} }).Reasons[0]
	said := r.Spoken(func(key string) (string, bool) { return "[" + key + "]", key == "rules.basis.express_written" })
	if said["needs"] != "[rules.basis.express_written]" || said["place"] != "US" {
		t.Errorf("%v", said)
	}
}

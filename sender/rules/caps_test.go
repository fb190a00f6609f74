package rules

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

func TestACapHoldsUntilItsPeriodIsOver(t *testing.T) {
	now := at(t, "Asia/Shanghai", "2026-11-24 12:00")
	china := func(q *Question) {
		q.Phone, q.Permission, q.Now = person("CN", "Asia/Shanghai"), grant(data.Express, now.Add(-time.Hour)), now
	}
	swiss := func(q *Question) {
		q.Phone, q.Permission, q.Now = person("CH", "Europe/Zurich"), grant(data.Express, now.Add(-time.Hour)), now
	}
	hours := func(n ...int) (out []data.Instant) {
		for _, h := range n {
			out = append(out, now.Add(-time.Duration(h)*time.Hour))
		}
		return out
	}
	for _, c := range []struct {
		name   string
		who    func(*Question)
		recent []data.Instant
		codes  string
		until  string
	}{
		{"nothing yet", china, nil, "consent open_hours", ""},
		{"one yesterday at noon is a day ago", china, hours(24), "consent open_hours", ""},
		{"one three hours ago", china, hours(3), "cap", "2026-11-25 09:00 CST"},
		{"one 23 hours ago", china, hours(23), "cap", "2026-11-24 13:00 CST"},
		{"the end is rounded up to a quarter of an hour", china, []data.Instant{now.Add(-23*time.Hour - 50*time.Second)}, "cap", "2026-11-24 13:00 CST"},
		{"a day that ends in the night waits for the morning", china, []data.Instant{at(t, "Asia/Shanghai", "2026-11-24 07:00")}, "cap", "2026-11-25 08:00 CST"},
		{"three in a month, where four may go", swiss, hours(100, 200, 300), "quiet_hours", "2026-11-24 09:00 CET"},
		{"four in a month", swiss, hours(100, 200, 300, 400), "cap_month quiet_hours", "2026-12-08 13:00 CET"},
		{"the fifth last doesn't count", swiss, hours(100, 200, 300, 24*40), "quiet_hours", "2026-11-24 09:00 CET"},
		{"both day and month", swiss, hours(2, 100, 200, 300), "cap cap_month quiet_hours", "2026-12-12 17:00 CET"},
	} {
		v := ask(t, func(q *Question) { c.who(q); q.Recent = c.recent })
		got := ""
		if v.Until != 0 {
			got = v.Until.In(zone(t, v.Zones[0])).Format("2006-01-02 15:04 MST")
		}
		if strings.Join(strings.Fields(codes(v)), " ") != c.codes || got != c.until {
			t.Errorf("%s: %s until %q: %s", c.name, v.Verdict, got, codes(v))
		}
	}
}

func TestHowFarBackTheCapsLook(t *testing.T) {
	q := Question{Kind: data.Marketing, Phone: person("CN", "Asia/Shanghai")}
	if got := WindowsFor(q).Longest(); got != 24*time.Hour {
		t.Errorf("China: %s", got)
	}
	q.Phone = person("CH", "Europe/Zurich")
	if got := WindowsFor(q).Longest(); got != 31*24*time.Hour {
		t.Errorf("our default: %s", got)
	}
	q.Phone = data.PhoneFacts{Region: "US", States: []string{"NY"}, Zones: []string{ny}}
	if got := WindowsFor(q).Longest(); got != 0 {
		t.Errorf("New York: %s", got)
	}
}

func house(t *testing.T, all ...data.HouseRule) *House {
	t.Helper()
	h, err := NewHouse(all)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTheUserMakesRulesStricterAnywhereAndLooserWhereTheyAreOurs(t *testing.T) {
	early, late := at(t, ny, "2026-11-24 08:30"), at(t, ny, "2026-11-24 20:30")
	narrow := data.HouseRule{Kind: data.Marketing, Hours: "Mo-Fr 10:00-18:00"}
	reminder := func(q *Question) { q.Kind = data.Reminder }
	for _, c := range []struct {
		name  string
		rules []data.HouseRule
		who   func(*Question)
		now   data.Instant
		want  Answer
		codes string
	}{
		{"later hours for everybody", []data.HouseRule{narrow}, nil, early, Hold, "quiet_hours"},
		{"which leave reminders alone", []data.HouseRule{narrow}, reminder, early, Send, "consent open_hours"},
		{"for people in one country", []data.HouseRule{{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 10:00-18:00"}}, nil, early, Hold, "quiet_hours"},
		{"but not in another", []data.HouseRule{{Place: "CA", Kind: data.Marketing, Hours: "Mo-Su 10:00-18:00"}}, nil, early, Send, "consent open_hours"},
		{"the law stands whatever is set", []data.HouseRule{{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 06:00-23:00"}}, nil, at(t, ny, "2026-11-24 22:00"), Hold, "quiet_hours"},
		{"our default for reminders gives way", []data.HouseRule{{Place: "US", Kind: data.Reminder, Hours: "Mo-Su 06:00-23:00"}}, reminder, at(t, ny, "2026-11-24 22:00"), Send, "consent open_hours open_hours"},
		{"a state's law doesn't", []data.HouseRule{{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 06:00-23:00"}}, func(q *Question) { q.State = "FL" }, late, Hold, "quiet_hours"},
		{"one a week", []data.HouseRule{{Kind: data.Marketing, Caps: "1/week"}}, func(q *Question) { q.Recent = []data.Instant{early.Add(-3 * 24 * time.Hour)} }, early, Hold, "cap_week"},
		{"of a country where none was", []data.HouseRule{{Place: "US", Kind: data.Marketing, Caps: "2/day"}}, func(q *Question) { q.Recent = []data.Instant{early.Add(-time.Hour), early.Add(-2 * time.Hour)} }, early, Hold, "cap"},
	} {
		v := ask(t, func(q *Question) {
			q.House, q.Now = house(t, c.rules...), c.now
			if c.who != nil {
				c.who(q)
			}
		})
		if v.Verdict != c.want || !strings.HasPrefix(codes(v), c.codes) {
			t.Errorf("%s: %s %s", c.name, v.Verdict, codes(v))
		}
	}
}

func TestAReasonOfTheHouseSaysWhoSettledIt(t *testing.T) {
	rule := data.HouseRule{Kind: data.Marketing, Hours: "Mo-Su 10:00-18:00", By: "Dana", At: at(t, ny, "2026-11-20 10:00")}
	v := ask(t, func(q *Question) { q.House, q.Now = house(t, rule), at(t, ny, "2026-11-24 08:30") })
	if r := v.Reasons[0]; r.Basis != "house" || r.Source != "Settings, Dana, 2026-11-20" || r.Args["place"] != "house" || !strings.Contains(r.Text, "your own settings") {
		t.Errorf("%+v", r)
	}
}

func TestACapOfOursGivesWayToTheUsers(t *testing.T) {
	now := at(t, "Europe/Zurich", "2026-11-24 12:00")
	swiss := func(q *Question) {
		q.Phone, q.Permission, q.Now = person("CH", "Europe/Zurich"), grant(data.Express, now.Add(-time.Hour)), now
		q.Recent = []data.Instant{now.Add(-time.Hour)}
	}
	if v := ask(t, swiss); v.Verdict != Hold {
		t.Errorf("by default: %s", v.Verdict)
	}
	for _, caps := range []string{"2/day", data.NoCaps} {
		v := ask(t, func(q *Question) {
			swiss(q)
			q.House = house(t, data.HouseRule{Place: "CH", Kind: data.Marketing, Caps: caps})
		})
		if v.Verdict != Send {
			t.Errorf("%s: %s %s", caps, v.Verdict, codes(v))
		}
	}
}

func TestWhatWouldBeLooserThanALawIsNamed(t *testing.T) {
	for _, c := range []struct {
		rule data.HouseRule
		want string
	}{
		{data.HouseRule{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 09:00-20:00"}, ""},
		{data.HouseRule{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 08:00-21:00", Caps: "5/day"}, ""},
		{data.HouseRule{Place: "US", Kind: data.Marketing, Hours: "Mo-Su 07:00-20:00"}, "hours"},
		{data.HouseRule{Place: "US", Kind: data.Reminder, Hours: "Mo-Su 07:00-22:00"}, ""},
		{data.HouseRule{Place: "CO", Kind: data.Marketing, Caps: "2/day"}, "caps"},
		{data.HouseRule{Place: "CO", Kind: data.Marketing, Caps: data.NoCaps}, "caps"},
		{data.HouseRule{Place: "CO", Kind: data.Marketing, Caps: "1/day;2/week"}, ""},
		{data.HouseRule{Place: "CH", Kind: data.Marketing, Caps: data.NoCaps}, ""},
		{data.HouseRule{Place: "FR", Kind: data.Marketing, Holidays: data.HolidaysOpen}, "holidays"},
		{data.HouseRule{Place: "DE", Kind: data.Marketing, Holidays: data.HolidaysOpen}, ""},
		{data.HouseRule{Kind: data.Marketing, Hours: "Mo-Su 00:00-24:00"}, ""},
	} {
		if got := strings.Join(Loosens(c.rule), " "); got != c.want {
			t.Errorf("%+v: %q", c.rule, got)
		}
	}
	for _, bad := range []data.HouseRule{{Hours: "always"}, {Hours: "Mo-Su 20:00-08:00"}, {Caps: "many/day"}, {Caps: "0/week"}, {Caps: "1/year"}} {
		if data.CodeOf(CheckHouse(bad)) != data.Invalid {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestTheRowThatHoldsIsTheStrictestOfAll(t *testing.T) {
	h := house(t, data.HouseRule{Kind: data.Marketing, Hours: "Mo-Fr 08:00-18:00", Caps: "2/week"}, data.HouseRule{Place: "CH", Kind: data.Marketing, Caps: "3/day;9/month"})
	row := h.In("CH", data.Marketing)
	if row.Hours != "Mo-Fr 09:00-18:00" || written(row.Caps) != "3/day;2/week;9/month" {
		t.Errorf("%q %q", row.Hours, written(row.Caps))
	}
	var nobody *House
	if row := nobody.In("US", data.Marketing); row.Hours != "Mo-Su 08:00-21:00" || written(row.Caps) != data.NoCaps {
		t.Errorf("%q %q", row.Hours, written(row.Caps))
	}
}

// written are caps as rules hold them: "1/day;4/month", NoCaps for none.
func written(caps []Cap) string {
	var parts []string
	for _, c := range caps {
		if c.Only == "" {
			parts = append(parts, itoa(c.N)+"/"+c.Per)
		}
	}
	if len(parts) == 0 {
		return data.NoCaps
	}
	return strings.Join(parts, ";")
}

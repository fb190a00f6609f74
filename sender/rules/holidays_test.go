package rules

import (
	"testing"
	"time"

	"counterbell/data"
)

func TestHolidaysFallWhereTheyShould(t *testing.T) {
	for _, c := range []struct {
		calendar string
		rests    []string
		works    []string
	}{
		{"FR", []string{"2026-01-01", "2026-04-06", "2026-05-14", "2026-05-25", "2026-07-14", "2027-03-29"}, []string{"2026-04-05", "2026-12-26", "2026-04-03"}},
		{"US", []string{"2026-01-19", "2026-05-25", "2026-11-26", "2027-07-05", "2027-07-04"}, []string{"2026-11-27", "2026-07-06", "2026-05-18"}},
		{"US-RI", []string{"2026-08-10", "2026-11-26"}, []string{"2026-08-03"}},
		{"US-LA", []string{"2026-02-17", "2026-04-03"}, []string{"2026-02-18"}},
		{"ZA", []string{"2026-08-09", "2026-08-10", "2027-03-22", "2026-04-06"}, []string{"2026-08-11"}},
		{"CO", []string{"2026-01-12", "2026-03-23", "2026-05-18", "2026-06-08", "2026-06-15", "2026-06-29", "2026-11-16"}, []string{"2026-01-06", "2026-11-11"}},
		{"CA", []string{"2026-05-18", "2027-05-24", "2026-10-12"}, []string{"2026-05-25"}},
		{"DE", []string{"2026-04-03", "2026-10-03"}, []string{"2026-01-06"}},
	} {
		on := func(day string) bool {
			at, err := time.Parse("2006-01-02", day)
			if err != nil {
				t.Fatal(err)
			}
			return holidays().rests(c.calendar, at)
		}
		for _, day := range c.rests {
			if !on(day) {
				t.Errorf("%s: %s is a working day", c.calendar, day)
			}
		}
		for _, day := range c.works {
			if on(day) {
				t.Errorf("%s: %s is a holiday", c.calendar, day)
			}
		}
	}
}

// Dates: U.S. Naval Observatory, "The Date of Easter".
func TestEasterSundays(t *testing.T) {
	for _, day := range []string{"2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18"} {
		at, err := time.Parse("2006-01-02", day)
		if err != nil {
			t.Fatal(err)
		}
		if got := easter(at.Year()); !got.Equal(at) {
			t.Errorf("%s, not %s", got.Format("2006-01-02"), day)
		}
	}
}

func TestNothingGoesOnAHolidayWhereTheRuleSaysSo(t *testing.T) {
	for _, c := range []struct {
		name  string
		phone data.PhoneFacts
		zone  string
		now   string
		rules []data.HouseRule
		want  Answer
		code  string
		until string
	}{
		{"Bastille Day", person("FR", "Europe/Paris"), "Europe/Paris", "2026-07-14 12:00", nil, Hold, CodeHoliday, "2026-07-15 08:00"},
		{"a Saturday before Easter leads past Monday", person("FR", "Europe/Paris"), "Europe/Paris", "2026-04-04 23:00", nil, Hold, CodeQuietHours, "2026-04-07 08:00"},
		{"the day after", person("FR", "Europe/Paris"), "Europe/Paris", "2026-07-15 12:00", nil, Send, CodeConsent, ""},
		{"Thanksgiving in New York", data.PhoneFacts{Region: "US", States: []string{"NY"}, Zones: []string{ny}}, ny, "2026-11-26 12:00", nil, Send, CodeConsent, ""},
		{"Thanksgiving in Utah", data.PhoneFacts{Region: "US", States: []string{"UT"}, Zones: []string{"America/Denver"}}, "America/Denver", "2026-11-26 12:00", nil, Hold, CodeHoliday, "2026-11-27 08:00"},
		{"Thanksgiving, where the user keeps it", data.PhoneFacts{Region: "US", States: []string{"NY"}, Zones: []string{ny}}, ny, "2026-11-26 12:00", []data.HouseRule{{Kind: data.Marketing, Holidays: data.HolidaysShut}}, Hold, CodeHoliday, "2026-11-27 08:00"},
		{"Good Friday in Germany, by our default", person("DE", "Europe/Berlin"), "Europe/Berlin", "2026-04-03 12:00", nil, Hold, CodeHoliday, "2026-04-04 09:00"},
		{"Good Friday in Germany, where the user opened it", person("DE", "Europe/Berlin"), "Europe/Berlin", "2026-04-03 12:00", []data.HouseRule{{Place: "DE", Kind: data.Marketing, Holidays: data.HolidaysOpen}}, Send, CodeConsent, ""},
		{"Christmas in Sweden, which has no calendar of its own", person("SE", "Europe/Stockholm"), "Europe/Stockholm", "2026-12-25 12:00", nil, Hold, CodeHoliday, "2026-12-26 09:00"},
		{"a law isn't opened", person("FR", "Europe/Paris"), "Europe/Paris", "2026-07-14 12:00", []data.HouseRule{{Place: "FR", Kind: data.Marketing, Holidays: data.HolidaysOpen}}, Hold, CodeHoliday, "2026-07-15 08:00"},
	} {
		v := ask(t, func(q *Question) {
			q.Phone, q.Now, q.House = c.phone, at(t, c.zone, c.now), house(t, c.rules...)
			q.Permission = grant(data.ExpressWritten, q.Now.Add(-24*time.Hour))
		})
		until := ""
		if v.Until != 0 {
			until = v.Until.In(zone(t, c.zone)).Format("2006-01-02 15:04")
		}
		if v.Verdict != c.want || v.Reasons[0].Code != c.code || until != c.until {
			t.Errorf("%s: %s until %q, %s", c.name, v.Verdict, until, codes(v))
		}
	}
}

func TestEveryCalendarThatARuleNamesIsKnown(t *testing.T) {
	for _, r := range Builtin().rows {
		if r.Holidays != "" && r.Holidays != national && !HasHolidays(r.Holidays) {
			t.Errorf("%s: nobody knows the holidays of %q", r.Place(), r.Holidays)
		}
	}
	if !KnowsHolidays("SE") || !KnowsHolidays("US") || KnowsHolidays("IL") {
		t.Error("what is known of holidays is told wrong")
	}
}

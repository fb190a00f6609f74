package data

import (
	"encoding/json"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestAnInstantIsWrittenInUTCAndNotKnownAsNull(t *testing.T) {
	at := At(time.Date(2026, 11, 24, 10, 0, 0, 250_000_000, zone(t, "America/Los_Angeles")))
	for i, want := range map[Instant]string{0: "null", at: `"2026-11-24T18:00:00.250Z"`} {
		b, err := json.Marshal(i)
		if err != nil || string(b) != want {
			t.Errorf("%d is written %s (%v)", i, b, err)
		}
		var back Instant
		if err := json.Unmarshal(b, &back); err != nil || back != i {
			t.Errorf("%s is read as %d (%v)", b, back, err)
		}
	}
	if At(time.Time{}) != 0 || !Instant(0).Time().IsZero() || Instant(0).String() != "" {
		t.Error("not known doesn't stay not known")
	}
	var i Instant
	if json.Unmarshal([]byte(`"yesterday"`), &i) == nil {
		t.Error("yesterday was read as a moment")
	}
}

func TestADayOnTheCalendarIsReadStrictly(t *testing.T) {
	for s, month := range map[string]int{"2026-11-24": 11, "--02-29": 2, "2028-02-29": 2, "": 0} {
		d, err := ParseDate(s)
		if err != nil || d.Month() != month {
			t.Errorf("%q: month %d (%v)", s, d.Month(), err)
		}
	}
	for _, s := range []string{"2026-02-29", "--02-30", "--13-01", "2026-1-5", "24.11.2026", "2026-11-24T10:00", " 2026-11-24", "--11-24x"} {
		if _, err := ParseDate(s); CodeOf(err) != Invalid {
			t.Errorf("%q: %v", s, err)
		}
	}
	if !Date("--11-24").Start(time.UTC).IsZero() || Date("--11-24").End(time.UTC) != 0 {
		t.Error("a day without a year has a moment")
	}
}

// A day that begins when clocks jump over midnight begins at the first moment that there is; an offer is good to the
// day's last millisecond, also in an hour that happens twice.
func TestAnOfferIsGoodToTheLastMillisecondOfItsDay(t *testing.T) {
	for _, c := range []struct{ zone, day, start, end string }{
		{"America/Los_Angeles", "2026-11-29", "2026-11-29T08:00:00.000Z", "2026-11-30T07:59:59.999Z"},
		{"America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z", "2026-03-09T03:59:59.999Z"},    // 23 hours
		{"Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T22:59:59.999Z"},       // 25 hours
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00.000Z", "2026-04-05T13:29:59.999Z"}, // 24½ hours
		{"America/Santiago", "2026-09-05", "2026-09-05T04:00:00.000Z", "2026-09-06T03:59:59.999Z"},    // the next midnight is skipped
		{"America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z", "2026-09-07T02:59:59.999Z"},    // begins at 01:00
		{"America/Santiago", "2026-04-04", "2026-04-04T03:00:00.000Z", "2026-04-05T03:59:59.999Z"},    // 23:00 to midnight twice
		{"Atlantic/Azores", "2026-03-29", "2026-03-29T01:00:00.000Z", "2026-03-29T23:59:59.999Z"},     // begins at 01:00
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", "2026-11-02T04:59:59.999Z"},      // midnight to 01:00 twice
		{"Asia/Shanghai", "2026-12-31", "2026-12-30T16:00:00.000Z", "2026-12-31T15:59:59.999Z"},
		{"Asia/Kolkata", "2028-02-29", "2028-02-28T18:30:00.000Z", "2028-02-29T18:29:59.999Z"},
	} {
		d, loc := Date(c.day), zone(t, c.zone)
		if got := At(d.Start(loc)).String(); got != c.start {
			t.Errorf("%s in %s begins %s, want %s", c.day, c.zone, got, c.start)
		}
		if got := d.End(loc).String(); got != c.end {
			t.Errorf("%s in %s ends %s, want %s", c.day, c.zone, got, c.end)
		}
	}
}

// Every day of three years, in zones of every habit: days follow each other without a gap, and each moment of a day
// shows its date.
func TestDaysFollowEachOtherInEveryZone(t *testing.T) {
	for _, name := range []string{"America/Los_Angeles", "America/Santiago", "America/Havana", "Europe/London", "Atlantic/Azores", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu"} {
		loc := zone(t, name)
		for day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2028; day = day.AddDate(0, 0, 1) {
			d, next := DateOf(day), DateOf(day.AddDate(0, 0, 1))
			start, end := At(d.Start(loc)), d.End(loc)
			if end+1 != At(next.Start(loc)) {
				t.Fatalf("%s in %s ends at %s, the next day begins at %s", d, name, end, At(next.Start(loc)))
			}
			if DateOf(start.In(loc)) != d || DateOf(end.In(loc)) != d || DateOf((start-1).In(loc)) == d {
				t.Fatalf("%s in %s runs from %s to %s", d, name, start.In(loc), end.In(loc))
			}
		}
	}
}

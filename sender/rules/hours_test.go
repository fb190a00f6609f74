package rules

import (
	"testing"
	"time"

	"counterbell/data"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func at(t testing.TB, zoneName, clock string) data.Instant {
	t.Helper()
	m, err := time.ParseInLocation("2006-01-02 15:04", clock, zone(t, zoneName))
	if err != nil {
		t.Fatal(err)
	}
	return data.At(m)
}

func TestHoursReadAsTheTableWritesThem(t *testing.T) {
	for _, c := range []struct {
		hours string
		open  []string
		shut  []string
	}{
		{"Mo-Sa 09:00-20:00", []string{"2026-11-23 09:00", "2026-11-28 19:59"}, []string{"2026-11-23 08:59", "2026-11-23 20:00", "2026-11-29 12:00"}},
		{"Mo-Sa 09:00-21:00;Su 12:00-21:00", []string{"2026-11-29 12:00", "2026-11-28 09:00"}, []string{"2026-11-29 11:59", "2026-11-29 21:00"}},
		{"Su-Th 09:00-20:00;Fr 09:00-13:00", []string{"2026-11-29 10:00", "2026-11-26 19:00", "2026-11-27 12:59"}, []string{"2026-11-27 13:00", "2026-11-28 12:00"}},
		{"", []string{"2026-11-29 03:00"}, nil},
	} {
		h, err := parseHours(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		for _, clock := range c.open {
			if !h.open(at(t, "UTC", clock).Time()) {
				t.Errorf("%q is shut at %s", c.hours, clock)
			}
		}
		for _, clock := range c.shut {
			if h.open(at(t, "UTC", clock).Time()) {
				t.Errorf("%q is open at %s", c.hours, clock)
			}
		}
	}
	for _, bad := range []string{"Mo", "Mo-Su", "Xx 09:00-10:00", "Mo 10:00-09:00", "Mo 09:00-25:00", "Mo 09:00", "Mo-Su 09:00-12:00;Tu 10:00-11:00", " "} {
		if h, err := parseHours(bad); err == nil {
			t.Errorf("%q read as %+v", bad, h)
		}
	}
}

// For each set of zones: the moments of one day at which texts begin and stop being allowed.
func TestTextsGoOnlyWhileItIsDayInEveryCandidateZone(t *testing.T) {
	us := []string{"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"}
	for _, c := range []struct {
		name       string
		region     string
		kind       data.Kind
		zones      []string
		clock      string
		day        string
		begin, end string
	}{
		{"Eastern to Pacific", "US", data.Marketing, us, "America/New_York", "2026-11-24", "11:00", "21:00"},
		{"with Alaska and Hawaii in summer", "US", data.Marketing, append(us, "America/Anchorage", "Pacific/Honolulu"), "America/New_York", "2026-07-14", "14:00", "21:00"},
		{"with Alaska and Hawaii in winter", "US", data.Marketing, append(us, "America/Anchorage", "Pacific/Honolulu"), "America/New_York", "2026-01-13", "13:00", "21:00"},
		{"Australia, state unknown, in summer", "AU", data.Marketing, []string{"Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth"}, "Australia/Sydney", "2026-11-24", "12:00", "20:00"},
		{"Indonesia, city unknown", "ID", data.Marketing, []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}, "Asia/Jakarta", "2026-11-24", "08:00", "18:00"},
		{"Spain with the Canaries", "ES", data.Marketing, []string{"Europe/Madrid", "Atlantic/Canary"}, "Europe/Madrid", "2026-11-24", "10:00", "21:00"},
		{"the day the clocks go back", "US", data.Marketing, us[:1], "America/New_York", "2026-11-01", "08:00", "21:00"},
		{"the day the clocks go forward", "US", data.Marketing, us[:1], "America/New_York", "2026-03-08", "08:00", "21:00"},
	} {
		w := WindowsFor(Question{Kind: c.kind, Phone: data.PhoneFacts{Region: c.region, Zones: c.zones}})
		begin, end := at(t, c.clock, c.day+" "+c.begin), at(t, c.clock, c.day+" "+c.end)
		for m := at(t, c.clock, c.day+" 05:00"); m < at(t, c.clock, c.day+" 23:30"); m = m.Add(30 * time.Minute) {
			if got, want := w.Open(m), m >= begin && m < end; got != want {
				t.Errorf("%s: at %s open is %v", c.name, m.In(zone(t, c.clock)), got)
			}
		}
		if got, ok := w.NextOpen(at(t, c.clock, c.day+" 00:30")); !ok || got != begin {
			t.Errorf("%s: opens at %s, want %s", c.name, got, begin)
		}
	}
}

func TestTheNextOpeningSkipsClosedDays(t *testing.T) {
	fr := WindowsFor(Question{Kind: data.Marketing, Phone: data.PhoneFacts{Region: "FR", Zones: []string{"Europe/Paris"}}})
	if got, _ := fr.NextOpen(at(t, "Europe/Paris", "2026-11-28 22:00")); got != at(t, "Europe/Paris", "2026-11-30 08:00") {
		t.Errorf("after Saturday evening in France: %s", got)
	}
	if got, _ := fr.NextOpen(at(t, "Europe/Paris", "2026-11-28 21:59")); got != at(t, "Europe/Paris", "2026-11-28 21:59") {
		t.Errorf("a minute before: %s", got)
	}
}

func TestAnOpeningHourThatTheClocksSkipMovesToTheFirstMinuteAfter(t *testing.T) {
	h, err := parseHours("Mo-Su 02:30-05:00")
	if err != nil {
		t.Fatal(err)
	}
	ny := zone(t, "America/New_York")
	got, ok := h.next(time.Date(2026, 3, 8, 1, 0, 0, 0, ny))
	if want := time.Date(2026, 3, 8, 3, 0, 0, 0, ny); !ok || !got.Equal(want) {
		t.Errorf("%s, want %s", got, want)
	}
}

func FuzzNextIsOpenAndNothingBeforeItIs(f *testing.F) {
	f.Add(int64(1_790_000_000), uint8(3), uint8(9), uint8(11))
	names := []string{"America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Paris", "Pacific/Apia", "Asia/Tehran", "America/St_Johns"}
	f.Fuzz(func(t *testing.T, sec int64, z, from, length uint8) {
		sec = (sec%2_000_000_000 + 2_000_000_000) % 2_000_000_000
		start := int(from) % 24
		end := min(24, start+1+int(length)%12)
		h, err := parseHours("Tu-Su " + clock(start) + "-" + clock(end))
		if err != nil {
			t.Fatal(err)
		}
		t0 := time.Unix(sec, 0).In(zone(t, names[int(z)%len(names)]))
		got, ok := h.next(t0)
		if !ok || !h.open(got) || got.Before(t0) || got.Sub(t0) > 8*24*time.Hour {
			t.Fatalf("from %s: %s %v", t0, got, ok)
		}
		for m := t0; m.Before(got.Add(-10 * time.Minute)); m = m.Add(10 * time.Minute) {
			if h.open(m) {
				t.Fatalf("from %s: %s, but %s is open already", t0, got, m)
			}
		}
	})
}

func clock(h int) string { return string([]byte{byte(48 + h/10), byte(48 + h%10)}) + ":00" }

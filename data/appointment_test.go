package data

import (
	"testing"
	"time"
)

func TestAWallTimeIsTheMomentThatTheClockThereShows(t *testing.T) {
	for _, c := range []struct{ wall, zone, want string }{
		{"2026-11-25T09:30", "America/Los_Angeles", "2026-11-25T17:30:00.000Z"},
		{"2026-11-25T09:30", "Asia/Shanghai", "2026-11-25T01:30:00.000Z"},
		// Skipped in spring: moved forward by the gap.
		{"2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z"},    // 03:30
		{"2026-03-08T02:00", "America/Los_Angeles", "2026-03-08T10:00:00.000Z"}, // 03:00
		{"2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"},       // 03:30
		{"2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00.000Z"},       // 02:30
		{"2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45:00.000Z"}, // 02:45: the gap is half an hour
		{"2026-09-27T02:50", "Pacific/Chatham", "2026-09-26T14:05:00.000Z"},     // 03:50
		{"2026-09-06T00:15", "America/Santiago", "2026-09-06T04:15:00.000Z"},    // 01:15
		// Twice in autumn: the first.
		{"2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z"},
		{"2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"},
		{"2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00.000Z"},
		{"2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45:00.000Z"},
		{"2026-04-04T23:30", "America/Santiago", "2026-04-05T02:30:00.000Z"},
		{"2026-11-01T00:30", "America/Havana", "2026-11-01T04:30:00.000Z"},
		// The edges themselves.
		{"2026-03-08T01:59", "America/New_York", "2026-03-08T06:59:00.000Z"},
		{"2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00.000Z"},
		{"2026-11-01T02:00", "America/New_York", "2026-11-01T07:00:00.000Z"},
		{"2026-10-25T03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"},
		{"2026-04-05T02:00", "Australia/Lord_Howe", "2026-04-04T15:30:00.000Z"},
		// A day that was left out altogether.
		{"2011-12-30T09:00", "Pacific/Apia", "2011-12-30T19:00:00.000Z"}, // 31 December, 09:00
	} {
		at, err := WallAt(c.wall, c.zone)
		if err != nil || at.String() != c.want {
			t.Errorf("%s in %s is %s, want %s (%v)", c.wall, c.zone, at, c.want, err)
		}
	}
}

// Every quarter of an hour of two years: a moment's own wall clock leads back to it, or to the first of the two moments
// that show the same; and no wall time goes backwards.
func TestWallTimesLeadBackToTheirMoments(t *testing.T) {
	for _, name := range []string{"America/New_York", "America/Santiago", "America/St_Johns", "Europe/Berlin", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Chatham"} {
		loc := zone(t, name)
		for at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2028; at = at.Add(15 * time.Minute) {
			wall := Wall(at.In(loc))
			got, err := WallAt(wall, name)
			if err != nil {
				t.Fatal(err)
			}
			if Wall(got.In(loc)) != wall || got > At(at) || At(at)-got > 3_600_000 {
				t.Fatalf("%s in %s: %s leads to %s", at, name, wall, got)
			}
		}
	}
}

func TestAZoneOrWallTimeThatIsNoneIsRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"2026-11-25T09:30", "Mars/Olympus"},
		{"2026-11-25T09:30", ""},
		{"2026-11-25T09:30", "Local"},
		{"2026-11-25T09:30", "../etc/passwd"},
		{"2026-11-25", "UTC"},
		{"2026-11-25 09:30", "UTC"},
		{"2026-02-30T09:30", "UTC"},
		{"2026-11-25T24:00", "UTC"},
		{"", "UTC"},
	} {
		if _, err := WallAt(c[0], c[1]); CodeOf(err) != Invalid {
			t.Errorf("%q in %q: %v", c[0], c[1], err)
		}
	}
	a := Appointment{Wall: "2026-11-25T09:30", Zone: "Europe/Paris"}
	if at, err := a.Starts(); err != nil || at.String() != "2026-11-25T08:30:00.000Z" {
		t.Errorf("starts %s (%v)", at, err)
	}
}

func TestAVisitIsExpectedUntilItIsOverOrCancelled(t *testing.T) {
	for state, open := range map[AppointmentState]bool{Booked: true, Reminded: true, Confirmed: true, UnclearReply: true, ApptCancelled: false, Arrived: false, NoShow: false} {
		if a := (Appointment{State: state}); a.Open() != open {
			t.Errorf("%s: %v", state, a.Open())
		}
	}
}

package remind

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
)

func TestAStepSoManyDaysBeforeComesAtItsHourOnTheVisitsOwnClock(t *testing.T) {
	days := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "1d@1000", Days: 1, At: 600}, {Name: "2h", Before: 2 * time.Hour, EveningBefore: true}}}
	for _, c := range []struct{ visit, now, want string }{
		{"2026-11-26T14:00", "2026-11-24T10:00", "1d@1000 Wed 10:00, 2h Thu 12:00"},
		{"2027-03-14T14:00", "2027-03-12T10:00", "1d@1000 Sat 10:00, 2h Sun 12:00"}, // the clocks change in between
		{"2026-11-26T14:00", "2026-11-25T11:00", "1d@1000 Wed 11:00, 2h Thu 12:00"}, // missed: at once
		{"2026-11-26T14:00", "2026-11-26T11:30", "2h Thu 12:00"},
	} {
		if got := planned(t, c.visit, c.now, days); got != c.want {
			t.Errorf("a visit at %s, as of %s: %q, want %q", c.visit, c.now, got, c.want)
		}
	}
}

func TestACourseSaysWhatTheNightMovesAndWhyAStepIsLeftOut(t *testing.T) {
	facts, err := phone.Facts("+15035550142")
	if err != nil {
		t.Fatal(err)
	}
	night := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "1d", Before: 24 * time.Hour}, {Name: "2h", Before: 2 * time.Hour, EveningBefore: true}}}
	morning := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "2h", Before: 2 * time.Hour}}}
	both := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "3h", Before: 3 * time.Hour}, {Name: "2h", Before: 2*time.Hour + 30*time.Minute}}}
	for name, c := range map[string]struct {
		visit, now string
		plan       data.ReminderPlan
		step       int
		why        string
		late, dark bool
	}{
		"as planned":       {"2026-11-26T14:00", "2026-11-24T10:00", night, 0, "", false, false},
		"the night moves":  {"2026-11-26T08:30", "2026-11-24T10:00", night, 1, "", false, true},
		"missed":           {"2026-11-25T14:00", "2026-11-24T16:00", night, 0, "", true, false},
		"missed by far":    {"2026-11-24T14:00", "2026-11-24T11:30", night, 0, LeftPassed, false, false},
		"night until then": {"2026-11-26T07:30", "2026-11-24T10:00", morning, 0, LeftNight, false, false},
		"the next is near": {"2026-11-26T14:00", "2026-11-24T10:00", both, 0, LeftClose, false, false},
	} {
		a := data.Appointment{Wall: c.visit, Zone: "America/Los_Angeles", Phone: facts.Phone, State: data.Booked}
		got := Course(nil, &a, facts, c.plan, at(t, c.now))[c.step]
		if got.Why != c.why || got.Late != c.late || got.Night != c.dark || (got.Due == 0) != (c.why != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	over := data.Appointment{Wall: "2026-11-23T14:00", Zone: "America/Los_Angeles"}
	if got := Course(nil, &over, facts, night, at(t, "2026-11-24T10:00")); len(got) != 0 {
		t.Errorf("a visit that is over: %+v", got)
	}
}

package appointments

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/remind"
	"counterbell/sender/rules"
)

func at(clock string, minutes int) Visit {
	t, err := data.ParseWall("2026-11-25T" + clock)
	if err != nil {
		panic(err)
	}
	return Visit{Appointment: data.Appointment{Wall: "2026-11-25T" + clock, Minutes: minutes, Patient: clock, State: data.Booked}, At: t}
}

func TestVisitsAtTheSameTimeLieBesideEachOther(t *testing.T) {
	for name, c := range map[string]struct {
		visits []Visit
		want   string
	}{
		"one after the other":       {[]Visit{at("09:00", 30), at("09:30", 30)}, "[{0 1} {0 1}]"},
		"two at once":               {[]Visit{at("09:00", 30), at("09:15", 30)}, "[{0 2} {1 2}]"},
		"a third takes what's free": {[]Visit{at("09:00", 30), at("09:15", 60), at("09:30", 30)}, "[{0 2} {1 2} {0 2}]"},
		"three at once":             {[]Visit{at("09:00", 30), at("09:00", 30), at("09:00", 30)}, "[{0 3} {1 3} {2 3}]"},
		"no length is half an hour": {[]Visit{at("09:00", 0), at("09:29", 0), at("10:00", 0)}, "[{0 2} {1 2} {0 1}]"},
		"none":                      {nil, "[]"},
	} {
		if got := fmt.Sprint(lanes(c.visits)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAVisitOfUnknownLengthIsDrawnAsHighAsTheNextOneAllows(t *testing.T) {
	for name, c := range map[string]struct {
		visits []Visit
		want   string
	}{
		"alone":                   {[]Visit{at("09:00", 0)}, "[45m0s]"},
		"the next in forty":       {[]Visit{at("09:00", 0), at("09:40", 20)}, "[40m0s 20m0s]"},
		"the next sooner":         {[]Visit{at("09:00", 0), at("09:20", 0)}, "[30m0s 45m0s]"},
		"two at once":             {[]Visit{at("09:00", 0), at("09:00", 0), at("09:45", 60)}, "[45m0s 45m0s 1h0m0s]"},
		"a length that is stated": {[]Visit{at("09:00", 10)}, "[10m0s]"},
		"none":                    {nil, "[]"},
	} {
		if got := fmt.Sprint(heights(c.visits)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAnEmptyDayKnowsTheNextOneWithVisits(t *testing.T) {
	b := &Board{From: wednesday, To: "2026-11-26", Days: map[data.Date]int{"2026-11-20": 3, "2026-11-27": 2, "2026-12-01": 5, "2026-11-26": 0}}
	if day, n := b.Next(); day != "2026-11-27" || n != 2 {
		t.Errorf("next is %s with %d", day, n)
	}
	b.Days = map[data.Date]int{"2026-11-20": 3}
	if _, n := b.Next(); n != 0 {
		t.Errorf("nobody comes, and %d do", n)
	}
}

func TestAViewShowsItsDaysAndTheArrowsLeadOn(t *testing.T) {
	for _, c := range []struct {
		view     View
		start    time.Weekday
		from, to data.Date
		next     data.Date
	}{
		{DayView, time.Sunday, "2026-11-25", "2026-11-26", "2026-11-26"},
		{WeekView, time.Sunday, "2026-11-22", "2026-11-29", "2026-12-02"},
		{WeekView, time.Monday, "2026-11-23", "2026-11-30", "2026-12-02"},
		{ListView, time.Monday, "2026-11-25", "2026-12-09", "2026-12-09"},
	} {
		from, to := Span(c.view, wednesday, c.start)
		if from != c.from || to != c.to || Step(c.view, wednesday, 1) != c.next {
			t.Errorf("%s: %s to %s, then %s", c.view, from, to, Step(c.view, wednesday, 1))
		}
		if Step(c.view, Step(c.view, wednesday, 1), -1) != wednesday {
			t.Errorf("%s: back leads elsewhere", c.view)
		}
	}
}

func TestAMarkSaysWhereAVisitStands(t *testing.T) {
	now := data.At(time.Date(2026, 11, 25, 17, 0, 0, 0, time.UTC))
	for _, c := range []struct {
		state data.AppointmentState
		phone data.Phone
		in    time.Duration
		want  Mark
	}{
		{data.Booked, "+15035550101", 24 * time.Hour, MarkBooked},
		{data.Booked, "", 24 * time.Hour, MarkNoPhone},
		{data.Reminded, "+15035550101", 24 * time.Hour, MarkReminded},
		{data.Reminded, "+15035550101", time.Hour, MarkNoAnswer},
		{data.Confirmed, "", time.Hour, MarkConfirmed},
		{data.UnclearReply, "+15035550101", time.Hour, MarkUnclear},
		{data.ApptCancelled, "", time.Hour, MarkCancelled},
		{data.NoShow, "", -time.Hour, MarkNoShow},
		{data.Arrived, "", -time.Hour, MarkArrived},
	} {
		if got := markOf(&data.Appointment{State: c.state, Phone: c.phone}, now.Add(c.in), now); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.state, c.in, got, c.want)
		}
	}
	for _, m := range marks {
		if _, ok := looks[m]; !ok {
			t.Errorf("%s has no look", m)
		}
	}
}

func TestTheDeskMayPutAVisitWhereItIsntAndANoShowOnlyOnceItHasBegun(t *testing.T) {
	now := data.At(pastNoon)
	for _, c := range []struct {
		state data.AppointmentState
		begun bool
		want  []data.AppointmentState
	}{
		{data.Booked, false, []data.AppointmentState{data.Confirmed, data.Arrived}},
		{data.Reminded, true, []data.AppointmentState{data.Confirmed, data.Arrived, data.NoShow, data.Booked}},
		{data.Arrived, true, []data.AppointmentState{data.Confirmed, data.NoShow, data.Booked}},
		{data.ApptCancelled, true, []data.AppointmentState{data.Booked}},
	} {
		v := Visit{Appointment: data.Appointment{State: c.state}, Starts: now.Add(time.Hour)}
		if c.begun {
			v.Starts = now.Add(-time.Hour)
		}
		if got := v.Moves(now); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.state, got, c.want)
		}
	}
}

var pastNoon = time.Date(2026, 11, 25, 20, 30, 0, 0, time.UTC)

func TestAScheduleLiesOverTheBoardBeforeItCounts(t *testing.T) {
	stay, moves, goes := at("09:00", 30), at("10:00", 30), at("11:00", 30)
	stay.ID, moves.ID, goes.ID = 1, 2, 3
	b := &Board{View: DayView, Day: wednesday, From: wednesday, To: "2026-11-26", Now: pastNoon, Visits: []Visit{stay, moves, goes}}
	later, fresh, other, away := moves.Appointment, at("12:00", 30).Appointment, at("12:00", 30).Appointment, goes.Appointment
	for _, a := range []*data.Appointment{&later, &fresh, &other, &away} {
		a.Zone = "America/Los_Angeles"
	}
	later.Wall, other.Wall, away.Wall = "2026-11-25T15:00", "2026-11-27T12:00", "2026-11-26T11:00"
	got := b.With([]data.ScheduleChange{
		{Kind: data.ChangeNew, After: fresh},
		{Kind: data.ChangeNew, After: other},
		{Kind: data.ChangeMoved, Before: moves.Appointment, After: later},
		{Kind: data.ChangeMoved, Before: goes.Appointment, After: away},
	})
	var all []string
	for _, v := range got.Visits {
		all = append(all, fmt.Sprintf("%s %s %v", v.At.Format("15:04"), v.Change, v.Ghost))
	}
	if want := []string{"09:00  false", "12:00 new true", "15:00 moved false"}; !reflect.DeepEqual(all, want) {
		t.Errorf("%q, want %q", all, want)
	}
	if people, _ := got.People(); people != 2 || len(b.Visits) != 3 {
		t.Errorf("%d people; the board itself has %d", people, len(b.Visits))
	}
}

func TestAPlanIsReadAsItWasTypedAndWrongStepsAreNamed(t *testing.T) {
	d := Draft{Steps: []DraftStep{{Number: "2", Unit: Hours}, {Number: "１", Unit: DaysAt, At: 600, Unanswered: true}, {Number: "90", Unit: Minutes}, {Number: "2", Unit: Days, Evening: true}}}
	p, wrong := d.Plan()
	var names []string
	for _, s := range p.Steps {
		names = append(names, s.Name)
	}
	if want := []string{"2d", "1d@1000", "2h", "90m"}; len(wrong) != 0 || !reflect.DeepEqual(names, want) {
		t.Errorf("%v (%v), want %v", names, wrong, want)
	}
	if back := DraftOf(p); back.Steps[1].Unit != DaysAt || back.Steps[1].At != 600 || !back.Steps[1].Unanswered || back.Steps[0].Unit != Days || !back.Steps[0].Evening || back.Steps[3].Number != "90" {
		t.Errorf("read again: %+v", back.Steps)
	}
	for typed, c := range map[string]struct {
		unit Unit
		want string
	}{
		"": {Hours, "appointments.plan_number"}, "two": {Hours, "appointments.plan_number"}, "0": {DaysAt, "appointments.plan_number"}, "15": {DaysAt, "appointments.plan_far"},
		"400": {Hours, "appointments.plan_far"}, "10": {Minutes, "appointments.plan_near"}, "99999999999999999999": {Hours, "appointments.plan_number"}, "999999999": {Days, "appointments.plan_far"},
	} {
		d := Draft{Steps: []DraftStep{{Number: typed, Unit: c.unit, At: 600}}}
		if _, wrong := d.Plan(); wrong[0] != c.want {
			t.Errorf("%q: %q, want %q", typed, wrong[0], c.want)
		}
	}
	twice := Draft{Steps: []DraftStep{{Number: "24", Unit: Hours}, {Number: "1", Unit: Days}}}
	if _, wrong := twice.Plan(); wrong[1] != "appointments.plan_twice" {
		t.Errorf("the same one twice: %v", wrong)
	}
}

func TestWhatIsAheadIsSortedIntoWhatGoesWhatIsLeftOutAndWhoCantBeReminded(t *testing.T) {
	plan := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "1d"}, {Name: "2h"}}}
	send := rules.Verdict{Verdict: rules.Send}
	step := func(i int, due data.Instant, why string) remind.Coming {
		return remind.Coming{Step: plan.Steps[i], Due: due, Why: why}
	}
	all := []remind.Forecast{
		{Appointment: data.Appointment{ID: 1, Wall: "2026-11-25T09:00", Phone: "+15035550101"}, Verdict: send, Course: []remind.Coming{step(0, 300, ""), step(1, 500, "")}},
		{Appointment: data.Appointment{ID: 2, Wall: "2026-11-25T09:00", Phone: "+15035550102"}, Verdict: send, Course: []remind.Coming{step(0, 100, ""), step(1, 0, remind.LeftNight)}},
		{Appointment: data.Appointment{ID: 3}, Reason: remind.CannotNoPhone},
		{Appointment: data.Appointment{ID: 4}, Verdict: rules.Verdict{Verdict: rules.Block}},
	}
	had := map[data.AppointmentID][]store.VisitReminder{1: {{Step: "1d", State: data.Delivered}, {Step: "2h", State: data.Queued, Due: 510}}}
	got := Foresee(plan, all, had)
	if len(got.Due) != 2 || got.Due[0].Forecast.Appointment.ID != 2 || got.Due[0].Scheduled || !got.Due[1].Scheduled || got.Due[1].Coming.Due != 510 {
		t.Errorf("what goes: %+v", got.Due)
	}
	if len(got.Left) != 1 || len(got.Cannot) != 2 {
		t.Errorf("left out %d, can't be reminded %d", len(got.Left), len(got.Cannot))
	}
	if visits, n := got.Unscheduled(); n != 1 || !reflect.DeepEqual(visits, []data.AppointmentID{2}) {
		t.Errorf("waits for a person: %v, %d", visits, n)
	}
}

package store

import (
	"testing"
	"time"

	"counterbell/data"
)

func visit(n int, wall string) data.Appointment {
	return data.Appointment{ExternalID: string(rune('a' + n)), Phone: fiction(n), Patient: "Ann", GivenName: "Ann", Wall: wall, Zone: "America/Los_Angeles", State: data.Booked}
}

// compared lays a file over the book.
func compared(t *testing.T, s *Store, file ...data.Appointment) []data.ScheduleChange {
	t.Helper()
	book, err := s.AppointmentsFor(t.Context(), "2026-11-24", "2026-12-31", file)
	if err != nil {
		t.Fatal(err)
	}
	return data.CompareSchedule(file, book)
}

func apply(t *testing.T, s *Store, changes []data.ScheduleChange) {
	t.Helper()
	if err := s.ApplySchedule(t.Context(), &data.Receipt{}, data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}, changes, nil); err != nil {
		t.Fatal(err)
	}
}

func only(t *testing.T, s *Store) data.Appointment {
	t.Helper()
	all, err := s.Appointments(t.Context(), "2026", "2027")
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v (%v)", all, err)
	}
	return all[0]
}

// planned queues a reminder of a visit as it was read.
func planned(t *testing.T, s *Store, a data.Appointment) int64 {
	t.Helper()
	n, err := s.PlanReminders(t.Context(), []PlannedReminder{{Appointment: a, Step: "1d", Due: s.Now().Add(time.Hour)}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatHappensBetweenLookingAtAScheduleAndApplyingItIsKept(t *testing.T) {
	s, _ := newStore(t)
	apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30")))
	staffed := visit(0, "2026-11-25T09:30")
	staffed.Staff = "Dr Wu"
	changes := compared(t, s, staffed)
	if err := s.SetAppointmentState(t.Context(), only(t, s).ID, data.ApptCancelled); err != nil { // by a reply
		t.Fatal(err)
	}
	apply(t, s, changes)
	if a := only(t, s); a.State != data.ApptCancelled || a.Staff != "Dr Wu" {
		t.Errorf("the person's word: %+v", a)
	}
	if err := s.SetAppointmentState(t.Context(), only(t, s).ID, data.Booked); err != nil {
		t.Fatal(err)
	}
	changes = compared(t, s, visit(1, "2026-11-25T10:00")) // the first is gone from the file
	if err := s.SetAppointmentState(t.Context(), only(t, s).ID, data.Arrived); err != nil {
		t.Fatal(err)
	}
	apply(t, s, changes)
	if all, err := s.Appointments(t.Context(), "2026", "2027"); err != nil || len(all) != 2 || all[0].State != data.Arrived {
		t.Errorf("who is here: %+v (%v)", all, err)
	}
}

func TestTwoSchedulesAppliedAtOnceAreAConflict(t *testing.T) {
	s, _ := newStore(t)
	apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30")))
	one, other := compared(t, s, visit(0, "2026-11-25T11:00")), compared(t, s, visit(0, "2026-11-25T15:00"))
	apply(t, s, one)
	if err := s.ApplySchedule(t.Context(), &data.Receipt{}, data.ConsentAnswer{}, other, nil); data.CodeOf(err) != data.Conflict {
		t.Errorf("%v", err)
	}
	if a := only(t, s); a.Wall != "2026-11-25T11:00" || a.Version != 2 {
		t.Errorf("%+v", a)
	}
}

func TestAVisitLeftOutByMistakeComesBackWithTheNextExport(t *testing.T) {
	s, _ := newStore(t)
	apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30"), visit(1, "2026-11-25T10:00")))
	apply(t, s, compared(t, s, visit(1, "2026-11-25T10:00")))
	apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30"), visit(1, "2026-11-25T10:00")))
	all, err := s.Appointments(t.Context(), "2026", "2027")
	if err != nil || len(all) != 2 || all[0].State != data.Booked || all[0].Dropped {
		t.Errorf("%+v (%v)", all, err)
	}
	if n := planned(t, s, all[0]); n != 1 {
		t.Error("it gets no reminder")
	}
}

func TestNoReminderIsPlannedOfAVisitThatWasMovedMeanwhile(t *testing.T) {
	s, _ := newStore(t)
	apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30")))
	read := only(t, s)
	apply(t, s, compared(t, s, visit(0, "2026-11-27T09:30")))
	if n := planned(t, s, read); n != 0 {
		t.Error("a reminder of the old time was queued")
	}
	if n := planned(t, s, only(t, s)); n != 1 {
		t.Error("none of the new time was")
	}
	if err := s.SetAppointmentState(t.Context(), read.ID, data.ApptCancelled); err != nil {
		t.Fatal(err)
	}
	cancelled := only(t, s)
	cancelled.Version++ // not that one again
	if n := planned(t, s, cancelled); n != 0 {
		t.Error("a reminder of a cancelled visit was queued")
	}
}

func TestAReminderToTheOldNumberIsVoidAndTheNewNumberGetsItsOwn(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(3)...)
	apply(t, s, compared(t, s, visit(0, "2026-11-26T09:30")))
	if n := planned(t, s, only(t, s)); n != 1 {
		t.Fatal(n)
	}
	renumbered := visit(0, "2026-11-26T09:30")
	renumbered.Phone = fiction(1)
	apply(t, s, compared(t, s, renumbered))
	a := only(t, s)
	if a.Contact != 2 || a.Phone != fiction(1) || a.State != data.Booked {
		t.Errorf("the visit is %+v", a)
	}
	if m := message(t, s); m.State != data.MsgCancelled {
		t.Errorf("the old reminder is %s", m.State)
	}
	if n := planned(t, s, a); n != 1 {
		t.Error("the new number gets none")
	}
}

// reminded hands a reminder of a visit over and returns it.
func reminded(t *testing.T, s *Store, a data.Appointment, clock *testClock) data.Message {
	t.Helper()
	if n := planned(t, s, a); n != 1 {
		t.Fatal("not planned")
	}
	clock.move(time.Hour)
	m := claim(t, s)
	attempt, _ := commit(t, s, m)
	if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, Appointment: a.ID, State: data.Accepted, ProviderID: "x"}}); err != nil {
		t.Fatal(err)
	}
	clock.move(time.Minute)
	return m
}

func TestAnAnswerCountsForTheVisitAsItWasAskedAbout(t *testing.T) {
	for name, c := range map[string]struct {
		between func(t *testing.T, s *Store, a data.Appointment, clock *testClock)
		want    data.AppointmentState
		review  bool
	}{
		"as it was": {func(*testing.T, *Store, data.Appointment, *testClock) {}, data.Confirmed, false},
		"moved meanwhile": {func(t *testing.T, s *Store, _ data.Appointment, _ *testClock) {
			apply(t, s, compared(t, s, visit(0, "2026-11-27T09:30")))
		}, data.Booked, true},
		"over meanwhile": {func(_ *testing.T, _ *Store, _ data.Appointment, clock *testClock) { clock.move(48 * time.Hour) }, data.Reminded, true},
		"cancelled already": {func(t *testing.T, s *Store, a data.Appointment, _ *testClock) {
			if err := s.SetAppointmentState(t.Context(), a.ID, data.ApptCancelled); err != nil {
				t.Fatal(err)
			}
		}, data.ApptCancelled, true},
	} {
		t.Run(name, func(t *testing.T) {
			s, clock := newStore(t)
			apply(t, s, compared(t, s, visit(0, "2026-11-25T09:30")))
			a := only(t, s)
			m := reminded(t, s, a, clock)
			c.between(t, s, a, clock)
			r := Reply{Inbound: data.Inbound{ProviderID: "in1", From: a.Phone, Text: "1", At: s.Now(), Reply: data.ReplyConfirm, Message: m.ID}, Appointment: a.ID, State: data.Confirmed}
			if _, err := s.StoreReplies(t.Context(), "practice", []Reply{r}, "1"); err != nil {
				t.Fatal(err)
			}
			in, err := s.Inbox(t.Context(), 10)
			if err != nil || len(in) != 1 || in[0].Review != c.review {
				t.Errorf("the reply: %+v (%v)", in, err)
			}
			if got := only(t, s).State; got != c.want {
				t.Errorf("the visit is %s, want %s", got, c.want)
			}
		})
	}
}

func TestTheStopButtonOfANoticeStopsNotices(t *testing.T) {
	for kind, reminders := range map[data.Kind]bool{data.Marketing: false, data.Notice: true} {
		s, _ := newStore(t)
		m := claimOne(t, s)
		if _, err := s.write.Exec(`UPDATE message SET kind = ?`, kind); err != nil {
			t.Fatal(err)
		}
		for range 2 { // events may come twice
			if err := s.StoreOpens(t.Context(), "local", nil, []LinkOpen{{Event: 1, Token: m.Token, At: s.Now()}}, 1); err != nil {
				t.Fatal(err)
			}
		}
		if !permission(t, s, data.ScopeMarketing, m.To).Closed || permission(t, s, data.ScopeReminders, m.To).Closed != reminders {
			t.Errorf("%s: marketing %+v, reminders %+v", kind, permission(t, s, data.ScopeMarketing, m.To), permission(t, s, data.ScopeReminders, m.To))
		}
	}
}

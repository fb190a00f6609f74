package store

import (
	"testing"
	"time"

	"counterbell/data"
)

func booked(t *testing.T, s *Store, n int, wall string) data.Appointment {
	t.Helper()
	a := visit(n, wall)
	a.ExternalID = ""
	if err := s.BookAppointment(t.Context(), &a, data.PhoneFacts{Phone: a.Phone, Region: "US"}); err != nil {
		t.Fatal(err)
	}
	return a
}

func reminders(t *testing.T, s *Store, id data.AppointmentID) []VisitReminder {
	t.Helper()
	all, err := s.VisitReminders(t.Context(), []data.AppointmentID{id})
	if err != nil {
		t.Fatal(err)
	}
	return all[id]
}

func TestAVisitBookedByHandIsThereWithWhoeverHasTheNumber(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(3)...)
	a := booked(t, s, 1, "2026-11-26T09:30")
	got := only(t, s)
	if got.ID != a.ID || got.Version != 1 || got.State != data.Booked || got.Contact == 0 || got.Wall != "2026-11-26T09:30" {
		t.Errorf("%+v", got)
	}
	_, facts, err := s.AppointmentsByID(t.Context(), []data.AppointmentID{a.ID})
	if err != nil || facts[a.ID].Region != "US" {
		t.Errorf("%+v (%v)", facts, err)
	}
	a.Wall = "soon"
	if err := s.BookAppointment(t.Context(), &a, data.PhoneFacts{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a time that is none: %v", err)
	}
}

func TestAVisitThatIsMovedLosesTheRemindersOfItsOldTime(t *testing.T) {
	s, _ := newStore(t)
	a := booked(t, s, 0, "2026-11-26T09:30")
	if n := planned(t, s, a); n != 1 {
		t.Fatal(n)
	}
	if err := s.SetAppointmentState(t.Context(), a.ID, data.Confirmed); err != nil {
		t.Fatal(err)
	}
	moved := a
	moved.Wall = "2026-11-27T11:00"
	if err := s.ChangeAppointment(t.Context(), &moved, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	if moved.Version != 2 || moved.State != data.Booked || only(t, s).Wall != "2026-11-27T11:00" {
		t.Errorf("%+v", moved)
	}
	if m := message(t, s); m.State != data.MsgCancelled || m.Reason != "appointment_moved" {
		t.Errorf("the old reminder: %+v", m)
	}
	if len(reminders(t, s, a.ID)) != 0 || planned(t, s, moved) != 1 || len(reminders(t, s, a.ID)) != 1 {
		t.Error("the new time doesn't get its own")
	}
	again := a // as somebody else still sees it
	again.Wall = "2026-11-28T11:00"
	if err := s.ChangeAppointment(t.Context(), &again, data.PhoneFacts{}); data.CodeOf(err) != data.Conflict {
		t.Errorf("%v", err)
	}
}

func TestOtherDetailsLeaveStateAndRemindersAlone(t *testing.T) {
	s, _ := newStore(t)
	a := booked(t, s, 0, "2026-11-26T09:30")
	planned(t, s, a)
	if err := s.SetAppointmentState(t.Context(), a.ID, data.Confirmed); err != nil {
		t.Fatal(err)
	}
	a.Staff, a.Minutes = "Dr Wu", 45
	if err := s.ChangeAppointment(t.Context(), &a, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s); got.Staff != "Dr Wu" || got.State != data.Confirmed || got.Version != 1 || message(t, s).State != data.Queued {
		t.Errorf("%+v", got)
	}
}

func TestACancelledVisitIsNotRemindedOfAndTakingThatBackRemindsAgain(t *testing.T) {
	s, _ := newStore(t)
	a := booked(t, s, 0, "2026-11-26T09:30")
	if _, err := s.PlanReminders(t.Context(), []PlannedReminder{{Appointment: a, Step: "1d", Due: s.Now().Add(time.Hour), NotAfter: s.Now().Add(48 * time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelAppointment(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if only(t, s).State != data.ApptCancelled || message(t, s).State != data.MsgCancelled {
		t.Error("something is left of it")
	}
	if err := s.ReopenAppointment(t.Context(), a.ID, data.Confirmed); err != nil {
		t.Fatal(err)
	}
	if got := only(t, s); got.State != data.Confirmed || got.Version != 1 || message(t, s).State != data.Queued {
		t.Errorf("%+v, its reminder %s", got, message(t, s).State)
	}
	if err := s.CancelAppointment(t.Context(), 99); data.CodeOf(err) != data.NotFound {
		t.Errorf("a visit that isn't there: %v", err)
	}
}

func TestAnotherPlanReplacesWhatWaitsAndNothingThatWentOut(t *testing.T) {
	s, clock := newStore(t)
	a, b := booked(t, s, 0, "2026-11-26T09:30"), booked(t, s, 1, "2026-11-26T10:00")
	reminded(t, s, a, clock)
	planned(t, s, b)
	if n, err := s.ClearPlanned(t.Context()); err != nil || n != 1 {
		t.Fatalf("%d (%v)", n, err)
	}
	if len(reminders(t, s, a.ID)) != 1 || len(reminders(t, s, b.ID)) != 0 {
		t.Error("the wrong one is gone")
	}
}

func TestVisitsAreFoundByNameNumberServiceAndStaff(t *testing.T) {
	s, _ := newStore(t)
	a := visit(0, "2026-11-26T09:30")
	a.Patient, a.Service, a.Staff = "Anna Petrov", "Frame fitting 100%", "Dr Wu"
	if err := s.BookAppointment(t.Context(), &a, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	b := visit(1, "2026-11-26T10:30")
	b.Patient = "吴晓燕"
	if err := s.BookAppointment(t.Context(), &b, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"anna": 1, "petrov WU": 1, "晓燕": 1, "fitting": 1, "100%": 1, "1%0": 0, "_": 0, "nobody": 0, "0" + string(a.Phone)[len(a.Phone)-7:]: 1, "": 2} {
		found, err := s.FindAppointments(t.Context(), text, "2026-11-01", "2026-12-31", 10)
		if err != nil || len(found) != want {
			t.Errorf("%q finds %d, want %d (%v)", text, len(found), want, err)
		}
	}
	if found, err := s.FindAppointments(t.Context(), "", "2026-11-01", "2026-11-26", 10); err != nil || len(found) != 0 {
		t.Errorf("outside of the days: %d (%v)", len(found), err)
	}
	if days, err := s.VisitDays(t.Context(), "2026-11-01", "2026-12-01"); err != nil || days["2026-11-26"] != 2 {
		t.Errorf("%v (%v)", days, err)
	}
}

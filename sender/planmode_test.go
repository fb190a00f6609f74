package sender

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

func (s *shop) plan(change func(*data.ReminderPlan)) {
	s.t.Helper()
	p, err := s.ReminderPlan(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	change(&p)
	if err := s.SetReminderPlan(s.t.Context(), p); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) only(patient string) []data.AppointmentID {
	s.t.Helper()
	all, err := s.Appointments(s.t.Context(), "2026", "2027")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range all {
		if a.Patient == patient {
			return []data.AppointmentID{a.ID}
		}
	}
	s.t.Fatal(patient)
	return nil
}

func TestWhereAPersonDecidesOnlyWhatWasScheduledGoesOut(t *testing.T) {
	s := newShop(t)
	s.plan(func(p *data.ReminderPlan) { p.Mode = data.PlanReview })
	s.book(family, "Ann 2026-11-25T10:30", "Cora 2026-11-25T10:30 +15035550101")
	s.pass()
	if n, err := s.engine.Reminders().Waiting(t.Context()); err != nil || n != 2 || len(s.states()) != 0 {
		t.Fatalf("%d wait, %v (%v)", n, s.states(), err)
	}
	if n, err := s.engine.Reminders().Schedule(t.Context(), s.only("Ann")); err != nil || n != 2 {
		t.Fatalf("%d reminders (%v)", n, err)
	}
	s.move(35 * time.Minute)
	s.pass()
	if len(s.carrier.got) != 1 || s.carrier.got[0].To != family {
		t.Errorf("%+v", s.carrier.got)
	}
	if n, err := s.engine.Reminders().Waiting(t.Context()); err != nil || n != 1 {
		t.Errorf("%d wait (%v)", n, err)
	}
}

func TestAPlanThatIsOffSendsNothing(t *testing.T) {
	s := newShop(t)
	s.plan(func(p *data.ReminderPlan) { p.Mode = data.PlanOff })
	s.book(family, "Ann 2026-11-25T10:30")
	if n, err := s.engine.Reminders().Schedule(t.Context(), s.only("Ann")); err != nil || n != 0 {
		t.Errorf("%d scheduled (%v)", n, err)
	}
	s.move(time.Hour)
	s.pass()
	if len(s.carrier.got) != 0 || len(s.states()) != 0 {
		t.Errorf("%+v, %v", s.carrier.got, s.states())
	}
}

func TestAReminderForThoseWhoHaventAnsweredSparesThoseWhoHave(t *testing.T) {
	s := newShop(t)
	s.plan(func(p *data.ReminderPlan) { p.Steps[1].Unanswered = true })
	s.book(family, "Ann 2026-11-24T14:00", "Cora 2026-11-24T14:00 +15035550101")
	s.pass()
	if err := s.SetAppointmentState(t.Context(), s.only("Ann")[0], data.Confirmed); err != nil {
		t.Fatal(err)
	}
	before := len(s.carrier.got)
	s.move(2*time.Hour + time.Minute)
	s.pass()
	if got := s.carrier.got[before:]; len(got) != 1 || got[0].To == family {
		t.Errorf("%+v", got)
	}
}

func TestAnotherPlanDoesntMakeUpForWhatItMissed(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30")
	s.pass()
	s.move(35 * time.Minute) // the day before went out
	s.pass()
	s.plan(func(p *data.ReminderPlan) {
		p.Steps = []data.ReminderStep{{Name: "2d", Before: 48 * time.Hour}, {Name: "3h", Before: 3 * time.Hour, EveningBefore: true}}
	})
	if _, err := s.ClearPlanned(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.pass()
	s.move(time.Minute)
	s.pass()
	if len(s.carrier.got) != 1 {
		t.Errorf("%+v", s.carrier.got)
	}
	all, err := s.Messages(t.Context(), store.MessageFilter{State: data.Queued})
	if err != nil || len(all) != 1 || all[0].Step != "3h" {
		t.Errorf("%+v (%v)", all, err)
	}
}

func TestAForecastTellsTheTextAndWhyNobodyIsReminded(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-26T10:30")
	gone := data.Appointment{Patient: "Gwen", Wall: "2026-11-26T11:30", Zone: "America/Los_Angeles"}
	if err := s.BookAppointment(t.Context(), &gone, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	plan, err := s.ReminderPlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan.Texts = map[string]string{"en": "{first_name|Hello}, {brand} awaits you on {date} at {time}."}
	all, _, err := s.engine.Reminders().Expected(t.Context(), plan)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v (%v)", all, err)
	}
	if f := all[0]; !f.Reaches() || f.Body != "Ann, Lark Optical awaits you on Thu 26 Nov at 10:30 am." || f.Segments != 1 || f.Units != len(f.Body) || f.Room != 160 || f.Next() == 0 {
		t.Errorf("%+v", f)
	}
	if f := all[1]; f.Reaches() || f.Reason != "no_phone" {
		t.Errorf("%+v", f)
	}
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: family, Event: data.Withdraw, Scope: data.ScopeReminders, GivenAt: s.Now(), Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}}); err != nil {
		t.Fatal(err)
	}
	all, _, err = s.engine.Reminders().Expected(t.Context(), plan)
	if err != nil || all[0].Reaches() || all[0].Verdict.Reasons[0].Code != "opted_out" {
		t.Errorf("%+v (%v)", all[0].Verdict, err)
	}
	if len(s.states()) != 0 {
		t.Error("a forecast queued something")
	}
}

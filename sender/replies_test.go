package sender

import (
	"fmt"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider"
)

// visit books an appointment for the person with a number in Portland.
func (s *shop) visit(n int, wall string) {
	s.t.Helper()
	number := data.Phone(fmt.Sprintf("+1503555%04d", 100+n))
	f, err := phone.Facts(number)
	if err != nil {
		s.t.Fatal(err)
	}
	a := data.Appointment{ExternalID: fmt.Sprint("A", n), Phone: number, Patient: "Ann Chen", GivenName: "Ann", Wall: wall, Zone: "America/Los_Angeles", State: data.Booked}
	answer := data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}
	book, err := s.AppointmentsFor(s.t.Context(), wall[:10], wall[:10]+"T99", []data.Appointment{a})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.ApplySchedule(s.t.Context(), &data.Receipt{Rows: 1, Added: 1}, answer, data.CompareSchedule([]data.Appointment{a}, book), map[data.Phone]data.PhoneFacts{number: f}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) appointment() data.Appointment {
	s.t.Helper()
	all, err := s.Appointments(s.t.Context(), "2026-01-01", "2027-01-01")
	if err != nil || len(all) == 0 {
		s.t.Fatalf("%v (%v)", all, err)
	}
	return all[0]
}

func (s *shop) reply(n int, words string) {
	s.carrier.mu.Lock()
	s.carrier.inbound = append(s.carrier.inbound, provider.Inbound{ID: fmt.Sprint("in", len(s.carrier.inbound)), From: data.Phone(fmt.Sprintf("+1503555%04d", 100+n)), Text: words, At: s.Now()})
	s.carrier.mu.Unlock()
	s.move(time.Minute)
	s.pass()
}

func TestAReminderGoesOutADayBeforeAndTheAnswerMovesTheVisit(t *testing.T) {
	for words, want := range map[string]data.AppointmentState{"1": data.Confirmed, "Yes!": data.Confirmed, "2": data.ApptCancelled, "maybe after 4?": data.UnclearReply} {
		t.Run(words, func(t *testing.T) {
			s := newShop(t)
			s.visit(0, "2026-11-26T09:30")
			s.pass()
			if len(s.carrier.got) != 0 {
				t.Fatal("too early")
			}
			s.move(23*time.Hour + 45*time.Minute) // Wednesday 09:45
			s.pass()
			if len(s.carrier.got) != 1 || s.carrier.got[0].Body != "Ann, see you at Lark Optical on Thu 26 Nov at 9:30 am. Reply 1 to confirm or 2 to cancel." {
				t.Fatalf("reminders: %+v", s.carrier.got)
			}
			if a := s.appointment(); a.State != data.Reminded {
				t.Errorf("the visit is %s", a.State)
			}
			s.reply(0, words)
			if a := s.appointment(); a.State != want {
				t.Errorf("%q makes the visit %s, want %s", words, a.State, want)
			}
		})
	}
}

func TestAMovedVisitTakesItsReminderWithIt(t *testing.T) {
	s := newShop(t)
	s.visit(0, "2026-11-26T09:30")
	s.pass()
	s.visit(0, "2026-11-30T11:00")
	s.move(24 * time.Hour)
	s.pass()
	if len(s.carrier.got) != 0 {
		t.Errorf("a reminder of the old time went out: %+v", s.carrier.got)
	}
	s.move(4*24*time.Hour + time.Hour) // Sunday 11:00
	s.pass()
	if len(s.carrier.got) != 1 {
		t.Errorf("%d reminders of the new time", len(s.carrier.got))
	}
}

func TestAnEarlyVisitIsRemindedTheEveningBeforeAndNeverAfterwards(t *testing.T) {
	s := newShop(t)
	s.visit(0, "2026-11-26T08:30")
	s.pass()
	s.move(11*time.Hour + 40*time.Minute) // 21:40: quiet
	s.pass()
	s.move(11 * time.Hour) // Wednesday 08:40
	s.pass()
	if len(s.carrier.got) != 1 {
		t.Fatalf("%d reminders a day before", len(s.carrier.got))
	}
	s.move(12*time.Hour + 10*time.Minute) // Wednesday 20:50; two hours before would be 06:30
	s.pass()
	if len(s.carrier.got) != 2 {
		t.Errorf("%d reminders by the evening before", len(s.carrier.got))
	}
	s.move(12 * time.Hour)
	s.pass()
	if len(s.carrier.got) != 2 {
		t.Errorf("%d reminders after the visit", len(s.carrier.got))
	}
}

func TestAStopIsInTheLedgerAndClosesWhatItAnswers(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	s.visit(1, "2026-11-25T09:30")
	s.sent(s.draft("Hi, {code}"))
	s.pass()
	s.reply(0, "STOP")
	s.reply(0, "STOP")
	p, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
	if err != nil || !p["+15035550100"].Closed {
		t.Errorf("marketing: %+v (%v)", p, err)
	}
	if p, err = s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{"+15035550100"}); err != nil || p["+15035550100"].Closed {
		t.Errorf("reminders, which the offer's STOP leaves: %+v (%v)", p, err)
	}
	h, err := s.ConsentHistory(t.Context(), "+15035550100")
	if err != nil {
		t.Fatal(err)
	}
	last := h[len(h)-1]
	if last.Event != data.Withdraw || !last.Confirmed || last.Statement.Wording != "STOP" {
		t.Errorf("the entry: %+v", last)
	}
	s.reply(0, "START")
	if p, err = s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"}); err != nil || !p["+15035550100"].Granted {
		t.Errorf("after START: %+v (%v)", p, err)
	}
	if check, err := s.VerifyConsent(t.Context()); err != nil || !check.OK {
		t.Errorf("the ledger: %+v (%v)", check, err)
	}
}

func TestAStartWithoutAnEarlierConsentPermitsNothing(t *testing.T) {
	s := newShop(t)
	s.agreed(data.ConsentAnswer{}, person(0))
	s.reply(0, "STOP")
	s.reply(0, "START")
	p, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
	if err != nil || p["+15035550100"].Granted {
		t.Errorf("%+v (%v)", p, err)
	}
}

func TestAReplyThatComesTwiceHasItsEffectOnce(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.reply(0, "STOP")
	before, err := s.VerifyConsent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		s.move(time.Minute)
		s.pass()
	}
	after, err := s.VerifyConsent(t.Context())
	if err != nil || after.Entries != before.Entries {
		t.Errorf("%d entries, then %d (%v)", before.Entries, after.Entries, err)
	}
}

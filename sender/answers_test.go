package sender

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider"
)

// book books visits as one export, each "patient wall", on one number; or "patient wall number" on its own.
func (s *shop) book(number data.Phone, visits ...string) {
	s.t.Helper()
	facts := map[data.Phone]data.PhoneFacts{}
	var file []data.Appointment
	for i, v := range visits {
		words := strings.Fields(v)
		on := number
		if len(words) > 2 {
			on = data.Phone(words[2])
		}
		f, err := phone.Facts(on)
		if err != nil {
			s.t.Fatal(err)
		}
		facts[on] = f
		file = append(file, data.Appointment{ExternalID: fmt.Sprint("V", i), Phone: on, Patient: words[0], GivenName: words[0], Wall: words[1], Zone: "America/Los_Angeles", State: data.Booked})
	}
	book, err := s.AppointmentsFor(s.t.Context(), "2026", "2027", file)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.ApplySchedule(s.t.Context(), &data.Receipt{}, data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}, data.CompareSchedule(file, book), facts); err != nil {
		s.t.Fatal(err)
	}
}

// visits tells where each patient's visit stands.
func (s *shop) visits() map[string]data.AppointmentState {
	s.t.Helper()
	all, err := s.Appointments(s.t.Context(), "2026", "2027")
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]data.AppointmentState{}
	for _, a := range all {
		out[a.Patient] = a.State
	}
	return out
}

func (s *shop) toReview() int {
	s.t.Helper()
	in, err := s.Inbox(s.t.Context(), 100)
	if err != nil {
		s.t.Fatal(err)
	}
	n := 0
	for _, i := range in {
		if i.Review {
			n++
		}
	}
	return n
}

func TestAnAnswerCountsForTheVisitThatTheLastTextNamedAndAPersonLooksAtTheOthers(t *testing.T) {
	s := newShop(t)
	s.book("+15035550100", "Ann 2026-11-25T10:30", "Ben 2026-11-26T10:05")
	s.pass()
	s.move(35 * time.Minute) // Ann's day before
	s.pass()
	s.move(23*time.Hour + 30*time.Minute) // Ben's; her two hours before went meanwhile
	s.pass()
	last := s.carrier.got[len(s.carrier.got)-1]
	if !strings.HasPrefix(last.Body, "Ben,") {
		t.Fatalf("%+v", s.carrier.got)
	}
	s.reply(0, "2")
	if v := s.visits(); v["Ann"] != data.Reminded || v["Ben"] != data.ApptCancelled {
		t.Errorf("%v", v)
	}
	if s.toReview() != 1 {
		t.Error("nobody is told that there is another visit on this phone")
	}
}

func TestAnAnswerThatComesAfterAnOfferIsStillOne(t *testing.T) {
	for words, want := range map[string]data.AppointmentState{"1": data.Confirmed, "2": data.ApptCancelled, "how much?": data.Reminded} {
		s := newShop(t)
		s.people(person(0))
		s.book("+15035550100", "Ann 2026-11-25T10:30")
		s.pass()
		s.move(35 * time.Minute)
		s.pass()
		s.sent(s.draft("Hi, {code}"))
		s.pass()
		if len(s.carrier.got) != 2 {
			t.Fatalf("%+v", s.carrier.got)
		}
		s.reply(0, words)
		if v := s.visits()["Ann"]; v != want {
			t.Errorf("%q after reminder and offer makes the visit %s", words, v)
		}
	}
}

func TestStopAndStartInOneGoEndAsTheLastWordSays(t *testing.T) {
	for _, c := range []struct {
		words  []string
		closed bool
	}{{[]string{"STOP", "START"}, false}, {[]string{"STOP", "START", "STOP"}, true}} {
		s := newShop(t)
		s.people(person(0))
		s.sent(s.draft("Hi, {code}"))
		s.pass()
		for i, w := range c.words { // newest first, as some providers list them
			s.carrier.inbound = append([]provider.Inbound{{ID: fmt.Sprint("in", i), From: "+15035550100", Text: w, At: s.Now().Add(time.Duration(i+1) * time.Second)}}, s.carrier.inbound...)
		}
		s.move(time.Minute)
		s.pass()
		p, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
		if err != nil || p["+15035550100"].Closed != c.closed {
			t.Errorf("%v: %+v (%v)", c.words, p, err)
		}
	}
}

func TestAReplyFromNobodyHoldsNoOtherUp(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.inbound = []provider.Inbound{{ID: "a", From: "", Text: "STOP", At: s.Now()}, {ID: "b", From: "LARKBANK", Text: "STOP", At: s.Now()}}
	s.reply(0, "STOP")
	p, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
	if err != nil || !p["+15035550100"].Closed || s.toReview() != 1 {
		t.Errorf("%+v, %d to review (%v)", p, s.toReview(), err)
	}
}

func TestAComputerThatWasOffSendsOneReminderAndNoneTooLate(t *testing.T) {
	for _, c := range []struct {
		off  time.Duration
		want int
		why  string
	}{
		{23 * time.Hour, 1, "the one of the day before still helps, eight hours ahead"},
		{30 * time.Hour, 1, "both are due: the last one goes"},
		{31*time.Hour + 15*time.Minute, 0, "a quarter of an hour before: they should be on their way"},
		{32 * time.Hour, 0, "the visit is over"},
	} {
		s := newShop(t)
		s.book("+15035550100", "Ann 2026-11-25T17:30")
		s.pass()
		if len(s.carrier.got) != 0 {
			t.Fatal("too early")
		}
		s.move(c.off)
		s.pass()
		s.pass()
		if len(s.carrier.got) != c.want {
			t.Errorf("%d texts after %s, want %d: %s", len(s.carrier.got), c.off, c.want, c.why)
		}
	}
}

func TestARenumberedVisitIsRemindedAtItsNewNumberAlone(t *testing.T) {
	s := newShop(t)
	s.book("+15035550100", "Ann 2026-11-25T10:30")
	s.pass()
	s.book("+15035550101", "Ann 2026-11-25T10:30")
	s.pass()
	s.move(35 * time.Minute)
	s.pass()
	if len(s.carrier.got) != 1 || s.carrier.got[0].To != "+15035550101" {
		t.Errorf("%+v", s.carrier.got)
	}
}

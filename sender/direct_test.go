package sender

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/rules"
)

const ann = data.Phone("+15035550100")

// write queues an answer, after telling what would become of it, and lets the engine do its work.
func (s *shop) write(d store.Direct) (f string, m data.Message) {
	s.t.Helper()
	seen, err := s.engine.Direct().Foresee(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	id, err := s.QueueDirect(s.t.Context(), d)
	if err != nil {
		s.t.Fatal(err)
	}
	s.pass()
	all, err := s.Messages(s.t.Context(), store.MessageFilter{After: id - 1})
	if err != nil || len(all) == 0 || all[0].ID != id {
		s.t.Fatalf("%+v (%v)", all, err)
	}
	switch {
	case seen.Reason != "":
		f = seen.Reason
	case seen.Verdict.Verdict != rules.Send:
		f = seen.Verdict.Reasons[0].Code
	}
	return f, all[0]
}

func TestAnAnswerToAQuestionGoesOutAtOnceWithTheShopsName(t *testing.T) {
	s := newShop(t)
	s.reply(0, "Do you repair frames?")
	foreseen, m := s.write(store.Direct{Phone: ann, Kind: data.Notice, Body: "Yes, we do, until 18:00.", Asked: s.Now().Add(-time.Minute)})
	if foreseen != "" || m.State != data.Accepted || m.Attempts != 1 || m.Decision == "" {
		t.Fatalf("foreseen %q, message %+v", foreseen, m)
	}
	if got := s.carrier.got; len(got) != 1 || got[0].To != ann || got[0].Body != "Lark Optical: Yes, we do, until 18:00." {
		t.Errorf("handed over %+v", got)
	}
}

func TestNobodyIsWrittenToWithoutConsentOrAnOwnQuestion(t *testing.T) {
	for name, asked := range map[string]data.Instant{"nobody asked": 0, "long ago": data.At(tuesday).Add(-store.DirectAnswers - time.Hour)} {
		s := newShop(t)
		foreseen, m := s.write(store.Direct{Phone: ann, Kind: data.Notice, Body: "Hello", Asked: asked})
		if foreseen != rules.CodeNoConsent || m.State != data.Blocked || m.Reason != rules.CodeNoConsent || len(s.carrier.got) > 0 {
			t.Errorf("%s: foreseen %q, message %+v", name, foreseen, m)
		}
	}
}

func TestWhoOptedOutGetsNoAnswerEitherThoughTheyAsked(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.reply(0, "STOP")
	foreseen, m := s.write(store.Direct{Phone: ann, Kind: data.Notice, Body: "Sorry!", Asked: s.Now()})
	if foreseen != rules.CodeOptedOut || m.State != data.Blocked || len(s.carrier.got) > 0 {
		t.Errorf("foreseen %q, message %+v", foreseen, m)
	}
}

func TestAnAnswerAtNightIsToldToWaitAndGoesInTheMorning(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.move(12 * time.Hour) // 22:00 in Portland
	d := store.Direct{Phone: ann, Kind: data.Notice, Body: "16:15 is free."}
	seen, err := s.engine.Direct().Foresee(t.Context(), d)
	if err != nil || !seen.Waits() || seen.Verdict.Until != data.At(tuesday.Add(22*time.Hour)) {
		t.Fatalf("foreseen %+v (%v)", seen, err)
	}
	if seen.Segments != 1 || seen.Units != len("Lark Optical: 16:15 is free.") || seen.Room != 160 || seen.Unicode {
		t.Errorf("length %+v", seen)
	}
	if _, m := s.write(d); m.State != data.Held || m.Due != seen.Verdict.Until {
		t.Fatalf("message %+v", m)
	}
	s.move(10 * time.Hour)
	s.pass()
	if len(s.carrier.got) != 1 || !strings.Contains(s.carrier.got[0].Body, "16:15") {
		t.Errorf("handed over %+v", s.carrier.got)
	}
}

func TestAYesToWhatWasWrittenByHandIsReadByAPersonAndMovesNoVisit(t *testing.T) {
	s := newShop(t)
	s.visit(0, "2026-11-26T09:30")
	s.move(23*time.Hour + 45*time.Minute)
	s.pass() // the reminder
	s.reply(0, "can it be after 4?")
	if _, m := s.write(store.Direct{Phone: ann, Kind: data.Notice, Body: "Shall I cancel it?", Asked: s.Now()}); m.State != data.Accepted {
		t.Fatalf("message %+v", m)
	}
	s.move(time.Minute)
	s.reply(0, "Yes")
	if a := s.appointment(); a.State != data.UnclearReply {
		t.Errorf("the visit is %s", a.State)
	}
	in, err := s.Inbox(t.Context(), 1)
	if err != nil || in[0].Reply != data.ReplyOther || !in[0].Review {
		t.Errorf("the reply %+v (%v)", in, err)
	}
	s.reply(0, "STOP")
	if p, err := s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{ann}); err != nil || !p[ann].Closed {
		t.Errorf("an opt-out isn't one: %+v (%v)", p, err)
	}
}

func TestWhatNobodyCouldHandOverForDaysIsNotSentAnyMore(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	id, err := s.QueueDirect(t.Context(), store.Direct{Phone: ann, Kind: data.Notice, Body: "16:15 is free."})
	if err != nil {
		t.Fatal(err)
	}
	s.move(72 * time.Hour)
	s.pass()
	all, err := s.Messages(t.Context(), store.MessageFilter{After: id - 1})
	if err != nil || all[0].State != data.Expired || all[0].Reason != "too_late" || len(s.carrier.got) > 0 {
		t.Errorf("%+v (%v)", all, err)
	}
}

func TestATestOfACampaignsTextNeverReachesWhoOptedOutOfThose(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: ann, Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Confirmed: true, Statement: data.Statement{Source: "phone call"}}); err != nil {
		t.Fatal(err)
	}
	foreseen, m := s.write(store.Direct{Phone: ann, Kind: data.Notice, About: data.Marketing, Body: "20% off frames", Asked: s.Now()})
	if foreseen != rules.CodeOptedOut || m.State != data.Blocked || len(s.carrier.got) > 0 {
		t.Errorf("foreseen %q, message %+v", foreseen, m)
	}
	// An answer to their own question is no offer.
	if foreseen, m = s.write(store.Direct{Phone: ann, Kind: data.Notice, Body: "Yes, until 18:00.", Asked: s.Now()}); foreseen != "" || m.State != data.Accepted {
		t.Errorf("foreseen %q, message %+v", foreseen, m)
	}
}

func TestWhatIsWrittenInPracticeNeverGoesOutForRealNorTheOtherWayRound(t *testing.T) {
	for _, names := range [][2]string{{"practice", "twilio"}, {"twilio", "practice"}} {
		s := newShop(t)
		s.people(person(0))
		if err := s.SetProvider(t.Context(), names[0], nil); err != nil {
			t.Fatal(err)
		}
		id, err := s.QueueDirect(t.Context(), store.Direct{Phone: ann, Kind: data.Notice, Body: "16:15 is free."})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetProvider(t.Context(), names[1], nil); err != nil {
			t.Fatal(err)
		}
		s.carrier.name = names[1]
		s.open()
		s.pass()
		m, err := s.Messages(t.Context(), store.MessageFilter{After: id - 1})
		if err != nil || len(m) != 1 || m[0].State != data.MsgCancelled || m[0].Reason != "provider_changed" || len(s.carrier.got) > 0 {
			t.Errorf("from %s to %s: %+v (%v)", names[0], names[1], m, err)
		}
	}
}

func TestAQuestionAskedInPracticeIsNoConsentToARealAnswer(t *testing.T) {
	s := newShop(t)
	s.reply(0, "Do you repair frames?")
	thread, err := s.Thread(t.Context(), ann, 0)
	if err != nil || thread.Asked == 0 {
		t.Fatalf("asked %v (%v)", thread.Asked, err)
	}
	if err := s.SetProvider(t.Context(), "twilio", nil); err != nil {
		t.Fatal(err)
	}
	if thread, err = s.Thread(t.Context(), ann, 0); err != nil || thread.Asked != 0 || len(thread.Items) != 1 {
		t.Errorf("asked %v, %d texts (%v)", thread.Asked, len(thread.Items), err)
	}
}

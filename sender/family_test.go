package sender

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
)

const family = data.Phone("+15035550100")

func TestAFamilyOnOnePhoneGetsOneTextForEachStepAndEachVisitItsOwnState(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00", "Cora 2026-11-25T10:45 +15035550101")
	s.pass()
	s.move(35 * time.Minute) // Ann's day before
	s.pass()
	s.move(time.Hour) // Ben's own would have come
	s.pass()
	if len(s.carrier.got) != 2 {
		t.Fatalf("%+v", s.carrier.got)
	}
	if body := s.carrier.got[0].Body; !strings.HasPrefix(body, "Ann and Ben, see you at Lark Optical on Wed 25 Nov at 10:30 am (Ann) and 11:00 am (Ben).") {
		t.Errorf("the text is %q", body)
	}
	if v := s.visits(); v["Ann"] != data.Reminded || v["Ben"] != data.Reminded || v["Cora"] != data.Reminded {
		t.Errorf("%v", v)
	}
	merged := 0
	all, err := s.Messages(t.Context(), store.MessageFilter{Phone: family})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Step == "1d" && m.State == data.MsgCancelled && m.Reason == "merged" {
			merged++
		}
	}
	if merged != 1 {
		t.Errorf("%d reminders were merged: %+v", merged, all)
	}
}

func TestAYesToAFamilysTextConfirmsAllAndANoIsAskedAbout(t *testing.T) {
	for answer, want := range map[string]struct {
		state  data.AppointmentState
		review int
	}{"1": {data.Confirmed, 0}, "2": {data.UnclearReply, 1}, "who are you?": {data.UnclearReply, 1}} {
		s := newShop(t)
		s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00")
		s.pass()
		s.move(35 * time.Minute)
		s.pass()
		s.reply(0, answer)
		if v := s.visits(); v["Ann"] != want.state || v["Ben"] != want.state || s.toReview() != want.review {
			t.Errorf("%q: %v, %d to review", answer, v, s.toReview())
		}
	}
}

func TestAVisitThatIsMovedAfterTheFamilysTextGetsAReminderOfItsOwn(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00")
	s.pass()
	s.move(35 * time.Minute)
	s.pass()
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T16:00")
	s.pass()
	s.move(7 * time.Hour)
	s.pass()
	last := s.carrier.got[len(s.carrier.got)-1]
	if len(s.carrier.got) != 2 || !strings.HasPrefix(last.Body, "Ben,") || !strings.Contains(last.Body, "4:00 pm") {
		t.Errorf("%+v", s.carrier.got)
	}
	s.reply(0, "1") // to the last text, which names Ben alone
	if v := s.visits(); v["Ben"] != data.Confirmed || v["Ann"] != data.Reminded {
		t.Errorf("%v", v)
	}
}

func TestOnTheDayItselfATextNamesOnlyWhatFollowsSoon(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-24T14:00", "Ben 2026-11-24T15:00", "Cora 2026-11-24T19:00")
	for range 20 {
		s.pass()
		s.move(30 * time.Minute)
	}
	var bodies []string
	for _, g := range s.carrier.got {
		who, _, _ := strings.Cut(g.Body, ", see")
		bodies = append(bodies, who)
	}
	if got := strings.Join(bodies, "; "); got != "Ann, Ben and Cora; Ann and Ben; Cora" { // what was missed of the day before, then the two hours
		t.Errorf("%s", got)
	}
}

func TestAFamilysTextThatCouldntGoNamesThemAgainWhenItCan(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00")
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.NotSent, Class: data.ClassTemporary}
	}
	s.pass()
	s.move(35 * time.Minute)
	s.pass()
	if v := s.visits(); v["Ann"] != data.Booked || v["Ben"] != data.Booked {
		t.Fatalf("nothing went, and yet %v", v)
	}
	s.carrier.answer = nil
	for range 60 {
		s.move(time.Minute)
		s.pass()
	}
	if len(s.carrier.got) != 1 || !strings.HasPrefix(s.carrier.got[0].Body, "Ann and Ben,") {
		t.Errorf("%+v", s.carrier.got)
	}
	if v := s.visits(); v["Ann"] != data.Reminded || v["Ben"] != data.Reminded {
		t.Errorf("%v", v)
	}
}

func TestNobodyIsRemindedTwiceWhenNobodyKnowsWhetherTheFamilysTextWent(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00")
	s.carrier.answer = func(provider.Text) provider.Outcome { return provider.Outcome{State: provider.Unknown} }
	s.pass()
	s.move(35 * time.Minute)
	s.pass()
	s.carrier.answer = nil
	for range 120 {
		s.move(time.Minute)
		s.pass()
	}
	if n := len(s.carrier.got); n != 1 {
		t.Errorf("%d texts: %+v", n, s.carrier.got)
	}
}

func TestALongFamilyGetsItsTextsFourAtATime(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T10:30", "Cora 2026-11-25T10:30", "Dan 2026-11-25T10:30", "Eve 2026-11-25T10:30")
	s.move(35 * time.Minute)
	for range 10 {
		s.pass()
		s.move(time.Minute)
	}
	if len(s.carrier.got) != 2 || !strings.HasPrefix(s.carrier.got[0].Body, "Ann, Ben, Cora and Dan,") || !strings.HasPrefix(s.carrier.got[1].Body, "Eve,") {
		t.Errorf("%+v", s.carrier.got)
	}
}

// Between the writing of a text and its hand-over somebody at the desk may cancel one of the visits that it names.
func TestAFamilysTextIsWrittenAnewWhenAVisitInItIsCancelledAtThatMoment(t *testing.T) {
	s := newShop(t)
	s.book(family, "Ann 2026-11-25T10:30", "Ben 2026-11-25T11:00")
	s.pass()
	s.move(35 * time.Minute)
	claimed, err := s.Claim(t.Context(), 10, time.Minute)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %+v (%v)", claimed, err)
	}
	drafts, err := s.engine.Drafts(t.Context(), claimed)
	if err != nil || len(drafts[0].Visits) != 1 {
		t.Fatalf("drafts %+v (%v)", drafts, err)
	}
	if err := s.CancelAppointment(t.Context(), drafts[0].Visits[0].ID); err != nil {
		t.Fatal(err)
	}
	m := drafts[0].Message
	m.State = data.Sending
	if attempts, err := s.CommitAttempts(t.Context(), []store.Decided{{Message: m, Visits: drafts[0].Visits}}); err != nil || len(attempts) != 0 {
		t.Fatalf("a text that names a cancelled visit goes out: %v (%v)", attempts, err)
	}
	s.pass()
	if len(s.carrier.got) != 1 || !strings.HasPrefix(s.carrier.got[0].Body, "Ann, see you") || strings.Contains(s.carrier.got[0].Body, "Ben") {
		t.Errorf("%+v", s.carrier.got)
	}
}

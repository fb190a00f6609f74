package sender

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
)

func TestACampaignReachesEverybodyOnceWithBrandCodeAndOptOut(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1), person(2))
	id := s.sent(s.draft("Hi {first_name|there}, {offer} until {expires}: {code}"))
	s.pass()
	s.pass()
	if len(s.carrier.got) != 3 {
		t.Fatalf("%d texts went out", len(s.carrier.got))
	}
	codes := map[string]bool{}
	for _, text := range s.carrier.got {
		b := text.Body
		if !strings.HasPrefix(b, "Lark Optical: Hi Ann, 20% off until 1 Dec: ") || !strings.HasSuffix(b, "Reply STOP to opt out") {
			t.Errorf("the text reads %q", b)
		}
		codes[b] = true
	}
	if len(codes) != 3 {
		t.Error("two people got the same code")
	}
	if f := s.funnel(id); f.Sent != 3 || f.Audience != 3 {
		t.Errorf("funnel %+v", f)
	}
	if c, err := s.Campaign(t.Context(), id); err != nil || c.State != data.Done {
		t.Errorf("the campaign is %s (%v)", c.State, err)
	}
}

func TestNobodyGetsATextWithoutTheConsentThatTheirCountryAsksFor(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.agreed(data.ConsentAnswer{}, person(1))
	s.agreed(data.ConsentAnswer{Scopes: []data.Scope{data.ScopeMarketing}, Basis: data.Express}, person(2)) // the US asks for writing
	s.agreed(data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}, person(3))
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if len(s.carrier.got) != 1 || s.carrier.got[0].To != "+15035550100" {
		t.Errorf("texts went to %+v", s.carrier.got)
	}
	if f := s.funnel(id); f.Blocked != 3 || f.Sent != 1 {
		t.Errorf("funnel %+v", f)
	}
	why, err := s.ReasonCounts(t.Context(), id, data.Blocked)
	if err != nil || why["no_consent"] != 2 || why["basis_not_accepted"] != 1 {
		t.Errorf("reasons %v (%v)", why, err)
	}
}

func TestQuietHoursHoldATextUntilTheRecipientsOwnMorning(t *testing.T) {
	s := newShop(t)
	s.people(person(0), somebody("+12025550100", 1)) // Portland, Washington
	s.move(12 * time.Hour)                           // 22:00 in Portland, 01:00 in Washington
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if f := s.funnel(id); f.Held != 2 || len(s.carrier.got) != 0 {
		t.Fatalf("funnel %+v, %d texts", f, len(s.carrier.got))
	}
	next, err := s.NextDue(t.Context())
	if err != nil || next.String() != "2026-11-25T13:00:00.000Z" { // 08:00 in Washington
		t.Errorf("next at %s (%v)", next, err)
	}
	s.move(next.Sub(s.Now()))
	s.pass()
	if len(s.carrier.got) != 1 || s.carrier.got[0].To != "+12025550100" {
		t.Errorf("at eight in Washington: %+v", s.carrier.got)
	}
	s.move(3 * time.Hour)
	s.pass()
	if f := s.funnel(id); f.Sent != 2 || f.Held != 0 {
		t.Errorf("in the end: %+v", f)
	}
}

func TestAnOptOutBeforeSendingStopsTheText(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	id := s.sent(s.draft("Hi, {code}"))
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: "+15035550100", Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true}); err != nil {
		t.Fatal(err)
	}
	s.pass()
	if f := s.funnel(id); f.Sent != 1 || f.Blocked != 1 {
		t.Errorf("funnel %+v", f)
	}
}

func TestWhatCantBeKnownIsUnknownAndNeverSentAgain(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.Unknown, Class: data.ClassTemporary}
	}
	id := s.sent(s.draft("Hi, {code}"))
	for range 5 {
		s.pass()
		s.move(24 * time.Hour)
	}
	if f := s.funnel(id); len(s.carrier.got) != 1 || f.Unknown != 1 {
		t.Errorf("%d hand-overs, funnel %+v", len(s.carrier.got), f)
	}
}

func TestAnAnswerThatTheProviderForgetsIsUnknown(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	s.carrier.answer = func(x provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.Accepted, ProviderID: "x"}
	}
	s.engine = New(Needs{Store: s.Store, Provider: forgetful{s.carrier}})
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if f := s.funnel(id); f.Unknown != 1 || f.Sent != 1 {
		t.Errorf("funnel %+v", f)
	}
}

// forgetful answers for the first of a batch alone.
type forgetful struct{ *carrier }

func (f forgetful) Send(ctx context.Context, batch []provider.Text) []provider.Outcome {
	return f.carrier.Send(ctx, batch)[:1]
}

func TestWithoutANetworkTextsWaitAndGoOutLater(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	down := true
	s.carrier.answer = func(provider.Text) provider.Outcome {
		if down {
			return provider.Outcome{State: provider.NotSent, Class: data.ClassTemporary}
		}
		return provider.Outcome{State: provider.Accepted, ProviderID: "x"}
	}
	id := s.sent(s.draft("Hi, {code}"))
	if sum := s.pass(); data.CodeOf(sum.Trouble) != data.ProviderDown {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	if f := s.funnel(id); f.Held != 1 {
		t.Errorf("funnel %+v", f)
	}
	s.pass() // not before its time
	down = false
	s.move(time.Minute)
	s.pass()
	if f := s.funnel(id); f.Sent != 1 || len(s.carrier.got) != 1 {
		t.Errorf("funnel %+v, %d texts", f, len(s.carrier.got))
	}
}

func TestAWrongCredentialPausesTheCampaignAndNothingIsLost(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	wrong := true
	s.carrier.answer = func(provider.Text) provider.Outcome {
		if wrong {
			return provider.Outcome{State: provider.Rejected, Class: data.ClassAuth, Code: "20003"}
		}
		return provider.Outcome{State: provider.Accepted, ProviderID: "x"}
	}
	id := s.sent(s.draft("Hi, {code}"))
	if sum := s.pass(); data.CodeOf(sum.Trouble) != data.Credentials {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	c, err := s.Campaign(t.Context(), id)
	if err != nil || c.State != data.Paused || c.Reason != "auth" {
		t.Errorf("the campaign is %s, %s (%v)", c.State, c.Reason, err)
	}
	wrong = false
	s.move(time.Hour)
	s.pass()
	if f := s.funnel(id); f.Sent != 0 || f.Held != 2 {
		t.Errorf("while paused: %+v", f)
	}
	if err := s.SetCampaignState(t.Context(), id, data.Running, "", data.Paused); err != nil {
		t.Fatal(err)
	}
	s.pass()
	if f := s.funnel(id); f.Sent != 2 {
		t.Errorf("after resuming: %+v", f)
	}
}

func TestAStopAtTheProviderBecomesAnOptOutHere(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.Rejected, Class: data.ClassOptedOut, Code: "21610"}
	}
	s.sent(s.draft("Hi, {code}"))
	s.pass()
	p, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
	if err != nil || !p["+15035550100"].Closed {
		t.Errorf("%+v (%v)", p, err)
	}
}

func TestManyRejectionsInARowPauseTheCampaign(t *testing.T) {
	s := newShop(t)
	var rows []data.ImportRow
	for i := range 60 {
		rows = append(rows, person(i))
	}
	s.people(rows...)
	s.carrier.caps.MaxBatch = 5
	s.open()
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.Rejected, Class: data.ClassContent}
	}
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	c, err := s.Campaign(t.Context(), id)
	if err != nil || c.State != data.Paused || c.Reason != "rejected_in_a_row" {
		t.Errorf("the campaign is %s, %s (%v)", c.State, c.Reason, err)
	}
	if f := s.funnel(id); f.Rejected != 20 || f.Waiting != 40 {
		t.Errorf("funnel %+v", f)
	}
}

func TestStoppedCampaignsSendNothingMore(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	c := s.draft("Hi, {code}")
	c.At = s.Now().Add(time.Hour)
	id := s.sent(c)
	s.pass()
	if len(s.carrier.got) != 0 {
		t.Error("texts went out before their time")
	}
	if n, err := s.StopCampaign(t.Context(), id); err != nil || n != 2 {
		t.Errorf("%d stopped (%v)", n, err)
	}
	s.move(2 * time.Hour)
	s.pass()
	if f := s.funnel(id); len(s.carrier.got) != 0 || f.Cancelled != 2 {
		t.Errorf("funnel %+v", f)
	}
}

func TestRealProvidersNeverGetNumbersReservedForFiction(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.caps.Practice = false
	s.open()
	c := s.draft("Hi, {code}")
	if err := s.engine.Campaigns().Create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := s.engine.Campaigns().Send(t.Context(), c.ID, 0); data.CodeOf(err) != "nobody" {
		t.Errorf("%v", err)
	}
	// Also one that was queued while Practice was chosen.
	s.carrier.caps.Practice = true
	s.open()
	id := s.sent(s.draft("Hi, {code}"))
	s.carrier.caps.Practice = false
	s.open()
	s.pass()
	if f := s.funnel(id); len(s.carrier.got) != 0 || f.Blocked != 1 {
		t.Errorf("funnel %+v", f)
	}
}

func TestAnInterruptedHandOverIsUnknownAfterTheRestart(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	s.carrier.before = func() { panic("the power fails") }
	id := s.sent(s.draft("Hi, {code}"))
	func() {
		defer func() { _ = recover() }()
		s.pass()
	}()
	s.carrier.before = nil
	s.open()
	if err := s.engine.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.pass()
	if f := s.funnel(id); f.Unknown != 1 || len(s.carrier.got) != 0 {
		t.Errorf("funnel %+v, %d texts", f, len(s.carrier.got))
	}
	all, err := s.Messages(t.Context(), store.MessageFilter{State: data.Unknown})
	if err != nil || len(all) != 1 || all[0].Reason != "interrupted" || all[0].Attempts != 1 {
		t.Errorf("%+v (%v)", all, err)
	}
}

func TestOneEngineAProfile(t *testing.T) {
	s := newShop(t)
	if err := s.engine.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := New(Needs{Store: s.Store, Provider: s.carrier})
	if err := other.Start(t.Context()); !errors.Is(err, ErrElsewhere) {
		t.Errorf("a second engine started: %v", err)
	}
	if err := s.engine.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := other.Start(t.Context()); err != nil {
		t.Errorf("after the first ended: %v", err)
	}
}

func TestDeliveryStatesArrive(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	s.carrier.news = map[string]data.MessageState{"id-cb-1": data.Delivered, "id-cb-2": data.Undelivered}
	s.move(time.Minute)
	s.pass()
	if f := s.funnel(id); f.Sent != 2 || f.Delivered != 1 || f.Undelivered != 1 {
		t.Errorf("funnel %+v", f)
	}
}

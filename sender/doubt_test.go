package sender

import (
	"context"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
)

// recalling is a provider that can be asked about texts by our own reference.
type recalling struct {
	*carrier
	by map[data.Phone]data.MessageState
}

func (r recalling) Statuses(_ context.Context, sent []provider.Sent) ([]provider.Status, error) {
	var out []provider.Status
	for _, s := range sent {
		if st, ok := r.by[s.To]; ok && s.Ref != "" {
			out = append(out, provider.Status{ProviderID: s.ProviderID, Ref: s.Ref, To: s.To, State: st})
		}
	}
	return out, nil
}

func TestAskingTheProviderClearsUpWhatItKnowsAndSendsNothing(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1), person(2), person(3))
	s.carrier.answer = func(provider.Text) provider.Outcome { return provider.Outcome{State: provider.Unknown} }
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	all, err := s.Messages(t.Context(), store.MessageFilter{Campaign: id, State: data.Unknown})
	if err != nil || len(all) != 4 {
		t.Fatalf("%d in doubt (%v)", len(all), err)
	}
	if sum, err := s.engine.AskAbout(t.Context(), id); err != nil || sum != (Inquiry{NoWay: 4}) {
		t.Errorf("without any reference of theirs: %+v (%v)", sum, err)
	}
	s.carrier.caps.AskByRef = true
	s.engine = New(Needs{Store: s.Store, Provider: recalling{s.carrier, map[data.Phone]data.MessageState{all[0].To: data.Delivered, all[1].To: data.Undelivered, all[2].To: data.Accepted}}})
	doubts, err := s.Doubts(t.Context(), id, "practice", 0, 10)
	if err != nil || !s.engine.CanAsk(doubts) {
		t.Fatalf("it can't be asked (%v)", err)
	}
	sum, err := s.engine.AskAbout(t.Context(), id)
	if err != nil || sum != (Inquiry{Asked: 4, Arrived: 1, Failed: 1, Open: 2}) {
		t.Errorf("%+v (%v)", sum, err)
	}
	if f := s.funnel(id); f.Delivered != 1 || f.Undelivered != 1 || f.Unknown != 2 || len(s.carrier.got) != 4 {
		t.Errorf("%d hand-overs, funnel %+v", len(s.carrier.got), f)
	}
}

func TestATextInDoubtGoesAgainByTheRulesOfThatMoment(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	s.carrier.answer = func(provider.Text) provider.Outcome { return provider.Outcome{State: provider.Unknown} }
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	s.carrier.answer = nil
	all, err := s.Messages(t.Context(), store.MessageFilter{Campaign: id, State: data.Unknown})
	if err != nil || len(all) != 2 {
		t.Fatal(len(all), err)
	}
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: all[0].To, Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "spoken", Source: "at the counter"}}); err != nil {
		t.Fatal(err)
	}
	if n, err := s.ResolveUnknown(t.Context(), []data.MessageID{all[0].ID, all[1].ID}, store.SendAgain, "Dana"); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	s.pass()
	if f := s.funnel(id); f.Blocked != 1 || f.Sent != 1 || len(s.carrier.got) != 3 {
		t.Errorf("%d hand-overs, funnel %+v", len(s.carrier.got), f)
	}
	if a, b := s.carrier.got[len(s.carrier.got)-1], s.carrier.got[0]; a.Ref == b.Ref || a.Ref == s.carrier.got[1].Ref {
		t.Errorf("the new attempt has the old reference %s", a.Ref)
	}
}

func TestTheLinksOfACampaignGivenFreeMeanwhileArePublishedBeforeItsTextsGo(t *testing.T) {
	s := newShop(t)
	s.crowd(2)
	links, err := OpenLinks(t.Context(), s.Store, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = links.Close() })
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Links: links})
	s.sent(s.draft("Hello, {code}"))
	var linked data.CampaignID
	s.carrier.before = func() {
		s.carrier.before = nil
		linked = s.sent(s.draft("Hi, {code} {link}"))
	}
	s.pass()
	if f := s.funnel(linked); f.Sent != 2 {
		t.Errorf("%+v", f)
	}
	s.carrier.mu.Lock()
	defer s.carrier.mu.Unlock()
	if n := len(s.carrier.got); n != 4 {
		t.Errorf("%d hand-overs", n)
	}
}

package sender

import (
	"testing"

	"counterbell/data"
)

// otherCarrier is the same carrier under another name.
type otherCarrier struct{ *carrier }

func (otherCarrier) Name() string { return "another" }

// A campaign that was set going as practice is never sent for real: when the provider is switched, it pauses, and goes on
// when the provider is back.
func TestACampaignUnderWayPausesWhenTheProviderIsSwitched(t *testing.T) {
	s := newShop(t)
	s.people(person(1), person(2))
	id := s.sent(s.draft("Hi {first_name}, {offer}: {code}"))
	s.engine = New(Needs{Store: s.Store, Provider: otherCarrier{s.carrier}})
	s.pass()
	s.pass()
	c, err := s.Campaign(t.Context(), id)
	if err != nil || c.State != data.Paused || c.Reason != "provider_changed" || len(s.carrier.got) != 0 {
		t.Fatalf("%s %q, %d texts went out (%v)", c.State, c.Reason, len(s.carrier.got), err)
	}
	if err := s.engine.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.open()
	if err := s.SetCampaignState(t.Context(), id, data.Running, "", data.Paused); err != nil {
		t.Fatal(err)
	}
	if sum := s.pass(); sum.Accepted != 2 {
		t.Errorf("back with the first provider: %+v", sum)
	}
}

// Another provider may be chosen with bell beside the window. Until the engine is opened anew it leaves alone what was made
// for the new one.
func TestAnEngineThatWasOvertakenJudgesNothing(t *testing.T) {
	s := newShop(t)
	s.people(person(1), person(2))
	id := s.sent(s.draft("Hi {first_name}, {offer}: {code}"))
	if err := s.SetProvider(t.Context(), s.carrier.Name(), map[string]string{}); err != nil {
		t.Fatal(err)
	}
	s.engine = New(Needs{Store: s.Store, Provider: otherCarrier{s.carrier}, Chosen: true})
	s.pass()
	if c, err := s.Campaign(t.Context(), id); err != nil || c.State == data.Paused || len(s.carrier.got) != 0 {
		t.Fatalf("%s %q, %d texts went out (%v)", c.State, c.Reason, len(s.carrier.got), err)
	}
	if err := s.engine.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Chosen: true})
	if sum := s.pass(); sum.Accepted != 2 {
		t.Errorf("opened anew: %+v", sum)
	}
}

package sender

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
)

// People answer the number that wrote to them, whichever provider the shop has by then.
func TestAFormerProvidersNewsAndOptOutsStillArrive(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	s.carrier.name = "twilio"
	s.open()
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if f := s.funnel(id); f.Sent != 2 {
		t.Fatalf("funnel %+v", f)
	}
	old := s.carrier
	s.carrier = &carrier{caps: old.caps}
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Former: []provider.Provider{old}})
	s.move(time.Minute)
	old.news = map[string]data.MessageState{"id-cb-1": data.Delivered, "id-cb-2": data.Delivered}
	old.inbound = []provider.Inbound{{ID: "1", From: "+15035550100", Text: "STOP", At: s.Now()}}
	s.pass()
	if f := s.funnel(id); f.Delivered != 2 {
		t.Errorf("what the former provider knows doesn't arrive: %+v", f)
	}
	stand, err := s.Permissions(t.Context(), data.ScopeMarketing, []data.Phone{"+15035550100"})
	if err != nil || !stand["+15035550100"].Closed {
		t.Errorf("a STOP to the former provider: %+v (%v)", stand, err)
	}
}

func TestTheProvidersThatWereGivenUpAreRemembered(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{"twilio", "uspeedo", "practice"} {
		if err := s.SetProvider(t.Context(), name, nil); err != nil {
			t.Fatal(err)
		}
		s.move(time.Hour)
	}
	if left, err := s.FormerProviders(t.Context(), 0); err != nil || len(left) != 2 || left[0] != "twilio" {
		t.Errorf("given up: %v (%v)", left, err)
	}
	if left, err := s.FormerProviders(t.Context(), s.Now()); err != nil || len(left) != 0 {
		t.Errorf("long ago: %v (%v)", left, err)
	}
}

package store

import (
	"testing"

	"counterbell/data"
)

func TestAPriceThatIsTakenAwayIsNotKnownAnyMore(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	if err := s.SetPrices(ctx, "twilio", []Price{
		{Country: "", Kind: "", Micros: 10_000, Currency: "USD"}, {Country: "US", Kind: data.Marketing, Micros: 7_900, Currency: "USD"},
	}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Price(ctx, "twilio", "US", data.Marketing); err != nil || c.Micros != 7_900 {
		t.Errorf("%+v %v", c, err)
	}
	if err := s.SetPrices(ctx, "twilio", []Price{{Country: "GB", Kind: "", Micros: 0, Currency: "GBP"}}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Price(ctx, "twilio", "US", data.Marketing); err != nil || c.Known {
		t.Errorf("the price is still known: %+v %v", c, err)
	}
	if c, err := s.Price(ctx, "twilio", "GB", data.Marketing); err != nil || !c.Known || c.Micros != 0 {
		t.Errorf("nought is a price: %+v %v", c, err)
	}
	all, err := s.Prices(ctx, "twilio")
	if err != nil || len(all) != 1 || all[0].Currency != "GBP" {
		t.Errorf("%+v %v", all, err)
	}
}

func TestTheStaffHoldsWhoSitsHere(t *testing.T) {
	s, _ := newStore(t)
	b, err := s.Business(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.Person, b.Till = "Dana", "Till 1"
	if err := s.SetBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := s.SetStaff(t.Context(), data.Staff{People: []string{"Ann"}, Tills: []string{"Till 1", "Till 2"}}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Staff(t.Context())
	if err != nil || len(got.People) != 2 || got.People[1] != "Dana" || len(got.Tills) != 2 {
		t.Errorf("%+v %v", got, err)
	}
}

package store

import (
	"testing"

	"counterbell/data"
)

// handOut gives the first two people of people(2) a coupon each, and returns their codes.
func handOut(t *testing.T, s *Store, title string, o data.Offer, codes ...string) []string {
	t.Helper()
	o.Title = title
	c := data.Campaign{Name: title + " week", Kind: data.Marketing, Offer: &o, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
	if err := s.CreateCampaign(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	var audience []FrozenMessage
	for i, seven := range codes {
		for _, last := range "23456789ACDEFGHJKMNPQRSTVWXYZ" {
			if _, err := data.ReadCode(seven + string(last)); err == nil {
				codes[i] = seven + string(last)
			}
		}
		who, err := s.ContactByPhone(t.Context(), fiction(i))
		if err != nil {
			t.Fatal(err)
		}
		audience = append(audience, FrozenMessage{Code: codes[i], Message: data.Message{Contact: who.ID, To: who.Phone, Kind: data.Marketing, State: data.Queued, Variant: "A", Token: "tok" + codes[i]}})
	}
	c.State = data.Running
	if err := s.Freeze(t.Context(), &c, audience); err != nil {
		t.Fatal(err)
	}
	return codes
}

func TestACouponIsFoundByItsOwnersNameGoodOnesFirst(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(2)...)
	late := handOut(t, s, "Late", data.Offer{Kind: data.Gift, Uses: 1, ValidTo: "2030-12-31"}, "2222222", "2222223")
	over := handOut(t, s, "Over", data.Offer{Kind: data.Gift, Uses: 1, ValidTo: "2020-01-01"}, "3333332")
	soon := handOut(t, s, "Soon", data.Offer{Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2030-01-01"}, "4444442")
	ahead := handOut(t, s, "Ahead", data.Offer{Kind: data.Gift, Uses: 1, ValidFrom: "2030-01-01"}, "5555552")
	used := handOut(t, s, "Used", data.Offer{Kind: data.Gift, Uses: 1}, "6666662")
	if r, err := s.Redeem(t.Context(), RedeemRequest{Code: used[0], Till: "Till 1"}); err != nil || !r.OK {
		t.Fatal(err)
	}
	all, err := s.FindCoupons(t.Context(), "Number0", 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		code    string
		problem data.RedeemProblem
	}{{soon[0], ""}, {late[0], ""}, {used[0], data.CodeUsed}, {ahead[0], data.CodeNotYet}, {over[0], data.CodeExpired}}
	if len(all) != len(want) {
		t.Fatalf("found %d: %+v", len(all), all)
	}
	for i, w := range want {
		if all[i].Code != w.code || all[i].Problem != w.problem || all[i].Name != "Ann Number0" || all[i].Phone != fiction(0) {
			t.Errorf("%d: %+v, want %+v", i, all[i], w)
		}
	}
	if all[2].LastUse == 0 || all[2].Campaign != "Used week" || !all[0].Practice || all[0].Offer.Percent != 20 {
		t.Errorf("%+v", all[2])
	}
	for _, nothing := range []string{"", "  ", "zzz"} {
		if all, err := s.FindCoupons(t.Context(), nothing, 10); err != nil || len(all) > 0 {
			t.Errorf("%q finds %v (%v)", nothing, all, err)
		}
	}
}

func TestWhileSomebodyIsHereTheirOtherCouponsAndTheNextVisitShow(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(2)...)
	first := handOut(t, s, "First", data.Offer{Kind: data.Gift, Uses: 1}, "2222222", "2222223")
	other := handOut(t, s, "Other", data.Offer{Kind: data.Gift, Uses: 1, ValidTo: "2030-01-01"}, "3333332")
	handOut(t, s, "Over", data.Offer{Kind: data.Gift, Uses: 1, ValidTo: "2020-01-01"}, "4444442")
	visit := visitOn(t, s, fiction(0), 48)
	visitOn(t, s, fiction(0), 72)
	who, err := s.ContactByPhone(t.Context(), fiction(0))
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.WhileHere(t.Context(), who.ID, data.ShowCode(first[0]))
	if err != nil || len(p.Coupons) != 1 || p.Coupons[0].Code != other[0] || p.Visit == nil || p.Visit.ID != visit || p.Contact.Name != "Ann Number0" {
		t.Errorf("%+v (%v)", p, err)
	}
	if _, err := s.WhileHere(t.Context(), 9999, ""); data.CodeOf(err) != data.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}

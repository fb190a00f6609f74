package store

import (
	"testing"

	"counterbell/data"
)

func TestAPersonsPartOfTheLedgerIsCheckedForReal(t *testing.T) {
	s, clock := newStore(t)
	fill(t, s, 3)
	clock.move(1e9)
	record(t, s, stopped(fiction(1)))
	record(t, s, stopped(fiction(2)))
	for p, want := range map[int]int64{0: 1, 1: 2, 2: 2, 8: 0} {
		if c, err := s.VerifyConsentOf(t.Context(), fiction(p)); err != nil || !c.OK || c.Entries != want {
			t.Errorf("%d: %+v, %v", p, c, err)
		}
	}
	for _, c := range []struct{ sql, problem string }{
		{`UPDATE consent_person SET phone = '` + string(fiction(1)) + `' WHERE phone = '` + string(fiction(2)) + `' AND batch = (SELECT max(batch) FROM consent)`, "people changed"},
		{`UPDATE consent_statement SET body = replace(body, 'STOP', 'stop') WHERE seq = 2`, "statement changed"},
	} {
		if _, err := s.write.Exec(c.sql); err != nil {
			t.Fatal(err)
		}
		if got, err := s.VerifyConsentOf(t.Context(), fiction(1)); err != nil || got.OK || got.Problem == "" {
			t.Errorf("after %s: %+v, %v", c.sql, got, err)
		}
	}
	if got, err := s.VerifyConsentOf(t.Context(), fiction(0)); err != nil || !got.OK {
		t.Errorf("somebody else's part: %+v, %v", got, err)
	}
}

func TestEverythingKeptAboutAPersonIsListed(t *testing.T) {
	s, _ := newStore(t)
	ids := fill(t, s, 2)
	offer := data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1}
	c := data.Campaign{Name: "November", Kind: data.Marketing, Offer: &offer, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "{code}"}}}
	if err := s.CreateCampaign(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	c.State = data.Running
	const code = "7K74QMPX"
	if err := s.Freeze(t.Context(), &c, []FrozenMessage{{Code: code, Message: data.Message{Contact: ids[0], To: fiction(0), Kind: data.Marketing, State: data.Queued, Variant: "A", Token: "token000001"}}}); err != nil {
		t.Fatal(err)
	}
	coupons, err := s.CouponsOf(t.Context(), ids[0], 10)
	if err != nil || len(coupons) != 1 || coupons[0].Offer.Title != "20% off" || coupons[0].Redeemed != 0 {
		t.Fatalf("%+v, %v", coupons, err)
	}
	if _, err := s.StoreReplies(t.Context(), "practice", []Reply{{Inbound: data.Inbound{Provider: "practice", ProviderID: "1", From: fiction(0), Text: "Thanks", At: s.Now(), Reply: data.ReplyOther}}}, ""); err != nil {
		t.Fatal(err)
	}
	texts, err := s.ExchangesOf(t.Context(), fiction(0), 10)
	if err != nil || len(texts) != 2 {
		t.Fatalf("%+v, %v", texts, err)
	}
	for _, x := range texts {
		if x.FromThem != (x.Text == "Thanks") || !x.FromThem && x.Campaign != "November" {
			t.Errorf("%+v", x)
		}
	}
	if other, err := s.ExchangesOf(t.Context(), fiction(1), 10); len(other) != 0 || err != nil {
		t.Errorf("%+v, %v", other, err)
	}
	if visits, err := s.AppointmentsOf(t.Context(), fiction(0), 10); len(visits) != 0 || err != nil {
		t.Errorf("%+v, %v", visits, err)
	}
}

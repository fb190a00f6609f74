package store

import (
	"testing"
	"time"

	"counterbell/data"
)

func draft(t *testing.T, s *Store) *data.Campaign {
	t.Helper()
	c := &data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, Group: "all", GroupName: "all", State: data.Draft, Provider: "practice", Practice: true,
		Offer:    &data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1},
		Variants: []data.Variant{{Name: "A", Text: "Hi"}, {Name: "B", Text: "Hello"}}, Goal: data.GoalSales, Target: 250_000, Form: `{"a":1}`,
	}
	if err := s.CreateCampaign(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestADraftIsKeptAsItWasLeft(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	c := draft(t, s)
	first := c.Offer.ID
	clock.move(time.Minute)
	c.Name, c.Group, c.GroupName, c.Local = "Lens week", "tag = vip", "VIP", "2026-12-01T10:00"
	c.Variants = []data.Variant{{Name: "A", Text: "Hi {first_name|there}"}}
	c.Offer = &data.Offer{Title: "A case", Kind: data.Gift, Uses: 2, Minimum: 5000, ValidTo: "2026-12-24"}
	c.Goal, c.Target, c.Form, c.Reason = data.GoalVisits, 40, `{"a":2}`, data.Unfinished
	if err := s.UpdateDraft(ctx, c); err != nil {
		t.Fatal(err)
	}
	got, err := s.Campaign(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "Lens week" || got.Group != "tag = vip" || got.Local != c.Local || len(got.Variants) != 1 || got.Goal != data.GoalVisits || got.Target != 40 || got.Form != `{"a":2}` || got.Reason != data.Unfinished || got.SavedAt != s.Now() {
		t.Errorf("kept: %+v", got)
	}
	if got.Offer == nil || got.Offer.ID != first || *got.Offer != *c.Offer {
		t.Errorf("the offer is %+v, want %+v in the same place", got.Offer, c.Offer)
	}
	c.Offer = nil
	if err := s.UpdateDraft(ctx, c); err != nil {
		t.Fatal(err)
	}
	if got, err = s.Campaign(ctx, c.ID); err != nil || got.Offer != nil {
		t.Errorf("an offer that was taken out is still there: %+v (%v)", got.Offer, err)
	}
}

func TestWhatWasSentIsNoDraftAnyMore(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	c := draft(t, s)
	if err := s.SetCampaignState(ctx, c.ID, data.Running, "", data.Draft); err != nil {
		t.Fatal(err)
	}
	c.Name = "Another"
	for what, err := range map[string]error{"update": s.UpdateDraft(ctx, c), "delete": s.DeleteDraft(ctx, c.ID)} {
		if data.CodeOf(err) != "campaign_state" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.RenameCampaign(ctx, c.ID, "Glasses"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Campaign(ctx, c.ID); err != nil || got.Name != "Glasses" || len(got.Variants) != 2 {
		t.Errorf("%+v (%v)", got, err)
	}
}

func TestADeletedDraftLeavesNothing(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	c := draft(t, s)
	if err := s.DeleteDraft(ctx, c.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"campaign", "variant", "offer"} {
		var n int
		if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM `+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are left in %s (%v)", n, table, err)
		}
	}
	for what, err := range map[string]error{"delete": s.DeleteDraft(ctx, c.ID), "update": s.UpdateDraft(ctx, c), "rename": s.RenameCampaign(ctx, c.ID, "x")} {
		if data.CodeOf(err) != "campaign_unknown" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.RenameCampaign(ctx, c.ID, ""); data.CodeOf(err) != "campaign_name" {
		t.Errorf("no name: %v", err)
	}
}

func TestACampaignsFiguresAreThoseOfItsPeople(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	id := frozen(t, s, 5)
	n, err := s.Sending(ctx, id)
	if err != nil || n != (Sending{People: 5, Waiting: 5}) {
		t.Errorf("%+v (%v)", n, err)
	}
	for _, q := range []string{
		`UPDATE message SET state = 'delivered', accepted_at = 1 WHERE id IN (SELECT id FROM message ORDER BY id LIMIT 2)`,
		`UPDATE message SET state = 'blocked' WHERE id IN (SELECT id FROM message ORDER BY id DESC LIMIT 1)`,
		`UPDATE message SET token = 'tok' || id`,
		`INSERT INTO link (token, message_id) SELECT token, id FROM message`,
		`INSERT INTO open (relay, event_id, token, at, class) SELECT 'r', id, token, 1, 'human' FROM message ORDER BY id LIMIT 2`,
		`INSERT INTO open (relay, event_id, token, at, class) SELECT 'r', id + 100, token, 1, 'human' FROM message ORDER BY id LIMIT 1`,
		`INSERT INTO open (relay, event_id, token, at, class) SELECT 'r', id + 200, token, 1, 'preview' FROM message`,
		`INSERT INTO offer (id, title, kind, uses) VALUES (77, 'x', 'gift', 2)`,
		`INSERT INTO coupon (id, code, offer_id, contact_id, campaign_id) SELECT 500 + id, 'CODE' || id, 77, contact_id, campaign_id FROM message`,
		`INSERT INTO redemption (coupon_id, at, till, undone_at) SELECT id, 1, 'Till 1', 0 FROM coupon WHERE id > 500 ORDER BY id LIMIT 1`,
		`INSERT INTO redemption (coupon_id, at, till, undone_at) SELECT id, 1, 'Till 1', 0 FROM coupon WHERE id > 500 ORDER BY id LIMIT 1`,
		`INSERT INTO redemption (coupon_id, at, till, undone_at) SELECT id, 1, 'Till 1', 9 FROM coupon WHERE id > 500 ORDER BY id DESC LIMIT 1`,
	} {
		if _, err := s.write.ExecContext(ctx, q); err != nil {
			t.Fatal(q, err)
		}
	}
	if n, err = s.Sending(ctx, id); err != nil || n != (Sending{People: 5, Sent: 2, Waiting: 2}) {
		t.Errorf("%+v (%v)", n, err)
	}
	all, err := s.Responses(ctx)
	if err != nil || len(all) != 1 || all[id] != (Response{Opened: 2, Redeemed: 1}) {
		t.Errorf("%+v (%v)", all, err)
	}
}

func TestATextIsKeptUnderItsName(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	for _, x := range []SavedText{{Name: "Win back", Kind: data.Marketing, Text: "We miss you"}, {Name: "Hours", Kind: data.Notice, Text: "Open"}, {Name: "win BACK", Kind: data.Marketing, Text: "Come again"}} {
		clock.move(time.Second)
		if err := s.SaveText(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.SavedTexts(ctx)
	if err != nil || len(all) != 2 || all[0].Text != "Come again" || all[1].Name != "Hours" {
		t.Errorf("%+v (%v)", all, err)
	}
	if err := s.DeleteText(ctx, all[0].ID); err != nil {
		t.Fatal(err)
	}
	if all, err = s.SavedTexts(ctx); err != nil || len(all) != 1 || all[0].Name != "Hours" {
		t.Errorf("%+v (%v)", all, err)
	}
	for code, x := range map[data.Code]SavedText{"text_name": {Text: "x"}, "text_empty": {Name: "x"}} {
		if err := s.SaveText(ctx, x); data.CodeOf(err) != code {
			t.Errorf("%+v: %v", x, err)
		}
	}
}

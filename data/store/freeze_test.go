package store

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"counterbell/data"
)

// written counts the rows of what freezing writes.
func written(t *testing.T, s *Store) (messages, coupons, links int) {
	t.Helper()
	if err := s.read.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM coupon), (SELECT count(*) FROM link)`).Scan(&messages, &coupons, &links); err != nil {
		t.Fatal(err)
	}
	return messages, coupons, links
}

// drafted makes a draft and an audience of n people for it.
func drafted(t *testing.T, s *Store, n int) (*data.Campaign, []FrozenMessage) {
	t.Helper()
	c := &data.Campaign{Name: "Sunglasses week", Kind: data.Marketing, Offer: &data.Offer{Title: "x", Kind: data.Gift, Uses: 1}, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
	if err := s.CreateCampaign(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	audience := make([]FrozenMessage, n)
	for i := range audience {
		audience[i] = FrozenMessage{Message: data.Message{Contact: data.ContactID(i + 1), To: fiction(i), Kind: data.Marketing, State: data.Queued, Variant: "A", Token: string(fiction(i))}, Code: "22222222"}
	}
	return c, audience
}

func TestAnAudienceThatCantBeWrittenWholeLeavesADraftWithoutAny(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, 2*freezeAtOnce+10)
	audience[2*freezeAtOnce+5].Message.To = audience[7].Message.To // the same number twice, far behind
	c.State = data.Running
	if err := s.Freeze(t.Context(), c, audience); err == nil {
		t.Fatal("somebody gets it twice")
	}
	if m, k, l := written(t, s); m+k+l != 0 {
		t.Errorf("%d messages, %d coupons, %d links are left", m, k, l)
	}
	if now, err := s.Campaign(t.Context(), c.ID); err != nil || now.State != data.Draft || now.FrozenAt != 0 {
		t.Fatalf("the campaign is %+v (%v)", now, err)
	}
	audience[2*freezeAtOnce+5].Message.To = fiction(90_000)
	if err := s.Freeze(t.Context(), c, audience); err != nil {
		t.Fatal(err)
	}
	if m, k, l := written(t, s); m != len(audience) || k != m || l != m {
		t.Errorf("%d people: %d messages, %d coupons, %d links", len(audience), m, k, l)
	}
	if err := s.Freeze(t.Context(), c, audience); data.CodeOf(err) != "campaign_state" {
		t.Errorf("sent twice: %v", err)
	}
}

func TestWhatAKilledFreezeLeftIsNeverSentAndGoneAfterTheNextStart(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, 30)
	if err := s.updateUnseen(t.Context(), "freeze", func(tx *sql.Tx) error { return freezeSome(t.Context(), tx, c, audience[:20], s.Now()) }); err != nil {
		t.Fatal(err)
	}
	if claimed, err := s.Claim(t.Context(), 100, time.Minute); err != nil || len(claimed) != 0 {
		t.Fatalf("claimed %d of a draft (%v)", len(claimed), err)
	}
	if err := s.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, k, l := written(t, s); m+k+l != 0 {
		t.Errorf("%d messages, %d coupons, %d links are left", m, k, l)
	}
}

func TestACleaningUpLeavesAFreezeAloneThatIsUnderWay(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, 30)
	if _, err := s.Take(t.Context(), freezeLease(c.ID), s.Process()+".other", freezeFor); err != nil {
		t.Fatal(err)
	}
	if err := s.updateUnseen(t.Context(), "freeze", func(tx *sql.Tx) error { return freezeSome(t.Context(), tx, c, audience, s.Now()) }); err != nil {
		t.Fatal(err)
	}
	if err := s.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, _, _ := written(t, s); m != 30 {
		t.Errorf("%d of 30 are left", m)
	}
	c.State = data.Running
	if err := s.Freeze(t.Context(), c, audience); data.CodeOf(err) != data.Busy {
		t.Errorf("frozen by two at once: %v", err)
	}
}

func TestAFreezeThatSomebodyElseTookOverWritesNothingMoreAndLeavesTheirsAlone(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, freezeAtOnce+10)
	c.State = data.Running
	begun := false
	end := s.OnChange(func() { // as after a computer slept: the lease is another one's, who has begun anew
		if begun {
			return
		}
		begun = true
		write(t, s, `UPDATE lease SET holder = 'another', until = until + 60000 WHERE name = ?`, freezeLease(c.ID))
	})
	defer end()
	if err := s.Freeze(t.Context(), c, audience); data.CodeOf(err) != data.Busy {
		t.Errorf("%v", err)
	}
	if m, k, l := written(t, s); m != freezeAtOnce || k != m || l != m {
		t.Errorf("%d messages, %d coupons, %d links", m, k, l)
	}
	if now, err := s.Campaign(t.Context(), c.ID); err != nil || now.State != data.Draft {
		t.Errorf("the campaign is %+v (%v)", now, err)
	}
}

func TestACancelledFreezeLeavesNothing(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, freezeAtOnce+10)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	end := s.OnChange(func() {
		if n++; n == 1 {
			cancel()
		}
	})
	defer end()
	c.State = data.Running
	if err := s.Freeze(ctx, c, audience); err == nil {
		t.Fatal("it was frozen after all")
	}
	if m, k, l := written(t, s); m+k+l != 0 {
		t.Errorf("%d messages, %d coupons, %d links are left", m, k, l)
	}
}

func TestSendCanBeTakenBackUntilTheFirstTextGoesOut(t *testing.T) {
	s, clock := newStore(t)
	c, audience := drafted(t, s, 5)
	c.State, c.UndoUntil = data.UndoWindow, s.Now().Add(time.Minute)
	if err := s.Freeze(t.Context(), c, audience); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeBack(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if m, k, l := written(t, s); m+k+l != 0 {
		t.Errorf("%d messages, %d coupons, %d links are left", m, k, l)
	}
	now, err := s.Campaign(t.Context(), c.ID)
	if err != nil || now.State != data.Draft || now.SentAt != 0 || now.UndoUntil != 0 {
		t.Fatalf("taken back it is %+v (%v)", now, err)
	}
	c.UndoUntil = s.Now().Add(time.Minute)
	if err := s.Freeze(t.Context(), c, audience); err != nil {
		t.Fatal(err)
	}
	clock.move(2 * time.Minute)
	if err := s.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeBack(t.Context(), c.ID); data.CodeOf(err) != "campaign_state" {
		t.Errorf("a running campaign was taken back: %v", err)
	}
	if m, _, _ := written(t, s); m != 5 {
		t.Errorf("%d of 5 messages are left", m)
	}
}

func TestAPausedCampaignOfWhichSomethingWentOutCantBeTakenBack(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	if _, ok := commit(t, s, m); !ok {
		t.Fatal("it doesn't go out")
	}
	if err := s.SetCampaignState(t.Context(), m.Campaign, data.Paused, "by_user", data.Running); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeBack(t.Context(), m.Campaign); data.CodeOf(err) != "campaign_state" {
		t.Errorf("taken back: %v", err)
	}
}

func TestACampaignThatIsToComeShowsNoCouponsAtTheTillAndCanBeTakenBackThoughOneWasUsed(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(2)...)
	code := handOut(t, s, "Soon", data.Offer{Kind: data.Gift, Uses: 1}, "2222222", "2222223")[0]
	write(t, s, `UPDATE campaign SET state = 'scheduled', at = at + 86400000`)
	if found, err := s.FindCoupons(t.Context(), "Number0", 10); err != nil || len(found) != 0 {
		t.Errorf("found %+v (%v)", found, err)
	}
	if r, err := s.Redeem(t.Context(), RedeemRequest{Code: code, Till: "Till 1"}); err != nil || !r.OK {
		t.Fatalf("%+v (%v)", r, err)
	}
	if err := s.TakeBack(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if m, k, l := written(t, s); m != 0 || k != 1 || l != 0 {
		t.Errorf("%d messages, %d coupons, %d links are left", m, k, l)
	}
}

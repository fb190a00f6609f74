package store

import (
	"testing"
	"time"

	"counterbell/data"
)

// doubted hands one campaign message over and gets no answer.
func doubted(t *testing.T, s *Store) data.Message {
	t.Helper()
	m := claimOne(t, s)
	id, ok := commit(t, s, m)
	if !ok {
		t.Fatal("it doesn't go out")
	}
	if err := s.Settle(t.Context(), []Settlement{{Attempt: id, Message: m.ID, State: data.Unknown, Reason: "no_answer", Class: data.ClassUnknown}}); err != nil {
		t.Fatal(err)
	}
	return message(t, s)
}

func TestATextInDoubtThatArrivedCountsAsDeliveredAndItIsKeptWhoSaidSo(t *testing.T) {
	s, clock := newStore(t)
	m := doubted(t, s)
	handed := s.Now()
	clock.move(time.Hour)
	n, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, SaidArrived, "Dana")
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if now := message(t, s); now.State != data.Delivered || now.AcceptedAt != handed || now.DeliveredAt != handed || now.Reason != "" {
		t.Errorf("it is %+v", now)
	}
	who, err := s.CampaignPeople(t.Context(), []data.MessageID{m.ID})
	if err != nil || len(who) != 1 || who[0].Decided == nil || *who[0].Decided != (Resolution{SaidArrived, "Dana", s.Now()}) || who[0].Fate != FateDelivered {
		t.Errorf("%+v (%v)", who, err)
	}
	if n, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, SendAgain, "Dana"); err != nil || n != 0 {
		t.Errorf("what isn't in doubt any more was decided again: %d (%v)", n, err)
	}
	if _, err := s.write.ExecContext(t.Context(), `UPDATE resolution SET by = 'somebody else'`); err == nil {
		t.Error("who decided can be changed afterwards")
	}
}

func TestATextInDoubtGoesAgainOnlyWhenSomebodySaysSoAndAsANewAttempt(t *testing.T) {
	s, clock := newStore(t)
	m := doubted(t, s)
	if err := s.Tick(t.Context()); err != nil { // nothing is left to send
		t.Fatal(err)
	}
	clock.move(48 * time.Hour)
	if claimed, err := s.Claim(t.Context(), 10, time.Minute); err != nil || len(claimed) != 0 {
		t.Fatalf("it was claimed by itself (%v)", err)
	}
	if n, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, SendAgain, "Dana"); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if c, err := s.Campaign(t.Context(), m.Campaign); err != nil || c.State != data.Running || c.FinishedAt != 0 {
		t.Fatalf("the campaign is %+v (%v)", c, err)
	}
	if _, ok := commit(t, s, claim(t, s)); !ok {
		t.Fatal("it doesn't go out")
	}
	if now := message(t, s); now.Attempts != 2 || now.State != data.Sending {
		t.Errorf("it is %+v", now)
	}
	var attempts int
	if err := s.read.QueryRowContext(t.Context(), `SELECT count(*) FROM attempt WHERE message_id = ?`, m.ID).Scan(&attempts); err != nil || attempts != 2 {
		t.Errorf("%d attempts (%v)", attempts, err)
	}
}

func TestNothingOfAStoppedCampaignGoesAgain(t *testing.T) {
	s, _ := newStore(t)
	m := doubted(t, s)
	if _, err := s.StopCampaign(t.Context(), m.Campaign); err != nil {
		t.Fatal(err)
	}
	if n, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, SendAgain, "Dana"); data.CodeOf(err) != "campaign_state" || n != 0 {
		t.Errorf("%d (%v)", n, err)
	}
	if now := message(t, s); now.State != data.Unknown {
		t.Errorf("it is %s", now.State)
	}
	if n, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, SaidArrived, "Dana"); err != nil || n != 1 {
		t.Errorf("%d (%v)", n, err)
	}
	if _, err := s.ResolveUnknown(t.Context(), []data.MessageID{m.ID}, "maybe", "Dana"); data.CodeOf(err) != data.Invalid {
		t.Errorf("a choice that there isn't: %v", err)
	}
}

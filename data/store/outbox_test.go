package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

// claimOne freezes a campaign of one person, who is claimed.
func claimOne(t *testing.T, s *Store) data.Message {
	t.Helper()
	withCoupon(t, s, data.Offer{Title: "x", Kind: data.Gift, Uses: 1})
	return claim(t, s)
}

func claim(t *testing.T, s *Store) data.Message {
	t.Helper()
	claimed, err := s.Claim(t.Context(), 10, time.Minute)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %v (%v)", claimed, err)
	}
	return claimed[0]
}

// commit tries to hand a claimed message over.
func commit(t *testing.T, s *Store, m data.Message) (data.AttemptID, bool) {
	t.Helper()
	m.State, m.Text, m.Provider, m.Segments = data.Sending, "Hi", "practice", 1
	attempts, err := s.CommitAttempts(t.Context(), []Decided{{Message: m, Cost: data.Cost{Micros: 10, Currency: "USD", Known: true}}})
	if err != nil {
		t.Fatal(err)
	}
	id, ok := attempts[m.ID]
	return id, ok
}

func message(t *testing.T, s *Store) data.Message {
	t.Helper()
	all, err := s.Messages(t.Context(), MessageFilter{})
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v (%v)", all, err)
	}
	return all[0]
}

func TestAPausedCampaignSendsNothingThatWasClaimed(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	if err := s.SetCampaignState(t.Context(), m.Campaign, data.Paused, "by_user", data.Running); err != nil {
		t.Fatal(err)
	}
	if _, ok := commit(t, s, m); ok {
		t.Fatal("a message of a paused campaign may go out")
	}
	if m := message(t, s); m.State != data.Queued || m.Attempts != 0 {
		t.Errorf("the message is %+v", m)
	}
	if err := s.SetCampaignState(t.Context(), m.Campaign, data.Running, "", data.Paused); err != nil {
		t.Fatal(err)
	}
	if _, ok := commit(t, s, claim(t, s)); !ok {
		t.Error("after resuming it doesn't go out")
	}
}

func TestAStoppedCampaignSendsNothingThatWasClaimed(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	if err := s.SetCampaignState(t.Context(), m.Campaign, data.Paused, "paused", data.Running); err != nil {
		t.Fatal(err)
	}
	if _, err := s.StopCampaign(t.Context(), m.Campaign); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Campaign(t.Context(), m.Campaign); err != nil || c.Reason != "" {
		t.Errorf("stopped for good, and still paused because of %q (%v)", c.Reason, err)
	}
	if _, ok := commit(t, s, m); ok || message(t, s).State != data.MsgCancelled {
		t.Errorf("%v, %+v", ok, message(t, s))
	}
}

func TestADecisionOfBeforeTheComputerSleptSendsNothing(t *testing.T) {
	s, clock := newStore(t)
	old := claimOne(t, s)
	clock.move(2 * time.Minute)
	if _, ok := commit(t, s, old); ok {
		t.Fatal("a lapsed claim sent something")
	}
	again := claim(t, s)
	if _, ok := commit(t, s, old); ok {
		t.Error("a lapsed claim sent what somebody else has claimed since")
	}
	if _, ok := commit(t, s, again); !ok {
		t.Error("the new claim doesn't count")
	}
	if _, ok := commit(t, s, again); ok {
		t.Error("it went out twice")
	}
}

func TestAClaimThatNobodyFinishesIsFreeAgain(t *testing.T) {
	s, clock := newStore(t)
	m := claimOne(t, s)
	if more, err := s.Claim(t.Context(), 10, time.Minute); err != nil || len(more) != 0 {
		t.Fatalf("%v (%v)", more, err)
	}
	clock.move(time.Minute)
	if again := claim(t, s); again.ID != m.ID {
		t.Errorf("%+v", again)
	}
}

func TestWhatTheProviderChargesIsKept(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	attempt, _ := commit(t, s, m)
	if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, State: data.Accepted, ProviderID: "x", Segments: 2, Cost: data.Cost{Micros: 15_000, Currency: "EUR", Known: true}}}); err != nil {
		t.Fatal(err)
	}
	f, err := s.Figures(t.Context(), ReportScope{Campaign: m.Campaign, To: s.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Messages {
		if x.State == data.Accepted && x.Cost == 15_000 && x.Currency == "EUR" && x.Unpriced == 0 && x.Segments == 2 {
			return
		}
	}
	t.Errorf("%+v", f.Messages)
}

func TestAnAnswerThatComesAfterAnotherProcessTookOverStillCounts(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	attempt, _ := commit(t, s, m)
	if _, unknown, err := s.Reclaim(t.Context()); err != nil || unknown != 1 {
		t.Fatalf("%d unknown (%v)", unknown, err)
	}
	if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, State: data.Accepted, ProviderID: "x"}}); err != nil {
		t.Fatal(err)
	}
	if m := message(t, s); m.State != data.Accepted || m.ProviderID != "x" {
		t.Errorf("%+v", m)
	}
}

func TestAStopThatTheProviderTellsOfIsInTheLedgerWithTheResult(t *testing.T) {
	t.Run("of a hand-over", func(t *testing.T) {
		s, _ := newStore(t)
		m := claimOne(t, s)
		attempt, _ := commit(t, s, m)
		e := data.ConsentEntry{Phone: m.To, Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true}
		if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, State: data.Rejected, Class: data.ClassOptedOut, OptedOut: &e}}); err != nil {
			t.Fatal(err)
		}
		if p := permission(t, s, data.ScopeMarketing, m.To); !p.Closed {
			t.Errorf("%+v", p)
		}
	})
	t.Run("of a delivery", func(t *testing.T) {
		s, _ := newStore(t)
		m := claimOne(t, s)
		attempt, _ := commit(t, s, m)
		if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, State: data.Accepted, ProviderID: "x"}}); err != nil {
			t.Fatal(err)
		}
		for range 2 { // news may come twice
			if err := s.StoreDeliveries(t.Context(), []data.MessageID{m.ID}, []Delivery{{Message: m.ID, State: data.Undelivered, Class: data.ClassOptedOut}}); err != nil {
				t.Fatal(err)
			}
		}
		if h, err := s.ConsentHistory(t.Context(), m.To); err != nil || len(h) != 2 || !permission(t, s, data.ScopeMarketing, m.To).Closed {
			t.Errorf("%+v (%v)", h, err)
		}
	})
}

func TestReminderClaimsComeBeforeACampaignsCrowd(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	imported(t, s, agreed, people(50)...)
	frozen(t, s, 50)
	a := data.Appointment{Phone: fiction(7), Patient: "Ann", Wall: "2026-11-24T16:00", Zone: "America/Los_Angeles", State: data.Booked}
	if err := s.ApplySchedule(ctx, &data.Receipt{}, data.ConsentAnswer{}, data.CompareSchedule([]data.Appointment{a}, nil), nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.Appointments(ctx, "2026", "2027")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.PlanReminders(ctx, []PlannedReminder{{Appointment: all[0], Step: "2h", Due: s.Now().Add(time.Minute)}}); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	clock.move(time.Minute)
	claimed, err := s.Claim(ctx, 10, time.Minute)
	if err != nil || len(claimed) != 10 {
		t.Fatalf("%d (%v)", len(claimed), err)
	}
	for _, m := range claimed {
		if m.Kind == data.Reminder {
			return
		}
	}
	t.Error("the reminder waits behind the campaign")
}

// frozen freezes a running campaign of n people.
func frozen(t *testing.T, s *Store, n int) data.CampaignID {
	t.Helper()
	c := data.Campaign{Name: "Sunglasses week", Kind: data.Marketing, Offer: &data.Offer{Title: "x", Kind: data.Gift, Uses: 1}, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
	if err := s.CreateCampaign(t.Context(), &c); err != nil {
		t.Fatal(err)
	}
	audience := make([]FrozenMessage, n)
	for i := range audience {
		audience[i] = FrozenMessage{Message: data.Message{Contact: data.ContactID(i + 1), To: fiction(i), Kind: data.Marketing, State: data.Queued, Variant: "A"}, Code: "22222222"}
	}
	c.State = data.Running
	if err := s.Freeze(t.Context(), &c, audience); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// Seven random characters of 29: among a hundred thousand codes two are the same one time in four.
func TestACodeThatSomebodyHasIsMadeAnew(t *testing.T) {
	s, _ := newStore(t)
	frozen(t, s, 40)
	frozen(t, s, 40)
	var codes int
	if err := s.read.QueryRow(`SELECT count(DISTINCT k.code) FROM coupon k JOIN message m ON m.coupon_id = k.id`).Scan(&codes); err != nil || codes != 80 {
		t.Errorf("%d codes for 80 people (%v)", codes, err)
	}
}

func TestMessagesWaitForTheirLinkAndNoLonger(t *testing.T) {
	s, _ := newStore(t)
	m := claimOne(t, s)
	m.State, m.Reason, m.Due = data.Held, LinkWait, s.Now().Add(time.Hour)
	if _, err := s.CommitAttempts(t.Context(), []Decided{{Message: m}}); err != nil {
		t.Fatal(err)
	}
	if some, err := s.Claim(t.Context(), 10, time.Minute); err != nil || len(some) != 0 {
		t.Fatalf("%v (%v)", some, err)
	}
	if err := s.LinksPublished(t.Context(), []string{m.Token, "unknownxxxx"}); err != nil {
		t.Fatal(err)
	}
	claim(t, s)
}

// A shop with a million messages behind it: what the engine does every few seconds, and what the till does at every
// redemption, finds its rows by an index of its own.
func TestNothingThatHappensAllTheTimeReadsAllMessages(t *testing.T) {
	s, _ := newStore(t)
	for name, q := range map[string]string{
		"what is due": dueSQL, "lapsed claims": lapsedSQL, "the next due": nextDueSQL, "campaigns to start": startsSQL, "campaigns to end": endsSQL, "awaiting a status": awaitingSQL, "links to publish": unpublishedSQL,
		"in trouble":     `SELECT count(*) FROM message WHERE ` + inTrouble + ` AND updated_at > ?`,
		"taken":          `UPDATE message SET state = 'unknown' WHERE state IN ('claimed', 'sending') AND state = 'sending'`,
		"the last text":  `SELECT ` + messageColumns + ` FROM message m WHERE m.phone = ? AND m.accepted_at > 0 AND m.accepted_at <= ? ORDER BY m.accepted_at DESC, m.id DESC LIMIT 1`,
		"undone imports": `SELECT import_id FROM consent WHERE event = 'undo_import' AND import_id IS NOT NULL`,
		"a day's visits": `SELECT id FROM appointment WHERE wall >= ? AND wall < ? ORDER BY wall, staff, id`,
	} {
		args := make([]any, 5)
		for n := 5; ; n-- {
			rows, err := s.read.Query(`EXPLAIN QUERY PLAN `+q, args[:n]...)
			if err != nil && n > 0 {
				continue
			} else if err != nil {
				t.Fatal(name, err)
			}
			for rows.Next() {
				var a, b, c int
				var step string
				if err := rows.Scan(&a, &b, &c, &step); err != nil {
					t.Fatal(err)
				}
				for _, table := range []string{"message", "m", "l", "consent", "appointment", "attempt", "a"} {
					if step == "SCAN "+table || strings.HasPrefix(step, "SCAN "+table+" USING") && !strings.Contains(step, "message_taken") && !strings.Contains(step, "link_unpublished") && !strings.Contains(step, "consent_undone") {
						t.Errorf("%s: %s", name, step)
					}
				}
			}
			if err := rows.Err(); err != nil {
				t.Fatal(fmt.Errorf("%s: %w", name, err))
			}
			break
		}
	}
}

func TestOnlyAChangeIsToldOf(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	m := claimOne(t, s)
	attempt, _ := commit(t, s, m)
	if err := s.Settle(ctx, []Settlement{{Attempt: attempt, Message: m.ID, State: data.Accepted, ProviderID: "x"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	told := 0
	end := s.OnChange(func() { told++ })
	for range 3 {
		if err := s.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Claim(ctx, 10, time.Minute); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Take(ctx, EngineLease, s.Process(), time.Minute); err != nil {
			t.Fatal(err)
		}
		if err := s.StoreDeliveries(ctx, []data.MessageID{m.ID}, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Unclaim(ctx, []data.MessageID{99}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetAppointmentState(ctx, 99, data.Arrived); data.CodeOf(err) != data.NotFound {
			t.Errorf("a visit that isn't there: %v", err)
		}
	}
	if told != 0 {
		t.Errorf("told %d times of nothing", told)
	}
	if err := s.SetSetting(ctx, "x", 1); err != nil || told != 1 {
		t.Errorf("told %d times of one change (%v)", told, err)
	}
	end()
	if err := s.SetSetting(ctx, "x", 2); err != nil || told != 1 {
		t.Errorf("told %d times, once after the end (%v)", told, err)
	}
}

// Some carriers never say what became of a text. It is asked about often at first, and a few dozen times in three days.
func TestAMessageThatNobodyHearsOfIsAskedAboutLessAndLess(t *testing.T) {
	s, clock := newStore(t)
	m := claimOne(t, s)
	attempt, _ := commit(t, s, m)
	if err := s.Settle(t.Context(), []Settlement{{Attempt: attempt, Message: m.ID, State: data.Accepted, ProviderID: "x"}}); err != nil {
		t.Fatal(err)
	}
	const poll = 15 * time.Second
	sent := s.Now()
	asked, early := 0, 0
	for s.Now().Sub(sent) < 80*time.Hour {
		clock.move(poll)
		w, err := s.AwaitingStatus(t.Context(), "practice", s.Now().Add(-72*time.Hour), s.Now().Add(-poll), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(w) == 0 {
			continue
		}
		if asked++; s.Now().Sub(sent) <= 2*time.Minute {
			early++
		}
		if s.Now().Sub(sent) > 72*time.Hour {
			t.Fatal("asked about after the provider has forgotten it")
		}
		if err := s.StoreDeliveries(t.Context(), []data.MessageID{m.ID}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if asked > 100 || early < 7 {
		t.Errorf("asked %d times, %d of them in the first two minutes", asked, early)
	}
}

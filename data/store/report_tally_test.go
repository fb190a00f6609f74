package store

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"

	"counterbell/data"
)

// counted makes a shop with one campaign that has ended: two of three texts delivered, one opened, one coupon redeemed.
func counted(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Dir: t.TempDir(), Clock: func() time.Time { return time.UnixMilli(1_795_000_000_000) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, q := range []string{
		`INSERT INTO offer (id, title, kind, uses) VALUES (1, '20% off', 'percent', 1)`,
		`INSERT INTO campaign (id, name, kind, conditions, group_name, offer_id, state, provider, practice, audience, created_at, sent_at, frozen_at)
			VALUES (1, 'Week', 'marketing', '', 'all', 1, 'done', 'practice', 1, 3, 1794000000000, 1794000000000, 1794000000000)`,
		`INSERT INTO coupon (id, code, offer_id, contact_id, campaign_id) VALUES (1, 'A', 1, 11, 1), (2, 'B', 1, 12, 1), (3, 'C', 1, 13, 1)`,
		`INSERT INTO message (id, campaign_id, variant, contact_id, kind, phone, state, cost, currency, coupon_id, token, created_at, accepted_at, delivered_at, updated_at, segments) VALUES
			(1, 1, 'A', 11, 'marketing', '+12015550101', 'delivered', 22000, 'USD', 1, 't1', 1794000000000, 1794000001000, 1794000005000, 1794000005000, 1),
			(2, 1, 'A', 12, 'marketing', '+12015550102', 'delivered', NULL, 'USD', 2, 't2', 1794000000000, 1794000001000, 1794000005000, 1794000005000, 1),
			(3, 1, 'B', 13, 'marketing', '+12015550103', 'accepted', 22000, 'USD', 3, 't3', 1794000000000, 1794000001000, 0, 1794000005000, 1)`,
		`INSERT INTO link (token, message_id) VALUES ('t1', 1), ('t2', 2), ('t3', 3)`,
		`INSERT INTO open VALUES ('relay', 1, 't1', 1794000060000, 'human', '')`,
		`INSERT INTO redemption (coupon_id, at, till, paid, currency) VALUES (1, 1794100000000, 'Till 1', 6343, 'USD')`,
	} {
		write(t, s, q)
	}
	return s
}

func write(t *testing.T, s *Store, query string, args ...any) {
	t.Helper()
	if err := s.update(t.Context(), "play", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), query, args...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func tallyState(t *testing.T, s *Store) (state int) {
	t.Helper()
	if err := s.read.QueryRowContext(t.Context(), `SELECT state FROM campaign_tally WHERE campaign_id = 1`).Scan(&state); err != nil {
		t.Fatal(err)
	}
	return state
}

func figures(t *testing.T, s *Store) Figures {
	t.Helper()
	f, err := s.Figures(t.Context(), ReportScope{From: 0, To: 1_795_000_000_000})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWhatIsKeptOfACampaignIsWhatCountingGives(t *testing.T) {
	s := counted(t)
	live := figures(t, s)
	if err := s.Tally(t.Context(), 0, nil); err != nil {
		t.Fatal(err)
	}
	kept := figures(t, s)
	if tallyState(t, s) != 0 || !slices.Equal(live.Messages, kept.Messages) || !slices.Equal(live.Happened, kept.Happened) || !slices.Equal(live.Sales, kept.Sales) || live.Redemptions != kept.Redemptions || live.WithAmount != kept.WithAmount {
		t.Errorf("counted %+v\nkept %+v", live, kept)
	}
	if kept.Redemptions != 1 || len(kept.Messages) != 2 || kept.Sales[0].Minor != 6343 {
		t.Errorf("%+v", kept)
	}
	groups, err := s.GroupFigures(t.Context(), 0, 1_795_000_000_000, nil)
	if err != nil || groups[0].Reached != 2 || groups[0].Redeemed != 1 {
		t.Errorf("%+v (%v)", groups, err)
	}
}

func TestEveryChangeMakesTheKeptFiguresStale(t *testing.T) {
	s := counted(t)
	for _, change := range [][2]string{ // in this order: what is undone and priced was redeemed before
		{"a receipt", `UPDATE message SET state = 'delivered', delivered_at = 1794000009000 WHERE id = 3`},
		{"an open", `INSERT INTO open VALUES ('relay', 2, 't2', 1794000070000, 'human', '')`},
		{"a redemption", `INSERT INTO redemption (coupon_id, at, till) VALUES (2, 1794100000000, 'Till 1')`},
		{"a redemption taken back", `UPDATE redemption SET undone_at = 1794100000001 WHERE coupon_id = 1`},
		{"an amount entered later", `UPDATE redemption SET paid = 100, currency = 'USD' WHERE coupon_id = 2`},
		{"a text sent again", `UPDATE message SET state = 'queued', accepted_at = 0 WHERE id = 3`},
		{"an erased person's coupon", `UPDATE message SET contact_id = NULL WHERE id = 2`},
	} {
		what, query := change[0], change[1]
		if err := s.Tally(t.Context(), 0, nil); err != nil {
			t.Fatal(err)
		}
		if tallyState(t, s) != 0 {
			t.Fatalf("before %s nothing is kept", what)
		}
		write(t, s, query)
		if tallyState(t, s) != 1 {
			t.Errorf("%s goes unnoticed", what)
		}
	}
	// What doesn't change a figure leaves them be.
	if err := s.Tally(t.Context(), 0, nil); err != nil {
		t.Fatal(err)
	}
	write(t, s, `UPDATE message SET polled_at = 1794000010000, lease = 5`)
	if tallyState(t, s) != 0 {
		t.Error("being asked about counts as a change")
	}
}

func TestACountThatSomethingChangedUnderIsThrownAway(t *testing.T) {
	s := counted(t)
	begin := func(token int64) tally {
		write(t, s, `INSERT INTO campaign_tally (campaign_id, state, token) VALUES (1, 2, ?1) ON CONFLICT DO UPDATE SET state = 2, token = ?1`, token)
		var c tally
		if err := s.view(t.Context(), "count", func(tx *sql.Tx) (err error) {
			c, err = countCampaign(t.Context(), tx, 1)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return c
	}
	end := func(token int64, c tally) {
		if err := s.quietly(context.Background(), "keep", func(tx *sql.Tx) error { return keepTally(t.Context(), tx, 1, token, &c) }); err != nil {
			t.Fatal(err)
		}
	}
	first := begin(7)
	write(t, s, `INSERT INTO open VALUES ('relay', 9, 't2', 1794000070000, 'human', '')`)
	if end(7, first); tallyState(t, s) != 1 {
		t.Error("a count from before the open was kept")
	}
	// Two programs count at once: the later one's count holds.
	first = begin(8)
	second := begin(9)
	if end(8, first); tallyState(t, s) != 2 {
		t.Error("the count of the program that began first was kept")
	}
	if end(9, second); tallyState(t, s) != 0 || figures(t, s).Messages[0].Opened != 2 {
		t.Errorf("%+v", figures(t, s).Messages)
	}
}

func TestPackedPeopleComeBack(t *testing.T) {
	ids := []data.ContactID{1, 2, 130, 131, 70_000, 1 << 40}
	var back []data.ContactID
	unpackIDs(packIDs(ids), func(id data.ContactID) { back = append(back, id) })
	if !slices.Equal(ids, back) {
		t.Errorf("%v", back)
	}
	unpackIDs([]byte{0x80}, func(data.ContactID) { t.Error("what was cut off counts") })
}

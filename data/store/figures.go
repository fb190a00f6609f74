package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// The queries behind the figures that the window, bell and exports share. A person opened when one of their opens is
// not a preview; redeemed counts people, not uses.

// A Funnel is what became of a campaign's audience. It is the JSON of `bell demo` and `bell report` (cli.md).
// Audience = Waiting + Held + Sent + Blocked + Rejected + Unknown + Expired + Cancelled.
type Funnel struct {
	Audience    int `json:"audience"`
	Sent        int `json:"sent"` // accepted by the provider, or later
	Delivered   int `json:"delivered"`
	Undelivered int `json:"undelivered"`
	Opened      int `json:"opened"`
	Previews    int `json:"previews"` // people with nothing but previews
	Redeemed    int `json:"redeemed"`
	Held        int `json:"held"`
	Blocked     int `json:"blocked"`
	Rejected    int `json:"rejected"`
	Unknown     int `json:"unknown"`
	Waiting     int `json:"waiting"`
	Expired     int `json:"expired"`
	Cancelled   int `json:"cancelled"`
}

// Check fails loudly when the counts don't add up (invariant 5).
func (f *Funnel) Check() error {
	if sum := f.Waiting + f.Held + f.Sent + f.Blocked + f.Rejected + f.Unknown + f.Expired + f.Cancelled; sum != f.Audience {
		return data.Errorf(data.Internal, "add up the campaign", "%d people, %d accounted for", f.Audience, sum)
	}
	return nil
}

// Funnel counts a campaign's people.
func (s *Store) Funnel(ctx context.Context, id data.CampaignID) (Funnel, error) {
	var f Funnel
	err := s.view(ctx, "count the campaign", func(tx *sql.Tx) error {
		var sent data.Instant
		if err := tx.QueryRowContext(ctx, `SELECT audience, sent_at FROM campaign WHERE id = ?`, id).Scan(&f.Audience, &sent); err != nil || sent == 0 {
			return err // an audience that is being written down counts for nothing yet
		}
		rows, err := tx.QueryContext(ctx, `SELECT state, count(*) FROM message WHERE campaign_id = ? GROUP BY state`, id)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var state data.MessageState
			var n int
			if err := rows.Scan(&state, &n); err != nil {
				return err
			}
			switch state {
			case data.Queued, data.Claimed, data.Sending:
				f.Waiting += n
			case data.Held:
				f.Held = n
			case data.Accepted:
				f.Sent += n
			case data.Delivered:
				f.Sent, f.Delivered = f.Sent+n, n
			case data.Undelivered:
				f.Sent, f.Undelivered = f.Sent+n, n
			case data.Blocked:
				f.Blocked = n
			case data.Rejected:
				f.Rejected = n
			case data.Unknown:
				f.Unknown = n
			case data.Expired:
				f.Expired = n
			case data.MsgCancelled:
				f.Cancelled = n
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE human), count(*) FILTER (WHERE NOT human) FROM (
			SELECT max(o.class = 'human') AS human FROM message m JOIN open o ON o.token = m.token WHERE m.campaign_id = ? AND m.token <> '' GROUP BY m.id)`, id).Scan(&f.Opened, &f.Previews); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT count(DISTINCT k.id) FROM coupon k JOIN redemption r ON r.coupon_id = k.id WHERE k.campaign_id = ? AND r.undone_at = 0`, id).Scan(&f.Redeemed)
	})
	if err == nil {
		err = f.Check()
	}
	return f, err
}

// ReminderCounts is what became of reminders. It is the JSON of `bell demo`.
type ReminderCounts struct {
	Sent      int `json:"sent"`
	Confirmed int `json:"confirmed"`
	Cancelled int `json:"cancelled"`
	Unclear   int `json:"unclear"`
}

// Reminders counts the reminders handed over, and where the reminded appointments stand, for visits in [from, to).
func (s *Store) Reminders(ctx context.Context, from, to data.Instant) (c ReminderCounts, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM message m JOIN appointment a ON a.id = m.appointment_id WHERE m.accepted_at > 0 AND a.starts_at >= ?1 AND a.starts_at < ?2),
		count(*) FILTER (WHERE state = 'confirmed'), count(*) FILTER (WHERE state = 'cancelled'), count(*) FILTER (WHERE state = 'unclear') FROM appointment a
		WHERE starts_at >= ?1 AND starts_at < ?2 AND EXISTS (SELECT 1 FROM message m WHERE m.appointment_id = a.id AND m.accepted_at > 0)`, from, to).Scan(&c.Sent, &c.Confirmed, &c.Cancelled, &c.Unclear)
	return c, fault("count reminders", err)
}

// ReasonCounts counts a campaign's messages in a state by their reason or class.
func (s *Store) ReasonCounts(ctx context.Context, id data.CampaignID, state data.MessageState) (map[string]int, error) {
	out := map[string]int{}
	rows, err := s.read.QueryContext(ctx, `SELECT CASE WHEN reason <> '' THEN reason ELSE class END, count(*) FROM message WHERE campaign_id = ? AND state = ? GROUP BY 1`, id, state)
	if err != nil {
		return nil, fault("count reasons", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r string
		var n int
		if err := rows.Scan(&r, &n); err != nil {
			return nil, fault("count reasons", err)
		}
		out[r] = n
	}
	return out, fault("count reasons", rows.Err())
}

// Attention is what needs a person.
type Attention struct {
	UnclearReplies int          `json:"unclear_replies"`
	UnclearSample  string       `json:"-"`
	NoPhone        int          `json:"no_phone"` // appointments to come that can't be reminded
	FailedSends    int          `json:"failed_sends"`
	UnknownSends   int          `json:"unknown_sends"`
	Paused         int          `json:"paused"`
	RejectedRows   int          `json:"rejected_rows"` // of the last import
	RejectedFile   string       `json:"-"`
	LastImport     data.Instant `json:"-"`
}

// inTrouble stands in queries word for word: see waiting.
const inTrouble = `state IN ('rejected', 'undelivered', 'unknown')`

// Attention counts what needs a person at this moment.
func (s *Store) Attention(ctx context.Context) (a Attention, err error) {
	now := s.Now()
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM inbound WHERE review AND NOT handled), coalesce((SELECT body FROM inbound WHERE review AND NOT handled ORDER BY at DESC LIMIT 1), ''),
		(SELECT count(*) FROM appointment WHERE phone = '' AND starts_at > ?1 AND state = 'booked'),
		(SELECT count(*) FILTER (WHERE state <> 'unknown') FROM message WHERE `+inTrouble+` AND updated_at > ?2), (SELECT count(*) FILTER (WHERE state = 'unknown') FROM message WHERE `+inTrouble+` AND updated_at > ?2),
		(SELECT count(*) FROM campaign WHERE state = 'paused')`, now, now.Add(-7*24*3600*1e9)).Scan(&a.UnclearReplies, &a.UnclearSample, &a.NoPhone, &a.FailedSends, &a.UnknownSends, &a.Paused)
	if err != nil {
		return a, fault("look what needs a person", err)
	}
	last, err := s.Imports(ctx, 1)
	if err == nil && len(last) == 1 && last[0].State == "done" {
		a.RejectedRows, a.RejectedFile, a.LastImport = last[0].Receipt.Rejected, last[0].File, last[0].At
	}
	return a, err
}

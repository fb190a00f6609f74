package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"counterbell/data"
)

// A campaign between the press on Send and its end: sent at once, watched, let go on.

// campaignState is the error for a campaign that is in another state than it ought to be.
func campaignState(ctx context.Context, tx *sql.Tx, op string, id data.CampaignID) error {
	var is string
	if err := tx.QueryRowContext(ctx, `SELECT state FROM campaign WHERE id = ?`, id).Scan(&is); err != nil {
		return data.Errorf("campaign_unknown", op, "no campaign %d", id)
	}
	return data.Errorf("campaign_state", op, "campaign %d is %s", id, is).With("state", is)
}

// EndUndo lets a campaign go at once that waits for its undo to pass. Error campaign_state when it isn't in that minute.
func (s *Store) EndUndo(ctx context.Context, id data.CampaignID) error {
	const op = "send the campaign now"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET undo_until = min(undo_until, ?1), state = CASE WHEN at > ?1 THEN 'scheduled' ELSE 'running' END WHERE id = ?2 AND state = 'undo'`, now, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return campaignState(ctx, tx, op, id)
	})
}

// ResumeCampaign lets a paused campaign go on from where it was. Error campaign_state when it isn't paused.
func (s *Store) ResumeCampaign(ctx context.Context, id data.CampaignID) error {
	const op = "let the campaign go on"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET reason = '', state = CASE WHEN at > ?1 THEN 'scheduled' WHEN undo_until > ?1 THEN 'undo' ELSE 'running' END WHERE id = ?2 AND state = 'paused'`, now, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return campaignState(ctx, tx, op, id)
	})
}

// A CampaignRun is how far a campaign is.
type CampaignRun struct {
	Campaign data.Campaign
	Audience int
	States   map[data.MessageState]int
	Due      int              // of those waiting, how many might go at this moment
	Next     data.Instant     // when the first of the others is due; 0 when none is
	Waits    []CampaignWait   // why messages are held, most first
	Reasons  []CampaignReason // why people were left out or refused, most first
	Recent   []data.Instant   // when the latest messages were handed over, latest first, for the rate
	Unknown  int              // maybe sent
	At       data.Instant     // the moment of these figures
}

// A CampaignReason is why some people don't get the text: State is Blocked, Rejected or Undelivered.
type CampaignReason struct {
	State  data.MessageState
	Reason string
	People int
}

// A CampaignWait is why some messages are held, and until when the first of them.
type CampaignWait struct {
	Reason string
	People int
	Until  data.Instant
}

// Handed counts what went to the provider, whatever became of it.
func (r *CampaignRun) Handed() int {
	return r.States[data.Accepted] + r.States[data.Delivered] + r.States[data.Undelivered] + r.States[data.Rejected] + r.States[data.Unknown]
}

// Unsent counts what may still be handed over: what stopping would cancel.
func (r *CampaignRun) Unsent() int {
	return r.States[data.Queued] + r.States[data.Held] + r.States[data.Claimed]
}

// lastAttemptsSQL finds when a campaign's last attempts were made.
const lastAttemptsSQL = `SELECT a.at FROM attempt a JOIN message m ON m.id = a.message_id WHERE a.id > (SELECT coalesce(max(id), 0) - ?2 FROM attempt) AND m.campaign_id = ?1 ORDER BY a.id DESC`

// CampaignRun reads how far a campaign is. Errors: campaign_unknown; Internal when the counts don't add up.
func (s *Store) CampaignRun(ctx context.Context, id data.CampaignID) (CampaignRun, error) {
	const op = "read the campaign's progress"
	r := CampaignRun{States: map[data.MessageState]int{}, At: s.Now()}
	c, err := s.Campaign(ctx, id)
	if err != nil {
		return r, err
	}
	r.Campaign = *c
	err = s.view(ctx, op, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT audience FROM campaign WHERE id = ?`, id).Scan(&r.Audience); err != nil {
			return err
		}
		counts, err := collect(ctx, tx, func(r *sql.Rows) (c stateCount, err error) { return c, r.Scan(&c.state, &c.reason, &c.n, &c.due) },
			`SELECT state, CASE WHEN state IN ('held', 'blocked', 'rejected', 'undelivered') THEN CASE WHEN reason <> '' THEN reason ELSE class END ELSE '' END AS why, count(*), min(due)
			FROM message WHERE campaign_id = ? GROUP BY state, why`, id)
		if err != nil {
			return err
		}
		sum := 0
		for _, c := range counts {
			r.States[c.state] += c.n
			sum += c.n
			switch c.state {
			case data.Held:
				r.Waits = append(r.Waits, CampaignWait{c.reason, c.n, c.due})
			case data.Blocked, data.Rejected, data.Undelivered:
				r.Reasons = append(r.Reasons, CampaignReason{c.state, c.reason, c.n})
			}
		}
		slices.SortStableFunc(r.Waits, func(a, b CampaignWait) int { return cmp.Compare(b.People, a.People) })
		slices.SortStableFunc(r.Reasons, func(a, b CampaignReason) int { return cmp.Compare(b.People, a.People) })
		if sum != r.Audience && r.Campaign.FrozenAt != 0 {
			return data.Errorf(data.Internal, op, "%d people, %d accounted for", r.Audience, sum)
		}
		r.Unknown = r.States[data.Unknown]
		var next sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE due <= ?2), min(due) FILTER (WHERE due > ?2) FROM message WHERE campaign_id = ?1 AND `+waiting, id, r.At).Scan(&r.Due, &next); err != nil {
			return err
		}
		r.Next = data.Instant(next.Int64)
		r.Recent, err = collect(ctx, tx, func(r *sql.Rows) (at data.Instant, err error) { return at, r.Scan(&at) }, lastAttemptsSQL, id, recentAttempts)
		return err
	})
	return r, err
}

// recentAttempts is how many of the last attempts the rate is worked out from.
const recentAttempts = 500

type stateCount struct {
	state  data.MessageState
	reason string
	n      int
	due    data.Instant
}

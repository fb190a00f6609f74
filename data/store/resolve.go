package store

import (
	"context"
	"database/sql"
	"errors"

	"counterbell/data"
)

// "Maybe sent": the provider gave no answer, so nobody knows whether a text went out. Such a text is never sent again by
// itself (invariant 2). What happens to it is asked of the provider, or decided by a person, one by one or for all.

// A Choice is what a person decides about a text in doubt.
type Choice string

const (
	SaidArrived Choice = "arrived" // it arrived: it counts as sent and delivered
	SendAgain   Choice = "again"   // it is handed over once more, as a new attempt; who decides so knows that it may come twice
)

// A Resolution is a decision about one text: who made it, and when.
type Resolution struct {
	Choice Choice
	By     string
	At     data.Instant
}

// ResolveUnknown carries out what a person decided about texts in doubt, and keeps who decided it. Messages that are no
// longer in doubt are passed over. It returns how many it was done for. One that is to go again waits its turn as a new
// attempt: the rules are asked anew, and a campaign that had ended runs again for it. Errors: Invalid for no such choice;
// campaign_state when texts of a stopped campaign are to go again.
func (s *Store) ResolveUnknown(ctx context.Context, ids []data.MessageID, choice Choice, by string) (n int, err error) {
	const op = "decide about texts in doubt"
	if choice != SaidArrived && choice != SendAgain {
		return 0, data.Errorf(data.Invalid, op, "choice %q", choice).With("value", string(choice))
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		n = 0
		now := s.Now()
		for _, id := range ids {
			var attempt sql.NullInt64
			var campaign sql.NullInt64
			var at data.Instant
			var state sql.NullString
			err := tx.QueryRowContext(ctx, `SELECT m.campaign_id, c.state, a.id, coalesce(a.at, m.updated_at) FROM message m LEFT JOIN campaign c ON c.id = m.campaign_id
				LEFT JOIN attempt a ON a.id = (SELECT max(id) FROM attempt x WHERE x.message_id = m.id) WHERE m.id = ? AND m.state = 'unknown'`, id).Scan(&campaign, &state, &attempt, &at)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if choice == SaidArrived {
				err = saidArrived(ctx, tx, id, at, now)
			} else {
				if state.String == string(data.Stopped) {
					return data.Errorf("campaign_state", op, "campaign %d is stopped", campaign.Int64).With("state", state.String)
				}
				err = sendAgain(ctx, tx, id, campaign.Int64, now)
			}
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO resolution (message_id, attempt_id, choice, by, at) VALUES (?, ?, ?, ?, ?)`, id, attempt, choice, by, now); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// saidArrived counts a text as delivered when it was handed over, as far as anybody knows.
func saidArrived(ctx context.Context, tx *sql.Tx, id data.MessageID, at, now data.Instant) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET state = 'delivered', reason = '', class = '', code = '', accepted_at = CASE WHEN accepted_at = 0 THEN ?1 ELSE accepted_at END, delivered_at = ?1, updated_at = ?2
		WHERE id = ?3 AND state = 'unknown'`, at, now, id)
	return err
}

// sendAgain puts a text back into the queue, and its campaign to work if that had ended.
func sendAgain(ctx context.Context, tx *sql.Tx, id data.MessageID, campaign int64, now data.Instant) error {
	if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'queued', due = ?1, lease = 0, reason = '', class = '', code = '', provider_ref = '', polled_at = 0, updated_at = ?1
		WHERE id = ?2 AND state = 'unknown'`, now, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE campaign SET state = 'running', finished_at = 0 WHERE id = ? AND state = 'done'`, campaign)
	return err
}

// A Doubt is a text of which nobody knows whether it went out, as the provider may be asked about it.
type Doubt struct {
	Message    data.MessageID
	Attempt    data.AttemptID
	ProviderID string
	To         data.Phone
	At         data.Instant // when it was handed over
}

// Doubts lists a campaign's texts in doubt that went through a provider, by id, at most limit of them. It looks through
// those that are in trouble, which are few, and not through the whole campaign.
func (s *Store) Doubts(ctx context.Context, campaign data.CampaignID, provider string, after data.MessageID, limit int) ([]Doubt, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (d Doubt, err error) {
		return d, r.Scan(&d.Message, &d.Attempt, &d.ProviderID, &d.To, &d.At)
	}, `SELECT m.id, a.id, m.provider_ref, m.phone, a.at FROM message m INDEXED BY message_trouble JOIN attempt a ON a.id = (SELECT max(id) FROM attempt x WHERE x.message_id = m.id)
		WHERE m.state IN ('rejected', 'undelivered', 'unknown') AND m.campaign_id = ? AND m.state = 'unknown' AND m.provider = ? AND m.id > ? ORDER BY m.id LIMIT ?`, campaign, provider, after, limit)
	return all, fault("list texts in doubt", err)
}

// Resolutions returns the last decision about each of some messages.
func (s *Store) Resolutions(ctx context.Context, ids []data.MessageID) (map[data.MessageID]Resolution, error) {
	type line struct {
		id data.MessageID
		r  Resolution
	}
	out := map[data.MessageID]Resolution{}
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		all, err := collect(ctx, s.read, func(r *sql.Rows) (l line, err error) { return l, r.Scan(&l.id, &l.r.Choice, &l.r.By, &l.r.At) },
			`SELECT message_id, choice, by, at FROM resolution WHERE message_id IN (`+marks(len(part))+`) ORDER BY id`, args...)
		if err != nil {
			return nil, fault("read decisions", err)
		}
		for _, l := range all {
			out[l.id] = l.r
		}
	}
	return out, nil
}

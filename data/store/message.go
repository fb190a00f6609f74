package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"counterbell/data"
)

// The outbox's side of a message: claim, commit the attempt, settle. Every step is one transaction, synced to disk.

const messageColumns = `m.id, coalesce(m.campaign_id, 0), m.variant, coalesce(m.contact_id, 0), coalesce(m.appointment_id, 0), m.step, m.kind, m.phone, m.state, m.due,
	m.not_after, m.reason, m.class, m.code, m.body, m.segments, coalesce(m.cost, 0), m.cost IS NOT NULL, m.provider, m.provider_ref, m.attempts,
	coalesce(m.coupon_id, 0), m.token, m.decision, m.created_at, m.accepted_at, m.delivered_at, m.updated_at, m.lease, m.version`

func scanMessage(r *sql.Rows) (m data.Message, err error) {
	err = r.Scan(&m.ID, &m.Campaign, &m.Variant, &m.Contact, &m.Appointment, &m.Step, &m.Kind, &m.To, &m.State, &m.Due, &m.NotAfter, &m.Reason, &m.Class,
		&m.Code, &m.Text, &m.Segments, &m.Cost, &m.CostKnown, &m.Provider, &m.ProviderID, &m.Attempts, &m.Coupon, &m.Token, &m.Decision, &m.CreatedAt,
		&m.AcceptedAt, &m.DeliveredAt, &m.UpdatedAt, &m.Lease, &m.Version)
	return m, err
}

// waiting are the states of a message that is still to be handed over. It stands in queries word for word: that is how
// SQLite finds the indexes made for them.
const waiting = `state IN ('queued', 'held')`

// dueSQL finds what is due (?1), at most so many (?2): reminders first, which have their hour, then campaigns that run.
const dueSQL = `SELECT id FROM (
	SELECT id FROM (SELECT id FROM message WHERE campaign_id IS NULL AND ` + waiting + ` AND due <= ?1 ORDER BY due LIMIT ?2)
	UNION ALL
	SELECT id FROM (SELECT m.id FROM campaign c CROSS JOIN message m ON m.campaign_id = c.id AND m.` + waiting + ` AND m.due <= ?1 WHERE c.state = 'running' LIMIT ?2)
	) LIMIT ?2`

// lapsedSQL finds claims whose time (?1) is over: whoever made them has stumbled, and never got to an attempt.
const lapsedSQL = `SELECT id FROM message WHERE state IN ('claimed', 'sending') AND state = 'claimed' AND lease <= ?1`

// Claim takes up to limit messages that are due, for as long as the lease lasts: reminders before campaigns. Those of
// campaigns that don't run stay. A claim that lapsed is as if it had never been.
func (s *Store) Claim(ctx context.Context, limit int, lease time.Duration) ([]data.Message, error) {
	const op = "claim messages"
	now := s.Now()
	var any bool
	if err := s.read.QueryRowContext(ctx, `SELECT EXISTS (`+dueSQL+`) OR EXISTS (`+lapsedSQL+`)`, now, 1).Scan(&any); err != nil || !any {
		return nil, fault(op, err)
	}
	var all []data.Message
	err := s.update(ctx, op, func(tx *sql.Tx) (err error) {
		if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'queued', reason = '', lease = 0, updated_at = ?1 WHERE id IN (`+lapsedSQL+`)`, now); err != nil {
			return err
		}
		all, err = collect(ctx, tx, scanMessage, `UPDATE message SET state = 'claimed', lease = ?3, updated_at = ?1 WHERE id IN (`+dueSQL+`)
			RETURNING `+strings.ReplaceAll(messageColumns, "m.", ""), now, limit, now.Add(lease))
		return err
	})
	return all, err
}

// Reclaim brings every claim back into the queue, and calls those that were being handed over when a process died
// unknown: nobody can tell whether they went out, and they are never sent again by themselves (invariant 2). It is for
// the holder of the engine's lease, at start.
func (s *Store) Reclaim(ctx context.Context) (queued, unknown int64, err error) {
	const taken = `state IN ('claimed', 'sending')`
	err = s.update(ctx, "recover the outbox", func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `UPDATE message SET state = 'queued', reason = '', lease = 0, updated_at = ? WHERE `+taken+` AND state = 'claimed'`, now)
		if err != nil {
			return err
		}
		queued, _ = res.RowsAffected()
		if _, err := tx.ExecContext(ctx, `UPDATE attempt SET outcome = 'unknown', settled_at = ?, class = 'unknown', raw = 'the program ended before an answer came'
			WHERE outcome = '' AND message_id IN (SELECT id FROM message WHERE `+taken+` AND state = 'sending')`, now); err != nil {
			return err
		}
		if res, err = tx.ExecContext(ctx, `UPDATE message SET state = 'unknown', reason = '`+interrupted+`', lease = 0, updated_at = ? WHERE `+taken+` AND state = 'sending'`, now); err != nil {
			return err
		}
		unknown, _ = res.RowsAffected()
		return nil
	})
	return queued, unknown, err
}

// interrupted is why a message is unknown whose hand-over nobody saw the end of.
const interrupted = "interrupted"

// Unclaim gives messages back into the queue, due as they were.
func (s *Store) Unclaim(ctx context.Context, ids []data.MessageID) error {
	return s.update(ctx, "give claims back", func(tx *sql.Tx) error {
		for _, id := range ids {
			if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'queued', reason = '', lease = 0 WHERE id = ? AND state = 'claimed'`, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// Permissions returns where people stand in a scope, by the ledger and by the suppression list: closed if either says so.
func (s *Store) Permissions(ctx context.Context, scope data.Scope, phones []data.Phone) (map[data.Phone]data.Permission, error) {
	out := make(map[data.Phone]data.Permission, len(phones))
	for start := 0; start < len(phones); start += 500 {
		part := phones[start:min(start+500, len(phones))]
		h, err := standing(ctx, s.read, part)
		if err != nil {
			return nil, fault("look consent up", err)
		}
		closed, err := suppressed(ctx, s.read, part)
		if err != nil {
			return nil, fault("look opt-outs up", err)
		}
		for _, p := range part {
			perm := data.Stand(scope, h[p])
			if since, ok := closed[suppression{p, scope}]; ok && !perm.Closed {
				perm = data.Permission{Scope: scope, Closed: true, Since: since}
			}
			out[p] = perm
		}
	}
	return out, nil
}

// standing is history without the words: what deciding needs, and no more.
func standing(ctx context.Context, q reader, phones []data.Phone) (map[data.Phone][]data.ConsentEntry, error) {
	args := make([]any, len(phones))
	for i, p := range phones {
		args[i] = string(p)
	}
	rows, err := q.QueryContext(ctx, `SELECT p.phone, c.seq, c.event, c.scope, c.basis, c.given_at, c.single, c.confirmed,
		c.import_id IS NOT NULL AND c.event = 'import' AND EXISTS (SELECT 1 FROM import i WHERE i.id = c.import_id AND i.state IN ('undoing', 'undone'))
		FROM consent_person p JOIN consent c ON c.batch = p.batch WHERE p.phone IN (`+marks(len(phones))+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := make(map[data.Phone][]data.ConsentEntry, len(phones))
	for rows.Next() {
		var e data.ConsentEntry
		if err := rows.Scan(&e.Phone, &e.Seq, &e.Event, &e.Scope, &e.Basis, &e.GivenAt, &e.Single, &e.Confirmed, &e.Undone); err != nil {
			return nil, err
		}
		// Whether an entry could end an opt-out was settled when it was written: recordConsent left no suppression then.
		e.Statement.Source = "ledger"
		all[e.Phone] = append(all[e.Phone], e)
	}
	return all, rows.Err()
}

type suppression struct {
	phone data.Phone
	scope data.Scope
}

func suppressed(ctx context.Context, q reader, phones []data.Phone) (map[suppression]data.Instant, error) {
	args := make([]any, len(phones))
	for i, p := range phones {
		args[i] = string(p)
	}
	rows, err := q.QueryContext(ctx, `SELECT phone, scope, since FROM suppression WHERE phone IN (`+marks(len(phones))+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[suppression]data.Instant{}
	for rows.Next() {
		var k suppression
		var since data.Instant
		if err := rows.Scan(&k.phone, &k.scope, &since); err != nil {
			return nil, err
		}
		out[k] = since
	}
	return out, rows.Err()
}

// A Decided is a claimed message with the rules' answer: its State is Sending (with text and cost), or Held, Blocked,
// Expired or MsgCancelled with a reason.
type Decided struct {
	Message data.Message
	Cost    data.Cost
	Visits  []data.Appointment // the other visits that the text names, beside the message's own
}

// CommitAttempts stores decisions, and for those to be sent an attempt, before the first byte goes out. In the same
// transaction it looks once more: an opt-out that came in meanwhile blocks; a campaign that was paused keeps its messages,
// as they were, and so does a reminder that names a visit which was moved or cancelled; a claim that lapsed counts for nothing, since its decision is an old one. It returns the attempt of every
// message that may go out now; the others have been taken care of, and their State says how.
func (s *Store) CommitAttempts(ctx context.Context, decided []Decided) (map[data.MessageID]data.AttemptID, error) {
	out := make(map[data.MessageID]data.AttemptID, len(decided))
	err := s.update(ctx, "commit the attempts", func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(ctx) // it is short: watching ctx through each statement would cost more than it takes
		clear(out)
		var phones []data.Phone
		for i := range decided {
			if decided[i].Message.State == data.Sending {
				phones = append(phones, decided[i].Message.To)
			}
		}
		closed := map[suppression]data.Instant{}
		if len(phones) > 0 {
			var err error
			if closed, err = suppressed(ctx, tx, phones); err != nil {
				return err
			}
		}
		runs, err := campaignsRunning(ctx, tx, decided)
		if err != nil {
			return err
		}
		message, err := tx.PrepareContext(ctx, `UPDATE message SET state = ?, due = ?, lease = 0, reason = ?, class = '', code = '', body = ?, segments = ?, cost = ?, currency = ?,
			provider = ?, attempts = ?, decision = ?, updated_at = ? WHERE id = ? AND state = 'claimed' AND lease = ?`)
		if err != nil {
			return err
		}
		defer message.Close()
		back, err := tx.PrepareContext(ctx, `UPDATE message SET state = 'queued', reason = '', lease = 0, updated_at = ? WHERE id = ? AND state = 'claimed' AND lease = ?`)
		if err != nil {
			return err
		}
		defer back.Close()
		attempt, err := tx.PrepareContext(ctx, `INSERT INTO attempt (message_id, provider, at) VALUES (?, ?, ?)`)
		if err != nil {
			return err
		}
		defer attempt.Close()
		now := s.Now()
		for i := range decided {
			m, cost := &decided[i].Message, decided[i].Cost
			stale := m.Campaign != 0 && !runs[m.Campaign] || m.Lease <= now
			if !stale && m.State == data.Sending && len(decided[i].Visits) > 0 {
				if stale, err = visitsChanged(ctx, tx, decided[i].Visits); err != nil {
					return err
				}
			}
			if m.State == data.Sending && stale {
				m.State, m.Reason = data.Queued, ""
				if _, err := back.ExecContext(ctx, int64(now), int64(m.ID), int64(m.Lease)); err != nil {
					return err
				}
				continue
			}
			if _, ok := closed[suppression{m.To, m.Kind.Scope()}]; ok && m.State == data.Sending {
				m.State, m.Reason, m.Text = data.Blocked, "opted_out", ""
			}
			var micros any
			if m.State == data.Sending {
				m.Attempts++
				if cost.Known {
					micros = int64(cost.Micros)
				}
			}
			res, err := message.ExecContext(ctx, string(m.State), int64(m.Due), m.Reason, m.Text, m.Segments, micros, cost.Currency, m.Provider, m.Attempts, m.Decision, int64(now), int64(m.ID), int64(m.Lease))
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 || m.State != data.Sending {
				if err != nil {
					return err
				}
				continue // stopped meanwhile, or not to be sent
			}
			if res, err = attempt.ExecContext(ctx, int64(m.ID), m.Provider, int64(now)); err != nil {
				return err
			}
			id, err := res.LastInsertId()
			if err != nil {
				return err
			}
			if m.Appointment != 0 {
				if err := nameVisits(ctx, tx, m.ID, decided[i].Visits); err != nil {
					return err
				}
			}
			out[m.ID] = data.AttemptID(id)
		}
		return nil
	})
	return out, err
}

// campaignsRunning tells which campaigns of some messages run.
func campaignsRunning(ctx context.Context, tx *sql.Tx, decided []Decided) (map[data.CampaignID]bool, error) {
	out := map[data.CampaignID]bool{}
	for i := range decided {
		id := decided[i].Message.Campaign
		if _, asked := out[id]; asked || id == 0 {
			continue
		}
		var runs bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM campaign WHERE id = ? AND state = 'running')`, id).Scan(&runs); err != nil {
			return nil, err
		}
		out[id] = runs
	}
	return out, nil
}

// A Settlement is what became of an attempt. State is where the message goes: Accepted, Rejected, Unknown, or Held until
// Due when nothing was written to the wire.
type Settlement struct {
	Attempt     data.AttemptID
	Message     data.MessageID
	Appointment data.AppointmentID // of a reminder: once accepted, the visit counts as reminded
	State       data.MessageState
	Due         data.Instant
	Reason      string
	Class       data.ErrorClass
	Code        string
	Raw         string
	ProviderID  string
	Segments    int
	Cost        data.Cost
	OptedOut    *data.ConsentEntry // the provider says that the person had opted out there: it is in the ledger with the result
}

// Settle stores the results of a call. One that comes late, when the hand-over has been called unknown already, counts
// none the less: what is known now is worth more than what was not known then.
func (s *Store) Settle(ctx context.Context, results []Settlement) error {
	var optedOut bool
	err := s.update(ctx, "settle the attempts", func(tx *sql.Tx) error {
		attempt, err := tx.PrepareContext(ctx, `UPDATE attempt SET settled_at = ?, outcome = ?, class = ?, code = ?, raw = ? WHERE id = ?`)
		if err != nil {
			return err
		}
		defer attempt.Close()
		message, err := tx.PrepareContext(ctx, `UPDATE message SET state = ?, due = ?, reason = ?, class = ?, code = ?, provider_ref = ?, accepted_at = ?,
			segments = CASE WHEN ?8 > 0 THEN ?8 ELSE segments END, cost = coalesce(?9, cost), currency = CASE WHEN ?9 IS NULL THEN currency ELSE ?10 END, updated_at = ?11
			WHERE id = ?12 AND (state = 'sending' OR state = 'unknown' AND reason = '`+interrupted+`')`)
		if err != nil {
			return err
		}
		defer message.Close()
		now := int64(s.Now())
		for i := range results {
			r := &results[i]
			accepted := int64(0)
			if r.State == data.Accepted {
				accepted = now
			}
			var cost any
			if r.Cost.Known {
				cost = int64(r.Cost.Micros)
			}
			if _, err := attempt.ExecContext(ctx, now, string(r.State), string(r.Class), r.Code, r.Raw, int64(r.Attempt)); err != nil {
				return err
			}
			if _, err := message.ExecContext(ctx, string(r.State), int64(r.Due), r.Reason, string(r.Class), r.Code, r.ProviderID, accepted, r.Segments, cost, r.Cost.Currency, now, int64(r.Message)); err != nil {
				return err
			}
			if r.Appointment != 0 && r.State == data.Accepted { // what the person has answered stays
				if _, err := tx.ExecContext(ctx, `UPDATE appointment SET state = 'reminded', updated_at = ? WHERE id = ? AND state = 'booked'`, now, int64(r.Appointment)); err != nil {
					return err
				}
				if err := remindNamed(ctx, tx, r.Message, now); err != nil {
					return err
				}
			}
			if r.OptedOut != nil {
				optedOut = true
				if err := s.recordConsent(ctx, tx, r.OptedOut); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil && optedOut {
		s.exportHead(ctx)
	}
	return err
}

// A MessageFilter says which messages a list shows.
type MessageFilter struct {
	Campaign data.CampaignID
	State    data.MessageState
	Phone    data.Phone
	After    data.MessageID
	Limit    int
}

// Messages lists messages by id.
func (s *Store) Messages(ctx context.Context, f MessageFilter) ([]data.Message, error) {
	q, args := `SELECT `+messageColumns+` FROM message m WHERE m.id > ?`, []any{f.After}
	if f.Campaign != 0 {
		q, args = q+` AND m.campaign_id = ?`, append(args, f.Campaign)
	}
	if f.State != "" {
		q, args = q+` AND m.state = ?`, append(args, f.State)
	}
	if f.Phone != "" {
		q, args = q+` AND m.phone = ?`, append(args, f.Phone)
	}
	q += ` ORDER BY m.id`
	if f.Limit > 0 {
		q, args = q+` LIMIT ?`, append(args, f.Limit)
	}
	all, err := collect(ctx, s.read, scanMessage, q, args...)
	return all, fault("read messages", err)
}

const nextDueSQL = `SELECT min(at) FROM (
	SELECT min(due) AS at FROM message WHERE campaign_id IS NULL AND ` + waiting + `
	UNION ALL
	SELECT max(c.at, c.undo_until, (SELECT min(m.due) FROM message m WHERE m.campaign_id = c.id AND m.` + waiting + `))
		FROM campaign c WHERE c.state IN ('running', 'scheduled', 'undo'))`

// NextDue returns when the next waiting message of a running or scheduled campaign, or the next reminder, comes due; 0
// when nothing waits.
func (s *Store) NextDue(ctx context.Context) (data.Instant, error) {
	var at sql.NullInt64
	err := s.read.QueryRowContext(ctx, nextDueSQL).Scan(&at)
	return data.Instant(at.Int64), fault("look what is due", err)
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"counterbell/data"
)

// A ReplyAnswer is what a person decided about a reply that the program couldn't be sure of, or had taken wrongly.
type ReplyAnswer string

const (
	AnswerConfirm  ReplyAnswer = "confirm"    // they come: the visit is confirmed
	AnswerCancel   ReplyAnswer = "cancel"     // they don't: the visit is cancelled, and its reminders with it
	AnswerCall     ReplyAnswer = "call"       // somebody calls them; the visit stays as it is
	AnswerOther    ReplyAnswer = "not_visit"  // it isn't about the visit
	AnswerOptOut   ReplyAnswer = "opt_out"    // they don't want any more texts: it is in the ledger
	AnswerNoOptOut ReplyAnswer = "no_opt_out" // it wasn't an opt-out: what it closed is open again
)

// CodeVisitOver is why a visit can't be confirmed or cancelled: there is none any more that could be.
const CodeVisitOver data.Code = "visit_over"

// A SettledReply is what a resolution changed, so that it can be taken back.
type SettledReply struct {
	Reply  int64
	Visit  data.AppointmentID // 0: none was changed
	Before data.AppointmentState
	After  data.AppointmentState
	Was    data.ReplyClass
	Scopes []data.Scope // closed or opened: what is in the ledger is not taken back
}

// SettleReply does what a person decided about a reply, in one transaction: the visit moves, the ledger gets its entry,
// and the reply is off the queue. Errors: data.NotFound, CodeVisitOver, consent_none when there was nothing to reopen,
// opt_out_certain when the reply is an opt-out beyond doubt.
func (s *Store) SettleReply(ctx context.Context, reply int64, how ReplyAnswer, by string) (out SettledReply, err error) {
	const op = "decide about a reply"
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		out = SettledReply{Reply: reply}
		found, err := collect(ctx, tx, scanReply, `SELECT `+replyColumns+` FROM `+replyTables+` WHERE i.id = ?`, reply)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return data.Errorf(data.NotFound, op, "no reply %d", reply)
		}
		r := found[0]
		out.Was = r.Inbound.Reply
		class := r.Inbound.Reply
		switch how {
		case AnswerConfirm, AnswerCancel:
			class, out.After = data.ReplyConfirm, data.Confirmed
			if how == AnswerCancel {
				class, out.After = data.ReplyCancel, data.ApptCancelled
			}
			if r.Visit == nil {
				return data.Errorf(CodeVisitOver, op, "no visit")
			}
			if err := s.settleVisit(ctx, tx, r.Visit.ID, &out); err != nil {
				return err
			}
		case AnswerOther:
			// The board shows the visit as it was before the reply.
			class = data.ReplyOther
			if r.Visit != nil {
				out.After = data.Reminded
				if err := s.calmVisit(ctx, tx, r.Visit.ID, &out); err != nil {
					return err
				}
			}
		case AnswerOptOut:
			class = data.ReplyOptOut
			if out.Scopes, err = s.closeBy(ctx, tx, r, by); err != nil {
				return err
			}
		case AnswerNoOptOut:
			class = data.ReplyOther
			if !r.Review { // STOP alone is an opt-out by law, whatever anybody at the counter makes of it
				return data.Errorf("opt_out_certain", op, "reply %d is an opt-out beyond doubt", reply)
			}
			if out.Scopes, err = s.reopenBy(ctx, tx, r, by); err != nil {
				return err
			}
			if len(out.Scopes) == 0 {
				return data.Errorf("consent_none", op, "nothing to open again")
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE inbound SET handled = 1, review = review OR 'opt_out' NOT IN (class, read_as), class = ?, read_as = CASE WHEN read_as = '' AND class <> ?1 THEN class ELSE read_as END,
			resolution = ?, resolved_at = ?, resolved_by = ? WHERE id = ?`, string(class), string(how), s.Now(), by, reply); err != nil {
			return err
		}
		return converse(ctx, tx, r.From)
	})
	if err == nil && len(out.Scopes) > 0 {
		s.exportHead(ctx)
	}
	return out, err
}

// settleVisit moves a visit that is still to come.
func (s *Store) settleVisit(ctx context.Context, tx *sql.Tx, id data.AppointmentID, out *SettledReply) error {
	now := s.Now()
	err := tx.QueryRowContext(ctx, `SELECT state FROM appointment WHERE id = ? AND starts_at > ? AND state IN ('booked', 'reminded', 'confirmed', 'unclear', 'cancelled')`, id, now).Scan(&out.Before)
	if errors.Is(err, sql.ErrNoRows) {
		return data.Errorf(CodeVisitOver, "decide about a reply", "appointment %d is over", id)
	}
	if err != nil {
		return err
	}
	out.Visit = id
	_, err = tx.ExecContext(ctx, `UPDATE appointment SET state = ?, dropped = 0, updated_at = ? WHERE id = ?`, string(out.After), now, id)
	return err
}

// calmVisit takes "unclear" off a visit, if it is.
func (s *Store) calmVisit(ctx context.Context, tx *sql.Tx, id data.AppointmentID, out *SettledReply) error {
	res, err := tx.ExecContext(ctx, `UPDATE appointment SET state = ?, updated_at = ? WHERE id = ? AND state = 'unclear'`, string(out.After), s.Now(), id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	out.Visit, out.Before = id, data.UnclearReply
	return nil
}

// closeBy writes the opt-out into the ledger that a person read out of a reply, as of when it was written.
func (s *Store) closeBy(ctx context.Context, tx *sql.Tx, r *ThreadReply, by string) ([]data.Scope, error) {
	scopes := data.ClosedBy(r.Answers)
	for _, scope := range scopes {
		e := data.ConsentEntry{
			Phone: r.From, Event: data.Withdraw, Scope: scope, GivenAt: r.At, Single: true, Confirmed: true,
			Statement: data.Statement{Method: "keyword", Source: "reply " + r.ProviderID + ", read by a person", Wording: r.Text, RecordedBy: by},
		}
		if known, err := hasEntry(ctx, tx, &e); err != nil {
			return nil, err
		} else if known {
			continue
		}
		if err := s.recordConsent(ctx, tx, &e); err != nil {
			return nil, err
		}
	}
	return scopes, nil
}

// reopenBy opens again what a reply closed that was no opt-out: on the basis that there was before, with the reply as
// evidence. What was closed by something else stays closed.
func (s *Store) reopenBy(ctx context.Context, tx *sql.Tx, r *ThreadReply, by string) (open []data.Scope, err error) {
	all, err := history(ctx, tx, []data.Phone{r.From})
	if err != nil {
		return nil, err
	}
	entries := all[r.From]
	for _, scope := range data.Scopes {
		now := data.Stand(scope, entries)
		if !now.Closed || now.Since != r.At {
			continue
		}
		before := data.Stand(scope, slices.DeleteFunc(slices.Clone(entries), func(e data.ConsentEntry) bool { return e.Event.Closes() && e.GivenAt == r.At }))
		if !before.Granted {
			continue
		}
		e := data.ConsentEntry{
			Phone: r.From, Event: data.Grant, Scope: scope, Basis: before.Basis, Single: true,
			Statement: data.Statement{Method: "operator", Source: "reply " + r.ProviderID + " was no opt-out", Evidence: r.Text, RecordedBy: by},
		}
		if err := s.recordConsent(ctx, tx, &e); err != nil {
			return nil, err
		}
		open = append(open, scope)
	}
	return open, nil
}

// UnsettleReply takes a decision back: the reply is on the queue again as it was taken before, and the visit where it
// stood, unless it has moved meanwhile. What went into the ledger stays there.
func (s *Store) UnsettleReply(ctx context.Context, r SettledReply) error {
	return s.update(ctx, "take a decision back", func(tx *sql.Tx) error {
		var from data.Phone
		err := tx.QueryRowContext(ctx, `UPDATE inbound SET handled = 0, class = ?, read_as = '', resolution = '', resolved_at = 0, resolved_by = '' WHERE id = ? RETURNING phone`, string(r.Was), r.Reply).Scan(&from)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if r.Visit != 0 {
			if _, err := tx.ExecContext(ctx, `UPDATE appointment SET state = ?, updated_at = ? WHERE id = ? AND state = ?`, string(r.Before), s.Now(), r.Visit, string(r.After)); err != nil {
				return err
			}
		}
		return converse(ctx, tx, from)
	})
}

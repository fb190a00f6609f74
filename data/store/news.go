package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"counterbell/data"
)

// News from outside: delivery states, link opens, replies. What was received is stored together with the cursor, so
// that nothing is lost and nothing counts twice.

// A Waiting is an accepted message whose delivery isn't known yet.
type Waiting struct {
	Message    data.MessageID
	Attempt    data.AttemptID
	ProviderID string
	To         data.Phone
	AcceptedAt data.Instant
}

const awaitingSQL = `SELECT m.id, (SELECT max(id) FROM attempt a WHERE a.message_id = m.id), m.provider_ref, m.phone, m.accepted_at FROM message m
	WHERE m.state = 'accepted' AND m.provider = ?1 AND (m.polled_at <= ?2 AND m.polled_at <= ?3 - (?3 - m.accepted_at) / 8 OR m.polled_at > ?3) AND m.accepted_at >= ?4
	ORDER BY m.polled_at LIMIT ?5`

// AwaitingStatus lists messages of a provider, accepted since a moment, that haven't been asked about after before, oldest
// question first. The older a message, the longer between two questions: an eighth of its age, so that one that nobody
// ever hears of again isn't asked about ten thousand times. A question that lies in the future, since the clock was put
// back, counts for nothing.
func (s *Store) AwaitingStatus(ctx context.Context, provider string, since, before data.Instant, limit int) ([]Waiting, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (w Waiting, err error) {
		return w, r.Scan(&w.Message, &w.Attempt, &w.ProviderID, &w.To, &w.AcceptedAt)
	}, awaitingSQL, provider, before, s.Now(), since, limit)
	return all, fault("list messages under way", err)
}

// A Delivery is news of one message. State is Accepted while there is none.
type Delivery struct {
	Message  data.MessageID
	State    data.MessageState
	Class    data.ErrorClass
	Code     string
	At       data.Instant
	Segments int
	Cost     data.Cost
}

// StoreDeliveries stores delivery states, and that the messages were asked about. A final state never changes again, but
// that an unknown one may become known. Where the provider says that the person has opted out there, they have here.
func (s *Store) StoreDeliveries(ctx context.Context, asked []data.MessageID, news []Delivery) error {
	how := s.update
	if len(news) == 0 {
		how = s.quietly
	}
	var optedOut bool
	err := how(ctx, "store delivery states", func(tx *sql.Tx) error {
		now := int64(s.Now())
		poll, err := tx.PrepareContext(ctx, `UPDATE message SET polled_at = ? WHERE id = ?`)
		if err != nil {
			return err
		}
		defer poll.Close()
		for _, id := range asked {
			if _, err := poll.ExecContext(ctx, now, int64(id)); err != nil {
				return err
			}
		}
		st, err := tx.PrepareContext(ctx, `UPDATE message SET state = ?1, class = ?2, code = ?3, delivered_at = CASE WHEN ?1 = 'delivered' THEN ?4 ELSE 0 END,
			segments = CASE WHEN ?5 > 0 THEN ?5 ELSE segments END, cost = coalesce(?6, cost), currency = CASE WHEN ?6 IS NULL THEN currency ELSE ?7 END, updated_at = ?8
			WHERE id = ?9 AND state IN ('accepted', 'unknown') RETURNING phone, kind, provider`)
		if err != nil {
			return err
		}
		defer st.Close()
		for _, n := range news {
			if n.State == data.Accepted || n.State == "" {
				continue
			}
			var cost any
			if n.Cost.Known {
				cost = int64(n.Cost.Micros)
			}
			at := int64(n.At)
			if at == 0 {
				at = now
			}
			var phone data.Phone
			var kind data.Kind
			var provider string
			err := st.QueryRowContext(ctx, string(n.State), string(n.Class), n.Code, at, n.Segments, cost, n.Cost.Currency, now, int64(n.Message)).Scan(&phone, &kind, &provider)
			switch {
			case errors.Is(err, sql.ErrNoRows): // it was final
			case err != nil:
				return err
			case n.Class == data.ClassOptedOut:
				optedOut = true
				e := data.ConsentEntry{
					Phone: phone, Event: data.Withdraw, Scope: kind.Scope(), Single: true, Confirmed: true,
					Statement: data.Statement{Method: "provider", Source: "the provider refused the number as opted out (" + provider + ")"},
				}
				if err := s.recordConsent(ctx, tx, &e); err != nil {
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

// An UnpublishedLink is a token that the relay doesn't know yet, with what its page says.
type UnpublishedLink struct {
	Token    string
	Campaign data.CampaignID
	Code     string
}

const unpublishedSQL = `SELECT l.token, m.campaign_id, coalesce(k.code, '') FROM link l CROSS JOIN message m ON m.id = l.message_id LEFT JOIN coupon k ON k.id = m.coupon_id
	WHERE l.published_at = 0 AND m.` + waiting + ` AND m.campaign_id IN (SELECT id FROM campaign WHERE state IN ('scheduled', 'undo', 'running'))
	ORDER BY l.message_id LIMIT ?`

// UnpublishedLinks lists tokens of messages still to be sent that the relay hasn't confirmed.
func (s *Store) UnpublishedLinks(ctx context.Context, limit int) ([]UnpublishedLink, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (l UnpublishedLink, err error) { return l, r.Scan(&l.Token, &l.Campaign, &l.Code) }, unpublishedSQL, limit)
	return all, fault("list links to publish", err)
}

// LinkWait is why a message is held whose link the relay hasn't confirmed.
const LinkWait = "link_not_published"

// LinksPublished stores that the relay has confirmed tokens. What waited for them is due.
func (s *Store) LinksPublished(ctx context.Context, tokens []string) error {
	return s.update(ctx, "store published links", func(tx *sql.Tx) error {
		now := s.Now()
		for _, t := range tokens {
			var message data.MessageID
			err := tx.QueryRowContext(ctx, `UPDATE link SET published_at = ? WHERE token = ? RETURNING message_id`, now, t).Scan(&message)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE message SET due = min(due, ?) WHERE id = ? AND state = 'held' AND reason = ?`, now, message, LinkWait); err != nil {
				return err
			}
		}
		return nil
	})
}

// Published tells which of the tokens the relay has confirmed.
func (s *Store) Published(ctx context.Context, tokens []string) (map[string]bool, error) {
	out := map[string]bool{}
	for start := 0; start < len(tokens); start += 500 {
		part := tokens[start:min(start+500, len(tokens))]
		args := make([]any, len(part))
		for i, t := range part {
			args[i] = t
		}
		all, err := collect(ctx, s.read, func(r *sql.Rows) (t string, err error) { return t, r.Scan(&t) },
			`SELECT token FROM link WHERE published_at > 0 AND token IN (`+marks(len(part))+`)`, args...)
		if err != nil {
			return nil, fault("look links up", err)
		}
		for _, t := range all {
			out[t] = true
		}
	}
	return out, nil
}

// A LinkOpen is a link followed, as the relay reported it.
type LinkOpen struct {
	Event int64
	Token string
	At    data.Instant
	Class data.OpenClass
	Why   string
}

// StoreOpens stores a relay's events with the cursor after them. An event that came before counts once.
func (s *Store) StoreOpens(ctx context.Context, relay string, opens, stops []LinkOpen, next int64) error {
	err := s.update(ctx, "store link opens", func(tx *sql.Tx) error {
		for _, o := range opens {
			if _, err := tx.ExecContext(ctx, `INSERT INTO open VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, relay, o.Event, o.Token, int64(o.At), string(o.Class), o.Why); err != nil {
				return err
			}
		}
		for _, o := range stops {
			var phone data.Phone
			var kind data.Kind
			err := tx.QueryRowContext(ctx, `SELECT m.phone, m.kind FROM link l JOIN message m ON m.id = l.message_id WHERE l.token = ?`, o.Token).Scan(&phone, &kind)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			for _, scope := range data.ClosedBy(kind) {
				e := data.ConsentEntry{
					Phone: phone, Event: data.Withdraw, Scope: scope, GivenAt: min(o.At, s.Now()), Single: true, Confirmed: true,
					Statement: data.Statement{Method: "page", Source: "the stop button of a link's page"},
				}
				if known, err := hasEntry(ctx, tx, &e); err != nil {
					return err
				} else if known {
					continue
				}
				if err := s.recordConsent(ctx, tx, &e); err != nil {
					return err
				}
			}
		}
		return setCursor(ctx, tx, "relay:"+relay, strconv.FormatInt(next, 10))
	})
	if err == nil && len(stops) > 0 {
		s.exportHead(ctx)
	}
	return err
}

// hasEntry tells whether the same person said the same thing at the same moment before: news may come twice.
func hasEntry(ctx context.Context, tx *sql.Tx, e *data.ConsentEntry) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM consent_person p JOIN consent c ON c.batch = p.batch WHERE p.phone = ? AND c.event = ? AND c.scope = ? AND c.given_at = ?`,
		e.Phone, e.Event, e.Scope, e.GivenAt).Scan(&n)
	return n > 0, err
}

// LinkTimes returns the timing that tells previews and reloads from people: when the message behind a token was accepted
// by the provider, and when the link was last opened up to a moment. Zero where that isn't known.
func (s *Store) LinkTimes(ctx context.Context, token string, until data.Instant) (handedOver, opened data.Instant, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT m.accepted_at, coalesce((SELECT max(at) FROM open WHERE token = ?1 AND at <= ?2), 0)
		FROM link l JOIN message m ON m.id = l.message_id WHERE l.token = ?1`, token, until).Scan(&handedOver, &opened)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return handedOver, opened, fault("look a link up", err)
}

// LastTo returns the last message handed over to a number before a moment, and how its campaign or reminder asked for
// an answer. ok is false when there is none.
func (s *Store) LastTo(ctx context.Context, phone data.Phone, before data.Instant) (m data.Message, ok bool, err error) {
	all, err := collect(ctx, s.read, scanMessage, `SELECT `+messageColumns+` FROM message m WHERE m.phone = ? AND m.accepted_at > 0 AND m.accepted_at <= ?
		ORDER BY m.accepted_at DESC, m.id DESC LIMIT 1`, phone, before)
	if err != nil || len(all) == 0 {
		return m, false, fault("find the text that a reply answers", err)
	}
	return all[0], true, nil
}

// LastReminderTo returns the last reminder handed over to a number before a moment of a visit that is still to come.
func (s *Store) LastReminderTo(ctx context.Context, phone data.Phone, before data.Instant) (m data.Message, ok bool, err error) {
	all, err := collect(ctx, s.read, scanMessage, `SELECT `+messageColumns+` FROM message m JOIN appointment a ON a.id = m.appointment_id
		WHERE m.phone = ?1 AND m.accepted_at > 0 AND m.accepted_at <= ?2 AND a.starts_at > ?2 ORDER BY m.accepted_at DESC, m.id DESC LIMIT 1`, phone, before)
	if err != nil || len(all) == 0 {
		return m, false, fault("find the reminder that a reply answers", err)
	}
	return all[0], true, nil
}

// Awaited counts the visits to come of a number, but for some, that were reminded of and not answered yet.
func (s *Store) Awaited(ctx context.Context, phone data.Phone, at data.Instant, but ...data.AppointmentID) (n int, err error) {
	args := []any{phone, at}
	for _, id := range but {
		args = append(args, id)
	}
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM appointment WHERE phone = ? AND phone <> '' AND starts_at > ? AND state = 'reminded' AND id NOT IN (`+marks(len(but))+`)`, args...).Scan(&n)
	return n, fault("look for visits on the same number", err)
}

// A Reply is a reply with what follows from it: entries for the ledger, and where the appointment goes.
type Reply struct {
	Inbound     data.Inbound
	Consents    []data.ConsentEntry
	Appointment data.AppointmentID
	Also        []data.AppointmentID // other visits that the text named, which go where that one goes
	State       data.AppointmentState
}

// StoreReplies stores replies, what follows from them and the cursor, in one transaction: an opt-out is in the ledger
// before anything else is sent. A reply that came before has no effect. It returns those that were new.
func (s *Store) StoreReplies(ctx context.Context, provider string, replies []Reply, cursor string) ([]Reply, error) {
	var fresh []Reply
	var consents bool
	err := s.update(ctx, "store replies", func(tx *sql.Tx) error {
		fresh, consents = nil, false
		for _, r := range replies {
			in := r.Inbound
			res, err := tx.ExecContext(ctx, `INSERT INTO inbound (provider, provider_id, phone, body, at, class, keyword, message_id, review) VALUES (`+marks(9)+`) ON CONFLICT DO NOTHING`,
				provider, in.ProviderID, string(in.From), in.Text, int64(in.At), string(in.Reply), in.Keyword, nullID(int64(in.Message)), in.Review)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 {
				if err != nil {
					return err
				}
				continue
			}
			id, err := res.LastInsertId()
			if err != nil {
				return err
			}
			for i := range r.Consents {
				consents = true
				if err := s.recordConsent(ctx, tx, &r.Consents[i]); err != nil {
					return err
				}
			}
			if r.Appointment != 0 {
				moved, err := s.answer(ctx, tx, &r, r.Appointment)
				if err != nil {
					return err
				}
				for _, other := range r.Also {
					too, err := s.answer(ctx, tx, &r, other)
					if err != nil {
						return err
					}
					moved = moved && too
				}
				if !moved { // nobody would hear of it otherwise
					if _, err := tx.ExecContext(ctx, `UPDATE inbound SET review = 1 WHERE id = ?`, id); err != nil {
						return err
					}
				}
			}
			if err := converse(ctx, tx, in.From); err != nil {
				return err
			}
			fresh = append(fresh, r)
		}
		return setCursor(ctx, tx, "replies:"+provider, cursor)
	})
	if err == nil && consents {
		s.exportHead(ctx)
	}
	return fresh, err
}

// answer moves the visit that a reply is about. It doesn't where the visit isn't the one any more that the person was
// asked about: moved since, over, or answered for good.
func (s *Store) answer(ctx context.Context, tx *sql.Tx, r *Reply, visit data.AppointmentID) (moved bool, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE appointment SET state = ?1, updated_at = ?2 WHERE id = ?3 AND state IN ('booked', 'reminded', 'confirmed', 'unclear') AND starts_at > ?4
		AND version = coalesce((SELECT version FROM message WHERE id = ?5 AND appointment_id = ?3), (SELECT version FROM message_visit WHERE message_id = ?5 AND appointment_id = ?3), version)`,
		r.State, s.Now(), visit, r.Inbound.At, nullID(int64(r.Inbound.Message)))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Inbox lists replies, latest first.
func (s *Store) Inbox(ctx context.Context, limit int) ([]data.Inbound, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (i data.Inbound, err error) {
		return i, r.Scan(&i.ID, &i.Provider, &i.ProviderID, &i.From, &i.Text, &i.At, &i.Reply, &i.Keyword, &i.Message, &i.Review)
	}, `SELECT id, provider, provider_id, phone, body, at, class, keyword, coalesce(message_id, 0), review AND NOT handled FROM inbound ORDER BY at DESC LIMIT ?`, limit)
	return all, fault("read replies", err)
}

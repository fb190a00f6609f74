package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"counterbell/data"
)

// A Direct is one text that a person at the counter writes to one number: an answer, word that a visit was moved, a test
// to their own phone. It belongs to no campaign and to no reminder plan, and goes through the outbox like every other
// text: the rules decide at the moment of sending, and the attempt is on disk before the first byte goes out.
type Direct struct {
	Phone       data.Phone
	Kind        data.Kind          // Notice for an answer
	Body        string             // final words, without placeholders; brand and label are added where they are missing
	Contact     data.ContactID     // 0: whoever has the number, if anybody
	Appointment data.AppointmentID // the visit that it is about; 0: none
	By          string             // who wrote it
	// About is the kind of text that this one shows, as a test of a campaign's text does: who opted out of those gets none,
	// whatever its own kind. "": none but its own.
	About data.Kind
	// Asked is when the person asked for this text themselves: by the reply that it answers, or by typing their own number
	// for a test. For DirectAnswers long that counts as their express consent to the answer, where they gave no other and
	// no opt-out stands. 0: nobody asked.
	Asked data.Instant
	// NotAfter is until when it is worth sending; 0: two days.
	NotAfter data.Instant
}

const (
	// DirectAnswers is how long a person's own question permits the answer to it.
	DirectAnswers = 7 * 24 * time.Hour
	// directLasts is how long a text that nobody limited may wait for its turn.
	directLasts = 48 * time.Hour
	// DirectStep is what message.Step of such a text says.
	DirectStep = "direct"
	// DirectLimit is how many characters a text may have: what carriers put together again.
	DirectLimit = 1_600
)

// QueueDirect queues a text. Errors: direct_no_number, direct_empty, direct_too_long, data.Invalid for a kind that is none.
func (s *Store) QueueDirect(ctx context.Context, d Direct) (id data.MessageID, err error) {
	const op = "queue a text"
	d.Body = strings.TrimSpace(d.Body)
	switch {
	case d.Phone == "":
		return 0, data.Errorf("direct_no_number", op, "no number")
	case d.Body == "":
		return 0, data.Errorf("direct_empty", op, "no words")
	case len([]rune(d.Body)) > DirectLimit:
		return 0, data.Errorf("direct_too_long", op, "%d characters", len([]rune(d.Body)))
	case !d.Kind.Valid():
		return 0, data.Errorf(data.Invalid, op, "kind %q", d.Kind).With("value", string(d.Kind))
	case d.About != "" && !d.About.Valid():
		return 0, data.Errorf(data.Invalid, op, "about kind %q", d.About).With("value", string(d.About))
	}
	// What is written while a shop practises never goes out for real, nor the other way round.
	provider, err := s.Provider(ctx)
	if err != nil {
		return 0, err
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		if d.NotAfter == 0 {
			d.NotAfter = now.Add(directLasts)
		}
		if d.Contact == 0 {
			var known sql.NullInt64
			if err := tx.QueryRowContext(ctx, `SELECT max(id) FROM (SELECT id FROM person WHERE phone = ?1 UNION ALL SELECT contact_id FROM contact_phone WHERE phone = ?1)`, string(d.Phone)).Scan(&known); err != nil {
				return err
			}
			d.Contact = data.ContactID(known.Int64)
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO message (contact_id, step, kind, phone, state, due, not_after, provider, created_at, updated_at)
			VALUES (?1, 'direct', ?2, ?3, 'queued', ?4, ?5, ?6, ?4, ?4)`, nullID(int64(d.Contact)), string(d.Kind), string(d.Phone), now, d.NotAfter, provider)
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.MessageID(n)
		if _, err := tx.ExecContext(ctx, `INSERT INTO direct (message_id, body, appointment_id, asked_at, written_by, about, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			n, d.Body, nullID(int64(d.Appointment)), d.Asked, d.By, string(d.About), now); err != nil {
			return err
		}
		return converse(ctx, tx, d.Phone)
	})
	return id, err
}

// CancelDirect takes a text back that hasn't been handed over. Error direct_gone when it has, or is being.
func (s *Store) CancelDirect(ctx context.Context, id data.MessageID) error {
	const op = "take a text back"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE message SET state = 'cancelled', reason = 'by_user', lease = 0, updated_at = ?
			WHERE id = ? AND step = 'direct' AND campaign_id IS NULL AND state IN ('queued', 'held')`, s.Now(), id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return data.Errorf("direct_gone", op, "message %d", id)
	})
}

// Directs returns the words of some messages, as they were written: of those that somebody at the counter wrote.
func (s *Store) Directs(ctx context.Context, ids []data.MessageID) (map[data.MessageID]Direct, error) {
	out := map[data.MessageID]Direct{}
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = int64(id)
		}
		_, err := collect(ctx, s.read, func(r *sql.Rows) (d Direct, err error) {
			var id data.MessageID
			err = r.Scan(&id, &d.Phone, &d.Kind, &d.Body, &d.Contact, &d.Appointment, &d.By, &d.Asked, &d.NotAfter, &d.About)
			out[id] = d
			return d, err
		}, `SELECT m.id, m.phone, m.kind, d.body, coalesce(m.contact_id, 0), coalesce(d.appointment_id, 0), d.written_by, d.asked_at, m.not_after, d.about
			FROM direct d JOIN message m ON m.id = d.message_id WHERE d.message_id IN (`+marks(len(part))+`)`, args...)
		if err != nil {
			return nil, fault("read texts written by hand", err)
		}
	}
	return out, nil
}

// converse brings a number's line in the list of conversations up to date, after a reply or an answer was stored, or was
// looked at. A number that nobody wrote to or from has none.
func converse(ctx context.Context, tx *sql.Tx, phone data.Phone) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO conversation (phone, last_at, reply_id, class, unread, unclear, opted_out)
		SELECT ?1, max(coalesce(i.at, 0), w.at), coalesce(i.id, 0), coalesce(i.class, ''), i.id IS NOT NULL,
			(SELECT count(*) FROM inbound x WHERE x.phone = ?1 AND x.review AND NOT x.handled),
			EXISTS (SELECT 1 FROM inbound x WHERE x.phone = ?1 AND x.class = 'opt_out')
		FROM (SELECT coalesce((SELECT max(m.created_at) FROM message m JOIN direct d ON d.message_id = m.id WHERE m.phone = ?1), 0) AS at) w
		LEFT JOIN inbound i ON i.id = (SELECT x.id FROM inbound x WHERE x.phone = ?1 ORDER BY x.at DESC, x.id DESC LIMIT 1)
		WHERE i.id IS NOT NULL OR w.at > 0
		ON CONFLICT (phone) DO UPDATE SET last_at = excluded.last_at, reply_id = excluded.reply_id, class = excluded.class, unclear = excluded.unclear, opted_out = excluded.opted_out,
			unread = EXISTS (SELECT 1 FROM inbound x WHERE x.phone = ?1 AND x.id > conversation.seen_id)`, string(phone))
	return err
}

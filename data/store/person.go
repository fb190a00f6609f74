package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"

	"counterbell/data"
)

// What is known of one person beside their own record: coupons, visits, texts both ways, and whether their part of the
// ledger holds.

// A HeldCoupon is one of a person's coupons and what became of it.
type HeldCoupon struct {
	Code     string // bare
	Offer    data.Offer
	Campaign data.CampaignID
	Practice bool
	Used     int
	Redeemed data.Instant // the latest use that stands; 0: none
	Paid     *data.Money  // at that use
}

// CouponsOf lists a person's coupons, latest first, at most limit.
func (s *Store) CouponsOf(ctx context.Context, id data.ContactID, limit int) ([]HeldCoupon, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (k HeldCoupon, err error) {
		var paid sql.NullInt64
		var currency string
		o := &k.Offer
		err = r.Scan(&k.Code, &k.Campaign, &k.Practice, &k.Used, &o.ID, &o.Title, &o.Kind, &o.Percent, &o.Amount.Minor, &o.Amount.Currency, &o.Terms, &o.ValidFrom, &o.ValidTo, &o.Uses, &o.Minimum,
			&k.Redeemed, &paid, &currency)
		if paid.Valid {
			k.Paid = &data.Money{Minor: paid.Int64, Currency: currency}
		}
		return k, err
	}, `SELECT k.code, k.campaign_id, c.practice, k.used, o.id, o.title, o.kind, o.percent, o.amount, o.currency, o.terms, o.valid_from, o.valid_to, o.uses, o.minimum,
		coalesce(r.at, 0), r.paid, coalesce(r.currency, '')
		FROM coupon k JOIN offer o ON o.id = k.offer_id JOIN campaign c ON c.id = k.campaign_id
		LEFT JOIN redemption r ON r.id = (SELECT max(x.id) FROM redemption x WHERE x.coupon_id = k.id AND x.undone_at = 0)
		WHERE k.contact_id = ? ORDER BY k.id DESC LIMIT ?`, int64(id), limit)
	return all, fault("list a person's coupons", err)
}

// AppointmentsOf lists the visits booked under a number, latest first, at most limit.
func (s *Store) AppointmentsOf(ctx context.Context, phone data.Phone, limit int) ([]data.Appointment, error) {
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment a WHERE a.phone = ? AND a.phone <> '' ORDER BY a.starts_at DESC, a.id DESC LIMIT ?`, phone, limit)
	return all, fault("list a person's visits", err)
}

// An Exchange is one text between the shop and a person.
type Exchange struct {
	At       data.Instant
	FromThem bool
	Text     string
	Message  data.MessageID // of ours
	Kind     data.Kind
	State    data.MessageState
	Reason   string // or the provider's class of failure
	Campaign string // its name
	Practice bool
	Class    data.ReplyClass // what a reply was taken for
}

// ExchangesOf lists the texts to and from a number, latest first, at most limit.
func (s *Store) ExchangesOf(ctx context.Context, phone data.Phone, limit int) ([]Exchange, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (e Exchange, err error) {
		return e, r.Scan(&e.At, &e.FromThem, &e.Text, &e.Message, &e.Kind, &e.State, &e.Reason, &e.Campaign, &e.Practice, &e.Class)
	}, `SELECT * FROM (
		SELECT CASE WHEN m.accepted_at > 0 THEN m.accepted_at ELSE m.updated_at END AS at, 0, m.body, m.id, m.kind, m.state, CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END,
			coalesce(c.name, ''), coalesce(c.practice, m.provider = 'practice'), ''
			FROM message m LEFT JOIN campaign c ON c.id = m.campaign_id WHERE m.phone = ?1
		UNION ALL
		SELECT i.at, 1, i.body, 0, '', '', '', '', 0, i.class FROM inbound i WHERE i.phone = ?1
		) ORDER BY at DESC LIMIT ?2`, phone, limit)
	return all, fault("list a person's texts", err)
}

// VerifyConsentOf checks a person's part of the ledger: that each of their entries names them, holds what it says, is
// chained to the one before it, and that everything after it is chained on up to the head. Entries is how many are
// theirs.
func (s *Store) VerifyConsentOf(ctx context.Context, phone data.Phone) (LedgerCheck, error) {
	out := LedgerCheck{OK: true}
	err := s.view(ctx, "verify a person's consent", func(tx *sql.Tx) error {
		type mine struct {
			seq, batch  int64
			salt, claim []byte
		}
		entries, err := collect(ctx, tx, func(r *sql.Rows) (m mine, err error) { return m, r.Scan(&m.seq, &m.batch, &m.salt, &m.claim) },
			`SELECT c.seq, p.batch, p.salt, p.commitment FROM consent_person p JOIN consent c ON c.batch = p.batch WHERE p.phone = ? ORDER BY c.seq`, phone)
		if err != nil || len(entries) == 0 {
			return err
		}
		out.Entries = int64(len(entries))
		broken := func(seq int64, why string) {
			if out.OK {
				out.OK, out.Broken, out.Problem = false, seq, why
			}
		}
		of := map[int64]bool{}
		roots := map[int64][]byte{}
		counts := map[int64]int64{}
		for _, m := range entries {
			of[m.seq] = true
			if !bytes.Equal(commitPhone(m.salt, phone), m.claim) {
				broken(m.seq, "people changed")
			}
			if roots[m.batch] == nil {
				if roots[m.batch], counts[m.batch], err = rootOf(ctx, tx, m.batch); err != nil {
					return err
				}
			}
		}
		return walkChain(ctx, tx, entries[0].seq, func(e *entryRow, salt []byte, body sql.NullString, prev []byte, next int64) bool {
			switch {
			case e.seq != next:
				broken(next, "missing")
			case !bytes.Equal(e.chain(prev), e.hash):
				broken(e.seq, "changed")
			case of[e.seq] && (counts[e.batch] != e.people || !bytes.Equal(roots[e.batch], e.root)):
				broken(e.seq, "people changed")
			case of[e.seq] && body.Valid && !bytes.Equal(commitStatement(salt, []byte(body.String)), e.statement):
				broken(e.seq, "statement changed")
			}
			out.Head = hex.EncodeToString(e.hash)
			return out.OK
		})
	})
	return out, err
}

// walkChain visits the ledger's entries from one on, each with the hash before it and the number that is due, until
// visit returns false.
func walkChain(ctx context.Context, tx *sql.Tx, from int64, visit func(e *entryRow, salt []byte, body sql.NullString, prev []byte, next int64) bool) error {
	var prev []byte
	if from > 1 {
		if err := tx.QueryRowContext(ctx, `SELECT hash FROM consent WHERE seq = ?`, from-1).Scan(&prev); err != nil && err != sql.ErrNoRows {
			return err
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT c.seq, c.version, c.event, c.scope, c.basis, c.given_at, c.recorded_at, c.single, c.confirmed,
		coalesce(c.import_id, 0), c.batch, c.people, c.people_root, c.statement, c.hash, t.salt, t.body
		FROM consent c LEFT JOIN consent_statement t ON t.seq = c.seq WHERE c.seq >= ? ORDER BY c.seq`, from)
	if err != nil {
		return err
	}
	defer rows.Close()
	for next := from; rows.Next(); next++ {
		var e entryRow
		var salt []byte
		var body sql.NullString
		if err := rows.Scan(&e.seq, &e.version, &e.event, &e.scope, &e.basis, &e.givenAt, &e.recordedAt, &e.single, &e.confirmed,
			&e.importID, &e.batch, &e.people, &e.root, &e.statement, &e.hash, &salt, &body); err != nil {
			return err
		}
		if !visit(&e, salt, body, prev, next) {
			return nil
		}
		prev = e.hash
	}
	return rows.Err()
}

// Present returns those ids that are somebody's, in the order given, each once.
func (s *Store) Present(ctx context.Context, ids []data.ContactID) ([]data.ContactID, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	there, err := collect(ctx, s.read, func(r *sql.Rows) (id data.ContactID, err error) { return id, r.Scan(&id) },
		`SELECT c.id FROM json_each(?) j JOIN person c ON c.id = j.value GROUP BY c.id ORDER BY min(j.key)`, string(list))
	return there, fault("look people up", err)
}

// CountOptedOut counts the people in the book who opted out of something.
func (s *Store) CountOptedOut(ctx context.Context) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(DISTINCT c.id) FROM suppression x CROSS JOIN person c ON c.phone = x.phone`).Scan(&n)
	return n, fault("count opt-outs", err)
}

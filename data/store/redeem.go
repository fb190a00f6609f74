package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"counterbell/data"
)

// A RedeemRequest is a code at a till. Amounts are optional: Paid is what was paid after the discount.
type RedeemRequest struct {
	Code string // as typed or scanned
	Till string
	By   string
	Full *data.Money
	Paid *data.Money
}

// Redeem uses a coupon once. However many tills ask at the same moment, one conditional UPDATE decides (invariant 4).
// A refusal is no error: the result says why. Errors: those of data.ReadCode for a code that can't be one.
func (s *Store) Redeem(ctx context.Context, r RedeemRequest) (data.RedeemResult, error) {
	const op = "redeem a coupon"
	var out data.RedeemResult
	code, err := data.ReadCode(r.Code)
	if err != nil {
		return out, err
	}
	b, err := s.Business(ctx)
	if err != nil {
		return out, err
	}
	if r.Till == "" {
		r.Till = b.Till
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		today := string(data.DateOf(now.In(b.Location())))
		var id data.CouponID
		used := tx.QueryRowContext(ctx, `UPDATE coupon SET used = used + 1 WHERE code = ?1 AND used < (SELECT uses FROM offer WHERE offer.id = coupon.offer_id)
			AND EXISTS (SELECT 1 FROM offer WHERE offer.id = coupon.offer_id AND (valid_from = '' OR valid_from <= ?2) AND (valid_to = '' OR valid_to >= ?2))
			RETURNING id`, code, today).Scan(&id)
		if used != nil && !errors.Is(used, sql.ErrNoRows) {
			return used
		}
		if out, err = describeCoupon(ctx, tx, code); err != nil {
			return err
		}
		if used == nil {
			res, err := tx.ExecContext(ctx, `INSERT INTO redemption (coupon_id, at, till, by, full, paid, currency) VALUES (`+marks(7)+`)`,
				id, now, r.Till, r.By, minor(r.Full), minor(r.Paid), currencyOf(r.Paid, r.Full))
			if err != nil {
				return err
			}
			if out.Redemption, err = res.LastInsertId(); err != nil {
				return err
			}
			out.OK, out.Redeemed, out.Till, out.Paid = true, now, r.Till, r.Paid
			return nil
		}
		switch o := out.Offer; {
		case o == nil:
			out.Problem = data.CodeUnknown
		case o.ValidTo != "" && string(o.ValidTo) < today:
			out.Problem = data.CodeExpired
		case o.ValidFrom != "" && string(o.ValidFrom) > today:
			out.Problem = data.CodeNotYet
		default:
			out.Problem = data.CodeUsed
			if len(out.Earlier) > 0 {
				out.Redeemed, out.Till, out.Paid = out.Earlier[0].At, out.Earlier[0].Till, out.Earlier[0].Paid
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO refusal (at, till, code, problem) VALUES (?, ?, ?, ?)`, now, r.Till, code, string(out.Problem))
		return err
	})
	return out, err
}

func minor(m *data.Money) any {
	if m == nil {
		return nil
	}
	return m.Minor
}

func currencyOf(all ...*data.Money) string {
	for _, m := range all {
		if m != nil {
			return m.Currency
		}
	}
	return ""
}

// describeCoupon fills in what a till shows of a code, with the uses that stand, latest first.
func describeCoupon(ctx context.Context, tx *sql.Tx, code string) (data.RedeemResult, error) {
	out := data.RedeemResult{Code: data.ShowCode(code)}
	var o data.Offer
	var coupon data.CouponID
	var name, given string
	err := tx.QueryRowContext(ctx, `SELECT k.id, k.contact_id, k.campaign_id, c.practice, o.id, o.title, o.kind, o.percent, o.amount, o.currency, o.terms, o.valid_from, o.valid_to, o.uses, o.minimum,
		coalesce(p.name, ''), coalesce(p.given_name, '')
		FROM coupon k JOIN offer o ON o.id = k.offer_id JOIN campaign c ON c.id = k.campaign_id LEFT JOIN contact p ON p.id = k.contact_id WHERE k.code = ?`, code).Scan(
		&coupon, &out.ContactID, &out.Campaign, &out.Practice, &o.ID, &o.Title, &o.Kind, &o.Percent, &o.Amount.Minor, &o.Amount.Currency, &o.Terms, &o.ValidFrom, &o.ValidTo, &o.Uses, &o.Minimum, &name, &given)
	if errors.Is(err, sql.ErrNoRows) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Offer, out.OfferTitle, out.Contact = &o, o.Title, cmp.Or(data.Called(name, given), name)
	out.Earlier, err = collect(ctx, tx, scanRedemption, `SELECT `+redemptionColumns+` FROM redemption WHERE coupon_id = ? AND undone_at = 0 ORDER BY id DESC`, coupon)
	return out, err
}

const redemptionColumns = `id, coupon_id, at, till, by, full, paid, currency, undone_at, undo_reason`

func scanRedemption(r *sql.Rows) (x data.Redemption, err error) {
	var full, paid sql.NullInt64
	var currency string
	err = r.Scan(&x.ID, &x.Coupon, &x.At, &x.Till, &x.By, &full, &paid, &currency, &x.UndoneAt, &x.UndoReason)
	if full.Valid {
		x.Full = &data.Money{Minor: full.Int64, Currency: currency}
	}
	if paid.Valid {
		x.Paid = &data.Money{Minor: paid.Int64, Currency: currency}
	}
	return x, err
}

// SetAmount stores what was paid at a redemption, when it is entered after the code.
func (s *Store) SetAmount(ctx context.Context, redemption int64, full, paid *data.Money) error {
	return s.update(ctx, "store the amount", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE redemption SET full = ?, paid = ?, currency = ? WHERE id = ? AND undone_at = 0`, minor(full), minor(paid), currencyOf(paid, full), redemption)
		return err
	})
}

// UndoRedemption takes a coupon's latest use back. It needs a reason. Errors: undo_reason, redemption_none.
func (s *Store) UndoRedemption(ctx context.Context, code, reason string) (data.RedeemResult, error) {
	const op = "undo a redemption"
	var out data.RedeemResult
	bare, err := data.ReadCode(code)
	if err != nil {
		return out, err
	}
	if reason == "" {
		return out, data.Errorf("undo_reason", op, "no reason")
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		if out, err = describeCoupon(ctx, tx, bare); err != nil {
			return err
		}
		if len(out.Earlier) == 0 {
			return data.Errorf("redemption_none", op, "not redeemed")
		}
		last := out.Earlier[0]
		if _, err := tx.ExecContext(ctx, `UPDATE redemption SET undone_at = ?, undo_reason = ? WHERE id = ?`, s.Now(), reason, last.ID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE coupon SET used = used - 1 WHERE id = ?`, last.Coupon)
		out.OK, out.Redeemed, out.Till = true, last.At, last.Till
		return err
	})
	return out, err
}

// A TillLine is one line of a till's day: a redemption, or a code that was refused.
type TillLine struct {
	At      data.Instant
	Code    string // shown 4-4
	Name    string
	Offer   string
	Paid    *data.Money
	Problem data.RedeemProblem // of a refusal
	Undone  bool
}

// TillDay lists what happened at a till ("" for all) since a moment, latest first.
func (s *Store) TillDay(ctx context.Context, till string, since data.Instant) ([]TillLine, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (l TillLine, err error) {
		var paid sql.NullInt64
		var currency string
		err = r.Scan(&l.At, &l.Code, &l.Name, &l.Offer, &paid, &currency, &l.Problem, &l.Undone)
		l.Code = data.ShowCode(l.Code)
		if paid.Valid {
			l.Paid = &data.Money{Minor: paid.Int64, Currency: currency}
		}
		return l, err
	}, `SELECT r.at AS at, k.code, coalesce((SELECT name FROM contact WHERE id = k.contact_id), ''), o.title, r.paid, r.currency, '', r.undone_at > 0
		FROM redemption r JOIN coupon k ON k.id = r.coupon_id JOIN offer o ON o.id = k.offer_id WHERE r.at >= ?1 AND (?2 = '' OR r.till = ?2)
		UNION ALL SELECT f.at, f.code, '', '', NULL, '', f.problem, 0 FROM refusal f WHERE f.at >= ?1 AND (?2 = '' OR f.till = ?2)
		ORDER BY at DESC LIMIT 200`, since, till)
	return all, fault("read the till's day", err)
}

// A TillTotal is what a till's day came to: uses that stand, and what was paid, one amount for each currency.
type TillTotal struct {
	Redeemed int
	Sales    []data.Money
}

// TillTotals adds up a till's day ("" for all) since a moment.
func (s *Store) TillTotals(ctx context.Context, till string, since data.Instant) (t TillTotal, err error) {
	err = s.view(ctx, "add up the till's day", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM redemption WHERE at >= ?1 AND undone_at = 0 AND (?2 = '' OR till = ?2)`, since, till).Scan(&t.Redeemed); err != nil {
			return err
		}
		t.Sales, err = collect(ctx, tx, func(r *sql.Rows) (m data.Money, err error) { return m, r.Scan(&m.Minor, &m.Currency) },
			`SELECT sum(paid), currency FROM redemption WHERE at >= ?1 AND undone_at = 0 AND paid IS NOT NULL AND (?2 = '' OR till = ?2) GROUP BY currency ORDER BY 1 DESC`, since, till)
		return err
	})
	return t, err
}

// CouponCodes returns the bare codes of coupons.
func (s *Store) CouponCodes(ctx context.Context, ids []data.CouponID) (map[data.CouponID]string, error) {
	out := make(map[data.CouponID]string, len(ids))
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = int64(id)
		}
		all, err := collect(ctx, s.read, func(r *sql.Rows) (k data.Coupon, err error) { return k, r.Scan(&k.ID, &k.Code) },
			`SELECT id, code FROM coupon WHERE id IN (`+marks(len(part))+`)`, args...)
		if err != nil {
			return nil, fault("look coupons up", err)
		}
		for _, k := range all {
			out[k.ID] = k.Code
		}
	}
	return out, nil
}

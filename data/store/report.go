package store

import (
	"context"
	"database/sql"
	"fmt"

	"counterbell/data"
)

// What a report is made of, read in one snapshot, so that its figures add up even while messages go out.

// A ReportScope says what a report is about: one campaign, or every campaign that was given free to send in [From, To).
// The things counted by day, and the appointments, are those of [From, To) either way.
type ReportScope struct {
	Campaign data.CampaignID // 0: all
	From, To data.Instant
}

// Figures is what a report counts. Package data/report makes sense of them.
type Figures struct {
	Campaigns    []CampaignFigures
	Messages     []MessageFigures
	Happened     []Happened
	Sales        []data.Money // one for each currency, the largest first
	Redemptions  int          // uses that stand
	WithAmount   int          // those for which an amount was entered
	Appointments []AppointmentFigures
	Reminders    int  // reminders handed over for these appointments
	Practice     bool // something of this went through Practice
}

// CampaignFigures is one campaign that the report covers.
type CampaignFigures struct {
	Campaign data.CampaignID
	Audience int
}

// MessageFigures counts the messages that share a wording, a state, a reason and a currency. Opened are people with an
// open that is no preview, Previews people with nothing but previews, Redeemed people whose coupon was used.
type MessageFigures struct {
	Variant  string
	State    data.MessageState
	Reason   string // or the provider's class of failure
	Currency string
	People   int
	Opened   int
	Previews int
	Redeemed int
	Segments int
	Cost     data.Micros
	Unpriced int // messages whose price isn't known
}

// A Happened is how often something happened within a quarter of an hour from At on. Every zone's day begins on a
// quarter of an hour, so days in any zone can be added up from these. Kind is sent, delivered, open (a person's first),
// preview (the first of people with nothing but previews) or redemption.
type Happened struct {
	Kind string
	At   data.Instant
	N    int
}

// AppointmentFigures counts appointments by state, and whether a reminder had gone out and a number is known.
type AppointmentFigures struct {
	State    data.AppointmentState
	Reminded bool
	NoPhone  bool
	N        int
}

// inScope limits campaigns (as c) to a scope; its parameters are ?1 campaign, ?2 from, ?3 to.
func (r ReportScope) inScope() string {
	if r.Campaign != 0 {
		return `c.id = ?1`
	}
	return `?1 = 0 AND c.sent_at >= ?2 AND c.sent_at < ?3`
}

// ofCampaign limits messages or coupons (as alias) to a scope's campaign; a scope of all campaigns limits nothing.
func (r ReportScope) ofCampaign(alias string) string {
	if r.Campaign != 0 {
		return alias + `.campaign_id = ?1`
	}
	return `?1 = 0 AND ` + alias + `.campaign_id IS NOT NULL`
}

// quarter is 15 minutes in milliseconds.
const quarter = 15 * 60 * 1000

// Figures reads what a report counts. Error campaign_unknown.
func (s *Store) Figures(ctx context.Context, scope ReportScope) (Figures, error) {
	const op = "read the report's figures"
	var f Figures
	args := []any{int64(scope.Campaign), int64(scope.From), int64(scope.To)}
	err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		if f.Campaigns, err = collect(ctx, tx, func(r *sql.Rows) (c CampaignFigures, err error) {
			var practice bool
			err = r.Scan(&c.Campaign, &c.Audience, &practice)
			f.Practice = f.Practice || practice
			return c, err
		}, `SELECT c.id, c.audience, c.practice FROM campaign c WHERE `+scope.inScope()+` ORDER BY c.id`, args...); err != nil {
			return err
		}
		if scope.Campaign != 0 && len(f.Campaigns) == 0 {
			return data.Errorf("campaign_unknown", op, "no campaign %d", scope.Campaign)
		}
		if f.Messages, err = collect(ctx, tx, scanMessageFigures, `SELECT variant, state, why, currency, count(*), coalesce(sum(opened = 1), 0), coalesce(sum(opened = 0), 0),
			sum(redeemed), sum(segments), coalesce(sum(cost), 0), sum(cost IS NULL) FROM (
			SELECT m.variant, m.state, CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END AS why, m.currency, m.segments, m.cost,
				CASE WHEN m.token <> '' THEN (SELECT max(o.class = 'human') FROM open o WHERE o.token = m.token) END AS opened,
				EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = m.coupon_id AND r.undone_at = 0) AS redeemed
			FROM campaign c JOIN message m ON m.campaign_id = c.id WHERE `+scope.inScope()+`)
			GROUP BY variant, state, why, currency ORDER BY variant, state, why, currency`, args...); err != nil {
			return err
		}
		if f.Happened, err = happened(ctx, tx, scope, args); err != nil {
			return err
		}
		if f.Sales, err = collect(ctx, tx, func(r *sql.Rows) (m data.Money, err error) { return m, r.Scan(&m.Minor, &m.Currency) },
			`SELECT sum(r.paid), r.currency FROM campaign c JOIN coupon k ON k.campaign_id = c.id JOIN redemption r ON r.coupon_id = k.id
			WHERE `+scope.inScope()+` AND r.undone_at = 0 AND r.paid IS NOT NULL GROUP BY r.currency ORDER BY 1 DESC`, args...); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT count(*), count(r.paid) FROM campaign c JOIN coupon k ON k.campaign_id = c.id JOIN redemption r ON r.coupon_id = k.id
			WHERE `+scope.inScope()+` AND r.undone_at = 0`, args...).Scan(&f.Redemptions, &f.WithAmount); err != nil {
			return err
		}
		if f.Appointments, err = collect(ctx, tx, func(r *sql.Rows) (a AppointmentFigures, err error) {
			return a, r.Scan(&a.State, &a.Reminded, &a.NoPhone, &a.N)
		}, `SELECT state, EXISTS (SELECT 1 FROM message m WHERE m.appointment_id = a.id AND m.accepted_at > 0) AS reminded, phone = '' AS bare, count(*)
			FROM appointment a WHERE starts_at >= ?1 AND starts_at < ?2 GROUP BY state, reminded, bare ORDER BY state, reminded, bare`, args[1:]...); err != nil {
			return err
		}
		var practised int
		err = tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(m.provider = 'practice'), 0) FROM appointment a JOIN message m ON m.appointment_id = a.id
			WHERE m.accepted_at > 0 AND a.starts_at >= ?1 AND a.starts_at < ?2`, args[1:]...).Scan(&f.Reminders, &practised)
		f.Practice = f.Practice || practised > 0
		return err
	})
	return f, err
}

func scanMessageFigures(r *sql.Rows) (m MessageFigures, err error) {
	err = r.Scan(&m.Variant, &m.State, &m.Reason, &m.Currency, &m.People, &m.Opened, &m.Previews, &m.Redeemed, &m.Segments, &m.Cost, &m.Unpriced)
	return m, err
}

// happened counts by quarters of an hour. A message whose fate was unknown until its receipt came has no moment of
// acceptance: it was sent when it was delivered, as far as anybody knows.
func happened(ctx context.Context, tx *sql.Tx, scope ReportScope, args []any) ([]Happened, error) {
	const sent = `CASE WHEN m.accepted_at > 0 THEN m.accepted_at WHEN m.delivered_at > 0 THEN m.delivered_at ELSE m.updated_at END`
	const arrived = `CASE WHEN m.delivered_at > 0 THEN m.delivered_at ELSE m.updated_at END`
	mine := scope.ofCampaign("m")
	return collect(ctx, tx, func(r *sql.Rows) (h Happened, err error) {
		err = r.Scan(&h.Kind, &h.At, &h.N)
		h.At *= quarter
		return h, err
	}, fmt.Sprintf(`SELECT kind, at / %d AS part, count(*) FROM (
		SELECT 'sent' AS kind, %s AS at FROM message m WHERE %s AND m.state IN ('accepted', 'delivered', 'undelivered')
		UNION ALL SELECT 'delivered', %s FROM message m WHERE %s AND m.state = 'delivered'
		UNION ALL SELECT CASE WHEN human THEN 'open' ELSE 'preview' END, CASE WHEN human THEN opened ELSE previewed END FROM (
			SELECT max(o.class = 'human') AS human, min(CASE WHEN o.class = 'human' THEN o.at END) AS opened, min(o.at) AS previewed
			FROM message m JOIN open o ON o.token = m.token WHERE %s AND m.token <> '' GROUP BY m.id)
		UNION ALL SELECT 'redemption', r.at FROM coupon k JOIN redemption r ON r.coupon_id = k.id WHERE %s AND r.undone_at = 0
		) WHERE at >= ?2 AND at < ?3 GROUP BY kind, part ORDER BY part, kind`, quarter, sent, mine, arrived, mine, mine, scope.ofCampaign("k")), args...)
}

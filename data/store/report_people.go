package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// A ReportPerson is one message of a campaign with the person it was for and what they did, for the user's own export.
type ReportPerson struct {
	Campaign  data.CampaignID
	Title     string // the campaign's name
	Name      string
	Phone     data.Phone
	Variant   string
	State     data.MessageState
	Reason    string // or the provider's class of failure
	Code      string // the provider's own
	Sent      data.Instant
	Delivered data.Instant
	Opened    data.Instant // the first open that is no preview
	Previewed data.Instant // the first preview
	Coupon    string       // bare
	Redeemed  data.Instant // the latest use that stands
	Paid      *data.Money  // at that use
	Segments  int
	Cost      data.Cost
}

// ReportPeople lists the people of a report, by campaign and name, at most limit of them.
func (s *Store) ReportPeople(ctx context.Context, scope ReportScope, limit int) ([]ReportPerson, error) {
	const op = "list the report's people"
	var all []ReportPerson
	err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanReportPerson, `SELECT c.id, c.name, coalesce(p.name, ''), m.phone, m.variant, m.state, CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END, m.code,
			m.accepted_at, m.delivered_at,
			CASE WHEN m.token <> '' THEN coalesce((SELECT min(o.at) FROM open o WHERE o.token = m.token AND o.class = 'human'), 0) ELSE 0 END,
			CASE WHEN m.token <> '' THEN coalesce((SELECT min(o.at) FROM open o WHERE o.token = m.token AND o.class <> 'human'), 0) ELSE 0 END,
			coalesce(k.code, ''), coalesce(r.at, 0), r.paid, coalesce(r.currency, ''), m.segments, m.cost, m.currency
			FROM campaign c JOIN message m ON m.campaign_id = c.id LEFT JOIN contact p ON p.id = m.contact_id LEFT JOIN coupon k ON k.id = m.coupon_id
			LEFT JOIN redemption r ON r.id = (SELECT max(x.id) FROM redemption x WHERE x.coupon_id = k.id AND x.undone_at = 0)
			WHERE `+scope.inScope()+` ORDER BY c.id, p.name COLLATE NOCASE, m.id LIMIT ?4`, int64(scope.Campaign), int64(scope.From), int64(scope.To), limit)
		return err
	})
	return all, err
}

func scanReportPerson(r *sql.Rows) (p ReportPerson, err error) {
	var paid, cost sql.NullInt64
	var paidIn string
	err = r.Scan(&p.Campaign, &p.Title, &p.Name, &p.Phone, &p.Variant, &p.State, &p.Reason, &p.Code, &p.Sent, &p.Delivered, &p.Opened, &p.Previewed,
		&p.Coupon, &p.Redeemed, &paid, &paidIn, &p.Segments, &cost, &p.Cost.Currency)
	if paid.Valid {
		p.Paid = &data.Money{Minor: paid.Int64, Currency: paidIn}
	}
	p.Cost.Micros, p.Cost.Known = data.Micros(cost.Int64), cost.Valid
	return p, err
}

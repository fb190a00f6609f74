package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

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

// Money is a campaign's sales and cost; Sales holds one amount for each currency.
type Money struct {
	Sales       []data.Money `json:"sales"`
	Redemptions int          `json:"redemptions"` // uses that stand
	WithAmount  int          `json:"with_amount"` // those for which an amount was entered
	Cost        data.Cost    `json:"cost"`        // of what was sent; Known only when every price is
	Segments    int          `json:"segments"`
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
	Kind     string
	At       data.Instant
	N        int
	Currency string // of Amount
	Amount   int64  // of what was sent its cost in micros, of redemptions what was paid in minor units
	Known    int    // how many of N Amount is of
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

// ofCampaign limits campaigns (as c) to a scope's campaign; a scope of all campaigns limits nothing.
func (r ReportScope) ofCampaign() string {
	if r.Campaign != 0 {
		return `c.id = ?1`
	}
	return `?1 = 0`
}

func (r ReportScope) args() []any { return []any{int64(r.Campaign), int64(r.From), int64(r.To)} }

// Figures reads what a report counts. What Tally has kept it takes from there. Error campaign_unknown.
func (s *Store) Figures(ctx context.Context, scope ReportScope) (Figures, error) {
	const op = "read the report's figures"
	f := Figures{}
	err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		if f, err = campaignFigures(ctx, tx, op, scope); err != nil {
			return err
		}
		if f.Appointments, err = collect(ctx, tx, func(r *sql.Rows) (a AppointmentFigures, err error) {
			return a, r.Scan(&a.State, &a.Reminded, &a.NoPhone, &a.N)
		}, `SELECT state, EXISTS (SELECT 1 FROM message m WHERE m.appointment_id = a.id AND m.accepted_at > 0) AS reminded, phone = '' AS bare, count(*)
			FROM appointment a WHERE starts_at >= ?1 AND starts_at < ?2 GROUP BY state, reminded, bare ORDER BY state, reminded, bare`, scope.From, scope.To); err != nil {
			return err
		}
		var practised int
		err = tx.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(m.provider = 'practice'), 0) FROM appointment a JOIN message m ON m.appointment_id = a.id
			WHERE m.accepted_at > 0 AND a.starts_at >= ?1 AND a.starts_at < ?2`, scope.From, scope.To).Scan(&f.Reminders, &practised)
		f.Practice = f.Practice || practised > 0
		return err
	})
	return f, err
}

// campaignFigures adds up the tallies that are kept, and counts the campaigns that have none.
func campaignFigures(ctx context.Context, tx *sql.Tx, op string, scope ReportScope) (f Figures, err error) {
	scoped := map[data.CampaignID]bool{}
	if f.Campaigns, err = collect(ctx, tx, func(r *sql.Rows) (c CampaignFigures, err error) {
		var practice bool
		err = r.Scan(&c.Campaign, &c.Audience, &practice)
		f.Practice = f.Practice || practice
		scoped[c.Campaign] = true
		return c, err
	}, `SELECT c.id, c.audience, c.practice FROM campaign c WHERE `+scope.inScope()+` ORDER BY c.id`, scope.args()...); err != nil {
		return f, err
	}
	if scope.Campaign != 0 && len(f.Campaigns) == 0 {
		return f, data.Errorf("campaign_unknown", op, "no campaign %d", scope.Campaign)
	}
	sum := newFigureSum(scope)
	kept, err := collect(ctx, tx, scanMessageFigures, `SELECT m.variant, m.state, m.reason, m.currency, sum(m.people), sum(m.opened), sum(m.previews), sum(m.redeemed), sum(m.segments), sum(m.cost), sum(m.unpriced)
		FROM campaign c CROSS JOIN tally_message m ON m.campaign_id = c.id WHERE `+scope.inScope()+` AND `+tallied+` GROUP BY 1, 2, 3, 4`, scope.args()...)
	if err != nil {
		return f, err
	}
	sum.messages(kept)
	times, err := collect(ctx, tx, scanHappened, `SELECT h.kind, h.at, h.currency, sum(h.n), sum(h.amount), sum(h.known) FROM campaign c CROSS JOIN tally_time h ON h.campaign_id = c.id AND h.at >= ?2 / ?4 AND h.at <= ?3 / ?4
		WHERE `+scope.ofCampaign()+` AND `+tallied+` GROUP BY 1, 2, 3`, append(scope.args(), quarter)...)
	if err != nil {
		return f, err
	}
	sum.happened(times)
	paid, err := collect(ctx, tx, scanHappened, `SELECT 'redemption', 0, h.currency, sum(h.n), sum(h.amount), sum(h.known) FROM campaign c CROSS JOIN tally_time h ON h.campaign_id = c.id
		WHERE `+scope.inScope()+` AND `+tallied+` AND h.kind = 'redemption' GROUP BY h.currency`, scope.args()...)
	if err != nil {
		return f, err
	}
	sum.redemptions(paid)
	open, err := collect(ctx, tx, func(r *sql.Rows) (id data.CampaignID, err error) { return id, r.Scan(&id) },
		`SELECT c.id FROM campaign c WHERE `+scope.ofCampaign()+` AND c.sent_at > 0 AND NOT `+tallied+` ORDER BY c.id`, scope.args()[:1]...)
	if err != nil {
		return f, err
	}
	for _, id := range open {
		t, err := countCampaign(ctx, tx, id)
		if err != nil {
			return f, err
		}
		if scoped[id] {
			sum.messages(t.messages)
			sum.redemptions(t.times)
		}
		sum.happened(t.times)
	}
	sum.into(&f)
	return f, nil
}

// A figureSum adds up what is counted campaign by campaign.
type figureSum struct {
	scope ReportScope
	said  map[messageKey]*MessageFigures
	times map[momentKey]*Happened
	sales map[string]int64
	uses  int
	paid  int
}

type messageKey struct {
	variant          string
	state            data.MessageState
	reason, currency string
}

type momentKey struct {
	at             data.Instant
	kind, currency string
}

func newFigureSum(scope ReportScope) *figureSum {
	return &figureSum{scope: scope, said: map[messageKey]*MessageFigures{}, times: map[momentKey]*Happened{}, sales: map[string]int64{}}
}

func (s *figureSum) messages(all []MessageFigures) {
	for _, m := range all {
		key := messageKey{m.Variant, m.State, m.Reason, m.Currency}
		have := s.said[key]
		if have == nil {
			s.said[key] = &m
			continue
		}
		have.People, have.Opened, have.Previews, have.Redeemed = have.People+m.People, have.Opened+m.Opened, have.Previews+m.Previews, have.Redeemed+m.Redeemed
		have.Segments, have.Cost, have.Unpriced = have.Segments+m.Segments, have.Cost+m.Cost, have.Unpriced+m.Unpriced
	}
}

// happened takes what lies within the scope's time. Its ends are a day's, and so on quarters of an hour.
func (s *figureSum) happened(all []Happened) {
	for _, h := range all {
		if h.At < s.scope.From || h.At >= s.scope.To {
			continue
		}
		key := momentKey{h.At, h.Kind, h.Currency}
		have := s.times[key]
		if have == nil {
			s.times[key] = &h
			continue
		}
		have.N, have.Amount, have.Known = have.N+h.N, have.Amount+h.Amount, have.Known+h.Known
	}
}

// redemptions adds up the uses, whenever they were.
func (s *figureSum) redemptions(all []Happened) {
	for _, h := range all {
		if h.Kind != "redemption" {
			continue
		}
		s.uses, s.paid = s.uses+h.N, s.paid+h.Known
		if h.Known > 0 {
			s.sales[h.Currency] += h.Amount
		}
	}
}

func (s *figureSum) into(f *Figures) {
	for _, m := range s.said {
		f.Messages = append(f.Messages, *m)
	}
	slices.SortFunc(f.Messages, func(a, b MessageFigures) int {
		return cmp.Or(cmp.Compare(a.Variant, b.Variant), cmp.Compare(a.State, b.State), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Currency, b.Currency))
	})
	for _, h := range s.times {
		f.Happened = append(f.Happened, *h)
	}
	slices.SortFunc(f.Happened, func(a, b Happened) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Currency, b.Currency))
	})
	for currency, minor := range s.sales {
		f.Sales = append(f.Sales, data.Money{Minor: minor, Currency: currency})
	}
	slices.SortFunc(f.Sales, func(a, b data.Money) int {
		return cmp.Or(cmp.Compare(b.Minor, a.Minor), cmp.Compare(a.Currency, b.Currency))
	})
	f.Redemptions, f.WithAmount = s.uses, s.paid
}

package store

import (
	"context"
	"database/sql"
	"math"

	"counterbell/data"
)

// What only a longer time can show: whether people keep their visits, how many agree to hear from the shop, and which
// groups redeem.

// PeriodFigures is what a report of all campaigns of some days counts, in one snapshot.
type PeriodFigures struct {
	Figures
	Visits  []VisitFigures
	Began   data.Instant // when the first reminder of all was handed over; 0 when none ever was
	Before  VisitFigures // visits that began before that, ever
	Consent []ConsentFigures
}

// VisitFigures counts the visits of a day by what is known of them: the person came, or didn't. Visits that nobody has
// marked count in neither. Day is the wall calendar's, where the visit is.
type VisitFigures struct {
	Day      data.Date
	Reminded bool // a reminder had been handed over before the visit
	Came     int
	Missed   int
}

// ConsentFigures counts the people of ledger entries about offers that were written within a quarter of an hour from At
// on. Entries of imports that were taken back don't count, nor those without a basis.
type ConsentFigures struct {
	At     data.Instant
	Event  data.Event
	People int
}

// PeriodFigures reads what a report of all campaigns of a time counts.
func (s *Store) PeriodFigures(ctx context.Context, from, to data.Instant) (f PeriodFigures, err error) {
	const op = "read the figures of some days"
	if f.Figures, err = s.Figures(ctx, ReportScope{From: from, To: to}); err != nil {
		return f, err
	}
	err = s.view(ctx, op, func(tx *sql.Tx) (err error) {
		if f.Visits, err = collect(ctx, tx, func(r *sql.Rows) (v VisitFigures, err error) {
			return v, r.Scan(&v.Day, &v.Reminded, &v.Came, &v.Missed)
		}, `SELECT substr(wall, 1, 10) AS day, EXISTS (SELECT 1 FROM message m WHERE m.appointment_id = a.id AND m.accepted_at > 0 AND m.accepted_at < a.starts_at) AS reminded,
			sum(state = 'arrived'), sum(state = 'no_show') FROM appointment a WHERE starts_at >= ?1 AND starts_at < ?2 AND state IN ('arrived', 'no_show') GROUP BY day, reminded ORDER BY day, reminded`, from, to); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(min(accepted_at), 0) FROM message WHERE appointment_id IS NOT NULL AND accepted_at > 0`).Scan(&f.Began); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(state = 'arrived'), 0), coalesce(sum(state = 'no_show'), 0) FROM appointment WHERE starts_at < ? AND state IN ('arrived', 'no_show')`, f.Began).Scan(&f.Before.Came, &f.Before.Missed); err != nil {
			return err
		}
		f.Consent, err = collect(ctx, tx, func(r *sql.Rows) (c ConsentFigures, err error) {
			err = r.Scan(&c.At, &c.Event, &c.People)
			c.At *= quarter
			return c, err
		}, `SELECT recorded_at / ?3 AS part, event, sum(people) FROM consent c WHERE scope = 'marketing' AND recorded_at >= ?1 AND recorded_at < ?2
			AND NOT (event = 'import' AND (basis = '' OR EXISTS (SELECT 1 FROM import i WHERE i.id = c.import_id AND i.state IN ('undoing', 'undone'))))
			GROUP BY part, event ORDER BY part, event`, from, to, quarter)
		return err
	})
	return f, err
}

// GroupFigures is how the people of a group did: how many coupons of the campaigns were delivered to them, and how many
// of those they used.
type GroupFigures struct {
	Name       string
	Conditions string
	Reached    int
	Redeemed   int
}

// GroupFigures tells how the saved groups did in the campaigns begun in [from, to); the first one, without a name, is
// everybody. A person counts in every group they are in at this moment.
func (s *Store) GroupFigures(ctx context.Context, from, to data.Instant, progress func(done, of int)) ([]GroupFigures, error) {
	const op = "count the groups"
	var reached, redeemed crowd
	var groups []GroupFigures
	err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		scope := ReportScope{From: from, To: to}
		kept, err := collect(ctx, tx, func(r *sql.Rows) (p [2][]byte, err error) { return p, r.Scan(&p[0], &p[1]) },
			`SELECT k.reached, k.redeemed FROM campaign c JOIN campaign_tally k ON k.campaign_id = c.id WHERE `+scope.inScope()+` AND k.state = 0`, scope.args()...)
		if err != nil {
			return err
		}
		for _, p := range kept {
			unpackIDs(p[0], reached.add)
			unpackIDs(p[1], redeemed.add)
		}
		open, err := collect(ctx, tx, func(r *sql.Rows) (id data.CampaignID, err error) { return id, r.Scan(&id) },
			`SELECT c.id FROM campaign c WHERE `+scope.inScope()+` AND NOT `+tallied, scope.args()...)
		if err != nil {
			return err
		}
		for _, id := range open {
			var t tally
			if err := t.countReached(ctx, tx, id); err != nil {
				return err
			}
			for _, who := range t.reached {
				reached.add(who)
			}
			for _, who := range t.redeemed {
				redeemed.add(who)
			}
		}
		groups, err = collect(ctx, tx, func(r *sql.Rows) (g GroupFigures, err error) { return g, r.Scan(&g.Name, &g.Conditions) },
			`SELECT name, conditions FROM contact_group ORDER BY name`)
		return err
	})
	if err != nil {
		return nil, err
	}
	all := []GroupFigures{{Conditions: "all", Reached: reached.all, Redeemed: redeemed.all}}
	if all[0].Reached == 0 {
		return all, nil
	}
	for i, g := range groups {
		if progress != nil {
			progress(i, len(groups))
		}
		conditions, err := data.ParseConditions(g.Conditions)
		if err != nil {
			continue // of a later version of the program
		}
		ids, err := s.Find(ctx, Filter{Conditions: conditions})
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			g.Reached, g.Redeemed = g.Reached+reached.of(id), g.Redeemed+redeemed.of(id)
		}
		all = append(all, g)
	}
	return all, nil
}

// A crowd counts something for each contact.
type crowd struct {
	each []uint16 // by the contact's id; nobody gets more than 65,535 coupons
	all  int
}

func (c *crowd) add(id data.ContactID) {
	if id < 0 {
		return
	}
	if int(id) >= len(c.each) {
		c.each = append(c.each, make([]uint16, int(id)+1-len(c.each))...)
	}
	if c.each[id] < math.MaxUint16 {
		c.each[id]++
		c.all++
	}
}

func (c *crowd) of(id data.ContactID) int {
	if id < 0 || int(id) >= len(c.each) {
		return 0
	}
	return int(c.each[id])
}

package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// CreateCampaign stores a draft with its offer and variants, and fills in the ids.
func (s *Store) CreateCampaign(ctx context.Context, c *data.Campaign) error {
	return s.update(ctx, "create the campaign", func(tx *sql.Tx) error {
		offer, err := insertOffer(ctx, tx, c.Offer)
		if err != nil {
			return err
		}
		c.CreatedAt = s.Now()
		c.SavedAt = c.CreatedAt
		res, err := tx.ExecContext(ctx, `INSERT INTO campaign (name, kind, conditions, group_name, offer_id, state, at, local, provider, practice, created_at, goal, target, form, saved_at, reason)
			VALUES (`+marks(16)+`)`, c.Name, c.Kind, c.Group, c.GroupName, offer, c.State, c.At, c.Local, c.Provider, c.Practice, c.CreatedAt, c.Goal, c.Target, c.Form, c.SavedAt, c.Reason)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		c.ID = data.CampaignID(id)
		return writeVariants(ctx, tx, c)
	})
}

// insertOffer stores an offer and fills in its id; it returns nil for none.
func insertOffer(ctx context.Context, tx *sql.Tx, o *data.Offer) (id any, err error) {
	if o == nil {
		return nil, nil
	}
	res, err := tx.ExecContext(ctx, `INSERT INTO offer (title, kind, percent, amount, currency, terms, valid_from, valid_to, uses, minimum) VALUES (`+marks(10)+`)`,
		o.Title, o.Kind, o.Percent, o.Amount.Minor, o.Amount.Currency, o.Terms, o.ValidFrom, o.ValidTo, o.Uses, o.Minimum)
	if err != nil {
		return nil, err
	}
	n, err := res.LastInsertId()
	o.ID = data.OfferID(n)
	return n, err
}

func writeVariants(ctx context.Context, tx *sql.Tx, c *data.Campaign) error {
	for _, v := range c.Variants {
		if _, err := tx.ExecContext(ctx, `INSERT INTO variant VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text, template = excluded.template`,
			c.ID, v.Name, v.Text, v.Template); err != nil {
			return err
		}
	}
	return nil
}

// SetTemplates stores which registered template each of a campaign's variants uses.
func (s *Store) SetTemplates(ctx context.Context, c *data.Campaign) error {
	return s.update(ctx, "store the templates", func(tx *sql.Tx) error { return writeVariants(ctx, tx, c) })
}

const campaignColumns = `c.id, c.name, c.kind, c.conditions, c.group_name, c.state, c.reason, c.at, c.local, c.provider, c.practice, c.created_at,
	c.sent_at, c.frozen_at, c.undo_until, c.finished_at, coalesce(o.id, 0), coalesce(o.title, ''), coalesce(o.kind, ''), coalesce(o.percent, 0),
	coalesce(o.amount, 0), coalesce(o.currency, ''), coalesce(o.terms, ''), coalesce(o.valid_from, ''), coalesce(o.valid_to, ''), coalesce(o.uses, 0),
	coalesce(o.minimum, 0), c.goal, c.target, c.form, c.saved_at`

func scanCampaign(r *sql.Rows) (c data.Campaign, err error) {
	var o data.Offer
	err = r.Scan(&c.ID, &c.Name, &c.Kind, &c.Group, &c.GroupName, &c.State, &c.Reason, &c.At, &c.Local, &c.Provider, &c.Practice, &c.CreatedAt,
		&c.SentAt, &c.FrozenAt, &c.UndoUntil, &c.FinishedAt, &o.ID, &o.Title, &o.Kind, &o.Percent, &o.Amount.Minor, &o.Amount.Currency, &o.Terms,
		&o.ValidFrom, &o.ValidTo, &o.Uses, &o.Minimum, &c.Goal, &c.Target, &c.Form, &c.SavedAt)
	if o.ID != 0 {
		c.Offer = &o
	}
	return c, err
}

// Campaign returns one campaign. Error campaign_unknown.
func (s *Store) Campaign(ctx context.Context, id data.CampaignID) (*data.Campaign, error) {
	all, err := s.campaigns(ctx, `WHERE c.id = ?`, id)
	if err == nil && len(all) == 0 {
		err = data.Errorf("campaign_unknown", "find a campaign", "no campaign %d", id)
	}
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// Campaigns lists the campaigns, latest first.
func (s *Store) Campaigns(ctx context.Context) ([]data.Campaign, error) {
	return s.campaigns(ctx, `ORDER BY c.id DESC`)
}

// CampaignsIn lists the campaigns in a state.
func (s *Store) CampaignsIn(ctx context.Context, state data.CampaignState) ([]data.Campaign, error) {
	return s.campaigns(ctx, `WHERE c.state = ? ORDER BY c.id`, state)
}

func (s *Store) campaigns(ctx context.Context, tail string, args ...any) ([]data.Campaign, error) {
	var all []data.Campaign
	err := s.view(ctx, "read campaigns", func(tx *sql.Tx) (err error) {
		all, err = collect(ctx, tx, scanCampaign, `SELECT `+campaignColumns+` FROM campaign c LEFT JOIN offer o ON o.id = c.offer_id `+tail, args...)
		for i := range all {
			if err == nil {
				all[i].Variants, err = collect(ctx, tx, func(r *sql.Rows) (v data.Variant, err error) { return v, r.Scan(&v.Name, &v.Text, &v.Template) },
					`SELECT name, text, template FROM variant WHERE campaign_id = ? ORDER BY name`, all[i].ID)
			}
		}
		return err
	})
	return all, err
}

// SetCampaignState moves a campaign from one of the states named to another. Error campaign_state when it is elsewhere.
func (s *Store) SetCampaignState(ctx context.Context, id data.CampaignID, to data.CampaignState, reason string, from ...data.CampaignState) error {
	const op = "change the campaign"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		args := []any{to, reason, id}
		for _, f := range from {
			args = append(args, f)
		}
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET state = ?, reason = ? WHERE id = ? AND state IN (`+marks(len(from))+`)`, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return campaignState(ctx, tx, op, id)
	})
}

// StopCampaign ends a campaign for good: what hasn't been handed over is cancelled. It returns how many that were.
func (s *Store) StopCampaign(ctx context.Context, id data.CampaignID) (n int64, err error) {
	const op = "stop the campaign"
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET state = 'stopped', reason = '', finished_at = ? WHERE id = ? AND state NOT IN ('stopped', 'done')`, now, id)
		if err != nil {
			return err
		}
		if k, err := res.RowsAffected(); err != nil || k != 1 {
			return data.Errorf("campaign_state", op, "campaign %d has ended or isn't there", id).With("state", "done")
		}
		if res, err = tx.ExecContext(ctx, `UPDATE message SET state = 'cancelled', reason = 'stopped', lease = 0, updated_at = ? WHERE campaign_id = ? AND state IN ('queued', 'held', 'claimed')`, now, id); err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// startsSQL and endsSQL find campaigns whose time (?1) has come, and those with nothing left to send.
const (
	startsSQL = `SELECT id FROM campaign WHERE state IN ('scheduled', 'undo') AND at <= ?1 AND undo_until <= ?1`
	endsSQL   = `SELECT c.id FROM campaign c WHERE c.state = 'running' AND NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = c.id AND m.` + waiting + `)
		AND NOT EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = c.id AND m.state IN ('claimed', 'sending'))`
)

// Tick moves campaigns on by the clock: those whose time has come run, those with nothing left to send are done.
func (s *Store) Tick(ctx context.Context) error {
	const op = "move campaigns on"
	now := s.Now()
	var due bool
	if err := s.read.QueryRowContext(ctx, `SELECT EXISTS (`+startsSQL+`) OR EXISTS (`+endsSQL+`)`, now).Scan(&due); err != nil || !due {
		return fault(op, err)
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE campaign SET state = 'running' WHERE id IN (`+startsSQL+`)`, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE campaign SET state = 'done', finished_at = ?1 WHERE id IN (`+endsSQL+`)`, now)
		return err
	})
}

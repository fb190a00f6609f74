package store

import (
	"context"
	"database/sql"
	"errors"

	"counterbell/data"
)

// Drafts of campaigns: they save themselves while they are written, and are changed and deleted until they are sent.

// UpdateDraft stores a draft as it is now, offer and variants included. Errors: campaign_state when it isn't a draft any
// more, campaign_unknown.
func (s *Store) UpdateDraft(ctx context.Context, c *data.Campaign) error {
	const op = "store a draft"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		had, err := draftOffer(ctx, tx, op, c.ID)
		if err != nil {
			return err
		}
		var offer any
		switch {
		case c.Offer != nil && had != 0:
			o := c.Offer
			o.ID, offer = had, int64(had)
			_, err = tx.ExecContext(ctx, `UPDATE offer SET title = ?, kind = ?, percent = ?, amount = ?, currency = ?, terms = ?, valid_from = ?, valid_to = ?, uses = ?, minimum = ? WHERE id = ?`,
				o.Title, o.Kind, o.Percent, o.Amount.Minor, o.Amount.Currency, o.Terms, o.ValidFrom, o.ValidTo, o.Uses, o.Minimum, o.ID)
		case c.Offer != nil:
			offer, err = insertOffer(ctx, tx, c.Offer)
		}
		if err != nil {
			return err
		}
		c.SavedAt = s.Now()
		if _, err := tx.ExecContext(ctx, `UPDATE campaign SET name = ?, kind = ?, conditions = ?, group_name = ?, offer_id = ?, at = ?, local = ?, provider = ?, practice = ?,
			goal = ?, target = ?, form = ?, saved_at = ?, reason = ? WHERE id = ?`, c.Name, c.Kind, c.Group, c.GroupName, offer, c.At, c.Local, c.Provider, c.Practice,
			c.Goal, c.Target, c.Form, c.SavedAt, c.Reason, c.ID); err != nil {
			return err
		}
		if c.Offer == nil && had != 0 {
			if _, err := tx.ExecContext(ctx, `DELETE FROM offer WHERE id = ?`, had); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM variant WHERE campaign_id = ?`, c.ID); err != nil {
			return err
		}
		return writeVariants(ctx, tx, c)
	})
}

// DeleteDraft takes a draft away for good. Errors: campaign_state when it isn't a draft, campaign_unknown.
func (s *Store) DeleteDraft(ctx context.Context, id data.CampaignID) error {
	const op = "delete a draft"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		offer, err := draftOffer(ctx, tx, op, id)
		if err != nil {
			return err
		}
		for _, q := range []string{`DELETE FROM variant WHERE campaign_id = ?`, `DELETE FROM campaign WHERE id = ?`} {
			if _, err := tx.ExecContext(ctx, q, id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM offer WHERE id = ?`, offer)
		return err
	})
}

// draftOffer returns the offer of a draft, 0 for none. Errors: campaign_state, campaign_unknown.
func draftOffer(ctx context.Context, tx *sql.Tx, op string, id data.CampaignID) (offer data.OfferID, err error) {
	var state data.CampaignState
	err = tx.QueryRowContext(ctx, `SELECT state, coalesce(offer_id, 0) FROM campaign WHERE id = ?`, id).Scan(&state, &offer)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, data.Errorf("campaign_unknown", op, "no campaign %d", id)
	case err != nil:
		return 0, err
	case state != data.Draft:
		return 0, data.Errorf("campaign_state", op, "campaign %d is %s", id, state).With("state", string(state))
	}
	return offer, nil
}

// RenameCampaign changes what a campaign is called, in whatever state it is. Errors: campaign_name, campaign_unknown.
func (s *Store) RenameCampaign(ctx context.Context, id data.CampaignID, name string) error {
	const op = "rename a campaign"
	if name == "" {
		return data.Errorf("campaign_name", op, "no name")
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET name = ? WHERE id = ?`, name, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return data.Errorf("campaign_unknown", op, "no campaign %d", id)
	})
}

// Sending is how far a campaign is: People = Sent + Waiting + those who won't get it.
type Sending struct {
	People  int // of the frozen audience
	Sent    int // handed over and taken
	Waiting int // still to be handed over, or being handed over
}

// Sending counts a campaign's messages. It reads them all: some 100 ms for 100,000.
func (s *Store) Sending(ctx context.Context, id data.CampaignID) (n Sending, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(state IN ('accepted', 'delivered', 'undelivered')), 0),
		coalesce(sum(state IN ('queued', 'held', 'claimed', 'sending')), 0) FROM message WHERE campaign_id = ?`, id).Scan(&n.People, &n.Sent, &n.Waiting)
	return n, fault("count a campaign's messages", err)
}

// Response is what came of a campaign so far, in people: previews by machines don't count.
type Response struct {
	Opened   int
	Redeemed int
}

// Responses counts what came of every campaign. It reads opens and redemptions alone, however many were texted.
func (s *Store) Responses(ctx context.Context) (map[data.CampaignID]Response, error) {
	const op = "count what came of campaigns"
	out := map[data.CampaignID]Response{}
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		type row struct {
			id data.CampaignID
			n  int
		}
		scan := func(r *sql.Rows) (x row, err error) { return x, r.Scan(&x.id, &x.n) }
		opened, err := collect(ctx, tx, scan, `SELECT m.campaign_id, count(DISTINCT m.id) FROM open o CROSS JOIN link l ON l.token = o.token CROSS JOIN message m ON m.id = l.message_id
			WHERE o.class = 'human' AND m.campaign_id IS NOT NULL GROUP BY m.campaign_id`)
		if err != nil {
			return err
		}
		redeemed, err := collect(ctx, tx, scan, `SELECT k.campaign_id, count(DISTINCT k.id) FROM redemption r CROSS JOIN coupon k ON k.id = r.coupon_id
			WHERE r.undone_at = 0 GROUP BY k.campaign_id`)
		if err != nil {
			return err
		}
		for _, x := range opened {
			out[x.id] = Response{Opened: x.n}
		}
		for _, x := range redeemed {
			v := out[x.id]
			v.Redeemed = x.n
			out[x.id] = v
		}
		return nil
	})
	return out, err
}

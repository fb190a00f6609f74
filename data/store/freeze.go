package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"counterbell/data"
)

// Freezing an audience. A hundred thousand people are written some at a time, so that the till is served in between, and
// count for nothing until the last, short transaction gives the campaign free: until then it is a draft, whose messages
// are never handed over. What a killed process leaves of them is cleared away at the next start, or by the next freeze.

// A FrozenMessage is one person of a frozen audience. Code is empty for people who won't get a coupon.
type FrozenMessage struct {
	Message data.Message
	Code    string
}

const (
	freezeAtOnce = 1000 // people in one transaction
	freezeFor    = 30 * time.Second
)

func freezeLease(id data.CampaignID) string { return fmt.Sprintf("freeze:%d", id) }

// Freeze stores a campaign's audience, one message for each number, with coupons and links, and gives the campaign free
// to send: all of it or nothing. Errors: campaign_state when it isn't a draft any more; Busy while another freeze of it
// is under way; Internal when the people don't add up.
func (s *Store) Freeze(ctx context.Context, c *data.Campaign, audience []FrozenMessage) (err error) {
	const op = "freeze the audience"
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	holder := s.Process() + "." + hex.EncodeToString(b)
	other, err := s.Take(ctx, freezeLease(c.ID), holder, freezeFor)
	if err != nil {
		return err
	}
	if other != "" {
		return data.Errorf(data.Busy, op, "campaign %d is being frozen", c.ID)
	}
	defer func() { _ = s.Release(context.WithoutCancel(ctx), freezeLease(c.ID), holder) }()
	var is data.CampaignState
	if err := s.read.QueryRowContext(ctx, `SELECT state FROM campaign WHERE id = ?`, c.ID).Scan(&is); err != nil || is != data.Draft && is != data.AwaitingApproval {
		return data.Errorf("campaign_state", op, "campaign %d was sent already", c.ID).With("state", string(is))
	}
	if err := s.dropAudience(ctx, c.ID); err != nil {
		return err
	}
	lost := false // somebody else freezes it now: what is there is theirs
	defer func() {
		if err != nil && !lost {
			_ = s.dropAudience(context.WithoutCancel(ctx), c.ID)
		}
	}()
	// Each transaction makes sure that nobody else has begun meanwhile, as after a computer slept in the middle of it.
	mine := func(tx *sql.Tx) error {
		var still bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM lease WHERE name = ? AND holder = ?)`, freezeLease(c.ID), holder).Scan(&still); err != nil || still {
			return err
		}
		lost = true
		return data.Errorf(data.Busy, op, "campaign %d is being frozen elsewhere", c.ID)
	}
	now, renewed := s.Now(), time.Now()
	for start := 0; start < len(audience); start += freezeAtOnce {
		if err := s.updateUnseen(ctx, op, func(tx *sql.Tx) error {
			if err := mine(tx); err != nil {
				return err
			}
			return freezeSome(ctx, tx, c, audience[start:min(start+freezeAtOnce, len(audience))], now)
		}); err != nil {
			return err
		}
		if time.Since(renewed) > freezeFor/3 {
			if _, err := s.Take(ctx, freezeLease(c.ID), holder, freezeFor); err != nil { // whose it is, the next transaction sees
				return err
			}
			renewed = time.Now()
		}
	}
	return s.updateLast(ctx, op, func(tx *sql.Tx) error {
		if err := mine(tx); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM message WHERE campaign_id = ?`, c.ID).Scan(&n); err != nil {
			return err
		}
		if n != len(audience) {
			return data.Errorf(data.Internal, op, "%d people, %d messages", len(audience), n)
		}
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET state = ?, reason = '', at = ?, local = ?, sent_at = ?, frozen_at = ?, undo_until = ?, audience = ?
			WHERE id = ? AND state IN ('draft', 'awaiting_approval')`, c.State, c.At, c.Local, now, now, c.UndoUntil, n, c.ID)
		if err != nil {
			return err
		}
		if k, err := res.RowsAffected(); err != nil || k != 1 {
			return data.Errorf("campaign_state", op, "campaign %d was sent already", c.ID)
		}
		c.SentAt, c.FrozenAt = now, now
		return nil
	})
}

// freezeSome writes some people of an audience.
func freezeSome(ctx context.Context, tx *sql.Tx, c *data.Campaign, audience []FrozenMessage, now data.Instant) error {
	coupon, err := tx.PrepareContext(ctx, `INSERT INTO coupon (code, offer_id, contact_id, campaign_id) VALUES (?, ?, ?, ?) ON CONFLICT (code) DO NOTHING`)
	if err != nil {
		return err
	}
	defer coupon.Close()
	message, err := tx.PrepareContext(ctx, `INSERT INTO message (campaign_id, variant, contact_id, kind, phone, state, due, not_after, reason, coupon_id, token, decision, created_at, updated_at)
		VALUES (`+marks(14)+`)`)
	if err != nil {
		return err
	}
	defer message.Close()
	link, err := tx.PrepareContext(ctx, `INSERT INTO link (token, message_id) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer link.Close()
	for i := range audience {
		m := &audience[i].Message
		var couponID any
		for code := audience[i].Code; code != ""; {
			res, err := coupon.ExecContext(ctx, code, int64(c.Offer.ID), int64(m.Contact), int64(c.ID))
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			if n == 1 {
				if couponID, err = res.LastInsertId(); err != nil {
					return err
				}
				break
			}
			// Somebody has this code: of a hundred thousand, one time in four two are the same.
			if code, err = data.NewCode(rand.Reader); err != nil {
				return err
			}
		}
		res, err := message.ExecContext(ctx, int64(c.ID), m.Variant, int64(m.Contact), string(m.Kind), string(m.To), string(m.State), int64(m.Due), int64(m.NotAfter),
			m.Reason, couponID, m.Token, m.Decision, int64(now), int64(now))
		if err != nil {
			return err
		}
		if m.Token != "" {
			id, err := res.LastInsertId()
			if err != nil {
				return err
			}
			if _, err := link.ExecContext(ctx, m.Token, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// TakeBack makes a campaign a draft again that was given free to send but of which nothing has been handed over: the
// minute in which "Undo" shows, or a campaign that is to start later. Its frozen messages, with coupons and links that
// nobody ever got, are gone. Error campaign_state when it has begun.
func (s *Store) TakeBack(ctx context.Context, id data.CampaignID) error {
	const op = "take the campaign back"
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE campaign SET state = 'draft', reason = '', sent_at = 0, frozen_at = 0, undo_until = 0, audience = 0
			WHERE id = ? AND state IN ('undo', 'scheduled', 'awaiting_approval', 'paused') AND NOT EXISTS
			(SELECT 1 FROM message m JOIN attempt a ON a.message_id = m.id WHERE m.campaign_id = campaign.id)`, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return campaignState(ctx, tx, op, id)
	})
	if err != nil {
		return err
	}
	// It is a draft from here on. What isn't cleared away now is so at the next start, or by the next freeze.
	return s.dropAudience(context.WithoutCancel(ctx), id)
}

// dropAudience removes, some at a time, what freezing made of a campaign that is a draft.
func (s *Store) dropAudience(ctx context.Context, id data.CampaignID) error {
	for more := true; more; {
		if err := s.updateUnseen(ctx, "clear a draft away", func(tx *sql.Tx) error {
			ids, err := collect(ctx, tx, func(r *sql.Rows) (m int64, err error) { return m, r.Scan(&m) },
				`SELECT m.id FROM campaign c JOIN message m ON m.campaign_id = c.id WHERE c.id = ? AND c.state IN ('draft', 'awaiting_approval') LIMIT ?`, id, freezeAtOnce)
			if err != nil {
				return err
			}
			more = len(ids) == freezeAtOnce
			for _, q := range []string{
				`DELETE FROM link WHERE message_id = ?`,
				`DELETE FROM coupon WHERE id = (SELECT coupon_id FROM message WHERE id = ?) AND id NOT IN (SELECT coupon_id FROM redemption)`, // what was redeemed stays on the books
				`DELETE FROM message WHERE id = ?`,
			} {
				st, err := tx.PrepareContext(ctx, q)
				if err != nil {
					return err
				}
				defer st.Close()
				for _, m := range ids {
					if _, err := st.ExecContext(ctx, m); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// clearDrafts removes what a killed process left of freezing, or of taking back.
func (s *Store) clearDrafts(ctx context.Context) error {
	ids, err := collect(ctx, s.read, func(r *sql.Rows) (id data.CampaignID, err error) { return id, r.Scan(&id) },
		`SELECT c.id FROM campaign c WHERE c.state IN ('draft', 'awaiting_approval') AND EXISTS (SELECT 1 FROM message m WHERE m.campaign_id = c.id)`)
	if err != nil {
		return fault("clear drafts away", err)
	}
	for _, id := range ids {
		if holder, err := s.Holder(ctx, freezeLease(id)); err != nil || holder != "" {
			if err != nil {
				return err
			}
			continue
		}
		if err := s.dropAudience(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"counterbell/data"
)

// A tally is what reports count of one campaign. Of campaigns that have ended it is kept beside them: a year with a
// million texts in it opens at once then, and only what has changed since is counted anew. Triggers notice what changes
// (migration 8), whoever writes.
type tally struct {
	messages []MessageFigures
	times    []Happened
	reached  []data.ContactID // to whom a coupon was delivered, ascending
	redeemed []data.ContactID // those of them who used it
}

// tallied stands in queries: whether campaign c's tally is kept, and holds.
const tallied = `EXISTS (SELECT 1 FROM campaign_tally t WHERE t.campaign_id = c.id AND t.state = 0)`

// staleSQL finds campaigns that have ended and whose tally doesn't hold: one (?1), or all of them (0).
const staleSQL = `SELECT c.id FROM campaign c WHERE c.sent_at > 0 AND c.state IN ('done', 'stopped') AND (?1 = 0 OR c.id = ?1) AND NOT ` + tallied + ` ORDER BY c.id`

// Tally counts what has changed in campaigns that have ended (0: in all), and keeps it for Figures. Nothing depends on
// it but how fast Figures is: where it can't write, or ctx ends, what was counted so far is kept. progress, which may be
// nil, hears how many of how many campaigns are done. Errors: data.Cancelled, and those of reading.
func (s *Store) Tally(ctx context.Context, campaign data.CampaignID, progress func(done, of int)) error {
	const op = "count what came of the campaigns"
	stale, err := collect(ctx, s.read, func(r *sql.Rows) (id data.CampaignID, err error) { return id, r.Scan(&id) }, staleSQL, campaign)
	if err != nil {
		return fault(op, err)
	}
	for i, id := range stale {
		if progress != nil {
			progress(i, len(stale))
		}
		if err := s.tallyOne(ctx, id); err != nil {
			switch data.CodeOf(err) {
			case data.DiskFull, data.Unreadable, data.Busy, "disk_fault":
				return nil // Figures counts without
			}
			return err
		}
	}
	if progress != nil && len(stale) > 0 {
		progress(len(stale), len(stale))
	}
	return nil
}

// tallyOne says that it counts, counts, and keeps the result unless something changed meanwhile.
func (s *Store) tallyOne(ctx context.Context, id data.CampaignID) error {
	const op = "count what came of a campaign"
	token := rand.Int64()
	if err := s.quietly(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO campaign_tally (campaign_id, state, token) VALUES (?1, 2, ?2) ON CONFLICT DO UPDATE SET state = 2, token = ?2`, id, token)
		return err
	}); err != nil {
		return err
	}
	var t tally
	if err := s.view(ctx, op, func(tx *sql.Tx) (err error) {
		t, err = countCampaign(ctx, tx, id)
		return err
	}); err != nil {
		return err
	}
	return s.quietly(ctx, op, func(tx *sql.Tx) error { return keepTally(ctx, tx, id, token, &t) })
}

// keepTally stores a count, if nobody has changed or counted the campaign since the token was set.
func keepTally(ctx context.Context, tx *sql.Tx, id data.CampaignID, token int64, t *tally) error {
	res, err := tx.ExecContext(ctx, `UPDATE campaign_tally SET state = 0, reached = ?, redeemed = ? WHERE campaign_id = ? AND state = 2 AND token = ?`, packIDs(t.reached), packIDs(t.redeemed), id, token)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	for _, q := range []string{`DELETE FROM tally_message WHERE campaign_id = ?`, `DELETE FROM tally_time WHERE campaign_id = ?`} {
		if _, err := tx.ExecContext(ctx, q, id); err != nil {
			return err
		}
	}
	message, err := tx.PrepareContext(ctx, `INSERT INTO tally_message VALUES (`+marks(12)+`)`)
	if err != nil {
		return err
	}
	defer message.Close()
	for _, m := range t.messages {
		if _, err := message.ExecContext(ctx, id, m.Variant, m.State, m.Reason, m.Currency, m.People, m.Opened, m.Previews, m.Redeemed, m.Segments, m.Cost, m.Unpriced); err != nil {
			return err
		}
	}
	at, err := tx.PrepareContext(ctx, `INSERT INTO tally_time VALUES (`+marks(7)+`)`)
	if err != nil {
		return err
	}
	defer at.Close()
	for _, h := range t.times {
		if _, err := at.ExecContext(ctx, id, int64(h.At)/quarter, h.Kind, h.Currency, h.N, h.Amount, h.Known); err != nil {
			return err
		}
	}
	return nil
}

// quarter is 15 minutes in milliseconds.
const quarter = 15 * 60 * 1000

// countCampaign counts everything that reports want to know of a campaign. A message whose fate was unknown until its
// receipt came has no moment of acceptance: it was sent when it was delivered, as far as anybody knows.
func countCampaign(ctx context.Context, tx *sql.Tx, id data.CampaignID) (t tally, err error) {
	if t.messages, err = collect(ctx, tx, scanMessageFigures, `SELECT variant, state, why, currency, count(*), coalesce(sum(opened = 1), 0), coalesce(sum(opened = 0), 0),
		sum(redeemed), sum(segments), coalesce(sum(cost), 0), sum(cost IS NULL) FROM (
		SELECT m.variant, m.state, CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END AS why, m.currency, m.segments, m.cost,
			CASE WHEN m.token <> '' THEN (SELECT max(o.class = 'human') FROM open o WHERE o.token = m.token) END AS opened,
			EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = m.coupon_id AND r.undone_at = 0) AS redeemed
		FROM message m WHERE m.campaign_id = ?)
		GROUP BY variant, state, why, currency ORDER BY variant, state, why, currency`, id); err != nil {
		return t, err
	}
	const sent = `CASE WHEN m.accepted_at > 0 THEN m.accepted_at WHEN m.delivered_at > 0 THEN m.delivered_at ELSE m.updated_at END`
	const arrived = `CASE WHEN m.delivered_at > 0 THEN m.delivered_at ELSE m.updated_at END`
	if t.times, err = collect(ctx, tx, scanHappened, fmt.Sprintf(`SELECT kind, at / %d AS part, currency, count(*), coalesce(sum(amount), 0), count(amount) FROM (
		SELECT 'sent' AS kind, %s AS at, currency, cost AS amount FROM message m WHERE m.campaign_id = ?1 AND m.state IN ('accepted', 'delivered', 'undelivered')
		UNION ALL SELECT 'delivered', %s, '', NULL FROM message m WHERE m.campaign_id = ?1 AND m.state = 'delivered'
		UNION ALL SELECT CASE WHEN human THEN 'open' ELSE 'preview' END, CASE WHEN human THEN opened ELSE previewed END, '', NULL FROM (
			SELECT max(o.class = 'human') AS human, min(CASE WHEN o.class = 'human' THEN o.at END) AS opened, min(o.at) AS previewed
			FROM message m CROSS JOIN open o ON o.token = m.token WHERE m.campaign_id = ?1 AND m.token <> '' GROUP BY m.id)
		UNION ALL SELECT 'redemption', r.at, CASE WHEN r.paid IS NULL THEN '' ELSE r.currency END, r.paid FROM coupon k JOIN redemption r ON r.coupon_id = k.id
			WHERE k.campaign_id = ?1 AND r.undone_at = 0
		) GROUP BY kind, part, currency ORDER BY part, kind, currency`, quarter, sent, arrived), id); err != nil {
		return t, err
	}
	return t, t.countReached(ctx, tx, id)
}

// countReached finds out to whom a coupon was delivered, and who used it.
func (t *tally) countReached(ctx context.Context, tx *sql.Tx, id data.CampaignID) error {
	rows, err := tx.QueryContext(ctx, `SELECT m.contact_id, max(EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = m.coupon_id AND r.undone_at = 0)) FROM message m
		WHERE m.campaign_id = ? AND m.state = 'delivered' AND m.coupon_id IS NOT NULL AND m.contact_id IS NOT NULL GROUP BY m.contact_id ORDER BY m.contact_id`, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var who data.ContactID
		var redeemed bool
		if err := rows.Scan(&who, &redeemed); err != nil {
			return err
		}
		t.reached = append(t.reached, who)
		if redeemed {
			t.redeemed = append(t.redeemed, who)
		}
	}
	return rows.Err()
}

func scanMessageFigures(r *sql.Rows) (m MessageFigures, err error) {
	err = r.Scan(&m.Variant, &m.State, &m.Reason, &m.Currency, &m.People, &m.Opened, &m.Previews, &m.Redeemed, &m.Segments, &m.Cost, &m.Unpriced)
	return m, err
}

func scanHappened(r *sql.Rows) (h Happened, err error) {
	err = r.Scan(&h.Kind, &h.At, &h.Currency, &h.N, &h.Amount, &h.Known)
	h.At *= quarter
	return h, err
}

// packIDs writes ascending ids as the differences between them: a million take two megabytes at most.
func packIDs(ids []data.ContactID) []byte {
	packed, last := make([]byte, 0, len(ids)+8), data.ContactID(0)
	for _, id := range ids {
		packed = binary.AppendUvarint(packed, uint64(id-last))
		last = id
	}
	return packed
}

// unpackIDs calls each with every id of packIDs. What was cut off counts for nothing.
func unpackIDs(packed []byte, each func(data.ContactID)) {
	last := data.ContactID(0)
	for len(packed) > 0 {
		d, n := binary.Uvarint(packed)
		if n <= 0 {
			return
		}
		last += data.ContactID(d)
		each(last)
		packed = packed[n:]
	}
}

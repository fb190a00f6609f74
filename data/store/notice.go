package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// Arrived is what a person who looks elsewhere wants to be told.
type Arrived struct {
	Unclear  int      // replies that a person has to answer
	Finished []string // names of campaigns that are done
	Last     int64    // the newest reply: the next question begins after it
}

// Arrived tells what came in after a reply, and which campaigns were done after a moment.
func (s *Store) Arrived(ctx context.Context, after int64, since data.Instant) (a Arrived, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE review AND NOT handled), coalesce(max(id), ?1) FROM inbound WHERE id > ?1`, after).Scan(&a.Unclear, &a.Last)
	if err != nil {
		return a, fault("look for news", err)
	}
	a.Finished, err = collect(ctx, s.read, func(r *sql.Rows) (name string, err error) { return name, r.Scan(&name) }, `SELECT name FROM campaign WHERE state = 'done' AND finished_at > ? ORDER BY finished_at`, since)
	return a, fault("look for news", err)
}

// Pending is what would go out while nothing sends.
type Pending struct {
	Campaigns int // texts of campaigns
	Reminders int // reminders and single texts
}

// Pending counts the messages that come due before a moment.
func (s *Store) Pending(ctx context.Context, until data.Instant) (p Pending, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM message WHERE campaign_id IS NOT NULL AND state IN ('queued', 'held') AND due <= ?1 AND campaign_id IN (SELECT id FROM campaign WHERE state = 'running')),
		(SELECT count(*) FROM message WHERE campaign_id IS NULL AND state IN ('queued', 'held') AND due <= ?1)`, until).Scan(&p.Campaigns, &p.Reminders)
	return p, fault("count what waits", err)
}

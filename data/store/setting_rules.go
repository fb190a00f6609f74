package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

const houseRuleColumns = `place, kind, hours, caps, holidays, at, by`

func scanHouseRule(r *sql.Rows) (h data.HouseRule, err error) {
	err = r.Scan(&h.Place, &h.Kind, &h.Hours, &h.Caps, &h.Holidays, &h.At, &h.By)
	return h, err
}

// HouseRules returns what holds beside the tables now: the newest rule of each place and kind that says anything.
func (s *Store) HouseRules(ctx context.Context) ([]data.HouseRule, error) {
	all, err := collect(ctx, s.read, scanHouseRule, `SELECT `+houseRuleColumns+` FROM house_rule
		WHERE id IN (SELECT max(id) FROM house_rule GROUP BY place, kind) AND hours || caps || holidays <> '' ORDER BY place, kind`)
	return all, fault("read the rules of the house", err)
}

// HouseRuleHistory returns every change that was made, newest first.
func (s *Store) HouseRuleHistory(ctx context.Context) ([]data.HouseRule, error) {
	all, err := collect(ctx, s.read, scanHouseRule, `SELECT `+houseRuleColumns+` FROM house_rule ORDER BY id DESC`)
	return all, fault("read the rules of the house", err)
}

// SetHouseRule records a change, with the moment; who made it stands in By. An empty rule leaves the table alone again.
// Whoever calls has had it checked by rules.CheckHouse.
func (s *Store) SetHouseRule(ctx context.Context, h data.HouseRule) error {
	return s.update(ctx, "change the rules of the house", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO house_rule (`+houseRuleColumns+`) VALUES (`+marks(7)+`)`, h.Place, h.Kind, h.Hours, h.Caps, h.Holidays, s.Now(), h.By)
		return err
	})
}

// RecentMessages returns when messages of some kinds were handed over to people since a moment, newest first, for
// counting what they had: those of practice alone, or those of real providers alone. One whose fate is unknown counts.
func (s *Store) RecentMessages(ctx context.Context, phones []data.Phone, kinds []data.Kind, practice bool, since data.Instant) (map[data.Phone][]data.Instant, error) {
	type had struct {
		phone data.Phone
		at    data.Instant
	}
	scan := func(r *sql.Rows) (h had, err error) {
		err = r.Scan(&h.phone, &h.at)
		return h, err
	}
	out := map[data.Phone][]data.Instant{}
	for start := 0; start < len(phones); start += 500 {
		part := phones[start:min(start+500, len(phones))]
		args := []any{int64(since), practice}
		for _, k := range kinds {
			args = append(args, string(k))
		}
		for _, p := range part {
			args = append(args, string(p))
		}
		all, err := collect(ctx, s.read, scan, recentSQL(len(kinds), len(part)), args...)
		if err != nil {
			return nil, fault("count what people had", err)
		}
		for _, h := range all {
			out[h.phone] = append(out[h.phone], h.at)
		}
	}
	return out, nil
}

// recentSQL finds a person's messages by the index over phone and moment; each has few.
func recentSQL(kinds, phones int) string {
	return `SELECT phone, CASE WHEN accepted_at > 0 THEN accepted_at ELSE updated_at END AS had FROM message
		WHERE (accepted_at > ?1 OR accepted_at = 0 AND state IN ('sending', 'unknown') AND updated_at > ?1) AND (provider = 'practice') = ?2
		AND kind IN (` + marks(kinds) + `) AND phone IN (` + marks(phones) + `) ORDER BY phone, had DESC`
}

// A CountryCount is how many people have a number of a country.
type CountryCount struct {
	Country string // ISO 3166-1; "" where the number tells none
	People  int
}

// Countries counts the contacts by the country of their number, most people first. It reads every contact.
func (s *Store) Countries(ctx context.Context) ([]CountryCount, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (c CountryCount, err error) {
		err = r.Scan(&c.Country, &c.People)
		return c, err
	}, `SELECT substr(facts, 1, instr(facts, '|') - 1), count(*) FROM person GROUP BY 1 ORDER BY 2 DESC, 1`)
	return all, fault("count countries", err)
}

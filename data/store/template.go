package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"counterbell/data"
)

// A Template is a text registered with a provider that sends approved texts alone. Local is ours, with placeholders;
// Text is what the provider approved, with {1}, {2}…; Variables names their placeholders in order.
type Template struct {
	Provider  string       `json:"provider"`
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Kind      data.Kind    `json:"kind"`
	Local     string       `json:"local"`
	Variables []string     `json:"variables"`
	Text      string       `json:"text"`
	State     string       `json:"state"`
	Reason    string       `json:"reason,omitempty"`
	UpdatedAt data.Instant `json:"updated_at"`
}

// SaveTemplate stores a registration, or what has become of it.
func (s *Store) SaveTemplate(ctx context.Context, t Template) error {
	vars, err := json.Marshal(t.Variables)
	if err != nil {
		return fault("store a template", err)
	}
	return s.update(ctx, "store a template", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO template VALUES (`+marks(10)+`) ON CONFLICT DO UPDATE SET text = excluded.text, state = excluded.state,
			reason = excluded.reason, updated_at = excluded.updated_at`, t.Provider, t.ID, t.Name, t.Kind, t.Local, string(vars), t.Text, t.State, t.Reason, s.Now())
		return err
	})
}

// Templates lists the registrations with a provider; "" for all providers.
func (s *Store) Templates(ctx context.Context, provider string) ([]Template, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (t Template, err error) {
		var vars string
		if err = r.Scan(&t.Provider, &t.ID, &t.Name, &t.Kind, &t.Local, &vars, &t.Text, &t.State, &t.Reason, &t.UpdatedAt); err == nil {
			err = json.Unmarshal([]byte(vars), &t.Variables)
		}
		return t, err
	}, `SELECT provider, id, name, kind, local, variables, text, state, reason, updated_at FROM template WHERE ?1 = '' OR provider = ?1 ORDER BY provider, updated_at`, provider)
	return all, fault("list templates", err)
}

// SetPrice stores what a segment costs; country and kind may be "" for all.
func (s *Store) SetPrice(ctx context.Context, provider, country string, kind data.Kind, micros data.Micros, currency string) error {
	return s.update(ctx, "store a price", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO price VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET micros = excluded.micros, currency = excluded.currency`,
			provider, country, kind, micros, currency)
		return err
	})
}

// Price returns what a segment costs, by the most particular row: country and kind, country, kind, all. Not known is
// not nought.
func (s *Store) Price(ctx context.Context, provider, country string, kind data.Kind) (c data.Cost, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT micros, currency FROM price WHERE provider = ? AND country IN ('', ?) AND kind IN ('', ?)
		ORDER BY country <> '' DESC, kind <> '' DESC LIMIT 1`, provider, country, kind).Scan(&c.Micros, &c.Currency)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	c.Known = err == nil
	return c, fault("look a price up", err)
}

package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// A Price is what a segment costs through a provider. Country and Kind are "" for all.
type Price struct {
	Provider string
	Country  string // ISO 3166-1
	Kind     data.Kind
	Micros   data.Micros // millionths of the currency's major unit
	Currency string
}

// Prices lists what is known of a provider's prices, by country and kind.
func (s *Store) Prices(ctx context.Context, provider string) ([]Price, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (p Price, err error) {
		err = r.Scan(&p.Provider, &p.Country, &p.Kind, &p.Micros, &p.Currency)
		return p, err
	}, `SELECT provider, country, kind, micros, currency FROM price WHERE provider = ? ORDER BY country, kind`, provider)
	return all, fault("list prices", err)
}

// SetPrices stores a provider's prices in place of all that were known: what isn't among them is not known any more.
func (s *Store) SetPrices(ctx context.Context, provider string, all []Price) error {
	return s.update(ctx, "store prices", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM price WHERE provider = ?`, provider); err != nil {
			return err
		}
		for _, p := range all {
			if _, err := tx.ExecContext(ctx, `INSERT INTO price (provider, country, kind, micros, currency) VALUES (?, ?, ?, ?, ?)`,
				provider, p.Country, string(p.Kind), int64(p.Micros), p.Currency); err != nil {
				return err
			}
		}
		return nil
	})
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// EngineLease is held by the one process that sends and polls (decisions.md, Two processes).
const EngineLease = "engine"

// Leases run on the real clock, also in a practice profile: they are about processes, not about the shop.

// Process names this process, as long as the store is open, among those that use the profile. A lease's holder is called
// by it, or by it and more after a dot where one process may have several.
func (s *Store) Process() string { return s.pulse.name }

// Take takes or renews a lease for d. It returns the other holder's name when somebody else has it: a holder that was
// killed has it no more.
func (s *Store) Take(ctx context.Context, lease, holder string, d time.Duration) (other string, err error) {
	if err := s.pulse.start(); err != nil {
		return "", fault("take a lease", err)
	}
	err = s.quietly(ctx, "take a lease", func(tx *sql.Tx) error {
		now := time.Now().UnixMilli()
		var until int64
		err := tx.QueryRowContext(ctx, `SELECT holder, until FROM lease WHERE name = ?`, lease).Scan(&other, &until)
		switch {
		case errors.Is(err, sql.ErrNoRows), err == nil && (other == holder || until < now || s.pulse.gone(other)):
			other = ""
		case err != nil:
			return err
		default:
			return nil
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO lease VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until`,
			lease, holder, now+d.Milliseconds())
		return err
	})
	return other, err
}

// Release gives a lease back, if holder still has it.
func (s *Store) Release(ctx context.Context, lease, holder string) error {
	return s.quietly(ctx, "release a lease", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM lease WHERE name = ? AND holder = ?`, lease, holder)
		return err
	})
}

// Holder returns who holds a lease at this moment; "" for nobody.
func (s *Store) Holder(ctx context.Context, lease string) (string, error) {
	var h string
	err := s.write.QueryRowContext(ctx, `SELECT holder FROM lease WHERE name = ? AND until >= ?`, lease, time.Now().UnixMilli()).Scan(&h)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err == nil && s.pulse.gone(h) {
		return "", nil
	}
	return h, fault("look at a lease", err)
}

// Cursor returns where a reader of news stands; "" at first.
func (s *Store) Cursor(ctx context.Context, name string) (string, error) {
	var v string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM cursor WHERE name = ?`, name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, fault("read a cursor", err)
}

func setCursor(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO cursor VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

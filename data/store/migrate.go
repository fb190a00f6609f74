package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"counterbell/data"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// SchemaVersion is the newest schema that this program knows.
func SchemaVersion() int64 {
	entries, _ := fs.ReadDir(migrations, "migrations")
	var v int64
	for _, e := range entries {
		var n int64
		_, _ = fmt.Sscanf(e.Name(), "%d_", &n)
		v = max(v, n)
	}
	return v
}

// migrate brings the schema up to date, each step in one transaction, after a copy of what was there.
func (s *Store) migrate(ctx context.Context) error {
	const op = "open the database"
	if st, err := os.Stat(s.Path); err == nil && st.Size() > 0 {
		if _, err := s.write.ExecContext(ctx, `SELECT count(*) FROM sqlite_master`); err != nil {
			return fault(op, err)
		}
	}
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fault(op, err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fault(op, err)
	}
	var have int64
	var known int
	if err := s.write.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'goose_db_version'`).Scan(&known); err != nil {
		return fault(op, err)
	}
	if known > 0 {
		if have, err = p.GetDBVersion(ctx); err != nil {
			return fault(op, err)
		}
	}
	want := SchemaVersion()
	switch {
	case have > want:
		return &data.Error{Code: data.TooNew, Op: op, Err: fmt.Errorf("schema %d, this program knows %d", have, want)}
	case have == want:
		return nil
	case have > 0:
		// A migration needs the profile alone: whoever holds the engine's lease is asked to end first.
		if holder, err := s.Holder(ctx, EngineLease); err == nil && holder != "" {
			return &data.Error{Code: data.Busy, Op: op, Err: fmt.Errorf("held by %s", holder)}
		}
		name := fmt.Sprintf("before-schema-%d-%s.db", want, s.clock().UTC().Format("20060102T150405.000"))
		if err := backup(ctx, s.write, filepath.Join(s.Dir, "backups", name)); err != nil {
			return err
		}
	}
	_, err = p.Up(ctx)
	return fault(op, err)
}

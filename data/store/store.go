// Package store keeps the nouns in SQLite. A public method opens its own transaction; unexported helpers take one.
//
// There is one write handle and a pool of read handles on one file, so that a page that reads never waits for the till
// that writes. Any process may write, in short BEGIN IMMEDIATE transactions; commits are synced to disk.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"counterbell/data"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// FileName is the database's name inside a profile folder.
const FileName = "counterbell.db"

// A Store is one profile's database.
type Store struct {
	Dir   string // the profile folder
	Path  string
	clock data.Clock
	write *sql.DB
	read  *sql.DB

	simulated bool // the clock is a practice clock

	changedMu sync.Mutex
	changed   []*func() // replaced, never written into
	importsMu sync.Mutex
	imports   map[data.ImportID]*running
	pulse     *pulse
	turn      turn
}

// Options say how to open a profile.
type Options struct {
	Dir   string     // made if it isn't there
	Clock data.Clock // nil: the profile's own, the real one or its practice clock
}

// Open opens a profile's database, and makes or migrates it when it has to. Before a migration of an existing database
// it writes a copy to backups/. Errors: data.TooNew, data.Damaged, data.Busy, data.DiskFull, data.Unreadable.
func Open(ctx context.Context, o Options) (*Store, error) {
	const op = "open the profile"
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": o.Dir}}
	}
	s := &Store{Dir: o.Dir, Path: filepath.Join(o.Dir, FileName), clock: o.Clock, imports: map[data.ImportID]*running{}, pulse: newPulse(o.Dir), turn: turn{path: filepath.Join(o.Dir, "locks", "turn")}, simulated: o.Clock != nil}
	if s.clock == nil {
		s.clock = clockOfProfile
	}
	var err error
	if s.write, err = open(s.Path, "immediate", 1); err != nil {
		return nil, fault(op, err)
	}
	if err = s.migrate(ctx); err != nil {
		s.write.Close()
		return nil, err
	}
	if s.read, err = open(s.Path, "deferred", max(4, runtime.NumCPU())); err != nil {
		s.write.Close()
		return nil, fault(op, err)
	}
	if o.Clock == nil {
		if err := s.startClock(ctx); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// open makes a handle whose every connection has the same pragmas, set before anything else runs on it.
func open(path, lock string, conns int) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"cache_size(-16000)", "temp_store(MEMORY)", "journal_size_limit(67108864)", "wal_autocheckpoint(4000)",
	}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// Close ends all handles. What was committed is on disk.
func (s *Store) Close() error {
	err := errors.Join(s.read.Close(), s.write.Close())
	s.pulse.stop()
	s.turn.close()
	return err
}

// Now is the profile's moment: the real one, or the practice clock's.
func (s *Store) Now() data.Instant { return s.clock.Now() }

// Clock returns the profile's clock.
func (s *Store) Clock() data.Clock { return s.clock }

// OnChange registers f to be called after each of this process's own commits that changed something, on the committer's
// goroutine, until the function that it returns is called. Leases, and that somebody was asked for news, are no change.
func (s *Store) OnChange(f func()) (end func()) {
	s.changedMu.Lock()
	defer s.changedMu.Unlock()
	mine := &f
	s.changed = append(slices.Clone(s.changed), mine)
	return func() {
		s.changedMu.Lock()
		defer s.changedMu.Unlock()
		s.changed = slices.DeleteFunc(slices.Clone(s.changed), func(other *func()) bool { return other == mine })
	}
}

// update runs f in one short transaction that holds the write lock from its start, and is synced to disk.
func (s *Store) update(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	return s.commit(ctx, op, s.transact, f)
}

// quietly is update for what nobody has to look at again for.
func (s *Store) quietly(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fault(op, err)
	}
	defer conn.Close()
	return fault(op, s.transact(ctx, conn, f))
}

// updateUnseen is update for one of many transactions that count for nothing until a last one, by update, makes them.
// Whoever else wants to write goes first. It is not synced: what a power failure takes is only ever the latest of them,
// and the last one's sync is for all.
func (s *Store) updateUnseen(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	s.turn.give(ctx)
	return s.commit(ctx, op, func(ctx context.Context, conn *sql.Conn, f func(tx *sql.Tx) error) (err error) {
		if _, err := conn.ExecContext(ctx, `PRAGMA synchronous = NORMAL`); err != nil {
			return err
		}
		defer func() {
			_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA synchronous = FULL`)
			err = errors.Join(err, back)
		}()
		return s.transact(ctx, conn, f)
	}, f)
}

// updateLast is update for one of many transactions: whoever else wants to write goes first.
func (s *Store) updateLast(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	s.turn.give(ctx)
	return s.update(ctx, op, f)
}

func (s *Store) commit(ctx context.Context, op string, how func(context.Context, *sql.Conn, func(tx *sql.Tx) error) error, f func(tx *sql.Tx) error) error {
	conn, err := s.write.Conn(ctx) // this process's own order first
	if err != nil {
		return fault(op, err)
	}
	var before, after int64
	err = func() error {
		defer conn.Close()
		return how(ctx, conn, func(tx *sql.Tx) error {
			const changes = `SELECT total_changes()`
			if err := tx.QueryRowContext(ctx, changes).Scan(&before); err != nil {
				return err
			}
			if err := f(tx); err != nil {
				return err
			}
			return tx.QueryRowContext(ctx, changes).Scan(&after)
		})
	}()
	if err != nil {
		return fault(op, err)
	}
	if before == after {
		return nil
	}
	s.changedMu.Lock()
	calls := s.changed
	s.changedMu.Unlock()
	for _, f := range calls {
		(*f)()
	}
	return nil
}

func (s *Store) transact(ctx context.Context, conn *sql.Conn, f func(tx *sql.Tx) error) error {
	got := s.turn.ask()
	tx, err := conn.BeginTx(ctx, nil)
	got()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// view runs f on one consistent snapshot.
func (s *Store) view(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fault(op, err)
	}
	defer tx.Rollback()
	return fault(op, f(tx))
}

// A reader is what both a transaction and a handle can do.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads all rows of a query through scan.
func collect[T any](ctx context.Context, q reader, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// marks returns n parameter marks, "?,?,?".
func marks(n int) string {
	b := make([]byte, 0, 2*n)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '?')
	}
	return string(b)
}

// Backup writes a verified copy of the database to path, which must not exist.
func (s *Store) Backup(ctx context.Context, path string) error {
	return backup(ctx, s.write, path)
}

func backup(ctx context.Context, db *sql.DB, path string) error {
	const op = "copy the database"
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault(op, err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return fault(op, err)
	}
	cp, err := open(path, "deferred", 1)
	if err != nil {
		return fault(op, err)
	}
	defer cp.Close()
	return check(ctx, cp, "quick_check")
}

// check runs one of SQLite's own checks. Error data.Damaged when it finds anything.
func check(ctx context.Context, db *sql.DB, pragma string) error {
	const op = "check the database"
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA "+pragma+"(1)").Scan(&verdict); err != nil {
		return fault(op, err)
	}
	if verdict != "ok" {
		return &data.Error{Code: data.Damaged, Op: op, Err: fmt.Errorf("%s", verdict)}
	}
	return nil
}

// Check looks through the whole database. Error data.Damaged when it finds anything.
func (s *Store) Check(ctx context.Context) error { return check(ctx, s.read, "integrity_check") }

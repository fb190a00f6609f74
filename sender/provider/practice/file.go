package practice

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite" // also the driver of that name

	"counterbell/data"
	"counterbell/sender/provider"
)

// file is a book that outlives the process, and that several processes may use: an SQLite database of its own, so
// that what the carrier has counted doesn't depend on the database that is being tested.
type file struct{ db *sql.DB }

// errCommit marks the one failure after which nobody knows whether a batch was kept.
var errCommit = errors.New("the end of a transaction failed")

// version of the schema, kept in SQLite's user_version.
const version = 1

const schema = `
CREATE TABLE text (
	ref TEXT PRIMARY KEY, phone TEXT NOT NULL, kind TEXT NOT NULL, words INTEGER NOT NULL, at INTEGER NOT NULL,
	answer TEXT NOT NULL, state TEXT NOT NULL, class TEXT NOT NULL, code TEXT NOT NULL, final INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX text_phone ON text (phone, kind);
CREATE INDEX text_final ON text (final);
CREATE TABLE event (
	id INTEGER PRIMARY KEY, kind TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, ref TEXT NOT NULL, phone TEXT NOT NULL,
	what TEXT NOT NULL, method TEXT NOT NULL, agent TEXT NOT NULL, prefetch INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_due ON event (kind, done, at, id);
CREATE TABLE counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('again', 0);
PRAGMA user_version = 1;
`

func openFile(path string) (*file, error) {
	const op = "open the practice carrier's book"
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, &data.Error{Code: data.Unreadable, Op: op, Err: err}
	}
	// The file is the user's alone from its first moment.
	if f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, &data.Error{Code: data.Unreadable, Op: op, Err: err}
	} else if err := f.Close(); err != nil {
		return nil, &data.Error{Code: data.Unreadable, Op: op, Err: err}
	}
	slash := filepath.ToSlash(path)
	if !strings.HasPrefix(slash, "/") {
		slash = "/" + slash
	}
	u := url.URL{Scheme: "file", Path: slash, RawQuery: url.Values{
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(NORMAL)", "secure_delete(ON)"},
		"_txlock": {"immediate"},
	}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, &data.Error{Code: data.Internal, Op: op, Err: err}
	}
	db.SetMaxOpenConns(1)
	f := &file{db}
	if err := f.prepare(op); err != nil {
		db.Close()
		return nil, said(op, err)
	}
	return f, nil
}

// prepare makes the tables where there are none; two processes may start at once.
func (f *file) prepare(op string) error {
	ctx := context.Background()
	return f.within(ctx, func(tx *sql.Tx) error {
		var v int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
			return err
		}
		switch {
		case v > version:
			return &data.Error{Code: data.TooNew, Op: op, Args: map[string]string{"file": FileName}}
		case v == version:
			return nil
		}
		if _, err := tx.ExecContext(ctx, schema); err != nil {
			return err
		}
		return nil
	})
}

// said gives an error of the file the code that the screens know.
func said(op string, err error) error {
	var ours *data.Error
	if errors.As(err, &ours) {
		return err
	}
	code := data.Unreadable
	var e *sqlite.Error
	if errors.As(err, &e) {
		switch e.Code() & 0xff { // the primary result code, https://www.sqlite.org/rescode.html
		case 11, 26:
			code = data.Damaged
		case 5, 6:
			code = data.Busy
		case 13:
			code = data.DiskFull
		}
	}
	return &data.Error{Code: code, Op: op, Err: err, Args: map[string]string{"file": FileName}}
}

func (f *file) Close() error { return f.db.Close() }

// within runs fn in one transaction that has the file's only pen.
func (f *file) within(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(errCommit, err)
	}
	return nil
}

func asJSON[T any](values []T) (string, error) {
	b, err := json.Marshal(values)
	return string(b), err
}

const columns = "ref, phone, kind, words, at, answer, state, class, code, final"

func scanText(rows *sql.Rows) (k kept, err error) {
	err = rows.Scan(&k.ref, &k.to, &k.kind, &k.words, &k.at, &k.answer, &k.state, &k.class, &k.code, &k.final)
	return k, err
}

// querier is what both a transaction and the database can do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func findTexts(ctx context.Context, q querier, refs []string) (map[string]kept, error) {
	wanted, err := asJSON(refs)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, "SELECT "+columns+" FROM text WHERE ref IN (SELECT value FROM json_each(?))", wanted)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]kept{}
	for rows.Next() {
		k, err := scanText(rows)
		if err != nil {
			return nil, err
		}
		found[k.ref] = k
	}
	return found, rows.Err()
}

func (f *file) find(ctx context.Context, refs []string) (map[string]kept, error) {
	return findTexts(ctx, f.db, refs)
}

// history counts the texts that the numbers have had, by kind.
func history(ctx context.Context, tx *sql.Tx, batch []provider.Text) (map[person]int, error) {
	phones := make([]data.Phone, len(batch))
	for i, t := range batch {
		phones[i] = t.To
	}
	wanted, err := asJSON(phones)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT phone, kind, count(*) FROM text WHERE phone IN (SELECT value FROM json_each(?)) GROUP BY phone, kind", wanted)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	nth := map[person]int{}
	for rows.Next() {
		var p person
		var n int
		if err := rows.Scan(&p.to, &p.kind, &n); err != nil {
			return nil, err
		}
		nth[p] = n
	}
	return nth, rows.Err()
}

func (f *file) take(ctx context.Context, batch []provider.Text, plan planner) (all []kept, again int, err error) {
	err = f.within(ctx, func(tx *sql.Tx) error {
		refs := make([]string, len(batch))
		for i, t := range batch {
			refs[i] = t.Ref
		}
		known, err := findTexts(ctx, tx, refs)
		if err != nil {
			return err
		}
		nth, err := history(ctx, tx, batch)
		if err != nil {
			return err
		}
		keep, err := tx.PrepareContext(ctx, "INSERT INTO text ("+columns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		defer keep.Close()
		note, err := tx.PrepareContext(ctx, "INSERT INTO event (kind, at, ref, phone, what, method, agent, prefetch) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
		if err != nil {
			return err
		}
		defer note.Close()
		all = make([]kept, len(batch))
		for i, t := range batch {
			if k, ok := known[t.Ref]; ok {
				all[i] = secondTime(k)
				again++
				continue
			}
			p := person{t.To, t.Kind}
			k, es := plan(t, nth[p])
			nth[p]++
			known[t.Ref] = k
			all[i] = k
			if _, err := keep.ExecContext(ctx, k.ref, string(k.to), string(k.kind), k.words, int64(k.at), string(k.answer), string(k.state), string(k.class), k.code, int64(k.final)); err != nil {
				return err
			}
			for _, e := range es {
				if _, err := note.ExecContext(ctx, e.kind, int64(e.at), e.ref, string(e.to), e.what, e.method, e.agent, e.prefetch); err != nil {
					return err
				}
			}
		}
		if again > 0 {
			_, err = tx.ExecContext(ctx, "UPDATE counter SET n = n + ? WHERE name = 'again'", again)
		}
		return err
	})
	return all, again, err
}

func (f *file) tally(ctx context.Context) (t Tally, err error) {
	err = f.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM text), (SELECT count(DISTINCT phone) FROM text), (SELECT n FROM counter WHERE name = 'again'),
		(SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM text GROUP BY phone, words))`).Scan(&t.Texts, &t.People, &t.Duplicates, &t.Repeats)
	return t, err
}

func (f *file) forget(ctx context.Context, p data.Phone) error {
	err := f.within(ctx, func(tx *sql.Tx) error {
		_, err1 := tx.ExecContext(ctx, "DELETE FROM text WHERE phone = ?", string(p))
		_, err2 := tx.ExecContext(ctx, "DELETE FROM event WHERE phone = ?", string(p))
		return errors.Join(err1, err2)
	})
	if err != nil {
		return err
	}
	_, err = f.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

func (f *file) read(ctx context.Context, query string, args ...any) ([]event, error) {
	rows, err := f.db.QueryContext(ctx, "SELECT id, kind, at, ref, phone, what, method, agent, prefetch, tries FROM event WHERE "+query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var es []event
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.id, &e.kind, &e.at, &e.ref, &e.to, &e.what, &e.method, &e.agent, &e.prefetch, &e.tries); err != nil {
			return nil, err
		}
		es = append(es, e)
	}
	return es, rows.Err()
}

func (f *file) events(ctx context.Context, kind string, after mark, until data.Instant, limit int) ([]event, error) {
	return f.read(ctx, "kind = ? AND done = 0 AND at <= ? AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?", kind, int64(until), int64(after.at), after.id, limit)
}

func (f *file) openings(ctx context.Context, until data.Instant, limit int) ([]event, error) {
	return f.events(ctx, opening, mark{}, until, limit)
}

func (f *file) played(ctx context.Context, e event, again data.Instant) error {
	if again != 0 {
		_, err := f.db.ExecContext(ctx, "UPDATE event SET at = ?, tries = tries + 1 WHERE id = ?", int64(again), e.id)
		return err
	}
	_, err := f.db.ExecContext(ctx, "UPDATE event SET done = 1 WHERE id = ?", e.id)
	return err
}

func (f *file) next(ctx context.Context, now data.Instant) (data.Instant, error) {
	var at sql.NullInt64
	err := f.db.QueryRowContext(ctx, `SELECT min(at) FROM (
		SELECT min(at) AS at FROM event WHERE kind = 'open' AND done = 0
		UNION ALL SELECT min(at) FROM event WHERE kind = 'reply' AND done = 0 AND at > ?1
		UNION ALL SELECT min(at) FROM event WHERE kind = 'visit' AND done = 0 AND at > ?1
		UNION ALL SELECT min(final) FROM text WHERE final > ?1)`, int64(now)).Scan(&at)
	return data.Instant(at.Int64), err
}

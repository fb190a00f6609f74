package relay

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"counterbell/data"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// A Store is the relay's own SQLite file: pages by token, and events until Counterbell has fetched them. One process
// opens it at a time. What it confirms is on disk: it survives a power cut (WAL with synchronous=FULL).
type Store struct {
	write      *sql.DB // one connection; every transaction takes the write lock at once
	read       *sql.DB
	pageByKey  *sql.Stmt
	opens      openLog
	cache      pageCache
	clock      data.Clock
	id         string
	unrecorded atomic.Int64
}

// StoreNeeds is what a store is made of. Path's folder is made if it isn't there. Random is a secure source.
type StoreNeeds struct {
	Path   string
	Clock  data.Clock
	Random io.Reader
}

//go:embed schema.sql
var schema string

// schemaVersion is what PRAGMA user_version holds. A later version adds its step to migrate.
const schemaVersion = 1

// OpenStore opens or makes the file. Errors: TooNew when a newer relay made it, Damaged when it isn't a sound database,
// Busy when another process is writing, Unreadable when the file can't be made or opened, Internal otherwise.
func OpenStore(ctx context.Context, needs StoreNeeds) (*Store, error) {
	const op = "open the relay's database"
	if err := os.MkdirAll(filepath.Dir(needs.Path), 0o700); err != nil {
		return nil, data.Errorf(data.Unreadable, op, "%w", err)
	}
	// Made here so that nobody else on the server may read it; SQLite gives its side files the same rights.
	f, err := os.OpenFile(needs.Path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, data.Errorf(data.Unreadable, op, "%w", err)
	}
	if err := f.Close(); err != nil {
		return nil, data.Errorf(data.Unreadable, op, "%w", err)
	}
	s := &Store{clock: needs.Clock}
	if s.write, err = open(needs.Path, "_txlock=immediate", "journal_mode(wal)", "synchronous(full)"); err != nil {
		return nil, storeError(op, err)
	}
	s.write.SetMaxOpenConns(1)
	if err = s.migrate(ctx, needs.Random); err != nil {
		return nil, errors.Join(storeError(op, err), s.write.Close())
	}
	if s.read, err = open(needs.Path, "mode=ro", "query_only(1)"); err != nil {
		return nil, errors.Join(storeError(op, err), s.write.Close())
	}
	s.read.SetMaxOpenConns(4)
	s.read.SetMaxIdleConns(4)
	if s.pageByKey, err = s.read.PrepareContext(ctx, `
		SELECT p.kind, p.url, p.code, p.ends, p.ends_text, p.revoked, p.stopped, coalesce(c.body, '')
		FROM page p LEFT JOIN content c ON c.id = p.content_id WHERE p.token = ?`); err != nil {
		return nil, errors.Join(storeError(op, err), s.write.Close(), s.read.Close())
	}
	if err = s.opens.start(ctx, s.write); err != nil {
		return nil, errors.Join(storeError(op, err), s.write.Close(), s.read.Close())
	}
	return s, nil
}

func open(path, mode string, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_pragma": append([]string{"busy_timeout(5000)", "trusted_schema(0)"}, pragmas...)}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+mode+"&"+q.Encode())
}

// migrate brings the file to schemaVersion in one transaction. A new file gets an ID, and event numbers that start
// where its clock stands (in microseconds): beyond those of any relay before it, so that a cursor stays good when a
// server is set up anew.
func (s *Store) migrate(ctx context.Context, random io.Reader) error {
	var version int
	if err := s.write.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version > schemaVersion {
		return data.Errorf(data.TooNew, "open the relay's database", "version %d", version)
	}
	if version == 0 {
		id, err := randomText(random, 12)
		if err != nil {
			return err
		}
		if err := s.change(ctx, func(tx *sql.Tx) error {
			// Somebody else may have made it while this one waited for its turn.
			if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil || version > 0 {
				return err
			}
			if _, err := tx.ExecContext(ctx, schema); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ('id', ?)`, id); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO sqlite_sequence (name, seq) VALUES ('event', ?)`, s.clock().UnixMicro())
			return err
		}); err != nil {
			return err
		}
	}
	return s.write.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = 'id'`).Scan(&s.id)
}

// change runs do in one write transaction.
func (s *Store) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after a commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Close writes what is under way and closes the file.
func (s *Store) Close() error {
	s.opens.stop()
	return errors.Join(s.pageByKey.Close(), s.read.Close(), s.write.Close())
}

// Setting returns a remembered value, "" where there is none: the key's hash, the port last used.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, storeError("read a setting", err)
}

// SetSetting remembers a value.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	_, err := s.write.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return storeError("write a setting", err)
}

// storedPage is a page as it is kept; content is nil for a bare redirect.
type storedPage struct {
	Page
	revoked, stopped bool
	location         []string // the URL as a header's value
	quota            quota
}

// page returns the page of a token, nil when the token isn't known.
func (s *Store) page(ctx context.Context, token string) (*storedPage, error) {
	p, epoch := s.cache.get(token)
	if p != nil {
		return p, nil
	}
	p = &storedPage{}
	var body string
	var revoked, stopped int64
	err := s.pageByKey.QueryRowContext(ctx, token).
		Scan(&p.Kind, &p.URL, &p.Code, &p.Ends, &p.EndsText, &revoked, &stopped, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil && body != "" {
		err = json.Unmarshal([]byte(body), &p.Content)
	}
	if err != nil {
		return nil, storeError("look a link up", err)
	}
	p.Token, p.revoked, p.stopped = token, revoked != 0, stopped != 0
	p.location = []string{p.URL}
	return s.cache.put(p, epoch), nil
}

// publish writes pages, all or none. A token that is there already gets its new content; one that was revoked or
// stopped stays so.
func (s *Store) publish(ctx context.Context, b batch) error {
	now := s.clock.Now()
	fresh := make([]*storedPage, 0, len(b.Pages))
	err := s.change(ctx, func(tx *sql.Tx) error {
		ids := make([]int64, len(b.Contents))
		for i, c := range b.Contents {
			body, err := json.Marshal(c)
			if err != nil {
				return err
			}
			hash := sha256.Sum256(body)
			if err := tx.QueryRowContext(ctx, `INSERT INTO content (hash, body) VALUES (?, ?)
				ON CONFLICT (hash) DO UPDATE SET hash = excluded.hash RETURNING id`, hash[:], string(body)).Scan(&ids[i]); err != nil {
				return err
			}
		}
		put, err := tx.PrepareContext(ctx, `
			INSERT INTO page (token, kind, url, code, ends, ends_text, content_id, published)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (token) DO UPDATE SET kind = excluded.kind, url = excluded.url, code = excluded.code,
				ends = excluded.ends, ends_text = excluded.ends_text, content_id = excluded.content_id
			WHERE revoked = 0
			RETURNING stopped`)
		if err != nil {
			return err
		}
		defer put.Close()
		for _, p := range b.Pages {
			var content any
			if p.Content >= 0 {
				content = ids[p.Content]
			}
			var stopped int64
			err := put.QueryRowContext(ctx, p.Token, string(p.Kind), p.URL, p.Code, int64(p.Ends), p.EndsText, content, int64(now)).Scan(&stopped)
			switch {
			case err == nil:
				fresh = append(fresh, &storedPage{Page: p.Page, stopped: stopped != 0, location: []string{p.URL}})
			case !errors.Is(err, sql.ErrNoRows): // no row: it was revoked
				return err
			}
		}
		return nil
	})
	if err != nil {
		return storeError("publish links", err)
	}
	s.cache.replace(fresh)
	return nil
}

// revoke takes links out of use: their address and code are erased, the way to stop messages stays.
func (s *Store) revoke(ctx context.Context, tokens []string) error {
	now := int64(s.clock.Now())
	err := s.change(ctx, func(tx *sql.Tx) error {
		for _, t := range tokens {
			if _, err := tx.ExecContext(ctx, `UPDATE page SET revoked = ?, url = '', code = '' WHERE token = ? AND revoked = 0`, now, t); err != nil {
				return err
			}
		}
		return nil
	})
	s.cache.drop(tokens)
	return storeError("revoke links", err)
}

// stopMessages records the request of the person behind a token, once. It is on disk when it returns nil.
func (s *Store) stopMessages(ctx context.Context, token string) error {
	now := int64(s.clock.Now())
	err := s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE page SET stopped = ? WHERE token = ? AND stopped = 0`, now, token)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO event (kind, token, at, class, reason, agent) VALUES (?, ?, ?, '', '', '')`,
			string(Stopped), token, now)
		return err
	})
	s.cache.drop([]string{token})
	return storeError("record a request to stop", err)
}

// events returns up to limit events with a number above after, in order.
func (s *Store) events(ctx context.Context, after int64, limit int) ([]Event, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, kind, token, at, class, reason, agent FROM event WHERE id > ? ORDER BY id LIMIT ?`, after, limit)
	if err != nil {
		return nil, storeError("read events", err)
	}
	defer rows.Close()
	list := []Event{}
	for rows.Next() {
		var e Event
		if err := rows.Scan(&e.ID, &e.Kind, &e.Token, &e.At, &e.Class, &e.Reason, &e.Agent); err != nil {
			return nil, storeError("read events", err)
		}
		list = append(list, e)
	}
	return list, storeError("read events", rows.Err())
}

// Fetched events are kept for a while, for a computer that is restored from a backup and asks again; pages longer,
// since a request to stop must work long after the offer (in Canada 60 days at least, CASL s. 11(2)).
const (
	keepEvents = 60 * 24 * time.Hour
	keepPages  = 400 * 24 * time.Hour
)

// forget deletes what nobody needs any more: events up to fetched that are old, and pages long past their end.
func (s *Store) forget(ctx context.Context, fetched int64) error {
	now := s.clock.Now()
	err := s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM event WHERE id <= ? AND at < ?`, fetched, int64(now.Add(-keepEvents))); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM page WHERE ends > 0 AND ends < ?`, int64(now.Add(-keepPages))); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM content WHERE id NOT IN (SELECT content_id FROM page WHERE content_id IS NOT NULL)`)
		return err
	})
	s.cache.clear()
	return storeError("forget old events", err)
}

func (s *Store) status(ctx context.Context) (Status, error) {
	st := Status{ID: s.id, Protocol: Protocol, Unrecorded: s.unrecorded.Load(), Now: s.clock.Now()}
	err := s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM page), (SELECT count(*) FROM event),
		(SELECT seq FROM sqlite_sequence WHERE name = 'event')`).Scan(&st.Pages, &st.Events, &st.LastEvent)
	return st, storeError("count links", err)
}

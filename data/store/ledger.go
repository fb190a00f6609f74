package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"counterbell/data"
)

// The consent ledger: who agreed to what, when, how, in which words, and who wrote it down. Entries are only added;
// each is chained to the one before it by its hash, so that a change anywhere shows. An entry names its people by
// salted commitments; the numbers themselves stand beside it and can be erased (decisions.md, The ledger).

// RecordConsent adds an entry for one person and keeps the suppression list true to it. The entry's Seq, RecordedAt
// and Hash are filled in. Errors: data.Invalid when an opening entry has no basis, or the scope isn't known.
func (s *Store) RecordConsent(ctx context.Context, e data.ConsentEntry) (data.ConsentEntry, error) {
	const op = "record consent"
	err := s.update(ctx, op, func(tx *sql.Tx) error { return s.recordConsent(ctx, tx, &e) })
	if err == nil {
		s.exportHead(ctx)
	}
	return e, err
}

func (s *Store) recordConsent(ctx context.Context, tx *sql.Tx, e *data.ConsentEntry) error {
	const op = "record consent"
	switch {
	case e.Phone == "":
		return data.Errorf(data.Invalid, op, "no number")
	case !e.Event.Opens() && !e.Event.Closes():
		return data.Errorf("consent_event", op, "event %q", e.Event).With("value", string(e.Event))
	case e.Event.Opens() && e.Basis == data.NoBasis:
		return data.Errorf("consent_basis", op, "no basis")
	}
	now := s.Now()
	if e.GivenAt == 0 {
		e.GivenAt = now
	}
	if e.GivenAt > now {
		return data.Errorf("consent_future", op, "given at %s, after now", e.GivenAt)
	}
	e.RecordedAt = now
	batch, root, err := addPeople(ctx, tx, 0, []data.Phone{e.Phone})
	if err != nil {
		return err
	}
	row := entryRow{
		event: e.Event, scope: e.Scope, basis: e.Basis, givenAt: e.GivenAt, recordedAt: now,
		single: e.Single, confirmed: e.Confirmed, importID: e.Import, batch: batch, people: 1, root: root.sum(),
	}
	if err := appendEntry(ctx, tx, &row, e.Statement); err != nil {
		return err
	}
	e.Seq, e.Hash = row.seq, hex.EncodeToString(row.hash)
	return s.suppress(ctx, tx, e.Phone, e.Scope, string(e.Event))
}

// suppress makes the suppression list say what the ledger says about one person.
func (s *Store) suppress(ctx context.Context, tx *sql.Tx, phone data.Phone, scope data.Scope, reason string) error {
	entries, err := history(ctx, tx, []data.Phone{phone})
	if err != nil {
		return err
	}
	p := data.Stand(scope, entries[phone])
	if p.Closed {
		_, err = tx.ExecContext(ctx, `INSERT INTO suppression VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, phone, scope, p.Since, reason)
	} else {
		_, err = tx.ExecContext(ctx, `DELETE FROM suppression WHERE phone = ? AND scope = ?`, phone, scope)
	}
	return err
}

// addPeople writes people's commitments under a batch (0: a new one).
func addPeople(ctx context.Context, tx *sql.Tx, importID data.ImportID, phones []data.Phone) (int64, *peopleRoot, error) {
	batch, err := newBatch(ctx, tx, importID)
	if err != nil {
		return 0, nil, err
	}
	root := newPeopleRoot()
	return batch, root, addTo(ctx, tx, batch, root, phones)
}

func newBatch(ctx context.Context, tx *sql.Tx, importID data.ImportID) (int64, error) {
	res, err := tx.ExecContext(ctx, `INSERT INTO consent_batch (import_id) VALUES (?)`, nullID(int64(importID)))
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func addTo(ctx context.Context, tx *sql.Tx, batch int64, root *peopleRoot, phones []data.Phone) error {
	rows := newBulk(5, `INSERT OR FAIL INTO consent_person (batch, n, phone, salt, commitment)`, ``)
	salts := make([]byte, 16*len(phones))
	if _, err := rand.Read(salts); err != nil {
		return err
	}
	for i, p := range phones {
		salt := salts[16*i : 16*i+16]
		c := commitPhone(salt, p)
		rows.add(batch, int64(root.n), string(p), salt, c)
		root.add(c)
	}
	return rows.write(ctx, tx)
}

// appendEntry chains row to the head and writes it with its statement. The caller's transaction holds the write lock.
func appendEntry(ctx context.Context, tx *sql.Tx, row *entryRow, st data.Statement) error {
	body, err := json.Marshal(st)
	if err != nil {
		return err
	}
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	row.statement, row.version = commitStatement(salt, body), ledgerVersion
	var prev []byte
	err = tx.QueryRowContext(ctx, `SELECT seq, hash FROM consent ORDER BY seq DESC LIMIT 1`).Scan(&row.seq, &prev)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	row.seq++
	row.hash = row.chain(prev)
	if _, err := tx.ExecContext(ctx, `INSERT INTO consent VALUES (`+marks(15)+`)`, row.seq, row.version, row.event, row.scope, row.basis,
		row.givenAt, row.recordedAt, row.single, row.confirmed, nullID(int64(row.importID)), row.batch, row.people, row.root, row.statement, row.hash); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO consent_statement VALUES (?, ?, ?)`, row.seq, salt, string(body))
	return err
}

func nullID(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// ConsentHistory returns a person's entries, oldest first, those of imports that were taken back marked Undone.
func (s *Store) ConsentHistory(ctx context.Context, phone data.Phone) ([]data.ConsentEntry, error) {
	h, err := history(ctx, s.read, []data.Phone{phone})
	return h[phone], fault("read the consent history", err)
}

// history returns the entries of several people.
func history(ctx context.Context, q reader, phones []data.Phone) (map[data.Phone][]data.ConsentEntry, error) {
	all := make(map[data.Phone][]data.ConsentEntry, len(phones))
	undone := map[data.ImportID]bool{}
	ids, err := collect(ctx, q, func(r *sql.Rows) (id data.ImportID, err error) { return id, r.Scan(&id) },
		`SELECT import_id FROM consent WHERE event = 'undo_import' AND import_id IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		undone[id] = true
	}
	args := make([]any, len(phones))
	for i, p := range phones {
		args[i] = string(p)
	}
	rows, err := q.QueryContext(ctx, `SELECT p.phone, c.seq, c.event, c.scope, c.basis, c.given_at, c.recorded_at, c.single, c.confirmed,
		coalesce(c.import_id, 0), c.hash, coalesce(t.body, '')
		FROM consent_person p JOIN consent c ON c.batch = p.batch LEFT JOIN consent_statement t ON t.seq = c.seq
		WHERE p.phone IN (`+marks(len(phones))+`) ORDER BY c.seq`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e data.ConsentEntry
		var body string
		var hash []byte
		if err := rows.Scan(&e.Phone, &e.Seq, &e.Event, &e.Scope, &e.Basis, &e.GivenAt, &e.RecordedAt, &e.Single, &e.Confirmed, &e.Import, &hash, &body); err != nil {
			return nil, err
		}
		if body != "" {
			if err := json.Unmarshal([]byte(body), &e.Statement); err != nil {
				return nil, err
			}
		}
		e.Hash = hex.EncodeToString(hash)
		e.Undone = e.Event == data.ImportEvent && undone[e.Import]
		all[e.Phone] = append(all[e.Phone], e)
	}
	return all, rows.Err()
}

// LedgerCheck is what VerifyConsent found.
type LedgerCheck struct {
	OK      bool   `json:"ok"`
	Entries int64  `json:"entries"`
	Head    string `json:"head"`
	Broken  int64  `json:"broken,omitempty"` // the first entry that doesn't hold
	Problem string `json:"problem,omitempty"`
}

// VerifyConsent walks the whole chain: every hash, every person's and statement's commitment, the order of the numbers,
// and the head that was last written outside the database, so that cutting off the end shows too.
func (s *Store) VerifyConsent(ctx context.Context) (LedgerCheck, error) {
	var out LedgerCheck
	err := s.view(ctx, "verify the consent ledger", func(tx *sql.Tx) error {
		exportedSeq, exportedHash := s.readHead()
		var prev []byte
		rows, err := tx.QueryContext(ctx, `SELECT c.seq, c.version, c.event, c.scope, c.basis, c.given_at, c.recorded_at, c.single, c.confirmed,
			coalesce(c.import_id, 0), c.batch, c.people, c.people_root, c.statement, c.hash, t.salt, t.body
			FROM consent c LEFT JOIN consent_statement t ON t.seq = c.seq ORDER BY c.seq`)
		if err != nil {
			return err
		}
		defer rows.Close()
		broken := func(seq int64, why string) { out.Broken, out.Problem = seq, why }
		for rows.Next() && out.Broken == 0 {
			var e entryRow
			var salt []byte
			var body sql.NullString
			if err := rows.Scan(&e.seq, &e.version, &e.event, &e.scope, &e.basis, &e.givenAt, &e.recordedAt, &e.single, &e.confirmed,
				&e.importID, &e.batch, &e.people, &e.root, &e.statement, &e.hash, &salt, &body); err != nil {
				return err
			}
			root, n, err := rootOf(ctx, tx, e.batch)
			if err != nil {
				return err
			}
			switch {
			case e.seq != out.Entries+1:
				broken(out.Entries+1, "missing")
			case !bytes.Equal(e.chain(prev), e.hash):
				broken(e.seq, "changed")
			case n != e.people || !bytes.Equal(root, e.root):
				broken(e.seq, "people changed")
			case body.Valid && !bytes.Equal(commitStatement(salt, []byte(body.String)), e.statement):
				broken(e.seq, "statement changed")
			case exportedSeq == e.seq && exportedHash != hex.EncodeToString(e.hash):
				broken(e.seq, "not what was written outside")
			}
			if out.Broken == 0 {
				out.Entries, prev = e.seq, e.hash
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if out.Broken == 0 && exportedSeq > out.Entries {
			broken(out.Entries+1, "cut off")
		}
		out.Head = hex.EncodeToString(prev)
		out.OK = out.Broken == 0
		return nil
	})
	return out, err
}

// rootOf works out a batch's root from its people, and checks each number that is still there against its commitment.
func rootOf(ctx context.Context, q reader, batch int64) ([]byte, int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT phone, salt, commitment FROM consent_person WHERE batch = ? ORDER BY n`, batch)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	root := newPeopleRoot()
	for rows.Next() {
		var phone sql.NullString
		var salt, c []byte
		if err := rows.Scan(&phone, &salt, &c); err != nil {
			return nil, 0, err
		}
		if phone.Valid && !bytes.Equal(commitPhone(salt, data.Phone(phone.String)), c) {
			return nil, -1, nil
		}
		root.add(c)
	}
	return root.sum(), int64(root.n), rows.Err()
}

// The head is also kept in a file beside the database: its number and hash, nothing personal.
const headFile = "consent-head.txt"

// exportHead writes the ledger's head outside the database. It is a precaution: failing to write it fails nothing.
func (s *Store) exportHead(ctx context.Context) {
	var seq int64
	var hash []byte
	if s.read.QueryRowContext(ctx, `SELECT seq, hash FROM consent ORDER BY seq DESC LIMIT 1`).Scan(&seq, &hash) != nil {
		return
	}
	path := filepath.Join(s.Dir, headFile)
	if old, _ := s.readHead(); old > seq {
		return
	}
	if os.WriteFile(path+".new", fmt.Appendf(nil, "%d %x\n", seq, hash), 0o600) == nil {
		_ = os.Rename(path+".new", path)
	}
}

func (s *Store) readHead() (seq int64, hash string) {
	b, err := os.ReadFile(filepath.Join(s.Dir, headFile))
	if err == nil {
		_, _ = fmt.Sscanf(strings.TrimSpace(string(b)), "%d %s", &seq, &hash)
	}
	return seq, hash
}

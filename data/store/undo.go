package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"counterbell/data"
)

// UndoReport is what taking an import back came to.
type UndoReport struct {
	Import   data.ImportID `json:"import_id"`
	Removed  int           `json:"removed"`  // people whom the import had added
	Restored int           `json:"restored"` // people whose fields are as they were
	Kept     []Kept        `json:"kept"`
}

// Kept is a person that an undo left as they are, and why: "changed" since, or "has_history" (messages, coupons, visits).
type Kept struct {
	Contact data.ContactID `json:"contact_id"`
	Name    string         `json:"name"`
	Reason  string         `json:"reason"`
}

// UndoImport takes an import back: the people it added go, the ones it changed get their fields and tags back, unless
// something happened to them since. The ledger and the suppression list stay; an entry says that the import's grants
// no longer count. Errors: data.NotFound, import_state (it isn't one that can be undone),
// import_schedule (a schedule is changed by importing the right one).
func (s *Store) UndoImport(ctx context.Context, id data.ImportID) (UndoReport, error) {
	const op = "undo an import"
	out := UndoReport{Import: id, Kept: []Kept{}}
	var is string
	if err := s.read.QueryRowContext(ctx, `SELECT state FROM import WHERE id = ?`, id).Scan(&is); err == nil && is == "applying" {
		// It took place, but the program ended before everything was applied: undo begins where it is complete.
		if err := s.Recover(ctx); err != nil {
			return out, err
		}
	}
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		var state, kind string
		if err := tx.QueryRowContext(ctx, `SELECT state, kind FROM import WHERE id = ?`, id).Scan(&state, &kind); errors.Is(err, sql.ErrNoRows) {
			return data.Errorf("import_unknown", op, "no import %d", id)
		} else if err != nil {
			return err
		}
		if kind != "contacts" {
			return data.Errorf("import_schedule", op, "import %d is a schedule", id)
		}
		if state == "undoing" { // it was begun, and the program ended
			return nil
		}
		if state != "done" {
			return data.Errorf("import_state", op, "import %d is %s", id, state).With("state", state)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE import SET state = 'undoing', undone_at = ? WHERE id = ?`, s.Now(), id); err != nil {
			return err
		}
		rows, err := collect(ctx, tx, func(r *sql.Rows) (e entryRow, err error) { return e, r.Scan(&e.scope, &e.batch) },
			`SELECT scope, batch FROM consent WHERE import_id = ? AND event = 'import'`, id)
		if err != nil {
			return err
		}
		for _, e := range rows {
			// The undo names nobody: it speaks of the import's entries as a whole.
			batch, root, err := addPeople(ctx, tx, 0, nil)
			if err != nil {
				return err
			}
			entry := entryRow{event: data.EventUndo, scope: e.scope, givenAt: s.Now(), recordedAt: s.Now(), importID: id, batch: batch, root: root.sum()}
			if err := appendEntry(ctx, tx, &entry, data.Statement{Method: "operator", Source: "undo of the import"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	s.exportHead(ctx)
	if err := s.undoAdded(ctx, id, &out); err != nil {
		return out, err
	}
	if err := s.undoChanged(ctx, id, &out); err != nil {
		return out, err
	}
	return out, s.update(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE import SET state = 'undone' WHERE id = ?`, id)
		return err
	})
}

func (s *Store) undoAdded(ctx context.Context, id data.ImportID, out *UndoReport) error {
	type added struct {
		id                data.ContactID
		name              string
		revision, history int64
	}
	for last := data.ContactID(0); ; {
		var n int
		err := s.updateLast(ctx, "undo an import", func(tx *sql.Tx) error {
			some, err := collect(ctx, tx, func(r *sql.Rows) (a added, err error) { return a, r.Scan(&a.id, &a.name, &a.revision, &a.history) },
				`SELECT id, name, revision, EXISTS (SELECT 1 FROM message m WHERE m.contact_id = c.id) OR EXISTS (SELECT 1 FROM coupon k WHERE k.contact_id = c.id)
				OR EXISTS (SELECT 1 FROM appointment a WHERE a.phone = c.phone) FROM contact c WHERE import_id = ? AND id > ? ORDER BY id LIMIT 300`, id, last)
			if err != nil {
				return err
			}
			n = len(some)
			for _, a := range some {
				last = a.id
				switch {
				case a.history != 0:
					out.Kept = append(out.Kept, Kept{a.id, a.name, "has_history"})
				case a.revision > 1:
					out.Kept = append(out.Kept, Kept{a.id, a.name, "changed"})
				default:
					if err := remove(ctx, tx, a.id); err != nil {
						return err
					}
					out.Removed++
				}
			}
			return nil
		})
		if err != nil || n < 300 {
			return err
		}
	}
}

func (s *Store) undoChanged(ctx context.Context, id data.ImportID, out *UndoReport) error {
	type changed struct {
		id      data.ContactID
		before  string
		applied int64
	}
	for last := data.ContactID(0); ; {
		var n int
		err := s.updateLast(ctx, "undo an import", func(tx *sql.Tx) error {
			some, err := collect(ctx, tx, func(r *sql.Rows) (c changed, err error) { return c, r.Scan(&c.id, &c.before, &c.applied) },
				`SELECT contact_id, before, applied FROM import_change WHERE import_id = ? AND applied > 0 AND contact_id > ? ORDER BY contact_id LIMIT 300`, id, last)
			if err != nil {
				return err
			}
			n = len(some)
			w := newContactWriter(tx)
			for _, c := range some {
				last = c.id
				var revision int64
				var name string
				err := tx.QueryRowContext(ctx, `SELECT revision, name FROM contact WHERE id = ?`, c.id).Scan(&revision, &name)
				switch {
				case errors.Is(err, sql.ErrNoRows):
					continue
				case err != nil:
					return err
				case revision != c.applied:
					out.Kept = append(out.Kept, Kept{c.id, name, "changed"})
					continue
				}
				var before data.Contact
				if err := json.Unmarshal([]byte(c.before), &before); err != nil {
					return err
				}
				if _, err := w.change(ctx, &before, s.Now()); err != nil {
					return err
				}
				out.Restored++
				if _, err := tx.ExecContext(ctx, `UPDATE import_change SET applied = -1 WHERE import_id = ? AND contact_id = ?`, id, c.id); err != nil {
					return err
				}
			}
			return w.flush(ctx)
		})
		if err != nil || n < 300 {
			return err
		}
	}
}

// ImportRecord is an import as the list of past imports shows it.
type ImportRecord struct {
	ID       data.ImportID `json:"import_id"`
	File     string        `json:"file"`
	State    string        `json:"state"`
	At       data.Instant  `json:"at"`
	Finished data.Instant  `json:"finished_at"`
	Receipt  data.Receipt  `json:"receipt"`
}

// Imports lists the imports of contacts that took place, latest first.
func (s *Store) Imports(ctx context.Context, limit int) ([]ImportRecord, error) {
	return s.importRecords(ctx, `ORDER BY id DESC LIMIT ?`, limit)
}

// InterruptedImport is the latest import of contacts, if the program was killed in the middle of it since an instant: its file's
// name, else "". Nothing of it counts.
func (s *Store) InterruptedImport(ctx context.Context, since data.Instant) (file string, err error) {
	var state string
	var at, ended data.Instant
	err = s.read.QueryRowContext(ctx, `SELECT file, state, started_at, finished_at FROM import WHERE kind = 'contacts' ORDER BY id DESC LIMIT 1`).Scan(&file, &state, &at, &ended)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fault("look for an interrupted import", err)
	}
	// One that was cancelled says when; what a killed one left behind was cleared away without.
	if state != "cancelled" || ended != 0 || at < since {
		return "", nil
	}
	return file, nil
}

// importRecords lists imports of contacts that took place; rest narrows the query.
func (s *Store) importRecords(ctx context.Context, rest string, args ...any) ([]ImportRecord, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (i ImportRecord, err error) {
		var receipt string
		if err = r.Scan(&i.ID, &i.File, &i.State, &i.At, &i.Finished, &receipt); err == nil && receipt != "" {
			err = json.Unmarshal([]byte(receipt), &i.Receipt)
		}
		return i, err
	}, `SELECT id, file, state, started_at, finished_at, receipt FROM import WHERE kind = 'contacts' AND state IN ('done', 'applying', 'undone', 'undoing') `+rest, args...)
	return all, fault("list imports", err)
}

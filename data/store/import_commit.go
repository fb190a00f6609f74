package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"counterbell/data"
)

// FinishImport is the commit point: everything becomes visible, the ledger gets its entries, the receipt is kept. It
// fails, and the import with it, when the receipt doesn't add up (invariant 5).
func (s *Store) FinishImport(ctx context.Context, id data.ImportID, receipt *data.Receipt) error {
	const op = "finish the import"
	r, err := s.running(id)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := receipt.Check(); err != nil {
		return err
	}
	if err := s.writeWords(ctx, r); err != nil {
		return err
	}
	receipt.Import, receipt.Consents = id, r.root.n
	body, err := json.Marshal(receipt)
	if err != nil {
		return fault(op, err)
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `UPDATE import SET state = 'applying', receipt = ?, finished_at = ? WHERE id = ? AND state = 'running'`, string(body), now, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return data.Errorf(data.Cancelled, op, "the import was cancelled")
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM import_pending WHERE import_id = ?`, id); err != nil {
			return err
		}
		if r.root.n == 0 {
			return nil
		}
		given := r.answer.GivenAt
		if given == 0 || given > now {
			given = now
		}
		for _, scope := range r.answer.Scopes {
			row := entryRow{
				event: data.ImportEvent, scope: scope, basis: r.answer.Basis, givenAt: given, recordedAt: now, importID: id,
				batch: r.batch, people: int64(r.root.n), root: r.root.sum(),
			}
			if err := appendEntry(ctx, tx, &row, r.answer.Statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	// It can't be cancelled any more. Where a full disk stops it, Recover goes on: nothing stands in its way.
	ctx = context.WithoutCancel(ctx)
	err = s.applyImport(ctx, id)
	s.exportHead(ctx)
	s.forget(ctx, id)
	return err
}

// applyImport applies the staged changes of a committed import, some at a time, and closes it.
func (s *Store) applyImport(ctx context.Context, id data.ImportID) error {
	const op = "apply the import"
	for more := true; more; {
		err := s.updateLast(ctx, op, func(tx *sql.Tx) error {
			type change struct {
				contact data.ContactID
				after   string
			}
			todo, err := collect(ctx, tx, func(r *sql.Rows) (c change, err error) { return c, r.Scan(&c.contact, &c.after) },
				`SELECT contact_id, after FROM import_change WHERE import_id = ? AND applied = 0 LIMIT 300`, id)
			if err != nil {
				return err
			}
			if more = len(todo) == 300; len(todo) == 0 {
				_, err := tx.ExecContext(ctx, `UPDATE import SET state = 'done' WHERE id = ?`, id)
				return err
			}
			w := newContactWriter(tx)
			for _, c := range todo {
				have, err := contacts(ctx, tx, []data.ContactID{c.contact})
				if err != nil {
					return err
				}
				revision := int64(-1)
				before := []byte("{}")
				if len(have) == 1 {
					var row data.Contact
					if err := json.Unmarshal([]byte(c.after), &row); err != nil {
						return err
					}
					if before, err = json.Marshal(have[0]); err != nil {
						return err
					}
					merged := mergeContact(have[0], &row)
					if revision, err = w.change(ctx, &merged, s.Now()); err != nil {
						return err
					}
				}
				if _, err := tx.ExecContext(ctx, `UPDATE import_change SET before = ?, applied = ? WHERE import_id = ? AND contact_id = ?`, string(before), revision, id, c.contact); err != nil {
					return err
				}
			}
			if !more {
				if _, err := tx.ExecContext(ctx, `UPDATE import SET state = 'done' WHERE id = ?`, id); err != nil {
					return err
				}
			}
			return w.flush(ctx)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// CancelImport gives an import up. It returns at once: nothing of it was ever visible, and Recover clears away the rest.
func (s *Store) CancelImport(ctx context.Context, id data.ImportID) error {
	err := s.update(ctx, "cancel the import", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE import SET state = 'cancelled', finished_at = ? WHERE id = ? AND state = 'running'`, s.Now(), id)
		return err
	})
	s.forget(ctx, id)
	return err
}

// Recover clears away what killed or cancelled imports left behind, and ends what had been committed or was being
// undone. It leaves an import alone that another process is running.
func (s *Store) Recover(ctx context.Context) error {
	const op = "clear away after an import"
	if err := s.clearDrafts(ctx); err != nil {
		return err
	}
	other, err := s.Take(ctx, importLease, s.pulse.name, importLeaseFor)
	if err != nil || other != "" {
		return err
	}
	s.importsMu.Lock()
	mine := len(s.imports)
	s.importsMu.Unlock()
	if mine > 0 {
		return nil
	}
	defer func() { _ = s.Release(context.WithoutCancel(ctx), importLease, s.pulse.name) }()
	type left struct {
		id    data.ImportID
		state string
	}
	todo, err := collect(ctx, s.read, func(r *sql.Rows) (l left, err error) { return l, r.Scan(&l.id, &l.state) },
		`SELECT id, state FROM import WHERE state IN ('running', 'applying', 'undoing') OR id IN (SELECT import_id FROM import_pending)`)
	if err != nil {
		return fault(op, err)
	}
	for _, l := range todo {
		switch l.state {
		case "applying":
			err = s.applyImport(ctx, l.id)
		case "undoing":
			_, err = s.UndoImport(ctx, l.id)
		default:
			err = s.clearImport(ctx, l.id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) clearImport(ctx context.Context, id data.ImportID) error {
	for more := true; more; {
		err := s.updateLast(ctx, "clear away an import", func(tx *sql.Tx) error {
			ids, err := collect(ctx, tx, func(r *sql.Rows) (id data.ContactID, err error) { return id, r.Scan(&id) },
				`SELECT id FROM contact WHERE import_id = ? LIMIT 500`, id)
			if err != nil {
				return err
			}
			for _, c := range ids {
				if err := remove(ctx, tx, c); err != nil {
					return err
				}
			}
			if more = len(ids) == 500; more {
				return nil
			}
			for _, q := range []string{
				`DELETE FROM consent_person WHERE batch IN (SELECT id FROM consent_batch WHERE import_id = ?)`,
				`DELETE FROM import_change WHERE import_id = ?`,
				`DELETE FROM import_pending WHERE import_id = ?`,
				`UPDATE import SET state = 'cancelled' WHERE id = ?`,
			} {
				if _, err := tx.ExecContext(ctx, q, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

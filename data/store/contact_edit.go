package store

import (
	"context"
	"database/sql"
	"errors"

	"counterbell/data"
)

// People written by hand: one is added, changed, taken out of the book and put back. The ledger and the suppression list
// are never touched by that: they belong to numbers.

// AddContact puts a new person into the book, with what they said about texts, all or nothing, and fills in the id.
// Errors: contact_known when a number belongs to somebody already, with whose it is as "name"; those of RecordConsent.
func (s *Store) AddContact(ctx context.Context, c *data.Contact, consent ...data.ConsentEntry) error {
	const op = "add a contact"
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		if err := unknown(ctx, tx, op, 0, append([]data.Phone{c.Phone}, c.Others...)...); err != nil {
			return err
		}
		w := newContactWriter(tx)
		if err := w.add(ctx, c, s.Now()); err != nil {
			return err
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		for _, e := range consent {
			e.Phone = c.Phone
			if err := s.recordConsent(ctx, tx, &e); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && len(consent) > 0 {
		s.exportHead(ctx)
	}
	return err
}

// unknown makes sure that numbers belong to nobody but a person.
func unknown(ctx context.Context, tx *sql.Tx, op string, but data.ContactID, phones ...data.Phone) error {
	for _, p := range phones {
		var name string
		err := tx.QueryRowContext(ctx, `SELECT name FROM contact WHERE (phone = ?1 OR id IN (SELECT contact_id FROM contact_phone WHERE phone = ?1)) AND id <> ?2 LIMIT 1`, p, int64(but)).Scan(&name)
		if err == nil {
			return data.Errorf("contact_known", op, "the number is somebody's already").With("name", name)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

// EditContact changes a person: change gets them as they are now and alters what it likes, the phone with its facts
// included. It returns them as they are then. Consent stays with the number that it was given for, so after a change of
// number the new one has none. Errors: data.NotFound, contact_known, change's.
func (s *Store) EditContact(ctx context.Context, id data.ContactID, change func(*data.Contact) error) (data.Contact, error) {
	const op = "change a contact"
	var c data.Contact
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		all, err := contacts(ctx, tx, []data.ContactID{id})
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return data.Errorf(data.NotFound, op, "no person %d", id)
		}
		c = all[0]
		before := c.Phone
		if err := change(&c); err != nil {
			return err
		}
		c.ID, c.UpdatedAt = id, s.Now()
		if c.Phone != before {
			if err := unknown(ctx, tx, op, id, c.Phone); err != nil {
				return err
			}
			// A further number of their own may become the one for texts.
			if _, err := tx.ExecContext(ctx, `DELETE FROM contact_phone WHERE phone = ?`, c.Phone); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE contact SET phone = ?, facts = ? WHERE id = ?`, c.Phone, packFacts(c.Facts), int64(id)); err != nil {
				return err
			}
		}
		w := newContactWriter(tx)
		if _, err := w.change(ctx, &c, c.UpdatedAt); err != nil {
			return err
		}
		return w.flush(ctx)
	})
	return c, err
}

// DeleteContacts takes people out of the book and returns them as they were, for RestoreContacts. What was sent, their
// coupons and visits stay, without a name; so do the ledger and the suppression list.
func (s *Store) DeleteContacts(ctx context.Context, ids []data.ContactID) ([]data.Contact, error) {
	var gone []data.Contact
	err := s.update(ctx, "delete contacts", func(tx *sql.Tx) error {
		for start := 0; start < len(ids); start += 500 {
			some, err := contacts(ctx, tx, ids[start:min(start+500, len(ids))])
			if err != nil {
				return err
			}
			for i := range some {
				if some[i].Others, err = collect(ctx, tx, func(r *sql.Rows) (p data.Phone, err error) { return p, r.Scan(&p) },
					`SELECT phone FROM contact_phone WHERE contact_id = ? ORDER BY phone`, int64(some[i].ID)); err != nil {
					return err
				}
				if err := remove(ctx, tx, some[i].ID); err != nil {
					return err
				}
			}
			gone = append(gone, some...)
		}
		// Nobody else ever gets their ids.
		_, err := tx.ExecContext(ctx, `INSERT INTO contact_gone SELECT max(coalesce((SELECT max(id) FROM contact_gone), 0), ?) ON CONFLICT DO NOTHING`, int64(highest(gone)))
		return err
	})
	return gone, err
}

func highest(all []data.Contact) (id data.ContactID) {
	for i := range all {
		id = max(id, all[i].ID)
	}
	return id
}

// RestoreContacts puts people back whom DeleteContacts took out, with their ids, so that everything is theirs again.
// Whose number has been given to somebody else meanwhile stays out. It returns how many came back.
func (s *Store) RestoreContacts(ctx context.Context, gone []data.Contact) (n int, err error) {
	err = s.update(ctx, "restore contacts", func(tx *sql.Tx) error {
		n = 0
		w := newContactWriter(tx)
		for i := range gone {
			c := gone[i]
			if err := unknown(ctx, tx, "restore contacts", c.ID, append([]data.Phone{c.Phone}, c.Others...)...); data.CodeOf(err) == "contact_known" {
				continue
			} else if err != nil {
				return err
			}
			if err := w.putBack(ctx, &c, s.Now()); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// putBack writes a person under the id that they had.
func (w *contactWriter) putBack(ctx context.Context, c *data.Contact, now data.Instant) error {
	was, created := c.ID, c.CreatedAt
	w.last = int64(was) - 1
	if err := w.add(ctx, c, now); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(ctx, `UPDATE contact SET created_at = ?, revision = revision + 1 WHERE id = ?`, int64(created), int64(was))
	return err
}

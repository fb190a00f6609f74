package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"counterbell/data"
)

// What is done to many people at once.

// someAtOnce is how many people one transaction takes: whoever else wants to write goes in between.
const someAtOnce = 300

// TagContacts puts a tag on people, or takes it off them, some at a time. done hears how many have been looked at. It
// returns those who were changed, also when ctx ends in the middle: they are what taking it back has to undo.
func (s *Store) TagContacts(ctx context.Context, ids []data.ContactID, tag string, on bool, done func(n int)) ([]data.ContactID, error) {
	const op = "tag contacts"
	if tag = strings.TrimSpace(tag); tag == "" || strings.Contains(tag, "\x1f") {
		return nil, data.Errorf("tag_empty", op, "no tag")
	}
	var changed []data.ContactID
	for start := 0; start < len(ids); start += someAtOnce {
		if err := ctx.Err(); err != nil {
			return changed, fault(op, err)
		}
		part := ids[start:min(start+someAtOnce, len(ids))]
		var now []data.ContactID
		err := s.updateLast(ctx, op, func(tx *sql.Tx) (err error) {
			now, err = s.tagSome(ctx, tx, part, tag, on)
			return err
		})
		if err != nil {
			return changed, err
		}
		changed = append(changed, now...)
		if done != nil {
			done(start + len(part))
		}
	}
	return changed, nil
}

func (s *Store) tagSome(ctx context.Context, tx *sql.Tx, ids []data.ContactID, tag string, on bool) ([]data.ContactID, error) {
	type tagged struct {
		id   data.ContactID
		tags string
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	all, err := collect(ctx, tx, func(r *sql.Rows) (t tagged, err error) { return t, r.Scan(&t.id, &t.tags) },
		`SELECT id, tags FROM contact WHERE id IN (`+marks(len(ids))+`)`, args...)
	if err != nil {
		return nil, err
	}
	var tagID int64
	if on {
		err = tx.QueryRowContext(ctx, `INSERT INTO tag (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id`, tag).Scan(&tagID)
	} else if err = tx.QueryRowContext(ctx, `SELECT id FROM tag WHERE name = ?`, tag).Scan(&tagID); errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var changed []data.ContactID
	for _, t := range all {
		have := unpackTags(t.tags)
		at := slices.IndexFunc(have, func(o string) bool { return strings.EqualFold(o, tag) })
		if on == (at >= 0) {
			continue
		}
		link := `DELETE FROM contact_tag WHERE tag_id = ? AND contact_id = ?`
		if on {
			have, link = append(have, tag), `INSERT INTO contact_tag (tag_id, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING`
		} else {
			have = slices.Delete(have, at, at+1)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE contact SET tags = ?, revision = revision + 1, updated_at = ? WHERE id = ?`, packTags(have), s.Now(), int64(t.id)); err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, link, tagID, int64(t.id)); err != nil {
			return nil, err
		}
		changed = append(changed, t.id)
	}
	return changed, nil
}

// BulkConsent is what RecordConsentOf came to.
type BulkConsent struct {
	Recorded int // people whom the entry names
	OptedOut int // left out of an opening entry: only the person reopens what they closed
	Seq      int64
}

// RecordConsentOf adds one entry for many people, as "everybody on this paper list agreed" or "these asked to be left
// alone". It is never a single entry, so it can't lift anybody's opt-out: of an opening one, people who opted out are
// left out. All or nothing: the people are written down some at a time under a batch that no entry names yet, and one
// short transaction makes it count. done hears how many have been looked at. Errors: those of RecordConsent.
func (s *Store) RecordConsentOf(ctx context.Context, ids []data.ContactID, e data.ConsentEntry, done func(n int)) (out BulkConsent, err error) {
	const op = "record the consent of several people"
	switch {
	case !e.Event.Opens() && !e.Event.Closes():
		return out, data.Errorf("consent_event", op, "event %q", e.Event).With("value", string(e.Event))
	case e.Event.Opens() && e.Basis == data.NoBasis:
		return out, data.Errorf("consent_basis", op, "no basis")
	case e.GivenAt > s.Now():
		return out, data.Errorf("consent_future", op, "given at %s, after now", e.GivenAt)
	}
	if err := s.clearUnnamed(ctx); err != nil {
		return out, err
	}
	var batch int64
	root := newPeopleRoot()
	defer func() {
		if err != nil {
			_ = s.clearUnnamed(context.WithoutCancel(ctx)) // else the next one does
		}
	}()
	for start := 0; start < len(ids); start += someAtOnce {
		if err := ctx.Err(); err != nil {
			return out, fault(op, err)
		}
		part := ids[start:min(start+someAtOnce, len(ids))]
		var left int
		err := s.updateUnseen(ctx, op, func(tx *sql.Tx) (err error) {
			if batch == 0 {
				if batch, err = newBatch(ctx, tx, 0); err != nil {
					return err
				}
			}
			phones, closed, err := phonesFor(ctx, tx, part, e)
			left = closed
			if err != nil {
				return err
			}
			return addTo(ctx, tx, batch, root, phones)
		})
		if err != nil {
			return out, err
		}
		out.OptedOut += left
		if done != nil {
			done(start + len(part))
		}
	}
	if root.n == 0 {
		return out, nil
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		if e.GivenAt == 0 {
			e.GivenAt = now
		}
		var there int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM consent_person WHERE batch = ?`, batch).Scan(&there); err != nil {
			return err
		}
		if there != root.n {
			return data.Errorf(data.Busy, op, "another process cleared the batch away")
		}
		row := entryRow{
			event: e.Event, scope: e.Scope, basis: e.Basis, givenAt: e.GivenAt, recordedAt: now,
			batch: batch, people: int64(root.n), root: root.sum(),
		}
		if err := appendEntry(ctx, tx, &row, e.Statement); err != nil {
			return err
		}
		out.Recorded, out.Seq = root.n, row.seq
		if !e.Event.Closes() {
			return nil
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO suppression SELECT phone, ?, ?, ? FROM consent_person WHERE batch = ? AND phone IS NOT NULL ON CONFLICT DO NOTHING`,
			e.Scope, e.GivenAt, string(e.Event), batch)
		return err
	})
	if err == nil {
		s.exportHead(ctx)
	}
	return out, err
}

// clearUnnamed forgets people who were written down for an entry that never came about.
func (s *Store) clearUnnamed(ctx context.Context) error {
	return s.quietly(ctx, "clear away after a bulk entry", func(tx *sql.Tx) error {
		const unnamed = `SELECT id FROM consent_batch WHERE import_id IS NULL AND id NOT IN (SELECT batch FROM consent)`
		if _, err := tx.ExecContext(ctx, `DELETE FROM consent_person WHERE batch IN (`+unnamed+`)`); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM consent_batch WHERE import_id IS NULL AND id NOT IN (SELECT batch FROM consent)`)
		return err
	})
}

// phonesFor reads people's numbers, and counts those whom an opening entry leaves out.
func phonesFor(ctx context.Context, tx *sql.Tx, ids []data.ContactID, e data.ConsentEntry) (phones []data.Phone, closed int, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, 0, err
	}
	type who struct {
		phone data.Phone
		out   bool
	}
	all, err := collect(ctx, tx, func(r *sql.Rows) (w who, err error) { return w, r.Scan(&w.phone, &w.out) },
		`SELECT c.phone, EXISTS (SELECT 1 FROM suppression x WHERE x.phone = c.phone AND x.scope = ?) FROM json_each(?) j JOIN contact c ON c.id = j.value`, e.Scope, string(list))
	for _, w := range all {
		if w.out && e.Event.Opens() {
			closed++
			continue
		}
		phones = append(phones, w.phone)
	}
	return phones, closed, err
}

// Tags lists the tags that people carry, with how many do, most first.
func (s *Store) Tags(ctx context.Context) ([]TagCount, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (t TagCount, err error) { return t, r.Scan(&t.Name, &t.People) },
		`SELECT t.name, n FROM tag t JOIN (SELECT tag_id, count(*) n FROM contact_tag GROUP BY tag_id) k ON k.tag_id = t.id ORDER BY n DESC, t.name`)
	return all, fault("list tags", err)
}

// A TagCount is a tag and how many people carry it.
type TagCount struct {
	Name   string
	People int
}

// DeleteGroup forgets a saved filter. The people stay.
func (s *Store) DeleteGroup(ctx context.Context, name string) error {
	return s.update(ctx, "delete a group", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM contact_group WHERE name = ?`, name)
		return err
	})
}

// RenameGroup gives a saved filter another name. Errors: group_unknown, group_name_taken.
func (s *Store) RenameGroup(ctx context.Context, from, to string) error {
	const op = "rename a group"
	if strings.TrimSpace(to) == "" {
		return data.Errorf(data.Invalid, op, "no name")
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM contact_group WHERE name = ?1 AND NOT (name = ?2))`, to, from).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return data.Errorf("group_name_taken", op, "another group has that name").With("name", to)
		}
		res, err := tx.ExecContext(ctx, `UPDATE contact_group SET name = ? WHERE name = ?`, strings.TrimSpace(to), from)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return data.Errorf("group_unknown", op, "no group of that name").With("name", from)
		}
		return nil
	})
}

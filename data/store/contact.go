package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"counterbell/data"
)

// People in the book. Lists fetch ids first, then rows by page: a million people cost eight bytes each.

const contactColumns = `id, phone, facts, name, given_name, family_name, email, city, state, country, postcode, language, birthday,
	last_visit, spend, currency, visits, note, tags, extra, external_id, coalesce(import_id, 0), created_at, updated_at`

func scanContact(r *sql.Rows) (data.Contact, error) {
	var c data.Contact
	var facts, tags, extra string
	err := r.Scan(&c.ID, &c.Phone, &facts, &c.Name, &c.GivenName, &c.FamilyName, &c.Email, &c.City, &c.State, &c.Country, &c.Postcode, &c.Language,
		&c.Birthday, &c.LastVisit, &c.Spend.Minor, &c.Spend.Currency, &c.Visits, &c.Note, &tags, &extra, &c.ExternalID, &c.Import, &c.CreatedAt, &c.UpdatedAt)
	c.Facts = unpackFacts(c.Phone, facts)
	c.Tags = unpackTags(tags)
	if extra != "" && err == nil {
		err = json.Unmarshal([]byte(extra), &c.Extra)
	}
	return c, err
}

// Facts are kept as region|line|fictional|states|zones: one short text instead of a table to join.
func packFacts(f data.PhoneFacts) string {
	fictional := ""
	if f.Fictional {
		fictional = "f"
	}
	return f.Region + "|" + string(f.Line) + "|" + fictional + "|" + strings.Join(f.States, " ") + "|" + strings.Join(f.Zones, " ")
}

func unpackFacts(p data.Phone, s string) data.PhoneFacts {
	f := data.PhoneFacts{Phone: p, Region: "ZZ"}
	if parts := strings.Split(s, "|"); len(parts) == 5 {
		f.Region, f.Line, f.Fictional = parts[0], data.LineType(parts[1]), parts[2] != ""
		f.States, f.Zones = strings.Fields(parts[3]), strings.Fields(parts[4])
	}
	return f
}

// Tags are kept with the contact, for showing, as well as in contact_tag, for finding. U+001F stands between them.
func packTags(tags []string) string { return strings.Join(tags, "\x1f") }

func unpackTags(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, "\x1f")
}

// unionTags adds tags that aren't there yet, whatever their case, and keeps the order.
func unionTags(have, more []string) []string {
	out := slices.Clone(have)
	for _, t := range more {
		if !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, t) }) {
			out = append(out, t)
		}
	}
	return out
}

// ContactByPhone returns the person to whom a number belongs. Error data.NotFound.
func (s *Store) ContactByPhone(ctx context.Context, phone data.Phone) (*data.Contact, error) {
	const op = "find a contact"
	var id data.ContactID
	err := s.read.QueryRowContext(ctx, `SELECT id FROM person WHERE phone = ?1 UNION ALL SELECT contact_id FROM contact_phone WHERE phone = ?1 LIMIT 1`, phone).Scan(&id)
	if err != nil {
		return nil, fault(op, err)
	}
	all, err := s.Contacts(ctx, []data.ContactID{id})
	if err == nil && len(all) == 0 {
		err = data.Errorf(data.NotFound, op, "no such person")
	}
	if err != nil {
		return nil, err
	}
	return &all[0], nil
}

// Contacts returns the people named, in that order; those who are gone are left out. At most 1,000 at a time.
func (s *Store) Contacts(ctx context.Context, ids []data.ContactID) ([]data.Contact, error) {
	return contacts(ctx, s.read, ids)
}

func contacts(ctx context.Context, q reader, ids []data.ContactID) ([]data.Contact, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	rows, err := collect(ctx, q, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id IN (`+marks(len(ids))+`)`, args...)
	if err != nil {
		return nil, fault("read contacts", err)
	}
	byID := make(map[data.ContactID]int, len(rows))
	for i := range rows {
		byID[rows[i].ID] = i
	}
	out := make([]data.Contact, 0, len(ids))
	for _, id := range ids {
		if i, ok := byID[id]; ok {
			out = append(out, rows[i])
		}
	}
	return out, nil
}

// Others returns the further numbers of a person.
func (s *Store) Others(ctx context.Context, id data.ContactID) ([]data.Phone, error) {
	p, err := collect(ctx, s.read, func(r *sql.Rows) (p data.Phone, err error) { return p, r.Scan(&p) },
		`SELECT phone FROM contact_phone WHERE contact_id = ? ORDER BY phone`, id)
	return p, fault("read further numbers", err)
}

// People counts the book.
func (s *Store) People(ctx context.Context) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM person`).Scan(&n)
	return n, fault("count contacts", err)
}

// A contactWriter writes people inside one transaction. What it was given is written when it is flushed.
type contactWriter struct {
	tx                          *sql.Tx
	people, others, tags, words *bulk
	wordsLater                  bool // somebody else writes them
	tagIDs                      map[string]int64
	last                        int64 // the highest id given out; 0 before the first
}

func newContactWriter(tx *sql.Tx) *contactWriter {
	return &contactWriter{
		tx: tx,
		people: newBulk(25, `INSERT OR FAIL INTO contact (id, phone, facts, name, given_name, family_name, email, city, state, country, postcode, language, birthday, birth_month,
			last_visit, spend, currency, visits, note, tags, extra, external_id, import_id, created_at, updated_at)`, ``),
		others: newBulk(2, `INSERT INTO contact_phone (phone, contact_id)`, `ON CONFLICT DO NOTHING`),
		tags:   newBulk(2, `INSERT INTO contact_tag (tag_id, contact_id)`, `ON CONFLICT DO NOTHING`),
		words:  newWords(),
		tagIDs: map[string]int64{},
	}
}

// newWords takes search words. Each has a statement of its own: one of many rows makes FTS5 write its index out each
// time, in case it must go back.
func newWords() *bulk {
	b := newBulk(2, `INSERT INTO contact_search (rowid, words)`, ``)
	b.alone = true
	return b
}

// flush writes what is waiting.
func (w *contactWriter) flush(ctx context.Context) error {
	for _, b := range []*bulk{w.people, w.others, w.tags} { // in this order: the others refer to people
		if err := b.write(ctx, w.tx); err != nil {
			return err
		}
	}
	if w.wordsLater {
		return nil
	}
	return w.words.write(ctx, w.tx)
}

// add writes a new person and fills in the id.
func (w *contactWriter) add(ctx context.Context, c *data.Contact, now data.Instant) error {
	extra, err := packExtra(c.Extra)
	if err != nil {
		return err
	}
	if w.last == 0 { // nobody else writes while this transaction does
		if err := w.tx.QueryRowContext(ctx, `SELECT max((SELECT coalesce(max(id), 0) FROM contact), (SELECT coalesce(max(id), 0) FROM contact_gone))`).Scan(&w.last); err != nil {
			return err
		}
	}
	w.last++
	c.ID, c.CreatedAt, c.UpdatedAt = data.ContactID(w.last), now, now
	w.people.add(w.last, string(c.Phone), packFacts(c.Facts), c.Name, c.GivenName, c.FamilyName, c.Email, c.City, c.State, c.Country, c.Postcode,
		c.Language, string(c.Birthday), int64(c.Birthday.Month()), string(c.LastVisit), c.Spend.Minor, c.Spend.Currency, int64(c.Visits), c.Note, packTags(c.Tags), extra,
		c.ExternalID, nullID(int64(c.Import)), int64(now), int64(now))
	return w.attach(ctx, c)
}

// attach writes what hangs on a person: further numbers, tags, search words.
func (w *contactWriter) attach(ctx context.Context, c *data.Contact) error {
	for _, p := range c.Others {
		w.others.add(string(p), int64(c.ID))
	}
	for _, t := range c.Tags {
		id, ok := w.tagIDs[t]
		if !ok {
			if err := w.tx.QueryRowContext(ctx, `INSERT INTO tag (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id`, t).Scan(&id); err != nil {
				return err
			}
			w.tagIDs[t] = id
		}
		w.tags.add(id, int64(c.ID))
	}
	w.words.add(int64(c.ID), searchWords(c))
	return nil
}

func packExtra(extra map[string]string) (string, error) {
	if len(extra) == 0 {
		return "", nil
	}
	b, err := json.Marshal(extra)
	return string(b), err
}

// change writes a known person's fields anew and lets the revision grow; it returns the new revision.
func (w *contactWriter) change(ctx context.Context, c *data.Contact, now data.Instant) (revision int64, err error) {
	extra, err := packExtra(c.Extra)
	if err != nil {
		return 0, err
	}
	if err := w.tx.QueryRowContext(ctx, `UPDATE contact SET name = ?, given_name = ?, family_name = ?, email = ?, city = ?, state = ?, country = ?, postcode = ?,
		language = ?, birthday = ?, birth_month = ?, last_visit = ?, spend = ?, currency = ?, visits = ?, note = ?, tags = ?, extra = ?, external_id = ?,
		revision = revision + 1, updated_at = ? WHERE id = ? RETURNING revision`,
		c.Name, c.GivenName, c.FamilyName, c.Email, c.City, c.State, c.Country, c.Postcode, c.Language, string(c.Birthday), c.Birthday.Month(),
		string(c.LastVisit), c.Spend.Minor, c.Spend.Currency, c.Visits, c.Note, packTags(c.Tags), extra, c.ExternalID, int64(now), int64(c.ID)).Scan(&revision); err != nil {
		return 0, err
	}
	for _, q := range []string{`DELETE FROM contact_tag WHERE contact_id = ?`, `DELETE FROM contact_search WHERE rowid = ?`} {
		if _, err := w.tx.ExecContext(ctx, q, int64(c.ID)); err != nil {
			return 0, err
		}
	}
	return revision, w.attach(ctx, c)
}

// remove takes a person out of the book. The ledger and the suppression list keep what they know.
func remove(ctx context.Context, tx *sql.Tx, id data.ContactID) error {
	for _, q := range []string{`DELETE FROM contact_search WHERE rowid = ?`, `DELETE FROM contact WHERE id = ?`} {
		if _, err := tx.ExecContext(ctx, q, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

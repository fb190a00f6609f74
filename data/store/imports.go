package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"reflect"
	"strconv"
	"sync"
	"time"

	"counterbell/data"
)

// An import goes in by short transactions, so that the till never waits for it, and stays invisible until FinishImport:
// new people carry an import that is still pending, changes to known people lie staged, the people who agreed lie under
// a batch that no ledger entry names yet. FinishImport is the commit point. Before it a kill leaves nothing that counts;
// after it whatever is left to apply is applied at the next start.

const (
	importLease    = "import"
	importLeaseFor = time.Minute
)

// running holds what this process knows of an import under way.
type running struct {
	mu     sync.Mutex
	answer data.ConsentAnswer
	skip   bool
	seen   map[uint64]struct{} // known people whom this file has met: a second row of theirs is a duplicate
	batch  int64
	root   *peopleRoot

	words   *bulk     // search words of people who were written: they go in by the thousand, a tree of its own each time
	renewed time.Time // the lease, by the real clock
}

// wordsAtOnce is how many people's search words are written together: a tenth of a second's work.
const wordsAtOnce = 8000

// OnDuplicate says what happens to people who are in the book already.
type OnDuplicate string

const (
	UpdateKnown OnDuplicate = "update"
	SkipKnown   OnDuplicate = "skip"
)

// An ImportFile is what an import is begun with.
type ImportFile struct {
	Name        string
	Mapping     string // as text, for the record
	Answer      data.ConsentAnswer
	OnDuplicate OnDuplicate
}

// BeginImport opens an import. One runs at a time in a profile: error import_busy.
func (s *Store) BeginImport(ctx context.Context, f ImportFile) (data.ImportID, error) {
	const op = "begin an import"
	s.importsMu.Lock()
	mine := len(s.imports)
	s.importsMu.Unlock()
	if mine > 0 {
		return 0, data.Errorf("import_busy", op, "another import is running")
	}
	if err := s.Recover(ctx); err != nil { // numbers that a cancelled import still holds become free
		return 0, err
	}
	if other, err := s.Take(ctx, importLease, s.pulse.name, importLeaseFor); err != nil {
		return 0, err
	} else if other != "" {
		return 0, data.Errorf("import_busy", op, "another import is running")
	}
	answer, err := json.Marshal(f.Answer)
	if err != nil {
		return 0, fault(op, err)
	}
	r := &running{answer: f.Answer, skip: f.OnDuplicate == SkipKnown, seen: map[uint64]struct{}{}, root: newPeopleRoot(), words: newWords(), renewed: time.Now()}
	var id data.ImportID
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO import (file, kind, state, mapping, answer, started_at) VALUES (?, 'contacts', 'running', ?, ?, ?)`,
			f.Name, f.Mapping, string(answer), s.Now())
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.ImportID(n)
		if _, err := tx.ExecContext(ctx, `INSERT INTO import_pending VALUES (?)`, n); err != nil {
			return err
		}
		if r.batch, err = newBatch(ctx, tx, id); err != nil {
			return err
		}
		return indexInBulk(ctx, tx)
	})
	if err != nil {
		return 0, err
	}
	s.importsMu.Lock()
	defer s.importsMu.Unlock()
	s.imports[id] = r
	return id, nil
}

func (s *Store) running(id data.ImportID) (*running, error) {
	s.importsMu.Lock()
	defer s.importsMu.Unlock()
	if r := s.imports[id]; r != nil {
		return r, nil
	}
	return nil, data.Errorf(data.Conflict, "go on with an import", "import %d isn't running here", id)
}

func (s *Store) forget(ctx context.Context, id data.ImportID) {
	s.importsMu.Lock()
	delete(s.imports, id)
	s.importsMu.Unlock()
	_ = s.Release(context.WithoutCancel(ctx), importLease, s.pulse.name)
}

// ImportBatch takes in some rows, in one short transaction, and says what became of each. A row without a phone is the
// caller's mistake. After an error the import can only be cancelled.
func (s *Store) ImportBatch(ctx context.Context, id data.ImportID, rows []data.ImportRow) ([]data.RowFate, error) {
	const op = "import rows"
	r, err := s.running(id)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.renewed) > importLeaseFor/3 {
		if other, err := s.Take(ctx, importLease, s.pulse.name, importLeaseFor); err != nil {
			return nil, err
		} else if other != "" { // the computer slept, and another process has cleared this import away or is about to
			return nil, data.Errorf(data.Cancelled, op, "another import has begun")
		}
		r.renewed = time.Now()
	}
	fates := make([]data.RowFate, len(rows))
	batchSeen := make(map[uint64]struct{}, len(rows))
	err = s.updateUnseen(ctx, op, func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(ctx) // it is short: watching ctx through each statement would cost more than it takes
		var state string
		if err := tx.QueryRowContext(ctx, `SELECT state FROM import WHERE id = ?`, id).Scan(&state); err != nil {
			return err
		}
		if state != "running" {
			return data.Errorf(data.Cancelled, op, "the import was cancelled")
		}
		known, err := knownPeople(ctx, tx, rows)
		if err != nil {
			return err
		}
		have, err := peopleByID(ctx, tx, known)
		if err != nil {
			return err
		}
		w, staged := newContactWriter(tx), newChanges(id)
		w.words, w.wordsLater = r.words, true
		now := s.Now()
		var agreed, refused []data.Phone
		for i := range rows {
			row := &rows[i]
			key := phoneKey(row.Contact.Phone)
			k, there := known[row.Contact.Phone]
			_, before := r.seen[key]
			_, here := batchSeen[key]
			switch {
			case here, before, there && k.importID == id:
				fates[i] = data.RowDuplicate
				if row.NoConsent {
					refused = append(refused, row.Contact.Phone)
				}
				continue
			case there && r.skip:
				fates[i] = data.RowSkipped
				batchSeen[key] = struct{}{}
				continue
			case there:
				if fates[i], err = staged.stage(have[k.id], &row.Contact); err != nil {
					return err
				}
			default:
				c := row.Contact
				c.Import = id
				if err := w.add(ctx, &c, now); err != nil {
					return err
				}
				fates[i] = data.RowAdded
			}
			batchSeen[key] = struct{}{}
			if len(r.answer.Scopes) > 0 && !row.NoConsent {
				agreed = append(agreed, row.Contact.Phone)
			}
		}
		if err := w.flush(ctx); err != nil {
			return err
		}
		if err := staged.write(ctx, tx); err != nil {
			return err
		}
		if err := addTo(ctx, tx, r.batch, r.root, agreed); err != nil {
			return err
		}
		// Where one row of a file says yes and another no, the no holds: the number leaves the batch, its commitment stays.
		for _, p := range refused {
			if _, err := tx.ExecContext(ctx, `UPDATE consent_person SET phone = NULL, salt = NULL WHERE batch = ? AND phone = ?`, r.batch, string(p)); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && r.words.rows() >= wordsAtOnce {
		err = s.writeWords(ctx, r)
	}
	if err != nil {
		s.forget(ctx, id) // the people's root may have moved on: there is no going on after this
		return nil, err
	}
	for i := range rows {
		if fates[i] == data.RowUpdated || fates[i] == data.RowUnchanged || fates[i] == data.RowSkipped {
			r.seen[phoneKey(rows[i].Contact.Phone)] = struct{}{}
		}
	}
	return fates, nil
}

// writeWords makes the people written so far findable, once they are visible.
func (s *Store) writeWords(ctx context.Context, r *running) error {
	return s.updateUnseen(ctx, "index people for search", func(tx *sql.Tx) error { return r.words.write(context.WithoutCancel(ctx), tx) })
}

// phoneKey holds a number's digits, which fit: E.164 has at most fifteen.
func phoneKey(p data.Phone) uint64 {
	n, _ := strconv.ParseUint(string(p[1:]), 10, 64)
	return n
}

type knownPerson struct {
	id       data.ContactID
	importID data.ImportID
}

// A foundPerson is a known person under the number by which they were found.
type foundPerson struct {
	phone data.Phone
	knownPerson
}

// knownPeople finds to whom the rows' numbers belong: as the number texts go to, or a further one.
func knownPeople(ctx context.Context, tx *sql.Tx, rows []data.ImportRow) (map[data.Phone]knownPerson, error) {
	args := make([]any, len(rows))
	for i := range rows {
		args[i] = string(rows[i].Contact.Phone)
	}
	known := map[data.Phone]knownPerson{}
	var further bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM contact_phone)`).Scan(&further); err != nil {
		return nil, err
	}
	for i, q := range []string{
		`SELECT phone, id, coalesce(import_id, 0) FROM contact WHERE phone IN (` + marks(len(rows)) + `)`,
		`SELECT p.phone, c.id, coalesce(c.import_id, 0) FROM contact_phone p JOIN contact c ON c.id = p.contact_id WHERE p.phone IN (` + marks(len(rows)) + `)`,
	} {
		if i > 0 && !further {
			continue
		}
		found, err := collect(ctx, tx, func(r *sql.Rows) (f foundPerson, err error) { return f, r.Scan(&f.phone, &f.id, &f.importID) }, q, args...)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			known[f.phone] = f.knownPerson
		}
	}
	return known, nil
}

// peopleByID loads known people, as they are now.
func peopleByID(ctx context.Context, tx *sql.Tx, known map[data.Phone]knownPerson) (map[data.ContactID]*data.Contact, error) {
	ids := make([]data.ContactID, 0, len(known))
	for _, k := range known {
		ids = append(ids, k.id)
	}
	out := make(map[data.ContactID]*data.Contact, len(ids))
	for start := 0; start < len(ids); start += 500 {
		some, err := contacts(ctx, tx, ids[start:min(start+500, len(ids))])
		if err != nil {
			return nil, err
		}
		for i := range some {
			out[some[i].ID] = &some[i]
		}
	}
	return out, nil
}

// changes are what an import's rows change in known people, kept for the commit point.
type changes struct {
	*bulk
	id data.ImportID
}

func newChanges(id data.ImportID) changes {
	return changes{newBulk(4, `INSERT INTO import_change (import_id, contact_id, before, after)`, `ON CONFLICT DO NOTHING`), id}
}

// stage compares a row with the person it belongs to.
func (c changes) stage(have, row *data.Contact) (data.RowFate, error) {
	if have == nil { // gone meanwhile
		return data.RowSkipped, nil
	}
	if merged := mergeContact(*have, row); sameContact(&merged, have) {
		return data.RowUnchanged, nil
	}
	after, err := json.Marshal(row)
	if err != nil {
		return "", err
	}
	c.add(int64(c.id), int64(have.ID), "", string(after))
	return data.RowUpdated, nil
}

// mergeContact lays a row over a person: what the row doesn't say stays, tags are added, never taken away.
func mergeContact(c data.Contact, row *data.Contact) data.Contact {
	set := func(dst *string, v string) {
		if v != "" {
			*dst = v
		}
	}
	if row.Name != "" {
		c.Name, c.GivenName, c.FamilyName = row.Name, row.GivenName, row.FamilyName
	}
	set(&c.Email, row.Email)
	set(&c.City, row.City)
	set(&c.State, row.State)
	set(&c.Country, row.Country)
	set(&c.Postcode, row.Postcode)
	set(&c.Language, row.Language)
	set((*string)(&c.Birthday), string(row.Birthday))
	if row.LastVisit > c.LastVisit {
		c.LastVisit = row.LastVisit
	}
	if row.Spend.Currency != "" {
		c.Spend = row.Spend
	}
	if row.Visits > 0 {
		c.Visits = row.Visits
	}
	set(&c.Note, row.Note)
	set(&c.ExternalID, row.ExternalID)
	c.Tags = unionTags(c.Tags, row.Tags)
	if len(row.Extra) > 0 {
		extra := maps.Clone(c.Extra)
		if extra == nil {
			extra = map[string]string{}
		}
		maps.Copy(extra, row.Extra)
		c.Extra = extra
	}
	return c
}

func sameContact(a, b *data.Contact) bool {
	x, y := *a, *b
	x.UpdatedAt, y.UpdatedAt = 0, 0
	return reflect.DeepEqual(x, y)
}

// Fates says what would become of rows if they were imported now. Nothing is written.
func (s *Store) Fates(ctx context.Context, rows []data.ImportRow) ([]data.RowFate, error) {
	fates := make([]data.RowFate, len(rows))
	err := s.view(ctx, "look at an import", func(tx *sql.Tx) error {
		known, err := knownPeople(ctx, tx, rows)
		if err != nil {
			return err
		}
		for i := range rows {
			fates[i] = data.RowAdded
			k, there := known[rows[i].Contact.Phone]
			if !there {
				continue
			}
			have, err := contacts(ctx, tx, []data.ContactID{k.id})
			if err != nil {
				return err
			}
			fates[i] = data.RowUnchanged
			if merged := mergeContact(have[0], &rows[i].Contact); !sameContact(&merged, &have[0]) {
				fates[i] = data.RowUpdated
			}
		}
		return nil
	})
	return fates, err
}

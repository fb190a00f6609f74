package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// ImportPeople returns whom an import brought something: the people it added, and those it changed, without those who are gone. Both
// are empty for an import that there isn't.
func (s *Store) ImportPeople(ctx context.Context, id data.ImportID) (added, updated []data.ContactID, err error) {
	const op = "list the people of an import"
	ids := func(query string) ([]data.ContactID, error) {
		return collect(ctx, s.read, func(r *sql.Rows) (c data.ContactID, err error) { return c, r.Scan(&c) }, query, id)
	}
	if added, err = ids(`SELECT id FROM contact WHERE import_id = ? AND import_id NOT IN (SELECT import_id FROM import_pending) ORDER BY id`); err == nil {
		updated, err = ids(`SELECT c.id FROM import_change i JOIN contact c ON c.id = i.contact_id WHERE i.import_id = ? AND i.applied > 0 ORDER BY c.id`)
	}
	return added, updated, fault(op, err)
}

// ImportByID returns an import of contacts that took place. Error import_unknown.
func (s *Store) ImportByID(ctx context.Context, id data.ImportID) (ImportRecord, error) {
	all, err := s.importRecords(ctx, `AND id = ?`, id)
	if err != nil {
		return ImportRecord{}, err
	}
	if len(all) == 0 {
		return ImportRecord{}, data.Errorf("import_unknown", "find an import", "no import %d", id)
	}
	return all[0], nil
}

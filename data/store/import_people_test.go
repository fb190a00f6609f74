package store_test

import (
	"errors"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
)

func TestTheBookKnowsWhomAnImportBroughtSomething(t *testing.T) {
	ctx := t.Context()
	s, err := store.Open(ctx, store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	take := func(names map[string]string) data.ImportID {
		t.Helper()
		id, err := s.BeginImport(ctx, store.ImportFile{Name: "people.csv", OnDuplicate: store.UpdateKnown})
		if err != nil {
			t.Fatal(err)
		}
		var rows []data.ImportRow
		for p, name := range names {
			rows = append(rows, data.ImportRow{Number: len(rows) + 2, Contact: data.Contact{Phone: data.Phone(p), Name: name, Facts: data.PhoneFacts{Phone: data.Phone(p), Region: "US"}}})
		}
		_, err = s.ImportBatch(ctx, id, rows)
		if err = errors.Join(err, s.FinishImport(ctx, id, &data.Receipt{File: "people.csv", Rows: len(rows), Added: len(rows)})); err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := take(map[string]string{"+15035550101": "Maya Chen", "+15035550102": "Tom Alvarez"})
	second := take(map[string]string{"+15035550102": "Tomás Alvarez", "+15035550103": "Priya Nair"})
	for _, c := range []struct {
		id             data.ImportID
		added, updated int
	}{{first, 2, 0}, {second, 1, 1}, {99, 0, 0}} {
		added, updated, err := s.ImportPeople(ctx, c.id)
		if err != nil || len(added) != c.added || len(updated) != c.updated {
			t.Errorf("import %d: %v added, %v updated (%v)", c.id, added, updated, err)
		}
	}
	if r, err := s.ImportByID(ctx, second); err != nil || r.ID != second || r.File != "people.csv" || r.Receipt.Rows != 2 {
		t.Errorf("import %d is %+v (%v)", second, r, err)
	}
	if _, err := s.ImportByID(ctx, 99); data.CodeOf(err) != "import_unknown" {
		t.Errorf("an import that there isn't: %v", err)
	}
}

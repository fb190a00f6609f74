package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/sheet"
)

// memory is a contact book in memory that keeps the promises of Book.
type memory struct {
	mu       sync.Mutex
	people   map[data.Phone]data.Contact
	pending  []data.ImportRow
	here     map[data.Phone]bool
	batches  int
	began    int
	finished *data.Receipt
	canceled bool
	fail     error         // ImportBatch fails with it in its second batch
	block    chan struct{} // ImportBatch waits for it, or for ctx
}

func (m *memory) begin(context.Context) (data.ImportID, error) {
	m.began++
	m.here = map[data.Phone]bool{}
	return data.ImportID(m.began), nil
}

func (m *memory) ImportBatch(ctx context.Context, _ data.ImportID, rows []data.ImportRow) ([]data.RowFate, error) {
	if m.block != nil {
		select {
		case <-m.block:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.batches++; m.fail != nil && m.batches == 2 {
		return nil, m.fail
	}
	fates := make([]data.RowFate, len(rows))
	for i, r := range rows {
		p := r.Contact.Phone
		known, there := m.people[p]
		known.Facts = r.Contact.Facts
		switch {
		case m.here[p]:
			fates[i] = data.RowDuplicate
			continue
		case there && reflect.DeepEqual(known, r.Contact):
			fates[i] = data.RowUnchanged
		case there:
			fates[i] = data.RowUpdated
		default:
			fates[i] = data.RowAdded
		}
		m.here[p] = true
		m.pending = append(m.pending, r)
	}
	return fates, nil
}

func (m *memory) FinishImport(_ context.Context, _ data.ImportID, r *data.Receipt) error {
	if err := r.Check(); err != nil {
		return err
	}
	if m.people == nil {
		m.people = map[data.Phone]data.Contact{}
	}
	for _, row := range m.pending {
		m.people[row.Contact.Phone] = row.Contact
	}
	m.pending, m.finished = nil, r
	return nil
}

func (m *memory) CancelImport(context.Context, data.ImportID) error {
	m.pending, m.canceled = nil, true
	return nil
}

// list writes rows as a file and opens it. Strings become text, float64 numbers, time.Time dates (with a time when it
// has one), nil an empty cell.
func list(t testing.TB, o Options, rows ...[]any) *List {
	t.Helper()
	return open(t, workbook(t, table("Customers", rows...)), o)
}

func table(name string, rows ...[]any) sheet.Table {
	tab := sheet.Table{Name: name}
	for i, r := range rows {
		var cells []sheet.Cell
		for _, v := range r {
			cells = append(cells, cellOf(v))
		}
		if i == 0 {
			for _, c := range cells {
				tab.Columns = append(tab.Columns, sheet.Column{Title: c.Text, Width: 10})
			}
			continue
		}
		tab.Rows = append(tab.Rows, cells)
	}
	return tab
}

func cellOf(v any) sheet.Cell {
	switch v := v.(type) {
	case nil:
		return sheet.Cell{}
	case string:
		return sheet.TextCell(v)
	case int:
		return sheet.NumberCell(float64(v))
	case float64:
		return sheet.NumberCell(v)
	case time.Time:
		if v.Year() == 0 {
			return sheet.TimeCell(v.Hour(), v.Minute())
		}
		if h, m, _ := v.Clock(); h+m > 0 {
			return sheet.DateTimeCell(v)
		}
		return sheet.DateCell(v)
	}
	panic(fmt.Sprintf("%T", v))
}

func workbook(t testing.TB, tables ...sheet.Table) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := sheet.WriteFile(t.Context(), path, tables...); err != nil {
		t.Fatal(err)
	}
	return path
}

func textFile(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var today = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func open(t testing.TB, path string, o Options) *List {
	t.Helper()
	if o.Today.IsZero() {
		o.Today = today
	}
	if o.Home == "" {
		o.Home = "GB"
	}
	l, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// run takes a list into a new book.
func run(t testing.TB, l *List) (*memory, *data.Receipt) {
	t.Helper()
	m := &memory{}
	r, err := l.Run(t.Context(), m, m.begin, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func day(s string) time.Time {
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04"} {
		if d, err := time.Parse(layout, s); err == nil {
			return d
		}
	}
	panic(s)
}

func question(r *data.Receipt, code string) *data.Question {
	for i := range r.Questions {
		if r.Questions[i].Code == code {
			return &r.Questions[i]
		}
	}
	return nil
}

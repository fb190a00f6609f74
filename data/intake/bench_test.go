package intake

import (
	"context"
	"fmt"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/sheet"
)

const benchRows = 20_000

// benchBook is 8 columns with real dates, as the import goal asks for.
func benchBook(b *testing.B) string {
	b.Helper()
	t := sheet.Table{Name: "Customers"}
	for _, h := range []string{"Name", "Mobile", "Email", "Birthday", "Last visit", "Spend", "Tags", "City"} {
		t.Columns = append(t.Columns, sheet.Column{Title: h, Width: 12})
	}
	base := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range benchRows {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.TextCell("Amelia Hart"), sheet.TextCell(fmt.Sprintf("074%08d", (i*7919)%100_000_000)), sheet.TextCell(fmt.Sprintf("person%d@hart.example", i)),
			sheet.DateCell(base.AddDate(0, 0, i%9000)), sheet.DateCell(base.AddDate(46, 0, i%300)), sheet.NumberCell(float64(i%500) + 0.5),
			sheet.TextCell("Frames; VIP"), sheet.TextCell("London"),
		})
	}
	return workbook(b, t)
}

type nowhere struct{}

func (nowhere) ImportBatch(_ context.Context, _ data.ImportID, rows []data.ImportRow) ([]data.RowFate, error) {
	fates := make([]data.RowFate, len(rows))
	for i := range fates {
		fates[i] = data.RowAdded
	}
	return fates, nil
}
func (nowhere) FinishImport(context.Context, data.ImportID, *data.Receipt) error { return nil }
func (nowhere) CancelImport(context.Context, data.ImportID) error                { return nil }

// BenchmarkIntake takes a list in, from file to book, with a book that costs nothing.
func BenchmarkIntake(b *testing.B) {
	path := benchBook(b)
	begin := func(context.Context) (data.ImportID, error) { return 1, nil }
	b.ReportAllocs()
	for b.Loop() {
		l, err := Open(b.Context(), path, Options{Home: "GB", Today: today})
		if err != nil {
			b.Fatal(err)
		}
		if r, err := l.Run(b.Context(), nowhere{}, begin, nil); err != nil || r.Added != benchRows {
			b.Fatal(r, err)
		}
		l.Close()
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSheetAlone is the floor: reading the same file's cells.
func BenchmarkSheetAlone(b *testing.B) {
	path := benchBook(b)
	for b.Loop() {
		book, err := sheet.Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		rows, err := book.Rows(b.Context(), "")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		if n != benchRows+1 {
			b.Fatal(n)
		}
		rows.Close()
		book.Close()
	}
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkRow is what one row costs once its cells are there.
func BenchmarkRow(b *testing.B) {
	l := open(b, benchBook(b), Options{})
	r, rows := l.reader(), l.below()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		var in data.ImportRow
		var t tally
		if o, _ := r.contact(&rows[i%len(rows)], &in, &t); o != take {
			b.Fatal(o)
		}
	}
}

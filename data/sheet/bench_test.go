package sheet

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// people are the rows of design.md's numbers: 100,000 with 8 columns, two of them dates.
func people(style int) func(func(int, []any) bool) {
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	return func(yield func(int, []any) bool) {
		if !yield(1, []any{"Name", "Phone", "Email", "City", "Birthday", "Last visit", "Spend", "Tags"}) {
			return
		}
		for i := range 100_000 {
			if !yield(i+2, []any{
				fmt.Sprintf("Person %d", i), fmt.Sprintf("(503) 555-%04d", i%10_000), fmt.Sprintf("p%d@example.com", i), "Portland",
				excelize.Cell{StyleID: style, Value: day.AddDate(0, 0, -i%20_000)},
				excelize.Cell{StyleID: style, Value: day.AddDate(0, 0, i%2_000)},
				float64(i%50_000) / 100, "vip;glasses",
			}) {
				return
			}
		}
	}
}

// bigFile writes them, with the texts in the cells or in the shared table, as Excel has them.
func bigFile(b *testing.B, shared bool) string {
	f := excelize.NewFile()
	defer f.Close()
	date := "yyyy-mm-dd"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	if err != nil {
		b.Fatal(err)
	}
	write := func(n int, row []any) error {
		for i, v := range row {
			at, _ := excelize.CoordinatesToCellName(i+1, n)
			if c, ok := v.(excelize.Cell); ok {
				if err := f.SetCellStyle("Sheet1", at, at, c.StyleID); err != nil {
					return err
				}
				v = c.Value.(time.Time).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24
			}
			if err := f.SetCellValue("Sheet1", at, v); err != nil {
				return err
			}
		}
		return nil
	}
	flush := func() error { return nil }
	if !shared {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		write = func(n int, row []any) error { return w.SetRow("A"+itoa(n), row) }
		flush = w.Flush
	}
	for n, row := range people(style) {
		if err := write(n, row); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(b.TempDir(), "big.xlsx")
	if err := errors.Join(flush(), f.SaveAs(path)); err != nil {
		b.Fatal(err)
	}
	return path
}

func readOurs(b *testing.B, path string) (cells int) {
	book, err := Open(context.Background(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(context.Background(), "")
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		_, c := rows.Row()
		cells += len(c)
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return cells
}

func readExcelize(b *testing.B, path string) (cells int) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		c, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		cells += len(c)
	}
	return cells
}

// BenchmarkReadXLSX reads 100,000 rows of 8 columns, dates made out, and reports how long that takes as a share of
// excelize streaming the same file's raw values in the same run (the floor of design.md, "Numbers to reach").
func BenchmarkReadXLSX(b *testing.B) {
	for _, c := range []struct {
		name   string
		shared bool
	}{{"texts in cells", false}, {"shared texts", true}} {
		b.Run(c.name, func(b *testing.B) {
			path := bigFile(b, c.shared)
			var floor, ours time.Duration
			var allocated uint64
			for b.Loop() {
				runtime.GC()
				start := time.Now()
				theirs := readExcelize(b, path)
				floor += time.Since(start)
				runtime.GC()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start = time.Now()
				if got := readOurs(b, path); got != theirs {
					b.Fatalf("%d cells, excelize finds %d", got, theirs)
				}
				ours += time.Since(start)
				runtime.ReadMemStats(&after)
				allocated = max(allocated, after.TotalAlloc-before.TotalAlloc)
			}
			b.ReportMetric(ours.Seconds()/floor.Seconds(), "of-excelize")
			b.ReportMetric(ours.Seconds()/float64(b.N), "s/ours")
			b.ReportMetric(floor.Seconds()/float64(b.N), "s/excelize")
			b.ReportMetric(float64(allocated)/(1<<20), "MB-allocated")
		})
	}
}

package sheet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// bigFile writes the file of design.md's numbers: 100,000 people with 8 columns, two of them dates.
var bigFile = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "counterbell-bench-")
	if err != nil {
		panic(err)
	}
	f := excelize.NewFile()
	date := "yyyy-mm-dd"
	style, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	w, _ := f.NewStreamWriter("Sheet1")
	_ = w.SetRow("A1", []any{"Name", "Phone", "Email", "City", "Birthday", "Last visit", "Spend", "Tags"})
	day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 100_000 {
		_ = w.SetRow(fmt.Sprintf("A%d", i+2), []any{
			fmt.Sprintf("Person %d", i), fmt.Sprintf("(503) 555-%04d", i%10_000), fmt.Sprintf("p%d@example.com", i), "Portland",
			excelize.Cell{StyleID: style, Value: day.AddDate(0, 0, -i%20_000)}, excelize.Cell{StyleID: style, Value: day.AddDate(0, 0, i%2_000)},
			float64(i%50_000) / 100, "vip;glasses",
		})
	}
	if err := w.Flush(); err != nil {
		panic(err)
	}
	path := filepath.Join(dir, "big.xlsx")
	if err := f.SaveAs(path); err != nil {
		panic(err)
	}
	return path
})

func TestMain(m *testing.M) {
	code := m.Run()
	if benched {
		os.RemoveAll(filepath.Dir(bigFile()))
	}
	os.Exit(code)
}

var benched bool

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
	benched = true
	path := bigFile()
	var floor, ours time.Duration
	var peak uint64
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
		peak = max(peak, after.TotalAlloc-before.TotalAlloc)
	}
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "of-excelize")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/ours")
	b.ReportMetric(floor.Seconds()/float64(b.N), "s/excelize")
	b.ReportMetric(float64(peak)/(1<<20), "MB-allocated")
}

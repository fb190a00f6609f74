package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"

	"github.com/xuri/excelize/v2"
)

// listRows is how long the list of design.md's numbers is.
const listRows = 100_000

var (
	givenNames  = strings.Fields("Amelia Noah Olivia Liam Sofia Mateo Emma Lucas Isla Ethan Mia Oliver Ava Leo Grace Henry Chloe Daniel Zoe Samuel Ruby Jack Nora Owen Elena Ivan Priya Arjun Yuki Kenji")
	familyNames = strings.Fields("Hart Morgan Reyes Larkin Okafor Nguyen Schmidt Rossi Dubois Kowalski Silva Haddad Ito Kim Park Singh Patel Novak Berg Costa Moreau Weber Ricci Santos Fischer Abe Cohen Murphy Walsh Byrne")
	cities      = strings.Fields("Portland Salem Eugene Gresham Bend Medford Corvallis Albany Tigard Seattle Tacoma Spokane Oakland Fresno Sacramento")
	oftenTags   = strings.Fields("frames lenses sun vip contacts kids")
)

// customers are the list's rows: names, numbers and addresses as people have them, two columns of real dates. Serials
// count days since 1899-12-30.
func customers(style int) func(func(int, []any) bool) {
	r := rand.New(rand.NewPCG(100, 8))
	day := func(serial int) excelize.Cell { return excelize.Cell{StyleID: style, Value: serial} }
	return func(yield func(int, []any) bool) {
		if !yield(1, []any{"Name", "Mobile", "Email", "Birthday", "Last visit", "Spend", "Tags", "City"}) {
			return
		}
		for i := range listRows {
			given, family := givenNames[r.IntN(len(givenNames))], familyNames[r.IntN(len(familyNames))]
			n := i * 7919 % listRows
			if !yield(i+2, []any{
				given + " " + family, fmt.Sprintf("(%d) 555-%04d", 201+n/10_000, n%10_000), fmt.Sprintf("%s.%s%d@lark.example", strings.ToLower(given), strings.ToLower(family), i),
				day(18_000 + r.IntN(20_000)), day(45_600 + r.IntN(700)), float64(r.IntN(50_000)) / 100, oftenTags[r.IntN(len(oftenTags))] + ";" + oftenTags[r.IntN(len(oftenTags))],
				cities[r.IntN(len(cities))],
			}) {
				return
			}
		}
	}
}

// listFile writes the list as Excel would: texts in one shared table.
func listFile(b *testing.B) string {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	date := "yyyy-mm-dd"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	if err != nil {
		b.Fatal(err)
	}
	for n, row := range customers(style) {
		for i, v := range row {
			at, err := excelize.CoordinatesToCellName(i+1, n)
			if err != nil {
				b.Fatal(err)
			}
			if c, ok := v.(excelize.Cell); ok {
				if err := f.SetCellStyle("Sheet1", at, at, c.StyleID); err != nil {
					b.Fatal(err)
				}
				v = c.Value
			}
			if err := f.SetCellValue("Sheet1", at, v); err != nil {
				b.Fatal(err)
			}
		}
	}
	path := filepath.Join(b.TempDir(), "customers.xlsx")
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

// excelizeAlone is the floor: excelize streams the file's raw values, and nothing is made of them.
func excelizeAlone(b *testing.B, path string) {
	b.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != listRows+1 {
		b.Fatal(n)
	}
}

// takeIn is everything that `bell import` does with the file.
func takeIn(b *testing.B, s *store.Store, path string) *data.Receipt {
	b.Helper()
	ctx := b.Context()
	l, err := intake.Open(ctx, path, intake.Options{Home: "US", Zone: "America/Los_Angeles", Currency: "USD"})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	answer := data.ConsentAnswer{Scopes: []data.Scope{data.ScopeMarketing}, Basis: data.ExpressWritten, Statement: data.Statement{Method: "import", Source: "card at the counter"}}
	r, err := l.Run(ctx, s, func(ctx context.Context) (data.ImportID, error) {
		return s.BeginImport(ctx, store.ImportFile{Name: l.File, Mapping: l.Mapping(), Answer: answer, OnDuplicate: store.UpdateKnown})
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// BenchmarkImport takes a list of 100,000 people in, from the file to the search index, the ledger and the rows for undo,
// and says how many times as long that takes as excelize takes to read the same file alone, in the same run. Peak memory
// is the process's, above what it was before.
func BenchmarkImport(b *testing.B) {
	path := listFile(b)
	var floor, ours time.Duration
	var peak int64
	for b.Loop() {
		debug.FreeOSMemory()
		began := time.Now()
		excelizeAlone(b, path)
		floor += time.Since(began)

		s, err := store.Open(b.Context(), store.Options{Dir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		debug.FreeOSMemory()
		above := watchMemory()
		began = time.Now()
		r := takeIn(b, s, path)
		ours += time.Since(began)
		peak = max(peak, above())
		if r.Added != listRows || r.Consents != listRows {
			b.Fatalf("%+v", r)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "×floor")
	b.ReportMetric(ours.Seconds()/float64(b.N), "s/import")
	b.ReportMetric(floor.Seconds()/float64(b.N), "s/excelize")
	b.ReportMetric(float64(peak)/(1<<20), "MB-above-start")
	b.ReportMetric(0, "ns/op")
}

// watchMemory follows how much memory the process holds; the function that it returns says how much more than at the
// start it was at most, in bytes.
func watchMemory() (above func() int64) {
	start, peak := memoryNow(), int64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			peak = max(peak, memoryNow()-start)
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	return func() int64 { close(stop); <-done; return peak }
}

// memoryNow is the resident memory where the system tells it, else what Go has taken: SQLite's own is not in that.
func memoryNow() int64 {
	if body, err := os.ReadFile("/proc/self/status"); err == nil {
		if _, rest, ok := strings.Cut(string(body), "VmRSS:"); ok {
			if kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64); err == nil {
				return kb << 10
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}

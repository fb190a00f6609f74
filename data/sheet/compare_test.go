package sheet

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Random sheets, written by excelize in both its ways (shared texts, and streamed with texts in the cells), are read the
// same by us and by excelize's own raw reading: the same rows, the same columns, the same stored values.
func TestWeReadWhatExcelizeReads(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		path := filepath.Join(t.TempDir(), "random.xlsx")
		randomBook(t, rnd, path, seed%2 == 0)
		theirs, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		b := open(t, path)
		if fmt.Sprint(theirs.GetSheetList()) != fmt.Sprint(names(b)) {
			t.Fatalf("sheets %v, excelize has %v", names(b), theirs.GetSheetList())
		}
		for _, name := range names(b) {
			want, err := theirs.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, b, name)
			for i, row := range want {
				compareRow(t, fmt.Sprintf("seed %d, %s, row %d", seed, name, i+1), got[i+1], row)
				delete(got, i+1)
			}
			if len(got) > 0 {
				t.Errorf("seed %d: rows that excelize doesn't have: %v", seed, got)
			}
			visible, _ := theirs.GetSheetVisible(name)
			if p, _ := b.find(name); p.Hidden == visible {
				t.Errorf("seed %d: %s hidden %v", seed, name, p.Hidden)
			}
		}
		theirs.Close()
	}
}

func names(b *Book) (out []string) {
	for _, s := range b.Sheets() {
		out = append(out, s.Name)
	}
	return out
}

func compareRow(t *testing.T, where string, got []Cell, want []string) {
	t.Helper()
	for len(want) > 0 && want[len(want)-1] == "" {
		want = want[:len(want)-1]
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d cells %q, excelize has %q", where, len(got), Texts(got), want)
		return
	}
	for i, c := range got {
		same := c.Text == want[i]
		switch c.Kind {
		case Number, Date, DateTime, TimeOfDay:
			var f float64
			_, err := fmt.Sscan(want[i], &f)
			same = err == nil && math.Abs(f-c.Number) <= 1e-14*math.Abs(f)
		case Bool:
			same = (c.Number == 1) == (want[i] == "1" || want[i] == "TRUE")
		}
		if !same {
			t.Errorf("%s, column %d: %+v, excelize has %q", where, i+1, c, want[i])
		}
	}
}

// randomBook writes two sheets of values of every kind, with gaps, blank rows and hidden sheets.
func randomBook(t *testing.T, rnd *rand.Rand, path string, streamed bool) {
	t.Helper()
	f := excelize.NewFile()
	date, phone := "yyyy-mm-dd hh:mm", "00000000000"
	dateStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	phoneStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &phone})
	if _, err := f.NewSheet("Second & last"); err != nil {
		t.Fatal(err)
	}
	if rnd.IntN(2) == 0 {
		_ = f.SetSheetVisible("Second & last", false)
	}
	words := []string{"Ada", "李 娜", "René", "a<b & \"c\"", " spaced ", "two\nlines", "=1+1", "+44 7700 900123", "_x0041_ b", "😀", strings.Repeat("long ", 300)}
	for _, sheet := range []string{"Sheet1", "Second & last"} {
		var w *excelize.StreamWriter
		if streamed {
			var err error
			if w, err = f.NewStreamWriter(sheet); err != nil {
				t.Fatal(err)
			}
		}
		number := 0
		for range rnd.IntN(200) {
			number += 1 + rnd.IntN(3)
			var line []any
			for range rnd.IntN(12) {
				var c excelize.Cell
				switch rnd.IntN(9) {
				case 0, 1, 2:
					c.Value = words[rnd.IntN(len(words))]
				case 3:
					c.Value = rnd.IntN(1 << 40)
				case 4:
					c.Value = rnd.NormFloat64() * math.Pow(10, float64(rnd.IntN(30)-10))
				case 5:
					c = excelize.Cell{StyleID: dateStyle, Value: time.Date(1950+rnd.IntN(100), 3, 1, rnd.IntN(24), rnd.IntN(60), 0, 0, time.UTC)}
				case 6:
					c.Value = rnd.IntN(2) == 0
				case 7:
					c = excelize.Cell{StyleID: phoneStyle, Value: 7_700_900_000 + rnd.IntN(1000)}
				}
				line = append(line, c)
			}
			if w != nil {
				if err := w.SetRow(fmt.Sprintf("A%d", number), line); err != nil {
					t.Fatal(err)
				}
				continue
			}
			for i, v := range line {
				cell, _ := excelize.CoordinatesToCellName(i+1, number)
				c := v.(excelize.Cell)
				if c.Value == nil {
					continue
				}
				_ = f.SetCellStyle(sheet, cell, cell, c.StyleID)
				if err := f.SetCellValue(sheet, cell, c.Value); err != nil {
					t.Fatal(err)
				}
				if c.StyleID != 0 {
					_ = f.SetCellStyle(sheet, cell, cell, c.StyleID)
				}
			}
		}
		if w != nil {
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// Others must find the extent of what we write, and see dates as dates.
func TestOthersReadWhatWeWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	day := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	table := Table{Name: "Rejects", Columns: []Column{{Title: "Name"}, {Title: "Visit"}, {Title: "Phone"}}}
	for i := range 10 {
		table.Rows = append(table.Rows, []Cell{TextCell("=HYPERLINK(\"x\")"), DateCell(day), NumberCell(float64(i))})
	}
	if err := WriteFile(context.Background(), path, table); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d, _ := f.GetSheetDimension("Rejects"); d != "A1:C11" {
		t.Errorf("dimension %q", d)
	}
	if v, _ := f.GetCellValue("Rejects", "B2"); v != "2026-11-25" {
		t.Errorf("date %q", v)
	}
	if formula, _ := f.GetCellFormula("Rejects", "A2"); formula != "" {
		t.Errorf("formula %q", formula)
	}
	if kind, _ := f.GetCellType("Rejects", "A2"); kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
		t.Errorf("the formula-like text is of type %v", kind)
	}
	id, _ := f.GetCellStyle("Rejects", "A1")
	if style, _ := f.GetStyle(id); style == nil || style.Font == nil || !style.Font.Bold {
		t.Error("the header isn't bold")
	}
	id, _ = f.GetCellStyle("Rejects", "A2")
	if style, _ := f.GetStyle(id); style == nil || style.NumFmt != 49 {
		t.Error("text isn't formatted as text")
	}
	if w, _ := f.GetColWidth("Rejects", "A"); w < 15 {
		t.Errorf("column A is %v wide", w)
	}
}

package sheet

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A Table is one sheet to be written: a bold header that stays in view, and rows. Text stays text for the spreadsheet
// program, also when somebody clicks into the cell: "=1+1", "+44 7700 900123" and "00123" are what they look like and
// never become a formula or a number.
type Table struct {
	Name    string // of the sheet; what a sheet's name can't hold is left out
	Columns []Column
	Rows    [][]Cell
}

// A Column is a heading and how wide it shows, in characters; 0 fits the first rows.
type Column struct {
	Title string
	Width float64
}

// Write writes the tables as one .xlsx, each on a sheet of its own. Error WriteFailed when w fails.
func Write(ctx context.Context, w io.Writer, tables ...Table) error {
	f := excelize.NewFile()
	defer f.Close()
	styles, err := addStyles(f)
	if err != nil {
		return fault(WriteFailed, "write an .xlsx file", err)
	}
	taken := map[string]bool{}
	for i, t := range tables {
		name := sheetName(t.Name, i, taken)
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err == nil {
			err = t.write(ctx, f, name, styles)
		}
		if err != nil {
			if asError(err) != nil {
				return err
			}
			return fault(WriteFailed, "write a sheet", err)
		}
	}
	if err := f.Write(w); err != nil {
		return fault(WriteFailed, "write an .xlsx file", err)
	}
	return nil
}

// WriteFile writes the tables to a file. The file appears whole or not at all; one of that name is replaced.
func WriteFile(ctx context.Context, path string, tables ...Table) error {
	return whole(path, func(w io.Writer) error { return Write(ctx, w, tables...) })
}

// WriteBytes writes a file of another kind beside those, a report as a picture or as pages: all of it, or what was there
// stays. Error WriteFailed.
func WriteBytes(path string, body []byte) error {
	return whole(path, func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
}

// whole writes a file aside and puts it in its place when it is complete.
func whole(path string, write func(w io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".counterbell-*"+filepath.Ext(path))
	if err != nil {
		return writing(path, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		switch e := asError(err); {
		case e == nil:
			return writing(path, err)
		case e.Code == WriteFailed:
			return writing(path, e.Err)
		}
		return err
	}
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return writing(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return writing(path, err)
	}
	return nil
}

// styles are the numbers of the formats that Write uses.
type styles struct{ header, text, date, dateTime, clock int }

func addStyles(f *excelize.File) (s styles, err error) {
	const asText = 49 // "@"
	date, dateTime, clock := "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"
	for _, d := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.header, excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true}}},
		{&s.text, excelize.Style{NumFmt: asText}},
		{&s.date, excelize.Style{CustomNumFmt: &date}},
		{&s.dateTime, excelize.Style{CustomNumFmt: &dateTime}},
		{&s.clock, excelize.Style{CustomNumFmt: &clock}},
	} {
		if *d.id, err = f.NewStyle(&d.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func (t *Table) write(ctx context.Context, f *excelize.File, name string, s styles) error {
	columns := len(t.Columns)
	for _, r := range t.Rows {
		columns = max(columns, len(r))
	}
	last, err := excelize.CoordinatesToCellName(max(columns, 1), len(t.Rows)+1)
	if err != nil {
		return err
	}
	// Before the stream begins, which would say A1 whatever follows: some programs then see a single row.
	if err := f.SetSheetDimension(name, "A1:"+last); err != nil {
		return err
	}
	w, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	for col := range columns {
		if err := w.SetColWidth(col+1, col+1, t.width(col)); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, 0, columns)
	for _, c := range t.Columns {
		line = append(line, excelize.Cell{StyleID: s.header, Value: c.Title})
	}
	if err := w.SetRow("A1", line); err != nil {
		return err
	}
	for i, r := range t.Rows {
		if i%stopEvery == 0 {
			if err := stopped(ctx); err != nil {
				return err
			}
		}
		line = line[:0]
		for j := range r {
			line = append(line, s.value(&r[j]))
		}
		if err := w.SetRow("A"+itoa(i+2), line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// value is what excelize writes for a cell. Times before 1900 and error marks stay text.
func (s styles) value(c *Cell) any {
	serial := excelSerial(c)
	switch {
	case c.Kind == Empty, c.Kind == Unknown:
		return nil
	case c.Kind == Number && !strings.HasPrefix(c.Text, "0") && !strings.ContainsAny(c.Text, " ()+"), c.Kind == Number && c.Number == 0:
		return excelize.Cell{Value: c.Number}
	case c.Kind == Bool:
		return excelize.Cell{Value: c.Number != 0}
	case c.Kind == Date && serial > 60:
		return excelize.Cell{StyleID: s.date, Value: serial}
	case c.Kind == DateTime && serial > 60:
		return excelize.Cell{StyleID: s.dateTime, Value: serial}
	case c.Kind == TimeOfDay && serial >= 0 && serial < 1:
		return excelize.Cell{StyleID: s.clock, Value: serial}
	}
	return excelize.Cell{StyleID: s.text, Value: c.Text}
}

// excelSerial is the number by which a worksheet stores a wall clock: days since 30 December 1899.
func excelSerial(c *Cell) float64 {
	if c.Kind == TimeOfDay {
		h, m, sec := c.Time.Clock()
		return float64(c.Time.YearDay()-1) + float64(h*3600+m*60+sec)/secondsADay
	}
	return float64(c.Time.Unix())/secondsADay + unixSerial
}

// width fits the heading and the first rows, between 8 and 40 characters; Chinese characters take two.
func (t *Table) width(col int) float64 {
	longest := 6
	if col < len(t.Columns) {
		if w := t.Columns[col].Width; w > 0 {
			return min(w, 255)
		}
		longest = max(longest, textWidth(t.Columns[col].Title))
	}
	for _, r := range t.Rows[:min(len(t.Rows), 200)] {
		if col < len(r) {
			longest = max(longest, textWidth(r[col].Text))
		}
	}
	return float64(min(longest+2, 40))
}

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// sheetName makes a name that a sheet may have (Excel: 31 characters, none of :\/?*[], no ' at the ends, no two alike).
func sheetName(name string, i int, taken map[string]bool) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.TrimSpace(name), "'")
	if name == "" {
		name = "Sheet" + itoa(i+1)
	}
	unique := firstRunes(name, 31)
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		suffix := " " + itoa(n)
		unique = firstRunes(name, 31-len(suffix)) + suffix
	}
	taken[strings.ToLower(unique)] = true
	return unique
}

// firstRunes cuts at n UTF-16 units, which is how Excel counts.
func firstRunes(s string, n int) string {
	for i, r := range s {
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

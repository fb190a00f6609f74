package sheet

import (
	"time"
)

// A Cell is one value as the person at the counter sees it in their spreadsheet program.
//
// Text is always the value as text, ready to be shown or stored: numbers without exponent or trailing ".0", leading
// zeros restored where the number format shows them ("07700900123" formatted 00000000000), dates as 2026-11-24,
// 2026-11-24 10:30 or 10:30. A value that the program itself could no longer show in full ("4.479E+11" typed as text)
// stays as it stands, so that whoever checks the row can refuse it.
type Cell struct {
	Text   string
	Number float64   // for Number; the serial behind Date, DateTime and TimeOfDay; 1 or 0 for Bool
	Time   time.Time // for Date, DateTime and TimeOfDay: a wall clock, written in UTC but of no zone; TimeOfDay is on 1 January of year 0
	Kind   Kind

	Formula bool // the value is the stored result of a formula; it may be stale
	Cut     bool // the text was longer than MaxCellText and has been cut there
}

// A Kind says what a cell holds.
type Kind uint8

const (
	Empty     Kind = iota
	Text           // anything typed as text; every cell of a CSV file
	Number         // a number; Text has its digits
	Date           // a day
	DateTime       // a day with a time
	TimeOfDay      // a time without a day, "10:30"; a length of time over a day reads "36:00"
	Bool           // TRUE or FALSE
	Error          // #N/A, #REF!, …: Text has the mark
	Unknown        // a formula whose result the file doesn't hold; Text is empty
)

var kindNames = [...]string{"empty", "text", "number", "date", "datetime", "time", "bool", "error", "unknown"}

func (k Kind) String() string { return kindNames[k] }

// IsEmpty says whether the cell holds nothing at all.
func (c *Cell) IsEmpty() bool { return c.Kind == Empty }

// TextCell returns a cell that stays text whatever it looks like; "" gives an empty cell.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}

// NumberCell returns a number.
func NumberCell(f float64) Cell {
	return Cell{Kind: Number, Number: f, Text: numberText(f)}
}

// DateCell returns the day that t's own clock shows.
func DateCell(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	d := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return Cell{Kind: Date, Time: d, Text: d.Format("2006-01-02")}
}

// DateTimeCell returns the day and minute that t's own clock shows.
func DateTimeCell(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	d := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	return Cell{Kind: DateTime, Time: d, Text: clockText(d, DateTime)}
}

// TimeCell returns a time of day.
func TimeCell(hour, minute int) Cell {
	d := time.Date(0, 1, 1, hour, minute, 0, 0, time.UTC)
	return Cell{Kind: TimeOfDay, Time: d, Text: clockText(d, TimeOfDay)}
}

// clockText writes a wall clock as Cell.Text promises. Seconds are written only where there are any.
func clockText(t time.Time, kind Kind) string {
	var b [len("2006-01-02 15:04:05")]byte
	s := b[:0]
	if kind != TimeOfDay {
		y, m, d := t.Date()
		s = append(s, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-')
		s = append(two(s, int(m)), '-')
		s = two(s, d)
	}
	if kind == DateTime {
		s = append(s, ' ')
	}
	if kind != Date {
		h, m, sec := t.Clock()
		s = append(two(s, h), ':')
		s = two(s, m)
		if sec != 0 {
			s = two(append(s, ':'), sec)
		}
	}
	return string(s)
}

func two(s []byte, n int) []byte { return append(s, byte('0'+n/10%10), byte('0'+n%10)) }

package sheet

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// A cellType is the t attribute of a cell (ECMA-376 Part 1, 18.18.11, ST_CellType).
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeText
	typeBool
	typeError
	typeDate
)

func typeOf(v []byte) cellType {
	switch string(v) {
	case "s":
		return typeShared
	case "str", "inlineStr":
		return typeText
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

// value turns what a cell stores into what a person sees.
func (w *worksheet) value(raw []byte, kind cellType, style int) (Cell, error) {
	switch kind {
	case typeText:
		return textCell(raw), nil
	case typeError:
		c := textCell(raw)
		if c.Kind == Text {
			c.Kind = Error
		}
		return c, nil
	}
	v := trim(raw)
	if len(v) == 0 {
		return Cell{}, nil
	}
	switch kind {
	case typeShared:
		i := atoi(v)
		if i < 0 || i >= len(w.book.shared) {
			return Cell{}, w.book.broken(w.name, fmt.Errorf("shared text %q of %d", v, len(w.book.shared)))
		}
		c := TextCell(w.book.shared[i])
		c.Cut = len(w.book.cut) > 0 && w.book.cut[i]
		return c, nil
	case typeBool:
		if truth(v) {
			return Cell{Kind: Bool, Text: "TRUE", Number: 1}, nil
		}
		return Cell{Kind: Bool, Text: "FALSE"}, nil
	case typeDate:
		return isoCell(v), nil
	}
	f := &plainFormat
	if style >= 0 && style < len(w.book.styles) {
		f = &w.book.styles[style]
	}
	return numberCell(v, f, w.book.epoch1904), nil
}

var plainFormat = format{show: Number}

func textCell(raw []byte) Cell {
	text, cut := cellText(raw)
	c := TextCell(text)
	c.Cut = cut
	return c
}

// numberCell reads a stored number and shows it by its format.
func numberCell(v []byte, f *format, epoch1904 bool) Cell {
	c := Cell{Kind: Number}
	whole := len(v) <= 15 && v[0] != '0' || len(v) == 1 // digits alone: Text is v
	n := int64(0)
	for _, d := range v {
		if d < '0' || d > '9' {
			whole = false
			break
		}
		n = n*10 + int64(d-'0')
	}
	if whole {
		c.Number = float64(n)
	} else {
		var err error
		if c.Number, err = parseNumber(v); err != nil {
			return textCell(v)
		}
	}
	if f.show != Number {
		if kind, t, text, ok := f.clock(c.Number, epoch1904); ok {
			c.Kind, c.Time, c.Text = kind, t, text
			return c
		}
	} else if c.Text = f.digits(c.Number); c.Text != "" {
		return c
	}
	switch {
	case whole, len(v) > 15 && len(v) < 40 && allDigits(v): // programs that keep more digits than Excel meant them
		c.Text = string(v)
	default:
		c.Text = numberText(c.Number)
	}
	return c
}

// parseNumber reads a decimal number; ParseFloat alone would take hexadecimal ones and "infinity" too.
func parseNumber(v []byte) (float64, error) {
	for _, d := range v {
		if (d < '0' || d > '9') && d != '.' && d != '-' && d != '+' && d != 'e' && d != 'E' {
			return 0, errors.New("not a number")
		}
	}
	return strconv.ParseFloat(string(v), 64)
}

// isoCell reads a date as the strict dialect stores it: ISO 8601, without a zone.
func isoCell(v []byte) Cell {
	s := string(v)
	for _, f := range []struct {
		layout string
		kind   Kind
	}{
		{"2006-01-02", Date},
		{"2006-01-02T15:04:05", DateTime},
		{"2006-01-02T15:04:05Z", DateTime},
		{"2006-01-02T15:04", DateTime},
		{"15:04:05", TimeOfDay},
		{"15:04", TimeOfDay},
	} {
		t, err := time.Parse(f.layout, s)
		if err != nil {
			continue
		}
		if f.kind == DateTime && t.Equal(t.Truncate(24*time.Hour)) {
			f.kind = Date // Excel writes every day with T00:00:00
		}
		return Cell{Kind: f.kind, Time: t, Text: clockText(t, f.kind)}
	}
	return textCell(v)
}

// reference reads "AB12": column 27, row 12.
func reference(v []byte) (col, number int, ok bool) {
	i := 0
	for ; i < len(v) && i < 4; i++ {
		c := v[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
	}
	number = atoi(v[i:])
	return col - 1, number, i > 0 && i < 4 && number > 0
}

// atoi reads a whole number of up to nine digits: 0 for nothing, -1 for anything else.
func atoi(v []byte) int {
	if len(v) > 9 {
		return -1
	}
	n := 0
	for _, d := range v {
		if d < '0' || d > '9' {
			return -1
		}
		n = n*10 + int(d-'0')
	}
	return n
}

func allDigits(v []byte) bool {
	for _, d := range v {
		if d < '0' || d > '9' {
			return false
		}
	}
	return true
}

func trim(v []byte) []byte {
	for len(v) > 0 && isSpace(v[0]) {
		v = v[1:]
	}
	for len(v) > 0 && isSpace(v[len(v)-1]) {
		v = v[:len(v)-1]
	}
	return v
}

package sheet

import (
	"fmt"
	"io"
)

// A worksheet is one sheet of an .xlsx file while it is read. What the sheet says about its own extent is ignored: many
// programs write it wrong.
type worksheet struct {
	book *xlsx
	name string
	part io.ReadCloser
	scan *scanner
	last int // number of the last row
	in   bool
	done bool
	buf  []byte

	counted bool // this row doesn't say its number
}

func (w *worksheet) close() error { return w.part.Close() }

// read reads up to the end of the next row.
func (w *worksheet) read(r *row) (bool, error) {
	r.cells, r.hidden = r.cells[:0], false
	if w.done {
		return false, nil
	}
	s := w.scan
	for {
		switch s.next() {
		case tokDone:
			w.done = true
			if s.err == nil && w.in {
				s.cut()
			}
			if s.err != nil {
				return false, w.book.broken(w.name, s.err)
			}
			return false, nil
		case tokStart:
			switch string(s.name) {
			case "sheetData":
				w.in = !s.empty
			case "row":
				if w.in {
					return true, w.readRow(r)
				}
			}
		case tokEnd:
			if w.in && string(s.name) == "sheetData" {
				w.in, w.done = false, true
				// The checksum of a zip entry is looked at when its last byte has been read.
				if _, err := io.Copy(io.Discard, w.part); err != nil {
					return false, w.book.broken(w.name, err)
				}
				return false, nil
			}
		}
	}
}

// readRow reads the row whose start tag was read last.
func (w *worksheet) readRow(r *row) error {
	s := w.scan
	number := 0
	w.counted = true
	for name, v := s.attr(); name != nil; name, v = s.attr() {
		switch string(name) {
		case "r":
			w.counted = false
			number = atoi(v)
			if number < 1 || number > MaxRows {
				return w.book.broken(w.name, fmt.Errorf("row number %q", v))
			}
		case "hidden":
			r.hidden = truth(v)
		}
	}
	if number == 0 {
		number = w.last + 1
	}
	// Rows out of order would have to be sorted, and two rows of one number can't be told apart: which of the two
	// people is in row 5? Spreadsheet programs write neither.
	if number <= w.last {
		return fault(SheetMixed, "read a row", fmt.Errorf("row %d comes after row %d", number, w.last), "sheet", w.name, "row", itoa(number))
	}
	r.number = number
	defer func() { w.last = r.number }()
	if s.empty {
		return nil
	}
	col := -1
	for {
		switch s.next() {
		case tokDone:
			s.cut()
			return w.book.broken(w.name, s.err)
		case tokEnd:
			if string(s.name) == "row" {
				return nil
			}
		case tokStart:
			if string(s.name) != "c" {
				s.skip()
				continue
			}
			next, err := w.readCell(r, col+1)
			if err != nil {
				return err
			}
			col = next
		}
	}
}

// readCell reads the cell whose start tag was read last. col is its column unless it says otherwise; the column that it
// stands in is returned.
func (w *worksheet) readCell(r *row, col int) (int, error) {
	s := w.scan
	style, kind := 0, typeNumber
	for name, v := s.attr(); name != nil; name, v = s.attr() {
		switch string(name) {
		case "r":
			c, number, ok := reference(v)
			if ok && w.counted && number > r.number && number <= MaxRows && len(r.cells) == 0 {
				r.number = number
			}
			if !ok || number != r.number {
				return 0, w.book.broken(w.name, fmt.Errorf("cell %q in row %d", v, r.number))
			}
			col = c
		case "s":
			style = atoi(v) // "" is 0, as spreadsheet programs take it
		case "t":
			kind = typeOf(v)
		}
	}
	if s.empty {
		return col, nil
	}
	raw, formula := w.buf[:0], false
	inValue, hasValue := false, false
loop:
	for {
		switch s.next() {
		case tokDone:
			s.cut()
			return 0, w.book.broken(w.name, s.err)
		case tokText:
			if inValue {
				raw = s.appendText(raw)
			}
		case tokStart:
			switch string(s.name) {
			case "v":
				inValue, hasValue = !s.empty, true
			case "f":
				formula = true
				s.skip()
			case "is":
				raw = s.richText(raw, "is")
			default:
				s.skip()
			}
		case tokEnd:
			switch string(s.name) {
			case "v":
				inValue = false
			case "c":
				break loop
			}
		}
	}
	w.buf = raw
	c, err := w.value(raw, kind, style)
	if err != nil {
		return 0, err
	}
	if c.Kind == Empty {
		if !formula || hasValue && kind == typeText {
			return col, nil
		}
		c.Kind = Unknown
	}
	c.Formula = formula
	if col >= MaxColumns {
		return 0, fault(SheetTooWide, "read a row", nil, "sheet", w.name, "row", itoa(r.number), "limit", itoa(MaxColumns))
	}
	if !r.setCell(col, c) {
		return 0, fault(SheetMixed, "read a row", fmt.Errorf("column %d of row %d is there twice", col+1, r.number), "sheet", w.name, "row", itoa(r.number))
	}
	return col, nil
}

package sheet

import (
	"context"
)

// Rows is a sheet read from top to bottom. Rows without any value are passed over.
//
//	for rows.Next() {
//		number, cells := rows.Row()
//		…
//	}
//	if err := rows.Err(); err != nil {
type Rows struct {
	ctx  context.Context
	src  source
	err  error
	done bool
	row  row
}

// A row is what a source reads: cells up to the last that holds a value, none for an empty row.
type row struct {
	number int
	hidden bool
	cells  []Cell
}

// A source reads one kind of file. read fills r, whose cells it may use again and has to set to nothing for an empty
// row; it returns false at the end.
type source interface {
	read(r *row) (bool, error)
	close() error
}

// stopEvery is after how many rows a cancelled context is noticed.
const stopEvery = 1024

// Next moves to the next row that holds anything. It returns false at the end and on an error: see Err.
func (r *Rows) Next() bool {
	if r.done || r.err != nil {
		return false
	}
	for n := 0; ; n++ {
		if n%stopEvery == 0 {
			if r.err = stopped(r.ctx); r.err != nil {
				return false
			}
		}
		ok, err := r.src.read(&r.row)
		if err != nil || !ok {
			r.err, r.done = err, true
			return false
		}
		if len(r.row.cells) > 0 {
			return true
		}
	}
}

// Row returns the row's number, as the spreadsheet program shows it beside the row (from 1), and its cells from column A
// to the last that holds a value. The cells are good until the next call of Next; their texts stay.
func (r *Rows) Row() (number int, cells []Cell) { return r.row.number, r.row.cells }

// Hidden says that the person has hidden the row, by hand or by a filter, and so doesn't expect it to be used.
func (r *Rows) Hidden() bool { return r.row.hidden }

// Err returns what stopped the reading before the end: a data.Error with a code of faults.go, or Cancelled.
func (r *Rows) Err() error { return r.err }

// Close ends the reading.
func (r *Rows) Close() error { return r.src.close() }

// setCell puts a value into its column; ok is false when something is there already.
func (r *row) setCell(col int, c Cell) (ok bool) {
	for len(r.cells) <= col {
		if len(r.cells) < cap(r.cells) {
			r.cells = r.cells[:len(r.cells)+1]
			r.cells[len(r.cells)-1] = Cell{}
		} else {
			r.cells = append(r.cells, Cell{})
		}
	}
	if r.cells[col].Kind != Empty {
		return false
	}
	r.cells[col] = c
	return true
}

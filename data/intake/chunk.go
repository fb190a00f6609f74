package intake

import (
	"context"

	"counterbell/data"
	"counterbell/data/sheet"
)

// batchRows is how many rows go to the book at once: a transaction of less than a tenth of a second.
const batchRows = 2000

// A chunk is some rows on their way: copied from the sheet, read by one of several goroutines, taken in in order.
type chunk struct {
	lines   []line
	rows    []data.ImportRow
	rejects []data.Reject
	tally   tally
	counted int // rows that hold anything
	skipped int
	err     error
	done    chan struct{}
}

// chunks copies the sheet's rows below the header, some at a time. A short sheet was read when the list was opened.
func (l *List) chunks(ctx context.Context, free chan *chunk, give func(*chunk) bool) error {
	if l.whole {
		lines := l.below()
		for len(lines) > 0 {
			c := newChunk(free)
			for _, row := range lines[:min(batchRows, len(lines))] {
				c.add(row.number, row.hidden, row.cells)
			}
			if lines = lines[len(c.lines):]; !give(c) {
				return nil
			}
		}
		return nil
	}
	rows, err := l.book.Rows(ctx, l.Sheet.Value)
	if err != nil {
		return err
	}
	defer rows.Close()
	c := newChunk(free)
	for rows.Next() {
		number, cells := rows.Row()
		if number <= l.headerRow {
			continue
		}
		c.add(number, rows.Hidden(), cells)
		if len(c.lines) == batchRows {
			if !give(c) {
				return nil
			}
			c = newChunk(free)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(c.lines) > 0 {
		give(c)
	}
	return nil
}

// newChunk takes a used chunk's memory where there is one. What the book was given is not used again.
func newChunk(free chan *chunk) *chunk {
	select {
	case c := <-free:
		*c = chunk{lines: c.lines[:0], done: make(chan struct{})}
		return c
	default:
		return &chunk{lines: make([]line, 0, batchRows), done: make(chan struct{})}
	}
}

func (c *chunk) add(number int, hidden bool, cells []sheet.Cell) {
	n := len(c.lines)
	c.lines = c.lines[:n+1]
	at := &c.lines[n]
	at.number, at.hidden = number, hidden
	at.cells = append(at.cells[:0], cells...)
}

// read turns a chunk's rows into contacts.
func (c *chunk) read(r *reader) {
	defer func() {
		if v := recover(); v != nil { // a mistake of ours must not take the window down
			c.err = data.Errorf(data.Internal, "read rows", "%v", v)
		}
	}()
	c.rows = make([]data.ImportRow, 0, len(c.lines))
	for i := range c.lines {
		c.rows = c.rows[:len(c.rows)+1]
		outcome, rejected := r.contact(&c.lines[i], &c.rows[len(c.rows)-1], &c.tally)
		if outcome != take {
			c.rows[len(c.rows)-1] = data.ImportRow{}
			c.rows = c.rows[:len(c.rows)-1]
		}
		switch outcome {
		case ignore:
			continue
		case skip:
			c.skipped++
		case reject:
			rejected.Cells = sheet.Texts(c.lines[i].cells)
			c.rejects = append(c.rejects, rejected)
		}
		c.counted++
	}
}

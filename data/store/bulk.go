package store

import (
	"context"
	"database/sql"
	"strings"
)

// A bulk is rows on their way into one table, written together by few statements: where rows are small, a statement of
// its own costs more than the row. INSERT OR FAIL spares SQLite from noting how to take half a statement back, which
// costs more than all the rest; the whole transaction goes back then anyway.
type bulk struct {
	into    string // "INSERT INTO contact_tag (tag_id, contact_id)"
	after   string // "ON CONFLICT DO NOTHING"
	columns int
	alone   bool // one row a statement
	args    []any
}

// bulkParameters is how many parameters a statement has at most; beyond some hundred there is little to gain.
const bulkParameters = 500

func newBulk(columns int, into, after string) *bulk {
	return &bulk{into: into, after: after, columns: columns}
}

// add takes a row's values.
func (b *bulk) add(values ...any) { b.args = append(b.args, values...) }

// rows is how many wait.
func (b *bulk) rows() int { return len(b.args) / b.columns }

// write writes the rows taken so far.
func (b *bulk) write(ctx context.Context, tx *sql.Tx) error {
	step := bulkParameters / b.columns * b.columns
	if b.alone {
		step = b.columns
	}
	if len(b.args) >= 2*step {
		full, err := tx.PrepareContext(ctx, b.query(step))
		if err != nil {
			return err
		}
		defer full.Close()
		for ; len(b.args) >= step; b.args = b.args[step:] {
			if _, err := full.ExecContext(ctx, b.args[:step]...); err != nil {
				return err
			}
		}
	}
	for len(b.args) > 0 {
		n := min(step, len(b.args))
		if _, err := tx.ExecContext(ctx, b.query(n), b.args[:n]...); err != nil {
			return err
		}
		b.args = b.args[n:]
	}
	return nil
}

func (b *bulk) query(parameters int) string {
	row := "(" + marks(b.columns) + ")"
	return b.into + " VALUES " + strings.Repeat(row+",", parameters/b.columns-1) + row + " " + b.after
}

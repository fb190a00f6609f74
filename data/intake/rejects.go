package intake

import (
	"context"

	"counterbell/data"
	"counterbell/data/sheet"
)

// WriteRejects saves the rejected rows as .xlsx: the list's own columns, then the row's number and the reason, so that
// they can be put right there and dropped on the window again. Reason says a code in the reader's language; rowTitle and
// reasonTitle are the headings of the two columns. Errors: those of sheet.WriteFile; when there are so many rejects that
// not all were kept, the list is read again.
func (l *List) WriteRejects(ctx context.Context, path string, receipt *data.Receipt, rowTitle, reasonTitle string, reason func(data.Reject) string) error {
	cells := map[int][]string{}
	missing := map[int]bool{}
	for _, r := range receipt.Rejects {
		if r.Cells == nil {
			missing[r.Row] = true
		}
	}
	if len(missing) > 0 {
		rows, err := l.book.Rows(ctx, l.Sheet.Value)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if number, row := rows.Row(); missing[number] {
				cells[number] = sheet.Texts(row)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	t := sheet.Table{Name: l.Sheet.Value}
	for i := range l.Columns {
		t.Columns = append(t.Columns, sheet.Column{Title: l.Columns[i].Heading})
	}
	t.Columns = append(t.Columns, sheet.Column{Title: rowTitle}, sheet.Column{Title: reasonTitle})
	for _, r := range receipt.Rejects {
		have := r.Cells
		if have == nil {
			have = cells[r.Row]
		}
		row := make([]sheet.Cell, len(l.Columns)+2)
		for i, s := range have {
			if i < len(l.Columns) {
				row[i] = sheet.TextCell(s)
			}
		}
		row[len(l.Columns)] = sheet.NumberCell(float64(r.Row))
		row[len(l.Columns)+1] = sheet.TextCell(reason(r))
		t.Rows = append(t.Rows, row)
	}
	return sheet.WriteFile(ctx, path, t)
}

package sheet

import (
	"context"
)

// A Description is what `bell sheet` and the import page tell about one sheet before anything is taken from it.
type Description struct {
	Sheet
	Rows       int        `json:"rows"`        // number of the last row that holds a value; 0 for an empty sheet
	Cols       int        `json:"cols"`        // number of the last column that holds a value
	Filled     int        `json:"filled"`      // rows that hold a value
	HiddenRows int        `json:"hidden_rows"` // of these, the ones that are hidden
	Head       [][]string `json:"head"`        // the texts of the first rows; Head[0] is row 1, blank rows are empty
	Problem    error      `json:"-"`           // why the sheet can't be read to its end: a data.Error
}

// Describe reads a sheet, or every sheet when it has no name, to its end and says what is there. head is how many rows to
// show of each. A sheet that can't be read has a Problem. Errors: SheetMissing, and Cancelled.
func (b *Book) Describe(ctx context.Context, sheet string, head int) ([]Description, error) {
	sheets := b.sheets
	if sheet != "" {
		p, err := b.find(sheet)
		if err != nil {
			return nil, err
		}
		sheets = []part{p}
	}
	var out []Description
	for _, p := range sheets {
		d := Description{Sheet: p.Sheet}
		d.Problem = d.read(ctx, b, p, head)
		if err := stopped(ctx); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (d *Description) read(ctx context.Context, b *Book, p part, head int) error {
	rows, err := b.read(ctx, p)
	if err != nil {
		return err
	}
	defer rows.Close()
	d.Head = [][]string{}
	for rows.Next() {
		number, cells := rows.Row()
		d.Rows = max(d.Rows, number)
		d.Cols = max(d.Cols, len(cells))
		d.Filled++
		if rows.Hidden() {
			d.HiddenRows++
		}
		if number > head {
			continue
		}
		for len(d.Head) < number-1 {
			d.Head = append(d.Head, []string{})
		}
		d.Head = append(d.Head, Texts(cells))
	}
	return rows.Err()
}

// Texts returns what the cells show.
func Texts(cells []Cell) []string {
	out := make([]string, len(cells))
	for i := range cells {
		out[i] = cells[i].Text
	}
	return out
}

// FirstSheet returns the name of the first sheet that isn't hidden and holds a value. Error FileNoRows when none does.
func (b *Book) FirstSheet(ctx context.Context) (string, error) {
	for _, p := range b.sheets {
		if p.Hidden {
			continue
		}
		rows, err := b.read(ctx, p)
		if err != nil {
			return "", err
		}
		found := rows.Next()
		rows.Close()
		if rows.Err() != nil {
			return "", rows.Err()
		}
		if found {
			return p.Name, nil
		}
	}
	return "", fault(FileNoRows, "find a sheet with rows", nil)
}

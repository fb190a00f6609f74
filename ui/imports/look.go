package imports

import (
	"context"
	"maps"
	"os"
	"strings"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/sheet"
	"counterbell/data/store"
)

// How much of a list the check page shows.
const (
	previewRows  = 12
	headRows     = 12
	shownColumns = 40
)

// lookAt opens a file as it is to be understood. A list in which no column
// holds phone numbers comes back too, with that error in NoPhone: the person
// can point to the column. Whoever gets the list closes it.
func lookAt(ctx context.Context, s *store.Store, a Attempt, columns []intake.Column) (*Opened, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	o := a.Choices.Options(columns)
	o.Home, o.Zone, o.Currency, o.Today = b.Country, b.Zone, b.Currency, s.Now().In(b.Location())
	out := &Opened{Attempt: a, forced: -1}
	if at, err := os.Stat(a.Path); err == nil {
		out.Saved = at.ModTime()
	}
	list, err := intake.Open(ctx, a.Path, o)
	if data.CodeOf(err) == intake.NoPhoneColumn {
		out.NoPhone = err
		// A column that nobody has named stands in, so that there is a table to
		// point at.
		for out.forced = 0; ; out.forced++ {
			if _, named := a.Choices.Columns[out.forced]; !named {
				break
			}
		}
		o.Map = maps.Clone(o.Map)
		o.Map[data.FieldPhone] = []string{columnName(columns, out.forced)}
		if list, err = intake.Open(ctx, a.Path, o); err != nil {
			return nil, out.NoPhone
		}
	}
	if err != nil {
		return nil, err
	}
	out.List, out.Rows = list, list.Preview(previewRows)
	if out.NoPhone != nil {
		asTheyAre(out.Rows)
		list.Columns[out.forced].Field, list.Columns[out.forced].Because, list.Columns[out.forced].Sure = data.FieldSkip, "imports.no_phone", false
	}
	out.Heads = heads(ctx, list)
	return out, nil
}

// asTheyAre shows rows as the file has them, while nothing can be said about
// what becomes of them.
func asTheyAre(rows []intake.PreviewRow) {
	for r := range rows {
		rows[r].Reject, rows[r].Skipped = nil, false
		for c := range rows[r].Cells {
			rows[r].Cells[c] = intake.PreviewCell{Was: rows[r].Cells[c].Was, Now: rows[r].Cells[c].Was}
		}
	}
}

// heads are the first rows of the sheet, to choose the headings among. What
// can't be read here was read before, so there is nothing to say about it.
func heads(ctx context.Context, list *intake.List) (out []Head) {
	encoding := list.Encoding.Value
	if isWorkbook(list) {
		encoding = ""
	}
	book, err := sheet.OpenAs(ctx, list.Path, encoding)
	if err != nil {
		return nil
	}
	defer book.Close()
	rows, err := book.Rows(ctx, list.Sheet.Value)
	if err != nil {
		return nil
	}
	defer rows.Close()
	for len(out) < headRows && rows.Next() {
		number, cells := rows.Row()
		var words []string
		for _, s := range sheet.Texts(cells) {
			if s = strings.TrimSpace(s); s != "" && len(words) < 4 {
				words = append(words, short(s, 24))
			}
		}
		if len(words) > 0 {
			out = append(out, Head{number, strings.Join(words, " · ")})
		}
	}
	return out
}

// isWorkbook tells .xlsx from text files, which have an encoding to choose.
func isWorkbook(l *intake.List) bool { return l.Encoding.Because == "intake.encoding.xlsx" }

// short cuts a text after so many characters.
func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// Columns are those that the table shows, and how many it leaves out: columns
// without a heading and without a value, and those beyond any screen.
func (o *Opened) Columns() (shown []intake.Column, more int) {
	for _, c := range o.List.Columns {
		switch {
		case c.Heading == "" && c.Filled == 0:
		case len(shown) == shownColumns:
			more++
		default:
			shown = append(shown, c)
		}
	}
	return shown, more
}

// PhoneColumn is the first column of phone numbers; -1 when there is none.
func (o *Opened) PhoneColumn() int {
	for _, c := range o.List.Columns {
		if c.Field == data.FieldPhone {
			return c.Index
		}
	}
	return -1
}

// changed tells whether the file was saved again since it was looked at.
func (o *Opened) changed() bool {
	at, err := os.Stat(o.Path)
	return err == nil && (!at.ModTime().Equal(o.Saved) || at.Size() != o.List.Size)
}

package intake

import (
	"context"
	"slices"

	"counterbell/data"
	"counterbell/data/sheet"
)

// findDates decides for each column of dates whether the day or the month stands first.
func (l *List) findDates(ctx context.Context) error {
	var open []*Column
	for i := range l.Columns {
		c := &l.Columns[i]
		if !isDateField(c.Field) {
			continue
		}
		for _, row := range l.below() {
			if c.Index < len(row.cells) && text(&row.cells[c.Index]) != "" {
				c.evidence.add(&row.cells[c.Index])
			}
		}
		if c.evidence.open > 0 && c.evidence.day+c.evidence.month == 0 {
			open = append(open, c)
		}
	}
	if len(open) > 0 && !l.whole && l.options.Dates == Undecided {
		if err := l.readDates(ctx, open); err != nil {
			return err
		}
	}
	// A column that proves nothing follows one that does: the same program wrote both.
	proven := Undecided
	for i := range l.Columns {
		if o, sure := l.Columns[i].evidence.order(l.country()); sure && l.Columns[i].evidence.day+l.Columns[i].evidence.month > 0 {
			proven = o
		}
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		if !isDateField(c.Field) || c.evidence.open+c.evidence.day+c.evidence.month == 0 {
			continue
		}
		order, sure := c.evidence.order(l.country())
		switch {
		case l.options.Dates != Undecided:
			order, sure = l.options.Dates, true
		case !sure && proven != Undecided && c.evidence.day+c.evidence.month == 0:
			order, sure = proven, true
		}
		c.Dates, c.Sure = order, c.Sure && sure
	}
	return nil
}

// readDates looks at the rest of the sheet until one date proves each open column's order.
func (l *List) readDates(ctx context.Context, open []*Column) error {
	r, err := l.book.Rows(ctx, l.Sheet.Value)
	if err != nil {
		return err
	}
	defer r.Close()
	seen := l.sample[len(l.sample)-1].number
	for len(open) > 0 && r.Next() {
		number, cells := r.Row()
		if number <= seen {
			continue
		}
		open = slices.DeleteFunc(open, func(c *Column) bool {
			if c.Index < len(cells) && cells[c.Index].Kind == sheet.Text {
				c.evidence.add(&cells[c.Index])
			}
			return c.evidence.day+c.evidence.month > 0
		})
	}
	return r.Err()
}

func isDateField(f data.Field) bool {
	return f == data.FieldBirthday || f == data.FieldLastVisit || f == data.FieldDate || f == data.FieldStarts
}

package intake

import (
	"slices"
	"strconv"
	"strings"

	"counterbell/data"
)

// byHand applies what the person chose.
func (l *List) byHand() error {
	fields := Fields(l.Kind)
	order := make([]data.Field, 0, len(l.options.Map))
	for f := range l.options.Map {
		if !slices.Contains(fields, f) {
			return data.Errorf(MapNoField, "map the columns", "no field of that name").With("field", string(f))
		}
		order = append(order, f)
	}
	slices.Sort(order)
	chosen := map[int]bool{}
	for _, f := range order {
		for rank, name := range l.options.Map[f] {
			i, ok := l.column(name)
			if !ok {
				return data.Errorf(MapNoColumn, "map the columns", "no column of that name").With("field", string(f)).With("column", name).With("headings", l.headings())
			}
			if f != data.FieldExtra && f != meansNone && f != meansOptIn && f != meansOptOut {
				for j := range l.Columns { // what was found for this field before gives way
					if l.Columns[j].Field == f && !chosen[j] {
						l.Columns[j].Field, l.Columns[j].Because = data.FieldSkip, "intake.column.none"
					}
				}
			}
			c := &l.Columns[i]
			c.Field, c.Consent, c.Because, c.Sure = f, "", "intake.column.chosen", true
			c.rank = rank
			switch f {
			case meansNone:
				c.Field = data.FieldSkip
			case meansOptIn, meansOptOut:
				c.Field, c.Consent = data.FieldExtra, f
			}
			chosen[i] = true
		}
	}
	return nil
}

// column finds a column by its heading, its letter or its number.
func (l *List) column(name string) (int, bool) {
	name = strings.TrimSpace(name)
	for i := range l.Columns {
		if l.Columns[i].Heading != "" && (l.Columns[i].Heading == name || plain(l.Columns[i].Heading) == plain(name)) {
			return i, true
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(l.Columns) {
		return n - 1, true
	}
	for i := range l.Columns {
		if strings.EqualFold(l.Columns[i].Letter, name) {
			return i, true
		}
	}
	return 0, false
}

func (l *List) headings() string {
	var names []string
	for i := range l.Columns {
		if t := l.Columns[i].Title(); len(names) < 20 {
			names = append(names, t)
		}
	}
	return strings.Join(names, ", ")
}

// required says what a list can't do without.
func (l *List) required() error {
	has := map[data.Field]bool{}
	for _, c := range l.Columns {
		has[c.Field] = true
	}
	switch {
	case l.Kind == Contacts && !has[data.FieldPhone]:
		return data.Errorf(NoPhoneColumn, "find the phone numbers", "no column holds phone numbers").With("headings", l.headings()).With("sheet", l.Sheet.Value)
	case l.Kind == Appointments && !has[data.FieldStarts] && !has[data.FieldDate]:
		return data.Errorf(NoDateColumn, "find the appointments' dates", "no column holds dates").With("headings", l.headings()).With("sheet", l.Sheet.Value)
	}
	return nil
}

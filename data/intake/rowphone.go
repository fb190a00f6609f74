package intake

import (
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/sheet"
)

// phone finds the number that texts go to among the row's, and the others.
func (r *reader) phone(row *line, c *data.Contact, t *tally) (data.Reject, bool) {
	problem, where, value := phone.Missing, -1, ""
	for _, i := range r.phones {
		cell := cellAt(row, i)
		if cell == nil {
			continue
		}
		found, why, raw := r.number(cell, c.Country, r.l.Columns[i].Title(), t)
		if len(found) == 0 {
			if why != phone.Missing && problem == phone.Missing {
				problem, where, value = why, i, raw
			}
			if why != phone.Missing && len(r.phones) > 1 {
				// Another column may hold the right one: then this text stays with the person.
				defer func(i int) {
					if c.Phone != "" {
						r.keep(&column{i: i, title: r.l.Columns[i].Title(), limit: maxExtra}, clean(cell.Text), c, t)
						t.add(qUnreadable, r.l.Columns[i].Title(), func() string { return clean(cell.Text) })
					}
				}(i)
			}
			continue
		}
		for _, f := range found {
			switch {
			case c.Phone == "":
				c.Phone, c.Facts = f.Phone, f
			case f.Phone == c.Phone:
			case c.Facts.Line == data.Landline && f.Line != data.Landline: // texts go to the mobile
				c.Others = append(c.Others, c.Phone)
				c.Phone, c.Facts = f.Phone, f
			default:
				c.Others = appendNew(c.Others, f.Phone)
			}
		}
	}
	if c.Phone == "" {
		if where < 0 {
			where = r.phones[0]
		}
		if problem == phone.DigitsLost {
			t.add(qDigitsLost, r.l.Columns[where].Title(), func() string { return value })
		}
		return data.Reject{Row: row.number, Column: r.l.Columns[where].Title(), Value: value, Reason: string(problem)}, false
	}
	switch c.Facts.Line {
	case data.Landline:
		t.add(qLandline, "", nil)
	case data.FictionalLine:
		t.add(qFictional, "", nil)
	}
	return data.Reject{}, true
}

// number reads a cell that may hold several. Country is what the row says; it is tried before the list's.
func (r *reader) number(cell *sheet.Cell, country, title string, t *tally) (found []data.PhoneFacts, problem data.Code, raw string) {
	raw = strings.TrimSpace(cell.Text)
	switch cell.Kind {
	case sheet.Date, sheet.DateTime, sheet.TimeOfDay:
		return nil, phone.Dated, raw
	case sheet.Error, sheet.Unknown:
		return nil, phone.FailedCell, raw
	case sheet.Bool:
		return nil, phone.Letters, raw
	}
	one := func(s string) (phone.Reading, bool) {
		var p phone.Reading
		if country != "" && country != r.l.country() {
			if p = phone.Read(s, country); p.OK() {
				return p, true
			}
		}
		p = phone.Read(s, r.l.country())
		if p.Problem == phone.Foreign {
			t.add(qForeign, title, func() string { return s + " → " + phone.Show(p.Abroad.Phone, "") })
			if r.l.options.Foreign {
				return phone.Reading{Facts: p.Abroad}, true
			}
		}
		return p, p.OK()
	}
	p, ok := one(raw)
	if !ok && p.Problem != phone.Two {
		return nil, p.Problem, raw
	}
	if p.Problem == phone.Two {
		var first data.Code
		for _, part := range phone.Split(raw) {
			if q, ok := one(part); ok {
				found = append(found, q.Facts)
			} else if first == "" {
				first = q.Problem
			}
		}
		if len(found) > 0 && r.l.options.NoPairs {
			t.add(qTwoOut, title, func() string { return clean(raw) })
			return nil, phone.Two, raw
		}
		if len(found) > 0 {
			t.add(qTwo, title, func() string { return clean(raw) })
			return found, "", raw
		}
		return nil, first, raw
	}
	if p.Notes&phone.LeadingZero != 0 {
		noticed := qLeadingZero
		if r.l.options.NoZeros {
			noticed = qZeroOut
		}
		t.add(noticed, title, func() string { return raw + " → " + phone.Show(p.Facts.Phone, p.Facts.Region) })
		if r.l.options.NoZeros {
			return nil, phone.TooShort, raw
		}
	}
	return []data.PhoneFacts{p.Facts}, "", raw
}

func appendNew(list []data.Phone, p data.Phone) []data.Phone {
	for _, have := range list {
		if have == p {
			return list
		}
	}
	return append(list, p)
}

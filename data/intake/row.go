package intake

import (
	"strconv"
	"strings"

	"counterbell/data"
	"counterbell/data/sheet"
)

// A reader turns rows of one list into contacts. It is made once and used by several goroutines.
type reader struct {
	l       *List
	phones  []int
	at      map[data.Field]int // columns of the fields that come once
	name    int
	dates   []column // birthday, last visit
	texts   []column // fields that are kept as text
	values  []column // amount, visits, tags, language, country, state
	extras  []column
	consent []column
	skipped map[int]bool
	header  []string // the headings' texts, to know them again further down
}

type column struct {
	i     int
	field data.Field
	order DateOrder
	title string
	limit int
}

// outcome is what a row turned out to be before the book has seen it.
type outcome uint8

const (
	take   outcome = iota
	reject         // see the reject
	skip           // hidden, a total, a repeated header: counted, not taken in
	ignore         // nothing there: not counted
)

func (l *List) reader() *reader {
	r := &reader{l: l, phones: l.phones(), at: map[data.Field]int{}, name: -1, skipped: map[int]bool{}}
	for i := range l.Columns {
		c := &l.Columns[i]
		k := column{i: i, field: c.Field, order: c.Dates, title: c.Title(), limit: maxShort}
		r.header = append(r.header, plain(c.Heading))
		switch c.Field {
		case data.FieldSkip:
			r.skipped[i] = true
			continue
		case data.FieldPhone:
			continue
		case data.FieldName:
			r.name = i
		case data.FieldBirthday, data.FieldLastVisit:
			r.dates = append(r.dates, k)
		case data.FieldSpend, data.FieldVisits, data.FieldTags, data.FieldLanguage, data.FieldEmail, data.FieldCountry, data.FieldState:
			r.values = append(r.values, k)
		case data.FieldExtra:
			k.limit = maxExtra
			r.extras = append(r.extras, k)
			if c.Consent != "" {
				k.field = c.Consent
				r.consent = append(r.consent, k)
			}
			continue
		case data.FieldNote:
			k.limit = maxNote
			r.texts = append(r.texts, k)
		case data.FieldGivenName, data.FieldFamilyName, data.FieldCity, data.FieldPostcode, data.FieldExternalID:
			r.texts = append(r.texts, k)
		}
		r.at[c.Field] = i
	}
	return r
}

// is finds out what sort of row this is.
func (r *reader) is(row *line, t *tally) outcome {
	filled, telling, phoneFilled := 0, 0, false
	for i := range row.cells {
		if row.cells[i].Kind == sheet.Empty || row.cells[i].Kind == sheet.Text && strings.TrimSpace(row.cells[i].Text) == "" {
			continue
		}
		filled++
		if !r.skipped[i] {
			telling++
		}
	}
	for _, i := range r.phones {
		phoneFilled = phoneFilled || i < len(row.cells) && row.cells[i].Kind != sheet.Empty && !isCount(&row.cells[i])
	}
	switch {
	case filled == 0:
		return ignore
	case row.hidden:
		t.add(qHidden, "", nil)
		return skip
	case telling == 0:
		t.add(qEmpty, "", nil)
		return skip
	case !phoneFilled && isTotal(row.cells):
		t.add(qTotals, "", nil)
		return skip
	case r.repeatsHeader(row.cells):
		t.add(qHeaders, "", nil)
		return skip
	}
	return take
}

// isCount tells a short number from a phone's: below a column of phones it says how many there are.
func isCount(c *sheet.Cell) bool {
	n, err := strconv.Atoi(strings.TrimSpace(c.Text))
	return err == nil && n >= 0 && n < 1_000_000
}

// isTotal finds "Total", "合计:" or "Suma" in a cell of its own.
func isTotal(cells []sheet.Cell) bool {
	for i := range cells {
		if cells[i].Kind == sheet.Text && len(cells[i].Text) <= 40 {
			word, _, _ := strings.Cut(narrow(cells[i].Text), ":")
			if isWord("total", plain(word)) {
				return true
			}
		}
	}
	return false
}

func (r *reader) repeatsHeader(cells []sheet.Cell) bool {
	if len(r.phones) == 0 || r.l.headerRow == 0 {
		return false
	}
	// The telling cell first: a person's phone is never the word "Phone".
	p := r.phones[0]
	if p >= len(cells) || cells[p].Kind != sheet.Text || len(cells[p].Text) > 60 || r.header[p] == "" || strings.ContainsAny(cells[p].Text, "0123456789") {
		return false
	}
	return plain(cells[p].Text) == r.header[p]
}

// contact reads a row. What doesn't fit its column is kept as it is under the column's heading: nothing is lost.
func (r *reader) contact(row *line, out *data.ImportRow, t *tally) (outcome, data.Reject) {
	if o := r.is(row, t); o != take {
		return o, data.Reject{}
	}
	*out = data.ImportRow{Number: row.number}
	c := &out.Contact
	for k := range r.values { // the country first: it helps with the phone
		if r.values[k].field == data.FieldCountry {
			r.value(&r.values[k], row, c, t)
		}
	}
	if rejected, ok := r.phone(row, c, t); !ok {
		return reject, rejected
	}
	for k := range r.texts {
		r.textValue(&r.texts[k], row, c, t)
	}
	r.names(row, c, t)
	for k := range r.values {
		if r.values[k].field != data.FieldCountry {
			r.value(&r.values[k], row, c, t)
		}
	}
	for k := range r.dates {
		r.date(&r.dates[k], row, c, t)
	}
	for k := range r.extras {
		e := &r.extras[k]
		if cell := cellAt(row, e.i); cell != nil {
			if s := text(cell); !blank(s, true) {
				r.keep(e, s, c, t)
			}
		}
	}
	for k := range r.consent {
		q := &r.consent[k]
		s := ""
		if cell := cellAt(row, q.i); cell != nil {
			if s = text(cell); cell.Kind == sheet.Date || cell.Kind == sheet.DateTime {
				s = cell.Time.Format("2006-01-02") // the day on which they agreed, or opted out
			}
		}
		if blank(s, false) {
			s = ""
		}
		yes, clear := agreed(q.field, s)
		if !clear {
			t.add(qConsentUnclear, q.title, func() string { return s })
		}
		if !yes {
			out.NoConsent = true
			t.add(qConsentNo, q.title, nil)
		}
	}
	return take, data.Reject{}
}

func cellAt(row *line, i int) *sheet.Cell {
	if i < 0 || i >= len(row.cells) || row.cells[i].Kind == sheet.Empty {
		return nil
	}
	return &row.cells[i]
}

package intake

import (
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
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
		phoneFilled = phoneFilled || i < len(row.cells) && row.cells[i].Kind != sheet.Empty
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
		if len(found) > 0 {
			t.add(qTwo, title, func() string { return clean(raw) })
			return found, "", raw
		}
		return nil, first, raw
	}
	if p.Notes&phone.LeadingZero != 0 {
		t.add(qLeadingZero, title, func() string { return raw + " → " + phone.Show(p.Facts.Phone, p.Facts.Region) })
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

// keep holds a text under its column's heading.
func (r *reader) keep(k *column, s string, c *data.Contact, t *tally) {
	if s == "" {
		return
	}
	s, cut := capped(s, k.limit)
	if cut {
		t.add(qCut, k.title, nil)
	}
	if c.Extra == nil {
		c.Extra = make(map[string]string, len(r.extras))
	}
	c.Extra[k.title] = s
}

func (r *reader) textValue(k *column, row *line, c *data.Contact, t *tally) {
	cell := cellAt(row, k.i)
	if cell == nil {
		return
	}
	s := text(cell)
	if blank(s, k.field == data.FieldGivenName || k.field == data.FieldFamilyName || k.field == data.FieldNote) {
		return
	}
	s, cut := capped(s, k.limit)
	if cut || cell.Cut {
		t.add(qCut, k.title, nil)
	}
	switch k.field {
	case data.FieldGivenName:
		c.GivenName = s
	case data.FieldFamilyName:
		c.FamilyName = s
	case data.FieldCity:
		c.City = s
	case data.FieldPostcode:
		c.Postcode = s
	case data.FieldExternalID:
		c.ExternalID = s
	case data.FieldNote:
		c.Note = s
	}
}

// names puts the full name and its halves together.
func (r *reader) names(row *line, c *data.Contact, t *tally) {
	typedGiven, typedFamily := c.GivenName, c.FamilyName
	c.Name, c.GivenName, c.FamilyName = r.fullName(row, t, typedGiven, typedFamily)
}

// fullName returns the name as the list has it, and what a text may call the person.
func (r *reader) fullName(row *line, t *tally, typedGiven, typedFamily string) (full, given, family string) {
	if cell := cellAt(row, r.name); cell != nil {
		s := text(cell)
		if !blank(s, true) {
			var cut bool
			if full, cut = capped(s, maxName); cut {
				t.add(qCut, r.l.Columns[r.name].Title(), nil)
			}
		}
	}
	if typedGiven != "" {
		given = callable(typedGiven)
	}
	family = recase(typedFamily)
	if full == "" {
		return joinName(recase(typedGiven), family), given, family
	}
	if typedGiven == "" {
		g, f := splitName(full)
		given = g
		if family == "" {
			family = f
		}
	}
	return full, given, family
}

func (r *reader) value(k *column, row *line, c *data.Contact, t *tally) {
	cell := cellAt(row, k.i)
	if cell == nil {
		return
	}
	s := text(cell)
	if blank(s, false) {
		return
	}
	ok := true
	switch k.field {
	case data.FieldEmail:
		c.Email, ok = readEmail(s)
		if !ok {
			c.Email = ""
		}
	case data.FieldCountry:
		c.Country, ok = readCountry(s)
	case data.FieldState:
		country := c.Country
		if country == "" {
			country = r.l.country()
		}
		c.State, _ = capped(readState(s, country), maxShort)
	case data.FieldLanguage:
		c.Language, ok = readLanguage(s)
	case data.FieldTags:
		raw := s
		if cell.Kind == sheet.Text { // line breaks part tags too, and cleaning takes them away
			raw = cell.Text
		}
		var cut bool
		if c.Tags, cut = readTags(raw); cut {
			t.add(qCut, k.title, nil)
		}
	case data.FieldSpend:
		var m data.Money
		if m, ok = readMoney(cell, r.l.options.Currency); ok {
			c.Spend = m
		}
	case data.FieldVisits:
		var n int
		if n, ok = readCount(cell); ok {
			c.Visits = n
		}
	}
	if !ok {
		t.add(qUnreadable, k.title, func() string { return s })
		r.keep(&column{title: k.title, limit: maxExtra}, s, c, t)
	}
}

func (r *reader) date(k *column, row *line, c *data.Contact, t *tally) {
	cell := cellAt(row, k.i)
	if cell == nil {
		return
	}
	birthday := k.field == data.FieldBirthday
	w, ok := writtenIn(cell)
	var d data.Date
	if ok {
		d, ok = w.on(k.order).full(r.l.options.Today, birthday).date(birthday, r.l.options.Today)
	}
	if !ok {
		if s := text(cell); !blank(s, false) {
			t.add(qUnreadable, k.title, func() string { return s })
			r.keep(&column{title: k.title, limit: maxExtra}, s, c, t)
		}
		return
	}
	if birthday {
		c.Birthday = d
	} else {
		c.LastVisit = d
	}
}

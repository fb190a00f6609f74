package intake

import (
	"counterbell/data"
	"counterbell/data/sheet"
)

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

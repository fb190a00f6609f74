package intake

import (
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/sheet"
)

// A PreviewRow is a row as it will be stored, beside what the file says.
type PreviewRow struct {
	Number  int           `json:"number"`
	Cells   []PreviewCell `json:"cells"` // one for each of the list's columns
	Skipped bool          `json:"skipped,omitempty"`
	Reject  *data.Reject  `json:"reject,omitempty"`
}

// A PreviewCell is one value: Was is struck through where Changed, Now stands below it.
type PreviewCell struct {
	Was     string `json:"was"`
	Now     string `json:"now"`
	Changed bool   `json:"changed,omitempty"`
	Problem string `json:"problem,omitempty"` // code of a reject
}

// Preview shows the first n rows below the header.
func (l *List) Preview(n int) []PreviewRow {
	var out []PreviewRow
	r := l.reader()
	for i := range l.below() {
		if len(out) == n {
			break
		}
		row := &l.below()[i]
		var t tally
		var in data.ImportRow
		p := PreviewRow{Number: row.number, Cells: make([]PreviewCell, len(l.Columns))}
		if l.Kind == Appointments {
			p.Cells = r.asWritten(row)
			out = append(out, p)
			continue
		}
		outcome, rejected := r.contact(row, &in, &t)
		switch outcome {
		case ignore:
			continue
		case skip:
			p.Skipped = true
		case reject:
			p.Reject = &rejected
		}
		for c := range l.Columns {
			p.Cells[c] = r.previewCell(row, c, &in.Contact)
			if outcome == skip {
				p.Cells[c].Now, p.Cells[c].Changed = p.Cells[c].Was, false
			}
		}
		out = append(out, p)
	}
	return out
}

func (r *reader) asWritten(row *line) []PreviewCell {
	out := make([]PreviewCell, len(r.l.Columns))
	for c := range out {
		if cell := cellAt(row, c); cell != nil {
			out[c].Was = clean(cell.Text)
			out[c].Now = out[c].Was
		}
	}
	return out
}

func (r *reader) previewCell(row *line, c int, contact *data.Contact) (p PreviewCell) {
	cell := cellAt(row, c)
	if cell == nil {
		return p
	}
	p.Was = clean(cell.Text)
	col := &r.l.Columns[c]
	switch col.Field {
	case data.FieldSkip:
		return p
	case data.FieldPhone:
		var t tally
		found, problem, _ := r.number(cell, contact.Country, col.Title(), &t)
		if len(found) == 0 {
			p.Problem = string(problem)
			return p
		}
		var shown []string
		for _, f := range found {
			shown = append(shown, phone.Show(f.Phone, r.l.country()))
		}
		p.Now = strings.Join(shown, ", ")
		p.Changed = digitsOf(p.Now) != digitsOf(p.Was)
		return p
	case data.FieldName:
		p.Now = contact.Name
	case data.FieldGivenName:
		p.Now = contact.GivenName
	case data.FieldFamilyName:
		p.Now = contact.FamilyName
	case data.FieldEmail:
		p.Now = contact.Email
	case data.FieldCity:
		p.Now = contact.City
	case data.FieldState:
		p.Now = contact.State
	case data.FieldCountry:
		p.Now = contact.Country
	case data.FieldPostcode:
		p.Now = contact.Postcode
	case data.FieldLanguage:
		p.Now = contact.Language
	case data.FieldBirthday:
		p.Now = string(contact.Birthday)
	case data.FieldLastVisit:
		p.Now = string(contact.LastVisit)
	case data.FieldSpend:
		if contact.Spend.Currency != "" {
			p.Now = contact.Spend.Decimal()
		}
	case data.FieldVisits:
		if contact.Visits > 0 {
			p.Now = itoa(contact.Visits)
		}
	case data.FieldTags:
		p.Now = strings.Join(contact.Tags, ", ")
	case data.FieldNote:
		p.Now = contact.Note
	case data.FieldExternalID:
		p.Now = contact.ExternalID
	}
	if kept, ok := contact.Extra[col.Title()]; ok && p.Now == "" {
		p.Now = kept
	}
	p.Changed = p.Now != p.Was && !(cell.Kind == sheet.Date || cell.Kind == sheet.DateTime || cell.Kind == sheet.Number)
	return p
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

package intake

import (
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/sheet"
)

// contactFields and appointmentFields are what a column may be mapped to.
var (
	contactFields = []data.Field{
		data.FieldPhone, data.FieldName, data.FieldGivenName, data.FieldFamilyName, data.FieldEmail, data.FieldCity,
		data.FieldState, data.FieldCountry, data.FieldPostcode, data.FieldLanguage, data.FieldBirthday, data.FieldLastVisit, data.FieldSpend,
		data.FieldVisits, data.FieldTags, data.FieldNote, data.FieldExternalID,
	}
	appointmentFields = []data.Field{
		data.FieldPhone, data.FieldName, data.FieldGivenName, data.FieldFamilyName, data.FieldDate, data.FieldTime,
		data.FieldStarts, data.FieldDuration, data.FieldZone, data.FieldService, data.FieldStaff, data.FieldPlace, data.FieldStatus,
		data.FieldNote, data.FieldExternalID, data.FieldCountry,
	}
)

// Fields lists what a column of such a list may be mapped to, in the order in which screens offer them; "extra" and
// "skip" go with both, "consent" and "optout" with contacts.
func Fields(k Kind) []data.Field {
	if k == Appointments {
		return append(slices.Clone(appointmentFields), data.FieldExtra, meansNone)
	}
	return append(slices.Clone(contactFields), meansOptIn, meansOptOut, data.FieldExtra, meansNone)
}

// inside are the fields whose words are telling enough to be found inside a longer heading: "Customer's mobile number".
var inside = map[data.Field]bool{
	data.FieldPhone: true, data.FieldEmail: true, data.FieldBirthday: true, data.FieldLastVisit: true,
	data.FieldPostcode: true,
}

// meaning finds what a heading stands for: score 3 as it is, 2 without its brackets, 1 by a word inside, 0 not at all.
func (l *List) meaning(heading string) (synonym, int) {
	d := dictionaries()[l.Kind]
	h := plain(heading)
	if h == "" {
		return synonym{}, 0
	}
	if s, ok := d.exact[h]; ok {
		return s, 3
	}
	if open := strings.IndexAny(heading, "(（[【*"); open > 0 {
		if s, ok := d.exact[plain(heading[:open])]; ok {
			return s, 2
		}
	}
	if squeezed := strings.ReplaceAll(h, " ", ""); squeezed != h { // 手 机 号
		if s, ok := d.exact[squeezed]; ok {
			return s, 2
		}
	}
	if len([]rune(h)) > 40 {
		return synonym{}, 0
	}
	// What people answered first: "E-mail opt-in" is no address. It says nothing about texts either.
	for _, wanted := range [2]map[data.Field]bool{{meansOptIn: true, meansOptOut: true}, inside} {
		for _, key := range d.contains {
			s := d.exact[key]
			if !wanted[s.field] || !containsWords(h, key) {
				continue
			}
			if wanted[meansOptIn] && !strings.Contains(h, "sms") && (strings.Contains(h, "mail") || strings.Contains(h, "邮") || strings.Contains(h, "correo")) {
				return synonym{data.FieldExtra, 1}, 2
			}
			return s, 1
		}
	}
	return synonym{}, 0
}

// containsWords tells whether key stands in h as whole words; Chinese has no spaces, so there anywhere.
func containsWords(h, key string) bool {
	i := strings.Index(h, key)
	if i < 0 {
		return false
	}
	if key[0] >= 0x80 && han([]rune(key)[0]) {
		return true
	}
	return (i == 0 || h[i-1] == ' ') && (i+len(key) == len(h) || h[i+len(key)] == ' ')
}

// content is what the cells of a column look like, as shares of the filled ones in percent.
type content struct{ filled, numbers, emails, letters int }

func (l *List) content(column int) (c content) {
	for _, row := range l.below() {
		if column >= len(row.cells) {
			continue
		}
		cell := &row.cells[column]
		t := text(cell)
		if t == "" {
			continue
		}
		if c.filled++; c.filled > 300 {
			continue
		}
		switch {
		case strings.Contains(t, "@"):
			if _, ok := readEmail(t); ok {
				c.emails++
			}
		case l.isNumber(cell):
			c.numbers++
		case cell.Kind == sheet.Text && !strings.ContainsAny(t, "0123456789") && len([]rune(t)) <= 40:
			c.letters++
		}
	}
	if n := min(c.filled, 300); n > 0 {
		c.numbers, c.emails, c.letters = c.numbers*100/n, c.emails*100/n, c.letters*100/n
	}
	return c
}

// findColumns decides what each column is: by hand, by its heading, by what stands in it.
func (l *List) findColumns() error {
	width := 0
	for _, s := range l.sample {
		width = max(width, len(s.cells))
	}
	var headings []sheet.Cell
	for _, s := range l.sample {
		if s.number == l.headerRow {
			headings = s.cells
		}
	}
	l.Columns = make([]Column, width)
	contents := make([]content, width)
	words := make([]synonym, width)
	scores := make([]int, width)
	taken := map[string]int{}
	for i := range l.Columns {
		c := &l.Columns[i]
		c.Index, c.Letter, c.Because = i, letter(i), "intake.column.none"
		if i < len(headings) {
			c.Heading, _ = capped(clean(headings[i].Text), maxShort)
		}
		contents[i] = l.content(i)
		c.Filled = contents[i].filled
		words[i], scores[i] = l.meaning(c.Heading)
		if c.Heading != "" { // two columns of one name are kept apart: "Name", "Name (2)"
			if taken[c.Heading]++; taken[c.Heading] > 1 {
				c.Heading += " (" + itoa(taken[c.Heading]) + ")"
			}
		}
	}
	l.byHeading(words, scores, contents)
	l.byContent(contents)
	if err := l.byHand(); err != nil {
		return err
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		if c.Field == data.FieldSkip && c.Filled > 0 && c.Because == "intake.column.none" {
			c.Field, c.Because = data.FieldExtra, "intake.column.extra"
		}
	}
	return l.required()
}

// byHeading gives each field the column whose heading says it best. Several may be phones: people have two.
func (l *List) byHeading(words []synonym, scores []int, contents []content) {
	best := map[data.Field]int{}
	for i := range l.Columns {
		c, f := &l.Columns[i], words[i].field
		if scores[i] == 0 || c.Filled == 0 {
			continue
		}
		switch f {
		case meansNone:
			c.Because = "intake.column.skip"
		case meansOptIn, meansOptOut:
			c.Field, c.Consent, c.Because, c.Sure = data.FieldExtra, f, "intake.column.heading", true
		case data.FieldExtra:
			c.Field, c.Because, c.Sure = f, "intake.column.extra", true
		case data.FieldPhone:
			c.Field, c.Because, c.Sure = f, "intake.column.heading", contents[i].numbers >= 50
		default:
			if at, ok := best[f]; ok && (scores[at] > scores[i] || scores[at] == scores[i] && words[at].rank <= words[i].rank) {
				continue
			} else if ok {
				l.Columns[at].Field, l.Columns[at].Sure, l.Columns[at].Because = data.FieldSkip, false, "intake.column.none"
			}
			best[f] = i
			c.Field, c.Because, c.Sure = f, "intake.column.heading", scores[i] >= 2
		}
	}
	// "Nombre" beside "Apellidos", "Name" beside "Surname", is the given name.
	name, hasName := best[data.FieldName]
	_, hasFamily := best[data.FieldFamilyName]
	_, hasGiven := best[data.FieldGivenName]
	if hasName && hasFamily && !hasGiven {
		l.Columns[name].Field = data.FieldGivenName
	}
	l.sortPhones(words, contents)
}

// sortPhones ranks the phone columns: texts go to the first. One that is called a phone and holds none stays out of the
// way of one that does.
func (l *List) sortPhones(words []synonym, contents []content) {
	var phones []int
	holds := false
	for i := range l.Columns {
		if l.Columns[i].Field == data.FieldPhone {
			phones = append(phones, i)
			holds = holds || contents[i].numbers >= 50
		}
	}
	for _, i := range phones {
		if holds && contents[i].numbers < 20 && len(phones) > 1 && words[i].rank > 1 {
			l.Columns[i].Field, l.Columns[i].Because = data.FieldSkip, "intake.column.none"
		}
		l.Columns[i].rank = words[i].rank
	}
}

// phones are the phone columns, the one that texts go to first.
func (l *List) phones() []int {
	var p []int
	for i := range l.Columns {
		if l.Columns[i].Field == data.FieldPhone {
			p = append(p, i)
		}
	}
	slices.SortStableFunc(p, func(a, b int) int { return l.Columns[a].rank - l.Columns[b].rank })
	return p
}

// byContent looks into the columns whose headings say nothing.
func (l *List) byContent(contents []content) {
	has := map[data.Field]bool{}
	for _, c := range l.Columns {
		has[c.Field] = true
	}
	give := func(i int, f data.Field) {
		l.Columns[i].Field, l.Columns[i].Because, l.Columns[i].Sure = f, "intake.column.content", contents[i].filled > 0 && f != data.FieldName
		has[f] = true
	}
	free := func(i int) bool {
		return l.Columns[i].Field == data.FieldSkip && l.Columns[i].Because == "intake.column.none"
	}
	best := -1
	for i, c := range contents {
		if free(i) && c.numbers >= 50 && (best < 0 || c.numbers > contents[best].numbers) {
			best = i
		}
	}
	if !has[data.FieldPhone] && best >= 0 {
		give(best, data.FieldPhone)
	}
	for i, c := range contents {
		switch {
		case !free(i):
		case !has[data.FieldEmail] && c.emails >= 60:
			give(i, data.FieldEmail)
		case !has[data.FieldName] && !has[data.FieldGivenName] && !has[data.FieldFamilyName] && c.letters >= 70 && c.filled*2 >= len(l.below()) && l.varied(i):
			give(i, data.FieldName)
		}
	}
}

// varied tells names from categories: most of them differ.
func (l *List) varied(column int) bool {
	seen := map[string]bool{}
	n := 0
	for _, row := range l.below() {
		if column < len(row.cells) {
			if t := text(&row.cells[column]); t != "" {
				seen[t] = true
				n++
			}
		}
		if n == 200 {
			break
		}
	}
	return len(seen)*2 >= n
}

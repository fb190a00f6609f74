package contacts

import (
	"context"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// form is a person's record as it is typed.
type form struct {
	screen  *Screen
	was     data.Contact
	entries map[data.Field]*widget.Entry
	fields  map[data.Field]*widget.Field
	country *widget.Select
	codes   []string
	speaks  *widget.Select
	tongues []string
	born    *widget.DateField
	visited *widget.DateField
	holder  *fyne.Container // a way to whoever has the number already; empty while nobody has
	grown   func()          // called when it comes or goes
	close   func()
}

// formLimits are how many characters each field takes.
var formLimits = map[data.Field]int{
	data.FieldName: 120, data.FieldGivenName: 80, data.FieldFamilyName: 80, data.FieldPhone: 40, data.FieldEmail: 254, data.FieldCity: 80, data.FieldState: 40,
	data.FieldPostcode: 20, data.FieldSpend: 30, data.FieldVisits: 12, data.FieldTags: 400, data.FieldNote: 1000,
}

func newForm(s *Screen, c data.Contact) *form {
	f := &form{screen: s, was: c, entries: map[data.Field]*widget.Entry{}, fields: map[data.Field]*widget.Field{}, holder: widget.Row(0), grown: func() {}}
	f.holder.Hide()
	for field, limit := range formLimits {
		e := widget.NewEntry("").Limit(limit)
		if field == data.FieldNote {
			e = widget.NewTextArea("", 3).Limit(limit)
		}
		f.entries[field] = e
		hint := ""
		if key := "contacts.hint." + string(field); s.env.Texts.Has(key) {
			hint = s.env.T(key)
		}
		f.fields[field] = widget.NewField(s.env.T("contacts.field."+string(field)), hint, e)
	}
	set := func(field data.Field, text string) { f.entries[field].SetText(text) }
	set(data.FieldName, c.Name)
	set(data.FieldGivenName, c.GivenName)
	set(data.FieldFamilyName, c.FamilyName)
	if c.Phone != "" {
		set(data.FieldPhone, phone.Show(c.Phone, ""))
	}
	set(data.FieldEmail, c.Email)
	set(data.FieldCity, c.City)
	set(data.FieldState, c.State)
	set(data.FieldPostcode, c.Postcode)
	if c.Spend.Minor != 0 {
		set(data.FieldSpend, c.Spend.Decimal())
	}
	if c.Visits != 0 {
		set(data.FieldVisits, itoa(c.Visits))
	}
	set(data.FieldTags, strings.Join(c.Tags, ", "))
	set(data.FieldNote, c.Note)

	codes, names := s.countries()
	f.codes = append([]string{""}, codes...)
	f.country = widget.NewSelect(append([]string{s.env.T("common.not_known")}, names...), nil)
	f.country.SetSelected(max(indexOf(f.codes, c.Country), 0))
	f.tongues = append([]string{""}, languages...)
	if indexOf(f.tongues, c.Language) < 0 {
		f.tongues = append(f.tongues, c.Language)
	}
	speaks := []string{s.env.T("common.not_known")}
	for _, l := range f.tongues[1:] {
		speaks = append(speaks, s.env.Texts.LanguageOf(l))
	}
	f.speaks = widget.NewSelect(speaks, nil)
	f.speaks.SetSelected(indexOf(f.tongues, c.Language))
	f.born, f.visited = widget.NewDateField(s.env.Texts, s.today, nil).Optional(), widget.NewDateField(s.env.Texts, s.today, nil).Optional()
	f.fields[data.FieldCountry] = widget.NewField(s.env.T("contacts.field.country"), "", f.country)
	f.fields[data.FieldLanguage] = widget.NewField(s.env.T("contacts.field.language"), "", f.speaks)
	f.fields[data.FieldBirthday] = widget.NewField(s.env.T("contacts.field.birthday"), "", f.born)
	f.fields[data.FieldLastVisit] = widget.NewField(s.env.T("contacts.field.last_visit"), "", f.visited)
	if len(c.Birthday) == 10 {
		f.born.Set(c.Birthday)
	}
	if len(c.LastVisit) == 10 {
		f.visited.Set(c.LastVisit)
	}
	return f
}

func indexOf(all []string, one string) int {
	for i, s := range all {
		if s == one {
			return i
		}
	}
	return -1
}

// text is what stands in a field, without the spaces around it.
func (f *form) text(field data.Field) string { return strings.TrimSpace(f.entries[field].Text) }

// read checks everything, says beside each field what is wrong, and returns what the person is then.
func (f *form) read(c data.Contact) (data.Contact, bool) {
	env, ok := f.screen.env, true
	problem := func(field data.Field, text string) {
		f.fields[field].SetProblem(text)
		if text != "" {
			ok = false
		}
	}
	c.Name, c.GivenName, c.FamilyName = f.text(data.FieldName), f.text(data.FieldGivenName), f.text(data.FieldFamilyName)
	c.Email, c.City, c.State, c.Postcode = f.text(data.FieldEmail), f.text(data.FieldCity), strings.ToUpper(f.text(data.FieldState)), f.text(data.FieldPostcode)
	c.Note, c.Tags = f.text(data.FieldNote), tagsOf(f.entries[data.FieldTags].Text)
	c.Country, c.Language = f.codes[max(f.country.Selected(), 0)], f.tongues[max(f.speaks.Selected(), 0)]

	problem(data.FieldPhone, "")
	if shown := f.text(data.FieldPhone); c.Phone == "" || shown != phone.Show(c.Phone, "") {
		home := c.Country
		if home == "" {
			home = env.Business.Country
		}
		facts, err := phone.Parse(shown, home)
		if err != nil {
			problem(data.FieldPhone, env.Texts.Error(err))
		} else {
			c.Phone, c.Facts = facts.Phone, facts
		}
	}
	problem(data.FieldEmail, "")
	if c.Email != "" && !strings.Contains(strings.Trim(c.Email, "@"), "@") {
		problem(data.FieldEmail, env.T("contacts.bad_email"))
	}
	problem(data.FieldSpend, "")
	switch text := f.text(data.FieldSpend); {
	case text == "":
		c.Spend = data.Money{}
	case text == c.Spend.Decimal(): // in whatever currency it is
	default:
		m, err := data.ParseMoney(text, env.Business.Currency)
		if err != nil {
			problem(data.FieldSpend, env.T("contacts.value.no_money", "text", text))
		} else {
			c.Spend = m
		}
	}
	problem(data.FieldVisits, "")
	if text := f.text(data.FieldVisits); text == "" {
		c.Visits = 0
	} else if n, good := wholeNumber(text); good {
		c.Visits = n
	} else {
		problem(data.FieldVisits, env.T("contacts.value.no_number", "text", text))
	}
	for _, d := range []struct {
		field data.Field
		entry *widget.DateField
		into  *data.Date
	}{{data.FieldBirthday, f.born, &c.Birthday}, {data.FieldLastVisit, f.visited, &c.LastVisit}} {
		day, good := d.entry.Date()
		switch {
		case !good:
			ok = false // the field says why
		case day == "" && len(*d.into) == 7: // a birthday without a year stays
		default:
			*d.into = day
		}
	}
	return c, ok
}

// wrong is the first field that says what is wrong with it, nil when none does.
func (f *form) wrong() fyne.Focusable {
	for _, field := range []data.Field{data.FieldPhone, data.FieldEmail, data.FieldSpend, data.FieldVisits} {
		if f.fields[field].Problem() != "" {
			return f.entries[field]
		}
	}
	return nil
}

// leadToWrong puts the cursor where something is wrong.
func (f *form) leadToWrong() {
	c, at := f.screen.env.Canvas(), f.wrong()
	if c != nil && at != nil {
		c.Focus(at)
	}
}

// tagsOf reads tags as they are typed: commas between them, in any script.
func tagsOf(text string) []string {
	tags := []string{}
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;，；、\n", r) }) {
		t = strings.Join(strings.Fields(t), " ")
		if t != "" && !containsFold(tags, t) {
			tags = append(tags, t)
		}
	}
	return tags
}

func containsFold(all []string, one string) bool {
	for _, s := range all {
		if strings.EqualFold(s, one) {
			return true
		}
	}
	return false
}

// pair puts two fields beside each other.
func (f *form) pair(a, b data.Field) fyne.CanvasObject {
	return widget.Grid(2, 12, f.fields[a], f.fields[b])
}

// formWidth is how wide the dialogs with fields are.
const formWidth = 600

// editContact changes any field of a person. What was typed stays while something is wrong.
func (s *Screen) editContact(c data.Contact) {
	env, f := s.env, newForm(s, c)
	warn := widget.NewParagraph("").Sized(theme.SizeCaption).In(theme.Warn)
	column := widget.Column(12, f.pair(data.FieldName, data.FieldGivenName), f.pair(data.FieldFamilyName, data.FieldPhone), f.holder, warn, f.pair(data.FieldEmail, data.FieldLanguage),
		f.pair(data.FieldCity, data.FieldState), f.pair(data.FieldPostcode, data.FieldCountry), f.pair(data.FieldBirthday, data.FieldLastVisit), f.pair(data.FieldSpend, data.FieldVisits),
		f.fields[data.FieldTags], f.fields[data.FieldNote])
	warn.Hide()
	f.entries[data.FieldPhone].OnChanged = func(text string) {
		changed := strings.TrimSpace(text) != phone.Show(c.Phone, "")
		if warn.Visible() != changed {
			warn.SetText(env.T("contacts.number_changes"))
			warn.Hidden = !changed
			column.Refresh()
		}
	}
	d, grown := s.askForm(env.T("contacts.edit_title", "name", nameOf(&c)), env.T("common.save"), column, f.entries[data.FieldName], func(d *widget.Dialog, grown func()) {
		if _, ok := f.read(c); !ok {
			grown()
			f.leadToWrong()
			return
		}
		s.act(func(ctx context.Context) error {
			_, err := env.Store.EditContact(ctx, c.ID, func(now *data.Contact) error {
				changed, _ := f.read(c)
				merge(now, &c, &changed)
				return nil
			})
			return err
		}, func(err error) {
			if err != nil {
				s.sayProblem(f, d, err)
				return
			}
			d.Close()
			s.desk.changedPeople()
			s.toast(env.T("contacts.saved"), nil)
		})
	})
	f.grown, f.close = grown, d.Close
}

// sayProblem puts what the store refused beside its field, or says it as a toast.
func (s *Screen) sayProblem(f *form, d *widget.Dialog, err error) {
	if data.CodeOf(err) == "contact_known" {
		f.fields[data.FieldPhone].SetProblem(s.env.Texts.Error(err))
		f.look(f.text(data.FieldPhone))
		d.Refresh()
		f.leadToWrong()
		return
	}
	s.env.Fail(err, nil)
}

// merge takes into now what was changed from before to after, and leaves what somebody else changed meanwhile.
func merge(now, before, after *data.Contact) {
	for _, f := range []struct{ now, before, after *string }{
		{&now.Name, &before.Name, &after.Name},
		{&now.GivenName, &before.GivenName, &after.GivenName},
		{&now.FamilyName, &before.FamilyName, &after.FamilyName},
		{&now.Email, &before.Email, &after.Email},
		{&now.City, &before.City, &after.City},
		{&now.State, &before.State, &after.State},
		{&now.Country, &before.Country, &after.Country},
		{&now.Postcode, &before.Postcode, &after.Postcode},
		{&now.Language, &before.Language, &after.Language},
		{&now.Note, &before.Note, &after.Note},
	} {
		if *f.before != *f.after {
			*f.now = *f.after
		}
	}
	if before.Birthday != after.Birthday {
		now.Birthday = after.Birthday
	}
	if before.LastVisit != after.LastVisit {
		now.LastVisit = after.LastVisit
	}
	if before.Spend != after.Spend {
		now.Spend = after.Spend
	}
	if before.Visits != after.Visits {
		now.Visits = after.Visits
	}
	if strings.Join(before.Tags, "\x1f") != strings.Join(after.Tags, "\x1f") {
		now.Tags = after.Tags
	}
	if before.Phone != after.Phone {
		now.Phone, now.Facts = after.Phone, after.Facts
	}
}

// askForm shows fields in a dialog as high as they are; where the window is lower, they scroll. save closes the dialog
// when all is well. It returns what has to be called after the fields have grown.
func (s *Screen) askForm(title, confirm string, column *fyne.Container, first fyne.Focusable, save func(d *widget.Dialog, grown func())) (d *widget.Dialog, grown func()) {
	env := s.env
	scroll := container.NewVScroll(widget.Inset(2, 14, 4, 2, column))
	grown = func() {
		column.Refresh()
		high := float32(560) * theme.Scale()
		if c := env.Canvas(); c != nil {
			high = min(high, max(c.Size().Height-210*theme.Scale(), 160))
		}
		scroll.SetMinSize(fyne.NewSize(formWidth-48, min(scroll.Content.MinSize().Height, high)))
		scroll.Refresh()
		if d != nil {
			d.Refresh()
		}
	}
	column.Resize(fyne.NewSize(formWidth-48-16, column.MinSize().Height)) // what wraps knows its height then
	grown()
	d = env.Ask(widget.Question{Title: title, Content: scroll, Confirm: confirm, Cancel: env.T("common.cancel"), Wide: formWidth, OnConfirm: func() bool {
		save(d, grown)
		return false
	}})
	grown()
	if c := env.Canvas(); c != nil {
		c.Focus(first)
	}
	return d, grown
}

// newContact asks for a new person: the number first, and what they said about texts.
func (s *Screen) newContact() { s.newContactWith("") }

func (s *Screen) newContactWith(number string) {
	env, f := s.env, newForm(s, data.Contact{})
	f.entries[data.FieldPhone].SetText(number)
	consent := newConsentForm(s, true)
	f.entries[data.FieldPhone].OnChanged = s.lookForNumber(f)
	column := widget.Column(12, f.pair(data.FieldPhone, data.FieldName), f.holder, consent.content, widget.Divider(),
		f.pair(data.FieldGivenName, data.FieldEmail), f.pair(data.FieldCity, data.FieldLanguage), f.fields[data.FieldTags], f.fields[data.FieldNote])
	d, grown := s.askForm(env.T("contacts.new"), env.T("contacts.new_do"), column, f.entries[data.FieldPhone], func(d *widget.Dialog, grown func()) {
		c, ok := f.read(data.Contact{Tags: []string{}})
		entries, agreed := consent.read()
		if !ok || !agreed {
			grown()
			f.leadToWrong()
			return
		}
		if c.GivenName == "" && c.Name != "" {
			c.GivenName = givenName(c.Name)
		}
		s.act(func(ctx context.Context) error { return env.Store.AddContact(ctx, &c, entries...) }, func(err error) {
			if err != nil {
				s.sayProblem(f, d, err)
				return
			}
			d.Close()
			s.desk.list.Choose(c.ID)
			s.desk.changedPeople()
			s.openPerson(c.ID)
			s.toast(env.T("contacts.added", "name", nameOf(&c)), func() { s.deletePeople([]data.ContactID{c.ID}) })
		})
	})
	consent.grown, f.grown, f.close = grown, grown, d.Close
	if number != "" {
		f.look(number)
	}
}

// givenName is what a text calls somebody when nobody says: the first word of a name of several in Latin letters; of a
// Chinese name all of it, as people are spoken to.
func givenName(name string) string {
	if r := []rune(name); len(r) >= 2 && len(r) <= 4 && strings.IndexFunc(name, func(c rune) bool { return !unicode.Is(unicode.Han, c) }) < 0 {
		return name
	}
	first, rest, several := strings.Cut(name, " ")
	if several && rest != "" && first[0] < 0x80 && !strings.HasSuffix(first, ".") {
		return first
	}
	return ""
}

// lookForNumber says while a number is typed that somebody has it already.
func (s *Screen) lookForNumber(f *form) func(string) {
	stop := func() {}
	return func(text string) {
		stop()
		f.fields[data.FieldPhone].SetProblem("")
		f.offer(nil)
		stop = s.env.After(200*time.Millisecond, func() { f.look(text) })
	}
}

// look looks for whoever has a number, and offers to open them.
func (f *form) look(text string) {
	env := f.screen.env
	facts, err := phone.Parse(text, env.Business.Country)
	if err != nil {
		return
	}
	var who *data.Contact
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		who, err = env.Store.ContactByPhone(ctx, facts.Phone)
		return err
	}, func(err error) {
		if err != nil || who == nil || who.ID == f.was.ID || strings.TrimSpace(f.entries[data.FieldPhone].Text) != strings.TrimSpace(text) {
			return
		}
		if f.fields[data.FieldPhone].Problem() == "" {
			f.fields[data.FieldPhone].SetProblem(env.T("contacts.known", "name", nameOf(who)))
		}
		f.offer(who)
	})
}

// offer shows a way to whoever has the number; nil takes it away.
func (f *form) offer(who *data.Contact) {
	if who == nil && !f.holder.Visible() {
		return
	}
	s := f.screen
	f.holder.RemoveAll()
	f.holder.Hidden = who == nil
	if who != nil {
		f.holder.Add(widget.NewCaptionLink(s.env.T("contacts.open_known", "name", nameOf(who)), func() { f.close(); s.openPerson(who.ID) }))
		f.holder.Add(widget.Spring())
	}
	f.grown()
}

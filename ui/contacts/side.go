package contacts

import (
	"context"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// side is the pane beside the list: one person, or what those who are ticked have in common.
type side struct {
	screen  *Screen
	content *widget.Panel
	person  *Person
	picked  *picked // of those who are ticked
	ticks   int
	summary bool // shows those who are ticked
	tab     int
	load_   page.Latest
	check   page.Latest
	waiting func()
	shown   data.ContactID
	scroll  *container.Scroll
}

func newSide(s *Screen) *side {
	p := &side{screen: s, waiting: func() {}}
	p.scroll = container.NewVScroll(container.NewStack())
	p.content = widget.NewPanel(p.scroll).Padded(1)
	return p
}

// loadSoon loads the person that the cursor rests on, once it does.
func (p *side) loadSoon() {
	p.waiting()
	p.waiting = p.screen.env.After(120*time.Millisecond, p.load)
}

// load reads the chosen person and shows them. Whoever showed stays until then.
func (p *side) load() {
	p.waiting()
	p.waiting = func() {}
	p.summary = false
	p.reload()
}

// reload reads anew what the pane shows.
func (p *side) reload() {
	s, env := p.screen, p.screen.env
	if p.summary {
		p.loadPicked()
		return
	}
	id := s.desk.list.Current()
	if id == 0 {
		p.person = nil
		p.show()
		return
	}
	var person *Person
	p.load_.Run(env.Tasks, func(ctx context.Context) (err error) {
		person, err = readPerson(ctx, env, id)
		return err
	}, func(err error) {
		if id != s.desk.list.Current() {
			return
		}
		if data.CodeOf(err) == data.NotFound {
			s.desk.list.Choose(0)
			p.person = nil
			p.show()
			return
		}
		if err != nil {
			env.Fail(err, p.reload)
			return
		}
		if p.person != nil && p.person.ID == id && len(p.person.History) == len(person.History) {
			person.Check = p.person.Check // until it has been checked anew
		}
		p.person = person
		p.show()
		p.verify(person)
	})
}

// verify checks the person's part of the ledger, for real: hashes, commitments, and the chain up to its head.
func (p *side) verify(person *Person) {
	env := p.screen.env
	var check store.LedgerCheck
	p.check.Run(env.Tasks, func(ctx context.Context) (err error) {
		check, err = env.Store.VerifyConsentOf(ctx, person.Phone)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, func() { p.verify(person) })
			return
		}
		person.Check = &check
		if p.person == person {
			p.show()
		}
	})
}

// ticksChanged shows those who are ticked as soon as there are some.
func (p *side) ticksChanged(n int) {
	if n == p.ticks {
		return
	}
	p.ticks = n
	if n == 0 {
		p.summary = false
		p.reload()
		return
	}
	p.summary = true
	p.loadPicked()
}

// show draws the pane.
func (p *side) show() {
	var body fyne.CanvasObject
	top := false
	switch {
	case p.summary && p.picked != nil:
		body = p.pickedCard()
	case p.person != nil:
		body = p.personCard()
		top = p.shown != p.person.ID
		p.shown = p.person.ID
	default:
		env := p.screen.env
		body = widget.NewEmptyState(env.T("contacts.nobody_open"), env.T("contacts.nobody_open_how"), nil, nil)
	}
	offset := p.scroll.Offset
	if top {
		offset = fyne.Position{}
	}
	// The bar lies over the card's padding, not over the words.
	p.scroll.Content = widget.Inset(15, 15, 15, 15, body)
	p.scroll.Offset = offset
	p.scroll.Refresh()
}

// personCard is one person: who, what can be done, whether they may be texted, and what is known.
func (p *side) personCard() fyne.CanvasObject {
	s, env, who := p.screen, p.screen.env, p.person
	where := phone.Show(who.Phone, who.Facts.Region)
	if name := region(who.Facts.Region); name != "" {
		where = env.T("contacts.aside", "a", where, "b", env.Texts.Country(name))
	}
	menu := widget.NewIconButton(icons.Menu, env.T("contacts.more"), nil)
	menu.OnTap(func() { s.personMenu(menu, who) })
	head := widget.Row(12, widget.NewAvatar(nameOf(&who.Contact), 44), widget.Fill(widget.Column(0, widget.Heading(nameOf(&who.Contact)).Shorten(), widget.Caption(where).Shorten())), menu)
	column := widget.Column(12)
	if s.pane.Alone() {
		column.Add(widget.Row(0, widget.Quiet(env.T("contacts.to_list"), func() { s.pane.ShowMain(); s.list.Focus() }).WithIcon(icons.Back).Small()))
	}
	column.Add(head)
	column.Add(squeeze(widget.Grid(3, 8,
		widget.Secondary(env.T("contacts.message"), func() { env.GoTo(page.Inbox, page.ToPhone{Phone: who.Phone}) }).WithIcon(icons.Message).Small(),
		widget.Secondary(env.T("contacts.book"), func() { env.GoTo(page.Appointments, page.ToDay{Day: s.today()}) }).WithIcon(icons.Book).Small(),
		widget.Secondary(env.T("contacts.call"), func() { env.Copy(phone.Show(who.Phone, "")) }).WithIcon(icons.Phone).Small(),
	)))
	if len(who.Tags) > 0 {
		flow := widget.Flow(4)
		for _, t := range who.Tags {
			flow.Add(widget.NewTag(t))
		}
		column.Add(flow)
	}
	if about := p.about(); about != nil {
		column.Add(about)
	}
	for i := range who.May {
		column.Add(p.mayLine(&who.May[i]))
	}
	tabs := widget.NewTabs([]string{
		env.T("contacts.tab.consent"), env.T("contacts.tab.texts", "n", len(who.Texts)), env.T("contacts.tab.coupons", "n", len(who.Coupons)), env.T("contacts.tab.visits", "n", len(who.Booked)),
	}, func(i int) { p.tab = i; p.show() })
	tabs.SetSelected(p.tab)
	column.Add(squeeze(tabs))
	column.Add([]func() fyne.CanvasObject{p.consentTab, p.textsTab, p.couponsTab, p.visitsTab}[p.tab]())
	return column
}

// today is the shop's day.
func (s *Screen) today() data.Date {
	return data.DateOf(s.env.Store.Now().In(s.env.Business.Location()))
}

// about is what the person's own record says, in a few lines.
func (p *side) about() fyne.CanvasObject {
	s, env, who := p.screen, p.screen.env, p.person
	column := widget.Column(4)
	line := func(key, text string) {
		if text != "" {
			column.Add(widget.TopRow(8, widget.Exactly(theme.Grow(84), 0, widget.Caption(env.T("contacts.field."+key)).In(theme.Ink3).Shorten()),
				widget.Fill(widget.NewParagraph(text).Sized(theme.SizeCaption).In(theme.Ink))))
		}
	}
	visits := s.visit(who.LastVisit)
	if who.Visits > 0 {
		visits = joined(env, visits, env.N("contacts.visits", who.Visits))
	}
	line("last_visit", visits)
	if who.Spend.Minor != 0 {
		line("spend", env.Texts.Money(who.Spend))
	}
	line("email", who.Email)
	line("city", joined(env, who.City, who.State))
	for _, o := range who.Others {
		line("other_phone", phone.Show(o, who.Facts.Region))
	}
	if who.Language != "" {
		line("language", env.Texts.LanguageOf(who.Language))
	}
	line("birthday", s.birthday(who.Birthday))
	line("note", who.Note)
	if len(column.Objects) == 0 {
		return nil
	}
	return widget.NewSoftTile(column)
}

// joined puts two things beside each other, or one of them alone.
func joined(env *page.Env, a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return env.T("contacts.aside", "a", a, "b", b)
}

// birthday writes a birthday, with the year where it is known.
func (s *Screen) birthday(d data.Date) string {
	if len(d) == 10 {
		return s.env.Texts.Date(d.Start(time.UTC))
	}
	if at, err := time.Parse("--01-02", string(d)); err == nil {
		return s.env.Texts.Day(time.Date(2000, at.Month(), at.Day(), 0, 0, 0, 0, time.UTC))
	}
	return ""
}

// personMenu offers what is done more rarely.
func (s *Screen) personMenu(anchor fyne.CanvasObject, who *Person) {
	env := s.env
	widget.ShowMenu(anchor, []widget.MenuItem{
		{Text: env.T("contacts.edit"), Icon: icons.Edit, Do: func() { s.editContact(who.Contact) }},
		{Text: env.T("contacts.record"), Icon: icons.Consent, Do: func() { s.recordConsent(who) }},
		{Text: env.T("contacts.copy_number"), Icon: icons.Copy, Do: func() { env.Copy(phone.Show(who.Phone, "")) }},
		{Text: env.T("contacts.delete_this"), Icon: icons.Delete, Danger: true, Do: func() { s.askDelete([]data.ContactID{who.ID}) }},
	})
}

// unknownPhone is when another page leads to a number that nobody has.
func (s *Screen) unknownPhone(p data.Phone) {
	s.env.Toast(widget.Toast{
		Tone: widget.Info, Text: s.env.T("contacts.unknown_phone", "phone", phone.Show(p, "")), Close: s.env.T("common.close"),
		Action: s.env.T("contacts.add"), Do: func() { s.newContactWith(phone.Show(p, "")) },
	})
}

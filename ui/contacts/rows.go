package contacts

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// The columns of the list, in order.
const (
	columnName = iota
	columnPhone
	columnConsent
	columnCity
	columnTags
	columnVisit
	columnSpend
)

// columnKeys name the columns that can be left out.
var columnKeys = map[int]string{columnPhone: "phone", columnConsent: "consent", columnCity: "city", columnTags: "tags", columnVisit: "visit", columnSpend: "spend"}

// hiddenFirst are the columns that are left out until somebody wants them.
var hiddenFirst = []string{"city"}

// standings are how each looks in a row.
var standings = map[Standing]struct {
	tone widget.Tone
	icon *icons.Icon
}{
	CanGetOffers: {widget.OK, icons.Check},
	Reminders:    {widget.Info, icons.Reminder},
	OptedOut:     {widget.Danger, icons.OptedOut},
	NoConsent:    {widget.Neutral, nil},
}

func (s *Screen) newList() *widget.RecordList {
	env := s.env
	title := func(key string) string { return env.T("contacts.column." + key) }
	list := widget.NewRecordList([]widget.RecordColumn{
		{Title: title("name"), Least: 90, Sort: string(store.ByName)},
		{Title: title("phone"), Width: 130, From: 380},
		{Title: title("consent"), Width: 95},
		{Title: title("city"), Width: 90, From: 700},
		{Title: title("tags"), Width: 82, From: 630},
		{Title: title("visit"), Width: 58, Sort: string(store.ByLastVisit), Falls: true, From: 470},
		{Title: title("spend"), Width: 62, Trailing: true, Sort: string(store.BySpend), Falls: true, From: 600},
	}, func() []fyne.CanvasObject {
		return []fyne.CanvasObject{
			widget.Body("").Shorten(),
			container.New(numberLine{}, widget.Caption("").In(theme.Ink3), widget.Body("").Shorten()),
			container.New(leftmost{}, widget.NewPill(widget.Neutral, nil, "")),
			widget.Caption("").Shorten(),
			container.New(tagLine{}, widget.NewTag(""), widget.NewTag("")),
			widget.Caption("").Shorten(),
			widget.Body("").Trailing(),
		}
	})
	list.Length = func() int { return s.desk.list.Len() }
	list.Fill = s.fillRow
	list.Ticked = func(n int) bool { return s.desk.list.Ticked(n) }
	list.OnTick = func(from, to int, on bool) { s.desk.list.Tick(from, to, on); s.showTicks() }
	list.OnTickAll = s.tickAll
	list.OnOpen = s.openRow
	list.OnMove = s.moved
	list.OnSort = func(key string, down bool) { s.sortBy(store.Order{By: store.OrderBy(key), Down: down}) }
	list.OnKey = s.listKey
	list.OnSecondary = s.rowMenu
	hidden := hiddenFirst
	env.Kept(keepColumns, &hidden)
	for i, key := range columnKeys {
		list.HideColumn(i, contains(hidden, key))
	}
	return list
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

// fillRow writes a person into the cells of a row, and asks for the page of rows around when they haven't been read.
func (s *Screen) fillRow(n int, cells []fyne.CanvasObject) bool {
	row, ok, ask := s.desk.list.Row(n)
	if ask >= 0 {
		s.desk.fetch(ask)
		row, ok, _ = s.desk.list.Row(n)
	}
	if !ok {
		return false
	}
	t := s.env.Texts
	name := cells[columnName].(*widget.Text)
	name.SetText(nameOf(&row.Contact))
	name.SetBold(row.ID == s.desk.list.Current())
	number := cells[columnPhone].(*fyne.Container).Objects
	number[0].(*widget.Text).SetText(region(row.Facts.Region))
	number[1].(*widget.Text).SetText(phone.Show(row.Phone, row.Facts.Region))
	look := standings[row.Standing]
	pill := cells[columnConsent].(*fyne.Container).Objects[0].(*widget.Pill)
	if word := t.T("contacts.consent." + string(row.Standing)); pill.Text() != word {
		pill.Set(look.tone, look.icon, word)
	}
	cells[columnCity].(*widget.Text).SetText(row.City)
	cells[columnTags].(*fyne.Container).Layout = tagLine{row.Tags}
	showTags(cells[columnTags].(*fyne.Container), row.Tags)
	cells[columnVisit].(*widget.Text).SetText(s.visit(row.LastVisit))
	spend := ""
	if row.Spend.Minor != 0 {
		spend = t.MoneyShort(whole(row.Spend))
	}
	cells[columnSpend].(*widget.Text).SetText(spend)
	return true
}

// whole leaves the small change away, for a column that is scanned.
func whole(m data.Money) data.Money {
	unit := int64(1)
	for range data.Exponent(m.Currency) {
		unit *= 10
	}
	m.Minor -= m.Minor % unit
	return m
}

// nameOf is what a person is called in a list: their name, else their number.
func nameOf(c *data.Contact) string {
	if c.Name != "" {
		return c.Name
	}
	return phone.Show(c.Phone, c.Facts.Region)
}

// region is the country of a number as two letters; none for the ones that belong to no country.
func region(code string) string {
	if len(code) != 2 || code == "ZZ" {
		return ""
	}
	return code
}

// visit writes the day of a last visit: today, or the day, with the year when it isn't this one.
func (s *Screen) visit(d data.Date) string {
	if len(d) != 10 {
		return ""
	}
	at := d.Start(s.env.Business.Location())
	now := s.env.Store.Now().In(s.env.Business.Location())
	switch {
	case data.DateOf(now) == d:
		return s.env.T("contacts.today")
	case at.Year() == now.Year():
		return s.env.Texts.Day(at)
	}
	return s.env.T("contacts.month_year", "month", s.env.Texts.ShortMonth(at), "year", at.Format("2006"))
}

// refreshRows fills rows anew that can be seen.
func (s *Screen) refreshRows(from, to int) {
	first, end := s.list.Window()
	for n := max(from, first); n < min(to, end); n++ {
		s.list.RefreshRow(n)
	}
}

// openRow shows the person in a row.
func (s *Screen) openRow(n int) {
	if id, ok := s.desk.list.At(n); ok {
		s.openPerson(id)
	}
}

// choose makes somebody the one that is shown: their name is bold in the list.
func (s *Screen) choose(id data.ContactID) {
	before := s.desk.list.Find(s.desk.list.Current())
	s.desk.list.Choose(id)
	s.list.RefreshRow(before)
	now := s.desk.list.Find(id)
	s.list.SetCurrent(now)
	s.list.RefreshRow(now)
}

// moved shows the person that the cursor went to, where there is room for both.
func (s *Screen) moved(n int) {
	id, ok := s.desk.list.At(n)
	if !ok {
		return
	}
	s.choose(id)
	if !s.pane.Alone() {
		s.side.loadSoon()
	}
}

// listKey takes the keys that the list itself has no use for.
func (s *Screen) listKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.deleteTicked()
	default:
		return false
	}
	return true
}

// rowMenu offers what can be done with one person.
func (s *Screen) rowMenu(n int, _ fyne.Position) {
	s.list.SetCurrent(n)
	s.openRow(n)
}

// leftmost gives one thing the room that it needs, at the left.
type leftmost struct{}

func (leftmost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (leftmost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[0].MinSize()
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(min(least.Width, size.Width), size.Height))
}

// numberLine puts a country before its number.
type numberLine struct{}

func (numberLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, objects[1].MinSize().Height)
}

func (numberLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	indent := theme.Grow(26)
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(indent, size.Height))
	objects[1].Move(fyne.NewPos(indent, 0))
	objects[1].Resize(fyne.NewSize(max(size.Width-indent, 0), size.Height))
}

// tagLine shows the first tag, and how many there are besides.
type tagLine struct{ tags []string }

func (tagLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, objects[0].MinSize().Height)
}

func (l tagLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, room := float32(0), size.Width
	more := objects[1].MinSize().Width
	if len(l.tags) > 1 {
		room -= more + 4
	}
	wide := min(objects[0].MinSize().Width, max(room, 0))
	objects[0].Move(fyne.NewPos(x, 0))
	objects[0].Resize(fyne.NewSize(wide, size.Height))
	objects[1].Move(fyne.NewPos(wide+4, 0))
	objects[1].Resize(fyne.NewSize(more, size.Height))
}

func showTags(c *fyne.Container, tags []string) {
	first, more := c.Objects[0].(*widget.Tag), c.Objects[1].(*widget.Tag)
	first.Hidden, more.Hidden = len(tags) == 0, len(tags) < 2
	if len(tags) > 0 {
		first.SetText(tags[0])
	}
	if len(tags) > 1 {
		more.SetText("+" + itoa(len(tags)-1))
	}
	if size := c.Size(); !size.IsZero() {
		c.Layout.Layout(c.Objects, size)
	}
}

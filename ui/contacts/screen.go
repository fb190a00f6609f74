// Package contacts is the page of the people in the book: a list for a million of them, who may get what, and everything
// that is known of one.
package contacts

import (
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the page.
type Screen struct {
	env  *page.Env
	desk *desk

	search  *widget.Entry
	typing  func() // ends the wait for a pause in typing
	chips   *chipRow
	filters *fyne.Container
	sort    *widget.Select
	list    *widget.RecordList
	middle  *fyne.Container // the list, or what stands in its place
	bulk    *widget.BulkBar
	count   *widget.Text
	closed  *fyne.Container
	foot    *fyne.Container // both of them
	pane    *widget.SidePane
	side    *side
	card    *fyne.Container
	content fyne.CanvasObject
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Opener     = (*Screen)(nil)
	_ page.Creator    = (*Screen)(nil)
	_ page.Searcher   = (*Screen)(nil)
	_ page.Escaper    = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// Names of what the page keeps.
const (
	keepSort    = "contacts.sort"
	keepSplit   = "contacts.split"
	keepColumns = "contacts.columns"
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env) }

func newScreen(env *page.Env) *Screen {
	s := &Screen{env: env, desk: newDesk(env), typing: func() {}}
	s.desk.shows(s)
	s.search = widget.NewEntry(env.T("contacts.search")).WithIcon(icons.Search).Limit(200)
	s.search.OnChanged = s.typed
	s.search.OnSubmitted = func(string) { s.searchNow(); s.list.Focus() }
	s.search.OnEscape(func() { s.Escape() })
	s.chips = newChipRow(s)
	s.filters = container.New(filterLine{})
	s.sort = widget.NewSelect(nil, func(i int) { s.sortBy(orders[i].order) }).Plain()
	s.list = s.newList()
	s.bulk = s.newBulkBar()
	s.bulk.Hide()
	s.count = widget.Caption("")
	s.closed = widget.Row(4)
	s.middle = container.NewStack(s.list)
	s.side = newSide(s)

	var width float32 = 332
	env.Kept(keepSplit, &width)
	s.foot = container.New(footLine{}, s.count, s.closed)
	s.card = container.New(&listCard{}, s.search, s.chips.box, s.filters, s.middle, s.bulk, s.foot)
	s.pane = widget.NewSidePane(widget.NewPanel(s.card), s.side.content, 332, 760)
	s.pane.SetWidth(width)
	s.pane.OnMove = func(width float32) { env.Keep(keepSplit, width) }
	s.pane.OnAlone = func(bool) { s.side.show() }
	s.content = s.pane
	s.showAll()
	return s
}

// Header says how many people there are, and where.
func (s *Screen) Header() page.Header {
	h := page.Header{Title: s.env.T("contacts.title"), Actions: []fyne.CanvasObject{
		widget.Secondary(s.env.T("contacts.import"), func() { s.env.Go(page.Import) }).WithIcon(icons.Import),
		widget.Primary(s.env.T("contacts.add"), s.CreateNew).WithIcon(icons.AddPerson),
	}}
	if s.desk.list.Loaded {
		h.Subtitle = s.env.N("contacts.stored", s.desk.list.All)
	}
	return h
}

func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads what may have changed.
func (s *Screen) Shown() {
	s.desk.reload()
	s.desk.loadChips()
}

// Changed loads it again; a long list not more often than every few seconds.
func (s *Screen) Changed() { s.desk.changed() }

// OpenAt shows one person, or the people another page speaks of.
func (s *Screen) OpenAt(target any) {
	switch t := target.(type) {
	case page.ToContact:
		s.openPerson(t.ID)
	case page.ToPhone:
		s.desk.findPhone(t.Phone)
	case page.ToPeople:
		q := Query{Order: s.desk.list.Order, Title: t.Title, Only: t.IDs}
		if t.IDs == nil {
			parsed, err := data.ParseConditions(t.Conditions)
			if err != nil {
				s.env.Fail(err, nil)
				return
			}
			q.Conditions = parsed
		}
		s.ask(q)
	}
}

// openPerson shows one person beside the list.
func (s *Screen) openPerson(id data.ContactID) {
	s.choose(id)
	s.pane.ShowSide()
	s.side.load()
}

// CreateNew asks for a new person.
func (s *Screen) CreateNew() { s.newContact() }

// FocusSearch leads to the search field.
func (s *Screen) FocusSearch() {
	if c := s.env.Canvas(); c != nil {
		s.pane.ShowMain()
		c.Focus(s.search)
	}
}

// Escape goes back step by step: from a person to the list where there is room for one of them, then ticks, then what
// was typed.
func (s *Screen) Escape() bool {
	switch {
	case s.pane.Side():
		s.pane.ShowMain()
		s.list.Focus()
	case s.desk.list.Marked().Len() > 0:
		s.clearTicks()
	case s.search.Text != "":
		s.search.SetText("")
		s.searchNow()
	case s.desk.list.Only != nil:
		s.ask(Query{Order: s.desk.list.Order})
	default:
		return false
	}
	return true
}

func (s *Screen) Memory() any { return s.desk }

func (s *Screen) Recall(memory any) {
	if d, ok := memory.(*desk); ok {
		d.env = s.env
		s.desk = d
		d.shows(s)
		s.search.SetText(d.list.Search)
		s.showAll()
	}
}

// typed waits for a pause, so that not every letter is looked for.
func (s *Screen) typed(string) {
	s.typing()
	s.typing = s.env.After(150*time.Millisecond, s.searchNow)
}

// searchNow looks for what was typed.
func (s *Screen) searchNow() {
	s.typing()
	s.typing = func() {}
	q := s.desk.list.Query
	if q.Search == s.search.Text {
		return
	}
	q.Search = s.search.Text
	s.ask(q)
}

// ask shows other people, or the same in another order. What shows stays until the answer is there.
func (s *Screen) ask(q Query) {
	if s.search.Text != q.Search {
		s.search.SetText(q.Search)
		s.typing()
	}
	s.desk.ask(q)
	s.showFilters()
	s.chips.show()
}

// orders are what the list can be sorted by, with the way that comes first.
var orders = []struct {
	key   string
	order store.Order
}{
	{"last_visit", store.Order{By: store.ByLastVisit, Down: true}},
	{"name", store.Order{By: store.ByName}},
	{"spend", store.Order{By: store.BySpend, Down: true}},
	{"newest", store.Order{By: store.ByNewest, Down: true}},
}

// sortBy sorts the list and remembers how.
func (s *Screen) sortBy(o store.Order) {
	q := s.desk.list.Query
	q.Order = o
	s.env.Keep(keepSort, o)
	s.ask(q)
	s.showSort()
}

func (s *Screen) showSort() {
	o := s.desk.list.Order
	s.list.SetSort(string(o.By), o.Down)
	names := make([]string, len(orders))
	chosen := 0
	for i, known := range orders {
		names[i] = s.env.T("contacts.sort." + known.key)
		if known.order.By == o.By {
			chosen = i
		}
	}
	s.sort.SetOptions(names)
	s.sort.SetSelected(chosen)
}

// showAll draws everything anew.
func (s *Screen) showAll() {
	s.showSort()
	s.showFilters()
	s.chips.show()
	s.showList()
	s.side.show()
}

// showList draws the rows, the count below and the bar for those that are ticked.
func (s *Screen) showList() {
	l := s.desk.list
	env := s.env
	var body fyne.CanvasObject = s.list
	if l.Loaded && l.Len() == 0 {
		body = s.nobody()
	}
	if len(s.middle.Objects) != 1 || s.middle.Objects[0] != body {
		s.middle.Objects = []fyne.CanvasObject{body}
		s.middle.Refresh()
	}
	if id := l.Current(); id != 0 {
		s.list.SetCurrent(l.Find(id))
	}
	s.list.Refresh()
	switch {
	case !l.Loaded:
		s.count.SetText("")
	case l.Narrowed():
		s.count.SetText(env.T("contacts.showing", "n", l.Len(), "all", l.All))
	default:
		s.count.SetText(env.N("contacts.people", l.All))
	}
	s.showClosed()
	s.foot.Refresh() // the count may have grown
	s.showTicks()
}

// nobody is what stands in place of an empty list.
func (s *Screen) nobody() fyne.CanvasObject {
	env := s.env
	if s.desk.list.All == 0 {
		return widget.NewEmptyState(env.T("contacts.empty"), env.T("contacts.empty_how"),
			widget.Primary(env.T("contacts.empty_import"), func() { env.Go(page.Import) }),
			widget.Quiet(env.T("contacts.add"), s.CreateNew))
	}
	return widget.NewEmptyState(env.T("contacts.none"), env.T("contacts.none_how"), nil,
		widget.Quiet(env.T("contacts.everybody"), func() { s.ask(Query{Order: s.desk.list.Order}) }))
}

// showClosed says how many opted out, who are never sent offers whatever the list shows.
func (s *Screen) showClosed() {
	env, n := s.env, s.desk.closed
	s.closed.RemoveAll()
	if n == 0 {
		return
	}
	why := widget.NewCaptionLink(env.T("common.why"), nil)
	why.OnTap(func() {
		widget.ShowCard(why, widget.Column(8, widget.Bold(env.N("contacts.closed", n)),
			widget.NewParagraph(env.T("contacts.closed_why")).Wide(340), widget.NewLink(env.T("contacts.closed_show"), func() {
				s.ask(Query{Order: s.desk.list.Order, Conditions: []data.Condition{{Field: data.FieldConsent, Op: "=", Value: data.ConsentOut}}})
			})))
	})
	s.closed.Add(widget.NewIcon(icons.About, theme.Ink3, widget.IconSmall))
	s.closed.Add(widget.Fill(widget.Caption(env.N("contacts.closed", n)).Shorten()))
	s.closed.Add(why)
}

// toast says what was done, with a way back.
func (s *Screen) toast(text string, undo func()) {
	t := widget.Toast{Tone: widget.OK, Text: text, Close: s.env.T("common.close")}
	if undo != nil {
		t.Action, t.Do = s.env.T("common.undo"), undo
	}
	s.env.Toast(t)
}

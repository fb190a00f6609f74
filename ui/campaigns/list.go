package campaigns

import (
	"context"
	"runtime"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// list is all campaigns, with where each stands and what came of it.
type list struct {
	s       *Screen
	env     *page.Env
	model   Model
	loader  page.Latest
	counter page.Latest
	rest    bool // counting took long: not again for a while
	again   bool

	content *fyne.Container
	search  *widget.Entry
	chips   []*widget.Chip
	table   *widget.RecordList
	foot    *widget.Text
	body    fyne.CanvasObject
	none    fyne.CanvasObject
	create  *widget.Button
	empty   fyne.CanvasObject
}

// sorting is remembered between starts.
type sorting struct {
	By   string
	Down bool
}

const keptSort = "campaigns.sort"

func newList(s *Screen) *list {
	env := s.env
	l := &list{s: s, env: env, model: Model{Filter: AllOf, Sort: "day", Down: true}, content: container.NewStack()}
	var kept sorting
	if env.Kept(keptSort, &kept) && kept.By != "" {
		l.model.Sort, l.model.Down = kept.By, kept.Down
	}
	l.create = widget.Primary(env.T("campaigns.new"), func() { s.begin("") }).WithIcon(icons.Add)
	l.create.SetTip(newKey())
	l.search = widget.NewEntry(env.T("campaigns.search")).WithIcon(icons.Search).Limit(100)
	var stop func()
	l.search.OnChanged = func(text string) {
		if stop != nil {
			stop()
		}
		stop = env.After(150*time.Millisecond, func() { l.find(text) })
	}
	chips := widget.Row(8)
	for _, f := range filters {
		chip := widget.NewChip(env.T("campaigns.filter."+string(f)), "", func() {
			l.model.Filter = f
			l.model.Arrange()
			l.show()
		})
		l.chips = append(l.chips, chip)
		chips.Add(chip)
	}
	l.table = widget.NewRecordList([]widget.RecordColumn{
		{Title: env.T("campaigns.column.name"), Sort: "name", Least: 180},
		{Title: env.T("campaigns.column.state"), Width: 164},
		{Title: env.T("campaigns.column.day"), Sort: "day", Falls: true, Width: 116, From: 900},
		{Title: env.T("campaigns.column.people"), Sort: "people", Falls: true, Trailing: true, Width: 84},
		{Title: env.T("campaigns.column.sent"), Sort: "sent", Falls: true, Trailing: true, Width: 76},
		{Title: env.T("campaigns.column.opened"), Sort: "opened", Falls: true, Trailing: true, Width: 84},
		{Title: env.T("campaigns.column.redeemed"), Sort: "redeemed", Falls: true, Trailing: true, Width: 92},
		{Title: "", Width: 36},
	}, l.cells).Tall(56)
	l.table.Length = func() int { return len(l.model.Rows) }
	l.table.Fill = l.fill
	l.table.OnOpen = func(row int) {
		if c := l.model.At(row); c != nil {
			s.open(&c.Campaign)
		}
	}
	l.table.OnSecondary = func(row int, _ fyne.Position) { l.menu(row, l.table) }
	l.table.OnSort = func(by string, down bool) {
		l.model.Sort, l.model.Down = by, down
		env.Keep(keptSort, sorting{by, down})
		l.model.Arrange()
		l.show()
	}
	l.table.OnKey = l.key
	l.table.SetSort(l.model.Sort, l.model.Down)
	l.foot = widget.Caption("")
	l.none = container.NewCenter(widget.NewEmptyState(env.T("campaigns.none"), env.T("campaigns.none_how"), widget.Secondary(env.T("campaigns.none_all"), l.showAll), nil))
	l.empty = container.NewCenter(widget.NewEmptyPage(env.T("campaigns.empty"), env.T("campaigns.empty_how"), widget.Primary(env.T("campaigns.new"), func() { s.begin("") }).WithIcon(icons.Add), nil))
	l.body = widget.NewPanel(widget.Column(8,
		widget.Row(12, widget.Exactly(theme.Grow(240), 0, l.search), chips, widget.Spring()),
		widget.Fill(container.NewStack(l.table, l.none)), l.foot)).Padded(12)
	return l
}

func (l *list) Content() fyne.CanvasObject { return l.content }

// FocusSearch leads to the field that finds campaigns.
func (l *list) FocusSearch() {
	if c := l.env.Canvas(); c != nil {
		c.Focus(l.search)
	}
}

func (l *list) Header() page.Header {
	h := page.Header{Title: l.env.T("campaigns.title"), Subtitle: l.env.T("campaigns.subtitle")}
	if l.model.Loaded && len(l.model.All) > 0 {
		h.Actions = []fyne.CanvasObject{l.create}
	}
	return h
}

func (l *list) Shown() {
	l.rest = false
	l.load()
	if c := l.env.Canvas(); c != nil && c.Focused() == nil && c.Overlays().Top() == nil && len(l.model.Rows) > 0 {
		l.table.Focus()
	}
}

func (l *list) Hidden() {}

// Changed reads the list again; after a long count, only when it has rested.
func (l *list) Changed() { l.load() }

// Escape empties the search.
func (l *list) Escape() bool {
	if l.search.Text == "" && l.model.Filter == AllOf {
		return false
	}
	l.showAll()
	return true
}

func (l *list) showAll() {
	l.search.SetText("")
	l.model.Filter = AllOf
	l.find("")
}

func (l *list) find(text string) {
	l.model.Search = text
	l.model.Arrange()
	l.show()
}

// load reads the campaigns, and then what came of them.
func (l *list) load() {
	env := l.env
	var all []data.Campaign
	l.loader.Run(env.Tasks, func(ctx context.Context) (err error) {
		all, err = env.Store.Campaigns(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, l.load)
			return
		}
		first, before := !l.model.Loaded, len(l.model.All)
		l.model.Take(all)
		l.show()
		if first || (before == 0) != (len(all) == 0) {
			env.HeaderChanged()
		}
		l.count()
	})
}

const (
	quickCount = 100 * time.Millisecond
	longRest   = 5 * time.Second
)

// count counts messages, opens and redemptions. With very many of them it
// rests in between, so as not to take the computer from the sending.
func (l *list) count() {
	if l.rest {
		l.again = true
		return
	}
	env, ids := l.env, l.model.ToCount()
	if len(l.model.All) == 0 {
		return
	}
	sending := map[data.CampaignID]store.Sending{}
	var responses map[data.CampaignID]store.Response
	var took time.Duration
	l.counter.Run(env.Tasks, func(ctx context.Context) (err error) {
		begun := time.Now() // how long it takes, not the shop's clock
		for _, id := range ids {
			if sending[id], err = env.Store.Sending(ctx, id); err != nil {
				return err
			}
		}
		responses, err = env.Store.Responses(ctx)
		took = time.Since(begun)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, l.count)
			return
		}
		l.model.Figures(sending, responses)
		l.show()
		if took > quickCount {
			l.rest, l.again = true, false
			env.After(longRest, func() {
				l.rest = false
				if l.again {
					l.load()
				}
			})
		}
	})
}

// show draws the model.
func (l *list) show() {
	env, m := l.env, &l.model
	if !m.Loaded {
		return
	}
	if len(m.All) == 0 {
		l.put(l.empty)
		return
	}
	for i, f := range filters {
		l.chips[i].Set(env.T("campaigns.filter."+string(f)), env.Texts.Number(int64(m.Count(f))))
		l.chips[i].Select(m.Filter == f)
	}
	if len(m.Rows) == 0 {
		l.none.Show()
	} else {
		l.none.Hide()
	}
	l.foot.SetText(env.T("campaigns.foot", "n", len(m.Rows), "of", len(m.All)))
	l.put(l.body)
	l.table.Refresh()
}

func (l *list) put(body fyne.CanvasObject) {
	if len(l.content.Objects) != 1 || l.content.Objects[0] != body {
		l.content.Objects = []fyne.CanvasObject{body}
		l.content.Refresh()
	}
}

// cells are the cells of a row.
func (l *list) cells() []fyne.CanvasObject {
	words := newNamed()
	menu := widget.NewIconButton(icons.Menu, l.env.T("campaigns.menu"), nil).Small()
	return []fyne.CanvasObject{
		words, newStanding(), widget.Caption("").Shorten(), widget.Body("").Trailing(), widget.Body("").Trailing(), widget.Body("").Trailing(), widget.Body("").Trailing(), menu,
	}
}

// fill writes a campaign into a row.
func (l *list) fill(row int, cells []fyne.CanvasObject) bool {
	env, c := l.env, l.model.At(row)
	if c == nil {
		return false
	}
	name := c.Name
	if strings.TrimSpace(name) == "" {
		name = env.T("compose.untitled")
	}
	cells[0].(*named).set(name, l.about(c))
	tone, icon, word := stateOf(env, c)
	why := ""
	if c.Reason == data.Unfinished {
		why = env.T("campaigns.unfinished")
	} else if c.Reason != "" {
		why = report.Reason{Code: c.Reason}.Text(env.Texts)
	}
	cells[1].(*standing).set(tone, icon, word, why)
	day, now := c.Day().In(env.Business.Location()), env.Store.Now().In(env.Business.Location())
	when := env.Texts.Date(day)
	if day.Year() == now.Year() {
		when = env.Texts.Day(day) + " " + env.Texts.Time(day)
	}
	cells[2].(*widget.Text).SetText(when)
	number := func(i, n int, known bool) {
		text := "–"
		if known {
			text = env.Texts.Number(int64(n))
		}
		cells[i].(*widget.Text).SetText(text)
	}
	number(3, c.Sending.People, c.Counted)
	number(4, c.Sending.Sent, c.Counted)
	number(5, c.Response.Opened, c.Counted)
	number(6, c.Response.Redeemed, c.Counted && c.Offer != nil)
	button := cells[7].(*widget.IconButton)
	button.OnTap(func() { l.menu(row, button) })
	return true
}

// about is the second line of a campaign: what it offers, to whom.
func (l *list) about(c *Line) string {
	var parts []string
	if c.Practice && c.State != data.Draft {
		parts = append(parts, l.env.T("campaigns.practice"))
	}
	if c.Offer != nil && c.Offer.Title != "" {
		parts = append(parts, c.Offer.Title)
	}
	switch {
	case c.GroupName != "" && c.GroupName != "all":
		parts = append(parts, c.GroupName)
	case c.Group == "all":
		parts = append(parts, l.env.T("campaigns.everybody"))
	case c.Group != "":
		parts = append(parts, l.env.Texts.Conditions(c.Group, l.env.Business.Currency))
	}
	if len(c.Variants) == 2 {
		parts = append(parts, "A/B")
	}
	return strings.Join(parts, " · ")
}

// stateOf is the pill of a campaign.
func stateOf(env *page.Env, c *Line) (widget.Tone, *icons.Icon, string) {
	word := env.T("campaigns.state." + string(c.State))
	switch c.State {
	case data.AwaitingApproval:
		return widget.Info, icons.Waiting, word
	case data.Scheduled:
		return widget.Info, icons.Time, word
	case data.UndoWindow:
		return widget.Accent, icons.Undo, word
	case data.Running:
		if c.Counted {
			word = env.T("campaigns.state.running_share", "share", env.Texts.Percent(c.Share(), 0))
		}
		return widget.Accent, icons.Send, word
	case data.Paused:
		return widget.Warn, icons.Pause, word
	case data.Stopped:
		return widget.Neutral, icons.Stop, word
	case data.Done:
		return widget.OK, icons.Check, word
	}
	return widget.Neutral, icons.Edit, word
}

// key answers the keys of a row: F2 renames, Delete deletes a draft, the menu
// key opens its menu.
func (l *list) key(key *fyne.KeyEvent) bool {
	row := l.table.Current()
	c := l.model.At(row)
	if c == nil {
		return false
	}
	switch key.Name {
	case fyne.KeyF2:
		l.rename(c)
	case fyne.KeyDelete:
		if c.State != data.Draft {
			return false
		}
		l.remove(c)
	case "Menu", fyne.KeyF10:
		l.menu(row, l.table)
	default:
		return false
	}
	return true
}

// menu is what can be done with a campaign.
func (l *list) menu(row int, anchor fyne.CanvasObject) {
	env, c := l.env, l.model.At(row)
	if c == nil {
		return
	}
	campaign := c.Campaign
	items := []widget.MenuItem{
		{Text: env.T("common.open"), Icon: icons.Forward, Do: func() { l.s.open(&campaign) }},
		{Text: env.T("campaigns.again"), Icon: icons.Repeat, Do: func() { l.s.again(campaign.ID) }},
		{Text: env.T("campaigns.rename"), Icon: icons.Edit, Do: func() { l.rename(c) }},
	}
	if c.State == data.Draft {
		items = append(items, widget.MenuItem{Text: env.T("campaigns.delete"), Icon: icons.Delete, Danger: true, Do: func() { l.remove(c) }})
	}
	widget.ShowMenu(anchor, items)
}

// rename asks for another name.
func (l *list) rename(c *Line) {
	env, id := l.env, c.ID
	entry := widget.NewEntry("").Limit(80)
	entry.SetText(c.Name)
	field := widget.NewField(env.T("compose.name"), "", entry)
	env.Ask(widget.Question{
		Title: env.T("campaigns.rename_title"), Content: field, Confirm: env.T("common.save"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			name := strings.TrimSpace(entry.Text)
			if name == "" {
				field.SetProblem(env.T("error.campaign_name"))
				return false
			}
			l.do(func(ctx context.Context) error { return env.Store.RenameCampaign(ctx, id, name) }, nil)
			return true
		},
	})
	if canvas := env.Canvas(); canvas != nil {
		canvas.Focus(entry)
	}
}

// remove deletes a draft, and offers it back.
func (l *list) remove(c *Line) {
	env, gone := l.env, c.Campaign
	l.do(func(ctx context.Context) error { return env.Store.DeleteDraft(ctx, gone.ID) }, func() {
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("campaigns.deleted", "name", gone.Name), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
			l.do(func(ctx context.Context) error { return env.Store.CreateCampaign(ctx, &gone) }, nil)
		}})
	})
}

// do changes something and reads the list again.
func (l *list) do(work func(context.Context) error, then func()) {
	page.Load(l.env.Tasks, work, func(err error) {
		if err != nil {
			l.env.Fail(err, func() { l.do(work, then) })
		} else if then != nil {
			then()
		}
		l.load()
	})
}

// newKey is how the keys for a new campaign are written.
func newKey() string {
	if runtime.GOOS == "darwin" {
		return "⌘N"
	}
	return "Ctrl+N"
}

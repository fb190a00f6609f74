package result

import (
	"context"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// people is everybody of the campaign with what became of their text, and for those in doubt what can be done.
type people struct {
	v       *View
	chips   *fyne.Container
	search  *widget.Entry
	found   *widget.Text
	list    *widget.RecordList
	strip   *fyne.Container // what can be done about those in doubt
	content fyne.CanvasObject

	loading map[int]bool
	wait    func() // stops the pause in typing
	seek    page.Latest
	drawn   string
}

// The columns of the list.
const (
	colName = iota
	colPhone
	colFate
	colWhen
	colVariant
)

// listHigh is how much of the list always shows: a header and five people.
const listHigh = 232

func newPeople(v *View) *people {
	env := v.env
	p := &people{v: v, chips: widget.Flow(theme.Gap8), search: widget.NewEntry(env.T("result.search")).Limit(80).WithIcon(icons.Search), found: widget.Caption(""), strip: widget.Column(0), loading: map[int]bool{}}
	columns := []widget.RecordColumn{
		{Title: env.T("report.column.name"), Least: 100},
		{Title: env.T("report.column.phone"), Width: 136, From: 520},
		{Title: env.T("report.column.state"), Width: 128},
		{Title: env.T("result.when"), Width: 150},
		{Title: env.T("report.column.text"), Width: 36, From: 420},
	}
	p.list = widget.NewRecordList(columns, func() []fyne.CanvasObject {
		return []fyne.CanvasObject{widget.Body("").Shorten(), widget.Body("").In(theme.Ink2).Shorten(), widget.NewPill(widget.Neutral, nil, ""), widget.Caption("").Shorten(), widget.Bold("").In(theme.Ink2)}
	})
	p.list.Length = v.model.Len
	p.list.Fill = p.fill
	p.list.OnMove = func(int) { p.showStrip() }
	p.list.OnOpen = p.open
	p.search.OnChanged = func(string) {
		if p.wait != nil {
			p.wait()
		}
		p.wait = env.After(250*time.Millisecond, p.find)
	}
	p.search.OnSubmitted = func(string) { p.find() }
	head := widget.Row(theme.Gap12, widget.Bold(env.T("report.sheet.people")), widget.Fill(p.found), widget.Exactly(theme.Grow(200), 0, p.search))
	p.content = widget.Column(theme.Gap8, head, p.chips, p.strip, widget.Fill(widget.Sized(0, listHigh, p.list)))
	return p
}

// show brings list, pills and strip up to date.
func (p *people) show(changed bool) {
	p.showChips()
	if changed {
		p.list.Refresh()
	}
	m := &p.v.model
	text := ""
	if m.Words != "" {
		text = p.v.env.N("result.found", m.Len())
	}
	p.found.SetText(text)
	p.showStrip()
}

// showChips are how many are in each state; one of them filters the list.
func (p *people) showChips() {
	env, m := p.v.env, &p.v.model
	var b strings.Builder
	for _, f := range m.shownFates() {
		b.WriteString(string(f) + env.Texts.Number(int64(m.Counts[f])))
	}
	if now := b.String() + string(m.Filter); now != p.drawn {
		p.drawn = now
	} else {
		return
	}
	p.chips.RemoveAll()
	for _, f := range m.shownFates() {
		chip := widget.NewChip(env.T("result.fate."+string(f)), env.Texts.Number(int64(m.Counts[f])), func() {
			if m.Filter == f {
				m.SetFilter("")
			} else {
				m.SetFilter(f)
			}
			p.list.SetCurrent(-1)
			p.list.ScrollTo(0)
			p.show(true)
		})
		chip.Select(m.Filter == f)
		p.chips.Add(chip)
	}
	p.chips.Refresh()
}

// find looks for the words in the field.
func (p *people) find() {
	v := p.v
	env, words := v.env, strings.TrimSpace(p.search.Text)
	if words == v.model.Words {
		return
	}
	v.model.Words = words
	var found []store.MessageFate
	p.seek.Run(env.Tasks, func(ctx context.Context) (err error) {
		found, err = env.Store.CampaignFates(ctx, v.id, words)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		if words == v.model.Words {
			v.model.SetFates(found)
			p.list.SetCurrent(-1)
			p.list.ScrollTo(0)
			p.show(true)
		}
	})
}

// clear empties the search and the filter, and tells whether there was one.
func (p *people) clear() bool {
	m := &p.v.model
	if p.search.Text == "" && m.Filter == "" {
		return false
	}
	p.search.SetText("")
	m.SetFilter("")
	p.find()
	p.show(true)
	return true
}

// fill writes a person into a row.
func (p *people) fill(row int, cells []fyne.CanvasObject) bool {
	m := &p.v.model
	if m.Wants(row) {
		p.read(row)
	}
	who, ok := m.Row(row)
	if !ok {
		return false
	}
	env := p.v.env
	name := who.Name
	if name == "" {
		name = env.T("result.no_name")
	}
	cells[colName].(*widget.Text).SetText(name)
	cells[colPhone].(*widget.Text).SetText(phone.Show(who.Phone, env.Business.Country))
	f := faces[who.Fate]
	cells[colFate].(*widget.Pill).Set(f.tone, f.icon, env.T("result.fate."+string(who.Fate)))
	cells[colWhen].(*widget.Text).SetText(p.when(&who))
	cells[colVariant].(*widget.Text).SetText(who.Variant)
	return true
}

// when is the moment of what happened last, or why nothing did.
func (p *people) when(who *store.CampaignPerson) string {
	env := p.v.env
	zone := env.Business.Location()
	at := who.Updated
	switch who.Fate {
	case store.FateRedeemed:
		at = who.Redeemed
	case store.FateOpened:
		at = who.Opened
	case store.FateDelivered:
		at = max(who.Delivered, who.Sent)
	case store.FateSent:
		at = who.Sent
	case store.FateWaiting:
		if who.State == data.Held {
			at = who.Due
		}
	case store.FateFailed, store.FateLeftOut, store.FateCancelled:
		return reasonText(env, who.Reason)
	}
	local := at.In(zone)
	return env.Texts.Day(local) + " " + env.Texts.Time(local)
}

// reasonText says a reason's code in words.
func reasonText(env *page.Env, code string) string {
	return report.Reason{Code: code}.Text(env.Texts)
}

// read reads the page that a row is on.
func (p *people) read(row int) {
	v := p.v
	number, ids := v.model.Page(row)
	if p.loading[number] || len(ids) == 0 {
		return
	}
	p.loading[number] = true
	var people []store.CampaignPerson
	page.Load(v.env.Tasks, func(ctx context.Context) (err error) {
		people, err = v.env.Store.CampaignPeople(ctx, ids)
		return err
	}, func(err error) {
		delete(p.loading, number)
		if err != nil {
			v.env.Fail(err, nil)
			return
		}
		if v.model.SetPage(number, people) {
			p.list.Refresh()
			p.showStrip()
		}
	})
}

// open leads to a person; one in doubt shows what can be done first.
func (p *people) open(row int) {
	who, ok := p.v.model.Row(row)
	if !ok {
		return
	}
	if who.Fate == store.FateUnknown {
		p.showStrip()
		return
	}
	p.v.env.GoTo(page.Contacts, page.ToContact{ID: who.Contact})
}

// current is the person under the cursor, if they are in doubt.
func (p *people) current() (who store.CampaignPerson, ok bool) {
	if row := p.list.Current(); row >= 0 {
		who, ok = p.v.model.Row(row)
	}
	return who, ok && who.Fate == store.FateUnknown
}

package contacts

import (
	"context"
	"maps"
	"slices"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// picked is what those who are ticked have in common.
type picked struct {
	N         int
	First     []Row // the first few
	Counted   int   // of whom the rest was counted
	Offers    int   // may get offers, by their consent
	Reminders int
	OptedOut  int
	Tags      []tagged // most first
}

type tagged struct {
	Name string
	N    int
}

// mostCounted is of how many people the pane counts what they have in common; firstShown how many it names.
const (
	mostCounted = 5000
	firstShown  = 6
)

// pick adds up what people have in common.
func pick(n int, rows []Row) *picked {
	p := &picked{N: n, Counted: len(rows), First: rows[:min(len(rows), firstShown)]}
	tags := map[string]int{}
	for _, r := range rows {
		switch r.Standing {
		case CanGetOffers:
			p.Offers++
		case OptedOut:
			p.OptedOut++
		}
		if r.Reminders {
			p.Reminders++
		}
		for _, t := range r.Tags {
			tags[t]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		p.Tags = append(p.Tags, tagged{name, tags[name]})
	}
	slices.SortStableFunc(p.Tags, func(a, b tagged) int { return b.N - a.N })
	return p
}

// loadPicked reads those who are ticked, as far as they are counted.
func (p *side) loadPicked() {
	s, env := p.screen, p.screen.env
	n, ids := s.desk.list.Marked().Len(), s.desk.list.Marked().IDs(mostCounted)
	var found *picked
	p.load_.Run(env.Tasks, func(ctx context.Context) error {
		var rows []Row
		for start := 0; start < len(ids); start += 500 {
			some, err := readRows(ctx, env.Store, ids[start:min(start+500, len(ids))])
			if err != nil {
				return err
			}
			rows = append(rows, some...)
		}
		found = pick(n, rows)
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.loadPicked)
			return
		}
		p.picked = found
		p.show()
	})
}

// pickedCard shows them.
func (p *side) pickedCard() fyne.CanvasObject {
	s, env, k := p.screen, p.screen.env, p.picked
	column := widget.Column(12, widget.Column(0, widget.Heading(env.N("contacts.picked", k.N)).Shorten(), widget.Caption(env.T("contacts.picked_of", "n", s.desk.list.Len())).Shorten()))
	list := widget.Column(0)
	for _, r := range k.First {
		cross := widget.NewIconButton(icons.Close, env.T("contacts.unpick"), func() {
			s.desk.list.Marked().Set(r.ID, false)
			s.list.Refresh()
			s.showTicks()
		}).Small()
		row := widget.Row(12, widget.NewAvatar(nameOf(&r.Contact), 32), widget.Fill(widget.Column(0, widget.Body(nameOf(&r.Contact)).Shorten(), widget.Caption(phone.Show(r.Phone, r.Facts.Region)).Shorten())), cross)
		list.Add(widget.Inset(6, 0, 6, 0, row))
	}
	if k.N > len(k.First) {
		list.Add(widget.Inset(6, 0, 6, 0, widget.Caption(env.N("contacts.picked_more", k.N-len(k.First)))))
	}
	column.Add(list)
	column.Add(widget.Divider())
	column.Add(widget.Bold(env.T("contacts.may_send")))
	line := func(tone widget.Tone, icon *icons.Icon, key string, n int) {
		column.Add(widget.Row(12, widget.NewIcon(icon, tone.Ink(), widget.IconNormal), widget.Fill(widget.Body(env.T("contacts.scope_title."+key)).Shorten()),
			widget.Bold(env.T("contacts.of", "n", n, "all", k.Counted))))
	}
	line(widget.OK, icons.Check, string(data.ScopeMarketing), k.Offers)
	line(widget.Info, icons.Reminder, string(data.ScopeReminders), k.Reminders)
	line(widget.Danger, icons.OptedOut, "out", k.OptedOut)
	if k.Counted < k.N {
		column.Add(widget.NewParagraph(env.T("contacts.counted", "n", k.Counted)).Sized(theme.SizeCaption))
	}
	if len(k.Tags) > 0 {
		column.Add(widget.Divider())
		column.Add(widget.Bold(env.T("contacts.column.tags")))
		flow := widget.Flow(6)
		for _, t := range k.Tags[:min(len(k.Tags), 12)] {
			flow.Add(widget.NewTag(t.Name + " " + env.Texts.Number(int64(t.N))))
		}
		column.Add(flow)
	}
	column.Add(widget.NewSoftTile(widget.TopRow(8, widget.NewIcon(icons.Undo, theme.Ink2, widget.IconSmall), widget.Fill(widget.NewParagraph(env.T("contacts.picked_note")).Sized(theme.SizeCaption)))))
	if s.pane.Alone() {
		column.Add(widget.Row(0, widget.Quiet(env.T("contacts.to_list"), s.pane.ShowMain).WithIcon(icons.Back).Small()))
	}
	return column
}

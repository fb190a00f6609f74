package settings

import (
	"context"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// staff is the section about who works here and which tills there are. Everything in it holds at once.
type staff struct {
	s      *Screen
	all    data.Staff
	person string
	till   string
	inside *fyne.Container
	object fyne.CanvasObject
}

func newStaff(s *Screen) part {
	p := &staff{s: s, inside: container.NewStack()}
	p.object = scrolled(p.inside)
	return p
}

func (p *staff) Object() fyne.CanvasObject { return p.object }

func (p *staff) Show() {
	env := p.s.env
	var all data.Staff
	var b data.Business
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if b, err = env.Store.Business(ctx); err != nil {
			return err
		}
		all, err = env.Store.Staff(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.all, p.person, p.till = all, b.Person, b.Till
		p.draw()
	})
}

func (p *staff) draw() {
	env := p.s.env
	people := p.list("people", p.all.People, p.person, func(names []string) { p.all.People = names }, func(name string) { p.person = name })
	tills := p.list("tills", p.all.Tills, p.till, func(names []string) { p.all.Tills = names }, func(name string) { p.till = name })
	p.inside.Objects = []fyne.CanvasObject{widget.Column(16,
		widget.NewParagraph(env.T("settings.staff.about")),
		widget.Grid(2, 16, people, tills))}
	p.inside.Refresh()
}

// list is a card with names: which one is this computer's, and one more at its end.
func (p *staff) list(kind string, names []string, here string, keep func([]string), choose func(string)) fyne.CanvasObject {
	env := p.s.env
	rows := widget.Column(2)
	for _, name := range names {
		row := widget.Row(10, widget.NewIcon(map[bool]*icons.Icon{true: icons.Complete, false: icons.Dot}[name == here], map[bool]fyne.ThemeColorName{true: theme.Accent, false: theme.Ink3}[name == here], widget.IconNav),
			widget.Fill(widget.Body(name).Shorten()))
		if name == here {
			row.Add(widget.NewPill(widget.Accent, nil, env.T("settings.staff.here."+kind)))
		}
		line := widget.NewListRow(row, func() {
			choose(name)
			p.store()
		})
		line.Select(name == here)
		full := widget.Row(4, widget.Fill(line))
		if name != here {
			full.Add(widget.NewIconButton(icons.Delete, env.T("settings.staff.remove", "name", name), func() {
				keep(slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name }))
				p.store()
			}).Small())
		}
		rows.Add(full)
	}
	entry := widget.NewEntry(env.T("settings.staff.new." + kind)).Limit(60)
	field := widget.NewField(env.T("settings.staff.add."+kind), "", entry)
	add := func() {
		name := strings.Join(strings.Fields(entry.Text), " ")
		switch {
		case name == "":
			field.SetProblem(env.T("settings.staff.empty"))
			return
		case slices.Contains(names, name):
			field.SetProblem(env.T("settings.staff.twice"))
			return
		}
		keep(append(slices.Clone(names), name))
		if here == "" {
			choose(name)
		}
		p.store()
	}
	entry.OnSubmitted = func(string) { add() }
	entry.OnChanged = func(string) { field.SetProblem("") }
	return widget.NewPanel(widget.Column(12, widget.Bold(env.T("settings.staff."+kind)), widget.NewParagraph(env.T("settings.staff.about."+kind)).Sized(theme.SizeCaption), rows,
		field, widget.Row(0, widget.Spring(), widget.Secondary(env.T("settings.staff.add"), add).WithIcon(icons.Add))))
}

// store keeps the lists, and who sits here.
func (p *staff) store() {
	env, all, person, till := p.s.env, p.all, p.person, p.till
	changed := false
	page.Load(env.Tasks, func(ctx context.Context) error {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		changed = b.Person != person || b.Till != till
		b.Person, b.Till = person, till
		if err := env.Store.SetBusiness(ctx, b); err != nil {
			return err
		}
		return env.Store.SetStaff(ctx, all)
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.store)
			return
		}
		if changed {
			env.Rebuild()
			return
		}
		p.Show()
	})
}

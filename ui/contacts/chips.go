package contacts

import (
	"context"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// chipRow is the row of groups above the list: everybody, who can get offers, the saved groups as far as they fit, and a
// plus behind which the others are.
type chipRow struct {
	screen *Screen
	box    *fyne.Container
	plus   *widget.Chip
	order  []int // the chips as they stand, by their index in desk.chips
	fit    int   // how many fit
}

func newChipRow(s *Screen) *chipRow {
	r := &chipRow{screen: s}
	r.plus = widget.NewChip("", "", r.menu).WithIcon(icons.Add)
	r.plus.SetTip(s.env.T("contacts.groups"))
	r.box = container.New(&chipLine{fits: func(n int) { r.fit = n }}, r.plus)
	return r
}

// show draws the chips anew. The chosen one always fits.
func (r *chipRow) show() {
	d, env := r.screen.desk, r.screen.env
	r.order = r.order[:0]
	chosen := -1
	for i := range d.chips {
		if d.chips[i].Chosen(&d.list.Query) {
			chosen = i
		}
		r.order = append(r.order, i)
	}
	if chosen > 2 { // it comes up to where it is seen
		copy(r.order[3:chosen+1], r.order[2:chosen])
		r.order[2] = chosen
	}
	var objects []fyne.CanvasObject
	for _, i := range r.order {
		c := d.chips[i]
		chip := widget.NewChip(r.name(&c), env.Texts.Number(int64(c.Count)), nil)
		chip.OnTap(func() { r.choose(&c, chip) })
		chip.Select(i == chosen)
		objects = append(objects, chip)
	}
	r.box.Objects = append(objects, r.plus)
	r.box.Refresh()
}

func (r *chipRow) name(c *Chip) string {
	switch {
	case c.Name != "":
		return c.Name
	case c.Conditions == offersOnly:
		return r.screen.env.T("contacts.chip.offers")
	}
	return r.screen.env.T("contacts.chip.everyone")
}

// choose shows the chip's people; of the one that is chosen, what can be done with it.
func (r *chipRow) choose(c *Chip, anchor fyne.CanvasObject) {
	s := r.screen
	if c.Chosen(&s.desk.list.Query) && s.desk.list.Search == "" {
		r.groupMenu(c, anchor)
		return
	}
	parsed, err := data.ParseConditions(c.Conditions)
	if err != nil {
		s.env.Fail(err, nil)
		return
	}
	s.ask(Query{Order: s.desk.list.Order, Conditions: parsed})
}

// groupMenu offers what can be done with a group.
func (r *chipRow) groupMenu(c *Chip, anchor fyne.CanvasObject) {
	s, env := r.screen, r.screen.env
	items := []widget.MenuItem{{Text: env.T("contacts.group.campaign"), Icon: icons.Campaigns, Do: func() {
		group := c.Name
		if group == "" {
			group = c.Conditions
		}
		env.GoTo(page.Campaigns, page.NewCampaign{Group: group})
	}}}
	if c.Name != "" {
		items = append(items,
			widget.MenuItem{Text: env.T("contacts.group.rename"), Icon: icons.Edit, Do: func() { s.renameGroup(c.Name) }},
			widget.MenuItem{Text: env.T("contacts.group.delete"), Icon: icons.Delete, Danger: true, Do: func() { s.deleteGroup(*c) }})
	}
	widget.ShowMenu(anchor, items)
}

// menu offers the groups that didn't fit, and to keep the present filter as one.
func (r *chipRow) menu() {
	s, env := r.screen, r.screen.env
	var items []widget.MenuItem
	for _, i := range r.order[min(r.fit, len(r.order)):] {
		c := s.desk.chips[i]
		items = append(items, widget.MenuItem{Text: r.name(&c), Detail: env.N("contacts.people", c.Count), Icon: icons.Group, Do: func() { r.choose(&c, r.plus) }})
	}
	keep := widget.MenuItem{Text: env.T("contacts.group.save"), Icon: icons.Add, Do: s.saveGroup}
	if len(s.desk.list.Conditions) == 0 {
		keep.Off, keep.Detail = true, env.T("contacts.group.save_how")
	}
	widget.ShowMenu(r.plus, append(items, keep))
}

// saveGroup keeps the present filter under a name.
func (s *Screen) saveGroup() {
	env, conditions := s.env, data.WriteConditions(s.desk.list.Conditions)
	s.askName(env.T("contacts.group.save"), env.T("contacts.group.save_text"), "", func(name string, done func(error)) {
		s.act(func(ctx context.Context) error { return env.Store.SaveGroup(ctx, name, conditions) }, func(err error) {
			done(err)
			if err == nil {
				s.toast(env.T("contacts.group.saved", "name", name), nil)
				s.desk.loadChips()
			}
		})
	})
}

func (s *Screen) renameGroup(name string) {
	env := s.env
	s.askName(env.T("contacts.group.rename"), "", name, func(to string, done func(error)) {
		s.act(func(ctx context.Context) error { return env.Store.RenameGroup(ctx, name, to) }, func(err error) {
			done(err)
			if err == nil {
				s.desk.loadChips()
			}
		})
	})
}

// deleteGroup forgets a group at once: it is easily brought back, and nobody in it goes.
func (s *Screen) deleteGroup(c Chip) {
	env := s.env
	s.act(func(ctx context.Context) error { return env.Store.DeleteGroup(ctx, c.Name) }, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		s.desk.loadChips()
		s.toast(env.T("contacts.group.deleted", "name", c.Name), func() {
			s.act(func(ctx context.Context) error { return env.Store.SaveGroup(ctx, c.Name, c.Conditions) }, func(err error) {
				env.Fail(err, nil)
				s.desk.loadChips()
			})
		})
	})
}

// askName asks for a group's name. The dialog stays while something is wrong with it.
func (s *Screen) askName(title, text, name string, save func(name string, done func(error))) {
	env := s.env
	entry := widget.NewEntry(env.T("contacts.group.name_example")).Limit(60)
	entry.SetText(name)
	field := widget.NewField(env.T("contacts.group.name"), "", entry)
	var d *widget.Dialog
	d = env.Ask(widget.Question{Title: title, Text: text, Content: field, Confirm: env.T("common.save"), Cancel: env.T("common.cancel"), OnConfirm: func() bool {
		typed := strings.TrimSpace(entry.Text)
		if typed == "" || strings.EqualFold(typed, "all") {
			field.SetProblem(env.T("contacts.group.name_needed"))
			return false
		}
		save(typed, func(err error) {
			if err != nil {
				field.SetProblem(env.Texts.Error(err))
				return
			}
			d.Close()
		})
		return false
	}})
	entry.OnSubmitted = func(string) { d.ConfirmButton().Press() }
}

// act writes to the store in a task.
func (s *Screen) act(work func(ctx context.Context) error, done func(error)) {
	page.Load(s.env.Tasks, work, done)
}

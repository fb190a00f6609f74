package ui

import (
	"fmt"
	"strings"

	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rail is the navigation at the left: the pages, what is being done, whether
// this is practice, and whose shop it is. In a narrow window it shows icons
// with captions.
type rail struct {
	shell   *Shell
	narrow  bool
	items   map[page.Name]*widget.NavItem
	jobs    *fyne.Container
	pages   *container.Scroll
	open    page.Name
	content fyne.CanvasObject
}

func newRail(s *Shell, narrow, paired bool) *rail {
	r := &rail{shell: s, narrow: narrow, items: map[page.Name]*widget.NavItem{}, jobs: container.NewStack()}
	r.jobs.Hide()
	texts := s.env.Texts
	pages, below := widget.Column(4), widget.Column(4)
	for i, room := range rooms {
		short := ""
		if room.short != "" {
			short = texts.T(room.short)
		}
		item := widget.NewNavItem(room.icon, texts.T(room.label), short, func() { s.Go(room.name) })
		item.Collapse(narrow)
		if room.foot {
			item.Amber() // what there is to put right in the settings
		}
		item.SetTip(texts.T("shell.page_key", "key", pageKey(i)))
		r.items[room.name] = item
		if room.foot {
			below.Add(item)
		} else {
			pages.Add(item)
		}
	}
	side := float32(12)
	if narrow {
		side = 8
	}
	r.pages = container.NewVScroll(widget.Inset(0, side, 0, side, pages))
	// The pages scroll where the window is low or the text large: settings and whose shop it is stay in sight.
	if narrow {
		r.content = widget.Surface(theme.Rail, widget.Column(0,
			widget.Inset(16, 24, 16, 24, widget.Logo(28)), widget.Fill(r.pages),
			widget.Inset(0, 8, 8, 8, r.jobs), r.practice(paired), widget.Inset(0, 8, 8, 8, below), widget.Inset(0, 8, 0, 8, widget.Divider()), r.foot()))
		return r
	}
	head := widget.Row(10, widget.Logo(28), widget.Heading(texts.T("app.name")))
	r.content = widget.Surface(theme.Rail, widget.Column(0,
		widget.Inset(16, 20, 20, 20, head), widget.Fill(r.pages),
		widget.Inset(0, 20, 12, 20, r.jobs), r.practice(paired), widget.Inset(0, 12, 12, 12, below), widget.Inset(0, 20, 0, 20, widget.Divider()), r.foot()))
	return r
}

func (r *rail) choose(name page.Name) {
	for n, item := range r.items {
		item.Select(n == name)
	}
	r.open = name
	r.reveal()
}

// reveal scrolls the page that is open into sight, where not all of them are.
func (r *rail) reveal() {
	item := r.items[r.open]
	if item == nil || roomOf(r.open).foot || r.pages.Size().Height <= 0 {
		return
	}
	top := item.Position().Y
	end := top + item.Size().Height - r.pages.Size().Height
	switch at := r.pages.Offset.Y; {
	case top < at:
		r.pages.ScrollToOffset(fyne.NewPos(0, top))
	case end > at:
		r.pages.ScrollToOffset(fyne.NewPos(0, end))
	}
}

func (r *rail) badge(name page.Name, count string) {
	if item := r.items[name]; item != nil {
		item.SetBadge(count)
	}
}

// practice says that nothing is really sent, while that is so.
func (r *rail) practice(paired bool) fyne.CanvasObject {
	env := r.shell.env
	if !env.Practice {
		return container.NewStack()
	}
	var link *widget.Link
	link = widget.NewCaptionLink(env.T("common.why"), func() {
		text := widget.Column(12, widget.Bold(env.T("shell.practice")), widget.NewParagraph(env.T("shell.practice_why")).Wide(360))
		if !paired {
			text.Add(widget.NewParagraph(env.T("shell.practice_links")).Wide(360))
		}
		text.Add(widget.NewParagraph(env.T("shell.practice_end")).Wide(360))
		widget.ShowCard(link, text)
	})
	if r.narrow {
		return widget.Inset(0, 4, 12, 4, widget.CenterColumn(4, widget.NewPill(widget.Brass, nil, env.T("shell.practice_short")), link))
	}
	box := widget.Column(4, widget.Row(8, widget.NewIcon(icons.Reminder, theme.Warn, widget.IconSmall), widget.Caption(env.T("shell.practice")).In(theme.Warn).Bold()),
		widget.Row(4, widget.Caption(env.T("shell.practice_line")).In(theme.Warn), link))
	return widget.Inset(0, 12, 12, 12, widget.NewSoftPanel(widget.Brass, box).Padded(8).Rounded(theme.RadiusTile))
}

// foot says whose shop this is, and opens the few choices that there are.
func (r *rail) foot() fyne.CanvasObject {
	env := r.shell.env
	name := env.Business.Name
	if name == "" {
		name = env.T("shell.no_name")
	}
	who := env.Business.Person
	var parts []string
	for _, part := range []string{env.Business.Person, env.Business.Till} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if who == "" {
		who = name
	}
	avatar := widget.NewAvatar(who, 32)
	var row *widget.ListRow
	open := func() { r.shell.showChoices(row) }
	if r.narrow {
		row = widget.NewListRow(avatar, open).Tall(48).Padded(14)
		row.SetTip(name)
		return widget.Inset(8, 8, 8, 8, row)
	}
	words := widget.Column(0, widget.Bold(name).Shorten(), widget.Caption(strings.Join(parts, " · ")).Shorten())
	row = widget.NewListRow(widget.Row(10, avatar, widget.Fill(words), widget.NewIcon(icons.More, theme.Ink2, widget.IconNormal)), open).Tall(56).Padded(8)
	return widget.Inset(8, 12, 8, 12, row)
}

// tasks shows the newest of the running tasks; a press lists all.
func (r *rail) tasks(all []Shown) {
	if len(all) == 0 {
		r.jobs.Hide()
		r.jobs.Objects = nil
		r.jobs.Refresh()
		return
	}
	newest := all[len(all)-1]
	bar := widget.NewProgressBar()
	bar.SetShare(max(newest.Step.Share, 0))
	var link *widget.Link
	text := r.shell.env.Texts.N("shell.tasks", len(all))
	if r.narrow {
		text = fmt.Sprint(len(all))
	}
	link = widget.NewCaptionLink(text, func() { r.shell.showTasks(link) })
	link.SetTip(newest.Name)
	column := widget.Column(4, bar, link)
	if !r.narrow {
		column = widget.Column(4, widget.Caption(newest.Name).Shorten(), bar, link)
	}
	r.jobs.Objects = []fyne.CanvasObject{column}
	r.jobs.Show()
	r.jobs.Refresh()
}

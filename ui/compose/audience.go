package compose

import (
	"cmp"
	"context"
	"slices"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// audience is a group of people to choose: one that Counterbell suggests, or a
// saved one.
type audience struct {
	title      string
	detail     string
	conditions string
	name       string // of a saved group
	people     int
}

// suggested are the groups that most campaigns go to, by conditions.
var suggested = []struct{ key, conditions string }{
	{"all", "all"},
	{"lapsed", "last_visit < 60d"},
	{"recent", "last_visit >= 30d"},
	{"birthday", "birthday = now"},
}

// audiences are the groups to choose from, with how many people are in each.
func audiences(ctx context.Context, s *store.Store, say func(key string, pairs ...any) string) ([]audience, error) {
	var all []audience
	for _, g := range suggested {
		n, err := s.CountGroup(ctx, g.conditions)
		if err != nil {
			return nil, err
		}
		all = append(all, audience{title: say("compose.audience." + g.key), detail: say("compose.audience." + g.key + "_how"), conditions: g.conditions, people: n})
	}
	groups, err := s.Groups(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		all = append(all, audience{title: g.Name, conditions: g.Conditions, name: g.Name, people: g.Count})
	}
	return all, nil
}

// crowd is the lower left of the page: who gets it, and who is left out.
type crowd struct {
	v       *View
	content *widget.Panel
	change  *widget.Link
	choices bool // the groups show
	open    bool // the reasons show
	drawn   crowdState
}

// crowdState is what the panel was last drawn for.
type crowdState struct {
	choices, open, chosen, stale, planned, reviewed bool
	group, name                                     string
	get, left, groups                               int
	reasons                                         string
}

func newCrowd(v *View) *crowd {
	c := &crowd{v: v, content: widget.NewPanel(widget.Column(0)), choices: !v.form.Chosen, open: true}
	c.change = widget.NewCaptionLink(v.env.T("common.change"), func() {
		c.choices = !c.choices
		c.show()
	})
	return c
}

// left is one reason and the people whom it keeps from getting the campaign.
type left struct {
	reason string
	ids    []data.ContactID
}

// leftOut are the reasons, the commonest first.
func (p *Plan) leftOut() []left {
	var all []left
	for reason, ids := range p.Review.Left {
		all = append(all, left{reason, ids})
	}
	slices.SortFunc(all, func(a, b left) int {
		return cmp.Or(cmp.Compare(len(b.ids), len(a.ids)), cmp.Compare(a.reason, b.reason))
	})
	return all
}

func (c *crowd) show() {
	v := c.v
	now := crowdState{
		choices: c.choices || !v.form.Chosen, open: c.open, chosen: v.form.Chosen, stale: v.stale, planned: v.planned, reviewed: v.plan.Reviewed, group: v.form.Group, name: v.form.GroupName,
		get: len(v.plan.Recipients), left: v.plan.Review.Blocked, groups: len(v.groups),
	}
	for _, l := range v.plan.leftOut() {
		now.reasons += l.reason + " "
	}
	if now == c.drawn {
		return
	}
	c.drawn = now
	head := widget.Row(8, widget.Fill(widget.Bold(v.env.T("compose.audience"))))
	if v.form.Chosen {
		head.Add(c.change)
	}
	body := widget.Column(12, head)
	if now.choices {
		body.Add(c.groups())
	}
	if v.form.Chosen {
		c.figures(body)
	}
	c.content.SetContent(body)
}

// groups are the cards to choose from.
func (c *crowd) groups() fyne.CanvasObject {
	v, env := c.v, c.v.env
	list := widget.Column(4)
	if v.groups == nil {
		list.Add(widget.Skeleton(180, 20))
	}
	for _, g := range v.groups {
		words := widget.Column(0, widget.Body(g.title).Shorten())
		if g.detail != "" {
			words.Add(widget.Caption(g.detail).Shorten())
		}
		row := widget.NewListRow(widget.Row(8, widget.Fill(words), widget.Bold(env.Texts.Number(int64(g.people)))), func() { c.choose(g) }).Tall(48).Padded(8)
		row.Select(v.form.Chosen && v.form.Group == g.conditions)
		list.Add(row)
	}
	return list
}

func (c *crowd) choose(g audience) {
	v := c.v
	v.form.Group, v.form.GroupName, v.form.Chosen, v.person = g.conditions, g.name, true, 0
	c.choices = false
	v.edit()
}

// title is what the chosen group is called.
func (c *crowd) title() string {
	v := c.v
	if v.form.GroupName != "" {
		return v.form.GroupName
	}
	if v.form.Group == "all" {
		return v.env.T("compose.audience.all")
	}
	return groupTitle(v.form.Group, v.env.Business.Currency, v.env.Texts)
}

// groupTitle is what a group is called that nobody saved under a name; everybody
// is "all", as in all of Counterbell.
func groupTitle(conditions, currency string, texts *i18n.Texts) string {
	if conditions == "all" {
		return conditions
	}
	for _, g := range suggested {
		if g.conditions == conditions {
			return texts.T("compose.audience." + g.key)
		}
	}
	return texts.Conditions(conditions, currency)
}

// figures are how many get it, and who is left out and why.
func (c *crowd) figures(body *fyne.Container) {
	v, env := c.v, c.v.env
	ink := theme.Ink
	if v.stale || !v.planned {
		ink = theme.Ink3
	}
	number := "…"
	if v.plan.Reviewed {
		number = env.Texts.Number(int64(len(v.plan.Recipients)))
	}
	body.Add(widget.Column(2, widget.Row(10, widget.Title(number).In(ink), widget.Fill(widget.Body(env.T("compose.will_get")).In(theme.Ink2).Shorten())), widget.NewParagraph(c.title()).Sized(theme.SizeCaption)))
	if !v.plan.Reviewed {
		return
	}
	if n := v.plan.Review.Blocked; n > 0 {
		icon := icons.More
		if c.open {
			icon = icons.Less
		}
		toggle := widget.NewIconButton(icon, env.T("compose.left_toggle"), func() { c.open = !c.open; c.show() }).Small()
		tile := widget.Column(4, widget.Row(8, widget.Fill(widget.Bold(env.N("compose.left", n)).In(ink)), toggle))
		if c.open {
			for _, l := range v.plan.leftOut() {
				tile.Add(c.reason(l))
			}
		}
		body.Add(widget.NewSoftTile(tile).Padded(12))
	} else if v.plan.Review.Audience == 0 {
		body.Add(widget.NewParagraph(env.T("compose.left_empty")).Sized(theme.SizeCaption))
	} else {
		body.Add(widget.Caption(env.T("compose.left_nobody")))
	}
	body.Add(widget.NewParagraph(env.T("compose.checked_again")).Sized(theme.SizeCaption))
}

// reason is one line: how many, why, and the way to them.
func (c *crowd) reason(l left) fyne.CanvasObject {
	env := c.v.env
	words := shortReason(env.Texts.T, env.Texts.Has, l.reason)
	see := widget.NewCaptionLink(env.T("compose.see"), func() {
		env.GoTo(page.Contacts, page.ToPeople{Title: env.Texts.Number(int64(len(l.ids))) + " " + words, IDs: l.ids})
	})
	return widget.Row(8, widget.Exactly(theme.Grow(28), 0, widget.Caption(env.Texts.Number(int64(len(l.ids)))).Bold().Trailing().In(theme.Ink)), widget.Fill(widget.Caption(words).Shorten()), see)
}

// shortReason says in a few words why people are left out.
func shortReason(say func(key string, pairs ...any) string, has func(string) bool, code string) string {
	if key := "compose.left_reason." + code; has(key) {
		return say(key)
	}
	if key := "error." + code; has(key) {
		return say(key)
	}
	return say("compose.left_reason.other")
}

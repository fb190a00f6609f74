package compose

import (
	"cmp"
	"context"
	"slices"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/report"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// preview is the upper right of the page: what a real person of the audience
// will read, one after the other.
type preview struct {
	v       *View
	content *widget.Panel
	who     *widget.Text
	back    *widget.IconButton
	next    *widget.IconButton
	phone   *widget.PhonePreview
	note    *widget.Paragraph
	load    page.Latest
}

func newPreview(v *View) *preview {
	env := v.env
	p := &preview{v: v, who: widget.Caption("").Shorten().Centered(), phone: widget.NewPhonePreview(), note: widget.NewParagraph("").Sized(theme.SizeCaption)}
	p.back = widget.NewIconButton(icons.Previous, env.T("compose.preview.previous"), func() { p.move(-1) }).Small()
	p.next = widget.NewIconButton(icons.Next, env.T("compose.preview.next"), func() { p.move(1) }).Small()
	p.content = widget.NewPanel(widget.Column(8, widget.Row(4, widget.Bold(env.T("compose.preview")), widget.Spring(), p.back, p.next), p.who, p.phone, p.note)).Padded(12)
	return p
}

// move shows another person; after the last comes the first.
func (p *preview) move(by int) {
	v := p.v
	n := len(v.plan.Recipients)
	if n == 0 {
		return
	}
	v.person = (v.person + by + n) % n
	env, c, who, variant := v.env, v.plan.Campaign, v.plan.Recipients[v.person], v.shownVariant()
	var one campaign.Preview
	p.load.Run(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			one, err = o.Campaigns().Preview(ctx, &c, who, variant)
			return err
		})
	}, func(err error) {
		if env.Fail(err, nil); err == nil {
			v.plan.Preview = &one
			p.show()
		}
	})
}

func (p *preview) show() {
	v, env := p.v, p.v.env
	business := &env.Business
	one := v.plan.Preview
	n := len(v.plan.Recipients)
	for _, b := range []*widget.IconButton{p.back, p.next} {
		if n > 1 && one != nil {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	if one == nil {
		who, what := env.T("compose.preview.nobody"), env.T("compose.preview.empty")
		if n > 0 {
			who, what = env.N("compose.preview.people", n), env.T("compose.preview.mend")
		}
		p.who.SetText(who)
		p.phone.Set(business.Name, business.Name, "", what)
		p.phone.SetDim(true)
		p.say("")
		return
	}
	name := cmp.Or(one.Name, phone.Show(one.To, business.Country))
	p.who.SetText(env.T("compose.preview.who", "name", name, "n", v.person+1, "of", n))
	p.phone.Set(business.Name, phone.Show(one.To, business.Country), p.when(one), one.Text)
	p.phone.SetDim(v.stale)
	switch {
	case one.State == data.Held:
		p.say(env.T("compose.preview.held", "when", env.Texts.DateTime(one.At.In(business.Location())), "zone", business.Zone))
	case one.State == data.Blocked:
		p.say(env.T("compose.preview.blocked"))
	case v.form.Offer != "":
		p.say(env.T("compose.preview.stand_in"))
	default:
		p.say("")
	}
}

// when is the moment on the person's own phone, and whose time that is where it isn't the shop's. Who may be in several
// zones gets the shop's.
func (p *preview) when(one *campaign.Preview) string {
	env := p.v.env
	const wall = "2006-01-02T15:04"
	here := one.At.In(env.Business.Location())
	there := here
	for i, zone := range one.Zones {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			return env.Texts.DateTime(here)
		}
		local := one.At.In(loc)
		if i > 0 && local.Format(wall) != there.Format(wall) {
			return env.Texts.DateTime(here)
		}
		there = local
	}
	if there.Format(wall) == here.Format(wall) {
		return env.Texts.DateTime(here)
	}
	return env.T("compose.preview.their_time", "when", env.Texts.DateTime(there))
}

func (p *preview) say(words string) {
	p.note.SetText(words)
	if words == "" {
		p.note.Hide()
	} else {
		p.note.Show()
	}
}

// checklist is the lower right: what makes a good campaign, what is missing, and
// the test.
type checklist struct {
	v       *View
	content *widget.Panel
	pill    *widget.Pill
	lines   *fyne.Container
	test    *widget.Button
}

func newChecklist(v *View) *checklist {
	env := v.env
	c := &checklist{v: v, pill: widget.NewPill(widget.Neutral, nil, ""), lines: widget.Column(10)}
	c.test = widget.Secondary(env.T("compose.test.button"), v.askTest).WithIcon(icons.Mobile)
	c.content = widget.NewPanel(widget.Column(14, widget.Row(8, widget.Fill(widget.Bold(env.T("compose.check"))), c.pill), c.lines, c.test))
	return c
}

func (c *checklist) show() {
	v, env := c.v, c.v.env
	all := checks(&v.form, &v.plan, env.Business.Name)
	done, of := ticked(all)
	reasons := v.reasons()
	c.lines.RemoveAll()
	if v.back != "" {
		reasons = append([]string{env.T("compose.came_back", "reason", report.Reason{Code: v.back}.Text(env.Texts))}, reasons...)
	}
	for _, why := range reasons {
		c.lines.Add(widget.TopRow(10, widget.NewIcon(icons.Alert, theme.Danger, widget.IconNormal), widget.Fill(widget.NewParagraph(why).In(theme.Ink))))
	}
	for _, k := range all {
		icon, ink := icons.Complete, theme.OK
		if !k.Done {
			icon, ink = icons.Question, theme.Warn
		}
		words := widget.Column(0, widget.NewParagraph(env.T("compose.check."+k.Key)).In(theme.Ink))
		switch {
		case k.Key == "opt_out" && k.Done && k.Place != "":
			words.Add(widget.NewParagraph(env.T("compose.check.opt_out_place", "place", v.place(k.Place))).Sized(theme.SizeCaption))
		case k.Key == "test" && k.Done:
			words.Add(widget.NewParagraph(env.T("compose.check.test_done")).Sized(theme.SizeCaption))
		case k.Detail != "" && (!k.Done || k.Key == "test") && !slices.Contains(reasons, env.T(k.Detail)): // once is enough
			words.Add(widget.NewParagraph(env.T(k.Detail)).Sized(theme.SizeCaption))
		}
		c.lines.Add(widget.TopRow(10, widget.NewIcon(icon, ink, widget.IconNormal), widget.Fill(words)))
	}
	tone := widget.OK
	if done < of || len(reasons) > 0 {
		tone = widget.Warn
	}
	c.pill.Set(tone, nil, env.T("compose.check.count", "done", done, "of", of))
	if v.plan.Preview == nil {
		c.test.Disable()
		c.test.SetTip(env.T("compose.test.nothing"))
	} else {
		c.test.Enable()
		c.test.SetTip("")
	}
	c.lines.Refresh()
	c.content.Refresh()
}

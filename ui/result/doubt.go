package result

import (
	"context"
	"net/url"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// "Maybe sent": the provider gave no answer. Nothing is ever done about it by itself; here a person asks the provider or
// decides, one by one or for all, and it is kept who did.

// showStrip says what can be done about the person under the cursor, or about all in doubt.
func (p *people) showStrip() {
	v := p.v
	env, m := v.env, &v.model
	p.strip.RemoveAll()
	defer func() {
		p.strip.Hidden = len(p.strip.Objects) == 0
		p.strip.Refresh()
	}()
	p.showDecided()
	ids := m.Doubtful()
	if len(ids) == 0 {
		return
	}
	provider := env.T("provider." + m.Report.Campaign.Provider + ".name")
	text := env.N("result.doubt.all", len(ids), "provider", provider)
	who, one := p.current()
	if one {
		ids = []data.MessageID{who.Message}
		text = env.T("result.doubt.person", "name", nameOf(env, who), "provider", provider)
		if who.Reason == "interrupted" {
			text = env.T("result.doubt.ended", "name", nameOf(env, who), "provider", provider)
		}
		if who.Opened != 0 || who.Redeemed != 0 {
			text = env.T("result.doubt.came", "name", nameOf(env, who))
		}
	}
	buttons := widget.Flow(theme.Gap12)
	switch {
	case m.Doubt.CanAsk:
		buttons.Add(widget.NewLink(env.T("result.doubt.ask", "provider", provider), v.ask).Bold())
	case m.Doubt.Console != "":
		buttons.Add(widget.NewLink(env.T("result.doubt.look", "provider", provider), func() { lookUp(m.Doubt.Console) }).Bold())
	}
	buttons.Add(widget.NewLink(env.N("result.doubt.arrived", len(ids)), func() { v.askArrived(ids, who, one) }).Bold())
	buttons.Add(widget.NewLink(env.N("result.doubt.again", len(ids)), func() { v.askAgain(ids, who, one) }).Bold())
	p.strip.Add(widget.NewSoftPanel(widget.Warn, widget.TopRow(theme.Gap8, widget.NewIcon(icons.Question, theme.Warn, widget.IconNormal),
		widget.Fill(widget.Column(4, widget.NewParagraph(text).Sized(theme.SizeCaption).In(theme.Ink), buttons)))).Padded(10).Rounded(theme.RadiusInput))
}

// showDecided says who decided about the person under the cursor.
func (p *people) showDecided() {
	row := p.list.Current()
	who, ok := p.v.model.Row(row)
	if row < 0 || !ok || who.Decided == nil {
		return
	}
	env, d := p.v.env, who.Decided
	zone := env.Business.Location()
	by := d.By
	if by == "" {
		by = env.T("result.somebody")
	}
	p.strip.Add(widget.Caption(env.T("result.decided."+string(d.Choice), "by", by, "at", env.Texts.DateTime(d.At.In(zone)), "zone", zone.String())).Shorten())
}

func nameOf(env *page.Env, who store.CampaignPerson) string {
	if who.Name == "" {
		return phone.Show(who.Phone, env.Business.Country)
	}
	return who.Name
}

// lookUp opens the provider's own page.
func lookUp(address string) {
	if u, err := url.Parse(address); err == nil {
		_ = fyne.CurrentApp().OpenURL(u)
	}
}

// ask asks the provider about all of the campaign's texts in doubt.
func (v *View) ask() {
	env := v.env
	name := env.T("provider." + v.model.Report.Campaign.Provider + ".name")
	var sum sender.Inquiry
	env.Tasks.Run(page.Task{
		Name: env.T("result.doubt.asking", "provider", name),
		Work: func(ctx context.Context, _ page.Report) error {
			return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
				sum, err = o.AskAbout(ctx, v.id)
				return err
			})
		},
		Done: func(err error) {
			if err != nil {
				env.Fail(err, v.ask)
			} else {
				env.Toast(widget.Toast{Tone: widget.Info, Text: env.T("result.doubt.told", "provider", name, "arrived", sum.Arrived, "failed", sum.Failed, "open", sum.Open+sum.NoWay), Close: env.T("common.close")})
			}
			v.reload()
		},
	})
}

// askArrived asks before texts in doubt count as delivered.
func (v *View) askArrived(ids []data.MessageID, who store.CampaignPerson, one bool) {
	env := v.env
	title, text := env.N("result.arrived.title", len(ids)), env.T("result.arrived.text_all")
	if one {
		title, text = env.T("result.arrived.title_one", "name", nameOf(env, who)), env.T("result.arrived.text_one", "name", nameOf(env, who))
	}
	env.Ask(widget.Question{
		Title: title, Text: text, Confirm: env.N("result.arrived.do", len(ids)), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool { v.resolve(ids, store.SaidArrived, "result.arrived.done"); return true },
	})
}

// askAgain asks before texts in doubt are handed over once more: they may come twice.
func (v *View) askAgain(ids []data.MessageID, who store.CampaignPerson, one bool) {
	env := v.env
	title, text := env.N("result.resend.title", len(ids)), env.T("result.resend.text_all")
	if one {
		title, text = env.T("result.resend.title_one", "name", nameOf(env, who)), env.T("result.resend.text_one", "name", nameOf(env, who))
	}
	env.Ask(widget.Question{
		Title: title, Text: text, Confirm: env.N("result.resend.do", len(ids)), Danger: true, Cancel: env.T("common.cancel"),
		OnConfirm: func() bool { v.resolve(ids, store.SendAgain, "result.resend.done"); return true },
	})
}

// resolve carries out what was decided, by whoever is at the counter.
func (v *View) resolve(ids []data.MessageID, choice store.Choice, done string) {
	env := v.env
	n := 0
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		n, err = env.Store.ResolveUnknown(ctx, ids, choice, env.Business.Person)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
		} else {
			env.Toast(widget.Toast{Tone: widget.OK, Text: env.N(done, n), Close: env.T("common.close")})
		}
		env.Engine.Wake()
		v.reload()
	})
}

package compose

import (
	"context"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
	"counterbell/sender/text"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// registration is where the text stands with a provider that sends approved
// texts alone: not registered, waiting, approved, refused and why.
type registration struct {
	v       *View
	content *fyne.Container
	busy    bool
	drawn   string
}

func newRegistration(v *View) *registration {
	return &registration{v: v, content: widget.Column(0)}
}

// stands is how a registration shows.
func stands(r campaign.Registered) (tone widget.Tone, icon *icons.Icon, state string) {
	if !r.Known {
		return widget.Warn, icons.Warning, "none"
	}
	switch provider.TemplateState(r.Of.State) {
	case provider.TemplateApproved:
		return widget.OK, icons.Check, "approved"
	case provider.TemplateRefused, provider.TemplateDisabled:
		return widget.Danger, icons.Refused, "refused"
	}
	return widget.Info, icons.Waiting, "pending"
}

func (g *registration) show() {
	v, env := g.v, g.v.env
	r := v.plan.Registered[v.variant]
	_, _, key := stands(r)
	state := strings.Join([]string{key, r.Of.Reason, r.Of.ID, v.plan.Provider, map[bool]string{true: "busy"}[g.busy], map[bool]string{true: "needed"}[r.Needed], v.shownVariant()}, "|")
	if state == g.drawn {
		return
	}
	g.drawn = state
	g.content.RemoveAll()
	defer func() { only(g.content) }()
	if !r.Needed {
		return
	}
	tone, icon, key := stands(r)
	row := widget.Row(8, widget.NewPill(tone, icon, env.T("compose.register."+key)), widget.Spring())
	switch {
	case g.busy:
		row.Add(widget.Caption(env.T("compose.register.asking")))
	case r.Known && key == "pending":
		row.Add(widget.Secondary(env.T("compose.register.refresh"), func() { g.run(r.Of.ID) }).Small())
	case key != "approved":
		row.Add(widget.Secondary(env.T("compose.register.do"), func() { g.run("") }).Small())
	}
	words := widget.Column(6, row, widget.NewParagraph(env.T("compose.register.how."+key, "reason", r.Of.Reason)).Sized(theme.SizeCaption))
	if split, err := splitOf(v.form.Texts[v.variant], kindOf(&v.form), env.Business.Name); err == nil && len(split.Variables) > 0 {
		names := make([]string, len(split.Variables))
		for i, part := range split.Variables {
			names[i] = "{" + env.Texts.Number(int64(i+1)) + "} " + env.T("compose.placeholder."+part.Name)
		}
		words.Add(widget.NewParagraph(env.T("compose.register.split", "text", split.Text, "variables", env.Texts.List(names...))).Sized(theme.SizeCaption))
	}
	g.content.Add(widget.NewSoftTile(words).Padded(12))
}

// splitOf is a text as the provider gets it: words with numbered gaps.
func splitOf(words string, kind data.Kind, brand string) (text.Split, error) {
	parsed, err := text.Parse(kind, words)
	if err != nil {
		return text.Split{}, err
	}
	return parsed.Bind(text.Of(map[string]string{"brand": brand})).Split()
}

// run registers the text, or asks how a registration stands.
func (g *registration) run(id string) {
	v, env := g.v, g.v.env
	name, kind, words := v.form.Name+" "+v.shownVariant(), kindOf(&v.form), clean(v.form.Texts[v.variant])
	g.busy = true
	g.show()
	env.Tasks.Run(page.Task{
		Name: env.T("compose.register.task"),
		Work: func(ctx context.Context, _ page.Report) error {
			return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
				if id != "" {
					_, err = o.Campaigns().Refresh(ctx, id)
				} else {
					_, err = o.Campaigns().Register(ctx, kind, name, words)
				}
				return err
			})
		},
		Done: func(err error) {
			g.busy = false
			env.Fail(err, func() { g.run(id) })
			v.replan()
		},
	})
}

// askLink asks for a web address that is the same for everybody.
func (v *View) askLink(then func(address string)) {
	env := v.env
	entry := widget.NewEntry("https://").Limit(200)
	field := widget.NewField(env.T("compose.link.address"), "", entry)
	env.Ask(widget.Question{
		Title: env.T("compose.link.fixed_title"), Text: env.T("compose.link.fixed_text"), Content: field, Confirm: env.T("compose.link.put"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			typed := strings.TrimSpace(entry.Text)
			if !strings.Contains(typed, ".") || strings.ContainsAny(typed, " {}") {
				field.SetProblem(env.T("compose.link.bad"))
				return false
			}
			then(typed)
			return true
		},
	})
	if c := env.Canvas(); c != nil {
		c.Focus(entry)
	}
}

// whyAdded shows which rule asks for what stands around the text.
func (v *View) whyAdded(anchor fyne.CanvasObject) {
	env := v.env
	row := rules.Builtin().Row(v.plan.Added.Region, kindOf(&v.form))
	lines := widget.Column(8, widget.Bold(env.T("compose.added.why")), widget.NewParagraph(env.T("compose.added.why_text", "place", v.place(v.plan.Added.Region))))
	if row != nil && env.Texts.Has("compose.basis."+row.Basis) {
		lines.Add(widget.NewParagraph(env.T("compose.added.basis", "basis", env.T("compose.basis."+row.Basis), "source", row.Source)).Sized(theme.SizeCaption))
	}
	widget.ShowCard(anchor, widget.Sized(340, 0, lines))
}

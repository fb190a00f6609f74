package settings

import (
	"context"
	"errors"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// account draws the form of the provider that is looked at, as its adapter describes it.
func (p *providers) account() {
	env, name := p.s.env, p.looked
	entry, err := catalog.Find(name)
	if err != nil {
		env.Fail(err, nil)
		return
	}
	facts, f := p.facts[name], p.s.desk.form("provider", name)
	f.Load(shownSettings(entry, facts.settings))
	p.fields = map[string]*widget.Field{}
	title := env.T("provider." + name + ".name")
	line := env.T("settings.provider.short." + name)
	if name == p.chosen {
		line = env.T("settings.provider.in_use")
	}
	column := widget.Column(12,
		widget.Row(12, widget.NewIconTile(icons.Credentials, widget.Accent), widget.Fill(widget.Column(0, widget.Bold(env.T("settings.provider.account", "provider", title)).Shorten(), widget.Caption(line).Shorten()))),
		widget.NewParagraph(env.T("provider."+name+".about")).Sized(theme.SizeCaption))
	secrets := false
	for _, field := range ordered(entry) {
		secrets = secrets || field.Secret
		p.fields[field.Name] = p.field(entry, field, f)
		column.Add(p.fields[field.Name])
	}
	if secrets {
		column.Add(widget.TopRow(6, widget.NewIcon(icons.Locked, theme.OK, widget.IconSmall), widget.Fill(widget.NewParagraph(env.T("settings.provider.keychain")).Sized(theme.SizeCaption))))
	}
	test := widget.Secondary(env.T("settings.provider.test"), p.test).WithIcon(icons.Refresh)
	text := env.T("common.save")
	if name != p.chosen {
		text = env.T("settings.provider.use", "provider", title)
	}
	bar := p.s.newSaveBar("provider", f, text, p.save, p.account)
	if name != p.chosen {
		bar.save.Enable() // to choose it, nothing need be changed
		bar.always = true
	}
	bar.note.SetText("")
	if p.demo && !entry.Practice {
		bar.save.Disable()
		bar.never = true
	}
	column.Add(widget.Row(8, test, widget.Spring()))
	column.Add(bar.object)
	column.Add(p.result)
	column.Add(p.limits(facts.caps))
	p.side.Objects = []fyne.CanvasObject{widget.NewPanel(column)}
	p.side.Refresh()
}

// shownSettings are the fields as they are stored; a secret never is.
func shownSettings(e catalog.Entry, settings map[string]string) map[string]string {
	out := map[string]string{}
	for _, field := range e.Settings {
		if !field.Secret {
			out[field.Name] = settings[field.Name]
		}
	}
	return out
}

// field is one field of the form.
func (p *providers) field(e catalog.Entry, field provider.Setting, f *form) *widget.Field {
	env := p.s.env
	label := env.T("provider." + e.Name + "." + field.Name)
	if !field.Secret {
		entry := widget.NewEntry(field.Default).Limit(300)
		p.s.bind(entry, f, field.Name)
		p.clearing(entry, field.Name)
		return widget.NewField(label, "", entry)
	}
	hint, prompt := "", ""
	switch p.facts[e.Name].secrets[field.Name] {
	case inKeychain:
		prompt, hint = "••••••••••••", env.T("settings.provider.stored")
	case inEnvironment:
		prompt, hint = "••••••••••••", env.T("settings.provider.environment", "variable", secret.Variable(e.Name, field.Name))
	}
	entry := widget.NewSecretEntry(prompt).Limit(2048)
	p.s.bind(entry, f, field.Name)
	p.clearing(entry, field.Name)
	if p.facts[e.Name].secrets[field.Name] == inEnvironment {
		entry.Disable()
	}
	return widget.NewField(label, hint, entry)
}

// clearing takes a problem back as soon as something else is typed.
func (p *providers) clearing(entry *widget.Entry, name string) {
	typed := entry.OnChanged
	entry.OnChanged = func(text string) {
		typed(text)
		if f := p.fields[name]; f != nil {
			f.SetProblem("")
		}
	}
}

// limits says what a provider can do, in figures.
func (p *providers) limits(c provider.Caps) fyne.CanvasObject {
	env := p.s.env
	lines := []string{env.T("settings.segments." + c.SegmentRule)}
	if c.RatePerSec > 0 {
		lines = append(lines, env.T("settings.provider.rate", "n", env.Texts.Decimal(c.RatePerSec, decimals(c.RatePerSec))))
	}
	if c.MaxUnits > 0 {
		lines = append(lines, env.T("settings.provider.longest", "n", c.MaxUnits))
	}
	switch {
	case c.Inbound != provider.PollNone && c.Inbound != "":
		lines = append(lines, env.T("settings.provider.opt_reply"))
	case c.ReportsOptOuts:
		lines = append(lines, env.T("settings.provider.opt_reports"))
	default:
		lines = append(lines, env.T("settings.provider.opt_link"))
	}
	column := widget.Column(4)
	for _, l := range lines {
		column.Add(widget.NewParagraph(l).Sized(theme.SizeCaption))
	}
	return widget.NewSoftTile(column)
}

func decimals(x float64) int {
	if x == float64(int(x)) {
		return 0
	}
	return 1
}

// typedSecrets hands out what was typed, and what is kept where nothing was.
type typedSecrets struct {
	typed map[string]string
	kept  secret.Keychain
}

func (t typedSecrets) Get(name, field string) (string, error) {
	if v := strings.TrimSpace(t.typed[field]); v != "" {
		return v, nil
	}
	return t.kept.Get(name, field)
}

// apart takes a form apart: what may stand in the database, and what goes to the keychain.
func apart(e catalog.Entry, f *form) (settings, secrets map[string]string) {
	settings, secrets = map[string]string{}, map[string]string{}
	for _, field := range e.Settings {
		v := strings.TrimSpace(f.Value(field.Name))
		switch {
		case v == "":
		case field.Secret:
			secrets[field.Name] = v
		default:
			settings[field.Name] = v
		}
	}
	return settings, secrets
}

// try sets the provider up from what stands in the form; what is wrong with it stands beside the field then.
func (p *providers) try(e catalog.Entry) (opened, map[string]string, map[string]string, bool) {
	settings, secrets := apart(e, p.s.desk.form("provider", e.Name))
	made, err := catalog.Open(e.Name, catalog.Needs{Settings: settings, Secrets: typedSecrets{secrets, p.s.keys}, Clock: time.Now})
	if err == nil {
		return opened{made}, settings, secrets, true
	}
	if known := (*data.Error)(nil); errors.As(err, &known) && p.fields[known.Args["field"]] != nil {
		p.problem(known)
	} else {
		p.s.env.Fail(err, nil)
	}
	return opened{}, nil, nil, false
}

// problem says beside a field what is wrong with it.
func (p *providers) problem(err *data.Error) {
	env, name := p.s.env, err.Args["field"]
	text := env.T("settings.provider.field_wrong")
	if err.Code == data.Credentials {
		text = env.T("settings.provider.field_missing")
	} else if strings.TrimSpace(p.s.desk.form("provider", p.looked).Value(name)) == "" {
		text = env.T("settings.provider.field_missing")
	}
	p.fields[name].SetProblem(text)
}

// test proves the account without sending anything.
func (p *providers) test() {
	entry, err := catalog.Find(p.looked)
	if err != nil || p.busy {
		return
	}
	made, _, _, ok := p.try(entry)
	if !ok {
		return
	}
	env, name := p.s.env, p.looked
	var balance, currency string
	var took time.Duration
	p.busy = true
	p.say(widget.NewSoftPanel(widget.Neutral, widget.Caption(env.T("settings.provider.testing"))).Padded(12))
	env.Tasks.Run(page.Task{Name: env.T("settings.provider.testing_name", "provider", env.T("provider."+name+".name")), Work: func(ctx context.Context, _ page.Report) error {
		defer made.close()
		began := time.Now()
		if err := made.Check(ctx); err != nil {
			return err
		}
		took = time.Since(began)
		if b, can := made.Provider.(provider.Balancer); can {
			// The account works; that the balance isn't told changes nothing about it.
			balance, currency, _ = b.Balance(ctx)
		}
		return nil
	}, Done: func(err error) {
		p.busy = false
		switch {
		case data.CodeOf(err) == data.Cancelled:
			p.say(nil)
		case err != nil:
			p.say(widget.NewSoftPanel(widget.Danger, widget.TopRow(8, mark(icons.Warning, theme.Danger), widget.Fill(widget.Column(4,
				widget.Bold(env.T("settings.provider.failed")).In(theme.Danger), widget.NewParagraph(env.Texts.Error(err)).Sized(theme.SizeCaption).In(theme.Ink))))).Padded(12))
		default:
			p.say(p.works(took, balance, currency))
		}
	}})
}

func (p *providers) say(what fyne.CanvasObject) {
	p.result.Objects = nil
	if what != nil {
		p.result.Objects = []fyne.CanvasObject{what}
	}
	p.result.Refresh()
	p.side.Refresh()
}

// works says that the account is accepted, and what is left on it.
func (p *providers) works(took time.Duration, balance, currency string) fyne.CanvasObject {
	env := p.s.env
	head := widget.Row(8, widget.NewIcon(icons.Complete, theme.OK, widget.IconNormal), widget.Fill(widget.Bold(env.T("settings.provider.works")).In(theme.OK)),
		widget.Caption(env.T("settings.seconds", "n", env.Texts.Decimal(took.Seconds(), 1))))
	lines := widget.Column(6, head, widget.NewParagraph(env.T("settings.provider.signed_in")).Sized(theme.SizeCaption).In(theme.Ink))
	column := widget.Column(8, widget.NewSoftPanel(widget.OK, lines).Padded(12))
	if balance != "" {
		column.Add(widget.NewSoftPanel(widget.Info, widget.Row(8, widget.NewIcon(icons.Wallet, theme.Info, widget.IconNormal),
			widget.Fill(widget.Bold(env.T("settings.provider.balance", "amount", balance, "currency", currency)).In(theme.Info)))).Padded(12))
	}
	return column
}

// save stores the account and uses it from now on. Another provider than before is asked about.
func (p *providers) save() {
	entry, err := catalog.Find(p.looked)
	if err != nil {
		return
	}
	made, settings, secrets, ok := p.try(entry)
	if !ok {
		return
	}
	made.close()
	if entry.Name == p.chosen {
		p.store(entry, settings, secrets)
		return
	}
	env := p.s.env
	under := 0
	page.Load(env.Tasks, func(ctx context.Context) error {
		for _, state := range underWay {
			all, err := env.Store.CampaignsIn(ctx, state)
			if err != nil {
				return err
			}
			for i := range all {
				if all[i].Provider != entry.Name {
					under++
				}
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.save)
			return
		}
		p.ask(entry, settings, secrets, under)
	})
}

// underWay are the states of campaigns that have an audience and aren't over.
var underWay = []data.CampaignState{data.AwaitingApproval, data.Scheduled, data.UndoWindow, data.Running, data.Paused}

// ask says what becomes of what is under way when the provider is switched.
func (p *providers) ask(entry catalog.Entry, settings, secrets map[string]string, under int) {
	env := p.s.env
	to, from := env.T("provider."+entry.Name+".name"), env.T("provider."+p.chosen+".name")
	text := env.T("settings.provider.switch_text", "provider", to)
	if !entry.Practice {
		text += " " + env.T("settings.provider.switch_real", "provider", to)
	}
	if under > 0 {
		text += " " + env.N("settings.provider.switch_campaigns", under, "provider", from)
	}
	var dialog *widget.Dialog
	dialog = env.Ask(widget.Question{
		Title: env.T("settings.provider.switch", "provider", to), Text: text, Confirm: env.T("settings.provider.use", "provider", to), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			dialog.Close() // first: what is asked next would go with it
			p.store(entry, settings, secrets)
			return false
		},
	})
}

// store keeps the account: secrets in the keychain first, so that nothing is chosen that can't be used.
func (p *providers) store(entry catalog.Entry, settings, secrets map[string]string) {
	env, f := p.s.env, p.s.desk.form("provider", entry.Name)
	page.Load(env.Tasks, func(ctx context.Context) error {
		for field, value := range secrets {
			if err := p.s.keys.Set(entry.Name, field, value); err != nil {
				return err
			}
		}
		return env.Store.SetProvider(ctx, entry.Name, settings)
	}, func(err error) {
		if data.CodeOf(err) == secret.NoKeychain {
			p.noKeychain(entry, secrets)
			return
		}
		if err != nil {
			env.Fail(err, nil)
			return
		}
		f.Discard()
		p.s.saved(env.T("provider.chosen", "provider", env.T("provider."+entry.Name+".name")))
		env.Engine.Restart()
		env.Rebuild()
	})
}

// noKeychain says how credentials are given where the system has nothing to keep them in.
func (p *providers) noKeychain(entry catalog.Entry, secrets map[string]string) {
	env := p.s.env
	var names []string
	for _, field := range entry.Settings {
		if field.Secret && secrets[field.Name] != "" {
			names = append(names, secret.Variable(entry.Name, field.Name))
		}
	}
	all := strings.Join(names, "\n")
	env.Ask(widget.Question{
		Title: env.T("settings.no_keychain"), Text: env.T("settings.no_keychain_text"),
		Content: widget.NewSoftTile(widget.NewParagraph(all).In(theme.Ink)), Confirm: env.T("common.copy"), Cancel: env.T("common.close"),
		OnConfirm: func() bool { env.Copy(all); return true },
	})
}

package settings

import (
	"context"
	"net/http"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/secret"
	"counterbell/sender"
	relays "counterbell/sender/relay"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// relay is the section about links: the relay inside the program, or the shop's own on a public server.
type relay struct {
	s      *Screen
	base   string // of the paired one; "" for the one inside
	env    bool   // its key comes from the environment
	status *fyne.Container
	inside *fyne.Container
	side   *fyne.Container
	object fyne.CanvasObject
	url    *widget.Field
	key    *widget.Field
	pair   *widget.Button
	busy   bool
}

func newRelay(s *Screen) part {
	p := &relay{s: s, inside: container.NewStack(), side: container.NewStack(), status: container.NewStack()}
	p.object = withSide(p.inside, p.side)
	return p
}

func (p *relay) Object() fyne.CanvasObject { return p.object }

func (p *relay) Show() {
	env := p.s.env
	var base string
	var fromEnvironment bool
	page.Load(env.Tasks, func(ctx context.Context) error {
		_, err := env.Store.Setting(ctx, "relay", &base)
		_, fromEnvironment = p.s.keys.Has("relay", "key")
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.base, p.env = base, fromEnvironment
		p.draw()
		p.look()
	})
}

func (p *relay) draw() {
	env, f := p.s.env, p.s.desk.form("relay", "")
	f.Load(map[string]string{"url": "", "key": ""})
	state := widget.Column(12)
	if p.base == "" {
		state.Add(widget.Row(12, widget.NewIconTile(icons.Computer, widget.Neutral), widget.Fill(widget.Column(0, widget.Bold(env.T("settings.relay.local")), widget.NewParagraph(env.T("relay.local")).Sized(theme.SizeCaption)))))
	} else {
		state.Add(widget.Row(12, widget.NewIconTile(icons.Link, widget.Accent), widget.Fill(widget.Column(0, widget.Bold(env.T("settings.relay.public")), widget.Caption(p.base).Shorten())),
			widget.Destructive(env.T("settings.relay.unpair"), p.unpair).Small()))
	}
	state.Add(p.status)
	state.Add(widget.Row(0, widget.Secondary(env.T("settings.relay.check"), p.look).Small().WithIcon(icons.Refresh), widget.Spring()))

	url := p.s.entry(f, "url", 500)
	url.SetPlaceHolder("https://go.example.com#…")
	key := widget.NewSecretEntry("").Limit(500)
	p.s.bind(key, f, "key")
	p.url = widget.NewField(env.T("settings.relay.url"), env.T("settings.relay.url_hint"), url)
	hint := ""
	if p.env {
		hint = env.T("settings.provider.environment", "variable", secret.Variable("relay", "key"))
		key.Disable()
	}
	p.key = widget.NewField(env.T("settings.relay.key"), hint, key)
	for _, e := range []*widget.Entry{url, key} {
		typed := e.OnChanged
		e.OnChanged = func(text string) {
			typed(text)
			p.url.SetProblem("")
			p.key.SetProblem("")
		}
	}
	text := env.T("settings.relay.pair")
	if p.base != "" {
		text = env.T("settings.relay.pair_other")
	}
	bar := p.s.newSaveBar("relay", f, text, p.store, p.draw)
	p.pair = bar.save
	form := widget.NewPanel(widget.Column(14, widget.Bold(env.T("settings.relay.own")), widget.NewParagraph(env.T("settings.relay.own_hint")).Sized(theme.SizeCaption), p.url, p.key,
		widget.TopRow(6, widget.NewIcon(icons.Locked, theme.OK, widget.IconSmall), widget.Fill(widget.NewParagraph(env.T("settings.provider.keychain")).Sized(theme.SizeCaption))), bar.object))
	p.inside.Objects = []fyne.CanvasObject{widget.Column(16, widget.NewPanel(state), form)}
	p.inside.Refresh()

	knows := widget.Column(10, widget.Bold(env.T("settings.relay.knows")))
	for _, k := range []struct {
		icon *icons.Icon
		ink  fyne.ThemeColorName
		key  string
	}{
		{icons.Check, theme.OK, "settings.relay.knows_token"},
		{icons.Check, theme.OK, "settings.relay.knows_page"},
		{icons.Check, theme.OK, "settings.relay.knows_opens"},
		{icons.Close, theme.Danger, "settings.relay.not_names"},
		{icons.Close, theme.Danger, "settings.relay.not_address"},
	} {
		knows.Add(widget.TopRow(8, mark(k.icon, k.ink), widget.Fill(widget.NewParagraph(env.T(k.key)).Sized(theme.SizeCaption).In(theme.Ink))))
	}
	p.side.Objects = []fyne.CanvasObject{widget.NewPanel(knows)}
	p.side.Refresh()
}

// look asks the relay how it does.
func (p *relay) look() {
	env := p.s.env
	var st relays.Status
	p.tell(theme.Ink3, nil, env.T("settings.relay.asking"))
	page.Load(env.Tasks, func(ctx context.Context) error {
		return env.Engine.Use(ctx, func(o *sender.Opened) error {
			if o.Links == nil {
				return data.Errorf(relays.Down, "ask the relay", "none is open")
			}
			var err error
			st, err = o.Links.Status(ctx)
			return err
		})
	}, func(err error) {
		switch {
		case data.CodeOf(err) == data.Cancelled:
		case err != nil:
			p.tell(theme.Danger, icons.Warning, env.Texts.Error(err))
		default:
			p.tell(theme.OK, icons.Complete, env.T("settings.relay.answers", "pages", env.N("settings.relay.pages", int(st.Pages)), "events", env.N("settings.relay.events", int(st.Events))))
		}
	})
}

func (p *relay) tell(ink fyne.ThemeColorName, icon *icons.Icon, text string) {
	row := widget.TopRow(8)
	if icon != nil {
		row.Add(widget.NewIcon(icon, ink, widget.IconNormal))
	}
	row.Add(widget.Fill(widget.NewParagraph(text).Sized(theme.SizeCaption).In(ink)))
	p.status.Objects = []fyne.CanvasObject{row}
	p.status.Refresh()
	p.inside.Refresh()
}

// pairing reads address and key from the two fields; the address may carry the key behind a #, as the relay prints it.
func pairing(url, key string) (base string, k relays.Key, err error) {
	url = strings.TrimSpace(url)
	if at := strings.IndexByte(url, '#'); at >= 0 {
		if strings.TrimSpace(key) == "" {
			key = url[at+1:]
		}
		url = url[:at]
	}
	k, err = relays.ParseKey(strings.TrimSpace(key))
	return url, k, err
}

// store pairs the relay, after it has answered with this key.
func (p *relay) store() {
	env, f := p.s.env, p.s.desk.form("relay", "")
	if p.busy {
		return
	}
	typed := f.Value("key")
	if p.env {
		typed, _ = p.s.keys.Get("relay", "key")
	}
	base, key, err := pairing(f.Value("url"), typed)
	if strings.TrimSpace(base) == "" {
		p.url.SetProblem(env.T("settings.relay.url_missing"))
		return
	}
	if err != nil {
		p.key.SetProblem(env.Texts.Error(err))
		return
	}
	if _, err := relays.NewClient(base, key, http.DefaultClient); err != nil {
		p.url.SetProblem(env.Texts.Error(err))
		return
	}
	p.busy = true
	p.pair.Disable()
	env.Tasks.Run(page.Task{Name: env.T("settings.relay.pairing"), Work: func(ctx context.Context, _ page.Report) error {
		ctx, end := context.WithTimeout(ctx, 30*time.Second)
		defer end()
		client, err := relays.NewClient(base, key, &http.Client{Timeout: 20 * time.Second})
		if err != nil {
			return err
		}
		if _, err := client.Status(ctx); err != nil {
			return err
		}
		if !p.env {
			if err := p.s.keys.Set("relay", "key", string(key)); err != nil {
				return err
			}
		}
		_, err = sender.PairRelay(ctx, env.Store, base, key)
		return err
	}, Done: func(err error) {
		p.busy = false
		p.pair.Enable()
		switch data.CodeOf(err) {
		case "":
		case secret.NoKeychain:
			p.noKeychain()
			return
		case data.Cancelled:
			return
		default:
			p.url.SetProblem(env.Texts.Error(err))
			return
		}
		f.Discard()
		p.s.saved(env.T("relay.paired", "url", base))
		env.Engine.Restart()
		env.Rebuild()
	}})
}

func (p *relay) noKeychain() {
	env, name := p.s.env, secret.Variable("relay", "key")
	env.Ask(widget.Question{
		Title: env.T("settings.no_keychain"), Text: env.T("settings.no_keychain_text"), Content: widget.NewSoftTile(widget.NewParagraph(name).In(theme.Ink)),
		Confirm: env.T("common.copy"), Cancel: env.T("common.close"), OnConfirm: func() bool { env.Copy(name); return true },
	})
}

// unpair goes back to the relay inside.
func (p *relay) unpair() {
	env := p.s.env
	env.Ask(widget.Question{
		Title: env.T("settings.relay.unpair_ask"), Text: env.T("settings.relay.unpair_text"), Confirm: env.T("settings.relay.unpair"), Cancel: env.T("common.cancel"), Danger: true,
		OnConfirm: func() bool {
			page.Load(env.Tasks, func(ctx context.Context) error {
				if err := env.Store.SetSetting(ctx, "relay", ""); err != nil {
					return err
				}
				if err := p.s.keys.Delete("relay", "key"); data.CodeOf(err) != secret.NoKeychain {
					return err
				}
				return nil // a key that the environment gives isn't ours to delete
			}, func(err error) {
				if err != nil {
					env.Fail(err, nil)
					return
				}
				p.s.saved(env.T("settings.relay.unpaired"))
				env.Engine.Restart()
				env.Rebuild()
			})
			return true
		},
	})
}

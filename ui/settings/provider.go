package settings

import (
	"context"
	"io"
	"slices"

	"counterbell/assets/icons"
	"counterbell/data/secret"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// providers is the section about who delivers the texts: cards to compare, and the account of the one that is looked at.
type providers struct {
	s      *Screen
	chosen string // the one in use
	looked string // the one whose account shows
	facts  map[string]providerFacts
	demo   bool
	cards  map[string]*widget.ChoiceCard
	inside *fyne.Container
	side   *fyne.Container
	fields map[string]*widget.Field
	result *fyne.Container
	object fyne.CanvasObject
	busy   bool
}

// providerFacts is what is known of one provider in this profile.
type providerFacts struct {
	settings map[string]string
	secrets  map[string]secretState
	caps     provider.Caps
}

// secretState says where a credential is.
type secretState int

const (
	missing secretState = iota
	inKeychain
	inEnvironment
)

func newProvider(s *Screen) part {
	p := &providers{s: s, inside: container.NewStack(), side: container.NewStack(), result: container.NewStack()}
	p.object = withSide(p.inside, p.side)
	return p
}

func (p *providers) Object() fyne.CanvasObject { return p.object }

func (p *providers) Show() {
	env := p.s.env
	facts := map[string]providerFacts{}
	var chosen string
	var demo bool
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		demo = b.Demo
		if chosen, err = env.Store.Provider(ctx); err != nil {
			return err
		}
		for _, e := range catalog.Entries() {
			f := providerFacts{secrets: map[string]secretState{}}
			if f.settings, err = env.Store.ProviderSettings(ctx, e.Name); err != nil {
				return err
			}
			for _, field := range e.Settings {
				if field.Secret {
					f.secrets[field.Name] = whereIs(p.s.keys, e.Name, field.Name)
				}
			}
			if f.caps, err = catalog.CapsOf(e.Name, f.settings); err != nil {
				return err
			}
			facts[e.Name] = f
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.facts, p.chosen, p.demo = facts, chosen, demo
		if p.looked == "" {
			p.looked = chosen
		}
		p.draw()
	})
}

func whereIs(keys secret.Keychain, name, field string) secretState {
	switch found, environment := keys.Has(name, field); {
	case environment:
		return inEnvironment
	case found:
		return inKeychain
	}
	return missing
}

func (p *providers) draw() {
	env := p.s.env
	p.cards = map[string]*widget.ChoiceCard{}
	grid := widget.Grid(2, 12)
	for _, e := range catalog.Entries() {
		name := e.Name
		card := widget.NewChoiceCard(p.card(name), func() { p.lookAt(name) })
		card.Select(name == p.looked)
		p.cards[name] = card
		grid.Add(card)
	}
	about := widget.NewSoftTile(widget.TopRow(10, mark(icons.About, theme.Info), widget.Fill(widget.NewParagraph(env.T("settings.provider.explain")).Sized(theme.SizeCaption))))
	column := widget.Column(12,
		widget.Row(8, widget.Bold(env.T("settings.provider.who")), widget.Spring(), widget.Caption(env.T("settings.provider.pay"))), grid, about)
	if p.demo {
		column.Add(widget.NewBanner(widget.Warn, icons.Warning, env.T("settings.provider.demo")))
	}
	p.inside.Objects = []fyne.CanvasObject{column}
	p.inside.Refresh()
	p.account()
}

// lookAt shows a provider's account; nothing is chosen by that.
func (p *providers) lookAt(name string) {
	p.looked = name
	for n, card := range p.cards {
		card.Select(n == name)
	}
	p.result.Objects = nil
	p.account()
}

// card is what stands on a provider's card: its name, and what it can do.
func (p *providers) card(name string) fyne.CanvasObject {
	env, caps := p.s.env, p.facts[name].caps
	head := widget.Row(10, widget.NewAvatar(env.T("provider."+name+".name"), 30), widget.Fill(widget.Column(0,
		widget.Bold(env.T("provider."+name+".name")), widget.Caption(env.T("settings.provider.short."+name)).Shorten())))
	if name == p.chosen {
		head.Add(widget.NewPill(widget.OK, nil, env.T("settings.provider.in_use")))
	}
	ticks := widget.Flow(12)
	for _, a := range abilities(caps) {
		icon, ink, text := icons.Check, theme.OK, theme.Ink
		if !a.can {
			icon, ink, text = icons.Close, theme.Ink3, theme.Ink3
		}
		ticks.Add(widget.Row(4, widget.NewIcon(icon, ink, widget.IconSmall), widget.Caption(env.T("settings.can."+a.key)).In(text)))
	}
	return widget.Column(12, head, ticks)
}

// ability is something that a provider can or can't do.
type ability struct {
	key string
	can bool
}

// abilities are what sets providers apart, by what the adapters declare.
func abilities(c provider.Caps) []ability {
	return []ability{
		{"receipts", c.Statuses != provider.PollNone && c.Statuses != ""},
		{"replies", c.Inbound != provider.PollNone && c.Inbound != ""},
		{"links", c.FreeText || c.LinkInVariable},
		{"free_text", c.FreeText},
		{"balance", c.Balance},
	}
}

// opened is a provider that was set up from what stands in the form.
type opened struct {
	provider.Provider
}

func (o opened) close() { closeProvider(o.Provider) }

func closeProvider(p provider.Provider) {
	if c, ok := p.(io.Closer); ok {
		_ = c.Close()
	}
}

// late are the fields that hardly anybody changes; they stand below the others.
var late = []string{"base_url", "rate_per_sec", "seed"}

// ordered are an entry's fields, those that hardly anybody changes last.
func ordered(e catalog.Entry) []provider.Setting {
	out := slices.Clone(e.Settings)
	slices.SortStableFunc(out, func(a, b provider.Setting) int {
		x, y := 0, 0
		if slices.Contains(late, a.Name) {
			x = 1
		}
		if slices.Contains(late, b.Name) {
			y = 1
		}
		return x - y
	})
	return out
}

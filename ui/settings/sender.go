package settings

import (
	"context"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/sender/provider/catalog"
	"counterbell/sender/rules"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// senders is the section about who a text is from, and how people opt out of it: what Counterbell puts in front of the
// shop's own words and behind them, for each country and language of the contacts.
type senders struct {
	s      *Screen
	inside *fyne.Container
	object fyne.CanvasObject
}

func newSender(s *Screen) part {
	p := &senders{s: s, inside: container.NewStack()}
	p.object = scrolled(p.inside)
	return p
}

func (p *senders) Object() fyne.CanvasObject { return p.object }

// sendersView is what the section shows.
type sendersView struct {
	business data.Business
	provider string
	sender   string // number or sender ID of the account; "" for none
	caps     provider.Caps
	channel  rules.Channel
	samples  []frameSample
}

// frameSample is what a text gets for people of a country who read a language.
type frameSample struct {
	Country  string
	Language string
	Text     string
	Problem  error
}

func (p *senders) Show() {
	env := p.s.env
	v := &sendersView{}
	countries := p.s.countries(p.Show)
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if v.business, err = env.Store.Business(ctx); err != nil {
			return err
		}
		if v.provider, err = env.Store.Provider(ctx); err != nil {
			return err
		}
		settings, err := env.Store.ProviderSettings(ctx, v.provider)
		if err != nil {
			return err
		}
		for _, name := range []string{"from", "messaging_service_sid", "sender_id"} {
			if v.sender == "" {
				v.sender = settings[name]
			}
		}
		if v.caps, err = catalog.CapsOf(v.provider, settings); err != nil {
			return err
		}
		v.channel = campaign.ChannelOf(v.caps, nil)
		err = env.Engine.Use(ctx, func(o *sender.Opened) error {
			var links campaign.Links
			if o.Links != nil {
				links = o.Links
			}
			v.caps = o.Provider.Capabilities()
			v.channel = campaign.ChannelOf(v.caps, links)
			return nil
		})
		if err != nil && ctx.Err() != nil {
			return err // an account that isn't complete yet is shown by what it would be able to do
		}
		_, order := peopleIn(countries)
		v.samples = samples(v, order, p.s.env.T("shell.no_name"))
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.draw(v)
	})
}

// sampleWords are the shop's own words in the samples, by language.
var sampleWords = map[string]string{"zh-Hans": "本周末全场八折。", "zh-Hant": "本週末全場八折。", "es": "20% de descuento este fin de semana.", "fr": "-20 % ce week-end.", "de": "20 % Rabatt am Wochenende."}

// stopSample is a stop link in a sample, as long as a real one.
const stopSample = "https://go.example.com/Ab3dEf6hIj9/stop"

// samples composes an offer for the countries of the contacts, the shop's own first, in the languages that are read there.
func samples(v *sendersView, countries []string, nameless string) []frameSample {
	brand := v.business.Name
	if brand == "" {
		brand = nameless
	}
	channel := v.channel
	if channel.Way == rules.WayLink {
		channel.Link = stopSample
	}
	seen := map[string]bool{}
	var out []frameSample
	for _, country := range append([]string{v.business.Country}, countries...) {
		if country == "" || seen[country] || len(seen) == 8 {
			continue
		}
		seen[country] = true
		languages := rules.Languages(country)
		for _, l := range languages[:min(len(languages), 2)] {
			words := sampleWords[l]
			if words == "" {
				words = "20% off this weekend."
			}
			text, err := rules.Compose(data.Marketing, country, l, brand, channel, words)
			out = append(out, frameSample{country, l, text, err})
		}
	}
	return out
}

func (p *senders) draw(v *sendersView) {
	env := p.s.env
	name := v.business.Name
	if name == "" {
		name = env.T("settings.sender.no_name")
	}
	from := v.sender
	if from == "" {
		from = env.T("settings.sender.from_provider")
	}
	line := func(icon *icons.Icon, label, value, link string, lead func()) fyne.CanvasObject {
		return widget.Row(10, widget.NewIcon(icon, theme.Ink2, widget.IconNormal), widget.Exactly(150, 0, widget.Caption(label).Shorten()), widget.Fill(widget.Body(value).Shorten()), widget.NewCaptionLink(link, lead))
	}
	who := widget.NewPanel(widget.Column(14, widget.Bold(env.T("settings.sender.who")),
		line(icons.Store, env.T("settings.sender.brand"), name, env.T("common.change"), func() { p.s.choose("business") }),
		line(icons.Provider, env.T("settings.sender.from"), from, env.T("common.change"), func() { p.s.choose("provider") }),
		widget.NewParagraph(env.T("settings.sender.brand_hint")).Sized(theme.SizeCaption)))

	way, tone, icon := "settings.sender.way_reply", widget.OK, icons.Complete
	switch v.channel.Way {
	case rules.WayLink:
		way = "settings.sender.way_link"
	case rules.WayNone:
		way, tone, icon = "settings.sender.way_none", widget.Danger, icons.Warning
	}
	out := widget.NewBanner(tone, icon, env.T(way, "provider", env.T("provider."+v.provider+".name")))
	if v.channel.Way == rules.WayNone {
		out = widget.NewBanner(tone, icon, env.T(way, "provider", env.T("provider."+v.provider+".name")), widget.Secondary(env.T("settings.menu.relay"), func() { p.s.choose("relay") }).Small())
	}

	list := widget.Column(10, widget.Bold(env.T("settings.sender.samples")), widget.NewParagraph(env.T("settings.sender.samples_hint")).Sized(theme.SizeCaption))
	last := ""
	for i := range v.samples {
		s := &v.samples[i]
		country := ""
		if s.Country != last {
			country = env.Texts.Country(s.Country)
		}
		last = s.Country
		words, ink := s.Text, theme.Ink
		if s.Problem != nil {
			words, ink = env.Texts.Error(s.Problem), theme.Danger
		}
		list.Add(widget.TopRow(12, widget.Exactly(130, 0, widget.Column(0, widget.Body(country).Shorten(), widget.Caption(env.Texts.LanguageOf(s.Language)).In(theme.Ink3).Shorten())),
			widget.Fill(widget.NewSoftTile(widget.NewParagraph(words).In(ink)))))
	}

	answers := []string{"settings.sender.stop", "settings.sender.help"}
	if v.caps.ReportsOptOuts {
		answers = append(answers, "settings.sender.provider_answers")
	}
	replies := widget.Column(8, widget.Bold(env.T("settings.sender.answers")))
	for _, key := range answers {
		replies.Add(widget.TopRow(8, mark(icons.Check, theme.OK), widget.Fill(widget.NewParagraph(env.T(key)))))
	}
	p.inside.Objects = []fyne.CanvasObject{widget.Column(16, who, out, widget.NewPanel(list), widget.NewPanel(replies))}
	p.inside.Refresh()
}

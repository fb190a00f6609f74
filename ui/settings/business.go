package settings

import (
	"context"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/welcome"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"golang.org/x/text/currency"
	"golang.org/x/text/language"
)

// business is the section about whose shop this is.
type business struct {
	s       *Screen
	form    *form
	name    *widget.Field
	country *widget.Select
	hours   *openingHours
	inside  *fyne.Container
	side    *fyne.Container
	object  fyne.CanvasObject
}

var shopKinds = []struct {
	kind string
	icon *icons.Icon
}{{"shop", icons.Store}, {"clinic", icons.Clinic}, {"salon", icons.Cut}, {"restaurant", icons.Restaurant}}

func newBusiness(s *Screen) part {
	b := &business{s: s, form: s.desk.form("business", ""), inside: container.NewStack(), side: container.NewStack()}
	b.object = withSide(b.inside, b.side)
	return b
}

func (b *business) Object() fyne.CanvasObject { return b.object }

func (b *business) Show() {
	env := b.s.env
	var stored data.Business
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		stored, err = env.Store.Business(ctx)
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, b.Show)
			return
		}
		b.form.Load(businessValues(&stored))
		b.draw()
	})
}

// businessValues are a business's fields as a form keeps them.
func businessValues(b *data.Business) map[string]string {
	return map[string]string{
		"name": b.Name, "kind": b.Kind, "country": b.Country, "zone": b.Zone, "currency": b.Currency,
		"contact": b.Contact, "address": b.Address, "hours": writeOpening(b.Hours),
	}
}

// intoBusiness puts a form's fields into a business.
func intoBusiness(f *form, b *data.Business) {
	get := func(name string) string { return strings.TrimSpace(f.Value(name)) }
	b.Name, b.Kind, b.Country, b.Zone, b.Currency = get("name"), get("kind"), get("country"), get("zone"), get("currency")
	b.Contact, b.Address, b.Hours = get("contact"), get("address"), readOpening(f.Value("hours"))
}

func (b *business) draw() {
	env, f := b.s.env, b.form
	cards := widget.Grid(4, 6)
	var all []*widget.ChoiceCard
	for i, k := range shopKinds {
		card := widget.NewChoiceCard(widget.CenterColumn(6, widget.NewIconTile(k.icon, widget.Neutral), widget.Caption(env.T("welcome.kind."+k.kind))), func() {
			f.Type("kind", k.kind)
			for j, c := range all {
				c.Select(i == j)
			}
			b.s.touched()
			b.promise()
		})
		card.Select(f.Value("kind") == k.kind)
		all = append(all, card)
		cards.Add(card)
	}
	name := b.s.entry(f, "name", 60)
	typed := name.OnChanged
	name.OnChanged = func(text string) {
		typed(text)
		b.name.SetProblem("")
		b.promise()
	}
	b.name = widget.NewField(env.T("settings.business.name"), env.T("settings.business.name_hint"), name)

	country := f.Value("country")
	codes := env.Texts.SortCountries(phone.Countries())
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = env.Texts.Country(c)
	}
	countries := widget.NewSelect(names, func(i int) { b.moved(codes[i]) })
	b.country = countries
	countries.SetSelected(slices.Index(codes, country))

	zones := phone.Zones(country)
	if z := f.Value("zone"); z != "" && !slices.Contains(zones, z) {
		zones = append(zones, z)
	}
	labels := make([]string, len(zones))
	for i, z := range zones {
		labels[i] = zoneLabel(env.Texts, env.Clock(), z)
	}
	zone := widget.NewSelect(labels, func(i int) { f.Type("zone", zones[i]); b.s.touched() })
	zone.SetSelected(slices.Index(zones, f.Value("zone")))

	currencies := currencyChoices(country, f.Value("currency"))
	signs := make([]string, len(currencies))
	for i, c := range currencies {
		if signs[i] = c; env.Texts.Symbol(c) != c {
			signs[i] = c + " " + env.Texts.Symbol(c)
		}
	}
	money := widget.NewSelect(signs, func(i int) { f.Type("currency", currencies[i]); b.s.touched() })
	money.SetSelected(slices.Index(currencies, f.Value("currency")))

	b.hours = newOpeningHours(b.s, f)
	bar := b.s.newSaveBar("business", f, env.T("common.save"), b.save, b.draw)
	b.inside.Objects = []fyne.CanvasObject{widget.Column(16,
		cards,
		widget.NewPanel(widget.Column(14,
			b.name,
			widget.Grid(2, 12,
				widget.NewField(env.T("settings.business.country"), env.T("settings.business.country_hint"), countries),
				widget.NewField(env.T("settings.business.zone"), env.T("settings.business.zone_hint"), zone)),
			widget.Grid(2, 12,
				widget.NewField(env.T("settings.business.currency"), "", money),
				widget.NewField(env.T("settings.business.contact"), env.T("settings.business.contact_hint"), b.s.entry(f, "contact", 120))),
			widget.NewField(env.T("settings.business.address"), env.T("settings.business.address_hint"), b.s.entry(f, "address", 200)),
			widget.NewField(env.T("settings.business.hours"), env.T("settings.business.hours_hint"), b.hours.object),
			bar.object,
		)))}
	b.inside.Refresh()
	b.promise()
}

// moved takes another country: time zone and currency follow it.
func (b *business) moved(country string) {
	f := b.form
	f.Type("country", country)
	if zones := phone.Zones(country); len(zones) > 0 && !slices.Contains(zones, f.Value("zone")) {
		f.Type("zone", zones[0])
	}
	f.Type("currency", currencyOf(country, f.Value("currency")))
	b.draw()
	b.s.touched()
	b.s.focus(b.country)
}

// currencyOf is what people pay with in a country. Source: CLDR, as golang.org/x/text carries it.
func currencyOf(country, otherwise string) string {
	if region, err := language.ParseRegion(country); err == nil {
		if unit, ok := currency.FromRegion(region); ok {
			return unit.String()
		}
	}
	return otherwise
}

// promise shows what the rules of the country make Counterbell do, and what a text looks like then.
func (b *business) promise() {
	env := b.s.env
	m := &welcome.Model{}
	intoBusiness(b.form, &m.Business)
	m.Business.Name = strings.TrimSpace(b.form.Value("name"))
	list := widget.Column(10)
	for _, p := range m.Promises(env.Texts) {
		list.Add(widget.TopRow(8, mark(icons.Check, theme.OK),
			widget.Fill(widget.Column(0, widget.Caption(env.T("welcome.promise."+p.Key)).In(theme.Ink3), widget.NewParagraph(p.Text).In(theme.Ink)))))
	}
	var why *widget.Link
	why = widget.NewCaptionLink(env.T("common.why"), func() {
		g := m.Why(env.Texts)
		card := widget.Column(8, widget.Bold(g.Place), widget.NewParagraph(env.T("welcome.ground."+basisKey(strings.Join(g.Basis, "+")))).Wide(380),
			widget.NewParagraph(env.T("settings.source", "source", g.Source)).Sized(theme.SizeCaption).Wide(380))
		for _, own := range g.Ours {
			card.Add(widget.NewParagraph(own).Sized(theme.SizeCaption).Wide(380))
		}
		widget.ShowCard(why, card)
	})
	sample := m.Sample(env.Texts)
	preview := widget.NewPhonePreview()
	from := m.Business.Name
	if from == "" {
		from = env.T("shell.no_name")
	}
	preview.Set(from, from, env.T("welcome.preview_when"), sample.All())
	b.side.Objects = []fyne.CanvasObject{widget.Column(16,
		widget.NewPanel(widget.Column(12, widget.NewParagraph(env.T("settings.business.rules", "country", placeIn(env.Texts, m.Business.Country))).In(theme.Ink).Bold(), list,
			widget.Row(12, why, widget.NewCaptionLink(env.T("settings.business.change_rules"), func() { b.s.choose("rules") }), widget.Spring()))),
		widget.NewPanel(widget.Column(12, widget.Row(8, widget.Bold(env.T("settings.business.arrives")), widget.Spring(), widget.Caption(env.T("settings.business.example"))), preview)),
	)}
	b.side.Refresh()
}

func (b *business) save() {
	env, f := b.s.env, b.form
	if strings.TrimSpace(f.Value("name")) == "" {
		b.name.SetProblem(env.T("shell.business_missing"))
		return
	}
	if b.hours.bad {
		env.Toast(widget.Toast{Tone: widget.Warn, Text: env.T("settings.hours_bad"), Close: env.T("common.close")})
		return
	}
	page.Load(env.Tasks, func(ctx context.Context) error {
		stored, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		intoBusiness(f, &stored)
		return env.Store.SetBusiness(ctx, stored)
	}, func(err error) {
		if err != nil {
			env.Fail(err, b.save)
			return
		}
		f.Load(f.Values())
		b.s.saved(env.T("settings.business.saved"))
		env.Engine.Wake()
		env.Rebuild()
	})
}

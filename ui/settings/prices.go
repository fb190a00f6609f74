package settings

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// prices is the section about what a text costs: by country and kind, as the provider's price list has it. What stands
// empty isn't known, and then no cost is claimed.
type prices struct {
	s        *Screen
	provider string
	places   []string
	more     []string // countries that were added by hand
	cells    map[string]*widget.Entry
	fault    *widget.Paragraph
	inside   *fyne.Container
	object   fyne.CanvasObject
}

func newPrices(s *Screen) part {
	p := &prices{s: s, inside: container.NewStack()}
	p.object = scrolled(p.inside)
	return p
}

func (p *prices) Object() fyne.CanvasObject { return p.object }

func (p *prices) Show() {
	env := p.s.env
	name := p.provider
	var all []store.Price
	places := []string{""}
	var currency string
	countries := p.s.countries(p.Show)
	page.Load(env.Tasks, func(ctx context.Context) (err error) {
		if name == "" {
			if name, err = env.Store.Provider(ctx); err != nil {
				return err
			}
		}
		if all, err = env.Store.Prices(ctx, name); err != nil {
			return err
		}
		b, err := env.Store.Business(ctx)
		if err != nil {
			return err
		}
		currency = b.Currency
		_, order := peopleIn(countries)
		for _, price := range all {
			order = append(order, price.Country)
		}
		for _, c := range append([]string{b.Country}, order...) {
			if c != "" && !slices.Contains(places, c) {
				places = append(places, c)
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			env.Fail(err, p.Show)
			return
		}
		p.provider, p.places = name, places
		p.form().Load(priceValues(all, currency))
		p.draw()
	})
}

func (p *prices) form() *form { return p.s.desk.form("prices", p.provider) }

func (p *prices) draw() {
	env, f := p.s.env, p.form()
	var names []string
	var codes []string
	for _, e := range catalog.Entries() {
		codes, names = append(codes, e.Name), append(names, env.T("provider."+e.Name+".name"))
	}
	which := widget.NewSelect(names, func(i int) {
		p.provider = codes[i]
		p.Show()
	})
	which.SetSelected(slices.Index(codes, p.provider))
	currencies := currencyChoices(env.Business.Country, f.Value("currency"))
	money := widget.NewSelect(currencies, func(i int) { f.Type("currency", currencies[i]); p.s.touched() })
	money.SetSelected(slices.Index(currencies, f.Value("currency")))

	places := slices.Clone(p.places)
	for _, c := range p.more {
		if !slices.Contains(places, c) {
			places = append(places, c)
		}
	}
	p.cells = map[string]*widget.Entry{}
	head := []fyne.CanvasObject{widget.Caption(env.T("settings.prices.country")).In(theme.Ink3)}
	for _, kind := range priceKinds {
		head = append(head, widget.Caption(env.T("settings.prices.kind."+cmp.Or(string(kind), "every"))).In(theme.Ink3).Shorten())
	}
	grid := widget.Grid(len(priceKinds)+1, 8, head...)
	for _, place := range places {
		name := env.T("settings.prices.everywhere")
		if place != "" {
			name = env.Texts.Country(place)
		}
		grid.Add(widget.Body(name).Shorten())
		for _, kind := range priceKinds {
			field := priceName(place, kind)
			cell := widget.NewEntry(env.T("settings.prices.unknown")).Limit(16)
			p.s.bind(cell, f, field)
			typed := cell.OnChanged
			cell.OnChanged = func(text string) {
				typed(text)
				cell.SetFaulty(false)
				p.fault.SetText("")
			}
			p.cells[field] = cell
			grid.Add(cell)
		}
	}
	all := env.Texts.SortCountries(phone.Countries())
	labels := make([]string, len(all))
	for i, c := range all {
		labels[i] = env.Texts.Country(c)
	}
	more := widget.NewSelect(labels, func(i int) {
		p.more = append(p.more, all[i])
		p.draw()
	}).Prompt(env.T("settings.prices.add"))
	p.fault = widget.NewParagraph("").Sized(theme.SizeCaption).In(theme.Danger)
	bar := p.s.newSaveBar("prices", f, env.T("common.save"), p.save, p.draw)
	p.inside.Objects = []fyne.CanvasObject{widget.Column(16,
		widget.NewParagraph(env.T("settings.prices.about")),
		widget.NewPanel(widget.Column(14,
			widget.Row(12, widget.Exactly(220, 0, widget.NewField(env.T("settings.prices.provider"), "", which)), widget.Exactly(140, 0, widget.NewField(env.T("settings.business.currency"), "", money)), widget.Spring()),
			grid,
			widget.Row(0, widget.Exactly(260, 36, more), widget.Spring()),
			p.fault, bar.object)),
		widget.NewSoftTile(widget.TopRow(10, mark(icons.About, theme.Info), widget.Fill(widget.NewParagraph(env.T("settings.prices.order")).Sized(theme.SizeCaption)))))}
	p.inside.Refresh()
}

func (p *prices) save() {
	env, f, name := p.s.env, p.form(), p.provider
	all, bad := readPrices(f)
	for _, field := range bad {
		if cell := p.cells[field]; cell != nil {
			cell.SetFaulty(true)
		}
	}
	if len(bad) > 0 {
		country, _, _ := strings.Cut(bad[0], "/")
		place := env.T("settings.prices.everywhere")
		if country != "" {
			place = env.Texts.Country(country)
		}
		p.fault.SetText(env.T("settings.prices.wrong", "text", f.Value(bad[0]), "place", place))
		return
	}
	page.Load(env.Tasks, func(ctx context.Context) error { return env.Store.SetPrices(ctx, name, all) }, func(err error) {
		if err != nil {
			env.Fail(err, p.save)
			return
		}
		f.Load(f.Values())
		p.s.saved(env.T("settings.prices.saved"))
		p.draw()
	})
}

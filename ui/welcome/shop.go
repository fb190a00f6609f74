package welcome

import (
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// kinds are what a business can be.
var kinds = []struct {
	name string
	icon *icons.Icon
}{{"shop", icons.Store}, {"clinic", icons.Clinic}, {"salon", icons.Cut}, {"restaurant", icons.Restaurant}}

// shopView is the second step: whose shop this is, where, and what that country's rules do.
type shopView struct {
	s        *Screen
	entry    *widget.Entry
	name     *widget.Field
	currency *widget.Select
	zone     *widget.Select
	zones    []string
	hours    *hoursSelect
	promises *fyne.Container
	title    *widget.Text
	phone    *widget.PhonePreview
	length   *widget.Paragraph
	content  fyne.CanvasObject
}

func newShopView(s *Screen) *shopView {
	env, m := s.env, s.model
	v := &shopView{s: s, promises: widget.Column(0), title: widget.Bold("").Shorten(), phone: widget.NewPhonePreview(), length: widget.NewParagraph("").Sized(theme.SizeCaption)}
	var cards []widget.Card
	for _, k := range kinds {
		cards = append(cards, widget.Card{Icon: k.icon, Title: env.T("welcome.kind." + k.name), Detail: env.T("welcome.kind." + k.name + ".for")})
	}
	kind := widget.NewCards(4, cards, func(i int) { m.Business.Kind = kinds[i].name; v.changed() })
	for i, k := range kinds {
		if k.name == m.Business.Kind {
			kind.SetSelected(i)
		}
	}

	v.entry = widget.NewEntry(env.T("welcome.name_hint")).Limit(60)
	v.entry.SetText(m.Business.Name)
	v.entry.CursorColumn = len([]rune(m.Business.Name))
	v.entry.OnChanged = func(text string) {
		m.Business.Name = text
		v.name.SetProblem("")
		v.rules()
		s.keepSoon()
	}
	v.entry.OnSubmitted = func(string) { s.Enter() }
	v.name = widget.NewField(env.T("welcome.name"), "", v.entry)
	s.first = v.entry

	codes := countries(env.Texts, m.Business.Country)
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = env.Texts.Country(code)
	}
	country := widget.NewSelect(names, func(i int) { m.ChooseCountry(codes[i]); v.places(); v.changed() })
	country.SetSelected(slices.Index(codes, m.Business.Country))
	v.currency = widget.NewSelect(nil, func(i int) { m.ChooseCurrency(v.currencies()[i]); s.keep() })
	v.zone = widget.NewSelect(nil, func(i int) { m.ChooseZone(v.zones[i]); s.keep() })
	v.hours = newHoursSelect(s)
	field := func(key string, control fyne.CanvasObject) fyne.CanvasObject {
		return widget.NewField(env.T("welcome."+key), "", control)
	}
	var why *widget.Link
	why = widget.NewCaptionLink(env.T("welcome.why"), func() { widget.ShowCard(why, v.why()) })
	rules := widget.NewPanel(widget.Column(8, v.title, v.promises, widget.Row(0, why, widget.Spring())))
	form := widget.Column(14, v.name,
		widget.Grid(2, 12, field("country", country), field("currency", v.currency), field("zone", v.zone), field("hours", v.hours.sel)), rules)
	preview := widget.NewPanel(widget.Column(12, widget.Row(8, widget.Fill(widget.Bold(env.T("welcome.preview")).Shorten()), widget.Caption(env.T("welcome.preview_example"))), v.phone, v.length))
	v.content = widget.Column(20, kind, container.New(beside{}, form, preview))
	v.places()
	v.rules()
	return v
}

// lack says that the name is missing.
func (v *shopView) lack() {
	v.name.SetProblem(v.s.env.T("shell.business_missing"))
	v.s.first = v.entry
	v.s.Focus()
}

// changed brings what follows from the answers up to date, and remembers them.
func (v *shopView) changed() {
	v.rules()
	v.s.keep()
}

// places fills in what follows from the country: its zones, its currency.
func (v *shopView) places() {
	env, b := v.s.env, &v.s.model.Business
	v.zones = phone.Zones(b.Country)
	if !slices.Contains(v.zones, b.Zone) {
		v.zones = append(v.zones, b.Zone)
	}
	names := make([]string, len(v.zones))
	for i, z := range v.zones {
		names[i] = env.Texts.Zone(z)
		if loc, err := data.Zone(z); err == nil {
			names[i] += " · " + env.Texts.Time(env.Clock().In(loc))
		}
	}
	v.zone.SetOptions(names)
	v.zone.SetSelected(slices.Index(v.zones, b.Zone))
	var money []string
	for _, c := range v.currencies() {
		money = append(money, strings.TrimSpace(env.Texts.Symbol(c)+" "+c))
	}
	v.currency.SetOptions(money)
	v.currency.SetSelected(slices.Index(v.currencies(), b.Currency))
}

// currencies are on offer: the country's own, the one that was chosen, and the commonest.
func (v *shopView) currencies() []string {
	b := &v.s.model.Business
	var all []string
	for _, c := range []string{currencyOf(b.Country), b.Currency, "USD", "EUR", "GBP", "CNY", "HKD", "TWD", "SGD", "MYR", "JPY", "AUD", "CAD", "NZD", "CHF"} {
		if c != "" && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}

var promiseIcons = map[string]*icons.Icon{"hours": icons.Dark, "label": icons.Message, "opt_out": icons.OptedOut, "consent": icons.Consent, "numbers": icons.Phone}

// rules shows what the country's rules do, and what a text looks like then.
func (v *shopView) rules() {
	env, m := v.s.env, v.s.model
	v.title.SetText(env.T("welcome.promises", "country", placeName(env.Texts, m.Business.Country)))
	v.promises.RemoveAll()
	for _, p := range m.Promises(env.Texts) {
		v.promises.Add(widget.Sized(0, 30, widget.Row(12, widget.NewIcon(promiseIcons[p.Key], theme.Accent, widget.IconNormal),
			widget.Exactly(theme.Grow(90), 0, widget.Body(env.T("welcome.promise."+p.Key)).Shorten()), widget.Fill(widget.NewParagraph(p.Text).Lines(2)), widget.NewIcon(icons.Check, theme.OK, widget.IconNormal))))
	}
	v.promises.Refresh()
	sample := m.Sample(env.Texts)
	from := strings.TrimSpace(m.Business.Name)
	if from == "" {
		from = env.T("welcome.your_name")
	}
	v.phone.Set(from, from, env.T("welcome.preview_when"), sample.All())
	v.length.SetText(env.T("welcome.length", "characters", env.N("welcome.characters", sample.Units), "segments", env.N("welcome.segments", sample.Length.Segments)))
	if v.content != nil {
		v.content.Refresh()
	}
}

// why says whose rules these are and where they can be read.
func (v *shopView) why() fyne.CanvasObject {
	env := v.s.env
	g := v.s.model.Why(env.Texts)
	card := widget.Column(10, widget.Bold(env.T("welcome.promises", "country", g.Place)))
	for _, basis := range g.Basis {
		card.Add(widget.NewParagraph(env.T("welcome.ground." + basis)).Wide(420))
	}
	if len(g.Ours) > 0 {
		card.Add(widget.NewParagraph(env.T("welcome.ours", "what", env.Texts.List(g.Ours...))).Wide(420))
	}
	card.Add(widget.NewParagraph(env.T("welcome.source", "source", g.Source)).Sized(theme.SizeCaption).Wide(420))
	card.Add(widget.NewParagraph(env.T("welcome.each_person")).Sized(theme.SizeCaption).Wide(420))
	scroll := container.NewVScroll(card)
	scroll.SetMinSize(fyne.NewSize(432, min(card.MinSize().Height, 380)))
	return scroll
}

// countries are all whose numbers are known, in the order of the alphabet or of pinyin, after those that matter here.
func countries(t *i18n.Texts, now string) []string {
	var all []string
	for _, code := range append([]string{now, "CN", "US", "GB"}, t.SortCountries(phone.Countries())...) {
		if code != "" && !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}

// beside puts the preview at the right of the form, and below it where there is no room.
type beside struct{}

const previewWide, previewGap, formLeast float32 = 272, 24, 400

func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	form, preview := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(formLeast, max(form.Height, preview.Height))
}

func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := previewWide
	if size.Width < formLeast+previewWide+previewGap {
		wide = 220
	}
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width-wide-previewGap, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-wide, 0))
	objects[1].Resize(fyne.NewSize(wide, size.Height))
}

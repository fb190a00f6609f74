package welcome

import (
	"slices"

	"counterbell/assets/icons"
	"counterbell/sender/provider/catalog"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// service is the third step: who sends the texts. Practice is chosen, because nothing can go wrong with it; a real provider
// is set up when all is done, with its credentials at hand.
func (s *Screen) service() fyne.CanvasObject {
	env, m := s.env, s.model
	entries := catalog.Entries()
	var cards []widget.Card
	for _, e := range entries {
		card := widget.Card{Icon: icons.Provider, Title: env.T("provider." + e.Name + ".name"), Detail: env.T("provider." + e.Name + ".about")}
		if e.Practice {
			card.Icon, card.Pill = icons.Reminder, env.T("welcome.service.first")
		}
		cards = append(cards, card)
	}
	note := widget.NewParagraph("").Sized(theme.SizeCaption)
	tell := func() {
		key := "welcome.service.real"
		if m.Provider == "practice" {
			key = "welcome.service.practice"
		}
		note.SetText(env.T(key))
	}
	choose := widget.NewCards(1, cards, func(i int) {
		m.Provider = entries[i].Name
		tell()
		s.keep()
	}).Wide()
	choose.SetSelected(slices.IndexFunc(entries, func(e catalog.Entry) bool { return e.Name == m.Provider }))
	tell()
	column := widget.Column(16, choose, note)
	if env.OpenSample != nil {
		column.Add(widget.NewSoftPanel(widget.Brass, widget.Row(12, widget.NewIconTile(icons.Contacts, widget.Brass),
			widget.Fill(widget.Column(0, widget.Bold(env.T("welcome.sample")).Shorten(), widget.NewParagraph(env.T("welcome.sample_how")).Sized(theme.SizeCaption).Lines(3))),
			widget.Secondary(env.T("welcome.sample_open"), env.OpenSample))))
	}
	return column
}

// list is the last step: a list of people, or none yet.
func (s *Screen) list() fyne.CanvasObject {
	env := s.env
	choose := widget.Primary(env.T("imports.choose"), func() {
		env.ChooseFile(page.Spreadsheets, s.Dropped)
	}).WithIcon(icons.Import)
	paste := widget.Secondary(env.T("welcome.list.paste"), func() {
		s.model.Been[List] = true
		s.finish(Ending{Page: page.Import, Target: page.ToPaste{}})
	}).WithIcon(icons.Copy)
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icons.Bell, theme.Brass, 44)).Padded(18).Rounded(40)
	zone := widget.NewPanel(widget.CenterColumn(0, disc,
		widget.Inset(16, 0, 0, 0, widget.Heading(env.T("imports.drop")).Centered()),
		widget.Inset(6, 0, 0, 0, widget.NewParagraph(env.T("imports.drop_how")).Centered().Wide(420)),
		widget.Inset(16, 0, 0, 0, widget.Row(8, choose, paste)))).Padded(32)
	zone.SetColors(theme.Panel, theme.LineStrong)
	s.next.SetKind(widget.KindSecondary)
	s.first = choose
	return widget.Column(16, fyne.CanvasObject(zone), widget.NewParagraph(env.T("welcome.list.stays")).Sized(theme.SizeCaption))
}

package ui

import (
	"slices"

	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

var looks = []struct {
	look  page.Look
	label string
}{{page.LookLight, "shell.look_light"}, {page.LookDark, "shell.look_dark"}, {page.LookSystem, "shell.look_system"}}

// showChoices opens the few choices that this window has: language, look, text
// size. They hold at once.
func (s *Shell) showChoices(anchor fyne.CanvasObject) {
	env := s.env
	var close func()
	var languages, dresses, sizes []string
	for _, l := range i18n.Languages() {
		languages = append(languages, l.Name())
	}
	for _, l := range looks {
		dresses = append(dresses, env.T(l.label))
	}
	for _, scale := range page.Scales {
		sizes = append(sizes, env.Texts.Percent(float64(scale), 0))
	}
	language := widget.NewTabs(languages, func(i int) {
		close()
		s.Speak(i18n.Languages()[i])
	})
	language.SetSelected(max(slices.Index(i18n.Languages(), s.choices.Language), 0))
	dress := widget.NewTabs(dresses, func(i int) { s.Wear(looks[i].look) })
	for i, l := range looks {
		if l.look == s.choices.Look {
			dress.SetSelected(i)
		}
	}
	text := widget.NewTabs(sizes, func(i int) {
		close()
		s.Enlarge(page.Scales[i])
	})
	text.SetSelected(max(slices.Index(page.Scales, s.choices.Scale), 0))
	place := widget.Row(4, widget.Fill(widget.Caption(env.T("shell.stored_in", "folder", s.needs.Store.Dir)).Shorten()),
		widget.NewCaptionLink(env.T("common.open"), func() { env.Open(s.needs.Store.Dir) }))
	shop := widget.NewLink(env.T("shell.business_change"), func() {
		close()
		s.askBusiness()
	})
	close = widget.ShowCard(anchor, widget.Sized(340, 0, widget.Column(16,
		widget.Row(0, shop, widget.Spring()),
		widget.Column(6, widget.Caption(env.T("shell.language")), language),
		widget.Column(6, widget.Caption(env.T("shell.look")), dress),
		widget.Column(6, widget.Caption(env.T("shell.text_size")), text),
		widget.Column(8, widget.Divider(), place, widget.Caption(env.T("shell.version", "version", s.needs.Version))),
	)))
}

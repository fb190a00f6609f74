package welcome

import (
	"slices"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// typingPause is how long somebody must have stopped typing before it is remembered.
const typingPause = 500 * time.Millisecond

var lookOrder = []page.Look{page.LookLight, page.LookDark, page.LookSystem}

var lookKeys = map[page.Look]string{page.LookLight: "shell.look_light", page.LookDark: "shell.look_dark", page.LookSystem: "shell.look_system"}

// look is the first step: language, light or dark, text size. Each holds at once.
func (s *Screen) look() fyne.CanvasObject {
	env, m := s.env, s.model
	now := env.Appearance()
	change := func(change func(*page.Appearance)) {
		a := env.Appearance()
		change(&a)
		env.SetAppearance(a)
	}
	var languages []widget.Card
	for _, l := range i18n.Languages() {
		languages = append(languages, widget.Card{Icon: icons.Language, Title: l.Name(), Detail: i18n.New(l).T("welcome.look.speaks")})
	}
	spoken := widget.NewCards(2, languages, func(i int) {
		l := i18n.Languages()[i]
		m.Speak(l)
		s.keep()
		change(func(a *page.Appearance) { a.Language = l })
	})
	spoken.SetSelected(slices.Index(i18n.Languages(), now.Language))
	looks := widget.NewCards(3, []widget.Card{
		{Icon: icons.Light, Title: env.T("shell.look_light")}, {Icon: icons.Dark, Title: env.T("shell.look_dark")}, {Icon: icons.Computer, Title: env.T("shell.look_system")},
	}, func(i int) { change(func(a *page.Appearance) { a.Look = lookOrder[i] }) })
	looks.SetSelected(slices.Index(lookOrder, now.Look))
	var sizes []string
	for _, scale := range page.Scales {
		sizes = append(sizes, env.Texts.Percent(float64(scale), 0))
	}
	size := widget.NewTabs(sizes, func(i int) { change(func(a *page.Appearance) { a.Scale = page.Scales[i] }) })
	size.SetSelected(max(slices.Index(page.Scales, now.Scale), 0))
	return widget.Column(20,
		widget.Column(8, widget.Caption(env.T("shell.language")), spoken),
		widget.Column(8, widget.Caption(env.T("shell.look")), looks),
		widget.Column(8, widget.Caption(env.T("shell.text_size")), widget.Row(0, widget.Exactly(420, 0, size), widget.Spring())),
	)
}

package settings

import (
	"slices"

	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// look is the section about language, light and dark, and how large the text is. Everything holds at once.
type look struct {
	object fyne.CanvasObject
}

var looks = []page.Look{page.LookLight, page.LookDark, page.LookSystem}

func newLook(s *Screen) part {
	env := s.env
	now := env.Appearance()
	var languages, dresses, sizes []string
	for _, l := range i18n.Languages() {
		languages = append(languages, l.Name())
	}
	for _, l := range looks {
		dresses = append(dresses, env.T("shell.look_"+string(l)))
	}
	for _, scale := range page.Scales {
		sizes = append(sizes, env.Texts.Percent(float64(scale), 0))
	}
	change := func(do func(*page.Appearance)) {
		a := env.Appearance()
		do(&a)
		env.SetAppearance(a)
	}
	language := widget.NewTabs(languages, func(i int) { change(func(a *page.Appearance) { a.Language = i18n.Languages()[i] }) })
	language.SetSelected(max(slices.Index(i18n.Languages(), now.Language), 0))
	dress := widget.NewTabs(dresses, func(i int) { change(func(a *page.Appearance) { a.Look = looks[i] }) })
	dress.SetSelected(max(slices.Index(looks, now.Look), 0))
	size := widget.NewTabs(sizes, func(i int) { change(func(a *page.Appearance) { a.Scale = page.Scales[i] }) })
	size.SetSelected(max(slices.Index(page.Scales, now.Scale), 0))
	line := func(label, hint string, tabs fyne.CanvasObject) fyne.CanvasObject {
		return widget.Row(16, widget.Fill(widget.Column(2, widget.Bold(env.T(label)), widget.NewParagraph(env.T(hint)).Sized(theme.SizeCaption))), widget.Exactly(300, 0, tabs))
	}
	return &look{scrolled(widget.NewPanel(widget.Column(24,
		line("shell.language", "settings.look.language", language),
		line("shell.look", "settings.look.look", dress),
		line("shell.text_size", "settings.look.size", size),
	)))}
}

func (l *look) Object() fyne.CanvasObject { return l.object }

// Show has nothing to load.
func (l *look) Show() {}

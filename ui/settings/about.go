package settings

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/assets/notices"
	"counterbell/data/store"
	"counterbell/sender/rules"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// about is the section about the program itself: versions, and the licences of what it is made of.
type about struct {
	object fyne.CanvasObject
}

func newAbout(s *Screen) part {
	env := s.env
	facts := widget.Column(8)
	for _, f := range []struct{ key, value string }{
		{"settings.about.version", env.Version},
		{"settings.about.schema", env.Texts.Number(store.SchemaVersion())},
		{"settings.about.rules", rules.Version},
		{"settings.about.folder", env.Store.Dir},
	} {
		facts.Add(widget.Row(12, widget.Exactly(180, 0, widget.Caption(env.T(f.key)).Shorten()), widget.Fill(widget.Body(f.value).Shorten())))
	}
	copied := strings.Join([]string{"Counterbell " + env.Version, "schema " + env.Texts.Number(store.SchemaVersion()), "rules " + rules.Version}, ", ")
	head := widget.NewPanel(widget.Column(14, widget.Row(12, widget.Logo(36), widget.Fill(widget.Column(0, widget.Heading(env.T("app.name")), widget.Caption(env.T("settings.about.line"))))), facts,
		widget.Row(0, widget.Secondary(env.T("settings.about.copy"), func() { env.Copy(copied) }).Small().WithIcon(icons.Copy), widget.Spring())))
	list := widget.Column(2)
	for _, section := range notices.Sections() {
		for _, part := range section.Parts {
			row := widget.Row(10, widget.Fill(widget.Body(part.Name).Shorten()), widget.Caption(part.Licence).In(theme.Ink3))
			list.Add(widget.NewListRow(row, func() { showLicence(s, part, section.Text) }).Tall(36))
		}
	}
	return &about{scrolled(widget.Column(16, head, widget.NewPanel(widget.Column(10, widget.Inset(4, 12, 0, 12, widget.Column(4, widget.Bold(env.T("settings.about.licences")), widget.NewParagraph(env.T("settings.about.licences_text")).Sized(theme.SizeCaption))), list)).Padded(8)))}
}

// showLicence opens a licence's text.
func showLicence(s *Screen, part notices.Notice, text string) {
	env := s.env
	lines := widget.Column(2)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			lines.Add(widget.Sized(0, 8, widget.Spring()))
			continue
		}
		lines.Add(widget.NewParagraph(line).Sized(theme.SizeCaption))
	}
	env.Ask(widget.Question{
		Title: part.Name, Text: part.Licence, Content: widget.Sized(560, 320, container.NewVScroll(lines)), Confirm: env.T("common.close"), Other: env.T("common.copy"), Wide: 620,
		OnOther: func() { env.Copy(text) },
	})
}

func (a *about) Object() fyne.CanvasObject { return a.object }

// Show has nothing to load.
func (a *about) Show() {}

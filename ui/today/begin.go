package today

import (
	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// empty is the page of a profile in which nothing is yet: the three first steps, each a press away.
func (s *Screen) empty() fyne.CanvasObject {
	env := s.env
	steps := []struct {
		key  string
		icon *icons.Icon
		do   func()
	}{
		{"list", icons.Import, func() { env.Go(page.Import) }},
		{"provider", icons.Provider, func() { env.GoTo(page.Settings, page.ToSettings{Section: "provider"}) }},
		{"campaign", icons.Campaigns, s.newCampaign},
	}
	list := widget.Column(theme.Gap12)
	for i, step := range steps {
		kind := widget.KindSecondary
		if i == 0 {
			kind = widget.KindPrimary
		}
		words := widget.Column(4, widget.Bold(env.T("today.begin."+step.key, "n", i+1)), widget.NewParagraph(env.T("today.begin."+step.key+".text")))
		button := widget.NewButton(kind, env.T("today.begin."+step.key+".action"), step.do)
		list.Add(widget.NewSoftTile(widget.Row(theme.Gap16, widget.NewIconTile(step.icon, widget.Accent), widget.Fill(words), button)).Padded(theme.Gap16))
	}
	head := widget.CenterColumn(theme.Gap8, widget.NewEmptyPage(env.T("today.empty"), env.T("today.empty_text"), nil, nil))
	return widget.NewPanel(widget.Column(theme.Gap16, widget.Spring(), head, widget.Row(0, widget.Spring(), widget.Exactly(stepsWide, 0, list), widget.Spring()), widget.Spring()))
}

// stepsWide is how wide the steps are, in pixels.
const stepsWide = 720

package today

import (
	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
	return widget.PageScroll(widget.NewPanel(widget.Column(theme.Gap16, widget.Spring(), head, container.New(atMost{720}, list), widget.Spring())))
}

// atMost keeps something from getting wider than that many pixels at text scale 1, in the middle of its place.
type atMost struct{ width float32 }

func (a atMost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

func (a atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := min(size.Width, theme.Grow(a.width))
	objects[0].Move(fyne.NewPos(float32(int((size.Width-wide)/2)), 0))
	objects[0].Resize(fyne.NewSize(wide, size.Height))
}

package imports

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// file is the page before there is a list: a place to drop it, and three
// reasons not to worry.
func (s *Screen) file() fyne.CanvasObject {
	env, m := s.env, &s.desk.Model
	zone := widget.NewPanel(s.invitation())
	zone.SetColors(theme.Panel, theme.LineStrong)
	page := widget.Column(16)
	if m.Problem != nil {
		page.Add(widget.NewBanner(widget.Danger, icons.Warning, env.Texts.Error(m.Problem)))
	}
	if m.Problem == nil && m.Interrupted != "" {
		page.Add(widget.NewBanner(widget.Warn, icons.Warning, env.T("imports.interrupted", "file", m.Interrupted)))
	}
	page.Add(widget.Fill(zone.Rounded(theme.RadiusTill)))
	page.Add(widget.Grid(3, 16,
		reassurance(icons.Consent, env.T("imports.stays"), env.T("imports.stays_how")),
		reassurance(icons.Undo, env.T("imports.undoable"), env.T("imports.undoable_how")),
		reassurance(icons.OptedOut, env.T("imports.optouts"), env.T("imports.optouts_how")),
	))
	return widget.PageScroll(page)
}

// invitation is what stands in the middle: how to begin, or what is being read.
func (s *Screen) invitation() fyne.CanvasObject {
	env, m := s.env, &s.desk.Model
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icons.Bell, theme.Brass, 58)).Padded(23).Rounded(52)
	if m.Trying != nil && s.desk.slow {
		return widget.CenterColumn(0, widget.Spring(), disc,
			widget.Inset(20, 0, 0, 0, widget.Heading(env.T("imports.reading", "file", short(m.Trying.Name(), 60)))),
			widget.Inset(16, 0, 0, 0, widget.Secondary(env.T("common.cancel"), func() { s.desk.back() })), widget.Spring())
	}
	buttons := widget.Row(8,
		widget.Primary(env.T("imports.choose"), s.choose).WithIcon(icons.Import),
		widget.Secondary(env.T("imports.paste"), s.desk.paste).WithIcon(icons.Copy))
	samples := widget.Row(16, widget.NewCaptionLink(env.T("imports.sample"), s.askSample), widget.NewCaptionLink(env.T("imports.save_sample"), s.desk.saveSample))
	return widget.CenterColumn(0, widget.Spring(), disc,
		widget.Inset(20, 0, 0, 0, widget.Title(env.T("imports.drop")).Centered()),
		widget.Inset(6, 0, 0, 0, widget.NewParagraph(env.T("imports.drop_how")).Centered().Wide(460)),
		widget.Inset(16, 0, 0, 0, buttons),
		widget.Inset(12, 0, 0, 0, samples),
		widget.Inset(4, 0, 0, 0, widget.Caption(env.T("imports.sample_how")).In(theme.Ink3).Centered()),
		widget.Spring())
}

// askSample opens the sample list. Sample people don't belong among real ones:
// where they have a shop of their own, it leads there.
func (s *Screen) askSample() {
	env := s.env
	if !env.Business.Demo && env.OpenSample != nil {
		env.Ask(widget.Question{
			Title: env.T("imports.sample_own"), Text: env.T("imports.sample_own_text"), Confirm: env.T("imports.sample_open"), Cancel: env.T("common.cancel"),
			OnConfirm: func() bool { env.OpenSample(); return true },
		})
		return
	}
	if env.Practice {
		s.desk.sample()
		return
	}
	env.Ask(widget.Question{
		Title: env.T("imports.sample_ask"), Text: env.T("imports.sample_ask_text"), Confirm: env.T("imports.sample"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool { s.desk.sample(); return true },
	})
}

// reassurance is a tile at the foot of the page.
func reassurance(icon *icons.Icon, title, text string) fyne.CanvasObject {
	words := widget.Column(0, widget.Bold(title).Shorten(), widget.NewParagraph(text).Sized(theme.SizeCaption).Lines(2))
	return widget.NewPanel(widget.Row(12, widget.NewIconTile(icon, widget.Accent), widget.Fill(words)))
}

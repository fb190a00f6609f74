package ui

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// EngineState shows what the engine says: while the provider or the relay is in
// trouble, a banner over every page, which goes when that is over. On Fyne's
// goroutine.
func (s *Shell) EngineState(state sender.State) {
	s.sending = state
	s.view.trouble(state)
}

// mended are the troubles that a person has to end, and the section of Settings
// where that is done. All others end by themselves.
var mended = map[data.Code]string{
	data.Credentials: "provider", "credit": "provider", "sender": "provider", "relay_key": "relay", "relay_old": "relay",
}

// trouble draws the banner, or takes it away.
func (v *view) trouble(state sender.State) {
	v.notice.Objects = nil
	if state.Trouble == nil {
		v.notice.Hide()
		v.notice.Refresh()
		return
	}
	env := v.shell.env
	code := data.CodeOf(state.Trouble)
	section, person := mended[code]
	var button *widget.Button
	text := env.T("shell.trouble_since", "sentence", env.Texts.Error(state.Trouble), "time", env.Texts.Time(state.Since.In(env.Business.Location())))
	if person {
		button = widget.Secondary(env.T("shell.trouble_settings"), func() { v.shell.GoTo(page.Settings, page.ToSettings{Section: section}) })
	} else {
		button = widget.Secondary(env.T("common.details"), func() { v.shell.details(env, state.Trouble) })
	}
	banner := widget.NewBanner(widget.Danger, icons.Offline, text, button.Small())
	v.notice.Objects = []fyne.CanvasObject{widget.Inset(0, theme.PageMargin, 16, theme.PageMargin, banner)}
	v.notice.Show()
	v.notice.Refresh()
}

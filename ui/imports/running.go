package imports

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// runningView is an import under way.
type runningView struct {
	s       *Screen
	bar     *widget.ProgressBar
	rows    *widget.Text
	content fyne.CanvasObject
}

func newRunningView(s *Screen) *runningView {
	env, m := s.env, &s.desk.Model
	v := &runningView{s: s, bar: widget.NewProgressBar(), rows: widget.Body("").In(theme.Ink2).Centered()}
	disc := widget.NewSoftPanel(widget.Brass, widget.NewIcon(icons.Bell, theme.Brass, 58)).Padded(23).Rounded(52)
	v.content = widget.NewPanel(widget.CenterColumn(0, widget.Spring(), disc,
		widget.Inset(20, 0, 0, 0, widget.Heading(env.T("imports.task", "file", short(m.Open.List.File, 60)))),
		widget.Inset(20, 0, 0, 0, widget.Exactly(420, 8, v.bar)),
		widget.Inset(8, 0, 0, 0, widget.Exactly(420, 0, v.rows)),
		widget.Inset(16, 0, 0, 0, widget.NewParagraph(env.T("imports.running.note")).Sized(theme.SizeCaption).Centered().Wide(420)),
		widget.Inset(16, 0, 0, 0, widget.Secondary(env.T("imports.running.cancel"), func() { call(s.desk.stopRun) })),
		widget.Spring()))
	return v
}

func (v *runningView) show() {
	m := &v.s.desk.Model
	total := m.Counted.Rows
	v.bar.SetShare(share(m.SoFar, total))
	text := v.s.env.T("imports.rows_of", "done", m.SoFar, "rows", total)
	switch {
	case m.SoFar == 0: // what a cancelled import left behind may have to be cleared away first
		text = v.s.env.T("imports.running.ready")
	case m.SoFar >= total:
		text = v.s.env.T("imports.running.saving")
	}
	v.rows.SetText(text)
}

package appointments

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// listView lists visits by day, one line each, with what the desk does most often one click away.
type listView struct {
	s       *Screen
	rows    *fyne.Container
	foot    *widget.Text
	scroll  *container.Scroll
	content fyne.CanvasObject
	shown   string // whose place the scroll bar remembers
}

func newListView(s *Screen) *listView {
	v := &listView{s: s, rows: widget.Column(0), foot: widget.Caption("").In(theme.Ink3)}
	v.scroll = container.NewVScroll(v.rows)
	v.content = widget.NewPanel(widget.Column(6, widget.Fill(v.scroll), v.foot)).Padded(12)
	return v
}

func (v *listView) set(b *Board) {
	env := v.s.env
	v.rows.RemoveAll()
	day := data.Date("")
	for i := range b.Visits {
		visit := &b.Visits[i]
		if visit.Day() != day {
			day = visit.Day()
			v.rows.Add(widget.Inset(10, 8, 4, 8, widget.Bold(dayTitle(env, noon(day)))))
		}
		v.rows.Add(v.row(b, visit))
	}
	switch {
	case len(b.Visits) == 0 && b.Found != "":
		v.rows.Add(widget.NewEmptyState(env.T("appointments.not_found", "text", shorten(b.Found)), env.T("appointments.not_found_text"), nil, nil))
	case len(b.Visits) == 0:
		v.rows.Add(widget.NewEmptyState(env.T("appointments.none"), env.T("appointments.none_text"), nil, nil))
	}
	text := env.N("appointments.visits", len(b.Visits))
	if b.More > 0 {
		text = env.T("appointments.shown_of", "shown", len(b.Visits), "all", len(b.Visits)+b.More)
		if b.Found != "" {
			text = env.T("appointments.shown_first", "shown", len(b.Visits))
		}
	}
	v.foot.SetText(text)
	v.rows.Refresh()
	v.scroll.Refresh()
	if key := b.Found + "\x00" + string(b.From); key != v.shown {
		v.shown = key
		v.scroll.ScrollToTop()
	}
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}

func (v *listView) row(b *Board, visit *Visit) fyne.CanvasObject {
	env := v.s.env
	name := widget.Bold(visit.Patient).Shorten()
	if visit.Mark == MarkCancelled {
		name = widget.Body(visit.Patient).In(theme.Ink3).Struck().Shorten()
	}
	var details []string
	if change := changeText(env, visit); change != "" {
		details = append(details, change)
	}
	if visit.Zone != b.Zone {
		details = append(details, zoneName(env, visit.Zone))
	}
	for _, part := range []string{visit.Service, visit.Staff, visit.Place} {
		if part != "" {
			details = append(details, part)
		}
	}
	number := env.T("appointments.no_phone")
	if visit.Phone != "" {
		number = phone.Show(visit.Phone, env.Business.Country)
	}
	look := looks[visit.Mark]
	quick := widget.Row(2)
	for _, to := range visit.Moves(data.At(b.Now)) {
		if to != data.Booked && !visit.Ghost && visit.Day() <= today(env) || to == data.Confirmed && !visit.Ghost {
			quick.Add(widget.NewIconButton(stateIcons[to], env.T("appointments.do."+string(to)), func() { v.s.move(visit, to) }).Small())
		}
	}
	words := []fyne.CanvasObject{
		widget.Exactly(theme.Grow(44), 0, widget.Bold(env.Texts.Time(visit.At))),
		widget.Fill(widget.Column(0, name, widget.Caption(strings.Join(details, " · ")).Shorten())),
		widget.Exactly(theme.Grow(118), 0, widget.Caption(number).Shorten()), widget.Exactly(theme.Grow(128), 0, widget.Row(0, widget.NewPill(look.tone, look.icon, env.T("appointments.mark."+string(visit.Mark))))),
		widget.Exactly(theme.Grow(92), 0, quick),
	}
	var row *widget.ListRow
	row = widget.NewListRow(widget.Row(theme.Gap12, words...), func() { v.s.openCard(row, visit) }).Tall(52).Padded(8)
	row.OnSecondary(func(fyne.Position) { v.s.openMenu(row, visit) })
	return row
}

// stateIcons stand for what the desk says about a visit.
var stateIcons = map[data.AppointmentState]*icons.Icon{
	data.Confirmed: icons.Check, data.Arrived: icons.Complete, data.NoShow: icons.Refused, data.Booked: icons.Undo,
}

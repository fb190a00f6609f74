package appointments

import (
	"reflect"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// show draws a board.
func (s *Screen) show(b *Board) {
	before := s.board
	s.board = b
	s.env.HeaderChanged()
	s.tabs.SetSelected(indexOf(views, s.view))
	if !b.Any && s.schedule == nil && s.room == nil && b.Found == "" {
		s.content.Objects = []fyne.CanvasObject{s.empty()}
		s.content.Refresh()
		return
	}
	if before == nil || !reflect.DeepEqual(drawn(before), drawn(b)) || len(s.left.Objects) == 0 {
		s.drawBoard()
	}
	s.side.set(b)
	if s.room != nil {
		s.room.changed()
	}
	s.arrange()
}

// drawn is what of a board shows: the time by the minute.
func drawn(b *Board) Board {
	out := *b
	if out.Now = b.Now.Truncate(time.Minute); b.View != DayView || b.Found != "" { // only the board has a line through the present
		out.Now = b.Now.Truncate(24 * time.Hour)
	}
	return out
}

// shown is the board with the schedule that is being looked at laid over it.
func (s *Screen) shown() *Board {
	if s.schedule != nil && s.schedule.Found != nil {
		return s.board.With(s.schedule.Found.Changes)
	}
	return s.board
}

func (s *Screen) drawBoard() {
	if s.board == nil {
		return
	}
	b := s.shown()
	var o fyne.CanvasObject
	if s.view == ListView || b.Found != "" {
		s.list.set(b)
		o = s.list.content
	} else {
		s.table.set(b)
		o = s.table.content
	}
	if len(s.left.Objects) != 1 || s.left.Objects[0] != o {
		s.left.Objects = []fyne.CanvasObject{o}
	}
	s.left.Refresh()
}

// arrange puts the parts of the page together: the room, or the board with all around it.
func (s *Screen) arrange() {
	s.showBanner()
	var o fyne.CanvasObject
	if s.room != nil {
		o = s.room.content()
	} else {
		parts := []fyne.CanvasObject{s.bar}
		if len(s.banner.Objects) > 0 {
			parts = append(parts, s.banner)
		}
		o = widget.Column(12, append(parts, widget.Fill(container.New(beside{}, s.left, s.side.content)))...)
	}
	s.content.Objects = []fyne.CanvasObject{o}
	s.content.Refresh()
}

// Header names the days in view and leads to others.
func (s *Screen) Header() page.Header {
	env := s.env
	if s.room != nil {
		return page.Header{Title: env.T("appointments.title"), Subtitle: s.room.title(), Back: s.leave}
	}
	h := page.Header{Title: env.T("appointments.title"), Subtitle: s.subtitle()}
	fresh := widget.Primary(env.T("appointments.new"), s.CreateNew).WithIcon(icons.Add)
	if s.board != nil && !s.board.Any && s.schedule == nil {
		return h // the empty page has its own buttons
	}
	h.Actions = []fyne.CanvasObject{widget.Row(8,
		arrow(icons.Previous, env.T("appointments.earlier."+string(s.view)), func() { s.goDay(Step(s.view, s.day, -1)) }),
		widget.Secondary(env.T("appointments.today"), func() { s.goDay(today(env)) }),
		arrow(icons.Next, env.T("appointments.later."+string(s.view)), func() { s.goDay(Step(s.view, s.day, 1)) }))}
	if !largeText() { // in the header they'd leave too little of the title
		h.Actions = append(h.Actions, s.tabs)
	}
	h.Actions = append(h.Actions, fresh)
	return h
}

// arrow leads to other days.
func arrow(icon *icons.Icon, tip string, do func()) fyne.CanvasObject {
	b := widget.Secondary("", do).WithIcon(icon)
	b.SetTip(tip)
	return widget.Exactly(theme.Grow(36), 0, b)
}

func (s *Screen) subtitle() string {
	env, b := s.env, s.board
	if b == nil {
		return env.Texts.LongDate(noon(s.day))
	}
	if b.Found != "" {
		return env.N("appointments.found", len(b.Visits)+b.More)
	}
	when := env.Texts.LongDate(noon(s.day))
	if s.view != DayView {
		when = env.T("appointments.span", "from", env.Texts.WeekdayDay(noon(b.From)), "to", env.Texts.WeekdayDay(noon(b.To).AddDate(0, 0, -1)))
	}
	all, confirmed := b.People()
	return when + " · " + env.N("appointments.people", all, "confirmed", confirmed)
}

// empty invites to begin.
func (s *Screen) empty() fyne.CanvasObject {
	env := s.env
	return widget.NewPanel(widget.NewEmptyPage(env.T("appointments.empty"), env.T("appointments.empty_text"),
		widget.Primary(env.T("appointments.import"), s.choose).WithIcon(icons.Import), widget.Quiet(env.T("appointments.new"), s.CreateNew)))
}

// beside puts the board and the day's side column beside each other. The column is narrower in a small window.
type beside struct{}

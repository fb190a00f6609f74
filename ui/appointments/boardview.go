package appointments

import (
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// boardView is the card with the timetable on it: who works, or which days, above, and below what is scrolled.
type boardView struct {
	s       *Screen
	table   *timetable
	heads   *fyne.Container
	scroll  *container.Scroll
	body    *fyne.Container
	none    fyne.CanvasObject
	content fyne.CanvasObject
	day     string // whose place the scroll bar remembers
}

func newBoardView(s *Screen) *boardView {
	v := &boardView{s: s}
	v.table = newTimetable(s.env, func(b *block) { s.openCard(b, b.visit) }, func(b *block) { s.openMenu(b, b.visit) })
	v.heads = container.New(heads{v.table})
	v.scroll = container.NewVScroll(v.table)
	v.table.scroll = v.scroll
	wide := container.NewHScroll(widget.Column(0, widget.Inset(10, 0, 10, 0, v.heads), widget.Divider(), widget.Fill(v.scroll)))
	v.none = widget.NewEmptyState(s.env.T("appointments.none"), s.env.T("appointments.none_text"), nil, nil)
	v.body = container.NewStack(wide)
	v.content = widget.NewPanel(v.body).Padded(1)
	return v
}

// set shows a board. Another day begins at its first visit, or shortly before now.
func (v *boardView) set(b *Board) {
	env := v.s.env
	v.table.set(b)
	v.heads.RemoveAll()
	for _, c := range v.table.columns {
		v.heads.Add(v.head(&c, b))
	}
	v.heads.Refresh()
	wide := v.body.Objects[0]
	v.body.Objects = []fyne.CanvasObject{wide}
	if len(b.Visits) == 0 {
		v.body.Objects = append(v.body.Objects, v.none)
	}
	v.body.Refresh()
	v.scroll.Refresh()
	if key := string(b.View) + string(b.Day); key != v.day {
		v.day = key
		v.scroll.ScrollToTop()
		if first, _ := b.Hours(); b.View == DayView && string(b.Day) == string(today(env)) && b.Now.Hour() > first+3 {
			v.scroll.ScrollToOffset(fyne.NewPos(0, float32(b.Now.Hour()-first-1)*theme.Grow(hourHeight)))
		}
	}
}

// head names a column.
func (v *boardView) head(c *Column, b *Board) fyne.CanvasObject {
	env := v.s.env
	count := widget.Caption(env.Texts.Number(int64(len(c.Visits))))
	if b.View == WeekView {
		name := widget.NewCaptionLink(env.Texts.ShortWeekday(noon(c.Day).Weekday())+" "+env.Texts.Day(noon(c.Day)), func() {
			v.s.view = DayView
			v.s.env.Keep(keepView, string(DayView))
			v.s.goDay(c.Day)
		})
		if c.Day == today(env) {
			return widget.Column(0, name, widget.Caption(env.N("appointments.visits", len(c.Visits))).Bold())
		}
		return widget.Column(0, name, widget.Caption(env.N("appointments.visits", len(c.Visits))))
	}
	title := c.Name
	if title == "" {
		title = env.T("appointments.no_staff")
		return widget.Row(8, widget.Fill(widget.Bold(title).Shorten()), count)
	}
	parts := []fyne.CanvasObject{widget.NewAvatar(c.Name, 30)}
	parts = append(parts, widget.Fill(container.New(nameFirst{}, widget.Bold(title).Shorten(), widget.Caption(c.Place).Shorten())))
	return widget.Row(8, append(parts, count)...)
}

// nameFirst gives a name the room that it needs, and what stands behind it the rest.
type nameFirst struct{}

func (nameFirst) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (nameFirst) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	name, rest := objects[0].(*widget.Text), objects[1].(*widget.Text)
	high, low := name.MinSize().Height, rest.MinSize().Height
	wide := min(fyne.MeasureText(name.Text(), theme.Size(theme.SizeBody), fyne.TextStyle{Bold: true}).Width+2, size.Width)
	name.Move(fyne.NewPos(0, (size.Height-high)/2))
	name.Resize(fyne.NewSize(wide, high))
	left := size.Width - wide - 8
	rest.Hidden = left < 24
	rest.Move(fyne.NewPos(wide+8, (size.Height-low)/2+1))
	rest.Resize(fyne.NewSize(max(left, 0), low))
}

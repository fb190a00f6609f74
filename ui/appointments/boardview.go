package appointments

import (
	"counterbell/assets/icons"
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
	none    *fyne.Container // in the place of visits, when there are none
	content fyne.CanvasObject
	day     string // whose place the scroll bar remembers
}

func newBoardView(s *Screen) *boardView {
	v := &boardView{s: s}
	v.table = newTimetable(s.env, func(b *block) { s.openCard(b, b.visit) }, func(b *block) { s.openMenu(b, b.visit) })
	v.heads = container.New(heads{v.table})
	v.scroll = container.NewScroll(v.table) // both ways in one: a wheel turned sideways reaches it
	v.scroll.OnScrolled = func(fyne.Position) { v.table.scrolled() }
	v.table.scroll, v.table.heads = v.scroll, v.heads
	wide := widget.Column(0, container.New(afterHours{v.table}, container.NewClip(v.heads)), widget.Divider(), widget.Fill(v.scroll))
	v.none = container.NewStack()
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
	wide.Show()
	if len(b.Visits) == 0 {
		if b.View == DayView {
			wide.Hide()
		}
		v.none.Objects = []fyne.CanvasObject{v.nobody(b)}
		v.body.Objects = append(v.body.Objects, v.none)
	}
	v.body.Refresh()
	v.scroll.Refresh()
	if key := string(b.View) + string(b.Day); key != v.day {
		v.day = key
		v.scroll.ScrollToOffset(fyne.Position{})
		if first, _ := b.Hours(); b.View == DayView && string(b.Day) == string(today(env)) && b.Now.Hour() > first+3 {
			v.scroll.ScrollToOffset(fyne.NewPos(0, float32(b.Now.Hour()-first-1)*theme.Grow(hourHeight)))
		}
	}
}

// nobody says that a day is empty, and leads to the next one that isn't.
func (v *boardView) nobody(b *Board) fyne.CanvasObject {
	env := v.s.env
	var next *widget.Button
	if day, n := b.Next(); n > 0 {
		next = widget.Secondary(env.N("appointments.next_day", n, "day", env.Texts.WeekdayDay(noon(day))), func() { v.s.goDay(day) }).WithIconAfter(icons.Forward)
	}
	return widget.NewEmptyState(env.T("appointments.none"), env.T("appointments.none_text"), next, nil)
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

// afterHours puts the heads of the columns at the right of the hours.
type afterHours struct{ table *timetable }

func (a afterHours) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, a.table.heads.MinSize().Height+20)
}

func (a afterHours) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	axis := a.table.axis()
	objects[0].Move(fyne.NewPos(axis, 10))
	objects[0].Resize(fyne.NewSize(max(size.Width-axis, 0), size.Height-20))
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

package appointments

import (
	"context"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender"
	"counterbell/sender/remind"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Screen is the page of the schedule. What it shows beside the board, a schedule that is being looked at, the plan, the
// review of reminders, are rooms of it that Escape leaves.
type Screen struct {
	env      *page.Env
	view     View
	day      data.Date
	search   string
	board    *Board
	foresee  foresight
	schedule *Schedule
	answer   Answer
	load     page.Latest
	look     page.Latest // for what the engine foresees
	visible  bool
	open     data.AppointmentID // whose card is to be opened when the board is there
	wait     func()             // stops the pause in typing
	tick     func()             // stops the minute's clock
	form     *form              // the one that was opened last

	date    *widget.DateField
	find    *widget.Entry
	tabs    *widget.Tabs
	bar     fyne.CanvasObject
	banner  *fyne.Container
	table   *boardView
	list    *listView
	side    *side
	left    *fyne.Container
	room    room // nil: the board
	roomy   *fyne.Container
	content *fyne.Container
}

// room is what takes the place of the board until it is left.
type room interface {
	content() fyne.CanvasObject
	title() string
	changed() // the store or the schedule has
}

// foresight is what the engine says becomes of the reminders of the visits in view.
type foresight struct {
	plan    data.ReminderPlan
	visits  map[data.AppointmentID]*remind.Forecast
	waiting int // upcoming visits whose reminders nobody has scheduled, where a person decides
}

var (
	_ page.Page       = (*Screen)(nil)
	_ page.Shower     = (*Screen)(nil)
	_ page.Hider      = (*Screen)(nil)
	_ page.Changer    = (*Screen)(nil)
	_ page.Searcher   = (*Screen)(nil)
	_ page.Creator    = (*Screen)(nil)
	_ page.Opener     = (*Screen)(nil)
	_ page.Escaper    = (*Screen)(nil)
	_ page.Dropper    = (*Screen)(nil)
	_ page.Rememberer = (*Screen)(nil)
)

// Names under which the page remembers how it was left.
const (
	keepView   = "appointments.view"
	keepAnswer = "appointments.answer"
	keepMap    = "appointments.columns"
)

// New makes the page.
func New(env *page.Env) page.Page { return newScreen(env) }

func newScreen(env *page.Env) *Screen {
	s := &Screen{env: env, view: DayView, day: today(env), banner: container.NewStack(), left: container.NewStack(), roomy: container.NewStack(), content: container.NewStack()}
	var kept string
	if env.Kept(keepView, &kept) {
		for _, v := range views {
			if string(v) == kept {
				s.view = v
			}
		}
	}
	env.Kept(keepAnswer, (*string)(&s.answer))
	s.table, s.list, s.side = newBoardView(s), newListView(s), newSide(s)
	s.date = widget.NewDateField(env.Texts, func() data.Date { return today(env) }, func(day data.Date, ok bool) {
		if ok {
			s.goDay(day)
		}
	}).Order(orderOf(env.Business.Country)).Mark(func(day data.Date) bool { return s.board != nil && s.board.Days[day] > 0 })
	s.date.Set(s.day)
	s.find = widget.NewEntry(env.T("appointments.search")).WithIcon(icons.Search).Limit(100)
	s.find.OnChanged = s.typed
	s.find.OnEscape(func() {
		if s.find.Text == "" {
			s.Escape()
			return
		}
		s.find.SetText("")
	})
	names := make([]string, len(views))
	for i, v := range views {
		names[i] = env.T("appointments.view." + string(v))
	}
	s.tabs = widget.NewTabs(names, func(i int) { s.setView(views[i]) })
	bar := []fyne.CanvasObject{s.date, s.find}
	if largeText() {
		bar = append(bar, s.tabs)
	}
	s.bar = container.New(&barLayout{}, append(bar, widget.Secondary(env.T("appointments.review"), func() { s.enter(newReview(s)) }).WithIcon(icons.Reminder),
		widget.Secondary(env.T("appointments.import"), s.choose).WithIcon(icons.Import))...)
	s.side.set(nil)
	env.After(300*time.Millisecond, func() {
		if s.board == nil && len(s.content.Objects) == 0 {
			s.content.Objects = []fyne.CanvasObject{widget.NewPanel(widget.Column(theme.Gap16, widget.Skeleton(320, 12), widget.Skeleton(260, 12), widget.Skeleton(300, 12)))}
			s.content.Refresh()
		}
	})
	return s
}

// today is the shop's day.
func today(env *page.Env) data.Date { return data.DateOf(env.Clock().In(env.Business.Location())) }

// orderOf is how a country writes 3/4. Source: CLDR 47, short date formats.
func orderOf(country string) i18n.DateOrder {
	switch country {
	case "US", "PH", "PA", "PR", "GU", "AS", "VI", "MP", "UM", "FM", "MH", "PW":
		return i18n.OrderMonthFirst
	case "":
		return i18n.OrderUnknown
	}
	return i18n.OrderDayFirst
}

// Content is the page.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown loads what may have changed, and lets the minutes pass.
func (s *Screen) Shown() {
	s.visible = true
	s.reload()
	s.minute()
}

// Hidden stops the minutes.
func (s *Screen) Hidden() {
	s.visible = false
	call(s.tick)
}

// minute moves the line through the present, and what depends on the time with it.
func (s *Screen) minute() {
	call(s.tick)
	s.tick = s.env.After(time.Minute, func() {
		if s.visible {
			s.reload()
			s.minute()
		}
	})
}

// Changed loads what has changed.
func (s *Screen) Changed() { s.reload() }

// FocusSearch leads to the search field.
func (s *Screen) FocusSearch() {
	if s.room != nil {
		s.leave()
	}
	s.focus(s.find)
}

func (s *Screen) focus(on fyne.Focusable) {
	if c := s.env.Canvas(); c != nil {
		c.Focus(on)
	}
}

// CreateNew begins an appointment on the day in view.
func (s *Screen) CreateNew() { s.book() }

// OpenAt opens a day, the visits without a number, or a schedule to be looked at.
func (s *Screen) OpenAt(target any) {
	switch target := target.(type) {
	case page.ToDay:
		s.room = nil
		s.clearSearch()
		if target.Day != "" {
			s.day = target.Day
		}
		s.open = target.Appointment
		s.date.Set(s.day)
	case page.WithoutPhone:
		s.enter(newReview(s))
		return
	case page.ToSchedule:
		s.room = nil
		s.openSchedule(target.Path)
		return
	default:
		return
	}
	s.reload()
}

// Escape leaves the room, the search, or a schedule that is being looked at.
func (s *Screen) Escape() bool {
	switch {
	case s.room != nil:
		s.leave()
	case s.search != "":
		s.find.SetText("")
	default:
		return false
	}
	return true
}

// Dropped looks at a schedule that was let go over the page.
func (s *Screen) Dropped(files []fyne.URI) {
	for _, f := range files {
		if f != nil && f.Path() != "" {
			s.openSchedule(f.Path())
			return
		}
	}
}

// memory is what goes to the page in the other language.
type memory struct {
	view     View
	day      data.Date
	search   string
	board    *Board
	schedule *Schedule
	plan     *Draft // that was being edited; nil: none
}

// Memory hands over what is in hand.
func (s *Screen) Memory() any {
	m := memory{s.view, s.day, s.search, s.board, s.schedule, nil}
	if p, ok := s.room.(*planEditor); ok && p.unsaved() {
		m.plan = &p.draft
	}
	return m
}

// Recall takes it.
func (s *Screen) Recall(was any) {
	m, ok := was.(memory)
	if !ok {
		return
	}
	s.view, s.day, s.search, s.schedule = m.view, m.day, m.search, m.schedule
	s.date.Set(s.day)
	s.find.Text = s.search
	if m.board != nil {
		s.show(m.board)
	}
	if m.plan != nil {
		s.goOnWith(m.plan)
	}
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func (s *Screen) typed(text string) {
	call(s.wait)
	s.wait = s.env.After(150*time.Millisecond, func() { s.searchFor(text) })
}

func (s *Screen) searchFor(text string) {
	if text != s.search {
		s.search = text
		s.reload()
	}
}

func (s *Screen) clearSearch() {
	call(s.wait)
	s.search = ""
	s.find.Text = ""
	s.find.Refresh()
}

func (s *Screen) setView(v View) {
	if s.view != v {
		s.view = v
		s.env.Keep(keepView, string(v))
		s.reload()
	}
}

func (s *Screen) goDay(day data.Date) {
	s.clearSearch()
	s.day = day
	s.date.Set(day)
	s.reload()
}

// reload reads what is in view. What shows stays until it is there.
func (s *Screen) reload() {
	var b *Board
	w := Wanted{View: s.view, Day: s.day, WeekStart: s.env.Texts.WeekStart(), Search: s.search}
	s.load.Run(s.env.Tasks, func(ctx context.Context) (err error) {
		b, err = Read(ctx, s.env.Store, w)
		return err
	}, func(err error) {
		if err != nil {
			s.env.Fail(err, s.reload)
			return
		}
		if w.View == s.view && w.Day == s.day && w.Search == s.search {
			s.show(b)
			s.lookAhead(b)
		}
	})
}

// lookAhead asks the engine what becomes of the reminders of the visits in view. It may take a while; the board is
// there without it.
func (s *Screen) lookAhead(b *Board) {
	apps := make([]data.Appointment, 0, len(b.Visits))
	for i := range b.Visits {
		if b.Visits[i].Open() {
			apps = append(apps, b.Visits[i].Appointment)
		}
	}
	var f foresight
	s.look.Run(s.env.Tasks, func(ctx context.Context) (err error) {
		f, err = foreseen(ctx, s.env, apps)
		return err
	}, func(err error) {
		if err == nil { // the provider's trouble is said elsewhere; the board stands by itself
			s.foresee = f
			s.side.set(s.board)
		}
		if id := s.open; id != 0 {
			s.open = 0
			s.openVisit(id)
		}
	})
}

func foreseen(ctx context.Context, env *page.Env, apps []data.Appointment) (foresight, error) {
	f := foresight{visits: map[data.AppointmentID]*remind.Forecast{}}
	var err error
	if f.plan, err = env.Store.ReminderPlan(ctx); err != nil {
		return f, err
	}
	return f, env.Engine.Use(ctx, func(o *sender.Opened) error {
		all, err := o.Reminders().Forecast(ctx, f.plan, apps)
		if err != nil {
			return err
		}
		for i := range all {
			f.visits[all[i].Appointment.ID] = &all[i]
		}
		if f.plan.Mode == data.PlanReview {
			f.waiting, err = o.Reminders().Waiting(ctx)
		}
		return err
	})
}

func (s *Screen) enter(r room) {
	s.room = r
	s.env.HeaderChanged()
	s.arrange()
}

// leave goes back to where the room was entered. A plan that was changed and not saved can be gone on with.
func (s *Screen) leave() {
	p, plan := s.room.(*planEditor)
	s.room = nil
	if plan {
		s.room = p.from
		if p.unsaved() {
			draft := p.draft
			s.env.Toast(widget.Toast{
				Tone: widget.Info, Text: s.env.T("appointments.plan_unsaved"), Close: s.env.T("common.close"),
				Action: s.env.T("appointments.plan_go_on"), Do: func() { s.goOnWith(&draft) },
			})
		}
		if s.room != nil {
			s.room.changed()
		}
	}
	s.env.HeaderChanged()
	s.reload()
	s.arrange()
}

func indexOf[T comparable](all []T, one T) int {
	for i := range all {
		if all[i] == one {
			return i
		}
	}
	return 0
}

func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(560, 320)
}

func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := float32(296)
	if size.Width < 960 {
		side = 268
	}
	side = min(theme.Grow(side), float32(int(size.Width*0.38)))
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(size.Width-side-16, size.Height))
	objects[1].Move(fyne.NewPos(size.Width-side, 0))
	objects[1].Resize(fyne.NewSize(side, size.Height))
}

package appointments

import (
	"context"
	"strconv"
	"strings"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/remind"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// form is an appointment as somebody types it: a new one, or one that is moved or put right.
type form struct {
	s      *Screen
	before *Visit // nil: a new one

	name, number, staff, service, place, note *widget.Entry
	minutes                                   *widget.Entry
	day                                       *widget.DateField
	time                                      *widget.TimeField
	fields                                    map[string]*widget.Field
	agreed                                    *widget.Checkbox
	notice                                    *notice
	reminders                                 *widget.Paragraph
	dialog                                    *widget.Dialog
	saving                                    bool             // Enter pressed twice books once
	booked                                    data.Appointment // though telling the person failed; its ID is 0 before
	scroll                                    *container.Scroll
}

// longest is how many characters names and the like may have.
const longest = 200

// book begins a new appointment, on the day in view.
func (s *Screen) book() {
	f := newForm(s, nil)
	f.day.Set(s.day)
	f.ask(s.env.T("appointments.form.new"), s.env.T("appointments.form.book"))
}

// edit changes a visit: when, with whom, for whom.
func (s *Screen) edit(v *Visit) {
	f := newForm(s, v)
	f.fill(&v.Appointment)
	f.ask(s.env.T("appointments.form.change", "name", v.Patient), s.env.T("common.save"))
}

func newForm(s *Screen, before *Visit) *form {
	env := s.env
	f := &form{s: s, before: before, fields: map[string]*widget.Field{}, reminders: widget.NewParagraph("").Sized(theme.SizeCaption)}
	entry := func(limit int) *widget.Entry { return widget.NewEntry("").Limit(limit) }
	f.name, f.number, f.staff, f.service, f.place, f.note, f.minutes = entry(longest), entry(60), entry(longest), entry(longest), entry(longest), entry(1000), entry(10)
	for key, control := range map[string]fyne.CanvasObject{"name": f.name, "phone": f.number, "staff": f.staff, "service": f.service, "place": f.place, "note": f.note, "minutes": f.minutes} {
		f.fields[key] = widget.NewField(env.T("appointments.field."+key), "", control)
	}
	f.number.SetPlaceHolder(env.T("appointments.number_hint"))
	f.minutes.SetPlaceHolder("30")
	f.day = widget.NewDateField(env.Texts, func() data.Date { return today(env) }, func(data.Date, bool) { f.changed() }).Order(orderOf(env.Business.Country))
	f.time = widget.NewTimeField(env.Texts, func(int, bool) { f.changed() })
	news := remind.NewsBooked
	if before != nil {
		news = remind.NewsMoved
	}
	f.fields["day"], f.fields["time"] = widget.NewField(env.T("appointments.field.day"), "", f.day), widget.NewField(env.T("appointments.field.time"), "", f.time)
	f.notice = newNotice(s, news)
	f.agreed = widget.NewCheckbox(env.T("appointments.agreed"), nil).WithDetail(env.T("appointments.agreed_detail"))
	f.agreed.Set(s.answer == answerBooked)
	f.number.OnChanged = func(string) { f.fields["phone"].SetProblem("") }
	f.number.OnFocus(func(gained bool) {
		if !gained {
			f.checkNumber()
			f.changed()
		}
	})
	f.name.OnChanged = func(string) { f.fields["name"].SetProblem("") }
	f.name.OnFocus(func(gained bool) {
		if !gained {
			f.changed()
		}
	})
	f.minutes.OnChanged = func(string) { f.fields["minutes"].SetProblem("") }
	return f
}

func (f *form) fill(a *data.Appointment) {
	f.name.SetText(a.Patient)
	if a.Phone != "" {
		f.number.SetText(phone.Show(a.Phone, f.s.env.Business.Country))
	}
	f.staff.SetText(a.Staff)
	f.service.SetText(a.Service)
	f.place.SetText(a.Place)
	f.note.SetText(a.Note)
	if a.Minutes > 0 {
		f.minutes.SetText(strconv.Itoa(a.Minutes))
	}
	if at, err := data.ParseWall(a.Wall); err == nil {
		f.day.Set(data.DateOf(at))
		f.time.Set(at.Hour()*60 + at.Minute())
	}
}

func (f *form) ask(title, confirm string) {
	env := f.s.env
	when := env.T("appointments.form.zone", "zone", zoneName(env, f.zone()))
	if f.zone() == env.Business.Zone {
		when = ""
	}
	parts := []fyne.CanvasObject{
		widget.Grid(2, 12, f.fields["name"], f.fields["phone"]),
		widget.Grid(3, 12, f.fields["day"], f.fields["time"], f.fields["minutes"]),
	}
	if when != "" {
		parts = append(parts, widget.Caption(when).In(theme.Warn))
	}
	parts = append(parts, widget.Grid(3, 12, f.fields["staff"], f.fields["service"], f.fields["place"]), f.fields["note"], f.agreed, f.notice.content, f.reminders)
	fields := widget.Column(10, parts...)
	f.scroll = container.NewVScroll(widget.Inset(3, 12, 3, 3, fields)) // with room for the ring of the focus
	f.fit()
	f.s.form = f
	f.dialog = env.Ask(widget.Question{Title: title, Content: f.scroll, Confirm: confirm, Cancel: env.T("common.cancel"), Wide: theme.Grow(620), OnConfirm: f.save})
	if c := env.Canvas(); c != nil {
		if f.before != nil {
			c.Focus(f.day.Keys())
		} else {
			c.Focus(f.name)
		}
	}
	f.changed()
}

// fit makes the fields as high as they need, as far as the window is.
func (f *form) fit() {
	high := f.scroll.Content.MinSize().Height
	if c := f.s.env.Canvas(); c != nil {
		high = min(high, c.Size().Height-190)
	}
	f.scroll.SetMinSize(fyne.NewSize(0, max(high, 120)))
	if f.dialog != nil {
		f.dialog.Refresh()
	}
}

// zone is whose clock the time is on: the visit's own, or the shop's.
func (f *form) zone() string {
	if f.before != nil {
		return f.before.Zone
	}
	return f.s.env.Business.Zone
}

// read is what was typed, and what is wrong with it by field.
func (f *form) read() (a data.Appointment, facts data.PhoneFacts, wrong map[string]string) {
	env := f.s.env
	wrong = map[string]string{}
	if f.before != nil {
		a = f.before.Appointment
	} else {
		a = data.Appointment{Zone: f.zone(), State: data.Booked}
	}
	clean := func(e *widget.Entry) string { return strings.Join(strings.Fields(e.Text), " ") }
	if name := clean(f.name); name != a.Patient {
		a.Patient, a.GivenName = name, givenName(name)
	}
	if a.Patient == "" {
		wrong["name"] = env.T("appointments.name_wanted")
	}
	a.Staff, a.Service, a.Place, a.Note = clean(f.staff), clean(f.service), clean(f.place), strings.TrimSpace(f.note.Text)
	var problem string
	if facts, problem = numberTyped(env, f.number.Text); problem != "" {
		wrong["phone"] = problem
	}
	a.Phone = facts.Phone
	minutes, problem := minutesTyped(env, f.minutes.Text)
	if problem != "" {
		wrong["minutes"] = problem
	}
	a.Minutes = minutes
	day, ok := f.day.Date()
	if !ok {
		wrong["day"] = f.day.Problem()
	}
	clock, ok := f.time.Minutes()
	if !ok {
		wrong["time"] = f.time.Problem()
	}
	if wrong["day"] == "" && wrong["time"] == "" {
		a.Wall = string(day) + "T" + env.Texts.Clock(clock)
		// The clocks may skip that time: then it is the one after.
		if starts, err := a.Starts(); err == nil {
			if loc, err := data.Zone(a.Zone); err == nil {
				a.Wall = data.Wall(starts.In(loc))
			}
			if moved := f.before == nil || a.Wall != f.before.Wall; moved && starts < env.Store.Now() {
				wrong["time"] = env.T("appointments.past")
			}
		}
	} else {
		a.Wall = ""
	}
	return a, facts, wrong
}

// givenName is the first of several names; of a Chinese name all of it, as people are spoken to.
func givenName(name string) string {
	given, _, _ := strings.Cut(name, " ")
	return given
}

// minutesTyped reads how long a visit takes: 30, 1 h, 1:30, ３０.
func minutesTyped(env *page.Env, typed string) (minutes int, problem string) {
	s := strings.ToLower(strings.TrimSpace(plainDigits(typed)))
	if s == "" {
		return 0, ""
	}
	for _, suffix := range []string{"minutes", "minute", "min", "m", "分钟", "分"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			s = strings.TrimSpace(rest)
			break
		}
	}
	hours, ok := "", false
	for _, mark := range []string{":", "hours", "hour", "h", "小时"} {
		if hours, s, ok = cutMark(s, mark); ok {
			break
		}
	}
	if ok {
		h, err := strconv.Atoi(hours)
		if err != nil {
			return 0, env.T("appointments.minutes_bad")
		}
		minutes = h * 60
	}
	if s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, env.T("appointments.minutes_bad")
		}
		minutes += n
	}
	if minutes < 1 || minutes > 24*60 {
		return 0, env.T("appointments.minutes_bad")
	}
	return minutes, ""
}

func cutMark(s, mark string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(s, mark)
	if !ok {
		return "", s, false
	}
	return strings.TrimSpace(before), strings.TrimSpace(after), true
}

// plainDigits turns full-width figures and marks into plain ones.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, s)
}

func (f *form) checkNumber() {
	_, problem := numberTyped(f.s.env, f.number.Text)
	f.fields["phone"].SetProblem(problem)
}

// changed works out anew what the person would be told, and when they would be reminded.
func (f *form) changed() {
	if f.dialog == nil {
		return
	}
	env := f.s.env
	a, facts, wrong := f.read()
	moved := f.before == nil || a.Wall != f.before.Wall
	f.agreed.Hidden = facts.Phone == "" || f.before != nil && facts.Phone == f.before.Phone
	f.notice.content.Hidden = !moved
	if moved {
		if len(wrong) > 0 {
			a.Wall = ""
		}
		f.notice.resize = f.fit
		f.notice.about(a, facts)
	}
	f.reminders.SetText("")
	f.reminders.Hidden = true
	if moved && len(wrong) == 0 && a.Phone != "" && f.s.foresee.plan.Mode != data.PlanOff {
		var lines []string
		for _, c := range remind.Course(nil, &a, facts, f.s.foresee.plan, env.Store.Now()) {
			lines = append(lines, comingText(env, &c))
		}
		if len(lines) > 0 {
			f.reminders.Hidden = false
			f.reminders.SetText(env.T("appointments.form.reminders", "list", strings.Join(lines, env.T("appointments.form.and"))))
		}
	}
	f.fit()
}

// save stores what was typed; it keeps the dialog open while something is wrong.
func (f *form) save() bool {
	if f.saving {
		return false
	}
	env := f.s.env
	a, facts, wrong := f.read()
	for key, field := range f.fields {
		field.SetProblem(wrong[key])
	}
	if len(wrong) > 0 {
		f.fit()
		return false
	}
	agreed := !f.agreed.Hidden && f.agreed.On()
	if !f.agreed.Hidden {
		f.s.remember(f.agreed.On())
	}
	fresh, was := f.before == nil, data.Appointment{}
	if !fresh {
		was = f.before.Appointment
	}
	moved := fresh || a.Wall != was.Wall
	if f.booked.ID != 0 {
		a.ID, a.Version = f.booked.ID, f.booked.Version
	}
	f.saving = true
	booked := f.booked
	page.Load(env.Tasks, func(ctx context.Context) error {
		if agreed && a.Phone != "" {
			if err := agree(ctx, env, a.Phone); err != nil {
				return err
			}
		}
		if fresh && a.ID == 0 {
			if err := env.Store.BookAppointment(ctx, &a, facts); err != nil {
				return err
			}
			booked = a
		} else if err := env.Store.ChangeAppointment(ctx, &a, facts); err != nil {
			return err
		}
		if moved {
			return f.notice.send(ctx, a)
		}
		return nil
	}, func(err error) {
		if err != nil { // what was typed isn't lost
			f.booked, f.saving = booked, false
			env.Fail(err, nil)
			return
		}
		env.Engine.Wake()
		f.dialog.Close()
		f.saved(a, moved, fresh)
	})
	return false
}

func (f *form) saved(a data.Appointment, moved, fresh bool) {
	env := f.s.env
	at, _ := data.ParseWall(a.Wall)
	when := env.Texts.WeekdayDay(at) + " " + env.Texts.Time(at)
	toast := widget.Toast{Tone: widget.OK, Text: env.T("appointments.changed", "name", a.Patient), Close: env.T("common.close")}
	switch {
	case fresh:
		toast.Text = env.T("appointments.booked", "name", a.Patient, "when", when)
	case moved:
		toast.Text = env.T("appointments.moved", "name", a.Patient, "when", when)
	}
	env.Toast(toast)
	f.s.clearSearch()
	f.s.goDay(data.DateOf(at))
}

// cancelVisit asks before a visit is cancelled, and offers to tell the person.
func (s *Screen) cancelVisit(v *Visit) {
	env := s.env
	n := newNotice(s, remind.NewsCancelled)
	var dialog *widget.Dialog
	a := v.Appointment
	dialog = env.Ask(widget.Question{
		Title: env.T("appointments.cancel_title", "name", v.Patient), Text: env.T("appointments.cancel_text", "when", env.Texts.WeekdayDay(v.At)+" "+env.Texts.Time(v.At)),
		Content: n.content, Confirm: env.T("appointments.cancel_visit"), Danger: true, Cancel: env.T("appointments.keep_visit"), Wide: theme.Grow(460),
		OnConfirm: func() bool {
			s.act(func(ctx context.Context) error {
				if err := env.Store.CancelAppointment(ctx, a.ID); err != nil {
					return err
				}
				return n.send(ctx, a)
			}, func() {
				env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("appointments.cancelled", "name", a.Patient), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
					s.act(func(ctx context.Context) error { return env.Store.ReopenAppointment(ctx, a.ID, a.State) }, nil)
				}})
			})
			return true
		},
	})
	n.resize = func() { dialog.Refresh() }
	page.Load(env.Tasks, func(ctx context.Context) error {
		_, facts, err := env.Store.AppointmentsByID(ctx, []data.AppointmentID{a.ID})
		n.facts = facts[a.ID]
		return err
	}, func(err error) {
		if err != nil {
			env.Fail(err, nil)
			return
		}
		n.about(a, n.facts)
	})
}

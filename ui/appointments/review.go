package appointments

import (
	"cmp"
	"context"
	"slices"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/remind"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// A Due is one reminder that is still to come, or was left out.
type Due struct {
	Forecast  *remind.Forecast
	Coming    remind.Coming
	Scheduled bool   // it waits in the queue
	With      string // whose visit's text names this one too: a family on one phone
}

// Ahead is all that is to come, as the review shows it.
type Ahead struct {
	Plan   data.ReminderPlan
	Due    []Due // by when they go
	Left   []Due // left out by the plan itself
	Cannot []*remind.Forecast
}

// Unscheduled are the visits of which some reminder waits for a person's word.
func (a *Ahead) Unscheduled() (visits []data.AppointmentID, reminders int) {
	for i := range a.Due {
		d := &a.Due[i]
		if d.Scheduled {
			continue
		}
		reminders++
		if id := d.Forecast.Appointment.ID; !slices.Contains(visits, id) {
			visits = append(visits, id)
		}
	}
	return visits, reminders
}

// Foresee puts together what is to come.
func Foresee(plan data.ReminderPlan, all []remind.Forecast, had map[data.AppointmentID][]store.VisitReminder) Ahead {
	out := Ahead{Plan: plan}
	for i := range all {
		f := &all[i]
		if !f.Reaches() {
			out.Cannot = append(out.Cannot, f)
			continue
		}
		steps := map[string]store.VisitReminder{}
		for _, r := range had[f.Appointment.ID] {
			steps[r.Step] = r
		}
		for _, c := range f.Course {
			r, known := steps[c.Step.Name]
			waits := known && (r.State == data.Queued || r.State == data.Held || r.State == data.Claimed)
			switch {
			case waits:
				c.Due = r.Due
				out.Due = append(out.Due, Due{Forecast: f, Coming: c, Scheduled: true})
			case known: // it went, or was called off
			case c.Due != 0 && !(c.Late && len(steps) > 0):
				out.Due = append(out.Due, Due{Forecast: f, Coming: c})
			case c.Due == 0 && c.Why != remind.LeftPassed:
				out.Left = append(out.Left, Due{Forecast: f, Coming: c})
			}
		}
	}
	slices.SortStableFunc(out.Due, func(x, y Due) int { return cmp.Compare(x.Coming.Due, y.Coming.Due) })
	for i := range out.Due {
		d := &out.Due[i]
		for j := range i {
			first := &out.Due[j]
			a, b := &d.Forecast.Appointment, &first.Forecast.Appointment
			if first.With == "" && a.Phone == b.Phone && a.Wall[:10] == b.Wall[:10] && a.Zone == b.Zone && d.Coming.Step.Name == first.Coming.Step.Name && remind.Together(&d.Coming.Step, d.Coming.Due.Sub(first.Coming.Due)) {
				d.With, d.Coming.Due = b.Patient, first.Coming.Due
				break
			}
		}
	}
	slices.SortStableFunc(out.Due, func(x, y Due) int { return cmp.Compare(x.Coming.Due, y.Coming.Due) })
	return out
}

// review lists every reminder to come with the hour at which it goes, who can't be reminded, and what the plan leaves
// out; one button schedules them.
type review struct {
	s      *Screen
	ahead  *Ahead
	failed error
	load   page.Latest
	page   fyne.CanvasObject
}

func newReview(s *Screen) *review {
	r := &review{s: s}
	r.draw()
	r.changed()
	return r
}

func (r *review) content() fyne.CanvasObject { return r.page }
func (r *review) title() string              { return r.s.env.T("appointments.review_title") }

func (r *review) changed() {
	env := r.s.env
	var ahead Ahead
	r.load.Run(env.Tasks, func(ctx context.Context) error {
		plan, err := env.Store.ReminderPlan(ctx)
		if err != nil {
			return err
		}
		return env.Engine.Use(ctx, func(o *sender.Opened) error {
			all, had, err := o.Reminders().Expected(ctx, plan)
			ahead = Foresee(plan, all, had)
			return err
		})
	}, func(err error) {
		if r.failed = err; err == nil {
			r.ahead = &ahead
		}
		r.draw()
		if r.s.room == room(r) {
			r.s.arrange()
		}
	})
}

func (r *review) draw() {
	env := r.s.env
	left := widget.Column(2)
	buttons := widget.Row(8)
	switch {
	case r.failed != nil:
		left.Add(widget.NewBanner(widget.Danger, icons.Warning, env.Texts.Error(r.failed), widget.Secondary(env.T("common.retry"), r.changed)))
	case r.ahead == nil:
		left.Add(widget.Skeleton(320, 12))
	default:
		r.list(left)
		r.buttons(buttons)
	}
	right := widget.Column(12)
	if r.ahead != nil {
		right.Add(widget.NewPanel(r.planCard()))
		if len(r.ahead.Cannot) > 0 {
			right.Add(widget.NewPanel(r.cannot()))
		}
		if len(r.ahead.Left) > 0 {
			right.Add(widget.NewPanel(r.left()))
		}
	}
	r.page = twoParts(widget.NewPanel(widget.Column(10, widget.Fill(scrolled(widget.Inset(0, 12, 0, 0, left))), buttons)).Padded(12), scrolled(widget.Inset(0, 10, 0, 0, right)))
}

func (r *review) list(to *fyne.Container) {
	env := r.s.env
	if len(r.ahead.Due) == 0 {
		sentence := env.T("appointments.review_none_text")
		if r.ahead.Plan.Mode == data.PlanOff {
			sentence = env.T("appointments.plan_off")
		}
		to.Add(widget.NewEmptyState(env.T("appointments.review_none"), sentence, nil, nil))
		return
	}
	zone := env.Business.Location()
	day := data.Date("")
	for i := range r.ahead.Due {
		d := &r.ahead.Due[i]
		if i == mostLines {
			to.Add(widget.Caption(env.N("appointments.more_lines", len(r.ahead.Due)-i)))
			break
		}
		at := d.Coming.Due.In(zone)
		if data.DateOf(at) != day {
			day = data.DateOf(at)
			to.Add(widget.Inset(8, 0, 4, 0, widget.Bold(dayTitle(env, at))))
		}
		a := &d.Forecast.Appointment
		clock := env.Texts.Time(at)
		if d.Coming.Late {
			clock = env.T("appointments.at_once")
		}
		wall, _ := data.ParseWall(a.Wall)
		visit := env.T("appointments.for_visit", "when", env.Texts.WeekdayDay(wall)+" "+env.Texts.Time(wall), "step", stepName(env, &d.Coming.Step))
		if a.Zone != env.Business.Zone {
			visit += " · " + zoneName(env, a.Zone)
		}
		if d.Coming.Night {
			visit += " · " + env.T("appointments.night_moved", "wanted", clockOf(env, d.Coming.Wanted, zone))
		}
		if d.With != "" {
			visit += " · " + env.T("appointments.in_one", "name", d.With)
		}
		pill := widget.NewPill(widget.OK, icons.Check, env.T("appointments.scheduled"))
		if !d.Scheduled {
			pill = widget.NewPill(widget.Neutral, icons.Waiting, env.T("appointments.unscheduled"))
		}
		to.Add(widget.Sized(0, 48, widget.Row(12, widget.Exactly(theme.Grow(64), 0, widget.Bold(clock)),
			widget.Fill(widget.Column(0, widget.Bold(a.Patient).Shorten(), widget.Caption(visit).Shorten())), pill)))
	}
}

// buttons say what one press does: schedule what waits, or nothing where all is scheduled.
func (r *review) buttons(to *fyne.Container) {
	env := r.s.env
	visits, reminders := r.ahead.Unscheduled()
	off := r.ahead.Plan.Mode == data.PlanOff
	to.Add(widget.Fill(widget.Caption(env.T("appointments.whose_clock", "zone", zoneName(env, env.Business.Zone))).Shorten()))
	switch {
	case off && len(r.ahead.Due) > 0:
		to.Add(widget.Primary(env.N("appointments.turn_on", reminders), func() { r.schedule(visits, true) }).WithIcon(icons.Reminder))
	case reminders > 0:
		to.Add(widget.Primary(env.N("appointments.schedule_n", reminders), func() { r.schedule(visits, false) }).WithIcon(icons.Reminder))
	case len(r.ahead.Due) > 0:
		to.Add(widget.NewPill(widget.OK, icons.Check, env.N("appointments.all_scheduled", len(r.ahead.Due))))
		to.Add(widget.Secondary(env.T("common.done"), r.s.leave))
	default:
		to.Add(widget.Secondary(env.T("common.done"), r.s.leave))
	}
}

func (r *review) schedule(visits []data.AppointmentID, turnOn bool) {
	env := r.s.env
	var n int64
	r.s.act(func(ctx context.Context) error {
		if turnOn {
			plan, err := env.Store.ReminderPlan(ctx)
			if err != nil {
				return err
			}
			plan.Mode = data.PlanReview
			if err := env.Store.SetReminderPlan(ctx, plan); err != nil {
				return err
			}
		}
		return env.Engine.Use(ctx, func(o *sender.Opened) (err error) {
			n, err = o.Reminders().Schedule(ctx, visits)
			return err
		})
	}, func() {
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.N("appointments.were_scheduled", int(n)), Close: env.T("common.close")})
		r.s.leave()
	})
}

func (r *review) planCard() fyne.CanvasObject {
	env := r.s.env
	column := widget.Column(6, widget.Row(8, widget.Fill(widget.Bold(env.T("appointments.plan"))), widget.NewCaptionLink(env.T("appointments.plan_edit"), r.s.editPlan)))
	column.Add(widget.NewParagraph(env.T("appointments.mode." + modeKey(r.ahead.Plan.Mode))).Sized(theme.SizeCaption))
	for i := range r.ahead.Plan.Steps {
		column.Add(widget.Row(8, widget.NewIcon(icons.Time, theme.Ink3, widget.IconSmall), widget.Fill(widget.Body(stepName(env, &r.ahead.Plan.Steps[i])).Shorten())))
	}
	return column
}

// cannot lists who can't be reminded, with the reason; a missing number is added in place.
func (r *review) cannot() fyne.CanvasObject {
	env := r.s.env
	column := widget.Column(8, widget.Row(10, widget.NewIconTile(icons.Phone, widget.Warn).Sized(28), widget.Fill(widget.Bold(env.N("appointments.cannot", len(r.ahead.Cannot))))))
	for i, f := range r.ahead.Cannot {
		if i == mostLines {
			column.Add(widget.Caption(env.N("appointments.more_lines", len(r.ahead.Cannot)-i)))
			break
		}
		a := f.Appointment
		wall, err := data.ParseWall(a.Wall)
		if err != nil {
			continue
		}
		why := whyNot(env, f)
		name, when := widget.Body(a.Patient).Shorten(), widget.Caption(env.Texts.WeekdayDay(wall)+" "+env.Texts.Time(wall))
		lines := widget.Column(0)
		if largeText() {
			lines.Add(name)
			lines.Add(when.Shorten())
		} else {
			lines.Add(widget.Row(6, widget.Fill(name), when))
		}
		lines.Add(widget.NewParagraph(why).Sized(theme.SizeCaption).Lines(3))
		if a.Phone != "" {
			column.Add(lines)
			continue
		}
		add := widget.Secondary(env.T("appointments.add_number"), nil).Small()
		add.OnTap(func() { r.s.addNumber(add, &Visit{Appointment: a, At: wall}) })
		column.Add(widget.Row(8, widget.Fill(lines), add))
	}
	return column
}

// left lists what the plan itself leaves out, and why.
func (r *review) left() fyne.CanvasObject {
	env := r.s.env
	column := widget.Column(6, widget.Bold(env.N("appointments.left_out", len(r.ahead.Left))))
	for i := range r.ahead.Left {
		d := &r.ahead.Left[i]
		if i == mostCannot {
			column.Add(widget.Caption(env.N("appointments.more_lines", len(r.ahead.Left)-i)))
			break
		}
		wall, _ := data.ParseWall(d.Forecast.Appointment.Wall)
		column.Add(widget.Column(0, widget.Row(6, widget.Fill(widget.Body(d.Forecast.Appointment.Patient).Shorten()), widget.Caption(env.Texts.WeekdayDay(wall)+" "+env.Texts.Time(wall))),
			widget.NewParagraph(comingText(env, &d.Coming)).Sized(theme.SizeCaption)))
	}
	return column
}

func modeKey(m data.PlanMode) string {
	if m == data.PlanAuto {
		return "auto"
	}
	return string(m)
}

package appointments

import (
	"reflect"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/chart"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// side stands at the right of the board: how the visits in view stand, what the plan does with them, and who can't be
// reminded.
type side struct {
	s       *Screen
	ring    *chart.Doughnut
	status  *fyne.Container
	plan    *fyne.Container
	cannot  *fyne.Container
	card    *widget.Panel
	content fyne.CanvasObject
	board   *Board // that it shows, and what was foreseen for it
	foresee foresight
}

func newSide(s *Screen) *side {
	d := &side{s: s, status: container.NewStack(), plan: widget.Column(10), cannot: widget.Column(8)}
	d.ring = chart.NewDoughnut(chart.DoughnutFigures{})
	d.card = widget.NewPanel(d.cannot)
	d.content = container.NewVScroll(widget.Column(12, widget.NewPanel(widget.Column(10, widget.Bold(s.env.T("appointments.status")), d.status)), widget.NewPanel(d.plan), d.card))
	return d
}

// set shows what belongs to a board. What looks the same stays, and with it the focus.
func (d *side) set(b *Board) {
	if b != nil && d.board != nil && reflect.DeepEqual(drawn(d.board), drawn(b)) && reflect.DeepEqual(d.foresee, d.s.foresee) {
		return
	}
	d.board, d.foresee = b, d.s.foresee
	d.showStatus(b)
	d.showPlan(b)
	d.showCannot(b)
	d.content.Refresh()
}

func (d *side) showStatus(b *Board) {
	env := d.s.env
	if b == nil || len(b.Counted()) == 0 {
		d.status.Objects = []fyne.CanvasObject{widget.NewParagraph(env.T("appointments.status_none")).Sized(theme.SizeCaption)}
		d.status.Refresh()
		return
	}
	all, confirmed := b.People()
	f := chart.DoughnutFigures{Bare: true, Centre: env.Texts.Number(int64(confirmed)), Below: env.T("appointments.of", "n", all), Value: func(v float64) string { return env.Texts.Number(int64(v)) }}
	for _, c := range b.Counted() {
		f.Parts = append(f.Parts, chart.Part{Name: env.T("appointments.mark." + string(c.Mark)), Value: float64(c.N), Color: looks[c.Mark].slice})
	}
	d.ring.Set(f)
	legend := widget.Column(2)
	for _, c := range b.Counted() {
		legend.Add(widget.Row(6, widget.Sized(8, 8, newDot(looks[c.Mark].slice)), widget.Fill(widget.Caption(env.T("appointments.mark."+string(c.Mark))).In(theme.Ink).Shorten()), widget.Caption(env.Texts.Number(int64(c.N))).Bold().In(theme.Ink)))
	}
	d.status.Objects = []fyne.CanvasObject{widget.Row(16, widget.Sized(120, 120, d.ring), widget.Fill(legend))}
	d.status.Refresh()
}

// showPlan says what each step of the plan has done, and will do, for the visits in view.
func (d *side) showPlan(b *Board) {
	env, plan := d.s.env, d.s.foresee.plan
	d.plan.RemoveAll()
	d.plan.Add(widget.Row(8, widget.Fill(widget.Bold(env.T("appointments.plan")).Shorten()), widget.NewCaptionLink(env.T("appointments.plan_edit"), func() { d.s.editPlan() })))
	if plan.Mode == data.PlanOff || len(plan.Steps) == 0 {
		d.plan.Add(widget.NewParagraph(env.T("appointments.plan_off")).Sized(theme.SizeCaption))
		d.plan.Refresh()
		return
	}
	for i := range plan.Steps {
		sent, due, held := d.stepCounts(b, plan.Steps[i].Name)
		tone, icon, note := widget.Neutral, icons.Rescheduled, env.T("appointments.step_none")
		switch {
		case due > 0 && plan.Mode == data.PlanReview && held > 0:
			tone, icon, note = widget.Warn, icons.Alert, env.N("appointments.step_review", held)
		case due > 0:
			tone, icon, note = widget.Accent, icons.Time, env.N("appointments.step_due", due)
			if sent > 0 {
				note = env.T("appointments.step_both", "sent", sent, "due", due)
			}
		case sent > 0:
			tone, icon, note = widget.OK, icons.Check, env.N("appointments.step_sent", sent)
		case plan.Steps[i].Unanswered:
			note = env.T("appointments.step_unanswered")
		}
		d.plan.Add(widget.Row(10, widget.NewIconTile(icon, tone).Sized(28), widget.Fill(widget.Column(0, widget.Body(stepName(env, &plan.Steps[i])).Shorten(), widget.Caption(note).Shorten()))))
	}
	if d.s.foresee.waiting > 0 {
		d.plan.Add(widget.Primary(env.N("appointments.review_n", d.s.foresee.waiting), func() { d.s.enter(newReview(d.s)) }).Small())
	}
	d.plan.Refresh()
}

// stepCounts counts for one step of the plan: reminders that went out, those still to come, and of these those that
// nobody has scheduled.
func (d *side) stepCounts(b *Board, step string) (sent, due, unscheduled int) {
	if b == nil {
		return 0, 0, 0
	}
	for i := range b.Visits {
		v := &b.Visits[i]
		had := false
		for _, r := range v.Reminders {
			if r.Step != step {
				continue
			}
			had = true
			if r.Reason == mergedReason {
				sent++
				continue
			}
			switch r.State {
			case data.Queued, data.Held, data.Claimed, data.Sending:
				due++
			case data.Accepted, data.Delivered, data.Undelivered, data.Unknown:
				sent++
			}
		}
		if f := d.s.foresee.visits[v.ID]; !had && f != nil && f.Reaches() {
			for _, c := range f.Course {
				if c.Step.Name == step && c.Due != 0 {
					due++
					unscheduled++
				}
			}
		}
	}
	return sent, due, unscheduled
}

// stepName says when a step comes: "1 day before at 10:00", "2 hours before".
func stepName(env *page.Env, step *data.ReminderStep) string {
	lead := step.Before
	switch {
	case step.Days > 0:
		return env.N("appointments.step_days_at", step.Days, "time", env.Texts.Clock(step.At))
	case lead%(24*3600e9) == 0:
		return env.N("appointments.step_days", int(lead/(24*3600e9)))
	case lead%3600e9 == 0:
		return env.N("appointments.step_hours", int(lead/3600e9))
	}
	return env.N("appointments.step_minutes", int(lead/60e9))
}

// mostCannot is how many people are listed who can't be reminded; the others are behind a link.
const mostCannot = 6

func (d *side) showCannot(b *Board) {
	env := d.s.env
	d.cannot.RemoveAll()
	var all []*Visit
	if b != nil {
		for i := range b.Visits {
			if v := &b.Visits[i]; v.Open() && v.Starts > data.At(b.Now) && d.s.why(v) != "" {
				all = append(all, v)
			}
		}
	}
	d.card.Hidden = len(all) == 0
	if len(all) == 0 {
		return
	}
	d.cannot.Add(widget.Row(10, widget.NewIconTile(icons.Phone, widget.Warn).Sized(28), widget.Fill(widget.Bold(env.N("appointments.cannot", len(all))).Shorten())))
	for i, v := range all {
		if i == mostCannot {
			d.cannot.Add(widget.NewCaptionLink(env.N("appointments.cannot_more", len(all)-mostCannot), func() { d.s.enter(newReview(d.s)) }))
			break
		}
		why := widget.NewParagraph(d.s.why(v)).Sized(theme.SizeCaption).Lines(2)
		name := widget.Column(0, widget.Row(6, widget.Fill(widget.Body(v.Patient).Shorten()), widget.Caption(d.s.when(v))), why)
		if b.View != DayView || b.Found != "" { // with its day it needs a line of its own
			name = widget.Column(0, widget.Body(v.Patient).Shorten(), widget.Caption(d.s.when(v)).Shorten(), why)
		}
		if v.Phone != "" {
			d.cannot.Add(name)
			continue
		}
		add := widget.Secondary(env.T("appointments.add_number"), nil).Small()
		add.OnTap(func() { d.s.addNumber(add, v) })
		d.cannot.Add(widget.Row(8, widget.Fill(name), add))
	}
	d.cannot.Refresh()
}

// when is a visit's time, with its day where the view has several.
func (s *Screen) when(v *Visit) string {
	if s.board != nil && s.board.View == DayView && s.board.Found == "" {
		return s.env.Texts.Time(v.At)
	}
	return s.env.Texts.WeekdayDay(v.At) + " " + s.env.Texts.Time(v.At)
}

// why says why nobody can be reminded of a visit; "" where they can, or where nobody knows yet.
func (s *Screen) why(v *Visit) string {
	if v.Phone == "" {
		return s.env.T("appointments.why.no_phone")
	}
	return whyNot(s.env, s.foresee.visits[v.ID])
}

package appointments

import (
	"context"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// openVisit opens the card of a visit in view.
func (s *Screen) openVisit(id data.AppointmentID) {
	if b := s.table.table.blockOf(id); b != nil && s.view != ListView && s.board.Found == "" {
		s.table.table.goTo(b)
		s.table.table.reveal()
		s.openCard(b, b.visit)
		return
	}
	for i := range s.board.Visits {
		if v := &s.board.Visits[i]; v.ID == id {
			s.openCard(s.left, v)
		}
	}
}

// openCard says all there is to a visit, and lets the desk act on it.
func (s *Screen) openCard(anchor fyne.CanvasObject, v *Visit) {
	if v.Ghost {
		s.lookFirst()
		return
	}
	env := s.env
	var shut func()
	then := func(do func()) func() { return func() { call(shut); do() } }
	look := looks[v.Mark]
	from, to := env.Texts.Time(v.At), env.Texts.Time(v.At.Add(v.Lasts()))
	when := env.Texts.WeekdayDay(v.At) + ", " + from + "–" + to
	if v.Minutes == 0 {
		when = env.Texts.WeekdayDay(v.At) + ", " + from
	}
	if v.Zone != env.Business.Zone {
		when += " · " + zoneName(env, v.Zone) + " · " + env.T("appointments.here", "time", env.Texts.Time(v.Starts.In(env.Business.Location())))
	}
	var what []string
	for _, part := range []string{v.Service, v.Staff, v.Place} {
		if part != "" {
			what = append(what, part)
		}
	}
	rows := widget.Column(6, widget.Row(12, widget.Fill(widget.Heading(v.Patient).Shorten()), widget.NewPill(look.tone, look.icon, env.T("appointments.mark."+string(v.Mark)))),
		widget.Caption(when))
	if len(what) > 0 {
		rows.Add(widget.Body(strings.Join(what, " · ")).Shorten())
	}
	if v.Note != "" {
		rows.Add(widget.NewParagraph(v.Note).Wide(theme.Grow(cardWide)).Sized(theme.SizeCaption).Lines(3))
	}
	if v.Phone != "" {
		who := widget.Row(12, widget.NewIcon(icons.Phone, theme.Ink2, widget.IconSmall), widget.Body(phone.Show(v.Phone, env.Business.Country)))
		if v.Contact != 0 {
			who.Add(widget.NewCaptionLink(env.T("appointments.person"), then(func() { env.GoTo(page.Contacts, page.ToContact{ID: v.Contact}) })))
		}
		who.Add(widget.NewCaptionLink(env.T("appointments.messages"), then(func() { env.GoTo(page.Inbox, page.ToPhone{Phone: v.Phone}) })))
		rows.Add(who)
	} else if v.Open() {
		rows.Add(s.numberField(v, then(func() {})).content)
	}
	rows.Add(s.remindersOf(v))
	moves := widget.Flow(6)
	for _, to := range v.Moves(s.env.Store.Now()) {
		moves.Add(widget.Secondary(env.T("appointments.do."+string(to)), then(func() { s.move(v, to) })).WithIcon(stateIcons[to]).Small())
	}
	rows.Add(widget.Inset(6, 0, 0, 0, widget.Sized(theme.Grow(cardWide), 0, moves)))
	if v.Open() {
		rows.Add(widget.Row(6, widget.Quiet(env.T("appointments.change_visit"), then(func() { s.edit(v) })).WithIcon(icons.Rescheduled).Small(), widget.Spring(),
			widget.Destructive(env.T("appointments.cancel_visit"), then(func() { s.cancelVisit(v) })).Small()))
	}
	shut = widget.ShowCard(anchor, rows)
}

const cardWide = 380

// mergedReason is why a reminder was called off that another visit's text spoke for.
const mergedReason = "merged"

// remindersOf says what became of each step of the plan for a visit, and what will.
func (s *Screen) remindersOf(v *Visit) fyne.CanvasObject {
	env := s.env
	column := widget.Column(2)
	line := func(icon *icons.Icon, color fyne.ThemeColorName, text string) {
		column.Add(widget.TopRow(8, widget.Inset(2, 0, 0, 0, widget.NewIcon(icon, color, widget.IconPill)), widget.NewParagraph(text).Sized(theme.SizeCaption).Wide(theme.Grow(cardWide-24))))
	}
	had := map[string]bool{}
	zone := env.Business.Location()
	for _, r := range v.Reminders {
		had[r.Step] = true
		at := r.Due
		if r.Accepted != 0 {
			at = r.Accepted
		}
		name := r.Step
		for i := range s.foresee.plan.Steps {
			if s.foresee.plan.Steps[i].Name == r.Step {
				name = stepName(env, &s.foresee.plan.Steps[i])
			}
		}
		icon, color := icons.Send, theme.Info
		if r.Reason == mergedReason { // it went, with another visit's
			line(icon, color, name+env.T("appointments.form.and")+reasonText(env, r.Reason))
			continue
		}
		switch r.State {
		case data.Queued, data.Held, data.Claimed:
			icon, color = icons.Time, theme.Ink3
		case data.Blocked, data.Rejected, data.Undelivered, data.Expired, data.MsgCancelled:
			icon, color = icons.Close, theme.Danger
		}
		text := env.T("appointments.reminder", "step", name, "state", stateText(env, r.State), "when", env.Texts.WeekdayDay(at.In(zone))+" "+env.Texts.Time(at.In(zone)))
		if r.Reason != "" && (r.State == data.Blocked || r.State == data.Held || r.State == data.Rejected || r.State == data.Expired) {
			text += " · " + reasonText(env, r.Reason)
		}
		line(icon, color, text)
	}
	f := s.foresee.visits[v.ID]
	if why := s.why(v); why != "" && v.Open() && v.Phone != "" {
		line(icons.Warning, theme.Warn, why)
	} else if f != nil {
		for i := range f.Course {
			c := &f.Course[i]
			if !had[c.Step.Name] && (c.Due != 0 || c.Why == "night") {
				line(icons.Time, theme.Ink3, comingText(env, c))
			}
		}
	}
	return column
}

// move stores what the desk says about a visit, and lets it be taken back.
func (s *Screen) move(v *Visit, to data.AppointmentState) {
	env, id, from := s.env, v.ID, v.State
	if from == to {
		return
	}
	s.act(func(ctx context.Context) error {
		if from == data.ApptCancelled {
			return env.Store.ReopenAppointment(ctx, id, to)
		}
		return env.Store.SetAppointmentState(ctx, id, to)
	}, func() {
		env.Toast(widget.Toast{
			Tone: widget.OK, Text: env.T("appointments.done."+string(to), "name", v.Patient), Action: env.T("common.undo"), Close: env.T("common.close"),
			Do: func() {
				s.act(func(ctx context.Context) error {
					if from == data.ApptCancelled {
						return env.Store.CancelAppointment(ctx, id)
					}
					return env.Store.SetAppointmentState(ctx, id, from)
				}, nil)
			},
		})
	})
}

// openMenu offers what can be done with a visit, as the other mouse button does.
func (s *Screen) openMenu(anchor fyne.CanvasObject, v *Visit) {
	if v.Ghost {
		s.lookFirst()
		return
	}
	var items []widget.MenuItem
	for _, to := range v.Moves(s.env.Store.Now()) {
		items = append(items, widget.MenuItem{Text: s.env.T("appointments.do." + string(to)), Icon: stateIcons[to], Do: func() { s.move(v, to) }})
	}
	if v.Open() {
		items = append(items, widget.MenuItem{Text: s.env.T("appointments.change_visit"), Icon: icons.Rescheduled, Do: func() { s.edit(v) }},
			widget.MenuItem{Text: s.env.T("appointments.cancel_visit"), Icon: icons.Close, Danger: true, Do: func() { s.cancelVisit(v) }})
	}
	widget.ShowMenu(anchor, items)
}

// act writes to the store and loads anew.
func (s *Screen) act(work func(ctx context.Context) error, done func()) {
	page.Load(s.env.Tasks, work, func(err error) {
		if err != nil {
			s.env.Fail(err, nil)
			s.reload()
			return
		}
		s.env.Engine.Wake()
		if done != nil {
			done()
		}
		s.reload()
	})
}

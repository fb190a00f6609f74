package appointments

import (
	"maps"
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// look lists every change of a schedule before it is applied, and afterwards as its receipt: visits without a number on
// top, then new, moved, cancelled and changed ones.
type look struct {
	s    *Screen
	body *fyne.Container
	page fyne.CanvasObject
}

func newLook(s *Screen) *look {
	l := &look{s: s, body: widget.Column(0)}
	l.changed()
	return l
}

func (l *look) content() fyne.CanvasObject { return l.page }

func (l *look) title() string {
	if l.s.schedule == nil {
		return ""
	}
	return l.s.schedule.File
}

func (l *look) changed() {
	s, env := l.s, l.s.env
	sched := s.schedule
	if sched == nil {
		l.page = widget.NewPanel(widget.Spring())
		return
	}
	found := sched.Found
	if sched.Done != nil {
		found = sched.Done
	}
	left := widget.Column(2)
	if sched.Problem != nil {
		left.Add(widget.NewBanner(widget.Danger, icons.Warning, env.Texts.Error(sched.Problem)))
	}
	if found != nil {
		l.list(left, found)
	}
	right := widget.Column(12)
	if sched.Done == nil {
		right.Add(widget.NewPanel(l.consent()).Needed(s.answer == answerOpen))
	}
	if len(sched.Columns) > 0 && sched.Done == nil {
		right.Add(widget.NewPanel(l.columns()))
	}
	if found != nil {
		right.Add(widget.NewPanel(l.receipt(found)))
	}
	note := widget.Fill(widget.Caption(env.T("appointments.take_back")).Shorten())
	buttons := widget.Row(8, note, widget.Quiet(env.T("appointments.ignore"), s.ignore))
	if sched.Done != nil {
		buttons = widget.Row(8, note, widget.Primary(env.T("appointments.review"), func() {
			s.schedule = nil
			s.enter(newReview(s))
		}))
	} else if found != nil && found.Differs() {
		apply := widget.Primary(env.N("appointments.apply", sched.Changes()), s.apply)
		if s.answer == answerOpen || sched.Busy {
			apply.Disable()
			buttons.Add(widget.Caption(env.T("appointments.answer_first")).In(theme.Warn))
		}
		buttons.Add(apply)
	}
	l.page = twoParts(widget.NewPanel(widget.Column(10, widget.Fill(scrolled(widget.Inset(0, 12, 0, 0, left))), buttons)).Padded(12), scrolled(widget.Inset(0, 10, 0, 0, right)))
}

func (l *look) list(to *fyne.Container, found *intake.Comparison) {
	env := l.s.env
	groups := []struct {
		key   string
		takes func(c *data.ScheduleChange) bool
	}{
		{"no_phone", func(c *data.ScheduleChange) bool { return c.After.Phone == "" && c.After.Open() }},
		{"new", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeNew }},
		{"moved", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeMoved }},
		{"cancelled", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeCancelled }},
		{"changed", func(c *data.ScheduleChange) bool { return c.Kind == data.ChangeDetails }},
	}
	any := false
	for _, g := range groups {
		lines, n := widget.Column(0), 0
		for i := range found.Changes {
			c := &found.Changes[i]
			if !g.takes(c) {
				continue
			}
			if n++; n <= mostLines {
				lines.Add(l.line(c, g.key))
			}
		}
		if n == 0 {
			continue
		}
		any = true
		to.Add(widget.Inset(8, 0, 4, 0, widget.Row(8, widget.Bold(env.T("appointments.group."+g.key)), widget.NewBadge(env.Texts.Number(int64(n))))))
		to.Add(lines)
		if n > mostLines {
			to.Add(widget.Caption(env.N("appointments.more_lines", n-mostLines)))
		}
	}
	if !any {
		to.Add(widget.NewEmptyState(env.T("appointments.same", "file", shorten(l.s.schedule.File)), env.N("appointments.same_note", found.Same), nil, nil))
	}
}

func (l *look) line(c *data.ScheduleChange, group string) fyne.CanvasObject {
	env := l.s.env
	wall := func(w string) string {
		at, err := data.ParseWall(w)
		if err != nil {
			return w
		}
		return env.Texts.WeekdayDay(at) + " " + env.Texts.Time(at)
	}
	when := wall(c.After.Wall)
	if c.After.Zone != env.Business.Zone {
		when += " · " + zoneName(env, c.After.Zone)
	}
	parts := []fyne.CanvasObject{widget.Exactly(theme.Grow(170), 0, widget.Bold(c.After.Patient).Shorten())}
	switch {
	case group == "moved":
		parts = append(parts, widget.Body(wall(c.Before.Wall)).In(theme.Ink3).Struck(), widget.NewIcon(icons.Forward, theme.Ink3, widget.IconSmall), widget.Bold(when))
	case group == "cancelled":
		parts = append(parts, widget.Body(when).In(theme.Ink3).Struck())
	default:
		parts = append(parts, widget.Body(when))
	}
	var details []string
	for _, d := range []string{c.After.Service, c.After.Staff} {
		if d != "" {
			details = append(details, d)
		}
	}
	if group == "cancelled" && c.Absent {
		details = []string{env.T("appointments.absent")}
	}
	parts = append(parts, widget.Fill(widget.Caption(strings.Join(details, " · ")).Shorten()))
	return widget.Sized(0, 32, widget.Row(10, parts...))
}

// consent asks once how these people came to leave their number.
func (l *look) consent() fyne.CanvasObject {
	env := l.s.env
	options, details := make([]string, len(answers)), make([]string, len(answers))
	for i, a := range answers {
		options[i], details[i] = env.T("appointments.answer."+string(a)), env.T("appointments.answer."+string(a)+".detail")
	}
	radio := widget.NewRadio(options, func(i int) {
		l.s.answer = answers[i]
		env.Keep(keepAnswer, string(l.s.answer))
		l.changed()
		l.s.arrange()
	})
	if l.s.answer != answerOpen {
		radio.SetSelected(indexOf(answers, l.s.answer))
	}
	column := widget.Column(8, widget.NewParagraph(env.T("appointments.answer")).Bold().In(theme.Ink), radio)
	if l.s.answer != answerOpen {
		column.Add(widget.NewParagraph(env.T("appointments.answer." + string(l.s.answer) + ".detail")).Sized(theme.SizeCaption))
	}
	return column
}

// columns says what each column was taken for, and lets that be changed.
func (l *look) columns() fyne.CanvasObject {
	env, sched := l.s.env, l.s.schedule
	fields := slices.DeleteFunc(intake.Fields(intake.Appointments), func(f data.Field) bool { return f == data.FieldExtra }) // a visit keeps no columns of its own
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = env.T("appointments.column." + string(f))
	}
	column := widget.Column(8, widget.Bold(env.T("appointments.columns_title")))
	for _, c := range sched.Columns {
		if c.Heading == "" && c.Filled == 0 {
			continue
		}
		field := c.Field
		if field == data.FieldSkip || field == data.FieldExtra {
			field = "skip"
		}
		choose := widget.NewSelect(names, func(i int) { l.name(c.Title(), fields[i]) })
		choose.SetSelected(slices.Index(fields, field))
		sample := ""
		if len(sched.Preview) > 0 && c.Index < len(sched.Preview[0].Cells) {
			sample = sched.Preview[0].Cells[c.Index].Was
		}
		column.Add(widget.Row(8, widget.Fill(widget.Column(0, widget.Body(c.Title()).Shorten(), widget.Caption(sample).Shorten())), widget.Exactly(theme.Grow(136), 0, choose)))
	}
	return column
}

// name says by hand what a column is, and looks again.
func (l *look) name(title string, field data.Field) {
	sched := l.s.schedule
	chosen := maps.Clone(sched.Chosen)
	if chosen == nil {
		chosen = map[string]data.Field{}
	}
	chosen[title] = field
	sched.Chosen, sched.Found = chosen, nil
	l.s.readSchedule(sched)
}

// receipt says where every row of the file went.
func (l *look) receipt(c *intake.Comparison) fyne.CanvasObject {
	env, r := l.s.env, &c.Receipt
	column := widget.Column(4, widget.Bold(env.N("appointments.rows", r.Rows)))
	for _, p := range []struct {
		key string
		n   int
	}{{"added", r.Added}, {"updated", r.Updated}, {"unchanged", r.Unchanged}, {"duplicate", r.Duplicate}, {"rejected", r.Rejected}, {"skipped", r.Skipped}} {
		if p.n > 0 {
			column.Add(widget.Row(8, widget.Fill(widget.Caption(env.T("appointments.row."+p.key)).Shorten()), widget.Caption(env.Texts.Number(int64(p.n))).Bold()))
		}
	}
	for i, reject := range r.Rejects {
		if i == 5 {
			column.Add(widget.Caption(env.N("appointments.more_lines", len(r.Rejects)-i)))
			break
		}
		key := "reject." + reject.Reason
		text := reject.Reason
		if env.Texts.Has(key) {
			text = env.T(key)
		}
		column.Add(widget.NewParagraph(env.T("appointments.reject", "row", reject.Row, "why", text, "value", shorten(reject.Value))).Sized(theme.SizeCaption))
	}
	return column
}

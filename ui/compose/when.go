package compose

import (
	"slices"

	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// when is the start of the campaign: at once, at a moment, or at that time of
// each person's own day.
type when struct {
	v       *View
	content *fyne.Container
	tabs    *oneOf
	line    *widget.Paragraph
	fields  *fyne.Container
	day     *widget.Field
	time    *widget.Field
}

var starts = []When{Now, AtShop, Local}

func newWhen(v *View) *when {
	env := v.env
	w := &when{v: v, line: widget.NewParagraph("").Sized(theme.SizeCaption)}
	w.tabs = newOneOf([]string{env.T("compose.when.now"), env.T("compose.when.at"), env.T("compose.when.local")}, func(i int) {
		v.form.When = starts[i]
		v.edit()
	})
	w.tabs.set(max(0, slices.Index(starts, v.form.When)))
	w.day = widget.NewField(env.T("compose.when.day"), "", v.dayField(fieldDay, &v.form.Day))
	clock := widget.NewTimeField(env.Texts, func(int, bool) { v.edit() })
	if minutes, problem := env.Texts.ReadClock(v.form.Time); problem == "" {
		clock.Set(minutes)
	} else {
		clock.SetText(v.form.Time)
	}
	v.typed[fieldTime] = func() { v.form.Time = clock.Text() }
	w.time = widget.NewField(env.T("compose.when.time"), "", clock)
	w.fields = widget.TopRow(8, widget.Fill(w.day), widget.Exactly(theme.Grow(96), 0, w.time))
	w.content = widget.Column(8, widget.Row(12, widget.Bold(env.T("compose.when")), widget.Spring(), w.tabs.CanvasObject), w.fields, w.line)
	return w
}

func (w *when) show() {
	v := w.v
	if v.form.When == Now {
		w.fields.Hide()
	} else {
		w.fields.Show()
	}
	for name, field := range map[string]*widget.Field{fieldDay: w.day, fieldTime: w.time} {
		if problem := v.problem(name); field.Problem() != problem {
			field.SetProblem(problem)
		}
	}
	w.line.SetText(w.says())
	w.content.Refresh()
}

// says is the start in words, with whose time it is.
func (w *when) says() string {
	v, env := w.v, w.v.env
	c, _ := v.campaign()
	switch {
	case c.At != 0:
		return env.T("compose.when.at_line", "when", env.Texts.DateTime(c.At.In(env.Business.Location())), "zone", env.Business.Zone)
	case c.Local != "":
		wall, err := data.ParseWall(c.Local)
		if err != nil {
			return ""
		}
		return env.T("compose.when.local_line", "when", env.Texts.DateTime(wall))
	case v.form.When == Now:
		if held := v.plan.Review.Held; v.plan.Reviewed && held > 0 {
			first := ""
			if until := v.plan.Review.HeldUntil; len(until) > 0 {
				first = env.Texts.DateTime(until[0].Until.In(env.Business.Location()))
			}
			return env.N("compose.when.now_held", held, "when", first)
		}
		return env.T("compose.when.now_line")
	}
	return ""
}

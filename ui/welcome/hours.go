package welcome

import (
	"slices"
	"time"

	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

var everyDay = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// usual are opening hours to choose from with one click.
var usual = []data.OpeningHours{
	data.NewOpeningHours(data.Span{From: 9 * 60, To: 18 * 60}, everyDay[:5]...),
	data.NewOpeningHours(data.Span{From: 9 * 60, To: 18 * 60}, everyDay[:6]...),
	data.NewOpeningHours(data.Span{From: 10 * 60, To: 20 * 60}, everyDay...),
	data.NewOpeningHours(data.Span{From: 11 * 60, To: 22 * 60}, everyDay...),
}

// hoursSelect chooses opening hours: the usual ones, or day by day.
type hoursSelect struct {
	s       *Screen
	sel     *widget.Select
	choices []data.OpeningHours
}

func newHoursSelect(s *Screen) *hoursSelect {
	h := &hoursSelect{s: s}
	h.sel = widget.NewSelect(nil, h.chosen).Prompt(s.env.T("welcome.hours_later"))
	h.fill()
	return h
}

// fill offers the usual hours, those that hold now, and any others.
func (h *hoursSelect) fill() {
	env, now := h.s.env, h.s.model.Business.Hours
	same := func(o data.OpeningHours) bool {
		return now != nil && slices.EqualFunc(o, now, func(a, b []data.Span) bool { return slices.Equal(a, b) })
	}
	h.choices = slices.Clone(usual)
	at := slices.IndexFunc(h.choices, same)
	if now != nil && at < 0 {
		h.choices, at = append([]data.OpeningHours{now}, h.choices...), 0
	}
	var options []string
	for _, o := range h.choices {
		options = append(options, env.Texts.Hours(o))
	}
	h.sel.SetOptions(append(options, env.T("welcome.hours_other")))
	h.sel.SetSelected(at)
}

func (h *hoursSelect) chosen(i int) {
	if i < len(h.choices) {
		h.set(h.choices[i])
		return
	}
	h.fill() // "Other hours…" is no answer
	h.ask()
}

func (h *hoursSelect) set(o data.OpeningHours) {
	h.s.model.Business.Hours = o
	h.fill()
	h.s.keep()
}

// day is a line of the dialog: whether the shop is open, from when to when.
type day struct {
	open     *widget.Checkbox
	from, to *widget.TimeField
}

// ask asks for the hours of each day.
func (h *hoursSelect) ask() {
	env := h.s.env
	now := h.s.model.Business.Hours
	if now == nil {
		now = usual[1]
	}
	days := map[time.Weekday]*day{}
	lines := widget.Column(6)
	for _, d := range everyDay {
		line := &day{from: widget.NewTimeField(env.Texts, nil), to: widget.NewTimeField(env.Texts, nil)}
		times := widget.Row(8, widget.Exactly(110, 0, line.from), widget.Body("–"), widget.Exactly(110, 0, line.to))
		line.open = widget.NewCheckbox(env.Texts.Weekday(d), func(on bool) { line.show(on) })
		line.from.Set(9 * 60)
		line.to.Set(18 * 60)
		if spans := now.On(d); len(spans) > 0 {
			line.from.Set(spans[0].From)
			line.to.Set(spans[len(spans)-1].To % (24 * 60))
		}
		line.open.Set(len(now.On(d)) > 0)
		line.show(line.open.On())
		days[d] = line
		lines.Add(widget.Row(12, widget.Exactly(130, 0, line.open), times, widget.Spring()))
	}
	fault := widget.NewParagraph("").Sized(theme.SizeCaption).In(theme.Danger)
	env.Ask(widget.Question{
		Title: env.T("welcome.hours"), Content: widget.Column(8, fyne.CanvasObject(lines), fault), Confirm: env.T("common.save"), Cancel: env.T("common.cancel"),
		OnConfirm: func() bool {
			o := make(data.OpeningHours, 7)
			for _, d := range everyDay {
				span, ok := days[d].span()
				if !ok {
					fault.SetText(env.T("welcome.hours_bad", "day", env.Texts.Weekday(d)))
					return false
				}
				if span != nil {
					o[d] = []data.Span{*span}
				}
			}
			h.set(o)
			return true
		},
	})
}

// show lets the times be typed, or not.
func (d *day) show(open bool) {
	for _, f := range []*widget.TimeField{d.from, d.to} {
		if open {
			f.Enable()
		} else {
			f.Disable()
		}
	}
}

// span is when the shop is open that day; nil when it is closed. False when that can't be: midnight at the end is the end of
// the day.
func (d *day) span() (*data.Span, bool) {
	if !d.open.On() {
		return nil, true
	}
	from, ok := d.from.Minutes()
	to, ok2 := d.to.Minutes()
	if to == 0 {
		to = 24 * 60
	}
	if !ok || !ok2 || from >= to {
		return nil, false
	}
	return &data.Span{From: from, To: to}, true
}

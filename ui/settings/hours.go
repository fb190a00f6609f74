package settings

import (
	"encoding/json"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// weekFrom is the week as a sign on the door has it, from Monday on.
var weekFrom = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// usualDay is what a day gets that is opened.
var usualDay = data.Span{From: 9 * 60, To: 18 * 60}

// readOpening and writeOpening are opening hours as a form keeps them; "" when nobody has said.
func readOpening(text string) data.OpeningHours {
	var o data.OpeningHours
	if text == "" || json.Unmarshal([]byte(text), &o) != nil || !o.Valid() {
		return nil
	}
	return o
}

func writeOpening(o data.OpeningHours) string {
	if o == nil {
		return ""
	}
	body, err := json.Marshal(o)
	if err != nil {
		panic(err) // numbers always marshal
	}
	return string(body)
}

// openingHours edits when the shop is open: a line for each day, with up to two times.
type openingHours struct {
	s      *Screen
	form   *form
	hours  data.OpeningHours
	rows   *fyne.Container
	days   map[time.Weekday]*widget.Switch
	bad    bool // a time can't be read, or ends before it begins
	object fyne.CanvasObject
}

func newOpeningHours(s *Screen, f *form) *openingHours {
	h := &openingHours{s: s, form: f, rows: widget.Column(4), days: map[time.Weekday]*widget.Switch{}}
	h.hours = readOpening(f.Value("hours"))
	h.object = h.rows
	h.draw()
	return h
}

func (h *openingHours) draw() {
	h.rows.RemoveAll()
	if h.hours == nil {
		texts := h.s.env.Texts
		h.rows.Add(widget.Row(12, widget.Caption(texts.T("settings.hours_unsaid")), widget.Spring(), widget.Secondary(texts.T("settings.hours_enter"), func() {
			h.change(func(o data.OpeningHours) {
				for _, day := range weekFrom[:6] {
					o[day] = []data.Span{usualDay}
				}
			})
			h.draw()
		}).Small()))
		h.rows.Refresh()
		return
	}
	for _, day := range weekFrom {
		h.rows.Add(h.day(day))
	}
	h.rows.Refresh()
}

// change takes hours over into the form.
func (h *openingHours) change(do func(o data.OpeningHours)) {
	next := make(data.OpeningHours, 7)
	for i := range next {
		next[i] = append([]data.Span(nil), h.hours.On(time.Weekday(i))...)
	}
	do(next)
	h.hours = next
	h.bad = !next.Valid()
	if !h.bad {
		h.form.Type("hours", writeOpening(next))
	}
	h.s.touched()
}

func (h *openingHours) day(day time.Weekday) fyne.CanvasObject {
	texts := h.s.env.Texts
	spans := h.hours.On(day)
	row := widget.Row(8)
	open := widget.NewSwitch(texts.ShortWeekday(day), func(on bool) {
		h.change(func(o data.OpeningHours) {
			if o[day] = nil; on {
				o[day] = []data.Span{usualDay}
			}
		})
		h.draw()
		h.s.focus(h.days[day])
	})
	open.Set(len(spans) > 0)
	h.days[day] = open
	row.Add(widget.Exactly(112, 36, open))
	for i, span := range spans {
		row.Add(widget.Exactly(74, 36, h.time(day, i, span.From, func(s *data.Span, m int) { s.From = m })))
		row.Add(widget.Caption("–"))
		row.Add(widget.Exactly(74, 36, h.time(day, i, span.To, func(s *data.Span, m int) { s.To = m })))
	}
	switch len(spans) {
	case 0:
		row.Add(widget.Caption(texts.T("settings.hours_closed")))
	case 1:
		row.Add(widget.NewIconButton(icons.Add, texts.T("settings.hours_break"), func() {
			h.change(func(o data.OpeningHours) {
				first := o[day][0]
				noon := first.From + (first.To-first.From)/2
				noon -= noon % 30
				o[day] = []data.Span{{From: first.From, To: noon}, {From: min(noon+60, first.To-1), To: first.To}}
			})
			h.draw()
			h.s.focus(h.days[day])
		}).Small())
	default:
		row.Add(widget.NewIconButton(icons.Remove, texts.T("settings.hours_no_break"), func() {
			h.change(func(o data.OpeningHours) { o[day] = []data.Span{{From: o[day][0].From, To: o[day][len(o[day])-1].To}} })
			h.draw()
			h.s.focus(h.days[day])
		}).Small())
	}
	row.Add(widget.Spring())
	return row
}

func (h *openingHours) time(day time.Weekday, i, minutes int, set func(*data.Span, int)) fyne.CanvasObject {
	f := widget.NewTimeField(h.s.env.Texts, func(m int, ok bool) {
		if !ok {
			h.bad = true
			return
		}
		h.change(func(o data.OpeningHours) { set(&o[day][i], m) })
	})
	f.Set(minutes % (24 * 60))
	return f
}

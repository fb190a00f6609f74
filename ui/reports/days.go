package reports

import (
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// chooseSpan offers the spans, and days of one's own.
func (s *Screen) chooseSpan(anchor fyne.CanvasObject) {
	var items []widget.MenuItem
	for _, kind := range report.Spans {
		items = append(items, widget.MenuItem{Text: s.env.T("reports.span." + string(kind)), Tick: s.model.Span.Kind == kind, Do: func() { s.choose(report.Span{Kind: kind}) }})
	}
	items = append(items, widget.MenuItem{Text: s.env.T("reports.span.chosen"), Tick: s.model.Span.Kind == report.Chosen, Do: s.chooseDays})
	widget.ShowMenu(anchor, items)
}

// chooseDays asks from which day to which.
func (s *Screen) chooseDays() {
	env := s.env
	today := func() data.Date { return data.DateOf(env.Clock().In(env.Business.Location())) }
	from, to, _, _ := s.model.Span.Days(today())
	var fields [2]*widget.DateField
	var around [2]*widget.Field
	tell := func(data.Date, bool) {
		a, okFrom := fields[0].Date()
		b, okTo := fields[1].Date()
		problem := ""
		if okFrom && okTo {
			_, problem = ChosenDays(a, b)
		}
		if problem != "" {
			around[1].SetProblem(env.T(problem))
		} else if okTo {
			around[1].SetProblem("")
		}
	}
	for i, day := range []data.Date{from, to} {
		fields[i] = widget.NewDateField(env.Texts, today, tell)
		fields[i].Set(day)
	}
	around[0] = widget.NewField(env.T("reports.days.from"), "", fields[0])
	around[1] = widget.NewField(env.T("reports.days.to"), "", fields[1])
	env.Ask(widget.Question{
		Title: env.T("reports.days.title"), Text: env.T("reports.days.text"), Content: widget.Grid(2, theme.Gap16, around[0], around[1]),
		Confirm: env.T("reports.days.show"), Cancel: env.T("common.cancel"), Wide: 460,
		OnConfirm: func() bool {
			a, okFrom := fields[0].Date()
			b, okTo := fields[1].Date()
			if !okFrom {
				around[0].SetProblem(fields[0].Problem())
			}
			if !okTo {
				around[1].SetProblem(fields[1].Problem())
			}
			if !okFrom || !okTo {
				return false
			}
			span, problem := ChosenDays(a, b)
			if problem != "" {
				around[1].SetProblem(env.T(problem))
				return false
			}
			s.choose(span)
			return true
		},
	})
}

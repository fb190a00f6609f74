package result

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// board is the figures of a campaign and its people.
type board struct {
	v           *View
	banner      *fyne.Container // it still goes out
	funnel      *chart.Funnel
	opens       *chart.Line
	redemptions *chart.Bar
	rateHere    fyne.CanvasObject // where the explanations hang
	opensHere   fyne.CanvasObject
	compare     *fyne.Container
	money       *fyne.Container
	people      *people
	shape       shape
	content     fyne.CanvasObject
}

const (
	middleHigh = 236
	bottomHigh = 328
)

// A shape is which panels there is something to say in. Where there isn't, the rest has the room.
type shape struct{ compared, opens, redemptions bool }

func shapeOf(r *report.Report) shape {
	s := shape{compared: len(r.Variants) > 1}
	for _, d := range r.Days {
		s.opens = s.opens || d.Opens+d.Previews > 0
		s.redemptions = s.redemptions || d.Redemptions > 0
	}
	return s
}

// newBoard makes the panels; the list of people may come from the board before.
func newBoard(v *View, p *people) *board {
	env := v.env
	b := &board{v: v, banner: widget.Column(0), compare: widget.Column(theme.Gap12), money: widget.Column(theme.Gap8), rateHere: widget.Exactly(1, 1, widget.Spring()), opensHere: widget.Exactly(1, 1, widget.Spring()), people: p}
	r := v.model.Report
	b.shape = shapeOf(r)
	b.funnel, b.opens, b.redemptions = chart.NewFunnel(b.funnelFigures(r)), chart.NewLine(opensFigures(env, r)), chart.NewBar(redemptionFigures(env, r))
	if b.people == nil {
		b.people = newPeople(v)
	}
	b.content = widget.PageScroll(widget.Column(theme.Gap12, b.banner, widget.NewPanel(widget.Column(0, b.funnel, b.rateHere)), b.middle(), widget.Fill(b.bottom())))
	return b
}

// middle is opens by day beside the two wordings, or else beside cost and sales.
func (b *board) middle() fyne.CanvasObject {
	beside := b.money
	if b.shape.compared {
		beside = b.compare
	}
	switch {
	case b.shape.opens:
		opens := widget.NewPanel(widget.Column(0, b.opensHere, widget.Fill(b.opens)))
		return container.New(&split{side: 360, least: 300, right: true, high: middleHigh}, opens, widget.NewPanel(beside))
	case b.shape.compared:
		return container.New(&split{side: 360, least: 300, right: true}, widget.NewPanel(b.compare), widget.NewPanel(b.money))
	}
	none := widget.Column(0)
	none.Hide()
	return none
}

// bottom is the people, and at their left what has no place above them.
func (b *board) bottom() fyne.CanvasObject {
	side := widget.Column(theme.Gap12)
	if b.shape.redemptions {
		side.Add(widget.Fill(widget.NewPanel(b.redemptions)))
	}
	if b.shape.compared == b.shape.opens {
		money := fyne.CanvasObject(widget.NewPanel(b.money))
		if !b.shape.redemptions {
			money = widget.Fill(money)
		}
		side.Add(money)
	}
	people := widget.NewPanel(b.people.content)
	if len(side.Objects) == 0 {
		return people
	}
	return container.New(&split{side: 304, least: 256, high: bottomHigh}, side, people)
}

// drawn is what of a report the charts show: while it stays the same, nothing is drawn anew under the pointer.
func drawn(r *report.Report) any {
	if r == nil {
		return nil
	}
	return []any{r.Campaign, r.Funnel, r.Days, r.Money, r.Variants, r.Comparison}
}

func (b *board) show(before *report.Report) {
	b.showBanner()
	r := b.v.model.Report
	if before != nil && reflect.DeepEqual(drawn(before), drawn(r)) {
		return
	}
	b.funnel.Set(b.funnelFigures(r))
	opens := opensFigures(b.v.env, r)
	if opens.Empty == "" {
		opens.WhyText, opens.Why = b.v.env.T("result.why_separate"), b.whyOpens
	}
	b.opens.Set(opens)
	b.redemptions.Set(redemptionFigures(b.v.env, r))
	b.showMoney()
	if len(r.Variants) >= 2 {
		b.showCompare()
	}
}

// showBanner says that the campaign isn't over yet.
func (b *board) showBanner() {
	env, run := b.v.env, &b.v.model.Run
	b.banner.RemoveAll()
	var text string
	tone, icon := widget.Info, icons.Send
	switch n := run.Unsent() + run.States[data.Sending]; run.Campaign.State {
	case data.Running, data.Scheduled, data.UndoWindow:
		text = env.N("result.still_going", n)
	case data.Paused:
		tone, icon, text = widget.Warn, icons.Pause, env.N("result.paused", n)
	}
	if text != "" {
		b.banner.Add(widget.NewBanner(tone, icon, text, widget.Secondary(env.T("result.progress"), func() { env.GoTo(page.Campaigns, page.ToCampaign{ID: b.v.id}) })))
	}
	b.banner.Hidden = text == ""
	b.banner.Refresh()
}

// funnelFigures adds to the funnel that all pages share what each step is made of.
func (b *board) funnelFigures(r *report.Report) chart.FunnelFigures {
	env := b.v.env
	f := figures.Funnel(r, env.Texts)
	n := &r.Funnel
	sale := env.T("result.no_amounts")
	if m, ok := r.SalesPerCoupon(); ok {
		sale = env.T("result.average_sale", "amount", env.Texts.MoneyShort(m))
	}
	if n.Redeemed == 0 {
		sale = ""
	}
	notes := []string{
		env.T("result.note.sent", "failed", n.Rejected, "unknown", n.Unknown), env.T("result.note.delivered", "failed", n.Undelivered, "waiting", n.Sent-n.Delivered-n.Undelivered),
		env.N("result.note.opened", n.Previews), sale,
	}
	if n.Opened+n.Previews == 0 && !linked(r.Campaign) {
		notes[2] = env.T("result.no_links") // and a rate of nothing would mean nothing
		f.Stages[2].Of = -1
	}
	for i := range f.Stages {
		if i < len(notes) {
			f.Stages[i].Note = notes[i]
		}
	}
	f.WhyText, f.Why = env.T("common.why"), b.whyRates
	return f
}

// dates are the days of a report, for the axis of a chart.
func dates(r *report.Report) []data.Date {
	out := make([]data.Date, len(r.Days))
	for i, d := range r.Days {
		out[i] = d.Date
	}
	return out
}

func dayOfMonth(d data.Date) string { return strconv.Itoa(d.Start(time.UTC).Day()) }

// opensFigures are people's opens by day, and previews apart.
func opensFigures(env *page.Env, r *report.Report) chart.LineFigures {
	people, previews, days := make([]float64, len(r.Days)), make([]float64, len(r.Days)), dates(r)
	opened, previewed := 0, 0
	for i, d := range r.Days {
		people[i], previews[i] = float64(d.Opens), float64(d.Previews)
		opened, previewed = opened+d.Opens, previewed+d.Previews
	}
	t := env.Texts
	if opened+previewed == 0 {
		return chart.LineFigures{Words: chart.Words{Title: env.T("result.opens_by_day"), Empty: env.T("result.none_opened")}}
	}
	return chart.LineFigures{
		Words: chart.Words{Title: env.T("result.opens_by_day")},
		Series: []chart.Series{
			{Name: env.T("result.people"), Key: env.T("result.people_n", "n", opened), Values: people},
			{Name: env.T("result.previews"), Key: env.T("result.previews_n", "n", previewed), Values: previews, Dashed: true, Color: theme.Chart5},
		},
		Label: report.DayLabels(days, func(d data.Date) string { return t.Day(d.Start(time.UTC)) }, dayOfMonth),
		Name:  func(i int) string { return t.WeekdayDay(days[i].Start(time.UTC)) },
		Value: func(v float64) string { return t.Number(int64(v)) },
	}
}

// linked tells whether a campaign's texts carry a link of each person's own.
func linked(c *data.Campaign) bool {
	return slices.ContainsFunc(c.Variants, func(v data.Variant) bool { return strings.Contains(v.Text, "{link") })
}

// redemptionFigures are coupons used by day.
func redemptionFigures(env *page.Env, r *report.Report) chart.BarFigures {
	values, days := make([]float64, len(r.Days)), dates(r)
	any := false
	for i, d := range r.Days {
		values[i] = float64(d.Redemptions)
		any = any || d.Redemptions > 0
	}
	t := env.Texts
	f := chart.BarFigures{
		Words:  chart.Words{Title: env.N("result.redemptions_by_day", r.Money.Redemptions)},
		Series: []chart.Series{{Name: env.T("report.redemptions"), Values: values, Color: theme.Chart2}},
		Label:  report.DayLabels(days, func(d data.Date) string { return dayOfMonth(d) }, dayOfMonth),
		Name:   func(i int) string { return t.WeekdayDay(days[i].Start(time.UTC)) },
		Value:  func(v float64) string { return t.Number(int64(v)) },
	}
	if !any {
		f.Words, f.Series = chart.Words{Empty: env.T("result.none_redeemed")}, nil
	}
	return f
}

// whyRates explains the funnel.
func (b *board) whyRates() {
	env, r := b.v.env, b.v.model.Report
	f := &r.Funnel
	widget.Explain(b.rateHere, env.T("today.why.rates"), env.T("today.why.rates_rule"), env.T("today.why.rates_code"),
		env.T("today.why.rates_data", "name", r.Campaign.Name, "sent", f.Sent, "delivered", f.Delivered, "opened", f.Opened, "redeemed", f.Redeemed, "previews", f.Previews))
}

// whyOpens explains what an open is, and why previews stand apart.
func (b *board) whyOpens() {
	env, r := b.v.env, b.v.model.Report
	widget.Explain(b.opensHere, env.T("today.why.opens"), env.T("today.why.opens_rule"), env.T("today.why.opens_preview"), env.T("today.why.opens_basis"),
		env.T("today.why.opens_data", "from", env.Texts.Day(r.From.Start(time.UTC)), "to", env.Texts.Day(r.To.Start(time.UTC)), "zone", r.Zone, "opens", r.Funnel.Opened, "previews", r.Funnel.Previews))
}

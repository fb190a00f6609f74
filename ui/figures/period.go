package figures

import (
	"math"
	"strconv"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

// Groups is how many of each group's people redeemed, everybody at the foot.
func Groups(p *report.Period, t *i18n.Texts) chart.HBarFigures {
	f := chart.HBarFigures{
		Words: words(p, t, "report.chart.groups", report.AboutGroups), Unit: chart.Shares, Of: t.T("report.groups.of"),
		Value: func(v float64) string { return t.Percent(v, 1) },
	}
	row := func(g report.GroupRate, name string) chart.HBarRow {
		return chart.HBarRow{Name: name, Value: float64(g.Rate), Of: t.Number(int64(g.Reached))}
	}
	for _, g := range p.Groups[1:min(len(p.Groups), mostGroups+1)] {
		f.Rows = append(f.Rows, row(g, g.Name))
	}
	if p.Groups[0].Reached > 0 {
		everybody := row(p.Groups[0], t.T("report.groups.everybody"))
		everybody.Color = theme.Chart5
		f.Rows = append(f.Rows, everybody)
	}
	return f
}

// mostGroups is how many groups the chart has room for; the workbook has them all.
const mostGroups = 6

// Hours is when people open, by weekday and hour of the shop's clock.
func Hours(p *report.Period, t *i18n.Texts) chart.HeatMapFigures {
	h := &p.Hours
	first, last := h.Shown()
	f := chart.HeatMapFigures{Words: words(p, t, "report.chart.hours", report.AboutHours), Best: [2]int{-1, -1}, Value: count(t)}
	for hour := first; hour <= last; hour++ {
		f.Columns = append(f.Columns, strconv.Itoa(hour))
	}
	best, _, _ := h.Best()
	for row := range h.Opens {
		day := time.Weekday((row + 1) % 7)
		f.Rows = append(f.Rows, t.ShortWeekday(day))
		values := make([]float64, 0, 24)
		for _, n := range h.Opens[row][first : last+1] {
			values = append(values, float64(n))
		}
		f.Values = append(f.Values, values)
		if h.Tells() && best.Day == day {
			f.Best = [2]int{row, best.Hour - first}
		}
	}
	f.Name = func(row, col int) string {
		return t.T("report.hour", "day", t.Weekday(time.Weekday((row+1)%7)), "time", t.Clock(60*(first+col)))
	}
	f.Tell = func(row, col int) []chart.Told {
		number := func(table *[7][24]int) string { return t.Number(int64(table[row][first+col])) }
		return []chart.Told{
			{Name: t.T("report.hours.opens"), Value: number(&h.Opens)},
			{Name: t.T("report.hours.redemptions"), Value: number(&h.Redemptions)},
			{Name: t.T("report.hours.sent"), Value: number(&h.Sent)},
		}
	}
	return f
}

// NoShows is the share of people who didn't come, part by part.
func NoShows(p *report.Period, t *i18n.Texts) chart.LineFigures {
	f := chart.LineFigures{
		Words: words(p, t, "report.chart.no_shows."+string(p.Step), report.AboutNoShows), Unit: chart.Shares,
		Series: []chart.Series{{Name: t.T("report.series.no_shows"), Values: eachPart(p, func(x *report.Part) float64 { return float64(x.Visits.Rate()) })}},
		Value:  func(v float64) string { return t.Percent(v, 1) }, Tick: func(v float64) string { return t.Percent(v, 0) },
	}
	f.Label, f.Name = partLabels(p, t)
	if n := &p.NoShows; n.All.Known() > 0 {
		f.Series[0].End = t.Percent(float64(p.Parts[lastKnown(p)].Visits.Rate()), 1)
		for i, part := range p.Parts {
			if n.Began > p.From && n.Began >= part.From && n.Began <= part.To {
				f.Marks = append(f.Marks, chart.Mark{Index: i, Text: t.T("report.mark.reminders", "day", t.Day(n.Began.Start(time.UTC)))})
			}
		}
	}
	return f
}

func lastKnown(p *report.Period) int {
	for i := len(p.Parts) - 1; i > 0; i-- {
		if p.Parts[i].Visits.Known() > 0 {
			return i
		}
	}
	return 0
}

// Return is what texts cost and coupons brought, part by part, in the currency that most was paid in.
func Return(p *report.Period, t *i18n.Texts) chart.BarFigures {
	currency := p.Money.Cost.Currency
	if len(p.Money.Sales) > 0 {
		currency = p.Money.Sales[0].Currency
	}
	for i := 0; i < len(p.Parts) && currency == ""; i++ {
		if s := p.Parts[i].Sales; len(s) > 0 {
			currency = s[0].Currency
		}
	}
	money := func(v float64) string {
		return t.MoneyShort(data.Money{Minor: int64(math.Round(v)), Currency: currency})
	}
	f := chart.BarFigures{
		Words: words(p, t, "report.chart.return", report.AboutReturn), Stacked: true, Value: money, Above: money,
		Series: []chart.Series{
			{Name: t.T("report.series.texts"), Color: theme.Chart2, Values: eachPart(p, func(x *report.Part) float64 {
				if !x.Cost.Known || x.Cost.Currency != currency {
					return math.NaN()
				}
				return float64(x.Cost.Micros) / math.Pow10(6-data.Exponent(currency))
			})},
			{Name: t.T("report.series.sales"), Color: theme.Chart1, Values: eachPart(p, func(x *report.Part) float64 {
				if m, ok := x.Sale(currency); ok {
					return float64(m.Minor)
				}
				return math.NaN()
			})},
		},
	}
	f.Label, f.Name = partLabels(p, t)
	return f
}

// Consent is how many people agreed to hear from the shop, and how many withdrew, part by part.
func Consent(p *report.Period, t *i18n.Texts) chart.LineFigures {
	f := chart.LineFigures{
		Words: words(p, t, "report.chart.consent", report.AboutConsent), Value: count(t),
		Series: []chart.Series{
			{Name: t.T("report.series.agreed"), Color: theme.Chart3, Values: eachPart(p, func(x *report.Part) float64 { return float64(x.Consent.Agreed) })},
			{Name: t.T("report.series.withdrew"), Color: theme.Chart4, Values: eachPart(p, func(x *report.Part) float64 { return float64(x.Consent.Withdrew) })},
		},
	}
	if p.Consent == (report.Agreed{}) {
		f.Series = nil
	}
	f.Label, f.Name = partLabels(p, t)
	return f
}

// words are a chart's title and finding; the finding is what an empty chart says too.
func words(p *report.Period, t *i18n.Texts, title, about string) chart.Words {
	w := chart.Words{Title: t.T(title)}
	if f, ok := p.Finding(about); ok {
		w.Finding = f.Text(t)
	}
	w.Empty = w.Finding
	return w
}

func eachPart(p *report.Period, value func(*report.Part) float64) []float64 {
	values := make([]float64, len(p.Parts))
	for i := range p.Parts {
		values[i] = value(&p.Parts[i])
	}
	return values
}

// partLabels name the parts under an axis and in full.
func partLabels(p *report.Period, t *i18n.Texts) (label func(i, before int) string, name func(i int) string) {
	from := make([]data.Date, len(p.Parts))
	for i, part := range p.Parts {
		from[i] = part.From
	}
	at := func(d data.Date) time.Time { return d.Start(time.UTC) }
	label = report.DayLabels(from, func(d data.Date) string { return t.Day(at(d)) }, dayOfMonth)
	if p.Step == report.StepMonth {
		label = func(i, _ int) string { return t.ShortMonth(at(from[i])) }
	}
	return label, func(i int) string {
		part := p.Parts[i]
		if part.From == part.To {
			return t.WeekdayDay(at(part.From))
		}
		return t.T("report.part", "from", t.Day(at(part.From)), "to", t.Day(at(part.To)))
	}
}

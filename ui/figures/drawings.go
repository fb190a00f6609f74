package figures

import (
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/i18n"
)

// A Drawing is a chart of a report for paper: its words are written beside it, so that they can be searched and copied,
// and the chart itself has none.
type Drawing struct {
	Words  chart.Words
	Chart  chart.Chart
	Half   bool    // two of them stand beside each other
	Height float32 // in pixels; a funnel takes what it needs
}

// Drawings are the charts of a campaign's report.
func Drawings(r *report.Report, t *i18n.Texts) []Drawing {
	funnel, days := Funnel(r, t), Days(r, t)
	funnel.Title = t.T("report.chart.funnel")
	return []Drawing{drawing(&funnel.Words, 1, func() chart.Chart { return chart.NewFunnel(funnel) }), drawing(&days.Words, 220, func() chart.Chart { return chart.NewLine(days) })}
}

// PeriodDrawings are the charts of a period's report.
func PeriodDrawings(p *report.Period, t *i18n.Texts) []Drawing {
	all := Drawings(p.Report, t)
	noShows, money, hours, groups, consent := NoShows(p, t), Return(p, t), Hours(p, t), Groups(p, t), Consent(p, t)
	all = append(all, drawing(&noShows.Words, 200, func() chart.Chart { return chart.NewLine(noShows) }))
	for _, d := range []Drawing{
		drawing(&hours.Words, 220, func() chart.Chart { return chart.NewHeatMap(hours) }),
		drawing(&groups.Words, 220, func() chart.Chart { return chart.NewHBar(groups) }),
		drawing(&money.Words, 220, func() chart.Chart { return chart.NewBar(money) }),
		drawing(&consent.Words, 220, func() chart.Chart { return chart.NewLine(consent) }),
	} {
		d.Half = true
		all = append(all, d)
	}
	return all
}

// drawing takes the words off a chart before it is made.
func drawing(words *chart.Words, height float32, make func() chart.Chart) Drawing {
	said := *words
	words.Title, words.Finding = "", ""
	return Drawing{Words: said, Chart: make(), Height: height}
}

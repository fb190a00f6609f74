// Package figures turns a report into what charts show, in the user's language: the same funnel and the same days on
// Today, in the pictures of bell and in every later report. It counts nothing itself.
package figures

import (
	"strconv"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/i18n"
)

// Funnel is sent, delivered, opened, redeemed. Opened and redeemed are each of delivered: the code stands in the text,
// so nobody has to open the link to redeem.
func Funnel(r *report.Report, t *i18n.Texts) chart.FunnelFigures {
	f := &r.Funnel
	stage := func(key string, n, of int) chart.Stage {
		return chart.Stage{Name: t.T("report.stage." + key), Value: float64(n), Of: of}
	}
	finding, _ := r.Finding(report.AboutFunnel)
	return chart.FunnelFigures{
		Words:  chart.Words{Finding: finding.Text(t), Empty: t.T("report.finding.nothing_sent")},
		Stages: []chart.Stage{stage("sent", f.Sent, -1), stage("delivered", f.Delivered, 0), stage("opened", f.Opened, 1), stage("redeemed", f.Redeemed, 1)},
		Value:  count(t),
		Rate:   func(v float64) string { return t.Percent(v, 1) },
		RateOf: func(of string) string {
			if of == t.T("report.stage.sent") {
				return t.T("report.of.sent")
			}
			return t.T("report.of.delivered")
		},
	}
}

// Days is people opening and coupons redeemed by day.
func Days(r *report.Report, t *i18n.Texts) chart.LineFigures {
	opens, redemptions, dates := make([]float64, len(r.Days)), make([]float64, len(r.Days)), make([]data.Date, len(r.Days))
	for i, d := range r.Days {
		opens[i], redemptions[i], dates[i] = float64(d.Opens), float64(d.Redemptions), d.Date
	}
	finding, _ := r.Finding(report.AboutDays)
	return chart.LineFigures{
		Words:  chart.Words{Title: t.T("report.opens_by_day"), Finding: finding.Text(t)},
		Series: []chart.Series{{Name: t.T("report.opens"), Values: opens}, {Name: t.T("report.redemptions"), Values: redemptions}},
		Label:  report.DayLabels(dates, func(d data.Date) string { return t.Day(d.Start(time.UTC)) }, dayOfMonth),
		Name:   func(i int) string { return t.WeekdayDay(dates[i].Start(time.UTC)) },
		Value:  count(t),
	}
}

func count(t *i18n.Texts) func(float64) string {
	return func(v float64) string { return t.Number(int64(v)) }
}

func dayOfMonth(d data.Date) string { return strconv.Itoa(d.Start(time.UTC).Day()) }

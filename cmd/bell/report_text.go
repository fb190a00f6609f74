package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"counterbell/data/report"
	"counterbell/ui/figures"
	"counterbell/ui/i18n"

	"golang.org/x/text/width"
)

// reportText is a report as a terminal shows it: a funnel and days drawn with characters.
type reportText struct {
	w     io.Writer
	texts *i18n.Texts
	r     *report.Report

	period *report.Period // of all campaigns; nil for one
}

// barWidth is how many characters the longest bar has.
const barWidth = 40

func (p reportText) write() {
	t, r := p.texts, p.r
	p.line(figures.Title(r, t))
	p.line(figures.Note(r, t))
	p.line("")
	p.funnel()
	p.line("")
	p.days()
	p.variants()
	p.reasons()
	p.money()
	p.visits()
	if p.period != nil {
		p.overTime()
	}
}

func (p reportText) line(s string) { fmt.Fprintln(p.w, strings.TrimRight(s, " ")) }

func (p reportText) funnel() {
	t := p.texts
	names, numbers := 0, 0
	for _, s := range p.r.Stages() {
		names, numbers = max(names, columns(t.T("report.stage."+s.Key))), max(numbers, len(t.Number(int64(s.N))))
	}
	for _, s := range p.r.Stages() {
		p.line(fmt.Sprintf("%s  %*s  %s  %s", pad(t.T("report.stage."+s.Key), names), numbers, t.Number(int64(s.N)), bar(s.N, p.r.Funnel.Sent, barWidth), s.Note(t)))
	}
	var rest []string
	for _, x := range p.r.Rest() {
		if x.N > 0 {
			rest = append(rest, t.T("report.line."+x.Key)+" "+t.Number(int64(x.N)))
		}
	}
	if len(rest) > 0 {
		p.line(strings.Join(rest, " · "))
	}
	p.finding(report.AboutFunnel)
}

// days draws each day's opens and redemptions; quiet days in a row are one line.
func (p reportText) days() {
	t := p.texts
	p.line(t.T("report.opens_by_day") + t.T("bell.aside", "what", "█ "+t.T("report.opens")+"  ░ "+t.T("report.redemptions")))
	most, wide := 1, 0
	for _, d := range p.r.Days {
		most = max(most, d.Opens, d.Redemptions)
		wide = max(wide, columns(t.Day(d.Date.Start(time.UTC))))
	}
	quiet := 0
	flush := func() {
		if quiet > 0 {
			p.line(pad("…", wide) + "  " + t.T("report.more_days", "n", quiet))
		}
		quiet = 0
	}
	for _, d := range p.r.Days {
		if d.Opens == 0 && d.Redemptions == 0 {
			quiet++
			continue
		}
		flush()
		p.line(fmt.Sprintf("%s  %s %d", pad(t.Day(d.Date.Start(time.UTC)), wide), bar(d.Opens, most, barWidth), d.Opens))
		if d.Redemptions > 0 {
			p.line(fmt.Sprintf("%s  %s %d", pad("", wide), strings.ReplaceAll(bar(d.Redemptions, most, barWidth), "█", "░"), d.Redemptions))
		}
	}
	flush()
	p.finding(report.AboutDays)
}

func (p reportText) variants() {
	if len(p.r.Variants) < 2 {
		return
	}
	t := p.texts
	p.line("")
	for _, v := range p.r.Variants {
		p.line(fmt.Sprintf("%s  %s %d (%s)  %s %d (%s)", t.T("report.line.variant", "name", v.Name), t.T("report.stage.opened"), v.Opened, p.rate(v.Open), t.T("report.stage.redeemed"), v.Redeemed, p.rate(v.Redeem)))
	}
	p.finding(report.AboutVariants)
}

func (p reportText) rate(r report.Rate) string {
	if !r.Known() {
		return "–"
	}
	return p.texts.Percent(float64(r), 1)
}

func (p reportText) reasons() {
	t := p.texts
	if len(p.r.Reasons) == 0 {
		return
	}
	p.line("")
	p.line(t.T("report.why_out"))
	for _, x := range p.r.Reasons {
		p.line(fmt.Sprintf("%6d  %s", x.N, t.T("bell.labelled", "what", t.T("report.message."+string(x.State)), "said", x.Text(t))))
	}
}

func (p reportText) money() {
	t, m := p.texts, &p.r.Money
	p.line("")
	for _, s := range m.Sales {
		p.line(t.T("report.line.sales") + "  " + t.Money(s))
	}
	if s, ok := p.r.SalesPerCoupon(); ok {
		p.line(t.T("report.line.per_coupon") + "  " + t.Money(s))
	}
	cost := t.T("report.not_known")
	if m.Cost.Known {
		cost = t.Cost(m.Cost)
	}
	p.line(t.T("report.line.cost") + "  " + cost)
	p.finding(report.AboutMoney)
}

func (p reportText) visits() {
	t, a := p.texts, &p.r.Appointments
	if a.Total == 0 {
		return
	}
	p.line("")
	p.line(fmt.Sprintf("%s %d · %s %d", t.T("report.line.visits"), a.Total, t.T("report.line.reminders"), a.Reminders.Sent))
	p.finding(report.AboutAppointments)
}

// overTime says what only a longer time shows, with its findings.
func (p reportText) overTime() {
	t := p.texts
	section := func(title, about string) {
		p.line("")
		p.line(title)
		p.finding(about)
	}
	section(t.T("report.chart.groups"), report.AboutGroups)
	for i, g := range p.period.Groups {
		name := g.Name
		if i == 0 {
			name = t.T("report.groups.everybody")
		}
		p.line(fmt.Sprintf("%s  %6s  %s", pad(name, 24), p.rate(g.Rate), t.Number(int64(g.Reached))))
	}
	section(t.T("report.chart.hours"), report.AboutHours)
	section(t.T("report.chart.no_shows."+string(p.period.Step)), report.AboutNoShows)
	section(t.T("report.chart.return"), report.AboutReturn)
	section(t.T("report.chart.consent"), report.AboutConsent)
}

func (p reportText) finding(about string) {
	r := p.r
	if p.period != nil {
		r = p.period.Report
	}
	if f, ok := r.Finding(about); ok {
		p.line(f.Text(p.texts))
	}
}

// bar is part of whole as full blocks; something that is there at all has one.
func bar(part, whole, wide int) string {
	if part <= 0 || whole <= 0 {
		return ""
	}
	return strings.Repeat("█", max((part*wide+whole/2)/whole, 1))
}

// columns is how many columns of a terminal a text takes: Chinese characters take two.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// pad fills a text up with spaces.
func pad(s string, wide int) string { return s + strings.Repeat(" ", max(wide-columns(s), 0)) }

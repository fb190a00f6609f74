package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"counterbell/data/report"
	"counterbell/ui/i18n"

	"golang.org/x/text/width"
)

// reportText is a report as a terminal shows it: a funnel and days drawn with characters.
type reportText struct {
	w     io.Writer
	texts *i18n.Texts
	r     *report.Report
}

// barWidth is how many characters the longest bar has.
const barWidth = 40

func (p reportText) write() {
	t, r := p.texts, p.r
	p.line(reportTitle(r, t))
	p.line(reportNote(r, t))
	p.line("")
	p.funnel()
	p.line("")
	p.days()
	p.variants()
	p.reasons()
	p.money()
	p.visits()
}

func (p reportText) line(s string) { fmt.Fprintln(p.w, strings.TrimRight(s, " ")) }

// reportTitle names what the report is about.
func reportTitle(r *report.Report, t *i18n.Texts) string {
	title := t.T("report.title.days", "from", t.Date(r.From.Start(time.UTC)), "to", t.Date(r.To.Start(time.UTC)))
	if r.Campaign != nil {
		title = r.Campaign.Name
	}
	if r.Business != "" {
		title = r.Business + " · " + title
	}
	return title
}

// reportNote says whose days these are, and that it is practice.
func reportNote(r *report.Report, t *i18n.Texts) string {
	note := t.N("report.subtitle.days", r.Campaigns, "zone", r.Zone)
	if c := r.Campaign; c != nil {
		note = t.T("report.subtitle.draft")
		if zone, err := time.LoadLocation(r.Zone); err == nil && c.SentAt != 0 {
			note = t.T("report.subtitle.campaign", "at", t.DateTime(c.SentAt.In(zone)), "zone", r.Zone, "n", r.Funnel.Audience)
		}
	}
	if r.Practice {
		note = t.T("bell.beside", "what", t.T("report.practice"), "said", note)
	}
	return note
}

func (p reportText) funnel() {
	t, f := p.texts, &p.r.Funnel
	type stage struct {
		key  string
		n    int
		rate report.Rate
		of   string
	}
	all := []stage{{"sent", f.Sent, report.RateOf(0, 0), ""}, {"delivered", f.Delivered, p.r.Rates.Delivered, "sent"}, {"opened", f.Opened, p.r.Rates.Opened, "delivered"}, {"redeemed", f.Redeemed, p.r.Rates.Redeemed, "delivered"}}
	names, numbers := 0, 0
	for _, s := range all {
		names, numbers = max(names, columns(t.T("report.stage."+s.key))), max(numbers, len(t.Number(int64(s.n))))
	}
	for _, s := range all {
		rate := ""
		if s.rate.Known() {
			rate = t.T("report.note.of_"+s.of, "rate", t.Percent(float64(s.rate), 1))
		}
		p.line(fmt.Sprintf("%s  %*s  %s  %s", pad(t.T("report.stage."+s.key), names), numbers, t.Number(int64(s.n)), bar(s.n, f.Sent, barWidth), rate))
	}
	var rest []string
	for _, x := range []struct {
		key string
		n   int
	}{
		{"previews", f.Previews},
		{"undelivered", f.Undelivered},
		{"waiting", f.Waiting},
		{"held", f.Held},
		{"blocked", f.Blocked},
		{"rejected", f.Rejected},
		{"unknown", f.Unknown},
		{"expired", f.Expired},
		{"cancelled", f.Cancelled},
	} {
		if x.n > 0 {
			rest = append(rest, t.T("report.line."+x.key)+" "+t.Number(int64(x.n)))
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

func (p reportText) finding(about string) {
	if f, ok := p.r.Finding(about); ok {
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

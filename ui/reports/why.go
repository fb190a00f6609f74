package reports

import (
	"counterbell/data/report"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// whyWide is how wide an explanation is, in pixels.
const whyWide = 420

// why opens the rule behind a chart, and what it was applied to.
func (b *board) why(about string) {
	env, p := b.screen.env, b.screen.model.Period
	var title string
	var rules []string
	var applied string
	switch about {
	case report.AboutFunnel:
		f := &p.Funnel
		title, rules = "report.chart.funnel", []string{env.T("reports.why.funnel_rule")}
		applied = env.N("reports.why.funnel_data", p.Campaigns, "sent", f.Sent, "delivered", f.Delivered, "opened", f.Opened, "redeemed", f.Redeemed, "previews", f.Previews)
	case report.AboutNoShows:
		n := &p.NoShows
		title, rules = "report.chart.no_shows."+string(p.Step), []string{env.T("reports.why.no_shows_rule", "enough", report.EnoughVisits), env.T("reports.why.no_shows_caution")}
		applied = env.T("reports.why.no_shows_data", "missed", n.All.Missed, "known", n.All.Known(), "with_missed", n.Reminded.Missed, "with", n.Reminded.Known(),
			"without_missed", n.Unreminded.Missed, "without", n.Unreminded.Known(), "before_missed", n.Before.Missed, "before", n.Before.Known())
	case report.AboutReturn:
		title, rules = "report.chart.return", []string{env.T("reports.why.return_rule")}
		applied = env.T("reports.why.return_data", "with", p.Money.WithAmount, "n", p.Money.Redemptions, "cost", env.Texts.Cost(p.Money.Cost), "segments", p.Money.Segments)
	case report.AboutHours:
		title, rules = "report.chart.hours", []string{env.T("reports.why.hours_rule", "zone", p.Zone, "enough", report.EnoughOpens), env.T("reports.why.hours_caution")}
		applied = env.T("reports.why.hours_data", "n", p.Hours.N())
	case report.AboutGroups:
		title, rules = "report.chart.groups", []string{env.T("reports.why.groups_rule", "enough", report.EnoughCoupons)}
		applied = env.T("reports.why.groups_data", "reached", p.Groups[0].Reached, "redeemed", p.Groups[0].Redeemed)
	case report.AboutConsent:
		title, rules = "report.chart.consent", []string{env.T("reports.why.consent_rule")}
		applied = env.T("reports.why.consent_data", "agreed", p.Consent.Agreed, "withdrew", p.Consent.Withdrew)
	}
	column := widget.Column(theme.Gap8, widget.Bold(env.T(title)))
	for _, rule := range rules {
		column.Add(widget.NewParagraph(rule).Wide(whyWide))
	}
	column.Add(widget.NewParagraph(applied).Wide(whyWide).Sized(theme.SizeCaption))
	widget.ShowCard(b.anchors[about], fyne.CanvasObject(column))
}

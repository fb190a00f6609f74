package today

import (
	"reflect"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// results is what came of the campaign that was sent last, and of all of them day by day.
type results struct {
	screen  *Screen
	title   *widget.Text
	when    *widget.Text
	stage   *widget.Pill
	label   *widget.Pill // practice
	funnel  *chart.Funnel
	days    *chart.Line
	tiles   [3]*widget.StatTile // sales, cost, sales per coupon
	rate    fyne.CanvasObject   // where the explanations hang
	opens   fyne.CanvasObject
	content fyne.CanvasObject
}

func newResults(s *Screen, d *Day) *results {
	env := s.env
	r := &results{
		screen: s, title: widget.Bold("").Shorten(), when: widget.Caption("").Shorten(), stage: widget.NewPill(widget.Neutral, nil, ""),
		label: widget.NewPill(widget.Brass, icons.Reminder, env.T("report.practice_label")), rate: widget.Exactly(1, 1, widget.Spring()), opens: widget.Exactly(1, 24, widget.Spring()),
	}
	r.funnel, r.days = chart.NewFunnel(r.funnelFigures(d)), chart.NewLine(r.dayFigures(d))
	for i, key := range []string{"sales", "cost", "per_coupon"} {
		r.tiles[i] = widget.NewStatTile(env.T("report.line."+key), "").Smaller()
	}
	see := widget.NewLink(env.T("today.see_results"), func() { env.GoTo(page.Campaigns, page.ToCampaign{ID: s.day.Last.Campaign.ID}) })
	head := widget.Row(theme.Gap8, widget.Fill(r.title), r.label, r.stage, see)
	r.content = widget.Column(0, head, r.when,
		widget.Inset(theme.Gap12, 0, 0, 0, r.funnel), r.rate,
		widget.Inset(theme.Gap12, 0, 0, 0, container.New(&sums{}, r.tiles[0], r.tiles[1], r.tiles[2])),
		// The explanation of opens stands above the sentence that asks for it.
		widget.Fill(widget.Inset(theme.Gap16, 0, 0, 0, container.NewStack(widget.Sized(0, chartRoom, r.days), widget.Column(0, widget.Spring(), widget.Row(0, r.opens, widget.Spring()))))))
	return r
}

func (r *results) funnelFigures(d *Day) chart.FunnelFigures {
	f := figures.Funnel(d.Last, r.screen.env.Texts)
	f.WhyText, f.Why = r.screen.env.T("common.why"), r.whyRates
	return f
}

func (r *results) dayFigures(d *Day) chart.LineFigures {
	f := figures.Days(d.LastDays, r.screen.env.Texts)
	f.Title = r.screen.env.N("today.chart", chartDays)
	f.WhyText, f.Why = r.screen.env.T("common.why"), r.whyOpens
	return f
}

func (r *results) show(before, d *Day) {
	if before != nil && before.Last != nil && before.Stage() == d.Stage() && reflect.DeepEqual(drawn(before.Last), drawn(d.Last)) && reflect.DeepEqual(drawn(before.LastDays), drawn(d.LastDays)) {
		return
	}
	env, c := r.screen.env, d.Last.Campaign
	r.title.SetText(c.Name)
	kind := "today.kind.plain"
	if c.Offer != nil {
		kind = "today.kind.coupon"
	}
	r.when.SetText(env.T(kind, "at", env.Texts.NearDay(c.SentAt.In(d.Now.Location()), d.Now), "n", d.Last.Funnel.Audience))
	r.showStage(d)
	if r.label.Hidden = !d.Last.Practice && !d.LastDays.Practice; !r.label.Hidden {
		r.label.Show()
	}
	r.funnel.Set(r.funnelFigures(d))
	r.days.Set(r.dayFigures(d))
	sales, cost, each := saleTexts(r.screen, d.Last)
	for i, text := range []string{sales, cost, each} {
		color := theme.Ink
		switch {
		case text == env.T("report.not_known"):
			color = theme.Ink2
		case i == 0 && d.Last.Money.WithAmount > 0:
			color = theme.OK
		}
		r.tiles[i].In(color)
		r.tiles[i].SetNumber(text)
	}
}

// drawn is what of a report the page shows: while it stays the same, nothing is drawn anew under the pointer.
func drawn(r *report.Report) any {
	return struct {
		Campaign *data.Campaign
		Funnel   store.Funnel
		Days     []report.Day
		Money    store.Money
		Practice bool
	}{r.Campaign, r.Funnel, r.Days, r.Money, r.Practice}
}

// stages are how the word beside a campaign's name shows.
var stages = map[string]widget.Tone{"scheduled": widget.Info, "running": widget.Accent, "paused": widget.Warn, "stopped": widget.Neutral, "valid": widget.Accent, "done": widget.Neutral}

func (r *results) showStage(d *Day) {
	env, c, stage := r.screen.env, d.Last.Campaign, d.Stage()
	text := env.T("today.stage." + stage)
	switch stage {
	case "scheduled":
		at := max(c.At, c.UndoUntil).In(d.Now.Location())
		text = env.T("today.stage_scheduled", "day", env.Texts.NearDay(at, d.Now), "time", env.Texts.Time(at))
	case "valid":
		text = env.T("today.stage_valid", "day", env.Texts.WeekdayDay(c.Offer.ValidTo.Start(time.UTC)))
	}
	r.stage.Set(stages[stage], nil, text)
}

// saleTexts are the figures of the three tiles. What nobody entered, and a price that nobody knows, is not known: it is
// never nought.
func saleTexts(s *Screen, r *report.Report) (sales, cost, each string) {
	env := s.env
	unknown := env.T("report.not_known")
	sales, cost, each = unknown, unknown, unknown
	switch m := &r.Money; {
	case len(m.Sales) > 0:
		var all []string
		for _, x := range m.Sales {
			all = append(all, env.Texts.MoneyShort(x))
		}
		sales = env.Texts.List(all...)
	case m.Redemptions == 0:
		sales = env.Texts.MoneyShort(data.Money{Currency: env.Business.Currency})
	}
	if r.Money.Cost.Known {
		cost = env.Texts.Cost(r.Money.Cost)
	}
	if m, ok := r.SalesPerCoupon(); ok {
		each = env.Texts.MoneyShort(m)
	}
	return sales, cost, each
}

// whyRates explains the funnel.
func (r *results) whyRates() {
	env, f := r.screen.env, &r.screen.day.Last.Funnel
	widget.Explain(r.rate, env.T("today.why.rates"), env.T("today.why.rates_rule"), env.T("today.why.rates_code"),
		env.T("today.why.rates_data", "name", r.screen.day.Last.Campaign.Name, "sent", f.Sent, "delivered", f.Delivered, "opened", f.Opened, "redeemed", f.Redeemed, "previews", f.Previews))
}

// whyOpens explains what an open is.
func (r *results) whyOpens() {
	env, days := r.screen.env, r.screen.day.LastDays
	opens, previews := 0, 0
	for _, d := range days.Days {
		opens, previews = opens+d.Opens, previews+d.Previews
	}
	widget.Explain(r.opens, env.T("today.why.opens"), env.T("today.why.opens_rule"), env.T("today.why.opens_preview"), env.T("today.why.opens_basis"),
		env.T("today.why.opens_data", "from", env.Texts.Day(days.From.Start(time.UTC)), "to", env.Texts.Day(days.To.Start(time.UTC)), "zone", days.Zone, "opens", opens, "previews", previews))
}

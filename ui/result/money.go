package result

import (
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// showMoney sets what the campaign cost against what it brought, and its goal beside what was reached.
func (b *board) showMoney() {
	env, r := b.v.env, b.v.model.Report
	b.money.RemoveAll()
	b.money.Add(widget.Bold(env.T("result.money")))
	line := func(label, amount string, color fyne.ThemeColorName) {
		b.money.Add(widget.Row(theme.Gap8, widget.Fill(widget.Body(env.T(label)).In(theme.Ink2).Shorten()), widget.Heading(amount).In(color)))
	}
	spentIn, soldIn := theme.Ink, theme.Ink2
	if !r.Money.Cost.Known {
		spentIn = theme.Ink2
	}
	if r.Money.WithAmount > 0 {
		soldIn = theme.OK
	}
	spent := env.Texts.Cost(r.Money.Cost)
	if r.Funnel.Sent == 0 {
		spent = "–"
	}
	line("result.spent", spent, spentIn)
	if r.Campaign.Offer != nil {
		line("result.sold", salesText(env, r), soldIn)
	}
	if times, ok := Return(r); ok {
		unit := one(r.Money.Cost.Currency)
		back := data.Money{Minor: int64(times*float64(unit.Minor) + 0.5), Currency: unit.Currency}
		b.money.Add(widget.NewParagraph(env.T("result.return", "back", env.Texts.MoneyShort(back), "unit", env.Texts.MoneyShort(unit))).Sized(theme.SizeCaption))
	}
	if n := r.Money.Redemptions - r.Money.WithAmount; n > 0 {
		b.money.Add(widget.NewParagraph(env.N("result.without_amount", n)).Sized(theme.SizeCaption))
	}
	b.addGoal(ReachedOf(r, env.Business.Currency))
	b.money.Refresh()
}

// one is a single unit of a currency.
func one(currency string) data.Money {
	minor := int64(1)
	for range data.Exponent(currency) {
		minor *= 10
	}
	return data.Money{Minor: minor, Currency: currency}
}

// salesText is what was paid; what nobody entered isn't known, and is never nought.
func salesText(env *page.Env, r *report.Report) string {
	m := &r.Money
	switch {
	case len(m.Sales) > 0:
		all := make([]string, len(m.Sales))
		for i, x := range m.Sales {
			all[i] = env.Texts.MoneyShort(x)
		}
		return env.Texts.List(all...)
	case m.Redemptions == 0:
		return env.Texts.MoneyShort(data.Money{Currency: env.Business.Currency})
	}
	return env.T("report.not_known")
}

// addGoal shows what the campaign was for and how far it got.
func (b *board) addGoal(g Reached) {
	env := b.v.env
	if g.Goal == data.GoalNone {
		return
	}
	write := func(n int64) string {
		if g.Goal == data.GoalSales {
			return env.Texts.MoneyShort(data.Money{Minor: n, Currency: env.Business.Currency})
		}
		return env.Texts.Number(n)
	}
	now := env.T("report.not_known")
	if g.Known {
		now = write(g.Now)
	}
	b.money.Add(widget.Divider())
	head := widget.Row(theme.Gap8, widget.Fill(widget.Caption(env.T("result.goal."+string(g.Goal))).Shorten()))
	share, ok := g.Share()
	text := now
	if g.Target > 0 {
		text = env.T("result.reached", "now", now, "target", write(g.Target))
	}
	head.Add(widget.Bold(text))
	b.money.Add(head)
	if ok {
		bar := widget.NewProgressBar()
		color := theme.Accent
		if share >= 1 {
			color = theme.OK
		}
		bar.In(color).SetShare(share)
		b.money.Add(bar)
		b.money.Add(widget.Caption(env.T("result.reached_share", "share", env.Texts.Percent(share, 0))))
	}
	if g.Goal == data.GoalNoShows {
		b.money.Add(widget.NewParagraph(env.T("result.no_shows_where")).Sized(theme.SizeCaption))
	}
}

// Package reports is the page that says what came of it all: in days that the user chooses, compared with those before.
package reports

import (
	"math"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/i18n"
)

// Model is what the page shows: the span that was chosen, and the last report that was counted for it.
type Model struct {
	Span   report.Span
	Period *report.Period
}

// A Tile is one figure at the top of the page, with what it was before.
type Tile struct {
	Label, Number, Note string
	Trend               Trend
}

// A Trend is how a figure moved against the time before. Text is empty where nothing can be compared.
type Trend struct {
	Text string
	Up   bool
	Good bool
}

// Tiles are the four figures. What isn't known says so: it is never nought.
func Tiles(p *report.Period, t *i18n.Texts, currency string) [4]Tile {
	now, before := p.Totals(), p.Before
	return [4]Tile{noShowTile(now, before, t), redeemedTile(now, before, t), returnTile(now, before, t, currency), agreedTile(now, before, t)}
}

func noShowTile(now, before report.Totals, t *i18n.Texts) Tile {
	tile := Tile{Label: t.T("reports.tile.no_show"), Number: t.T("report.not_known"), Note: t.T("reports.tile.no_show_none")}
	if known := now.Visits.Known(); known > 0 {
		tile.Number = t.Percent(float64(now.Visits.Rate()), 1)
		tile.Note = t.T("reports.tile.no_show_note", "missed", now.Visits.Missed, "known", known)
		tile.Trend = points(now.Visits.Rate(), before.Visits.Rate(), t)
		tile.Trend.Good = !tile.Trend.Up
	}
	return tile
}

func redeemedTile(now, before report.Totals, t *i18n.Texts) Tile {
	tile := Tile{Label: t.T("reports.tile.redeemed"), Number: t.T("report.not_known"), Note: t.T("reports.tile.redeemed_note", "redeemed", now.Funnel.Redeemed, "delivered", now.Funnel.Delivered)}
	if now.Rates.Redeemed.Known() {
		tile.Number = t.Percent(float64(now.Rates.Redeemed), 1)
		tile.Trend = points(now.Rates.Redeemed, before.Rates.Redeemed, t)
		tile.Trend.Good = tile.Trend.Up
	}
	return tile
}

// points is the difference between two rates, in percentage points.
func points(now, before report.Rate, t *i18n.Texts) Trend {
	if !now.Known() || !before.Known() {
		return Trend{}
	}
	by := float64(now-before) * 100
	if math.Abs(by) < 0.05 {
		return Trend{}
	}
	return Trend{Text: t.T("reports.trend.points", "n", t.Decimal(math.Abs(by), 1)), Up: by > 0}
}

func returnTile(now, before report.Totals, t *i18n.Texts, currency string) Tile {
	each, _, ok := report.Return(&now.Money)
	if ok {
		currency = each.Currency
	}
	one := data.Money{Minor: int64(math.Pow10(data.Exponent(currency))), Currency: currency}
	tile := Tile{Label: t.T("reports.tile.return", "one", t.MoneyShort(one)), Number: t.T("report.not_known")}
	sales := t.T("report.not_known")
	if len(now.Money.Sales) == 1 {
		sales = t.MoneyShort(whole(now.Money.Sales[0]))
	}
	tile.Note = t.T("reports.tile.return_note", "sales", sales, "cost", t.Cost(now.Money.Cost))
	if !ok {
		return tile
	}
	tile.Number = t.MoneyShort(whole(each))
	if was, _, ok := report.Return(&before.Money); ok && was.Currency == each.Currency {
		by := whole(data.Money{Minor: each.Minor - was.Minor, Currency: currency})
		if by.Minor != 0 {
			tile.Trend = Trend{Up: by.Minor > 0, Good: by.Minor > 0}
			by.Minor = max(by.Minor, -by.Minor)
			tile.Trend.Text = t.MoneyShort(by)
		}
	}
	return tile
}

// whole leaves the places of a large amount away.
func whole(m data.Money) data.Money {
	unit := int64(math.Pow10(data.Exponent(m.Currency)))
	if m.Minor >= 100*unit || m.Minor <= -100*unit {
		m.Minor = int64(math.Round(float64(m.Minor)/float64(unit))) * unit
	}
	return m
}

func agreedTile(now, before report.Totals, t *i18n.Texts) Tile {
	tile := Tile{Label: t.T("reports.tile.agreed"), Number: t.Number(int64(now.Consent.Agreed)), Note: t.N("reports.tile.agreed_note", now.Consent.Withdrew)}
	if by := now.Consent.Agreed - before.Consent.Agreed; by != 0 && before.Consent.Agreed > 0 {
		tile.Trend = Trend{Text: t.Number(int64(max(by, -by))), Up: by > 0, Good: by > 0}
	}
	return tile
}

// Empty tells whether there is nothing to report: no campaign, no visit whose outcome is known, nobody's word, now or before.
func Empty(p *report.Period) bool {
	none := func(t report.Totals) bool {
		return t.Campaigns == 0 && t.Visits.Known() == 0 && t.Consent == (report.Agreed{}) && t.Funnel.Audience == 0
	}
	return none(p.Totals()) && none(p.Before) && p.Appointments.Total == 0
}

// Compared says which days these are, and which they are compared with.
func Compared(p *report.Period, t *i18n.Texts) string {
	day := func(d data.Date) string { return t.Date(d.Start(time.UTC)) }
	return t.T("reports.compared", "from", day(p.From), "to", day(p.To), "before_from", day(p.Before.From), "before_to", day(p.Before.To))
}

// SpanName is what the button for choosing days says.
func SpanName(s report.Span, t *i18n.Texts) string {
	if s.Kind == report.Chosen {
		return t.T("report.part", "from", t.Day(s.From.Start(time.UTC)), "to", t.Date(s.To.Start(time.UTC)))
	}
	return t.T("reports.span." + string(s.Kind))
}

// ChosenDays checks days that the user entered: problem is the text of what is wrong, "" for nothing.
func ChosenDays(from, to data.Date) (span report.Span, problem string) {
	switch a, b := from.Start(time.UTC), to.Start(time.UTC); {
	case b.Before(a):
		problem = "reports.days.order"
	case b.Sub(a) >= report.LongestDays*24*time.Hour:
		problem = "reports.days.long"
	}
	return report.Span{Kind: report.Chosen, From: from, To: to}, problem
}

// FileName is what an export is called unless the user says otherwise.
func FileName(p *report.Period, t *i18n.Texts, extension string) string {
	return t.T("reports.file", "from", p.From, "to", p.To) + extension
}

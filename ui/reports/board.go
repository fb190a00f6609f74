package reports

import (
	"counterbell/assets/icons"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// board is the page once there is something to report: four figures, a chart for each question, and below them the funnel,
// which stands on Today and with each campaign as well.
type board struct {
	screen   *Screen
	compared *widget.Text
	practice *widget.Pill
	tiles    [4]*widget.StatTile
	funnel   *chart.Funnel
	noShows  *chart.Line
	money    *chart.Bar
	hours    *chart.HeatMap
	groups   *chart.HBar
	consent  *chart.Line
	anchors  map[string]fyne.CanvasObject // where the explanations hang
	content  fyne.CanvasObject
}

const (
	upperHigh = 280 // of the lines of charts: both stand in sight below the figures in a window of 1280 by 800
	lowerHigh = 262
)

func newBoard(s *Screen, p *report.Period) *board {
	t := s.env.Texts
	b := &board{
		screen: s, compared: widget.Caption("").Shorten(), practice: widget.NewPill(widget.Brass, icons.Reminder, t.T("report.practice_label")),
		anchors: map[string]fyne.CanvasObject{},
	}
	figureTiles := container.New(&tiles{})
	for i, tile := range Tiles(p, t, s.env.Business.Currency) {
		b.tiles[i] = widget.NewStatTile(tile.Label, tile.Number).OnPanel()
		figureTiles.Add(b.tiles[i])
	}
	b.funnel = chart.NewFunnel(b.funnelFigures(p))
	b.noShows, b.money = chart.NewLine(b.noShowFigures(p)), chart.NewBar(b.moneyFigures(p))
	b.hours, b.groups, b.consent = chart.NewHeatMap(b.hourFigures(p)), chart.NewHBar(b.groupFigures(p)), chart.NewLine(b.consentFigures(p))
	upper := container.New(&mosaic{shares: []float32{66, 34}, narrow: []int{2}, height: upperHigh},
		b.panel(report.AboutNoShows, b.noShows), b.panel(report.AboutReturn, b.money))
	lower := container.New(&mosaic{shares: []float32{36, 34, 30}, narrow: []int{2, 1}, height: lowerHigh},
		b.panel(report.AboutHours, b.hours), b.panel(report.AboutGroups, b.groups), b.panel(report.AboutConsent, b.consent))
	top := widget.Row(theme.Gap8, widget.Fill(b.compared), b.practice)
	b.content = widget.PageScroll(widget.Column(theme.Gap12, top, figureTiles, upper, lower, b.panel(report.AboutFunnel, b.funnel)))
	b.show(p)
	return b
}

// panel is a chart on a card, with the place where its explanation hangs.
func (b *board) panel(about string, c fyne.CanvasObject) fyne.CanvasObject {
	anchor := widget.Exactly(1, 20, widget.Spring())
	b.anchors[about] = anchor
	return widget.NewPanel(container.NewStack(c, widget.Column(0, widget.Spring(), widget.Row(0, anchor, widget.Spring()))))
}

func (b *board) show(p *report.Period) {
	t := b.screen.env.Texts
	b.compared.SetText(Compared(p, t))
	if b.practice.Hidden = !p.Practice; !b.practice.Hidden {
		b.practice.Show()
	}
	for i, tile := range Tiles(p, t, b.screen.env.Business.Currency) {
		color := theme.Ink
		if tile.Number == t.T("report.not_known") {
			color = theme.Ink2
		}
		b.tiles[i].In(color).SetNumber(tile.Number)
		b.tiles[i].SetNote(tile.Note)
		tone, icon := widget.Neutral, icons.Falling
		if tile.Trend.Good {
			tone = widget.OK
		} else if tile.Trend.Text != "" {
			tone = widget.Warn
		}
		if tile.Trend.Up {
			icon = icons.Rising
		}
		b.tiles[i].SetTrend(tone, icon, tile.Trend.Text)
	}
	b.funnel.Set(b.funnelFigures(p))
	b.noShows.Set(b.noShowFigures(p))
	b.money.Set(b.moneyFigures(p))
	b.hours.Set(b.hourFigures(p))
	b.groups.Set(b.groupFigures(p))
	b.consent.Set(b.consentFigures(p))
}

func (b *board) funnelFigures(p *report.Period) chart.FunnelFigures {
	f := figures.Funnel(p.Report, b.screen.env.Texts)
	f.Title = b.screen.env.T("report.chart.funnel")
	b.explain(&f.Words, report.AboutFunnel)
	return f
}

func (b *board) noShowFigures(p *report.Period) chart.LineFigures {
	f := figures.NoShows(p, b.screen.env.Texts)
	b.explain(&f.Words, report.AboutNoShows)
	return f
}

func (b *board) moneyFigures(p *report.Period) chart.BarFigures {
	f := figures.Return(p, b.screen.env.Texts)
	b.explain(&f.Words, report.AboutReturn)
	return f
}

func (b *board) hourFigures(p *report.Period) chart.HeatMapFigures {
	f := figures.Hours(p, b.screen.env.Texts)
	b.explain(&f.Words, report.AboutHours)
	return f
}

func (b *board) groupFigures(p *report.Period) chart.HBarFigures {
	f := figures.Groups(p, b.screen.env.Texts)
	b.explain(&f.Words, report.AboutGroups)
	return f
}

func (b *board) consentFigures(p *report.Period) chart.LineFigures {
	f := figures.Consent(p, b.screen.env.Texts)
	b.explain(&f.Words, report.AboutConsent)
	return f
}

func (b *board) explain(w *chart.Words, about string) {
	w.WhyText, w.Why = b.screen.env.T("common.why"), func() { b.why(about) }
}

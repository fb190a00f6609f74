package result

import (
	"counterbell/data/report"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// showCompare sets the two wordings against each other, with how sure it is that one is really better.
func (b *board) showCompare() {
	env, r := b.v.env, b.v.model.Report
	t := env.Texts
	b.compare.RemoveAll()
	opened := r.Campaign.Offer == nil
	what := "report.redemptions"
	if opened {
		what = "report.opens"
	}
	b.compare.Add(widget.Row(theme.Gap8, widget.Bold(env.T("result.a_or_b")), widget.Fill(widget.Caption(env.T(what)).Shorten())))
	best := ""
	if r.Comparison != nil {
		best, _ = r.Comparison.Best()
	}
	top := 0.0
	for _, x := range r.Variants {
		if rate := rateOf(x, opened); rate.Known() {
			top = max(top, float64(rate))
		}
	}
	colors := []fyne.ThemeColorName{theme.Chart1, theme.Chart3}
	for i, x := range r.Variants {
		rate, hits := rateOf(x, opened), x.Redeemed
		if opened {
			hits = x.Opened
		}
		color := colors[i%len(colors)]
		badge := widget.Exactly(26, 26, widget.Surface(color, container.NewCenter(widget.Bold(x.Name).In(theme.Panel))).Rounded(theme.RadiusInput))
		words := ""
		for _, v := range r.Campaign.Variants {
			if v.Name == x.Name {
				words = v.Text
			}
		}
		head := widget.Row(theme.Gap8, badge, widget.Fill(widget.Body(words).Shorten()))
		if x.Name == best && likely(r.Comparison) {
			head.Add(widget.NewPill(widget.OK, nil, env.T("result.leading")))
		}
		bar := widget.NewProgressBar().In(color)
		if rate.Known() && top > 0 {
			bar.SetShare(float64(rate) / top * 0.8)
		}
		share := "–"
		if rate.Known() {
			share = t.Percent(float64(rate), 1)
		}
		b.compare.Add(widget.Column(4, head, widget.Row(theme.Gap12, widget.Fill(bar), widget.Exactly(theme.Grow(48), 0, widget.Bold(share).Trailing()), widget.Caption(env.T("result.hits", "n", hits, "of", x.Delivered)))))
	}
	b.compare.Add(widget.Divider())
	here := widget.Exactly(1, 1, widget.Spring())
	how := widget.NewCaptionLink(env.T("result.how_we_know"), func() { b.whyCompare(here) })
	if c := r.Comparison; c != nil {
		_, chance := c.Best()
		finding, _ := r.Finding(report.AboutVariants)
		b.compare.Add(widget.Row(theme.Gap12, widget.Title(t.Percent(chance, 0)).In(theme.Accent),
			widget.Fill(widget.Column(0, widget.NewParagraph(finding.Text(t)).Sized(theme.SizeCaption), widget.Row(0, how, widget.Spring(), here)))))
	} else {
		b.compare.Add(widget.NewParagraph(env.T("result.compare_later")).Sized(theme.SizeCaption))
	}
	b.compare.Refresh()
}

func rateOf(v report.Variant, opened bool) report.Rate {
	if opened {
		return v.Open
	}
	return v.Redeem
}

// likely tells whether a lead is worth naming.
func likely(c *report.Comparison) bool {
	if c == nil {
		return false
	}
	_, chance := c.Best()
	return chance >= 0.8
}

// whyCompare explains where the probability comes from.
func (b *board) whyCompare(at fyne.CanvasObject) {
	env, r := b.v.env, b.v.model.Report
	c := r.Comparison
	if c == nil {
		return
	}
	hits := func(x report.Variant) int {
		if c.Of == "opened" {
			return x.Opened
		}
		return x.Redeemed
	}
	x, y := r.Variants[0], r.Variants[1]
	widget.Explain(at, env.T("result.why.title"), env.T("result.why.deal"), env.T("result.why.rule"), env.T("result.why.sure", "sure", env.Texts.Percent(report.Sure, 0)),
		env.T("result.why.data", "a", x.Name, "hits_a", hits(x), "of_a", x.Delivered, "b", y.Name, "hits_b", hits(y), "of_b", y.Delivered, "chance", env.Texts.Percent(c.Better, 1), "method", c.Method))
}

package review

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender/text"
	"counterbell/ui/chart"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// showMain draws when the texts arrive, the longest of them, and some people's own.
func (r *readyView) showMain() {
	v, d := r.v, r.v.model.Dry
	r.main.RemoveAll()
	if d.Goes() > 0 {
		r.main.Add(widget.NewPanel(r.arrival()))
		r.main.Add(widget.NewPanel(r.longest()))
		if len(d.Samples) > 0 {
			r.main.Add(widget.NewPanel(r.samples()))
		}
	} else {
		r.main.Add(widget.NewPanel(widget.CenterColumn(theme.Gap12, widget.Heading(v.env.T("review.nobody")), widget.NewParagraph(v.env.T("error.nobody")).Centered().Wide(420))))
	}
	r.main.Refresh()
}

const hoursHigh = 250

// arrival is a bar for each hour of people's own day.
func (r *readyView) arrival() fyne.CanvasObject {
	v, d := r.v, r.v.model.Dry
	env := v.env
	now, held := make([]float64, 24), make([]float64, 24)
	for i, h := range d.Hours {
		now[i], held[i] = float64(h.Now), float64(h.Held)
	}
	number := func(x float64) string { return env.Texts.Number(int64(x)) }
	figures := chart.BarFigures{
		Words:   chart.Words{Title: env.T("review.arrives")},
		Series:  []chart.Series{{Name: env.T("review.at_start"), Values: now}},
		Stacked: true,
		Label: func(i, before int) string {
			if i%3 != 0 {
				return ""
			}
			return env.Texts.Number(int64(i))
		},
		Bands: bands(d.Quiet, env.T("review.quiet")),
		Name: func(i int) string {
			return env.T("review.hour", "from", env.Texts.Clock(i*60), "to", env.Texts.Clock((i+1)*60))
		},
		Value: number,
		Above: func(x float64) string {
			if x == 0 {
				return ""
			}
			return number(x)
		},
	}
	if d.Held > 0 {
		figures.Series = append(figures.Series, chart.Series{Name: env.T("review.held_back"), Values: held, Color: theme.Chart2})
	}
	column := widget.Column(theme.Gap8, widget.Sized(0, hoursHigh, chart.NewBar(figures)), widget.NewParagraph(env.T("review.arrives_note")).Sized(theme.SizeCaption))
	if d.Held > 0 {
		column.Add(r.heldBanner())
	}
	return column
}

// bands are the stretches of hours at which texts may go to nobody.
func bands(quiet [24]bool, text string) []chart.Band {
	var out []chart.Band
	for h, closed := range quiet {
		switch last := len(out) - 1; {
		case !closed:
		case last >= 0 && out[last].To == h-1:
			out[last].To = h
		default:
			out = append(out, chart.Band{From: h, To: h, Text: text})
		}
	}
	return out
}

// heldBanner says until when the people wait whose hours are closed, and why.
func (r *readyView) heldBanner() fyne.CanvasObject {
	v, d := r.v, r.v.model.Dry
	env, zone := v.env, v.env.Business.Location()
	now := env.Store.Now().In(zone)
	const most = 3
	var lines []string
	for i, h := range d.HeldUntil {
		if i == most {
			lines = append(lines, env.N("review.held_more", len(d.HeldUntil)-most))
			break
		}
		at := h.Until.In(zone)
		lines = append(lines, env.N("review.held_until", h.People, "day", env.Texts.NearDay(at, now), "time", env.Texts.Time(at), "reason", strings.TrimRight(reasonText(env, h.Reason), ".。")))
	}
	lines = append(lines, env.T("report.note.times", "zone", zone.String()))
	words := widget.Column(2, widget.NewParagraph(env.N("review.wait", d.Held)).Bold().In(theme.Ink))
	for _, line := range lines {
		words.Add(widget.NewParagraph(line).Sized(theme.SizeCaption))
	}
	see := widget.NewLink(env.T("review.see", "n", d.Held), func() {
		env.GoTo(page.Contacts, page.ToPeople{Title: env.N("review.wait", d.Held), IDs: d.Waits})
	})
	return widget.NewSoftTile(widget.TopRow(theme.Gap12, widget.NewIcon(icons.Dark, theme.Brass, widget.IconNormal), widget.Fill(words), see)).Padded(12)
}

// longest is the text that takes the most room, as its person gets it.
func (r *readyView) longest() fyne.CanvasObject {
	env, d := r.v.env, r.v.model.Dry
	l := &d.LongestOf
	length := text.Count(l.Text, text.Rule(d.Caps.SegmentRule))
	limit := length.Units + length.Left
	tone := widget.OK
	if l.Segments > 1 {
		tone = widget.Warn
	}
	bar := widget.NewProgressBar().In(tone.Ink())
	bar.SetShare(float64(l.Units) / float64(max(limit, 1)))
	meter := widget.Column(theme.Gap8,
		widget.Row(theme.Gap8, widget.Fill(widget.Bold(env.T("review.units", "n", l.Units, "limit", limit)).Shorten()), widget.NewPill(tone, nil, env.N("bell.segments", l.Segments))),
		bar, widget.NewParagraph(env.N("review.longest_of", d.Goes())).Sized(theme.SizeCaption))
	words := widget.Column(theme.Gap8, widget.NewSoftTile(widget.NewParagraph(l.Text).In(theme.Ink)).Padded(12), r.person(l.Contact, l.Name))
	return widget.Column(theme.Gap12, widget.Bold(env.T("review.longest")),
		widget.TopRow(theme.Gap16, widget.Fill(words), widget.Exactly(theme.Grow(172), 0, meter)))
}

// person leads to somebody on Contacts.
func (r *readyView) person(id data.ContactID, name string) fyne.CanvasObject {
	env := r.v.env
	if name == "" {
		name = env.T("review.no_name")
	}
	return widget.Row(0, widget.NewCaptionLink(env.T("review.to_person", "name", name), func() { env.GoTo(page.Contacts, page.ToContact{ID: id}) }), widget.Spring())
}

// samples are some people's own texts.
func (r *readyView) samples() fyne.CanvasObject {
	env, d := r.v.env, r.v.model.Dry
	column := widget.Column(theme.Gap12, widget.Bold(env.T("review.samples")))
	for _, s := range d.Samples {
		head := widget.Row(theme.Gap8, widget.Fill(r.person(s.Contact, s.Name)))
		if len(r.v.model.Campaign.Variants) > 1 {
			head.Add(widget.NewPill(widget.Neutral, nil, s.Variant))
		}
		head.Add(widget.Caption(env.N("bell.segments", s.Segments)))
		column.Add(widget.Column(4, head, widget.NewSoftTile(widget.NewParagraph(s.Text).In(theme.Ink)).Padded(12)))
	}
	return column
}

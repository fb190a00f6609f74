package compose

import (
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/sender/campaign"
	"counterbell/sender/text"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// meters are how long the longest text is and what all of them cost, now and
// after the one click that makes them shorter.
type meters struct {
	v       *View
	content *fyne.Container
	strip   *fyne.Container
	now     *widget.SegmentMeter
	after   *widget.SegmentMeter
	note    *widget.Paragraph
	prices  *fyne.Container // what a segment costs isn't known, and where to enter it
	drawn   *Fix
	variant int
}

func newMeters(v *View) *meters {
	m := &meters{v: v, strip: container.NewStack(), now: widget.NewSegmentMeter(), after: widget.NewSegmentMeter(), note: widget.NewParagraph("").Sized(theme.SizeCaption)}
	only(m.strip)
	m.prices = widget.Flow(6, widget.Caption(v.env.T("compose.meter.unpriced")), widget.NewCaptionLink(v.env.T("compose.meter.price_it"), func() {
		v.env.GoTo(page.Settings, page.ToSettings{Section: "prices"})
	}))
	m.content = widget.Column(12, m.strip, m.now, m.after, m.note, m.prices)
	return m
}

// meter are the words and bars for a review.
type meter struct {
	detail, total string
	shares        []float64
	segments      int
}

// limits are how many units one segment holds, and each of several.
var limits = map[string][2]int{string(text.GSM7): {160, 153}, string(text.UCS2): {70, 67}}

// measure says how long the longest text of a review is, and what all cost.
func (v *View) measure(r *campaign.Review, counted bool) meter {
	env, longest := v.env, &r.LongestOf
	if longest.Segments == 0 {
		return meter{detail: env.T("compose.meter.empty")}
	}
	limit := limits[longest.Encoding]
	room := limit[0]
	if longest.Segments > 1 {
		room = limit[1] * longest.Segments
	}
	m := meter{segments: longest.Segments, detail: env.T("compose.meter."+strings.ToLower(strings.ReplaceAll(longest.Encoding, "-", "")), "used", longest.Units, "room", room)}
	left := float64(longest.Units)
	for range longest.Segments {
		full := float64(room / longest.Segments)
		m.shares = append(m.shares, min(left, full)/full)
		left = max(left-full, 0)
	}
	m.total = env.N("compose.meter.segments", longest.Segments)
	if counted && r.Cost.Known {
		m.total += " · " + env.Texts.Cost(r.Cost)
	}
	return m
}

func (m *meters) show() {
	v, env := m.v, m.v.env
	p := &v.plan
	fixed := v.fix != nil && v.planned
	now := v.measure(&p.Review, p.Reviewed)
	tone, pill := widget.OK, env.T("compose.meter.longest")
	if now.segments == 0 {
		tone = widget.Neutral
	}
	if now.segments > 1 {
		tone = widget.Warn
	}
	if fixed {
		tone, pill = widget.Warn, env.T("compose.meter.now")
	}
	if m.drawn != v.fix || m.variant != v.variant {
		m.drawn, m.variant = v.fix, v.variant
		m.showStrip()
	}
	m.now.Set(tone, pill, now.detail, now.total, now.shares)
	m.now.SetDim(v.stale || !v.planned)
	if fixed {
		after := v.measure(&v.fix.Review, true)
		m.after.Set(widget.OK, env.T("compose.meter.after"), after.detail, after.total, after.shares)
		m.after.SetDim(v.stale)
		m.after.Show()
	} else {
		m.after.Hide()
	}
	m.note.SetText(m.details())
	if m.note.Text() == "" {
		m.note.Hide()
	} else {
		m.note.Show()
	}
	m.prices.Hidden = !p.Reviewed || p.Review.LongestOf.Segments == 0 || p.Review.Cost.Known
	m.content.Refresh()
}

// details say what the meter alone doesn't: that texts differ in length, and
// why.
func (m *meters) details() string {
	env, r := m.v.env, &m.v.plan.Review
	if !m.v.plan.Reviewed || r.LongestOf.Segments == 0 {
		return ""
	}
	var all []string
	if len(r.Lengths) > 1 {
		var lengths []int
		for n := range r.Lengths {
			lengths = append(lengths, n)
		}
		slices.Sort(lengths)
		var parts []string
		for _, n := range lengths {
			parts = append(parts, env.T("compose.meter.of", "people", r.Lengths[n], "segments", env.N("compose.meter.segments", n)))
		}
		all = append(all, env.T("compose.meter.differ", "parts", env.Texts.List(parts...)))
	}
	if m.v.fix == nil && r.Encodings[string(text.GSM7)] > 0 && r.Encodings[string(text.UCS2)] > 0 && len(r.Culprits) > 0 {
		all = append(all, env.N("compose.meter.names", r.Encodings[string(text.UCS2)], "chars", strings.Join(r.Culprits[:min(6, len(r.Culprits))], " ")))
	}
	return strings.Join(all, "\n")
}

// showStrip shows the character that makes the texts dearer, where it stands,
// and the click that swaps it.
func (m *meters) showStrip() {
	v, env := m.v, m.v.env
	m.strip.Objects = nil
	defer func() { only(m.strip) }()
	f := v.fix
	if f == nil {
		return
	}
	first := f.Culprits[0]
	key, now, after := "compose.fix.title", v.plan.Review.LongestOf.Segments, f.Review.LongestOf.Segments
	if after >= now { // somebody's own name makes theirs long: what counts is all of them together
		key, now, after = "compose.fix.all_title", v.plan.Review.Segments, f.Review.Segments
	}
	title := env.N(key, len(f.Culprits), "now", env.N("compose.meter.segments", now), "after", env.N("compose.meter.segments", after))
	button := env.T("compose.fix.all")
	switch {
	case len(f.Culprits) > 1:
	case first.Substitute == "":
		button = env.T("compose.fix.remove", "char", seen(first.Char))
	default:
		button = env.T("compose.fix.use", "char", seen(first.Substitute))
	}
	left, right := around(v.form.Texts[v.variant], first.Char)
	if left == "" && right == "" {
		left, right = around(strings.Join(v.form.Texts[:], " "), first.Char)
	}
	mark := widget.Surface(theme.Warn, widget.Bold(seen(first.Char)).In(theme.WarnSoft)).Padded(3).Rounded(theme.RadiusTag)
	where := widget.Surface(theme.Panel, widget.Row(0, widget.Body(left), mark, widget.Body(right).Shorten())).Padded(8).Rounded(theme.RadiusInput)
	use := widget.Primary(button, func() {
		texts := v.form.Texts
		v.form.Texts = [2]string{mended(texts[0]), mended(texts[1])}
		v.form.Templates, v.fix = [2]string{}, nil
		v.message.fill()
		v.edit()
		env.Toast(widget.Toast{Tone: widget.OK, Text: env.T("compose.fix.done"), Action: env.T("common.undo"), Close: env.T("common.close"), Do: func() {
			v.form.Texts = texts
			v.message.fill()
			v.edit()
		}})
	})
	why := widget.NewCaptionLink(env.T("common.why"), nil)
	why.OnTap(func() {
		widget.ShowCard(why, widget.Sized(320, 0, widget.Column(8, widget.Bold(env.T("compose.fix.why")), widget.NewParagraph(env.T("compose.fix.why_text")))))
	})
	m.strip.Objects = []fyne.CanvasObject{widget.NewSoftPanel(widget.Warn, widget.Column(8,
		widget.TopRow(8, widget.NewIcon(icons.Warning, theme.Warn, widget.IconNormal), widget.Fill(widget.NewParagraph(title).Bold().In(theme.Warn))),
		widget.Row(8, widget.Fill(where), use),
		widget.Row(6, widget.Fill(widget.NewParagraph(env.T("compose.fix.forces")).Sized(theme.SizeCaption)), why),
	)).Padded(12)}
}

// mended is a text with the same swaps as fix makes.
func mended(words string) string {
	for _, c := range text.Culprits(words) {
		c.Offered = true
		words = text.Substitute(words, c)
	}
	return words
}

// around are a few letters before and after the first place of a character.
func around(words, char string) (before, after string) {
	a, b, found := strings.Cut(words, char)
	if !found {
		return "", ""
	}
	line := strings.NewReplacer("\n", " ", "\r", " ")
	left, right := []rune(line.Replace(a)), []rune(line.Replace(b))
	return string(left[max(0, len(left)-14):]), string(right[:min(10, len(right))])
}

// seen is a character that can be read on a button, also one that shows nothing.
func seen(char string) string {
	switch {
	case char == "\t":
		return "⇥"
	case strings.TrimSpace(char) == "", strings.Trim(char, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad") == "":
		return "␣"
	}
	return char
}

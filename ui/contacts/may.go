package contacts

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// mayLooks are how an answer of the rules shows.
var mayLooks = map[rules.Answer]struct {
	tone widget.Tone
	icon *icons.Icon
}{
	rules.Send:  {widget.OK, icons.Check},
	rules.Hold:  {widget.Warn, icons.Waiting},
	rules.Block: {widget.Danger, icons.OptedOut},
}

// mayLine says whether a kind of text may go to the person now, and why behind a link.
func (p *side) mayLine(m *May) fyne.CanvasObject {
	env := p.screen.env
	look := mayLooks[m.Verdict.Verdict]
	key := "contacts.may." + string(m.Kind) + "." + string(m.Verdict.Verdict)
	title := env.T(key)
	if m.Verdict.Verdict == rules.Hold {
		title = env.T(key, "when", p.whenTheirs(m.Until, m.Zones))
	}
	why := widget.NewCaptionLink(env.T("common.why"), nil)
	why.OnTap(func() { widget.ShowCard(why, p.whyCard(m, title)) })
	first := ""
	if len(m.Reasons) > 0 {
		first = reasonText(env, m.Reasons[0])
	}
	return widget.TopRow(8, widget.Sized(theme.Grow(96), 0, container.New(leftmost{}, widget.NewPill(look.tone, look.icon, env.T("contacts.may."+string(m.Kind))))),
		widget.Fill(widget.Column(2, widget.TopRow(8, widget.Fill(widget.NewParagraph(title).Sized(theme.SizeCaption).In(theme.Ink).Bold()), why),
			widget.NewParagraph(first).Sized(theme.SizeCaption))))
}

// reasonText says a reason of the rules in the window's language.
func reasonText(env *page.Env, r rules.Reason) string {
	t := env.Texts
	return t.Reason(r.Code, r.Spoken(func(key string) (string, bool) {
		if place, ok := strings.CutPrefix(key, "rules.place."); ok && !t.Has(key) {
			country, part, _ := strings.Cut(place, "-")
			name := t.Country(country)
			if known := "rules.place." + country; t.Has(known) {
				name = t.T(known)
			}
			return strings.TrimSpace(name + " " + part), true
		}
		return t.T(key), t.Has(key)
	}))
}

// whenTheirs writes a moment by the clock on the person's wall, and by the shop's where that differs.
func (p *side) whenTheirs(at data.Instant, zones []string) string {
	env := p.screen.env
	shop := env.Business.Location()
	ours := env.Texts.DateTime(at.In(shop))
	for _, name := range zones {
		loc, err := data.Zone(name)
		if err != nil {
			continue
		}
		theirs := env.Texts.DateTime(at.In(loc))
		if theirs != ours {
			return env.T("contacts.may.theirs", "theirs", theirs, "zone", name, "ours", ours)
		}
	}
	return ours
}

// whyCard lists every reason with what it rests on and where that is to be read, and what the rules were asked with.
func (p *side) whyCard(m *May, title string) fyne.CanvasObject {
	env, who := p.screen.env, p.person
	const wide = 400
	column := widget.Column(10, widget.NewParagraph(title).In(theme.Ink).Bold().Wide(wide))
	for _, r := range m.Reasons {
		basis := r.Basis
		if key := "contacts.rests_on." + r.Basis; env.Texts.Has(key) {
			basis = env.T(key)
		}
		column.Add(widget.Column(0, widget.NewParagraph(reasonText(env, r)).Wide(wide), widget.NewParagraph(env.T("contacts.may.source", "basis", basis, "source", r.Source)).Sized(theme.SizeCaption).Wide(wide)))
	}
	column.Add(widget.Divider())
	standing := who.Stands[m.Kind.Scope()]
	known := []string{env.T("contacts.may.consent", "what", p.standingText(standing))}
	if place := joined(env, env.Texts.Country(m.Region), who.State); m.Region != "" {
		known = append(known, env.T("contacts.may.place", "place", place))
	}
	for _, zone := range m.Zones {
		if loc, err := data.Zone(zone); err == nil {
			now := env.Store.Now().In(loc)
			known = append(known, env.T("contacts.may.clock", "zone", zone, "time", env.Texts.Time(now), "day", env.Texts.WeekdayDay(now)))
		}
	}
	known = append(known, env.T("contacts.may.text_later"))
	for _, line := range known {
		column.Add(widget.NewParagraph(line).Sized(theme.SizeCaption).Wide(wide))
	}
	return column
}

// standingText says where the person stands, since when and on what ground.
func (p *side) standingText(s data.Permission) string {
	env := p.screen.env
	day := func() string {
		if s.Since == 0 {
			return env.T("common.not_known")
		}
		return env.Texts.Date(s.Since.In(env.Business.Location()))
	}
	switch {
	case s.Closed:
		return env.T("contacts.stands.out", "day", day())
	case s.Granted:
		return env.T("contacts.stands.in", "basis", env.T("rules.basis."+string(s.Basis)), "day", day())
	}
	return env.T("contacts.stands.none")
}

// moment writes when something was, by the shop's clock.
func (p *side) moment(at data.Instant) string {
	if at == 0 {
		return p.screen.env.T("common.not_known")
	}
	return p.screen.env.Texts.DateTime(at.In(p.screen.env.Business.Location()))
}

package inbox

import (
	"strings"
	"unicode"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// side is what the conversation is about: the visit, and what the person
// agreed to.
type side struct {
	screen  *Screen
	column  *fyne.Container
	content *fyne.Container
}

func newSide(s *Screen) *side {
	p := &side{screen: s, column: widget.Column(12)}
	_, p.content = newUpright(p.column)
	return p
}

func (p *side) show() {
	s := p.screen
	env, d := s.env, s.desk
	p.column.RemoveAll()
	defer func() {
		p.column.Refresh()
		p.content.Refresh()
	}()
	if !d.Open || !d.Fetched {
		return
	}
	visits := d.Thread.Visits
	if r := d.Waiting(); r != nil && r.Visit != nil {
		// The one that is asked about comes first.
		all := []data.Appointment{*r.Visit}
		for _, v := range visits {
			if v.ID != r.Visit.ID {
				all = append(all, v)
			}
		}
		visits = all
	}
	p.column.Add(widget.Bold(env.T("inbox.visit")))
	if len(visits) == 0 {
		p.column.Add(widget.NewParagraph(env.T("inbox.no_visit")).Sized(theme.SizeCaption))
	}
	for i := range visits {
		p.column.Add(p.visit(&visits[i]))
	}
	if d.Phone == "" {
		return
	}
	p.column.Add(widget.Bold(env.T("inbox.consent")))
	flow := widget.Flow(6)
	for _, scope := range []data.Scope{data.ScopeMarketing, data.ScopeReminders} {
		l := p.scope(scope, d.Thread.Permissions[scope])
		flow.Add(widget.NewPill(l.tone, l.icon, l.text))
	}
	p.column.Add(flow)
	p.column.Add(widget.Spring())
	p.column.Add(widget.NewParagraph(env.T("inbox.stop_note")).Sized(theme.SizeCaption))
}

func (p *side) visit(a *data.Appointment) fyne.CanvasObject {
	s := p.screen
	env := s.env
	column := widget.Column(4, widget.NewParagraph(beginning(s.visitWhen(a))).Bold().In(theme.Ink))
	for _, line := range [][]string{{a.Patient}, {a.Service, minutes(s, a.Minutes)}, {a.Staff, a.Place}} {
		var parts []string
		for _, part := range line {
			if part != "" {
				parts = append(parts, part)
			}
		}
		if len(parts) > 0 {
			column.Add(widget.Caption(strings.Join(parts, ", ")).Shorten())
		}
	}
	tone, icon := widget.VisitLook(a.State)
	column.Add(widget.Inset(4, 0, 0, 0, widget.Row(8, widget.NewPill(tone, icon, env.T("inbox.visit_state."+string(a.State))), widget.Spring(),
		widget.NewCaptionLink(env.T("inbox.to_day"), func() { s.toDay(a) }))))
	return widget.NewSoftTile(column)
}

// beginning writes the first letter of a line large.
func beginning(text string) string {
	r := []rune(text)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

func minutes(s *Screen, n int) string {
	if n == 0 {
		return ""
	}
	return s.env.N("inbox.minutes", n)
}

// scope says where the person stands, in a word.
func (p *side) scope(scope data.Scope, perm data.Permission) look {
	env := p.screen.env
	name := env.T("inbox.scope." + string(scope))
	switch {
	case perm.Closed:
		return look{widget.Danger, icons.OptedOut, env.T("inbox.scope_closed", "scope", name)}
	case perm.Granted:
		return look{widget.OK, icons.Check, name}
	}
	return look{widget.Neutral, nil, env.T("inbox.scope_none", "scope", name)}
}

package imports

import (
	"slices"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rest is what happened to the rows that were not rejected, and to the consent
// of the people in them.
func (s *Screen) rest() fyne.CanvasObject {
	env, o := s.env, s.desk.Done
	r := &o.Receipt
	lines := widget.Column(4)
	if o.CanUndo() || r.Consents > 0 {
		lines.Add(s.consents())
	}
	add := func(icon *icons.Icon, tone widget.Tone, text, detail string) {
		lines.Add(happened(icon, tone, text, detail, nil))
	}
	people := func(icon *icons.Icon, tone widget.Tone, text, detail string, which brought) {
		var link *widget.Link
		if o.CanUndo() {
			link = widget.NewCaptionLink(env.T("imports.show"), func() { s.desk.see(r, which) })
		}
		lines.Add(happened(icon, tone, text, detail, link))
	}
	if r.Added > 0 && o.CanUndo() { // afterwards the line above says how many were removed
		people(icons.AddPerson, widget.OK, env.N("imports.rest.added", r.Added), env.T("imports.rest.added_how"), broughtAdded)
	}
	if r.Updated > 0 && o.CanUndo() {
		people(icons.Edit, widget.Info, env.N("imports.rest.updated", r.Updated), env.T("imports.rest.updated_how"), broughtUpdated)
	}
	if r.Unchanged > 0 {
		add(icons.Check, widget.Neutral, env.N("imports.rest.unchanged", r.Unchanged), env.T("imports.rest.unchanged_how"))
	}
	if r.Duplicate > 0 {
		add(icons.Copy, widget.Brass, env.N("imports.rest.duplicate", r.Duplicate), env.T("imports.rest.duplicate_how"))
	}
	for _, q := range r.Questions {
		if q.Code == "zero_left_out" || q.Code == "two_left_out" { // they stand among the rejected rows
			continue
		}
		if amongRejects[q.Code] != "" && slices.ContainsFunc(r.Rejects, func(x data.Reject) bool { return x.Reason == amongRejects[q.Code] }) {
			continue
		}
		l := lookOf(q.Code)
		add(l.icon, l.tone, s.questionTitle(&q), s.questionDetail(&q, o))
	}
	add(icons.OptedOut, widget.Neutral, env.T("imports.rest.optouts"), env.T("imports.rest.optouts_how"))
	return widget.Column(12, widget.Bold(env.T("imports.rest")), widget.Fill(container.NewVScroll(widget.Inset(0, besideScroll, 0, 0, lines))))
}

// amongRejects are what was noticed that shows among the rejected rows already.
var amongRejects = map[string]string{"digits_lost": "phone_digits_lost", "foreign_numbers": "phone_foreign"}

// consents says what the ledger got.
func (s *Screen) consents() fyne.CanvasObject {
	env, o := s.env, s.desk.Done
	n := o.Receipt.Consents
	if !o.CanUndo() && n > 0 {
		return happened(icons.Consent, widget.Neutral, env.T("imports.rest.taken_back"), env.T("imports.rest.taken_back_how"), nil)
	}
	if n == 0 {
		return happened(icons.Consent, widget.Warn, env.T("imports.rest.no_consent"), env.T("imports.rest.no_consent_how"), nil)
	}
	detail := env.T("imports.rest.consent_how")
	if o.Answer != nil && o.Answer.Opens() {
		detail = env.T("imports.agreed." + o.Answer.Agreement().Key)
		if source := strings.TrimSpace(o.Answer.Source); source != "" {
			detail += " · " + source
		}
		if len(o.Answer.Agreement().Scopes) == 1 {
			return happened(icons.Consent, widget.Accent, env.N("imports.rest.reminders", n), detail, nil)
		}
	}
	return happened(icons.Consent, widget.Accent, env.N("imports.rest.consent", n), detail, nil)
}

// happened is one line of what happened, with a way to see it if there is one.
func happened(icon *icons.Icon, tone widget.Tone, text, detail string, see *widget.Link) fyne.CanvasObject {
	row := widget.TopRow(12, widget.NewIconTile(icon, tone).Sized(32),
		widget.Fill(widget.Column(0, widget.NewParagraph(text).In(theme.Ink).Lines(2), widget.NewParagraph(detail).Sized(theme.SizeCaption).Lines(3))))
	if see != nil {
		row.Add(widget.Inset(8, 4, 0, 0, see))
	}
	return widget.Inset(4, 0, 4, 0, row)
}

// questionTitle is what was noticed, in one line.
func (s *Screen) questionTitle(q *data.Question) string {
	return s.env.N("question."+q.Code, q.Count, "column", q.Column)
}

// placeName is a country as it stands in a sentence: the United Kingdom.
func placeName(env *page.Env, country string) string {
	if key := "rules.place." + country; env.Texts.Has(key) {
		return env.T(key)
	}
	return env.Texts.Country(country)
}

// questionDetail is what became of it.
func (s *Screen) questionDetail(q *data.Question, o *Outcome) string {
	env := s.env
	if q.Code == "foreign_numbers" && o != nil { // on a receipt; the rejected ones stand elsewhere
		return env.T("imports.foreign.added")
	}
	if q.Code == "country" {
		return env.T("imports.read_as", "country", placeName(env, q.Assumed))
	}
	detail := env.T("question.assumed." + q.Assumed)
	if q.Code == "leading_zero" && len(q.Samples) > 0 {
		detail = q.Samples[0]
	}
	return detail
}

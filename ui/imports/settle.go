package imports

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// showCards draws what there is to decide and to know besides consent.
func (v *checkView) showCards() {
	m := &v.s.desk.Model
	v.cards.RemoveAll()
	asks, notes := m.Matters()
	for i := range asks {
		if asks[i].Settled {
			v.cards.Add(v.settled(&asks[i]))
		} else {
			v.cards.Add(v.ask(&asks[i]))
		}
	}
	if len(notes) > 0 {
		v.cards.Add(widget.Inset(4, 0, 0, 0, widget.Bold(v.s.env.T("imports.noticed"))))
	}
	for i := range notes {
		v.cards.Add(v.note(&notes[i]))
	}
	v.cards.Refresh()
}

// ask is a card with two answers.
func (v *checkView) ask(q *Matter) fyne.CanvasObject {
	l := lookOf(q.Code)
	card := widget.Column(10, cardHead(l, v.s.questionTitle(&q.Question)))
	if swaps := v.swaps(q); swaps != nil {
		card.Add(swaps)
	}
	detail, yes, no := v.answers(q)
	card.Add(widget.NewParagraph(detail).Sized(theme.SizeCaption))
	card.Add(widget.Row(8, yes.Small(), no.Small()))
	return widget.NewPanel(card).Padded(12)
}

// answers are what can be done about a matter: one thing that is recommended,
// and one aside.
func (v *checkView) answers(q *Matter) (detail string, yes, no *widget.Button) {
	env, d := v.s.env, v.s.desk
	set := func(change func(*Choices)) func() { return func() { d.choose(change) } }
	detail = v.s.questionDetail(&q.Question, nil)
	switch q.Code {
	case "foreign_numbers":
		yes = widget.Primary(env.N("imports.foreign.add", q.Count), set(func(c *Choices) { c.Foreign = ForeignPlus }))
		no = widget.Quiet(env.N("imports.foreign.reject", q.Count), set(func(c *Choices) { c.Foreign = ForeignReject }))
	case "leading_zero", "zero_left_out":
		detail = env.T("question.assumed." + q.Assumed)
		yes = widget.Primary(env.N("imports.zeros.restore", q.Count), set(func(c *Choices) { c.Zeros = DoubtMend }))
		no = widget.Quiet(env.T("imports.zeros.leave"), set(func(c *Choices) { c.Zeros = DoubtLeave }))
	case "two_numbers", "two_left_out":
		yes = widget.Primary(env.T("imports.two.first"), set(func(c *Choices) { c.Pairs = DoubtMend }))
		no = widget.Quiet(env.T("imports.two.leave"), set(func(c *Choices) { c.Pairs = DoubtLeave }))
	case "digits_lost":
		detail = env.T("imports.digits_lost")
		yes = widget.Primary(env.N("imports.lost.reject", q.Count), func() { d.read(func(c *Choices) { c.LostSeen = true }); v.showCards() })
		no = widget.Quiet(env.T("imports.show_rows"), v.showLost)
	default:
		detail = v.dateDetail(q)
		first, second := set(func(c *Choices) { c.Dates = intake.DayFirst }), set(func(c *Choices) { c.Dates = intake.MonthFirst })
		yes, no = widget.Primary(env.T("imports.day_first"), first), widget.Quiet(env.T("imports.month_first"), second)
		if q.Assumed == string(intake.MonthFirst) {
			yes, no = widget.Primary(env.T("imports.month_first"), second), widget.Quiet(env.T("imports.day_first"), first)
		}
	}
	return detail, yes, no
}

// showLost lists the rows whose numbers a spreadsheet program ruined.
func (v *checkView) showLost() {
	env := v.s.env
	var rows []data.Reject
	for _, r := range v.s.desk.Counted.Rejects {
		if r.Reason == "phone_digits_lost" {
			rows = append(rows, r)
		}
	}
	showRejects(env, env.T("reject.phone_digits_lost"), rows)
}

// dateDetail writes the first example both ways.
func (v *checkView) dateDetail(q *Matter) string {
	env := v.s.env
	if len(q.Samples) > 0 {
		day, ok := readDay(q.Samples[0], false)
		month, ok2 := readDay(q.Samples[0], true)
		if ok && ok2 && !day.Equal(month) {
			return env.T("imports.date_which", "sample", q.Samples[0], "day", env.Texts.Date(day), "month", env.Texts.Date(month))
		}
	}
	return env.T("question.assumed." + q.Assumed)
}

// settled is one line with a tick, and the way back.
func (v *checkView) settled(q *Matter) fyne.CanvasObject {
	env, d := v.s.env, v.s.desk
	text, undo := v.decision(q)
	change := func() { d.choose(undo) }
	if q.Code == "digits_lost" {
		change = func() { d.read(undo); v.showCards() }
	}
	return widget.NewPanel(widget.Row(8, widget.NewIcon(icons.Check, theme.OK, widget.IconNormal), widget.Fill(widget.Body(text).Shorten()),
		widget.NewCaptionLink(env.T("common.change"), change))).Padded(12)
}

// decision is what was decided about a matter, and what takes it back.
func (v *checkView) decision(q *Matter) (text string, undo func(*Choices)) {
	env, c := v.s.env, &v.s.desk.Open.Choices
	switch q.Code {
	case "foreign_numbers":
		text = env.N("imports.foreign.rejected", q.Count)
		if c.Foreign == ForeignPlus {
			text = env.N("imports.foreign.plus", q.Count)
		}
		return text, func(c *Choices) { c.Foreign = ForeignOpen }
	case "leading_zero":
		return env.N("imports.zeros.restored", q.Count), func(c *Choices) { c.Zeros = DoubtOpen }
	case "zero_left_out":
		return env.N("imports.zeros.out", q.Count), func(c *Choices) { c.Zeros = DoubtOpen }
	case "two_numbers":
		return env.N("imports.two.firsts", q.Count), func(c *Choices) { c.Pairs = DoubtOpen }
	case "two_left_out":
		return env.N("imports.two.out", q.Count), func(c *Choices) { c.Pairs = DoubtOpen }
	case "digits_lost":
		return env.N("imports.lost.rejected", q.Count), func(c *Choices) { c.LostSeen = false }
	}
	return env.T("imports.dates." + q.Assumed), func(c *Choices) { c.Dates = intake.Undecided }
}

// note is something that was noticed, and what becomes of it.
func (v *checkView) note(q *Matter) fyne.CanvasObject {
	card := widget.Column(8, cardHead(lookOf(q.Code), v.s.questionTitle(&q.Question)))
	if swaps := v.swaps(q); swaps != nil {
		card.Add(swaps)
	}
	card.Add(widget.NewParagraph(v.s.questionDetail(&q.Question, nil)).Sized(theme.SizeCaption))
	return widget.NewPanel(card).Padded(12)
}

func cardHead(l look, title string) fyne.CanvasObject {
	return widget.TopRow(8, widget.NewIconTile(l.icon, l.tone).Sized(28), widget.Fill(widget.Inset(4, 0, 0, 0, widget.NewParagraph(title).Bold().In(theme.Ink))))
}

// swaps shows examples: before, an arrow, and after.
func (v *checkView) swaps(q *Matter) fyne.CanvasObject {
	all := q.Swaps()
	if len(all) == 0 {
		return nil
	}
	before, after := widget.Column(2), widget.Column(2)
	changed := false
	for _, s := range all {
		before.Add(widget.Caption(short(s.Was, 60)).Shorten())
		if s.Now != "" {
			changed = true
			after.Add(widget.Caption(short(s.Now, 60)).Bold().In(theme.Ink).Shorten())
		}
	}
	if !changed {
		return widget.NewSoftTile(before).Padded(8)
	}
	return widget.NewSoftTile(widget.Row(8, widget.Fill(before), widget.NewIcon(icons.Forward, theme.Ink3, widget.IconSmall), widget.Fill(after))).Padded(8)
}

// consentCard asks the one question that has to be answered, and then for what
// proves the answer.
type consentCard struct {
	s      *Screen
	radio  *widget.Radio
	note   *widget.Paragraph
	source *widget.Entry
	day    *widget.Entry
	when   *widget.Field
	read   *widget.Text // how the day was understood
	proof  *fyne.Container
	panel  *widget.Panel
}

func newConsentCard(s *Screen) *consentCard {
	env := s.env
	c := &consentCard{s: s, note: widget.NewParagraph("").Sized(theme.SizeCaption)}
	var options []string
	for _, a := range agreements {
		options = append(options, env.T("imports.agreed."+a.Key))
	}
	c.radio = widget.NewRadio(options, func(i int) {
		s.desk.Answer.Chosen = i + 1
		c.show()
		s.desk.show()
		c.panel.Refresh()
		if s.check != nil {
			s.check.content.Refresh()
		}
	})
	c.radio.OnEnter = s.enter
	c.source = widget.NewEntry("")
	c.source.Limit(300)
	c.source.OnChanged = func(text string) { s.desk.Answer.Source = text }
	c.source.OnSubmitted = func(string) { s.enter() }
	c.day = widget.NewEntry(env.T("imports.when_hint"))
	c.day.Limit(40)
	c.day.OnChanged = c.typed
	c.day.OnSubmitted = func(string) { s.enter() }
	c.when = widget.NewField(env.T("imports.when"), "", c.day)
	c.read = widget.Caption("").In(theme.OK).Shorten()
	c.proof = widget.Column(8, widget.NewField(env.T("imports.source"), "", c.source), widget.Column(2, c.when, c.read))
	var why *widget.Link
	why = widget.NewCaptionLink(env.T("imports.why_ask"), func() {
		widget.ShowCard(why, widget.NewParagraph(env.T("imports.why_ask_text")).Wide(340))
	})
	head := widget.Row(8, widget.NewIconTile(icons.Consent, widget.Accent).Sized(28), widget.Fill(widget.Bold(env.T("imports.agreed")).Shorten()))
	c.panel = widget.NewPanel(widget.Column(10, head, c.radio, c.proof, c.note, container.NewHBox(why))).Padded(14)
	return c
}

func (c *consentCard) typed(text string) {
	s := c.s
	zone := s.env.Business.Location()
	s.desk.Answer.Type(text, monthFirst(s.env.Business.Country), s.env.Store.Now().In(zone))
	c.showDay()
	s.desk.show()
}

// show brings the card in line with the answer.
func (c *consentCard) show() {
	env, a := c.s.env, &c.s.desk.Answer
	c.radio.SetSelected(a.Chosen - 1)
	if c.source.Text != a.Source {
		c.source.SetText(a.Source)
	}
	if c.day.Text != a.Typed {
		c.day.SetText(a.Typed)
	}
	key := "imports.agreed.none"
	if a.Given() {
		key = "imports.agreed." + a.Agreement().Key + ".how"
	}
	c.note.SetText(env.T(key))
	if a.Opens() {
		c.proof.Show()
	} else {
		c.proof.Hide()
	}
	c.showDay()
}

// showDay says how the day was understood, or that it can't be.
func (c *consentCard) showDay() {
	env, a := c.s.env, &c.s.desk.Answer
	problem := ""
	if a.Bad {
		problem = env.T("imports.when_bad")
	}
	c.when.SetProblem(problem)
	if c.read.Hidden = a.Day.IsZero(); !c.read.Hidden {
		c.read.SetText(env.Texts.LongDate(a.Day))
	}
	c.panel.Refresh()
}

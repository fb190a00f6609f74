package redeem

import (
	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// shown is what the lower part was last built for, so that typing a character
// doesn't build it again.
type shown struct {
	built      bool
	phase      Phase
	redemption int64
	code       string
	chosen     string
}

// looks is how the boxes look in each phase.
var looks = map[Phase]widget.CodeLook{
	Ready: widget.CodeTyping, Checking: widget.CodeTyping, Accepted: widget.CodeGood, Refused: widget.CodeBad, Mistyped: widget.CodeDubious,
}

// show draws the model.
func (s *Screen) show() {
	m := &s.desk.Model
	s.code.Set(m.Code(), looks[m.Phase])
	prompt := "redeem.code"
	if m.Phase == Ready && m.Code() == "" {
		prompt = "redeem.prompt"
	}
	s.prompt.SetText(s.env.T(prompt))
	hint, color := s.hintText()
	s.hint.SetText(hint)
	s.hint.SetColor(color)

	now := shown{built: true, phase: m.Phase, redemption: m.Answer.Redemption, chosen: m.Chosen}
	if m.Phase != Ready || m.Missing() == 0 {
		now.code = m.Code()
	}
	if now == s.shown {
		return
	}
	// Between two codes nothing flickers: the answer stays until the next one is there.
	if m.Phase == Checking && s.shown.built {
		return
	}
	s.shown, s.price = now, nil
	var panel fyne.CanvasObject
	switch m.Phase {
	case Accepted:
		panel = s.accepted()
	case Refused:
		panel = s.refused()
	case Mistyped:
		panel = s.mistyped()
	default:
		panel = s.ready()
	}
	s.result.Objects = []fyne.CanvasObject{panel}
	s.result.Refresh()
	s.scroll.ScrollToTop()
	s.scroll.Refresh()
}

func (s *Screen) hintText() (string, fyne.ThemeColorName) {
	m := &s.desk.Model
	switch m.Hint {
	case HintChar:
		return s.env.T("redeem.hint_char", "char", m.Char), theme.Warn
	case HintShort:
		return s.env.N("redeem.hint_short", m.Missing()), theme.Warn
	case HintFull:
		return s.env.T("redeem.hint_full"), theme.Ink2
	case HintNotACode:
		return s.env.T("redeem.hint_not_a_code"), theme.Warn
	}
	switch {
	case m.Phase == Checking:
		return s.env.T("redeem.checking"), theme.Ink2
	case m.Phase != Ready:
		return s.env.T("redeem.hint_next"), theme.Ink2
	}
	return s.env.T("redeem.hint"), theme.Ink2
}

// ready invites to the next code; with eight characters there, a button does
// what Enter does.
func (s *Screen) ready() fyne.CanvasObject {
	disc := widget.NewSoftPanel(widget.Accent, widget.NewIcon(icons.Redeem, theme.Accent, 36)).Padded(18).Rounded((theme.Grow(36) + 36) / 2)
	heading, how := s.env.T("redeem.ready"), s.env.T("redeem.ready_how")
	if s.desk.Chosen != "" {
		heading, how = s.desk.Chosen, s.env.T("redeem.chosen_how")
	}
	column := widget.CenterColumn(0, widget.Spring(), disc, widget.Inset(12, 0, 0, 0, widget.NewParagraph(heading).Sized(theme.SizeHeading).Bold().In(theme.Ink).Centered().Lines(2).Wide(480)),
		widget.Inset(12, 0, 0, 0, widget.NewParagraph(how).Centered().Wide(400)))
	if s.desk.Missing() == 0 {
		column.Add(widget.Inset(20, 0, 0, 0, widget.Primary(s.env.T("redeem.do", "code", data.ShowCode(s.desk.Code())), func() { s.enter() }).Large()))
	} else {
		pills := widget.Row(8)
		if theme.Scale() > largeText {
			pills = widget.CenterColumn(8)
		}
		pills.Add(widget.NewPill(widget.Neutral, icons.Offline, s.env.T("redeem.offline")))
		pills.Add(widget.NewPill(widget.Neutral, icons.Refresh, s.env.T("redeem.same")))
		column.Add(widget.Inset(20, 0, 0, 0, pills))
	}
	column.Add(widget.Spring())
	return widget.NewPanel(column)
}

// verdict is the head of an answer: a disc that is seen from afar, what to do,
// for whom, and the small print.
func (s *Screen) verdict(tone widget.Tone, solid fyne.ThemeColorName, icon *icons.Icon, what, who, detail string, pill fyne.CanvasObject) fyne.CanvasObject {
	disc := widget.Surface(solid, widget.NewIcon(icon, theme.Panel, 48)).Padded(20).Rounded((theme.Grow(48) + 40) / 2)
	var second fyne.CanvasObject = widget.NewParagraph(who).Sized(theme.SizeHeading).Bold().In(theme.Ink).Lines(2)
	if pill != nil {
		second = container.New(named{}, widget.Heading(who).Shorten(), pill)
	}
	words := widget.Column(4, widget.NewParagraph(what).Sized(theme.SizeTitle).Bold().In(tone.Ink()).Lines(2), second)
	if detail != "" {
		words.Add(widget.NewParagraph(detail).Lines(4))
	}
	return widget.Row(24, disc, widget.Fill(words))
}

// foot is the small print of an answer with the reason behind it, and a button; each below the other where text is large.
func (s *Screen) foot(text, why string, button fyne.CanvasObject) fyne.CanvasObject {
	if theme.Scale() > largeText {
		column := widget.Column(8, widget.NewParagraph(text).Sized(theme.SizeCaption), widget.Row(0, s.why(why), widget.Spring()))
		if button != nil {
			column.Add(widget.Row(0, widget.Spring(), button))
		}
		return column
	}
	row := widget.Row(4, widget.Caption(text), s.why(why))
	if button != nil {
		row.Add(widget.Spring())
		row.Add(button)
	}
	return row
}

// largeText is the scale from which on things stand below each other: beside each other they don't fit into the
// smallest window.
const largeText = 1.2

// practicePill marks what never really happened.
func (s *Screen) practicePill() fyne.CanvasObject {
	if !s.desk.Answer.Practice {
		return nil
	}
	return widget.NewPill(widget.Brass, icons.Reminder, s.env.T("redeem.practice"))
}

// fact is a soft tile: an icon, what it is, and the fact.
func fact(icon *icons.Icon, label, text string) fyne.CanvasObject {
	words := widget.Column(0, widget.Caption(label).Shorten(), widget.Bold(text).Shorten())
	return widget.Surface(theme.Panel, widget.Row(12, widget.NewIcon(icon, theme.Ink2, widget.IconNav), widget.Fill(words))).Padded(12).Rounded(theme.RadiusInput)
}

// line is one thing in the card below an answer.
func line(icon *icons.Icon, tone widget.Tone, text, detail string, button fyne.CanvasObject) fyne.CanvasObject {
	row := widget.Row(12, widget.NewIconTile(icon, tone), widget.Fill(widget.Column(0, widget.NewParagraph(text).In(theme.Ink).Lines(2), widget.Caption(detail).Shorten())))
	if button != nil {
		row.Add(button)
	}
	return row
}

// why explains a sentence below its link.
func (s *Screen) why(key string) *widget.Link {
	var link *widget.Link
	link = widget.NewCaptionLink(s.env.T("common.why"), func() {
		widget.ShowCard(link, widget.NewParagraph(s.env.T(key)).Wide(340))
	})
	return link
}

package redeem

import (
	"counterbell/data"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// price is the row in which the full price is typed, and from which the
// cashier reads what the customer pays.
type price struct {
	screen *Screen
	entry  *widget.SiftEntry
	pays   *widget.Text
	fault  *widget.Text
	row    fyne.CanvasObject
}

func newPrice(s *Screen) *price {
	env, o := s.env, s.desk.Answer.Offer
	p := &price{screen: s, entry: widget.NewSiftEntry(""), pays: widget.Title("–"), fault: widget.Caption("").In(theme.Danger)}
	p.fault.Hide()
	p.entry.Limit(20)
	p.entry.SetText(s.desk.Amount.Text)
	p.entry.Rune, p.entry.Paste = p.rune, p.paste
	p.entry.OnChanged = func(text string) {
		s.desk.Amount.Text = text
		p.update()
	}
	p.entry.OnSubmitted = func(string) { p.submit() }
	p.entry.Escape = func() { s.Escape() }

	label := env.T("redeem.full_price", "symbol", env.Texts.Symbol(s.currency()))
	if o.Kind == data.Gift {
		label = env.T("redeem.gift_price", "symbol", env.Texts.Symbol(s.currency()))
	}
	left := widget.Column(4, widget.Caption(label), widget.Exactly(theme.Grow(130), 0, p.entry))
	row := widget.Row(12, left)
	if o.Kind != data.Gift {
		minus := env.T("redeem.minus_percent", "percent", o.Percent)
		if o.Kind == data.AmountOff {
			minus = env.T("redeem.minus_amount", "amount", env.Texts.MoneyShort(o.Amount))
		}
		row.Add(widget.Column(4, widget.Caption(""), widget.Sized(0, theme.Grow(48), widget.Heading(minus).In(theme.Ink3))))
		row.Add(widget.Column(4, widget.Caption(env.T("redeem.pays")), widget.Sized(theme.Grow(116), theme.Grow(48), p.pays)))
	}
	p.row = row
	p.update()
	return p
}

// update works out what is to pay.
func (p *price) update() {
	s := p.screen
	full, ok, bad := s.desk.Amount.Full(s.currency())
	text, below := "–", ""
	if o := s.desk.Answer.Offer; ok {
		text = s.env.Texts.Money(o.ToPay(full))
		if full.Minor < o.Minimum {
			below = s.env.T("redeem.below_minimum", "amount", s.minimum(o))
		}
	}
	p.pays.SetText(text)
	p.entry.SetFaulty(bad)
	if !bad {
		p.problem(below)
	}
}

func (p *price) problem(text string) {
	p.fault.SetText(text)
	if text == "" {
		p.fault.Hide()
	} else {
		p.fault.Show()
	}
}

// rune lets digits into the price. A letter means that a scanner is at work:
// what it has typed so far goes to the boxes.
func (p *price) rune(r rune) bool {
	s := p.screen
	takes, back := s.desk.Amount.Takes(r, s.now())
	if takes {
		return true
	}
	if _, _, ok := fold(r); !ok {
		return false
	}
	s.desk.Amount.Without(back)
	for _, b := range back {
		s.typed(b)
	}
	s.typed(r)
	s.listen()
	return false
}

// paste takes a whole code away from the price.
func (p *price) paste(text string) bool {
	if _, err := data.ReadCode(cut(text)); err != nil {
		return true
	}
	p.screen.pasted(text)
	p.screen.listen()
	return false
}

// submit is Enter: the price is complete, or a code of digits alone was
// scanned into it.
func (p *price) submit() {
	s := p.screen
	if code, ok := s.desk.Amount.Scanned(); ok {
		s.desk.Amount.Without(code)
		s.keepAmount()
		s.desk.Clear()
		s.desk.Paste(code, s.now())
		s.enter()
		s.listen()
		return
	}
	if s.now().Sub(s.desk.answered) < settled {
		return
	}
	s.done()
}

package redeem

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// accepted is the green answer, with the price to be entered.
func (s *Screen) accepted() fyne.CanvasObject {
	env, a := s.env, s.desk.Answer
	who := a.Who()
	if who == "" {
		who = env.T("redeem.nobody")
	}
	s.price = newPrice(s)
	head := s.verdict(widget.OK, theme.OK, icons.Check, env.T("redeem.give", "offer", a.OfferTitle), who, s.terms(), s.practicePill())
	undo := widget.Sized(0, theme.Grow(48), widget.Secondary(env.T("common.undo"), func() { s.askUndo(a.Code) }))
	done := widget.NewButton(widget.KindPositive, env.T("common.done"), s.done).Large().WithIconAfter(icons.Next)
	foot := s.foot(env.T("redeem.marked", "time", s.clock(a.Redeemed), "till", a.Till), "redeem.marked_why", nil)
	card := widget.NewSoftPanel(widget.OK, widget.Column(16, head, widget.Divider(),
		container.New(&spread{}, s.price.row, widget.Column(4, widget.Caption(""), widget.Row(12, undo, done))), widget.Column(4, s.price.fault, foot))).Padded(24).Rounded(theme.RadiusTill)
	if here := s.whileHere(); here != nil {
		if a.Offer.Terms == "" && a.Offer.Minimum == 0 { // what the coupon says stands above
			return widget.Column(16, card, widget.Fill(here))
		}
		return widget.Column(16, card, here, widget.Fill(s.coupon()))
	}
	return widget.Column(16, card, widget.Fill(s.coupon()))
}

// terms is the campaign, and how the coupon stands.
func (s *Screen) terms() string {
	env, a := s.env, s.desk.Answer
	until, uses := env.T("redeem.no_end"), env.T("redeem.once")
	if a.Offer.ValidTo != "" {
		until = env.T("redeem.until", "day", s.date(a.Offer.ValidTo))
	}
	if a.Offer.Uses > 1 {
		uses = env.T("redeem.use_of", "n", len(a.Earlier)+1, "limit", a.Offer.Uses)
	}
	if a.CampaignName == "" {
		return env.T("redeem.terms", "uses", uses, "until", until)
	}
	return env.T("redeem.campaign_terms", "campaign", a.CampaignName, "uses", uses, "until", until)
}

// coupon is the card with what the offer says, so that nobody has to ask.
func (s *Screen) coupon() fyne.CanvasObject {
	env, o := s.env, s.desk.Answer.Offer
	terms := o.Terms
	if o.Minimum > 0 {
		terms = strings.TrimSpace(env.T("redeem.from_minimum", "amount", s.minimum(o)) + " " + terms)
	}
	if terms == "" {
		terms = env.T("redeem.no_terms")
	}
	span := env.T("redeem.span_open")
	switch {
	case o.ValidFrom != "" && o.ValidTo != "":
		span = env.T("redeem.span", "from", s.date(o.ValidFrom), "until", s.date(o.ValidTo))
	case o.ValidFrom != "":
		span = env.T("redeem.span_from", "from", s.date(o.ValidFrom))
	case o.ValidTo != "":
		span = env.T("redeem.span_until", "until", s.date(o.ValidTo))
	}
	return widget.NewPanel(widget.Column(12, widget.Bold(env.T("redeem.coupon_says")),
		line(icons.Document, widget.Neutral, terms, env.T("redeem.terms_label"), nil),
		line(icons.Appointments, widget.Accent, span, env.T("redeem.valid_label"), nil),
	))
}

// refused is the red answer.
func (s *Screen) refused() fyne.CanvasObject {
	env, a := s.env, s.desk.Answer
	what, do, detail, why := env.T("redeem.unknown"), env.T("redeem.unknown_do"), env.T("redeem.unknown_how"), "redeem.unknown_why"
	var facts []fyne.CanvasObject
	var below fyne.CanvasObject
	switch a.Problem {
	case data.CodeUsed:
		what, do, why = env.T("redeem.used"), env.T("redeem.used_do"), "redeem.used_why"
		if len(a.Earlier) > 0 {
			last := a.Earlier[0]
			what = env.T("redeem.used_at", "when", s.when(last.At), "till", last.Till)
			where, sale := last.Till, env.T("redeem.no_amount")
			if last.By != "" {
				where = env.T("redeem.where_by", "till", last.Till, "person", last.By)
			}
			if last.Paid != nil {
				sale = env.T("redeem.paid", "amount", *last.Paid)
			}
			label := "redeem.first_use"
			if len(a.Earlier) > 1 {
				label = "redeem.last_use"
			}
			facts = []fyne.CanvasObject{
				fact(icons.Time, env.T(label), s.dayTime(last.At)), fact(icons.Store, env.T("redeem.where"), where), fact(icons.Receipt, env.T("redeem.sale"), sale),
			}
			lines := widget.Column(12, widget.Bold(env.T("redeem.disagrees")))
			if a.Here != nil {
				id := a.Here.Contact.ID
				lines.Add(line(icons.Person, widget.Info, env.T("redeem.whose"), s.person(a.Here.Contact.Name, a.Here.Contact.Phone),
					widget.Secondary(env.T("common.open"), func() { env.GoTo(page.Contacts, page.ToContact{ID: id}) }).Small()))
			}
			lines.Add(
				line(icons.Undo, widget.Info, env.T("redeem.mistake"), env.T("redeem.mistake_how"),
					widget.Secondary(env.T("redeem.take_back"), func() { s.askUndo(a.Code) }).Small()))
			below = widget.NewPanel(lines)
		}
		detail = env.N("redeem.used_times", len(a.Earlier), "offer", a.OfferTitle, "limit", a.Offer.Uses)
	case data.CodeExpired:
		what, do, why = env.T("redeem.expired", "day", s.date(a.Offer.ValidTo)), env.T("redeem.expired_do"), "redeem.expired_why"
		detail, facts = a.OfferTitle, s.offerFacts()
	case data.CodeNotYet:
		what, do, why = env.T("redeem.not_yet", "day", s.date(a.Offer.ValidFrom)), env.T("redeem.not_yet_do"), "redeem.not_yet_why"
		detail, facts = a.OfferTitle, s.offerFacts()
	}
	head := s.verdict(widget.Danger, theme.Danger, icons.Close, what, do, detail, s.practicePill())
	card := widget.Column(16, head, widget.Divider())
	if len(facts) > 0 {
		across := len(facts)
		if theme.Scale() > largeText {
			across = 1
		}
		card.Add(widget.Grid(across, 12, facts...))
	}
	next := widget.Primary(env.T("redeem.next"), func() { s.Escape() }).Large()
	card.Add(s.foot(env.T("redeem.refused_foot"), why, next))
	column := widget.Column(16, widget.NewSoftPanel(widget.Danger, card).Padded(24).Rounded(theme.RadiusTill))
	if below != nil {
		column.Add(widget.Fill(below))
	}
	return column
}

// offerFacts are the offer's first and last day and its campaign.
func (s *Screen) offerFacts() (facts []fyne.CanvasObject) {
	env, a := s.env, s.desk.Answer
	if a.Offer.ValidFrom != "" {
		facts = append(facts, fact(icons.Appointments, env.T("redeem.first_day"), s.date(a.Offer.ValidFrom)))
	}
	if a.Offer.ValidTo != "" {
		facts = append(facts, fact(icons.Time, env.T("redeem.last_day"), s.date(a.Offer.ValidTo)))
	}
	if a.CampaignName != "" {
		facts = append(facts, fact(icons.Campaigns, env.T("redeem.campaign"), a.CampaignName))
	}
	return facts
}

// mistyped is the amber answer: nobody was asked, because the code can't be
// right.
func (s *Screen) mistyped() fyne.CanvasObject {
	env := s.env
	head := s.verdict(widget.Warn, theme.Warn, icons.Question, env.T("redeem.mistyped"), env.T("redeem.mistyped_do"), env.T("redeem.mistyped_how"), nil)
	again := widget.Primary(env.T("redeem.again"), func() { s.Escape() }).Large()
	foot := s.foot(env.T("redeem.mistyped_foot"), "redeem.mistyped_why", again)
	return widget.Column(16, widget.NewSoftPanel(widget.Warn, widget.Column(16, head, widget.Divider(), foot)).Padded(24).Rounded(theme.RadiusTill))
}

// clock is a moment as the shop's clock shows it.
func (s *Screen) clock(at data.Instant) string {
	return s.env.Texts.Time(at.In(s.env.Business.Location()))
}

// when is a moment in words: today 14:02.
func (s *Screen) when(at data.Instant) string {
	zone := s.env.Business.Location()
	return s.env.T("redeem.day_time", "day", s.env.Texts.NearDay(at.In(zone), s.env.Clock.Now().In(zone)), "time", s.clock(at))
}

// dayTime is a moment in figures: Tue 17 Nov, 14:02.
func (s *Screen) dayTime(at data.Instant) string {
	return s.env.T("redeem.day_time", "day", s.env.Texts.WeekdayDay(at.In(s.env.Business.Location())), "time", s.clock(at))
}

// date is a day of an offer: Sun 29 Nov.
func (s *Screen) date(d data.Date) string {
	return s.env.Texts.WeekdayDay(d.Start(s.env.Business.Location()))
}

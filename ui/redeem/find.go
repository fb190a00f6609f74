package redeem

import (
	"context"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/finder"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// foundMost is how many coupons a name lists.
const foundMost = 60

// FocusSearch finds by name.
func (s *Screen) FocusSearch() { s.find() }

// find lists the coupons of a customer who has forgotten the code. The one
// that is chosen stands in the boxes then; it is redeemed as any other.
func (s *Screen) find() {
	env := s.env
	if s.desk.Phase == Checking {
		return
	}
	s.before()
	s.finder = finder.Ask(env, finder.Options[store.CouponAtHand]{
		Title: env.T("redeem.find_title"), Hint: env.T("redeem.find_hint"), Begin: env.T("redeem.find_begin"), Nothing: env.T("redeem.find_nothing"), Cancel: env.T("common.cancel"),
		Find: func(ctx context.Context, text string) ([]store.CouponAtHand, error) {
			return env.Store.FindCoupons(ctx, text, foundMost)
		},
		Columns: []widget.RecordColumn{{Title: env.T("redeem.find_who")}, {Title: env.T("redeem.find_state"), Width: 190}},
		Cells:   s.foundCells,
		Fill:    s.fillFound,
		Tall:    56,
		Choose: func(c store.CouponAtHand) bool {
			if c.Problem != "" {
				return false // why not stands in its row
			}
			s.desk.Choose(c.Code, env.T("redeem.chosen", "name", s.nameOr(c.Name), "offer", c.Offer.Title))
			s.desk.show()
			return true
		},
	})
}

// foundCells are the cells of a row: who and what, and how the coupon stands.
func (s *Screen) foundCells() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		widget.Column(2, widget.Row(8, widget.Fill(widget.Bold("").Shorten()), widget.Caption("")), widget.Caption("").Shorten()),
		widget.Row(0, widget.NewPill(widget.OK, nil, ""), widget.Spring()),
	}
}

func (s *Screen) fillFound(c store.CouponAtHand, cells []fyne.CanvasObject) {
	column := cells[0].(*fyne.Container)
	head := column.Objects[0].(*fyne.Container)
	head.Objects[0].(*fyne.Container).Objects[0].(*widget.Text).SetText(s.nameOr(c.Name))
	head.Objects[1].(*widget.Text).SetText(s.number(c.Phone))
	what := c.Offer.Title
	if c.Practice {
		what = s.env.T("redeem.found_practice", "offer", what)
	}
	column.Objects[1].(*widget.Text).SetText(what)
	head.Refresh()
	column.Refresh()
	place := cells[1].(*fyne.Container)
	defer place.Refresh()
	pill := place.Objects[0].(*widget.Pill)
	switch c.Problem {
	case data.CodeUsed:
		pill.Set(widget.Neutral, nil, s.env.T("redeem.found_used", "day", s.shortDay(c.LastUse)))
	case data.CodeExpired:
		pill.Set(widget.Neutral, nil, s.env.T("redeem.found_over", "day", s.date(c.Offer.ValidTo)))
	case data.CodeNotYet:
		pill.Set(widget.Neutral, nil, s.env.T("redeem.found_not_yet", "day", s.date(c.Offer.ValidFrom)))
	default:
		pill.Set(widget.OK, icons.Check, s.lasts(&c.Offer))
	}
}

// lasts says how long an offer is good.
func (s *Screen) lasts(o *data.Offer) string {
	if o.ValidTo == "" {
		return s.env.T("redeem.no_end")
	}
	return s.env.T("redeem.until", "day", s.date(o.ValidTo))
}

func (s *Screen) shortDay(at data.Instant) string {
	return s.env.Texts.Day(at.In(s.env.Business.Location()))
}

func (s *Screen) nameOr(name string) string {
	if name == "" {
		return s.env.T("redeem.nobody")
	}
	return name
}

func (s *Screen) number(p data.Phone) string { return phone.Show(p, s.env.Business.Country) }

// person names somebody with their number.
func (s *Screen) person(name string, number data.Phone) string {
	if name == "" {
		return s.number(number)
	}
	return s.env.T("redeem.person", "name", name, "number", s.number(number))
}

// minimum is the least full price for which an offer holds.
func (s *Screen) minimum(o *data.Offer) string {
	return s.env.Texts.MoneyShort(data.Money{Minor: o.Minimum, Currency: s.currency()})
}

// soon is how many days before its end a coupon is said to end.
const soon = 7

// whileHere is what else there is to say to the customer: other coupons, the
// next visit. nil when there is nothing.
func (s *Screen) whileHere() fyne.CanvasObject {
	env, here := s.env, s.desk.Answer.Here
	if here == nil || len(here.Coupons) == 0 && here.Visit == nil {
		return nil
	}
	name := s.desk.Answer.Contact
	title := env.T("redeem.while_here", "name", name)
	if name == "" {
		title = env.T("redeem.while_here_nobody")
	}
	column := widget.Column(12, widget.Bold(title))
	for i := range here.Coupons {
		c := &here.Coupons[i]
		until := s.lasts(&c.Offer)
		switch days := s.daysLeft(&c.Offer); {
		case days == 0:
			until = env.T("redeem.ends_today")
		case days > 0 && days <= soon:
			until = env.N("redeem.ends_in", days)
		}
		detail := env.T("redeem.code_until", "code", data.ShowCode(c.Code), "until", until)
		column.Add(line(icons.Offer, widget.Neutral, env.T("redeem.one_more", "offer", c.Offer.Title), detail,
			widget.Secondary(env.T("redeem.use_now"), func() { s.useNow(c) }).Small()))
	}
	if v := here.Visit; v != nil {
		what := v.Service
		if what == "" {
			what = env.T("redeem.visit")
		}
		column.Add(line(icons.Appointments, widget.Accent, env.T("redeem.next_visit", "when", s.visitWhen(v)), visitDetail(what, v.Staff),
			widget.Secondary(env.T("common.open"), func() { s.toVisit(v) }).Small()))
	}
	return widget.NewPanel(column)
}

// daysLeft is how many days after today an offer still has; -1 where it has no
// end.
func (s *Screen) daysLeft(o *data.Offer) int {
	if o.ValidTo == "" {
		return -1
	}
	zone := s.env.Business.Location()
	today := data.DateOf(s.env.Clock.Now().In(zone)).Start(zone)
	return int((o.ValidTo.Start(zone).Sub(today).Hours() + 12) / 24)
}

// useNow puts another coupon of the customer into the boxes.
func (s *Screen) useNow(c *store.CouponAtHand) {
	s.before()
	s.desk.Choose(c.Code, s.env.T("redeem.chosen", "name", s.nameOr(c.Name), "offer", c.Offer.Title))
	s.desk.show()
	s.listen()
}

func visitDetail(what, staff string) string {
	if staff == "" {
		return what
	}
	return what + " · " + staff
}

package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"counterbell/data"
)

// Coupons by whose they are: for a customer who has forgotten the code, and for what else they have while they are here.

// A CouponAtHand is a person's coupon as the till sees it.
type CouponAtHand struct {
	Code     string // bare
	Offer    data.Offer
	Contact  data.ContactID
	Name     string
	Phone    data.Phone
	Campaign string
	Practice bool
	Used     int
	LastUse  data.Instant       // 0: never
	Problem  data.RedeemProblem // why it can't be redeemed today; "": it can
}

const handColumns = `k.code, k.used, o.id, o.title, o.kind, o.percent, o.amount, o.currency, o.terms, o.valid_from, o.valid_to, o.uses, o.minimum, p.id, p.name, p.phone, c.name, c.practice,
	coalesce((SELECT max(at) FROM redemption r WHERE r.coupon_id = k.id AND r.undone_at = 0), 0)`

// handTables leaves out the coupons of campaigns that haven't begun: nobody has got those yet, and they may be taken back.
const handTables = `coupon k JOIN offer o ON o.id = k.offer_id JOIN campaign c ON c.id = k.campaign_id AND c.state NOT IN ('draft', 'awaiting_approval', 'undo', 'scheduled')
	JOIN person p ON p.id = k.contact_id`

// good is the condition of what can be redeemed on a day, as Redeem has it.
const good = `k.used < o.uses AND (o.valid_from = '' OR o.valid_from <= ?1) AND (o.valid_to = '' OR o.valid_to >= ?1)`

func scanAtHand(today string) func(r *sql.Rows) (CouponAtHand, error) {
	return func(r *sql.Rows) (h CouponAtHand, err error) {
		o := &h.Offer
		err = r.Scan(&h.Code, &h.Used, &o.ID, &o.Title, &o.Kind, &o.Percent, &o.Amount.Minor, &o.Amount.Currency, &o.Terms, &o.ValidFrom, &o.ValidTo, &o.Uses, &o.Minimum,
			&h.Contact, &h.Name, &h.Phone, &h.Campaign, &h.Practice, &h.LastUse)
		switch {
		case o.ValidTo != "" && string(o.ValidTo) < today:
			h.Problem = data.CodeExpired
		case o.ValidFrom != "" && string(o.ValidFrom) > today:
			h.Problem = data.CodeNotYet
		case h.Used >= o.Uses:
			h.Problem = data.CodeUsed
		}
		return h, err
	}
}

// today is the shop's day.
func (s *Store) today(ctx context.Context) (string, error) {
	b, err := s.Business(ctx)
	return string(data.DateOf(s.Now().In(b.Location()))), err
}

// FindCoupons lists coupons of the people that a name or number finds: those that can be redeemed today first, and of
// these the ones that end first; then the latest of the others.
func (s *Store) FindCoupons(ctx context.Context, search string, limit int) ([]CouponAtHand, error) {
	const op = "find coupons by name"
	if search = strings.TrimSpace(search); search == "" {
		return nil, nil
	}
	// Of many people of one name those who have a coupon are wanted: more are looked at than are shown.
	ids, err := s.Find(ctx, Filter{Search: search, Limit: 500})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return s.atHand(ctx, op, ids, limit, ``)
}

// atHand lists coupons of some people.
func (s *Store) atHand(ctx context.Context, op string, people []data.ContactID, limit int, also string, args ...any) ([]CouponAtHand, error) {
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]string, len(people))
	for i, id := range people {
		list[i] = strconv.FormatInt(int64(id), 10) // numbers of ours, not what was typed
	}
	all, err := collect(ctx, s.read, scanAtHand(today), `SELECT `+handColumns+` FROM `+handTables+` WHERE k.contact_id IN (`+strings.Join(list, ",")+`)`+also+`
		ORDER BY (`+good+`) DESC, CASE WHEN `+good+` THEN coalesce(nullif(o.valid_to, ''), '9999') ELSE '' END, k.id DESC LIMIT ?2`, append([]any{today, limit}, args...)...)
	return all, fault(op, err)
}

// A Presence is what there is to say to a person who is at the till.
type Presence struct {
	Contact data.Contact
	Coupons []CouponAtHand // that can be redeemed today, the first to end first
	Visit   *data.Appointment
}

// WhileHere tells what else a person has, but for the coupon that was just used. Error data.NotFound.
func (s *Store) WhileHere(ctx context.Context, person data.ContactID, but string) (p Presence, err error) {
	const op = "look what else a customer has"
	who, err := s.Contacts(ctx, []data.ContactID{person})
	if err == nil && len(who) == 0 {
		err = data.Errorf(data.NotFound, op, "no contact %d", person)
	}
	if err != nil {
		return p, err
	}
	p.Contact = who[0]
	bare, err := data.ReadCode(but)
	if err != nil {
		bare = ""
	}
	if p.Coupons, err = s.atHand(ctx, op, []data.ContactID{person}, 3, ` AND k.code <> ?3 AND `+good, bare); err != nil {
		return p, err
	}
	visits, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE phone <> '' AND phone IN (SELECT ?1 UNION ALL SELECT phone FROM contact_phone WHERE contact_id = ?2)
		AND starts_at > ?3 AND state IN ('booked', 'reminded', 'confirmed', 'unclear') ORDER BY starts_at, id LIMIT 1`, string(p.Contact.Phone), person, s.Now())
	if err == nil && len(visits) > 0 {
		p.Visit = &visits[0]
	}
	return p, fault(op, err)
}

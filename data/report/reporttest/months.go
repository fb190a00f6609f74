package reporttest

import (
	"fmt"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// RemindersBegan is the day on which the shop of Months sent its first reminder.
const RemindersBegan = data.Date("2026-08-13")

const (
	monthsPeople = 300
	visitsAWeek  = 12
	missedBefore = 8  // one visit in so many, before reminders began
	missedSince  = 24 // and since
)

// Months is a shop that has had a campaign every other Thursday since June, saved groups, people who come or don't, and
// reminders since RemindersBegan: what reports over a longer time are about. It ends on the Tuesday of New.
func Months(t testing.TB) *Shop {
	t.Helper()
	return cast(t, "months", months)
}

func months(t testing.TB) *Shop {
	t.Helper()
	shop := Empty(t)
	shop.Clock.Set(At(t, "2026-06-01T09:30"))
	shop.People(monthsPeople, 0)
	for name, where := range map[string]string{"VIP": "tag = VIP", "Lenses": "tag = Lenses", "Eye exam due": `tag = "Eye exam due"`, "Portland": "city = Portland"} {
		shop.must(shop.Store.SaveGroup(t.Context(), name, where))
	}
	visits := shop.book()
	campaigns := 0
	for day := At(t, "2026-06-04T10:00"); day.Before(At(t, "2026-11-23T00:00")); day = day.AddDate(0, 0, 7) {
		shop.Clock.Set(day)
		shop.remind(visits, day)
		campaigns++
		for i := range campaigns % 3 {
			shop.leave(campaigns*4+i, day)
		}
		if campaigns%2 == 1 {
			shop.Campaign = shop.Send(fmt.Sprint("Week ", campaigns), monthsPeople, 3, 1, 0)
			shop.follow(day, campaigns)
		}
	}
	shop.Clock.Set(At(t, "2026-11-24T10:42"))
	return shop
}

// follow plays the days after a campaign: receipts, opens, redemptions.
func (s *Shop) follow(begin time.Time, n int) {
	s.t.Helper()
	all, err := s.Store.Messages(s.ctx, store.MessageFilter{Campaign: s.Campaign, State: data.Accepted})
	s.must(err)
	var news []store.Delivery
	for i, m := range all {
		d := store.Delivery{Message: m.ID, State: data.Delivered, At: m.AcceptedAt.Add(4 * time.Second)}
		if i%29 == 28 {
			d.State, d.Class = data.Undelivered, data.ClassUnroutable
		}
		news = append(news, d)
	}
	s.must(s.Store.StoreDeliveries(s.ctx, nil, news))
	codes, err := s.Store.CouponCodes(s.ctx, coupons(all))
	s.must(err)
	hours := []int{0, 0, 0, 1, 1, 2, 7, 7, 8, 26, 31}
	var opens []store.LinkOpen
	for i := n % 3; i < len(all); i += 3 {
		at := begin.Add(time.Duration(hours[(i/3+n)%len(hours)])*time.Hour + time.Duration(i)*7*time.Second)
		opens = append(opens, s.open(all[i].Token, at, data.OpenHuman))
	}
	s.must(s.Store.StoreOpens(s.ctx, "relay", opens, nil, s.event))
	for i, m := range all {
		// Of the VIPs one in seven redeems, of the others one in seventeen.
		if every := map[bool]int{true: 7, false: 17}[i%3 == 0]; i%every == n%every && news[i].State == data.Delivered {
			s.Clock.Set(begin.Add(time.Duration(i%5*24+i%7) * time.Hour))
			s.redeem(codes[m.Coupon])
		}
	}
}

// leave lets somebody withdraw.
func (s *Shop) leave(n int, at time.Time) {
	s.t.Helper()
	_, err := s.Store.StoreReplies(s.ctx, "practice", []store.Reply{{
		Inbound:  data.Inbound{Provider: "practice", ProviderID: fmt.Sprint("stop", n), From: Phone(n), Text: "STOP", At: data.At(at), Reply: data.ReplyOptOut, Keyword: "STOP"},
		Consents: []data.ConsentEntry{{Phone: Phone(n), Event: data.Withdraw, Scope: data.ScopeMarketing, GivenAt: data.At(at), Single: true, Confirmed: true, Statement: data.Statement{Method: "keyword", Source: "reply"}}},
	}}, fmt.Sprint("stop", n))
	s.must(err)
}

// book books the visits of all these weeks, and marks those that lie behind.
func (s *Shop) book() []data.Appointment {
	s.t.Helper()
	var changes []data.ScheduleChange
	facts := map[data.Phone]data.PhoneFacts{}
	n := 0
	for day := At(s.t, "2026-06-01T09:00"); day.Before(At(s.t, "2026-11-24T00:00")); day = day.AddDate(0, 0, 7) {
		for i := range visitsAWeek {
			p := Phone(n % monthsPeople)
			facts[p] = data.PhoneFacts{Phone: p, Region: "US", Fictional: true, Zones: []string{Zone}}
			at := day.AddDate(0, 0, i%5).Add(time.Duration(i/5*90) * time.Minute)
			changes = append(changes, data.ScheduleChange{Kind: data.ChangeNew, After: data.Appointment{
				ExternalID: fmt.Sprint("M-", n), Patient: Name(n), Phone: p, Wall: data.Wall(at), Zone: Zone, Service: "Eye exam", Staff: "Dr Okafor", Minutes: 30,
			}})
			n++
		}
	}
	r := data.Receipt{File: "appointments.xlsx", Rows: n, Added: n}
	s.must(s.Store.ApplySchedule(s.ctx, &r, data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}, changes, facts))
	booked, err := s.Store.Appointments(s.ctx, "2026-06-01", "2026-11-25")
	s.must(err)
	return booked
}

// remind reminds of the visits from now to the same day next week, once the shop does, and marks those of the week behind.
func (s *Shop) remind(visits []data.Appointment, now time.Time) {
	s.t.Helper()
	var plan []store.PlannedReminder
	for i, a := range visits {
		starts, err := a.Starts()
		s.must(err)
		away := starts.Sub(data.At(now))
		if away >= 0 && away < 7*24*time.Hour && data.DateOf(now) >= RemindersBegan {
			plan = append(plan, store.PlannedReminder{Appointment: a, Step: "1d", Due: data.At(now), NotAfter: starts})
		}
		if away < 0 && away >= -7*24*time.Hour {
			state, every := data.Arrived, missedBefore
			if data.Date(a.Wall[:10]) > RemindersBegan {
				every = missedSince
			}
			if i%every == 0 {
				state = data.NoShow
			}
			s.must(s.Store.SetAppointmentState(s.ctx, a.ID, state))
		}
	}
	if len(plan) == 0 {
		return
	}
	_, err := s.Store.PlanReminders(s.ctx, plan)
	s.must(err)
	claimed, err := s.Store.Claim(s.ctx, 100, time.Minute)
	s.must(err)
	s.handOver(claimed, func(int) (data.MessageState, data.ErrorClass, string) { return data.Accepted, "", "" })
}

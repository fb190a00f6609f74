package reporttest

import (
	"fmt"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// aftermath plays the twelve days after the campaign: receipts at once, then opens and redemptions.
func (s *Shop) aftermath() {
	s.t.Helper()
	all, err := s.Store.Messages(s.ctx, store.MessageFilter{Campaign: s.Campaign, State: data.Accepted})
	s.must(err)
	if len(all) != Sent {
		s.t.Fatalf("%d were accepted, not %d", len(all), Sent)
	}
	var news []store.Delivery
	for i, m := range all {
		d := store.Delivery{Message: m.ID, State: data.Delivered, At: m.AcceptedAt.Add(4 * time.Second)}
		if i >= Delivered {
			d.State, d.Class, d.Code = data.Undelivered, data.ClassUnroutable, "30005"
		}
		news = append(news, d)
	}
	s.must(s.Store.StoreDeliveries(s.ctx, nil, news))
	codes, err := s.Store.CouponCodes(s.ctx, coupons(all))
	s.must(err)
	begin := s.Clock.Now()
	opened, previewed, redeemed := 0, Opened, 0
	for day := range OpensByDay {
		at := begin.AddDate(0, 0, day)
		var opens []store.LinkOpen
		for range OpensByDay[day] {
			opens = append(opens, s.open(all[opened].Token, at.Add(time.Hour), data.OpenHuman), s.open(all[opened].Token, at.Add(2*time.Hour), data.OpenHuman))
			opened++
		}
		for range PreviewsByDay[day] {
			opens = append(opens, s.open(all[previewed].Token, at.Add(time.Minute), data.OpenPreview))
			previewed++
		}
		if day == 0 { // a phone's preview before the person's own open counts as theirs
			opens = append(opens, s.open(all[0].Token, at.Add(time.Second), data.OpenPreview))
		}
		s.Clock.Set(at.Add(3 * time.Hour))
		s.must(s.Store.StoreOpens(s.ctx, "relay", opens, nil, s.event))
		for range RedemptionsByDay[day] {
			// A redeems more than B: three of five.
			m := all[2*redeemed+redeemed%5%2]
			s.redeem(codes[m.Coupon])
			redeemed++
		}
	}
	if redeemed != Redeemed || opened != Opened || previewed != Opened+Previews {
		s.t.Fatalf("played %d opens, %d previews, %d redemptions", opened, previewed-Opened, redeemed)
	}
}

func coupons(all []data.Message) (ids []data.CouponID) {
	for _, m := range all {
		ids = append(ids, m.Coupon)
	}
	return ids
}

func (s *Shop) open(token string, at time.Time, class data.OpenClass) store.LinkOpen {
	s.event++
	return store.LinkOpen{Event: s.event, Token: token, At: data.At(at), Class: class}
}

func (s *Shop) redeem(code string) {
	s.t.Helper()
	got, err := s.Store.Redeem(s.ctx, store.RedeemRequest{Code: code, Paid: &data.Money{Minor: Paid, Currency: "USD"}})
	s.must(err)
	if !got.OK {
		s.t.Fatalf("%s: %s", code, got.Problem)
	}
}

// visits is the schedule: today's nine, two tomorrow without a number, and last week's.
var visits = []struct {
	wall, patient, service, staff string
	phone                         int // -1: none
	state                         data.AppointmentState
	reminded                      bool
}{
	{"2026-11-24T09:00", "Maya Chen", "Eye exam", "Dr Okafor", 0, data.Arrived, true},
	{"2026-11-24T09:30", "Tom Alvarez", "Contact lens check", "Dr Lindqvist", 1, data.Confirmed, true},
	{"2026-11-24T10:15", "Priya Nair", "Eye exam", "Dr Okafor", 2, data.Confirmed, true},
	{"2026-11-24T11:00", "Walter Greene", "Frame fitting", "Tomás", 3, data.Reminded, true},
	{"2026-11-24T11:30", "Ines Duarte", "Eye exam", "Dr Lindqvist", 4, data.UnclearReply, true},
	{"2026-11-24T13:00", "Jonah Weiss", "Eye exam", "Dr Okafor", 5, data.ApptCancelled, true},
	{"2026-11-24T14:15", "Grace Kim", "Pick up", "Tomás", 6, data.Confirmed, true},
	{"2026-11-24T15:00", "Leo Marchetti", "Contact lens check", "Dr Okafor", 7, data.Booked, false},
	{"2026-11-24T16:30", "Ruth Abelson", "Eye exam", "Dr Lindqvist", 8, data.Confirmed, true},
	{"2026-11-25T09:30", "Nadia Blum", "Eye exam", "Dr Okafor", -1, data.Booked, false},
	{"2026-11-25T14:00", "Otto Frey", "Pick up", "Tomás", -1, data.Booked, false},
	{"2026-11-18T09:00", "Ada Osei", "Eye exam", "Dr Okafor", 11, data.Arrived, true},
	{"2026-11-18T10:00", "Carl Jensen", "Eye exam", "Dr Okafor", 10, data.NoShow, false},
	{"2026-11-19T09:00", "Sam Whitaker", "Pick up", "Tomás", 9, data.Arrived, true},
	{"2026-11-19T10:00", "Grace Kim", "Eye exam", "Dr Lindqvist", 6, data.Arrived, true},
}

// schedule imports the visits, reminds people of them and lets three answer unclearly.
func (s *Shop) schedule() {
	s.t.Helper()
	s.Clock.Set(At(s.t, "2026-11-17T10:00"))
	var changes []data.ScheduleChange
	facts := map[data.Phone]data.PhoneFacts{}
	for i, v := range visits {
		a := data.Appointment{ExternalID: fmt.Sprint("L-", i), Patient: v.patient, Wall: v.wall, Zone: Zone, Service: v.service, Staff: v.staff, Minutes: 30}
		if v.phone >= 0 {
			a.Phone = Phone(v.phone)
			facts[a.Phone] = data.PhoneFacts{Phone: a.Phone, Region: "US", Fictional: true, Zones: []string{Zone}}
		}
		changes = append(changes, data.ScheduleChange{Kind: data.ChangeNew, After: a})
	}
	r := data.Receipt{File: "appointments.xlsx", Rows: len(visits), Added: len(visits)}
	s.must(s.Store.ApplySchedule(s.ctx, &r, data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract}, changes, facts))
	booked, err := s.Store.Appointments(s.ctx, "2026-11-17", "2026-11-27")
	s.must(err)
	var plan []store.PlannedReminder
	byID := map[string]int{}
	for i := range visits {
		byID[fmt.Sprint("L-", i)] = i
	}
	for _, a := range booked {
		if visits[byID[a.ExternalID]].reminded {
			starts, err := a.Starts()
			s.must(err)
			plan = append(plan, store.PlannedReminder{Appointment: a, Step: "1d", Due: s.Store.Now(), NotAfter: starts})
		}
	}
	_, err = s.Store.PlanReminders(s.ctx, plan)
	s.must(err)
	claimed, err := s.Store.Claim(s.ctx, 100, time.Minute)
	s.must(err)
	s.handOver(claimed, func(int) (data.MessageState, data.ErrorClass, string) { return data.Accepted, "", "" })
	for _, a := range booked {
		s.must(s.Store.SetAppointmentState(s.ctx, a.ID, visits[byID[a.ExternalID]].state))
	}
	s.Clock.Set(At(s.t, "2026-11-24T08:10"))
	var replies []store.Reply
	for i, text := range []string{"who is this", "can I bring my son", "maybe after 4?"} {
		replies = append(replies, store.Reply{Inbound: data.Inbound{
			Provider: "practice", ProviderID: fmt.Sprint("r", i), From: Phone(4 + i), Text: text,
			At: data.At(s.Clock.Now().Add(time.Duration(i) * time.Minute)), Reply: data.ReplyUnclear, Review: true,
		}})
	}
	_, err = s.Store.StoreReplies(s.ctx, "practice", replies, "3")
	s.must(err)
}

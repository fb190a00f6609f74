package report

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// A Question says what a report is to be about.
type Question struct {
	Campaign data.CampaignID // 0: all campaigns begun in the days
	From, To data.Date       // both inclusive, the shop's days; empty: Read chooses
}

// LongestDays is how many days a report may cover: ten years.
const LongestDays = 3660

// Range is wide enough for what is usually asked: without days a campaign's report goes from the day it was sent to the
// last day on which something came of it, at least two weeks and never beyond today; a report of all campaigns covers
// the last 30 days.
const (
	leastDays = 14
	monthDays = 30
)

// Read counts what came of a campaign, or of the campaigns of some days. All figures are of one moment, and add up.
// Errors: campaign_unknown; report_days when To lies before From or the days are too many; Internal when the figures
// don't add up.
func Read(ctx context.Context, s *store.Store, q Question) (*Report, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	r := &Report{Business: b.Name, Zone: b.Location().String(), MadeAt: now, From: q.From, To: q.To}
	if q.Campaign != 0 {
		if r.Campaign, err = s.Campaign(ctx, q.Campaign); err != nil {
			return nil, err
		}
	}
	today := data.DateOf(now.In(b.Location()))
	open := r.To == ""
	if open {
		r.To = max(today, r.From)
	}
	if r.From == "" {
		r.From = addDays(r.To, 1-monthDays)
		if c := r.Campaign; c != nil {
			r.From = min(data.DateOf(cmp.Or(c.SentAt, c.CreatedAt, now).In(b.Location())), r.To)
		}
	}
	if err := checkDays(r.From, r.To); err != nil {
		return nil, err
	}
	if err := s.Tally(ctx, q.Campaign, nil); err != nil {
		return nil, err
	}
	r.scope = store.ReportScope{Campaign: q.Campaign, From: data.At(r.From.Start(b.Location())), To: r.To.End(b.Location()) + 1}
	f, err := s.Figures(ctx, r.scope)
	if err != nil {
		return nil, err
	}
	r.Practice = f.Practice
	r.count(&f, b.Location())
	if last := r.lastDay(); open && r.Campaign != nil && last < r.To {
		q.From, q.To = r.From, last
		return Read(ctx, s, q)
	}
	r.compare()
	r.find()
	return r, r.Check()
}

// count spreads the store's figures over the report.
func (r *Report) count(f *store.Figures, zone *time.Location) {
	r.Campaigns = len(f.Campaigns)
	for _, c := range f.Campaigns {
		r.Funnel.Audience += c.Audience
	}
	variants, reasons := map[string]*Variant{}, map[Reason]int{}
	currencies, unpriced := map[string]bool{}, 0
	for _, m := range f.Messages {
		v := variants[m.Variant]
		if v == nil {
			v = &Variant{Name: m.Variant}
			variants[m.Variant] = v
		}
		v.add(&m)
		r.Funnel.Opened, r.Funnel.Previews, r.Funnel.Redeemed = r.Funnel.Opened+m.Opened, r.Funnel.Previews+m.Previews, r.Funnel.Redeemed+m.Redeemed
		if add(&r.Funnel, m.State, m.People) {
			reasons[Reason{State: m.State, Code: m.Reason}] += m.People
		}
		switch m.State {
		case data.Accepted, data.Delivered, data.Undelivered:
			r.Money.Segments += m.Segments
			r.Money.Cost.Micros += m.Cost
			unpriced += m.Unpriced
			currencies[m.Currency] = true
			r.Money.Cost.Currency = max(r.Money.Cost.Currency, m.Currency)
		}
	}
	r.Money.Cost.Known = unpriced == 0 && len(currencies) == 1
	r.Money.Sales, r.Money.Redemptions, r.Money.WithAmount = append([]data.Money{}, f.Sales...), f.Redemptions, f.WithAmount
	r.Rates = Rates{RateOf(r.Funnel.Delivered, r.Funnel.Sent), RateOf(r.Funnel.Opened, r.Funnel.Delivered), RateOf(r.Funnel.Redeemed, r.Funnel.Delivered)}
	r.Variants = []Variant{}
	for _, v := range variants {
		v.rate()
		r.Variants = append(r.Variants, *v)
	}
	slices.SortFunc(r.Variants, func(a, b Variant) int { return cmp.Compare(a.Name, b.Name) })
	r.Reasons = []Reason{}
	for why, n := range reasons {
		why.N = n
		r.Reasons = append(r.Reasons, why)
	}
	slices.SortFunc(r.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.State, b.State), cmp.Compare(a.Code, b.Code))
	})
	r.Days = spread(f.Happened, r.From, r.To, zone)
	r.Appointments = appointments(f)
}

// add counts n messages in a state, and tells whether the state is one that has a reason.
func add(f *store.Funnel, state data.MessageState, n int) (reasoned bool) {
	switch state {
	case data.Queued, data.Claimed, data.Sending:
		f.Waiting += n
	case data.Accepted:
		f.Sent += n
	case data.Delivered:
		f.Sent, f.Delivered = f.Sent+n, f.Delivered+n
	case data.Undelivered:
		f.Sent, f.Undelivered = f.Sent+n, f.Undelivered+n
		return true
	case data.Held:
		f.Held += n
		return true
	case data.Blocked:
		f.Blocked += n
		return true
	case data.Rejected:
		f.Rejected += n
		return true
	case data.Unknown:
		f.Unknown += n
		return true
	case data.Expired:
		f.Expired += n
		return true
	case data.MsgCancelled:
		f.Cancelled += n
		return true
	}
	return false
}

func appointments(f *store.Figures) Appointments {
	a := Appointments{States: map[data.AppointmentState]int{}}
	for _, x := range f.Appointments {
		a.Total += x.N
		a.States[x.State] += x.N
		if x.NoPhone {
			a.NoPhone += x.N
		}
		if x.Reminded {
			switch x.State {
			case data.Confirmed:
				a.Reminders.Confirmed += x.N
			case data.ApptCancelled:
				a.Reminders.Cancelled += x.N
			case data.UnclearReply:
				a.Reminders.Unclear += x.N
			}
		}
	}
	a.Reminders.Sent = f.Reminders
	a.NoShow = RateOf(a.Missed(), a.Came()+a.Missed())
	return a
}

// spread adds quarters of an hour up to the days of a zone, and has every day of the range.
func spread(happened []store.Happened, from, to data.Date, zone *time.Location) []Day {
	all := make([]Day, days(from, to))
	at := map[data.Date]*Day{}
	for i := range all {
		all[i].Date = addDays(from, i)
		at[all[i].Date] = &all[i]
	}
	for _, h := range happened {
		d := at[data.DateOf(h.At.In(zone))]
		if d == nil {
			continue
		}
		switch h.Kind {
		case "sent":
			d.Sent += h.N
		case "delivered":
			d.Delivered += h.N
		case "open":
			d.Opens += h.N
		case "preview":
			d.Previews += h.N
		case "redemption":
			d.Redemptions += h.N
		}
	}
	return all
}

// lastDay is the last day on which anything happened, at least two weeks after From where the report goes that far.
func (r *Report) lastDay() data.Date {
	n := len(r.Days)
	for n > leastDays && r.Days[n-1] == (Day{Date: r.Days[n-1].Date}) {
		n--
	}
	return r.Days[n-1].Date
}

// days counts the days from one to another, both included; below 1 when to lies before from.
func days(from, to data.Date) int {
	a, b := from.Start(time.UTC), to.Start(time.UTC)
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return int(math.Round(b.Sub(a).Hours()/24)) + 1
}

// addDays moves a day on the calendar.
func addDays(d data.Date, n int) data.Date {
	return data.DateOf(d.Start(time.UTC).AddDate(0, 0, n))
}

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

// A Period is the report of a time: all campaigns begun in it, and what only a time can show: which groups redeem, at
// which hours people read, whether they keep their visits, what texts cost and brought, how many agree to get them. It
// is the JSON of `bell report` without a campaign, and what the Reports page shows and exports.
type Period struct {
	*Report
	Before  Totals      `json:"before"` // the time that this one is compared with
	Parts   []Part      `json:"parts"`
	Step    Step        `json:"step"` // how long a part is
	Groups  []GroupRate `json:"groups"`
	Hours   Hours       `json:"hours"`
	NoShows NoShows     `json:"no_shows"`
	Consent Agreed      `json:"consent"`
}

// Totals are the few figures by which two times are compared.
type Totals struct {
	From      data.Date    `json:"from"`
	To        data.Date    `json:"to"`
	Campaigns int          `json:"campaigns"`
	Funnel    store.Funnel `json:"funnel"`
	Rates     Rates        `json:"rates"`
	Money     store.Money  `json:"money"`
	Visits    Visits       `json:"visits"`
	Consent   Agreed       `json:"consent"`
}

// Totals are the period's own.
func (p *Period) Totals() Totals {
	return Totals{
		From: p.From, To: p.To, Campaigns: p.Campaigns, Funnel: p.Funnel, Rates: p.Rates, Money: p.Money,
		Visits: p.NoShows.All, Consent: p.Consent,
	}
}

// Visits counts visits of which it is known whether the person came.
type Visits struct {
	Came   int `json:"came"`
	Missed int `json:"missed"`
}

// Known is all of them.
func (v Visits) Known() int { return v.Came + v.Missed }

// Rate is the share of those who didn't come.
func (v Visits) Rate() Rate { return RateOf(v.Missed, v.Known()) }

func (v *Visits) add(f store.VisitFigures) { v.Came, v.Missed = v.Came+f.Came, v.Missed+f.Missed }

// Agreed counts people by what the ledger got about offers: those who agreed, and those who withdrew or objected. One
// person may do both, and more than once.
type Agreed struct {
	Agreed   int `json:"agreed"`
	Withdrew int `json:"withdrew"`
}

// A Step is how long the parts of a period are.
type Step string

const (
	StepDay   Step = "day"
	StepWeek  Step = "week" // from Monday on
	StepMonth Step = "month"
)

// A Part is a stretch of a period, for charts over time: what happened in it, whichever campaign it came of. The first
// and the last one may be shorter than the others. Cost is of the texts sent in it, Sales of the coupons redeemed.
type Part struct {
	From        data.Date    `json:"from"`
	To          data.Date    `json:"to"`
	Sent        int          `json:"sent"`
	Opens       int          `json:"opens"`
	Redemptions int          `json:"redemptions"`
	Sales       []data.Money `json:"sales"`
	Cost        data.Cost    `json:"cost"`
	Visits      Visits       `json:"visits"`
	Consent     Agreed       `json:"consent"`

	unpriced bool
}

// stepOf chooses parts that a chart has room for.
func stepOf(n int) Step {
	switch {
	case n <= 21:
		return StepDay
	case n <= 190:
		return StepWeek
	}
	return StepMonth
}

// ReadPeriod counts what came of all campaigns of some days, and compares it with those of before. All figures but the
// groups' and those of before are of one moment, and add up. progress, which may be nil, hears how far it is.
// Errors as Read's.
func ReadPeriod(ctx context.Context, s *store.Store, span Span, progress func(Progress)) (*Period, error) {
	if progress == nil {
		progress = func(Progress) {}
	}
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	zone := b.Location()
	today := data.DateOf(s.Now().In(zone))
	from, to, beforeFrom, beforeTo := span.Days(today)
	r := &Report{Business: b.Name, Zone: zone.String(), MadeAt: s.Now(), From: from, To: to}
	if err := checkDays(from, to); err != nil {
		return nil, err
	}
	if err := s.Tally(ctx, 0, func(done, of int) { progress(Progress{Counting, done, of}) }); err != nil {
		return nil, err
	}
	r.scope = store.ReportScope{From: data.At(from.Start(zone)), To: to.End(zone) + 1}
	f, err := s.PeriodFigures(ctx, r.scope.From, r.scope.To)
	if err != nil {
		return nil, err
	}
	p := &Period{Report: r, Step: stepOf(days(from, to))}
	r.Practice = f.Practice
	r.count(&f.Figures, zone)
	p.divide(&f, zone)
	p.Hours = hoursOf(f.Happened, zone)
	p.NoShows = noShowsOf(&f, zone)
	if p.Before, err = readTotals(ctx, s, beforeFrom, beforeTo, zone); err != nil {
		return nil, err
	}
	groups, err := s.GroupFigures(ctx, r.scope.From, r.scope.To, func(done, of int) { progress(Progress{Grouping, done, of}) })
	if err != nil {
		return nil, err
	}
	p.Groups = groupRates(groups)
	p.find()
	return p, p.Check()
}

// A Progress is how far ReadPeriod is: so many of so many campaigns or groups.
type Progress struct {
	What     Work
	Done, Of int
}

// Work is what is being done. Its text is "report.work.WORK".
type Work string

const (
	Counting Work = "campaigns"
	Grouping Work = "groups"
)

func readTotals(ctx context.Context, s *store.Store, from, to data.Date, zone *time.Location) (t Totals, err error) {
	f, err := s.PeriodFigures(ctx, data.At(from.Start(zone)), to.End(zone)+1)
	if err != nil {
		return t, err
	}
	r := &Report{From: from, To: to}
	r.count(&f.Figures, zone)
	t = Totals{From: from, To: to, Campaigns: r.Campaigns, Funnel: r.Funnel, Rates: r.Rates, Money: r.Money}
	for _, v := range f.Visits {
		t.Visits.add(v)
	}
	for _, c := range f.Consent {
		t.Consent.add(c)
	}
	return t, r.Funnel.Check()
}

func (a *Agreed) add(c store.ConsentFigures) {
	switch {
	case c.Event.Opens() && c.Event != data.Renew && c.Event != data.Confirm: // who confirms has been counted
		a.Agreed += c.People
	case c.Event == data.Withdraw || c.Event == data.Object:
		a.Withdrew += c.People
	}
}

// divide spreads what happened over the parts.
func (p *Period) divide(f *store.PeriodFigures, zone *time.Location) {
	p.Parts = parts(p.From, p.To, p.Step)
	at := func(day data.Date) *Part {
		i, found := slices.BinarySearchFunc(p.Parts, day, func(part Part, day data.Date) int { return cmp.Compare(part.From, day) })
		if !found {
			i--
		}
		if i < 0 || day > p.Parts[i].To {
			return nil
		}
		return &p.Parts[i]
	}
	for _, h := range f.Happened {
		if part := at(data.DateOf(h.At.In(zone))); part != nil {
			part.happen(h)
		}
	}
	for i := range p.Parts {
		c := &p.Parts[i].Cost
		c.Known = p.Parts[i].Sent > 0 && c.Currency != "" && !p.Parts[i].unpriced
	}
	for _, v := range f.Visits {
		if part := at(v.Day); part != nil {
			part.Visits.add(v)
		}
	}
	for _, c := range f.Consent {
		if part := at(data.DateOf(c.At.In(zone))); part != nil {
			part.Consent.add(c)
			p.Consent.add(c)
		}
	}
}

func (p *Part) happen(h store.Happened) {
	switch h.Kind {
	case "sent":
		p.Sent += h.N
		p.Cost.Micros += data.Micros(h.Amount)
		if h.Known < h.N || p.Cost.Currency != "" && h.Currency != p.Cost.Currency {
			p.unpriced = true
		}
		p.Cost.Currency = cmp.Or(p.Cost.Currency, h.Currency)
	case "open":
		p.Opens += h.N
	case "redemption":
		p.Redemptions += h.N
		if h.Known == 0 {
			return
		}
		for i := range p.Sales {
			if p.Sales[i].Currency == h.Currency {
				p.Sales[i].Minor += h.Amount
				return
			}
		}
		p.Sales = append(p.Sales, data.Money{Minor: h.Amount, Currency: h.Currency})
	}
}

// parts cuts days into steps: at Mondays, at the first of the months.
func parts(from, to data.Date, step Step) []Part {
	var all []Part
	for day := from; day <= to; day = addDays(day, 1) {
		at := day.Start(time.UTC)
		begins := step == StepDay || step == StepWeek && at.Weekday() == time.Monday || step == StepMonth && at.Day() == 1
		if len(all) == 0 || begins {
			all = append(all, Part{From: day, Sales: []data.Money{}})
		}
		all[len(all)-1].To = day
	}
	return all
}

// Check fails loudly when the figures don't add up: code Internal.
func (p *Period) Check() error {
	if err := p.Report.Check(); err != nil {
		return err
	}
	var sent, opens, redemptions int
	for _, part := range p.Parts {
		sent, opens, redemptions = sent+part.Sent, opens+part.Opens, redemptions+part.Redemptions
	}
	for _, d := range p.Days {
		sent, opens, redemptions = sent-d.Sent, opens-d.Opens, redemptions-d.Redemptions
	}
	var visits Visits
	for _, part := range p.Parts {
		visits.Came, visits.Missed = visits.Came+part.Visits.Came, visits.Missed+part.Visits.Missed
	}
	if sent != 0 || opens != 0 || redemptions != 0 || p.Hours.N() != p.opens() {
		return data.Errorf(data.Internal, "add up the report", "parts and days differ by %d sent, %d opens, %d redemptions", sent, opens, redemptions)
	}
	if visits != p.NoShows.All {
		return data.Errorf(data.Internal, "add up the report", "visits of the parts and in all: %v and %v", visits, p.NoShows.All)
	}
	return nil
}

func (p *Period) opens() (n int) {
	for _, d := range p.Days {
		n += d.Opens
	}
	return n
}

// Sale is what was paid in the part in a currency; ok is false where nobody entered an amount in it.
func (p *Part) Sale(currency string) (m data.Money, ok bool) {
	for _, s := range p.Sales {
		if s.Currency == currency {
			return s, true
		}
	}
	return data.Money{Currency: currency}, false
}

// Return is what was paid for each major unit that texts cost, "$186", and how many times as much that is. ok is false
// where sales or cost aren't known, or are in several currencies.
func Return(m *store.Money) (each data.Money, times float64, ok bool) {
	if len(m.Sales) != 1 || !m.Cost.Known || m.Cost.Micros <= 0 || m.Sales[0].Currency != m.Cost.Currency {
		return each, 0, false
	}
	minor := float64(m.Sales[0].Minor) * 1e6 / float64(m.Cost.Micros)
	return data.Money{Minor: int64(minor + 0.5), Currency: m.Cost.Currency}, minor / math.Pow10(data.Exponent(m.Cost.Currency)), true
}

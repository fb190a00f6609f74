package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
)

// A rowCap is a cap with the row that it stands in.
type rowCap struct {
	Cap
	row *Row
}

// capPeriod is a period in which messages are counted. It moves along with the clock: "a week" is the seven days before
// this moment, which is never looser than the week of the calendar. A month is its longest.
type capPeriod struct {
	name string
	long time.Duration
	code string
}

var capPeriods = []capPeriod{
	{"hour", time.Hour, CodeCapHour},
	{"day", 24 * time.Hour, CodeCap},
	{"week", 7 * 24 * time.Hour, CodeCapWeek},
	{"month", 31 * 24 * time.Hour, CodeCapMonth},
}

func capPeriodOf(name string) capPeriod {
	return capPeriods[slices.IndexFunc(capPeriods, func(p capPeriod) bool { return p.name == name })]
}

// parseCaps reads "1/day;4/month"; a part behind @ names the case for which alone a cap holds.
func parseCaps(s string) ([]Cap, error) {
	if s == "" {
		return nil, nil
	}
	var caps []Cap
	for item := range strings.SplitSeq(s, ";") {
		item, only, _ := strings.Cut(strings.TrimSpace(item), "@")
		n, per, _ := strings.Cut(item, "/")
		count, err := strconv.Atoi(n)
		if err != nil || count < 1 || !slices.ContainsFunc(capPeriods, func(p capPeriod) bool { return p.name == per }) {
			return nil, fmt.Errorf("cap %q can't be read", item)
		}
		caps = append(caps, Cap{count, per, only})
	}
	return caps, nil
}

// cap takes a row's caps into the plan: of each period the smallest.
func (p *plan) cap(r *Row) {
	for _, c := range r.Caps {
		if c.Only != "" {
			continue
		}
		p.longest = max(p.longest, capPeriodOf(c.Per).long)
		i := slices.IndexFunc(p.caps, func(o rowCap) bool { return o.Per == c.Per })
		switch {
		case i < 0:
			p.caps = append(p.caps, rowCap{c, r})
		case c.N < p.caps[i].N:
			p.caps[i] = rowCap{c, r}
		}
	}
}

// capStep is what the end of a cap is rounded up to, so that people who got a text within minutes of each other wait
// until the same moment.
const capStep = data.Instant(15 * 60 * 1000)

// capped returns the moment from which no cap stands in the way any more, with a reason for each that does: now where
// none does.
func (p *plan) capped(q *Question) (from data.Instant, why []Reason) {
	from = q.Now
	for _, c := range p.caps {
		period := capPeriodOf(c.Per)
		frees := data.Instant(0)
		if n := len(q.Recent); n >= c.N {
			frees = q.Recent[c.N-1].Add(period.long)
			frees += (capStep - frees%capStep) % capStep
		}
		if c.Per == "day" && q.SentToday >= c.N {
			frees = max(frees, p.tomorrow(q.Now))
		}
		if frees > q.Now {
			from = max(from, frees)
			why = append(why, reason(period.code, c.row, "caps", "n", itoa(c.N)))
		}
	}
	return from, why
}

// tomorrow returns the moment at which the next day has begun in every candidate zone.
func (p *plan) tomorrow(at data.Instant) data.Instant {
	latest := data.Instant(0)
	places := p.places
	if len(places) == 0 {
		places = []*time.Location{time.UTC}
	}
	for _, loc := range places {
		t := at.In(loc)
		latest = max(latest, data.At(time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, loc)))
	}
	return latest
}

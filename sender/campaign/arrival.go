package campaign

import (
	"time"

	"counterbell/data"
	"counterbell/sender/outbox"
	"counterbell/sender/rules"
)

// When messages of a campaign reach people, by the clock on their own wall: what the review draws hour by hour.

// quiet finds the hours of the day at which texts may go to nobody of an audience. People whom the same rules protect are
// asked about once.
type quiet struct {
	day  time.Time // the start of the campaign
	seen map[[4]string]bool
	open [24]bool
	any  bool
}

func newQuiet(starts data.Instant) *quiet {
	return &quiet{day: starts.Time(), seen: map[[4]string]bool{}}
}

// add looks at one person's hours, by their own clock.
func (q *quiet) add(ask *rules.Question, wall *time.Location) {
	key := [4]string{ask.Phone.Region, ask.Country, ask.State, wall.String()}
	if q.seen[key] {
		return
	}
	q.seen[key], q.any = true, true
	w := rules.WindowsFor(*ask)
	day := q.day.In(wall)
	for h := range q.open {
		for _, minute := range [...]int{0, 30} {
			q.open[h] = q.open[h] || w.Open(data.At(time.Date(day.Year(), day.Month(), day.Day(), h, minute, 0, 0, wall)))
		}
	}
}

// hours tells which hours are closed to everybody.
func (q *quiet) hours() (closed [24]bool) {
	for h, open := range q.open {
		closed[h] = q.any && !open
	}
	return closed
}

// wallOf returns the zone of a person's clock: the first of those in which they may be, the shop's where nobody knows.
func wallOf(d *outbox.Draft, who *Person, shop *time.Location) *time.Location {
	zones := who.Contact.Facts.Zones
	if len(zones) == 0 {
		zones = rules.WindowsFor(d.Ask).Zones()
	}
	if len(zones) == 0 {
		return shop
	}
	loc, err := data.Zone(zones[0])
	if err != nil {
		return shop
	}
	return loc
}

// arrives counts a message in the hour in which it goes out: when it is due, or when its turn comes at the provider's
// rate (recipients a second; 0: all at once).
func (r *Review) arrives(m *data.Message, zone *time.Location, rate float64) {
	at := m.Due
	if rate > 0 && m.State != data.Held {
		at = at.Add(time.Duration(float64(r.Now-1) / rate * float64(time.Second)))
	}
	h := &r.Hours[at.In(zone).Hour()]
	if m.State == data.Held {
		h.Held++
	} else {
		h.Now++
	}
}

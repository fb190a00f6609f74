package campaign

import (
	"time"

	"counterbell/data"
	"counterbell/sender/outbox"
	"counterbell/sender/rules"
)

// When messages of a campaign reach people, by the clock on their own wall: what the review draws hour by hour.

// clocks are the time zones that an audience lives in, each loaded once.
type clocks struct {
	shop  string
	known map[string]*time.Location
}

func newClocks(shop string) *clocks { return &clocks{shop, map[string]*time.Location{}} }

// of returns the zone of a person: the first of those in which they may be, the shop's where nobody knows.
func (c *clocks) of(d *outbox.Draft, who *Person) *time.Location {
	zone := c.shop
	if zones := who.Contact.Facts.Zones; len(zones) > 0 {
		zone = zones[0]
	} else if zones := rules.WindowsFor(d.Ask).Zones(); len(zones) > 0 {
		zone = zones[0]
	}
	if loc := c.known[zone]; loc != nil {
		return loc
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	c.known[zone] = loc
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

package campaign

import (
	"time"

	"counterbell/data"
	"counterbell/sender/outbox"
	"counterbell/sender/rules"
)

// When messages of a campaign reach people, by the clock on their own wall: what the review draws hour by hour.

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

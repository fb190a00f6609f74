package data

import (
	"sync"
	"time"
)

// zones keeps the time zones that were asked for: finding one reads a file each time.
var zones sync.Map // string → *time.Location

// Zone returns an IANA time zone by name. Error Invalid for a name that isn't one; nothing and "Local" are none, since
// they would mean another zone on another computer.
func Zone(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, Errorf(Invalid, "find a time zone", "%q", name).With("value", name)
	}
	zones.Store(name, loc)
	return loc, nil
}

// moment returns when a wall clock in a zone shows the date and time that w shows in UTC. A time that the clocks skip is
// moved forward by the gap; one that happens twice means the first. time.Date leaves both open.
func moment(w time.Time, zone *time.Location) time.Time {
	const apart = 26 * time.Hour // no wall clock is further from UTC, with an hour to spare for the change itself
	offset := func(at time.Time) time.Duration {
		_, seconds := at.In(zone).Zone()
		return time.Duration(seconds) * time.Second
	}
	before, after := offset(w.Add(-apart)), offset(w.Add(apart))
	first, second := w.Add(-before), w.Add(-after)
	if offset(first) != before && offset(second) == after {
		return second.In(zone)
	}
	return first.In(zone)
}

package redeem

import (
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// Day is what happened at this till today: its latest lines, and what the whole day came to.
type Day struct {
	Lines []store.TillLine // latest first
	store.TillTotal
}

// startOfDay is the first moment of the day that the shop's clock shows.
func startOfDay(now data.Instant, zone *time.Location) data.Instant {
	t := now.In(zone)
	return data.At(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone))
}

// CanUndo tells whether a line of the list can be taken back: a use that
// stands, and the latest of its code, because the latest goes first.
func (d *Day) CanUndo(i int) bool {
	l := d.Lines[i]
	if l.Problem != "" || l.Undone {
		return false
	}
	for _, later := range d.Lines[:i] {
		if later.Code == l.Code && later.Problem == "" && !later.Undone {
			return false
		}
	}
	return true
}

package redeem

import (
	"slices"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// mostLines is how many lines of a till's day the store hands out at most.
const mostLines = 200

// Day is what happened at this till today.
type Day struct {
	Lines    []store.TillLine // latest first
	Redeemed int              // uses that stand
	Sales    []data.Money     // what was paid, one amount for each currency
	Full     bool             // there are more lines than the store hands out
}

// DayOf adds up a till's lines.
func DayOf(lines []store.TillLine) Day {
	d := Day{Lines: lines, Full: len(lines) >= mostLines}
	for _, l := range lines {
		if l.Problem != "" || l.Undone {
			continue
		}
		d.Redeemed++
		if l.Paid == nil {
			continue
		}
		i := slices.IndexFunc(d.Sales, func(m data.Money) bool { return m.Currency == l.Paid.Currency })
		if i < 0 {
			d.Sales = append(d.Sales, data.Money{Currency: l.Paid.Currency})
			i = len(d.Sales) - 1
		}
		d.Sales[i].Minor += l.Paid.Minor
	}
	return d
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

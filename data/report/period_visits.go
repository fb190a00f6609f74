package report

import (
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// NoShows is how many people didn't come, before and since the shop reminds them, as far as its book can tell: visits
// that nobody marked as arrived or missed count nowhere.
type NoShows struct {
	All        Visits    `json:"all"`        // of the period
	Reminded   Visits    `json:"reminded"`   // of those, the ones with a reminder beforehand
	Unreminded Visits    `json:"unreminded"` // and the ones without
	Began      data.Date `json:"began"`      // the day of the first reminder ever; empty when none was sent
	Before     Visits    `json:"before"`     // all visits ever before that moment
	Since      Visits    `json:"since"`      // those of the period from that day on
}

func noShowsOf(f *store.PeriodFigures, zone *time.Location) (n NoShows) {
	if f.Began != 0 {
		n.Began = data.DateOf(f.Began.In(zone))
		n.Before = Visits{f.Before.Came, f.Before.Missed}
	}
	for _, v := range f.Visits {
		n.All.add(v)
		if v.Reminded {
			n.Reminded.add(v)
		} else {
			n.Unreminded.add(v)
		}
		if n.Began != "" && v.Day >= n.Began {
			n.Since.add(v)
		}
	}
	return n
}

// EnoughVisits is from how many known visits on a rate says something.
const EnoughVisits = 30

// Compared are the two sides that the book allows to set beside each other: before and since reminders began where
// enough is known of both, else with and without a reminder. way is "since", "with" or "" for neither.
func (n *NoShows) Compared() (without, with Visits, way string) {
	switch {
	case n.Before.Known() >= EnoughVisits && n.Since.Known() >= EnoughVisits:
		return n.Before, n.Since, "since"
	case n.Unreminded.Known() >= EnoughVisits && n.Reminded.Known() >= EnoughVisits:
		return n.Unreminded, n.Reminded, "with"
	}
	return without, with, ""
}

func (p *Period) findNoShows() (Finding, bool) {
	n := &p.NoShows
	if n.All.Known() == 0 {
		return Finding{AboutNoShows, "no_shows_none", map[string]any{}}, true
	}
	without, with, way := n.Compared()
	if way == "" {
		return Finding{AboutNoShows, "no_shows_few", map[string]any{"missed": n.All.Missed, "known": n.All.Known(), "rate": n.All.Rate(), "enough": EnoughVisits}}, true
	}
	args := map[string]any{"before": without.Rate(), "before_n": without.Known(), "after": with.Rate(), "after_n": with.Known(), "day": n.Began}
	fewer := Better(without.Missed, without.Known(), with.Missed, with.Known())
	switch {
	case fewer >= Sure:
		return Finding{AboutNoShows, "no_shows_fewer_" + way, args}, true
	case fewer <= 1-Sure:
		return Finding{AboutNoShows, "no_shows_more_" + way, args}, true
	}
	return Finding{AboutNoShows, "no_shows_same_" + way, args}, true
}

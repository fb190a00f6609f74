package report

import (
	"math"
	"time"

	"counterbell/data/store"
)

// Hours is how often people opened for the first time by weekday (Monday first) and hour of the shop's clock, and when
// the texts had gone out: people open soon after they get one, so the best hour may only be the one that was used.
type Hours struct {
	Opens       [7][24]int `json:"opens"`
	Redemptions [7][24]int `json:"redemptions"`
	Sent        [7][24]int `json:"sent"`
}

// An Hour is an hour of a weekday, for findings.
type Hour struct {
	Day  time.Weekday `json:"day"`
	Hour int          `json:"hour"`
}

// Row and weekday: the map begins on Monday.
func weekdayOf(row int) time.Weekday { return time.Weekday((row + 1) % 7) }

func rowOf(day time.Weekday) int { return (int(day) + 6) % 7 }

func hoursOf(happened []store.Happened, zone *time.Location) (h Hours) {
	for _, x := range happened {
		at := x.At.In(zone)
		row, col := rowOf(at.Weekday()), at.Hour()
		switch x.Kind {
		case "open":
			h.Opens[row][col] += x.N
		case "redemption":
			h.Redemptions[row][col] += x.N
		case "sent":
			h.Sent[row][col] += x.N
		}
	}
	return h
}

// N is how many people opened.
func (h *Hours) N() int { return total(&h.Opens) }

func total(t *[7][24]int) (n int) {
	for _, row := range t {
		for _, x := range row {
			n += x
		}
	}
	return n
}

// Shown are the first and last hour worth drawing: from nine to seven in the evening at least, and whatever happened.
func (h *Hours) Shown() (first, last int) {
	first, last = 9, 18
	for row := range h.Opens {
		for hour := range 24 {
			if h.Opens[row][hour]+h.Redemptions[row][hour] > 0 {
				first, last = min(first, hour), max(last, hour)
			}
		}
	}
	return first, last
}

const (
	EnoughOpens = 100 // below, no hour can stand out
	followed    = 0.5 // from which share of the texts on an hour's opens say more of the sender than of the people
)

// Best is the hour with the most opens. times is how many times the usual number of an hour that is: of those between
// the first and the last hour in which anybody opens.
func (h *Hours) Best() (best Hour, n int, times float64) {
	first, last := h.Shown()
	for row := range h.Opens {
		for hour, x := range h.Opens[row] {
			if x > n {
				best, n = Hour{weekdayOf(row), hour}, x
			}
		}
	}
	usual := float64(h.N()) / float64(7*(last-first+1))
	return best, n, float64(n) / usual
}

// second is the runner-up.
func (h *Hours) second(best Hour) (n int) {
	for row := range h.Opens {
		for hour, x := range h.Opens[row] {
			if (Hour{weekdayOf(row), hour}) != best {
				n = max(n, x)
			}
		}
	}
	return n
}

// sentBefore is the share of texts that went out in an hour, or in the one before.
func (h *Hours) sentBefore(at Hour) float64 {
	all := total(&h.Sent)
	if all == 0 {
		return 0
	}
	row := rowOf(at.Day)
	n := h.Sent[row][at.Hour]
	if at.Hour > 0 {
		n += h.Sent[row][at.Hour-1]
	}
	return float64(n) / float64(all)
}

// Tells whether there is enough to name a best hour: a hundred opens, and a lead beyond what chance plays with two
// numbers of that size (two standard deviations of their difference).
func (h *Hours) Tells() bool {
	best, n, _ := h.Best()
	if h.N() < EnoughOpens {
		return false
	}
	next := h.second(best)
	return float64(n-next) > 2*math.Sqrt(float64(n+next))
}

func (p *Period) findHours() (Finding, bool) {
	h := &p.Hours
	n := h.N()
	if n < EnoughOpens {
		return Finding{AboutHours, "hours_few", map[string]any{"n": n, "enough": EnoughOpens}}, true
	}
	best, most, times := h.Best()
	args := map[string]any{"hour": best, "times": Times(times), "n": n, "most": most}
	switch {
	case !h.Tells():
		return Finding{AboutHours, "hours_even", args}, true
	case h.sentBefore(best) >= followed:
		return Finding{AboutHours, "hours_sent", args}, true
	}
	return Finding{AboutHours, "hours_best", args}, true
}

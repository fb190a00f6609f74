package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hours are the times of a week at which texts may go out, by the clock on the recipient's wall. The zero value is
// never; see always.
type hours struct {
	always bool
	spans  []span // sorted, apart from each other
}

// A span of minutes since Monday 00:00; to is the first minute outside.
type span struct{ from, to int }

const (
	day  = 24 * 60
	week = 7 * day
)

var weekdays = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// parseHours reads "Mo-Fr 09:00-18:00;Sa 09:00-14:00"; nothing means always. The end of an item is exclusive.
func parseHours(s string) (hours, error) {
	if s == "" {
		return hours{always: true}, nil
	}
	var h hours
	for item := range strings.SplitSeq(s, ";") {
		days, clock, ok := strings.Cut(strings.TrimSpace(item), " ")
		first, last, ranged := strings.Cut(days, "-")
		if !ranged {
			last = first
		}
		var h1, m1, h2, m2 int
		n, err := fmt.Sscanf(clock, "%d:%d-%d:%d", &h1, &m1, &h2, &m2)
		from, to := h1*60+m1, h2*60+m2
		a, b := slices.Index(weekdays, first), slices.Index(weekdays, last)
		if !ok || err != nil || n != 4 || a < 0 || b < 0 || from < 0 || from >= to || to > day {
			return hours{}, fmt.Errorf("hours %q can't be read", item)
		}
		for d := a; ; d = (d + 1) % 7 {
			h.spans = append(h.spans, span{d*day + from, d*day + to})
			if d == b {
				break
			}
		}
	}
	slices.SortFunc(h.spans, func(x, y span) int { return x.from - y.from })
	for i := 1; i < len(h.spans); i++ {
		if h.spans[i].from < h.spans[i-1].to {
			return hours{}, fmt.Errorf("hours %q overlap", s)
		}
	}
	return h, nil
}

// both returns the times at which h and o are open.
func (h hours) both(o hours) hours {
	switch {
	case h.always:
		return o
	case o.always:
		return h
	}
	var out hours
	for _, a := range h.spans {
		for _, b := range o.spans {
			if from, to := max(a.from, b.from), min(a.to, b.to); from < to {
				out.spans = append(out.spans, span{from, to})
			}
		}
	}
	return out
}

// minute returns the minute of the week that a wall clock shows.
func minute(local time.Time) int {
	return (int(local.Weekday())+6)%7*day + local.Hour()*60 + local.Minute()
}

// open tells whether the wall clock shows an hour at which texts may go out.
func (h hours) open(local time.Time) bool {
	if h.always {
		return true
	}
	m := minute(local)
	for _, s := range h.spans {
		if m < s.to {
			return m >= s.from
		}
	}
	return false
}

// next returns the first moment from t on at which the hours are open by t's own clock; false where they never are.
func (h hours) next(t time.Time) (time.Time, bool) {
	if h.open(t) {
		return t, true
	}
	if len(h.spans) == 0 {
		return time.Time{}, false
	}
	m := minute(t)
	ahead := h.spans[0].from + week - m
	for _, s := range h.spans {
		if s.from > m {
			ahead = s.from - m
			break
		}
	}
	start := (m + ahead) % week
	c := time.Date(t.Year(), t.Month(), t.Day()+(m%day+ahead)/day, start%day/60, start%60, 0, 0, t.Location())
	if !c.After(t) {
		c = t.Truncate(time.Minute).Add(time.Minute)
	}
	// Where the clocks jump over the opening hour, the first minute after the jump counts.
	for range 4 * 60 {
		if h.open(c) {
			return c, true
		}
		c = c.Add(time.Minute)
	}
	return time.Time{}, false
}

// within tells whether the hours are open at no moment at which o is shut.
func (h hours) within(o hours) bool {
	if o.always {
		return true
	}
	if h.always {
		return false
	}
	return slices.Equal(h.both(o).merged(), h.merged())
}

// merged joins spans that touch, such as the two sides of midnight.
func (h hours) merged() []span {
	var out []span
	for _, s := range h.spans {
		if n := len(out); n > 0 && out[n-1].to == s.from {
			out[n-1].to = s.to
		} else {
			out = append(out, s)
		}
	}
	return out
}

// String writes the hours as the table does: "Mo-Fr 09:00-18:00;Sa 09:00-14:00"; "" for always.
func (h hours) String() string {
	if h.always {
		return ""
	}
	var items []string
	clock := func(m int) string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }
	times := make([]string, 7)
	for _, s := range h.spans {
		d := s.from / day
		if times[d] != "" {
			times[d] += ","
		}
		times[d] += clock(s.from-d*day) + "-" + clock(s.to-d*day)
	}
	for d := 0; d < 7; {
		e := d
		for e+1 < 7 && times[e+1] == times[d] {
			e++
		}
		if times[d] != "" {
			days := weekdays[d]
			if e > d {
				days += "-" + weekdays[e]
			}
			for part := range strings.SplitSeq(times[d], ",") {
				items = append(items, days+" "+part)
			}
		}
		d = e + 1
	}
	return strings.Join(items, ";")
}

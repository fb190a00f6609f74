package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	tables "counterbell/assets/rules"
)

// national is the calendar of the country in which somebody is, where a row names no other.
const national = "national"

// A feast is one day of the year on which a calendar's places rest.
type feast struct {
	on func(year int) time.Time
	// sunday: when it falls on a Sunday, the Monday after is free too.
	sunday bool
}

// calendars are the holidays by the name of their calendar: a country's, or one of its states'.
type calendars struct {
	feasts map[string][]feast
	parts  map[string][]string // calendars that hold in another, too

	mu    sync.RWMutex
	years map[yearKey]map[int]bool // days of the year, by calendar
}

type yearKey struct {
	calendar string
	year     int
}

var holidays = sync.OnceValue(func() *calendars {
	c := &calendars{feasts: map[string][]feast{}, parts: map[string][]string{}, years: map[yearKey]map[int]bool{}}
	err := each(tables.Holidays, func(row map[string]string) error {
		name, day := row["calendar"], row["day"]
		if part, ok := strings.CutPrefix(day, "="); ok {
			c.parts[name] = append(c.parts[name], part)
			return nil
		}
		f, err := parseFeast(day)
		c.feasts[name] = append(c.feasts[name], f)
		return err
	})
	if err != nil {
		panic("rules: holidays: " + err.Error()) // the tables are part of the program: a test reads them all
	}
	return c
})

// parseFeast reads a day as the table writes it.
func parseFeast(s string) (feast, error) {
	bad := fmt.Errorf("day %q can't be read", s)
	if days, ok := strings.CutPrefix(s, "E"); ok {
		n, err := strconv.Atoi(days)
		if days != "" && err != nil {
			return feast{}, bad
		}
		return feast{on: func(year int) time.Time { return easter(year).AddDate(0, 0, n) }}, nil
	}
	if parts := strings.Split(s, ":"); len(parts) == 3 {
		month, err := strconv.Atoi(parts[0])
		n, err2 := strconv.Atoi(parts[2])
		day := slices.Index(weekdays, parts[1])
		if err != nil || err2 != nil || day < 0 || n == 0 || month < 1 || month > 12 {
			return feast{}, bad
		}
		return feast{on: func(year int) time.Time { return nthWeekday(year, time.Month(month), time.Weekday((day+1)%7), n) }}, nil
	}
	base, move := s, ""
	for _, sign := range []string{"+Mo", ">Mo", "<Mo"} {
		if cut, ok := strings.CutSuffix(s, sign); ok {
			base, move = cut, sign
		}
	}
	at, err := time.Parse("01-02", base)
	if err != nil {
		return feast{}, bad
	}
	f := feast{sunday: move == "+Mo"}
	f.on = func(year int) time.Time {
		day := time.Date(year, at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
		switch move {
		case ">Mo":
			day = day.AddDate(0, 0, (8-int(day.Weekday()))%7)
		case "<Mo":
			back := (int(day.Weekday()) + 6) % 7
			if back == 0 {
				back = 7
			}
			day = day.AddDate(0, 0, -back)
		}
		return day
	}
	return f, nil
}

// nthWeekday is the nth of a weekday in a month; -1 is the last.
func nthWeekday(year int, month time.Month, day time.Weekday, n int) time.Time {
	if n > 0 {
		first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, 0, (int(day)-int(first.Weekday())+7)%7+7*(n-1))
	}
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -(int(last.Weekday())-int(day)+7)%7+7*(n+1))
}

// easter is Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// rests tells whether a wall clock shows one of a calendar's holidays.
func (c *calendars) rests(calendar string, local time.Time) bool {
	return c.year(calendar, local.Year())[local.YearDay()]
}

// year returns the days of a year on which a calendar rests, worked out once.
func (c *calendars) year(calendar string, year int) map[int]bool {
	key := yearKey{calendar, year}
	c.mu.RLock()
	days := c.years[key]
	c.mu.RUnlock()
	if days != nil {
		return days
	}
	days = map[int]bool{}
	mark := func(t time.Time) {
		if t.Year() == year {
			days[t.YearDay()] = true
		}
	}
	for _, name := range append([]string{calendar}, c.parts[calendar]...) {
		for _, f := range c.feasts[name] {
			day := f.on(year)
			mark(day)
			if f.sunday && day.Weekday() == time.Sunday {
				mark(day.AddDate(0, 0, 1))
			}
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.years[key] = days
	return days
}

// calendarFor returns the calendar by which a row's holidays are kept for somebody of a region; "" where none is known.
func (t *Table) calendarFor(row *Row, region string) string {
	name := row.Holidays
	if name == national {
		name = region
		if !HasHolidays(name) {
			name = t.law(region)
		}
	}
	if !HasHolidays(name) {
		return ""
	}
	return name
}

// HasHolidays tells whether the holidays of a region are known.
func HasHolidays(region string) bool {
	c := holidays()
	return c.feasts[region] != nil || c.parts[region] != nil
}

// KnowsHolidays tells whether anything is known of the holidays that a rule of a region would keep: its own, or those
// that all countries under the same law have.
func KnowsHolidays(region string) bool {
	return Builtin().calendarFor(&Row{Holidays: national}, region) != ""
}

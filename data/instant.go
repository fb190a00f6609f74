package data

import (
	"encoding/json"
	"strconv"
	"time"
)

// An Instant is a moment: milliseconds since 1970-01-01T00:00:00Z. Zero means "not known" or "never".
// It is written to JSON as RFC 3339 in UTC, and zero as null.
type Instant int64

// At turns a time into an Instant; the zero time into zero.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMilli())
}

// Time returns the moment in UTC; the zero time for zero.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i)).UTC()
}

// In returns the moment as a wall clock in zone shows it.
func (i Instant) In(zone *time.Location) time.Time { return i.Time().In(zone) }

// Add moves the moment by d, cut to milliseconds.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Sub returns how long after o the moment is.
func (i Instant) Sub(o Instant) time.Duration { return time.Duration(i-o) * time.Millisecond }

func (i Instant) String() string {
	if i == 0 {
		return ""
	}
	return i.Time().Format("2006-01-02T15:04:05.000Z")
}

func (i Instant) MarshalJSON() ([]byte, error) {
	if i == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(i.String())
}

func (i *Instant) UnmarshalJSON(b []byte) error {
	if string(b) == "null" || string(b) == `""` {
		*i = 0
		return nil
	}
	var t time.Time
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	*i = At(t)
	return nil
}

// A Date is a day on the calendar without a zone, "2026-11-24"; a birthday whose year is not known is "--11-24".
// Empty means not known.
type Date string

// ParseDate reads "2026-11-24" or "--11-24". Error Invalid otherwise.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	probe := s
	if len(s) == 7 && s[:2] == "--" {
		probe = "2000-" + s[2:]
	}
	if _, err := time.Parse("2006-01-02", probe); err != nil {
		return "", Errorf(Invalid, "read a date", "%q is not a day", s).With("value", s)
	}
	return Date(s), nil
}

// DateOf returns the day that t's own clock shows.
func DateOf(t time.Time) Date { return Date(t.Format("2006-01-02")) }

// whole tells whether d is a day with its year, or empty.
func (d Date) whole() bool {
	_, err := ParseDate(string(d))
	return err == nil && len(d) != len("--11-24")
}

// Month returns 1–12, or 0 for an empty date.
func (d Date) Month() int {
	var m int
	switch {
	case len(d) == 10:
		m, _ = strconv.Atoi(string(d[5:7]))
	case len(d) == 7:
		m, _ = strconv.Atoi(string(d[2:4]))
	}
	return m
}

// Start returns the day's first moment in zone; the zero time for a date without a year. Where clocks jump over
// midnight the day begins after the jump.
func (d Date) Start(zone *time.Location) time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return moment(t, zone)
}

// End returns the day's last millisecond in zone: an offer is good until then, inclusive (decisions.md, Coupons).
func (d Date) End(zone *time.Location) Instant {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return At(moment(t.AddDate(0, 0, 1), zone)) - 1
}

// A Clock tells the time. The real one is time.Now; practice and tests have their own.
type Clock func() time.Time

// Now returns the clock's moment.
func (c Clock) Now() Instant { return At(c()) }

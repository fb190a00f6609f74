package data

import (
	"slices"
	"time"
)

// A Span is a stretch of a day, in minutes since midnight of the shop's own clock: 540 to 1080 is nine to six. To may be
// 1440, the end of the day.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// OpeningHours are when the shop is open, a list of spans for each day of the week from Sunday on, as time.Weekday counts.
// A day without one is closed. Nil: nobody has said yet.
type OpeningHours [][]Span

// NewOpeningHours are hours that hold on the days named; the others are closed.
func NewOpeningHours(hours Span, days ...time.Weekday) OpeningHours {
	o := make(OpeningHours, 7)
	for _, d := range days {
		o[d] = []Span{hours}
	}
	return o
}

// On returns the spans of a day of the week; none when it is closed or nobody has said.
func (o OpeningHours) On(day time.Weekday) []Span {
	if int(day) >= len(o) {
		return nil
	}
	return o[day]
}

// Open tells whether the shop is open at a moment of its own clock.
func (o OpeningHours) Open(at time.Time) bool {
	minute := at.Hour()*60 + at.Minute()
	return slices.ContainsFunc(o.On(at.Weekday()), func(s Span) bool { return s.From <= minute && minute < s.To })
}

// Valid tells whether every span lies within its day, has a length, and begins after the one before has ended.
func (o OpeningHours) Valid() bool {
	if len(o) != 0 && len(o) != 7 {
		return false
	}
	for _, spans := range o {
		last := 0
		for _, s := range spans {
			if s.From < last || s.To <= s.From || s.To > 24*60 {
				return false
			}
			last = s.To
		}
	}
	return true
}

// Days is a run of days of the week with the same hours.
type Days struct {
	First, Last time.Weekday
	Spans       []Span // none: closed
}

// Runs puts neighbouring days with the same hours together, from Monday on, as a sign on the door does.
func (o OpeningHours) Runs() (out []Days) {
	for i := range 7 {
		day := time.Weekday((i + 1) % 7)
		if n := len(out); n > 0 && slices.Equal(out[n-1].Spans, o.On(day)) {
			out[n-1].Last = day
			continue
		}
		out = append(out, Days{day, day, o.On(day)})
	}
	return out
}

package report

import (
	"time"

	"counterbell/data"
)

// A Span is the time that a report is asked about. Week and so on move on with the calendar; Chosen has days of its own.
type Span struct {
	Kind SpanKind  `json:"kind"`
	From data.Date `json:"from,omitempty"` // of Chosen, both inclusive
	To   data.Date `json:"to,omitempty"`
}

// SpanKind names a span; its text is "reports.span.KIND".
type SpanKind string

const (
	ThisWeek    SpanKind = "week"    // from Monday to today, compared with the same days of last week
	Last30      SpanKind = "30days"  // compared with the 30 days before
	ThisMonth   SpanKind = "month"   // compared with the same days of last month
	LastQuarter SpanKind = "quarter" // the last three months that are over, by quarters, compared with the quarter before
	ThisYear    SpanKind = "year"    // compared with the same days of last year
	Chosen      SpanKind = "chosen"  // compared with as many days before
)

// Spans are those that need no further word, in the order in which they are offered.
var Spans = []SpanKind{ThisWeek, Last30, ThisMonth, LastQuarter, ThisYear}

// Days returns the span's days as of today, and those that it is compared with, all inclusive. What isn't known, as a
// span without days, means the last 30 days.
func (s Span) Days(today data.Date) (from, to, beforeFrom, beforeTo data.Date) {
	now := today.Start(time.UTC)
	day := func(t time.Time) data.Date { return data.DateOf(t) }
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch s.Kind {
	case ThisWeek:
		monday := now.AddDate(0, 0, -(int(now.Weekday())+6)%7)
		return day(monday), today, day(monday.AddDate(0, 0, -7)), day(now.AddDate(0, 0, -7))
	case ThisMonth:
		before := first.AddDate(0, -1, 0)
		last := before.AddDate(0, 0, now.Day()-1)
		if last.Month() != before.Month() { // the 31st has no like in a month of 30 days
			last = first.AddDate(0, 0, -1)
		}
		return day(first), today, day(before), day(last)
	case LastQuarter:
		end := first.AddDate(0, -(int(now.Month())-1)%3, 0)
		begin, earlier := end.AddDate(0, -3, 0), end.AddDate(0, -6, 0)
		return day(begin), day(end.AddDate(0, 0, -1)), day(earlier), day(begin.AddDate(0, 0, -1))
	case ThisYear:
		newYear := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		last := time.Date(now.Year()-1, now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
		if last.Month() != now.Month() { // 29 February
			last = last.AddDate(0, 0, -1)
		}
		return day(newYear), today, day(newYear.AddDate(-1, 0, 0)), day(last)
	case Chosen:
		if s.From != "" && s.To != "" {
			n := days(s.From, s.To)
			return s.From, s.To, addDays(s.From, -max(n, 1)), addDays(s.From, -1)
		}
	}
	return addDays(today, 1-monthDays), today, addDays(today, 1-2*monthDays), addDays(today, -monthDays)
}

// Fill gives chosen days that are missing: the last one is today, or From where that lies ahead; the first one 30 days
// back from the last.
func (s *Span) Fill(today data.Date) {
	if s.To == "" {
		s.To = max(today, s.From)
	}
	if s.From == "" {
		s.From = addDays(s.To, 1-monthDays)
	}
}

// checkDays refuses days that can't be counted: error report_days.
func checkDays(from, to data.Date) error {
	if n := days(from, to); n < 1 || n > LongestDays {
		return data.Errorf("report_days", "read a report", "from %s to %s", from, to).With("from", string(from)).With("to", string(to))
	}
	return nil
}

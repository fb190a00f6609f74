package i18n

import (
	"fmt"
	"time"
)

// Dates and times are written as the wall clock of the time's own zone shows
// them: convert with In before, and say beside it whose time it is. The zero
// time is a dash.

const noTime = "–"

// style is how a language writes dates.
type style struct {
	date, longDate, day, weekdayDay, month, shortMonth, dateTime string
}

// Layouts are Go's, in which {W} and {w} stand for the long and short weekday.
var styles = map[Language]style{
	English: {
		date: "2 Jan 2006", longDate: "{W} 2 January 2006", day: "2 Jan", weekdayDay: "{w} 2 Jan",
		month: "January 2006", shortMonth: "Jan", dateTime: "{w} 2 Jan 2006, 15:04",
	},
	Chinese: {
		date: "2006年1月2日", longDate: "2006年1月2日 {W}", day: "1月2日", weekdayDay: "1月2日 {w}",
		month: "2006年1月", shortMonth: "1月", dateTime: "2006年1月2日 {w} 15:04",
	},
}

var chineseWeekdays = [...]string{"日", "一", "二", "三", "四", "五", "六"}

// Date: 24 Nov 2026, 2026年11月24日.
func (t *Texts) Date(at time.Time) string { return t.layout(at, styles[t.language].date) }

// LongDate: Tuesday 24 November 2026, 2026年11月24日 星期二.
func (t *Texts) LongDate(at time.Time) string { return t.layout(at, styles[t.language].longDate) }

// Day, without the year: 24 Nov, 11月24日.
func (t *Texts) Day(at time.Time) string { return t.layout(at, styles[t.language].day) }

// WeekdayDay: Tue 24 Nov, 11月24日 周二.
func (t *Texts) WeekdayDay(at time.Time) string { return t.layout(at, styles[t.language].weekdayDay) }

// Month: November 2026, 2026年11月.
func (t *Texts) Month(at time.Time) string { return t.layout(at, styles[t.language].month) }

// ShortMonth: Nov, 11月.
func (t *Texts) ShortMonth(at time.Time) string { return t.layout(at, styles[t.language].shortMonth) }

// DateTime: Tue 24 Nov 2026, 10:42; 2026年11月24日 周二 10:42.
func (t *Texts) DateTime(at time.Time) string { return t.layout(at, styles[t.language].dateTime) }

// Time: 09:30.
func (t *Texts) Time(at time.Time) string { return t.layout(at, "15:04") }

// Weekday: Tuesday, 星期二.
func (t *Texts) Weekday(day time.Weekday) string {
	if t.language == Chinese {
		return "星期" + chineseWeekdays[day%7]
	}
	return day.String()
}

// ShortWeekday: Tue, 周二.
func (t *Texts) ShortWeekday(day time.Weekday) string {
	if t.language == Chinese {
		return "周" + chineseWeekdays[day%7]
	}
	return day.String()[:3]
}

// NearDay names a day as people do: today, tomorrow, yesterday, else Tue 24
// Nov, with the year when it is not this one. Both are read in at's zone.
func (t *Texts) NearDay(at, now time.Time) string {
	if at.IsZero() {
		return noTime
	}
	now = now.In(at.Location())
	switch daysBetween(now, at) {
	case 0:
		return t.T("when.today")
	case 1:
		return t.T("when.tomorrow")
	case -1:
		return t.T("when.yesterday")
	}
	if at.Year() != now.Year() {
		return t.Date(at)
	}
	return t.WeekdayDay(at)
}

// daysBetween counts midnights from a to b, whatever daylight saving does.
func daysBetween(a, b time.Time) int {
	noon := func(x time.Time) time.Time { return time.Date(x.Year(), x.Month(), x.Day(), 12, 0, 0, 0, time.UTC) }
	return int(noon(b).Sub(noon(a)).Hours() / 24)
}

// Span writes how long something took or lasts, in the largest unit that
// fits: 1.8 seconds, 12 minutes, 3 hours, 4 days.
func (t *Texts) Span(d time.Duration) string {
	if d < 0 {
		d = -d
	}
	switch {
	case d < 10*time.Second && d%time.Second != 0:
		return t.T("span.seconds.other", "n", t.Decimal(d.Seconds(), 1))
	case d < time.Minute:
		return t.N("span.seconds", int(d.Round(time.Second)/time.Second))
	case d < time.Hour:
		return t.N("span.minutes", int(d.Round(time.Minute)/time.Minute))
	case d < 48*time.Hour:
		return t.N("span.hours", int(d.Round(time.Hour)/time.Hour))
	}
	return t.N("span.days", int(d/(24*time.Hour)))
}

// layout formats piecewise, so that no weekday's letters are read as a layout.
func (t *Texts) layout(at time.Time, layout string) string {
	if at.IsZero() {
		return noTime
	}
	out, rest := "", layout
	for i := 0; i < len(rest); i++ {
		if rest[i] != '{' || i+2 >= len(rest) {
			continue
		}
		name := t.Weekday(at.Weekday())
		if rest[i+1] == 'w' {
			name = t.ShortWeekday(at.Weekday())
		}
		out += at.Format(rest[:i]) + name
		rest, i = rest[i+3:], -1
	}
	return out + at.Format(rest)
}

// Clock writes minutes since midnight as a wall time: 09:30.
func (t *Texts) Clock(minutes int) string {
	return fmt.Sprintf("%02d:%02d", minutes/60%24, minutes%60)
}

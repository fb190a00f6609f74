package i18n

import (
	"testing"
	"time"

	"counterbell/data"
)

func TestOpeningHoursReadLikeTheSignOnTheDoor(t *testing.T) {
	week := data.NewOpeningHours(data.Span{From: 540, To: 1080}, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	week[time.Saturday] = []data.Span{{From: 600, To: 720}, {From: 780, To: 840}}
	daily := data.NewOpeningHours(data.Span{From: 600, To: 1440}, time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday)
	for _, c := range []struct {
		hours    data.OpeningHours
		english  string
		mandarin string
	}{
		{nil, "", ""},
		{week, "Mon–Fri 09:00–18:00, Sat 10:00–12:00, 13:00–14:00, closed Sun", "周一至周五 09:00–18:00，周六 10:00–12:00、13:00–14:00，周日休息"},
		{daily, "every day 10:00–24:00", "每天 10:00–24:00"},
		{make(data.OpeningHours, 7), "closed every day", "每天休息"},
	} {
		if got := New(English).Hours(c.hours); got != c.english {
			t.Errorf("English: %q, not %q", got, c.english)
		}
		if got := New(Chinese).Hours(c.hours); got != c.mandarin {
			t.Errorf("Chinese: %q, not %q", got, c.mandarin)
		}
	}
}

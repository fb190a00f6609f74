package redeem

import (
	"time"

	"counterbell/data"
	"counterbell/ui/page"
)

// visitWhen is a visit's wall time in words: tomorrow 09:30.
func (s *Screen) visitWhen(a *data.Appointment) string {
	at, err := data.ParseWall(a.Wall)
	if err != nil {
		return a.Wall
	}
	now := s.env.Clock.Now().In(s.env.Business.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), now.Hour(), now.Minute(), 0, 0, time.UTC)
	return s.env.T("redeem.day_time", "day", s.env.Texts.NearDay(at, today), "time", s.env.Texts.Time(at))
}

// toVisit leads to the visit on its day.
func (s *Screen) toVisit(a *data.Appointment) {
	if len(a.Wall) >= 10 {
		s.env.GoTo(page.Appointments, page.ToDay{Day: data.Date(a.Wall[:10]), Appointment: a.ID})
	}
}

// Package appointments is the page of the schedule: who comes when and to whom, who has confirmed, who gets which
// reminder at what hour, and who can't be reminded. A day lies on a board by staff, a week by days, or as a list.
package appointments

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// View is how the schedule lies there.
type View string

const (
	DayView  View = "day"
	WeekView View = "week"
	ListView View = "list"
)

var views = []View{DayView, WeekView, ListView}

// listDays is how many days the list shows, from the chosen one on.
const listDays = 14

// mostVisits is how many visits a view draws at most; more than anybody reads.
const mostVisits = 400

// Mark is where a visit stands, as its colour and icon say it.
type Mark string

const (
	MarkBooked    Mark = "booked"
	MarkReminded  Mark = "reminded"
	MarkNoAnswer  Mark = "no_answer" // reminded, and soon
	MarkConfirmed Mark = "confirmed"
	MarkUnclear   Mark = "unclear"
	MarkCancelled Mark = "cancelled"
	MarkArrived   Mark = "arrived"
	MarkNoShow    Mark = "no_show"
	MarkNoPhone   Mark = "no_phone" // nobody can be reminded
)

// marks are in the order in which the doughnut counts them.
var marks = []Mark{MarkConfirmed, MarkArrived, MarkReminded, MarkBooked, MarkNoAnswer, MarkUnclear, MarkNoPhone, MarkNoShow, MarkCancelled}

// soon is when a reminder without an answer begins to matter.
const soon = 2 * time.Hour

func markOf(a *data.Appointment, starts, now data.Instant) Mark {
	switch {
	case a.State == data.Booked && a.Phone == "":
		return MarkNoPhone
	case a.State == data.Reminded && starts < now.Add(soon):
		return MarkNoAnswer
	case a.State == data.UnclearReply:
		return MarkUnclear
	}
	return Mark(a.State)
}

// Visit is one appointment as the page shows it.
type Visit struct {
	data.Appointment
	At        time.Time // its wall time, in UTC for counting with
	Starts    data.Instant
	Mark      Mark
	Reminders []store.VisitReminder
	Change    data.ChangeKind // what a schedule that is being looked at would make of it
	Was       time.Time       // where it was before, if it would be moved
	Ghost     bool            // it is only in the schedule that is being looked at
}

// Day is the day on which it lies.
func (v *Visit) Day() data.Date { return data.Date(v.Wall[:10]) }

// Lasts is how long it takes; half an hour where nobody has said.
func (v *Visit) Lasts() time.Duration {
	if v.Minutes <= 0 {
		return 30 * time.Minute
	}
	return time.Duration(min(v.Minutes, 24*60)) * time.Minute
}

// roomy is how high a visit is drawn about whose length nobody has said anything: so that it has two lines, where the
// next one leaves it so much room.
const roomy = 45 * time.Minute

// Moves are where a person at the desk may put a visit with one click: what it isn't yet, and a no-show only once it
// has begun.
func (v *Visit) Moves(now data.Instant) []data.AppointmentState {
	var out []data.AppointmentState
	for _, to := range []data.AppointmentState{data.Confirmed, data.Arrived, data.NoShow, data.Booked} {
		if to != v.State && !(to == data.NoShow && v.Starts > now) && !(v.State == data.ApptCancelled && to != data.Booked) {
			out = append(out, to)
		}
	}
	return out
}

// Board is the part of the schedule that is in view.
type Board struct {
	View     View
	Day      data.Date // the chosen one
	From, To data.Date // To is the first day after
	Now      time.Time // in the shop's zone
	Zone     string
	Visits   []Visit           // by time
	More     int               // visits that are not drawn
	Found    string            // the search whose result this is; "" for none
	Any      bool              // there is an appointment at all
	Days     map[data.Date]int // how many come on the days around, for the calendar
}

// Span are the days that a view shows around a day. weekStart is the language's.
func Span(view View, day data.Date, weekStart time.Weekday) (from, to data.Date) {
	at := noon(day)
	switch view {
	case WeekView:
		at = at.AddDate(0, 0, -((int(at.Weekday()) - int(weekStart) + 7) % 7))
		return data.DateOf(at), data.DateOf(at.AddDate(0, 0, 7))
	case ListView:
		return day, data.DateOf(at.AddDate(0, 0, listDays))
	}
	return day, data.DateOf(at.AddDate(0, 0, 1))
}

// Step is the day to which the arrows lead.
func Step(view View, day data.Date, by int) data.Date {
	days := map[View]int{DayView: 1, WeekView: 7, ListView: listDays}[view]
	return data.DateOf(noon(day).AddDate(0, 0, by*days))
}

// noon is a time on a day that no change of clocks comes near.
func noon(day data.Date) time.Time {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return time.Time{}
	}
	return at.Add(12 * time.Hour)
}

// Wanted is what to read.
type Wanted struct {
	View      View
	Day       data.Date
	WeekStart time.Weekday
	Search    string
}

// searchBack and searchAhead bound what a search looks through, in days from today.
const (
	searchBack  = 366
	searchAhead = 731
)

// daysAround is how far around the chosen day the calendar marks days with visits.
const daysAround = 75

// Read reads the part of the schedule that is wanted.
func Read(ctx context.Context, s *store.Store, w Wanted) (*Board, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	out := &Board{View: w.View, Day: w.Day, Now: now.In(b.Location()), Zone: b.Zone, Found: strings.TrimSpace(w.Search)}
	out.From, out.To = Span(w.View, w.Day, w.WeekStart)
	var all []data.Appointment
	if out.Found != "" {
		today := noon(data.DateOf(out.Now))
		all, err = s.FindAppointments(ctx, out.Found, data.DateOf(today.AddDate(0, 0, -searchBack)), data.DateOf(today.AddDate(0, 0, searchAhead)), mostVisits+1)
	} else {
		all, err = s.Appointments(ctx, string(out.From), string(out.To))
	}
	if err != nil {
		return nil, err
	}
	if len(all) > mostVisits {
		out.More = len(all) - mostVisits
		all = all[:mostVisits]
	}
	if out.Any = len(all) > 0; !out.Any {
		if out.Any, err = s.AnyAppointment(ctx); err != nil {
			return nil, err
		}
	}
	around := noon(w.Day)
	if out.Days, err = s.VisitDays(ctx, data.DateOf(around.AddDate(0, 0, -daysAround)), data.DateOf(around.AddDate(0, 0, daysAround))); err != nil {
		return nil, err
	}
	ids := make([]data.AppointmentID, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	reminders, err := s.VisitReminders(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		v, err := visitOf(a, now)
		if err != nil {
			continue // a time that nobody can read is on no board
		}
		v.Reminders = reminders[a.ID]
		out.Visits = append(out.Visits, v)
	}
	return out, nil
}

func visitOf(a data.Appointment, now data.Instant) (Visit, error) {
	starts, err := a.Starts()
	if err != nil {
		return Visit{}, err
	}
	at, err := data.ParseWall(a.Wall)
	return Visit{Appointment: a, At: at, Starts: starts, Mark: markOf(&a, starts, now)}, err
}

// With returns the board with the changes of a schedule laid over it: what is new lies there too, what is moved lies at
// its new time.
func (b *Board) With(changes []data.ScheduleChange) *Board {
	if len(changes) == 0 || b.Found != "" {
		return b
	}
	out := *b
	out.Visits = slices.Clone(b.Visits)
	at := map[data.AppointmentID]int{}
	for i := range out.Visits {
		at[out.Visits[i].ID] = i
	}
	gone := map[data.AppointmentID]bool{}
	for _, c := range changes {
		if c.Kind == data.ChangeNone {
			continue
		}
		i, here := at[c.Before.ID]
		here = here && c.Before.ID != 0
		if day := data.Date(c.After.Wall[:10]); day < b.From || day >= b.To {
			if here && c.Kind == data.ChangeMoved {
				gone[c.Before.ID] = true
			}
			continue
		}
		v, err := visitOf(c.After, data.At(b.Now))
		if err != nil {
			continue
		}
		v.Change, v.Ghost = c.Kind, c.Before.ID == 0 || !here
		if c.Kind == data.ChangeMoved {
			v.Was, _ = data.ParseWall(c.Before.Wall)
		}
		switch {
		case here:
			v.Reminders = out.Visits[i].Reminders
			out.Visits[i] = v
		case len(out.Visits) < mostVisits:
			out.Visits = append(out.Visits, v)
		default:
			out.More++
		}
	}
	out.Visits = slices.DeleteFunc(out.Visits, func(v Visit) bool { return gone[v.ID] && v.ID != 0 })
	slices.SortStableFunc(out.Visits, func(x, y Visit) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Staff, y.Staff)) })
	return &out
}

// Next is the first day after those in view on which anybody comes, and how many; 0 when nobody does for a long time.
func (b *Board) Next() (day data.Date, people int) {
	for d, n := range b.Days {
		if n > 0 && d >= b.To && (day == "" || d < day) {
			day, people = d, n
		}
	}
	return day, people
}

// Counted are the day's visits by their marks; marks without any are left out. They add up to all visits.
func (b *Board) Counted() []Count {
	var out []Count
	for _, m := range marks {
		n := 0
		for i := range b.Visits {
			if b.Visits[i].Mark == m && !b.Visits[i].Ghost {
				n++
			}
		}
		if n > 0 {
			out = append(out, Count{m, n})
		}
	}
	return out
}

// Count is how many visits bear a mark.
type Count struct {
	Mark Mark
	N    int
}

// People counts the visits that stand in the book, and those that are confirmed or here.
func (b *Board) People() (all, confirmed int) {
	for i := range b.Visits {
		if b.Visits[i].Ghost {
			continue
		}
		all++
		if m := b.Visits[i].Mark; m == MarkConfirmed || m == MarkArrived {
			confirmed++
		}
	}
	return all, confirmed
}

// Column is what lies in one column of the board: one person's visits, or one day's.
type Column struct {
	Name   string // of staff, "" for visits without
	Place  string // the room, where all visits have the same
	Day    data.Date
	Visits []Visit
	Lanes  []Lane          // beside each visit
	High   []time.Duration // beside each visit: how much of the day it takes up as drawn
}

// Lane is where a visit lies among those at the same time: the Of-th part of the column's width, counted from 0.
type Lane struct{ Index, Of int }

// Columns are the board's columns: by staff on a day, the days of a week.
func (b *Board) Columns() []Column {
	var out []Column
	if b.View == WeekView {
		for at := noon(b.From); data.DateOf(at) < b.To; at = at.AddDate(0, 0, 1) {
			out = append(out, Column{Day: data.DateOf(at)})
		}
		for _, v := range b.Visits {
			for i := range out {
				if out[i].Day == v.Day() {
					out[i].Visits = append(out[i].Visits, v)
				}
			}
		}
		return out
	}
	for _, v := range b.Visits {
		i := slices.IndexFunc(out, func(c Column) bool { return c.Name == v.Staff })
		if i < 0 {
			out = append(out, Column{Name: v.Staff, Place: v.Place, Day: b.Day})
			i = len(out) - 1
		}
		if out[i].Place != v.Place {
			out[i].Place = ""
		}
		out[i].Visits = append(out[i].Visits, v)
	}
	slices.SortStableFunc(out, func(x, y Column) int { // the same order every day; those without staff last
		return cmp.Or(cmp.Compare(btoi(x.Name == ""), btoi(y.Name == "")), cmp.Compare(x.Name, y.Name))
	})
	for i := range out {
		out[i].Lanes, out[i].High = lanes(out[i].Visits), heights(out[i].Visits)
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lanes puts visits that overlap beside each other. visits are by time.
func lanes(visits []Visit) []Lane {
	out := make([]Lane, len(visits))
	for first := 0; first < len(visits); {
		// A knot is visits each of which begins before the others have ended.
		end, last := visits[first].At, first
		var free []time.Time // when each lane is free again
		for ; last < len(visits) && (last == first || visits[last].At.Before(end)); last++ {
			v := &visits[last]
			lane := slices.IndexFunc(free, func(at time.Time) bool { return !v.At.Before(at) })
			if lane < 0 {
				lane, free = len(free), append(free, time.Time{})
			}
			until := v.At.Add(v.Lasts())
			out[last].Index, free[lane] = lane, until
			if until.After(end) {
				end = until
			}
		}
		for i := first; i < last; i++ {
			out[i].Of = len(free)
		}
		first = last
	}
	return out
}

// heights are how much of the day visits take up as they are drawn. visits are by time.
func heights(visits []Visit) []time.Duration {
	out := make([]time.Duration, len(visits))
	for i := range visits {
		v := &visits[i]
		out[i] = v.Lasts()
		if v.Minutes > 0 {
			continue
		}
		free := roomy
		for j := i + 1; j < len(visits); j++ { // the first that begins later; the others lie beside it
			if visits[j].At.After(v.At) {
				free = visits[j].At.Sub(v.At)
				break
			}
		}
		out[i] = max(out[i], min(free, roomy))
	}
	return out
}

// Hours are the first and the last hour that the board draws: those of the visits, at least nine to five.
func (b *Board) Hours() (first, last int) {
	first, last = 9, 17
	for i := range b.Visits {
		v := &b.Visits[i]
		first = min(first, v.At.Hour())
		long := v.Lasts()
		if v.Minutes <= 0 {
			long = roomy
		}
		end := v.At.Hour()*60 + v.At.Minute() + int(long/time.Minute)
		last = max(last, min((end+59)/60, 24))
	}
	return first, last
}

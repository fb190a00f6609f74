package today

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// A Visit is one appointment as the day's list shows it.
type Visit struct {
	data.Appointment
	Mark Mark
	Next bool // the first one still to come
}

// A Mark is the word at the end of a visit's row.
type Mark string

const (
	MarkArrived   Mark = "arrived"
	MarkConfirmed Mark = "confirmed"
	MarkReminded  Mark = "reminded"
	MarkNoAnswer  Mark = "no_answer" // reminded, and soon
	MarkUnclear   Mark = "unclear"
	MarkCancelled Mark = "cancelled"
	MarkNoShow    Mark = "no_show"
	MarkBooked    Mark = "booked"
	MarkNoNumber  Mark = "no_number" // can't be reminded
)

// soon is when a reminder without an answer begins to matter.
const soon = 2 * time.Hour

// markOf finds the word for a visit.
func markOf(a *data.Appointment, starts, now data.Instant) Mark {
	switch a.State {
	case data.Reminded:
		if starts < now.Add(soon) {
			return MarkNoAnswer
		}
	case data.Booked:
		if a.Phone == "" {
			return MarkNoNumber
		}
	}
	return Mark(a.State)
}

// tallies are the groups counted above the list, and which marks belong to each.
var tallies = []struct {
	key   string
	marks []Mark
}{
	{"confirmed", []Mark{MarkConfirmed, MarkArrived}},
	{"waiting", []Mark{MarkBooked, MarkReminded, MarkNoAnswer, MarkNoNumber}},
	{"unclear", []Mark{MarkUnclear}},
	{"cancelled", []Mark{MarkCancelled}},
	{"no_show", []Mark{MarkNoShow}},
}

// A Tally is how many of the day's visits belong to a group; groups with none are left out.
type Tally struct {
	Key string
	N   int
}

// Tallies counts the day's visits. They add up to all of them.
func (d *Day) Tallies() []Tally {
	var all []Tally
	for _, group := range tallies {
		n := 0
		for _, v := range d.Visits {
			for _, m := range group.marks {
				if v.Mark == m {
					n++
				}
			}
		}
		if n > 0 {
			all = append(all, Tally{group.key, n})
		}
	}
	return all
}

// Expected counts the day's visits that haven't been cancelled.
func (d *Day) Expected() int {
	n := 0
	for _, v := range d.Visits {
		if v.State != data.ApptCancelled {
			n++
		}
	}
	return n
}

func (d *Day) readVisits(ctx context.Context, s *store.Store) error {
	today, tomorrow := data.DateOf(d.Now), data.DateOf(d.Now.AddDate(0, 0, 1))
	all, err := s.Appointments(ctx, string(today), string(tomorrow))
	if err != nil {
		return err
	}
	now, found := data.At(d.Now), false
	for _, a := range all {
		starts, err := a.Starts()
		if err != nil {
			return err
		}
		v := Visit{Appointment: a, Mark: markOf(&a, starts, now)}
		if !found && starts > now && a.Open() {
			v.Next, found = true, true
		}
		d.Visits = append(d.Visits, v)
	}
	if len(d.Visits) > 0 {
		return nil
	}
	a, ok, err := s.NextAppointment(ctx, now)
	if ok {
		d.Next = &Visit{Appointment: a}
	}
	return err
}

// Moves are what a person at the desk may say about a visit: that they came, that they didn't (once it has begun), or
// that they confirmed by word of mouth. Cancelling is the schedule's.
func (v *Visit) Moves(now data.Instant) []data.AppointmentState {
	starts, err := v.Starts()
	if err != nil || v.State == data.ApptCancelled {
		return nil
	}
	moves := []data.AppointmentState{data.Confirmed, data.Arrived}
	if starts <= now {
		moves = append(moves, data.NoShow)
	}
	return moves
}

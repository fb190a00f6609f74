package intake

import (
	"context"

	"counterbell/data"
	"counterbell/data/phone"
)

// An AppointmentBook is the book of appointments that a file's are compared with.
type AppointmentBook interface {
	AppointmentsFor(ctx context.Context, from, to string, file []data.Appointment) ([]data.Appointment, error)
}

// A Comparison is a schedule's file laid over the book: what applying it would change, and the receipt of its rows.
type Comparison struct {
	Receipt data.Receipt
	Changes []data.ScheduleChange // new first, then moved, cancelled, changed, unchanged; each by time
	Flags   []Flag                // appointments without a number that can be read
	Facts   map[data.Phone]data.PhoneFacts

	New, Moved, Cancelled, Changed, Same int
	NoPhone                              int // expected visits that nobody can be reminded of
}

// Differs tells whether applying it would change anything.
func (c *Comparison) Differs() bool { return c.New+c.Moved+c.Cancelled+c.Changed > 0 }

// Compare reads the whole file and lays it over the book. Nothing is written. Errors: those of Appointments, and the
// book's.
func (l *List) Compare(ctx context.Context, book AppointmentBook, progress Progress) (*Comparison, error) {
	file, err := l.Appointments(ctx, progress)
	if err != nil {
		return nil, err
	}
	first, last := "9999", ""
	out := &Comparison{Receipt: file.Receipt, Flags: file.Flagged, Facts: map[data.Phone]data.PhoneFacts{}}
	for _, a := range file.Appointments {
		first, last = min(first, a.Wall[:10]), max(last, a.Wall[:10])
		if a.Phone != "" {
			if out.Facts[a.Phone], err = phone.Facts(a.Phone); err != nil {
				return nil, err
			}
		}
	}
	known, err := book.AppointmentsFor(ctx, first, last+"T99", file.Appointments)
	if err != nil {
		return nil, err
	}
	out.Changes = data.CompareSchedule(file.Appointments, known)
	// Every row that was read is one change, and its fate is counted by itself: the receipt's check has to bite.
	r := &out.Receipt
	r.Added, r.Updated, r.Unchanged = 0, 0, 0
	for _, ch := range out.Changes {
		switch ch.Kind {
		case data.ChangeNew:
			out.New++
			r.Added++
		case data.ChangeMoved:
			out.Moved++
			r.Updated++
		case data.ChangeDetails:
			out.Changed++
			r.Updated++
		case data.ChangeCancelled:
			out.Cancelled++
			if !ch.Absent { // marked so by its row
				r.Updated++
			}
		default:
			out.Same++
			r.Unchanged++
		}
		if ch.After.Phone == "" && ch.After.Open() {
			out.NoPhone++
		}
	}
	return out, r.Check()
}

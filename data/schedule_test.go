package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// visit is an appointment as an export has it.
func visit(patient, phone, wall string) Appointment {
	return Appointment{Patient: patient, Phone: Phone(phone), Wall: wall, Zone: "America/Los_Angeles", State: Booked}
}

func numbered(id string, a Appointment) Appointment { a.ExternalID = id; return a }
func in(state AppointmentState, a Appointment) Appointment {
	a.State = state
	return a
}

// booked is what the book holds after an export was applied.
func booked(all ...Appointment) []Appointment {
	out := slices.Clone(all)
	for i := range out {
		out[i].ID, out[i].Version, out[i].Contact = AppointmentID(i+1), 1, ContactID(100+i)
	}
	return out
}

// applied lays changes over a book as the store does.
func applied(book []Appointment, changes []ScheduleChange) []Appointment {
	out := slices.Clone(book)
	for _, c := range changes {
		switch c.Kind {
		case ChangeNone:
		case ChangeNew:
			a := c.After
			a.ID, a.Version, a.State = AppointmentID(len(out)+1), 1, Booked
			out = append(out, a)
		default:
			i := slices.IndexFunc(out, func(a Appointment) bool { return a.ID == c.After.ID })
			out[i] = c.After
		}
	}
	return out
}

func told(changes []ScheduleChange) string {
	var all []string
	for _, c := range changes {
		s := string(c.Kind) + " " + c.After.Patient
		if c.Kind == ChangeMoved {
			s += " " + c.Before.Wall[8:] + ">" + c.After.Wall[8:]
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

const (
	mum  = "+15035550101"
	tom  = "+15035550102"
	none = ""
)

func TestANewExportShowsWhatIsNewMovedAndCancelled(t *testing.T) {
	for _, c := range []struct {
		name       string
		book, file []Appointment
		want       string
	}{
		{"a first export", nil, []Appointment{visit("Ann", mum, "2026-11-25T09:30"), visit("Tom", tom, "2026-11-25T10:00")}, "new Ann, new Tom"},
		{"the same again", booked(visit("Ann", mum, "2026-11-25T09:30")), []Appointment{visit("Ann", mum, "2026-11-25T09:30")}, "unchanged Ann"},
		{"another time of the day", booked(visit("Ann", mum, "2026-11-25T09:30")), []Appointment{visit("Ann", mum, "2026-11-25T11:00")}, "moved Ann 25T09:30>25T11:00"},
		{"another day that the file covers", booked(visit("Ann", mum, "2026-11-25T09:30")), []Appointment{visit("Ann", mum, "2026-11-27T11:00"), visit("Tom", tom, "2026-11-25T10:00")}, "new Tom, moved Ann 25T09:30>27T11:00"},
		{"another day, found by its number in the book", booked(numbered("7", visit("Ann", mum, "2026-11-25T09:30"))), []Appointment{numbered("7", visit("Ann", mum, "2026-12-20T11:00"))}, "moved Ann 25T09:30>20T11:00"},
		{"gone", booked(visit("Ann", mum, "2026-11-25T09:30"), visit("Tom", tom, "2026-11-25T10:00")), []Appointment{visit("Tom", tom, "2026-11-25T10:00")}, "cancelled Ann, unchanged Tom"},
		{"gone on a day that the file doesn't cover", booked(visit("Ann", mum, "2026-11-26T09:30"), visit("Tom", tom, "2026-11-25T10:00")), []Appointment{visit("Tom", tom, "2026-11-25T10:00")}, "unchanged Tom"},
		{"marked as cancelled", booked(visit("Ann", mum, "2026-11-25T09:30")), []Appointment{in(ApptCancelled, visit("Ann", mum, "2026-11-25T09:30"))}, "cancelled Ann"},
		{"cancelled and never known", nil, []Appointment{in(ApptCancelled, visit("Ann", mum, "2026-11-25T09:30"))}, "unchanged Ann"},
		{"a family on one phone", booked(visit("Ann", mum, "2026-11-25T09:30"), visit("Ben", mum, "2026-11-25T09:45")), []Appointment{visit("Ann", mum, "2026-11-25T09:30"), visit("Ben", mum, "2026-11-25T16:00"), visit("Cal", mum, "2026-11-25T16:15")}, "new Cal, moved Ben 25T09:45>25T16:00, unchanged Ann"},
		{"one of a family gone", booked(visit("Ann", mum, "2026-11-25T09:30"), visit("Ben", mum, "2026-11-25T09:45")), []Appointment{visit("Ben", mum, "2026-11-25T09:45")}, "cancelled Ann, unchanged Ben"},
		{"two visits of one person, one moved: the other stays where it is", booked(visit("Ann", mum, "2026-11-25T09:00"), visit("Ann", mum, "2026-11-25T10:00")), []Appointment{visit("Ann", mum, "2026-11-25T10:00"), visit("Ann", mum, "2026-11-25T11:00")}, "moved Ann 25T09:00>25T11:00, unchanged Ann"},
		{"two visits of one person, one gone", booked(visit("Ann", mum, "2026-11-25T09:00"), visit("Ann", mum, "2026-11-27T10:00")), []Appointment{visit("Ann", mum, "2026-11-27T10:00"), visit("Tom", tom, "2026-11-25T09:00")}, "new Tom, cancelled Ann, unchanged Ann"},
		{"two people of one name on two phones", booked(visit("Ann", mum, "2026-11-25T09:00"), visit("Ann", tom, "2026-11-25T10:00")), []Appointment{visit("Ann", mum, "2026-11-25T09:00"), visit("Ann", tom, "2026-11-25T12:00")}, "moved Ann 25T10:00>25T12:00, unchanged Ann"},
		{"a number that the file has and the book hasn't", booked(visit("Ann", none, "2026-11-25T09:00")), []Appointment{visit("Ann", mum, "2026-11-25T09:00")}, "changed Ann"},
		{"a number that the book has and the file hasn't", booked(visit("Ann", mum, "2026-11-25T09:00")), []Appointment{visit("Ann", none, "2026-11-25T09:00")}, "unchanged Ann"},
		{"another number", booked(numbered("7", visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{numbered("7", visit("Ann", tom, "2026-11-25T09:00"))}, "changed Ann"},
		{"another spelling of the name", booked(visit("Ann Chen", mum, "2026-11-25T09:00")), []Appointment{visit("ANN CHEN", mum, "2026-11-25T09:00")}, "changed ANN CHEN"},
		{"two numbers in the book are two visits", booked(numbered("7", visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{numbered("8", visit("Ann", mum, "2026-11-25T09:00"))}, "new Ann, cancelled Ann"},
		{"the export has learnt to number", booked(visit("Ann", mum, "2026-11-25T09:00")), []Appointment{numbered("7", visit("Ann", mum, "2026-11-25T09:00"))}, "changed Ann"},
		{"and forgotten it", booked(numbered("7", visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{visit("Ann", mum, "2026-11-25T09:00")}, "unchanged Ann"},
		{"the numbers swapped their times", booked(numbered("1", visit("Ann", mum, "2026-11-25T09:00")), numbered("2", visit("Ann", mum, "2026-11-25T10:00"))), []Appointment{numbered("1", visit("Ann", mum, "2026-11-25T10:00")), numbered("2", visit("Ann", mum, "2026-11-25T09:00"))}, "moved Ann 25T10:00>25T09:00, moved Ann 25T09:00>25T10:00"},
		{"who has arrived stays so", booked(in(Arrived, visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{visit("Ann", mum, "2026-11-25T09:00")}, "unchanged Ann"},
		{"also when gone from the export", booked(in(Arrived, visit("Ann", mum, "2026-11-25T09:00")), visit("Tom", tom, "2026-11-25T10:00")), []Appointment{visit("Tom", tom, "2026-11-25T10:00")}, "unchanged Tom"},
		{"and a no-show that was booked anew is a new visit", booked(in(NoShow, visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{visit("Ann", mum, "2026-11-25T15:00")}, "new Ann"},
		{"the person cancelled, the export still has it", booked(in(ApptCancelled, visit("Ann", mum, "2026-11-25T09:00"))), []Appointment{visit("Ann", mum, "2026-11-25T09:00")}, "unchanged Ann"},
		{"the person cancelled and got another time", booked(in(ApptCancelled, numbered("7", visit("Ann", mum, "2026-11-25T09:00")))), []Appointment{numbered("7", visit("Ann", mum, "2026-11-25T15:00"))}, "moved Ann 25T09:00>25T15:00"},
		{"an export that left it out by mistake, then the right one", func() []Appointment {
			b := booked(visit("Ann", mum, "2026-11-25T09:00"), visit("Tom", tom, "2026-11-25T10:00"))
			return applied(b, CompareSchedule([]Appointment{visit("Tom", tom, "2026-11-25T10:00")}, b))
		}(), []Appointment{visit("Ann", mum, "2026-11-25T09:00"), visit("Tom", tom, "2026-11-25T10:00")}, "changed Ann, unchanged Tom"},
		{"an empty export says nothing", booked(visit("Ann", mum, "2026-11-25T09:00")), nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			changes := CompareSchedule(c.file, c.book)
			if got := told(changes); got != c.want {
				t.Fatalf("%s\nwant %s", got, c.want)
			}
			for _, x := range CompareSchedule(c.file, applied(c.book, changes)) {
				if x.Kind != ChangeNone {
					t.Errorf("applied, and still %s: %+v", x.Kind, x)
				}
			}
		})
	}
}

func TestAMovedVisitIsBookedAnewAndItsOldRemindersAreVoid(t *testing.T) {
	book := booked(in(Confirmed, visit("Ann", mum, "2026-11-25T09:00")))
	c := CompareSchedule([]Appointment{visit("Ann", mum, "2026-11-25T11:00")}, book)[0]
	if c.After.State != Booked || c.After.Version != 2 || c.After.ID != book[0].ID || c.After.Contact != book[0].Contact {
		t.Errorf("%+v", c.After)
	}
	c = CompareSchedule([]Appointment{func() Appointment { a := visit("Ann", mum, "2026-11-25T09:00"); a.Staff = "Dr Wu"; return a }()}, book)[0]
	if c.Kind != ChangeDetails || c.After.State != Confirmed || c.After.Version != 1 || c.After.Staff != "Dr Wu" {
		t.Errorf("%+v", c)
	}
}

func TestAnotherNumberIsAnotherPersonsUntilTheBookSaysWhose(t *testing.T) {
	book := booked(numbered("7", visit("Ann", mum, "2026-11-25T09:00")))
	c := CompareSchedule([]Appointment{numbered("7", visit("Ann", tom, "2026-11-25T09:00"))}, book)[0]
	if c.After.Phone != tom || c.After.Contact != 0 {
		t.Errorf("the visit with Tom's number belongs to contact %d", c.After.Contact)
	}
	c = CompareSchedule([]Appointment{numbered("7", visit("Ann", none, "2026-11-25T11:00"))}, book)[0]
	if c.After.Phone != mum || c.After.Contact != book[0].Contact {
		t.Errorf("the number went with the move: %+v", c.After)
	}
}

// Any export over any book: everybody of the file is accounted for once, nobody of the book twice, and what was applied
// shows no change the next time.
func TestAnExportThatWasAppliedShowsNoChange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	names, phones := []string{"Ann", "ann", "Ben", "Cal"}, []string{mum, tom, none}
	random := func(states ...AppointmentState) []Appointment {
		all := make([]Appointment, r.IntN(9))
		ids := map[string]bool{}
		for i := range all {
			all[i] = in(states[r.IntN(len(states))], visit(names[r.IntN(4)], phones[r.IntN(3)], fmt.Sprintf("2026-11-%02dT%02d:00", 24+r.IntN(4), 9+r.IntN(5))))
			if id := fmt.Sprint(r.IntN(12)); r.IntN(2) == 0 && !ids[id] {
				all[i].ExternalID, ids[id] = id, true
			}
		}
		return all
	}
	for range 20_000 {
		book := booked(random(Booked, Reminded, Confirmed, UnclearReply, ApptCancelled, Arrived, NoShow)...)
		file := random(Booked, Booked, Booked, ApptCancelled)
		changes := CompareSchedule(file, book)
		used := map[AppointmentID]bool{}
		for _, c := range changes {
			if id := c.Before.ID; id != 0 {
				if used[id] {
					t.Fatalf("visit %d is found twice\nfile %+v\nbook %+v", id, file, book)
				}
				used[id] = true
			}
		}
		if len(changes) < len(file) {
			t.Fatalf("%d changes for %d rows", len(changes), len(file))
		}
		after := applied(book, changes)
		for _, c := range CompareSchedule(file, after) {
			if c.Kind != ChangeNone {
				t.Fatalf("applied, and still %s: %+v > %+v\nfile %+v\nbook %+v\nfirst %s", c.Kind, c.Before, c.After, file, book, told(changes))
			}
		}
	}
}

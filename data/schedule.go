package data

import (
	"cmp"
	"slices"
	"strings"
)

// A ScheduleChange is one difference between a new export of the schedule and what the book holds.
type ScheduleChange struct {
	Kind   ChangeKind  `json:"kind"`
	Before Appointment `json:"before,omitzero"`
	After  Appointment `json:"after,omitzero"`
	Absent bool        `json:"absent,omitempty"` // no row of the export: the visit is gone from it
}

// ChangeKind says what a new export does to an appointment.
type ChangeKind string

const (
	ChangeNew       ChangeKind = "new"
	ChangeMoved     ChangeKind = "moved"     // another time
	ChangeDetails   ChangeKind = "changed"   // the same time; staff, place, number or name differ
	ChangeCancelled ChangeKind = "cancelled" // gone from the export, or marked so
	ChangeNone      ChangeKind = "unchanged"
)

// CompareSchedule lays a new export over the book's appointments. An appointment is found again by its external id, else
// by patient and number: at the same time it is the same, at another it has moved, the nearest first. What the book
// expects on the days that the file covers and the file doesn't know has been cancelled. Appointments that are over
// (arrived, no-show, cancelled) never change by an export, but that a cancelled one may be booked anew: at another time,
// or because only an export had cancelled it, which the next one sets right.
func CompareSchedule(file, book []Appointment) []ScheduleChange {
	var out []ScheduleChange
	left := map[int]bool{}
	for i := range book {
		left[i] = true
	}
	first, last := "9999", ""
	for _, a := range file {
		first, last = min(first, a.Wall[:10]), max(last, a.Wall[:10])
	}
	byID, byName := map[string][]int{}, map[string][]int{} // a year's schedule is long: nobody looks through all of it for each row
	for i := range book {
		if id := book[i].ExternalID; id != "" {
			byID[id] = append(byID[id], i)
		}
		name := strings.ToLower(book[i].Patient)
		byName[name] = append(byName[name], i)
	}
	match := func(a *Appointment, among []int, same func(a, b *Appointment) bool) int {
		best := -1
		for _, i := range among {
			if left[i] && same(a, &book[i]) && (best < 0 || distance(a, &book[i]) < distance(a, &book[best])) {
				best = i
			}
		}
		return best
	}
	found := make([]int, len(file))
	var expected, cancelled []int // rows of the file
	for f := range file {
		if found[f] = -1; file[f].State == ApptCancelled {
			cancelled = append(cancelled, f)
		} else {
			expected = append(expected, f)
		}
	}
	find := func(rows []int, among func(a *Appointment) []int, same func(a, b *Appointment) bool) {
		for _, f := range rows {
			if found[f] >= 0 {
				continue
			}
			if i := match(&file[f], among(&file[f]), same); i >= 0 {
				found[f], left[i] = i, false
			}
		}
	}
	numbered := func(a *Appointment) []int { return byID[a.ExternalID] }
	namesakes := func(a *Appointment) []int { return byName[strings.ToLower(a.Patient)] }
	for _, rows := range [][]int{expected, cancelled} {
		find(rows, numbered, func(_, _ *Appointment) bool { return true })
	}
	for _, rows := range [][]int{expected, cancelled} { // what is expected chooses first
		// From what is surely the same visit to what may be.
		find(rows, namesakes, func(a, b *Appointment) bool {
			return unnamed(a, b) && a.Wall == b.Wall && a.Phone == b.Phone && a.Patient == b.Patient
		})
		find(rows, namesakes, func(a, b *Appointment) bool { return unnamed(a, b) && a.Wall == b.Wall && samePerson(a, b) })
		find(rows, namesakes, func(a, b *Appointment) bool {
			return a.Phone == b.Phone && samePerson(a, b) && mayHaveMoved(a, b, first, last)
		})
		find(rows, namesakes, func(a, b *Appointment) bool { return samePerson(a, b) && mayHaveMoved(a, b, first, last) })
	}
	for f := range file {
		a := file[f]
		if found[f] < 0 {
			if a.State == ApptCancelled {
				out = append(out, ScheduleChange{Kind: ChangeNone, After: a})
			} else {
				out = append(out, ScheduleChange{Kind: ChangeNew, After: a})
			}
			continue
		}
		out = append(out, change(book[found[f]], a))
	}
	for i := range book {
		if b := book[i]; left[i] && b.Open() && inRange(&b, first, last) {
			after := b
			after.State, after.Dropped = ApptCancelled, true
			out = append(out, ScheduleChange{Kind: ChangeCancelled, Before: b, After: after, Absent: true})
		}
	}
	slices.SortStableFunc(out, func(x, y ScheduleChange) int {
		return cmp.Or(cmp.Compare(order[x.Kind], order[y.Kind]), cmp.Compare(x.After.Wall, y.After.Wall))
	})
	return out
}

var order = map[ChangeKind]int{ChangeNew: 0, ChangeMoved: 1, ChangeCancelled: 2, ChangeDetails: 3, ChangeNone: 4}

func change(before, file Appointment) ScheduleChange {
	after := file
	after.ID, after.Version, after.State, after.Contact = before.ID, before.Version, before.State, before.Contact
	if after.ExternalID == "" {
		after.ExternalID = before.ExternalID
	}
	if after.Phone == "" { // a number added by hand stays when the export still has none
		after.Phone, after.Contact = before.Phone, before.Contact
	}
	if after.Phone != before.Phone { // whose it is, the book has to find out; what was to go to the old number is void
		after.Contact, after.Version = 0, before.Version+1
	}
	moved := before.Wall != after.Wall || before.Zone != after.Zone
	switch {
	case before.State == Arrived || before.State == NoShow:
		return ScheduleChange{Kind: ChangeNone, Before: before, After: before}
	case file.State == ApptCancelled && before.State != ApptCancelled:
		after.State, after.Dropped = ApptCancelled, true
		return ScheduleChange{Kind: ChangeCancelled, Before: before, After: after}
	case file.State == ApptCancelled:
		return ScheduleChange{Kind: ChangeNone, Before: before, After: before}
	case before.State == ApptCancelled && before.Dropped && !moved:
		after.State, after.Version = Booked, before.Version+1
		return ScheduleChange{Kind: ChangeDetails, Before: before, After: after}
	case before.State == ApptCancelled && !moved:
		// The person cancelled, the export still has it: the person's word stands until the time changes.
		return ScheduleChange{Kind: ChangeNone, Before: before, After: before}
	case moved:
		after.State, after.Version = Booked, before.Version+1
		return ScheduleChange{Kind: ChangeMoved, Before: before, After: after}
	}
	x, y := before, after
	x.UpdatedAt, y.UpdatedAt = 0, 0
	if x == y {
		return ScheduleChange{Kind: ChangeNone, Before: before, After: before}
	}
	return ScheduleChange{Kind: ChangeDetails, Before: before, After: after}
}

// unnamed: two external ids that differ are two appointments, whoever they are for.
func unnamed(a, b *Appointment) bool { return a.ExternalID == "" || b.ExternalID == "" }

// samePerson: namesakes are one person unless both have a number and the numbers differ.
func samePerson(a, b *Appointment) bool {
	return a.Phone == b.Phone || a.Phone == "" || b.Phone == ""
}

// mayHaveMoved: what the file expects may be a visit that the book expects at another time, on a day that the file covers.
func mayHaveMoved(a, b *Appointment, first, last string) bool {
	return a.State != ApptCancelled && unnamed(a, b) && b.Open() && inRange(b, first, last)
}

func inRange(a *Appointment, first, last string) bool {
	return a.Wall[:10] >= first && a.Wall[:10] <= last
}

func distance(a, b *Appointment) int64 {
	x, _ := ParseWall(a.Wall)
	y, _ := ParseWall(b.Wall)
	d := x.Sub(y).Milliseconds()
	return max(d, -d)
}

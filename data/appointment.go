package data

import (
	"time"
)

type AppointmentID int64

// AppointmentState is where an appointment stands (decisions.md, States).
type AppointmentState string

const (
	Booked        AppointmentState = "booked"
	Reminded      AppointmentState = "reminded"
	Confirmed     AppointmentState = "confirmed"
	UnclearReply  AppointmentState = "unclear"
	ApptCancelled AppointmentState = "cancelled"
	Arrived       AppointmentState = "arrived"
	NoShow        AppointmentState = "no_show"
)

// An Appointment is a visit at a wall time in a zone: when clocks change, the wall time stays and the moment moves.
// It carries its own patient's name, so that a family can share a phone. Phone may be empty: then it is flagged.
type Appointment struct {
	ID         AppointmentID    `json:"id"`
	ExternalID string           `json:"external_id,omitempty"`
	Contact    ContactID        `json:"contact_id,omitempty"`
	Phone      Phone            `json:"phone"`
	Patient    string           `json:"patient"`
	GivenName  string           `json:"given_name"`
	Wall       string           `json:"wall"` // "2026-11-25T09:30"
	Zone       string           `json:"zone"` // IANA
	Minutes    int              `json:"minutes,omitempty"`
	Service    string           `json:"service,omitempty"`
	Staff      string           `json:"staff,omitempty"`
	Place      string           `json:"place,omitempty"`
	Note       string           `json:"note,omitempty"`
	State      AppointmentState `json:"state"`
	Dropped    bool             `json:"dropped,omitempty"` // cancelled by an export that didn't have it any more, not by the person
	Version    int              `json:"version"`           // grows when the time moves: reminders of an older one are void
	UpdatedAt  Instant          `json:"updated_at"`
}

const wallLayout = "2006-01-02T15:04"

// ParseWall reads a wall time, "2026-11-25T09:30". Error Invalid otherwise.
func ParseWall(s string) (time.Time, error) {
	t, err := time.Parse(wallLayout, s)
	if err != nil {
		return t, Errorf(Invalid, "read a wall time", "%q", s).With("value", s)
	}
	return t, nil
}

// Wall writes what t's own clock shows.
func Wall(t time.Time) string { return t.Format(wallLayout) }

// WallAt returns the moment at which a wall clock in zone shows wall. A time that the clocks skip in spring is moved
// forward by the gap (02:30 becomes 03:30); one that happens twice in autumn means the first. Error Invalid for a wall
// time or a zone that is none.
func WallAt(wall, zone string) (Instant, error) {
	loc, err := Zone(zone)
	if err != nil {
		return 0, err
	}
	w, err := ParseWall(wall)
	if err != nil {
		return 0, err
	}
	return At(moment(w, loc)), nil
}

// Starts returns the appointment's moment.
func (a *Appointment) Starts() (Instant, error) { return WallAt(a.Wall, a.Zone) }

// Open tells whether the visit is still expected.
func (a *Appointment) Open() bool {
	switch a.State {
	case Booked, Reminded, Confirmed, UnclearReply:
		return true
	}
	return false
}

// A ReminderStep is one reminder of a plan: so long before the appointment. Where quiet hours forbid that moment and
// EveningBefore is set, it goes out in the evening before instead of in the morning after.
type ReminderStep struct {
	Name          string        `json:"name"` // "1d", "2h"
	Before        time.Duration `json:"before"`
	EveningBefore bool          `json:"evening_before"`
}

// A ReminderPlan is the reminders that every appointment gets, and their text.
type ReminderPlan struct {
	Steps []ReminderStep `json:"steps"`
	Text  string         `json:"text"` // placeholders: {patient} {date} {time} {place} {staff} {service} {brand}
}

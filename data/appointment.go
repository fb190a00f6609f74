package data

import (
	"fmt"
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

// A ReminderStep is one reminder of a plan: so long before the appointment or, with Days, so many days before it at a
// time of day. Where quiet hours forbid that moment and EveningBefore is set, it goes out in the evening before instead
// of in the morning after.
type ReminderStep struct {
	Name          string        `json:"name"` // "1d", "2h"; of a step with Days "1d@1000"
	Before        time.Duration `json:"before"`
	Days          int           `json:"days,omitempty"` // so many days before; 0: Before counts
	At            int           `json:"at,omitempty"`   // with Days: minutes since midnight, on a wall clock in the appointment's zone
	EveningBefore bool          `json:"evening_before"`
	Unanswered    bool          `json:"unanswered,omitempty"` // only for people who haven't confirmed
}

// Moment returns when the step comes for an appointment, quiet hours aside. Error Invalid for an appointment whose wall
// time or zone is none.
func (s *ReminderStep) Moment(a *Appointment) (Instant, error) {
	if s.Days == 0 {
		starts, err := a.Starts()
		return starts.Add(-s.Before), err
	}
	wall, err := ParseWall(a.Wall)
	if err != nil {
		return 0, err
	}
	day := time.Date(wall.Year(), wall.Month(), wall.Day()-s.Days, s.At/60, s.At%60, 0, 0, time.UTC)
	return WallAt(Wall(day), a.Zone)
}

// Lead is how long before an appointment the step comes, roughly: to sort by, and to tell two steps apart. Of a step
// with Days it is counted from noon.
func (s *ReminderStep) Lead() time.Duration {
	if s.Days == 0 {
		return s.Before
	}
	return time.Duration(s.Days)*24*time.Hour + time.Duration(12*60-s.At)*time.Minute
}

// Called names a step as plans store it: "1d", "2h", "90m", "1d@1000".
func (s *ReminderStep) Called() string {
	switch {
	case s.Days > 0:
		return fmt.Sprintf("%dd@%02d%02d", s.Days, s.At/60, s.At%60)
	case s.Before%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", s.Before/(24*time.Hour))
	case s.Before%time.Hour == 0:
		return fmt.Sprintf("%dh", s.Before/time.Hour)
	}
	return fmt.Sprintf("%dm", s.Before/time.Minute)
}

// PlanMode is who decides that reminders go out.
type PlanMode string

const (
	PlanAuto   PlanMode = ""       // every appointment gets them, by itself
	PlanReview PlanMode = "review" // those that a person has looked at and scheduled
	PlanOff    PlanMode = "off"
)

// A ReminderPlan is the reminders that every appointment gets, the longest before first, and their text.
type ReminderPlan struct {
	Mode  PlanMode          `json:"mode,omitempty"`
	Steps []ReminderStep    `json:"steps"`
	Text  string            `json:"text"`            // placeholders: {patient} {date} {time} {place} {staff} {service} {brand}
	Texts map[string]string `json:"texts,omitempty"` // by the language that is read where the person's number is from; before Text
}

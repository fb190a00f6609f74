package store

import (
	"context"
	"database/sql"

	"counterbell/data"
)

// A family on one phone gets one text about all of its visits of a day. What follows is how the book knows which visits a
// text names, beside the one that the message belongs to.

// A FamilyVisit is another visit of the same day on the same phone, with its own reminder of the same step.
type FamilyVisit struct {
	Appointment data.Appointment
	Message     data.MessageID
	State       data.MessageState
	Due         data.Instant
}

// Waits tells whether its reminder is still to go out.
func (f *FamilyVisit) Waits() bool {
	return f.State == data.Queued || f.State == data.Held || f.State == data.Claimed
}

// Family returns the other open visits of a visit's day and phone that have a reminder of the same step, by time; and
// whether the visit itself was already named by another one's reminder of that step, as far as anybody can know.
func (s *Store) Family(ctx context.Context, a *data.Appointment, step string) (others []FamilyVisit, named bool, err error) {
	const op = "look for visits on the same number"
	if a.Phone == "" {
		return nil, false, nil
	}
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM message_visit v JOIN message m ON m.id = v.message_id
		WHERE v.appointment_id = ? AND v.version = ? AND m.step = ? AND m.state IN ('sending', 'accepted', 'delivered', 'undelivered', 'unknown', 'rejected'))`, a.ID, a.Version, step).Scan(&named)
	if err != nil || named {
		return nil, named, fault(op, err)
	}
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE phone = ?1 AND phone <> '' AND substr(wall, 1, 10) = ?2 AND zone = ?3 AND id <> ?4
		AND state IN ('booked', 'reminded', 'confirmed', 'unclear') ORDER BY wall, id`, string(a.Phone), a.Wall[:10], a.Zone, a.ID)
	if err != nil {
		return nil, false, fault(op, err)
	}
	for _, other := range all {
		found, err := collect(ctx, s.read, func(r *sql.Rows) (f FamilyVisit, err error) {
			f.Appointment = other
			return f, r.Scan(&f.Message, &f.State, &f.Due)
		}, `SELECT id, state, due FROM message WHERE appointment_id = ? AND version = ? AND step = ?`, other.ID, other.Version, step)
		if err != nil {
			return nil, false, fault(op, err)
		}
		others = append(others, found...)
	}
	return others, false, nil
}

// VisitsNamed returns the visits that a text names beside its own.
func (s *Store) VisitsNamed(ctx context.Context, id data.MessageID) ([]data.AppointmentID, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (a data.AppointmentID, err error) { return a, r.Scan(&a) }, `SELECT appointment_id FROM message_visit WHERE message_id = ? ORDER BY appointment_id`, id)
	return all, fault("read which visits a text names", err)
}

// nameVisits stores which other visits a text names.
func nameVisits(ctx context.Context, tx *sql.Tx, id data.MessageID, visits []data.Appointment) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM message_visit WHERE message_id = ?`, int64(id)); err != nil {
		return err
	}
	for i := range visits {
		if _, err := tx.ExecContext(ctx, `INSERT INTO message_visit VALUES (?, ?, ?)`, int64(id), int64(visits[i].ID), visits[i].Version); err != nil {
			return err
		}
	}
	return nil
}

// visitsChanged tells whether one of the visits that a text names isn't any more what the text says.
func visitsChanged(ctx context.Context, tx *sql.Tx, visits []data.Appointment) (changed bool, err error) {
	for i := range visits {
		v := &visits[i]
		if err := tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM appointment WHERE id = ? AND version = ? AND phone = ? AND state IN ('booked', 'reminded', 'confirmed', 'unclear'))`,
			int64(v.ID), v.Version, string(v.Phone)).Scan(&changed); err != nil || changed {
			return changed, err
		}
	}
	return false, nil
}

// remindNamed marks the other visits that an accepted text named; what somebody has answered stays.
func remindNamed(ctx context.Context, tx *sql.Tx, id data.MessageID, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE appointment SET state = 'reminded', updated_at = ?1 WHERE state = 'booked'
		AND id IN (SELECT v.appointment_id FROM message_visit v WHERE v.message_id = ?2 AND v.version = appointment.version)`, now, int64(id))
	return err
}

package store

import (
	"context"
	"database/sql"
	"strings"

	"counterbell/data"
)

// What a person at the desk does with the schedule by hand.

// A VisitReminder is where one reminder of a visit stands, at the visit's present time.
type VisitReminder struct {
	Appointment data.AppointmentID
	Message     data.MessageID
	Step        string
	State       data.MessageState
	Reason      string
	Due         data.Instant
	Accepted    data.Instant
}

// VisitReminders returns the reminders of some appointments, each visit's by when they are due.
func (s *Store) VisitReminders(ctx context.Context, ids []data.AppointmentID) (map[data.AppointmentID][]VisitReminder, error) {
	out := map[data.AppointmentID][]VisitReminder{}
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = int64(id)
		}
		all, err := collect(ctx, s.read, func(r *sql.Rows) (v VisitReminder, err error) {
			return v, r.Scan(&v.Appointment, &v.Message, &v.Step, &v.State, &v.Reason, &v.Due, &v.Accepted)
		}, `SELECT m.appointment_id, m.id, m.step, m.state, m.reason, m.due, m.accepted_at FROM message m JOIN appointment a ON a.id = m.appointment_id AND a.version = m.version
			WHERE m.appointment_id IN (`+marks(len(part))+`) ORDER BY m.due, m.id`, args...)
		if err != nil {
			return nil, fault("read the reminders of visits", err)
		}
		for _, v := range all {
			out[v.Appointment] = append(out[v.Appointment], v)
		}
	}
	return out, nil
}

// VisitDays counts the visits that are expected, or have taken place, on the days in [from, to).
func (s *Store) VisitDays(ctx context.Context, from, to data.Date) (map[data.Date]int, error) {
	out := map[data.Date]int{}
	rows, err := s.read.QueryContext(ctx, `SELECT substr(wall, 1, 10), count(*) FROM appointment WHERE wall >= ? AND wall < ? AND state <> 'cancelled' GROUP BY 1`, string(from), string(to))
	if err != nil {
		return nil, fault("count visits", err)
	}
	defer rows.Close()
	for rows.Next() {
		var day data.Date
		var n int
		if err := rows.Scan(&day, &n); err != nil {
			return nil, fault("count visits", err)
		}
		out[day] = n
	}
	return out, fault("count visits", rows.Err())
}

// FindAppointments lists visits in [from, to), days, in which every word of the text occurs: in the patient's name, the
// number, the service, the staff or the place. The soonest come first; at most limit.
func (s *Store) FindAppointments(ctx context.Context, text string, from, to data.Date, limit int) ([]data.Appointment, error) {
	q := `SELECT ` + appointmentColumns + ` FROM appointment WHERE wall >= ? AND wall < ?`
	args := []any{string(from), string(to)}
	escape := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
	words := strings.Fields(text)
	if len(words) > 8 {
		words = words[:8]
	}
	for _, word := range words {
		like := "%" + escape.Replace(word) + "%"
		part := ` AND (patient LIKE ? ESCAPE '\' OR service LIKE ? ESCAPE '\' OR staff LIKE ? ESCAPE '\' OR place LIKE ? ESCAPE '\'`
		args = append(args, like, like, like, like)
		// People write numbers with spaces and a leading nought; the book has them in full.
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, word)
		if digits = strings.TrimLeft(digits, "0"); len(digits) >= 3 {
			part, args = part+` OR phone LIKE ?`, append(args, "%"+digits+"%")
		}
		q += part + `)`
	}
	all, err := collect(ctx, s.read, scanAppointment, q+` ORDER BY wall, staff, id LIMIT ?`, append(args, limit)...)
	return all, fault("search the schedule", err)
}

// owner is whoever has a number; nil for nobody.
func owner(ctx context.Context, tx *sql.Tx, phone data.Phone) (any, error) {
	if phone == "" {
		return nil, nil
	}
	var known sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT max(id) FROM (SELECT id FROM person WHERE phone = ?1 UNION ALL SELECT contact_id FROM contact_phone WHERE phone = ?1)`, string(phone)).Scan(&known)
	return nullID(known.Int64), err
}

// BookAppointment adds an appointment and fills in its ID. facts tells about its number. Error data.Invalid when its time
// can't be read.
func (s *Store) BookAppointment(ctx context.Context, a *data.Appointment, facts data.PhoneFacts) error {
	starts, err := a.Starts()
	if err != nil {
		return err
	}
	return s.update(ctx, "book an appointment", func(tx *sql.Tx) error {
		now := s.Now()
		contact, err := owner(ctx, tx, a.Phone)
		if err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO appointment (external_id, contact_id, phone, facts, patient, given_name, wall, zone, starts_at, minutes, service, staff, place, note,
			state, created_at, updated_at) VALUES ('', `+marks(16)+`)`, contact, string(a.Phone), packFacts(facts), a.Patient, a.GivenName, a.Wall, a.Zone,
			starts, a.Minutes, a.Service, a.Staff, a.Place, a.Note, data.Booked, now, now)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		a.ID, a.State, a.Version, a.UpdatedAt = data.AppointmentID(id), data.Booked, 1, now
		return err
	})
}

// ChangeAppointment stores an appointment as somebody changed it, and fills in its new Version and State. At another
// time, or with another number, it gets its reminders anew: those that wait are void, and a visit that was confirmed is
// booked again. Errors: data.NotFound; data.Conflict when it was changed since it was read.
func (s *Store) ChangeAppointment(ctx context.Context, a *data.Appointment, facts data.PhoneFacts) error {
	const op = "change the appointment"
	starts, err := a.Starts()
	if err != nil {
		return err
	}
	return s.update(ctx, op, func(tx *sql.Tx) error {
		before, err := appointmentIn(ctx, tx, op, a.ID)
		if err != nil {
			return err
		}
		if before.Version != a.Version {
			return data.Errorf(data.Conflict, op, "appointment %d was moved meanwhile", a.ID)
		}
		contact, err := owner(ctx, tx, a.Phone)
		if err != nil {
			return err
		}
		after := *a
		after.State = before.State
		moved, renumbered := before.Wall != a.Wall || before.Zone != a.Zone, before.Phone != a.Phone
		if moved {
			after.State = data.Booked
		}
		if moved || renumbered {
			after.Version++
		}
		now := s.Now()
		if _, err := tx.ExecContext(ctx, `UPDATE appointment SET contact_id = ?, phone = ?, facts = CASE WHEN ?2 = phone THEN facts ELSE ? END, patient = ?, given_name = ?,
			wall = ?, zone = ?, starts_at = ?, minutes = ?, service = ?, staff = ?, place = ?, note = ?, state = ?, dropped = 0, version = ?, updated_at = ? WHERE id = ?`,
			contact, string(a.Phone), packFacts(facts), a.Patient, a.GivenName, a.Wall, a.Zone, starts, a.Minutes, a.Service, a.Staff, a.Place, a.Note,
			after.State, after.Version, now, a.ID); err != nil {
			return err
		}
		if moved || renumbered {
			if err := voidReminders(ctx, tx, a.ID, "appointment_moved", now); err != nil {
				return err
			}
		}
		after.UpdatedAt = now
		*a = after
		return nil
	})
}

// CancelAppointment cancels a visit, and the reminders of it that wait. Error data.NotFound.
func (s *Store) CancelAppointment(ctx context.Context, id data.AppointmentID) error {
	const op = "cancel the appointment"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if _, err := appointmentIn(ctx, tx, op, id); err != nil {
			return err
		}
		now := s.Now()
		if _, err := tx.ExecContext(ctx, `UPDATE appointment SET state = 'cancelled', dropped = 0, updated_at = ? WHERE id = ?`, now, id); err != nil {
			return err
		}
		return voidReminders(ctx, tx, id, "appointment_cancelled", now)
	})
}

// ReopenAppointment takes the cancelling of a visit back: it stands as it did, and those of its reminders that were
// called off wait again. Error data.NotFound.
func (s *Store) ReopenAppointment(ctx context.Context, id data.AppointmentID, as data.AppointmentState) error {
	const op = "reopen the appointment"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		a, err := appointmentIn(ctx, tx, op, id)
		if err != nil {
			return err
		}
		now := s.Now()
		if _, err := tx.ExecContext(ctx, `UPDATE appointment SET state = ?, dropped = 0, updated_at = ? WHERE id = ?`, as, now, id); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE message SET state = 'queued', reason = '', updated_at = ?
			WHERE appointment_id = ? AND version = ? AND state = 'cancelled' AND reason = 'appointment_cancelled' AND not_after > ?`, now, id, a.Version, now)
		return err
	})
}

// ClearPlanned calls off the reminders that wait and have never been tried, so that they can be planned anew by another
// plan. It returns how many they were.
func (s *Store) ClearPlanned(ctx context.Context) (n int64, err error) {
	err = s.update(ctx, "plan reminders anew", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM message WHERE campaign_id IS NULL AND `+waiting+` AND kind = 'reminder' AND appointment_id IS NOT NULL AND attempts = 0`)
		if err != nil {
			return err
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

func appointmentIn(ctx context.Context, tx *sql.Tx, op string, id data.AppointmentID) (data.Appointment, error) {
	all, err := collect(ctx, tx, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE id = ?`, id)
	if err == nil && len(all) == 0 {
		err = data.Errorf(data.NotFound, op, "no appointment %d", id)
	}
	if err != nil {
		return data.Appointment{}, err
	}
	return all[0], nil
}

func voidReminders(ctx context.Context, tx *sql.Tx, id data.AppointmentID, reason string, now data.Instant) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET state = 'cancelled', reason = ?, lease = 0, updated_at = ? WHERE appointment_id = ? AND state IN ('queued', 'held', 'claimed')`, reason, now, id)
	return err
}

// AnyAppointment tells whether there is an appointment at all.
func (s *Store) AnyAppointment(ctx context.Context) (any bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM appointment)`).Scan(&any)
	return any, fault("look for appointments", err)
}

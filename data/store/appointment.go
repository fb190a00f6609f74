package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"counterbell/data"
)

const appointmentColumns = `id, external_id, coalesce(contact_id, 0), phone, patient, given_name, wall, zone, minutes, service, staff, place, note, state, dropped, version, updated_at`

func scanAppointment(r *sql.Rows) (a data.Appointment, err error) {
	err = r.Scan(&a.ID, &a.ExternalID, &a.Contact, &a.Phone, &a.Patient, &a.GivenName, &a.Wall, &a.Zone, &a.Minutes, &a.Service, &a.Staff, &a.Place, &a.Note,
		&a.State, &a.Dropped, &a.Version, &a.UpdatedAt)
	return a, err
}

// Appointments lists those whose wall time lies in [from, to), "2026-11-25" or "2026-11-25T09:30", by time.
func (s *Store) Appointments(ctx context.Context, from, to string) ([]data.Appointment, error) {
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE wall >= ? AND wall < ? ORDER BY wall, staff, id`, from, to)
	return all, fault("read the schedule", err)
}

// AppointmentsBetween lists those that begin in [from, to), by time: the ones for which reminders are planned.
func (s *Store) AppointmentsBetween(ctx context.Context, from, to data.Instant) ([]data.Appointment, error) {
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE starts_at >= ? AND starts_at < ? ORDER BY starts_at, id`, from, to)
	return all, fault("read the schedule", err)
}

// AppointmentsByID returns some appointments, by id, with the facts of their numbers.
func (s *Store) AppointmentsByID(ctx context.Context, ids []data.AppointmentID) (map[data.AppointmentID]data.Appointment, map[data.AppointmentID]data.PhoneFacts, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = int64(id)
	}
	apps, facts := map[data.AppointmentID]data.Appointment{}, map[data.AppointmentID]data.PhoneFacts{}
	rows, err := s.read.QueryContext(ctx, `SELECT facts, `+appointmentColumns+` FROM appointment WHERE id IN (`+marks(len(ids))+`)`, args...)
	if err != nil {
		return nil, nil, fault("read appointments", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a data.Appointment
		var f string
		if err := rows.Scan(&f, &a.ID, &a.ExternalID, &a.Contact, &a.Phone, &a.Patient, &a.GivenName, &a.Wall, &a.Zone, &a.Minutes, &a.Service, &a.Staff, &a.Place,
			&a.Note, &a.State, &a.Dropped, &a.Version, &a.UpdatedAt); err != nil {
			return nil, nil, fault("read appointments", err)
		}
		apps[a.ID], facts[a.ID] = a, unpackFacts(a.Phone, f)
	}
	return apps, facts, fault("read appointments", rows.Err())
}

// ApplySchedule applies the changes of a new export whole, in one transaction: new and moved appointments are booked,
// those gone are cancelled, and reminders that no longer fit are cancelled with them. People's agreement to reminders
// goes into the ledger as answered; facts tells about their numbers.
func (s *Store) ApplySchedule(ctx context.Context, receipt *data.Receipt, answer data.ConsentAnswer, changes []data.ScheduleChange, facts map[data.Phone]data.PhoneFacts) error {
	const op = "apply the schedule"
	if err := receipt.Check(); err != nil {
		return err
	}
	answerJSON, err := json.Marshal(answer)
	if err != nil {
		return fault(op, err)
	}
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		now := s.Now()
		res, err := tx.ExecContext(ctx, `INSERT INTO import (file, kind, state, answer, started_at, finished_at) VALUES (?, 'appointments', 'done', ?, ?, ?)`,
			receipt.File, string(answerJSON), now, now)
		if err != nil {
			return err
		}
		id, err := res.LastInsertId()
		if err != nil {
			return err
		}
		receipt.Import = data.ImportID(id)
		seen := map[data.Phone]bool{}
		var agreed []data.Phone
		for _, c := range changes {
			if c.Kind == data.ChangeNone {
				continue
			}
			a := c.After
			starts, err := a.Starts()
			if err != nil {
				return err
			}
			contact := nullID(int64(a.Contact))
			if a.Phone != "" && a.Contact == 0 {
				var known sql.NullInt64
				if err := tx.QueryRowContext(ctx, `SELECT max(id) FROM (SELECT id FROM person WHERE phone = ?1 UNION ALL SELECT contact_id FROM contact_phone WHERE phone = ?1)`, a.Phone).Scan(&known); err != nil {
					return err
				}
				contact = nullID(known.Int64)
			}
			if a.Phone != "" && !seen[a.Phone] && c.Kind != data.ChangeCancelled {
				seen[a.Phone] = true
				agreed = append(agreed, a.Phone)
			}
			if c.Kind == data.ChangeNew {
				_, err = tx.ExecContext(ctx, `INSERT INTO appointment (external_id, contact_id, phone, facts, patient, given_name, wall, zone, starts_at, minutes, service, staff, place, note,
					state, import_id, created_at, updated_at) VALUES (`+marks(18)+`)`, a.ExternalID, contact, string(a.Phone), packFacts(facts[a.Phone]), a.Patient, a.GivenName, a.Wall, a.Zone,
					starts, a.Minutes, a.Service, a.Staff, a.Place, a.Note, data.Booked, id, now, now)
			} else {
				// Between looking at the changes and applying them the person may have answered, or been marked as arrived.
				var state data.AppointmentState
				var version int
				if err := tx.QueryRowContext(ctx, `SELECT state, version FROM appointment WHERE id = ?`, a.ID).Scan(&state, &version); err != nil {
					return err
				}
				if version != c.Before.Version {
					return data.Errorf(data.Conflict, op, "appointment %d was moved meanwhile", a.ID)
				}
				if c.After.State == c.Before.State {
					a.State, a.Dropped = state, c.Before.Dropped && state == data.ApptCancelled
				} else if at := (&data.Appointment{State: state}); c.Kind == data.ChangeCancelled && !at.Open() {
					continue
				}
				_, err = tx.ExecContext(ctx, `UPDATE appointment SET external_id = ?, contact_id = ?, phone = ?, facts = CASE WHEN ?3 = phone THEN facts ELSE ? END, patient = ?, given_name = ?,
					wall = ?, zone = ?, starts_at = ?, minutes = ?, service = ?, staff = ?, place = ?, note = ?, state = ?, dropped = ?, version = ?, updated_at = ? WHERE id = ?`,
					a.ExternalID, contact, string(a.Phone), packFacts(facts[a.Phone]), a.Patient, a.GivenName, a.Wall, a.Zone, starts, a.Minutes, a.Service, a.Staff, a.Place, a.Note,
					a.State, a.Dropped, a.Version, now, a.ID)
			}
			if err != nil {
				return err
			}
			if c.Kind != data.ChangeNew && (a.Version != c.Before.Version || c.Kind == data.ChangeCancelled) {
				if _, err := tx.ExecContext(ctx, `UPDATE message SET state = 'cancelled', reason = ?, lease = 0, updated_at = ? WHERE appointment_id = ? AND state IN ('queued', 'held', 'claimed')`,
					"appointment_"+string(c.Kind), now, a.ID); err != nil {
					return err
				}
			}
		}
		if len(agreed) > 0 && len(answer.Scopes) > 0 {
			batch, root, err := addPeople(ctx, tx, receipt.Import, agreed)
			if err != nil {
				return err
			}
			for _, scope := range answer.Scopes {
				row := entryRow{
					event: data.ImportEvent, scope: scope, basis: answer.Basis, givenAt: now, recordedAt: now, importID: receipt.Import, batch: batch,
					people: int64(len(agreed)), root: root.sum(),
				}
				if err := appendEntry(ctx, tx, &row, answer.Statement); err != nil {
					return err
				}
			}
			receipt.Consents = len(agreed)
		}
		body, err := json.Marshal(receipt)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE import SET receipt = ? WHERE id = ?`, string(body), id)
		return err
	})
	if err == nil {
		s.exportHead(ctx)
	}
	return err
}

// PlannedReminder is a reminder to be queued.
type PlannedReminder struct {
	Appointment data.Appointment
	Step        string
	Due         data.Instant
	NotAfter    data.Instant
}

// PlanReminders queues reminders; one that the same appointment, at the same time, has had or will have is left out, and
// so is one of an appointment that has been moved or cancelled since it was read. It returns how many were new.
func (s *Store) PlanReminders(ctx context.Context, plan []PlannedReminder) (added int64, err error) {
	if len(plan) == 0 {
		return 0, nil
	}
	err = s.update(ctx, "plan reminders", func(tx *sql.Tx) error {
		added = 0
		now := s.Now()
		for _, p := range plan {
			a := p.Appointment
			res, err := tx.ExecContext(ctx, `INSERT INTO message (contact_id, appointment_id, version, step, kind, phone, state, due, not_after, created_at, updated_at)
				SELECT contact_id, id, version, ?1, 'reminder', phone, 'queued', ?2, ?3, ?4, ?4 FROM appointment
				WHERE id = ?5 AND version = ?6 AND phone = ?7 AND state IN ('booked', 'reminded', 'confirmed', 'unclear') ON CONFLICT DO NOTHING`,
				p.Step, p.Due, p.NotAfter, now, a.ID, a.Version, string(a.Phone))
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			added += n
		}
		return nil
	})
	return added, err
}

// PlannedSteps tells which reminders each of the appointments that begin in [from, to) has already.
func (s *Store) PlannedSteps(ctx context.Context, from, to data.Instant) (map[data.AppointmentID]map[string]bool, error) {
	out := map[data.AppointmentID]map[string]bool{}
	rows, err := s.read.QueryContext(ctx, `SELECT m.appointment_id, m.step FROM message m JOIN appointment a ON a.id = m.appointment_id
		WHERE a.starts_at >= ? AND a.starts_at < ? AND m.version = a.version`, from, to)
	if err != nil {
		return nil, fault("read planned reminders", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id data.AppointmentID
		var step string
		if err := rows.Scan(&id, &step); err != nil {
			return nil, fault("read planned reminders", err)
		}
		if out[id] == nil {
			out[id] = map[string]bool{}
		}
		out[id][step] = true
	}
	return out, fault("read planned reminders", rows.Err())
}

// SetAppointmentState moves an appointment, as a person at the desk sees it. Error data.NotFound.
func (s *Store) SetAppointmentState(ctx context.Context, id data.AppointmentID, state data.AppointmentState) error {
	const op = "change the appointment"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE appointment SET state = ?, dropped = 0, updated_at = ? WHERE id = ?`, state, s.Now(), id)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err == nil && n == 0 {
			err = data.Errorf(data.NotFound, op, "no appointment %d", id)
		}
		return err
	})
}

// AppointmentsFor lists what a file's appointments have to be compared with: those on the days that it covers, and those
// of the same external ids on any day.
func (s *Store) AppointmentsFor(ctx context.Context, from, to string, file []data.Appointment) ([]data.Appointment, error) {
	all, err := s.Appointments(ctx, from, to)
	if err != nil {
		return nil, err
	}
	have := map[data.AppointmentID]bool{}
	for _, a := range all {
		have[a.ID] = true
	}
	for start := 0; start < len(file); start += 500 {
		var args []any
		for _, a := range file[start:min(start+500, len(file))] {
			if a.ExternalID != "" {
				args = append(args, a.ExternalID)
			}
		}
		more, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE external_id IN (`+marks(len(args))+`)`, args...)
		if err != nil {
			return nil, fault("read the schedule", err)
		}
		for _, a := range more {
			if !have[a.ID] {
				have[a.ID] = true
				all = append(all, a)
			}
		}
	}
	return all, nil
}

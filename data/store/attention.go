package store

import (
	"context"
	"database/sql"
	"errors"

	"counterbell/data"
)

// The people and messages behind the counts of Attention, for the panels that list them.

// An UnclearReply is a reply that a person should look at, and whose it is as far as known.
type UnclearReply struct {
	data.Inbound
	Name string // of the contact, else of the patient with that number; may be empty
}

// UnclearReplies lists replies that wait for a person, latest first.
func (s *Store) UnclearReplies(ctx context.Context, limit int) ([]UnclearReply, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (u UnclearReply, err error) {
		u.Review = true
		return u, r.Scan(&u.ID, &u.Provider, &u.ProviderID, &u.From, &u.Text, &u.At, &u.Reply, &u.Keyword, &u.Message, &u.Name)
	}, `SELECT i.id, i.provider, i.provider_id, i.phone, i.body, i.at, i.class, i.keyword, coalesce(i.message_id, 0),
		coalesce((SELECT p.name FROM person p WHERE p.phone = i.phone AND p.name <> ''), (SELECT a.patient FROM appointment a WHERE a.phone = i.phone AND a.phone <> '' ORDER BY a.starts_at DESC LIMIT 1), '')
		FROM inbound i WHERE i.review AND NOT i.handled ORDER BY i.at DESC, i.id DESC LIMIT ?`, limit)
	return all, fault("list unclear replies", err)
}

// SetHandled notes that a person has looked at a reply, or takes that back.
func (s *Store) SetHandled(ctx context.Context, reply int64, handled bool) error {
	return s.update(ctx, "note a reply as handled", func(tx *sql.Tx) error {
		var from data.Phone
		err := tx.QueryRowContext(ctx, `UPDATE inbound SET handled = ? WHERE id = ? RETURNING phone`, handled, reply).Scan(&from)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return converse(ctx, tx, from)
	})
}

// AppointmentsWithoutPhone lists visits to come that can't be reminded, soonest first.
func (s *Store) AppointmentsWithoutPhone(ctx context.Context, limit int) ([]data.Appointment, error) {
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE phone = '' AND starts_at > ? AND state = 'booked'
		ORDER BY starts_at, id LIMIT ?`, s.Now(), limit)
	return all, fault("list appointments without a number", err)
}

// NextAppointment returns the next visit that is still expected after a moment; ok is false when there is none.
func (s *Store) NextAppointment(ctx context.Context, after data.Instant) (a data.Appointment, ok bool, err error) {
	all, err := collect(ctx, s.read, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE starts_at > ? AND state IN ('booked', 'reminded', 'confirmed', 'unclear')
		ORDER BY starts_at, id LIMIT 1`, after)
	if err != nil || len(all) == 0 {
		return a, false, fault("find the next appointment", err)
	}
	return all[0], true, nil
}

// A LostMessage is a message that didn't arrive, or of which nobody knows whether it went out.
type LostMessage struct {
	ID     data.MessageID
	Name   string
	To     data.Phone
	State  data.MessageState
	Reason string // or the provider's class of failure
	About  string // the campaign's name; empty for a reminder
	At     data.Instant

	Campaign data.CampaignID // 0 for a reminder
}

// UnknownMessages and FailedMessages list what Attention counts: messages since a moment, latest first.
func (s *Store) UnknownMessages(ctx context.Context, since data.Instant, limit int) ([]LostMessage, error) {
	return s.lost(ctx, `m.state = 'unknown'`, since, limit)
}

// FailedMessages lists those that were refused or didn't arrive.
func (s *Store) FailedMessages(ctx context.Context, since data.Instant, limit int) ([]LostMessage, error) {
	return s.lost(ctx, `m.state IN ('rejected', 'undelivered')`, since, limit)
}

func (s *Store) lost(ctx context.Context, state string, since data.Instant, limit int) ([]LostMessage, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (l LostMessage, err error) {
		return l, r.Scan(&l.ID, &l.Name, &l.To, &l.State, &l.Reason, &l.About, &l.At, &l.Campaign)
	}, `SELECT m.id, coalesce((SELECT a.patient FROM appointment a WHERE a.id = m.appointment_id), (SELECT p.name FROM contact p WHERE p.id = m.contact_id), ''), m.phone, m.state,
		CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END, coalesce((SELECT c.name FROM campaign c WHERE c.id = m.campaign_id), ''), m.updated_at, coalesce(m.campaign_id, 0)
		FROM message m WHERE `+state+` AND m.updated_at > ? ORDER BY m.updated_at DESC, m.id DESC LIMIT ?`, since, limit)
	return all, fault("list messages that didn't arrive", err)
}

// ProviderChosen tells whether somebody has chosen who sends the texts, be it Practice.
func (s *Store) ProviderChosen(ctx context.Context) (bool, error) {
	var name string
	return s.Setting(ctx, settingProvider, &name)
}

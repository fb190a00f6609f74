package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"counterbell/data"
)

// A Thread is what was said between the shop and one number, oldest first, and what it is about.
type Thread struct {
	Phone       data.Phone
	Name        string         // of the contact, else of the patient with that number; may be empty
	Contact     data.ContactID // 0: nobody in the list
	Since       data.Instant   // when the contact came in; 0 for nobody
	Items       []ThreadItem
	More        bool               // there is more before the first
	Visits      []data.Appointment // still expected, soonest first, three at most
	Permissions map[data.Scope]data.Permission
	Asked       data.Instant // when they wrote last; 0: never. Who wrote in practice alone asked for nothing that goes out for real
}

// A ThreadItem is one text: ours, or a reply.
type ThreadItem struct {
	At      data.Instant
	Message *data.Message // ours; Text is what was written where nothing was handed over yet
	About   string        // ours: the campaign's name
	By      string        // ours: who wrote it by hand
	ByHand  bool
	Reply   *ThreadReply
}

// A ThreadReply is a reply, what it was taken for, and what a person made of it.
type ThreadReply struct {
	data.Inbound
	Waits      bool            // for a person
	ReadAs     data.ReplyClass // what it was taken for before a person corrected that; "": never corrected
	Answer     ReplyAnswer
	AnsweredAt data.Instant
	AnsweredBy string
	Answers    data.Kind         // the kind of the text that it answers; "": none known
	Visit      *data.Appointment // that it is about; nil: none
}

// threadPage is how many texts of each side a thread shows.
const threadPage = 100

// Thread reads the latest texts of a conversation. before, if not 0, asks for what came earlier.
func (s *Store) Thread(ctx context.Context, phone data.Phone, before data.Instant) (t Thread, err error) {
	t.Phone = phone
	if before == 0 {
		before = 1 << 62
	}
	provider, err := s.Provider(ctx)
	if err != nil {
		return t, err
	}
	err = s.view(ctx, "read a conversation", func(tx *sql.Tx) error {
		name, contact := nameOf("?1")
		if err := tx.QueryRowContext(ctx, `SELECT `+name+`, `+contact+`, coalesce((SELECT max(at) FROM inbound WHERE phone = ?1 AND (provider = 'practice') = (?2 = 'practice')), 0)`, string(phone), provider).Scan(&t.Name, &t.Contact, &t.Asked); err != nil {
			return err
		}
		if t.Contact != 0 {
			if err := tx.QueryRowContext(ctx, `SELECT created_at FROM contact WHERE id = ?`, t.Contact).Scan(&t.Since); err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		ours, err := threadMessages(ctx, tx, phone, before)
		if err != nil {
			return err
		}
		theirs, err := threadReplies(ctx, tx, phone, before)
		if err != nil {
			return err
		}
		t.More = len(ours) > threadPage || len(theirs) > threadPage
		// Where one side is cut, the other is cut at the same moment, so that nothing stands without what it answers.
		var from data.Instant
		for _, side := range [][]ThreadItem{ours, theirs} {
			if len(side) > threadPage {
				from = max(from, side[threadPage-1].At)
			}
		}
		for _, i := range slices.Concat(ours, theirs) {
			if i.At >= from {
				t.Items = append(t.Items, i)
			}
		}
		slices.SortStableFunc(t.Items, func(a, b ThreadItem) int { return int(min(max(a.At-b.At, -1), 1)) })
		t.Visits, err = collect(ctx, tx, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE phone = ? AND phone <> '' AND starts_at > ?
			AND state IN ('booked', 'reminded', 'confirmed', 'unclear') ORDER BY starts_at, id LIMIT 3`, string(phone), s.Now())
		return err
	})
	if err != nil || phone == "" {
		return t, err
	}
	t.Permissions = map[data.Scope]data.Permission{}
	for _, scope := range data.Scopes {
		p, err := s.Permissions(ctx, scope, []data.Phone{phone})
		if err != nil {
			return t, err
		}
		t.Permissions[scope] = p[phone]
	}
	return t, nil
}

// threadMessages lists our texts that went out, or that somebody wrote by hand: what waits for its day in a campaign or a
// reminder plan was not said yet.
func threadMessages(ctx context.Context, tx *sql.Tx, phone data.Phone, before data.Instant) ([]ThreadItem, error) {
	const at = `CASE WHEN d.message_id IS NOT NULL THEN d.created_at WHEN m.accepted_at > 0 THEN m.accepted_at ELSE m.updated_at END`
	return collect(ctx, tx, func(r *sql.Rows) (i ThreadItem, err error) {
		var body string
		m := &data.Message{To: phone}
		i.Message = m
		err = r.Scan(&i.At, &m.ID, &m.Campaign, &m.Appointment, &m.Step, &m.Kind, &m.State, &m.Due, &m.Reason, &m.Class, &m.Text, &m.Segments, &m.AcceptedAt, &m.DeliveredAt, &i.About, &i.By, &i.ByHand, &body)
		if m.Text == "" {
			m.Text = body
		}
		return i, err
	}, `SELECT `+at+` AS at, m.id, coalesce(m.campaign_id, 0), coalesce(m.appointment_id, 0), m.step, m.kind, m.state, m.due, m.reason, m.class, m.body, m.segments, m.accepted_at, m.delivered_at,
		coalesce((SELECT name FROM campaign WHERE id = m.campaign_id), ''), coalesce(d.written_by, ''), d.message_id IS NOT NULL, coalesce(d.body, '')
		FROM message m LEFT JOIN direct d ON d.message_id = m.id
		WHERE m.phone = ?1 AND (m.accepted_at > 0 OR m.state IN ('sending', 'rejected', 'unknown') OR d.message_id IS NOT NULL) AND `+at+` < ?2 ORDER BY at DESC, m.id DESC LIMIT ?3`,
		string(phone), before, threadPage+1)
}

// visitOf finds the visit that a reply i is about: that of the reminder or answer that it answers, else, where it answers
// no offer, the next one of that number, one that waits for an answer first.
const visitOf = `coalesce(m.appointment_id, d.appointment_id, CASE WHEN m.campaign_id IS NULL THEN
	(SELECT a.id FROM appointment a WHERE a.phone = i.phone AND a.phone <> '' AND a.starts_at > i.at AND a.state IN ('booked', 'reminded', 'confirmed', 'unclear')
		ORDER BY a.state = 'unclear' DESC, a.starts_at, a.id LIMIT 1) END, 0)`

const replyColumns = `i.id, i.provider, i.provider_id, i.phone, i.body, i.at, i.class, i.keyword, coalesce(i.message_id, 0), i.review, i.review AND NOT i.handled, i.resolution,
	i.resolved_at, i.resolved_by, i.read_as, coalesce(m.kind, ''), ` + visitOf

const replyTables = `inbound i LEFT JOIN message m ON m.id = i.message_id LEFT JOIN direct d ON d.message_id = i.message_id`

func scanReply(r *sql.Rows) (*ThreadReply, error) {
	x := &ThreadReply{}
	var visit data.AppointmentID
	err := r.Scan(&x.ID, &x.Provider, &x.ProviderID, &x.From, &x.Text, &x.At, &x.Inbound.Reply, &x.Keyword, &x.Message, &x.Review, &x.Waits, &x.Answer,
		&x.AnsweredAt, &x.AnsweredBy, &x.ReadAs, &x.Answers, &visit)
	if visit != 0 {
		x.Visit = &data.Appointment{ID: visit}
	}
	return x, err
}

func threadReplies(ctx context.Context, tx *sql.Tx, phone data.Phone, before data.Instant) ([]ThreadItem, error) {
	all, err := collect(ctx, tx, scanReply, `SELECT `+replyColumns+` FROM `+replyTables+` WHERE i.phone = ? AND i.at < ? ORDER BY i.at DESC, i.id DESC LIMIT ?`, string(phone), before, threadPage+1)
	if err != nil {
		return nil, err
	}
	items := make([]ThreadItem, len(all))
	for i, r := range all {
		items[i] = ThreadItem{At: r.At, Reply: r}
	}
	return items, fillVisits(ctx, tx, all)
}

// fillVisits reads the visits that replies are about.
func fillVisits(ctx context.Context, q reader, replies []*ThreadReply) error {
	known := map[data.AppointmentID]*data.Appointment{}
	var ids []any
	for _, r := range replies {
		if r.Visit != nil && known[r.Visit.ID] == nil {
			known[r.Visit.ID] = r.Visit
			ids = append(ids, int64(r.Visit.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	all, err := collect(ctx, q, scanAppointment, `SELECT `+appointmentColumns+` FROM appointment WHERE id IN (`+marks(len(ids))+`)`, ids...)
	for i := range all {
		known[all[i].ID] = &all[i]
	}
	for _, r := range replies {
		if r.Visit != nil {
			r.Visit = known[r.Visit.ID]
		}
	}
	return err
}

// A WaitingReply is a reply in the queue: whose it is, and the visit that it is about.
type WaitingReply struct {
	ThreadReply
	Name    string
	Contact data.ContactID
}

// WaitingReplies lists replies that wait for a person, latest first.
func (s *Store) WaitingReplies(ctx context.Context, limit int) (all []WaitingReply, err error) {
	err = s.view(ctx, "list unclear replies", func(tx *sql.Tx) error {
		replies, err := collect(ctx, tx, scanReply, `SELECT `+replyColumns+` FROM `+replyTables+` WHERE i.review AND NOT i.handled ORDER BY i.at DESC, i.id DESC LIMIT ?`, limit)
		if err != nil {
			return err
		}
		if err := fillVisits(ctx, tx, replies); err != nil {
			return err
		}
		name, contact := nameOf("?1")
		all = make([]WaitingReply, len(replies))
		for i, r := range replies {
			all[i].ThreadReply = *r
			if err := tx.QueryRowContext(ctx, `SELECT `+name+`, `+contact, string(r.From)).Scan(&all[i].Name, &all[i].Contact); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

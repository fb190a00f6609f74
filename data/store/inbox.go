package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"counterbell/data"
)

// The inbox: one conversation a number, newest first. The list is read as numbers first, which costs little for a hundred
// thousand, and then line by line as it is looked at.

// InboxShow says which conversations a list shows.
type InboxShow string

const (
	ShowAll       InboxShow = ""
	ShowUnclear   InboxShow = "unclear"   // a reply waits for a person
	ShowUnread    InboxShow = "unread"    // a reply that nobody has seen yet
	ShowOptOuts   InboxShow = "opt_outs"  // a reply was an opt-out
	ShowQuestions InboxShow = "questions" // the last reply is neither yes nor no nor stop
	ShowFiled     InboxShow = "filed"     // no reply waits
)

// shows are the conditions word for word as the indexes have them.
var shows = map[InboxShow]string{
	ShowAll: `1`, ShowUnclear: `c.unclear > 0`, ShowUnread: `c.unread > 0`, ShowOptOuts: `c.opted_out > 0`, ShowQuestions: `c.class IN ('other', 'help', 'unclear')`,
	ShowFiled: `c.unclear = 0`,
}

// conversationsSQL lists numbers, newest first.
func conversationsSQL(show InboxShow) string {
	return `SELECT c.phone FROM conversation c WHERE ` + shows[show] + ` ORDER BY c.last_at DESC, c.phone DESC LIMIT ?`
}

// conversationsFound is how many conversations a search lists at most.
const conversationsFound = 500

// Conversations lists the numbers of conversations, newest first; limit 0 is all of them. A search looks for people's
// names and numbers and for words in their replies, and lists 500 at most.
func (s *Store) Conversations(ctx context.Context, show InboxShow, search string, limit int) ([]data.Phone, error) {
	const op = "list conversations"
	number := func(r *sql.Rows) (p data.Phone, err error) { return p, r.Scan(&p) }
	if search = strings.TrimSpace(search); search == "" {
		if limit == 0 {
			limit = -1
		}
		all, err := collect(ctx, s.read, number, conversationsSQL(show), limit)
		return all, fault(op, err)
	}
	people, err := s.Find(ctx, Filter{Search: search, Limit: conversationsFound})
	if err != nil {
		return nil, err
	}
	args := []any{like(search)}
	or := `c.phone IN (SELECT phone FROM inbound WHERE body LIKE ?1 ESCAPE '\') OR c.phone IN (SELECT phone FROM appointment WHERE phone <> '' AND patient LIKE ?1 ESCAPE '\')`
	if digits := dialled(search); len(digits) >= 3 {
		args = append(args, like(digits))
		or += ` OR c.phone LIKE ?2 ESCAPE '\'`
	}
	if len(people) > 0 {
		ids := make([]string, len(people))
		for i, id := range people {
			ids[i] = strconv.FormatInt(int64(id), 10)
		}
		list := strings.Join(ids, ",") // numbers of ours, not what was typed
		or += ` OR c.phone IN (SELECT phone FROM contact WHERE id IN (` + list + `) UNION ALL SELECT phone FROM contact_phone WHERE contact_id IN (` + list + `))`
	}
	all, err := collect(ctx, s.read, number, `SELECT c.phone FROM conversation c WHERE `+shows[show]+` AND (`+or+`) ORDER BY c.last_at DESC, c.phone DESC LIMIT `+strconv.Itoa(conversationsFound), args...)
	return all, fault(op, err)
}

// like makes a pattern that finds a text anywhere.
func like(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// dialled are the digits of what may be a part of a number; "" for what has letters in it. A leading nought is how
// people at home dial, and stands in no international number.
func dialled(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case unicode.IsLetter(r):
			return ""
		}
	}
	return strings.TrimLeft(b.String(), "0")
}

// A ConversationLine is one conversation in the list.
type ConversationLine struct {
	Phone   data.Phone
	Name    string         // of the contact, else of the patient with that number; may be empty
	Contact data.ContactID // 0: nobody in the list
	At      data.Instant
	Text    string // the last thing said
	Ours    bool   // by us
	Class   data.ReplyClass
	Answer  ReplyAnswer // what a person decided about the last reply
	Unread  bool
	Unclear int
	Closed  []data.Scope // what they have opted out of, as things stand
}

// nameOf is the name behind a number in a query over table t, and the contact's id.
func nameOf(phone string) (name, contact string) {
	contact = `coalesce((SELECT p.id FROM person p WHERE p.phone = ` + phone + `), (SELECT x.contact_id FROM contact_phone x JOIN person p ON p.id = x.contact_id WHERE x.phone = ` + phone + `), 0)`
	name = `coalesce((SELECT p.name FROM person p WHERE p.phone = ` + phone + ` AND p.name <> ''),
		(SELECT p.name FROM contact_phone x JOIN person p ON p.id = x.contact_id WHERE x.phone = ` + phone + ` AND p.name <> ''),
		(SELECT a.patient FROM appointment a WHERE a.phone = ` + phone + ` AND a.phone <> '' ORDER BY a.starts_at DESC LIMIT 1), '')`
	return name, contact
}

// ConversationLines returns the lines of some conversations, at most 500, in that order; those that are gone are left out.
func (s *Store) ConversationLines(ctx context.Context, phones []data.Phone) ([]ConversationLine, error) {
	if len(phones) == 0 {
		return nil, nil
	}
	args := make([]any, len(phones))
	for i, p := range phones {
		args[i] = string(p)
	}
	name, contact := nameOf("c.phone")
	all, err := collect(ctx, s.read, func(r *sql.Rows) (l ConversationLine, err error) {
		var closed string
		err = r.Scan(&l.Phone, &l.At, &l.Class, &l.Answer, &l.Unread, &l.Unclear, &l.Text, &l.Ours, &l.Name, &l.Contact, &closed)
		for _, scope := range data.Scopes {
			if slices.Contains(strings.Split(closed, ","), string(scope)) {
				l.Closed = append(l.Closed, scope)
			}
		}
		return l, err
	}, `SELECT c.phone, c.last_at, c.class, coalesce(i.resolution, ''), c.unread, c.unclear, coalesce(d.body, i.body, ''), d.body IS NOT NULL, `+name+`, `+contact+`,
		coalesce((SELECT group_concat(scope) FROM suppression WHERE phone = c.phone), '')
		FROM conversation c LEFT JOIN inbound i ON i.id = c.reply_id
		LEFT JOIN direct d ON d.message_id = (SELECT m.id FROM message m JOIN direct x ON x.message_id = m.id WHERE m.phone = c.phone AND x.created_at > coalesce(i.at, 0) ORDER BY x.created_at DESC, m.id DESC LIMIT 1)
		WHERE c.phone IN (`+marks(len(phones))+`)`, args...)
	if err != nil {
		return nil, fault("read conversations", err)
	}
	at := make(map[data.Phone]int, len(all))
	for i := range all {
		at[all[i].Phone] = i
	}
	out := make([]ConversationLine, 0, len(all))
	for _, p := range phones {
		if i, ok := at[p]; ok {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// InboxCounts is what the inbox says of itself: conversations, but for the last two, which are replies of seven days.
type InboxCounts struct {
	All, Unclear, Unread, OptOuts, Questions int
	Waiting                                  int // replies that wait for a person
	Week, Understood                         int // replies, and those among them that nobody had to look at
}

// CountInbox counts.
func (s *Store) CountInbox(ctx context.Context) (n InboxCounts, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM conversation WHERE unclear > 0), (SELECT count(*) FROM conversation WHERE unread > 0),
		(SELECT count(*) FROM conversation WHERE opted_out > 0), (SELECT count(*) FROM conversation WHERE class IN ('other', 'help', 'unclear')),
		(SELECT count(*) FROM inbound WHERE review AND NOT handled),
		(SELECT count(*) FROM inbound WHERE at > ?1), (SELECT count(*) FROM inbound WHERE at > ?1 AND NOT review)`, s.Now().Add(-7*24*3600*1e9)).Scan(
		&n.All, &n.Unclear, &n.Unread, &n.OptOuts, &n.Questions, &n.Waiting, &n.Week, &n.Understood)
	return n, fault("count conversations", err)
}

// CountWaiting counts the replies that wait for a person.
func (s *Store) CountWaiting(ctx context.Context) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM inbound WHERE review AND NOT handled`).Scan(&n)
	return n, fault("count unclear replies", err)
}

// MarkSeen notes that a person has seen a conversation.
func (s *Store) MarkSeen(ctx context.Context, phone data.Phone) error {
	var unread bool // mostly it was seen already, and nobody who writes has to wait
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM conversation WHERE phone = ? AND unread > 0)`, string(phone)).Scan(&unread)
	if err != nil || !unread {
		return fault("note a conversation as seen", err)
	}
	return s.update(ctx, "note a conversation as seen", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE conversation SET unread = 0, seen_id = coalesce((SELECT max(id) FROM inbound WHERE phone = ?1), 0) WHERE phone = ?1 AND unread > 0`, string(phone))
		return err
	})
}

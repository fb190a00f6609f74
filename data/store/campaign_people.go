package store

import (
	"context"
	"database/sql"
	"strings"

	"counterbell/data"
)

// The people of one campaign with what became of each, for its result: first everybody's fate, then the rows that show.

// A Fate is what became of a person's text, one for each person: the furthest that it got.
type Fate string

const (
	FateUnknown   Fate = "unknown" // maybe sent
	FateRedeemed  Fate = "redeemed"
	FateOpened    Fate = "opened" // by the person, not by a preview
	FateDelivered Fate = "delivered"
	FateSent      Fate = "sent" // accepted by the provider, and no word yet
	FateFailed    Fate = "failed"
	FateWaiting   Fate = "waiting"
	FateLeftOut   Fate = "left_out"  // by the rules
	FateCancelled Fate = "cancelled" // or too late
)

// Fates lists them in the order in which a result names them.
var Fates = []Fate{FateRedeemed, FateOpened, FateDelivered, FateSent, FateUnknown, FateFailed, FateWaiting, FateLeftOut, FateCancelled}

// A MessageFate is one person of a campaign.
type MessageFate struct {
	Message data.MessageID
	Fate    Fate
}

// fateSQL is the fate of message m.
const fateSQL = `CASE
	WHEN m.state = 'unknown' THEN 'unknown'
	WHEN m.coupon_id IS NOT NULL AND EXISTS (SELECT 1 FROM redemption r WHERE r.coupon_id = m.coupon_id AND r.undone_at = 0) THEN 'redeemed'
	WHEN m.token <> '' AND EXISTS (SELECT 1 FROM open o WHERE o.token = m.token AND o.class = 'human') THEN 'opened'
	WHEN m.state = 'delivered' THEN 'delivered'
	WHEN m.state = 'accepted' THEN 'sent'
	WHEN m.state IN ('rejected', 'undelivered') THEN 'failed'
	WHEN m.state = 'blocked' THEN 'left_out'
	WHEN m.state IN ('cancelled', 'expired') THEN 'cancelled'
	ELSE 'waiting' END`

// CampaignFates tells what became of each person of a campaign, by message. With words, only those whose name or number
// holds them.
func (s *Store) CampaignFates(ctx context.Context, id data.CampaignID, words string) ([]MessageFate, error) {
	q, args := `SELECT m.id, `+fateSQL+` FROM message m WHERE m.campaign_id = ?`, []any{id}
	if words = strings.TrimSpace(words); words != "" {
		like := "%" + likeEscape.Replace(words) + "%"
		q += ` AND (m.contact_id IN (SELECT p.id FROM contact p WHERE p.name LIKE ? ESCAPE '\')`
		args = append(args, like)
		if digits := digitsOf(words); digits != "" {
			q += ` OR m.phone LIKE ?`
			args = append(args, "%"+digits+"%")
		}
		q += `)`
	}
	all, err := collect(ctx, s.read, func(r *sql.Rows) (f MessageFate, err error) { return f, r.Scan(&f.Message, &f.Fate) }, q+` ORDER BY m.id`, args...)
	return all, fault("list the campaign's people", err)
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// digitsOf is what stands in a text as it may stand in a number.
func digitsOf(words string) string {
	var b strings.Builder
	for _, r := range words {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case r != ' ' && r != '-' && r != '(' && r != ')' && r != '+':
			return ""
		}
	}
	return b.String()
}

// CampaignContacts lists the people of a campaign whose message is in a state for a reason, or with the provider's class of
// failure.
func (s *Store) CampaignContacts(ctx context.Context, id data.CampaignID, state data.MessageState, reason string) ([]data.ContactID, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (c data.ContactID, err error) { return c, r.Scan(&c) },
		`SELECT contact_id FROM message WHERE campaign_id = ? AND state = ? AND CASE WHEN reason <> '' THEN reason ELSE class END = ? AND contact_id IS NOT NULL ORDER BY id`, id, state, reason)
	return all, fault("list the campaign's people", err)
}

// A CampaignPerson is one person of a campaign as a row of its result.
type CampaignPerson struct {
	Message   data.MessageID
	Contact   data.ContactID
	Name      string
	Phone     data.Phone
	Variant   string
	State     data.MessageState
	Fate      Fate
	Reason    string // or the provider's class of failure
	Sent      data.Instant
	Delivered data.Instant
	Opened    data.Instant // the first open that is no preview
	Redeemed  data.Instant // the latest use that stands
	Due       data.Instant // of those that wait
	Updated   data.Instant
	Attempts  int
	Decided   *Resolution // what a person decided when it was in doubt
}

// CampaignPeople reads some people of a campaign, in the order asked for. Those that are gone are left out.
func (s *Store) CampaignPeople(ctx context.Context, ids []data.MessageID) ([]CampaignPerson, error) {
	byID := make(map[data.MessageID]CampaignPerson, len(ids))
	for start := 0; start < len(ids); start += 500 {
		part := ids[start:min(start+500, len(ids))]
		args := make([]any, len(part))
		for i, id := range part {
			args[i] = id
		}
		all, err := collect(ctx, s.read, func(r *sql.Rows) (p CampaignPerson, err error) {
			return p, r.Scan(&p.Message, &p.Contact, &p.Name, &p.Phone, &p.Variant, &p.State, &p.Fate, &p.Reason, &p.Sent, &p.Delivered, &p.Opened, &p.Redeemed, &p.Due, &p.Updated, &p.Attempts)
		}, `SELECT m.id, coalesce(m.contact_id, 0), coalesce(p.name, ''), m.phone, m.variant, m.state, `+fateSQL+`, CASE WHEN m.reason <> '' THEN m.reason ELSE m.class END, m.accepted_at, m.delivered_at,
			CASE WHEN m.token <> '' THEN coalesce((SELECT min(o.at) FROM open o WHERE o.token = m.token AND o.class = 'human'), 0) ELSE 0 END,
			coalesce((SELECT max(r.at) FROM redemption r WHERE r.coupon_id = m.coupon_id AND r.undone_at = 0), 0), m.due, m.updated_at, m.attempts
			FROM message m LEFT JOIN contact p ON p.id = m.contact_id WHERE m.id IN (`+marks(len(part))+`)`, args...)
		if err != nil {
			return nil, fault("read the campaign's people", err)
		}
		for _, p := range all {
			byID[p.Message] = p
		}
	}
	decided, err := s.Resolutions(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]CampaignPerson, 0, len(ids))
	for _, id := range ids {
		p, ok := byID[id]
		if !ok {
			continue
		}
		if d, ok := decided[id]; ok {
			p.Decided = &d
		}
		out = append(out, p)
	}
	return out, nil
}

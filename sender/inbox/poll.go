package inbox

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender/provider"
)

// A Poller fetches replies, says what they mean, and stores them with what follows: an opt-out is in the ledger before
// anything else is sent, a confirmed visit is confirmed.
type Poller struct {
	store    *store.Store
	provider provider.Provider
}

// New makes a poller of a provider's replies.
func New(s *store.Store, p provider.Provider) *Poller { return &Poller{s, p} }

// pagesAPoll bounds how much one Poll reads; what is left comes with the next.
const pagesAPoll = 50

// Poll fetches what came in since the last time. It returns how many replies were new. What is stored is stored with
// the cursor after it, so that nothing is lost and nothing has its effect twice.
func (p *Poller) Poll(ctx context.Context) (fresh int, err error) {
	name := p.provider.Name()
	for range pagesAPoll {
		cursor, err := p.store.Cursor(ctx, "replies:"+name)
		if err != nil {
			return fresh, err
		}
		in, next, err := p.provider.Replies(ctx, cursor)
		if err != nil || len(in) == 0 && next == cursor {
			return fresh, err
		}
		// Oldest first, and who wrote twice has the first on disk before the second is read: START after STOP is another
		// matter than START alone.
		slices.SortStableFunc(in, func(a, b provider.Inbound) int { return cmp.Compare(a.At, b.At) })
		replies := make([]store.Reply, 0, len(in))
		pending := map[data.Phone]bool{}
		for _, i := range in {
			if pending[i.From] {
				stored, err := p.store.StoreReplies(ctx, name, replies, cursor)
				if err != nil {
					return fresh, err
				}
				fresh += len(stored)
				replies = replies[:0]
				clear(pending)
			}
			r, err := p.reply(ctx, i)
			if err != nil {
				return fresh, err
			}
			replies, pending[i.From] = append(replies, r), true
		}
		stored, err := p.store.StoreReplies(ctx, name, replies, next)
		if err != nil {
			return fresh, err
		}
		fresh += len(stored)
		if len(in) == 0 || next == cursor {
			return fresh, nil
		}
	}
	return fresh, nil
}

// reply classifies one reply and works out what follows from it.
func (p *Poller) reply(ctx context.Context, in provider.Inbound) (store.Reply, error) {
	at := in.At
	if now := p.store.Now(); at == 0 || at > now {
		at = now
	}
	out := store.Reply{Inbound: data.Inbound{Provider: p.provider.Name(), ProviderID: in.ID, From: in.From, Text: clip(in.Text), At: at}}
	last, answered, err := p.store.LastTo(ctx, in.From, at)
	if err != nil {
		return out, err
	}
	region := ""
	if f, err := phone.Facts(in.From); err == nil {
		region = f.Region
	}
	asked := Reply{Text: in.Text, Region: region}
	if answered {
		out.Inbound.Message, asked.After, asked.Offered = last.ID, last.Kind, OfferedWords(last.Text)
	}
	c := Classify(asked)
	if answered && last.Step == store.DirectStep && !c.Settles() {
		// It answers what somebody at the counter wrote: a "yes" may be to anything, so a person reads it.
		out.Inbound.Reply, out.Inbound.Review = data.ReplyOther, true
		return out, nil
	}
	if answered && last.Kind != data.Reminder && (c.Reply == data.ReplyOther || c.Reply == data.ReplyOptIn) {
		// An offer may have come after the reminder that this answers.
		reminder, ok, err := p.store.LastReminderTo(ctx, in.From, at)
		if err != nil {
			return out, err
		}
		if ok {
			then := Classify(Reply{Text: in.Text, Region: region, After: reminder.Kind, Offered: OfferedWords(reminder.Text)})
			if then.Reply == data.ReplyConfirm || then.Reply == data.ReplyCancel {
				last, c = reminder, then
				c.Review, out.Inbound.Message = true, reminder.ID
			}
		}
	}
	out.Inbound.Reply, out.Inbound.Keyword, out.Inbound.Review = c.Reply, c.Keyword, c.Review || c.Reply == data.ReplyUnclear
	if in.From == "" { // nobody's: a person has to look
		out.Inbound.Review = true
		return out, nil
	}
	st := data.Statement{Method: "keyword", Source: "reply " + in.ID, Wording: clip(in.Text)}
	switch c.Reply {
	case data.ReplyOptOut:
		for _, scope := range data.ClosedBy(asked.After) {
			out.Consents = append(out.Consents, data.ConsentEntry{Phone: in.From, Event: data.Withdraw, Scope: scope, Statement: st, GivenAt: at, Single: true, Confirmed: true})
		}
	case data.ReplyOptIn:
		// START opens again what this person closed; it is no marketing consent where there was none (compliance, section 4).
		scopes, err := p.reopened(ctx, in.From)
		if err != nil {
			return out, err
		}
		for scope, basis := range scopes {
			out.Consents = append(out.Consents, data.ConsentEntry{Phone: in.From, Event: data.Grant, Scope: scope, Basis: basis, Statement: st, GivenAt: at, Single: true, Confirmed: true})
		}
	}
	if answered && last.Appointment != 0 {
		out.Appointment = last.Appointment
		switch {
		case c.Reply == data.ReplyConfirm:
			out.State = data.Confirmed
		case c.Reply == data.ReplyCancel, c.Also == data.ReplyCancel:
			out.State = data.ApptCancelled
		case c.Reply == data.ReplyUnclear:
			out.State = data.UnclearReply
		default:
			out.Appointment = 0
		}
	}
	if out.Appointment != 0 {
		// A family on one phone. A yes counts for all visits that the text named; which of them a no is about, a person has
		// to find out. What other texts named waits for an answer of its own, and a person looks.
		if out.Also, err = p.store.VisitsNamed(ctx, last.ID); err != nil {
			return out, err
		}
		if len(out.Also) > 0 && out.State == data.ApptCancelled {
			out.State, out.Inbound.Review = data.UnclearReply, true
		}
		others, err := p.store.Awaited(ctx, in.From, at, append(out.Also[:len(out.Also):len(out.Also)], out.Appointment)...)
		if err != nil {
			return out, err
		}
		out.Inbound.Review = out.Inbound.Review || others > 0
	}
	return out, nil
}

// reopened returns the scopes that are closed and were open before, with the basis on which they were.
func (p *Poller) reopened(ctx context.Context, who data.Phone) (map[data.Scope]data.Basis, error) {
	entries, err := p.store.ConsentHistory(ctx, who)
	if err != nil {
		return nil, err
	}
	out := map[data.Scope]data.Basis{}
	for _, scope := range data.Scopes {
		if !data.Stand(scope, entries).Closed {
			continue
		}
		before := slices.DeleteFunc(slices.Clone(entries), func(e data.ConsentEntry) bool { return e.Event.Closes() })
		if had := data.Stand(scope, before); had.Granted {
			out[scope] = had.Basis
		}
	}
	return out, nil
}

// OfferedWords finds the words that a text offers as answers: "Reply 1 to confirm or 2 to cancel" offers 1 and 2. Short
// words count, and those in capitals; what matters is that a single letter was really there to be answered.
func OfferedWords(body string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(body, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.Is(unicode.Han, r)
	}) {
		if len([]rune(w)) <= 2 && (w == strings.ToUpper(w)) || len(w) > 2 && w == strings.ToUpper(w) && strings.ToLower(w) != w && len(w) <= 12 {
			out = append(out, w)
		}
	}
	return out
}

// clip keeps a stranger's text to what a reply can be.
func clip(s string) string {
	if r := []rune(s); len(r) > 1600 {
		return string(r[:1600])
	}
	return s
}

// Package outbox hands messages to a provider: claim, decide, commit the attempt, one call, settle.
//
// What it promises, whatever is killed when: no message goes out without a decision made at that moment that allows it;
// the attempt is on disk before the first byte goes out; what can't be known is unknown and never sent again by itself.
package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
)

// A Book keeps the messages.
type Book interface {
	Claim(ctx context.Context, limit int, lease time.Duration) ([]data.Message, error)
	CommitAttempts(ctx context.Context, decided []store.Decided) (map[data.MessageID]data.AttemptID, error)
	Settle(ctx context.Context, results []store.Settlement) error
	Unclaim(ctx context.Context, ids []data.MessageID) error
	SetCampaignState(ctx context.Context, id data.CampaignID, to data.CampaignState, reason string, from ...data.CampaignState) error
	Recent
}

// A Draft is a claimed message, made from what is known at this moment. Ask is what the rules are to be asked. Drop, if
// set, takes it out of the queue without asking: Expired, MsgCancelled, Blocked, or Held until Until; Reason says why.
type Draft struct {
	Message  data.Message
	Text     provider.Text // Ref is filled in by the outbox
	Segments int
	Cost     data.Cost
	Ask      rules.Question
	Drop     data.MessageState
	Reason   string
	Until    data.Instant
	Visits   []data.Appointment // of a reminder: the other visits that its text names
	Pause    bool               // the campaign itself can't go on, for Reason: it pauses, and the message waits with it
}

// A Drafter makes drafts of claimed messages, one for each, in order.
type Drafter interface {
	Drafts(ctx context.Context, claimed []data.Message) ([]Draft, error)
}

// Needs is what an outbox works with.
type Needs struct {
	Book     Book
	Drafter  Drafter
	Provider provider.Provider
	Clock    data.Clock
	Wait     func(ctx context.Context, d time.Duration) error // until the provider's rate allows more
}

// An Outbox hands over one provider's messages. Its methods are for one goroutine.
type Outbox struct {
	Needs
	limit     limiter
	refused   map[data.CampaignID]int // rejections in a row
	unsettled []store.Settlement      // results that couldn't be stored yet: before anything else is handed over, they are
	rest      data.Instant            // the provider is out of reach or wants peace until then
	rested    int                     // how often in a row
}

// lease is how long a claim lasts, from the draft to the attempt on disk: what is decided is done at once or decided anew.
const lease = time.Minute

// refusalsToPause is how many rejections in a row pause a campaign: it isn't the people's fault then.
const refusalsToPause = 20

// New makes an outbox.
func New(n Needs) *Outbox {
	return &Outbox{Needs: n, limit: limiter{rate: n.Provider.Capabilities().RatePerSec, burst: float64(chunk(n.Provider.Capabilities()))}, refused: map[data.CampaignID]int{}}
}

// A Round is what one Pass did.
type Round struct {
	Claimed  int
	Accepted int
	Held     int
	Blocked  int
	Rejected int
	Unknown  int
	NotSent  int
	Other    int   // expired, cancelled, given back
	Err      error // the provider's trouble: out of reach, wrong credentials
}

// Resting returns how long the provider is left alone yet, since the last call found it out of reach; 0 when it isn't.
func (o *Outbox) Resting() time.Duration {
	// Never longer than any rest there is, in case the clock was put back.
	if d := o.rest.Sub(data.At(o.Clock())); d > 0 && d <= longestRest {
		return d
	}
	return 0
}

// Pass hands over one batch of what is due. A Round that claimed nothing means that nothing is due, or that the provider
// is left alone for a while.
func (o *Outbox) Pass(ctx context.Context) (Round, error) {
	if len(o.unsettled) > 0 {
		if err := o.Book.Settle(ctx, o.unsettled); err != nil {
			return Round{}, err
		}
		o.unsettled = nil
	}
	if o.Resting() > 0 {
		return Round{}, nil
	}
	caps := o.Provider.Capabilities()
	n := chunk(caps)
	if wait := o.limit.take(o.Clock(), n); wait > 0 {
		if err := o.Wait(ctx, wait); err != nil {
			return Round{}, err
		}
	}
	claimed, err := o.Book.Claim(ctx, n, lease)
	if err != nil || len(claimed) == 0 {
		o.limit.giveBack(n)
		return Round{}, err
	}
	o.limit.giveBack(n - len(claimed))
	round, err := o.batch(ctx, claimed)
	round.Claimed = len(claimed)
	return round, err
}

// chunk is how many messages are committed and handed over together: at most one second of the provider's rate. Each
// attempt that is on disk when the program dies is one that nobody can be sure of, so where a call takes one message,
// only a few are.
func chunk(c provider.Caps) int {
	if c.MaxBatch <= 1 {
		return max(1, min(8, int(c.RatePerSec/2)))
	}
	n := min(c.MaxBatch, 500)
	if c.RatePerSec > 0 {
		n = max(1, min(n, int(c.RatePerSec)))
	}
	return n
}

func (o *Outbox) batch(ctx context.Context, claimed []data.Message) (Round, error) {
	drafts, err := o.Drafter.Drafts(ctx, claimed)
	if err == nil {
		err = o.recall(ctx, drafts)
	}
	if err != nil {
		ids := make([]data.MessageID, len(claimed))
		for i := range claimed {
			ids[i] = claimed[i].ID
		}
		if back := o.Book.Unclaim(context.WithoutCancel(ctx), ids); back != nil {
			return Round{}, back
		}
		return Round{}, err
	}
	var round Round
	decided := make([]store.Decided, 0, len(drafts))
	var again []data.MessageID
	toSend := map[data.MessageID]*Draft{}
	phones := map[data.Phone]bool{}
	for i := range drafts {
		d := &drafts[i]
		if d.Drop == "" && phones[d.Message.To] { // no number twice in one call: this one goes with the next
			again = append(again, d.Message.ID)
			round.Other++
			continue
		}
		o.decide(d)
		if d.Pause {
			if err := o.pause(ctx, d.Message.Campaign, d.Reason); err != nil {
				return round, err
			}
		}
		if d.Message.State == data.Sending {
			phones[d.Message.To] = true
			toSend[d.Message.ID] = d
		}
		decided = append(decided, store.Decided{Message: d.Message, Cost: d.Cost, Visits: d.Visits})
	}
	if len(again) > 0 {
		if err := o.Book.Unclaim(ctx, again); err != nil {
			return round, err
		}
	}
	attempts, err := o.Book.CommitAttempts(ctx, decided)
	if err != nil { // what stays claimed goes back when the claim lapses
		return round, err
	}
	for i := range decided {
		switch m := decided[i].Message; m.State {
		case data.Held:
			round.Held++
		case data.Blocked:
			round.Blocked++
		case data.Sending:
		default:
			round.Other++
		}
	}
	var batch []provider.Text
	var sent []*Draft
	for i := range decided {
		id := decided[i].Message.ID
		if attempt, ok := attempts[id]; ok {
			d := toSend[id]
			d.Text.Ref, d.Text.To, d.Text.Kind = Ref(attempt), d.Message.To, d.Message.Kind
			batch, sent = append(batch, d.Text), append(sent, d)
		}
	}
	if len(batch) == 0 {
		return round, nil
	}
	outcomes := o.send(ctx, batch)
	return o.settle(ctx, round, sent, attempts, outcomes)
}

// Ref is how an attempt is called at the provider.
func Ref(id data.AttemptID) string { return fmt.Sprintf("cb-%d", id) }

// decide asks the rules and writes their answer into the message.
func (o *Outbox) decide(d *Draft) {
	m := &d.Message
	m.Provider, m.Decision = o.Provider.Name(), ""
	if d.Drop != "" {
		m.State, m.Reason, m.Due, m.Text = d.Drop, d.Reason, d.Until, ""
		return
	}
	if !o.Provider.Capabilities().Practice && d.Ask.Phone.Fictional {
		m.State, m.Reason = data.Blocked, "fictional"
		return
	}
	d.Ask.Now = data.At(o.Clock())
	v := rules.Decide(d.Ask)
	record, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	m.Decision = string(record)
	switch v.Verdict {
	case rules.Send:
		m.State, m.Reason, m.Text, m.Segments = data.Sending, "", d.Text.Body, d.Segments
	case rules.Hold:
		m.State, m.Reason, m.Due = data.Held, v.Reasons[0].Code, v.Until
		if m.NotAfter != 0 && v.Until > m.NotAfter {
			m.State, m.Reason = data.Expired, "over_while_held"
		}
	default:
		m.State, m.Reason = data.Blocked, v.Reasons[0].Code
	}
}

// send makes the call, or one for each where the provider takes one at a time.
func (o *Outbox) send(ctx context.Context, batch []provider.Text) []provider.Outcome {
	// A call that has begun is seen through: cancelling it would leave its outcome unknown.
	ctx = context.WithoutCancel(ctx)
	if o.Provider.Capabilities().MaxBatch > 1 {
		return o.Provider.Send(ctx, batch)
	}
	out := make([]provider.Outcome, len(batch))
	var wg sync.WaitGroup
	for i := range batch {
		wg.Go(func() {
			if res := o.Provider.Send(ctx, batch[i:i+1]); len(res) == 1 {
				out[i] = res[0]
			}
		})
	}
	wg.Wait()
	return out
}

func (o *Outbox) settle(ctx context.Context, round Round, sent []*Draft, attempts map[data.MessageID]data.AttemptID, outcomes []provider.Outcome) (Round, error) {
	byRef := make(map[string]provider.Outcome, len(outcomes))
	for _, out := range outcomes {
		byRef[out.Ref] = out
	}
	now := data.At(o.Clock())
	results := make([]store.Settlement, 0, len(sent))
	pauses := map[data.CampaignID]string{}
	peace := time.Duration(-1) // how long the provider is to be left alone; negative: not at all
	for _, d := range sent {
		m := d.Message
		s := store.Settlement{Attempt: attempts[m.ID], Message: m.ID, Appointment: m.Appointment, State: data.Unknown, Reason: "no_answer", Class: data.ClassUnknown}
		// An outcome that is missing is unknown: the adapter answers for everybody, but this doesn't depend on it.
		out, ok := byRef[Ref(s.Attempt)]
		if ok {
			s.Class, s.Code, s.Raw, s.ProviderID, s.Segments, s.Cost = out.Class, out.Code, out.Raw, out.ProviderID, out.Segments, out.Cost
		}
		switch {
		case ok && out.State == provider.Accepted:
			s.State, s.Reason = data.Accepted, ""
			round.Accepted++
			o.refused[m.Campaign] = 0
		case ok && (out.State == provider.NotSent || out.State == provider.Rejected && !out.Class.Personal()):
			// Nothing went out, and it isn't this person's fault: the message waits until the provider can be reached again,
			// or until somebody has mended the account.
			s.State, s.Reason, s.Due = data.Held, string(out.Class), now.Add(backoff(m.Attempts, out.RetryAfter))
			if out.State == provider.NotSent {
				s.Reason = "not_sent"
			}
			round.NotSent++
			round.Err = providerTrouble(out)
			switch {
			case out.Class.Personal():
			case out.Class == data.ClassRate || out.Class == data.ClassTemporary || out.Class == data.ClassNone:
				peace = max(peace, out.RetryAfter)
			default: // asking again and again with a wrong credential closes accounts
				pauses[m.Campaign], peace = string(out.Class), max(peace, accountRest)
			}
		case ok && out.State == provider.Rejected:
			s.State, s.Reason = data.Rejected, string(out.Class)
			round.Rejected++
			if out.Class == data.ClassOptedOut {
				s.OptedOut = &data.ConsentEntry{
					Phone: m.To, Event: data.Withdraw, Scope: m.Kind.Scope(), Single: true, Confirmed: true,
					Statement: data.Statement{Method: "provider", Source: "the provider refused the number as opted out (" + o.Provider.Name() + ")"},
				}
			} else if o.refused[m.Campaign]++; o.refused[m.Campaign] >= refusalsToPause {
				o.refused[m.Campaign], pauses[m.Campaign] = 0, "rejected_in_a_row"
			}
		default:
			s.Reason = "no_answer"
			round.Unknown++
		}
		results = append(results, s)
	}
	o.takeRest(now, peace, round.Accepted > 0)
	// The results are stored even when the program has been told to end, and if they can't be now, before anything else.
	ctx = context.WithoutCancel(ctx)
	if err := o.Book.Settle(ctx, results); err != nil {
		o.unsettled = results
		return round, err
	}
	for id, reason := range pauses {
		if err := o.pause(ctx, id, reason); err != nil {
			return round, err
		}
	}
	return round, nil
}

// longestRest is how long a provider that can't be reached, or says that it is asked too often, is left alone at most.
const longestRest = 5 * time.Minute

// accountRest is how long a provider is left alone that refuses the account, the sender or the credit: campaigns pause then,
// reminders try again.
const accountRest = 30 * time.Second

// takeRest leaves the provider alone for as long as it asked for, else twice as long each time, from two seconds on.
// Trying everybody else's message at once would help nobody.
func (o *Outbox) takeRest(now data.Instant, peace time.Duration, reached bool) {
	if reached {
		o.rested = 0
	}
	if peace < 0 {
		return
	}
	if peace == 0 {
		peace = 2 * time.Second << min(o.rested, 8)
	}
	o.rest, o.rested = now.Add(min(peace, longestRest)), o.rested+1
}

// pause stops a campaign from going on until a person has looked.
func (o *Outbox) pause(ctx context.Context, id data.CampaignID, reason string) error {
	if id == 0 {
		return nil
	}
	err := o.Book.SetCampaignState(context.WithoutCancel(ctx), id, data.Paused, reason, data.Running, data.Paused)
	if data.CodeOf(err) == "campaign_state" { // stopped meanwhile
		return nil
	}
	return err
}

func providerTrouble(out provider.Outcome) error {
	code := data.ProviderDown
	switch out.Class {
	case data.ClassAuth:
		code = data.Credentials
	case data.ClassCredit, data.ClassSender, data.ClassConfig:
		code = "provider_refused"
	}
	return data.Errorf(code, "hand messages over", "%s %s", out.Class, out.Code).With("class", string(out.Class))
}

// backoff doubles from half a minute up to a quarter of an hour, unless the provider said when.
func backoff(attempts int, after time.Duration) time.Duration {
	if after > 0 {
		return min(after, time.Hour)
	}
	return min(30*time.Second<<min(max(attempts-1, 0), 5), 15*time.Minute)
}

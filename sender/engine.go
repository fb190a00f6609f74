// Package sender is the engine: it runs campaigns and reminders, hands messages over, and brings the news in.
package sender

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/direct"
	"counterbell/sender/inbox"
	"counterbell/sender/outbox"
	"counterbell/sender/provider"
	"counterbell/sender/remind"
)

// An Engine does what is due in one profile. One engine at a time sends and polls there: the holder of a lease.
type Engine struct {
	store     *store.Store
	provider  provider.Provider
	links     *Links
	campaigns *campaign.Planner
	reminders *remind.Reminder
	direct    *direct.Writer
	outbox    *outbox.Outbox
	accounts  []account // the one that sends first, then the former ones
	log       *slog.Logger
	holder    string
	wake      chan struct{}
	chosen    bool
	forget    func()    // ends what wakes it
	renewed   time.Time // when the lease was renewed last, by the clock on the wall

	mu      sync.Mutex
	after   map[string]data.Instant // when each kind of news may be asked for again
	wrong   map[string]error        // what went wrong the last time, by what was done
	state   State
	onState func(State)
}

// Needs is what an engine works with. Links and Log may be nil.
type Needs struct {
	Store    *store.Store
	Provider provider.Provider
	Former   []provider.Provider // sent in this profile before, and may still have news
	Links    *Links
	Log      *slog.Logger
	Wait     func(ctx context.Context, d time.Duration) error // nil: the real clock
	OnState  func(State)                                      // on the engine's goroutine, when it changes; may be nil
	Chosen   bool                                             // does nothing while the profile has chosen another provider: somebody opens the engine anew
}

// New makes an engine. It does nothing until Run or Pass is called.
func New(n Needs) *Engine {
	if n.Log == nil {
		n.Log = slog.New(slog.DiscardHandler)
	}
	if n.Wait == nil {
		n.Wait = wait
	}
	shared := campaign.Needs{Store: n.Store, Provider: n.Provider}
	if n.Links != nil {
		shared.Links = n.Links
	}
	e := &Engine{
		store: n.Store, provider: n.Provider, links: n.Links, log: n.Log, campaigns: campaign.New(shared), reminders: remind.New(shared), direct: direct.New(shared),
		wake: make(chan struct{}, 1), after: map[string]data.Instant{}, wrong: map[string]error{}, onState: n.OnState, chosen: n.Chosen,
	}
	for _, p := range append([]provider.Provider{n.Provider}, n.Former...) {
		e.accounts = append(e.accounts, account{p, inbox.New(n.Store, p)})
	}
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	e.holder = n.Store.Process() + "." + hex.EncodeToString(b)
	e.outbox = outbox.New(outbox.Needs{Book: n.Store, Drafter: e, Provider: n.Provider, Clock: n.Store.Clock(), Wait: n.Wait})
	e.forget = n.Store.OnChange(e.Wake)
	return e
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Campaigns plans campaigns with this engine's provider.
func (e *Engine) Campaigns() *campaign.Planner { return e.campaigns }

// Reminders plans reminders with this engine's provider, and tells beforehand what would become of them.
func (e *Engine) Reminders() *remind.Reminder { return e.reminders }

// Direct writes single texts with this engine's provider, and tells beforehand what would become of one.
func (e *Engine) Direct() *direct.Writer { return e.direct }

// Provider returns the provider that this engine hands messages to.
func (e *Engine) Provider() provider.Provider { return e.provider }

// Wake makes Run look for work at once.
func (e *Engine) Wake() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// Drafts writes claimed messages, each by what it belongs to.
func (e *Engine) Drafts(ctx context.Context, claimed []data.Message) ([]outbox.Draft, error) {
	var campaigns, reminders, byHand []data.Message
	var ids []data.MessageID
	for _, m := range claimed {
		if m.Campaign == 0 && m.Appointment == 0 {
			ids = append(ids, m.ID)
		}
	}
	words, err := e.store.Directs(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, m := range claimed {
		if _, ok := words[m.ID]; ok {
			byHand = append(byHand, m)
		} else if m.Campaign != 0 {
			campaigns = append(campaigns, m)
		} else {
			reminders = append(reminders, m)
		}
	}
	var out []outbox.Draft
	if len(byHand) > 0 {
		if out, err = e.direct.Drafts(ctx, byHand, words); err != nil {
			return nil, err
		}
	}
	if len(campaigns) > 0 {
		if err := e.publishClaimed(ctx, campaigns); err != nil { // what the relay doesn't know waits for it
			e.log.Warn("links can't be published", "code", string(data.CodeOf(err)))
		}
		d, err := e.campaigns.Drafts(ctx, campaigns)
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	if len(reminders) > 0 {
		d, err := e.reminders.Drafts(ctx, reminders)
		if err != nil {
			return nil, err
		}
		out = append(out, d...)
	}
	return out, nil
}

// ErrElsewhere is returned when another process sends and polls in this profile.
var ErrElsewhere = errors.New("another process sends in this profile")

// leaseFor is how long the engine's lease lasts; it is renewed three times as often.
const leaseFor = 30 * time.Second

// Start takes the lease and brings back what a killed process left. Error ErrElsewhere.
func (e *Engine) Start(ctx context.Context) error {
	other, err := e.store.Take(ctx, store.EngineLease, e.holder, leaseFor)
	if err != nil {
		return err
	}
	if other != "" {
		return ErrElsewhere
	}
	if err := e.store.Recover(ctx); err != nil {
		return err
	}
	queued, unknown, err := e.store.Reclaim(ctx)
	if err == nil && queued+unknown > 0 {
		e.log.Info("recovered the outbox", "queued", queued, "unknown", unknown)
	}
	return err
}

// Stop gives the lease back.
func (e *Engine) Stop(ctx context.Context) error {
	return e.store.Release(context.WithoutCancel(ctx), store.EngineLease, e.holder)
}

// A street is a provider whose people do things by themselves: practice. Play lets them follow their links up to a moment.
type street interface {
	Play(ctx context.Context, until data.Instant) (int, error)
}

// A Summary is what passes did.
type Summary struct {
	Reminders int64        `json:"reminders_planned"`
	Round     outbox.Round `json:"-"`
	Accepted  int          `json:"accepted"`
	Held      int          `json:"held"`
	Blocked   int          `json:"blocked"`
	Rejected  int          `json:"rejected"`
	Unknown   int          `json:"unknown"`
	NotSent   int          `json:"not_sent"`
	Statuses  int          `json:"statuses"`
	Replies   int          `json:"replies"`
	Opens     int          `json:"opens"`
	Trouble   error        `json:"-"` // the provider's or the relay's: the rest was done
}

// Pass does everything that is due at this moment, and asks for news once; while it hands over more than a moment's work,
// it asks again in between, so that somebody who opts out in the middle of a campaign is heard in the middle of it, and
// what comes due meanwhile goes out at its hour. Trouble with the provider or the relay is in the summary; an error is
// the profile's own.
func (e *Engine) Pass(ctx context.Context) (Summary, error) {
	var s Summary
	if other, err := e.overtaken(ctx); other || err != nil {
		return s, err
	}
	if err := e.prepare(ctx, &s); err != nil {
		return s, err
	}
	since := e.store.Now()
	for {
		r, err := e.outbox.Pass(ctx)
		e.tell(func(s *State) { s.Sending = err == nil && r.Claimed > 0 && r.Err == nil })
		s.add(r)
		if err != nil {
			return s, err
		}
		if r.Claimed > 0 || e.outbox.Resting() == 0 {
			_ = e.heard("hand over", r.Err)
			e.troubled() // at once: what is left may take hours
		}
		if r.Claimed == 0 || r.Err != nil {
			break
		}
		if err := e.keep(ctx); err != nil {
			return s, err
		}
		if now := e.store.Now(); now.Sub(since).Abs() >= newsEvery {
			since = now
			if err := e.news(ctx, &s); err != nil {
				return s, err
			}
			if err := e.prepare(ctx, &s); err != nil {
				return s, err
			}
		}
	}
	if err := e.news(ctx, &s); err != nil {
		return s, err
	}
	e.troubled()
	return s, e.store.Tick(ctx)
}

// overtaken tells whether the profile has another provider by now, as when it was chosen with bell beside a window: what
// was made for that one is nothing for this engine to judge.
func (e *Engine) overtaken(ctx context.Context) (bool, error) {
	if !e.chosen {
		return false, nil
	}
	name, err := e.store.Provider(ctx)
	return err == nil && name != e.provider.Name(), err
}

// newsEvery is how long messages are handed over before news is asked for in between.
const newsEvery = 5 * time.Second

// prepare sees to what has to happen before messages can go: campaigns whose time has come, reminders, templates, links.
func (e *Engine) prepare(ctx context.Context, s *Summary) error {
	if err := e.store.Tick(ctx); err != nil {
		return err
	}
	planned, err := e.reminders.Plan(ctx)
	if err != nil {
		return err
	}
	s.Reminders += planned
	s.note(e.approvals(ctx))
	s.note(e.heard("publish", e.publish(ctx)))
	return nil
}

// news asks what became of messages, what people answered, and whether they followed their links.
func (e *Engine) news(ctx context.Context, s *Summary) error {
	if err := e.pollAll(ctx, s); err != nil {
		return err
	}
	if st, ok := e.provider.(street); ok {
		_, err := st.Play(ctx, e.store.Now())
		s.note(err)
	}
	opens, err := e.pollLinks(ctx)
	s.Opens += opens
	s.note(e.heard("opens", err))
	return ctx.Err()
}

func (s *Summary) note(err error) {
	if err != nil && s.Trouble == nil {
		s.Trouble = err
	}
}

func (s *Summary) add(r outbox.Round) {
	s.Accepted += r.Accepted
	s.Held += r.Held
	s.Blocked += r.Blocked
	s.Rejected += r.Rejected
	s.Unknown += r.Unknown
	s.NotSent += r.NotSent
	s.note(r.Err)
}

// renew keeps the lease. Error ErrElsewhere when it was lost: then nothing more may be handed over.
func (e *Engine) renew(ctx context.Context) error {
	other, err := e.store.Take(ctx, store.EngineLease, e.holder, leaseFor)
	if err == nil && other != "" {
		err = ErrElsewhere
	}
	return err
}

// keep renews the lease where it is time to: each renewal is a write, which a batch of messages need not wait for.
func (e *Engine) keep(ctx context.Context) error {
	now := time.Now().Round(0) // by the wall: a computer that slept has lost its lease
	if d := now.Sub(e.renewed); d >= 0 && d < leaseFor/3 {
		return nil
	}
	e.renewed = now
	return e.renew(ctx)
}

// approvals asks how registered templates stand, every ten minutes, and sends the campaigns that waited for them. One that
// can't be sent any more, since its template was refused or its day is over, is a draft again, with the reason.
func (e *Engine) approvals(ctx context.Context) error {
	waiting, err := e.store.CampaignsIn(ctx, data.AwaitingApproval)
	if err != nil || len(waiting) == 0 {
		return e.heard("approvals", err)
	}
	if !e.due("approvals", 10*time.Minute) {
		return nil
	}
	var trouble error
	for _, c := range waiting {
		_, err := e.campaigns.Send(ctx, c.ID, 0)
		if code := data.CodeOf(err); campaign.Final(code) {
			err = errors.Join(err, e.store.SetCampaignState(ctx, c.ID, data.Draft, string(code), data.AwaitingApproval))
		}
		if err != nil && trouble == nil {
			trouble = err
		}
	}
	return e.heard("approvals", trouble)
}

// due tells whether it is time to ask for a kind of news again, and notes that it was asked for. Where the clock was put
// back, it is.
func (e *Engine) due(kind string, every time.Duration) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.store.Now()
	if next := e.after[kind]; now < next && next <= now.Add(every) {
		return false
	}
	e.after[kind] = now.Add(every)
	return true
}

// statusesAtOnce is how many messages a provider is asked about in one call.
const statusesAtOnce = 500

// Run does what is due until ctx ends. It looks again when something changes, when the next message comes due, and
// every few seconds for news. Error ErrElsewhere when another process has the lease.
func (e *Engine) Run(ctx context.Context) error {
	if err := e.Start(ctx); err != nil {
		return err
	}
	defer func() { _ = e.Stop(ctx) }()
	beat, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() { // a pass may take long: the lease is renewed beside it
		for wait(beat, leaseFor/3) == nil {
			if err := e.renew(beat); errors.Is(err, ErrElsewhere) {
				stop(err)
			}
		}
	}()
	stumbles := 0
	for {
		sum, err := e.Pass(beat)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrElsewhere), errors.Is(context.Cause(beat), ErrElsewhere):
			return ErrElsewhere
		case err != nil && !passing(err):
			return err
		}
		pause := 2 * time.Second
		if err != nil {
			e.log.Warn("the profile is in trouble, and tried again", "code", string(data.CodeOf(err)))
			pause = min(pause<<stumbles, time.Minute)
			stumbles = min(stumbles+1, 5)
		} else if stumbles = 0; e.outbox.Resting() == 0 {
			if next, err := e.store.NextDue(beat); err == nil && next != 0 {
				pause = max(50*time.Millisecond, min(pause, next.Sub(e.store.Now())))
			}
		}
		if sum.Trouble != nil {
			e.log.Warn("a provider or relay is in trouble", "code", string(data.CodeOf(sum.Trouble)))
		}
		t := time.NewTimer(pause)
		select {
		case <-t.C:
		case <-e.wake:
			// What woke us may be the first of many changes: let them gather.
			_ = wait(beat, 50*time.Millisecond)
		case <-beat.Done():
		}
		t.Stop()
	}
}

// passing tells whether a profile's trouble may be over by itself: somebody else writes, the disk is full or stumbles.
func passing(err error) bool {
	switch data.CodeOf(err) {
	case data.Busy, data.DiskFull, "disk_fault":
		return true
	}
	return false
}

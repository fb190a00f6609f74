package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui/page"
)

// engine runs the sender beside the window, for as long as the window is open.
// Pages use it as page.Engine.
type engine struct {
	store  *store.Store
	log    *slog.Logger
	cancel context.CancelFunc
	ended  chan struct{}
	again  chan struct{} // Restart

	mu     sync.Mutex // held for moments alone: Fyne's goroutine takes it as well
	opened *sender.Opened
	users  *sync.WaitGroup // those who are using opened
}

var _ page.Engine = (*engine)(nil)

// Use calls do with what the engine has open. Where it has nothing open, as
// when another process sends or provider and relay are being opened anew,
// something is opened for this once.
func (e *engine) Use(ctx context.Context, do func(*sender.Opened) error) error {
	e.mu.Lock()
	opened, users := e.opened, e.users
	if opened != nil {
		users.Add(1)
	}
	e.mu.Unlock()
	if opened == nil {
		return page.OnDemand{Store: e.store}.Use(ctx, do)
	}
	defer users.Done()
	return do(opened)
}

// Restart opens provider and relay anew as soon as the call that is under way
// has settled.
func (e *engine) Restart() {
	select {
	case e.again <- struct{}{}:
	default:
	}
}

// Wake makes the engine look for work at once. It never waits.
func (e *engine) Wake() {
	e.mu.Lock()
	opened := e.opened
	e.mu.Unlock()
	if opened != nil {
		opened.Wake()
	}
}

// lend lets pages use what is open, until takeBack is called: from then on
// nobody new gets it, and when takeBack returns nobody has it any more.
func (e *engine) lend(opened *sender.Opened) (takeBack func()) {
	users := &sync.WaitGroup{}
	e.mu.Lock()
	e.opened, e.users = opened, users
	e.mu.Unlock()
	return func() {
		e.mu.Lock()
		e.opened, e.users = nil, nil
		e.mu.Unlock()
		users.Wait()
	}
}

// news is what the engine has to say to a person.
type news struct {
	elsewhere bool // another process sends in this profile
}

// How long until the engine tries again: another process may have ended, the
// keychain been opened, the connection come back.
const (
	againElsewhere = 10 * time.Second
	againTrouble   = 30 * time.Second
)

func newEngine(s *store.Store, log *slog.Logger) *engine {
	return &engine{store: s, log: log, ended: make(chan struct{}), again: make(chan struct{}, 1)}
}

// start runs the sender until stop. That another process sends is told once,
// until it is over; state hears what it does, and what keeps it from working.
func (e *engine) start(ctx context.Context, tell func(news), state func(sender.State)) {
	ctx, e.cancel = context.WithCancel(ctx)
	go func() {
		defer close(e.ended)
		var told data.Code
		var since data.Instant
		for ctx.Err() == nil {
			began := time.Now()
			restarted, err := e.sendOnce(ctx, state)
			if ctx.Err() != nil {
				return
			}
			if restarted || time.Since(began) > time.Minute {
				told = ""
			}
			if restarted {
				continue
			}
			wait := againTrouble
			switch code := data.CodeOf(err); {
			case errors.Is(err, sender.ErrElsewhere):
				wait = againElsewhere
				if told != "elsewhere" {
					told = "elsewhere"
					e.log.Info("another process sends in this profile")
					tell(news{elsewhere: true})
				}
			case err != nil:
				if told != code {
					told, since = code, e.store.Now()
					e.log.Error("the engine stopped", "code", string(code))
				}
				state(sender.State{Trouble: err, Since: since}) // stays in sight until it is over
			}
			pause(ctx, wait, e.again)
		}
	}()
}

// sendOnce opens the provider and the relay and runs until ctx ends, Restart is
// called, or something is wrong. A panic is caught: the till goes on without it.
func (e *engine) sendOnce(ctx context.Context, state func(sender.State)) (restarted bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			caught := &page.Panic{Value: fmt.Sprint(v), Stack: string(debug.Stack())}
			e.log.Error("the engine panicked", "panic", caught.Value, "stack", caught.Stack)
			err = caught
		}
	}()
	window := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	opened, err := sender.Open(ctx, e.store, sender.Options{Log: e.log, OnState: state})
	if err != nil {
		return false, err
	}
	defer opened.Close()
	state(sender.State{}) // what kept it from being opened is over
	defer e.lend(opened)()
	defer func() {
		if window.Err() == nil { // there still is one to tell
			state(sender.State{})
		}
	}()
	var asked atomic.Bool
	go func() {
		if e.overtaken(ctx) {
			asked.Store(true)
			cancel()
		}
	}()
	err = opened.Run(ctx)
	return asked.Load(), err
}

// settledEvery is how often the engine looks whether provider or relay were
// changed by bell beside it.
const settledEvery = 5 * time.Second

// overtaken waits until what the engine has open is no longer what it should
// have: Restart was called, or the settings changed. False when ctx ends first.
func (e *engine) overtaken(ctx context.Context) bool {
	before, _ := sender.Settled(ctx, e.store)
	look := time.NewTicker(settledEvery)
	defer look.Stop()
	for {
		select {
		case <-e.again:
			return true
		case <-look.C:
			if now, err := sender.Settled(ctx, e.store); err == nil && now != before {
				return true
			}
		case <-ctx.Done():
			return false
		}
	}
}

// pause waits until it is time to try again, or one of again comes.
func pause(ctx context.Context, d time.Duration, again <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-again:
	case <-ctx.Done():
	}
}

// stop lets the call that is under way settle, and waits for it.
func (e *engine) stop(ctx context.Context) {
	e.cancel()
	select {
	case <-e.ended:
	case <-ctx.Done():
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui/page"
)

// engine runs the sender beside the window, for as long as the window is open.
type engine struct {
	cancel context.CancelFunc
	ended  chan struct{}
}

// news is what the engine has to say to a person.
type news struct {
	elsewhere bool // another process sends in this profile
	err       error
}

// How long until the engine tries again: another process may have ended, the
// keychain been opened, the connection come back.
const (
	againElsewhere = 10 * time.Second
	againTrouble   = 30 * time.Second
)

// startEngine runs the sender until stop. Each kind of trouble is told once,
// until it is over.
func startEngine(ctx context.Context, s *store.Store, log *slog.Logger, tell func(news)) *engine {
	ctx, cancel := context.WithCancel(ctx)
	e := &engine{cancel: cancel, ended: make(chan struct{})}
	go func() {
		defer close(e.ended)
		var told data.Code
		for ctx.Err() == nil {
			began := time.Now()
			err := sendOnce(ctx, s, log)
			if ctx.Err() != nil {
				return
			}
			if time.Since(began) > time.Minute {
				told = ""
			}
			wait := againTrouble
			switch code := data.CodeOf(err); {
			case errors.Is(err, sender.ErrElsewhere):
				wait = againElsewhere
				if told != "elsewhere" {
					told = "elsewhere"
					log.Info("another process sends in this profile")
					tell(news{elsewhere: true})
				}
			case err != nil && told != code:
				told = code
				log.Error("the engine stopped", "code", string(code))
				tell(news{err: err})
			}
			pause(ctx, wait)
		}
	}()
	return e
}

// sendOnce opens the provider and the relay and runs until ctx ends or
// something is wrong. A panic is caught: the till goes on without it.
func sendOnce(ctx context.Context, s *store.Store, log *slog.Logger) (err error) {
	defer func() {
		if v := recover(); v != nil {
			caught := &page.Panic{Value: fmt.Sprint(v), Stack: string(debug.Stack())}
			log.Error("the engine panicked", "panic", caught.Value, "stack", caught.Stack)
			err = caught
		}
	}()
	opened, err := sender.Open(ctx, s, sender.Options{Log: log})
	if err != nil {
		return err
	}
	defer opened.Close()
	return opened.Run(ctx)
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
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

package page

import (
	"context"

	"counterbell/data/store"
	"counterbell/sender"
)

// Engine is what sends, as pages need it: to plan a campaign, to send a test,
// to ask for the balance.
type Engine interface {
	// Use calls do with the provider and the relay of the profile. It belongs
	// into a task. Errors: do's, and those of sender.Open.
	Use(ctx context.Context, do func(*sender.Opened) error) error
	// Restart opens provider and relay anew, after their settings changed.
	Restart()
	// Wake makes the engine look for work at once.
	Wake()
}

// OnDemand is an engine that is opened for each use: where nothing sends in
// this process, as in pictures and tests.
type OnDemand struct{ Store *store.Store }

// Use opens the engine, and closes it again.
func (e OnDemand) Use(ctx context.Context, do func(*sender.Opened) error) error {
	opened, err := sender.Open(ctx, e.Store, sender.Options{})
	if err != nil {
		return err
	}
	defer opened.Close()
	return do(opened)
}

// Restart has nothing to open anew.
func (OnDemand) Restart() {}

// Wake wakes nobody: another process sends, if any.
func (OnDemand) Wake() {}

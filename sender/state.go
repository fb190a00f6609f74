package sender

import (
	"counterbell/data"
)

// A State is what the engine is doing, for the person in front of it.
type State struct {
	Sending bool         // it hands messages over
	Trouble error        // the provider's or the relay's, while it lasts; it is tried again by itself
	Since   data.Instant // when the trouble began
}

// tell says what changed about what the engine does.
func (e *Engine) tell(change func(*State)) {
	e.mu.Lock()
	before := e.state
	change(&e.state)
	after := e.state
	e.mu.Unlock()
	if e.onState != nil && (after.Sending != before.Sending || data.CodeOf(after.Trouble) != data.CodeOf(before.Trouble)) {
		e.onState(after)
	}
}

// heard notes how it went when something was asked of the provider or the relay. It holds until the same is asked again,
// which may be many passes later: an outage doesn't seem over in between.
func (e *Engine) heard(what string, err error) error {
	e.wrong[what] = err
	return err
}

// asked are the things that can go wrong outside of the profile, in the order in which they are told.
var asked = []string{"hand over", "approvals", "publish", "statuses", "replies", "opens"}

// troubled tells whether the provider or the relay is in trouble. While the provider rests because of it, nothing new is known.
func (e *Engine) troubled() {
	var err error
	for _, what := range asked {
		if err = e.wrong[what]; err != nil {
			break
		}
	}
	e.tell(func(s *State) {
		if err != nil && s.Trouble == nil {
			s.Since = e.store.Now()
		}
		s.Trouble = err
	})
}

package relay

import (
	"time"

	"counterbell/data"
)

// EventKind is what happened at the relay.
type EventKind string

const (
	Opened  EventKind = "open" // the link was followed, by a person or a machine
	Stopped EventKind = "stop" // somebody pressed the button that stops further messages
)

// Class tells people from machines that look at a link before, or instead of, a person.
type Class string

const (
	Human   Class = "human"
	Preview Class = "preview"
)

// Reason is why an open counts as a preview, or, for a person's, that it is the same look once more.
type Reason string

const (
	ByHead     Reason = "head"     // only the headers were asked for
	ByPrefetch Reason = "prefetch" // the browser said that it fetches ahead
	ByAgent    Reason = "agent"    // a listed preview maker, scanner or program
	TooFast    Reason = "fast"     // sooner after the hand-over than a person can be
	Repeated   Reason = "repeat"   // a reload within moments: still a person, and not another visit
)

// An Event is one thing that happened, at the relay's clock. ID grows and is never given out twice, not even by another
// relay that follows on this one (see Store): it serves as the cursor and to drop what was fetched twice.
type Event struct {
	ID     int64        `json:"id"`
	Kind   EventKind    `json:"kind"`
	Token  string       `json:"token"`
	At     data.Instant `json:"at"`
	Class  Class        `json:"class,omitempty"`  // of an open
	Reason Reason       `json:"reason,omitempty"` // empty for a person's open
	Agent  AgentClass   `json:"agent,omitempty"`
}

// Timing is what a person can't do. Both spans are shown to the user and may be changed.
type Timing struct {
	Fastest time.Duration // from hand-over to the first look: delivery, a glance, a tap
	Again   time.Duration // a second look within it is a reload
}

// DefaultTiming is our own judgement: an SMS takes seconds to arrive, and a person seconds to tap.
var DefaultTiming = Timing{Fastest: 3 * time.Second, Again: 2 * time.Second}

// Classify adds what only the sending side knows: when the message was handed over, and when the same token was last
// opened before. Zero means not known. It returns the event with its class and reason; nothing is dropped.
func (t Timing) Classify(e Event, handedOver, before data.Instant) Event {
	switch {
	case e.Kind != Opened || e.Class == Preview:
	case handedOver != 0 && e.At.Sub(handedOver) < t.Fastest:
		e.Class, e.Reason = Preview, TooFast
	case before != 0 && e.At >= before && e.At.Sub(before) < t.Again:
		e.Reason = Repeated
	}
	return e
}

// Classify is DefaultTiming.Classify for an open whose forerunner isn't known.
func Classify(e Event, handedOver data.Instant) Event {
	return DefaultTiming.Classify(e, handedOver, 0)
}

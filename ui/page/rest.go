package page

import (
	"time"

	"counterbell/ui/widget"
)

// Rest is the pause after a look at the store that took long, as with a
// hundred thousand texts: while a campaign goes out something changes all the
// time, and counting shall not take the computer from sending. Use it on
// Fyne's goroutine.
type Rest struct {
	Now   func() time.Time // how long things take, not the shop's clock; nil: the wall's
	on    bool
	again bool
}

const (
	quickLook = 30 * time.Millisecond // after which no rest is needed
	restShare = 8                     // a rest is so many times as long as the look
	longRest  = 5 * time.Second
)

// Since tells how long something took that began at a moment of Begin.
func (r *Rest) Since(begun time.Time) time.Duration { return r.Begin().Sub(begun) }

// Begin is the moment at which a look begins.
func (r *Rest) Begin() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

// Wait tells whether it rests, and notes that somebody wants to look again
// afterwards.
func (r *Rest) Wait() bool {
	r.again = r.again || r.on
	return r.on
}

// After begins a rest when a look took long. When it is over, look is called
// if somebody has waited for it.
func (r *Rest) After(after widget.After, took time.Duration, look func()) {
	if took < quickLook || r.on {
		return
	}
	r.on = true
	after(min(restShare*took, longRest), func() {
		again := r.again
		r.on, r.again = false, false
		if again {
			look()
		}
	})
}

package ui

import (
	"time"

	"fyne.io/fyne/v2"
)

// Loop hands functions to Fyne's goroutine, on which alone widgets may be
// touched. It is the one place in the window that calls fyne.Do.
type Loop func(do func())

// FyneLoop is the real one. A function may run later, and in order.
func FyneLoop(do func()) { fyne.Do(do) }

// AtOnce runs everything where it is called: for tests and pictures.
func AtOnce(do func()) { do() }

// After calls do on the loop when d has passed, unless stop is called before.
func (l Loop) After(d time.Duration, do func()) (stop func()) {
	return afterReal(d, func() { l(do) })
}

// afterReal calls do on a goroutine of its own when d has passed.
func afterReal(d time.Duration, do func()) (stop func()) {
	timer := time.AfterFunc(d, do)
	return func() { timer.Stop() }
}

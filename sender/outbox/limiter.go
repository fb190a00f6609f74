package outbox

import "time"

// A limiter keeps to a provider's rate, in recipients a second, by a bucket of tokens that never holds more than burst.
type limiter struct {
	rate, burst float64
	tokens      float64
	at          time.Time
}

// take takes n tokens and returns how long to wait before using them. Without a rate there is never a wait.
func (l *limiter) take(now time.Time, n int) time.Duration {
	if l.rate <= 0 {
		return 0
	}
	if l.at.IsZero() {
		l.tokens = l.burst
	} else if d := now.Sub(l.at); d > 0 {
		l.tokens = min(l.burst, l.tokens+d.Seconds()*l.rate)
	}
	l.at = now
	l.tokens -= float64(n)
	if l.tokens >= 0 {
		return 0
	}
	return time.Duration(-l.tokens / l.rate * float64(time.Second))
}

// giveBack returns tokens that weren't used.
func (l *limiter) giveBack(n int) {
	if l.rate > 0 {
		l.tokens = min(l.burst, l.tokens+float64(n))
	}
}

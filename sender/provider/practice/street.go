package practice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"counterbell/data"
	"counterbell/sender/provider/wire"
)

// A Visit is a person who comes to the till with a coupon. Code is empty when the text held none (a link alone).
type Visit struct {
	At   data.Instant
	Ref  string // of the text that the person was sent
	To   data.Phone
	Code string // 8 bare characters
}

// Visits returns those after one moment, up to and including another, in order of time.
func (c *Carrier) Visits(ctx context.Context, after, until data.Instant) ([]Visit, error) {
	es, err := c.book.events(ctx, visit, mark{after, 1<<63 - 1}, until, 1<<31-1)
	if err != nil {
		return nil, failed("ask who comes to the till", err)
	}
	vs := make([]Visit, len(es))
	for i, e := range es {
		vs[i] = Visit{At: e.at, Ref: e.ref, To: e.to, Code: e.what}
	}
	return vs, nil
}

// NextEvent tells when the next thing happens: a practice clock may be set to it. It is nought when nothing more
// does (and when the book can't be read). An opening that is overdue counts until Play has played it.
func (c *Carrier) NextEvent() data.Instant {
	at, err := c.book.next(context.Background(), c.clock.Now())
	if err != nil {
		return 0
	}
	return at
}

const (
	maxTries = 3
	pageful  = 200
)

// Play opens the links that are due up to a moment, one after the other in order of time, over real HTTP. It returns
// how many were opened. Where nobody answers, the person tries again a little later, three times in all; the first
// such error is returned when all others are played.
func (c *Carrier) Play(ctx context.Context, until data.Instant) (int, error) {
	const op = "open links in practice"
	opened := 0
	var first error
	for {
		es, err := c.book.openings(ctx, until, pageful)
		if err != nil {
			return opened, failed(op, err)
		}
		for _, e := range es {
			if err := ctx.Err(); err != nil {
				return opened, failed(op, err)
			}
			if c.tell != nil {
				c.tell(e.at)
			}
			var again data.Instant
			if err := c.open(ctx, e); err == nil {
				opened++
			} else if errors.Is(err, ctx.Err()) && ctx.Err() != nil {
				return opened, failed(op, err)
			} else {
				if first == nil {
					first = failed(op, err)
				}
				if e.tries+1 < maxTries {
					again = max(e.at, until).Add(c.people.squeeze(5 * time.Minute))
				}
			}
			if err := c.book.played(ctx, e, again); err != nil {
				return opened, failed(op, err)
			}
		}
		if len(es) < pageful {
			return opened, first
		}
	}
}

// open follows one link as a phone would. The address was checked when the text was taken, and is checked again here.
func (c *Carrier) open(ctx context.Context, e event) error {
	if !c.people.mayOpen(e.what) {
		return fmt.Errorf("practice opens no links to other hosts")
	}
	req, err := http.NewRequestWithContext(ctx, e.method, e.what, nil)
	if err != nil {
		return errors.New("the link can't be read")
	}
	req.Header.Set("User-Agent", e.agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
	if e.prefetch {
		req.Header.Set("Sec-Purpose", "prefetch")
		req.Header.Set("Purpose", "prefetch")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	if resp.StatusCode >= 500 {
		return fmt.Errorf("the link's page answers %d", resp.StatusCode)
	}
	return nil
}

func loopback(host string) bool { return wire.Loopback(host) }

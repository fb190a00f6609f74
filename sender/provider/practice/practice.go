// Package practice plays carriers and people on this computer: it takes texts, delivers most of them, and lets people
// open their links, reply and come to the till. It sends nothing anywhere. It is what a person tries Counterbell with,
// what the demo runs on, and what counts texts in the crash tests.
package practice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

// Name is the adapter's name in settings and on the command line.
const Name = "practice"

// FileName is the carrier's book in a profile's folder. It holds phone numbers: see Forget.
const FileName = "practice.db"

// RealPace is how many times faster than life practice people are when the clock is real: fourteen days of behaviour
// in about two minutes.
const RealPace = 10000

// Needs is what a Carrier takes from outside.
type Needs struct {
	Path       string             // the book's file; empty: in memory, gone with the process
	Clock      data.Clock         // real, or a practice clock
	Advance    func(data.Instant) // told the moment of each opening before it is played, so that a practice clock can follow; may be nil
	Seed       int64
	Pace       float64           // 1 on a practice clock (life's own pace); nought: RealPace
	Zone       *time.Location    // whose nights people sleep; nil: the clock's
	Shares     *Shares           // nil: Usual
	Relay      string            // the user's own public relay; links to it are opened, as those to this computer are
	Transport  http.RoundTripper // opens the links; nil: a plain one
	RatePerSec float64           // texts a second; nought: no limit
}

// A Carrier is the practice provider. It is safe for use by several goroutines, and with a file by several processes.
type Carrier struct {
	people people
	book   book
	clock  data.Clock
	tell   func(data.Instant)
	http   *http.Client
	rate   float64
}

var _ provider.Provider = (*Carrier)(nil)

// book is where the carrier keeps what it took and what people are going to do.
type book interface {
	// take keeps the texts of a batch that it doesn't know by their reference, with plan's decision, all or none. It
	// returns what it knows of each, and how many it knew before.
	take(ctx context.Context, batch []provider.Text, plan planner) (all []kept, again int, err error)
	find(ctx context.Context, refs []string) (map[string]kept, error)
	tally(ctx context.Context) (Tally, error)
	forget(ctx context.Context, p data.Phone) error
	diary
	Close() error
}

// diary is what is going to happen, in order of time.
type diary interface {
	// events returns those of a kind after a place and up to a moment, at most limit.
	events(ctx context.Context, kind string, after mark, until data.Instant, limit int) ([]event, error)
	// openings returns those not played yet, up to a moment.
	openings(ctx context.Context, until data.Instant, limit int) ([]event, error)
	// played ends an opening, or puts it off when again isn't nought.
	played(ctx context.Context, e event, again data.Instant) error
	// next returns the first opening not played, or whatever else comes first after now; nought when nothing does.
	next(ctx context.Context, now data.Instant) (data.Instant, error)
}

type planner func(t provider.Text, nth int) (kept, []event)

// mark is a place among events: those at the same moment are told apart by their number.
type mark struct {
	at data.Instant
	id int64
}

// New opens the carrier's book. Errors: data.TooNew, data.Damaged and the file's own.
func New(n Needs) (*Carrier, error) {
	const op = "open the practice carrier"
	if n.Clock == nil {
		n.Clock = time.Now
	}
	c := &Carrier{clock: n.Clock, tell: n.Advance, rate: n.RatePerSec}
	c.people = people{seed: n.Seed, pace: n.Pace, shares: Usual, zone: n.Zone}
	if n.Shares != nil {
		c.people.shares = *n.Shares
	}
	if c.people.pace <= 0 {
		c.people.pace = RealPace
	}
	if n.Relay != "" {
		u, err := url.Parse(n.Relay)
		if err != nil || u.Host == "" {
			return nil, provider.SettingError(op, "relay")
		}
		c.people.relay = u
	}
	if n.Transport == nil {
		n.Transport = &http.Transport{MaxIdleConnsPerHost: 4, IdleConnTimeout: 10 * time.Second, ResponseHeaderTimeout: 10 * time.Second}
	}
	c.http = &http.Client{Transport: n.Transport, Timeout: 15 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if n.Path == "" {
		c.book = newMemory()
		return c, nil
	}
	f, err := openFile(n.Path)
	if err != nil {
		return nil, err
	}
	c.book = f
	return c, nil
}

// Close closes the book.
func (c *Carrier) Close() error {
	c.http.CloseIdleConnections()
	return c.book.Close()
}

func (c *Carrier) Name() string { return Name }

// Capabilities: everything that a text can need, and nothing that costs.
func (c *Carrier) Capabilities() provider.Caps {
	return provider.Caps{
		MaxBatch: 500, Personalised: true, FreeText: true, LinkInVariable: true, ClientRef: provider.RefEchoed,
		Statuses: provider.PollByID, AskByRef: true, Inbound: provider.PollListByTime, MaxUnits: 1600, SegmentRule: "gsm",
		RatePerSec: c.rate, MinPoll: time.Second, StatusHorizon: 72 * time.Hour, Practice: true,
	}
}

// Check is always content: there are no credentials.
func (c *Carrier) Check(context.Context) error { return nil }

const idPrefix = "practice-"

// Send takes the texts. A reference that the carrier has already is answered as it was then (an unknown as accepted)
// and counted: nobody is texted twice, and a test can tell that somebody tried.
func (c *Carrier) Send(ctx context.Context, batch []provider.Text) []provider.Outcome {
	now := c.clock()
	outcomes := make([]provider.Outcome, len(batch))
	all, _, err := c.book.take(ctx, batch, func(t provider.Text, nth int) (kept, []event) { return c.people.plan(t, nth, now) })
	for i, t := range batch {
		o := &outcomes[i]
		o.Ref = t.Ref
		if err != nil { // nothing of the batch was kept, but where its very end failed
			if o.State = provider.NotSent; errors.Is(err, errCommit) && ctx.Err() == nil {
				o.State = provider.Unknown
			}
			o.Class, o.Raw = data.ClassTemporary, wire.Mask(err.Error())
			continue
		}
		k := all[i]
		o.State, o.Class, o.Code = k.answer, k.class, k.code
		switch k.answer {
		case provider.Accepted:
			o.ProviderID, o.Class, o.Code = idPrefix+t.Ref, data.ClassNone, ""
		case provider.Unknown:
			o.Class, o.Code, o.Raw = data.ClassTemporary, "line_dropped", "the line dropped before the answer (practice)"
		}
	}
	return outcomes
}

// Statuses returns what the carrier knows by now.
func (c *Carrier) Statuses(ctx context.Context, sent []provider.Sent) ([]provider.Status, error) {
	refs := make([]string, 0, len(sent))
	for _, s := range sent {
		if ref, ok := askedFor(s); ok {
			refs = append(refs, ref)
		}
	}
	found, err := c.book.find(ctx, refs)
	if err != nil {
		return nil, failed("ask the practice carrier for states", err)
	}
	now := c.clock.Now()
	var news []provider.Status
	for _, s := range sent {
		ref, _ := askedFor(s)
		k, ok := found[ref]
		if !ok || k.final > now {
			continue
		}
		news = append(news, provider.Status{ProviderID: s.ProviderID, Ref: k.ref, To: k.to, State: k.state, Class: k.class, Code: k.code, At: k.final})
	}
	return news, nil
}

// askedFor is the reference under which the carrier keeps a text that somebody asks after: by the carrier's own id, or
// where the line dropped before that came, by the reference itself.
func askedFor(s provider.Sent) (ref string, ok bool) {
	if s.ProviderID == "" {
		return s.Ref, s.Ref != ""
	}
	return strings.CutPrefix(s.ProviderID, idPrefix)
}

// Replies returns what people have answered by now, after the cursor, at most a thousand at a time.
func (c *Carrier) Replies(ctx context.Context, cursor string) ([]provider.Inbound, string, error) {
	var after mark
	if cursor != "" {
		if _, err := fmt.Sscanf(cursor, "%d:%d", &after.at, &after.id); err != nil {
			after = mark{}
		}
	}
	es, err := c.book.events(ctx, reply, after, c.clock.Now(), 1000)
	if err != nil {
		return nil, cursor, failed("ask the practice carrier for replies", err)
	}
	in := make([]provider.Inbound, 0, len(es))
	for _, e := range es {
		in = append(in, provider.Inbound{ID: "practice-reply-" + e.ref + "-" + strconv.FormatInt(e.id, 10), From: e.to, To: Name, Text: e.what, At: e.at})
		cursor = fmt.Sprintf("%d:%d", e.at, e.id)
	}
	return in, cursor, nil
}

// A Tally is what the carrier counted. Duplicates are texts handed over under a reference that it had already;
// Repeats are the same words to the same number under another one. Both must be nought.
type Tally struct {
	Texts      int // taken, each reference once, refused ones too
	People     int // different numbers
	Duplicates int
	Repeats    int
}

// Tally counts.
func (c *Carrier) Tally(ctx context.Context) (Tally, error) {
	t, err := c.book.tally(ctx)
	if err != nil {
		return t, failed("count at the practice carrier", err)
	}
	return t, nil
}

// Duplicates is how many texts came under a reference that the carrier had already; -1 when it can't be read.
func (c *Carrier) Duplicates() int {
	t, err := c.Tally(context.Background())
	if err != nil {
		return -1
	}
	return t.Duplicates
}

// Forget erases a number from the book, and what its person was going to do: part of erasing a contact.
func (c *Carrier) Forget(ctx context.Context, p data.Phone) error {
	if err := c.book.forget(ctx, p); err != nil {
		return failed("erase from the practice carrier", err)
	}
	return nil
}

func failed(op string, err error) error {
	return &data.Error{Code: data.ProviderDown, Op: op, Err: err, Args: map[string]string{"provider": Name}}
}

package sender

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender/provider"
)

// tuesday is 10:00 in Los Angeles.
var tuesday = time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)

// A shop is a profile with people in it, on a clock that stands until it is moved, with a carrier that answers as told.
type shop struct {
	*store.Store
	t       *testing.T
	carrier *carrier
	engine  *Engine
	mu      sync.Mutex
	at      time.Time
}

func (s *shop) now() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.at }

func (s *shop) move(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{t: t, at: tuesday, carrier: &carrier{caps: provider.Caps{MaxBatch: 100, FreeText: true, Statuses: provider.PollByID, Inbound: provider.PollListByTime, SegmentRule: "gsm", Practice: true}}}
	st, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Clock: s.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	s.Store = st
	if err := st.SetBusiness(t.Context(), data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Till: "Till 1"}); err != nil {
		t.Fatal(err)
	}
	s.open()
	return s
}

// open makes the engine anew, as a restart does.
func (s *shop) open() {
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Wait: func(ctx context.Context, d time.Duration) error { s.move(d); return ctx.Err() }})
}

// person is a row with a number in Portland, reserved for fiction.
func person(n int) data.ImportRow { return somebody(fmt.Sprintf("+1503555%04d", 100+n), n) }

func somebody(number string, n int) data.ImportRow {
	f, err := phone.Facts(data.Phone(number))
	if err != nil {
		panic(err)
	}
	return data.ImportRow{Number: n + 2, Contact: data.Contact{Phone: f.Phone, Facts: f, Name: fmt.Sprintf("Ann Number%d", n), GivenName: "Ann", LastVisit: "2026-10-01"}}
}

// people imports rows whose people agreed in writing.
func (s *shop) people(rows ...data.ImportRow) {
	s.t.Helper()
	s.agreed(data.ConsentAnswer{Scopes: []data.Scope{data.ScopeMarketing, data.ScopeReminders}, Basis: data.ExpressWritten, Statement: data.Statement{Source: "card"}}, rows...)
}

func (s *shop) agreed(answer data.ConsentAnswer, rows ...data.ImportRow) {
	s.t.Helper()
	id, err := s.BeginImport(s.t.Context(), store.ImportFile{Name: "people.xlsx", Answer: answer})
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.ImportBatch(s.t.Context(), id, rows); err != nil {
		s.t.Fatal(err)
	}
	if err := s.FinishImport(s.t.Context(), id, &data.Receipt{Rows: len(rows), Added: len(rows)}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) draft(text string) *data.Campaign {
	return &data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all", Variants: []data.Variant{{Name: "A", Text: text}},
		Offer: &data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-12-01"},
	}
}

// sent creates a campaign and gives it free.
func (s *shop) sent(c *data.Campaign) data.CampaignID {
	s.t.Helper()
	if err := s.engine.Campaigns().Create(s.t.Context(), c); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.engine.Campaigns().Send(s.t.Context(), c.ID, 0); err != nil {
		s.t.Fatal(err)
	}
	return c.ID
}

func (s *shop) pass() Summary {
	s.t.Helper()
	sum, err := s.engine.Pass(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return sum
}

func (s *shop) funnel(id data.CampaignID) store.Funnel {
	s.t.Helper()
	f, err := s.Funnel(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

func (s *shop) states() map[data.MessageState]int {
	s.t.Helper()
	all, err := s.Messages(s.t.Context(), store.MessageFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	n := map[data.MessageState]int{}
	for _, m := range all {
		n[m.State]++
	}
	return n
}

// A carrier takes texts and answers as answer says: accepted, where it is nil.
type carrier struct {
	name    string // empty: practice
	caps    provider.Caps
	answer  func(t provider.Text) provider.Outcome
	before  func() // called at the start of each Send
	mu      sync.Mutex
	got     []provider.Text
	news    map[string]data.MessageState // by provider id
	inbound []provider.Inbound
	down    error // when it is asked for replies
}

func (c *carrier) Name() string {
	if c.name != "" {
		return c.name
	}
	return "practice"
}
func (c *carrier) Capabilities() provider.Caps { return c.caps }
func (c *carrier) Check(context.Context) error { return nil }

func (c *carrier) Send(_ context.Context, batch []provider.Text) []provider.Outcome {
	if c.before != nil {
		c.before()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []provider.Outcome
	for _, t := range batch {
		o := provider.Outcome{Ref: t.Ref, State: provider.Accepted, ProviderID: "id-" + t.Ref}
		if c.answer != nil {
			o = c.answer(t)
			o.Ref = t.Ref
		}
		if o.State != provider.NotSent {
			c.got = append(c.got, t)
		}
		out = append(out, o)
	}
	return out
}

func (c *carrier) Statuses(_ context.Context, sent []provider.Sent) ([]provider.Status, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []provider.Status
	for _, s := range sent {
		if st, ok := c.news[s.ProviderID]; ok {
			out = append(out, provider.Status{ProviderID: s.ProviderID, Ref: s.Ref, To: s.To, State: st})
		}
	}
	return out, nil
}

func (c *carrier) Replies(_ context.Context, cursor string) ([]provider.Inbound, string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	// Everything each time: replies may come twice.
	if c.down != nil {
		return nil, cursor, c.down
	}
	return c.inbound, fmt.Sprint(len(c.inbound)), nil
}

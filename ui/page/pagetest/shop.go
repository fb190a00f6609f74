package pagetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// Tuesday is when the shop's clock begins: 10:42 in Portland.
var Tuesday = time.Date(2026, time.November, 24, 18, 42, 0, 0, time.UTC)

// Nobody is whose profile it is before anybody has said.
var Nobody = data.Business{Kind: "shop", Country: "US", Zone: "America/New_York", Currency: "USD", Till: "Till 1"}

// Shop is Lark Optical with a clock that stands still until it is moved.
type Shop struct {
	*store.Store
	t  *testing.T
	mu sync.Mutex
	at time.Time
}

// NewShop opens an empty profile of a shop with a till.
func NewShop(t *testing.T) *Shop {
	t.Helper()
	shop := &Shop{t: t, at: Tuesday}
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Clock: shop.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	shop.Store = s
	shop.must(s.SetBusiness(t.Context(), data.Business{
		Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Person: "Dana", Till: "Till 1",
	}))
	return shop
}

func (s *Shop) now() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.at }

// Move lets time pass.
func (s *Shop) Move(d time.Duration) { s.mu.Lock(); defer s.mu.Unlock(); s.at = s.at.Add(d) }

func (s *Shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// Phone is the nth number that is reserved for fiction.
func Phone(n int) data.Phone { return data.Phone(fmt.Sprintf("+1503555%04d", 100+n)) }

// Import takes people in who agreed to offers, one for each name.
func (s *Shop) Import(names ...string) {
	s.t.Helper()
	ctx := s.t.Context()
	id, err := s.BeginImport(ctx, store.ImportFile{Name: "customers.xlsx", OnDuplicate: store.UpdateKnown, Answer: data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeMarketing}, Basis: data.ExpressWritten, Statement: data.Statement{Method: "paper", Source: "card at the counter"},
	}})
	s.must(err)
	rows := make([]data.ImportRow, len(names))
	for i, name := range names {
		p := Phone(i)
		given, _, _ := strings.Cut(name, " ")
		rows[i] = data.ImportRow{Number: i + 2, Contact: data.Contact{
			Phone: p, Name: name, GivenName: given,
			Facts: data.PhoneFacts{Phone: p, Region: "US", Line: data.MobileOrLand, Fictional: true, States: []string{"OR"}, Zones: []string{"America/Los_Angeles"}},
		}}
	}
	_, err = s.ImportBatch(ctx, id, rows)
	s.must(err)
	s.must(s.FinishImport(ctx, id, &data.Receipt{File: "customers.xlsx", Rows: len(rows), Added: len(rows)}))
}

// Coupons gives the people of Import an offer, and returns each one's code.
func (s *Shop) Coupons(campaign string, offer data.Offer, people int) []string {
	s.t.Helper()
	ctx := s.t.Context()
	c := data.Campaign{
		Name: campaign, Kind: data.Marketing, Offer: &offer, State: data.Draft, Provider: "practice", Practice: true,
		Variants: []data.Variant{{Name: "A", Text: "Hi {name}, {offer}: {code}"}},
	}
	s.must(s.CreateCampaign(ctx, &c))
	codes, audience := make([]string, people), make([]store.FrozenMessage, people)
	for i := range people {
		who, err := s.ContactByPhone(ctx, Phone(i))
		s.must(err)
		codes[i], err = data.NewCode(&counter{n: byte(i*7) + byte(c.ID)*31})
		s.must(err)
		audience[i] = store.FrozenMessage{Code: codes[i], Message: data.Message{
			Contact: who.ID, To: who.Phone, Kind: data.Marketing, State: data.Queued, Variant: "A", Token: fmt.Sprintf("token%02d%04d", c.ID, i),
		}}
	}
	c.State = data.Running
	s.must(s.Freeze(ctx, &c, audience))
	return codes
}

// counter is a source that is not random, so that pictures of codes repeat.
type counter struct{ n byte }

func (c *counter) Read(b []byte) (int, error) {
	for i := range b {
		c.n = c.n*29 + 17
		b[i] = c.n
	}
	return len(b), nil
}

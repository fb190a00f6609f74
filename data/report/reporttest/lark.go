// Package reporttest makes a shop whose figures are known, for tests of what reports and pages show: Lark Optical on
// Tuesday 24 November 2026 at 10:42 in Los Angeles, twelve days after a coupon campaign. Everything is written through
// the store's own methods, on a clock that stands still until it is moved.
package reporttest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// What came of the campaign, day by day from Thursday 12 November on. They add up to Opened, Redeemed and Previews.
var (
	OpensByDay       = []int{96, 34, 14, 8, 6, 4, 3, 2, 1, 1, 1, 0, 1}
	RedemptionsByDay = []int{6, 9, 8, 6, 5, 3, 2, 2, 1, 1, 1, 1, 1}
	PreviewsByDay    = []int{38, 6, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}
)

// The campaign's figures.
const (
	Audience    = 440
	Sent        = 412
	Delivered   = 398
	Undelivered = 14
	Opened      = 171
	Previews    = 47
	Redeemed    = 46
	NoConsent   = 9 // blocked
	OptedOut    = 3 // blocked
	Rejected    = 13
	Unknown     = 1
	Held        = 2
	Paid        = 6343 // cents, by each of those who redeemed
	Segment     = 22_000
)

// Zone is the shop's.
const Zone = "America/Los_Angeles"

// A Shop is a profile with its clock.
type Shop struct {
	Store    *store.Store
	Campaign data.CampaignID
	Clock    *Clock
	t        testing.TB
	ctx      context.Context
	event    int64
}

// A Clock stands still until it is moved.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the clock's time.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

// Set moves the clock.
func (c *Clock) Set(at time.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.at = at }

// At is a wall time at the shop.
func At(t testing.TB, wall string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(Zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", wall, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Empty makes a profile of a shop where nothing has happened yet.
func Empty(t testing.TB) *Shop {
	t.Helper()
	shop := open(t, t.TempDir())
	s := shop.Store
	shop.must(s.SetBusiness(t.Context(), data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: Zone, Currency: "USD", Person: "Dana", Till: "Till 1"}))
	return shop
}

// open opens a profile at the moment of the Tuesday.
func open(t testing.TB, dir string) *Shop {
	t.Helper()
	clock := &Clock{at: At(t, "2026-11-24T10:42")}
	s, err := store.Open(t.Context(), store.Options{Dir: dir, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &Shop{Store: s, Clock: clock, t: t, ctx: t.Context()}
}

// New makes the shop as it is on the Tuesday.
func New(t testing.TB) *Shop {
	t.Helper()
	return cast(t, "tuesday", tuesday)
}

func tuesday(t testing.TB) *Shop {
	t.Helper()
	shop := Empty(t)
	shop.Clock.Set(At(t, "2026-11-12T09:30"))
	shop.People(Audience, 4)
	shop.Clock.Set(At(t, "2026-11-12T10:00"))
	shop.Campaign = shop.Send("Sunglasses week", Audience, Rejected, Unknown, Held)
	shop.aftermath()
	shop.schedule()
	shop.Clock.Set(At(t, "2026-11-24T10:42"))
	return shop
}

func (s *Shop) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// Phone is the number of person n: +1 NXX 555 01xx is reserved for fiction.
func Phone(n int) data.Phone { return data.Phone(fmt.Sprintf("+1%d5550%03d", 201+n/100, 100+n%100)) }

var given = []string{"Maya", "Tom", "Priya", "Walter", "Ines", "Jonah", "Grace", "Leo", "Ruth", "Sam", "Carl", "Ada"}

var family = []string{"Chen", "Alvarez", "Nair", "Greene", "Duarte", "Weiss", "Kim", "Marchetti", "Abelson", "Whitaker", "Jensen", "Brook", "Osei"}

// tags are what the shop's groups are made of.
func tags(n int) (all []string) {
	for i, tag := range []string{"VIP", "Lenses", "Eye exam due"} {
		if n%(3+2*i) == 0 {
			all = append(all, tag)
		}
	}
	return all
}

// Name is what person n is called.
func Name(n int) string { return given[n%len(given)] + " " + family[n%len(family)] }

// People imports n people; so many rows of their file were refused.
func (s *Shop) People(n, refused int) {
	s.t.Helper()
	answer := data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeMarketing, data.ScopeReminders}, Basis: data.ExpressWritten,
		Statement: data.Statement{Method: "paper", Source: "card at the counter", Wording: "Text me offers"},
	}
	id, err := s.Store.BeginImport(s.ctx, store.ImportFile{Name: "customers.xlsx", Answer: answer, OnDuplicate: store.UpdateKnown})
	s.must(err)
	for start := 0; start < n; start += 100 {
		var rows []data.ImportRow
		for i := start; i < min(start+100, n); i++ {
			p := Phone(i)
			rows = append(rows, data.ImportRow{Number: i + 2, Contact: data.Contact{
				Phone: p, Facts: data.PhoneFacts{Phone: p, Region: "US", Line: data.MobileOrLand, Fictional: true, Zones: []string{Zone}},
				Name: Name(i), GivenName: given[i%len(given)], Tags: tags(i),
			}})
		}
		_, err := s.Store.ImportBatch(s.ctx, id, rows)
		s.must(err)
	}
	r := data.Receipt{File: "customers.xlsx", Rows: n + refused, Added: n, Rejected: refused, HeaderRow: 1}
	for i := range refused {
		r.Rejects = append(r.Rejects, data.Reject{
			Row: n + 2 + i, Column: "Phone", Value: []string{"", "12345", "ask her", "4.479E+11"}[i%4],
			Reason: []string{"phone_missing", "phone_too_short", "phone_letters", "phone_digits_lost"}[i%4],
		})
	}
	s.must(s.Store.FinishImport(s.ctx, id, &r))
}

// Send makes a coupon campaign to people of the book, and hands it over: the first are accepted; the last blocked, held,
// in doubt and rejected.
func (s *Shop) Send(name string, audience, rejected, unknown, held int) data.CampaignID {
	s.t.Helper()
	c := &data.Campaign{
		Name: name, Kind: data.Marketing, Provider: "practice", Practice: true, State: data.Draft, GroupName: "Everyone",
		Variants: []data.Variant{{Name: "A", Text: "{first_name}, 20% off any sunglasses: {link} or {code}"}, {Name: "B", Text: "20% off any sunglasses: {link} or {code}"}},
		Offer:    &data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-11-29"},
	}
	s.must(s.Store.CreateCampaign(s.ctx, c))
	ids, err := s.Store.Find(s.ctx, store.Filter{Limit: audience})
	s.must(err)
	var people []data.Contact
	for start := 0; start < len(ids); start += 500 {
		some, err := s.Store.Contacts(s.ctx, ids[start:min(start+500, len(ids))])
		s.must(err)
		people = append(people, some...)
	}
	if len(people) != audience {
		s.t.Fatalf("%d people in the book, not %d", len(people), audience)
	}
	now := s.Store.Now()
	var frozen []store.FrozenMessage
	for i, p := range people {
		f := store.FrozenMessage{Message: data.Message{Campaign: c.ID, Variant: []string{"A", "B"}[i%2], Contact: p.ID, To: p.Phone, Kind: data.Marketing, State: data.Queued, Due: now}}
		switch left := audience - i; {
		case left <= NoConsent:
			f.Message.State, f.Message.Reason = data.Blocked, "no_consent"
		case left <= NoConsent+OptedOut:
			f.Message.State, f.Message.Reason = data.Blocked, "opted_out"
		default:
			f.Code, f.Message.Token = Code(s.t, int(c.ID)*10_000+i), fmt.Sprintf("t%04d%06d", c.ID, i)
			if left <= NoConsent+OptedOut+held {
				f.Message.State, f.Message.Reason, f.Message.Due = data.Held, "quiet_hours", now.Add(30*24*time.Hour)
			}
		}
		frozen = append(frozen, f)
	}
	c.State = data.Running
	s.must(s.Store.Freeze(s.ctx, c, frozen))
	for {
		claimed, err := s.Store.Claim(s.ctx, 200, time.Minute)
		s.must(err)
		if len(claimed) == 0 {
			break
		}
		s.handOver(claimed, func(n int) (data.MessageState, data.ErrorClass, string) {
			switch left := audience - NoConsent - OptedOut - held - n; {
			case left <= rejected:
				return data.Rejected, data.ClassInvalidNumber, ""
			case left <= rejected+unknown:
				return data.Unknown, data.ClassUnknown, "no_answer"
			}
			return data.Accepted, "", ""
		})
	}
	return c.ID
}

// handOver takes claimed messages through their attempt to the state that fate says; n counts a campaign's messages.
func (s *Shop) handOver(claimed []data.Message, fate func(n int) (data.MessageState, data.ErrorClass, string)) {
	s.t.Helper()
	var decided []store.Decided
	for _, m := range claimed {
		m.State, m.Text, m.Segments, m.Provider = data.Sending, "20% off any sunglasses", 1, "practice"
		decided = append(decided, store.Decided{Message: m, Cost: data.Cost{Micros: Segment, Currency: "USD", Known: true}})
	}
	attempts, err := s.Store.CommitAttempts(s.ctx, decided)
	s.must(err)
	var results []store.Settlement
	for _, d := range decided {
		m := d.Message
		n := int(m.ID) - s.first(m.Campaign)
		state, class, reason := fate(n)
		results = append(results, store.Settlement{Attempt: attempts[m.ID], Message: m.ID, Appointment: m.Appointment, State: state, Class: class, Reason: reason, ProviderID: fmt.Sprint("p", m.ID)})
	}
	s.must(s.Store.Settle(s.ctx, results))
}

// first is the id of a campaign's first message.
func (s *Shop) first(id data.CampaignID) int {
	if id == 0 {
		return 0
	}
	m, err := s.Store.Messages(s.ctx, store.MessageFilter{Campaign: id, Limit: 1})
	s.must(err)
	return int(m[0].ID)
}

// Code makes coupon codes that differ by n.
func Code(t testing.TB, n int) string {
	t.Helper()
	code, err := data.NewCode(&digits{n: n})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// digits is a source that writes n in base 29.
type digits struct{ n int }

func (d *digits) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(d.n % 29)
		d.n /= 29
	}
	return len(b), nil
}

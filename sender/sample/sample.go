// Package sample fills a profile with sample people: Lark Optical, its customers, its appointment book, a coupon campaign
// and the days after it, played by the Practice provider. Nothing is really sent. `bell demo` and the window's "try with
// sample people" use it. Sample people live in a profile of their own, never beside real ones.
package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider/practice"
)

// Start is when the practice clock begins: a Tuesday, 10:00 in the shop's zone. Moment is an afternoon in the second week,
// on which people are expected.
var (
	Start    = time.Date(2026, 11, 24, 10, 0, 0, 0, zone)
	Moment   = time.Date(2026, 12, 2, 14, 40, 0, 0, zone)
	zone     = Zone(Business().Zone)
	validity = 14 // days that the coupon lasts
)

// Business is whose profile it is.
func Business() data.Business {
	return data.Business{
		Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Address: "1420 Alder Street, Portland",
		Contact: "(503) 555-0100", Person: "Dana", Till: "Till 1", Demo: true,
		Hours: data.NewOpeningHours(data.Span{From: 9 * 60, To: 18 * 60}, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday),
	}
}

// Zone is a time zone that is known to exist.
func Zone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// A Shop is the sample shop while it is being filled. Its clock moves only as Live lets it. One goroutine uses it.
type Shop struct {
	Store  *store.Store
	Engine *sender.Opened
	Street *practice.Carrier
	Rand   *rand.Rand
	// AtTill, if there is one, is asked to redeem a coupon instead of the store; false leaves it to the store.
	AtTill func(ctx context.Context, code string, full data.Money) (done bool, err error)

	now time.Time
}

// Open makes a fresh profile in a folder. A sample profile that is there already is replaced. Another seed makes other
// people do other things. Error demo_profile, Args folder, when real people's data are in the folder.
func Open(ctx context.Context, dir string, seed int64) (*Shop, error) {
	if err := clear(ctx, dir); err != nil {
		return nil, err
	}
	shop := &Shop{now: Start, Rand: rand.New(rand.NewPCG(uint64(seed), 7))}
	s, err := store.Open(ctx, store.Options{Dir: dir, Clock: shop.Now})
	if err != nil {
		return nil, err
	}
	shop.Store = s
	if err := shop.set(ctx, seed); err != nil {
		shop.Close()
		return nil, err
	}
	return shop, nil
}

func (s *Shop) set(ctx context.Context, seed int64) error {
	if err := s.Store.SetBusiness(ctx, Business()); err != nil {
		return err
	}
	if err := s.Store.SetProvider(ctx, practice.Name, map[string]string{"seed": fmt.Sprint(seed)}); err != nil {
		return err
	}
	if err := s.Store.SetPrice(ctx, practice.Name, "", "", 22_000, "USD"); err != nil {
		return err
	}
	var err error
	s.Engine, err = sender.Open(ctx, s.Store, sender.Options{Advance: func(at data.Instant) {
		if t := at.Time(); t.After(s.now) {
			s.now = t
		}
	}})
	if err != nil {
		return err
	}
	s.Street = s.Engine.Provider.(*practice.Carrier)
	return s.Engine.Start(ctx)
}

// clear removes a sample profile, and nothing else.
func clear(ctx context.Context, dir string) error {
	const op = "make a sample profile"
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		return nil
	}
	old, err := store.Open(ctx, store.Options{Dir: dir})
	if err != nil {
		return err
	}
	b, err := old.Business(ctx)
	_ = old.Close()
	if err != nil {
		return err
	}
	if !b.Demo {
		return data.Errorf("demo_profile", op, "the folder holds a profile of real people").With("folder", dir)
	}
	if err := os.RemoveAll(dir); err != nil {
		return &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": dir}}
	}
	return nil
}

// Now is the shop's time.
func (s *Shop) Now() time.Time { return s.now }

// Close lets go of the profile. What is in it stays.
func (s *Shop) Close() {
	if s.Engine != nil {
		s.Engine.Close()
	}
	_ = s.Store.Close()
}

// Keep leaves the profile's clock where it is, to go on from there when the profile is opened.
func (s *Shop) Keep(ctx context.Context) error { return s.Store.SetPracticeClock(ctx, data.At(s.now)) }

// Look opens a list as this shop reads it. Whoever gets it closes it.
func (s *Shop) Look(ctx context.Context, file string, kind intake.Kind) (*intake.List, error) {
	b := Business()
	return intake.Open(ctx, file, intake.Options{Kind: kind, Home: b.Country, Zone: b.Zone, Currency: b.Currency, Today: s.now.In(zone)})
}

// Customers takes a list in. Its people signed a card at the counter.
func (s *Shop) Customers(ctx context.Context, list *intake.List, progress intake.Progress) (*data.Receipt, error) {
	answer := data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeMarketing, data.ScopeReminders}, Basis: data.ExpressWritten, GivenAt: data.At(Start.AddDate(0, -2, 0)),
		Statement: data.Statement{Method: "paper", Source: "card at the counter", Wording: "Yes, Lark Optical may text me offers and reminders. I can stop at any time.", Language: "en", RecordedBy: Business().Person},
	}
	return list.Run(ctx, s.Store, func(ctx context.Context) (data.ImportID, error) {
		return s.Store.BeginImport(ctx, store.ImportFile{Name: list.File, Mapping: list.Mapping(), Answer: answer})
	}, progress)
}

// Schedule takes an appointment book in. Who booked may be reminded.
func (s *Shop) Schedule(ctx context.Context, list *intake.List) error {
	read, err := list.Appointments(ctx, nil)
	if err != nil {
		return err
	}
	first, last := "9999", ""
	facts := map[data.Phone]data.PhoneFacts{}
	for _, a := range read.Appointments {
		first, last = min(first, a.Wall[:10]), max(last, a.Wall[:10])
		if a.Phone != "" {
			if facts[a.Phone], err = phone.Facts(a.Phone); err != nil {
				return err
			}
		}
	}
	book, err := s.Store.AppointmentsFor(ctx, first, last+"T99", read.Appointments)
	if err != nil {
		return err
	}
	answer := data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract,
		Statement: data.Statement{Method: "import", Source: "booked an appointment: " + list.File},
	}
	return s.Store.ApplySchedule(ctx, &read.Receipt, answer, data.CompareSchedule(read.Appointments, book), facts)
}

// Campaign sends everybody a coupon, in two wordings.
func (s *Shop) Campaign(ctx context.Context) (data.CampaignID, error) {
	if err := s.Store.SaveGroup(ctx, "Not seen for 30 days", "last_visit < 30d"); err != nil {
		return 0, err
	}
	c := data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all",
		Offer: &data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Terms: "One use. Not with other offers. In store only.", ValidTo: data.DateOf(Start.AddDate(0, 0, validity-1)), Uses: 1},
		Variants: []data.Variant{
			{Name: "A", Text: "Hi {first_name|there}, {offer} until {expires}. Show {code} or {link}"},
			{Name: "B", Text: "{offer}, for you until {expires}: show {code} at the till. {link}"},
		},
	}
	if err := s.Engine.Campaigns().Create(ctx, &c); err != nil {
		return 0, err
	}
	_, err := s.Engine.Campaigns().Send(ctx, c.ID, 0)
	return c.ID, err
}

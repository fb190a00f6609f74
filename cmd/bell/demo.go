package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/phone"
	"counterbell/data/sheet"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider/practice"

	"github.com/spf13/cobra"
)

// The demo does the whole job in a practice profile of sample people: a file is imported, a coupon campaign and
// reminders go out, people open links over HTTP and come to the till. Fourteen days pass on the practice clock, from
// Tuesday 24 November 2026, 10:00 in the shop's zone.
var (
	demoStart = time.Date(2026, 11, 24, 10, 0, 0, 0, mustZone("America/Los_Angeles"))
	demoDays  = 14
	demoShop  = data.Business{
		Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Address: "1420 Alder Street, Portland",
		Contact: "(503) 555-0100", Person: "Dana", Till: "Till 1", Demo: true,
	}
)

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// demoJSON is the result of `bell demo` (cli.md).
type demoJSON struct {
	Import   *data.Receipt `json:"import"`
	Campaign struct {
		ID     data.CampaignID `json:"id"`
		Funnel store.Funnel    `json:"funnel"`
	} `json:"campaign"`
	Reminders store.ReminderCounts `json:"reminders"`
	Out       string               `json:"out"`
	Profile   string               `json:"profile"`
	Practice  bool                 `json:"practice"`
}

func newDemo(a *app) *cobra.Command {
	var people int
	var seed int64
	var out string
	c := &cobra.Command{Use: "demo", Short: "The whole job with sample people: nothing is really sent", Args: cobra.NoArgs}
	c.Flags().IntVar(&people, "contacts", 0, "a made-up list of `N` people instead of the sample spreadsheet (at most 30,000)")
	c.Flags().Int64Var(&seed, "seed", 1, "another `S` makes other people do other things")
	c.Flags().StringVar(&out, "out", "counterbell-demo", "where the profile, report and pictures go (`DIR`)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if people < 0 || people > 30_000 {
			return badValue("bad_number", fmt.Sprint(people))
		}
		d := &demo{app: a, people: people, seed: seed, rand: rand.New(rand.NewPCG(uint64(seed), 7))}
		var err error
		if d.out, err = filepath.Abs(out); err != nil {
			return err
		}
		return d.run(c.Context())
	}
	return c
}

// A demo is one run of it.
type demo struct {
	*app
	people int
	seed   int64
	out    string
	rand   *rand.Rand
	now    time.Time // the practice clock; one goroutine moves it
	store  *store.Store
	engine *sender.Opened
	// Whether the pages were drawn, and a coupon was redeemed in the window.
	pictured, redeemed bool

	street *practice.Carrier
}

func (d *demo) run(ctx context.Context) error {
	var result demoJSON
	result.Out, result.Practice = d.out, true
	if err := d.open(ctx, &result); err != nil {
		return err
	}
	var err error
	d.step("import")
	if result.Import, err = d.customers(ctx); err != nil {
		return err
	}
	d.step("campaign")
	if result.Campaign.ID, err = d.campaign(ctx); err != nil {
		return err
	}
	d.step("appointments")
	if err := d.appointments(ctx); err != nil {
		return err
	}
	d.step("days")
	end := demoStart.AddDate(0, 0, demoDays)
	if err := d.live(ctx, end); err != nil {
		return err
	}
	if result.Campaign.Funnel, err = d.store.Funnel(ctx, result.Campaign.ID); err != nil {
		return err
	}
	if result.Reminders, err = d.store.Reminders(ctx, data.At(demoStart), data.At(end)); err != nil {
		return err
	}
	if err := d.store.SetPracticeClock(ctx, data.At(d.now)); err != nil {
		return err
	}
	d.step("report")
	if _, err := writeReportFiles(ctx, d.app, d.store, result.Campaign.ID, d.out); err != nil {
		return err
	}
	if d.json {
		return d.writeJSON(result)
	}
	return d.show(result)
}

func (d *demo) step(name string) { d.sayNote("demo." + name) }

// open makes a fresh profile. One that holds anything but an earlier demo is left alone.
func (d *demo) open(ctx context.Context, result *demoJSON) error {
	const op = "make the demo's profile"
	dir := d.profile
	if dir == "" {
		dir = filepath.Join(d.out, "profile")
	}
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err == nil {
		old, err := store.Open(ctx, store.Options{Dir: dir})
		if err != nil {
			return err
		}
		b, err := old.Business(ctx)
		old.Close()
		if err != nil {
			return err
		}
		if !b.Demo {
			return refused(data.Errorf("demo_profile", op, "the folder holds a profile of real people").With("folder", dir))
		}
		if err := os.RemoveAll(dir); err != nil {
			return &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": dir}}
		}
	}
	if err := os.MkdirAll(d.out, 0o755); err != nil {
		return &data.Error{Code: "profile_folder", Op: op, Err: err, Args: map[string]string{"folder": d.out}}
	}
	d.now = demoStart
	s, err := store.Open(ctx, store.Options{Dir: dir, Clock: func() time.Time { return d.now }})
	if err != nil {
		return err
	}
	d.closers = append(d.closers, func() { _ = s.Close() })
	if err := s.SetBusiness(ctx, demoShop); err != nil {
		return err
	}
	if err := s.SetProvider(ctx, practice.Name, map[string]string{"seed": fmt.Sprint(d.seed)}); err != nil {
		return err
	}
	if err := s.SetPrice(ctx, practice.Name, "", "", 22_000, "USD"); err != nil {
		return err
	}
	d.store, result.Profile = s, dir
	d.engine, err = sender.Open(ctx, s, sender.Options{Advance: func(at data.Instant) {
		if t := at.Time(); t.After(d.now) {
			d.now = t
		}
	}})
	if err != nil {
		return err
	}
	d.closers = append(d.closers, d.engine.Close)
	d.street = d.engine.Provider.(*practice.Carrier)
	return d.engine.Start(ctx)
}

// customers imports the sample spreadsheet, or a made-up one.
func (d *demo) customers(ctx context.Context) (*data.Receipt, error) {
	file := filepath.Join(d.out, "customers.xlsx")
	if d.people > 0 {
		if err := sheet.WriteFile(ctx, file, madeUp(d.people, d.rand)); err != nil {
			return nil, err
		}
	} else if err := os.WriteFile(file, samples.Customers, 0o644); err != nil {
		return nil, err
	}
	list, err := (&importFlags{}).open(ctx, d.store, file, intake.Contacts)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	answer := data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeMarketing, data.ScopeReminders}, Basis: data.ExpressWritten, GivenAt: data.At(demoStart.AddDate(0, -2, 0)),
		Statement: data.Statement{Method: "paper", Source: "card at the counter", Wording: "Yes, Lark Optical may text me offers and reminders. I can stop at any time.", Language: "en", RecordedBy: demoShop.Person},
	}
	receipt, err := list.Run(ctx, d.store, func(ctx context.Context) (data.ImportID, error) {
		return d.store.BeginImport(ctx, store.ImportFile{Name: list.File, Mapping: list.Mapping(), Answer: answer})
	}, d.progress())
	if err != nil {
		return nil, err
	}
	if receipt.Rejected > 0 {
		if err := d.writeRejects(ctx, list, receipt, filepath.Join(d.out, "rejects.xlsx")); err != nil {
			return nil, err
		}
	}
	return receipt, nil
}

func (d *demo) campaign(ctx context.Context) (data.CampaignID, error) {
	if err := d.store.SaveGroup(ctx, "Not seen for 30 days", "last_visit < 30d"); err != nil {
		return 0, err
	}
	c := data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all",
		Offer: &data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Terms: "One use. Not with other offers. In store only.", ValidTo: data.DateOf(demoStart.AddDate(0, 0, demoDays-1)), Uses: 1},
		Variants: []data.Variant{
			{Name: "A", Text: "Hi {first_name|there}, {offer} until {expires}. Show {code} or {link}"},
			{Name: "B", Text: "{offer}, for you until {expires}: show {code} at the till. {link}"},
		},
	}
	if err := d.engine.Campaigns().Create(ctx, &c); err != nil {
		return 0, err
	}
	_, err := d.engine.Campaigns().Send(ctx, c.ID, 0)
	return c.ID, err
}

func (d *demo) appointments(ctx context.Context) error {
	file := filepath.Join(d.out, "appointments.xlsx")
	if err := os.WriteFile(file, samples.Appointments, 0o644); err != nil {
		return err
	}
	list, err := (&importFlags{}).open(ctx, d.store, file, intake.Appointments)
	if err != nil {
		return err
	}
	defer list.Close()
	_, err = importSchedule(ctx, d.store, list, false, nil)
	return err
}

// demoStep is how far the clock moves at once where something is going on; what people do keeps its own exact moment.
const demoStep = 15 * time.Minute

// live lets the days pass: what is due is sent, people open links, answer and come to the till.
func (d *demo) live(ctx context.Context, end time.Time) error {
	for {
		sum, err := d.engine.Pass(ctx)
		if err == nil {
			err = sum.Trouble
		}
		if err != nil {
			return err
		}
		if !d.now.Before(end) {
			return nil
		}
		if !d.pictured && !d.now.Before(demoMoment) {
			d.pictured = true
			if err := d.pictures(ctx); err != nil {
				return err
			}
		}
		next := end
		for _, at := range []func() (data.Instant, error){
			func() (data.Instant, error) { return d.store.NextDue(ctx) },
			func() (data.Instant, error) { return d.street.NextEvent(), nil },
		} {
			i, err := at()
			if err != nil {
				return err
			}
			if t := i.Time(); i != 0 && t.Before(next) {
				next = t
			}
		}
		if !d.pictured && demoMoment.Before(next) {
			next = demoMoment
		}
		if soon := d.now.Add(demoStep); next.Before(soon) {
			next = soon
		}
		if next.After(end) {
			next = end
		}
		if err := d.till(ctx, next); err != nil {
			return err
		}
		if d.now.Before(next) {
			d.now = next
		}
	}
}

// till redeems the coupons of the people who come by until a moment, each at theirs.
func (d *demo) till(ctx context.Context, until time.Time) error {
	visits, err := d.street.Visits(ctx, data.At(d.now), data.At(until))
	if err != nil {
		return err
	}
	for _, v := range visits {
		d.now = v.At.Time()
		full := data.Money{Minor: int64(8_900 + 100*d.rand.IntN(160)), Currency: demoShop.Currency}
		if d.pictured && !d.redeemed {
			d.redeemed = true // this one by the window
			if err := d.redeemInWindow(ctx, v.Code, full); err != nil {
				return err
			}
			continue
		}
		paid := data.Money{Minor: full.Minor - full.Percent(20).Minor, Currency: full.Currency}
		if _, err := d.store.Redeem(ctx, store.RedeemRequest{Code: v.Code, Till: demoShop.Till, By: demoShop.Person, Full: &full, Paid: &paid}); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) show(r demoJSON) error {
	f := r.Campaign.Funnel
	d.printf("")
	d.say("practice.label")
	t, names := d.texts(), 0
	rows := []struct {
		name string
		n    int
	}{{"audience", f.Audience}, {"sent", f.Sent}, {"delivered", f.Delivered}, {"opened", f.Opened}, {"redeemed", f.Redeemed}}
	for i := range rows {
		rows[i].name = t.T("bell.demo." + rows[i].name)
		names = max(names, columns(rows[i].name))
	}
	for _, row := range rows {
		d.printf("%s %6d %s", pad(row.name, names), row.n, bar(row.n, f.Audience, barWidth))
	}
	d.say("bell.demo.rest", "previews", f.Previews, "held", f.Held, "blocked", f.Blocked, "rejected", f.Rejected, "unknown", f.Unknown)
	d.say("bell.demo.reminders", "sent", r.Reminders.Sent, "confirmed", r.Reminders.Confirmed, "cancelled", r.Reminders.Cancelled, "unclear", r.Reminders.Unclear)
	d.printf("")
	d.say("demo.where", "folder", r.Out)
	return nil
}

// madeUp makes a spreadsheet of people who don't exist, with numbers reserved for fiction.
func madeUp(n int, r *rand.Rand) sheet.Table {
	first := []string{"Maya", "Tom", "Priya", "Walter", "Ines", "Grace", "Leo", "Ruth", "Kenji", "Amelia", "Noah", "Chloe", "Daniel", "Bea", "Owen", "Zoe"}
	last := []string{"Chen", "Alvarez", "Nair", "Greene", "Duarte", "Kim", "Marchetti", "Abelson", "Mori", "Hart", "Weiss", "Martin", "Osei", "Whitlock", "Pryce", "Novak"}
	cities := []string{"Portland", "Salem", "Eugene", "Gresham", "Bend"}
	tags := []string{"sunglasses", "frames", "lenses", "kids", "sunglasses; frames"}
	codes := areaCodes()
	t := sheet.Table{Name: "People", Columns: []sheet.Column{{Title: "Name"}, {Title: "Mobile"}, {Title: "City"}, {Title: "Tags"}, {Title: "Last visit"}, {Title: "Spend"}}}
	for i := range n {
		t.Rows = append(t.Rows, []sheet.Cell{
			sheet.TextCell(first[r.IntN(len(first))] + " " + last[r.IntN(len(last))]),
			sheet.TextCell(fmt.Sprintf("(%s) 555-01%02d", codes[i/100%len(codes)], i%100)),
			sheet.TextCell(cities[r.IntN(len(cities))]),
			sheet.TextCell(tags[r.IntN(len(tags))]),
			sheet.DateCell(demoStart.AddDate(0, 0, -r.IntN(400))),
			sheet.NumberCell(float64(r.IntN(50_000)) / 100),
		})
	}
	return t
}

// areaCodes are US area codes in which numbers are reserved for fiction, and which name one time zone or several.
func areaCodes() []string {
	var all []string
	for code := 201; code < 990; code++ {
		p := data.Phone(fmt.Sprintf("+1%d5550100", code))
		if f, err := phone.Facts(p); err == nil && f.Fictional && len(f.States) > 0 {
			all = append(all, fmt.Sprint(code))
		}
	}
	return all
}

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/phone"
	"counterbell/data/sheet"
	"counterbell/data/store"
	"counterbell/sender/sample"

	"github.com/spf13/cobra"
)

// The demo does the whole job in a practice profile of sample people: a file is imported, a coupon campaign and
// reminders go out, people open links over HTTP and come to the till. Fourteen days pass on the practice clock, from
// Tuesday 24 November 2026, 10:00 in the shop's zone.
var (
	demoStart = sample.Start
	demoDays  = 14
	demoShop  = sample.Business()
)

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
		d := &demo{app: a, people: people, seed: seed}
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
	shop   *sample.Shop
	store  *store.Store
	// Whether a coupon was redeemed in the window.
	redeemed bool
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
	if result.Campaign.ID, err = d.shop.Campaign(ctx); err != nil {
		return err
	}
	d.step("appointments")
	if err := d.appointments(ctx); err != nil {
		return err
	}
	d.step("days")
	end := demoStart.AddDate(0, 0, demoDays)
	if err := d.shop.Live(ctx, demoMoment); err != nil {
		return err
	}
	if err := d.pictures(ctx); err != nil {
		return err
	}
	d.shop.AtTill = d.redeemOne
	if err := d.shop.Live(ctx, end); err != nil {
		return err
	}
	if result.Campaign.Funnel, err = d.store.Funnel(ctx, result.Campaign.ID); err != nil {
		return err
	}
	if result.Reminders, err = d.store.Reminders(ctx, data.At(demoStart), data.At(end)); err != nil {
		return err
	}
	if err := d.shop.Keep(ctx); err != nil {
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
	dir := d.profile
	if dir == "" {
		dir = filepath.Join(d.out, "profile")
	}
	if err := os.MkdirAll(d.out, 0o755); err != nil {
		return &data.Error{Code: "profile_folder", Op: "make the demo's profile", Err: err, Args: map[string]string{"folder": d.out}}
	}
	shop, err := sample.Open(ctx, dir, d.seed)
	if err != nil {
		if data.CodeOf(err) == "demo_profile" {
			return refused(err)
		}
		return err
	}
	d.closers = append(d.closers, shop.Close)
	d.shop, d.store, result.Profile = shop, shop.Store, dir
	return nil
}

// customers imports the sample spreadsheet, or a made-up one.
func (d *demo) customers(ctx context.Context) (*data.Receipt, error) {
	file := filepath.Join(d.out, "customers.xlsx")
	if d.people > 0 {
		if err := sheet.WriteFile(ctx, file, madeUp(d.people, d.shop.Rand)); err != nil {
			return nil, err
		}
	} else if err := os.WriteFile(file, samples.Customers, 0o644); err != nil {
		return nil, err
	}
	list, err := d.shop.Look(ctx, file, intake.Contacts)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	receipt, err := d.shop.Customers(ctx, list, d.progress())
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

func (d *demo) appointments(ctx context.Context) error {
	file := filepath.Join(d.out, "appointments.xlsx")
	if err := os.WriteFile(file, samples.Appointments, 0o644); err != nil {
		return err
	}
	list, err := d.shop.Look(ctx, file, intake.Appointments)
	if err != nil {
		return err
	}
	defer list.Close()
	return d.shop.Schedule(ctx, list)
}

// redeemOne takes the first coupon after the pictures in the window.
func (d *demo) redeemOne(ctx context.Context, code string, full data.Money) (done bool, err error) {
	if d.redeemed {
		return false, nil
	}
	d.redeemed = true
	return true, d.redeemInWindow(ctx, code, full)
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

package review

import (
	"context"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

// names are the people of the shop: more than fit one hour's bar.
var names = []string{
	"Maya Chen", "Grace Kim", "Ruth Abelson", "Sam Whitaker", "Carl Jensen", "Priya Nair", "Wilhelmina-Jo Featherstonehaugh", "Tom Alvarez", "Ines Duarte", "Jonah Weiss", "Leo Marchetti", "Ada Osei",
}

// drafted is a shop with a campaign of two wordings to everybody, of whom one has opted out.
func drafted(t *testing.T, change func(*data.Campaign)) (*pagetest.Shop, data.CampaignID) {
	t.Helper()
	shop := pagetest.NewShop(t)
	shop.Import(names...)
	ctx := t.Context()
	_, err := shop.RecordConsent(ctx, data.ConsentEntry{Phone: pagetest.Phone(3), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "spoken", Source: "at the counter"}})
	must(t, err)
	c := data.Campaign{
		Name: "Sunglasses week", Kind: data.Marketing, GroupName: "all", Offer: &data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-12-06"},
		Variants: []data.Variant{{Name: "A", Text: "Hi {first_name|there}, it’s sunglasses week! {offer} by {expires}. Show {code} at the till."}, {Name: "B", Text: "{offer} by {expires}, with {code}."}},
	}
	if change != nil {
		change(&c)
	}
	engine(t, shop, func(ctx context.Context, o *sender.Opened) error { return o.Campaigns().Create(ctx, &c) })
	return shop, c.ID
}

func engine(t *testing.T, shop *pagetest.Shop, do func(ctx context.Context, o *sender.Opened) error) {
	t.Helper()
	must(t, page.OnDemand{Store: shop.Store}.Use(t.Context(), func(o *sender.Opened) error { return do(t.Context(), o) }))
}

// pass lets the engine do what is due.
func pass(t *testing.T, shop *pagetest.Shop) {
	t.Helper()
	engine(t, shop, func(ctx context.Context, o *sender.Opened) error {
		if err := o.Start(ctx); err != nil {
			return err
		}
		if _, err := o.Pass(ctx); err != nil {
			return err
		}
		return o.Stop(ctx)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is the view in a window with a header, and where its leads led.
type desk struct {
	*pagetest.Window
	view  *View
	led   string
	timer func() // what waits for the clock
}

func newDesk(t *testing.T, shop *pagetest.Shop, id data.CampaignID, l i18n.Language, v theme.Variant, width, height float32) *desk {
	t.Helper()
	d := &desk{Window: pagetest.NewIn(t, shop.Store, l, v)}
	d.Env.After = func(wait time.Duration, do func()) func() { d.timer = do; return func() { d.timer = nil } }
	to := func(where string) func(data.CampaignID) { return func(data.CampaignID) { d.led = where } }
	d.view = New(d.Env, id, Leads{Back: func() { d.led = "back" }, Edit: to("edit"), Result: to("result"), Again: to("again")})
	d.put(width, height)
	d.view.Shown()
	return d
}

// second lets the clock of the window go on.
func (d *desk) second(shop *pagetest.Shop, n time.Duration) {
	shop.Move(n)
	d.view.rest = page.Rest{}
	if do := d.timer; do != nil {
		d.timer = nil
		do()
	}
}

// changed tells the view of news, however long it has looked before.
func (d *desk) changed() {
	d.view.rest = page.Rest{}
	d.view.Changed()
}

// put draws header and view at a size of the whole window, without the rail.
func (d *desk) put(width, height float32) {
	d.Whole(d.view.Header(), d.view.Content(), width, height)
}

// picture lays the view out at a size. With COUNTERBELL_PICTURES set to a folder it is drawn too, to be looked at.
func (d *desk) picture(t *testing.T, name string, width, height float32) {
	t.Helper()
	d.put(width, height)
	at := d.Window.Window.Canvas().Size()
	if at.Width > width-pagetest.Rail(width) || at.Height > height {
		t.Errorf("%s asks for %v", name, at)
	}
	d.Window.Picture(t, name)
}

package redeem

import (
	"slices"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"

	"fyne.io/fyne/v2"
)

// book books Maya's next visit.
func (c *counter) book(wall string) data.AppointmentID {
	c.Helper()
	f, err := phone.Facts(pagetest.Phone(0))
	if err != nil {
		c.Fatal(err)
	}
	a := data.Appointment{Phone: f.Phone, Patient: "Maya Chen", Wall: wall, Zone: "America/Los_Angeles", Service: "Eye exam", Staff: "Dr Lindqvist", State: data.Booked}
	if err := c.shop.ApplySchedule(c.Context(), &data.Receipt{Rows: 1, Added: 1}, data.ConsentAnswer{}, []data.ScheduleChange{{Kind: data.ChangeNew, After: a}}, map[data.Phone]data.PhoneFacts{f.Phone: f}); err != nil {
		c.Fatal(err)
	}
	all, err := c.shop.Appointments(c.Context(), "2000", "2100")
	if err != nil || len(all) != 1 {
		c.Fatal(err)
	}
	return all[0].ID
}

func TestAForgottenCodeIsFoundByNameAndRedeemedByEnter(t *testing.T) {
	c := newCounter(t, twenty)
	c.screen.FocusSearch()
	f := c.screen.finder
	f.Type("Maya")
	if all := f.Found(); len(all) != 1 || all[0].Code != c.codes[0] || all[0].Problem != "" {
		t.Fatalf("found %+v", all)
	}
	f.Submit()
	if c.window.Window.Canvas().Overlays().Top() != nil || c.screen.code.Code() != c.codes[0] || c.screen.desk.Phase != Ready {
		t.Fatalf("boxes %q, phase %d", c.screen.code.Code(), c.screen.desk.Phase)
	}
	if !c.says("Maya Chen: 20% off any sunglasses") || !c.says("Ask who they are") {
		t.Error("it isn't said whose coupon it is")
	}
	if day, err := c.shop.TillDay(t.Context(), "", 0); err != nil || len(day) > 0 {
		t.Fatalf("choosing alone redeems: %+v (%v)", day, err)
	}
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted {
		t.Fatalf("phase %d", c.screen.desk.Phase)
	}
	// The coupon is used now: its row says so, and choosing it does nothing.
	c.screen.FocusSearch()
	c.screen.finder.Type("5550100")
	if all := c.screen.finder.Found(); len(all) != 1 || all[0].Problem != data.CodeUsed {
		t.Fatalf("found %+v", all)
	}
	c.screen.finder.Submit()
	if c.window.Window.Canvas().Overlays().Top() == nil || len(c.redeemed(c.codes[0])) != 1 {
		t.Error("a used coupon can be chosen")
	}
}

func TestACodeThatIsTypedAfterChoosingIsNobodysChoiceAnyMore(t *testing.T) {
	c := newCounter(t, twenty)
	c.screen.FocusSearch()
	c.screen.finder.Type("Maya")
	c.screen.finder.Submit()
	c.at = c.at.Add(time.Second)
	c.types(c.codes[1], scanner)
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted || !c.says("Grace Kim") || c.says("Maya Chen:") {
		t.Errorf("phase %d, chosen %q", c.screen.desk.Phase, c.screen.desk.Chosen)
	}
}

func TestWhileSomebodyIsHereTheirOtherCouponsAndVisitLead(t *testing.T) {
	c := newCounter(t, twenty)
	other := c.shop.Coupons("Case week", data.Offer{Title: "Free lens cloth", Kind: data.Gift, Uses: 1, ValidTo: "2026-11-26"}, 1)
	visit := c.book("2026-11-25T09:30")
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	for _, want := range []string{"While Maya is here", "One more coupon: Free lens cloth", "ends in 2 days", "Next visit tomorrow 09:30", "Eye exam · Dr Lindqvist"} {
		if !c.says(want) {
			t.Errorf("the screen doesn't say %q", want)
		}
	}
	here := c.screen.desk.Answer.Here
	c.screen.toVisit(here.Visit)
	if !slices.Equal(c.window.Targets, []any{page.ToDay{Day: "2026-11-25", Appointment: visit}}) {
		t.Errorf("leads to %+v", c.window.Targets)
	}
	c.types("185", hand)
	c.screen.useNow(&here.Coupons[0])
	if c.screen.code.Code() != other[0] || c.screen.desk.Phase != Ready {
		t.Fatalf("boxes %q", c.screen.code.Code())
	}
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted || !c.says("Free lens cloth") || c.says("One more coupon") {
		t.Errorf("phase %d", c.screen.desk.Phase)
	}
	if uses := c.redeemed(c.codes[0]); len(uses) != 1 || uses[0].Paid == nil || uses[0].Paid.Minor != 14800 {
		t.Errorf("the first sale is lost: %+v", uses)
	}
}

func TestBelowTheLeastSpendTheFullPriceIsToBePaid(t *testing.T) {
	offer := twenty
	offer.Minimum = 5000
	c := newCounter(t, offer)
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	if !c.says("For purchases from $50 on.") {
		t.Error("the least spend isn't said")
	}
	c.types("49.99", hand)
	if c.screen.price.pays.Text() != "$49.99" || !c.says("The coupon holds from $50 on") {
		t.Errorf("below it the customer pays %q", c.screen.price.pays.Text())
	}
	c.screen.price.entry.SetText("50.02")
	if c.screen.price.pays.Text() != "$40.02" || c.says("The coupon holds from") { // 20% of 50.02 is 10.004
		t.Errorf("from it on the customer pays %q", c.screen.price.pays.Text())
	}
}

func TestAUsedCouponLeadsToWhoseItIs(t *testing.T) {
	c := newCounter(t, twenty)
	if _, err := c.shop.Redeem(t.Context(), store.RedeemRequest{Code: c.codes[1], Till: "Till 2", By: "Tomás"}); err != nil {
		t.Fatal(err)
	}
	c.types(c.codes[1], hand)
	c.press(fyne.KeyReturn)
	if !c.says("See whose coupon it is") || !c.says("Grace Kim, (503) 555-0101") || !c.says("Till 2, by Tomás") {
		t.Error("it isn't said whose it is, or who used it")
	}
}

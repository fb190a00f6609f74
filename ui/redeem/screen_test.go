package redeem

import (
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// counter is a till with a customer who has a coupon.
type counter struct {
	*testing.T
	shop   *pagetest.Shop
	window *pagetest.Window
	screen *Screen
	codes  []string
	at     time.Time
}

func newCounter(t *testing.T, o data.Offer) *counter {
	t.Helper()
	c := &counter{T: t, shop: pagetest.NewShop(t), at: start}
	c.shop.Import("Maya Chen", "Grace Kim", "Kenji Mori")
	c.codes = c.shop.Coupons("Sunglasses week", o, 3)
	c.window = pagetest.New(t, c.shop.Store)
	c.screen = newScreen(c.window.Env, func() time.Time { return c.at })
	c.window.Put(c.screen, 1072, 720)
	c.window.Window.Canvas().Focus(c.screen.KeepsFocus())
	return c
}

var twenty = data.Offer{Title: "20% off any sunglasses", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidTo: "2026-11-29"}

// types types into whatever has the focus, as a hand does.
func (c *counter) types(text string, gap time.Duration) {
	c.Helper()
	for _, r := range text {
		c.at = c.at.Add(gap)
		focused := c.window.Window.Canvas().Focused()
		if focused == nil {
			c.Fatal("nothing has the focus")
		}
		focused.TypedRune(r)
	}
}

func (c *counter) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		c.window.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func (c *counter) redeemed(code string) []data.Redemption {
	c.Helper()
	r, err := c.shop.Redeem(c.Context(), store.RedeemRequest{Code: code, Till: "Till 9"})
	if err != nil || r.OK {
		c.Fatalf("%s was still good (%v)", code, err)
	}
	return r.Earlier
}

// says tells whether a text can be read somewhere on the screen.
func (c *counter) says(text string) bool {
	found := false
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Text:
			found = found || strings.Contains(o.Text(), text)
		case *widget.Paragraph:
			found = found || strings.Contains(o.Text(), text)
		case *widget.Pill:
			found = found || strings.Contains(o.Text(), text)
		case *widget.Button:
			found = found || strings.Contains(o.Text(), text)
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
			return
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, inner := range test.WidgetRenderer(w).Objects() {
				walk(inner)
			}
		}
	}
	walk(c.screen.content)
	return found
}

func TestACouponIsRedeemedAndThePriceStored(t *testing.T) {
	c := newCounter(t, twenty)
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	for _, want := range []string{"Give 20% off any sunglasses", "Maya", "Practice", "Sunglasses week", "first use", "Sun 29 Nov"} {
		if !c.says(want) {
			t.Errorf("the screen doesn't say %q", want)
		}
	}
	if c.screen.code.Look() != widget.CodeGood || c.window.Window.Canvas().Focused() != c.screen.price.entry {
		t.Fatalf("look %d, focus on %T", c.screen.code.Look(), c.window.Window.Canvas().Focused())
	}
	c.types("185", hand)
	if c.screen.price.pays.Text() != "$148.00" {
		t.Errorf("the customer pays %q", c.screen.price.pays.Text())
	}
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Ready || c.window.Window.Canvas().Focused() != c.screen.code {
		t.Errorf("after Enter: phase %d, focus on %T", c.screen.desk.Phase, c.window.Window.Canvas().Focused())
	}
	if !c.says("$148") || !c.says("Maya Chen") {
		t.Error("the sale doesn't show in the list")
	}
	uses := c.redeemed(c.codes[0])
	if len(uses) != 1 || uses[0].Full == nil || uses[0].Full.Minor != 18500 || uses[0].Paid.Minor != 14800 || uses[0].Till != "Till 1" || uses[0].By != "Dana" {
		t.Errorf("stored %+v", uses)
	}
}

func TestAScanWhileThePriceIsTypedStoresThePriceAndRedeemsTheNext(t *testing.T) {
	c := newCounter(t, twenty)
	c.types(c.codes[0], scanner)
	c.press(fyne.KeyReturn, fyne.KeyReturn) // this scanner sends two
	if c.screen.desk.Phase != Accepted {
		t.Fatal("the second Enter of the scanner takes the green away")
	}
	c.at = c.at.Add(3 * time.Second)
	c.types("60.00", hand)
	c.at = c.at.Add(2 * time.Second)
	c.types(c.codes[1], scanner)
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted || !c.says("Grace") {
		t.Errorf("the second customer: phase %d", c.screen.desk.Phase)
	}
	if uses := c.redeemed(c.codes[0]); uses[0].Paid == nil || uses[0].Paid.Minor != 4800 {
		t.Errorf("the first customer's sale: %+v", uses[0].Paid)
	}
}

func TestAUsedCodeSaysWhenAndWhereAndCanBeTakenBack(t *testing.T) {
	c := newCounter(t, twenty)
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	c.at = c.at.Add(time.Second)
	c.press(fyne.KeyReturn)
	c.shop.Move(90 * time.Minute)
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	for _, want := range []string{"Already used today 10:42, Till 1", "Do not give the discount again", "used once, the limit is 1", "Till 1, by Dana", "Refused"} {
		if !c.says(want) {
			t.Errorf("the screen doesn't say %q", want)
		}
	}
	c.screen.askUndo(c.screen.desk.Answer.Code)
	question := c.window.Asked[0]
	if question.OnConfirm() || c.screen.desk.Phase != Refused {
		t.Error("taking back works without a reason")
	}
	c.types("wrong customer", hand)
	c.press(fyne.KeyReturn)
	if c.window.Window.Canvas().Overlays().Top() != nil || !slices.Contains(c.window.Toasts, data.ShowCode(c.codes[0])+" was taken back and is good again") {
		t.Fatalf("toasts %q", c.window.Toasts)
	}
	if !c.says("Undone") {
		t.Error("the list doesn't show what was taken back")
	}
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted {
		t.Error("a coupon that was taken back isn't good again")
	}
}

func TestEveryRefusalHasItsOwnWords(t *testing.T) {
	early, late := twenty, twenty
	early.ValidFrom, late.ValidTo = "2026-11-27", "2026-11-20"
	for _, test := range []struct {
		name  string
		offer data.Offer
		code  func(c *counter) string
		says  []string
		phase Phase
	}{
		{"expired", late, func(c *counter) string { return c.codes[0] }, []string{"This coupon ended on Fri 20 Nov", "Expired code"}, Refused},
		{"not yet", early, func(c *counter) string { return c.codes[0] }, []string{"This coupon starts on Fri 27 Nov", "Not valid yet"}, Refused},
		{"unknown", twenty, func(*counter) string { return whole("ACDEFGH") }, []string{"No coupon has this code", "No match"}, Refused},
		{"mistyped", twenty, func(c *counter) string { return c.codes[0][:7] + other(c.codes[0][7]) }, []string{"Probably mistyped"}, Mistyped},
	} {
		c := newCounter(t, test.offer)
		c.types(test.code(c), hand)
		c.press(fyne.KeyReturn)
		for _, want := range test.says {
			if !c.says(want) {
				t.Errorf("%s: the screen doesn't say %q", test.name, want)
			}
		}
		if c.screen.desk.Phase != test.phase || len(c.window.Errors) > 0 {
			t.Errorf("%s: phase %d, errors %v", test.name, c.screen.desk.Phase, c.window.Errors)
		}
		if !c.screen.Escape() || c.screen.Escape() || c.screen.desk.Phase != Ready {
			t.Errorf("%s: Escape doesn't make the till ready", test.name)
		}
	}
}

func TestAGiftAsksForTheSaleAloneAndNonsenseIsNotStored(t *testing.T) {
	c := newCounter(t, data.Offer{Title: "Free lens cloth", Kind: data.Gift, Uses: 2})
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	if c.says("Customer pays") || !c.says("Sale, if there is one") || !c.says("use 1 of 2") {
		t.Error("a gift is treated as a discount")
	}
	c.types("12.345", hand)
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Accepted || !c.says("That isn’t an amount") {
		t.Error("nonsense is taken as a price")
	}
	c.screen.price.entry.SetText("36")
	c.press(fyne.KeyReturn)
	if c.screen.desk.Phase != Ready || !c.says("$36") {
		t.Error("the sale isn't stored")
	}
}

func TestASwitchOfLanguageKeepsTheAnswerAndThePrice(t *testing.T) {
	c := newCounter(t, twenty)
	c.types(c.codes[0], hand)
	c.press(fyne.KeyReturn)
	c.types("185", hand)
	next := newScreen(c.window.Env, func() time.Time { return c.at })
	next.Recall(c.screen.Memory())
	c.screen = next
	if next.desk.Phase != Accepted || next.code.Code() != c.codes[0] || next.price.pays.Text() != "$148.00" {
		t.Errorf("after the switch: phase %d boxes %q pays %q", next.desk.Phase, next.code.Code(), next.price.pays.Text())
	}
	next.done()
	if uses := c.redeemed(c.codes[0]); uses[0].Paid == nil {
		t.Error("the price is lost")
	}
}

// later is a runner that holds tasks back until they are let go.
type later struct{ held []page.Task }

func (l *later) Run(t page.Task) func() { l.held = append(l.held, t); return func() {} }

func TestTheNextScanMayComeBeforeTheAnswer(t *testing.T) {
	c := newCounter(t, twenty)
	slow := &later{}
	c.window.Env.Tasks = slow
	c.types(c.codes[0], scanner)
	c.press(fyne.KeyReturn)
	c.types(c.codes[1], scanner)
	c.press(fyne.KeyReturn)
	for len(slow.held) > 0 {
		next := slow.held[0]
		slow.held = slow.held[1:]
		page.Now{Context: t.Context()}.Run(next)
	}
	if c.screen.desk.Phase != Accepted || c.screen.code.Code() != c.codes[1] {
		t.Errorf("phase %d, boxes %q", c.screen.desk.Phase, c.screen.code.Code())
	}
	for _, code := range c.codes[:2] {
		if uses := c.redeemed(code); len(uses) != 1 {
			t.Errorf("%s was used %d times", code, len(uses))
		}
	}
}

package compose

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/campaign"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"
)

// desk is the composer in a window.
type desk struct {
	*pagetest.Window
	t      *testing.T
	shop   *pagetest.Shop
	view   *View
	id     data.CampaignID
	timers []*timer // what waits for a pause in typing
	led    string
}

// in is a window in which a view can be opened; nothing waits by the clock.
func in(t *testing.T, shop *pagetest.Shop, l i18n.Language) *desk {
	t.Helper()
	d := &desk{Window: pagetest.NewIn(t, shop.Store, l, theme.Light), t: t, shop: shop}
	d.After = func(_ time.Duration, do func()) func() {
		one := &timer{do: do}
		d.timers = append(d.timers, one)
		return func() { one.stopped = true }
	}
	return d
}

// open shows a draft.
func (d *desk) open(id data.CampaignID) *desk {
	d.t.Helper()
	d.id = id
	d.view = New(d.Env, id, Leads{Back: func() { d.led = "back" }, Review: func(data.CampaignID) { d.led = "review" }})
	d.Window.Window.SetContent(widget.NewStage(d.view.Content(), d.After))
	d.Window.Window.Resize(fyne.NewSize(1072, 800))
	d.view.Shown()
	return d
}

// pause is a moment in which nobody types.
func (d *desk) pause() {
	due := d.timers
	d.timers = nil
	for _, one := range due {
		if !one.stopped {
			one.do()
		}
	}
}

type timer struct {
	do      func()
	stopped bool
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lark is a shop with a few people and a price, of whom one has opted out.
func larkShop(t *testing.T) *pagetest.Shop {
	t.Helper()
	s := pagetest.NewShop(t)
	s.Import("Maya Chen", "Jonas Weber", "Priya Nair", "Tom Okafor")
	_, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: pagetest.Phone(3), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "spoken", Source: "at the counter"}})
	must(t, err)
	must(t, s.SetPrice(t.Context(), "practice", "", "", 22_000, "USD"))
	return s
}

// composing is a new draft in the composer.
func composing(t *testing.T) *desk {
	t.Helper()
	d := in(t, larkShop(t), i18n.English)
	c := Begin(d.Env, "")
	must(t, d.shop.CreateCampaign(t.Context(), &c))
	return d.open(c.ID)
}

// press presses the button, chip, link or row on which a text stands.
func (d *desk) press(text string) {
	d.t.Helper()
	if p := pressable(d.Window.Window.Canvas(), text); p != nil {
		p.Press()
		return
	}
	d.t.Fatalf("nothing to press says %q", text)
}

type presser interface{ Press() }

func pressable(c fyne.Canvas, text string) presser {
	roots := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for _, root := range slices.Backward(roots) {
		if p := pressableIn(root, text); p != nil {
			return p
		}
	}
	return nil
}

func pressableIn(o fyne.CanvasObject, text string) presser {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			if p := pressableIn(inner, text); p != nil {
				return p
			}
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(o).Objects() {
			if p := pressableIn(inner, text); p != nil {
				return p
			}
		}
		if p, ok := o.(presser); ok && says(o, text) {
			return p
		}
	}
	return nil
}

// says tells whether a text stands anywhere in an object.
func says(o fyne.CanvasObject, text string) bool {
	if !o.Visible() {
		return false
	}
	if t, ok := o.(interface{ Text() string }); ok && strings.Contains(t.Text(), text) {
		return true
	}
	switch o := o.(type) {
	case *fyne.Container:
		return slices.ContainsFunc(o.Objects, func(inner fyne.CanvasObject) bool { return says(inner, text) })
	case fyne.Widget:
		return slices.ContainsFunc(test.WidgetRenderer(o).Objects(), func(inner fyne.CanvasObject) bool { return says(inner, text) })
	}
	return false
}

func (d *desk) reads(text string) {
	d.t.Helper()
	for _, o := range append([]fyne.CanvasObject{d.view.Content()}, d.Window.Window.Canvas().Overlays().List()...) {
		if says(o, text) {
			return
		}
	}
	d.t.Errorf("nothing says %q", text)
}

// write puts words into the message as if they were typed.
func (d *desk) write(words string) {
	d.view.message.entry.SetText(words)
	d.pause()
}

// fill writes a whole campaign by hand.
func (d *desk) fill() {
	d.t.Helper()
	d.view.terms.name.Refresh()
	entryOf(d.t, d.view.terms.field[fieldPercent]).SetText("20")
	d.press("Everyone who may get offers")
	d.write("Lark Optical: Hi {first_name|there}, {offer} until {expires}. Show {code} at the till.")
}

// entryOf is the entry of a field.
func entryOf(t *testing.T, o fyne.CanvasObject) *widget.Entry {
	t.Helper()
	if e, ok := o.(*widget.Entry); ok {
		return e
	}
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		if _, ok := o.(*fynewidget.Entry); !ok {
			inner = test.WidgetRenderer(o).Objects()
		}
	}
	for _, i := range inner {
		if e := entryIn(t, i); e != nil {
			return e
		}
	}
	t.Fatal("there is no field to type into")
	return nil
}

func entryIn(t *testing.T, o fyne.CanvasObject) *widget.Entry {
	switch o := o.(type) {
	case *widget.Entry:
		return o
	case *fyne.Container:
		for _, i := range o.Objects {
			if e := entryIn(t, i); e != nil {
				return e
			}
		}
	case fyne.Widget:
		for _, i := range test.WidgetRenderer(o).Objects() {
			if e := entryIn(t, i); e != nil {
				return e
			}
		}
	}
	return nil
}

func TestACampaignIsWrittenReviewedAndStored(t *testing.T) {
	d := composing(t)
	d.reads("Choose who gets it.")
	if !d.view.review.Disabled() {
		t.Error("an empty draft can be reviewed")
	}
	d.view.review.Press()
	d.fill()
	d.reads("will get it")
	d.reads("1 left out")
	d.reads("Maya Chen, 1 of 3")
	if d.view.review.Disabled() {
		t.Fatalf("it can't be reviewed: %s", d.view.blocked())
	}
	d.view.review.Press()
	if d.led != "review" {
		t.Errorf("Review led to %q", d.led)
	}
	c, err := d.shop.Campaign(t.Context(), d.id)
	must(t, err)
	if c.Group != "all" || c.Offer == nil || c.Offer.Percent != 20 || c.Provider != "practice" || !c.Practice {
		t.Errorf("stored: %+v", c)
	}
	must(t, d.Engine.Use(t.Context(), func(o *sender.Opened) error { return o.Campaigns().Check(t.Context(), c) }))
	if len(d.Errors) > 0 {
		t.Error(d.Errors)
	}
}

func TestThePreviewIsWhatGoesOut(t *testing.T) {
	d := composing(t)
	d.fill()
	shown := map[data.ContactID]string{}
	for range 3 {
		shown[d.view.plan.Preview.Contact] = d.view.phoneUI.phone.Words()
		d.view.phoneUI.move(1)
	}
	d.view.review.Press()
	ctx := t.Context()
	must(t, d.Engine.Use(ctx, func(o *sender.Opened) error {
		if _, err := o.Campaigns().Send(ctx, d.id, 0); err != nil {
			return err
		}
		if err := o.Start(ctx); err != nil {
			return err
		}
		_, err := o.Pass(ctx)
		return err
	}))
	sent, err := d.shop.Messages(ctx, store.MessageFilter{Campaign: d.id})
	must(t, err)
	out := 0
	for _, m := range sent {
		if m.Text == "" {
			continue
		}
		out++
		codes, err := d.shop.CouponCodes(ctx, []data.CouponID{m.Coupon})
		must(t, err)
		want := strings.ReplaceAll(shown[m.Contact], "7K74-QMPX", data.ShowCode(codes[m.Coupon]))
		if m.Text != want {
			t.Errorf("sent %q, shown %q", m.Text, want)
		}
	}
	if out != 3 || len(shown) != 3 {
		t.Errorf("%d went out, %d were shown", out, len(shown))
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	d := composing(t)
	d.view.message.entry.SetText("half a th")
	entryOf(t, d.view.terms.field[fieldPercent]).SetText("twen")
	d.view.Hidden() // the window closes before any pause
	again := in(t, d.shop, i18n.Chinese).open(d.id)
	if again.view.message.entry.Text != "half a th" || again.view.form.Percent != "twen" {
		t.Errorf("it comes back as %q and %q", again.view.message.entry.Text, again.view.form.Percent)
	}
	again.reads("优惠幅度请填 1 到 100，20 即八折。")
}

func TestADraftSavesItselfAndSaysSo(t *testing.T) {
	d := composing(t)
	d.write("Hello")
	if got := d.view.Header().Subtitle; !strings.HasPrefix(got, "Draft saved just now") {
		t.Errorf("it says %q", got)
	}
	d.shop.Move(11 * time.Second)
	if got := d.view.Header().Subtitle; got != "Draft saved 11 seconds ago · coupon campaign" {
		t.Errorf("it says %q", got)
	}
	c, err := d.shop.Campaign(t.Context(), d.id)
	must(t, err)
	if c.Variants[0].Text != "Hello" {
		t.Errorf("stored is %q", c.Variants[0].Text)
	}
}

func TestACurlyApostropheIsSwappedAtOneClick(t *testing.T) {
	d := composing(t)
	d.fill()
	plain := d.view.message.entry.Text
	d.write(strings.Replace(plain, "Hi ", "It’s time, ", 1))
	d.reads("One character makes it 2 segments instead of 1 segment")
	if d.view.meters.now.Segments() != 2 || d.view.meters.after.Segments() != 1 {
		t.Errorf("the meters show %d and %d segments", d.view.meters.now.Segments(), d.view.meters.after.Segments())
	}
	if now, after := d.view.meters.now.Total(), d.view.meters.after.Total(); now != "2 segments · $0.13" || after != "1 segment · $0.07" {
		t.Errorf("the meters say %q and %q", now, after)
	}
	d.press("Use ' instead")
	d.pause()
	if want := strings.Replace(plain, "Hi ", "It's time, ", 1); d.view.message.entry.Text != want || d.view.meters.now.Segments() != 1 {
		t.Errorf("the text is %q", d.view.message.entry.Text)
	}
	if d.view.fix != nil {
		t.Error("it still offers a fix")
	}
}

func TestAPriceThatNobodyKnowsIsNotNought(t *testing.T) {
	shop := pagetest.NewShop(t)
	shop.Import("Maya Chen")
	d := in(t, shop, i18n.English)
	c := Begin(d.Env, "all")
	must(t, shop.CreateCampaign(t.Context(), &c))
	d.open(c.ID)
	d.write("Lark Optical: show this text")
	if d.view.meters.prices.Hidden {
		t.Error("nothing leads to where prices are entered")
	}
	if got := d.view.meters.now.Total(); got != "1 segment" {
		t.Errorf("the meter says %q", got)
	}
}

func TestWithVeryManyPeopleTheTextShowsBeforeTheFigures(t *testing.T) {
	d := composing(t)
	d.fill()
	c, _ := d.view.campaign()
	c.Variants[0].Text = "{brand}: another text, {code}"
	w := want{campaign: c, chosen: true, person: 1, known: d.view.plan.Recipients}
	must(t, d.Engine.Use(t.Context(), func(o *sender.Opened) error {
		p, err := look(t.Context(), o, w)
		if err != nil || p.Preview == nil || !strings.HasPrefix(p.Preview.Text, "Lark Optical: another text") || p.Preview.Name != "Jonas Weber" || p.Reviewed {
			t.Errorf("%+v (%v)", p, err)
		}
		return nil
	}))
	if c.Variants[0].Template != "" {
		t.Error("what was asked about has changed")
	}
}

func TestThoseLeftOutCanBeLookedAt(t *testing.T) {
	d := composing(t)
	d.fill()
	d.press("See")
	tom, err := d.shop.ContactByPhone(t.Context(), pagetest.Phone(3))
	must(t, err)
	if len(d.Targets) != 1 || d.Opened[0] != page.Contacts {
		t.Fatalf("it led to %v %v", d.Opened, d.Targets)
	}
	if to := d.Targets[0].(page.ToPeople); to.Title != "1 opted out" || !slices.Equal(to.IDs, []data.ContactID{tom.ID}) {
		t.Errorf("it led to %+v", to)
	}
}

func TestPlaceholdersGoWhereTheCursorStands(t *testing.T) {
	d := composing(t)
	d.fill()
	d.write("Hi , bye")
	d.view.message.entry.CursorColumn = 3
	d.press("+ first name")
	if got := d.view.message.entry.Text; got != "Hi {first_name|there}, bye" {
		t.Errorf("the text is %q", got)
	}
	d.write("您好，")
	d.view.message.entry.CursorColumn = 3
	d.press("+ first name")
	if got := d.view.message.entry.Text; got != "您好，{first_name|亲爱的顾客}" {
		t.Errorf("the text is %q", got)
	}
}

func TestStrangePastesBreakNothing(t *testing.T) {
	d := composing(t)
	d.fill()
	entry := d.view.message.entry
	for name, pasted := range map[string]string{
		"far too much":     strings.Repeat("coupon ", 15_000),
		"emoji":            "🎉👩‍👩‍👧‍👦🏳️‍🌈 {code}",
		"right-to-left":    "\u202eשלום {first_name|אורח} {code}\u202c",
		"control":          "a\x00b\x07c\x1b[31m{code}\u2028\u200b",
		"braces":           "{{{{}}}}{code",
		"a lone surrogate": "\xed\xa0\x80\xff {code}",
	} {
		entry.SetText("")
		clip := fyne.CurrentApp().Clipboard()
		clip.SetContent(pasted)
		entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		d.pause()
		if n := len([]rune(entry.Text)); n > mostCharacters {
			t.Errorf("%s: %d characters are in the text", name, n)
		}
		if name == "far too much" {
			d.reads("A text holds at most 1,600 characters.")
		}
	}
	if len(d.Errors) > 0 {
		t.Error(d.Errors)
	}
}

func TestASecondWordingIsTested(t *testing.T) {
	d := composing(t)
	d.fill()
	d.view.message.test.Press()
	d.reads("Write text B, or switch the test off.")
	d.write("{brand}: {offer}! Show {code} by {expires}.")
	if !d.view.form.AB || d.view.blocked() != "" {
		t.Fatalf("blocked: %s", d.view.blocked())
	}
	if got := d.view.plan.Preview.Text; !strings.HasPrefix(got, "Lark Optical: 20% off!") {
		t.Errorf("the preview shows %q", got)
	}
	d.view.message.tabs.Choose(0)
	if got := d.view.plan.Preview.Text; !strings.HasPrefix(got, "Lark Optical: Hi Maya") {
		t.Errorf("the preview shows %q", got)
	}
	d.reads("The result shows which brought more redemptions.")
	d.view.message.test.Press()
	d.pause()
	c, err := d.shop.Campaign(t.Context(), d.id)
	must(t, err)
	if len(c.Variants) != 1 || d.view.form.Texts[1] == "" {
		t.Errorf("%d wordings are stored, B is %q", len(c.Variants), d.view.form.Texts[1])
	}
}

func TestAnIdeaTakesThePlaceOfTheTextAndGivesItBack(t *testing.T) {
	d := composing(t)
	d.fill()
	mine := d.view.message.entry.Text
	d.press("Ideas")
	d.press("Win back")
	if got := d.view.message.entry.Text; !strings.Contains(got, "it has been a while") {
		t.Errorf("the text is %q", got)
	}
	d.view.message.set(mine)
	d.press("Ideas")
	d.press("Keep my text")
	d.press("Save")
	kept, err := d.shop.SavedTexts(t.Context())
	must(t, err)
	if len(kept) != 1 || kept[0].Text != mine || kept[0].Kind != data.Marketing {
		t.Errorf("kept: %+v", kept)
	}
}

func TestATestGoesToOnesOwnPhoneByTheSameRules(t *testing.T) {
	d := composing(t)
	d.fill()
	d.press("Test on my phone")
	number := entryIn(t, d.Window.Window.Canvas().Overlays().Top())
	number.SetText("soon")
	d.press("Send the test")
	d.reads("That isn’t a phone number.")
	number.SetText("(503) 555-0177")
	d.press("Send the test")
	sent, err := d.shop.Messages(t.Context(), store.MessageFilter{})
	must(t, err)
	if len(sent) != 1 || sent[0].To != "+15035550177" || sent[0].Kind != data.Notice {
		t.Fatalf("queued: %+v", sent)
	}
	var remembered string
	if _, err := d.shop.Setting(t.Context(), settingTestPhone, &remembered); err != nil || remembered != "(503) 555-0177" {
		t.Errorf("the number is remembered as %q (%v)", remembered, err)
	}
	d.reads("Sent with this very text.")
	ctx := t.Context()
	must(t, d.Engine.Use(ctx, func(o *sender.Opened) error {
		if err := o.Start(ctx); err != nil {
			return err
		}
		_, err := o.Pass(ctx)
		return err
	}))
	out, err := d.shop.Messages(ctx, store.MessageFilter{})
	must(t, err)
	if out[0].Text != d.view.plan.Preview.Text || out[0].Decision == "" || out[0].Attempts != 1 {
		t.Errorf("sent: %+v", out[0])
	}
}

func TestATestGoesToNobodyWhoOptedOut(t *testing.T) {
	d := composing(t)
	d.fill()
	_, err := d.shop.RecordConsent(t.Context(), data.ConsentEntry{Phone: "+15035550177", Event: data.Withdraw, Scope: data.ScopeReminders, Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}})
	must(t, err)
	d.press("Test on my phone")
	entryIn(t, d.Window.Window.Canvas().Overlays().Top()).SetText("503 555 0177")
	d.press("Send the test")
	d.reads("They opted out.")
	if sent, err := d.shop.Messages(t.Context(), store.MessageFilter{}); err != nil || len(sent) != 0 {
		t.Errorf("queued: %+v (%v)", sent, err)
	}
}

func TestTheAudienceIsLookedAtAgainWhenSomebodyOptsOut(t *testing.T) {
	d := composing(t)
	d.fill()
	d.view.Changed() // our own writing
	_, err := d.shop.RecordConsent(context.Background(), data.ConsentEntry{Phone: pagetest.Phone(0), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}})
	must(t, err)
	d.view.Changed()
	d.pause()
	d.reads("2 left out")
	d.reads("Jonas Weber, 1 of 2")
}

func TestAPreviewShowsTheHourOnThePersonsOwnPhone(t *testing.T) {
	d := composing(t)
	d.fill()
	p, zone := d.view.phoneUI, d.Env.Business.Location()
	at := data.At(time.Date(2026, 11, 25, 10, 0, 0, 0, zone))
	for name, c := range map[string]struct {
		zones []string
		want  string
	}{
		"here":          {[]string{d.Env.Business.Zone}, "Wed 25 Nov 2026, 10:00"},
		"elsewhere":     {[]string{"Europe/London"}, "Wed 25 Nov 2026, 18:00, their time"},
		"in one of two": {[]string{"America/New_York", "America/Chicago"}, "Wed 25 Nov 2026, 10:00"},
		"not known":     {nil, "Wed 25 Nov 2026, 10:00"},
	} {
		if got := p.when(&campaign.Preview{At: at, Zones: c.zones}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if zones := d.view.plan.Preview.Zones; len(zones) == 0 {
		t.Error("nobody knows where the person is")
	}
}

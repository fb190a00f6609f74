package inbox

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// counter is the page in a window, in a shop where things were said.
type counter struct {
	t      *testing.T
	shop   *pagetest.Shop
	window *pagetest.Window
	screen *Screen
}

func newCounter(t *testing.T, shop *pagetest.Shop) *counter {
	t.Helper()
	return newCounterIn(t, shop, i18n.English, theme.Light, 1280, 800)
}

func newCounterIn(t *testing.T, shop *pagetest.Shop, l i18n.Language, v theme.Variant, width, height float32) *counter {
	t.Helper()
	c := &counter{t: t, shop: shop, window: pagetest.NewIn(t, shop.Store, l, v)}
	c.window.Env.After = func(_ time.Duration, do func()) func() { do(); return func() {} }
	c.screen = newScreen(c.window.Env)
	c.put(width, height)
	c.screen.Shown()
	c.put(width, height)
	return c
}

// put draws header and page at a size of the whole window, without the rail.
func (c *counter) put(width, height float32) {
	rail := float32(208)
	if width < 1120 {
		rail = 76
	}
	h := c.screen.Header()
	head := widget.Row(12, widget.Fill(widget.Column(0, widget.Title(h.Title).Shorten(), widget.Caption(h.Subtitle).Shorten())))
	for _, a := range h.Actions {
		head.Add(a)
	}
	c.window.Window.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Column(0, widget.Inset(12, 24, 20, 24, widget.Sized(0, 48, head)),
		widget.Fill(widget.Inset(0, 24, 24, 24, c.screen.Content())))), func(time.Duration, func()) func() { return func() {} }))
	c.window.Window.Resize(fyne.NewSize(width-rail, height))
}

// says tells whether words stand anywhere in the window.
func (c *counter) says(words string) bool {
	found := false
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if found || !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			found = strings.Contains(o.Text, words)
		case *fyne.Container:
			for _, inner := range o.Objects {
				look(inner)
			}
		case *widget.Paragraph:
			found = strings.Contains(o.Text(), words)
		case *widget.Bubble:
			found = strings.Contains(o.Text(), words)
			for _, inner := range test.WidgetRenderer(o).Objects() {
				look(inner)
			}
		case *widget.Text:
			found = strings.Contains(o.Text(), words)
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				look(inner)
			}
		}
	}
	look(c.window.Window.Canvas().Content())
	if top := c.window.Window.Canvas().Overlays().Top(); top != nil {
		look(top)
	}
	return found
}

// press presses the first button, or link, with these words.
func (c *counter) press(words string) {
	c.t.Helper()
	done := false
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if done || !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Button:
			if o.Text() == words {
				done = true
				o.Press()
			}
		case *widget.Link:
			if o.Text() == words {
				done = true
				o.Press()
			}
		case *fyne.Container:
			for _, inner := range o.Objects {
				look(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				look(inner)
			}
		}
	}
	if top := c.window.Window.Canvas().Overlays().Top(); top != nil {
		look(top)
	}
	look(c.window.Window.Canvas().Content())
	if !done {
		c.t.Fatalf("nothing says %q", words)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// book books a visit of the nth person.
func book(t *testing.T, shop *pagetest.Shop, n int, wall, patient string) data.AppointmentID {
	t.Helper()
	f, err := phone.Facts(pagetest.Phone(n))
	must(t, err)
	given, _, _ := strings.Cut(patient, " ")
	a := data.Appointment{
		ExternalID: fmt.Sprint("A", n), Phone: f.Phone, Patient: patient, GivenName: given, Wall: wall, Zone: "America/Los_Angeles", Minutes: 45, Service: "Eye exam", Staff: "Dr Lindqvist", Place: "Room 2", State: data.Booked,
	}
	must(t, shop.ApplySchedule(t.Context(), &data.Receipt{Rows: 1, Added: 1}, data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract},
		[]data.ScheduleChange{{Kind: data.ChangeNew, After: a}}, map[data.Phone]data.PhoneFacts{f.Phone: f}))
	all, err := shop.Appointments(t.Context(), "2000", "2100")
	must(t, err)
	for _, x := range all {
		if x.ExternalID == a.ExternalID {
			return x.ID
		}
	}
	t.Fatal("not booked")
	return 0
}

// remind sends a reminder of a visit, as the outbox would, and delivers it.
func remind(t *testing.T, shop *pagetest.Shop, id data.AppointmentID, step, words string) data.MessageID {
	t.Helper()
	ctx := t.Context()
	all, _, err := shop.AppointmentsByID(ctx, []data.AppointmentID{id})
	must(t, err)
	_, err = shop.PlanReminders(ctx, []store.PlannedReminder{{Appointment: all[id], Step: step, Due: shop.Now(), NotAfter: shop.Now().Add(48 * time.Hour)}})
	must(t, err)
	claimed, err := shop.Claim(ctx, 10, time.Minute)
	must(t, err)
	m := claimed[0]
	m.State, m.Text, m.Provider, m.Segments = data.Sending, words, "practice", 1
	attempts, err := shop.CommitAttempts(ctx, []store.Decided{{Message: m}})
	must(t, err)
	must(t, shop.Settle(ctx, []store.Settlement{{Attempt: attempts[m.ID], Message: m.ID, Appointment: id, State: data.Accepted, ProviderID: fmt.Sprint("p", m.ID)}}))
	must(t, shop.StoreDeliveries(ctx, []data.MessageID{m.ID}, []store.Delivery{{Message: m.ID, State: data.Delivered, At: shop.Now()}}))
	return m.ID
}

// said stores what the nth person wrote.
func said(t *testing.T, shop *pagetest.Shop, n int, words string, class data.ReplyClass, keyword string, review bool, to data.MessageID) {
	t.Helper()
	r := store.Reply{Inbound: data.Inbound{ProviderID: fmt.Sprint("in", n, words), From: pagetest.Phone(n), Text: words, At: shop.Now(), Reply: class, Keyword: keyword, Review: review, Message: to}}
	if class == data.ReplyOptOut {
		for _, scope := range data.ClosedBy("") {
			r.Consents = append(r.Consents, data.ConsentEntry{Phone: r.Inbound.From, Event: data.Withdraw, Scope: scope, GivenAt: r.Inbound.At, Single: true, Confirmed: true})
		}
	}
	_, err := shop.StoreReplies(t.Context(), "practice", []store.Reply{r}, "1")
	must(t, err)
}

// busyShop is a shop on a Tuesday morning with three replies that nobody could
// be sure of, and four that were understood.
func busyShop(t *testing.T) (*pagetest.Shop, data.AppointmentID) {
	t.Helper()
	shop := pagetest.NewShop(t)
	shop.Import("Ines Duarte", "Hugo Bauer", "Peter Lund", "Tom Alvarez", "Jonah Weiss", "Maya Chen")
	shop.Move(-24 * time.Hour)
	ines := book(t, shop, 0, "2026-11-24T11:30", "Ines Duarte")
	hugo := book(t, shop, 1, "2026-11-25T09:00", "Hugo Bauer")
	peter := book(t, shop, 2, "2026-11-25T11:00", "Peter Lund")
	tom := book(t, shop, 3, "2026-11-25T14:00", "Tom Alvarez")
	first := remind(t, shop, ines, "1d", "Hi Ines, your eye exam is Tue 24 Nov at 11:30 with Dr Lindqvist. Reply Y to confirm or N to cancel. Lark Optical")
	toHugo := remind(t, shop, hugo, "1d", "Hi Hugo, your eye exam is Wed 25 Nov at 9:00. Reply Y to confirm or N to cancel. Lark Optical")
	toPeter := remind(t, shop, peter, "1d", "Hi Peter, your eye exam is Wed 25 Nov at 11:00. Reply Y to confirm or N to cancel. Lark Optical")
	toTom := remind(t, shop, tom, "1d", "Hi Tom, your eye exam is Wed 25 Nov at 14:00. Reply Y to confirm or N to cancel. Lark Optical")
	shop.Move(22 * time.Hour)
	said(t, shop, 5, "STOP", data.ReplyOptOut, "STOP", false, 0)
	shop.Move(10 * time.Minute)
	said(t, shop, 3, "Yes see you then", data.ReplyConfirm, "yes", false, toTom)
	must(t, shop.SetAppointmentState(t.Context(), tom, data.Confirmed))
	shop.Move(20 * time.Minute)
	said(t, shop, 9, "Do you repair frames?", data.ReplyOther, "", false, 0)
	shop.Move(28 * time.Minute)
	said(t, shop, 2, "ok but my wife not me", data.ReplyUnclear, "", true, toPeter)
	shop.Move(17 * time.Minute)
	said(t, shop, 1, "is parking free there?", data.ReplyUnclear, "", true, toHugo)
	shop.Move(20 * time.Minute)
	second := remind(t, shop, ines, "2h", "Hi Ines, we still hold your eye exam today at 11:30. Reply Y or N please. Lark Optical")
	shop.Move(15 * time.Minute)
	_ = first
	said(t, shop, 0, "maybe after 4?", data.ReplyUnclear, "", true, second)
	for _, id := range []data.AppointmentID{ines, hugo, peter} {
		must(t, shop.SetAppointmentState(t.Context(), id, data.UnclearReply))
	}
	shop.Move(10 * time.Minute)
	return shop, ines
}

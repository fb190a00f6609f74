package review

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// says lists every text that an object shows.
func says(object fyne.CanvasObject) string {
	var b strings.Builder
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *widget.Text:
			b.WriteString(o.Text() + "\n")
		case *widget.Paragraph:
			b.WriteString(o.Text() + "\n")
		case *widget.Button:
			b.WriteString(o.Text() + "\n")
		case *widget.Link:
			b.WriteString(o.Text() + "\n")
		case *widget.Pill:
			b.WriteString(o.Text() + "\n")
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				walk(inner)
			}
		}
	}
	walk(object)
	return b.String()
}

// press presses the button or row that shows a text.
func press(t *testing.T, object fyne.CanvasObject, text string) {
	t.Helper()
	var found func(o fyne.CanvasObject) bool
	found = func(o fyne.CanvasObject) bool {
		if !o.Visible() {
			return false
		}
		switch o := o.(type) {
		case *widget.Button:
			if o.Text() == text {
				o.Press()
				return true
			}
		case *widget.Link:
			if o.Text() == text {
				o.Press()
				return true
			}
		case *widget.ListRow:
			if strings.Contains(says(o.Content()), text) {
				o.Press()
				return true
			}
		case *fyne.Container:
			for _, inner := range o.Objects {
				if found(inner) {
					return true
				}
			}
			return false
		}
		if w, ok := o.(fyne.Widget); ok {
			for _, inner := range test.WidgetRenderer(w).Objects() {
				if found(inner) {
					return true
				}
			}
		}
		return false
	}
	if !found(object) {
		t.Fatalf("nothing says %q:\n%s", text, says(object))
	}
}

func (d *desk) sees(t *testing.T, texts ...string) {
	t.Helper()
	all := says(d.view.Content())
	for _, want := range texts {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q:\n%s", want, all)
		}
	}
}

func (d *desk) asked(t *testing.T) widget.Question {
	t.Helper()
	if len(d.Asked) == 0 {
		t.Fatal("nothing was asked")
	}
	return d.Asked[len(d.Asked)-1]
}

func (d *desk) state(t *testing.T) data.CampaignState {
	t.Helper()
	c, err := d.Env.Store.Campaign(t.Context(), d.view.id)
	must(t, err)
	return c.State
}

func TestTheDryRunSaysWhoWhenWhatAndForHowMuch(t *testing.T) {
	shop, id := drafted(t, nil)
	must(t, shop.SetPrice(t.Context(), "practice", "US", data.Marketing, 22_000, "USD"))
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	d.sees(t, "Send 11 for $0.40", "1 person left out", "Opted out", "For Wilhelmina-Jo Featherstonehaugh", "Practice: nothing is really sent.", "6 get A, 5 get B")
	press(t, d.view.Content(), "Opted out")
	want, ok := d.Targets[len(d.Targets)-1].(page.ToPeople)
	if !ok || len(want.IDs) != 1 || d.Opened[len(d.Opened)-1] != page.Contacts {
		t.Fatalf("it leads to %+v", d.Targets)
	}
	if who, err := shop.ContactByPhone(t.Context(), "+15035550103"); err != nil || who.ID != want.IDs[0] {
		t.Errorf("it leads to %v, not to %v (%v)", want.IDs, who.ID, err)
	}
}

func TestAnUnknownPriceIsNotShownAsNought(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	d.sees(t, "not known", "Send 11\n")
}

func TestWhatCantBeSentSaysWhyAndHasNoWorkingButton(t *testing.T) {
	shop, id := drafted(t, nil)
	shop.Move(30 * 24 * time.Hour) // the offer is over by now
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	if !d.view.ready.send.Disabled() {
		t.Error("it can be sent")
	}
	d.sees(t, d.Env.Texts.Error(d.view.model.Dry.Problem))
	if data.CodeOf(d.view.model.Dry.Problem) != "offer_over" {
		t.Errorf("the problem is %v", d.view.model.Dry.Problem)
	}
	press(t, d.view.Content(), "Change")
	if d.led != "edit" {
		t.Errorf("Change leads to %q", d.led)
	}
}

func TestSendCanBeUndoneForAMinuteAndNobodyGetsAnything(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	d.sees(t, "11 texts are about to go out", "01:00", "Send now")
	d.second(shop, 48*time.Second)
	d.sees(t, "00:12")
	pass(t, shop)
	press(t, d.view.Content(), "Undo")
	if d.state(t) != data.Draft || len(d.Errors) > 0 {
		t.Fatalf("it is %s (%v)", d.state(t), d.Errors)
	}
	d.sees(t, "Send 11\n") // examined anew, and ready to go again
	if all, err := shop.Messages(t.Context(), store.MessageFilter{}); err != nil || len(all) != 0 {
		t.Errorf("%d messages (%v)", len(all), err)
	}
}

func TestAfterTheMinuteItGoesOutByItself(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	d.second(shop, 61*time.Second)
	d.sees(t, "Starting…")
	pass(t, shop)
	d.second(shop, time.Second)
	d.sees(t, "11 of 11 handed over", "See the result")
	press(t, d.view.Content(), "See the result")
	if d.led != "result" {
		t.Errorf("it leads to %q", d.led)
	}
}

func TestUndoTooLateSaysSoAndShowsTheProgress(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	must(t, shop.EndUndo(t.Context(), id)) // another window was quicker
	press(t, d.view.Content(), "Undo")
	if len(d.Errors) != 1 || data.CodeOf(d.Errors[0]) != "campaign_state" {
		t.Errorf("errors %v", d.Errors)
	}
	d.sees(t, "Pause", "Stop")
}

func TestPauseResumeAndStop(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	press(t, d.view.Content(), "Send now")
	press(t, d.view.Content(), "Pause")
	d.sees(t, "Paused", "Press “Go on” when you are ready.")
	pass(t, shop)
	if r, err := shop.CampaignRun(t.Context(), id); err != nil || r.Handed() != 0 {
		t.Fatalf("%d were handed over while it was paused (%v)", r.Handed(), err)
	}
	press(t, d.view.Content(), "Go on")
	if d.state(t) != data.Running {
		t.Fatalf("it is %s", d.state(t))
	}
	press(t, d.view.Content(), "Stop")
	q := d.asked(t)
	if !strings.Contains(q.Text, "11 haven’t") || q.Confirm != "Cancel 11 texts" || !q.Danger {
		t.Errorf("asked %+v", q)
	}
	if d.state(t) != data.Running {
		t.Error("it was stopped without an answer")
	}
	q.OnConfirm()
	if d.state(t) != data.Stopped || len(d.Errors) > 0 {
		t.Errorf("it is %s (%v)", d.state(t), d.Errors)
	}
	d.sees(t, "It was stopped; 11 texts were cancelled.")
}

func TestACampaignThatPausedByItselfSaysWhyAndWhatToDo(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Send 11")
	press(t, d.view.Content(), "Send now")
	must(t, shop.SetCampaignState(t.Context(), id, data.Paused, "auth", data.Running))
	d.changed()
	d.sees(t, "The provider doesn’t accept the credentials.", "Enter the account anew in Settings")
	press(t, d.view.Content(), "To Settings")
	if got := d.Targets[len(d.Targets)-1]; got != (page.ToSettings{Section: "provider"}) {
		t.Errorf("it leads to %+v", got)
	}
}

func TestEveryReasonOfAPauseHasItsAdvice(t *testing.T) {
	en := i18n.New(i18n.English)
	for reason, f := range fixes {
		if !en.Has("review.fix."+f.key) || !en.Has("report.reason."+reason) {
			t.Errorf("%s: advice %q", reason, f.key)
		}
	}
	if fixOf("template_changed").key != "other" || !en.Has("review.fix.other") {
		t.Error("a reason without an own advice has none at all")
	}
}

func TestOneEnterSendsNothing(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	key := func() {
		if f := d.Window.Window.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	key()
	if d.state(t) != data.Draft {
		t.Fatal("one Enter sent it")
	}
	key()
	if d.state(t) != data.UndoWindow {
		t.Errorf("the second Enter didn't: it is %s", d.state(t))
	}
}

func TestACampaignForLaterCanBeTakenBack(t *testing.T) {
	shop, id := drafted(t, func(c *data.Campaign) { c.At = data.Instant(1_795_737_600_000) }) // 27 November, 8:00 there
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	press(t, d.view.Content(), "Schedule 11")
	d.sees(t, "11 texts are scheduled")
	press(t, d.view.Content(), "Undo")
	if d.state(t) != data.Draft {
		t.Errorf("it is %s", d.state(t))
	}
}

func TestAnOptOutMeanwhileShowsInTheDryRun(t *testing.T) {
	shop, id := drafted(t, nil)
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	before := d.view.model.Dry
	d.changed()
	if d.view.model.Dry != before {
		t.Error("nothing has changed, and all is drawn anew")
	}
	_, err := shop.RecordConsent(t.Context(), data.ConsentEntry{Phone: "+15035550105", Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "spoken", Source: "at the counter"}})
	must(t, err)
	d.changed()
	d.sees(t, "2 people left out", "Send 10")
}

func TestACampaignForALaterHourSaysWhenItBeginsAndByWhoseClock(t *testing.T) {
	shop, id := drafted(t, func(c *data.Campaign) { c.Local = "2026-11-26T10:00" })
	d := newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	d.sees(t, "10:00", "by each person’s own clock")
	press(t, d.view.Content(), "Schedule 11")
	d.sees(t, "11 texts are scheduled", "They go Thu 26 Nov at 10:00 by each person’s own clock")
	if strings.Contains(says(d.view.Content()), "Send now") {
		t.Error("it offers to send now what goes at its hour")
	}
	shop, id = drafted(t, func(c *data.Campaign) {
		at, err := data.WallAt("2026-11-26T09:30", "America/Los_Angeles")
		must(t, err)
		c.At = at
	})
	d = newDesk(t, shop, id, i18n.English, theme.Light, 1280, 800)
	d.sees(t, "09:30", "the first go")
}

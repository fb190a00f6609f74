package result

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report/reporttest"
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
		case interface{ Text() string }:
			b.WriteString(o.Text() + "\n")
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
	walk(object)
	return b.String()
}

// holds tells whether an object shows what.
func holds(object, what fyne.CanvasObject) bool {
	if object == what {
		return true
	}
	var inner []fyne.CanvasObject
	switch o := object.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		inner = test.WidgetRenderer(o).Objects()
	}
	return slices.ContainsFunc(inner, func(o fyne.CanvasObject) bool { return holds(o, what) })
}

// press presses the link or chip that shows a text.
func press(t *testing.T, object fyne.CanvasObject, text string) {
	t.Helper()
	var found func(o fyne.CanvasObject) bool
	found = func(o fyne.CanvasObject) bool {
		if !o.Visible() {
			return false
		}
		switch o := o.(type) {
		case interface {
			Text() string
			Press()
		}:
			if o.Text() == text {
				o.Press()
				return true
			}
		case *widget.Chip:
			if strings.HasPrefix(says(o), text) {
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

func open(t *testing.T) (*reporttest.Shop, *desk) {
	t.Helper()
	shop := reporttest.New(t)
	return shop, newDesk(t, shop, shop.Campaign, i18n.English, theme.Light, 1280, 1160)
}

func TestTheResultSaysWhatCameOfIt(t *testing.T) {
	_, d := open(t)
	d.sees(t, "94%", "Text A leads, but only 94.0% sure.", "14.1%", "28 of 199", "$9.06", "$2,917.78", "$321.91 sold for each $1 spent", "Redeemed", "Ines Whitaker", "Maybe sent")
	if h := d.view.Header(); h.Title != "Sunglasses week" || !strings.Contains(h.Subtitle, "Sent Thu 12 Nov to 412 people · runs until Sun 29 Nov") || !strings.Contains(h.Subtitle, "times are those of Los Angeles") {
		t.Errorf("header %q, %q", h.Title, h.Subtitle)
	}
	if !strings.Contains(says(d.view.Header().Actions[0]), "Practice") {
		t.Error("a practice result isn't labelled")
	}
	stages := d.view.board.funnelFigures(d.view.model.Report).Stages
	if stages[0].Note != "13 failed, 1 maybe sent" || stages[2].Note != "people only, 47 previews set aside" || stages[3].Note != "$63.43 average sale" {
		t.Errorf("%+v", stages)
	}
	opens := opensFigures(d.Env, d.view.model.Report)
	if opens.Series[0].Key != "People 171" || opens.Series[1].Key != "Previews and bots 47" || !opens.Series[1].Dashed {
		t.Errorf("%+v", opens.Series)
	}
	m := &d.view.model
	sum := 0
	for _, n := range m.Counts {
		sum += n
	}
	if sum != reporttest.Audience || m.Counts[store.FateRedeemed] != reporttest.Redeemed || m.Counts[store.FateRedeemed]+m.Counts[store.FateOpened] < reporttest.Opened || m.Counts[store.FateFailed] != reporttest.Rejected+reporttest.Undelivered {
		t.Errorf("%d people: %v", sum, m.Counts)
	}
}

func TestAPillShowsOnlyItsPeopleAndAgainAll(t *testing.T) {
	_, d := open(t)
	press(t, d.view.Content(), "Failed")
	m := &d.view.model
	if m.Len() != 27 {
		t.Errorf("%d failed", m.Len())
	}
	if who, ok := m.Row(0); !ok || who.Fate != store.FateFailed {
		t.Errorf("the first is %+v", who)
	}
	d.sees(t, "The phone couldn’t be reached.")
	press(t, d.view.Content(), "Failed")
	if m.Len() != reporttest.Audience {
		t.Errorf("%d of %d show", m.Len(), reporttest.Audience)
	}
}

func TestPeopleAreFoundByNameAndByNumberAndEscapeShowsAllAgain(t *testing.T) {
	_, d := open(t)
	m := &d.view.model
	seek := func(words string) int {
		d.view.board.people.search.SetText(words)
		d.waited()
		return m.Len()
	}
	maya := seek("maya ch")
	if who, ok := m.Row(0); maya == 0 || !ok || who.Name != "Maya Chen" {
		t.Errorf("%d found, first %+v", maya, who)
	}
	d.sees(t, d.Env.N("result.found", maya))
	if n := seek("(201) 555-0100"); n != 1 {
		t.Errorf("%d have that number", n)
	}
	if n := seek("100%_"); n != 0 {
		t.Errorf("%d are called so", n)
	}
	d.view.rest = page.Rest{}
	d.view.Changed() // news come in while somebody searches
	if m.Len() != 0 {
		t.Errorf("news undid the search: %d", m.Len())
	}
	if !d.view.Escape() || m.Len() != reporttest.Audience || d.led != "" {
		t.Errorf("Escape: %d show, led to %q", m.Len(), d.led)
	}
	if d.view.Escape(); d.led != "back" {
		t.Errorf("the second Escape leads to %q", d.led)
	}
}

func TestRunAgainOffersThoseWhomItDidNotReach(t *testing.T) {
	_, d := open(t)
	ways := d.view.againTo()
	if len(ways) != 2 || ways[1].Text != "To the 39 it didn’t reach" {
		t.Fatalf("it offers %+v", ways)
	}
	if ways[0].Do(); d.led != "again" {
		t.Errorf("everybody leads to %q", d.led)
	}
	if ways[1].Do(); d.led != "missed" {
		t.Errorf("those it didn't reach lead to %q", d.led)
	}
	d.view.model.Counts = map[store.Fate]int{store.FateDelivered: 5, store.FateUnknown: 1}
	if ways = d.view.againTo(); len(ways) != 1 {
		t.Errorf("with nobody missed it offers %+v", ways)
	}
}

func TestARowLeadsToThePerson(t *testing.T) {
	_, d := open(t)
	d.view.board.people.list.OnOpen(1)
	who, _ := d.view.model.Row(1)
	if len(d.Targets) != 1 || d.Targets[0] != (page.ToContact{ID: who.Contact}) || d.Opened[0] != page.Contacts {
		t.Errorf("it leads to %+v", d.Targets)
	}
}

// choose presses a link of the strip and answers the question.
func (d *desk) choose(t *testing.T, text string) widget.Question {
	t.Helper()
	n := len(d.Asked)
	press(t, d.view.Content(), text)
	if len(d.Asked) != n+1 {
		t.Fatalf("%q doesn't ask", text)
	}
	return d.Asked[n]
}

func doubtful(t *testing.T, shop *reporttest.Shop) data.Message {
	t.Helper()
	all, err := shop.Store.Messages(t.Context(), store.MessageFilter{Campaign: shop.Campaign, State: data.Unknown})
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d in doubt", len(all))
	}
	return all[0]
}

func TestATextInDoubtIsCountedOnlyAfterAnAnswerAndItIsKeptWhoGaveIt(t *testing.T) {
	shop, d := open(t)
	m := doubtful(t, shop)
	d.view.board.people.list.SetCurrent(0)
	d.view.board.people.open(0)
	d.sees(t, "nobody knows whether Ines Whitaker got it")
	q := d.choose(t, "It arrived: count as sent")
	if q.Title != "Count Ines Whitaker’s text as arrived?" {
		t.Errorf("asked %+v", q)
	}
	if doubtful(t, shop).ID != m.ID {
		t.Fatal("it was decided without an answer")
	}
	q.OnConfirm()
	all, err := shop.Store.Resolutions(t.Context(), []data.MessageID{m.ID})
	if err != nil || all[m.ID].Choice != store.SaidArrived || all[m.ID].By != "Dana" {
		t.Errorf("kept %+v (%v)", all, err)
	}
	if f := d.view.model.Report.Funnel; f.Unknown != 0 || f.Delivered != reporttest.Delivered+1 || f.Sent != reporttest.Sent+1 {
		t.Errorf("the figures are %+v", f)
	}
	if strings.Contains(says(d.view.board.people.strip), "count as sent") {
		t.Error("it can be decided again")
	}
	if d.Toasts[len(d.Toasts)-1] != "1 text counts as arrived" || len(d.Errors) > 0 {
		t.Errorf("toasts %v, errors %v", d.Toasts, d.Errors)
	}
}

func TestSendAgainWarnsOfTwoTextsAndQueuesOne(t *testing.T) {
	shop, d := open(t)
	m := doubtful(t, shop)
	q := d.choose(t, "Send again")
	if !q.Danger || !strings.Contains(q.Text, "get it twice") {
		t.Errorf("asked %+v", q)
	}
	q.OnConfirm()
	all, err := shop.Store.Messages(t.Context(), store.MessageFilter{Campaign: shop.Campaign, State: data.Queued})
	if err != nil || len(all) != 1 || all[0].ID != m.ID {
		t.Errorf("%+v (%v)", all, err)
	}
	if d.view.model.Counts[store.FateUnknown] != 0 || d.view.model.Counts[store.FateWaiting] != reporttest.Held+1 {
		t.Errorf("%v", d.view.model.Counts)
	}
}

func TestAskingTheProviderComesFirstAndSaysWhatItKnows(t *testing.T) {
	shop, d := open(t)
	press(t, d.view.Content(), "Ask Practice")
	// The practice carrier of this profile has never heard of the text.
	if n := len(d.Toasts); n != 1 || d.Toasts[0] != "Practice knows: 0 arrived, 0 didn’t. 1 stay in doubt." {
		t.Errorf("toasts %v, errors %v", d.Toasts, d.Errors)
	}
	doubtful(t, shop)
}

func TestTheFirstOpenBringsItsPanelAndLeavesASearchAlone(t *testing.T) {
	_, d := open(t)
	m := &d.view.model
	full := *m.Report
	d.view.board.people.search.SetText("maya ch")
	d.waited()
	n := m.Len()
	early := full
	early.Days = nil
	m.Report = &early
	d.view.show(&full, false)
	if holds(d.view.Content(), d.view.board.opens) || holds(d.view.Content(), d.view.board.redemptions) {
		t.Error("a panel shows opens that there aren't")
	}
	m.Report = &full
	d.view.show(&early, false)
	if !holds(d.view.Content(), d.view.board.opens) || !holds(d.view.Content(), d.view.board.redemptions) {
		t.Error("opens and redemptions by day don't show")
	}
	if d.view.board.people.search.Text != "maya ch" || m.Len() != n {
		t.Errorf("the search is %q with %d people, it was %d", d.view.board.people.search.Text, m.Len(), n)
	}
}

func TestNewsShowWithoutPressingAnything(t *testing.T) {
	shop, d := open(t)
	all, err := shop.Store.ReportPeople(t.Context(), store.ReportScope{Campaign: shop.Campaign}, 1000)
	must(t, err)
	for _, p := range all {
		if p.Redeemed == 0 && p.Coupon != "" && p.Opened != 0 {
			got, err := shop.Store.Redeem(t.Context(), store.RedeemRequest{Code: p.Coupon, Paid: &data.Money{Minor: 5000, Currency: "USD"}})
			must(t, err)
			if !got.OK {
				t.Fatalf("%+v", got)
			}
			break
		}
	}
	d.view.rest = page.Rest{}
	d.view.Changed()
	if d.view.model.Counts[store.FateRedeemed] != reporttest.Redeemed+1 {
		t.Errorf("%v", d.view.model.Counts)
	}
	d.sees(t, "$2,967.78")
}

func TestTheResultIsExportedAsWorkbookPicturePagesAndSaysWhere(t *testing.T) {
	_, d := open(t)
	dir := t.TempDir()
	d.Save = func(name string) string { return filepath.Join(dir, name) }
	d.view.exportExcel()
	d.view.exportPicture()
	d.view.exportPDF()
	if len(d.Errors) > 0 {
		t.Fatal(d.Errors)
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "Sunglasses week.xlsx")); err != nil || !bytes.HasPrefix(raw, []byte("PK")) {
		t.Errorf("the workbook: %v", err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "Sunglasses week.png"))
	must(t, err)
	if img, err := png.Decode(bytes.NewReader(raw)); err != nil || img.Bounds().Dx() != 1920 {
		t.Errorf("the picture: %v", err)
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "Sunglasses week.pdf")); err != nil || !bytes.HasPrefix(raw, []byte("%PDF")) {
		t.Errorf("the pages: %v", err)
	}
	if len(d.Toasts) != 3 || d.Toasts[0] != "Sunglasses week.xlsx is saved" {
		t.Errorf("toasts %v", d.Toasts)
	}
}

func TestACampaignWithOneWordingAndNoOfferShowsNoComparisonAndNoCoupons(t *testing.T) {
	shop := reporttest.Empty(t)
	shop.People(20, 0)
	c := data.Campaign{Name: "We moved", Kind: data.Notice, Provider: "practice", Practice: true, State: data.Draft, GroupName: "all", Goal: data.GoalEngagement, Target: 10, Variants: []data.Variant{{Name: "A", Text: "We moved"}}}
	must(t, shop.Store.CreateCampaign(t.Context(), &c))
	ids, err := shop.Store.Find(t.Context(), store.Filter{})
	must(t, err)
	people, err := shop.Store.Contacts(t.Context(), ids)
	must(t, err)
	var audience []store.FrozenMessage
	for _, p := range people {
		audience = append(audience, store.FrozenMessage{Message: data.Message{Contact: p.ID, To: p.Phone, Kind: data.Notice, State: data.Queued, Variant: "A"}})
	}
	c.State = data.Running
	must(t, shop.Store.Freeze(t.Context(), &c, audience))
	d := newDesk(t, shop, c.ID, i18n.English, theme.Light, 1280, 1160)
	all := says(d.view.Content())
	if strings.Contains(all, "A or B?") {
		t.Error("one wording is compared with nothing")
	}
	if holds(d.view.Content(), d.view.board.opens) || holds(d.view.Content(), d.view.board.redemptions) {
		t.Error("there are panels without anything in them")
	}
	if opened := d.view.board.funnelFigures(d.view.model.Report).Stages[2]; opened.Note != "the texts carry no link" || opened.Of != -1 {
		t.Errorf("without links it says %+v", opened)
	}
	d.sees(t, "Goal: links opened", "0 of 10", "It isn’t over: 20 texts are still to go out.")
	d.picture(t, "result-goal", 1280, 800)
	press(t, d.view.Content(), "See the progress")
	if d.Targets[0] != (page.ToCampaign{ID: c.ID}) {
		t.Errorf("it leads to %+v", d.Targets)
	}
	shop.Clock.Set(shop.Clock.Now().Add(time.Hour))
	if n, err := shop.Store.StopCampaign(t.Context(), c.ID); err != nil || n != 20 {
		t.Fatal(n, err)
	}
	d.view.rest = page.Rest{}
	d.view.Changed()
	if d.view.model.Counts[store.FateCancelled] != 20 {
		t.Errorf("%v", d.view.model.Counts)
	}
}

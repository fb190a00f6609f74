package sender

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/relay"
)

// crowd imports n people of Portland who agreed.
func (s *shop) crowd(n int) {
	s.t.Helper()
	rows := make([]data.ImportRow, n)
	for i := range rows {
		rows[i] = person(i)
	}
	s.people(rows...)
}

func (s *shop) campaign(id data.CampaignID) *data.Campaign {
	s.t.Helper()
	c, err := s.Campaign(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// An engine with nothing to do writes nothing and wakes nobody, overnight with a held campaign too: else it would wake
// itself twenty times a second.
func TestAnIdleEngineRests(t *testing.T) {
	s := newShop(t)
	s.crowd(3)
	s.carrier.caps.Inbound = provider.PollNone
	s.carrier.caps.ReportsOptOuts = true
	s.open()
	s.sent(s.draft("Hi, {code}"))
	s.pass()
	s.move(12 * time.Hour) // 22:00: the next waits for the morning
	s.sent(s.draft("Hi again, {code}"))
	s.visit(0, "2026-11-27T09:30")
	s.pass()
	told := 0
	s.OnChange(func() { told++ })
	for range 5 {
		s.move(2 * time.Second)
		s.pass()
	}
	if told != 0 {
		t.Errorf("an idle engine changed something %d times", told)
	}
}

func TestAnOutageIsNotTriedOnEverybody(t *testing.T) {
	s := newShop(t)
	s.crowd(60)
	s.carrier.caps.MaxBatch = 5
	s.open()
	calls, down := 0, true
	s.carrier.before = func() { calls++ }
	s.carrier.answer = func(provider.Text) provider.Outcome {
		if down {
			return provider.Outcome{State: provider.NotSent, Class: data.ClassTemporary}
		}
		return provider.Outcome{State: provider.Accepted, ProviderID: "x"}
	}
	id := s.sent(s.draft("Hi, {code}"))
	for range 10 {
		s.pass()
	}
	if calls != 1 {
		t.Errorf("%d calls at one moment", calls)
	}
	for range 60 {
		s.move(time.Second)
		s.pass()
	}
	if calls > 6 {
		t.Errorf("%d calls in a minute", calls)
	}
	down = false
	for range 10 {
		s.move(5 * time.Minute)
		s.pass()
	}
	if f := s.funnel(id); f.Sent != 60 || len(s.carrier.got) != 60 {
		t.Errorf("afterwards %+v, %d texts", f, len(s.carrier.got))
	}
}

// What the engine does is told when it changes, so that a window shows an outage at once and its end as well.
func TestAnOutageAndItsEndAreTold(t *testing.T) {
	s := newShop(t)
	s.crowd(3)
	var told []State
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, OnState: func(st State) { told = append(told, st) }})
	down := true
	s.carrier.answer = func(provider.Text) provider.Outcome {
		if down {
			return provider.Outcome{State: provider.NotSent, Class: data.ClassTemporary}
		}
		return provider.Outcome{State: provider.Accepted, ProviderID: "x"}
	}
	s.sent(s.draft("Hi, {code}"))
	began := s.Now()
	s.pass()
	s.pass() // while it rests, nothing new is known
	if len(told) != 1 || data.CodeOf(told[0].Trouble) != data.ProviderDown || told[0].Since != began || told[0].Sending {
		t.Fatalf("in the outage: %+v", told)
	}
	down = false
	s.move(time.Hour)
	s.pass()
	if len(told) != 4 || !told[1].Sending || told[2].Trouble != nil || !told[2].Sending || told[3].Sending {
		t.Errorf("after it: %+v", told[1:])
	}
}

func TestAWrongCredentialIsNotTriedOnEveryReminder(t *testing.T) {
	s := newShop(t)
	var visits []string
	for i := range 20 {
		visits = append(visits, fmt.Sprintf("Ann%d 2026-11-25T09:30 +1503555%04d", i, 100+i))
	}
	s.book("+15035550100", visits...)
	s.carrier.caps.MaxBatch = 2
	s.open()
	calls := 0
	s.carrier.before = func() { calls++ }
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.Rejected, Class: data.ClassAuth}
	}
	for range 60 {
		s.pass()
		s.move(time.Second)
	}
	if calls < 1 || calls > 3 {
		t.Errorf("%d calls in a minute", calls)
	}
	s.carrier.answer = nil
	for range 40 {
		s.move(time.Minute)
		s.pass()
	}
	if n := s.states()[data.Accepted]; n != 20 {
		t.Errorf("%d reminders in the end: %v", n, s.states())
	}
}

func TestAClockThatIsPutBackStopsNothing(t *testing.T) {
	s := newShop(t)
	s.crowd(2)
	s.carrier.caps.MinPoll = time.Minute
	s.carrier.answer = func(provider.Text) provider.Outcome {
		return provider.Outcome{State: provider.NotSent, Class: data.ClassTemporary}
	}
	s.open()
	s.sent(s.draft("Hi, {code}"))
	s.pass()
	s.move(-26 * time.Hour)
	s.carrier.answer = nil
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if f := s.funnel(id); f.Sent != 2 {
		t.Fatalf("a day earlier: %+v", f)
	}
	s.move(2 * time.Minute)
	s.pass() // asks
	s.move(-26 * time.Hour)
	s.carrier.news = map[string]data.MessageState{}
	for _, x := range s.carrier.got {
		s.carrier.news["id-"+x.Ref] = data.Delivered
	}
	s.move(2 * time.Minute)
	s.pass()
	if f := s.funnel(id); f.Delivered != 2 {
		t.Errorf("two days earlier: %+v", f)
	}
}

// A campaign that takes hours: who opts out in the middle of it is heard in the middle of it, a campaign and a visit whose
// hour comes meanwhile have theirs.
func TestALongCampaignHearsAndLetsOthersIn(t *testing.T) {
	s := newShop(t)
	s.crowd(90)
	s.visit(95, "2026-11-24T12:01") // its two hours before are in a minute
	s.carrier.caps.MaxBatch, s.carrier.caps.RatePerSec, s.carrier.caps.MinPoll = 1, 1, time.Second
	s.open()
	other := s.draft("Other, {code}")
	other.At = s.Now().Add(20 * time.Second)
	second := s.sent(other)
	s.carrier.before = func() {
		if len(s.carrier.got) == 10 && len(s.carrier.inbound) == 0 {
			s.carrier.inbound = []provider.Inbound{{ID: "in1", From: "+15035550189", Text: "STOP", At: s.Now()}}
		}
	}
	s.sent(s.draft("Hi, {code}"))
	s.pass()
	reminded, others := 0, 0
	for i, x := range s.carrier.got {
		if x.To == "+15035550189" {
			t.Errorf("text %d went to somebody who had opted out after the tenth", i)
		}
		if x.Kind == data.Reminder {
			reminded = i
		}
		if strings.Contains(x.Body, "Other") {
			others++
		}
	}
	if reminded == 0 || reminded > 80 {
		t.Errorf("the reminder was text %d of %d", reminded, len(s.carrier.got))
	}
	if f := s.funnel(second); others != 89 || f.Blocked != 1 {
		t.Errorf("%d of the other campaign: %+v", others, f)
	}
}

func TestACampaignThatCantBeWrittenPausesAlone(t *testing.T) {
	s, r := templateShop(t)
	r.state = provider.TemplateApproved
	bad := s.draft("Hi, {code}")
	bad.At = s.Now().Add(time.Hour)
	first := s.sent(bad)
	good := s.draft("Hello, {code}")
	good.At = s.Now().Add(time.Hour)
	second := s.sent(good)
	s.move(11 * time.Minute)
	s.pass() // both approved: their people are frozen
	known, err := s.Templates(t.Context(), "practice")
	if err != nil || len(known) != 2 {
		t.Fatalf("%+v (%v)", known, err)
	}
	for _, k := range known {
		if k.ID == s.campaign(first).Variants[0].Template {
			k.Text = "Something else {1}"
			if err := s.SaveTemplate(t.Context(), k); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.move(2 * time.Hour)
	s.pass()
	if c := s.campaign(first); c.State != data.Paused || c.Reason != "template_changed" {
		t.Errorf("the one is %s, %s", c.State, c.Reason)
	}
	if f := s.funnel(first); f.Sent != 0 || f.Held != 2 {
		t.Errorf("%+v", f)
	}
	if f := s.funnel(second); f.Sent != 2 {
		t.Errorf("the other: %+v", f)
	}
}

func TestOneRefusedTemplateHoldsNoOtherCampaignUp(t *testing.T) {
	s, r := templateShop(t)
	first, second := s.sent(s.draft("Hi, {code}")), s.sent(s.draft("Hello, {code}"))
	refused := s.campaign(first).Variants[0].Template
	r.stateOf = func(id string) provider.TemplateState {
		if id == refused {
			return provider.TemplateRefused
		}
		return provider.TemplateApproved
	}
	s.move(11 * time.Minute)
	if sum := s.pass(); data.CodeOf(sum.Trouble) != "template_refused" {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	if f := s.funnel(second); f.Sent != 2 {
		t.Errorf("the approved one: %+v", f)
	}
	if c := s.campaign(first); c.State != data.Draft || c.Reason != "template_refused" {
		t.Errorf("the refused one is %s, %s", c.State, c.Reason)
	}
	s.move(11 * time.Minute)
	if sum := s.pass(); sum.Trouble != nil {
		t.Errorf("still trouble: %v", sum.Trouble)
	}
}

func TestABrokenReminderTextHoldsRemindersAndNothingElse(t *testing.T) {
	s := newShop(t)
	s.crowd(1)
	s.visit(5, "2026-11-25T09:30")
	plan, err := s.ReminderPlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan.Text = "See you {datum}"
	if err := s.SetReminderPlan(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	id := s.sent(s.draft("Hi, {code}"))
	s.pass()
	if f := s.funnel(id); f.Sent != 1 {
		t.Errorf("the campaign: %+v", f)
	}
	plan.Text = "See you {date}"
	if err := s.SetReminderPlan(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	s.move(5 * time.Minute)
	s.pass()
	if n := len(s.carrier.got); n != 2 || !strings.Contains(s.carrier.got[1].Body, "See you Wed 25 Nov") {
		t.Errorf("%+v", s.carrier.got)
	}
}

func TestWithoutTheRelayTextsWithLinksWaitAndOthersGo(t *testing.T) {
	s := newShop(t)
	s.crowd(2)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	key, err := relay.NewKey(strings.NewReader(strings.Repeat("k", 64)))
	if err != nil {
		t.Fatal(err)
	}
	c, err := relay.NewClient(dead.URL, key, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Links: &Links{Client: c, id: "dead"}})
	linked, plain := s.sent(s.draft("Hi, {code} {link}")), s.sent(s.draft("Hello, {code}"))
	if sum := s.pass(); data.CodeOf(sum.Trouble) != relay.Down {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	if f := s.funnel(plain); f.Sent != 2 {
		t.Errorf("without links: %+v", f)
	}
	why, err := s.ReasonCounts(t.Context(), linked, data.Held)
	if err != nil || why[store.LinkWait] != 2 {
		t.Errorf("with links: %v (%v)", why, err)
	}
	links, err := OpenLinks(t.Context(), s.Store, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = links.Close() })
	if err := s.engine.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Links: links})
	s.pass() // at once, whatever they waited for
	if f := s.funnel(linked); f.Sent != 2 {
		t.Errorf("with the relay back: %+v", f)
	}
}

func TestAPageThatCantBePublishedHoldsItsOwnCampaignAlone(t *testing.T) {
	s := newShop(t)
	s.crowd(2)
	links, err := OpenLinks(t.Context(), s.Store, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = links.Close() })
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Links: links})
	bad := s.draft("Hi, {code} {link}")
	bad.Offer.Terms = strings.Repeat("x", 20_000)
	first := s.sent(bad)
	second := s.sent(s.draft("Hello, {code} {link}"))
	if sum := s.pass(); data.CodeOf(sum.Trouble) != relay.BadPage {
		t.Errorf("trouble: %v", sum.Trouble)
	}
	if c := s.campaign(first); c.State != data.Paused || c.Reason != string(relay.BadPage) {
		t.Errorf("the one is %s, %s", c.State, c.Reason)
	}
	if f := s.funnel(second); f.Sent != 2 {
		t.Errorf("the other: %+v", f)
	}
}

func TestTheReviewsSegmentsAndCostAreThoseOfTheTextsThatGoOut(t *testing.T) {
	s := newShop(t)
	rows := []data.ImportRow{person(0), person(1), person(2), somebody("+447700900123", 3)}
	rows[1].Contact.GivenName = "Zoë Ж" // 16 bits a character
	rows[2].Contact.GivenName = strings.Repeat("Bartholomew ", 12)
	s.people(rows...)
	if err := s.SetPrice(t.Context(), "practice", "", "", 7_900, "USD"); err != nil {
		t.Fatal(err)
	}
	links, err := OpenLinks(t.Context(), s.Store, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = links.Close() })
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, Links: links})
	c := s.draft("Hi {first_name|there}, {offer} until {expires}: {code} {link}")
	if err := s.engine.Campaigns().Create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	r, err := s.engine.Campaigns().Send(t.Context(), c.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.pass()
	came, err := report.Read(t.Context(), s.Store, report.Question{Campaign: c.ID})
	if err != nil {
		t.Fatal(err)
	}
	if m := came.Money; m.Segments != r.Segments || m.Cost != r.Cost || r.Segments < 6 || came.Funnel.Sent != 4 {
		t.Errorf("reviewed %d segments, %+v; sent %d, %+v", r.Segments, r.Cost, m.Segments, m.Cost)
	}
}

func TestTroubleThatPassesDoesntEndTheEngine(t *testing.T) {
	for code, want := range map[data.Code]bool{data.Busy: true, data.DiskFull: true, "disk_fault": true, data.Damaged: false, data.TooNew: false, data.Internal: false} {
		if got := passing(data.Errorf(code, "x", "y")); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	if passing(context.Canceled) {
		t.Error("the end is no trouble")
	}
}

// News is asked for less often than the engine looks around. Until it is asked for again, an outage isn't over.
func TestAnOutageThatNewsMetHoldsUntilTheyAreAskedForAgain(t *testing.T) {
	s := newShop(t)
	s.carrier.caps.MinPoll = 15 * time.Second
	var told []State
	s.engine = New(Needs{Store: s.Store, Provider: s.carrier, OnState: func(st State) { told = append(told, st) }})
	s.carrier.down = data.Errorf(data.ProviderDown, "ask for replies", "refused")
	for range 20 { // two rounds of asking, and many looks in between
		s.pass()
		s.move(time.Second)
	}
	if len(told) != 1 || data.CodeOf(told[0].Trouble) != data.ProviderDown {
		t.Fatalf("in the outage: %+v", told)
	}
	s.carrier.down = nil
	s.move(15 * time.Second)
	s.pass()
	if len(told) != 2 || told[1].Trouble != nil {
		t.Errorf("after it: %+v", told)
	}
}

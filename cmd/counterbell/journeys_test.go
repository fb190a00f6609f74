//go:build e2e

package main_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/theme"
)

// The three journeys, each in both languages, with mouse and keyboard: the clicks are counted, and what came of them is
// asked of the database. Typing is not counted.

func inBothLanguages(t *testing.T, journey func(t *testing.T, s *shop, language string)) {
	for _, language := range []string{"en", "zh-Hans"} {
		t.Run(language, func(t *testing.T) {
			s := newShop(t)
			s.must("business", "--name", "Lark Optical", "--person", "Dana", "--zone", "America/Los_Angeles", "--practice-clock", "2026-11-24T10:00")
			journey(t, s, language)
		})
	}
}

// profile opens the profile beside the window.
func (s *shop) ask(do func(ctx context.Context, p *store.Store) error) {
	s.t.Helper()
	p, err := store.Open(s.t.Context(), store.Options{Dir: s.profile})
	if err != nil {
		s.t.Fatal(err)
	}
	defer p.Close()
	if err := do(s.t.Context(), p); err != nil {
		s.t.Fatal(err)
	}
}

// atMost checks how many clicks a journey took.
func (w *window) atMost(clicks int) {
	w.t.Helper()
	w.t.Logf("%d clicks", w.clicks)
	if w.clicks > clicks {
		w.t.Errorf("it took %d clicks, and should take %d", w.clicks, clicks)
	}
}

// tabTo presses Tab until the field below a label has the focus.
func (h *hands) tabTo(label string) {
	h.t.Helper()
	want := h.fieldOf(label)
	for range 40 {
		for _, p := range h.reads() {
			if p.Focused && p.X == want.X && p.Y == want.Y {
				return
			}
		}
		h.press("Tab")
	}
	h.t.Fatalf("Tab never comes to %q", label)
}

func TestWindowAShopOwnerSendsACouponInSixClicks(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, s *shop, language string) {
		s.must("import", filepath.Join(s.root, "assets", "samples", "customers.xlsx"), "--country", "US", "--consent", "marketing", "--basis", "express_written")
		w := s.open(language, theme.Light)
		w.tapKey("today.new_campaign") // 1
		w.tells("compose.percent")
		w.still()
		w.tabTo(w.texts.T("compose.percent"))
		w.types("20")
		w.tapKey("compose.audience.lapsed")                                     // 2
		w.tapKey("compose.ideas")                                               // 3
		w.tap(map[string]string{"en": "Win back", "zh-Hans": "老客回访"}[language]) // 4
		w.keep("journey-owner-write-"+language, w.still())
		w.tapKey("compose.review") // 5
		var group data.Group
		s.ask(func(ctx context.Context, p *store.Store) error {
			all, err := p.Campaigns(ctx)
			if err != nil {
				return err
			}
			if len(all) != 1 {
				return fmt.Errorf("%d campaigns", len(all))
			}
			n, err := p.CountGroup(ctx, all[0].Group)
			group = data.Group{Name: all[0].GroupName, Conditions: all[0].Group, Count: n}
			return err
		})
		w.keep("journey-owner-review-"+language, w.still())
		w.tap(w.texts.N("review.send", group.Count)) // 6
		w.atMost(6)
		w.says(w.texts.N("review.undo_goes", group.Count))
		w.keep("journey-owner-undo-"+language, w.still())
		w.tapKey("review.send_now") // nobody has to: a minute later it goes by itself
		waitFor(t, "texts are delivered", time.Minute, func() bool {
			return ask[report](s, "report", "--campaign", "1").Funnel.Delivered > group.Count/2
		})
		if f := ask[report](s, "report", "--campaign", "1").Funnel; f.Audience != group.Count {
			t.Errorf("%d people in the group, %d in the audience", group.Count, f.Audience)
		}
		w.keep("journey-owner-sent-"+language, w.still())
		s.leave(w)
	})
}

// schedule writes an export of an appointment book.
func (s *shop) schedule(name string, rows ...[]string) string {
	s.t.Helper()
	path := filepath.Join(filepath.Dir(s.profile), name)
	file, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	w := csv.NewWriter(file)
	if err := w.WriteAll(append([][]string{{"Appt ID", "Date", "Time", "Patient", "Phone", "Service", "With"}}, rows...)); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func TestWindowAReceptionistRemindsThePeopleOfTheDayInFourClicks(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, s *shop, language string) {
		s.ask(func(ctx context.Context, p *store.Store) error {
			plan, err := p.ReminderPlan(ctx)
			if err != nil {
				return err
			}
			plan.Mode = data.PlanReview // reminders wait for somebody to look
			return p.SetReminderPlan(ctx, plan)
		})
		w := s.open(language, theme.Light)
		w.press(w.keyOf("appointments"))
		w.tells("shell.appointments")
		// The first day: the book comes in, and a question is asked that is remembered.
		w.drop(s.schedule("monday.csv",
			[]string{"A1", "2026-11-25", "14:00", "Maya Chen", "(503) 555-0142", "Eye exam", "Dr Okafor"},
			[]string{"A2", "2026-11-25", "15:00", "Tom Alvarez", "(503) 555-0117", "Fitting", "Tomás"},
			[]string{"A3", "2026-11-26", "11:00", "Ines Duarte", "(503) 555-0188", "Eye exam", "Dr Okafor"}))
		w.tap(w.texts.N("appointments.apply", 3))
		w.tapKey("appointments.answer.booked")
		w.tap(w.texts.N("appointments.apply", 3))
		waitFor(t, "the book is in", patience, func() bool { return len(s.visits("2026-11-25")) == 2 })

		w.clicks = 0                     // each day after it
		w.drop(s.schedule("tuesday.csv", // 1: one moved, one new, one gone
			[]string{"A1", "2026-11-25", "16:00", "Maya Chen", "(503) 555-0142", "Eye exam", "Dr Okafor"},
			[]string{"A3", "2026-11-26", "11:00", "Ines Duarte", "(503) 555-0188", "Eye exam", "Dr Okafor"},
			[]string{"A4", "2026-11-25", "12:00", "Walter Greene", "(971) 555-0163", "Frame fitting", "Tomás"}))
		w.find("the differences are counted", func(p place) bool { return p.Kind == "press" && p.Text == w.texts.N("appointments.apply", 3) })
		w.keep("journey-reception-look-"+language, w.still())
		w.tap(w.texts.N("appointments.apply", 3)) // 2
		waitFor(t, "the book is as the export", patience, func() bool { return len(s.visits("2026-11-25")) == 3 })
		w.keep("journey-reception-applied-"+language, w.still())
		w.tapKey("appointments.review") // 3
		w.keep("journey-reception-review-"+language, w.still())
		before := s.reminders()
		w.tap(w.texts.T("appointments.schedule_n.other", "n", 6)) // 4: two steps for each of three visits
		w.atMost(4)
		waitFor(t, "reminders are scheduled", patience, func() bool { return s.reminders() > before })
		states := map[string]string{}
		for _, v := range s.visits("2026-11-25") {
			states[v.Patient] = v.State
		}
		if states["Tom Alvarez"] != "cancelled" || states["Walter Greene"] == "" || states["Maya Chen"] == "cancelled" {
			t.Errorf("the day's visits are %v", states)
		}
		w.keep("journey-reception-"+language, w.still())
		s.leave(w)
	})
}

type visit struct{ Patient, Wall, State string }

func (s *shop) visits(day string) []visit {
	return ask[[]visit](s, "appointments", "list", "--day", day)
}

// reminders counts the messages that wait to remind somebody.
func (s *shop) reminders() (n int) {
	for range lines[struct{ To string }](s, "messages", "--state", "queued") {
		n++
	}
	for range lines[struct{ To string }](s, "messages", "--state", "held") {
		n++
	}
	return n
}

func TestWindowAColleagueBringsAListInWithThreeClicks(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, s *shop, language string) {
		w := s.open(language, theme.Light)
		w.press(w.keyOf("import"))
		w.tells("shell.import")
		w.drop(filepath.Join(s.root, "assets", "samples", "customers.xlsx")) // 1
		w.tapKey("imports.agreed.signed")                                    // 2
		w.keep("journey-import-check-"+language, w.still())
		w.tap(w.texts.N("imports.go_people", 274)) // 3
		w.tells("imports.receipt.title")
		w.atMost(3)
		w.keep("journey-import-receipt-"+language, w.still())
		if people := len(lines[struct{ Phone string }](s, "contacts", "--limit", "0")); people != 274 {
			t.Errorf("%d people are in the book, the list has 274", people)
		}
		s.leave(w)
	})
}

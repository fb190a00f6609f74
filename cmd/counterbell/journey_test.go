//go:build e2e

// The main job in a real window: .ci/e2e puts up a screen that nobody sees and runs this.
package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

// TestWindowFromASpreadsheetToACouponAtTheTill does what a shop does in its first week: it brings its list in, sends a
// coupon, takes it at the till, and looks at what came of it. Tuesday is 24 November 2026 on the practice clock.
func TestWindowFromASpreadsheetToACouponAtTheTill(t *testing.T) {
	s := newShop(t)
	s.must("business", "--name", "Lark Optical", "--person", "Dana", "--zone", "America/Los_Angeles", "--practice-clock", "2026-11-24T10:00")

	everyPage(s, "empty")
	tuesday(s)
	s.untilFriday()
	friday(s)
	everyPage(s, "full")
}

// tuesday: an empty profile, the sample list, a campaign, a coupon at the till.
func tuesday(s *shop) {
	t := s.t
	w := s.open("en", theme.Light)
	nothing := w.still()
	w.keep("today-empty", nothing)

	// The list comes in.
	w.keep("import-empty", w.after("Import opens", func() { w.press(w.keyOf("import")) }))
	w.after("the sample list opens", func() { w.tapKey("imports.sample") })
	w.keep("import-check", w.untilPainted("its rows are counted", theme.OKSoft, 0.001))
	w.after("the question is answered", func() { w.tapKey("imports.agreed.signed") })
	w.keep("import-answered", w.still())
	w.after("it is imported", func() { w.press("Return") })
	w.keep("import-receipt", w.untilPainted("the receipt shows", theme.OK, 0.005))

	people := len(lines[json.RawMessage](s, "contacts", "--limit", "0"))
	if people != 274 {
		t.Errorf("%d people are in the book, the sample list has 274", people)
	}
	if v := ask[struct {
		OK      bool
		Entries int
	}](s, "consent", "verify"); !v.OK || v.Entries == 0 {
		t.Errorf("the ledger after an import: %+v", v)
	}

	// bell writes the campaign beside the window; the window's own engine sends it.
	s.must("campaign", "create", "--name", "Sunglasses week", "--group", "all", "--offer", "20% off", "--terms", "On frames", "--expires", "7d",
		"--text", "Hi {first_name|there}, sunglasses week: {offer} with {code}. {link}")
	s.must("campaign", "send", "1")
	if _, said, code := s.bell("run", "--once"); code != 0 || strings.TrimSpace(said) != i18n.New(i18n.English).T("run.elsewhere") {
		t.Errorf("bell run beside the window: exit %d, %q", code, said)
	}
	sent := time.Now()
	var code string
	waitFor(t, "texts are delivered", time.Minute, func() bool {
		code = s.code()
		return code != ""
	})
	t.Logf("the first text was delivered %.1f s after the campaign was sent", time.Since(sent).Seconds())

	// At the till: the code typed by hand, the same again from the scanner, one with a slip.
	w.keep("redeem-idle", w.after("Redeem opens", func() { w.press(w.keyOf("redeem")) }))
	w.types(strings.ToLower(code))
	w.press("Return")
	w.keep("redeem-ok", w.untilPainted("the till turns green", theme.OKSoft, 0.05))
	refusal, said, exit := s.bell("redeem", code, "--json")
	var told struct {
		OK            bool
		Problem, Till string
	}
	if err := json.Unmarshal(refusal, &told); err != nil || exit != 3 || told.OK || told.Problem != "used" || told.Till != "Till 1" {
		t.Errorf("bell redeem of a used code: exit %d, %s%s", exit, refusal, said)
	}
	w.scans(code)
	w.keep("redeem-used", w.untilPainted("the till turns red", theme.DangerSoft, 0.05))
	w.types(slip(code))
	w.press("Return")
	w.keep("redeem-mistyped", w.untilPainted("the till doubts the code", theme.WarnSoft, 0.05))
	w.after("Escape empties the boxes", func() { w.press("Escape") })

	today := w.after("Today opens", func() { w.press(w.keyOf("today")) })
	w.keep("today-first", today)
	if n := changed(nothing, today); n < 20_000 {
		t.Errorf("Today differs in %d pixels from an empty day", n)
	}
	if f := ask[report](s, "report", "--campaign", "1").Funnel; f.Redeemed < 1 || f.Sent < 200 {
		t.Errorf("the campaign's figures: %+v", f)
	}

	secondStart(w)
	now, most := w.memory()
	t.Logf("memory: %d MB, at most %d MB", now, most)
	if err := w.run.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	w.ends()
	s.quietLog()
}

// report is the part of bell's that is looked at here.
type report struct {
	Funnel struct{ Audience, Sent, Delivered, Opened, Redeemed int }
}

// slip changes one character of a code, as a hand does.
func slip(code string) string {
	other := "7"
	if strings.HasSuffix(code, other) {
		other = "8"
	}
	return code[:len(code)-1] + other
}

// secondStart starts the app again on the same profile while its window is put away.
func secondStart(w *window) {
	w.t.Helper()
	w.xdotool("windowminimize", w.window)
	waitFor(w.t, "the window is put away", patience, func() bool {
		visible, _ := w.ask("search", "--onlyvisible", "--pid", strconv.Itoa(w.run.Process.Pid))
		return visible == ""
	})
	if out, err := w.shop.app().CombinedOutput(); err != nil {
		w.t.Fatalf("the second start: %v\n%s", err, out)
	}
	waitFor(w.t, "the first window comes to the front", patience, func() bool {
		front, _ := w.ask("getactivewindow")
		visible, _ := w.ask("search", "--onlyvisible", "--pid", strconv.Itoa(w.run.Process.Pid))
		return front == w.window && visible == w.window
	})
}

// untilFriday lets three days go by with the window closed: people open their links, some come to the till, and the list of
// appointments is brought in.
func (s *shop) untilFriday() {
	s.t.Helper()
	s.must("appointments", "import", filepath.Join(s.root, "assets", "samples", "appointments.xlsx"))
	paid := 40
	sell := func(coupons int) {
		for range coupons {
			paid = 30 + paid*7%190
			s.must("redeem", s.code(), "--amount", strconv.Itoa(paid)+".60")
		}
	}
	for _, coupons := range []int{ // every four hours from Tuesday 14:00 on, as many as come to the till
		3, 2, 0, 0, 0, 2, 3, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0,
	} {
		s.pass(4 * time.Hour)
		sell(coupons)
	}
	s.pass(3*time.Hour + 20*time.Minute) // Friday, twenty past nine
	sell(1)
	s.pass(20 * time.Minute)
	sell(1)
	s.pass(20 * time.Minute)
}

// friday: what came of it.
func friday(s *shop) {
	w := s.open("en", theme.Light)
	w.keep("today", w.untilPainted("Today shows what was opened", theme.Chart1, 0.002))
	w.after("Redeem opens", func() { w.press(w.keyOf("redeem")) })
	w.scans(s.code())
	w.untilPainted("the till turns green", theme.OKSoft, 0.05)
	w.types("189")
	w.keep("redeem", w.still())
	w.after("the sale is done", func() { w.press("Return") })
	if f := ask[report](s, "report", "--campaign", "1").Funnel; f.Redeemed != 18 || f.Opened < 50 {
		s.t.Errorf("the campaign's figures on Friday: %+v", f)
	}

	s.leave(w)
}

// leave closes the window as its user does. Where texts are still to go out, it asks first.
func (s *shop) leave(w *window) {
	s.t.Helper()
	w.press("alt+F4")
	asked := false
	waitFor(s.t, "the window closes, or asks", patience, func() bool {
		if !w.runs() {
			return true
		}
		if seen, err := w.tryToRead(); err == nil {
			for _, p := range seen {
				asked = asked || p.Kind == "press" && p.Text == w.texts.T("shell.close_do")
			}
		}
		return asked
	})
	if asked {
		button := w.find("the window can be closed", func(p place) bool { return p.Kind == "press" && p.Text == w.texts.T("shell.close_do") })
		w.click(button.middle())
	}
	w.ends()
	s.quietLog()
}

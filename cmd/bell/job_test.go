package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
	"counterbell/sender"
)

var codeInText = regexp.MustCompile(`\b[2-9A-Z]{4}-[2-9A-Z]{4}\b`)

// TestTheWholeJob does by commands what Counterbell is for: a list comes in, a coupon goes out, people open it and come
// to the till, and it is all counted.
func TestTheWholeJob(t *testing.T) {
	d := openDesk(t)
	list := d.file("customers.xlsx", string(samples.Customers))

	// The list, first on trial, then for good.
	var trial, receipt data.Receipt
	d.json(&trial, "import", list, "--dry-run")
	if trial.Import != 0 || !trial.DryRun || len(d.does("contacts", "--json")) != 0 {
		t.Fatalf("a dry run left something: %+v", trial)
	}
	rejects := filepath.Join(t.TempDir(), "rejects.xlsx")
	d.json(&receipt, "import", list, "--consent", "marketing,reminders", "--basis", "express_written", "--consent-source", "card at the counter", "--rejects", rejects)
	if receipt.Rows != receipt.Added+receipt.Updated+receipt.Unchanged+receipt.Duplicate+receipt.Rejected+receipt.Skipped || receipt.Added < 250 || receipt.Rejected != len(receipt.Rejects) ||
		receipt.Added != trial.Added || receipt.HeaderRow != 3 || receipt.Sheet != "Customers" || receipt.Country != "US" || receipt.Import != 1 {
		t.Fatalf("receipt %+v", receipt)
	}
	var bad sheetReport
	if d.json(&bad, "sheet", rejects); bad.Sheets[0].Rows != receipt.Rejected+1 {
		t.Errorf("the file of rejects has %d rows, want %d and the heading", bad.Sheets[0].Rows, receipt.Rejected)
	}

	// A group, and a campaign to it.
	group := []string{"group", "save", "Lately", "--where", "last_visit >= 200d and tag != vip"}
	people := one[int](d, "count", group...)
	if n := one[int](d, "count", "group", "count", "Lately"); n != people || n < 20 {
		t.Fatalf("the group holds %d people, then %d", people, n)
	}
	var created data.Campaign
	d.json(&created, "campaign", "create", "--name", "Sunglasses", "--group", "Lately", "--text", "Hi {first_name|there}, {offer} until {expires}: {code} {link}", "--variant", "{offer}: show {code}, {link}",
		"--offer", "20% off any sunglasses", "--uses", "1", "--expires", "13d")
	if created.State != data.Draft || created.Offer.Percent != 20 || created.Offer.ValidTo != "2026-12-07" || len(created.Variants) != 2 || !created.Practice {
		t.Fatalf("campaign %+v", created)
	}
	var review struct {
		Audience, Now, Held, Blocked, Segments int
		Reasons                                map[string]int
		Samples                                []struct{ Text string }
	}
	id := fmt.Sprint(created.ID)
	d.json(&review, "campaign", "preview", id)
	if review.Audience != people || review.Now+review.Held+review.Blocked != people || review.Segments < review.Now+review.Held || len(review.Samples) == 0 ||
		!strings.HasPrefix(review.Samples[0].Text, "Lark Optical: ") || !strings.Contains(review.Samples[0].Text, "STOP") {
		t.Fatalf("preview %+v", review)
	}
	d.does("campaign", "send", id)
	d.refuses(exitRefused, "running", "campaign", "send", id)

	// Two days pass; bell runs every half hour.
	var all sender.Summary
	for range 40 {
		var s sender.Summary
		d.json(&s, "run", "--once")
		all.Accepted += s.Accepted
		all.Opens += s.Opens
		all.Statuses += s.Statuses
		d.later(72 * time.Minute)
	}
	var status struct {
		State  data.CampaignState
		Funnel map[string]int
	}
	d.json(&status, "campaign", "status", id)
	f := status.Funnel
	if f["sent"] != f["delivered"]+f["undelivered"] || f["audience"] != f["sent"]+f["held"]+f["blocked"]+f["rejected"]+f["unknown"]+f["waiting"]+f["expired"]+f["cancelled"] ||
		f["audience"] != people || all.Accepted != f["sent"] || f["delivered"] < people/2 || f["opened"] == 0 || f["opened"]+f["previews"] > f["delivered"] || all.Opens < f["opened"] || f["redeemed"] != 0 {
		t.Fatalf("funnel %v of %d people; bell run told of %+v", f, people, all)
	}
	if status.State != data.Done {
		t.Errorf("the campaign is %s", status.State)
	}

	// Nobody twice; every line as the contract says.
	seen := map[string]bool{}
	code := ""
	for line := range strings.Lines(d.does("messages", "--campaign", id, "--json")) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"id", "to", "state", "reason", "provider_id", "attempts", "at"} {
			if _, ok := m[field]; !ok {
				t.Fatalf("a message has no %s: %s", field, line)
			}
		}
		to := m["to"].(string)
		if seen[to] {
			t.Errorf("%s got two messages", to)
		}
		seen[to] = true
		if m["state"] == "delivered" && m["campaign_id"] == float64(created.ID) {
			code = codeInText.FindString(m["text"].(string))
		}
	}
	if len(seen) != people || code == "" {
		t.Fatalf("%d messages, want %d; code %q", len(seen), people, code)
	}

	d.till(code)
	var report struct {
		Funnel map[string]int
		Money  struct{ Sales []data.Money }
	}
	d.json(&report, "report", "--campaign", id)
	if report.Funnel["redeemed"] != 1 || report.Funnel["delivered"] != f["delivered"] || len(report.Money.Sales) != 1 || report.Money.Sales[0].Minor != 1250 {
		t.Errorf("the report says %+v", report)
	}

	// The import goes back; who has history stays, and so does the ledger.
	var undone struct {
		Reversed, Removed int
		Kept              []struct{ Reason string }
	}
	var before, after struct{ Entries int }
	d.json(&before, "consent", "verify")
	d.json(&undone, "undo", "1")
	if undone.Removed+len(undone.Kept) != receipt.Added || len(undone.Kept) != people || undone.Kept[0].Reason != "has_history" || undone.Reversed != undone.Removed {
		t.Errorf("undo: %d removed, %d kept, %d reversed of %d", undone.Removed, len(undone.Kept), undone.Reversed, receipt.Added)
	}
	if d.json(&after, "consent", "verify"); after.Entries <= before.Entries {
		t.Errorf("the ledger had %d entries and has %d", before.Entries, after.Entries)
	}
	d.refuses(exitRefused, "taken back already", "undo", "1")
	d.refuses(exitUsage, "no import", "undo", "77")
}

// till redeems a coupon's code, in all the ways in which people write it.
func (d *desk) till(code string) {
	d.Helper()
	var r map[string]any
	d.json(&r, "redeem", code, "--till", "Till 2", "--amount", "12.50")
	for _, field := range []string{"ok", "code", "offer", "contact", "redeemed_at", "till"} {
		if _, ok := r[field]; !ok {
			d.Errorf("redeem has no %s: %v", field, r)
		}
	}
	if r["ok"] != true || r["code"] != code || r["till"] != "Till 2" || r["problem"] != nil {
		d.Fatalf("redeem %v", r)
	}
	bare := strings.ReplaceAll(code, "-", "")
	wide := strings.Map(func(c rune) rune { return c + 0xfee0 }, bare)
	for _, typed := range []string{code, strings.ToLower(code), bare, " " + bare[:4] + " " + bare[4:], wide} {
		exit, out, _ := d.runs("redeem", typed, "--json")
		if err := json.Unmarshal([]byte(out), &r); err != nil || exit != exitRefused || r["ok"] != false || r["problem"] != "used" || r["till"] != "Till 2" || r["code"] != code {
			d.Errorf("%q again: exit %d %s", typed, exit, out)
		}
	}
	wrong := []byte(bare)
	wrong[7] = map[bool]byte{true: '3', false: '2'}[wrong[7] == '2']
	for typed, says := range map[string]string{string(wrong): "mistyped", bare[:7]: "8 characters", "BBBBBBBB": "No code holds", "": "8 characters", strings.Repeat("A", 100_000): "8 characters"} {
		exit, out, errs := d.runs("redeem", typed, "--json")
		if err := json.Unmarshal([]byte(out), &r); err != nil || exit != exitRefused || r["ok"] != false || r["problem"] != "unknown" || !strings.Contains(errs, says) {
			d.Errorf("%.20q: exit %d %.200s %s", typed, exit, out, errs)
		}
	}
	d.refuses(exitUsage, "Say why", "redeem", code, "--undo")
	d.json(&r, "redeem", code, "--undo", "--reason", "wrong customer")
	d.refuses(exitRefused, "nothing to take back", "redeem", code, "--undo", "--reason", "again")
	d.refuses(exitUsage, "an amount that can be paid", "redeem", code, "--amount", "-5")
	d.refuses(exitUsage, "an amount that can be paid", "redeem", code, "--amount", "a lot")
	if out := d.does("redeem", strings.ToLower(wide), "--till", "Till 1", "--amount", "１２．５０"); !strings.Contains(out, "give 20% off") {
		d.Errorf("the till shows %q", out)
	}
	if exit, out, _ := d.runs("redeem", code); exit != exitRefused || !strings.Contains(out, "used already") || !strings.Contains(out, "America/Los_Angeles") {
		d.Errorf("exit %d %s", exit, out)
	}
}

// Without --consent nobody becomes marketable, and an opt-out stands whatever a list says.
func TestConsentDecidesWhoGetsACampaign(t *testing.T) {
	d := openDesk(t)
	list := d.file("people.csv", "Name,Mobile\nAnn,(503) 555-0142\nBo,(503) 555-0143\nCy,(503) 555-0144\n")
	d.does("import", list)
	d.does("campaign", "create", "--name", "A", "--group", "all", "--text", "Hello {first_name|there}")
	var review struct {
		Audience, Now, Blocked int
		Reasons                map[string]int
	}
	if d.json(&review, "campaign", "preview", "1"); review.Audience != 3 || review.Blocked != 3 || review.Reasons["no_consent"] != 3 {
		t.Errorf("without consent: %+v", review)
	}
	d.refuses(exitRefused, "Nobody in that group", "campaign", "send", "1")

	d.does("consent", "record", "(503) 555-0142", "--scope", "marketing", "--event", "grant", "--basis", "express_written", "--source", "card 17")
	d.does("consent", "record", "+15035550143", "--scope", "marketing", "--event", "object", "--source", "said so")
	d.does("import", list, "--consent", "marketing", "--basis", "express_written")
	if d.json(&review, "campaign", "preview", "1"); review.Now != 2 || review.Reasons["opted_out"] != 1 {
		t.Errorf("after an objection and a new list: %+v", review)
	}
	var entries []struct {
		Seq                 int
		Phone, Event, Scope string
		Hash                string
	}
	d.json(&entries, "consent", "history", "503-555-0143")
	if len(entries) != 2 || entries[0].Event != "object" || entries[1].Event != "import" || entries[0].Phone != "+15035550143" || len(entries[0].Hash) != 64 {
		t.Errorf("history %+v", entries)
	}
	var who struct {
		Phone       string
		Permissions []data.Permission
		Consent     []data.ConsentEntry
		Messages    []data.Message
	}
	if d.json(&who, "contact", "show", "(503) 555-0143"); len(who.Permissions) != 3 || !who.Permissions[0].Closed || len(who.Consent) != 2 {
		t.Errorf("contact show %+v", who)
	}
	var check map[string]any
	if d.json(&check, "consent", "verify"); check["ok"] != true {
		t.Errorf("verify %v", check)
	}
	s := look(t, d.dir)
	tamper(t, s.Path, `DROP TRIGGER consent_fixed; UPDATE consent SET given_at = given_at + 1 WHERE seq = 2`)
	exit, out, _ := d.runs("consent", "verify", "--json")
	if err := json.Unmarshal([]byte(out), &check); err != nil || exit != exitFailed || check["ok"] != false || check["broken"] != float64(2) {
		t.Errorf("after tampering: exit %d %s", exit, out)
	}
	if exit, out, _ = d.runs("doctor"); exit != exitFailed || !strings.Contains(out, "from entry 2 on") {
		t.Errorf("doctor: exit %d %s", exit, out)
	}
	d.refuses(exitUsage, "can’t agree to", "consent", "record", "+15035550142", "--scope", "dinner", "--event", "grant")
	d.refuses(exitUsage, "can’t be recorded", "consent", "record", "+15035550142", "--scope", "marketing", "--event", "import")
	d.refuses(exitUsage, "how they agreed", "consent", "record", "+15035550142", "--scope", "marketing", "--event", "grant", "--basis", "hearsay")
	d.refuses(exitUsage, "still to come", "consent", "record", "+15035550142", "--scope", "marketing", "--event", "withdraw", "--at", "2031-01-01")
	d.refuses(exitUsage, "as a time", "consent", "record", "+15035550142", "--scope", "marketing", "--event", "withdraw", "--at", "yesterday")
	d.refuses(exitUsage, "give --event, --scope", "consent", "record", "+15035550142")
	d.refuses(exitUsage, "No contact has that number", "contact", "show", "(503) 555-0199")
}

// Pause, resume and cancel, and the window in which a campaign can still be called back.
func TestACampaignIsPausedResumedAndCancelled(t *testing.T) {
	d := openDesk(t)
	d.customers()
	d.does("campaign", "create", "--name", "A", "--group", "all", "--text", "Hello {first_name|there}")
	state := func(verb string) string {
		t.Helper()
		return one[string](d, "state", "campaign", verb, "1")
	}
	d.refuses(exitRefused, "a draft", "campaign", "pause", "1")
	d.does("campaign", "send", "1", "--undo", "1h")
	if s := state("status"); s != "undo" {
		t.Errorf("after send --undo: %s", s)
	}
	if s := state("pause"); s != "paused" {
		t.Error(s)
	}
	if s := state("resume"); s != "undo" {
		t.Errorf("resumed before the hour was over: %s", s)
	}
	if n := one[int](d, "accepted", "run", "--once"); n != 0 {
		t.Errorf("%d texts went out before the hour was over", n)
	}
	d.later(61 * time.Minute)
	if n := one[int](d, "accepted", "run", "--once"); n == 0 {
		t.Error("nothing went out afterwards")
	}
	d.does("campaign", "create", "--name", "B", "--group", "all", "--text", "Hello again")
	d.does("campaign", "send", "2")
	if s := one[string](d, "state", "campaign", "cancel", "2"); s != "stopped" {
		t.Error(s)
	}
	if n := one[int](d, "accepted", "run", "--once"); n != 0 {
		t.Errorf("%d texts of a cancelled campaign went out", n)
	}
	d.does("campaign", "create", "--name", "C", "--group", "all", "--text", "Later", "--at", "2026-11-25T10:00")
	d.does("campaign", "create", "--name", "D", "--group", "all", "--text", "Local", "--local", "2026-11-25T11:00")
	d.does("campaign", "send", "3")
	if s := one[string](d, "state", "campaign", "status", "3"); s != "scheduled" {
		t.Error(s)
	}
	d.does("campaign", "pause", "3")
	if s := one[string](d, "state", "campaign", "resume", "3"); s != "scheduled" {
		t.Error(s)
	}
	d.does("campaign", "send", "4")
	if n := one[int](d, "accepted", "run", "--once"); n != 0 {
		t.Errorf("%d texts went out a day early", n)
	}
}

package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"counterbell/data"
)

// tuesday is the practice clock's start: 10:00 in Los Angeles.
var tuesday = time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)

// A testClock stands still until it is moved.
type testClock struct {
	mu sync.Mutex
	at time.Time
}

func (c *testClock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }
func (c *testClock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func open_(t *testing.T, dir string) (*Store, *testClock) {
	t.Helper()
	clock := &testClock{at: tuesday}
	s, err := Open(t.Context(), Options{Dir: dir, Clock: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.SetBusiness(t.Context(), data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Till: "Till 1"}); err != nil {
		t.Fatal(err)
	}
	return s, clock
}

func newStore(t *testing.T) (*Store, *testClock) { return open_(t, t.TempDir()) }

func fiction(n int) data.Phone { return data.Phone(fmt.Sprintf("+1%d5550%03d", 201+n/100, 100+n%100)) }

func person(n int) data.ImportRow {
	p := fiction(n)
	return data.ImportRow{Number: n + 2, Contact: data.Contact{
		Phone: p, Facts: data.PhoneFacts{Phone: p, Region: "US", Line: data.MobileOrLand, Fictional: true, States: []string{"OR"}, Zones: []string{"America/Los_Angeles"}},
		Name: fmt.Sprintf("Ann Number%d", n), GivenName: "Ann", Tags: []string{"frames"}, City: "Portland", LastVisit: "2026-08-01",
	}}
}

var agreed = data.ConsentAnswer{Scopes: []data.Scope{data.ScopeMarketing}, Basis: data.ExpressWritten, Statement: data.Statement{Method: "paper", Source: "card at the counter", Wording: "Text me offers"}}

// imported takes rows in and returns the import.
func imported(t *testing.T, s *Store, answer data.ConsentAnswer, rows ...data.ImportRow) (data.ImportID, data.Receipt) {
	t.Helper()
	ctx := t.Context()
	id, err := s.BeginImport(ctx, ImportFile{Name: "people.xlsx", Answer: answer, OnDuplicate: UpdateKnown})
	if err != nil {
		t.Fatal(err)
	}
	r := data.Receipt{File: "people.xlsx", Rows: len(rows)}
	for start := 0; start < len(rows); start += 100 {
		fates, err := s.ImportBatch(ctx, id, rows[start:min(start+100, len(rows))])
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range fates {
			switch f {
			case data.RowAdded:
				r.Added++
			case data.RowUpdated:
				r.Updated++
			case data.RowUnchanged:
				r.Unchanged++
			case data.RowDuplicate:
				r.Duplicate++
			case data.RowSkipped:
				r.Skipped++
			}
		}
	}
	if err := s.FinishImport(ctx, id, &r); err != nil {
		t.Fatal(err)
	}
	return id, r
}

func people(n int) []data.ImportRow {
	rows := make([]data.ImportRow, n)
	for i := range rows {
		rows[i] = person(i)
	}
	return rows
}

func permission(t *testing.T, s *Store, scope data.Scope, p data.Phone) data.Permission {
	t.Helper()
	all, err := s.Permissions(t.Context(), scope, []data.Phone{p})
	if err != nil {
		t.Fatal(err)
	}
	return all[p]
}

func count(t *testing.T, s *Store) int {
	t.Helper()
	n, err := s.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnImportIsSeenWholeOrNotAtAll(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	id, err := s.BeginImport(ctx, ImportFile{Name: "a.xlsx", Answer: agreed})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ImportBatch(ctx, id, people(50)); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s); n != 0 {
		t.Errorf("%d people are visible before the import is finished", n)
	}
	if found, err := s.Find(ctx, Filter{Search: "Number7"}); err != nil || len(found) != 0 {
		t.Errorf("a search finds %v before the import is finished (%v)", found, err)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(3)); p.Granted {
		t.Error("consent counts before the import is finished")
	}
	r := data.Receipt{Rows: 51, Added: 50}
	if err := s.FinishImport(ctx, id, &r); data.CodeOf(err) != data.Internal {
		t.Errorf("a receipt that doesn't add up was taken: %v", err)
	}
	r.Rows = 50
	if err := s.FinishImport(ctx, id, &r); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s); n != 50 {
		t.Errorf("%d people are visible afterwards", n)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(3)); !p.Granted || p.Basis != data.ExpressWritten {
		t.Errorf("consent afterwards: %+v", p)
	}
	if r.Consents != 50 {
		t.Errorf("the receipt tells of %d consents", r.Consents)
	}
}

func TestACancelledOrKilledImportLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s, _ := open_(t, dir)
	ctx := t.Context()
	id, err := s.BeginImport(ctx, ImportFile{Name: "a.xlsx", Answer: agreed})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ImportBatch(ctx, id, people(700)[:500]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.BeginImport(ctx, ImportFile{Name: "b.xlsx"}); data.CodeOf(err) != "import_busy" {
		t.Errorf("a second import beside the first: %v", err)
	}
	if err := s.CancelImport(ctx, id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ImportBatch(ctx, id, people(700)[500:]); err == nil {
		t.Error("a cancelled import goes on")
	}
	if n := count(t, s); n != 0 {
		t.Errorf("%d people are visible after cancelling", n)
	}
	interrupted := func() string {
		file, err := s.InterruptedImport(ctx, s.Now().Add(-time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	if file := interrupted(); file != "" {
		t.Errorf("the cancelled import of %s is told of as interrupted", file)
	}
	// A kill: the store goes away in the middle of the next one.
	id, err = s.BeginImport(ctx, ImportFile{Name: "b.xlsx", Answer: agreed})
	if err != nil {
		t.Fatal(err)
	}
	if fates, err := s.ImportBatch(ctx, id, people(300)); err != nil || fates[0] != data.RowAdded {
		t.Errorf("numbers of a cancelled import aren't free: %v (%v)", fates[:1], err)
	}
	s.Close()
	s, _ = open_(t, dir)
	if err := s.Recover(ctx); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.read.QueryRow(`SELECT (SELECT count(*) FROM contact) + (SELECT count(*) FROM consent_person) + (SELECT count(*) FROM import_pending)`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows are left behind (%v)", left, err)
	}
	if file := interrupted(); file != "b.xlsx" {
		t.Errorf("the interrupted import is %q", file)
	}
	if file, _ := s.InterruptedImport(ctx, s.Now().Add(time.Hour)); file != "" {
		t.Errorf("%s is told of for ever", file)
	}
	imported(t, s, agreed, people(300)...)
	if file := interrupted(); file != "" {
		t.Errorf("%s is told of after the next import", file)
	}
	if check, err := s.VerifyConsent(ctx); err != nil || !check.OK {
		t.Errorf("the ledger: %+v, %v", check, err)
	}
}

func TestASecondImportUpdatesAddsAndNeverErases(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(10)...)
	again := person(3)
	again.Contact.Email, again.Contact.City, again.Contact.Tags = "ann@lark.example", "", []string{"Lenses", "FRAMES"}
	same := person(4)
	twice := person(3)
	_, r := imported(t, s, data.ConsentAnswer{}, again, same, twice, person(11))
	if r.Updated != 1 || r.Unchanged != 1 || r.Duplicate != 1 || r.Added != 1 {
		t.Errorf("receipt %+v", r)
	}
	c, err := s.ContactByPhone(t.Context(), fiction(3))
	if err != nil {
		t.Fatal(err)
	}
	if c.Email != "ann@lark.example" || c.City != "Portland" || len(c.Tags) != 2 {
		t.Errorf("after the second import: %+v", c)
	}
	if n, err := s.CountGroup(t.Context(), "tag = lenses"); err != nil || n != 1 {
		t.Errorf("the new tag finds %d (%v)", n, err)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(11)); p.Granted {
		t.Error("an import without an answer permits marketing")
	}
}

func TestANoInTheFileHoldsAgainstAYesInTheSameFile(t *testing.T) {
	s, _ := newStore(t)
	no := person(1)
	no.NoConsent = true
	first := person(2)
	first.NoConsent = true
	imported(t, s, agreed, person(0), person(1), no, first, person(2))
	for n, want := range map[int]bool{0: true, 1: false, 2: false} {
		if p := permission(t, s, data.ScopeMarketing, fiction(n)); p.Granted != want {
			t.Errorf("person %d: %+v", n, p)
		}
	}
	if check, err := s.VerifyConsent(t.Context()); err != nil || !check.OK {
		t.Errorf("the ledger: %+v (%v)", check, err)
	}
}

func TestUndoRestoresPeopleAndKeepsTheLedger(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	imported(t, s, data.ConsentAnswer{}, people(5)...)
	clock.move(time.Hour)
	changed := person(1)
	changed.Contact.City = "Salem"
	rows := append(people(20)[5:], changed)
	id, _ := imported(t, s, agreed, rows...)
	clock.move(time.Hour)
	if _, err := s.RecordConsent(ctx, data.ConsentEntry{Phone: fiction(6), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true}); err != nil {
		t.Fatal(err)
	}
	report, err := s.UndoImport(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if report.Removed != 15 || report.Restored != 1 || len(report.Kept) != 0 {
		t.Errorf("undo: %+v", report)
	}
	if c, err := s.ContactByPhone(ctx, fiction(1)); err != nil || c.City != "Portland" {
		t.Errorf("restored: %+v (%v)", c, err)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(7)); p.Granted {
		t.Error("the undone import's grant still counts")
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(6)); !p.Closed {
		t.Error("the undo cleared an opt-out")
	}
	if check, err := s.VerifyConsent(ctx); err != nil || !check.OK || check.Entries != 3 {
		t.Errorf("the ledger: %+v (%v)", check, err)
	}
	if _, err := s.UndoImport(ctx, id); data.CodeOf(err) != "import_state" {
		t.Errorf("undone twice: %v", err)
	}
}

func TestAnOptOutStandsUntilThePersonOptsInAgain(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	p := fiction(0)
	imported(t, s, agreed, person(0))
	say := func(e data.ConsentEntry) {
		t.Helper()
		clock.move(time.Minute)
		e.Phone, e.Scope = p, data.ScopeMarketing
		if _, err := s.RecordConsent(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	say(data.ConsentEntry{Event: data.Withdraw, Single: true, Confirmed: true})
	clock.move(time.Hour)
	imported(t, s, agreed, person(0))
	if got := permission(t, s, data.ScopeMarketing, p); !got.Closed {
		t.Errorf("an import cleared the opt-out: %+v", got)
	}
	say(data.ConsentEntry{Event: data.Grant, Basis: data.Express})
	if got := permission(t, s, data.ScopeMarketing, p); !got.Closed {
		t.Errorf("a bulk grant cleared the opt-out: %+v", got)
	}
	say(data.ConsentEntry{Event: data.Grant, Basis: data.Express, Single: true})
	if got := permission(t, s, data.ScopeMarketing, p); !got.Closed {
		t.Errorf("a single grant without evidence cleared the opt-out: %+v", got)
	}
	say(data.ConsentEntry{Event: data.Grant, Basis: data.Express, Single: true, Confirmed: true, GivenAt: data.At(tuesday)})
	if got := permission(t, s, data.ScopeMarketing, p); !got.Closed {
		t.Errorf("a grant given before the opt-out cleared it: %+v", got)
	}
	say(data.ConsentEntry{Event: data.Grant, Basis: data.Express, Single: true, Confirmed: true})
	if got := permission(t, s, data.ScopeMarketing, p); !got.Granted || !got.Confirmed {
		t.Errorf("the person's own grant doesn't count: %+v", got)
	}
	if _, err := s.RecordConsent(ctx, data.ConsentEntry{Phone: p, Scope: data.ScopeMarketing, Event: data.Grant}); data.CodeOf(err) != "consent_basis" {
		t.Errorf("a grant without a basis: %v", err)
	}
}

func TestTheLedgerShowsEveryChange(t *testing.T) {
	ctx := context.Background()
	build := func(t *testing.T) *Store {
		s, _ := newStore(t)
		imported(t, s, agreed, people(5)...)
		for i := range 3 {
			if _, err := s.RecordConsent(ctx, data.ConsentEntry{Phone: fiction(i), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}}); err != nil {
				t.Fatal(err)
			}
		}
		if check, err := s.VerifyConsent(ctx); err != nil || !check.OK || check.Entries != 4 {
			t.Fatalf("before: %+v (%v)", check, err)
		}
		return s
	}
	free := `DROP TRIGGER consent_fixed; DROP TRIGGER consent_kept; PRAGMA foreign_keys = 0;`
	for name, c := range map[string]struct {
		sql    string
		broken int64
	}{
		"an event is changed":          {free + `UPDATE consent SET event = 'grant' WHERE seq = 3`, 3},
		"a date is changed":            {free + `UPDATE consent SET given_at = given_at + 1 WHERE seq = 2`, 2},
		"an entry is taken out":        {free + `DELETE FROM consent WHERE seq = 3`, 3},
		"the end is cut off":           {free + `DELETE FROM consent WHERE seq = 4`, 4},
		"a number is swapped":          {`UPDATE consent_person SET phone = '+12015550199' WHERE phone = '+12015550104'`, 1},
		"a person is taken out":        {`DELETE FROM consent_person WHERE phone = '+12015550104'`, 1},
		"the wording is changed":       {`UPDATE consent_statement SET body = replace(body, 'offers', 'anything') WHERE seq = 1`, 1},
		"all is well after an erasure": {`UPDATE consent_person SET phone = NULL, salt = NULL WHERE phone = '+12015550104'; UPDATE consent_statement SET body = NULL, salt = NULL WHERE seq = 1`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := build(t)
			if _, err := s.write.ExecContext(ctx, c.sql); err != nil {
				t.Fatal(err)
			}
			check, err := s.VerifyConsent(ctx)
			if err != nil || check.Broken != c.broken || check.OK != (c.broken == 0) {
				t.Errorf("%+v (%v), want entry %d", check, err, c.broken)
			}
		})
	}
	t.Run("the program itself can't change an entry", func(t *testing.T) {
		s := build(t)
		for _, q := range []string{`UPDATE consent SET event = 'grant'`, `DELETE FROM consent`} {
			if _, err := s.write.ExecContext(ctx, q); err == nil {
				t.Errorf("%s went through", q)
			}
		}
	})
}

func TestSearchFindsNamesNumbersAndShortChineseNames(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	rows := people(3)
	rows[0].Contact.Name = "王小明"
	rows[1].Contact.Name = "Chloé Martin"
	rows[2].Contact.Email = "tom@lark.example"
	imported(t, s, agreed, rows...)
	for search, want := range map[string]int{"王小": 1, "王": 1, "王小明": 1, "chloe": 1, "martin chl": 1, "chloe m": 1, "ch ma": 1, "chloe x": 0, "chloe %": 0, "chloe _": 0, "王 小": 1, "tom@lark": 1, "(201) 555-0101": 1, "zz": 0, `"; DROP`: 0, "ann": 1, "%": 0} {
		if n, err := s.Count(ctx, Filter{Search: search}); err != nil || n != want {
			t.Errorf("%q finds %d, want %d (%v)", search, n, want, err)
		}
	}
}

func TestGroupsFilterByEachCondition(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	rows := people(4)
	rows[0].Contact.Spend = data.Money{Minor: 15000, Currency: "USD"}
	rows[1].Contact.LastVisit = "2026-11-20"
	rows[2].Contact.Birthday = "--11-03"
	rows[3].Contact.City = "São Paulo"
	rows[3].Contact.Tags = []string{"no vip", "lenses"}
	imported(t, s, agreed, rows...)
	for where, want := range map[string]int{
		"all": 4, "": 4, "tag = frames": 3, "tag != frames": 1, "spend >= 100": 1, "last_visit < 60d": 3, "last_visit >= 60d": 1, "last_visit >= 2026-11-01": 1,
		"birthday = now": 1, "birthday = march": 0, `city = "São Paulo"`: 1, "city = portland and spend >= 100.00": 1, `tag = "no vip"; tag:lenses`: 1, "import = 1": 4, "visits > 1": 0,
	} {
		if n, err := s.CountGroup(ctx, where); err != nil || n != want {
			t.Errorf("%q counts %d, want %d (%v)", where, n, want, err)
		}
	}
	for where, code := range map[string]data.Code{"shoe = 5": "condition_field", "city < a": "condition_op", "spend >= much": "condition_value", "nonsense": "condition_op"} {
		if _, err := s.CountGroup(ctx, where); data.CodeOf(err) != code {
			t.Errorf("%q: %v", where, err)
		}
	}
}

// withCoupon freezes a campaign of one person and returns the coupon's code.
func withCoupon(t *testing.T, s *Store, o data.Offer) string {
	t.Helper()
	ctx := t.Context()
	imported(t, s, agreed, person(0))
	c := data.Campaign{Name: "Sunglasses week", Kind: data.Marketing, Offer: &o, State: data.Draft, Provider: "practice", Practice: true, Variants: []data.Variant{{Name: "A", Text: "Hi"}}}
	if err := s.CreateCampaign(ctx, &c); err != nil {
		t.Fatal(err)
	}
	who, err := s.ContactByPhone(ctx, fiction(0))
	if err != nil {
		t.Fatal(err)
	}
	c.State = data.Running
	code := "2222222" // and its check character
	for _, last := range "23456789ACDEFGHJKMNPQRSTVWXYZ" {
		if _, err := data.ReadCode(code + string(last)); err == nil {
			code += string(last)
			break
		}
	}
	if err := s.Freeze(ctx, &c, []FrozenMessage{{Message: data.Message{Contact: who.ID, To: who.Phone, Kind: data.Marketing, State: data.Queued, Variant: "A", Token: "abcdefghijk"}, Code: code}}); err != nil {
		t.Fatal(err)
	}
	return code
}

func TestACouponWorksOnceHoweverManyTillsAskAtOnce(t *testing.T) {
	s, _ := newStore(t)
	code := withCoupon(t, s, data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 2, ValidTo: "2026-11-29"})
	var wg sync.WaitGroup
	var mu sync.Mutex
	ok, used := 0, 0
	for i := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r, err := s.Redeem(t.Context(), RedeemRequest{Code: code, Till: fmt.Sprint("Till ", i)})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err != nil:
				t.Error(err)
			case r.OK:
				ok++
			case r.Problem == data.CodeUsed:
				used++
			}
		}()
	}
	wg.Wait()
	if ok != 2 || used != 14 {
		t.Errorf("%d uses and %d refusals of a coupon good for two", ok, used)
	}
}

func TestARefusedCodeSaysWhy(t *testing.T) {
	s, clock := newStore(t)
	ctx := t.Context()
	code := withCoupon(t, s, data.Offer{Title: "20% off", Kind: data.PercentOff, Percent: 20, Uses: 1, ValidFrom: "2026-11-25", ValidTo: "2026-11-29"})
	redeem := func() data.RedeemResult {
		t.Helper()
		r, err := s.Redeem(ctx, RedeemRequest{Code: "  " + data.ShowCode(code), Paid: &data.Money{Minor: 14800, Currency: "USD"}})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := redeem(); r.Problem != data.CodeNotYet {
		t.Errorf("a day early: %+v", r)
	}
	clock.move(5*24*time.Hour + 13*time.Hour + 59*time.Minute) // Sunday 29 November, 23:59 in Los Angeles
	if r := redeem(); !r.OK || r.Contact != "Ann" || r.OfferTitle != "20% off" || r.Till != "Till 1" || !r.Practice {
		t.Errorf("in the last minute: %+v", r)
	}
	if total, err := s.TillTotals(ctx, "", data.At(tuesday)); err != nil || total.Redeemed != 1 || len(total.Sales) != 1 || total.Sales[0].Minor != 14800 {
		t.Errorf("the till's totals: %+v (%v)", total, err)
	}
	if r := redeem(); r.Problem != data.CodeUsed || r.Redeemed == 0 || r.Paid == nil || r.Paid.Minor != 14800 {
		t.Errorf("a second time: %+v", r)
	}
	if _, err := s.UndoRedemption(ctx, code, ""); data.CodeOf(err) != "undo_reason" {
		t.Errorf("an undo without a reason: %v", err)
	}
	if r, err := s.UndoRedemption(ctx, code, "wrong customer"); err != nil || !r.OK {
		t.Errorf("undo: %+v (%v)", r, err)
	}
	clock.move(time.Minute)
	if r := redeem(); r.Problem != data.CodeExpired {
		t.Errorf("after midnight: %+v", r)
	}
	if r, err := s.Redeem(ctx, RedeemRequest{Code: "3333333" + code[7:]}); err == nil && r.Problem != data.CodeUnknown {
		t.Errorf("a made-up code: %+v", r)
	}
	if total, err := s.TillTotals(ctx, "Till 1", data.At(tuesday)); err != nil || total.Redeemed != 0 || len(total.Sales) != 0 {
		t.Errorf("the till's totals after the undo: %+v (%v)", total, err)
	}
	lines, err := s.TillDay(ctx, "Till 1", data.At(tuesday))
	if err != nil || len(lines) < 4 {
		t.Errorf("the till's day: %+v (%v)", lines, err)
	}
}

func TestAnAttemptIsOnDiskBeforeTheCallAndAnInterruptedOneIsUnknown(t *testing.T) {
	dir := t.TempDir()
	s, _ := open_(t, dir)
	ctx := t.Context()
	withCoupon(t, s, data.Offer{Title: "x", Kind: data.Gift, Uses: 1})
	claimed, err := s.Claim(ctx, 10, time.Minute)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %v (%v)", claimed, err)
	}
	if again, err := s.Claim(ctx, 10, time.Minute); err != nil || len(again) != 0 {
		t.Errorf("claimed twice: %v (%v)", again, err)
	}
	m := claimed[0]
	m.State, m.Text, m.Provider = data.Sending, "Hi", "practice"
	attempts, err := s.CommitAttempts(ctx, []Decided{{Message: m}})
	if err != nil || len(attempts) != 1 {
		t.Fatalf("attempts %v (%v)", attempts, err)
	}
	s.Close() // the process dies while the call is under way
	s, _ = open_(t, dir)
	queued, unknown, err := s.Reclaim(ctx)
	if err != nil || queued != 0 || unknown != 1 {
		t.Errorf("recovered %d queued, %d unknown (%v)", queued, unknown, err)
	}
	if again, err := s.Claim(ctx, 10, time.Minute); err != nil || len(again) != 0 {
		t.Errorf("an unknown message was claimed again: %v (%v)", again, err)
	}
}

func TestAnOptOutThatComesInWhileAMessageIsClaimedStopsIt(t *testing.T) {
	s, _ := newStore(t)
	ctx := t.Context()
	withCoupon(t, s, data.Offer{Title: "x", Kind: data.Gift, Uses: 1})
	claimed, err := s.Claim(ctx, 10, time.Minute)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %v (%v)", claimed, err)
	}
	if _, err := s.RecordConsent(ctx, data.ConsentEntry{Phone: fiction(0), Event: data.Withdraw, Scope: data.ScopeMarketing, Single: true}); err != nil {
		t.Fatal(err)
	}
	m := claimed[0]
	m.State, m.Text = data.Sending, "Hi"
	attempts, err := s.CommitAttempts(ctx, []Decided{{Message: m}})
	if err != nil || len(attempts) != 0 {
		t.Errorf("attempts %v (%v)", attempts, err)
	}
	if got, err := s.Messages(ctx, MessageFilter{State: data.Blocked}); err != nil || len(got) != 1 || got[0].Reason != "opted_out" {
		t.Errorf("messages %+v (%v)", got, err)
	}
}

func TestADatabaseThatIsNewerDamagedOrLockedGetsItsOwnSentence(t *testing.T) {
	ctx := t.Context()
	t.Run("newer", func(t *testing.T) {
		s, _ := newStore(t)
		if _, err := s.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if _, err := Open(ctx, Options{Dir: s.Dir}); data.CodeOf(err) != data.TooNew {
			t.Errorf("%v", err)
		}
	})
	t.Run("damaged", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte("this is no database, and was never one, but long enough to be read as a page"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, Options{Dir: dir}); data.CodeOf(err) != data.Damaged {
			t.Errorf("%v", err)
		}
	})
	t.Run("no folder", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, Options{Dir: filepath.Join(file, "profile")}); data.CodeOf(err) != "profile_folder" {
			t.Errorf("%v", err)
		}
	})
}

func TestACopyIsMadeBeforeAMigration(t *testing.T) {
	s, _ := newStore(t)
	imported(t, s, agreed, people(3)...)
	path := filepath.Join(s.Dir, "backups", "copy.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM contact`).Scan(&n); err != nil || n != 3 {
		t.Errorf("the copy holds %d people (%v)", n, err)
	}
}

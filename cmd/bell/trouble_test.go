package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// says wants bell to end with an exit code and a sentence.
func (p *process) says(t *testing.T, code int, sentence string) {
	t.Helper()
	if got := p.wait(t); got != code || !strings.Contains(p.err.String(), sentence) {
		t.Fatalf("bell %s: exit %d, want %d and %q\n%s%s", strings.Join(p.args, " "), got, code, sentence, p.out.String(), p.err.String())
	}
}

// until waits for something that other processes bring about.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(bellTakes); time.Now().Before(end); <-tick.C {
		if holds() {
			return
		}
	}
	t.Fatal("never: " + what)
}

func TestASecondRunLeavesTheSendingToTheFirst(t *testing.T) {
	dir := shop(t, nil)
	first := start(t, dir, nil, "run")
	s := look(t, dir)
	until(t, "the first sends", func() bool {
		holder, err := s.Holder(t.Context(), store.EngineLease)
		return err == nil && holder != ""
	})
	const elsewhere = "Another program, probably the open app, is sending in this profile."
	start(t, dir, nil, "run").says(t, 0, elsewhere)
	start(t, dir, nil, "run", "--once").says(t, 0, elsewhere)
	first.kill()
	p := start(t, dir, nil, "run", "--once") // at once, though the dead one never gave its lease back
	if p.wait(t) != 0 || strings.Contains(p.err.String(), elsewhere) {
		t.Errorf("after the first was killed: %s", p.err.String())
	}
}

// TestTheTillGoesOnWhileAListComesIn redeems one coupon after the other in this process, and some by bell, while another
// process imports a long list.
func TestTheTillGoesOnWhileAListComesIn(t *testing.T) {
	dir := shop(t, map[string]string{"seed": "7"})
	path, _ := list(t, 400, areas)
	bell(t, dir, "import", path, "--consent", "marketing", "--basis", "express_written")
	bell(t, dir, "campaign", "create", "--name", "Sunglasses week", "--group", "all", "--text", "{offer} with {code}", "--offer", "20% off", "--expires", "7d")
	bell(t, dir, "campaign", "send", "1")
	s := look(t, dir)
	ctx := t.Context()
	messages, err := s.Messages(ctx, store.MessageFilter{Campaign: 1})
	if err != nil {
		t.Fatal(err)
	}
	var coupons []data.CouponID
	for _, m := range messages {
		if m.Coupon != 0 {
			coupons = append(coupons, m.Coupon)
		}
	}
	codes, err := s.CouponCodes(ctx, coupons)
	if err != nil {
		t.Fatal(err)
	}
	long, _ := list(t, 16_000, everywhere)
	importing := start(t, dir, nil, "import", long, "--consent", "marketing")
	ended := func() bool {
		select {
		case <-importing.ended:
			return true
		default:
			return false
		}
	}
	until(t, "the import has begun", func() bool { return ended() || pending(t, dir) > 0 })
	var longest, byBell time.Duration
	n := 0
	for i, id := range coupons {
		if ended() {
			break
		}
		began := time.Now()
		if i%40 == 20 {
			bell(t, dir, "redeem", data.ShowCode(codes[id]), "--till", "Till 2")
			byBell = max(byBell, time.Since(began))
		} else if r, err := s.Redeem(ctx, store.RedeemRequest{Code: codes[id]}); err != nil || !r.OK {
			t.Fatalf("redeemed while an import runs: %+v (%v)", r, err)
		} else {
			longest = max(longest, time.Since(began))
		}
		n++
	}
	if importing.wait(t) != 0 || n < 10 {
		t.Errorf("%d redeemed while the import ran: exit %d %s", n, importing.code, importing.err.String())
	}
	t.Logf("%d redeemed; the till waited at most %v, a whole bell redeem took at most %v", n, longest.Round(time.Millisecond), byBell.Round(time.Millisecond))
}

// pending counts the imports under way in a profile.
func pending(t *testing.T, dir string) (n int) {
	t.Helper()
	pairs(t, filepath.Join(dir, store.FileName), `SELECT import_id, '' FROM import_pending`, func(_, _ string) { n++ })
	return n
}

func TestADatabaseLockedByAnotherProcessIsWaitedFor(t *testing.T) {
	t.Parallel()
	dir := shop(t, nil)
	path, _ := list(t, 50, areas)
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, store.FileName)))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	lock, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	say := func(q string) {
		t.Helper()
		if _, err := lock.ExecContext(context.Background(), q); err != nil {
			t.Fatal(err)
		}
	}
	say(`BEGIN IMMEDIATE`)
	p := start(t, dir, nil, "import", path)
	timer := time.NewTimer(700 * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
		say(`ROLLBACK`)
	case <-p.ended: // it didn't wait: seen below
	}
	p.says(t, 0, "")
	say(`BEGIN IMMEDIATE`)
	start(t, dir, nil, "import", path).says(t, exitFailed, "Another Counterbell is using this profile right now.")
	say(`ROLLBACK`)
	s := look(t, dir)
	soundly(t, s)
	if n, err := s.People(t.Context()); err != nil || n != 50 {
		t.Errorf("%d people (%v)", n, err)
	}
}

func TestADamagedDatabaseSaysSo(t *testing.T) {
	t.Parallel()
	dir := shop(t, nil)
	path, _ := list(t, 2000, areas)
	bell(t, dir, "import", path, "--consent", "marketing")
	file := filepath.Join(dir, store.FileName)
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file + "-wal"); err == nil {
		t.Fatal("the log is still there: the damage would be mended by it")
	}
	const sentence = "The database failed its check."
	for name, c := range map[string]struct {
		spoil func(b []byte) []byte
		args  []string
	}{
		"in the middle":   {func(b []byte) []byte { copy(b[8192:], bytes.Repeat([]byte{0xA5}, len(b)-16384)); return b }, []string{"contacts"}},
		"at its head":     {func(b []byte) []byte { copy(b, "no longer a database"); return b }, []string{"contacts"}},
		"cut off":         {func(b []byte) []byte { return b[:len(b)/2] }, []string{"contacts", "--search", "larkin"}},
		"while importing": {func(b []byte) []byte { copy(b[8192:], bytes.Repeat([]byte{0xA5}, len(b)-16384)); return b }, []string{"import", path}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(file, c.spoil(bytes.Clone(body)), 0o600); err != nil {
				t.Fatal(err)
			}
			p := start(t, dir, nil, c.args...)
			p.says(t, exitFailed, sentence)
			if strings.Contains(p.err.String(), "panic") {
				t.Error(p.err.String())
			}
		})
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	t.Parallel()
	const known = 500
	dir := shop(t, nil)
	first, _ := list(t, known, areas)
	bell(t, dir, "import", first, "--consent", "marketing", "--basis", "express_written")
	bell(t, dir, "campaign", "create", "--name", "Sunglasses week", "--group", "all", "--text", "{offer} with {code}", "--offer", "20% off", "--expires", "7d")
	size := func() int64 {
		st, err := os.Stat(filepath.Join(dir, store.FileName))
		if err != nil {
			t.Fatal(err)
		}
		return st.Size()
	}
	long, _ := list(t, 16_000, everywhere)
	full := func() string { return fmt.Sprint(noRoom, "=", size()/4096+8) } // pages
	start(t, dir, []string{full()}, "import", long, "--consent", "marketing").says(t, exitFailed, "The disk is full.")
	start(t, dir, []string{full()}, "campaign", "send", "1").says(t, exitFailed, "The disk is full.")
	// A quota, or a drive that takes no files of that size.
	start(t, dir, []string{fmt.Sprint(fileLimit, "=", size()+200_000)}, "import", long, "--consent", "marketing").says(t, exitFailed, "The disk reported a fault")
	s := look(t, dir)
	soundly(t, s)
	c, err := s.Campaign(t.Context(), 1)
	if n, err2 := s.People(t.Context()); err != nil || err2 != nil || n != known || c.State != data.Draft {
		t.Errorf("afterwards %d people, the campaign is %s (%v, %v)", n, c.State, err, err2)
	}
	// There is room again.
	bell(t, dir, "import", long, "--consent", "marketing")
	bell(t, dir, "campaign", "send", "1")
	bell(t, dir, "run", "--once")
	f, err := s.Funnel(t.Context(), 1)
	if err != nil || f.Audience != 16_000 || f.Waiting != 0 {
		t.Errorf("afterwards: %+v (%v)", f, err)
	}
}

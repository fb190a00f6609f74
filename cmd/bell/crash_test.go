package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider/practice"
)

// TestKilledWhileACampaignRuns kills bell again and again while it hands a campaign over, and starts it again each time:
// before each of its first commits, and at moments of chance. The carrier, which has a book of its own in another file,
// tells in the end whether anybody was texted twice or left out.
func TestKilledWhileACampaignRuns(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	chance := rand.New(rand.NewPCG(seed, 1))

	const people, batch = 600, 8
	dir := shop(t, map[string]string{"seed": "7", "rate_per_sec": strconv.Itoa(batch)})
	path, audience := list(t, people, areas)
	bell(t, dir, "import", path, "--consent", "marketing", "--basis", "express_written")
	bell(t, dir, "campaign", "create", "--name", "Sunglasses week", "--group", "all", "--text", "Hi {first_name|there}, {offer} with {code}: {link}", "--offer", "20% off", "--expires", "7d")
	bell(t, dir, "campaign", "send", "1")

	s := look(t, dir)
	kills := 0
	live := func(env []string, d time.Duration) {
		t.Helper()
		if f, err := s.Funnel(t.Context(), 1); err != nil {
			t.Fatal(err)
		} else if f.Waiting+f.Held > 0 && start(t, dir, env, "run").killAfter(t, d) {
			kills++
		}
	}
	die := func(file string, commit int, after time.Duration) {
		t.Helper()
		live([]string{fmt.Sprintf("%s=%s:%d+%s", diesAt, file, commit, after)}, bellTakes)
	}
	for commit := range 12 { // before each step of starting, claiming, handing over and settling is durable
		die("", commit+1, 0)
	}
	handOver := func(after time.Duration) { die(practice.FileName, 2, after) } // the carrier's first is of opening its book
	for range 4 {
		handOver(0)
	}
	for range 22 {
		handOver(time.Duration(chance.IntN(1200)) * time.Microsecond)
	}
	for range 22 { // and anywhere
		die("", 1+chance.IntN(10), time.Duration(chance.IntN(2500))*time.Microsecond)
	}
	for range 6 {
		live(nil, time.Duration(chance.IntN(250))*time.Millisecond)
	}
	if err := s.SetProvider(t.Context(), "practice", map[string]string{"seed": "7"}); err != nil { // the rest without waiting
		t.Fatal(err)
	}
	bell(t, dir, "run", "--once")
	counts := account(t, dir, s, audience)
	if kills < 40 || counts["interrupted"] < 2*batch || counts["interrupted, went out"] == 0 || counts["interrupted, never went out"] == 0 {
		t.Errorf("%d kills proved little: %v", kills, counts)
	}
	t.Logf("%d kills: %v", kills, counts)

	// Nothing is left to do: starting again changes nothing.
	bell(t, dir, "run", "--once")
	if again := account(t, dir, s, audience); again["texts"] != counts["texts"] || again["unknown"] != counts["unknown"] {
		t.Errorf("run again: %v, before: %v", again, counts)
	}
	soundly(t, s)
}

// account holds the book against the carrier's: everybody in one state, nobody twice, nobody lost, nobody against their
// will. It returns how many messages there are of each kind.
func account(t *testing.T, dir string, s *store.Store, audience []listed) map[string]int {
	t.Helper()
	ctx := t.Context()
	carrier, err := practice.New(practice.Needs{Path: filepath.Join(dir, practice.FileName), Clock: s.Clock(), Pace: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer carrier.Close()
	tally, err := carrier.Tally(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if tally.Duplicates != 0 || tally.Repeats != 0 || tally.People != tally.Texts {
		t.Errorf("the carrier counts %+v: somebody was texted twice", tally)
	}
	taken := took(t, filepath.Join(dir, practice.FileName))
	if len(taken) != tally.Texts {
		t.Errorf("the carrier counts %d texts and lists %d", tally.Texts, len(taken))
	}

	funnel, err := s.Funnel(ctx, 1)
	if err != nil {
		t.Fatal(err) // it doesn't add up
	}
	if funnel.Audience != len(audience) || funnel.Waiting != 0 || funnel.Held != 0 {
		t.Errorf("%d people, the funnel: %+v", len(audience), funnel)
	}
	messages, err := s.Messages(ctx, store.MessageFilter{Campaign: 1})
	if err != nil {
		t.Fatal(err)
	}
	byPhone := map[data.Phone]data.Message{}
	for _, m := range messages {
		if _, twice := byPhone[m.To]; twice {
			t.Errorf("two messages to %s", m.To)
		}
		byPhone[m.To] = m
	}
	counts := map[string]int{"texts": tally.Texts}
	out := 0
	attempts := attemptsOf(t, filepath.Join(dir, store.FileName))
	for _, p := range audience {
		m, ok := byPhone[p.phone]
		if !ok {
			t.Errorf("nothing about %s", p.phone)
			continue
		}
		ref, went := taken[p.phone]
		if went {
			out++
			if attempts[ref] != p.phone {
				t.Errorf("%s was texted under %s, which is on disk for %q", p.phone, ref, attempts[ref])
			}
		}
		counts[string(m.State)]++
		switch m.State {
		case data.Blocked:
			if went || p.agreed {
				t.Errorf("%s (agreed: %v) is blocked, texted: %v", p.phone, p.agreed, went)
			}
		case data.Unknown:
			if m.Attempts != 1 {
				t.Errorf("%s is unknown after %d attempts", p.phone, m.Attempts)
			}
			if m.Reason == "interrupted" {
				counts["interrupted"]++
				if went {
					counts["interrupted, went out"]++
				} else {
					counts["interrupted, never went out"]++
				}
			}
		case data.Accepted, data.Delivered, data.Undelivered, data.Rejected:
			if !went {
				t.Errorf("%s is %s, but the carrier knows nothing of it", p.phone, m.State)
			}
		default:
			t.Errorf("%s was left %s (%s)", p.phone, m.State, m.Reason)
		}
		if went && !p.agreed {
			t.Errorf("%s said no and was texted", p.phone)
		}
	}
	if out != tally.Texts {
		t.Errorf("the carrier took %d texts, %d of them to the audience", tally.Texts, out)
	}
	return counts
}

// took reads from the carrier's file which number was texted under which reference.
func took(t *testing.T, path string) map[data.Phone]string {
	t.Helper()
	out := map[data.Phone]string{}
	pairs(t, path, `SELECT phone, ref FROM text`, func(phone, ref string) { out[data.Phone(phone)] = ref })
	return out
}

// attemptsOf reads from the profile's file to which number each attempt belongs.
func attemptsOf(t *testing.T, path string) map[string]data.Phone {
	t.Helper()
	out := map[string]data.Phone{}
	pairs(t, path, `SELECT m.phone, 'cb-' || a.id FROM attempt a JOIN message m ON m.id = a.message_id`, func(phone, ref string) { out[ref] = data.Phone(phone) })
	return out
}

func pairs(t *testing.T, path, query string, each func(a, b string)) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			t.Fatal(err)
		}
		each(a, b)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

package practice

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
)

// tuesday is when the practice clock starts.
var tuesday = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// clock is a practice clock that a test moves.
type clock struct{ at time.Time }

func (c *clock) now() time.Time     { return c.at }
func (c *clock) set(i data.Instant) { c.at = i.Time() }

// carrier opens one on a practice clock; path "" is in memory.
func carrier(t testing.TB, path string, c *clock, change ...func(*Needs)) *Carrier {
	t.Helper()
	n := Needs{Path: path, Clock: c.now, Advance: c.set, Seed: 7, Pace: 1}
	for _, f := range change {
		f(&n)
	}
	p, err := New(n)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func coupon(link string) string {
	return "Harbor Optics: 20% off any sunglasses until Dec 8. Code " + data.ShowCode(sample) + ". " + link + " Reply STOP to opt out"
}

// sample is a code whose check character is right.
var sample, _ = data.NewCode(strings.NewReader("counterbell"))

// invented are the first numbers of ranges of ten thousand that are reserved for fiction.
var invented = []int{33639980000, 33199000000, 33261910000, 33353010000, 33465710000, 33536490000}

func texts(from, n int, kind data.Kind, body string) []provider.Text {
	ts := make([]provider.Text, n)
	for i := range ts {
		number := invented[(from+i)/10_000] + (from+i)%10_000
		ts[i] = provider.Text{Ref: fmt.Sprintf("%s%d", kind, from+i), To: data.Phone(fmt.Sprintf("+%d", number)), Kind: kind, Body: body}
	}
	return ts
}

func sendAll(t testing.TB, c *Carrier, ts []provider.Text) []provider.Outcome {
	t.Helper()
	var all []provider.Outcome
	for part := range slices.Chunk(ts, 500) {
		all = append(all, c.Send(context.Background(), part)...)
	}
	return all
}

// books runs a test with both kinds of book.
func books(t *testing.T, test func(t *testing.T, path string)) {
	t.Run("memory", func(t *testing.T) { test(t, "") })
	t.Run("file", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), FileName)) })
}

func near(t *testing.T, what string, got, of int, want float64) {
	t.Helper()
	share := float64(got) / float64(of)
	if tolerance := 4 * math.Sqrt(want*(1-want)/float64(of)); math.Abs(share-want) > tolerance {
		t.Errorf("%s: %.4f, want %.4f ± %.4f", what, share, want, tolerance)
	}
}

func TestPeopleBehaveAsUsual(t *testing.T) {
	const n = 20000
	ck := &clock{at: tuesday}
	c := carrier(t, "", ck)
	out := sendAll(t, c, texts(0, n, data.Marketing, coupon("http://127.0.0.1:9/AbCdEfGhIjK")))
	count := map[provider.OutcomeState]int{}
	var sent []provider.Sent
	for _, o := range out {
		count[o.State]++
		if o.State == provider.Accepted {
			sent = append(sent, provider.Sent{ProviderID: o.ProviderID})
		}
	}
	if count[provider.Accepted]+count[provider.Rejected]+count[provider.Unknown] != n {
		t.Error(count)
	}
	near(t, "rejected", count[provider.Rejected], n, Usual.Rejected)
	near(t, "unknown", count[provider.Unknown], n, Usual.Unknown)

	if news, _ := c.Statuses(t.Context(), sent); len(news) != 0 {
		t.Error("delivered before a second has passed:", len(news))
	}
	ck.at = tuesday.Add(time.Minute)
	news, err := c.Statuses(t.Context(), sent)
	if err != nil || len(news) != len(sent) {
		t.Fatal(len(news), len(sent), err)
	}
	delivered := 0
	for _, s := range news {
		if s.State == data.Delivered {
			delivered++
		} else if s.State != data.Undelivered || s.Class == "" || s.Code == "" {
			t.Fatalf("%+v", s)
		}
	}
	near(t, "delivered", delivered, n, 0.96)

	end := tuesday.Add(14 * 24 * time.Hour)
	openers, previews, hour := map[string]bool{}, 0, 0
	es, _ := c.book.openings(t.Context(), data.At(end), 1e9)
	for _, e := range es {
		agentRow := slices.ContainsFunc(agents["preview"], func(a agent) bool {
			return a.agent == e.agent && a.method == e.method && a.prefetch == e.prefetch
		})
		if agentRow {
			previews++
			continue
		}
		if !openers[e.ref] && e.at < data.At(tuesday.Add(time.Hour)) {
			hour++
		}
		openers[e.ref] = true
		if h := e.at.Time().Hour(); h >= 23 || h < 7 {
			t.Fatal("somebody opens at", e.at)
		}
	}
	near(t, "openers", len(openers), delivered, Usual.Opens)
	near(t, "previews", previews, delivered, Usual.Previews)
	if share := float64(hour) / float64(len(openers)); share < 0.4 || share > 0.75 {
		t.Errorf("%.2f open within the hour", share)
	}
	visits, err := c.Visits(t.Context(), 0, data.At(end))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "visits", len(visits), delivered, Usual.Visits)
	if !slices.IsSortedFunc(visits, func(a, b Visit) int { return int(a.At - b.At) }) || visits[0].Code != sample {
		t.Error(visits[0])
	}
	for _, v := range visits {
		if h := v.At.Time().Hour(); h < 10 || h >= 19 {
			t.Fatal("the shop is shut at", v.At)
		}
	}
	ck.at = end
	stops := 0
	for cursor := ""; ; {
		in, next, err := c.Replies(t.Context(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range in {
			stops++
			if !slices.Contains([]string{"STOP", "Stop", "UNSUBSCRIBE"}, r.Text) {
				t.Error(r.Text)
			}
		}
		if cursor = next; len(in) == 0 {
			break
		}
	}
	near(t, "stops", stops, delivered, Usual.Stops)
}

// What nobody said must not stand in a real person's record: who may be real is delivered to, opens links, and says nothing.
func TestOnlyInventedPeopleAnswer(t *testing.T) {
	ck := &clock{at: tuesday}
	c := carrier(t, "", ck)
	all := append(texts(0, 3000, data.Marketing, coupon("http://127.0.0.1:9/x")), texts(3000, 3000, data.Reminder, "Ana, tomorrow 9:30. Reply Y to confirm, 2 to cancel.")...)
	for i := range all {
		all[i].To = data.Phone(fmt.Sprintf("+1503%07d", 5550200+i)) // nobody’s, but not reserved either
	}
	sendAll(t, c, all)
	ck.at = tuesday.Add(14 * 24 * time.Hour)
	if in, _, err := c.Replies(t.Context(), ""); err != nil || len(in) != 0 {
		t.Errorf("%d real people answered, the first %q (%v)", len(in), in[0].Text, err)
	}
	if es, err := c.book.openings(t.Context(), data.At(ck.at), 1e9); err != nil || len(es) == 0 {
		t.Errorf("nobody opened a link (%v)", err)
	}
}

func TestPeopleAnswerReminders(t *testing.T) {
	for lang, body := range map[string]string{"en": "Bayview Dental: Ana, tomorrow 9:30. Reply Y to confirm, 2 to cancel.", "zh": "【湾景牙科】小王，明天9:30。回复1确认，2取消。"} {
		const n = 5000
		ck := &clock{at: tuesday}
		c := carrier(t, "", ck)
		sendAll(t, c, texts(0, n, data.Reminder, body))
		ck.at = tuesday.Add(48 * time.Hour)
		act := map[string]int{}
		offered := 0
		for cursor := ""; ; {
			in, next, err := c.Replies(t.Context(), cursor)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range in {
				found := ""
				for k, ws := range words {
					if k[0] == lang && slices.ContainsFunc(ws, func(w word) bool { return w.text == r.Text }) {
						found = k[1]
					}
				}
				act[found]++
				if r.Text == "Y" || lang == "zh" && (r.Text == "1" || r.Text == "确认") {
					offered++
				}
			}
			if cursor = next; len(in) == 0 {
				break
			}
		}
		near(t, lang+" confirms", act["confirm"], n, 0.96*Usual.Confirms)
		near(t, lang+" cancels", act["cancel"], n, 0.96*Usual.Cancels)
		near(t, lang+" unclear", act["unclear"], n, 0.96*Usual.Unclear)
		if act[""] != 0 || offered < act["confirm"]*8/10 {
			t.Error(lang, act, offered)
		}
	}
}

func TestTheSameSeedGivesTheSameDay(t *testing.T) {
	ts := texts(0, 600, data.Marketing, coupon("http://localhost:1/x"))
	run := func(path string, seed int64, ts []provider.Text) string {
		ck := &clock{at: tuesday}
		c := carrier(t, path, ck, func(n *Needs) { n.Seed = seed })
		var b strings.Builder
		for _, o := range sendAll(t, c, ts) {
			fmt.Fprintln(&b, o)
		}
		es, err := c.book.openings(t.Context(), data.At(tuesday.Add(20*24*time.Hour)), 1e6)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range es {
			fmt.Fprintln(&b, e.at, e.to, e.agent)
		}
		vs, _ := c.Visits(t.Context(), 0, data.At(tuesday.Add(20*24*time.Hour)))
		fmt.Fprintln(&b, vs)
		return b.String()
	}
	first := run("", 7, ts)
	if first != run("", 7, ts) || first != run(filepath.Join(t.TempDir(), FileName), 7, ts) {
		t.Error("the same seed, another day")
	}
	if first == run("", 8, ts) {
		t.Error("another seed, the same day")
	}
}

func TestOnARealClockItIsOverInTwoMinutes(t *testing.T) {
	ck := &clock{at: tuesday}
	c := carrier(t, "", ck, func(n *Needs) { n.Pace = 0 })
	sendAll(t, c, texts(0, 3000, data.Marketing, coupon("http://127.0.0.1:9/x")))
	es, _ := c.book.openings(t.Context(), 1<<60, 1e6)
	vs, _ := c.Visits(t.Context(), 0, 1<<60)
	last := max(es[len(es)-1].at, vs[len(vs)-1].At)
	if d := last.Sub(data.At(tuesday)); d > 150*time.Second || d < 60*time.Second {
		t.Error(d)
	}
	if first := es[0].at.Sub(data.At(tuesday)); first < time.Second {
		t.Error("opened", first, "after hand-over")
	}
}

func TestLinksToOtherHostsAreNeverOpened(t *testing.T) {
	p := people{}
	for text, want := range map[string]string{
		"see http://127.0.0.1:8080/AbC.":               "http://127.0.0.1:8080/AbC",
		"http://localhost/x, http://127.0.0.1/y":       "http://localhost/x",
		"领取：http://[::1]:80/x。回T退订":                    "http://[::1]:80/x",
		"https://example.com/a http://127.0.0.1/b":     "http://127.0.0.1/b",
		"https://example.com/127.0.0.1":                "",
		"http://127.0.0.1.example.com/x":               "",
		"http://127.0.0.1@example.com/x":               "",
		"http://localhost.example.com":                 "",
		"ftp://127.0.0.1/x":                            "",
		"https://user@localhost/x":                     "",
		"https://relay.example/x":                      "",
		"http://0x7f000001/x http://2130706433/ 127.1": "",
	} {
		if got := p.link(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	ck := &clock{at: tuesday}
	c := carrier(t, "", ck, func(n *Needs) { n.Relay = "https://relay.example" })
	if got := c.people.link("https://relay.example/x"); got == "" {
		t.Error("the user's own relay")
	}
	for _, s := range []string{"http://relay.example/x", "https://relay.example:444/x", "https://a.relay.example/x"} {
		if c.people.mayOpen(s) {
			t.Error(s)
		}
	}
	if err := c.open(t.Context(), event{what: "https://example.com/", method: "GET"}); err == nil {
		t.Error("a book that somebody changed opens a stranger's page")
	}
}

func TestPeopleOpenTheirLinksOverHTTP(t *testing.T) {
	books(t, func(t *testing.T, path string) {
		type seen struct {
			path, method, agent, purpose string
			at                           data.Instant
		}
		ck := &clock{at: tuesday}
		var hits []seen
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hits = append(hits, seen{r.URL.Path, r.Method, r.UserAgent(), r.Header.Get("Sec-Purpose"), data.At(ck.at)})
			http.Redirect(w, r, "http://192.0.2.1/elsewhere", http.StatusFound)
		}))
		defer s.Close()
		c := carrier(t, path, ck)
		ts := texts(0, 400, data.Marketing, "")
		for i := range ts {
			ts[i].Body = coupon(fmt.Sprintf("%s/%d", s.URL, i))
		}
		sendAll(t, c, ts)
		if n, err := c.Play(t.Context(), data.At(tuesday)); n != 0 || err != nil {
			t.Fatal("opened before delivery:", n, err)
		}
		early, err := c.Play(t.Context(), data.At(tuesday.Add(2*time.Hour)))
		if err != nil {
			t.Fatal(err)
		}
		late, err := c.Play(t.Context(), data.At(tuesday.Add(14*24*time.Hour)))
		if err != nil || early+late != len(hits) || early == 0 || late == 0 {
			t.Fatal(early, late, len(hits), err)
		}
		if n, err := c.Play(t.Context(), data.At(tuesday.Add(20*24*time.Hour))); n != 0 || err != nil {
			t.Error("opened again:", n, err)
		}
		if !slices.IsSortedFunc(hits, func(a, b seen) int { return int(a.at - b.at) }) {
			t.Error("not in order of time")
		}
		heads, prefetches, humans := 0, 0, map[string]bool{}
		for _, h := range hits {
			switch {
			case h.method == "HEAD":
				heads++
			case h.purpose == "prefetch":
				prefetches++
			case strings.HasPrefix(h.agent, "Mozilla/5.0"):
				humans[h.path] = true
			}
		}
		near(t, "openers", len(humans), 400, 0.96*Usual.Opens)
		if heads == 0 || prefetches == 0 {
			t.Error(heads, prefetches)
		}
	})
}

func TestALinkThatNobodyAnswersIsTriedThreeTimes(t *testing.T) {
	books(t, func(t *testing.T, path string) {
		tries := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { tries++; w.WriteHeader(503) }))
		defer s.Close()
		ck := &clock{at: tuesday}
		c := carrier(t, path, ck, func(n *Needs) { n.Shares = &Shares{Opens: 1} })
		sendAll(t, c, texts(0, 1, data.Marketing, s.URL+"/x"))
		planned, _ := c.book.openings(t.Context(), 1<<60, 10)
		for range 50 {
			at := c.NextEvent()
			if at == 0 {
				break
			}
			ck.set(at)
			c.Play(t.Context(), at)
		}
		if tries != 3*len(planned) || c.NextEvent() != 0 {
			t.Error(tries, len(planned), c.NextEvent())
		}
	})
}

func TestNextEventWalksThroughTheDays(t *testing.T) {
	books(t, func(t *testing.T, path string) {
		s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		defer s.Close()
		ck := &clock{at: tuesday}
		c := carrier(t, path, ck)
		out := sendAll(t, c, texts(0, 60, data.Marketing, coupon(s.URL)))
		var last data.Instant
		steps := 0
		for at := c.NextEvent(); at != 0; at = c.NextEvent() {
			if at < last {
				t.Fatal("back in time")
			}
			last = at
			ck.set(at)
			if _, err := c.Play(t.Context(), at); err != nil {
				t.Fatal(err)
			}
			if steps++; steps > 1000 {
				t.Fatal("no end")
			}
		}
		if steps < 60 || last.Sub(data.At(tuesday)) > 16*24*time.Hour {
			t.Error(steps, last)
		}
		vs, _ := c.Visits(t.Context(), 0, last)
		half := vs[len(vs)/2].At
		one, _ := c.Visits(t.Context(), 0, half)
		two, _ := c.Visits(t.Context(), half, last)
		if len(one)+len(two) != len(vs) || len(out) != 60 {
			t.Error(len(one), len(two), len(vs))
		}
	})
}

func TestNobodyIsTextedTwice(t *testing.T) {
	books(t, func(t *testing.T, path string) {
		ck := &clock{at: tuesday}
		c := carrier(t, path, ck)
		ts := texts(0, 300, data.Marketing, "hello")
		first := sendAll(t, c, ts)
		if got, _ := c.Tally(t.Context()); got != (Tally{Texts: 300, People: 300}) {
			t.Error(got)
		}
		for i, o := range sendAll(t, c, ts) {
			switch {
			case first[i].State == provider.Rejected && o.State != provider.Rejected,
				first[i].State != provider.Rejected && (o.State != provider.Accepted || o.ProviderID == ""):
				t.Errorf("%+v, then %+v", first[i], o)
			}
		}
		if got, _ := c.Tally(t.Context()); got != (Tally{Texts: 300, People: 300, Duplicates: 300}) || c.Duplicates() != 300 {
			t.Error(got)
		}
		again := texts(0, 3, data.Marketing, "hello")
		for i := range again {
			again[i].Ref = "other" + again[i].Ref
		}
		sendAll(t, c, again)
		if got, _ := c.Tally(t.Context()); got != (Tally{Texts: 303, People: 300, Duplicates: 300, Repeats: 3}) {
			t.Error(got)
		}
	})
}

func TestTheBookOutlivesTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder #1?", FileName)
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	ck := &clock{at: tuesday}
	c := carrier(t, path, ck)
	ts := texts(0, 200, data.Reminder, s.URL)
	out := sendAll(t, c, ts)
	// Not closed: another process beside this one, or after a kill.
	ck.at = tuesday.Add(time.Hour)
	other := carrier(t, path, ck, func(n *Needs) { n.Seed = 99 })
	var sent []provider.Sent
	for _, o := range out {
		if o.State == provider.Accepted {
			sent = append(sent, provider.Sent{ProviderID: o.ProviderID})
		}
	}
	news, err := other.Statuses(t.Context(), sent)
	if err != nil || len(news) != len(sent) {
		t.Fatal(len(news), len(sent), err)
	}
	in, cursor, err := other.Replies(t.Context(), "")
	if err != nil || len(in) < 50 || cursor == "" {
		t.Error(len(in), cursor, err)
	}
	if in, _, _ = c.Replies(t.Context(), cursor); len(in) != 0 {
		t.Error("the cursor holds in either process:", len(in))
	}
	if n, err := other.Play(t.Context(), data.At(ck.at)); n == 0 || err != nil {
		t.Error(n, err)
	}
	other.Send(t.Context(), ts[:10])
	if got, _ := c.Tally(t.Context()); got.Texts != 200 || got.Duplicates != 10 {
		t.Error(got)
	}
	if fi, err := os.Stat(path); err != nil || fi.Mode().Perm()&0o077 != 0 {
		t.Error("the book holds phone numbers:", fi.Mode(), err)
	}
}

func TestForgettingANumberLeavesNothing(t *testing.T) {
	books(t, func(t *testing.T, path string) {
		ck := &clock{at: tuesday}
		c := carrier(t, path, ck, func(n *Needs) { n.Shares = &Shares{Opens: 1, Visits: 1, Stops: 1} })
		ts := texts(0, 2, data.Marketing, coupon("http://localhost:9/x"))
		sendAll(t, c, ts)
		if err := c.Forget(t.Context(), ts[0].To); err != nil {
			t.Fatal(err)
		}
		es, _ := c.book.openings(t.Context(), 1<<60, 100)
		vs, _ := c.Visits(t.Context(), 0, 1<<60)
		for _, e := range es {
			if e.to == ts[0].To {
				t.Error(e)
			}
		}
		if got, _ := c.Tally(t.Context()); got.Texts != 1 || len(vs) != 1 || vs[0].To != ts[1].To || len(es) == 0 {
			t.Error(got, vs)
		}
		if path == "" {
			return
		}
		for _, name := range []string{path, path + "-wal"} {
			if b, _ := os.ReadFile(name); strings.Contains(string(b), string(ts[0].To)) {
				t.Error("the number is still in", name)
			}
		}
	})
}

func TestHalfOfTheUnknownGoOut(t *testing.T) {
	ck := &clock{at: tuesday}
	c := carrier(t, "", ck, func(n *Needs) { n.Shares = &Shares{Unknown: 1} })
	const n = 2000
	var sent []provider.Sent
	for _, o := range sendAll(t, c, texts(0, n, data.Notice, "x")) {
		if o.State != provider.Unknown || o.ProviderID != "" {
			t.Fatalf("%+v", o)
		}
		sent = append(sent, provider.Sent{ProviderID: idPrefix + o.Ref})
	}
	ck.at = tuesday.Add(time.Hour)
	news, _ := c.Statuses(t.Context(), sent)
	delivered := 0
	for _, s := range news {
		if s.State == data.Delivered {
			delivered++
		}
	}
	near(t, "delivered all the same", delivered, n, 0.5)
}

func TestABookThatCannotBeOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	c := carrier(t, path, &clock{at: tuesday})
	if _, err := c.book.(*file).db.Exec("PRAGMA user_version = 9"); err != nil {
		t.Fatal(err)
	}
	c.Close()
	if _, err := New(Needs{Path: path}); data.CodeOf(err) != data.TooNew {
		t.Error(err)
	}
	os.WriteFile(path, []byte(strings.Repeat("this is no database ", 100)), 0o600)
	if _, err := New(Needs{Path: path}); data.CodeOf(err) != data.Damaged {
		t.Error(err)
	}
	if _, err := New(Needs{Path: filepath.Join(t.TempDir(), "no", "folder", "x.db")}); data.CodeOf(err) != data.Unreadable {
		t.Error(err)
	}
}

func TestAFileThatIsLockedSendsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	c := carrier(t, path, &clock{at: tuesday})
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.book.(*file).db.Exec("PRAGMA busy_timeout = 20"); err != nil {
		t.Fatal(err)
	}
	if o := c.Send(t.Context(), texts(0, 1, data.Notice, "x"))[0]; o.State != provider.NotSent {
		t.Errorf("%+v", o)
	}
	if _, err := db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if o := c.Send(t.Context(), texts(0, 1, data.Notice, "x"))[0]; o.State != provider.Accepted {
		t.Errorf("%+v", o)
	}
}

func BenchmarkSend(b *testing.B) {
	for name, path := range map[string]string{"memory": "", "file": filepath.Join(b.TempDir(), FileName)} {
		b.Run(name, func(b *testing.B) {
			c := carrier(b, path, &clock{at: tuesday})
			from := 0
			for b.Loop() {
				c.Send(context.Background(), texts(from, 500, data.Marketing, coupon("http://127.0.0.1:9/x")))
				from += 500
			}
			b.ReportMetric(float64(from)/b.Elapsed().Seconds(), "texts/s")
		})
	}
}

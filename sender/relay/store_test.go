package relay_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/relay"
)

func TestANewFileThatManyOpenAtOnceIsMadeOnce(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "relay.db")
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := relay.OpenStore(t.Context(), relay.StoreNeeds{Path: path, Clock: tuesday().Now, Random: rand.Reader})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

func TestManyPeopleAtOnceAreEachCountedOnce(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	var pages []relay.Page
	for range 400 {
		pages = append(pages, relay.Page{Token: newToken(t), Kind: relay.RedirectPage, URL: target})
	}
	s.publish(pages...)
	var all sync.WaitGroup
	for w := range 20 {
		all.Go(func() {
			for i := w; i < len(pages); i += 20 {
				res, err := noFollow.Get(s.base + "/" + pages[i].Token)
				if err != nil {
					t.Error(err)
					return
				}
				res.Body.Close()
			}
		})
	}
	// Meanwhile Counterbell fetches, and asks for some twice.
	seen := map[int64]relay.Event{}
	fetch := func() {
		for next := int64(0); ; {
			list, to, err := s.client.Events(t.Context(), next)
			if err != nil {
				t.Error(err)
				return
			}
			for _, e := range list {
				if before, ok := seen[e.ID]; ok && before != e {
					t.Errorf("number %d means two events", e.ID)
				}
				seen[e.ID] = e
			}
			if len(list) == 0 {
				return
			}
			next = to
		}
	}
	fetch()
	all.Wait()
	fetch()
	perToken := map[string]int{}
	for _, e := range seen {
		perToken[e.Token]++
	}
	for _, p := range pages {
		if perToken[p.Token] != 1 {
			t.Errorf("%d opens of one link", perToken[p.Token])
		}
	}
}

var noFollow = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// A person has been answered; the power fails at once. The file as it lies on the disk at that moment holds the open.
func TestWhatWasAnsweredSurvivesThePowerCut(t *testing.T) {
	clock := tuesday()
	dir := t.TempDir()
	s := openShop(t, filepath.Join(dir, "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	s.ask("POST", "/"+p.Token+"/stop")
	after := t.TempDir() // the files as they are, without closing anything
	for _, name := range []string{"relay.db", "relay.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(after, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := openShop(t, filepath.Join(after, "relay.db"), clock.Now)
	all := again.events()
	if len(all) != 2 || all[0].Kind != relay.Opened || all[1].Kind != relay.Stopped {
		t.Errorf("%+v", all)
	}
	if _, body := again.ask("GET", "/"+p.Token); !strings.Contains(body, data.ShowCode(p.Code)) {
		t.Error("the link is lost")
	}
}

func TestTheCursorGoesOnAfterARestartAndOnANewServer(t *testing.T) {
	clock := tuesday()
	path := filepath.Join(t.TempDir(), "relay.db")
	s := openShop(t, path, clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	first, cursor, err := s.client.Events(t.Context(), 0)
	if err != nil || len(first) != 1 {
		t.Fatal(first, err)
	}
	if list, next, err := s.client.Events(t.Context(), cursor); err != nil || len(list) != 0 || next != cursor {
		t.Error(list, next, err)
	}
	status, _ := s.client.Status(t.Context())
	s.close()

	s = openShop(t, path, clock.Now)
	if again, _ := s.client.Status(t.Context()); again.ID != status.ID || again.ID == "" || again.LastEvent != cursor {
		t.Error(again, status)
	}
	s.ask("GET", "/"+p.Token)
	if list, next, err := s.client.Events(t.Context(), cursor); err != nil || len(list) != 1 || next <= cursor {
		t.Error(list, next, err)
	} else {
		cursor = next
	}

	clock.move(time.Hour) // the server broke; a new one was set up an hour later
	s = openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	if list, _, err := s.client.Events(t.Context(), cursor); err != nil || len(list) != 1 {
		t.Error("an event of the new server is passed over", list, err)
	}
	if other, _ := s.client.Status(t.Context()); other.ID == status.ID {
		t.Error("another relay has the same ID")
	}
}

func TestOnlyOldFetchedEventsAreForgotten(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	all := s.events()
	if err := s.client.Ack(t.Context(), all[0].ID); err != nil || len(s.events()) != 1 {
		t.Error("forgotten at once", err)
	}
	clock.move(61 * 24 * time.Hour)
	s.ask("GET", "/"+p.Token)
	if err := s.client.Ack(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	if left := s.events(); len(left) != 1 || left[0].ID == all[0].ID {
		t.Errorf("%+v", left)
	}
	if res, _ := s.ask("GET", "/"+p.Token+"/stop"); res.StatusCode != 200 {
		t.Error("the way to stop messages is gone", res.Status)
	}
	clock.move(400 * 24 * time.Hour)
	if err := s.client.Ack(t.Context(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	if st, _ := s.client.Status(t.Context()); st.Pages != 0 || st.Events != 1 {
		t.Errorf("%+v", st)
	}
	if res, _ := s.ask("GET", "/"+p.Token); res.StatusCode != 404 {
		t.Error(res.Status)
	}
}

func TestACampaignsWordsAreKeptOnce(t *testing.T) {
	clock := tuesday()
	path := filepath.Join(t.TempDir(), "relay.db")
	s := openShop(t, path, clock.Now)
	var pages []relay.Page
	for range 2500 { // three requests
		pages = append(pages, coupon(t, sunglasses(), "Sunday 29 November 2026"))
	}
	s.publish(pages...)
	s.publish(pages[0])
	if st, _ := s.client.Status(t.Context()); st.Pages != 2500 {
		t.Error(st)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var contents int
	if err := db.QueryRow(`SELECT count(*) FROM content`).Scan(&contents); err != nil || contents != 1 {
		t.Error(contents, err)
	}
}

func TestNewWordsReplaceOldOnesOfALinkInUse(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "Sunday 29 November 2026")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	better := *sunglasses()
	better.Offer = "30% off"
	p.Content = &better
	s.publish(p)
	if _, body := s.ask("GET", "/"+p.Token); !strings.Contains(body, "30% off") {
		t.Error("the page still shows the old offer")
	}
}

func TestTheFileHasNothingOfThoseWhoAsked(t *testing.T) {
	clock := tuesday()
	path := filepath.Join(t.TempDir(), "relay.db")
	s := openShop(t, path, clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token, "X-Forwarded-For", "203.0.113.77", "Forwarded", "for=203.0.113.77", "Referer", "https://chat.example/maya")
	s.ask("POST", "/"+p.Token+"/stop", "X-Forwarded-For", "203.0.113.77")
	s.close()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{"203.0.113", "127.0.0.1", "Pixel", "Mozilla", "chat.example", string(testKey)} {
			if bytes.Contains(raw, []byte(trace)) {
				t.Errorf("%s holds %q", filepath.Base(f), trace)
			}
		}
	}
}

func TestADatabaseThatIsNoneSaysSo(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.db")
	if err := os.WriteFile(junk, bytes.Repeat([]byte("not a database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	db, err := sql.Open("sqlite", newer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for path, code := range map[string]data.Code{junk: data.Damaged, newer: data.TooNew} {
		_, err := relay.OpenStore(context.Background(), relay.StoreNeeds{Path: path, Clock: time.Now, Random: rand.Reader})
		if data.CodeOf(err) != code {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
}

// The disk is full, or the file was pulled away: the person gets their coupon, and the relay says that it lost count.
func TestAPersonIsServedEvenWhenTheOpenCannotBeWritten(t *testing.T) {
	clock := tuesday()
	path := filepath.Join(t.TempDir(), "relay.db")
	s := openShop(t, path, clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT raise(ABORT, 'full'); END`); err != nil {
		t.Fatal(err)
	}
	if res, body := s.ask("GET", "/"+p.Token); res.StatusCode != 200 || !strings.Contains(body, data.ShowCode(p.Code)) {
		t.Error(res.Status)
	}
	if res, body := s.ask("POST", "/"+p.Token+"/stop"); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "could not be saved") {
		t.Error("an opt-out that was not written must not look done", res.Status)
	}
	if st, _ := s.client.Status(t.Context()); st.Unrecorded != 1 {
		t.Errorf("%+v", st)
	}
	if _, err := db.Exec(`DROP TRIGGER full`); err != nil {
		t.Fatal(err)
	}
	s.ask("GET", "/"+p.Token)
	s.ask("POST", "/"+p.Token+"/stop")
	if all := s.events(); len(all) != 2 {
		t.Errorf("%+v", all)
	}
}

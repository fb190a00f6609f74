package relay_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/relay"
)

func TestTroubleWithTheRelayIsNamed(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	other := func(status int, body string, headers ...string) *httptest.Server {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		return server
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	const mark = "Counterbell-Relay"
	for name, c := range map[string]struct {
		base string
		key  relay.Key
		code data.Code
	}{
		"nobody there":    {gone.URL, testKey, relay.Down},
		"wrong key":       {s.base, testKey + "x", relay.WrongKey},
		"a web server":    {other(200, "<html>").URL, testKey, relay.NotRelay},
		"a web server 2":  {other(404, "").URL, testKey, relay.NotRelay},
		"a proxy":         {other(502, "bad gateway").URL, testKey, relay.Down},
		"sent elsewhere":  {other(302, "", "Location", s.base+"/v1/status").URL, testKey, relay.NotRelay},
		"an old relay":    {other(200, "{}", mark, "0").URL, testKey, relay.Old},
		"garbage":         {other(200, "{", mark, "1").URL, testKey, relay.NotRelay},
		"an endless page": {other(200, strings.Repeat("x", 5<<20), mark, "1").URL, testKey, relay.NotRelay},
		"its disk full":   {other(507, `{"code":"disk_full"}`, mark, "1").URL, testKey, data.DiskFull},
		"its own fault":   {other(500, `{"code":"internal"}`, mark, "1").URL, testKey, relay.Down},
	} {
		client, err := relay.NewClient(c.base, c.key, &http.Client{Timeout: 20 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.Status(t.Context()); data.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
		if _, next, err := client.Events(t.Context(), 7); data.CodeOf(err) != c.code || next != 7 {
			t.Errorf("%s: %d %v", name, next, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.client.Status(ctx); data.CodeOf(err) != data.Cancelled {
		t.Error(err)
	}
}

func TestAnAnswerThatConfirmsTooLittleIsAnError(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Counterbell-Relay", "1")
		_, _ = w.Write([]byte(`{"tokens":[]}`))
	}))
	defer server.Close()
	client, err := relay.NewClient(server.URL, testKey, http.DefaultClient)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Publish(t.Context(), []relay.Page{coupon(t, sunglasses(), "")}); err == nil {
		t.Error("taken for published")
	}
}

func TestEventsOutOfOrderAreNotTaken(t *testing.T) {
	for name, body := range map[string]string{
		"backwards": `{"events":[{"id":9,"kind":"open","token":"aaaaaaaaaaa"},{"id":8,"kind":"open","token":"aaaaaaaaaaa"}],"next":8}`,
		"before":    `{"events":[{"id":5,"kind":"open","token":"aaaaaaaaaaa"}],"next":5}`,
		"kind":      `{"events":[{"id":9,"kind":"reply","token":"aaaaaaaaaaa"}],"next":9}`,
		"token":     `{"events":[{"id":9,"kind":"open","token":"'"}],"next":9}`,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Counterbell-Relay", "1")
			_, _ = w.Write([]byte(body))
		}))
		client, err := relay.NewClient(server.URL, testKey, http.DefaultClient)
		if err != nil {
			t.Fatal(err)
		}
		if list, next, err := client.Events(t.Context(), 7); data.CodeOf(err) != relay.NotRelay || len(list) != 0 || next != 7 {
			t.Errorf("%s: %v %d %v", name, list, next, err)
		}
		server.Close()
	}
}

func TestTheKeyGoesOverSafeWaysOnly(t *testing.T) {
	for base, code := range map[string]data.Code{
		"https://go.example.com": "", "https://go.example.com/": "", "https://example.com/go": "", "http://127.0.0.1:8080": "", "http://[::1]:8080": "",
		"http://192.168.1.20:8080": "", "http://localhost:1": "",
		"http://go.example.com": relay.Insecure, "http://203.0.113.7": relay.Insecure,
		"go.example.com": relay.Address, "": relay.Address, "ftp://go.example.com": relay.Address, "https://": relay.Address,
		"https://me:pw@go.example.com": relay.Address, "https://go.example.com/?a=b": relay.Address,
	} {
		if _, err := relay.NewClient(base, testKey, http.DefaultClient); data.CodeOf(err) != code {
			t.Errorf("%q: %v", base, err)
		}
	}
	base, key, err := relay.ParsePairing(" https://go.example.com/#" + string(testKey) + "\n")
	if err != nil || base != "https://go.example.com" || key != testKey {
		t.Error(base, key, err)
	}
	for _, bad := range []string{"", "https://go.example.com", "https://go.example.com#short", "#" + string(testKey), "http://go.example.com#" + string(testKey)} {
		if _, _, err := relay.ParsePairing(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestTokensAreEvenlySpread(t *testing.T) {
	count := map[rune]int{}
	for range 20_000 {
		token := newToken(t)
		if !relay.IsToken(token) {
			t.Fatal(token)
		}
		for _, r := range token {
			count[r]++
		}
	}
	// 220,000 characters over 62: 3548 each, standard deviation 59. A biased draw would favour eight by a quarter.
	if len(count) != 62 {
		t.Errorf("%d characters", len(count))
	}
	for r, n := range count {
		if n < 3548-6*59 || n > 3548+6*59 {
			t.Errorf("%c: %d", r, n)
		}
	}
	// Bytes above 247 are drawn again.
	token, err := relay.NewToken(bytes.NewReader(append(bytes.Repeat([]byte{255, 248}, 6), bytes.Repeat([]byte{247, 0}, 30)...)))
	if err != nil || token != "z0z0z0z0z0z" && token != "0z0z0z0z0z0" {
		t.Error(token, err)
	}
	if _, err := relay.NewToken(bytes.NewReader([]byte("too short"))); err == nil {
		t.Error("a token from nothing")
	}
}

func TestTimingTellsMachinesFromPeople(t *testing.T) {
	at := data.At(time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC))
	open := relay.Event{ID: 1, Kind: relay.Opened, At: at, Class: relay.Human, Agent: relay.Phone}
	timing := relay.Timing{Fastest: 3 * time.Second, Again: 2 * time.Second}
	for name, c := range map[string]struct {
		event              relay.Event
		handedOver, before data.Instant
		class              relay.Class
		reason             relay.Reason
	}{
		"not known when it was handed over": {open, 0, 0, relay.Human, ""},
		"a minute later":                    {open, at.Add(-time.Minute), 0, relay.Human, ""},
		"at once":                           {open, at.Add(-200 * time.Millisecond), 0, relay.Preview, relay.TooFast},
		"just under":                        {open, at.Add(-2999 * time.Millisecond), 0, relay.Preview, relay.TooFast},
		"just at":                           {open, at.Add(-3 * time.Second), 0, relay.Human, ""},
		"before the hand-over":              {open, at.Add(time.Second), 0, relay.Preview, relay.TooFast},
		"a reload":                          {open, at.Add(-time.Minute), at.Add(-time.Second), relay.Human, relay.Repeated},
		"a second visit":                    {open, at.Add(-time.Minute), at.Add(-5 * time.Second), relay.Human, ""},
		"a listed agent stays one":          {relay.Event{Kind: relay.Opened, At: at, Class: relay.Preview, Reason: relay.ByAgent}, at, at, relay.Preview, relay.ByAgent},
		"a stop has no class":               {relay.Event{Kind: relay.Stopped, At: at}, at, at, "", ""},
	} {
		got := timing.Classify(c.event, c.handedOver, c.before)
		if got.Class != c.class || got.Reason != c.reason || got.ID != c.event.ID {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if relay.Classify(open, at).Reason != relay.TooFast {
		t.Error("the default isn't 3 s")
	}
}

func TestTheRelayInsideTheAppAnswersOnThisComputerAlone(t *testing.T) {
	clock := tuesday()
	path := filepath.Join(t.TempDir(), "relay.db")
	open := func() *relay.Local {
		l, err := relay.OpenLocal(t.Context(), relay.LocalNeeds{Path: path, Clock: clock.Now, Random: rand.Reader})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	l := open()
	if !strings.HasPrefix(l.Base(), "http://127.0.0.1:") || l.Client().Base() != l.Base() {
		t.Error(l.Base())
	}
	p := coupon(t, sunglasses(), "")
	if err := l.Client().Publish(t.Context(), []relay.Page{p}); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(l.Client().Link(p.Token))
	if err != nil || res.StatusCode != 200 {
		t.Fatal(res, err)
	}
	res.Body.Close()
	if list, _, err := l.Client().Events(t.Context(), 0); err != nil || len(list) != 1 || list[0].At != data.At(clock.Now()) {
		t.Error(list, err)
	}
	if res, err := http.Get(l.Base() + "/v1/status"); err != nil || res.StatusCode != http.StatusUnauthorized {
		t.Error(res, err)
	} else {
		res.Body.Close()
	}
	base := l.Base()
	http.DefaultClient.CloseIdleConnections()
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	l = open()
	if l.Base() != base { // the port was free: links made before still lead here
		t.Errorf("%s, before %s", l.Base(), base)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Client().Status(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}

	beside := open() // bell beside the app
	if beside.Base() == base {
		t.Errorf("two listen at %s", base)
	}
	http.DefaultClient.CloseIdleConnections()
	if err := errors.Join(beside.Close(), l.Close()); err != nil {
		t.Error(err)
	}
	l = open()
	if l.Base() != base { // links that went out lead here, whatever ran beside
		t.Errorf("%s, before %s", l.Base(), base)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

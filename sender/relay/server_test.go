package relay_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/relay"
)

const target = "https://shop.example/sale?from=text&x=%20y"

func TestALinkSendsOnAndIsCounted(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := relay.Page{Token: newToken(t), Kind: relay.RedirectPage, URL: target}
	s.publish(p)
	res, _ := s.ask("GET", "/"+p.Token)
	if res.StatusCode != http.StatusFound || res.Header.Get("Location") != target {
		t.Fatal(res.Status, res.Header)
	}
	want := relay.Event{Kind: relay.Opened, Token: p.Token, At: data.At(clock.Now()), Class: relay.Human, Agent: relay.Phone}
	got := s.events()
	if len(got) != 1 {
		t.Fatal(got)
	}
	want.ID = got[0].ID
	if got[0] != want {
		t.Errorf("%+v", got[0])
	}
}

func TestAFullStopAfterTheLinkDoesNoHarm(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := relay.Page{Token: newToken(t), Kind: relay.RedirectPage, URL: target}
	s.publish(p)
	for tail, status := range map[string]int{"": 302, "/": 302, ".": 302, ")": 302, "。": 302, "），": 302, "!": 302, "x": 404, "/x": 404, ".x": 404, "/stopp": 404, "//": 404, "/..": 404} {
		if res, _ := s.ask("GET", "/"+p.Token+tail); res.StatusCode != status {
			t.Errorf("%q: %s", tail, res.Status)
		}
	}
}

func TestPreviewsAreAnsweredAndToldApart(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	for _, c := range []struct {
		name, method string
		headers      []string
		want         relay.Event
	}{
		{"person", "GET", nil, relay.Event{Class: relay.Human, Agent: relay.Phone}},
		{"head", "HEAD", nil, relay.Event{Class: relay.Preview, Reason: relay.ByHead, Agent: relay.Phone}},
		{"prefetch", "GET", []string{"Sec-Purpose", "prefetch;prerender"}, relay.Event{Class: relay.Preview, Reason: relay.ByPrefetch, Agent: relay.Phone}},
		{"old prefetch", "GET", []string{"X-Moz", "prefetch"}, relay.Event{Class: relay.Preview, Reason: relay.ByPrefetch, Agent: relay.Phone}},
		{"safari preview", "GET", []string{"Purpose", "preview"}, relay.Event{Class: relay.Preview, Reason: relay.ByPrefetch, Agent: relay.Phone}},
		{"messages on a phone", "GET", []string{"User-Agent", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"}, relay.Event{Class: relay.Preview, Reason: relay.ByAgent, Agent: relay.Messenger}},
		{"no name", "GET", []string{"User-Agent", ""}, relay.Event{Class: relay.Preview, Reason: relay.ByAgent, Agent: relay.Program}},
	} {
		before := len(s.events())
		res, body := s.ask(c.method, "/"+p.Token, c.headers...)
		if res.StatusCode != 200 || (len(body) > 0) != (c.method == "GET") {
			t.Errorf("%s: %s with %d bytes", c.name, res.Status, len(body))
		}
		all := s.events()
		if len(all) != before+1 {
			t.Fatalf("%s: %d events", c.name, len(all)-before)
		}
		got := all[before]
		if got.Class != c.want.Class || got.Reason != c.want.Reason || got.Agent != c.want.Agent {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestReadingNeverOptsAnyoneOut(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	pages := []relay.Page{
		coupon(t, sunglasses(), ""),
		{Token: newToken(t), Kind: relay.RedirectPage, URL: target},
		{Token: newToken(t), Kind: relay.StopPage, Content: sunglasses()},
	}
	s.publish(pages...)
	for _, p := range pages {
		for _, path := range []string{"/" + p.Token, "/" + p.Token + "/stop", "/" + p.Token + "/stop?confirm=1"} {
			for _, method := range []string{"GET", "HEAD"} {
				s.ask(method, path, "X-HTTP-Method-Override", "POST")
			}
		}
		for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} {
			if res, _ := s.ask(method, "/"+p.Token+"/stop"); res.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("%s: %s", method, res.Status)
			}
		}
		if res, _ := s.ask("POST", "/"+p.Token); res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("POST to the link itself: %s", res.Status)
		}
		if res, body := s.ask("POST", "/"+p.Token+"/stop", "Sec-Fetch-Site", "cross-site"); res.StatusCode != 200 || !strings.Contains(body, "<button>") {
			t.Error("a stranger's page pressed the button", res.Status)
		}
	}
	for _, e := range s.events() {
		if e.Kind != relay.Opened {
			t.Errorf("%+v", e)
		}
	}
}

func TestTheButtonOptsOutOnce(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	for _, p := range []relay.Page{coupon(t, sunglasses(), ""), {Token: newToken(t), Kind: relay.StopPage, Content: glassesZh()}} {
		s.publish(p)
		_, body := s.ask("GET", "/"+p.Token+"/stop")
		if !strings.Contains(body, `<form method="post" action="stop">`) {
			t.Error(body)
		}
		before := len(s.events())
		for range 3 {
			res, _ := s.ask("POST", "/"+p.Token+"/stop", "Content-Type", "application/x-www-form-urlencoded")
			if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "stop" {
				t.Fatal(res.Status, res.Header)
			}
		}
		all := s.events()
		if len(all) != before+1 || all[before].Kind != relay.Stopped || all[before].Token != p.Token || all[before].At != data.At(clock.Now()) {
			t.Errorf("%+v", all[before:])
		}
		if _, body := s.ask("GET", "/"+p.Token+"/stop"); strings.Contains(body, "<button") || !strings.Contains(body, p.Content.Brand) {
			t.Error("the page doesn't say that it is done")
		}
		s.publish(p) // published again, it stays stopped
		if _, body := s.ask("GET", "/"+p.Token+"/stop"); strings.Contains(body, "<button") {
			t.Error("publishing undid an opt-out")
		}
	}
}

func TestARevokedLinkIsGoneAndStillOptsOut(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	if err := s.client.Revoke(t.Context(), []string{p.Token, newToken(t)}); err != nil {
		t.Fatal(err)
	}
	s.publish(p) // a late repeat of the publication does not bring it back
	res, body := s.ask("GET", "/"+p.Token)
	if res.StatusCode != http.StatusGone || strings.Contains(body, data.ShowCode(p.Code)) || !strings.Contains(body, "no longer in use") {
		t.Error(res.Status, body)
	}
	if n := len(s.events()); n != 1 {
		t.Errorf("%d events: a revoked link counts no more", n)
	}
	if res, _ := s.ask("POST", "/"+p.Token+"/stop"); res.StatusCode != http.StatusSeeOther {
		t.Error(res.Status)
	}
	if all := s.events(); len(all) != 2 || all[1].Kind != relay.Stopped {
		t.Errorf("%+v", all)
	}
}

func TestOneLinkCannotFillTheDisk(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	p := relay.Page{Token: newToken(t), Kind: relay.RedirectPage, URL: target}
	s.publish(p)
	for range 60 {
		if res, _ := s.ask("GET", "/"+p.Token); res.StatusCode != http.StatusFound {
			t.Fatal(res.Status)
		}
	}
	if n := len(s.events()); n != 20 {
		t.Errorf("%d recorded", n)
	}
	clock.move(time.Minute)
	for range 60 {
		s.ask("GET", "/"+p.Token)
	}
	if n := len(s.events()); n != 26 {
		t.Errorf("%d recorded a minute later", n)
	}
}

func TestOddRequestsAreRefusedAndServingGoesOn(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	for _, path := range []string{
		"/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00%00%00%00%00%00%00%00%00%00%00", "/'%20OR%20'1'='1", "/abcdefghij%C3%A9",
		"/aaaaaaaaaaa%2fstop/x", "/v1", "/V1/status", "//", "/relay.db", "/schema.sql", "/pages/style.css",
	} {
		if res, _ := s.ask("GET", path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	if res, _ := s.ask("POST", "/"); res.StatusCode != http.StatusMethodNotAllowed {
		t.Error(res.Status)
	}
	if res, body := s.ask("GET", "/healthz"); res.StatusCode != 200 || body != "ok\n" {
		t.Error(res.Status, body)
	}
}

func TestSlowAndHugeRequestsAreCutOff(t *testing.T) {
	clock := tuesday()
	store, err := relay.OpenStore(t.Context(), relay.StoreNeeds{Path: filepath.Join(t.TempDir(), "relay.db"), Clock: clock.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	limits := relay.DefaultLimits
	limits.Header, limits.Connections = 50*time.Millisecond, 2
	ln, err := limits.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := relay.NewHTTPServer(relay.NewServer(relay.Needs{Store: store, Clock: clock.Now}), limits)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	dial := func(send string) *bufio.Reader {
		conn, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(send)); err != nil {
			t.Fatal(err)
		}
		return bufio.NewReader(conn)
	}
	// Two who never finish their request hold both places until they are cut off; the third is served after that.
	slow := dial("GET /aaaaaaaaaaa HTTP/1.1\r\nHost: x\r\nX-Drip: ")
	dial("GET /aaaaaaaaaaa HTTP/1.1\r\nHost: x\r\n")
	third := dial("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if line, err := third.ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("%q %v", line, err)
	}
	if line, err := slow.ReadString('\n'); err == nil && !strings.Contains(line, "408") {
		t.Errorf("%q", line)
	}
	// Not everything that is sent is read: the answer may be a reset instead of the refusal.
	huge := dial("GET /aaaaaaaaaaa HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("x", 12<<10) + "\r\n\r\n")
	if line, err := huge.ReadString('\n'); err == nil && !strings.Contains(line, "431") {
		t.Errorf("%q", line)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	<-served
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

func TestTheRelaysOwnCallsWantTheKey(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	for _, key := range []string{"", "Bearer ", "Bearer 0123456789abcdefghijABCDEFGHIK", "Basic " + string(testKey), string(testKey), "bearer " + string(testKey)} {
		for _, path := range []string{"/v1/status", "/v1/events?after=0", "/v1/nothing"} {
			if res, body := s.ask("GET", path, "Authorization", key); res.StatusCode != http.StatusUnauthorized || strings.Contains(body, "pages") {
				t.Errorf("%q %s: %s", key, path, res.Status)
			}
		}
	}
	auth := "Bearer " + string(testKey)
	for path, status := range map[string]int{"/v1/nothing": 404, "/v1/pages": 405, "/v1/status": 200, "/v1/events": 400, "/v1/events?after=-1": 400, "/v1/events?after=x": 400} {
		if res, _ := s.ask("GET", path, "Authorization", auth); res.StatusCode != status {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	for _, body := range []string{
		"", "{", "null", "[]", `{"pages":[]}`, `{"pages":[{"token":"x"}]}`, `{"pages":[{}]} {}`, `{"pages":[{"token":"aaaaaaaaaaa","kind":"stop","content":5}]}`,
		`{"contents":[null],"pages":[{"token":"aaaaaaaaaaa","kind":"stop","content":0}]}`, `{"pages":[{"token":"aaaaaaaaaaa","kind":"stop","content":-7}]}`, strings.Repeat("[", 100_000),
	} {
		req, err := http.NewRequestWithContext(t.Context(), "POST", s.base+"/v1/pages", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", auth)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusBadRequest {
			t.Errorf("%.40q: %s", body, res.Status)
		}
	}
}

func TestAServerWithoutAKeyOpensToNoKey(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	closed := relay.NewServer(relay.Needs{Store: s.store, Clock: clock.Now})
	s.server.Config.Handler = closed
	for _, key := range []string{"", "Bearer ", "Bearer " + string(testKey)} {
		if res, _ := s.ask("GET", "/v1/status", "Authorization", key); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%q: %s", key, res.Status)
		}
	}
}

func TestTooManyAtOnceAreAskedToComeBack(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	s.server.Config.Handler = relay.NewServer(relay.Needs{Store: s.store, Clock: clock.Now, Key: testKey.Hash(), Busy: 1})
	// One request that sends its body slowly holds the only place.
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(conn, "POST /v1/revoke HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: 13\r\n\r\n", testKey)
	in := bufio.NewReader(conn)
	if line, err := in.ReadString('\n'); err != nil || !strings.Contains(line, "100") { // it is in the handler now
		t.Fatal(line, err)
	}
	if res, _ := s.ask("GET", "/healthz"); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Error(res.Status)
	}
	fmt.Fprint(conn, `{"tokens":[]}`)
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

func TestTheLogNamesNobody(t *testing.T) {
	clock := tuesday()
	s := openShop(t, filepath.Join(t.TempDir(), "relay.db"), clock.Now)
	var log bytes.Buffer
	var mu sync.Mutex
	s.server.Config.Handler = relay.NewServer(relay.Needs{
		Store: s.store, Clock: clock.Now, Key: testKey.Hash(),
		Log: slog.New(slog.NewTextHandler(writerFunc(func(b []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return log.Write(b)
		}), &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	p := coupon(t, sunglasses(), "")
	s.publish(p)
	s.ask("GET", "/"+p.Token)
	s.ask("POST", "/"+p.Token+"/stop")
	s.ask("GET", "/v1/pages", "Authorization", "Bearer "+string(testKey))
	if err := s.client.Publish(t.Context(), []relay.Page{{Token: p.Token, Kind: "video"}}); err == nil {
		t.Error("published")
	}
	mu.Lock()
	defer mu.Unlock()
	for _, secret := range []string{p.Token, p.Code, "127.0.0.1", "Pixel", string(testKey)} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q: %s", secret, log.String())
		}
	}
	if !strings.Contains(log.String(), "links published") {
		t.Error("nothing was logged")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

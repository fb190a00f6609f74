package uspeedo

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// fake plays uSpeedo: it refuses what the real one refuses (headers, clock, nonce, signature) and answers with what
// the test has put in.
type fake struct {
	t       *testing.T
	secret  string
	clock   time.Time
	answers map[string]func(w http.ResponseWriter, body map[string]any)

	mu     sync.Mutex
	bodies []map[string]any
	nonces map[string]bool
	flying int
}

func newFake(t *testing.T) (*fake, *Account) {
	f := &fake{t: t, secret: docSecret, clock: noon, nonces: map[string]bool{}, answers: map[string]func(http.ResponseWriter, map[string]any){}}
	s := httptest.NewServer(f)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	a, err := New(Needs{AccessKeyID: "KEY1", AccessKeySecret: docSecret, AccountID: "10001", SenderID: "uSpeedo", BaseURL: s.URL + "/api", RequestsPerSec: 1e6, Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	return f, a
}

func (f *fake) on(action, body string) {
	f.answers[action] = func(w http.ResponseWriter, _ map[string]any) { io.WriteString(w, body) }
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", f.clock.Format(http.TimeFormat))
	b, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.flying++
	if f.flying > 1 {
		f.t.Error("two requests in flight")
	}
	f.mu.Unlock()
	defer func() { f.mu.Lock(); f.flying--; f.mu.Unlock() }()

	var body map[string]any
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&body); err != nil {
		f.t.Error(err)
	}
	action, _ := body["Action"].(string)
	refuse := func(code int, message string) {
		json.NewEncoder(w).Encode(map[string]any{"Action": action + "Response", "RetCode": code, "Message": message})
	}
	seconds, _ := strconv.ParseInt(r.Header.Get("X-Timestamp"), 10, 64)
	nonce := r.Header.Get("X-Nonce")
	want, _ := Signature(b, f.secret)
	f.mu.Lock()
	repeated := f.nonces[nonce]
	f.nonces[nonce] = true
	f.mu.Unlock()
	switch {
	case r.Method != "POST" || r.URL.Path != "/api" || r.Header.Get("Content-Type") != "application/json":
		f.t.Error(r.Method, r.URL, r.Header)
	case r.Header.Get("X-Access-Key-Id") != "KEY1":
		refuse(174, "AccessKey not found")
	case len(nonce) == 0 || len(nonce) > 32 || repeated:
		f.t.Error("nonce", nonce)
	case f.clock.Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute:
		refuse(171, "VerifyAC Error")
	case r.Header.Get("X-Signature") != want:
		refuse(171, "Signature VerifyAC Error")
	case f.answers[action] == nil:
		refuse(161, "Missing Action")
	default:
		f.mu.Lock()
		f.bodies = append(f.bodies, body)
		f.mu.Unlock()
		f.answers[action](w, body)
	}
}

func text(ref string, to data.Phone, params ...string) provider.Text {
	return provider.Text{Ref: ref, To: to, Kind: data.Marketing, Body: "whole text", Template: "UTA1", Params: params}
}

var two = []provider.Text{text("r1", "+85255311111", "Ana", "7K74-QMPX"), text("r2", "+15035550142", "Bo", "9折")}

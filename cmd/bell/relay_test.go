package main

import (
	"crypto/rand"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"counterbell/data/secret"
	"counterbell/sender/relay"
)

// relayServer is a link relay as a user runs it, on this computer.
func relayServer(t *testing.T) (base string, key relay.Key, stop func()) {
	t.Helper()
	db, err := relay.OpenStore(t.Context(), relay.StoreNeeds{Path: filepath.Join(t.TempDir(), "relay.db"), Clock: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if key, err = relay.NewKey(rand.Reader); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(relay.NewServer(relay.Needs{Store: db, Clock: time.Now, Key: key.Hash()}))
	stop = func() { s.CloseClientConnections(); s.Close() }
	t.Cleanup(stop)
	return s.URL, key, stop
}

func TestARelayIsPairedAndTellsHowItDoes(t *testing.T) {
	d := openDesk(t)
	variable := secret.Variable("relay", "key")
	d.Setenv(variable, "")
	var status struct {
		URL           string
		Public        bool
		Pages, Events int
	}
	if d.json(&status, "relay", "status"); status.Public || !strings.HasPrefix(status.URL, "http://127.0.0.1:") {
		t.Errorf("the relay inside: %+v", status)
	}
	if code, out, errs := d.runs("relay", "status"); code != 0 || !strings.Contains(out, "0 pages") || !strings.Contains(errs, "this computer alone") {
		t.Errorf("exit %d %s%s", code, out, errs)
	}

	base, key, stop := relayServer(t)
	d.refuses(exitUsage, "No pairing key", "relay", "pair", base)
	d.stdin = "short\n"
	d.refuses(exitUsage, "pairing key", "relay", "pair", base)
	other, err := relay.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d.Setenv(variable, string(other))
	d.refuses(exitProvider, "pairing key", "relay", "pair", base)
	d.Setenv(variable, string(key))
	d.refuses(exitUsage, "https://go.example.com", "relay", "pair", "nonsense")
	d.refuses(exitUsage, "without encryption", "relay", "pair", "http://go.example.com")
	d.refuses(exitProvider, "can’t be reached", "relay", "pair", nowhere(t))
	d.refuses(exitProvider, "isn’t a Counterbell relay", "relay", "pair", listen(t, (&fakeTwilio{}).ServeHTTP))
	if d.json(&status, "relay", "status"); strings.TrimSuffix(status.URL, "/") == base {
		t.Error("a relay that refused was kept")
	}

	if out := d.does("relay", "pair", base); !strings.Contains(out, base) {
		t.Error(out)
	}
	if d.json(&status, "relay", "status"); strings.TrimSuffix(status.URL, "/") != base || status.Pages != 0 {
		t.Errorf("paired: %+v", status)
	}

	// Its links are published there before the texts go out, and opens come back.
	d.customers()
	d.does("campaign", "create", "--name", "A", "--group", "all", "--text", "Hi {first_name|there}: {code} {link}", "--offer", "20% off", "--expires", "10d")
	d.does("campaign", "send", "1")
	d.does("run", "--once")
	if d.json(&status, "relay", "status"); status.Pages < 200 {
		t.Errorf("published: %+v", status)
	}
	if out := d.does("messages", "--campaign", "1", "--state", "accepted"); out == "" {
		t.Error("nothing went out")
	}
	if out := d.does("messages", "--campaign", "1", "--state", "accepted", "--json"); !strings.Contains(out, base+"/") {
		t.Errorf("the texts don't lead to the relay: %.300s", out)
	}
	d.Setenv(variable, string(other))
	d.refuses(exitProvider, "pairing key", "relay", "status")
	d.Setenv(variable, string(key))
	stop()
	d.refuses(exitProvider, "can’t be reached", "relay", "status")
}

package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"counterbell/sender/relay"
)

// start runs the relay as the command does and returns its address, what it printed, and how to end it.
func start(t *testing.T, env string, args ...string) (address, printed string, stop func() string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var out, log bytes.Buffer
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- run(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), &out, &log, func(string) string { return env }, ready)
	}()
	select {
	case address = <-ready:
	case err := <-ended:
		cancel()
		t.Fatal(err)
	}
	return address, out.String(), func() string {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		return log.String()
	}
}

func status(t *testing.T, address string, key relay.Key) error {
	t.Helper()
	client, err := relay.NewClient("http://"+address, key, &http.Client{Timeout: 20 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Status(t.Context())
	return err
}

func TestTheKeyIsPrintedOnceAndStaysGood(t *testing.T) {
	db := filepath.Join(t.TempDir(), "relay.db")
	address, printed, stop := start(t, "", "--db", db, "--url", "https://go.example.com")
	line := regexp.MustCompile(`https://go\.example\.com#\w{32}`).FindString(printed)
	base, key, err := relay.ParsePairing(line)
	if err != nil || base != "https://go.example.com" {
		t.Fatal(printed, err)
	}
	if err := status(t, address, key); err != nil {
		t.Error(err)
	}
	if log := stop(); strings.Contains(log, string(key)) || !strings.Contains(log, "closing") {
		t.Error(log)
	}
	raw, err := os.ReadFile(db)
	if err != nil || bytes.Contains(raw, []byte(key)) {
		t.Error("the file holds the key itself", err)
	}

	address, printed, stop = start(t, "", "--db", db)
	if printed != "" {
		t.Error("printed again:", printed)
	}
	if err := status(t, address, key); err != nil {
		t.Error(err)
	}
	stop()

	address, printed, stop = start(t, "", "--db", db, "--new-key")
	if !strings.Contains(printed, "#") || status(t, address, key) == nil {
		t.Error("the old key still opens")
	}
	stop()
}

func TestAKeyFromOutsideIsTaken(t *testing.T) {
	dir := t.TempDir()
	const key = "from-the-environment_0123456789"
	address, printed, stop := start(t, key, "--db", filepath.Join(dir, "a.db"))
	if printed != "" || status(t, address, key) != nil {
		t.Error("the variable's key does not open", printed)
	}
	stop()
	file := filepath.Join(dir, "key")
	if err := os.WriteFile(file, []byte("from-a-file-0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address, _, stop = start(t, key, "--db", filepath.Join(dir, "b.db"), "--key-file", file)
	if status(t, address, "from-a-file-0123456789abcdef") != nil || status(t, address, key) == nil {
		t.Error("the file's key does not open, or the variable's does")
	}
	stop()
}

func TestWrongSettingsAreRefused(t *testing.T) {
	db := filepath.Join(t.TempDir(), "relay.db")
	for _, c := range []struct {
		env  string
		args []string
		want string
	}{
		{"short", []string{"--db", db}, "22"},
		{"", []string{"--db", db, "extra"}, "extra"},
		{"", []string{"--db", db, "--tls-cert", "x"}, "go together"},
		{"", []string{"--db", db, "--key-file", filepath.Join(db, "no")}, "no"},
		{"", []string{"--db", db, "--listen", "127.0.0.1:none"}, "none"},
		{"0123456789012345678901", []string{"--db", db, "--new-key"}, "--new-key"},
		{"", []string{"--db", db, "--tls-cert", db, "--tls-key", db}, "PEM"},
	} {
		var out, log bytes.Buffer
		err := run(t.Context(), append([]string{"--listen", "127.0.0.1:0"}, c.args...), &out, &log, func(string) string { return c.env }, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.args, err)
		}
	}
}

func TestItNamesItsVersion(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--version"}, &out, &out, os.Getenv, nil); err != nil || !strings.Contains(out.String(), "protocol 1") {
		t.Error(out.String(), err)
	}
}

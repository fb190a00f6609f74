package relay_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/sender/relay"
)

// BenchmarkRedirect measures links followed per second, every open on disk before its answer, beside a bare net/http
// redirect of the same answer in the same run (design.md, Numbers to reach: 0.7). Both are asked by the same lean clients
// over loopback, so that the clients' own cost hides as little as can be.
func BenchmarkRedirect(b *testing.B) {
	for _, clients := range []int{64, 256, 1024} {
		b.Run(fmt.Sprintf("%dclients", clients), func(b *testing.B) {
			tokens := make([]string, 20_000)
			pages := make([]relay.Page, len(tokens))
			for i := range tokens {
				tokens[i] = newToken(b)
				pages[i] = relay.Page{Token: tokens[i], Kind: relay.RedirectPage, URL: "https://shop.example/sale?from=text"}
			}
			s := openShop(b, filepath.Join(b.TempDir(), "relay.db"), time.Now)
			if err := s.client.Publish(b.Context(), pages); err != nil {
				b.Fatal(err)
			}
			bare := serveBare(b)
			const rounds = 8
			n := max(b.N, 40_000) / rounds
			ours, floor := time.Hour, time.Hour
			for range rounds { // in turns and the best of each, so that a busy moment of the machine falls on neither
				floor = min(floor, ask(b, bare, tokens, clients, n))
				ours = min(ours, ask(b, strings.TrimPrefix(s.base, "http://"), tokens, clients, n))
			}
			events := 0
			for next := int64(0); ; {
				list, to, err := s.client.Events(context.Background(), next)
				if err != nil {
					b.Fatal(err)
				}
				if len(list) == 0 {
					break
				}
				events, next = events+len(list), to
			}
			if events != rounds*n {
				b.Fatalf("%d opens on disk of %d", events, rounds*n)
			}
			b.ReportMetric(float64(n)/ours.Seconds(), "opens/s")
			b.ReportMetric(float64(n)/floor.Seconds(), "bare/s")
			b.ReportMetric(floor.Seconds()/ours.Seconds(), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func serveBare(b *testing.B) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://shop.example/sale?from=text", http.StatusFound)
	})}
	go func() { _ = server.Serve(ln) }()
	b.Cleanup(func() { _ = server.Close() })
	return ln.Addr().String()
}

// ask sends n requests over so many connections at once and returns how long it took.
func ask(b *testing.B, address string, tokens []string, clients, n int) time.Duration {
	const agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
	var all sync.WaitGroup
	start := time.Now()
	for c := range clients {
		all.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReader(conn)
			for i := c; i < n; i += clients {
				fmt.Fprintf(conn, "GET /%s HTTP/1.1\r\nHost: go.example\r\nUser-Agent: %s\r\nAccept: text/html\r\n\r\n", tokens[i%len(tokens)], agent)
				if err := readRedirect(in); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return time.Since(start)
}

func readRedirect(in *bufio.Reader) error {
	status, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(status), "HTTP/1.1 302") {
		return fmt.Errorf("answered %q", status)
	}
	length := 0
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			_, err := in.Discard(length)
			return err
		}
		if v, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if _, err := fmt.Sscan(v, &length); err != nil {
				return err
			}
		}
	}
}

func newToken(t testing.TB) string {
	t.Helper()
	token, err := relay.NewToken(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

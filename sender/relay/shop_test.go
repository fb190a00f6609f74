package relay_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/sender/relay"
)

// A shop is a relay on loopback and the Counterbell paired with it.
type shop struct {
	t      testing.TB
	store  *relay.Store
	server *httptest.Server
	base   string
	client *relay.Client
}

// tick is a clock that a test moves.
type tick struct {
	mu  sync.Mutex
	now time.Time
}

func (c *tick) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *tick) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// tuesday is 24 November 2026, 10:00 in Portland.
func tuesday() *tick { return &tick{now: time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)} }

const testKey relay.Key = "0123456789abcdefghijABCDEFGHIJ"

func openShop(t testing.TB, path string, clock data.Clock) *shop {
	t.Helper()
	store, err := relay.OpenStore(t.Context(), relay.StoreNeeds{Path: path, Clock: clock, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(relay.NewServer(relay.Needs{Store: store, Clock: clock, Key: testKey.Hash()}))
	client, err := relay.NewClient(server.URL, testKey, &http.Client{Timeout: 30 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, store: store, server: server, base: server.URL, client: client}
	t.Cleanup(s.close)
	return s
}

func (s *shop) close() {
	if s.server != nil {
		s.server.Close()
		s.server = nil
		if err := s.store.Close(); err != nil {
			s.t.Error(err)
		}
	}
}

func (s *shop) publish(pages ...relay.Page) {
	s.t.Helper()
	if err := s.client.Publish(s.t.Context(), pages); err != nil {
		s.t.Fatal(err)
	}
}

// events fetches everything there is.
func (s *shop) events() []relay.Event {
	s.t.Helper()
	var all []relay.Event
	for next := int64(0); ; {
		list, to, err := s.client.Events(s.t.Context(), next)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(list) == 0 {
			return all
		}
		all, next = append(all, list...), to
	}
}

const phoneAgent = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"

// ask sends one request as a phone's browser would, without following redirects. headers are name, value pairs.
func (s *shop) ask(method, path string, headers ...string) (*http.Response, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, strings.NewReader(""))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("User-Agent", phoneAgent)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res, string(body)
}

func sunglasses() *relay.Content {
	return &relay.Content{
		Language: "en", Scope: data.ScopeMarketing, Brand: "Lark Optical", Address: "1420 Alder Street, Portland",
		Phone: "(503) 555-0142", Heading: "Sunglasses week", Offer: "20% off", Detail: "any pair of sunglasses",
		Terms: "One use. Not with other offers. Prescription lenses are not included. In store only.",
		Zone:  "America/Los_Angeles",
	}
}

func glassesZh() *relay.Content {
	return &relay.Content{
		Language: "zh-Hans", Scope: data.ScopeMarketing, Brand: "云雀眼镜", Address: "示例市梧桐路 128 号",
		Phone: "(503) 555-0142", Heading: "太阳镜周", Offer: "八折", Detail: "任意太阳镜一副",
		Terms: "限用一次，不与其他优惠同享。不含定制镜片，仅限到店使用。",
		Zone:  "Asia/Shanghai",
	}
}

// coupon is good until the end of Sunday 29 November 2026 in its zone.
func coupon(t testing.TB, c *relay.Content, endsText string) relay.Page {
	t.Helper()
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		t.Fatal(err)
	}
	code, err := data.NewCode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return relay.Page{
		Token: newToken(t), Kind: relay.CouponPage, Code: code,
		Ends: data.Date("2026-11-29").End(zone), EndsText: endsText, Content: c,
	}
}

// Package wire carries a provider's calls over HTTP. What matters to the person at the counter is one question: when
// a call fails, may the text have gone out? A Client answers it for every failure, and never repeats a call.
package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Needs is what a Client takes from outside. The zero value is good for real use.
type Needs struct {
	Timeout time.Duration // of one call, from dialling to the last byte; 30 s when nought
	TLS     *tls.Config   // certificates to trust; the system's when nil
}

// A Client makes calls. It sends redirects back as answers, so that credentials stay with the host they are for.
type Client struct {
	sends     *http.Client // a fresh connection for each call
	questions *http.Client // connections are kept
	timeout   time.Duration
}

// New returns a client.
func New(n Needs) *Client {
	if n.Timeout <= 0 {
		n.Timeout = 30 * time.Second
	}
	transport := func() *http.Transport {
		return &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSClientConfig:        n.TLS.Clone(),
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  n.Timeout,
			MaxResponseHeaderBytes: 64 << 10,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true,
			// HTTP/2 is left out: net/http repeats its streams by itself when a server says goodbye.
			TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
		}
	}
	refuse := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	sends := transport()
	sends.DisableKeepAlives = true
	return &Client{
		sends:     &http.Client{Transport: sends, CheckRedirect: refuse},
		questions: &http.Client{Transport: transport(), CheckRedirect: refuse},
		timeout:   n.Timeout,
	}
}

// A Request is one call.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
	Limit  int64 // longest answer read, in bytes; 1 MB when nought
}

// An Answer is what came back. Status is nought when no answer line arrived.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// A Failure is a call without a whole answer. Written tells whether the request may have reached the other side:
// false means that it certainly didn't (name lookup, connection, TLS), so sending again is safe.
type Failure struct {
	Written bool
	Err     error
}

func (f *Failure) Error() string { return f.Err.Error() }
func (f *Failure) Unwrap() error { return f.Err }

// ErrTooLong is the cause when an answer is longer than its limit.
var ErrTooLong = errors.New("the answer is too long")

// Send makes a call that changes something. It uses a connection of its own: on one kept from earlier, a server that
// has just closed it can't be told from one that took the request. Errors are *Failure.
func (c *Client) Send(ctx context.Context, r Request) (Answer, error) { return c.call(ctx, c.sends, r) }

// Ask makes a call that only reads. Errors are *Failure.
func (c *Client) Ask(ctx context.Context, r Request) (Answer, error) {
	return c.call(ctx, c.questions, r)
}

func (c *Client) call(ctx context.Context, client *http.Client, r Request) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()

	// From the moment the transport has a connection, TLS included, bytes may be on their way.
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }})

	req, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(r.Body))
	if err != nil {
		return Answer{}, &Failure{Err: plain(err)}
	}
	req.GetBody = nil // without it net/http can't repeat the request on another connection
	if len(r.Body) == 0 {
		req.Body = http.NoBody
	}
	for name, values := range r.Header {
		req.Header[name] = values
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "Counterbell")
	}
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, &Failure{Written: connected.Load(), Err: plain(err)}
	}
	defer resp.Body.Close()

	a := Answer{Status: resp.StatusCode, Header: resp.Header}
	limit := r.Limit
	if limit <= 0 {
		limit = 1 << 20
	}
	a.Body, err = io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return a, &Failure{Written: true, Err: plain(err)}
	}
	if int64(len(a.Body)) > limit {
		a.Body = nil
		return a, &Failure{Written: true, Err: ErrTooLong}
	}
	return a, nil
}

// plain takes the address out of an error: it holds account names and, in queries, phone numbers.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// RetryAfter reads the header of that name, in seconds or as a date, at most an hour; fallback where there is none.
func (a Answer) RetryAfter(now time.Time, fallback time.Duration) time.Duration {
	v := strings.TrimSpace(a.Header.Get("Retry-After"))
	d := fallback
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		d = time.Duration(min(n, 3600)) * time.Second
	} else if t, err := http.ParseTime(v); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, time.Second), time.Hour)
}

// BaseURL checks an address that credentials are sent to: https, or http on this very computer; no user, query or
// fragment. It returns it without a slash at its end.
func BaseURL(s string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", fmt.Errorf("not a web address")
	case u.Scheme == "https", u.Scheme == "http" && Loopback(u.Hostname()):
		return strings.TrimRight(u.String(), "/"), nil
	}
	return "", fmt.Errorf("not an https address")
}

// Loopback tells whether a host name means this very computer.
func Loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"counterbell/data"
)

// A Client is Counterbell's end: it publishes links and fetches what happened to them. Each call is one attempt, or
// one for every MaxBatch links; repeating any of them is harmless.
type Client struct {
	base string
	key  Key
	http *http.Client
}

// maxAnswer bounds what is read of an answer: a full batch of events has about 200 KB.
const maxAnswer = 4 << 20

// NewClient returns a client for the relay at base ("https://go.example.com"). transport carries the time limits; it
// is copied, and follows no redirects, so that the key goes nowhere else. Errors: Address when base is no such
// address; Insecure for http beyond this computer or the local network.
func NewClient(base string, key Key, transport *http.Client) (*Client, error) {
	base, err := cleanBase(base)
	if err != nil {
		return nil, err
	}
	own := *transport
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base: base, key: key, http: &own}, nil
}

// ParsePairing reads what the relay prints when it is set up, "https://go.example.com#KEY".
func ParsePairing(s string) (base string, key Key, err error) {
	base, secret, _ := strings.Cut(strings.TrimSpace(s), "#")
	if key, err = ParseKey(secret); err != nil {
		return "", "", err
	}
	base, err = cleanBase(base)
	return base, key, err
}

func cleanBase(s string) (string, error) {
	const op = "read the relay's address"
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && u.Scheme != "http" {
		return "", data.Errorf(Address, op, "not a relay's address")
	}
	if u.Scheme == "http" && !isNear(u.Hostname()) {
		return "", data.Errorf(Insecure, op, "http to %s", u.Hostname()).With("host", u.Hostname())
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// isNear tells whether a host is this computer or on the local network.
func isNear(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast())
}

// Base returns the relay's address without a trailing slash.
func (c *Client) Base() string { return c.base }

// Link returns a token's link, as it stands in a message.
func (c *Client) Link(token string) string { return c.base + "/" + token }

// StopLink returns the link to a token's button that stops messages.
func (c *Client) StopLink(token string) string { return c.base + "/" + token + "/stop" }

// Publish puts pages on the relay. It returns nil when the relay has confirmed every one of them as on its disk; after
// an error some may be published, and publishing them again is right. Errors: BadPage, BadLink, and those of a call.
func (c *Client) Publish(ctx context.Context, pages []Page) error {
	for len(pages) > 0 {
		n := min(len(pages), MaxBatch)
		if err := c.publish(ctx, pages[:n]); err != nil {
			return err
		}
		pages = pages[n:]
	}
	return nil
}

func (c *Client) publish(ctx context.Context, pages []Page) error {
	b := batch{Pages: make([]batchPage, len(pages))}
	places := map[Content]int{}
	for i, p := range pages {
		if err := p.Validate(); err != nil {
			return err
		}
		place := -1
		if p.Content != nil {
			var known bool
			if place, known = places[*p.Content]; !known {
				place = len(b.Contents)
				places[*p.Content] = place
				b.Contents = append(b.Contents, p.Content)
			}
		}
		b.Pages[i] = batchPage{Page: p, Content: place}
	}
	var confirmed tokenList
	if err := c.call(ctx, http.MethodPost, "/v1/pages", b, &confirmed); err != nil {
		return err
	}
	there := make(map[string]bool, len(confirmed.Tokens))
	for _, t := range confirmed.Tokens {
		there[t] = true
	}
	for _, p := range pages {
		if !there[p.Token] {
			return data.Errorf(Down, "publish links", "the relay confirmed %d of %d", len(there), len(pages))
		}
	}
	return nil
}

// Revoke takes links out of use: whoever follows them is told so, and can still stop messages. An erasure of a person
// revokes their links. Tokens that the relay doesn't know are passed over.
func (c *Client) Revoke(ctx context.Context, tokens []string) error {
	for len(tokens) > 0 {
		n := min(len(tokens), MaxBatch)
		if err := c.call(ctx, http.MethodPost, "/v1/revoke", tokenList{tokens[:n]}, &tokenList{}); err != nil {
			return err
		}
		tokens = tokens[n:]
	}
	return nil
}

// Events returns what happened after cursor, oldest first, at most MaxBatch, and the cursor to go on with. 0 starts
// from the beginning. When there is nothing new the list is empty and next is cursor. What is fetched twice has the
// same Event.ID.
func (c *Client) Events(ctx context.Context, cursor int64) (events []Event, next int64, err error) {
	var list eventList
	if err := c.call(ctx, http.MethodGet, "/v1/events?after="+strconv.FormatInt(cursor, 10), nil, &list); err != nil {
		return nil, cursor, err
	}
	last := cursor
	for _, e := range list.Events {
		if e.ID <= last || !IsToken(e.Token) || e.Kind != Opened && e.Kind != Stopped {
			return nil, cursor, data.Errorf(NotRelay, "fetch events", "an event out of order, or of no known kind")
		}
		last = e.ID
	}
	return list.Events, last, nil
}

// Ack tells the relay that everything up to cursor is stored here. It may then forget what is old.
func (c *Client) Ack(ctx context.Context, cursor int64) error {
	return c.call(ctx, http.MethodPost, "/v1/ack", map[string]int64{"through": cursor}, &struct{}{})
}

// Status asks how the relay does. Error Old when it speaks an older protocol than this program needs.
func (c *Client) Status(ctx context.Context) (Status, error) {
	var st Status
	err := c.call(ctx, http.MethodGet, "/v1/status", nil, &st)
	return st, err
}

// call is one request. Errors: Down, WrongKey, Old, NotRelay, data.Cancelled, or what the relay itself says.
func (c *Client) call(ctx context.Context, method, path string, body, answer any) error {
	op := "ask the relay"
	var content io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return data.Errorf(data.Internal, op, "%w", err)
		}
		content = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return data.Errorf(Address, op, "%w", err)
	}
	req.Header.Set("Authorization", "Bearer "+string(c.key))
	req.Header.Set("User-Agent", "Counterbell")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() == context.Canceled {
			return data.Errorf(data.Cancelled, op, "%w", err)
		}
		return data.Errorf(Down, op, "%w", err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return data.Errorf(Down, op, "%w", err)
	}
	if len(raw) > maxAnswer {
		return data.Errorf(NotRelay, op, "an answer above %d bytes", maxAnswer)
	}
	if err := c.checkVersion(res, op); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return refusal(res.StatusCode, raw, op)
	}
	if err := json.Unmarshal(raw, answer); err != nil {
		return data.Errorf(NotRelay, op, "%w", err)
	}
	return nil
}

// checkVersion tells a relay from whatever else may answer at an address. A server in front of a relay that is down
// answers 502 to 504 for it.
func (c *Client) checkVersion(res *http.Response, op string) error {
	version, err := strconv.Atoi(res.Header.Get(protocolHeader))
	switch {
	case err != nil && res.StatusCode >= 500:
		return data.Errorf(Down, op, "status %d", res.StatusCode)
	case err != nil:
		return data.Errorf(NotRelay, op, "status %d without a relay's mark", res.StatusCode)
	case version < Protocol:
		return data.Errorf(Old, op, "protocol %d, this program needs %d", version, Protocol)
	}
	return nil
}

func refusal(status int, raw []byte, op string) error {
	var said wireError
	if err := json.Unmarshal(raw, &said); err != nil || said.Code == "" {
		return data.Errorf(Down, op, "status %d", status)
	}
	if status >= 500 && said.Code == data.Internal || said.Code == data.Busy {
		said.Code = Down
	}
	e := data.Errorf(said.Code, op, "status %d: %s", status, said.Text)
	e.Args = said.Args
	return e
}

// localAddress returns this computer's address on the local network, "" when it has none.
func localAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && n.IP.IsPrivate() {
			return n.IP.String()
		}
	}
	return ""
}

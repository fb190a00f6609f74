// Package relay is the link relay, both ends. A person taps the link in their text message; the relay sends them on or
// shows their coupon, and remembers that this link was followed. Counterbell collects that later.
//
// The same handler runs on a small public server (cmd/relay) and inside the app on loopback. It knows tokens and what
// a coupon says, never a name, a phone number or an IP address; an agent is reduced to a class (design.md, invariant 8).
// What people send to the relay is to be sealed to the desktop's key. Today that is the request to stop alone, which
// carries no text: there is nothing in it to seal.
package relay

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
)

// Protocol is the version of what both ends say to each other. It grows when an older end could not follow.
const Protocol = 1

// protocolHeader carries the version in every answer of the relay's own interface.
const protocolHeader = "Counterbell-Relay"

// PageKind is what a person meets behind a link.
type PageKind string

const (
	RedirectPage PageKind = "redirect" // sent on to a web address
	CouponPage   PageKind = "coupon"   // the coupon, with its code large and as a QR code
	StopPage     PageKind = "stop"     // one button that stops further messages
)

// A Page is what one person's link leads to. Ends is the last moment at which it is good, 0 for no end; EndsText is
// that moment as the person reads it, written by the shop's computer ("Sunday 29 November 2026").
type Page struct {
	Token    string       `json:"token"`
	Kind     PageKind     `json:"kind"`
	URL      string       `json:"url,omitempty"`  // redirect: where to
	Code     string       `json:"code,omitempty"` // coupon: the 8 bare characters
	Ends     data.Instant `json:"ends,omitempty"`
	EndsText string       `json:"ends_text,omitempty"`
	Content  *Content     `json:"-"` // shared by a campaign's pages; sent and stored once
}

// Content is what the pages of a campaign share, in the language of its text. Everything in it is public.
type Content struct {
	Language   string       `json:"language"` // "en" or "zh-Hans"
	Scope      data.Scope   `json:"scope"`    // what the stop button stops
	Brand      string       `json:"brand"`
	Address    string       `json:"address,omitempty"`
	Phone      string       `json:"phone,omitempty"`   // the shop's; a button dials it when it is a number
	Heading    string       `json:"heading,omitempty"` // "Sunglasses week"
	Offer      string       `json:"offer,omitempty"`   // large: "20% off"
	Detail     string       `json:"detail,omitempty"`  // "any pair of sunglasses"
	Terms      string       `json:"terms,omitempty"`
	Privacy    string       `json:"privacy,omitempty"` // web address of the shop's own privacy page
	ValidFrom  data.Instant `json:"valid_from,omitempty"`
	FromText   string       `json:"from_text,omitempty"`
	Zone       string       `json:"zone,omitempty"` // IANA; "days left" counts in it
	IsPractice bool         `json:"practice,omitempty"`
}

// batch is the body of a publication: each page names its content by its place in Contents, -1 for none.
type batch struct {
	Contents []*Content  `json:"contents,omitempty"`
	Pages    []batchPage `json:"pages"`
}

type batchPage struct {
	Page
	Content int `json:"content"`
}

// MaxBatch is how many pages, tokens or events one request carries at most.
const MaxBatch = 1000

// tokenList is the body of a revocation, and the answer to a publication: the tokens that are on disk.
type tokenList struct {
	Tokens []string `json:"tokens"`
}

// eventList is the answer to a request for events. Next is the cursor to ask with the next time.
type eventList struct {
	Events []Event `json:"events"`
	Next   int64   `json:"next"`
}

// Status is how the relay does. ID names its database: another ID behind the same address is another relay, which
// knows none of the links published so far.
type Status struct {
	ID         string       `json:"id"`
	Protocol   int          `json:"protocol"`
	Pages      int64        `json:"pages"`
	Events     int64        `json:"events"`     // kept, fetched or not
	LastEvent  int64        `json:"last_event"` // highest event number given out so far
	Unrecorded int64        `json:"unrecorded"` // opens that could not be written since the start (a full disk)
	Now        data.Instant `json:"now"`
}

// wireError is the answer to a call that fails.
type wireError struct {
	Code data.Code         `json:"code"`
	Text string            `json:"text"`
	Args map[string]string `json:"args,omitempty"`
}

// Error codes of this package, beside those of data.
const (
	Down     data.Code = "relay_down"     // can't be reached, or failed
	WrongKey data.Code = "relay_key"      // the pairing key is refused, or too short
	Old      data.Code = "relay_old"      // the relay is older than this program
	NotRelay data.Code = "relay_other"    // something else answers at that address
	Address  data.Code = "relay_address"  // not an address a relay can have
	Insecure data.Code = "relay_insecure" // http to a public address would show the key to everybody on the way
	BadPage  data.Code = "relay_page"     // a page that can't be published
	BadLink  data.Code = "relay_link"     // a link that can't be followed: not http or https, or not whole
)

// Validate returns BadPage or BadLink, with what is wrong, when the page can't be published.
func (p *Page) Validate() error {
	bad := func(what string) error {
		return data.Errorf(BadPage, "check a page", "%s", what).With("what", what)
	}
	if !IsToken(p.Token) {
		return bad("token")
	}
	if !cleanText(p.EndsText, 120, false) {
		return bad("ends_text")
	}
	switch p.Kind {
	case RedirectPage:
		if _, err := cleanURL(p.URL); err != nil {
			return err
		}
	case CouponPage:
		if _, err := data.ReadCode(p.Code); err != nil {
			return bad("code")
		}
		if p.Content == nil || p.Content.Offer == "" {
			return bad("content")
		}
	case StopPage:
		if p.Content == nil {
			return bad("content")
		}
	default:
		return bad("kind")
	}
	if p.Content == nil {
		return nil
	}
	return p.Content.Validate()
}

// Validate returns BadPage or BadLink, with the field that is wrong.
func (c *Content) Validate() error {
	for _, f := range []struct {
		name, text string
		limit      int
		lines      bool
	}{
		{"brand", c.Brand, 80, false},
		{"address", c.Address, 200, false},
		{"phone", c.Phone, 200, false},
		{"heading", c.Heading, 120, false},
		{"offer", c.Offer, 160, false},
		{"detail", c.Detail, 240, false},
		{"terms", c.Terms, 2000, true},
		{"from_text", c.FromText, 120, false},
	} {
		if !cleanText(f.text, f.limit, f.lines) {
			return data.Errorf(BadPage, "check a page", "%s", f.name).With("what", f.name)
		}
	}
	_, zoneErr := time.LoadLocation(c.Zone)
	switch {
	case strings.TrimSpace(c.Brand) == "":
		return data.Errorf(BadPage, "check a page", "no brand").With("what", "brand")
	case texts[c.Language] == nil:
		return data.Errorf(BadPage, "check a page", "language %q", c.Language).With("what", "language")
	case c.Scope != data.ScopeMarketing && c.Scope != data.ScopeReminders:
		return data.Errorf(BadPage, "check a page", "scope %q", c.Scope).With("what", "scope")
	case zoneErr != nil:
		return data.Errorf(BadPage, "check a page", "zone %q", c.Zone).With("what", "zone")
	}
	if c.Privacy != "" {
		_, err := cleanURL(c.Privacy)
		return err
	}
	return nil
}

// cleanText tells whether a text is short enough (in characters) and free of control characters.
func cleanText(s string, limit int, lines bool) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > limit {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) && !(lines && r == '\n') {
			return false
		}
	}
	return true
}

// cleanURL returns a web address as it may stand in a Location header: absolute, http or https, ASCII, without a
// password. Error BadLink otherwise.
func cleanURL(s string) (string, error) {
	bad := func(why string) (string, error) {
		return "", data.Errorf(BadLink, "check a link", "%s", why).With("link", s)
	}
	if len(s) > 2048 || !cleanText(s, 2048, false) {
		return bad("too long, or has control characters")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return bad("not an address")
	case u.Scheme != "http" && u.Scheme != "https":
		return bad("neither http nor https")
	case u.Hostname() == "" || u.User != nil:
		return bad("no host, or a password in it")
	case strings.IndexFunc(u.Host, func(r rune) bool { return r > unicode.MaxASCII || r == '%' }) >= 0:
		return bad("a host that is not in ASCII (its xn-- form is)")
	}
	return u.String(), nil
}

// Package twilio sends texts through Twilio's REST API 2010-04-01 and asks it for news, without a public address.
// Facts: https://www.twilio.com/docs/messaging/api/message-resource and twilio-oai spec/json/twilio_api_v2010.json.
package twilio

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

// Name is the adapter's name in settings and on the command line.
const Name = "twilio"

// BaseURL is where Twilio answers.
const BaseURL = "https://api.twilio.com"

// Needs is what an Account takes from outside: the form's fields, a clock and a line.
type Needs struct {
	AccountSID       string // "AC" and 32 hexadecimal digits
	AuthToken        string // or
	APIKey           string // "SK…", together with
	APISecret        string
	From             string // E.164 or a sender ID; or
	MessagingService string // "MG…"
	BaseURL          string // empty: BaseURL
	RatePerSec       float64
	Clock            data.Clock
	Wire             *wire.Client
}

// An Account is one Twilio account that texts go out from.
type Account struct {
	sid, user, password string
	from, service       string
	base                string
	rate                float64
	clock               data.Clock
	wire                *wire.Client
}

var _ interface {
	provider.Provider
	provider.Balancer
} = (*Account)(nil)

var accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)

// New checks the settings' form and returns the account. Errors: "setting" with Args field, data.Credentials.
func New(n Needs) (*Account, error) {
	const op = "set up Twilio"
	if !accountSID.MatchString(n.AccountSID) {
		return nil, provider.SettingError(op, "account_sid")
	}
	if n.From == "" && n.MessagingService == "" {
		return nil, provider.SettingError(op, "from")
	}
	a := &Account{sid: n.AccountSID, user: n.AccountSID, password: n.AuthToken, from: n.From, service: n.MessagingService, rate: n.RatePerSec, clock: n.Clock, wire: n.Wire}
	if n.APIKey != "" {
		a.user, a.password = n.APIKey, n.APISecret
	}
	if a.password == "" {
		return nil, (&data.Error{Code: data.Credentials, Op: op}).With("provider", Name)
	}
	if n.BaseURL == "" {
		n.BaseURL = BaseURL
	}
	base, err := wire.BaseURL(n.BaseURL)
	if err != nil {
		return nil, provider.SettingError(op, "base_url")
	}
	a.base = base
	if a.rate <= 0 {
		a.rate = 1
	}
	if a.clock == nil {
		a.clock = time.Now
	}
	if a.wire == nil {
		a.wire = wire.New(wire.Needs{})
	}
	return a, nil
}

func (a *Account) Name() string { return Name }

// Capabilities: one recipient a call, free text, no reference of ours. A US long code sends one part a second.
// Twilio answers STOP itself by default; it tells of it only by listing the reply and refusing the next text (21610).
func (a *Account) Capabilities() provider.Caps {
	return provider.Caps{
		MaxBatch: 1, Personalised: true, FreeText: true, LinkInVariable: true, ClientRef: provider.RefNone,
		Statuses: provider.PollByID, Inbound: provider.PollListByTime, Balance: true, MaxUnits: 1600, SegmentRule: "gsm",
		RatePerSec: a.rate, MinPoll: 15 * time.Second, StatusHorizon: 72 * time.Hour,
	}
}

// Check reads the balance, which every kind of key may. Test credentials can't read anything: being told so proves
// them right (20008).
func (a *Account) Check(ctx context.Context) error {
	const op = "check Twilio"
	_, err := a.ask(ctx, op, a.address("/Balance.json", nil), new(struct{}))
	if r := (*refusal)(nil); errors.As(err, &r) {
		if r.code == "20008" {
			return nil
		}
		return r.error()
	}
	return err
}

// Balance returns what is left, "12.34" and "USD".
func (a *Account) Balance(ctx context.Context) (string, string, error) {
	const op = "read Twilio's balance"
	var b struct{ Balance, Currency string }
	if _, err := a.ask(ctx, op, a.address("/Balance.json", nil), &b); err != nil {
		if r := (*refusal)(nil); errors.As(err, &r) {
			return "", "", r.error()
		}
		return "", "", err
	}
	return b.Balance, b.Currency, nil
}

// address returns the full address of something under the account.
func (a *Account) address(path string, q url.Values) string {
	s := a.base + "/2010-04-01/Accounts/" + a.sid + path
	if len(q) > 0 {
		s += "?" + q.Encode()
	}
	return s
}

func (a *Account) header() http.Header {
	return http.Header{
		"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte(a.user+":"+a.password))},
		"Accept":        {"application/json"},
	}
}

// A problem is Twilio's error body; a gateway before it may say title and detail instead (RFC 9457).
type problem struct {
	Code    json.Number `json:"code"`
	Message string      `json:"message"`
	Title   string      `json:"title"`
	Detail  string      `json:"detail"`
}

// words returns the problem's code, or the HTTP status where it has none, and its text fit for a log.
func words(an wire.Answer) (code, raw string) {
	var p problem
	if json.Unmarshal(an.Body, &p) != nil {
		p = problem{Message: http.StatusText(an.Status)}
	}
	code = p.Code.String()
	if code == "" {
		code = strconv.Itoa(an.Status)
	}
	if p.Message == "" {
		p.Message = strings.TrimSpace(p.Title + ": " + p.Detail)
	}
	return code, wire.Mask(p.Message)
}

// A refusal is an answer of 400 and above to a question.
type refusal struct {
	op, code, raw string
	status        int
}

func (r *refusal) Error() string { return r.code + " " + r.raw }

func (r *refusal) error() *data.Error {
	e := wire.Asked(r.op, Name, wire.Answer{Status: r.status}, nil, r.raw)
	if codes[r.code].Class == data.ClassAuth {
		e.Code = data.Credentials
	}
	return e.With("detail", r.raw)
}

// ask makes one call that only reads, and decodes its answer into v. Errors: *refusal, or data.ProviderDown.
func (a *Account) ask(ctx context.Context, op, address string, v any) (wire.Answer, error) {
	an, err := a.wire.Ask(ctx, wire.Request{Method: http.MethodGet, URL: address, Header: a.header(), Limit: 8 << 20})
	if err != nil {
		return an, wire.Asked(op, Name, wire.Answer{}, err, "")
	}
	if an.Status != http.StatusOK {
		code, raw := words(an)
		return an, &refusal{op: op, code: code, raw: raw, status: an.Status}
	}
	if err := json.Unmarshal(an.Body, v); err != nil {
		return an, wire.Asked(op, Name, wire.Answer{}, errGarbage, "")
	}
	return an, nil
}

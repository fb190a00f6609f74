// Package uspeedo sends approved templates through uSpeedo's signed Action API, one request for up to 1000 people.
// Facts: https://uspeedo.com/docs/products/sms/api/SendBatchUSMSMessage and github.com/uSpeedo/uspeedo-sdk-go (whose
// client is not used: it repeats a send after a fault or a timeout).
//
// It can't read replies: an opt-out by keyword needs another way.
package uspeedo

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"counterbell/data"
	"counterbell/sender/provider"
	"counterbell/sender/provider/wire"
)

// Name is the adapter's name in settings and on the command line.
const Name = "uspeedo"

// BaseURL is where uSpeedo answers.
const BaseURL = "https://api.uspeedo.com/api"

// SearchURL is the console's page where a person can look up what became of an Unknown message.
const SearchURL = "https://console.uspeedo.com/sms/search"

// ClockSkew is the code of the error that says that this computer's clock is wrong: uSpeedo takes X-Timestamp within
// five minutes of its own. Args minutes tells by how much, when it is known.
const ClockSkew data.Code = "clock_skew"

const (
	maxBatch   = 1000
	maxUnits   = 500
	maxSkew    = 5 * time.Minute
	perRequest = 5 // requests a second: nothing is published, this is cautious
)

//go:embed errors.tsv
var errorTable string

//go:embed words.tsv
var wordTable string

var (
	codes = wire.ReadCodes(errorTable)
	words = wire.ReadCodes(wordTable)
)

// Needs is what an Account takes from outside: the form's fields, a clock, randomness and a line.
type Needs struct {
	AccessKeyID     string
	AccessKeySecret string
	AccountID       string // a number; may be left out
	SenderID        string // may be left out
	BaseURL         string // empty: BaseURL
	RequestsPerSec  float64
	Clock           data.Clock
	Random          io.Reader
	Wire            *wire.Client
}

// An Account is one uSpeedo account that texts go out from.
type Account struct {
	key, secret, sender, base string
	account                   int64
	rate                      float64
	clock                     data.Clock
	random                    io.Reader
	wire                      *wire.Client

	turn chan struct{} // one request in flight
	next time.Time     // when the next may start; held by turn

	mu    sync.Mutex
	asked map[string]time.Time // SessionNo → when its receipts were asked for last
}

var _ interface {
	provider.Provider
	provider.Templater
} = (*Account)(nil)

// New checks the settings' form and returns the account. Errors: provider.BadSetting, data.Credentials.
func New(n Needs) (*Account, error) {
	const op = "set up uSpeedo"
	a := &Account{
		key: n.AccessKeyID, secret: n.AccessKeySecret, sender: n.SenderID, rate: n.RequestsPerSec, clock: n.Clock, random: n.Random, wire: n.Wire,
		turn: make(chan struct{}, 1), asked: map[string]time.Time{},
	}
	if a.key == "" {
		return nil, provider.SettingError(op, "access_key_id")
	}
	if a.secret == "" {
		return nil, (&data.Error{Code: data.Credentials, Op: op}).With("provider", Name)
	}
	var err error
	if n.AccountID != "" {
		if a.account, err = strconv.ParseInt(n.AccountID, 10, 64); err != nil || a.account <= 0 {
			return nil, provider.SettingError(op, "account_id")
		}
	}
	if n.BaseURL == "" {
		n.BaseURL = BaseURL
	}
	if a.base, err = wire.BaseURL(n.BaseURL); err != nil {
		return nil, provider.SettingError(op, "base_url")
	}
	if a.rate <= 0 {
		a.rate = perRequest
	}
	if a.clock == nil {
		a.clock = time.Now
	}
	if a.random == nil {
		a.random = rand.Reader
	}
	if a.wire == nil {
		a.wire = wire.New(wire.Needs{})
	}
	return a, nil
}

func (a *Account) Name() string { return Name }

// Capabilities: approved templates with variables, our reference echoed, receipts by id, no replies, no balance.
// Nothing is published about links in variables, so none are put there: a template carries a fixed one. The rate
// counts recipients; requests are paced here.
func (a *Account) Capabilities() provider.Caps {
	return provider.Caps{
		MaxBatch: maxBatch, Personalised: true, FreeText: false, LinkInVariable: false, ClientRef: provider.RefEchoed,
		Statuses: provider.PollByID, Inbound: provider.PollNone, MaxUnits: maxUnits, SegmentRule: "gsm",
		RatePerSec: a.rate * maxBatch, MinPoll: time.Minute, StatusHorizon: horizon,
	}
}

// Replies: uSpeedo hands none out.
func (a *Account) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", provider.ErrUnsupported
}

// Check asks for the receipts of a session that doesn't exist: whoever is told about the session has the right key.
func (a *Account) Check(ctx context.Context) error {
	an, err := a.call(ctx, "check uSpeedo", receiptRequest{Action: "GetUSMSSendReceipt", AccountID: a.account, SessionNoSet: []string{"00000000-0000-0000-0000-000000000000"}}, new(struct{}))
	if err != nil && an.reached && (an.class == data.ClassParams || an.class == data.ClassUnknown && strings.Contains(strings.ToLower(an.Message), "session")) {
		return nil // it knows who we are, and has nothing for us
	}
	return err
}

// answer is the part that all answers share. The request id has three names; support asks for it.
type answer struct {
	RetCode     *int   `json:"RetCode"`
	Message     string `json:"Message"`
	ReqUUID     string `json:"ReqUuid"`
	RequestUUID string `json:"RequestUuid"`
	RequestID   string `json:"RequestId"`

	status  int
	reached bool // the API itself answered, not a gateway before it
	class   data.ErrorClass
	skew    time.Duration // of our clock against theirs, when the answer was dated
}

// request id, whichever name it came by.
func (r *answer) id() string {
	for _, s := range []string{r.ReqUUID, r.RequestUUID, r.RequestID} {
		if s != "" {
			return s
		}
	}
	return ""
}

// raw is the answer in their own words, fit for a log.
func (r *answer) raw() string {
	s := wire.Mask(r.Message)
	if id := r.id(); id != "" && len(id) <= 64 {
		s += " (request " + id + ")"
	}
	return s
}

// code is their return code; the HTTP status where there is none.
func (r *answer) code() string {
	if r.RetCode != nil {
		return strconv.Itoa(*r.RetCode)
	}
	return strconv.Itoa(r.status)
}

// read decodes the shared part and finds the class of a refusal.
func (a *Account) read(an wire.Answer) answer {
	r := answer{status: an.Status}
	r.reached = json.Unmarshal(an.Body, &r) == nil && r.RetCode != nil
	if r.reached && *r.RetCode == 0 && an.Status < 300 {
		return r
	}
	if !r.reached {
		r.RetCode = nil
		_, r.class = wire.ByStatus(an.Status)
		if r.Message == "" {
			r.Message = http.StatusText(an.Status)
		}
	} else if known, ok := codes[r.code()]; ok {
		r.class = known.Class
	} else {
		r.class = wordClass(r.Message)
		if an.Status == http.StatusUnauthorized || an.Status == http.StatusForbidden {
			r.class = data.ClassAuth
		}
	}
	if date, err := http.ParseTime(an.Header.Get("Date")); err == nil {
		r.skew = a.clock().Sub(date)
	}
	if lower := strings.ToLower(r.Message); r.class == data.ClassAuth && r.skew.Abs() > maxSkew-time.Minute || strings.Contains(lower, "timestamp") || strings.Contains(lower, "time stamp") {
		r.class = data.ClassConfig
		r.Message = "X-Timestamp: this computer's clock is off by " + r.skew.Round(time.Second).String() + ". " + r.Message
	}
	return r
}

// wordClass finds a class in their words; ClassUnknown when nothing is known by them.
func wordClass(text string) data.ErrorClass {
	text = strings.ToLower(text)
	for _, w := range sortedWords {
		if strings.Contains(text, w) {
			return words[w].Class
		}
	}
	return data.ClassUnknown
}

// sortedWords holds the longest first, so that the answer doesn't depend on a map's order.
var sortedWords = func() []string {
	var ws []string
	for w := range words {
		ws = append(ws, w)
	}
	slices.SortFunc(ws, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return ws
}()

// request signs a body and wraps it up.
func (a *Account) request(body any, limit int64) (wire.Request, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return wire.Request{}, err
	}
	signature, err := Signature(b, a.secret)
	if err != nil {
		return wire.Request{}, err
	}
	nonce := make([]byte, 12)
	if _, err := io.ReadFull(a.random, nonce); err != nil {
		return wire.Request{}, err
	}
	return wire.Request{Method: http.MethodPost, URL: a.base, Body: b, Limit: limit, Header: http.Header{
		"Content-Type":    {"application/json"},
		"X-Access-Key-Id": {a.key},
		"X-Signature":     {signature},
		"X-Timestamp":     {strconv.FormatInt(a.clock().Unix(), 10)},
		"X-Nonce":         {hex.EncodeToString(nonce)}, // 24 characters; 32 are allowed
	}}, nil
}

// wait takes the turn: one request in flight, and so many a second. Pacing is real time even on a practice clock.
func (a *Account) wait(ctx context.Context) (done func(), err error) {
	select {
	case a.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	done = func() { <-a.turn }
	if d := time.Until(a.next); d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			done()
			return nil, ctx.Err()
		}
	}
	a.next = time.Now().Add(time.Duration(float64(time.Second) / a.rate))
	return done, nil
}

// call asks something and decodes the answer into v. The error is a *data.Error; the answer's shared part is filled as
// far as it came.
func (a *Account) call(ctx context.Context, op string, body, v any) (answer, error) {
	done, err := a.wait(ctx)
	if err != nil {
		return answer{}, wire.Asked(op, Name, wire.Answer{}, err, "")
	}
	defer done()
	req, err := a.request(body, 64<<20)
	if err != nil {
		return answer{}, &data.Error{Code: data.Internal, Op: op, Err: err}
	}
	an, err := a.wire.Send(ctx, req)
	if err != nil {
		return answer{status: an.Status}, wire.Asked(op, Name, wire.Answer{Status: an.Status}, err, "")
	}
	r := a.read(an)
	if r.class != data.ClassNone || !r.reached {
		return r, r.error(op)
	}
	if err := json.Unmarshal(an.Body, v); err != nil {
		return r, wire.Asked(op, Name, wire.Answer{}, errGarbage, "")
	}
	return r, nil
}

func (r *answer) error(op string) *data.Error {
	e := wire.Asked(op, Name, wire.Answer{Status: r.status}, nil, r.code()+" "+r.raw())
	switch r.class {
	case data.ClassAuth:
		e.Code = data.Credentials
	case data.ClassConfig:
		e.Code = data.ProviderDown
		if strings.HasPrefix(r.Message, "X-Timestamp") {
			e.Code = ClockSkew
			e = e.With("minutes", strconv.Itoa(int(r.skew.Round(time.Minute).Minutes())))
		}
	}
	return e.With("detail", r.code()+" "+r.raw())
}

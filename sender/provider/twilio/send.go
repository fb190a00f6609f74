package twilio

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"math/big"
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

//go:embed errors.tsv
var errorTable string

var codes = wire.ReadCodes(errorTable)

var errGarbage = errors.New("the answer can't be read")

// message is Twilio's message, as far as we read it. The numbers come as text.
type message struct {
	SID         string      `json:"sid"`
	Status      string      `json:"status"`
	Direction   string      `json:"direction"`
	From        string      `json:"from"`
	To          string      `json:"to"`
	Body        string      `json:"body"`
	NumSegments string      `json:"num_segments"`
	Price       *string     `json:"price"`
	PriceUnit   string      `json:"price_unit"`
	ErrorCode   json.Number `json:"error_code"`
	ErrorText   string      `json:"error_message"`
	DateSent    string      `json:"date_sent"`
	DateCreated string      `json:"date_created"`
	DateUpdated string      `json:"date_updated"`
}

// Send hands over one text. Twilio has no reference of ours: a text whose answer was lost is Unknown for good, and
// can be looked up in Twilio's own log by number and time.
func (a *Account) Send(ctx context.Context, batch []provider.Text) []provider.Outcome {
	outcomes := make([]provider.Outcome, len(batch))
	for i, t := range batch {
		if i > 0 {
			outcomes[i] = provider.Outcome{Ref: t.Ref, State: provider.NotSent, Class: data.ClassParams, Raw: "one text a call"}
			continue
		}
		outcomes[i] = a.send(ctx, t)
		outcomes[i].Ref = t.Ref
	}
	return outcomes
}

func (a *Account) send(ctx context.Context, t provider.Text) provider.Outcome {
	form := url.Values{}
	if t.To != "" {
		form.Set("To", string(t.To))
	}
	switch {
	case strings.HasPrefix(t.Sender, "MG"):
		form.Set("MessagingServiceSid", t.Sender)
	case t.Sender != "":
		form.Set("From", t.Sender)
	case a.service != "":
		form.Set("MessagingServiceSid", a.service)
	default:
		form.Set("From", a.from)
	}
	form.Set("Body", t.Body)
	header := a.header()
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	an, err := a.wire.Send(ctx, wire.Request{Method: http.MethodPost, URL: a.address("/Messages.json", nil), Header: header, Body: []byte(form.Encode())})
	switch {
	case an.Status == http.StatusCreated || an.Status == http.StatusOK || an.Status == http.StatusAccepted:
		if err != nil {
			return wire.Lost(err)
		}
		return accepted(an)
	case an.Status != 0: // a refusal is a refusal even where its text was lost
		return a.refused(an)
	}
	return wire.Lost(err)
}

// messageSID is what a message's id looks like. It goes into addresses, so nothing else is let through.
var messageSID = regexp.MustCompile(`^(SM|MM)[0-9a-fA-F]{32}$`)

func accepted(an wire.Answer) provider.Outcome {
	var m message
	if json.Unmarshal(an.Body, &m) != nil || !messageSID.MatchString(m.SID) {
		return provider.Outcome{State: provider.Unknown, Class: data.ClassUnknown, Code: strconv.Itoa(an.Status), Raw: errGarbage.Error()}
	}
	return provider.Outcome{State: provider.Accepted, ProviderID: m.SID, Segments: m.segments(), Cost: m.cost()}
}

func (a *Account) refused(an wire.Answer) provider.Outcome {
	o := provider.Outcome{}
	o.Code, o.Raw = words(an)
	o.State, o.Class = wire.ByStatus(an.Status)
	if an.Status >= 500 {
		return o // whatever the body says, it may have gone out
	}
	if known, ok := codes[o.Code]; ok && o.State == provider.Rejected {
		o.Class = known.Class
	}
	if o.Class == data.ClassRate { // refused for now, and surely not taken
		o.State = provider.NotSent
		o.RetryAfter = an.RetryAfter(a.clock(), time.Minute)
	}
	return o
}

func (m *message) segments() int {
	n, err := strconv.Atoi(m.NumSegments)
	if err != nil || n < 0 || n > 100 {
		return 0
	}
	return n
}

// cost reads "-0.00750" USD as 7,500 millionths. The price comes some time after delivery: until then it isn't known.
func (m *message) cost() data.Cost {
	if m.Price == nil || len(m.PriceUnit) != 3 || len(*m.Price) > 32 {
		return data.Cost{}
	}
	r, ok := new(big.Rat).SetString(*m.Price)
	if !ok || strings.ContainsAny(*m.Price, "eEpPxX/_") {
		return data.Cost{}
	}
	r.Abs(r).Mul(r, big.NewRat(1e6, 1)).Add(r, big.NewRat(1, 2))
	n := new(big.Int).Div(r.Num(), r.Denom())
	if !n.IsInt64() || n.Int64() > 1e12 {
		return data.Cost{}
	}
	return data.Cost{Micros: data.Micros(n.Int64()), Currency: strings.ToUpper(m.PriceUnit), Known: true}
}

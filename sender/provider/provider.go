// Package provider says what an SMS provider is. One sub-package for each; practice sends nothing anywhere.
//
// Send is one attempt and never retries: one call is at most one request on the wire. What can't be known is Unknown,
// and the engine never sends an Unknown again by itself (design.md, invariant 2).
package provider

import (
	"context"
	"errors"
	"time"

	"counterbell/data"
)

// ErrUnsupported is returned for what a provider can't do.
var ErrUnsupported = errors.New("the provider can't do that")

// PollMode is how news can be fetched without a public address.
type PollMode string

const (
	PollNone        PollMode = "none"
	PollByID        PollMode = "by_id"
	PollListByTime  PollMode = "list_by_time"
	PollDestructive PollMode = "destructive_queue" // what is read is gone: store before asking for more
)

// ClientRef is whether our own reference survives at the provider.
type ClientRef string

const (
	RefNone   ClientRef = "none"
	RefEchoed ClientRef = "echoed"
	RefUnique ClientRef = "unique" // a second send with the same reference is refused
)

// Caps is what a provider can do; the screens follow it.
type Caps struct {
	MaxBatch       int           // recipients in one Send; at least 1
	Personalised   bool          // a different text for each recipient of one Send
	FreeText       bool          // false: approved templates only
	LinkInVariable bool          // a template variable may carry a link
	ClientRef      ClientRef     //
	Statuses       PollMode      //
	AskByRef       bool          // Statuses finds a message by our own Ref too, where its ProviderID isn't known
	Inbound        PollMode      // PollNone: replies can't be read
	ReportsOptOuts bool          // handles STOP itself and tells us
	Balance        bool          //
	MaxUnits       int           // longest text it takes, in characters; 0: no limit known
	SegmentRule    string        // "gsm" (160/153, 70/67) or "cn" (70/67 for all text)
	RatePerSec     float64       // recipients a second; 0: no limit
	MinPoll        time.Duration // don't ask for news more often than this
	StatusHorizon  time.Duration // after this no status comes any more
	InboundHorizon time.Duration //
	Practice       bool          // sends nothing anywhere
}

// A Text is one recipient's message. Ref is our own reference (the attempt), unique for ever.
type Text struct {
	Ref      string
	To       data.Phone
	Kind     data.Kind
	Body     string   // the whole text, also for template providers (what the person will read)
	Template string   // template providers: the approved template's id
	Params   []string // and its variables, in order
	Sender   string   // sender ID or number; empty: the account's default
}

// OutcomeState is what became of one recipient in one Send.
type OutcomeState string

const (
	Accepted OutcomeState = "accepted"
	Rejected OutcomeState = "rejected"
	Unknown  OutcomeState = "unknown"  // it may or may not go out
	NotSent  OutcomeState = "not_sent" // nothing was written to the wire: safe to try again
)

// An Outcome is one recipient's result. Class, Code and Raw say why it was rejected, unknown or not sent; Code and Raw
// are the provider's own words and hold no phone number.
type Outcome struct {
	Ref        string
	State      OutcomeState
	ProviderID string
	Class      data.ErrorClass
	Code       string
	Raw        string
	Segments   int
	Cost       data.Cost
	RetryAfter time.Duration // for NotSent and class rate
}

// A Status is news of one message, found by ProviderID (and Ref or To where the id is shared by several).
type Status struct {
	ProviderID string
	Ref        string
	To         data.Phone
	State      data.MessageState // Accepted (no news yet), Delivered, Undelivered, Unknown
	Class      data.ErrorClass
	Code       string
	Raw        string
	At         data.Instant
	Segments   int
	Cost       data.Cost
}

// A Sent names a message whose status is wanted.
type Sent struct {
	ProviderID string
	Ref        string
	To         data.Phone
	At         data.Instant // when it was accepted
}

// An Inbound is a reply as the provider hands it out. ID is the provider's own and never repeats.
type Inbound struct {
	ID   string
	From data.Phone
	To   string
	Text string
	At   data.Instant
}

// A Provider hands texts to phones. The methods take part of the network: each has its own time limit.
type Provider interface {
	Name() string
	// Capabilities may depend on the account's settings. It asks nothing of the network.
	Capabilities() Caps
	// Check proves the credentials without sending anything. Errors: data.Credentials, data.ProviderDown.
	Check(ctx context.Context) error
	// Send hands over a batch of at most MaxBatch texts, no number twice, and returns one Outcome for each, in order.
	// It always answers for everybody: where the call failed, the outcomes say so.
	Send(ctx context.Context, batch []Text) []Outcome
	// Statuses returns news of the messages named. ErrUnsupported where Caps.Statuses is PollNone.
	Statuses(ctx context.Context, sent []Sent) ([]Status, error)
	// Replies returns what came in after cursor ("" at first), and the cursor for the next call; the caller stores
	// the replies before it stores the cursor. Replies may come twice: they are told apart by ID.
	Replies(ctx context.Context, cursor string) ([]Inbound, string, error)
}

// A Balancer knows what is left on the account.
type Balancer interface {
	Balance(ctx context.Context) (amount string, currency string, err error)
}

// TemplateState is where a registered template stands.
type TemplateState string

const (
	TemplatePending  TemplateState = "pending"
	TemplateApproved TemplateState = "approved"
	TemplateRefused  TemplateState = "refused"
	TemplateDisabled TemplateState = "disabled"
)

// A Template is a text as the provider approved it; {1}, {2}… are its variables.
type Template struct {
	ID     string
	Name   string
	Text   string
	State  TemplateState
	Reason string // of a refusal
}

// A Templater registers texts: providers that send only approved templates are one.
type Templater interface {
	CreateTemplate(ctx context.Context, kind data.Kind, name, text, remark string) (id string, err error)
	TemplateStatus(ctx context.Context, ids []string) ([]Template, error)
}

// A Setting is one field of a provider's form: the adapter describes it, the window and `bell provider set` ask for it.
type Setting struct {
	Name     string `json:"name"`
	Secret   bool   `json:"secret"` // goes to the keychain, never to the database
	Required bool   `json:"required"`
	Default  string `json:"default"`
}

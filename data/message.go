package data

type MessageID int64

// MessageState is where a message stands (decisions.md, States).
type MessageState string

const (
	Queued       MessageState = "queued"
	Claimed      MessageState = "claimed"
	Sending      MessageState = "sending"
	Accepted     MessageState = "accepted"
	Delivered    MessageState = "delivered"
	Undelivered  MessageState = "undelivered"
	Held         MessageState = "held"
	Blocked      MessageState = "blocked"
	Rejected     MessageState = "rejected"
	Unknown      MessageState = "unknown"
	Expired      MessageState = "expired"
	MsgCancelled MessageState = "cancelled"
)

// Final tells whether nothing more will be tried with the message by itself.
func (s MessageState) Final() bool {
	switch s {
	case Delivered, Undelivered, Blocked, Rejected, Unknown, Expired, MsgCancelled:
		return true
	}
	return false
}

// A Message is one text to one number. Text is what was handed over, made at that moment; Decision is the record of
// the rules' answer (JSON). Reason names why it is held, blocked or rejected (translation "reason.CODE").
type Message struct {
	ID          MessageID     `json:"id"`
	Campaign    CampaignID    `json:"campaign_id,omitempty"`
	Variant     string        `json:"variant,omitempty"`
	Contact     ContactID     `json:"contact_id,omitempty"`
	Appointment AppointmentID `json:"appointment_id,omitempty"`
	Step        string        `json:"step,omitempty"` // of a reminder plan: "1d", "2h"
	Kind        Kind          `json:"kind"`
	To          Phone         `json:"to"`
	State       MessageState  `json:"state"`
	Due         Instant       `json:"due"` // not before; for held: until
	NotAfter    Instant       `json:"not_after,omitempty"`
	Reason      string        `json:"reason"`
	Class       ErrorClass    `json:"class,omitempty"`
	Code        string        `json:"code,omitempty"` // the provider's own
	Text        string        `json:"text,omitempty"`
	Segments    int           `json:"segments,omitempty"`
	Cost        Micros        `json:"cost,omitempty"`
	CostKnown   bool          `json:"cost_known,omitempty"`
	Provider    string        `json:"provider,omitempty"`
	ProviderID  string        `json:"provider_id"`
	Attempts    int           `json:"attempts"`
	Coupon      CouponID      `json:"coupon_id,omitempty"`
	Token       string        `json:"token,omitempty"`
	Decision    string        `json:"-"`
	CreatedAt   Instant       `json:"created_at"`
	AcceptedAt  Instant       `json:"accepted_at,omitempty"`
	DeliveredAt Instant       `json:"delivered_at,omitempty"`
	UpdatedAt   Instant       `json:"at"`
	Lease       Instant       `json:"-"` // of a claim: until when it holds
	Version     int           `json:"-"` // of a reminder: of the appointment as it was planned for
}

type AttemptID int64

// An Attempt is one hand-over to a provider. It is on disk before the first byte goes out (invariant 2).
type Attempt struct {
	ID      AttemptID `json:"id"`
	Message MessageID `json:"message_id"`
	At      Instant   `json:"at"`
}

// ErrorClass is what kind of failure a provider reported (reference/providers.md).
type ErrorClass string

const (
	ClassNone          ErrorClass = ""
	ClassAuth          ErrorClass = "auth"
	ClassCredit        ErrorClass = "credit"
	ClassInvalidNumber ErrorClass = "invalid_number"
	ClassUnroutable    ErrorClass = "unroutable"
	ClassOptedOut      ErrorClass = "opted_out"
	ClassContent       ErrorClass = "content"
	ClassSender        ErrorClass = "sender"
	ClassRate          ErrorClass = "rate"
	ClassParams        ErrorClass = "params"
	ClassTemporary     ErrorClass = "temporary"
	ClassConfig        ErrorClass = "config"
	ClassUnknown       ErrorClass = "unknown"
)

// Personal tells whether the failure is this recipient's alone; otherwise the whole campaign has to pause.
func (c ErrorClass) Personal() bool {
	switch c {
	case ClassInvalidNumber, ClassUnroutable, ClassOptedOut, ClassUnknown, ClassContent, ClassParams:
		return true
	}
	return false
}

// A Link is one recipient's own address, found by its token (11 base62 characters).
type Link struct {
	Token     string
	Message   MessageID
	Published Instant // when the relay confirmed it
}

// OpenClass tells a person's open from a machine's.
type OpenClass string

const (
	OpenHuman   OpenClass = "human"
	OpenPreview OpenClass = "preview"
)

// An Inbound is a reply, and what it was taken for.
type Inbound struct {
	ID         int64      `json:"id"`
	Provider   string     `json:"provider"`
	ProviderID string     `json:"provider_id"`
	From       Phone      `json:"from"`
	Text       string     `json:"text"`
	At         Instant    `json:"at"`
	Reply      ReplyClass `json:"class"`
	Keyword    string     `json:"keyword,omitempty"`
	Message    MessageID  `json:"message_id,omitempty"` // the text that it answers, as far as known
	Review     bool       `json:"review"`               // a person should look at it
}

// ReplyClass is what a reply means.
type ReplyClass string

const (
	ReplyOptOut  ReplyClass = "opt_out"
	ReplyOptIn   ReplyClass = "opt_in"
	ReplyHelp    ReplyClass = "help"
	ReplyConfirm ReplyClass = "confirm"
	ReplyCancel  ReplyClass = "cancel"
	ReplyUnclear ReplyClass = "unclear"
	ReplyOther   ReplyClass = "other"
)

package data

import "slices"

// Kind is what a message is for; the rules differ by it.
type Kind string

const (
	Marketing Kind = "marketing"
	Reminder  Kind = "reminder"
	Notice    Kind = "notice"
	OTP       Kind = "otp"
)

// Scope is what a person agreed to get.
type Scope string

const (
	ScopeMarketing Scope = "marketing"
	ScopeReminders Scope = "reminders"
	ScopeOTP       Scope = "otp"
)

// Scopes lists every scope, in the order in which screens show them.
var Scopes = []Scope{ScopeMarketing, ScopeReminders, ScopeOTP}

// Scope returns the scope that a kind of message needs. Notices (orders, deliveries) go with reminders.
func (k Kind) Scope() Scope {
	switch k {
	case Marketing:
		return ScopeMarketing
	case OTP:
		return ScopeOTP
	default:
		return ScopeReminders
	}
}

// ClosedBy lists the scopes that an opt-out closes in answer to a kind of message: in answer to marketing that alone, so
// that a patient who is tired of offers still hears of their visits; in answer to anything else, or to nothing (""),
// everything but one-time codes.
func ClosedBy(after Kind) []Scope {
	if after == Marketing {
		return []Scope{ScopeMarketing}
	}
	return []Scope{ScopeMarketing, ScopeReminders}
}

// Valid tells whether k is one of the four kinds.
func (k Kind) Valid() bool { return slices.Contains([]Kind{Marketing, Reminder, Notice, OTP}, k) }

// Event is what a consent entry records.
type Event string

const (
	Grant       Event = "grant"
	Confirm     Event = "confirm"
	Renew       Event = "renew"
	Withdraw    Event = "withdraw"
	Object      Event = "object"
	Restrict    Event = "restrict"
	Expire      Event = "expire"
	ImportEvent Event = "import"
	Reassign    Event = "reassign"
	EventUndo   Event = "undo_import" // an import taken back: the grants that it brought no longer count
)

// Closes tells whether the event ends permission.
func (e Event) Closes() bool {
	return slices.Contains([]Event{Withdraw, Object, Restrict, Expire, Reassign}, e)
}

// Opens tells whether the event gives permission.
func (e Event) Opens() bool { return slices.Contains([]Event{Grant, Confirm, Renew, ImportEvent}, e) }

// Basis is the ground on which consent rests.
type Basis string

const (
	NoBasis         Basis = ""
	ExpressWritten  Basis = "express_written"
	Express         Basis = "express"
	Soft            Basis = "soft"
	ImpliedPurchase Basis = "implied_purchase"
	ImpliedInquiry  Basis = "implied_inquiry"
	Contract        Basis = "contract"
)

// Bases lists every basis, strongest first.
var Bases = []Basis{ExpressWritten, Express, Soft, ImpliedPurchase, ImpliedInquiry, Contract}

// A Statement is how people agreed or refused: the part of a consent entry that many people of one list may share.
type Statement struct {
	Method     string `json:"method"` // paper, web, keyword, verbal, pos, import, page, operator
	Source     string `json:"source"` // which form, page, list, message
	Wording    string `json:"wording"`
	Language   string `json:"language"`
	Version    string `json:"version"`
	Evidence   string `json:"evidence"`
	RecordedBy string `json:"recorded_by"`
}

// A ConsentEntry is one line of the ledger as it concerns one person: what they said, when, how, and who wrote it down.
// Entries are only ever added. GivenAt is when the person said it; RecordedAt when it was written here.
type ConsentEntry struct {
	Seq        int64     `json:"seq"`
	Phone      Phone     `json:"phone"`
	Event      Event     `json:"event"`
	Scope      Scope     `json:"scope"`
	Basis      Basis     `json:"basis,omitempty"`
	Statement  Statement `json:"statement"`
	GivenAt    Instant   `json:"given_at"`
	RecordedAt Instant   `json:"recorded_at"`
	Import     ImportID  `json:"import_id,omitempty"`
	Single     bool      `json:"single"`    // given or entered for this one person, not by a list or in bulk
	Confirmed  bool      `json:"confirmed"` // the person answered themselves, nobody claims it for them
	Undone     bool      `json:"undone,omitempty"`
	Hash       string    `json:"hash"`
}

// A Permission is where one person stands in one scope, worked out from their entries by Stand.
type Permission struct {
	Scope     Scope   `json:"scope"`
	Granted   bool    `json:"granted"`
	Closed    bool    `json:"closed"` // an opt-out stands
	Basis     Basis   `json:"basis,omitempty"`
	Since     Instant `json:"since,omitempty"`
	Confirmed bool    `json:"confirmed"`
	Seq       int64   `json:"seq,omitempty"` // the entry that decides
}

// Stand works out where a person stands in a scope from all their entries, in any order (decisions.md, Precedence):
// a withdrawal or objection stands until a grant dated after it that the person gave, or that was entered singly with
// evidence. Never an import or a bulk action. Entries are ordered by when they were given; a tie goes to the opt-out.
func Stand(scope Scope, entries []ConsentEntry) Permission {
	mine := make([]ConsentEntry, 0, len(entries))
	for _, e := range entries {
		if e.Scope == scope && !e.Undone {
			mine = append(mine, e)
		}
	}
	slices.SortStableFunc(mine, func(a, b ConsentEntry) int {
		switch {
		case a.GivenAt != b.GivenAt:
			return cmpInt(int64(a.GivenAt), int64(b.GivenAt))
		case a.Event.Closes() != b.Event.Closes():
			if a.Event.Closes() {
				return 1
			}
			return -1
		}
		return cmpInt(a.Seq, b.Seq)
	})
	p := Permission{Scope: scope}
	for _, e := range mine {
		switch {
		case e.Event.Closes():
			p = Permission{Scope: scope, Closed: true, Since: e.GivenAt, Seq: e.Seq}
		case !e.Event.Opens() || e.Basis == NoBasis:
		case p.Closed && !reopens(e):
		case p.Granted && rank(p.Basis) < rank(e.Basis) && e.Event != Renew:
			// A weaker basis on top of a stronger one takes nothing away.
		default:
			p = Permission{Scope: scope, Granted: true, Basis: e.Basis, Since: e.GivenAt, Confirmed: e.Confirmed || p.Granted && p.Confirmed, Seq: e.Seq}
		}
	}
	return p
}

// reopens tells whether an opening entry is one that may end an opt-out.
func reopens(e ConsentEntry) bool {
	return e.Event != ImportEvent && e.Single && (e.Confirmed || e.Statement.Evidence != "" || e.Statement.Source != "")
}

func rank(b Basis) int { return slices.Index(Bases, b) }

func cmpInt(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

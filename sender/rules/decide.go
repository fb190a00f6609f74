// Package rules answers one question: may this message go to this person now? The answer comes with its reasons, the
// law or house rule behind each, and the source to read it in. It is a pure function of what it is asked: it reads no
// clock, no database and no network.
//
// Every row of the tables that may apply is evaluated (the region, every state in which the person may live, a clinic's
// healthcare row), and the strictest of each column holds. What isn't known makes it stricter, never looser.
package rules

import (
	"time"

	"counterbell/data"
)

// Answer is what becomes of the message.
type Answer string

const (
	Send  Answer = "send"
	Hold  Answer = "hold"  // not now: see Verdict.Until
	Block Answer = "block" // not at all, as things stand
)

// A Question is what is known of one message to one person at one moment.
type Question struct {
	Kind    data.Kind
	Phone   data.PhoneFacts
	Country string // of the contact's address, ISO 3166-1; empty: not known
	State   string // code or name; empty: not known
	Zone    string // IANA zone of the address; empty: not known
	Clinic  bool   // the sender is a clinic: in the US healthcare rules hold too

	Permission  data.Permission // where the person stands in Kind.Scope()
	Suppressed  bool            // the number is on the suppression list
	LastContact data.Instant    // last visit, reply or redemption; zero: not known. Some consents last from there
	SentToday   int             // messages that the person got today, the same kind, where no more is known than how many
	Recent      []data.Instant  // when they got those that the caps are about (see Windows.Longest), newest first
	House       *House          // what the user settled beyond the tables; nil: nothing

	Content  *Content // what stands in the text; nil: not looked at (the text isn't made yet)
	Practice bool     // goes through Practice: the only way to numbers that are reserved for fiction
	Now      data.Instant
}

// A Verdict is the answer. Reasons never is empty: it says what allows a message too.
type Verdict struct {
	Verdict Answer       `json:"verdict"`
	Until   data.Instant `json:"until"` // of a hold: the first moment at which it may go
	Region  string       `json:"region"`
	Zones   []string     `json:"zones"` // every zone in which the person may be
	Reasons []Reason     `json:"reasons"`
}

// Decide answers by the built-in tables. Slices of the verdict are shared: nobody may change them.
func Decide(q Question) Verdict { return Builtin().Decide(q) }

// Decide answers by this table. See the package function.
func (t *Table) Decide(q Question) Verdict {
	if !q.Kind.Valid() {
		return Verdict{Verdict: Block, Region: q.Phone.Region, Zones: q.Phone.Zones, Reasons: []Reason{{Code: CodeInvalid, Text: "There is no such kind of message.", Basis: "house", Args: map[string]string{"kind": string(q.Kind)}}}}
	}
	p := t.planFor(&q)
	v := Verdict{Verdict: Send, Region: p.region, Zones: p.zones}
	if v.Zones == nil {
		v.Zones = []string{}
	}
	if blocked := p.blocks(&q); len(blocked) > 0 {
		v.Verdict, v.Reasons = Block, blocked
		return v
	}
	from, capped := p.capped(&q)
	if from == q.Now && p.open(q.Now) {
		v.Reasons = p.grounds[q.ground()]
		return v
	}
	v.Reasons = append(v.Reasons, capped...)
	until, ok := p.next(from)
	v.Reasons = append(v.Reasons, p.closed(q.Now)...)
	switch {
	case p.lost:
		v.Verdict, v.Reasons = Block, []Reason{reason(CodeNoZone, p.rows[0], "hours")}
	case !ok:
		v.Verdict, v.Reasons = Block, p.shut()
	default:
		v.Verdict, v.Until = Hold, until
	}
	return v
}

// ground returns the basis on which the person's permission rests; none where they gave none.
func (q *Question) ground() data.Basis {
	if q.Permission.Granted {
		return q.Permission.Basis
	}
	return data.NoBasis
}

// blocks collects everything that forbids the message, whatever the hour.
func (p *plan) blocks(q *Question) []Reason {
	var out []Reason
	first := p.rows[0]
	if q.Suppressed {
		out = append(out, reason(CodeSuppressed, first, ""))
	}
	if q.Permission.Closed {
		out = append(out, reason(CodeOptedOut, first, "", "scope", string(q.Kind.Scope())))
	}
	if q.Phone.Fictional && !q.Practice {
		out = append(out, reason(CodeFictional, nil, ""))
	}
	if q.Phone.Line == data.TollFree {
		out = append(out, reason(CodeTollFree, nil, ""))
	}
	if !q.Permission.Closed {
		out = append(out, p.consent(q)...)
	}
	if c := q.Content; c != nil {
		if p.brand != nil && !c.Brand {
			out = append(out, reason(CodeBrandMissing, p.brand, ""))
		}
		if p.label != nil && !c.Label {
			out = append(out, reason(CodeLabelMissing, p.label, "", "label", p.label.Label))
		}
		if p.optOut != nil && !c.OptOut {
			out = append(out, reason(CodeOptOutMissing, p.optOut, ""))
		}
		if p.links != nil && c.Link {
			out = append(out, reason(CodeLinkBanned, p.links, ""))
		}
	}
	return out
}

// consent checks the ground and its age against every row.
func (p *plan) consent(q *Question) []Reason {
	basis := q.ground()
	if r := p.refuses(basis); r != nil {
		if basis == data.NoBasis {
			return []Reason{reason(CodeNoConsent, r, "bases", "needs", r.needs())}
		}
		return []Reason{reason(CodeBasis, r, "bases", "basis", string(basis), "needs", r.needs())}
	}
	if basis == data.NoBasis {
		return nil // every row does without
	}
	for _, r := range p.rows {
		if r.anyone {
			continue
		}
		if lasts := r.accepts[basis]; !lasts.zero() && expired(q.Permission.Since, lasts, q.Now) {
			return []Reason{reason(CodeConsentExpired, r, "bases", "basis", string(basis), "since", date(q.Permission.Since))}
		}
		from := q.Permission.Since
		if r.contact {
			from = max(from, q.LastContact)
		}
		if !r.expires.zero() && expired(from, r.expires, q.Now) {
			return []Reason{reason(CodeConsentExpired, r, "expires", "basis", string(basis), "since", date(from))}
		}
	}
	return nil
}

// expired tells whether a period that began at from is over. What began at an unknown time is over.
func expired(from data.Instant, lasts period, now data.Instant) bool {
	return from == 0 || now >= lasts.after(from)
}

// closed names the rows whose hours are closed at the moment, in any of the zones.
func (p *plan) closed(at data.Instant) []Reason {
	var out []Reason
	t := at.Time()
	for i, r := range p.rows {
		for j, loc := range p.places {
			if !r.hours.open(t.In(loc)) {
				out = append(out, p.quiet[i][j])
				break
			}
		}
	}
	for _, loc := range p.places {
		if r := p.resting(t.In(loc)); r != nil {
			return append(out, reason(CodeHoliday, r.row, "holidays", "zone", loc.String()))
		}
	}
	return out
}

// shut explains why no hour is open in all zones and rows at once.
func (p *plan) shut() []Reason {
	var out []Reason
	for _, r := range p.rows {
		if !r.hours.always {
			out = append(out, reason(CodeNoWindow, r, "hours", "hours", r.Hours))
		}
	}
	return out
}

// Windows are the times at which one person may get one kind of message, consent aside: for showing how many go now
// and how many wait until when.
type Windows struct{ p *plan }

// WindowsFor returns the windows of whoever the question is about; Permission, Content and Now don't matter.
func WindowsFor(q Question) Windows { return Windows{Builtin().planFor(&q)} }

// Longest returns how far back it must be known what the person got, so that Question.Recent can be filled; 0 where as
// many as one likes may go.
func (w Windows) Longest() time.Duration { return w.p.longest }

// Open tells whether texts may go at the moment, in every zone in which the person may be.
func (w Windows) Open(at data.Instant) bool { return w.p.open(at) }

// NextOpen returns the first moment from from on at which texts may go; false where there never is one.
func (w Windows) NextOpen(from data.Instant) (data.Instant, bool) { return w.p.next(from) }

// Zones returns every zone in which the person may be.
func (w Windows) Zones() []string { return w.p.zones }

// Package redeem is the page at the till: a code is typed or scanned, and the
// answer is green or red, large enough to be read from a step away.
package redeem

import (
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

// Phase is what the till is doing.
type Phase int

const (
	Ready    Phase = iota // waits for a code, or has part of one
	Checking              // has asked the store
	Accepted              // green: give the discount
	Refused               // red: used, expired, not yet, unknown
	Mistyped              // the check character says that something is wrong
)

// Hint is a few words under the boxes, when a character or Enter made no sense.
type Hint int

const (
	NoHint       Hint = iota
	HintChar          // Char is in no code
	HintShort         // Enter came before the eighth character
	HintFull          // eight are there: Enter redeems
	HintNotACode      // what was scanned or pasted is no coupon's code
)

// Answer is what the store said to a code.
type Answer struct {
	data.RedeemResult
	CampaignName string
	Here         *store.Presence // whose coupon it is, and what else they have; nil where that isn't known
}

// Who is the person's whole name, or the first one where that is all there is.
func (a *Answer) Who() string {
	if a.Here != nil && a.Here.Contact.Name != "" {
		return a.Here.Contact.Name
	}
	return a.Contact
}

// Model is the till without its screen: what was typed, and what came of it.
type Model struct {
	Phase  Phase
	Hint   Hint
	Char   string // of HintChar
	Answer Answer
	Amount Amount
	Chosen string // whose coupon stands in the boxes, and which, when it was found by name

	typed   []byte
	recent  strokes
	strange bool     // a character that no code has came in since Enter
	waiting []stroke // came in while the store was asked
}

// Code is what stands in the boxes: up to 8 bare characters.
func (m *Model) Code() string { return string(m.typed) }

// Missing is how many characters are still to come.
func (m *Model) Missing() int { return codeLength - len(m.typed) }

const codeLength = 8

// Type takes one character. After an answer it begins the next code.
func (m *Model) Type(r rune, at time.Time) {
	if m.Phase == Checking {
		m.waiting = append(m.waiting, stroke{r, at})
		return
	}
	m.Chosen = ""
	c, silent, ok := fold(r)
	if !silent {
		m.recent.add(r, at)
	}
	if silent {
		return
	}
	if m.Phase != Ready {
		m.next()
	}
	if !ok {
		m.Hint, m.Char, m.strange = HintChar, string(r), true
		return
	}
	if len(m.typed) >= codeLength {
		// The ninth: a scan over a code that stood there, or a slip of the hand.
		if code, scanned := m.recent.scanned(); scanned {
			m.typed = []byte(code)
		}
		m.Hint = HintFull
		return
	}
	m.typed = append(m.typed, c)
	m.Hint = NoHint
	if len(m.typed) == codeLength {
		m.Hint = HintFull
	}
}

// Paste takes a whole code from the clipboard.
func (m *Model) Paste(text string, _ time.Time) {
	if m.Phase == Checking {
		return
	}
	code, err := data.ReadCode(cut(text))
	if err != nil && data.CodeOf(err) != "code_check" {
		m.Hint = HintNotACode
		return
	}
	m.next()
	if err != nil {
		code = bare(cut(text))
	}
	m.typed, m.Hint = []byte(code), HintFull
}

// Choose takes a coupon that was found by its owner's name: its code stands in
// the boxes, and Enter redeems it as any other.
func (m *Model) Choose(code, whose string) {
	if m.Phase == Checking {
		return
	}
	m.next()
	m.typed, m.Hint, m.Chosen, m.recent = []byte(code), HintFull, whose, nil
}

// cut keeps a pasted novel from being looked at as a whole.
func cut(text string) string {
	if len(text) > 100 {
		return text[:100]
	}
	return text
}

// bare leaves the characters that a code may have.
func bare(text string) string {
	var b []byte
	for _, r := range text {
		if c, _, ok := fold(r); ok && len(b) < codeLength {
			b = append(b, c)
		}
	}
	return string(b)
}

// Backspace takes the last character back; of a mistyped code too.
func (m *Model) Backspace() {
	if m.Phase == Mistyped {
		m.Phase = Ready
	}
	m.Chosen = ""
	if m.Phase != Ready || len(m.typed) == 0 {
		return
	}
	m.typed, m.Hint, m.recent = m.typed[:len(m.typed)-1], NoHint, nil
}

// Clear empties the boxes and takes the answer away. It tells whether there
// was anything to take away.
func (m *Model) Clear() bool {
	if m.Phase == Checking || m.Phase == Ready && len(m.typed) == 0 && m.Hint == NoHint {
		return false
	}
	m.next()
	return true
}

// next makes the till ready for another code.
func (m *Model) next() {
	m.Phase, m.Hint, m.Char, m.typed, m.strange = Ready, NoHint, "", nil, false
	m.Answer, m.Amount, m.Chosen = Answer{}, Amount{}, ""
}

// Enter returns the code to ask the store about, and false when there is none
// yet: then Hint or Phase says why.
func (m *Model) Enter() (code string, ask bool) {
	if m.Phase == Checking {
		m.waiting = append(m.waiting, stroke{r: '\n'})
		return "", false
	}
	burst := m.recent.burst()
	code, scanned := m.recent.scanned()
	strange := m.strange
	m.recent, m.strange = nil, false
	switch {
	case scanned:
		m.next()
		m.typed = []byte(code)
	case m.Phase != Ready:
		return "", false
	case strange && len([]rune(burst)) >= codeLength:
		// A scanner read something else: a web address, a bar code.
		m.typed, m.Hint = nil, HintNotACode
		return "", false
	case len(m.typed) < codeLength:
		if len(m.typed) > 0 {
			m.Hint = HintShort
		}
		return "", false
	}
	if _, err := data.ReadCode(m.Code()); err != nil {
		m.Phase, m.Hint = Mistyped, NoHint
		return "", false
	}
	m.Phase, m.Hint = Checking, NoHint
	return m.Code(), true
}

// Answered takes the store's answer.
func (m *Model) Answered(a Answer) {
	m.Answer, m.Hint = a, NoHint
	m.Phase = Refused
	if a.OK {
		m.Phase = Accepted
	}
	m.Amount = Amount{}
}

// Failed says that the store couldn't be asked: the code stays, to try again.
func (m *Model) Failed() { m.Phase, m.Hint = Ready, HintFull }

// Waiting returns what came in while the store was asked, once.
func (m *Model) Waiting() []stroke {
	w := m.waiting
	m.waiting = nil
	return w
}

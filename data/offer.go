package data

import (
	"io"
	"strings"
	"unicode"
)

type (
	OfferID  int64
	CouponID int64
)

// OfferKind is what an offer gives.
type OfferKind string

const (
	PercentOff OfferKind = "percent"
	AmountOff  OfferKind = "amount"
	Gift       OfferKind = "gift"
)

// An Offer is the terms that a campaign's coupons share. Title is what the person reads, "20% off any sunglasses".
// It is good from ValidFrom up to and including the last millisecond of ValidTo in the shop's zone.
type Offer struct {
	ID        OfferID   `json:"id"`
	Title     string    `json:"title"`
	Kind      OfferKind `json:"kind"`
	Percent   int64     `json:"percent,omitempty"`
	Amount    Money     `json:"amount,omitzero"`
	Minimum   int64     `json:"minimum,omitempty"` // the least full price it holds for, minor units of the shop's currency; 0: any
	Terms     string    `json:"terms,omitempty"`
	ValidFrom Date      `json:"valid_from,omitempty"`
	ValidTo   Date      `json:"valid_to,omitempty"`
	Uses      int       `json:"uses"` // how often one coupon may be redeemed; at least 1
}

// ToPay returns what is left to pay of a full price: all of it where that is below the minimum.
func (o *Offer) ToPay(full Money) Money {
	if full.Minor < o.Minimum {
		return full
	}
	switch o.Kind {
	case PercentOff:
		return Money{full.Minor - full.Percent(o.Percent).Minor, full.Currency}
	case AmountOff:
		if o.Amount.Currency != full.Currency {
			return full
		}
		return Money{max(0, full.Minor-o.Amount.Minor), full.Currency}
	}
	return full
}

// Validate returns Invalid when the terms don't make sense.
func (o *Offer) Validate() error {
	const op = "check the offer"
	switch {
	case strings.TrimSpace(o.Title) == "":
		return Errorf("offer_no_title", op, "no title")
	case o.Kind == PercentOff && (o.Percent < 1 || o.Percent > 100):
		return Errorf("offer_percent", op, "%d percent", o.Percent)
	case o.Kind == AmountOff && o.Amount.Minor <= 0:
		return Errorf("offer_amount", op, "amount %d", o.Amount.Minor)
	case o.Kind != PercentOff && o.Kind != AmountOff && o.Kind != Gift:
		return Errorf(Invalid, op, "kind %q", o.Kind).With("value", string(o.Kind))
	case o.Uses < 1 || o.Uses > 1000:
		return Errorf("offer_uses", op, "%d uses", o.Uses)
	case o.Minimum < 0:
		return Errorf(Invalid, op, "minimum %d", o.Minimum).With("value", "minimum")
	case !o.ValidFrom.whole() || !o.ValidTo.whole():
		return Errorf("offer_dates", op, "from %s to %s", o.ValidFrom, o.ValidTo)
	case o.ValidFrom != "" && o.ValidTo != "" && o.ValidTo < o.ValidFrom:
		return Errorf("offer_dates", op, "ends %s before it starts %s", o.ValidTo, o.ValidFrom)
	}
	return nil
}

// codeAlphabet leaves out what is mistaken for something else when read off a phone: 0 and O, 1, I and L, B, U.
const codeAlphabet = "23456789ACDEFGHJKMNPQRSTVWXYZ"

// codeWeights are distinct and non-zero modulo 29, and so are their neighbours' differences: every single wrong
// character and every swap of neighbours changes the sum.
var codeWeights = [7]int{1, 2, 3, 4, 5, 6, 7}

// NewCode makes a coupon's code from a secure source: 7 random characters and one that checks them. It returns the
// 8 bare characters, "7K74QMPX".
func NewCode(random io.Reader) (string, error) {
	var b [1]byte
	code := make([]byte, 0, 8)
	for len(code) < 7 {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return "", err
		}
		if b[0] < 232 { // 8 × 29: keeps every character equally likely
			code = append(code, codeAlphabet[int(b[0])%len(codeAlphabet)])
		}
	}
	return string(append(code, checkCharacter(code))), nil
}

// checkCharacter makes the weighted sum of all eight, the check itself weighing -1, a multiple of 29.
func checkCharacter(code []byte) byte {
	sum := 0
	for i, c := range code[:7] {
		sum += codeWeights[i] * strings.IndexByte(codeAlphabet, c)
	}
	return codeAlphabet[sum%len(codeAlphabet)]
}

// ReadCode takes a code as typed or scanned (any case, with spaces, dashes or full-width letters) and returns its 8
// bare characters. Errors: code_length, code_character, code_check ("probably mistyped").
func ReadCode(s string) (string, error) {
	const op = "read a code"
	var code []byte
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || r == '−': // dashes; marks that nobody sees
			continue
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		if r > 'Z' || strings.IndexByte(codeAlphabet, byte(r)) < 0 {
			return "", Errorf("code_character", op, "a character that no code has").With("char", string(r))
		}
		if code = append(code, byte(r)); len(code) > 8 {
			break
		}
	}
	if len(code) != 8 {
		return "", Errorf("code_length", op, "not 8 characters")
	}
	if checkCharacter(code) != code[7] {
		return "", Errorf("code_check", op, "the check character is wrong")
	}
	return string(code), nil
}

// ShowCode writes a bare code 4-4, "7K74-QMPX".
func ShowCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// A Coupon is one person's code for an offer.
type Coupon struct {
	ID       CouponID   `json:"id"`
	Code     string     `json:"code"`
	Offer    OfferID    `json:"offer_id"`
	Contact  ContactID  `json:"contact_id"`
	Campaign CampaignID `json:"campaign_id"`
	Used     int        `json:"used"`
}

// A Redemption is one use of a coupon at the till. Full and Paid are nought-valued when nobody entered an amount.
type Redemption struct {
	ID         int64    `json:"id"`
	Coupon     CouponID `json:"coupon_id"`
	At         Instant  `json:"redeemed_at"`
	Till       string   `json:"till"`
	By         string   `json:"by,omitempty"`
	Full       *Money   `json:"full,omitempty"`
	Paid       *Money   `json:"paid,omitempty"`
	UndoneAt   Instant  `json:"undone_at,omitempty"`
	UndoReason string   `json:"undo_reason,omitempty"`
}

// RedeemProblem is why a code can't be redeemed (cli.md).
type RedeemProblem string

const (
	CodeUsed    RedeemProblem = "used"
	CodeExpired RedeemProblem = "expired"
	CodeUnknown RedeemProblem = "unknown"
	CodeNotYet  RedeemProblem = "not_yet"
)

// RedeemResult is the answer to a code at the till. Earlier lists the uses so far, latest first.
type RedeemResult struct {
	OK         bool          `json:"ok"`
	Code       string        `json:"code"` // shown 4-4
	Offer      *Offer        `json:"-"`
	OfferTitle string        `json:"offer"`
	Contact    string        `json:"contact"` // first name
	ContactID  ContactID     `json:"contact_id,omitempty"`
	Campaign   CampaignID    `json:"campaign_id,omitempty"`
	Redeemed   Instant       `json:"redeemed_at"`
	Till       string        `json:"till"`
	Paid       *Money        `json:"paid,omitempty"`
	Problem    RedeemProblem `json:"problem,omitempty"`
	Practice   bool          `json:"practice,omitempty"`
	Redemption int64         `json:"redemption_id,omitempty"`
	Earlier    []Redemption  `json:"-"`
}

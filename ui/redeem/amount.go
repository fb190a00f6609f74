package redeem

import (
	"strings"
	"time"
	"unicode"

	"counterbell/data"
)

// Amount is the sale at a redemption, as it is being typed: the full price,
// from which follows what the customer pays.
type Amount struct {
	Text   string
	recent strokes
}

// Full reads the price. ok is false for nothing and for what is no amount;
// then bad tells the two apart.
func (a *Amount) Full(currency string) (full data.Money, ok, bad bool) {
	if strings.TrimSpace(a.Text) == "" {
		return data.Money{}, false, false
	}
	full, err := data.ParseMoney(a.Text, currency)
	return full, err == nil, err != nil
}

// Takes tells whether a character belongs into a price. One that doesn't
// begins a code: a scanner was used while the cursor stood in the price. Then
// back is what it had put into the price already.
func (a *Amount) Takes(r rune, at time.Time) (takes bool, back string) {
	if r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune(".,．。，' $€£¥￥₹", r) {
		a.recent.add(r, at)
		return true, ""
	}
	if _, _, ok := fold(r); ok {
		a.recent.add(r, at)
		burst := []rune(a.recent.burst())
		a.recent = nil
		return false, string(burst[:len(burst)-1])
	}
	return unicode.IsSpace(r), ""
}

// Scanned is a code of digits alone that was scanned into the price.
func (a *Amount) Scanned() (code string, ok bool) { return a.recent.scanned() }

// Without takes what a scanner typed off the end of the price.
func (a *Amount) Without(back string) {
	a.Text = strings.TrimSuffix(a.Text, back)
	a.recent = nil
}

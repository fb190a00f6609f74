package redeem

import (
	"strings"
	"time"

	"counterbell/data"
)

// A scanner types faster than a hand: its characters are less than this apart.
const scannerGap = 60 * time.Millisecond

// stroke is one character and when it came in.
type stroke struct {
	r  rune
	at time.Time
}

// strokes are the last characters that came in. They tell a scanned code from
// what a hand typed before it, wherever the cursor stood.
type strokes []stroke

func (s *strokes) add(r rune, at time.Time) {
	*s = append(*s, stroke{r, at})
	if len(*s) > 64 {
		*s = (*s)[len(*s)-64:]
	}
}

// burst is what came in last in one go, as a scanner types.
func (s strokes) burst() string {
	from := len(s)
	for from > 0 && (from == len(s) || s[from].at.Sub(s[from-1].at) < scannerGap) {
		from--
	}
	var b strings.Builder
	for _, k := range s[from:] {
		b.WriteRune(k.r)
	}
	return b.String()
}

// scanned is a whole code that came in last in one go, with a check character
// that is right.
func (s strokes) scanned() (code string, ok bool) {
	code, err := data.ReadCode(s.burst())
	return code, err == nil
}

// fold turns a character as it was typed into one that a code may have: upper
// case, not full-width. silent are those between the characters of a code.
func fold(r rune) (c byte, silent, ok bool) {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	switch {
	case r == ' ' || r == '-' || r == '–' || r == '—' || r == '‐' || r == '_' || r == '　' || r == '\t' || r == '\r' || r == '\n':
		return 0, true, false
	case r >= 'a' && r <= 'z':
		r -= 'a' - 'A'
	}
	// data knows the alphabet: it refuses what is not in it, before it counts.
	if _, err := data.ReadCode(string(r)); r < 128 && data.CodeOf(err) == "code_length" {
		return byte(r), false, true
	}
	return 0, false, false
}

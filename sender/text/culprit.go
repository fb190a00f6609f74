package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Culprit is a character that the GSM alphabet lacks: one of them makes the whole message UCS-2, which holds less
// than half as much. The composer names it and offers a substitute at a click.
type Culprit struct {
	Char       string `json:"char"`
	At         []int  `json:"at"`                   // where it stands, counted in characters from 0
	Substitute string `json:"substitute,omitempty"` // what may stand in its place
	Offered    bool   `json:"offered"`              // there is a substitute; an empty one removes the character
	Safe       bool   `json:"safe"`                 // the substitute looks the same: nobody will miss the original
}

// Culprits lists the characters of s that force UCS-2, in the order in which they first stand there.
func Culprits(s string) []Culprit {
	var found []Culprit
	index := map[rune]int{}
	at := 0
	for _, r := range s {
		if septetsOf(r) == 0 {
			i, seen := index[r]
			if !seen {
				i = len(found)
				index[r] = i
				found = append(found, culprit(r))
			}
			found[i].At = append(found[i].At, at)
		}
		at++
	}
	return found
}

func culprit(r rune) Culprit {
	c := Culprit{Char: string(r)}
	if s, ok := lookalikes[r]; ok {
		c.Substitute, c.Offered, c.Safe = s, true, true
	} else if s, ok := respelled(r); ok {
		c.Substitute, c.Offered = s, true
	}
	return c
}

// lookalikes are substitutes that look the same on a phone. Keyboards and word processors put the originals in without
// being asked.
var lookalikes = func() map[rune]string {
	m := map[rune]string{'…': "...", '‼': "!!", '\t': " ", '\u2028': "\n", '\u2029': "\n", '\u0085': "\n"}
	for chars, s := range map[string]string{
		"“”„‟″❝❞":  `"`,
		"‘’‚‛′`´ʼ": "'",
		"‐‑‒–—―−﹘": "-",
		// Spaces: no-break, typographic, ideographic.
		"\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000": " ",
		// What can't be seen: soft hyphen, zero-width space and non-joiner, direction marks, word joiner, byte order mark.
		"\u00ad\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff": "",
	} {
		for _, r := range chars {
			m[r] = s
		}
	}
	// Greek capitals that look Latin.
	greek, latin := []rune("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"), "ABEZHIKMNOPTYX"
	for i, r := range greek {
		m[r] = latin[i : i+1]
	}
	for r := rune('！'); r <= '～'; r++ { // full-width forms of ASCII
		m[r] = string(r - '！' + '!')
	}
	m['｀'] = "'"
	return m
}()

// letters are substitutes that change how a word is spelled or looks, where taking off the accent doesn't do it.
var letters = map[rune]string{
	'ç': "Ç", 'ı': "i", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'œ': "oe", 'Œ': "OE", 'ħ': "h", 'Ħ': "H", 'þ': "th", 'Þ': "Th", 'ð': "d", 'Ð': "D",
	'ẞ': "SS", '«': `"`, '»': `"`, '‹': "'", '›': "'", '•': "-", '·': "-", '™': "(TM)", '®': "(R)", '©': "(C)", '°': " deg", '½': "1/2", '¼': "1/4", '¾': "3/4",
	'×': "x", '÷': "/", '₤': "£", '₹': "Rs", '←': "<-", '→': "->", '²': "2", '³': "3", 'º': "o", 'ª': "a",
}

// respelled offers a substitute that a reader would notice: a Latin letter without its accent, or one of letters.
func respelled(r rune) (string, bool) {
	if s, ok := letters[r]; ok {
		return s, true
	}
	if !unicode.Is(unicode.Latin, r) {
		return "", false
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(string(r)))
	if plain == "" || Count(plain, RuleGSM).Encoding != GSM7 {
		return "", false
	}
	return plain, true
}

// Plain swaps every character that has a substitute which looks the same, and leaves the others. It never changes how
// a word is spelled. The result may still be UCS-2.
func Plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if sub, ok := lookalikes[r]; ok && septetsOf(r) == 0 {
			b.WriteString(sub)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Substitute swaps one culprit wherever it stands, for the person who clicked on it.
func Substitute(s string, c Culprit) string {
	if !c.Offered {
		return s
	}
	return strings.ReplaceAll(s, c.Char, c.Substitute)
}

// Normalise folds line breaks to one LF (a CR LF would cost two septets) and composes letters with their accents, so
// that "e" followed by an accent counts as é does, which the alphabet has.
func Normalise(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

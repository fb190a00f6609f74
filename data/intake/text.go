package intake

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits in characters: far above anything that belongs into the field. What is longer is cut, and the receipt says so.
const (
	maxName  = 200
	maxShort = 100 // city, state, postcode, e-mail, ids
	maxNote  = 2000
	maxExtra = 500
	maxTag   = 60
	maxTags  = 50
)

// clean makes text fit to keep: no control or invisible characters, no line breaks, single spaces, composed accents.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '\u200c' || r == '\u200d': // joiners carry meaning in Persian and Hindi names, and in emoji
			if b.Len() == 0 {
				continue
			}
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), "\u200c\u200d")
}

// isClean tells of most texts at a glance that there is nothing to do.
func isClean(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// narrow turns full-width letters, digits and signs into the usual ones, as dates, amounts and addresses need them.
func narrow(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return strings.Map(func(r rune) rune {
				switch {
				case r >= '！' && r <= '～':
					return r - '！' + '!'
				case r == '　':
					return ' '
				}
				return r
			}, s)
		}
	}
	return s
}

// blank tells whether text says that nothing is known. In names and notes fewer words count: Na and Nan are people.
func blank(s string, mayBeName bool) bool {
	if s == "" {
		return true
	}
	if len(s) > 24 || !blankStarts()[s[0]] {
		return false
	}
	return isWord("blank", s) || !mayBeName && isWord("blankvalue", s)
}

// blankStarts are the bytes with which such words begin: nearly all texts are told apart by their first.
var blankStarts = sync.OnceValue(func() (starts [256]bool) {
	for _, kind := range []string{"blank", "blankvalue"} {
		for w := range wordTable()[kind] {
			starts[w[0]] = true
			starts[strings.ToUpper(w)[0]] = true
		}
	}
	return starts
})

// capped cuts s after n characters.
func capped(s string, n int) (string, bool) {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s, false
	}
	i := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return strings.TrimSpace(s[:i]), true
}

// plain reduces a heading to what it says: lower case, no accents, punctuation or brackets' contents, single spaces.
func plain(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(narrow(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		case r == '#' && b.Len() == 0 && len(s) == 1:
			b.WriteString("no")
		default:
			space = true
		}
	}
	return b.String()
}

// han tells whether r is a Chinese character.
func han(r rune) bool { return unicode.Is(unicode.Han, r) }

func allHan(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !han(r) })
}

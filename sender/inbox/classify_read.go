package inbox

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A reading is a reply made comparable: compatibility forms folded, small letters without accents, no punctuation,
// single spaces ("¡Sí, claro!" is "si claro").
type reading struct {
	text   string
	tokens []string
}

// longest is how much of a reply is read: a person who wants to be left alone says so early.
const longest = 2_000

// letterFolds are letters that case folding and taking off accents leave apart though people use them for each other.
var letterFolds = map[rune]string{
	'ı': "i", 'İ': "i", 'ł': "l", 'đ': "d", 'ø': "o", 'ß': "ss", 'æ': "ae", 'œ': "oe",
	'أ': "ا", 'إ': "ا", 'آ': "ا", 'ى': "ي", 'ـ': "",
}

func read(s string) reading {
	if len(s) > longest {
		s = s[:longest]
	}
	s = norm.NFD.String(norm.NFKC.String(strings.ToValidUTF8(s, " ")))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36f, r >= 0x64b && r <= 0x655, r >= 0xfe00 && r <= 0xfe0f, r == 0x200d, r == 0x200b, r == 0x20e3:
			// Accents, Arabic vowel marks, variation selectors, keycaps: not compared.
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´':
			// "can't" is "cant".
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			r = unicode.ToLower(r)
			if f, ok := letterFolds[r]; ok {
				b.WriteString(f)
			} else {
				b.WriteRune(r)
			}
		default:
			b.WriteByte(' ')
		}
	}
	return reading{}.of(strings.Fields(norm.NFC.String(b.String())))
}

// of joins words; letters that stand alone ("S T O P", "s.t.o.p") are one word.
func (reading) of(tokens []string) reading {
	single := len(tokens) >= 3
	for _, t := range tokens {
		single = single && len(t) == 1
	}
	if single {
		tokens = []string{strings.Join(tokens, "")}
	}
	return reading{strings.Join(tokens, " "), tokens}
}

// unspaced tells whether a word's script writes words without spaces between them.
func unspaced(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Hangul) {
			return true
		}
	}
	return false
}

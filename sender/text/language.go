package text

import (
	"strings"
	"unicode"
)

// Words that stand in nearly every text of a language and in few of another: enough to tell in which language a shop
// writes, so that the opt-out line speaks the same.
var commonWords = map[string]string{
	"en": "the you your we our off until with for and at is are this today show use here get free visit",
	"es": "el la los las su sus para hasta con por de y en este hoy gratis usted descuento tienda",
	"fr": "le la les vous votre nous jusqu au avec pour et chez ce aujourd hui offre remise",
	"de": "der die das sie ihr ihre wir bis mit für und bei heute auf rabatt gutschein",
	"pt": "o a os as você seu sua até com para e em hoje desconto grátis não",
	"it": "il lo la gli tu tuo voi fino al con per e da oggi sconto buono",
}

// Language tells in which language a text in Latin letters is written: the one with the most of its common words, ""
// where none stands out.
func Language(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	best, most, tie := "", 0, false
	for lang, common := range commonWords {
		n := 0
		for _, w := range words {
			if strings.Contains(" "+common+" ", " "+w+" ") {
				n++
			}
		}
		switch {
		case n > most:
			best, most, tie = lang, n, false
		case n == most && n > 0:
			tie = true
		}
	}
	if tie || most == 0 {
		return ""
	}
	return best
}

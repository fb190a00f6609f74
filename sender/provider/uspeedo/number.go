package uspeedo

import (
	"slices"
	"strings"

	"counterbell/data"
)

// twoDigits are the country calling codes of two digits; 1 and 7 have one, all others three.
// Source: ITU-T E.164, list of assigned country codes.
var twoDigits = strings.Fields("20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98")

// bracketed writes a number as uSpeedo takes it, "(852)55311111"; empty when it is no E.164 number.
func bracketed(p data.Phone) string {
	d, ok := strings.CutPrefix(string(p), "+")
	if !ok || len(d) < 7 || len(d) > 15 || d[0] == '0' || strings.Trim(d, "0123456789") != "" {
		return ""
	}
	n := 3
	switch {
	case d[0] == '1', d[0] == '7':
		n = 1
	case slices.Contains(twoDigits, d[:2]):
		n = 2
	}
	return "(" + d[:n] + ")" + d[n:]
}

// digits keeps a number's digits alone: their answers write it in another form than it was sent.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// sameNumber tells whether a number as they write it is p: with its country code, or without.
func sameNumber(theirs string, p data.Phone) bool {
	a, b := strings.TrimPrefix(digits(theirs), "00"), digits(string(p))
	_, national, _ := strings.Cut(bracketed(p), ")")
	return a != "" && (a == b || a == national)
}

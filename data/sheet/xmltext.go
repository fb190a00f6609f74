package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unescape appends the text that b stands for: &amp; and its kin, character references, and line ends as XML 1.0
// section 2.11 has them. What is no entity stays as it is.
func unescape(dst, b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return append(dst, b...)
	}
	for len(b) > 0 {
		i := bytes.IndexAny(b, "&\r")
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		if b[i] == '\r' {
			dst = append(dst, '\n')
			b = b[i+1:]
			if len(b) > 0 && b[0] == '\n' {
				b = b[1:]
			}
			continue
		}
		end := bytes.IndexByte(b[i:min(len(b), i+maxEntity)], ';')
		if end < 0 {
			dst = append(dst, '&')
			b = b[i+1:]
			continue
		}
		var ok bool
		if dst, ok = appendEntity(dst, string(b[i+1:i+end])); !ok {
			dst = append(dst, b[i:i+end+1]...)
		}
		b = b[i+end+1:]
	}
	return dst
}

func appendEntity(dst []byte, name string) ([]byte, bool) {
	switch name {
	case "amp":
		return append(dst, '&'), true
	case "lt":
		return append(dst, '<'), true
	case "gt":
		return append(dst, '>'), true
	case "quot":
		return append(dst, '"'), true
	case "apos":
		return append(dst, '\''), true
	}
	number, ok := strings.CutPrefix(name, "#")
	if !ok {
		return dst, false
	}
	base := 10
	if hex, is := strings.CutPrefix(number, "x"); is {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	if err != nil || n > utf8.MaxRune {
		return dst, false
	}
	return utf8.AppendRune(dst, rune(n)), true
}

// cellText turns the bytes of a cell into its text: _x000D_ and its kin are characters that XML can't hold (ECMA-376
// Part 1, 22.9.2.19, ST_Xstring), line ends are \n, and what is no text at all becomes U+FFFD, so that a phone number
// with rubbish in its middle isn't read as one without. Text beyond MaxCellText is cut, and cut is true.
func cellText(b []byte) (text string, cut bool) {
	if bytes.Contains(b, []byte("_x")) {
		b = unescapeX(b)
	}
	text, cut = cutText(string(b))
	return tidyText(text), cut
}

func tidyText(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}

func unescapeX(b []byte) []byte {
	const form = len("_x000D_")
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if b[i] == '_' && i+form <= len(b) && b[i+1] == 'x' && b[i+6] == '_' {
			if n, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 16); err == nil {
				if n != '\r' { // _x000D_ stands before a line end
					out = utf8.AppendRune(out, rune(n))
				}
				i += form
				continue
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}

// cutText cuts a text that is longer than MaxCellText, between two characters.
func cutText(s string) (text string, cut bool) {
	if len(s) <= MaxCellText {
		return s, false
	}
	n := MaxCellText
	for n > MaxCellText-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], true
}

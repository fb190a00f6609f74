package relay

import (
	"crypto/sha256"
	"crypto/subtle"
	"io"
	"strings"
	"unicode"

	"counterbell/data"
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// tokenLength gives 62^11 tokens, 65 bits: with a million links published, a guess finds one in 52 million million.
const tokenLength = 11

// NewToken makes a link's token, 11 base62 characters, each equally likely. random is a secure source (crypto/rand).
func NewToken(random io.Reader) (string, error) { return randomText(random, tokenLength) }

// randomText draws n base62 characters. A byte above 247 (4 × 62) is thrown away: it would favour the first eight.
func randomText(random io.Reader, n int) (string, error) {
	text := make([]byte, 0, n)
	buf := make([]byte, n)
	for len(text) < n {
		if _, err := io.ReadFull(random, buf[:n-len(text)]); err != nil {
			return "", data.Errorf(data.Internal, "draw a token", "%w", err)
		}
		for _, b := range buf[:n-len(text)] {
			if b < 248 {
				text = append(text, base62[b%62])
			}
		}
	}
	return string(text), nil
}

// IsToken tells whether s has a token's form.
func IsToken(s string) bool {
	if len(s) != tokenLength {
		return false
	}
	for i := range len(s) {
		if !isBase62(s[i]) {
			return false
		}
	}
	return true
}

func isBase62(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// cutToken splits a request's path into the token and what follows it. Messaging apps often take the full stop or the
// bracket after a link for a part of it; a person who taps that link gets their page all the same.
func cutToken(path string) (token, rest string, ok bool) {
	if len(path) < 1+tokenLength || path[0] != '/' || !IsToken(path[1:1+tokenLength]) {
		return "", "", false
	}
	token, rest = path[1:1+tokenLength], path[1+tokenLength:]
	if rest == "" || rest == "/" {
		return token, "", true
	}
	if rest == "/stop" {
		return token, rest, true
	}
	if len(rest) > 12 || strings.IndexFunc(rest, func(r rune) bool { return r == '/' || !unicode.IsPunct(r) }) >= 0 {
		return "", "", false
	}
	return token, "", true
}

// A Key is the secret that a relay and one Counterbell share.
type Key string

// A KeyHash is what the relay keeps of its key: SHA-256, enough to recognise it.
type KeyHash [sha256.Size]byte

// minKey is the shortest key taken: 22 base62 characters are 130 bits.
const minKey = 22

// NewKey draws a key of 190 bits from a secure source.
func NewKey(random io.Reader) (Key, error) {
	s, err := randomText(random, 32)
	return Key(s), err
}

// ParseKey reads a key that a person pasted or an environment variable holds. Error WrongKey when it is shorter than
// 22 characters or has others than letters, digits, dash and underscore.
func ParseKey(s string) (Key, error) {
	s = strings.TrimSpace(s)
	if len(s) < minKey || len(s) > 256 {
		return "", data.Errorf(WrongKey, "read the pairing key", "it has %d characters", len(s))
	}
	for i := range len(s) {
		if !isBase62(s[i]) && s[i] != '-' && s[i] != '_' {
			return "", data.Errorf(WrongKey, "read the pairing key", "a character that no key has")
		}
	}
	return Key(s), nil
}

// Hash returns what the relay keeps.
func (k Key) Hash() KeyHash { return sha256.Sum256([]byte(k)) }

// opens tells in constant time whether an Authorization header carries the key.
func (h KeyHash) opens(authorization string) bool {
	given, ok := strings.CutPrefix(authorization, "Bearer ")
	sum := Key(given).Hash()
	return subtle.ConstantTimeCompare(sum[:], h[:]) == 1 && ok && h != KeyHash{}
}

package practice

import (
	_ "embed"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
)

//go:embed words.tsv
var wordTable string

//go:embed agents.tsv
var agentTable string

// word is something that people reply. Some are said only when the text offers them.
type word struct {
	text        string
	offeredOnly bool
}

var words = func() map[[2]string][]word {
	m := map[[2]string][]word{}
	for _, c := range rows(wordTable) {
		k := [2]string{c[0], c[1]}
		m[k] = append(m[k], word{c[2], c[3] == "yes"})
	}
	return m
}()

// agent is a browser, or what fetches pages for somebody.
type agent struct {
	method, agent string
	prefetch      bool
}

var agents = func() map[string][]agent {
	m := map[string][]agent{}
	for _, c := range rows(agentTable) {
		m[c[0]] = append(m[c[0]], agent{method: c[1], prefetch: c[2] == "yes", agent: c[3]})
	}
	return m
}()

func rows(tsv string) [][]string {
	var all [][]string
	for _, line := range strings.Split(strings.TrimSpace(tsv), "\n")[1:] {
		all = append(all, strings.Split(line, "\t"))
	}
	return all
}

// say picks the words for an answer: mostly one that the text offers.
func say(lang, act, text string, r *rand.Rand) string {
	var offered, free []string
	for _, w := range words[[2]string{lang, act}] {
		if stands(text, w.text) {
			offered = append(offered, w.text)
		}
		if !w.offeredOnly {
			free = append(free, w.text)
		}
	}
	if len(offered) > 0 && r.Float64() < 0.85 {
		return pick(offered, r)
	}
	return pick(free, r)
}

// stands tells whether a word stands by itself in a text. Chinese has no spaces, so there letters alone part words.
func stands(text, w string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return false
		}
		i += from
		before, after := lastRune(text[:i]), firstRune(text[i+len(w):])
		if !ascii(firstRune(w)) || !ascii(before) && !ascii(after) {
			return true
		}
		from = i + len(w)
	}
}

func ascii(r rune) bool { return r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

func lastRune(s string) rune {
	r := ' '
	for _, r = range s[max(0, len(s)-4):] {
	}
	return r
}

func pick[T any](from []T, r *rand.Rand) T { return from[r.IntN(len(from))] }

func wordsOf(text string) int64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return int64(h.Sum64())
}

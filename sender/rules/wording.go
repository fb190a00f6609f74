package rules

import (
	"slices"
	"strings"
	"sync"

	tables "counterbell/assets/rules"
)

type wordingKey struct{ region, lang, what string }

// wordings are the lines that texts get: the brand in front, the way out at the end.
var wordings = sync.OnceValue(func() map[wordingKey]string {
	m := map[wordingKey]string{}
	err := each(tables.Wordings, func(c map[string]string) error {
		m[wordingKey{c["region"], c["lang"], c["what"]}] = c["text"]
		return nil
	})
	if err != nil {
		panic("rules: wordings: " + err.Error())
	}
	return m
})

// wording finds a line: what the country fixes first, then the text's own language, then English.
func wording(region, lang, what string) string {
	m := wordings()
	base, _, _ := strings.Cut(lang, "-")
	for _, k := range []wordingKey{{region, lang, what}, {region, base, what}, {region, "", what}, {"", lang, what}, {"", base, what}, {"", "en", what}} {
		if s, ok := m[k]; ok {
			return s
		}
	}
	return ""
}

// canonicalLang turns what people and systems call a language into the tables' tags: "zh-CN" is zh-Hans.
func canonicalLang(lang string) string {
	l := strings.ReplaceAll(lang, "_", "-")
	lower := strings.ToLower(l)
	switch {
	case strings.HasPrefix(lower, "zh-hant"), strings.HasPrefix(lower, "zh-tw"), strings.HasPrefix(lower, "zh-hk"), strings.HasPrefix(lower, "zh-mo"):
		return "zh-Hant"
	case lower == "zh", strings.HasPrefix(lower, "zh-"):
		return "zh-Hans"
	}
	base, _, _ := strings.Cut(lower, "-")
	return base
}

// KeywordFor returns the word by which people in a region opt out of a text in a language: the language's own where
// the region knows it, else STOP, else the first that the region knows.
func KeywordFor(region, lang string) string {
	known := Builtin().row(region, "marketing").Keywords
	if own := wordings()[wordingKey{"", canonicalLang(lang), "keyword"}]; own != "" && slices.Contains(known, own) {
		return own
	}
	if slices.Contains(known, "STOP") || len(known) == 0 {
		return "STOP"
	}
	return known[0]
}

// A telling is the phrases, in small letters, by which a text tells people to opt out with one word. Word is looked for
// first: it is rarely there.
type telling struct {
	word    string
	phrases []string
}

// tellings are what a text in a language may say to people of a region about opting out.
type tellings struct {
	byWord []telling
	plain  []string // phrases that announce a way out without naming the word
}

type tellingsKey struct{ region, lang string }

var (
	tellingsMu sync.RWMutex
	tellingsOf = map[tellingsKey]*tellings{}
)

func optOutTellings(region, lang string) *tellings {
	key := tellingsKey{region, lang}
	tellingsMu.RLock()
	t := tellingsOf[key]
	tellingsMu.RUnlock()
	if t == nil {
		t = newTellings(region, lang)
		tellingsMu.Lock()
		defer tellingsMu.Unlock()
		if len(tellingsOf) > 5_000 { // languages are what people typed
			clear(tellingsOf)
		}
		tellingsOf[key] = t
	}
	return t
}

func newTellings(region, lang string) *tellings {
	words := append([]string{KeywordFor(region, lang), "STOP"}, Builtin().row(region, "marketing").Keywords...)
	forms := append(list(wording(region, lang, "stands")), list(wordings()[wordingKey{"", "en", "stands"}])...)
	for _, l := range Languages(region) {
		forms = append(forms, list(wordings()[wordingKey{"", l, "stands"}])...)
	}
	forms = append(forms, wording(region, lang, "reply"))
	t := &tellings{}
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		low := telling{word: strings.ToLower(w)}
		for _, f := range forms {
			if strings.Contains(f, "{keyword}") {
				low.phrases = append(low.phrases, strings.ToLower(strings.ReplaceAll(f, "{keyword}", w)))
			}
		}
		slices.Sort(low.phrases)
		low.phrases = slices.Compact(low.phrases)
		t.byWord = append(t.byWord, low)
	}
	for _, f := range forms {
		if !strings.Contains(f, "{keyword}") {
			t.plain = append(t.plain, strings.ToLower(f))
		}
	}
	return t
}

// asks tells whether a text, in small letters, asks people to answer with a word in order to opt out.
func (t *tellings) asks(low string) bool {
	for _, w := range t.byWord {
		if !strings.Contains(low, w.word) {
			continue
		}
		for _, p := range w.phrases {
			if containsWords(low, p) {
				return true
			}
		}
	}
	return false
}

// announces tells whether a text, in small letters, holds a phrase that always comes with a way out.
func (t *tellings) announces(low string) bool {
	return slices.ContainsFunc(t.plain, func(p string) bool { return strings.Contains(low, p) })
}

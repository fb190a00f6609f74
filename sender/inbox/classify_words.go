package inbox

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	tables "counterbell/assets/rules"
	"counterbell/data"
	"counterbell/sender/rules"
)

// What a word of the keyword table does.
const (
	actionOptOut    = "opt_out"
	actionNotOptOut = "not_opt_out" // begins like a keyword and means something else
	actionNegation  = "negation"    // turns the phrase behind it around
	actionPolite    = "polite"      // may stand before a keyword
	actionAside     = "aside"       // may stand before an opt-out alone: "no, stop"
	actionOptIn     = "opt_in"
	actionStart     = "start" // START, UNSTOP: re-opens, after a reminder too
	actionHelp      = "help"
	actionConfirm   = "confirm"
	actionCancel    = "cancel"
	actionFiller    = "filler" // may stand behind a confirmation: "see you then"
	actionThanks    = "thanks" // may stand behind any answer
)

// How a word is looked for.
const (
	matchWhole   = "whole"
	matchStart   = "start"
	matchPhrase  = "phrase"
	matchOffered = "offered"
)

// An entry is a word of the table.
type entry struct {
	action  string
	keyword string // as the table writes it
	text    string // read as replies are
	tokens  []string
	lang    string
	match   string
	regions []string // where alone it holds; none: everywhere
}

// at tells whether the entry's language is one that people in a region use; English is everywhere.
func (e *entry) at(region string) bool {
	return e.lang == "en" || slices.ContainsFunc(rules.Languages(region), func(l string) bool {
		return l == e.lang || strings.HasPrefix(l, e.lang+"-")
	})
}

// understood tells whether the entry counts for a reply from a region: everywhere for English and for words that can't
// be mistaken; short words of other languages only at home. Answers to a reminder may be shorter: "oui" means yes.
func (e *entry) understood(region string) bool {
	if len(e.regions) > 0 && !slices.Contains(e.regions, region) {
		return false
	}
	shortest := 4
	if e.action == actionConfirm || e.action == actionCancel {
		shortest = 2
	}
	return e.at(region) || utf8.RuneCountInString(e.text) >= shortest || e.text[0] >= utf8.RuneSelf
}

// A vocabulary is the keyword table, ready to be asked.
type vocabulary struct {
	byText map[string]map[string][]*entry // action → text → entries
	starts map[string][]*entry            // action → entries that may begin a reply, longest first
	inside map[string][]*entry            // action → phrases
	signs  []string                       // symbols that opt out
}

var words = sync.OnceValue(func() *vocabulary {
	rows, err := csv.NewReader(bytes.NewReader(tables.Keywords)).ReadAll()
	if err != nil {
		panic("inbox: keywords: " + err.Error()) // the table is part of the program: a test reads it
	}
	w := &vocabulary{map[string]map[string][]*entry{}, map[string][]*entry{}, map[string][]*entry{}, nil}
	for _, r := range rows[1:] {
		e := &entry{lang: r[0], action: r[1], keyword: r[2], match: r[3]}
		if r[4] != "" {
			e.regions = strings.Split(r[4], "|")
		}
		s := read(e.keyword)
		e.text, e.tokens = s.text, s.tokens
		if e.text == "" {
			if r[1] == actionOptOut {
				w.signs = append(w.signs, e.keyword)
			}
			continue
		}
		action := r[1]
		w.add(action, e)
		if action == actionOptIn && (e.keyword == "START" || e.keyword == "UNSTOP") {
			w.add(actionStart, e)
		}
	}
	for _, all := range []map[string][]*entry{w.starts, w.inside} {
		for _, list := range all {
			slices.SortStableFunc(list, func(a, b *entry) int { return len(b.text) - len(a.text) })
		}
	}
	return w
})

func (w *vocabulary) add(action string, e *entry) {
	if w.byText[action] == nil {
		w.byText[action] = map[string][]*entry{}
	}
	w.byText[action][e.text] = append(w.byText[action][e.text], e)
	switch e.match {
	case matchStart:
		w.starts[action] = append(w.starts[action], e)
	case matchPhrase:
		w.starts[action] = append(w.starts[action], e)
		w.inside[action] = append(w.inside[action], e)
	}
}

// lookup finds the entry that is the whole reply.
func (w *vocabulary) lookup(q *query, action string) (*entry, bool) {
	for _, e := range w.byText[action][q.text] {
		if !e.understood(q.region) {
			continue
		}
		if e.match == matchOffered && (!slices.Contains(q.offered, q.text) || q.after == data.Reminder && e.text == "n") {
			continue // N can be a "no" to the appointment
		}
		return e, true
	}
	return nil, false
}

// whole is lookup for answers: a single letter of another language doesn't count, unless it was offered.
func (w *vocabulary) whole(q *query, action string) (string, bool) {
	if e, ok := w.lookup(q, action); ok {
		return e.keyword, true
	}
	if slices.Contains(q.offered, q.text) {
		if e, ok := w.entry(action, q.text); ok && e.match != matchOffered {
			return e.keyword, true
		}
	}
	// "yes yes", "好好好": the same answer said again.
	if n := len(q.tokens); n > 1 && n < 5 && len(slices.Compact(slices.Clone(q.tokens))) == 1 {
		once := *q
		once.reading = reading{q.tokens[0], q.tokens[:1]}
		return w.whole(&once, action)
	}
	return "", false
}

func (w *vocabulary) entry(action, text string) (*entry, bool) {
	all := w.byText[action][text]
	if len(all) == 0 {
		return nil, false
	}
	return all[0], true
}

// begins finds the longest entry with which a reply begins, on a word's border, longer ones first.
func (w *vocabulary) begins(s reading, action, region string) (string, bool) {
	for _, e := range w.starts[action] {
		if s.beginsWith(e) && e.understood(region) {
			return e.keyword, true
		}
	}
	return "", false
}

func (s reading) beginsWith(e *entry) bool {
	if !strings.HasPrefix(s.text, e.text) {
		return false
	}
	rest := s.text[len(e.text):]
	return rest == "" || rest[0] == ' ' || unspaced(e.text)
}

// phrase finds an entry that stands anywhere in a reply, unless a negation stands right before it.
func (w *vocabulary) phrase(s reading, action string) (string, bool) {
	for _, e := range w.inside[action] {
		for from := 0; ; {
			i := strings.Index(s.text[from:], e.text)
			if i < 0 {
				break
			}
			i += from
			from = i + len(e.text)
			if !unspaced(e.text) && (i > 0 && s.text[i-1] != ' ' || from < len(s.text) && s.text[from] != ' ') {
				continue
			}
			if !w.negated(s.text[:i]) {
				return e.keyword, true
			}
		}
	}
	return "", false
}

// negated tells whether what stands before a phrase turns it around: "don't stop texting me".
func (w *vocabulary) negated(before string) bool {
	before = strings.TrimSpace(before)
	return slices.ContainsFunc(w.starts[actionNegation], func(e *entry) bool {
		head, ok := strings.CutSuffix(before, e.text)
		return ok && (head == "" || strings.HasSuffix(head, " ") || unspaced(e.text))
	})
}

// afterPoliteness takes one polite opening off: "please stop" is "stop". "Please don't stop" still isn't.
func (w *vocabulary) afterPoliteness(s reading, actions ...string) (reading, bool) {
	for _, action := range append(actions, actionPolite) {
		for _, e := range w.starts[action] {
			if s.beginsWith(e) {
				rest := strings.TrimSpace(s.text[len(e.text):])
				return reading{rest, strings.Fields(rest)}, rest != ""
			}
		}
	}
	return reading{}, false
}

// politely finds an answer that nothing but thanks and the like stands around: "yes, see you then".
func (w *vocabulary) politely(q *query, action string) (string, bool) {
	s := q.reading
	for {
		for _, e := range w.starts[action] {
			if s.beginsWith(e) && e.understood(q.region) && w.onlyFillers(action, s.text[len(e.text):]) {
				return e.keyword, true
			}
		}
		rest, ok := w.afterPoliteness(s)
		if !ok {
			return "", false
		}
		s = rest
		if e, ok := w.lookup(&query{reading: s, region: q.region, offered: q.offered, after: q.after}, action); ok {
			return e.keyword, true
		}
	}
}

// onlyFillers tells whether nothing but words that don't change an answer is left.
func (w *vocabulary) onlyFillers(action, s string) bool {
	allowed := []map[string][]*entry{w.byText[actionThanks]}
	if action == actionConfirm {
		allowed = append(allowed, w.byText[actionFiller])
	}
next:
	for _, t := range strings.Fields(s) {
		for _, fillers := range allowed {
			if fillers[t] != nil {
				continue next
			}
		}
		for rest := t; unspaced(rest); { // 好的谢谢 has no spaces: take one filler after the other off
			cut := ""
			for _, fillers := range allowed {
				for text := range fillers {
					if strings.HasPrefix(rest, text) && len(text) > len(cut) {
						cut = text
					}
				}
			}
			if cut == "" {
				return false
			}
			if rest = rest[len(cut):]; rest == "" {
				continue next
			}
		}
		return false
	}
	return true
}

// mentionsOptOut tells whether an opt-out word stands somewhere in a reply that wasn't taken for one.
func (w *vocabulary) mentionsOptOut(q *query) bool {
	for _, e := range w.starts[actionOptOut] {
		if len(e.tokens) == 1 && e.at(q.region) && (slices.Contains(q.tokens, e.text) || unspaced(e.text) && strings.Contains(q.text, e.text)) {
			return true
		}
	}
	return false
}

// sign finds a symbol that opts out, in a reply that has no words.
func (w *vocabulary) sign(s string) string {
	for _, k := range w.signs {
		if strings.Contains(s, k) {
			return k
		}
	}
	return ""
}

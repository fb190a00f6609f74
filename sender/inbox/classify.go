package inbox

import (
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/sender/rules"
)

// A Class is what a reply was taken for.
type Class struct {
	Reply   data.ReplyClass
	Keyword string          // the word or phrase that decided; "" where none did
	Also    data.ReplyClass // what it may mean besides: an opt-out that may also cancel the visit, or the other way round
	Review  bool            // a person should look at it
}

// Settles tells whether the reply says something about consent, which holds whatever text it answers.
func (c Class) Settles() bool {
	return c.Reply == data.ReplyOptOut || c.Reply == data.ReplyOptIn && !c.Review
}

// A Reply is a text that came in, and what is known about what it answers.
type Reply struct {
	Text    string
	Region  string    // of the sender's number; "" or "ZZ": not known
	After   data.Kind // of the last text they got; "": none, or not known
	Offered []string  // the words that it offered as answers ("1", "C", "R")
}

// Classify says what a reply means. It never refuses: what it can't tell is unclear after a reminder, which asked for an
// answer, and other elsewhere. In doubt between an opt-out and anything else it is an opt-out that a person looks at.
//
//   - An opt-out keyword that is the whole reply counts at once. One that the reply begins with, or an opt-out phrase
//     anywhere in it, counts too and goes to review. "When do you stop serving?" does neither.
//   - R, T, N and NO opt out only where a region uses them so and the last text offered them.
//   - After a reminder, answers are read: 1, Y, C, yes, 好, 确认 confirm; 2, N, no, 取消 cancel.
//   - CANCEL after a reminder is both. In the US it is an opt-out by law (47 CFR 64.1200(a)(10)), and where the region
//     isn't known; elsewhere it cancels the visit. Also holds the other meaning. Where the reminder offered the word as
//     an answer, it is that alone, outside the US.
//   - 👍 after a reminder is unclear: a nod isn't a word that anybody could be held to. 🛑 is an opt-out.
func Classify(r Reply) Class {
	s := read(r.Text)
	w := words()
	region := strings.ToUpper(r.Region)
	offered := make([]string, 0, len(r.Offered))
	for _, o := range r.Offered {
		offered = append(offered, read(o).text)
	}
	q := &query{reading: s, region: region, offered: offered, after: r.After}
	if s.text == "" {
		if k := w.sign(r.Text); k != "" {
			return Class{Reply: data.ReplyOptOut, Keyword: k, Review: true}
		}
		return q.other()
	}
	reminded := r.After == data.Reminder
	if reminded {
		if c, ok := w.answer(q); ok {
			return c
		}
	}
	if c, ok := w.optOut(q); ok {
		return c
	}
	if k, ok := w.whole(q, actionStart); ok {
		return Class{Reply: data.ReplyOptIn, Keyword: k}
	}
	if k, ok := w.whole(q, actionOptIn); ok && !reminded {
		// YES to a text that asked nothing may mean anything.
		return Class{Reply: data.ReplyOptIn, Keyword: k, Review: !slices.Contains(offered, s.text)}
	}
	if k, ok := w.whole(q, actionHelp); ok {
		return Class{Reply: data.ReplyHelp, Keyword: k}
	}
	if k, ok := w.whole(q, actionConfirm); ok && !reminded && slices.Contains(offered, s.text) {
		return Class{Reply: data.ReplyOptIn, Keyword: k} // "Reply Y to join"
	}
	c := q.other()
	c.Review = c.Review || w.mentionsOptOut(q)
	return c
}

// query is a reply as it is being read.
type query struct {
	reading
	region  string
	offered []string // read as replies are
	after   data.Kind
}

func (q *query) other() Class {
	if q.after == data.Reminder {
		return Class{Reply: data.ReplyUnclear, Review: true}
	}
	return Class{Reply: data.ReplyOther}
}

// optOut looks for a refusal.
func (w *vocabulary) optOut(q *query) (Class, bool) {
	if e, ok := w.lookup(q, actionOptOut); ok {
		return Class{Reply: data.ReplyOptOut, Keyword: e.keyword, Review: !e.at(q.region)}, true
	}
	if k, ok := w.phrase(q.reading, actionOptOut); ok {
		return Class{Reply: data.ReplyOptOut, Keyword: k, Review: true}, true
	}
	for s := q.reading; ; {
		if _, ok := w.begins(s, actionNotOptOut, q.region); ok {
			return Class{}, false
		}
		if k, ok := w.begins(s, actionOptOut, q.region); ok {
			return Class{Reply: data.ReplyOptOut, Keyword: k, Review: true}, true
		}
		rest, ok := w.afterPoliteness(s, actionAside)
		if !ok {
			return Class{}, false
		}
		s = rest
		if e, ok := w.lookup(&query{reading: s, region: q.region, offered: q.offered, after: q.after}, actionOptOut); ok {
			return Class{Reply: data.ReplyOptOut, Keyword: e.keyword, Review: true}, true
		}
	}
}

// answer reads a reply to a reminder. It reports false for what isn't an answer, opt-outs among it.
func (w *vocabulary) answer(q *query) (Class, bool) {
	refusal, refuses := w.lookup(q, actionOptOut)
	cancel, cancels := w.whole(q, actionCancel)
	switch {
	case refuses && cancels:
		return both(q, refusal.keyword, cancel), true
	case refuses:
		return Class{}, false
	case cancels:
		return Class{Reply: data.ReplyCancel, Keyword: cancel}, true
	}
	if k, ok := w.whole(q, actionConfirm); ok {
		return Class{Reply: data.ReplyConfirm, Keyword: k}, true
	}
	if _, ok := w.phrase(q.reading, actionOptOut); ok {
		return Class{}, false
	}
	if k, ok := w.phrase(q.reading, actionCancel); ok {
		return Class{Reply: data.ReplyCancel, Keyword: k, Review: true}, true
	}
	if k, ok := w.politely(q, actionCancel); ok {
		word := *q
		word.reading = read(k)
		if e, ok := w.lookup(&word, actionOptOut); ok { // "cancel please"
			return both(q, e.keyword, k), true
		}
		return Class{Reply: data.ReplyCancel, Keyword: k, Review: true}, true
	}
	if k, ok := w.politely(q, actionConfirm); ok {
		return Class{Reply: data.ReplyConfirm, Keyword: k}, true
	}
	return Class{}, false
}

// both decides a word that opts out and cancels a visit.
func both(q *query, refusal, cancel string) Class {
	law := rules.Law(q.region)
	switch {
	case law == "US" || q.region == "" || q.region == "ZZ":
		return Class{Reply: data.ReplyOptOut, Keyword: refusal, Also: data.ReplyCancel, Review: true}
	case slices.Contains(q.offered, read(cancel).text):
		return Class{Reply: data.ReplyCancel, Keyword: cancel}
	}
	return Class{Reply: data.ReplyCancel, Keyword: cancel, Also: data.ReplyOptOut, Review: true}
}

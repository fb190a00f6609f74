// Package inbox is the page where replies are read: a queue of those that the
// program couldn't be sure of, each with its one-click answers; every
// conversation with what was said on both sides; and room to write back.
package inbox

import (
	"slices"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/data/store"
)

// tabs are the views of the inbox, in their order.
var tabs = []store.InboxShow{store.ShowUnclear, store.ShowAll, store.ShowQuestions, store.ShowOptOuts}

// Model is the inbox without its screen: which conversations are listed, which
// one is open, and what is being written to whom.
type Model struct {
	Show   store.InboxShow
	Search string

	Counts store.InboxCounts
	Phones []data.Phone                          // of the list, newest first
	Lines  map[data.Phone]store.ConversationLine // those that were looked at
	Queue  []store.WaitingReply                  // replies that wait, latest first
	Filed  []store.ConversationLine              // conversations in which nothing waits
	Loaded bool

	Open    bool
	Phone   data.Phone // of the open conversation; "" is one of nobody
	Thread  store.Thread
	Fetched bool // Thread is that of Phone
	Drafts  map[data.Phone]string
}

// queueMost is how many replies the queue shows at once, filedMost how many
// conversations stand below it.
const (
	queueMost = 40
	filedMost = 12
	// linesAtOnce is how many lines of the list are read together.
	linesAtOnce = 60
	// linesKept is how many lines are kept in mind at most.
	linesKept = 2000
)

// NewModel begins with what needs a person.
func NewModel() *Model {
	return &Model{Show: store.ShowUnclear, Lines: map[data.Phone]store.ConversationLine{}, Drafts: map[data.Phone]string{}}
}

// Queueing tells whether the queue shows rather than a list.
func (m *Model) Queueing() bool { return m.Show == store.ShowUnclear && m.Search == "" }

// Empty tells whether nobody has ever written.
func (m *Model) Empty() bool { return m.Loaded && m.Counts.All == 0 }

// Select opens a conversation, and tells whether it is another one.
func (m *Model) Select(phone data.Phone) bool {
	if m.Open && m.Phone == phone {
		return false
	}
	m.Open, m.Phone, m.Thread, m.Fetched = true, phone, store.Thread{Phone: phone, Name: m.nameOf(phone)}, false
	return true
}

// nameOf is whose number it is, as far as the lists know.
func (m *Model) nameOf(phone data.Phone) string {
	if l, ok := m.Lines[phone]; ok {
		return l.Name
	}
	for _, l := range m.Filed {
		if l.Phone == phone {
			return l.Name
		}
	}
	for _, w := range m.Queue {
		if w.From == phone {
			return w.Name
		}
	}
	return ""
}

// Took takes a thread that was read, unless another one is open by now.
func (m *Model) Took(t store.Thread) bool {
	if !m.Open || t.Phone != m.Phone {
		return false
	}
	m.Thread, m.Fetched = t, true
	return true
}

// Learn takes lines that were read. What was known longest is forgotten when
// there are too many.
func (m *Model) Learn(lines []store.ConversationLine) {
	if len(m.Lines)+len(lines) > linesKept {
		clear(m.Lines)
	}
	for _, l := range lines {
		m.Lines[l.Phone] = l
	}
}

// Around are the numbers of the list near a row that aren't known yet.
func (m *Model) Around(row int) []data.Phone {
	from := max(row-linesAtOnce/3, 0)
	var out []data.Phone
	for _, p := range m.Phones[min(from, len(m.Phones)):min(from+linesAtOnce, len(m.Phones))] {
		if _, known := m.Lines[p]; !known {
			out = append(out, p)
		}
	}
	return out
}

// Waiting is the reply of the open conversation that a one-click answer is
// for: the earliest that waits. nil when none does.
func (m *Model) Waiting() *store.ThreadReply {
	for _, i := range m.Thread.Items {
		if i.Reply != nil && i.Reply.Waits {
			return i.Reply
		}
	}
	return nil
}

// After is the conversation to open when a reply of the queue was dealt with:
// the next in the queue of another number, else the one before. ok is false
// when the queue is empty then.
func (m *Model) After(reply int64) (next data.Phone, ok bool) {
	at := slices.IndexFunc(m.Queue, func(w store.WaitingReply) bool { return w.ID == reply })
	if at < 0 {
		return "", false
	}
	from := m.Queue[at].From
	for _, w := range m.Queue { // somebody who wrote twice stays
		if w.From == from && w.ID != reply {
			return from, true
		}
	}
	if at+1 < len(m.Queue) {
		return m.Queue[at+1].From, true
	}
	if at > 0 {
		return m.Queue[at-1].From, true
	}
	return "", false
}

// Draft is what was begun to be written to the open conversation.
func (m *Model) Draft() string { return m.Drafts[m.Phone] }

// SetDraft keeps it.
func (m *Model) SetDraft(text string) {
	if text == "" {
		delete(m.Drafts, m.Phone)
		return
	}
	m.Drafts[m.Phone] = text
}

// Answers are what can be decided about a reply by one click, in the order of
// their keys. A reply that is about no visit, or about one
// that is over, can't be a yes or a no.
func Answers(r *store.ThreadReply, now data.Instant) []store.ReplyAnswer {
	if visitAhead(r, now) {
		return []store.ReplyAnswer{store.AnswerConfirm, store.AnswerCancel, store.AnswerCall, store.AnswerOther}
	}
	return []store.ReplyAnswer{store.AnswerCall, store.AnswerOther}
}

// visitAhead tells whether a reply is about a visit that can still be
// confirmed or cancelled: not once it has begun.
func visitAhead(r *store.ThreadReply, now data.Instant) bool {
	if r.Visit == nil || !r.Visit.Open() && r.Visit.State != data.ApptCancelled {
		return false
	}
	starts, err := r.Visit.Starts()
	return err == nil && starts > now
}

// Corrections are what a reply can be said to have been instead.
func Corrections(r *store.ThreadReply, now data.Instant) []store.ReplyAnswer {
	var out []store.ReplyAnswer
	class := r.Inbound.Reply
	if visitAhead(r, now) {
		if class != data.ReplyConfirm {
			out = append(out, store.AnswerConfirm)
		}
		if class != data.ReplyCancel {
			out = append(out, store.AnswerCancel)
		}
	}
	switch {
	case class != data.ReplyOptOut && r.From != "":
		out = append(out, store.AnswerOptOut)
	case r.Review && r.From != "":
		// What the law counts as an opt-out without a doubt stays one.
		out = append(out, store.AnswerNoOptOut)
	}
	return out
}

// Because says why a reply was taken as it was: the key of a sentence
// "inbox.why.…", and the word that decided.
func Because(r *store.ThreadReply) (key, word string) {
	class := r.Inbound.Reply
	if r.ReadAs != "" {
		class = r.ReadAs
	}
	key = string(class)
	switch class {
	case data.ReplyUnclear:
		switch {
		case namesTime(r.Text):
			key = "unclear_time"
		case asks(r.Text):
			key = "unclear_asks"
		}
	case data.ReplyOther:
		switch {
		case r.Review && r.ReadAs == "":
			key = "other_answer"
		case asks(r.Text):
			key = "other_asks"
		}
	case data.ReplyOptOut, data.ReplyConfirm, data.ReplyCancel, data.ReplyOptIn, data.ReplyHelp:
		if r.Keyword == "" {
			key += "_phrase"
		} else if r.Review {
			key += "_review"
		}
	}
	return key, r.Keyword
}

// asks tells whether a text is a question, by its mark.
func asks(text string) bool { return strings.ContainsAny(text, "?？吗呢") }

// clockWords are what names a time beside figures.
var clockWords = []string{
	"am", "pm", "later", "tomorrow", "tonight", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "noon",
	"点", "號", "号", "明天", "后天", "下午", "上午", "晚上", "周", "星期",
}

// namesTime tells whether a text may name a time: 4, 16:15, tomorrow, 下午.
func namesTime(text string) bool {
	digits := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits > 0 && digits <= 6 {
		return true
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(clockWords, func(w string) bool {
		if w[0] >= 0x80 {
			return strings.Contains(text, w)
		}
		return slices.Contains(words, w)
	})
}

package inbox

import (
	"slices"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
)

func reply(text string, class data.ReplyClass) *store.ThreadReply {
	return &store.ThreadReply{Inbound: data.Inbound{From: "+15035550188", Text: text, Reply: class}}
}

func TestAReplySaysWhyItWasTakenSo(t *testing.T) {
	for _, c := range []struct {
		text, keyword string
		class, readAs data.ReplyClass
		review        bool
		want          string
	}{
		{"maybe after 4?", "", data.ReplyUnclear, "", true, "unclear_time"},
		{"tomorrow maybe", "", data.ReplyUnclear, "", true, "unclear_time"},
		{"可以改到下午吗", "", data.ReplyUnclear, "", true, "unclear_time"},
		{"is parking free there?", "", data.ReplyUnclear, "", true, "unclear_asks"},
		{"那里能停车吗", "", data.ReplyUnclear, "", true, "unclear_asks"},
		{"ok but my wife not me", "", data.ReplyUnclear, "", true, "unclear"},
		{"call me on 5035550142", "", data.ReplyUnclear, "", true, "unclear"},
		{"Y", "Y", data.ReplyConfirm, "", false, "confirm"},
		{"yes", "yes", data.ReplyConfirm, "", true, "confirm_review"},
		{"stop by at 4", "stop", data.ReplyOptOut, "", true, "opt_out_review"},
		{"please don't", "", data.ReplyOptOut, "", true, "opt_out_phrase"},
		{"hm", "", data.ReplyConfirm, data.ReplyUnclear, true, "unclear"},
		{"thanks", "", data.ReplyOther, "", false, "other"},
		{"Yes", "", data.ReplyOther, "", true, "other_answer"},
		{"Do you repair?", "", data.ReplyOther, "", false, "other_asks"},
	} {
		r := reply(c.text, c.class)
		r.Keyword, r.ReadAs, r.Review = c.keyword, c.readAs, c.review
		if got, _ := Because(r); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestOnlyWhatCanBeDoneIsOffered(t *testing.T) {
	before := data.At(time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC))
	with := func(class data.ReplyClass, visit data.AppointmentState, review bool) *store.ThreadReply {
		r := reply("x", class)
		r.Review = review
		if visit != "" {
			r.Visit = &data.Appointment{ID: 1, State: visit, Wall: "2026-11-24T11:30", Zone: "UTC"}
		}
		return r
	}
	for _, c := range []struct {
		r       *store.ThreadReply
		answers []store.ReplyAnswer
		instead []store.ReplyAnswer
	}{
		{
			with(data.ReplyUnclear, data.UnclearReply, true),
			[]store.ReplyAnswer{store.AnswerConfirm, store.AnswerCancel, store.AnswerCall, store.AnswerOther},
			[]store.ReplyAnswer{store.AnswerConfirm, store.AnswerCancel, store.AnswerOptOut},
		},
		{with(data.ReplyConfirm, data.Confirmed, false), nil, []store.ReplyAnswer{store.AnswerCancel, store.AnswerOptOut}},
		{with(data.ReplyOther, "", true), []store.ReplyAnswer{store.AnswerCall, store.AnswerOther}, []store.ReplyAnswer{store.AnswerOptOut}},
		{with(data.ReplyUnclear, data.Arrived, true), []store.ReplyAnswer{store.AnswerCall, store.AnswerOther}, []store.ReplyAnswer{store.AnswerOptOut}},
		{with(data.ReplyOptOut, "", true), nil, []store.ReplyAnswer{store.AnswerNoOptOut}},
		{with(data.ReplyOptOut, "", false), nil, nil}, // a plain STOP is one
	} {
		if got := Answers(c.r, before); c.answers != nil && !slices.Equal(got, c.answers) {
			t.Errorf("%s: answers %v", c.r.Inbound.Reply, got)
		}
		if got := Corrections(c.r, before); !slices.Equal(got, c.instead) {
			t.Errorf("%s: corrections %v, want %v", c.r.Inbound.Reply, got, c.instead)
		}
	}
	if over := with(data.ReplyUnclear, data.UnclearReply, true); len(Answers(over, before+1e9)) != 2 || len(Corrections(over, before+1e9)) != 1 {
		t.Error("a visit that has begun can be confirmed")
	}
	nobody := reply("hm", data.ReplyUnclear)
	nobody.From = ""
	if got := Corrections(nobody, before); len(got) > 0 {
		t.Errorf("of nobody: %v", got)
	}
}

func TestAfterOneReplyComesTheNext(t *testing.T) {
	m := NewModel()
	for i, from := range []data.Phone{"+1", "+2", "+1", "+3"} {
		r := reply("x", data.ReplyUnclear)
		r.ID, r.From = int64(i+1), from
		m.Queue = append(m.Queue, store.WaitingReply{ThreadReply: *r})
	}
	for id, want := range map[int64]data.Phone{1: "+1", 2: "+1", 3: "+1", 4: "+1", 9: ""} {
		if got, _ := m.After(id); got != want {
			t.Errorf("after %d comes %q, want %q", id, got, want)
		}
	}
}

func TestDraftsStayWithTheirConversation(t *testing.T) {
	m := NewModel()
	m.Select("+1")
	m.SetDraft("Hi Ines")
	m.Select("+2")
	if m.Draft() != "" {
		t.Error("what was written to one person stands in another's conversation")
	}
	if m.Took(store.Thread{Phone: "+1"}) {
		t.Error("a thread that comes late is shown in another's place")
	}
	m.Select("+1")
	if m.Draft() != "Hi Ines" {
		t.Error("the draft is lost")
	}
	m.SetDraft("")
	if len(m.Drafts) > 0 {
		t.Error("an empty draft is kept")
	}
}

func TestLinesAreAskedForAroundWhatIsSeenAndOnce(t *testing.T) {
	m := NewModel()
	for i := range 100_000 {
		m.Phones = append(m.Phones, data.Phone(rune(i+200)))
	}
	need := m.Around(50_000)
	if len(need) != linesAtOnce || !slices.Contains(need, m.Phones[50_000]) {
		t.Fatalf("%d lines", len(need))
	}
	var lines []store.ConversationLine
	for _, p := range need {
		lines = append(lines, store.ConversationLine{Phone: p})
	}
	m.Learn(lines)
	if again := m.Around(50_000); len(again) > 0 {
		t.Errorf("%d are asked for again", len(again))
	}
	if len(m.Around(99_999)) == 0 || len(m.Around(200_000)) > 0 {
		t.Error("the end of the list")
	}
}

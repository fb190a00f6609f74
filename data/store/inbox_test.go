package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

// wrote stores a reply as the poller does.
func wrote(t *testing.T, s *Store, from data.Phone, text string, class data.ReplyClass, review bool) data.Inbound {
	t.Helper()
	in := data.Inbound{ProviderID: fmt.Sprint(text, s.Now()), From: from, Text: text, At: s.Now(), Reply: class, Review: review}
	r := Reply{Inbound: in}
	if class == data.ReplyOptOut {
		r.Consents = []data.ConsentEntry{{Phone: from, Event: data.Withdraw, Scope: data.ScopeMarketing, GivenAt: in.At, Single: true, Confirmed: true}}
	}
	if _, err := s.StoreReplies(t.Context(), "practice", []Reply{r}, "1"); err != nil {
		t.Fatal(err)
	}
	all, err := s.Inbox(t.Context(), 1)
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all[0]
}

func conversations(t *testing.T, s *Store, show InboxShow, search string) []data.Phone {
	t.Helper()
	all, err := s.Conversations(t.Context(), show, search, 0)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// visitOn books a visit of a number so many hours from now.
func visitOn(t *testing.T, s *Store, p data.Phone, hours int) data.AppointmentID {
	t.Helper()
	a := data.Appointment{Phone: p, Patient: "Ines Duarte", Wall: data.Wall(s.Now().In(time.UTC).Add(time.Duration(hours) * time.Hour)), Zone: "UTC", State: data.Booked}
	if err := s.ApplySchedule(t.Context(), &data.Receipt{Rows: 1, Added: 1}, data.ConsentAnswer{}, []data.ScheduleChange{{Kind: data.ChangeNew, After: a}}, nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.Appointments(t.Context(), "2000", "2100")
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	return all[len(all)-1].ID
}

func stateOf(t *testing.T, s *Store, id data.AppointmentID) data.AppointmentState {
	t.Helper()
	all, _, err := s.AppointmentsByID(t.Context(), []data.AppointmentID{id})
	if err != nil {
		t.Fatal(err)
	}
	return all[id].State
}

func TestEveryNumberHasOneConversationAndTheLatestComesFirst(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1), person(2))
	for i, w := range []struct {
		n     int
		text  string
		class data.ReplyClass
	}{{1, "Do you sell cases?", data.ReplyOther}, {2, "STOP", data.ReplyOptOut}, {3, "maybe after 4?", data.ReplyUnclear}, {1, "And cords?", data.ReplyOther}} {
		clock.move(time.Duration(i+1) * time.Minute)
		wrote(t, s, fiction(w.n), w.text, w.class, w.class == data.ReplyUnclear)
	}
	for show, want := range map[InboxShow][]data.Phone{
		ShowAll: {fiction(1), fiction(3), fiction(2)}, ShowUnclear: {fiction(3)}, ShowUnread: {fiction(1), fiction(3), fiction(2)},
		ShowOptOuts: {fiction(2)}, ShowQuestions: {fiction(1), fiction(3)}, ShowFiled: {fiction(1), fiction(2)},
	} {
		if got := conversations(t, s, show, ""); !slices.Equal(got, want) {
			t.Errorf("%q shows %v, want %v", show, got, want)
		}
	}
	lines, err := s.ConversationLines(t.Context(), conversations(t, s, ShowAll, ""))
	if err != nil || len(lines) != 3 {
		t.Fatalf("%+v (%v)", lines, err)
	}
	if l := lines[0]; l.Name != "Ann Number1" || l.Text != "And cords?" || l.Ours || !l.Unread || l.Contact == 0 {
		t.Errorf("the first line is %+v", l)
	}
	if l := lines[1]; l.Name != "" || l.Contact != 0 || l.Unclear != 1 {
		t.Errorf("the unknown number's line is %+v", l)
	}
	if l := lines[2]; !slices.Equal(l.Closed, []data.Scope{data.ScopeMarketing}) || l.Class != data.ReplyOptOut {
		t.Errorf("the opted out one's line is %+v", l)
	}
	n, err := s.CountInbox(t.Context())
	if err != nil || n != (InboxCounts{All: 3, Unclear: 1, Unread: 3, OptOuts: 1, Questions: 2, Waiting: 1, Week: 4, Understood: 3}) {
		t.Errorf("counts %+v (%v)", n, err)
	}
}

func TestAConversationIsUnreadUntilSomebodySawIt(t *testing.T) {
	s, clock := newStore(t)
	wrote(t, s, fiction(1), "Hello", data.ReplyOther, false)
	if err := s.MarkSeen(t.Context(), fiction(1)); err != nil {
		t.Fatal(err)
	}
	if got := conversations(t, s, ShowUnread, ""); len(got) > 0 {
		t.Errorf("still unread: %v", got)
	}
	clock.move(time.Minute)
	wrote(t, s, fiction(1), "Anybody there?", data.ReplyOther, false)
	if got := conversations(t, s, ShowUnread, ""); len(got) != 1 {
		t.Errorf("a new reply isn't unread: %v", got)
	}
	if _, err := s.QueueDirect(t.Context(), Direct{Phone: fiction(1), Kind: data.Notice, Body: "Yes!"}); err != nil {
		t.Fatal(err)
	}
	lines, err := s.ConversationLines(t.Context(), []data.Phone{fiction(1)})
	if err != nil || lines[0].Text != "Anybody there?" && !lines[0].Ours {
		t.Errorf("after the answer %+v (%v)", lines, err)
	}
}

func TestConversationsAreFoundByNameNumberAndWords(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1), person(2))
	wrote(t, s, fiction(1), "Do you sell 100% wool_cases?", data.ReplyOther, false)
	clock.move(time.Minute)
	wrote(t, s, fiction(2), "停车免费吗", data.ReplyOther, false)
	clock.move(time.Minute)
	visitOn(t, s, fiction(3), 5)
	wrote(t, s, fiction(3), "yes", data.ReplyConfirm, false)
	for search, want := range map[string][]data.Phone{
		"number2": {fiction(2)}, "Ann": {fiction(2), fiction(1)}, "wool_c": {fiction(1)}, "0% w": {fiction(1)}, "woolXc": nil, "停车": {fiction(2)}, "Ines": {fiction(3)},
		"(" + string(fiction(3))[2:5] + ") " + string(fiction(3))[5:]: {fiction(3)}, "zzz": nil, "%": {fiction(1)},
	} {
		if got := conversations(t, s, ShowAll, search); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", search, got, want)
		}
	}
	if got := conversations(t, s, ShowUnclear, "Ann"); len(got) > 0 {
		t.Errorf("a search leaves the filter: %v", got)
	}
}

func TestAnAnswerMovesTheVisitAndCanBeTakenBack(t *testing.T) {
	for how, want := range map[ReplyAnswer]data.AppointmentState{AnswerConfirm: data.Confirmed, AnswerCancel: data.ApptCancelled, AnswerCall: data.UnclearReply, AnswerOther: data.Reminded} {
		s, clock := newStore(t)
		id := visitOn(t, s, fiction(1), 24)
		clock.move(time.Minute)
		in := wrote(t, s, fiction(1), "maybe after 4?", data.ReplyUnclear, true)
		if err := s.SetAppointmentState(t.Context(), id, data.UnclearReply); err != nil {
			t.Fatal(err)
		}
		waiting, err := s.WaitingReplies(t.Context(), 10)
		if err != nil || len(waiting) != 1 || waiting[0].Visit == nil || waiting[0].Visit.ID != id || waiting[0].Name != "Ines Duarte" {
			t.Fatalf("the queue is %+v (%v)", waiting, err)
		}
		settled, err := s.SettleReply(t.Context(), in.ID, how, "Dana")
		if err != nil {
			t.Fatal(err)
		}
		if got := stateOf(t, s, id); got != want {
			t.Errorf("%s: the visit is %s, want %s", how, got, want)
		}
		if got := conversations(t, s, ShowUnclear, ""); len(got) > 0 {
			t.Errorf("%s: it still waits", how)
		}
		thread, err := s.Thread(t.Context(), fiction(1), 0)
		if err != nil || len(thread.Items) != 1 {
			t.Fatalf("%+v (%v)", thread, err)
		}
		if r := thread.Items[0].Reply; r.Waits || r.Answer != how || r.AnsweredBy != "Dana" || r.AnsweredAt == 0 || how != AnswerCall && r.ReadAs != data.ReplyUnclear {
			t.Errorf("%s: the reply is %+v", how, r)
		}
		if err := s.UnsettleReply(t.Context(), settled); err != nil {
			t.Fatal(err)
		}
		if got := stateOf(t, s, id); got != data.UnclearReply {
			t.Errorf("%s taken back: the visit is %s", how, got)
		}
		if got := conversations(t, s, ShowUnclear, ""); len(got) != 1 {
			t.Errorf("%s taken back: it doesn't wait", how)
		}
	}
}

func TestAVisitThatIsOverIsNotConfirmedAnyMore(t *testing.T) {
	s, clock := newStore(t)
	id := visitOn(t, s, fiction(1), 1)
	in := wrote(t, s, fiction(1), "hm", data.ReplyUnclear, true)
	clock.move(2 * time.Hour)
	if _, err := s.SettleReply(t.Context(), in.ID, AnswerConfirm, "Dana"); data.CodeOf(err) != CodeVisitOver {
		t.Errorf("confirmed: %v", err)
	}
	if stateOf(t, s, id) != data.Booked || len(conversations(t, s, ShowUnclear, "")) != 1 {
		t.Error("something changed all the same")
	}
}

func TestAnOptOutReadByAPersonIsInTheLedgerAsOfWhenItWasWritten(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1))
	clock.move(time.Hour)
	in := wrote(t, s, fiction(1), "leave me in peace", data.ReplyOther, true)
	clock.move(time.Hour)
	settled, err := s.SettleReply(t.Context(), in.ID, AnswerOptOut, "Dana")
	if err != nil || !slices.Equal(settled.Scopes, []data.Scope{data.ScopeMarketing, data.ScopeReminders}) {
		t.Fatalf("%+v (%v)", settled, err)
	}
	p := permission(t, s, data.ScopeMarketing, fiction(1))
	if !p.Closed || p.Since != in.At {
		t.Errorf("permission %+v", p)
	}
	history, err := s.ConsentHistory(t.Context(), fiction(1))
	if err != nil {
		t.Fatal(err)
	}
	if e := history[len(history)-1]; e.Statement.Wording != "leave me in peace" || e.Statement.RecordedBy != "Dana" || !e.Single {
		t.Errorf("entry %+v", e)
	}
	if got := conversations(t, s, ShowOptOuts, ""); len(got) != 1 {
		t.Error("it isn't among the opt-outs")
	}
}

func TestWhatWasNoOptOutOpensAgainWhatItClosedAndNothingElse(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1), person(2))
	clock.move(time.Hour)
	in := wrote(t, s, fiction(1), "stop by at 4?", data.ReplyOptOut, true)
	if !permission(t, s, data.ScopeMarketing, fiction(1)).Closed {
		t.Fatal("it closed nothing")
	}
	clock.move(time.Minute)
	if _, err := s.SettleReply(t.Context(), in.ID, AnswerNoOptOut, "Dana"); err != nil {
		t.Fatal(err)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(1)); !p.Granted || p.Basis != data.ExpressWritten {
		t.Errorf("permission %+v", p)
	}
	if p := permission(t, s, data.ScopeReminders, fiction(1)); p.Granted {
		t.Errorf("reminders are open, which never were: %+v", p)
	}
	// Somebody who had opted out before stays so.
	wrote(t, s, fiction(2), "STOP", data.ReplyOptOut, false)
	clock.move(time.Minute)
	again := wrote(t, s, fiction(2), "stop by at 4?", data.ReplyOptOut, true)
	if _, err := s.SettleReply(t.Context(), again.ID, AnswerNoOptOut, "Dana"); data.CodeOf(err) != "consent_none" {
		t.Errorf("an earlier opt-out is opened again: %v", err)
	}
	if p := permission(t, s, data.ScopeMarketing, fiction(2)); !p.Closed {
		t.Errorf("an earlier opt-out is gone: %+v", p)
	}
	if c, err := s.VerifyConsent(t.Context()); err != nil || !c.OK {
		t.Errorf("the ledger: %+v (%v)", c, err)
	}
}

func TestStopAloneStaysAnOptOutWhateverIsMadeOfIt(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1))
	clock.move(time.Hour)
	in := wrote(t, s, fiction(1), "STOP", data.ReplyOptOut, false)
	clock.move(time.Minute)
	for _, how := range []ReplyAnswer{AnswerNoOptOut, AnswerCall, AnswerNoOptOut, AnswerOther, AnswerNoOptOut, AnswerOptOut, AnswerNoOptOut} {
		_, err := s.SettleReply(t.Context(), in.ID, how, "Dana")
		if how == AnswerNoOptOut && data.CodeOf(err) != "opt_out_certain" || how != AnswerNoOptOut && err != nil {
			t.Errorf("%s: %v", how, err)
		}
		if !permission(t, s, data.ScopeMarketing, fiction(1)).Closed {
			t.Fatalf("%s opened what STOP had closed", how)
		}
	}
}

func TestAThreadHasBothSidesInOrderAndComesInPages(t *testing.T) {
	s, clock := newStore(t)
	for i := range 130 {
		clock.move(time.Minute)
		wrote(t, s, fiction(1), fmt.Sprint("reply ", i), data.ReplyOther, false)
		if i%40 == 0 {
			clock.move(time.Second)
			if _, err := s.QueueDirect(t.Context(), Direct{Phone: fiction(1), Kind: data.Notice, Body: fmt.Sprint("answer ", i), By: "Dana"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	var all []string
	before := data.Instant(0)
	for pages := 0; ; pages++ {
		thread, err := s.Thread(t.Context(), fiction(1), before)
		if err != nil || pages > 3 {
			t.Fatal(pages, err)
		}
		var page []string
		for _, i := range thread.Items {
			if i.Reply != nil {
				page = append(page, i.Reply.Text)
			} else {
				page = append(page, i.Message.Text)
			}
		}
		all = append(page, all...)
		if before = thread.Items[0].At; !thread.More {
			break
		}
	}
	if len(all) != 134 || all[0] != "reply 0" || all[1] != "answer 0" || all[133] != "reply 129" || strings.Count(strings.Join(all, "|"), "answer") != 4 {
		t.Errorf("%d texts: %.80q", len(all), all)
	}
}

func TestTheInboxOpensAtOnceHoweverManyConversationsThereAre(t *testing.T) {
	s, _ := newStore(t)
	for _, show := range []InboxShow{ShowAll, ShowUnclear, ShowUnread, ShowOptOuts, ShowQuestions} {
		var plan []string
		rows, err := s.read.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+conversationsSQL(show), 50)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var a, b, c int
			var detail string
			if err := rows.Scan(&a, &b, &c, &detail); err != nil {
				t.Fatal(err)
			}
			plan = append(plan, detail)
		}
		rows.Close()
		if got := strings.Join(plan, "; "); !strings.Contains(got, "COVERING INDEX conversation_") && !strings.Contains(got, "INDEX conversation_") || strings.Contains(got, "TEMP B-TREE") {
			t.Errorf("%q: %s", show, got)
		}
	}
}

func TestAProfileFromBeforeTheInboxHasItsConversationsAndNoneIsUnread(t *testing.T) {
	s, clock := newStore(t)
	wrote(t, s, fiction(1), "STOP", data.ReplyOptOut, false)
	clock.move(time.Minute)
	wrote(t, s, fiction(1), "maybe", data.ReplyUnclear, true)
	wrote(t, s, fiction(2), "Hello", data.ReplyOther, false)
	before := conversations(t, s, ShowAll, "")
	if _, err := s.write.ExecContext(t.Context(), `DELETE FROM conversation`); err != nil {
		t.Fatal(err)
	}
	migration, err := migrations.ReadFile("migrations/00007_inbox.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(migration), "INSERT INTO conversation")
	fill, _, ok := strings.Cut(rest, ";")
	if !ok {
		t.Fatal("the migration fills nothing")
	}
	if _, err := s.write.ExecContext(t.Context(), "INSERT INTO conversation"+fill); err != nil {
		t.Fatal(err)
	}
	if after := conversations(t, s, ShowAll, ""); !slices.Equal(before, after) || len(after) != 2 {
		t.Errorf("conversations %v, before %v", after, before)
	}
	n, err := s.CountInbox(t.Context())
	if err != nil || n.Unread != 0 || n.Unclear != 1 || n.OptOuts != 1 {
		t.Errorf("counts %+v (%v)", n, err)
	}
	clock.move(time.Minute)
	wrote(t, s, fiction(2), "Still there?", data.ReplyOther, false)
	if got := conversations(t, s, ShowUnread, ""); !slices.Equal(got, []data.Phone{fiction(2)}) {
		t.Errorf("unread %v", got)
	}
}

package store

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

// The caps look people up for every batch: they must never read all messages.
func TestWhatPeopleHadIsFoundByAnIndex(t *testing.T) {
	s, _ := newStore(t)
	rows, err := s.read.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+recentSQL(1, 2), 0, true, "marketing", "+15035550101", "+15035550102")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, not int
		var detail string
		if err := rows.Scan(&id, &parent, &not, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if all := strings.Join(plan, "; "); !strings.Contains(all, "message_phone") || strings.Contains(all, "SCAN message") {
		t.Error(all)
	}
}

func TestPracticeCountsApartFromWhatWasReal(t *testing.T) {
	s, _ := newStore(t)
	now := s.Now()
	add := func(phone, kind, state, provider string, accepted, updated data.Instant) {
		t.Helper()
		if _, err := s.write.ExecContext(t.Context(), `INSERT INTO message (kind, phone, state, provider, accepted_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			kind, phone, state, provider, accepted, updated, updated); err != nil {
			t.Fatal(err)
		}
	}
	hour := time.Hour
	add("+15035550101", "marketing", "delivered", "twilio", now.Add(-2*hour), now)
	add("+15035550101", "marketing", "accepted", "twilio", now.Add(-hour), now)
	add("+15035550101", "marketing", "unknown", "twilio", 0, now.Add(-3*hour))
	add("+15035550101", "marketing", "delivered", "twilio", now.Add(-100*hour), now)
	add("+15035550101", "marketing", "held", "twilio", 0, now)
	add("+15035550101", "marketing", "delivered", "practice", now.Add(-hour), now)
	add("+15035550101", "reminder", "delivered", "twilio", now.Add(-hour), now)
	add("+15035550102", "marketing", "delivered", "twilio", now.Add(-hour), now)
	ask := func(practice bool, kinds ...data.Kind) []data.Instant {
		t.Helper()
		got, err := s.RecentMessages(t.Context(), []data.Phone{"+15035550101"}, kinds, practice, now.Add(-24*hour))
		if err != nil {
			t.Fatal(err)
		}
		return got["+15035550101"]
	}
	if got := ask(false, data.Marketing); len(got) != 3 || got[0] != now.Add(-hour) || got[2] != now.Add(-3*hour) {
		t.Errorf("real offers: %v", got)
	}
	if got := ask(true, data.Marketing); len(got) != 1 {
		t.Errorf("practice: %v", got)
	}
	if got := ask(false, data.Reminder, data.Notice); len(got) != 1 {
		t.Errorf("reminders: %v", got)
	}
}

func TestTheNewestRuleOfEachPlaceHolds(t *testing.T) {
	s, _ := newStore(t)
	for _, r := range []data.HouseRule{
		{Place: "", Kind: data.Marketing, Caps: "1/week", By: "Dana"},
		{Place: "US", Kind: data.Marketing, Hours: "Mo-Fr 10:00-18:00", By: "Dana"},
		{Place: "US", Kind: data.Reminder, Hours: "Mo-Su 07:00-22:00", By: "Dana"},
		{Place: "", Kind: data.Marketing, Caps: "2/week", By: "Ann"},
		{Place: "US", Kind: data.Marketing, By: "Ann"},
	} {
		if err := s.SetHouseRule(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	now, err := s.HouseRules(t.Context())
	if err != nil || len(now) != 2 || now[0].Caps != "2/week" || now[0].By != "Ann" || now[1].Kind != data.Reminder {
		t.Errorf("%+v %v", now, err)
	}
	all, err := s.HouseRuleHistory(t.Context())
	if err != nil || len(all) != 5 || !all[0].Empty() || all[0].At != s.Now() {
		t.Errorf("%+v %v", all, err)
	}
}

package store

import (
	"testing"
	"time"

	"counterbell/data"
)

func TestSendNowEndsTheMinuteAndAPauseGoesOnWhereItWas(t *testing.T) {
	s, clock := newStore(t)
	c, audience := drafted(t, s, 5)
	c.State, c.UndoUntil = data.UndoWindow, s.Now().Add(time.Minute)
	if err := s.Freeze(t.Context(), c, audience); err != nil {
		t.Fatal(err)
	}
	is := func(want data.CampaignState) {
		t.Helper()
		if now, err := s.Campaign(t.Context(), c.ID); err != nil || now.State != want {
			t.Fatalf("it is %s, not %s (%v)", now.State, want, err)
		}
	}
	pause := func() {
		t.Helper()
		if err := s.SetCampaignState(t.Context(), c.ID, data.Paused, "by_user", data.Running, data.UndoWindow); err != nil {
			t.Fatal(err)
		}
	}
	pause()
	if err := s.ResumeCampaign(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	is(data.UndoWindow) // its minute isn't over
	if err := s.EndUndo(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	is(data.Running)
	if claimed, err := s.Claim(t.Context(), 10, time.Minute); err != nil || len(claimed) != 5 {
		t.Fatalf("%d of 5 may go (%v)", len(claimed), err)
	}
	if err := s.EndUndo(t.Context(), c.ID); data.CodeOf(err) != "campaign_state" {
		t.Errorf("twice: %v", err)
	}
	pause()
	clock.move(time.Hour)
	if err := s.ResumeCampaign(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	is(data.Running)
	if err := s.ResumeCampaign(t.Context(), c.ID); data.CodeOf(err) != "campaign_state" {
		t.Errorf("twice: %v", err)
	}
}

func TestProgressCountsEverybodyAndSaysWhatWaits(t *testing.T) {
	s, _ := newStore(t)
	c, audience := drafted(t, s, 12)
	later := s.Now().Add(3 * time.Hour)
	for i := range 3 {
		audience[i].Message.State, audience[i].Message.Reason, audience[i].Message.Due = data.Held, "quiet_hours", later.Add(time.Duration(i)*time.Hour)
	}
	audience[3].Message.State, audience[3].Message.Reason, audience[3].Code = data.Blocked, "opted_out", ""
	c.State = data.Running
	if err := s.Freeze(t.Context(), c, audience); err != nil {
		t.Fatal(err)
	}
	claimed, err := s.Claim(t.Context(), 4, time.Minute)
	if err != nil || len(claimed) != 4 {
		t.Fatal(len(claimed), err)
	}
	var results []Settlement
	for i, m := range claimed {
		id, ok := commit(t, s, m)
		if !ok {
			t.Fatal("it doesn't go out")
		}
		r := Settlement{Attempt: id, Message: m.ID, State: data.Accepted, ProviderID: "x"}
		if i == 3 {
			r = Settlement{Attempt: id, Message: m.ID, State: data.Unknown, Reason: "no_answer"}
		}
		results = append(results, r)
	}
	if err := s.Settle(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	run, err := s.CampaignRun(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if run.Audience != 12 || run.Handed() != 4 || run.Unsent() != 7 || run.Due != 4 || run.Next != later || run.Unknown != 1 || len(run.Recent) != 4 || len(run.Reasons) != 1 || run.Reasons[0] != (CampaignReason{data.Blocked, "opted_out", 1}) {
		t.Errorf("%+v", run)
	}
	if len(run.Waits) != 1 || run.Waits[0] != (CampaignWait{"quiet_hours", 3, later}) {
		t.Errorf("waits %+v", run.Waits)
	}
	if ids, err := s.CampaignContacts(t.Context(), c.ID, data.Held, "quiet_hours"); err != nil || len(ids) != 3 || ids[0] != 1 {
		t.Errorf("who waits: %v (%v)", ids, err)
	}
	if _, err := s.CampaignRun(t.Context(), 99); data.CodeOf(err) != "campaign_unknown" {
		t.Errorf("no such campaign: %v", err)
	}
}

package store_test

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report/reporttest"
	"counterbell/data/store"
)

func TestTheListsBehindTheCountsHoldWhatIsCounted(t *testing.T) {
	shop := reporttest.New(t)
	ctx, s := t.Context(), shop.Store
	a, err := s.Attention(ctx)
	if err != nil {
		t.Fatal(err)
	}
	replies, err := s.UnclearReplies(ctx, 50)
	if err != nil || len(replies) != a.UnclearReplies || replies[0].Text != "maybe after 4?" || replies[0].Name != reporttest.Name(6) {
		t.Errorf("%d unclear, listed %+v (%v)", a.UnclearReplies, replies, err)
	}
	bare, err := s.AppointmentsWithoutPhone(ctx, 50)
	if err != nil || len(bare) != a.NoPhone || bare[0].Patient != "Nadia Blum" {
		t.Errorf("%d without a number, listed %+v (%v)", a.NoPhone, bare, err)
	}
	since := data.At(reporttest.At(t, "2026-11-01T00:00"))
	failed, err := s.FailedMessages(ctx, since, 50)
	if err != nil || len(failed) != reporttest.Rejected+reporttest.Undelivered || failed[0].Name == "" || failed[0].About != "Sunglasses week" {
		t.Errorf("failed: %d, %+v (%v)", len(failed), failed, err)
	}
	unknown, err := s.UnknownMessages(ctx, since, 50)
	if err != nil || len(unknown) != reporttest.Unknown || unknown[0].Reason != "no_answer" {
		t.Errorf("unknown: %+v (%v)", unknown, err)
	}
	if old, err := s.FailedMessages(ctx, s.Now().Add(-7*24*time.Hour), 50); err != nil || len(old) != 0 {
		t.Errorf("a week later there are still %d (%v)", len(old), err)
	}
	next, ok, err := s.NextAppointment(ctx, s.Now())
	if err != nil || !ok || next.Patient != "Walter Greene" {
		t.Errorf("next: %+v %v (%v)", next, ok, err)
	}
}

func TestAHandledReplyWaitsNoMore(t *testing.T) {
	shop := reporttest.New(t)
	ctx, s := t.Context(), shop.Store
	replies, err := s.UnclearReplies(ctx, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		handled bool
		want    int
	}{{true, 2}, {false, 3}} {
		if err := s.SetHandled(ctx, replies[0].ID, step.handled); err != nil {
			t.Fatal(err)
		}
		left, err := s.UnclearReplies(ctx, 50)
		a, err2 := s.Attention(ctx)
		if err != nil || err2 != nil || len(left) != step.want || a.UnclearReplies != step.want {
			t.Errorf("handled %v: %d listed, %d counted", step.handled, len(left), a.UnclearReplies)
		}
	}
}

func TestReportPeopleCarryWhatTheyDid(t *testing.T) {
	shop := reporttest.New(t)
	all, err := shop.Store.ReportPeople(t.Context(), store.ReportScope{Campaign: shop.Campaign}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	opened, previewed, redeemed := 0, 0, 0
	for _, p := range all {
		if p.Opened != 0 {
			opened++
		} else if p.Previewed != 0 {
			previewed++
		}
		if p.Redeemed != 0 {
			redeemed++
		}
	}
	if len(all) != reporttest.Audience || opened != reporttest.Opened || previewed != reporttest.Previews || redeemed != reporttest.Redeemed {
		t.Errorf("%d people, %d opened, %d previews, %d redeemed", len(all), opened, previewed, redeemed)
	}
	if some, err := shop.Store.ReportPeople(t.Context(), store.ReportScope{Campaign: shop.Campaign}, 10); err != nil || len(some) != 10 {
		t.Errorf("a limit of 10 gives %d (%v)", len(some), err)
	}
}

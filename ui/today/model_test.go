package today

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/report/reporttest"
)

func TestTheWordAtAVisitsRow(t *testing.T) {
	now := data.At(time.Date(2026, 11, 24, 18, 42, 0, 0, time.UTC))
	for _, c := range []struct {
		state data.AppointmentState
		phone data.Phone
		in    time.Duration
		want  Mark
	}{
		{data.Booked, "+12015550101", 5 * time.Hour, MarkBooked},
		{data.Booked, "", 5 * time.Hour, MarkNoNumber},
		{data.Reminded, "+12015550101", 5 * time.Hour, MarkReminded},
		{data.Reminded, "+12015550101", 90 * time.Minute, MarkNoAnswer},
		{data.Reminded, "+12015550101", -time.Hour, MarkNoAnswer},
		{data.Confirmed, "+12015550101", time.Hour, MarkConfirmed},
		{data.UnclearReply, "+12015550101", time.Hour, MarkUnclear},
		{data.ApptCancelled, "", time.Hour, MarkCancelled},
		{data.Arrived, "", -time.Hour, MarkArrived},
		{data.NoShow, "", -time.Hour, MarkNoShow},
	} {
		a := data.Appointment{State: c.state, Phone: c.phone}
		if got := markOf(&a, now.Add(c.in), now); got != c.want {
			t.Errorf("%s in %v: %s, want %s", c.state, c.in, got, c.want)
		}
		if _, icon := lookOf(c.want); icon == nil {
			t.Errorf("%s has no look", c.want)
		}
	}
}

func TestTalliesAddUpToTheDay(t *testing.T) {
	shop := reporttest.New(t)
	d, err := Read(t.Context(), shop.Store)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, x := range d.Tallies() {
		sum += x.N
	}
	if sum != len(d.Visits) || len(d.Visits) != 9 || d.Expected() != 8 {
		t.Errorf("%d of %d visits, %d expected: %+v", sum, len(d.Visits), d.Expected(), d.Tallies())
	}
	for i, v := range d.Visits {
		if v.Next != (v.Patient == "Walter Greene") {
			t.Errorf("visit %d, %s: next %v", i, v.Patient, v.Next)
		}
	}
	shop.Clock.Set(reporttest.At(t, "2026-11-21T10:00")) // a Saturday without visits
	if d, err = Read(t.Context(), shop.Store); err != nil || len(d.Visits) != 0 || d.Next == nil || d.Next.Patient != "Maya Chen" && d.Next.Patient != "Tom Alvarez" {
		t.Errorf("%+v (%v)", d.Next, err)
	}
}

func TestWhereTheLastCampaignStands(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 42, 0, 0, time.UTC)
	offer := &data.Offer{ValidTo: "2026-11-24"}
	for _, c := range []struct {
		campaign data.Campaign
		want     string
	}{
		{data.Campaign{State: data.Running}, "running"},
		{data.Campaign{State: data.Running, At: data.At(now.Add(time.Hour))}, "scheduled"},
		{data.Campaign{State: data.Scheduled}, "scheduled"},
		{data.Campaign{State: data.UndoWindow}, "scheduled"},
		{data.Campaign{State: data.Paused}, "paused"},
		{data.Campaign{State: data.Stopped}, "stopped"},
		{data.Campaign{State: data.Done, Offer: offer}, "valid"},
		{data.Campaign{State: data.Done, Offer: &data.Offer{ValidTo: "2026-11-23"}}, "done"},
		{data.Campaign{State: data.Done}, "done"},
	} {
		d := Day{Now: now, Last: &report.Report{Campaign: &c.campaign}}
		if got := d.Stage(); got != c.want {
			t.Errorf("%s: %s, want %s", c.campaign.State, got, c.want)
		}
		if _, ok := stages[c.want]; !ok {
			t.Errorf("%s has no look", c.want)
		}
	}
}

func TestWhatTheDeskMaySayAboutAVisit(t *testing.T) {
	now := data.At(reporttest.At(t, "2026-11-24T10:42"))
	for _, c := range []struct {
		wall  string
		state data.AppointmentState
		want  int
	}{
		{"2026-11-24T09:00", data.Reminded, 3}, {"2026-11-24T14:00", data.Reminded, 2}, {"2026-11-24T09:00", data.ApptCancelled, 0}, {"2026-11-24T10:42", data.Arrived, 3},
	} {
		v := Visit{Appointment: data.Appointment{Wall: c.wall, Zone: reporttest.Zone, State: c.state}}
		if got := v.Moves(now); len(got) != c.want {
			t.Errorf("%s %s: %v", c.wall, c.state, got)
		}
	}
}

func TestOldTroubleIsNotShownForEver(t *testing.T) {
	shop := reporttest.New(t)
	kinds := func() map[NeedKind]int {
		all, err := readNeeds(t.Context(), shop.Store)
		if err != nil {
			t.Fatal(err)
		}
		found := map[NeedKind]int{}
		for _, n := range all {
			found[n.Kind] = n.N
		}
		return found
	}
	if got := kinds(); got[NeedRows] != 0 || got[NeedFailed] != 0 || got[NeedUnclear] != 3 {
		t.Errorf("twelve days later: %v", got)
	}
	shop.Clock.Set(reporttest.At(t, "2026-11-13T10:00"))
	if got := kinds(); got[NeedUnknown] != 1 {
		t.Errorf("the day after: %v", got)
	}
}

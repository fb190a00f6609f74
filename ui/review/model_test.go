package review

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
)

func TestWhatAStageShowsFollowsTheCampaignsState(t *testing.T) {
	run := &store.CampaignRun{}
	for _, c := range []struct {
		state data.CampaignState
		dry   *Dry
		run   *store.CampaignRun
		want  Stage
	}{
		{data.Draft, nil, nil, Looking},
		{data.Draft, &Dry{}, nil, Ready},
		{data.AwaitingApproval, nil, nil, Approval},
		{data.UndoWindow, nil, run, Undo},
		{data.UndoWindow, nil, nil, Looking},
		{data.Scheduled, nil, run, Later},
		{data.Running, nil, run, Going},
		{data.Paused, nil, run, Halted},
		{data.Stopped, nil, run, Ended},
		{data.Done, nil, run, Ended},
	} {
		m := Model{Campaign: &data.Campaign{State: c.state}, Dry: c.dry, Run: c.run}
		if got := m.Stage(); got != c.want {
			t.Errorf("%s: %d, want %d", c.state, got, c.want)
		}
	}
	if (&Model{}).Stage() != Looking {
		t.Error("before anything is known")
	}
}

func TestThePartsOfTheBarAddUpToTheAudience(t *testing.T) {
	r := &store.CampaignRun{Audience: 41, Due: 5, States: map[data.MessageState]int{
		data.Delivered: 10, data.Accepted: 4, data.Claimed: 2, data.Sending: 1, data.Queued: 3, data.Held: 9, data.Unknown: 1, data.Rejected: 2, data.Undelivered: 1, data.Blocked: 6, data.Expired: 1, data.MsgCancelled: 1,
	}}
	sum := 0
	for _, p := range Parts(r) {
		sum += p.N
		if p.Key == "held" && p.N != 7 { // two of those held are due by now
			t.Errorf("%d wait for their hours", p.N)
		}
	}
	if sum != r.Audience {
		t.Errorf("%d of %d", sum, r.Audience)
	}
	if got := Share(r); got != float64(20)/35 {
		t.Errorf("%v of it is done", got)
	}
}

func TestThePaceIsThatOfTheLastSecondsAndTellsWhenItEnds(t *testing.T) {
	at := data.Instant(1_000_000)
	recent := func(n int, apart time.Duration, ago time.Duration) (out []data.Instant) {
		for i := range n {
			out = append(out, at.Add(-ago-time.Duration(i)*apart))
		}
		return out
	}
	for _, c := range []struct {
		name   string
		recent []data.Instant
		want   float64
	}{
		{"nothing yet", nil, 0},
		{"two a second", recent(11, 500*time.Millisecond, 0), 2},
		{"long ago", recent(50, time.Second, time.Minute), 0},
		{"all at once", recent(40, 0, time.Second), 40},
	} {
		r := &store.CampaignRun{At: at, Recent: c.recent, Due: 20, States: map[data.MessageState]int{}}
		if got := Pace(r); got != c.want {
			t.Errorf("%s: %v a second, want %v", c.name, got, c.want)
		}
		d, ok := Left(r, 0)
		if ok != (c.want > 0) || ok && d != time.Duration(20/c.want*float64(time.Second)).Round(time.Second) {
			t.Errorf("%s: %v left (%v)", c.name, d, ok)
		}
	}
	r := &store.CampaignRun{At: at, Due: 20, States: map[data.MessageState]int{}}
	if d, ok := Left(r, 4); !ok || d != 5*time.Second {
		t.Errorf("by the provider's rate: %v %v", d, ok)
	}
	if d, ok := Left(&store.CampaignRun{At: at, States: map[data.MessageState]int{}}, 0); !ok || d != 0 {
		t.Errorf("with nothing due: %v %v", d, ok)
	}
}

func TestWhatIsLeftOnTheAccountIsKnownOnlyInOneCurrency(t *testing.T) {
	cost := func(n data.Micros, currency string) data.Cost {
		return data.Cost{Micros: n, Currency: currency, Known: true}
	}
	usd, eur := cost(15_000_000, "USD"), cost(15_000_000, "EUR")
	d := &Dry{Review: campaign.Review{Now: 400, Held: 12, Cost: cost(9_064_000, "USD")}, Balance: &usd}
	if left, ok := d.After(); !ok || left.Micros != 5_936_000 {
		t.Errorf("%+v %v", left, ok)
	}
	if one, ok := d.Each(); !ok || one != 22_000 {
		t.Errorf("%d each (%v)", one, ok)
	}
	d.Balance = &eur
	if _, ok := d.After(); ok {
		t.Error("dollars were taken from euros")
	}
	d.Balance, d.Cost = nil, data.Cost{}
	if _, ok := d.After(); ok {
		t.Error("it isn't known")
	}
	if _, ok := d.Each(); ok {
		t.Error("an unknown price is not nought")
	}
}

func TestReasonsStandWithTheMostPeopleFirst(t *testing.T) {
	got := MostFirst(map[string]int{"opted_out": 9, "no_consent": 17, "fictional": 0, "cap": 9})
	if len(got) != 3 || got[0] != (Count{"no_consent", 17}) || got[1] != (Count{"cap", 9}) || got[2] != (Count{"opted_out", 9}) {
		t.Errorf("%+v", got)
	}
}

func TestABalanceIsReadToTheLastDigit(t *testing.T) {
	for text, want := range map[string]data.Micros{"15.26": 15_260_000, "0.000001": 1, "-3.5": -3_500_000, " 7 ": 7_000_000} {
		if got, ok := microsOf(text); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "n/a", "1,5", "1e400"} {
		if got, ok := microsOf(text); ok {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestQuietHoursThatFollowEachOtherAreOneBand(t *testing.T) {
	var quiet [24]bool
	for _, h := range []int{0, 1, 2, 21, 22, 23} {
		quiet[h] = true
	}
	got := bands(quiet, "Quiet")
	if len(got) != 2 || got[0].From != 0 || got[0].To != 2 || got[1].From != 21 || got[1].To != 23 {
		t.Errorf("%+v", got)
	}
}

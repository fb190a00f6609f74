package outbox

import (
	"context"
	"errors"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/provider"
	"counterbell/sender/rules"
)

// A fullDisk is a book that takes attempts, and for a while no results.
type fullDisk struct {
	waiting []data.Message
	full    bool
	settled []store.Settlement
	claims  int
}

func (b *fullDisk) Claim(context.Context, int, time.Duration) ([]data.Message, error) {
	b.claims++
	some := b.waiting
	b.waiting = nil
	return some, nil
}

func (b *fullDisk) CommitAttempts(_ context.Context, decided []store.Decided) (map[data.MessageID]data.AttemptID, error) {
	out := map[data.MessageID]data.AttemptID{}
	for _, d := range decided {
		out[d.Message.ID] = data.AttemptID(d.Message.ID + 100)
	}
	return out, nil
}

func (b *fullDisk) Settle(_ context.Context, results []store.Settlement) error {
	if b.full {
		return data.Errorf(data.DiskFull, "settle", "no room")
	}
	b.settled = append(b.settled, results...)
	return nil
}

func (b *fullDisk) Unclaim(context.Context, []data.MessageID) error { return nil }

func (b *fullDisk) SetCampaignState(context.Context, data.CampaignID, data.CampaignState, string, ...data.CampaignState) error {
	return errors.New("no campaign here")
}

func (b *fullDisk) RecentMessages(context.Context, []data.Phone, []data.Kind, bool, data.Instant) (map[data.Phone][]data.Instant, error) {
	return nil, nil
}

// Drafts writes everybody a reminder that may always go.
func (b *fullDisk) Drafts(_ context.Context, claimed []data.Message) ([]Draft, error) {
	var out []Draft
	for _, m := range claimed {
		out = append(out, Draft{Message: m, Text: provider.Text{Body: "See you"}, Ask: rules.Question{
			Kind: data.OTP, Practice: true, Phone: data.PhoneFacts{Phone: m.To, Region: "US", Zones: []string{"America/Los_Angeles"}},
			Permission: data.Permission{Granted: true, Basis: data.ExpressWritten, Since: 1},
		}})
	}
	return out, nil
}

// A yes is a provider that takes everything.
type yes struct{ taken int }

func (y *yes) Name() string { return "yes" }
func (y *yes) Capabilities() provider.Caps {
	return provider.Caps{MaxBatch: 100, FreeText: true, Practice: true}
}
func (y *yes) Check(context.Context) error { return nil }
func (y *yes) Send(_ context.Context, batch []provider.Text) (out []provider.Outcome) {
	for _, t := range batch {
		y.taken++
		out = append(out, provider.Outcome{Ref: t.Ref, State: provider.Accepted, ProviderID: t.Ref})
	}
	return out
}

func (y *yes) Statuses(context.Context, []provider.Sent) ([]provider.Status, error) { return nil, nil }

func (y *yes) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", nil
}

// A result that can't be stored is kept and stored before anything else goes out: else "accepted" would be "unknown" at
// the next start, and nobody could tell any more.
func TestAResultThatFindsNoRoomIsStoredFirstThing(t *testing.T) {
	now := time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)
	b, y := &fullDisk{full: true, waiting: []data.Message{{ID: 1, To: "+15035550101", Kind: data.OTP}, {ID: 2, To: "+15035550102", Kind: data.OTP}}}, &yes{}
	o := New(Needs{Book: b, Drafter: b, Provider: y, Clock: func() time.Time { return now }, Wait: func(context.Context, time.Duration) error { return nil }})
	if _, err := o.Pass(t.Context()); data.CodeOf(err) != data.DiskFull || y.taken != 2 {
		t.Fatalf("%d taken (%v)", y.taken, err)
	}
	b.waiting = []data.Message{{ID: 3, To: "+15035550103", Kind: data.OTP}}
	for range 3 {
		if _, err := o.Pass(t.Context()); data.CodeOf(err) != data.DiskFull {
			t.Errorf("%v", err)
		}
	}
	if y.taken != 2 || b.claims != 1 {
		t.Errorf("with results in hand %d were taken, %d claims", y.taken, b.claims)
	}
	b.full = false
	if _, err := o.Pass(t.Context()); err != nil || y.taken != 3 {
		t.Errorf("%d taken (%v)", y.taken, err)
	}
	if len(b.settled) != 3 || b.settled[0].Message != 1 || b.settled[0].State != data.Accepted || b.settled[2].Message != 3 {
		t.Errorf("settled %+v", b.settled)
	}
}

func TestAProviderThatIsOutOfReachIsLeftAloneLongerEachTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)
	o := New(Needs{Provider: &yes{}, Clock: func() time.Time { return now }})
	var rests []time.Duration
	for range 10 {
		o.takeRest(data.At(now), 0, false)
		rests = append(rests, o.Resting())
	}
	for i, want := range []time.Duration{2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		if rests[i] != want*time.Second {
			t.Errorf("rest %d lasts %s", i+1, rests[i])
		}
	}
	now = now.Add(5 * time.Minute)
	if o.Resting() != 0 {
		t.Error("it rests for ever")
	}
	o.takeRest(data.At(now), time.Hour, true)
	if o.Resting() != longestRest {
		t.Errorf("it rests for %s", o.Resting())
	}
	now = now.Add(-24 * time.Hour)
	if o.Resting() != 0 {
		t.Error("a clock that is put back keeps it resting")
	}
	o.takeRest(data.At(now), -1, true)
	o.takeRest(data.At(now), 0, false)
	if o.Resting() != 2*time.Second {
		t.Errorf("after it was reached it rests for %s", o.Resting())
	}
}

package review

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender/campaign"
	"counterbell/sender/provider"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// UndoFor is how long a press on Send can be taken back.
const UndoFor = time.Minute

// A Stage is what the view shows of a campaign.
type Stage int

const (
	Looking  Stage = iota // nothing is known yet
	Ready                 // a draft, examined: it can be sent
	Approval              // the texts wait for the provider's approval
	Undo                  // the minute in which it can be taken back
	Later                 // it is to start later
	Going                 // messages go out, or wait for their hours
	Halted                // paused, by a person or by itself
	Ended                 // done or stopped
)

// A Model is one campaign from its dry run to its last message.
type Model struct {
	Campaign *data.Campaign
	Dry      *Dry
	Run      *store.CampaignRun
	Waiting  []store.Template // registrations of a campaign that waits for approval
}

// A Dry is a dry run with what is known of the provider that it would go through.
type Dry struct {
	campaign.Review
	Caps      provider.Caps
	Templates []store.Template // what is registered for the campaign's texts, for template providers
	Balance   *data.Cost       // what is left on the account; nil where nobody knows
	Took      time.Duration
	At        data.Instant
}

// Stage tells what to show.
func (m *Model) Stage() Stage {
	switch c := m.Campaign; {
	case c == nil:
		return Looking
	case c.State == data.Draft && m.Dry == nil:
		return Looking
	case c.State == data.Draft:
		return Ready
	case c.State == data.AwaitingApproval:
		return Approval
	case m.Run == nil:
		return Looking
	}
	return map[data.CampaignState]Stage{
		data.UndoWindow: Undo, data.Scheduled: Later, data.Running: Going, data.Paused: Halted, data.Stopped: Ended, data.Done: Ended,
	}[m.Campaign.State]
}

// same tells whether another dry run found the same.
func (d *Dry) same(o *Dry) bool {
	if d == nil || (d.Problem == nil) != (o.Problem == nil) || data.CodeOf(d.Problem) != data.CodeOf(o.Problem) {
		return false
	}
	a, b := d.Review, o.Review
	a.Starts, b.Starts, a.Problem, b.Problem = 0, 0, nil, nil
	return reflect.DeepEqual(a, b) && reflect.DeepEqual(d.Caps, o.Caps) && reflect.DeepEqual(d.Templates, o.Templates)
}

// Goes is how many people would get the text.
func (d *Dry) Goes() int { return d.Now + d.Held }

// After is what would be left on the account; ok is false when cost or balance isn't known, or in another currency.
func (d *Dry) After() (left data.Cost, ok bool) {
	if d.Balance == nil || !d.Balance.Known || !d.Cost.Known || d.Balance.Currency != d.Cost.Currency {
		return left, false
	}
	left = *d.Balance
	left.Micros -= d.Cost.Micros
	return left, true
}

// Each is what one person's text costs on average.
func (d *Dry) Each() (each data.Micros, ok bool) {
	if !d.Cost.Known || d.Goes() == 0 {
		return 0, false
	}
	return d.Cost.Micros / data.Micros(d.Goes()), true
}

// A Count is how many people share a reason.
type Count struct {
	Code string
	N    int
}

// MostFirst orders reasons by how many people they hit.
func MostFirst(reasons map[string]int) []Count {
	out := make([]Count, 0, len(reasons))
	for _, code := range slices.Sorted(maps.Keys(reasons)) {
		if reasons[code] > 0 {
			out = append(out, Count{code, reasons[code]})
		}
	}
	slices.SortStableFunc(out, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
	return out
}

// Segments is how many segments the shortest and the longest text take.
func (d *Dry) SegmentsFromTo() (least, most int) {
	for n := range d.Lengths {
		if least == 0 || n < least {
			least = n
		}
		most = max(most, n)
	}
	return least, most
}

// A Part is one state of a campaign's people in the bar of its progress.
type Part struct {
	Key   string // of translations: "review.part.KEY"
	N     int
	Color fyne.ThemeColorName
}

// Parts are the people of a campaign by state, in the order of the bar. They add up to the audience.
func Parts(r *store.CampaignRun) []Part {
	n := r.States
	later := max(n[data.Queued]+n[data.Held]-r.Due, 0)
	return []Part{
		{"delivered", n[data.Delivered], theme.OK},
		{"sent", n[data.Accepted], theme.Chart1},
		{"sending", n[data.Claimed] + n[data.Sending], theme.Chart3},
		{"due", r.Due, theme.LineStrong},
		{"held", later, theme.Chart2},
		{"unknown", n[data.Unknown], theme.Chart4},
		{"failed", n[data.Rejected] + n[data.Undelivered], theme.Danger},
		{"left_out", n[data.Blocked] + n[data.Expired] + n[data.MsgCancelled], theme.NeutralSoft},
	}
}

// Share is how much of what was to be handed over has been, 0 to 1.
func Share(r *store.CampaignRun) float64 {
	all := r.Audience - r.States[data.Blocked]
	if all <= 0 {
		return 1
	}
	return float64(r.Handed()+r.States[data.Expired]+r.States[data.MsgCancelled]) / float64(all)
}

// paceOver is the time over which the rate of sending is taken.
const paceOver = 20 * time.Second

// Pace is how many texts a second are handed over, by the last of them; 0 while nothing has gone out for a while.
func Pace(r *store.CampaignRun) float64 {
	var latest, first data.Instant
	n := 0
	for _, at := range r.Recent { // latest first
		if r.At.Sub(at) > paceOver {
			break
		}
		if n++; latest == 0 {
			latest = at
		}
		first = at
	}
	span := latest.Sub(first).Seconds()
	switch {
	case n == 0:
		return 0
	case span <= 0:
		return float64(n)
	}
	return float64(n-1) / span
}

// Left is how long it takes until everything that is due has been handed over: by the pace at which it goes, else by the
// provider's rate (recipients a second). ok is false when neither is known.
func Left(r *store.CampaignRun, rate float64) (d time.Duration, ok bool) {
	todo := r.Due + r.States[data.Claimed] + r.States[data.Sending]
	pace := Pace(r)
	if pace == 0 {
		pace = rate
	}
	if todo == 0 {
		return 0, true
	}
	if pace <= 0 {
		return 0, false
	}
	return time.Duration(float64(todo) / pace * float64(time.Second)).Round(time.Second), true
}

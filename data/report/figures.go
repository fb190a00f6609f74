package report

import (
	"encoding/json"
	"math"

	"counterbell/data"
	"counterbell/data/store"
)

// A Report is what came of one campaign, or of all campaigns begun in some days: the figures that the window, bell and
// every export show, counted once, here. It is the JSON of `bell report`.
//
// Days are the shop's own. The funnel, variants, reasons and money are those of the campaigns however long ago
// something happened; Days, appointments and reminders are those of From up to and including To.
type Report struct {
	Business     string         `json:"business"`
	Zone         string         `json:"zone"`     // IANA: whose days these are
	Practice     bool           `json:"practice"` // some of it came from Practice: nothing was really sent
	MadeAt       data.Instant   `json:"made_at"`
	Campaign     *data.Campaign `json:"campaign,omitempty"` // nil: all campaigns begun from From to To
	Campaigns    int            `json:"campaigns"`
	From         data.Date      `json:"from"`
	To           data.Date      `json:"to"`
	Funnel       store.Funnel   `json:"funnel"`
	Rates        Rates          `json:"rates"`
	Days         []Day          `json:"days"` // every day from From to To
	Variants     []Variant      `json:"variants"`
	Comparison   *Comparison    `json:"comparison,omitempty"` // of exactly two variants that were delivered
	Reasons      []Reason       `json:"reasons"`
	Money        store.Money    `json:"money"`
	Appointments Appointments   `json:"appointments"`
	Findings     []Finding      `json:"findings"`

	scope store.ReportScope
}

// A Rate is a share from 0 to 1, or NaN where there is no whole to take it of; then it is null in JSON.
type Rate float64

// RateOf is part of whole.
func RateOf(part, whole int) Rate {
	if whole == 0 {
		return Rate(math.NaN())
	}
	return Rate(float64(part) / float64(whole))
}

// Known tells whether there is a rate.
func (r Rate) Known() bool { return !math.IsNaN(float64(r)) }

func (r Rate) MarshalJSON() ([]byte, error) {
	if !r.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(float64(r)*1e6) / 1e6)
}

// Rates are those of the funnel. Delivered is of sent; opened and redeemed are of delivered, each by itself: the code
// stands in the text, so nobody has to open the link to redeem (decisions.md, Opened).
type Rates struct {
	Delivered Rate `json:"delivered"`
	Opened    Rate `json:"opened"`
	Redeemed  Rate `json:"redeemed"`
}

// A Day counts what happened on one of the shop's days. Opens are people opening for the first time, Previews those who
// have nothing but previews, on the day of the first; Redemptions are uses.
type Day struct {
	Date        data.Date `json:"date"`
	Sent        int       `json:"sent"`
	Delivered   int       `json:"delivered"`
	Opens       int       `json:"opens"`
	Previews    int       `json:"previews"`
	Redemptions int       `json:"redemptions"`
}

// A Reason is why messages wait, or didn't go or arrive: how many share it. Code is a rule's, or the provider's class
// of failure; its sentence is the text "report.reason.CODE".
type Reason struct {
	State data.MessageState `json:"state"`
	Code  string            `json:"code"`
	N     int               `json:"n"`
}

// Appointments counts visits that begin in the report's days. NoShow is of those who came or didn't; a visit that
// nobody has marked counts in neither.
type Appointments struct {
	Total     int                           `json:"total"`
	States    map[data.AppointmentState]int `json:"states"`
	NoPhone   int                           `json:"no_phone"`
	NoShow    Rate                          `json:"no_show"`
	Reminders store.ReminderCounts          `json:"reminders"`
}

// Came and Missed are the visits that are known to have taken place, or not.
func (a *Appointments) Came() int   { return a.States[data.Arrived] }
func (a *Appointments) Missed() int { return a.States[data.NoShow] }

// SalesPerCoupon is what was paid on average where an amount was entered. ok is false when nobody did, or when amounts
// are in several currencies, which are never added.
func (r *Report) SalesPerCoupon() (m data.Money, ok bool) {
	if len(r.Money.Sales) != 1 || r.Money.WithAmount == 0 {
		return m, false
	}
	m = r.Money.Sales[0]
	n := int64(r.Money.WithAmount)
	m.Minor = (2*m.Minor + n) / (2 * n) // halves up
	return m, true
}

// Check fails loudly when the figures don't add up (invariant 5): code Internal.
func (r *Report) Check() error {
	const op = "add up the report"
	if err := r.Funnel.Check(); err != nil {
		return err
	}
	wrong := func(what string, a, b int) error {
		return data.Errorf(data.Internal, op, "%s: %d and %d", what, a, b)
	}
	f, total := &r.Funnel, Day{}
	for _, d := range r.Days {
		total.Sent, total.Delivered, total.Opens = total.Sent+d.Sent, total.Delivered+d.Delivered, total.Opens+d.Opens
		total.Previews, total.Redemptions = total.Previews+d.Previews, total.Redemptions+d.Redemptions
	}
	if want := days(r.From, r.To); len(r.Days) != want {
		return wrong("days in the report and on the calendar", len(r.Days), want)
	}
	for _, c := range []struct {
		what        string
		part, whole int
		only        bool // of a campaign's report: a period's days hold what older campaigns did too
	}{
		{"delivered and sent", f.Delivered + f.Undelivered, f.Sent, false},
		{"people who opened and the audience", f.Opened + f.Previews, f.Audience, false},
		{"redeemed and redemptions", f.Redeemed, r.Money.Redemptions, false},
		{"amounts and redemptions", r.Money.WithAmount, r.Money.Redemptions, false},
		{"sent by day and in all", total.Sent, f.Sent, true},
		{"delivered by day and in all", total.Delivered, f.Delivered, true},
		{"opens by day and in all", total.Opens, f.Opened, true},
		{"previews by day and in all", total.Previews, f.Previews, true},
		{"redemptions by day and in all", total.Redemptions, r.Money.Redemptions, true},
	} {
		if c.part > c.whole && (!c.only || r.Campaign != nil) {
			return wrong(c.what, c.part, c.whole)
		}
	}
	var v Variant
	for _, x := range r.Variants {
		v.People, v.Delivered, v.Opened, v.Redeemed = v.People+x.People, v.Delivered+x.Delivered, v.Opened+x.Opened, v.Redeemed+x.Redeemed
	}
	if v.People != f.Audience || v.Delivered != f.Delivered || v.Opened != f.Opened || v.Redeemed != f.Redeemed {
		return wrong("people of the variants and the audience", v.People, f.Audience)
	}
	states := map[data.MessageState]int{}
	for _, x := range r.Reasons {
		states[x.State] += x.N
	}
	for state, n := range map[data.MessageState]int{
		data.Held: f.Held, data.Blocked: f.Blocked, data.Rejected: f.Rejected, data.Undelivered: f.Undelivered,
		data.Unknown: f.Unknown, data.Expired: f.Expired, data.MsgCancelled: f.Cancelled,
	} {
		if states[state] != n {
			return wrong("reasons and messages "+string(state), states[state], n)
		}
	}
	n := 0
	for _, k := range r.Appointments.States {
		n += k
	}
	if n != r.Appointments.Total {
		return wrong("states and appointments", n, r.Appointments.Total)
	}
	return nil
}

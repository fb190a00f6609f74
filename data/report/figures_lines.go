package report

// A Line is one figure of the funnel with its key: "report.stage.KEY" for the four stages, "report.line.KEY" for what
// else became of people. Of names the stage that Rate is of; it is empty where there is no rate.
type Line struct {
	Key  string
	N    int
	Rate Rate
	Of   string
}

// Stages are the funnel's: sent, delivered, opened, redeemed.
func (r *Report) Stages() []Line {
	f := &r.Funnel
	return []Line{
		{"sent", f.Sent, RateOf(0, 0), ""},
		{"delivered", f.Delivered, r.Rates.Delivered, "sent"},
		{"opened", f.Opened, r.Rates.Opened, "delivered"},
		{"redeemed", f.Redeemed, r.Rates.Redeemed, "delivered"},
	}
}

// Rest is what else became of people, nought included.
func (r *Report) Rest() []Line {
	f, none := &r.Funnel, RateOf(0, 0)
	return []Line{
		{"previews", f.Previews, none, ""},
		{"undelivered", f.Undelivered, none, ""},
		{"waiting", f.Waiting, none, ""},
		{"held", f.Held, none, ""},
		{"blocked", f.Blocked, none, ""},
		{"rejected", f.Rejected, none, ""},
		{"unknown", f.Unknown, none, ""},
		{"expired", f.Expired, none, ""},
		{"cancelled", f.Cancelled, none, ""},
	}
}

// rateNotes say what a rate is of, by the stage.
var rateNotes = map[string]string{"sent": "report.note.of_sent", "delivered": "report.note.of_delivered"}

// Note says in words what a line's rate is of; empty without a rate.
func (l Line) Note(w Words) string {
	if l.Of == "" || !l.Rate.Known() {
		return ""
	}
	return w.T(rateNotes[l.Of], "rate", w.Percent(float64(l.Rate), 1))
}

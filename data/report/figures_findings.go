package report

import (
	"time"

	"counterbell/data"
)

// A Finding is one thing worth saying about the figures, in a form that every language can write: Code names the
// sentence (text "report.finding.CODE"), Args fill it. About says which figures it belongs under.
type Finding struct {
	About string         `json:"about"`
	Code  string         `json:"code"`
	Args  map[string]any `json:"args"` // int, Rate, Times, Hour, data.Date, data.Money, data.Cost, Reason or string
}

// What findings are about.
const (
	AboutFunnel       = "funnel"
	AboutDays         = "days"
	AboutVariants     = "variants"
	AboutReasons      = "reasons"
	AboutMoney        = "money"
	AboutAppointments = "appointments"
)

// Words is how a language writes; *i18n.Texts does.
type Words interface {
	T(key string, pairs ...any) string
	Has(key string) bool
	Percent(share float64, places int) string
	Day(at time.Time) string
	DateTime(at time.Time) string
	Money(m data.Money) string
	Cost(c data.Cost) string
	Decimal(x float64, places int) string
	Number(n int64) string
	Weekday(day time.Weekday) string
	Clock(minutes int) string
}

// Times is how many times as much something is, for findings: 2.1.
type Times float64

// Text writes the finding as one sentence.
func (f *Finding) Text(w Words) string {
	pairs := make([]any, 0, 2*len(f.Args))
	for name, v := range f.Args {
		switch x := v.(type) {
		case Rate:
			v = w.Percent(float64(x), 1)
		case data.Date:
			v = w.Day(x.Start(time.UTC))
		case data.Money:
			v = w.Money(x)
		case data.Cost:
			v = w.Cost(x)
		case int:
			v = w.Number(int64(x))
		case Times:
			v = w.Decimal(float64(x), 1)
		case Hour:
			v = w.T("report.hour", "day", w.Weekday(x.Day), "time", w.Clock(60*x.Hour))
		case Reason:
			v = x.Text(w)
		}
		pairs = append(pairs, name, v)
	}
	return w.T("report.finding."+f.Code, pairs...)
}

// Text says in a few words why these messages wait, or didn't go or arrive.
func (r Reason) Text(w Words) string {
	switch key := "report.reason." + r.Code; {
	case r.Code == "":
		return w.T("report.reason.none")
	case w.Has(key):
		return w.T(key)
	}
	return w.T("report.reason.other", "code", r.Code)
}

// Finding returns the one about something; ok is false when there is nothing to say.
func (r *Report) Finding(about string) (f Finding, ok bool) {
	for _, f := range r.Findings {
		if f.About == about {
			return f, true
		}
	}
	return f, false
}

// find looks through the figures: at most one finding about each thing.
func (r *Report) find() {
	r.Findings = []Finding{}
	for _, look := range []func() (Finding, bool){r.findFunnel, r.findDays, r.findVariants, r.findReasons, r.findMoney, r.findAppointments} {
		if f, ok := look(); ok {
			r.Findings = append(r.Findings, f)
		}
	}
}

func (r *Report) findFunnel() (Finding, bool) {
	f := &r.Funnel
	switch {
	case f.Sent == 0:
		return Finding{AboutFunnel, "nothing_sent", map[string]any{}}, true
	case f.Delivered == 0:
		return Finding{AboutFunnel, "nothing_delivered", map[string]any{"sent": f.Sent}}, true
	case f.Redeemed > 0:
		return Finding{AboutFunnel, "redeemed", map[string]any{"redeemed": f.Redeemed, "delivered": f.Delivered, "rate": r.Rates.Redeemed}}, true
	case f.Opened > 0:
		return Finding{AboutFunnel, "opened", map[string]any{"opened": f.Opened, "delivered": f.Delivered, "rate": r.Rates.Opened}}, true
	}
	return Finding{AboutFunnel, "delivered", map[string]any{"delivered": f.Delivered, "sent": f.Sent, "rate": r.Rates.Delivered}}, true
}

func (r *Report) findDays() (Finding, bool) {
	opens, redemptions, best := 0, 0, Day{}
	for _, d := range r.Days {
		opens, redemptions = opens+d.Opens, redemptions+d.Redemptions
		if d.Opens > best.Opens || best.Opens == 0 && d.Redemptions > best.Redemptions {
			best = d
		}
	}
	switch {
	case opens > 0:
		return Finding{AboutDays, "best_day_opens", map[string]any{"day": best.Date, "n": best.Opens, "total": opens}}, true
	case redemptions > 0:
		return Finding{AboutDays, "best_day_redemptions", map[string]any{"day": best.Date, "n": best.Redemptions, "total": redemptions}}, true
	}
	return Finding{AboutDays, "quiet_days", map[string]any{}}, true
}

// likely is from where on a lead is worth naming.
const likely = 0.8

func (r *Report) findVariants() (Finding, bool) {
	c := r.Comparison
	if c == nil {
		return Finding{}, false
	}
	name, p := c.Best()
	code := "variant_open"
	switch {
	case p >= Sure:
		code = "variant_better"
	case p >= likely:
		code = "variant_leads"
	}
	return Finding{AboutVariants, code, map[string]any{"name": name, "chance": Rate(p)}}, true
}

// findReasons names the most frequent reason why people didn't get the text.
func (r *Report) findReasons() (Finding, bool) {
	missed := 0
	var main *Reason
	for i, x := range r.Reasons {
		if x.State == data.Held {
			continue
		}
		missed += x.N
		if main == nil {
			main = &r.Reasons[i]
		}
	}
	if main == nil {
		return Finding{}, false
	}
	return Finding{AboutReasons, "missed", map[string]any{"n": missed, "main": main.N, "reason": *main}}, true
}

func (r *Report) findMoney() (Finding, bool) {
	switch m := &r.Money; {
	case len(m.Sales) == 1:
		code := "sales"
		if m.WithAmount == m.Redemptions {
			code = "sales_all"
		}
		return Finding{AboutMoney, code, map[string]any{"sales": m.Sales[0], "n": m.WithAmount, "redemptions": m.Redemptions}}, true
	case m.Redemptions > 0 && m.WithAmount == 0:
		return Finding{AboutMoney, "no_amounts", map[string]any{"redemptions": m.Redemptions}}, true
	}
	return Finding{}, false
}

func (r *Report) findAppointments() (Finding, bool) {
	a := &r.Appointments
	if !a.NoShow.Known() {
		return Finding{}, false
	}
	return Finding{AboutAppointments, "no_shows", map[string]any{"missed": a.Missed(), "known": a.Came() + a.Missed(), "rate": a.NoShow}}, true
}

package report

import (
	"context"
	"strconv"
	"time"

	"counterbell/data"
	"counterbell/data/sheet"
	"counterbell/data/store"
)

// WorkbookPeople is how many people a workbook lists at most: what a spreadsheet program can show below the headings.
const WorkbookPeople = sheet.MaxRows - 1

// Workbook writes a report as the sheets of an .xlsx: a summary, every day, the people with what became of their text,
// and the appointments of the report's days. Names and numbers are in it: it is the user's own export. Times are wall
// times of the shop, and each sheet says so.
func Workbook(ctx context.Context, s *store.Store, r *Report, w Words) ([]sheet.Table, error) {
	people, err := s.ReportPeople(ctx, r.scope, WorkbookPeople)
	if err != nil {
		return nil, err
	}
	visits, err := s.AppointmentsBetween(ctx, r.scope.From, r.scope.To)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(r.Zone)
	if err != nil {
		return nil, data.Errorf(data.Internal, "write a report", "zone %q: %w", r.Zone, err)
	}
	return []sheet.Table{r.summary(w, zone), r.byDay(w), peopleSheet(people, w, zone), visitSheet(visits, w)}, nil
}

// columns names a sheet's columns by the keys "report.column.KEY".
func columns(w Words, keys ...string) []sheet.Column {
	all := make([]sheet.Column, len(keys))
	for i, key := range keys {
		all[i].Title = w.T("report.column." + key)
	}
	return all
}

// summary is a list of figures, each with what it means.
func (r *Report) summary(w Words, zone *time.Location) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.summary"), Columns: columns(w, "what", "figure", "note")}
	line := func(key string, figure sheet.Cell, note string) {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.line." + key)), figure, sheet.TextCell(note)})
	}
	number := func(n int) sheet.Cell { return sheet.NumberCell(float64(n)) }
	if r.Practice {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.practice"))})
	}
	line("shop", sheet.TextCell(r.Business), "")
	if r.Campaign != nil {
		line("campaign", sheet.TextCell(r.Campaign.Name), "")
	} else {
		line("campaigns", number(r.Campaigns), "")
	}
	line("days", sheet.TextCell(string(r.From)+" – "+string(r.To)), w.T("report.note.times", "zone", r.Zone))
	line("made", sheet.DateTimeCell(r.MadeAt.In(zone)), "")
	f := &r.Funnel
	line("audience", number(f.Audience), "")
	stage := func(key string, n int, note string) {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.stage." + key)), number(n), sheet.TextCell(note)})
	}
	of := func(key string, rate Rate) string {
		if !rate.Known() {
			return ""
		}
		return w.T("report.note."+key, "rate", w.Percent(float64(rate), 1))
	}
	stage("sent", f.Sent, "")
	stage("delivered", f.Delivered, of("of_sent", r.Rates.Delivered))
	stage("opened", f.Opened, joined(of("of_delivered", r.Rates.Opened), w.T("report.note.opened")))
	stage("redeemed", f.Redeemed, of("of_delivered", r.Rates.Redeemed))
	line("previews", number(f.Previews), w.T("report.note.previews"))
	for _, rest := range []struct {
		key string
		n   int
	}{
		{"undelivered", f.Undelivered},
		{"waiting", f.Waiting},
		{"held", f.Held},
		{"blocked", f.Blocked},
		{"rejected", f.Rejected},
		{"unknown", f.Unknown},
		{"expired", f.Expired},
		{"cancelled", f.Cancelled},
	} {
		line(rest.key, number(rest.n), "")
	}
	for _, x := range r.Reasons {
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.message." + string(x.State))), number(x.N), sheet.TextCell(x.Text(w))})
	}
	line("redemptions", number(r.Money.Redemptions), "")
	for _, m := range r.Money.Sales {
		line("sales", amount(m), m.Currency)
	}
	if m, ok := r.SalesPerCoupon(); ok {
		line("per_coupon", amount(m), m.Currency)
	}
	if c := r.Money.Cost; c.Known {
		line("cost", sheet.NumberCell(float64(c.Micros)/1e6), c.Currency)
	} else {
		line("cost", sheet.TextCell(w.T("report.not_known")), "")
	}
	r.summariseVariants(&t, w)
	a := &r.Appointments
	line("visits", number(a.Total), "")
	line("reminders", number(a.Reminders.Sent), "")
	if a.NoShow.Known() {
		line("no_show", sheet.TextCell(w.Percent(float64(a.NoShow), 1)), w.T("report.note.came", "missed", a.Missed(), "known", a.Came()+a.Missed()))
	}
	for i := range r.Findings {
		line("finding", sheet.Cell{}, r.Findings[i].Text(w))
	}
	return t
}

func (r *Report) summariseVariants(t *sheet.Table, w Words) {
	if len(r.Variants) < 2 {
		return
	}
	for _, v := range r.Variants {
		rate, of := v.Redeem, v.Redeemed
		if r.Campaign != nil && r.Campaign.Offer == nil {
			rate, of = v.Open, v.Opened
		}
		note := ""
		if rate.Known() {
			note = w.T("report.note.of_delivered", "rate", w.Percent(float64(rate), 1))
		}
		if c := r.Comparison; c != nil && c.First == v.Name {
			note = joined(note, w.T("report.note.chance", "chance", w.Percent(c.Better, 1), "method", c.Method))
		}
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.line.variant", "name", v.Name)), sheet.NumberCell(float64(of)), sheet.TextCell(note)})
	}
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// amount is money as a number of its major unit.
func amount(m data.Money) sheet.Cell {
	f, err := strconv.ParseFloat(m.Decimal(), 64)
	if err != nil {
		return sheet.TextCell(m.Decimal())
	}
	return sheet.NumberCell(f)
}

func (r *Report) byDay(w Words) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.days"), Columns: columns(w, "day", "sent", "delivered", "opens", "previews", "redemptions")}
	for _, d := range r.Days {
		row := []sheet.Cell{sheet.DateCell(d.Date.Start(time.UTC))}
		for _, n := range []int{d.Sent, d.Delivered, d.Opens, d.Previews, d.Redemptions} {
			row = append(row, sheet.NumberCell(float64(n)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func peopleSheet(people []store.ReportPerson, w Words, zone *time.Location) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.people"), Columns: columns(w, "campaign", "name", "phone", "text", "state", "reason", "sent_at", "delivered_at", "opened_at", "previewed_at",
		"coupon", "redeemed_at", "paid", "currency", "segments", "zone")}
	for _, p := range people {
		why := ""
		switch p.State {
		case data.Queued, data.Claimed, data.Sending, data.Accepted, data.Delivered:
		default:
			why = Reason{State: p.State, Code: p.Reason}.Text(w)
		}
		row := []sheet.Cell{sheet.TextCell(p.Title), sheet.TextCell(p.Name), sheet.TextCell(string(p.Phone)), sheet.TextCell(p.Variant), sheet.TextCell(w.T("report.message." + string(p.State))), sheet.TextCell(why)}
		for _, at := range []data.Instant{p.Sent, p.Delivered, p.Opened, p.Previewed} {
			row = append(row, moment(at, zone))
		}
		row = append(row, sheet.TextCell(data.ShowCode(p.Coupon)), moment(p.Redeemed, zone))
		if p.Paid != nil {
			row = append(row, amount(*p.Paid), sheet.TextCell(p.Paid.Currency))
		} else {
			row = append(row, sheet.Cell{}, sheet.Cell{})
		}
		t.Rows = append(t.Rows, append(row, sheet.NumberCell(float64(p.Segments)), sheet.TextCell(zone.String())))
	}
	return t
}

// moment is an instant as the shop's clock showed it; nothing for none.
func moment(at data.Instant, zone *time.Location) sheet.Cell {
	if at == 0 {
		return sheet.Cell{}
	}
	return sheet.DateTimeCell(at.In(zone))
}

func visitSheet(visits []data.Appointment, w Words) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.appointments"), Columns: columns(w, "time", "zone", "patient", "phone", "service", "staff", "place", "state")}
	for _, a := range visits {
		wall, err := data.ParseWall(a.Wall)
		when := sheet.DateTimeCell(wall)
		if err != nil {
			when = sheet.TextCell(a.Wall)
		}
		t.Rows = append(t.Rows, []sheet.Cell{
			when, sheet.TextCell(a.Zone), sheet.TextCell(a.Patient), sheet.TextCell(string(a.Phone)), sheet.TextCell(a.Service), sheet.TextCell(a.Staff),
			sheet.TextCell(a.Place), sheet.TextCell(w.T("report.visit." + string(a.State))),
		})
	}
	return t
}

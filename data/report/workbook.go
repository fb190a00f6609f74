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

// PeriodWorkbook is Workbook with two sheets more: what the charts over time show, and the groups.
func PeriodWorkbook(ctx context.Context, s *store.Store, p *Period, w Words) ([]sheet.Table, error) {
	tables, err := Workbook(ctx, s, p.Report, w)
	if err != nil {
		return nil, err
	}
	for _, line := range []struct {
		key string
		n   int
	}{{"agreed", p.Consent.Agreed}, {"withdrew", p.Consent.Withdrew}} {
		tables[0].Rows = append(tables[0].Rows, []sheet.Cell{sheet.TextCell(w.T("report.line." + line.key)), sheet.NumberCell(float64(line.n))})
	}
	return append(tables, p.overTime(w), p.groupSheet(w), p.hourSheet(w)), nil
}

func (p *Period) overTime(w Words) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.parts"), Columns: columns(w, "from", "to", "sent", "opens", "redemptions", "sales", "currency", "cost", "currency", "came", "missed", "agreed", "withdrew")}
	for _, part := range p.Parts {
		row := []sheet.Cell{sheet.DateCell(part.From.Start(time.UTC)), sheet.DateCell(part.To.Start(time.UTC))}
		for _, n := range []int{part.Sent, part.Opens, part.Redemptions} {
			row = append(row, sheet.NumberCell(float64(n)))
		}
		switch {
		case len(part.Sales) > 0:
			row = append(row, amount(part.Sales[0]), sheet.TextCell(part.Sales[0].Currency))
		default:
			row = append(row, sheet.Cell{}, sheet.Cell{})
		}
		if c := part.Cost; c.Known {
			row = append(row, sheet.NumberCell(float64(c.Micros)/1e6), sheet.TextCell(c.Currency))
		} else {
			row = append(row, sheet.Cell{}, sheet.Cell{})
		}
		for _, n := range []int{part.Visits.Came, part.Visits.Missed, part.Consent.Agreed, part.Consent.Withdrew} {
			row = append(row, sheet.NumberCell(float64(n)))
		}
		t.Rows = append(t.Rows, row)
		// What was paid in further currencies stands on lines of its own: it is never added.
		for _, m := range part.Sales[min(len(part.Sales), 1):] {
			t.Rows = append(t.Rows, []sheet.Cell{row[0], row[1], {}, {}, {}, amount(m), sheet.TextCell(m.Currency)})
		}
	}
	return t
}

func (p *Period) groupSheet(w Words) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.groups"), Columns: columns(w, "group", "reached", "redeemed", "rate")}
	for i, g := range p.Groups {
		name := g.Name
		if i == 0 {
			name = w.T("report.groups.everybody")
		}
		rate := sheet.Cell{}
		if g.Rate.Known() {
			rate = sheet.TextCell(w.Percent(float64(g.Rate), 1))
		}
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(name), sheet.NumberCell(float64(g.Reached)), sheet.NumberCell(float64(g.Redeemed)), rate})
	}
	return t
}

// hourSheet has a line for each hour of the week in which anything happened.
func (p *Period) hourSheet(w Words) sheet.Table {
	t := sheet.Table{Name: w.T("report.sheet.hours"), Columns: columns(w, "weekday", "hour", "sent", "opens", "redemptions")}
	for row := range p.Hours.Opens {
		for hour := range 24 {
			counts := []int{p.Hours.Sent[row][hour], p.Hours.Opens[row][hour], p.Hours.Redemptions[row][hour]}
			if counts[0]+counts[1]+counts[2] == 0 {
				continue
			}
			cells := []sheet.Cell{sheet.TextCell(w.Weekday(weekdayOf(row))), sheet.TextCell(w.Clock(60 * hour))}
			for _, n := range counts {
				cells = append(cells, sheet.NumberCell(float64(n)))
			}
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
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
	for _, stage := range r.Stages() {
		note := stage.Note(w)
		if stage.Key == "opened" {
			note = joined(note, w.T("report.note.opened"))
		}
		t.Rows = append(t.Rows, []sheet.Cell{sheet.TextCell(w.T("report.stage." + stage.Key)), number(stage.N), sheet.TextCell(note)})
	}
	for _, rest := range r.Rest() {
		note := ""
		if rest.Key == "previews" {
			note = w.T("report.note.previews")
		}
		line(rest.Key, number(rest.N), note)
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

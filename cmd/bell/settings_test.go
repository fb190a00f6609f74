package main

import (
	"strings"
	"testing"
	"time"
)

func TestThePriceOfASegmentMakesTheCostKnown(t *testing.T) {
	d := openDesk(t)
	d.customers()
	d.does("campaign", "create", "--name", "Spring", "--group", "all", "--text", "Hello")
	type review struct {
		Segments int `json:"segments"`
		Cost     struct {
			Micros   int64  `json:"micros"`
			Currency string `json:"currency"`
			Known    bool   `json:"known"`
		} `json:"cost"`
	}
	var r review
	if d.json(&r, "campaign", "preview", "1"); r.Cost.Known {
		t.Errorf("known without a price: %+v", r)
	}
	d.does("provider", "price", "practice", "0.0079", "--country", "US")
	d.does("provider", "price", "practice", "0.04")
	if d.json(&r, "campaign", "preview", "1"); !r.Cost.Known || r.Cost.Currency != "USD" || r.Cost.Micros < int64(r.Segments)*7900 {
		t.Errorf("with prices for the US and for the rest: %+v", r)
	}
	for _, price := range []string{"-1", "much", "0.00000001", "", "1e3"} {
		d.refuses(exitUsage, "", "provider", "price", "practice", "--", price)
	}
	d.refuses(exitUsage, "", "provider", "price", "practice", "1", "--country", "XX")
	d.refuses(exitUsage, "", "provider", "price", "practice", "1", "--currency", "dollar")
}

func TestTheReminderPlanCanBeChanged(t *testing.T) {
	d := openDesk(t)
	wall := d.clock().In(demoStart.Location()).Add(30 * time.Hour)
	file := d.file("visits.csv", "Date,Time,Patient,Phone\n"+wall.Format("2006-01-02,15:04")+",Ann Larkin,(503) 555-0142\n")
	var plan struct {
		Before []string
		Text   string
	}
	if d.json(&plan, "appointments", "plan"); strings.Join(plan.Before, " ") != "1d 2h" {
		t.Errorf("the plan that stands at first: %+v", plan)
	}
	if d.json(&plan, "appointments", "plan", "--before", "2h, 3d,1d", "--text", "{first_name|Hello}, {date} {time} at {brand}. Reply 1 to confirm."); strings.Join(plan.Before, " ") != "3d 1d 2h" {
		t.Errorf("the plan afterwards: %+v", plan)
	}
	d.does("appointments", "import", file)
	d.later(26 * time.Hour)
	d.does("run", "--once")
	if out := d.does("messages", "--json"); !strings.Contains(out, "Reply 1 to confirm.") || !strings.Contains(out, "Ann, ") {
		t.Errorf("the reminder: %s", out)
	}
	for _, steps := range []string{"soon", "1w", "0h", "5m", "1d,1d", "99d"} {
		d.refuses(exitUsage, "", "appointments", "plan", "--before", steps)
	}
	d.refuses(exitUsage, "", "appointments", "plan", "--text", "Hi {nobody}")
	if d.json(&plan, "appointments", "plan", "--before", "none"); len(plan.Before) != 0 {
		t.Errorf("no reminders: %+v", plan)
	}
}

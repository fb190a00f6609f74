package main

import (
	"strings"
	"testing"
	"time"

	"counterbell/assets/samples"
	"counterbell/data"
)

type schedule struct {
	Import                               int64 `json:"import_id"`
	DryRun                               bool  `json:"dry_run"`
	Rows, Added, Updated, Unchanged      int
	Duplicate, Rejected, Skipped         int
	New, Moved, Cancelled, Changed, Same int
	MissingPhone                         int `json:"missing_phone"`
	Changes                              []data.ScheduleChange
}

func TestAScheduleIsComparedBeforeItIsApplied(t *testing.T) {
	d := openDesk(t)
	first := "Date,Time,Patient,Phone,Service\n2026-11-25,09:00,Ann Larkin,(503) 555-0142,Eye exam\n2026-11-25,10:30,Bo Duarte,(503) 555-0143,Repair\n2026-11-25,11:00,Cy Weiss,,Eye exam\n"
	file := d.file("schedule.csv", first)
	var s schedule
	if d.json(&s, "appointments", "import", file, "--dry-run"); !s.DryRun || s.New != 3 || s.MissingPhone != 1 || s.Import != 0 {
		t.Fatalf("%+v", s)
	}
	var day []data.Appointment
	if d.json(&day, "appointments", "list", "--day", "2026-11-25"); len(day) != 0 {
		t.Fatalf("a dry run left %+v", day)
	}
	if d.json(&s, "appointments", "import", file); s.New != 3 || s.Rows != s.Added+s.Updated+s.Unchanged+s.Duplicate+s.Rejected+s.Skipped {
		t.Fatalf("%+v", s)
	}
	if d.json(&day, "appointments", "list", "--day", "2026-11-25"); len(day) != 3 || day[0].Patient != "Ann Larkin" || day[0].Wall != "2026-11-25T09:00" || day[0].Zone != "America/Los_Angeles" || day[0].State != "booked" {
		t.Fatalf("%+v", day)
	}
	if d.json(&day, "appointments", "list"); len(day) != 0 {
		t.Errorf("today: %+v", day)
	}
	if d.json(&s, "appointments", "import", file); s.Same != 3 || s.New+s.Moved+s.Cancelled+s.Changed != 0 {
		t.Errorf("the same file again: %+v", s)
	}

	// A day later's export: Ann was moved, Bo is gone, Di is new.
	next := d.file("next.csv", "Date,Time,Patient,Phone,Service\n2026-11-25,14:00,Ann Larkin,(503) 555-0142,Eye exam\n2026-11-25,11:00,Cy Weiss,,Eye exam\n2026-11-25,16:00,Di Pryce,(503) 555-0145,Repair\n")
	if d.json(&s, "appointments", "import", next, "--dry-run"); s.New != 1 || s.Moved != 1 || s.Cancelled != 1 || s.Same != 1 {
		t.Fatalf("%+v", s)
	}
	out := d.does("appointments", "import", next)
	for _, want := range []string{"1 new, 1 moved, 1 cancelled", "moved: Ann Larkin, Wed 25 Nov 2026, 09:00 → Wed 25 Nov 2026, 14:00", "cancelled: Bo Duarte"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %s", want, out)
		}
	}
	states := map[string]string{}
	d.json(&day, "appointments", "list", "--day", "2026-11-25")
	for _, a := range day {
		states[a.Patient] = a.Wall[11:] + " " + string(a.State)
	}
	if states["Ann Larkin"] != "14:00 booked" || states["Bo Duarte"] != "10:30 cancelled" || states["Di Pryce"] != "16:00 booked" {
		t.Errorf("%v", states)
	}
	d.refuses(exitRefused, "isn’t taken back", "undo", "1")
	d.refuses(exitUsage, "as a day", "appointments", "list", "--day", "soon")
	d.refuses(exitUsage, "as a day", "appointments", "list", "--day", "--11-25")
}

// The sample schedule's people are reminded before they come, and what they answer is in the list.
func TestRemindersGoOutAndAnswersComeIn(t *testing.T) {
	d := openDesk(t)
	d.customers()
	var s schedule
	if d.json(&s, "appointments", "import", d.file("appointments.xlsx", string(samples.Appointments))); s.Rows != 40 || s.New < 35 || s.MissingPhone == 0 {
		t.Fatalf("%+v", s)
	}
	var sum struct {
		Planned  int `json:"reminders_planned"`
		Accepted int
		Replies  int
	}
	planned, accepted, replies := 0, 0, 0
	for range 24 {
		d.json(&sum, "run", "--once")
		planned, accepted, replies = planned+sum.Planned, accepted+sum.Accepted, replies+sum.Replies
		d.later(2 * time.Hour)
	}
	if planned == 0 || accepted == 0 || replies == 0 {
		t.Fatalf("%d planned, %d accepted, %d replies", planned, accepted, replies)
	}
	reminded := 0
	var day []data.Appointment
	d.json(&day, "appointments", "list", "--day", "2026-11-25")
	for _, a := range day {
		if a.State != data.Booked && a.Phone != "" {
			reminded++
		}
	}
	if reminded == 0 {
		t.Errorf("nobody of %+v was reminded", day)
	}
	var report struct {
		Appointments struct{ Reminders struct{ Sent int } }
	}
	if d.json(&report, "report", "--from", "2026-11-24", "--to", "2026-11-30"); report.Appointments.Reminders.Sent != accepted {
		t.Errorf("the report counts %d reminders, %d were accepted", report.Appointments.Reminders.Sent, accepted)
	}
}

func TestEveryRowOfAScheduleIsCountedByItsOwnFate(t *testing.T) {
	d := openDesk(t)
	head := "Date,Time,Patient,Phone,Status\n"
	d.does("appointments", "import", d.file("first.csv", head+"2026-11-25,09:00,Ann Larkin,(503) 555-0142,booked\n2026-11-25,10:30,Bo Duarte,(503) 555-0143,booked\n2026-11-25,11:00,Cy Weiss,(503) 555-0144,booked\n"))
	// Ann is as before, Bo is marked cancelled, Cy is gone from the export, Di is new, Ed has no time.
	var s schedule
	d.json(&s, "appointments", "import", d.file("next.csv", head+"2026-11-25,09:00,Ann Larkin,(503) 555-0142,booked\n2026-11-25,10:30,Bo Duarte,(503) 555-0143,cancelled\n2026-11-25,15:00,Di Pryce,(503) 555-0145,booked\n2026-11-25,,Ed Hart,(503) 555-0146,booked\n"))
	if s.Rows != 4 || s.Added != 1 || s.Updated != 1 || s.Unchanged != 1 || s.Rejected != 1 || s.Cancelled != 2 || s.New != 1 || s.Same != 1 {
		t.Errorf("%+v", s)
	}
	absent := 0
	for _, c := range s.Changes {
		if c.Absent {
			absent++
			if c.Before.Patient != "Cy Weiss" {
				t.Errorf("%s counts as gone from the export", c.Before.Patient)
			}
		}
	}
	if absent != 1 {
		t.Errorf("%d are gone from the export", absent)
	}
}

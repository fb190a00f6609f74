package main

import (
	"context"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/phone"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newAppointments(a *app) *cobra.Command {
	return group("appointments", "The schedule", newAppointmentsImport(a), newAppointmentsList(a))
}

// scheduleJSON is what an import of the schedule came to, or would.
type scheduleJSON struct {
	data.Receipt
	New          int                   `json:"new"`
	Moved        int                   `json:"moved"`
	Cancelled    int                   `json:"cancelled"`
	Changed      int                   `json:"changed"`
	Same         int                   `json:"same"`
	MissingPhone int                   `json:"missing_phone"`
	Changes      []data.ScheduleChange `json:"changes"`
	Flags        []intake.Flag         `json:"flags"`
}

func newAppointmentsImport(a *app) *cobra.Command {
	var f importFlags
	c := &cobra.Command{Use: "import FILE", Short: "Appointments from a spreadsheet: shows new, moved and cancelled, and applies them whole", Args: cobra.ExactArgs(1)}
	f.add(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		list, err := f.open(ctx, s, args[0], intake.Appointments)
		if err != nil {
			return usage(err)
		}
		a.closers = append(a.closers, func() { _ = list.Close() })
		out, err := importSchedule(ctx, s, list, f.dryRun, a.progress())
		if err != nil {
			return err
		}
		if err := a.writeRejects(ctx, list, &out.Receipt, f.rejects); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(out)
		}
		a.printf("%d new, %d moved, %d cancelled, %d changed, %d unchanged; %d have no phone number", out.New, out.Moved, out.Cancelled, out.Changed, out.Same, out.MissingPhone)
		for _, ch := range out.Changes {
			switch ch.Kind {
			case data.ChangeMoved:
				a.printf("  moved      %s  %s → %s", ch.After.Patient, ch.Before.Wall, ch.After.Wall)
			case data.ChangeCancelled:
				a.printf("  cancelled  %s  %s", ch.Before.Patient, ch.Before.Wall)
			}
		}
		return a.showReceipt(&out.Receipt)
	}
	return c
}

// importSchedule compares a file with the book and, unless it is a dry run, applies what is different.
func importSchedule(ctx context.Context, s *store.Store, list *intake.List, dryRun bool, progress intake.Progress) (*scheduleJSON, error) {
	sched, err := list.Appointments(ctx, progress)
	if err != nil {
		return nil, err
	}
	first, last := "9999", ""
	facts := map[data.Phone]data.PhoneFacts{}
	for _, ap := range sched.Appointments {
		first, last = min(first, ap.Wall[:10]), max(last, ap.Wall[:10])
		if ap.Phone != "" {
			if facts[ap.Phone], err = phone.Facts(ap.Phone); err != nil {
				return nil, err
			}
		}
	}
	book, err := s.AppointmentsFor(ctx, first, last+"T99", sched.Appointments)
	if err != nil {
		return nil, err
	}
	out := &scheduleJSON{Receipt: sched.Receipt, Flags: sched.Flagged, Changes: data.CompareSchedule(sched.Appointments, book)}
	if out.Flags == nil {
		out.Flags = []intake.Flag{}
	}
	out.Added, out.Updated, out.Unchanged = 0, 0, 0
	for _, ch := range out.Changes {
		switch ch.Kind {
		case data.ChangeNew:
			out.New++
			out.Added++
		case data.ChangeMoved:
			out.Moved++
			out.Updated++
		case data.ChangeDetails:
			out.Changed++
			out.Updated++
		case data.ChangeCancelled:
			out.Cancelled++
		default:
			out.Same++
		}
		if ch.After.Phone == "" && ch.After.Open() {
			out.MissingPhone++
		}
	}
	// Cancelled by their absence are no rows of the file; the rest of its rows stayed as they were.
	out.Unchanged = out.Rows - out.Added - out.Updated - out.Duplicate - out.Rejected - out.Skipped
	if out.DryRun = dryRun; dryRun {
		return out, out.Check()
	}
	answer := data.ConsentAnswer{Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract,
		Statement: data.Statement{Method: "import", Source: "booked an appointment: " + list.File}}
	return out, s.ApplySchedule(ctx, &out.Receipt, answer, out.Changes, facts)
}

func newAppointmentsList(a *app) *cobra.Command {
	var day string
	c := &cobra.Command{Use: "list", Short: "A day's schedule", Args: cobra.NoArgs}
	c.Flags().StringVar(&day, "day", "", "the day (`D`; default: today, by the shop's clock)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		from := s.Now().In(b.Location())
		if day != "" {
			if from, err = time.Parse("2006-01-02", day); err != nil {
				return usage(data.Errorf(data.Invalid, "read a day", "%q", day).With("value", day))
			}
		}
		all, err := s.Appointments(ctx, from.Format("2006-01-02"), from.AddDate(0, 0, 1).Format("2006-01-02"))
		if err != nil {
			return err
		}
		if a.json {
			return writeLines(a, all)
		}
		rows := make([][]string, len(all))
		for i, ap := range all {
			rows[i] = []string{ap.Wall[11:], ap.Patient, ap.Service, ap.Staff, string(ap.State), string(ap.Phone)}
		}
		return a.table(rows)
	}
	return c
}

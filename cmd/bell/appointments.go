package main

import (
	"context"
	"errors"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

func newAppointments(a *app) *cobra.Command {
	return group("appointments", "The schedule", newAppointmentsImport(a), newAppointmentsList(a), newAppointmentsPlan(a))
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
		// What was applied is told even when the file of rejects can't be written.
		rejects := a.writeRejects(ctx, list, &out.Receipt, f.rejects)
		if a.json {
			return errors.Join(a.writeJSON(out), rejects)
		}
		a.say("bell.schedule", "new", out.New, "moved", out.Moved, "cancelled", out.Cancelled, "changed", out.Changed, "same", out.Same, "no_phone", out.MissingPhone)
		for _, ch := range out.Changes {
			switch ch.Kind {
			case data.ChangeMoved:
				a.say("bell.schedule.moved", "who", ch.After.Patient, "from", a.wall(ch.Before.Wall), "to", a.wall(ch.After.Wall))
			case data.ChangeCancelled:
				a.say("bell.schedule.cancelled", "who", ch.Before.Patient, "at", a.wall(ch.Before.Wall))
			}
		}
		return errors.Join(a.showReceipt(&out.Receipt, false), rejects)
	}
	return c
}

// wall writes an appointment's time as the clock on its wall shows it.
func (a *app) wall(at string) string {
	t, err := data.ParseWall(at)
	if err != nil {
		return at
	}
	return a.texts().DateTime(t)
}

// importSchedule compares a file with the book and, unless it is a dry run, applies what is different.
func importSchedule(ctx context.Context, s *store.Store, list *intake.List, dryRun bool, progress intake.Progress) (*scheduleJSON, error) {
	found, err := list.Compare(ctx, s, progress)
	if err != nil {
		return nil, err
	}
	out := &scheduleJSON{
		Receipt: found.Receipt, Flags: found.Flags, Changes: found.Changes,
		New: found.New, Moved: found.Moved, Cancelled: found.Cancelled, Changed: found.Changed, Same: found.Same, MissingPhone: found.NoPhone,
	}
	if out.Flags == nil {
		out.Flags = []intake.Flag{}
	}
	if out.DryRun = dryRun; dryRun {
		return out, nil
	}
	answer := data.ConsentAnswer{
		Scopes: []data.Scope{data.ScopeReminders}, Basis: data.Contract,
		Statement: data.Statement{Method: "import", Source: "booked an appointment: " + list.File},
	}
	return out, s.ApplySchedule(ctx, &out.Receipt, answer, out.Changes, found.Facts)
}

func newAppointmentsList(a *app) *cobra.Command {
	var day string
	c := &cobra.Command{Use: "list", Short: "A day’s schedule", Args: cobra.NoArgs}
	c.Flags().StringVar(&day, "day", "", "the day (`D`; default: today, by the shop’s clock)")
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
			d, err := parseDay(day, from)
			if err != nil {
				return err
			}
			from = d.Start(time.UTC)
		}
		all, err := s.Appointments(ctx, from.Format("2006-01-02"), from.AddDate(0, 0, 1).Format("2006-01-02"))
		if err != nil {
			return err
		}
		if a.json {
			return writeList(a, all)
		}
		rows := make([][]string, len(all))
		for i, ap := range all {
			rows[i] = []string{ap.Wall[11:], ap.Patient, ap.Service, ap.Staff, a.texts().T("report.visit." + string(ap.State)), string(ap.Phone)}
		}
		if len(all) == 0 {
			a.say("bell.appointments.none", "day", a.texts().Date(from))
		}
		return a.table(rows)
	}
	return c
}

package main

import (
	"strconv"
	"time"

	"counterbell/data"

	"github.com/spf13/cobra"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// parseID reads a number given on the command line.
func parseID(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	if err != nil || id <= 0 {
		return 0, usage(data.Errorf(data.Invalid, "read a number", "%q", s).With("value", s))
	}
	return id, nil
}

// parseMoment reads a time: RFC 3339, or a day or wall time in the shop's zone.
func parseMoment(s string, zone *time.Location) (data.Instant, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return data.At(t), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return data.At(t), nil
		}
	}
	return 0, usage(data.Errorf(data.Invalid, "read a time", "%q", s).With("value", s))
}

func newConsent(a *app) *cobra.Command {
	var scope, event, basis, source, wording, at string
	record := &cobra.Command{Use: "record PHONE", Short: "Add an entry for one person", Args: cobra.ExactArgs(1)}
	f := record.Flags()
	f.StringVar(&scope, "scope", "", "marketing, reminders or otp (required)")
	f.StringVar(&event, "event", "", "grant, confirm, renew, withdraw, object, restrict, expire or reassign (required)")
	f.StringVar(&basis, "basis", "", "express_written, express, soft, implied_purchase, implied_inquiry or contract")
	f.StringVar(&source, "source", "", "which form, page or message shows it")
	f.StringVar(&wording, "wording", "", "the exact words they agreed to")
	f.StringVar(&at, "at", "", "when they said it (`TIME`; default: now)")
	record.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		p, err := readPhone(ctx, s, args[0])
		if err != nil {
			return err
		}
		e := data.ConsentEntry{Phone: p.Phone, Scope: data.Scope(scope), Event: data.Event(event), Basis: data.Basis(basis), Single: true,
			Statement: data.Statement{Method: "operator", Source: source, Wording: wording, Evidence: source}}
		if e.Event == data.ImportEvent || e.Event == data.EventUndo {
			return usage(data.Errorf("consent_event", "record consent", "event %q", event).With("value", event))
		}
		if !knownScope(e.Scope) {
			return usage(data.Errorf("consent_scope", "record consent", "scope %q", scope).With("value", scope))
		}
		if e.Basis != "" && !knownBasis(e.Basis) {
			return usage(data.Errorf("consent_basis", "record consent", "basis %q", basis).With("value", basis))
		}
		if at != "" {
			b, err := s.Business(ctx)
			if err != nil {
				return err
			}
			if e.GivenAt, err = parseMoment(at, b.Location()); err != nil {
				return err
			}
		}
		if e, err = s.RecordConsent(ctx, e); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(e)
		}
		a.printf("entry %d: %s %s, given %s", e.Seq, e.Event, e.Scope, e.GivenAt)
		return nil
	}
	history := &cobra.Command{Use: "history PHONE", Short: "A person's entries, oldest first", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			p, err := readPhone(ctx, s, args[0])
			if err != nil {
				return err
			}
			all, err := s.ConsentHistory(ctx, p.Phone)
			if err != nil {
				return err
			}
			if a.json {
				if all == nil {
					all = []data.ConsentEntry{}
				}
				return a.writeJSON(all)
			}
			for _, e := range all {
				undone := ""
				if e.Undone {
					undone = " (import undone)"
				}
				a.printf("%d  %s  %s %s %s  %s%s  %s", e.Seq, e.GivenAt, e.Event, e.Scope, e.Basis, e.Statement.Source, undone, e.Hash[:12])
			}
			return nil
		}}
	verify := &cobra.Command{Use: "verify", Short: "Walk the whole chain", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			s, err := a.open(ctx)
			if err != nil {
				return err
			}
			check, err := s.VerifyConsent(ctx)
			if err != nil {
				return err
			}
			if a.json {
				if err := a.writeJSON(check); err != nil {
					return err
				}
			} else if check.OK {
				a.printf("%d entries, unbroken. Head %s", check.Entries, check.Head)
			} else {
				a.printf("broken at entry %d: %s", check.Broken, check.Problem)
			}
			if !check.OK {
				return &quietError{exitFailed}
			}
			return nil
		}}
	return group("consent", "The consent ledger", record, history, verify)
}

func knownScope(s data.Scope) bool {
	for _, k := range data.Scopes {
		if k == s {
			return true
		}
	}
	return false
}

func knownBasis(b data.Basis) bool {
	for _, k := range data.Bases {
		if k == b {
			return true
		}
	}
	return false
}

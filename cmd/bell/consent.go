package main

import (
	"slices"
	"strconv"

	"counterbell/data"

	"github.com/spf13/cobra"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

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
	for _, name := range []string{"scope", "event"} {
		_ = record.MarkFlagRequired(name)
	}
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
		e := data.ConsentEntry{
			Phone: p.Phone, Scope: data.Scope(scope), Event: data.Event(event), Basis: data.Basis(basis), Single: true,
			Statement: data.Statement{Method: "operator", Source: source, Wording: wording, Evidence: source},
		}
		if e.Event == data.ImportEvent || e.Event == data.EventUndo {
			return usage(data.Errorf("consent_event", "record consent", "event %q", event).With("value", event))
		}
		if !slices.Contains(data.Scopes, e.Scope) {
			return usage(data.Errorf("consent_scope", "record consent", "scope %q", scope).With("value", scope))
		}
		if e.Basis != "" && !slices.Contains(data.Bases, e.Basis) {
			return usage(data.Errorf("consent_basis", "record consent", "basis %q", basis).With("value", basis))
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		if at != "" {
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
		a.say("bell.consent.recorded", "seq", itoa(e.Seq), "what", a.event(&e), "at", a.moment(e.GivenAt, b.Location()))
		return nil
	}
	history := &cobra.Command{
		Use: "history PHONE", Short: "A person’s entries, oldest first", Args: cobra.ExactArgs(1),
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
			b, err := s.Business(ctx)
			if err != nil {
				return err
			}
			if len(all) == 0 {
				a.say("bell.consent.none")
			}
			rows := make([][]string, len(all))
			for i, e := range all {
				what := a.event(&e)
				if e.Undone {
					what += " " + a.texts().T("bell.consent.undone")
				}
				rows[i] = []string{itoa(e.Seq), a.moment(e.GivenAt, b.Location()), what, e.Statement.Source, e.Hash[:12]}
			}
			return a.table(rows)
		},
	}
	verify := &cobra.Command{
		Use: "verify", Short: "Walk the whole chain", Args: cobra.NoArgs,
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
				a.say("bell.consent.whole", "entries", check.Entries, "head", check.Head)
			} else {
				a.say("bell.consent.broken", "entry", itoa(check.Broken), "problem", check.Problem)
			}
			if !check.OK {
				return &quietError{exitFailed}
			}
			return nil
		},
	}
	return group("consent", "The consent ledger", record, history, verify)
}

// event says what an entry records: what happened, about which texts, on what ground.
func (a *app) event(e *data.ConsentEntry) string {
	t := a.texts()
	what := t.T("bell.event."+string(e.Event), "scope", t.T("bell.scope."+string(e.Scope)))
	if e.Basis != "" {
		what += t.T("bell.aside", "what", t.T("rules.basis."+string(e.Basis)))
	}
	return what
}

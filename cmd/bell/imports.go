package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"

	"github.com/spf13/cobra"
)

// An importFlags is how `bell import` and `bell appointments import` are told what a file holds.
type importFlags struct {
	sheet, country, encoding string
	maps                     []string
	dryRun                   bool
	rejects                  string
}

func (f *importFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.sheet, "sheet", "", "the sheet `NAME` (default: found)")
	c.Flags().StringVar(&f.country, "country", "", "how numbers without a country code are read (`CC`; default: found)")
	c.Flags().StringVar(&f.encoding, "encoding", "", "of a text file (`E`; default: found)")
	c.Flags().StringArrayVar(&f.maps, "map", nil, "`FIELD=COLUMN`: a column by hand, as heading, letter or number; FIELD skip leaves it out")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would happen; nothing is written")
	c.Flags().StringVar(&f.rejects, "rejects", "", "write the rows that couldn’t be taken in to `OUT.xlsx`")
}

// open looks at the file with the profile's country, zone and currency in mind.
func (f *importFlags) open(ctx context.Context, s *store.Store, file string, kind intake.Kind) (*intake.List, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	o := intake.Options{
		Kind: kind, Sheet: f.sheet, Country: f.country, Encoding: f.encoding, Home: b.Country, Zone: b.Zone, Currency: b.Currency,
		Today: s.Now().In(b.Location()), Map: map[data.Field][]string{},
	}
	for _, m := range f.maps {
		field, column, ok := strings.Cut(m, "=")
		if !ok || column == "" {
			return nil, badValue("bad_map", m)
		}
		key := data.Field(strings.TrimSpace(field))
		o.Map[key] = append(o.Map[key], strings.TrimSpace(column))
	}
	return intake.Open(ctx, file, o)
}

func newImport(a *app) *cobra.Command {
	var f importFlags
	var consent, basis, source, wording, date, known string
	c := &cobra.Command{
		Use: "import FILE", Short: "Contacts from a spreadsheet", Args: cobra.ExactArgs(1),
		Long: "Contacts from an .xlsx or .csv file. Say with --consent how these people agreed; without it nobody becomes marketable.",
	}
	f.add(c)
	c.Flags().StringVar(&consent, "consent", "none", "what they agreed to: marketing, reminders, both with a comma, or none")
	c.Flags().StringVar(&basis, "basis", "", "on what ground: express_written, express, soft, implied_purchase, implied_inquiry, contract (`B`)")
	c.Flags().StringVar(&source, "consent-source", "", "which form, page or list shows it (`T`)")
	c.Flags().StringVar(&wording, "consent-wording", "", "the exact words they agreed to (`T`)")
	c.Flags().StringVar(&date, "consent-date", "", "when they agreed (`D`; default: now)")
	c.Flags().StringVar(&known, "on-duplicate", string(store.UpdateKnown), "people in the book already: update or skip")
	c.RunE = func(c *cobra.Command, args []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		b, err := s.Business(ctx)
		if err != nil {
			return err
		}
		answer := data.ConsentAnswer{Statement: data.Statement{Method: "import", Source: source, Wording: wording}}
		if answer.Scopes, err = parseScopes(consent); err != nil {
			return err
		}
		if answer.Basis = data.Basis(basis); basis != "" && !slices.Contains(data.Bases, answer.Basis) {
			return badChoice("--basis", basis, words(data.Bases)...)
		}
		if len(answer.Scopes) > 0 && answer.Basis == data.NoBasis {
			answer.Basis = data.Express // they agreed; nothing more is claimed
			a.sayNote("import.basis_assumed")
		}
		if date != "" {
			if answer.GivenAt, err = parseMoment(date, b.Location()); err != nil {
				return err
			}
			if answer.GivenAt > s.Now() {
				return usage(data.Errorf("consent_future", "read --consent-date", "%s", date))
			}
		}
		if known != string(store.UpdateKnown) && known != string(store.SkipKnown) {
			return badChoice("--on-duplicate", known, string(store.UpdateKnown), string(store.SkipKnown))
		}
		list, err := f.open(ctx, s, args[0], intake.Contacts)
		if err != nil {
			return usage(err)
		}
		a.closers = append(a.closers, func() { _ = list.Close() })
		var receipt *data.Receipt
		if f.dryRun {
			receipt, err = list.Survey(ctx, s.Fates, a.progress())
		} else {
			receipt, err = list.Run(ctx, s, func(ctx context.Context) (data.ImportID, error) {
				return s.BeginImport(ctx, store.ImportFile{Name: list.File, Mapping: list.Mapping(), Answer: answer, OnDuplicate: store.OnDuplicate(known)})
			}, a.progress())
		}
		if err != nil {
			return err
		}
		// What was taken in is told even when the file of rejects can't be written.
		rejects := a.writeRejects(ctx, list, receipt, f.rejects)
		return errors.Join(a.showReceipt(receipt, true), rejects)
	}
	return c
}

func parseScopes(s string) ([]data.Scope, error) {
	if s == "" || s == "none" {
		return nil, nil
	}
	var all []data.Scope
	for part := range strings.SplitSeq(s, ",") {
		scope := data.Scope(strings.TrimSpace(part))
		if !slices.Contains(data.Scopes, scope) {
			return nil, usage(data.Errorf("consent_scope", "read --consent", "%q", part).With("value", part))
		}
		if !slices.Contains(all, scope) {
			all = append(all, scope)
		}
	}
	return all, nil
}

func (a *app) writeRejects(ctx context.Context, list *intake.List, receipt *data.Receipt, path string) error {
	if path == "" {
		return nil
	}
	t := a.texts()
	return list.WriteRejects(ctx, path, receipt, t.T("rejects.row"), t.T("rejects.reason"), func(r data.Reject) string { return a.rejectReason(r, receipt.Country) })
}

// rejectReason says in a sentence why a row couldn't be taken in.
func (a *app) rejectReason(r data.Reject, country string) string {
	t := a.texts()
	for _, key := range []string{"reject." + r.Reason, "error." + r.Reason} {
		if t.Has(key) {
			return t.T(key, "value", r.Value, "column", r.Column, "country", country)
		}
	}
	return r.Reason
}

// showReceipt tells what an import came to; undoable says that it can be taken back.
func (a *app) showReceipt(r *data.Receipt, undoable bool) error {
	if r.Rejects == nil {
		r.Rejects = []data.Reject{}
	}
	if r.Questions == nil {
		r.Questions = []data.Question{}
	}
	if a.json {
		return a.writeJSON(r)
	}
	t := a.texts()
	if r.DryRun {
		a.say("bell.dry_run")
	}
	a.say("bell.receipt", "rows", r.Rows, "added", r.Added, "updated", r.Updated, "unchanged", r.Unchanged, "duplicate", r.Duplicate, "rejected", r.Rejected, "skipped", r.Skipped)
	if r.Import != 0 && undoable {
		a.say("bell.receipt.undo", "id", itoa(int64(r.Import)))
	}
	for i, x := range r.Rejects {
		if i == shownRejects {
			a.printf("  %s", t.N("bell.rejects.more", len(r.Rejects)-i))
			break
		}
		a.say("bell.reject", "row", itoa(int64(x.Row)), "column", x.Column, "value", x.Value, "why", a.rejectReason(x, r.Country))
	}
	for _, q := range r.Questions {
		said := t.N("question."+q.Code, q.Count, "column", q.Column)
		if key := "question.assumed." + q.Assumed; t.Has(key) {
			form := "bell.question"
			if strings.HasSuffix(said, "?") || strings.HasSuffix(said, "？") {
				form = "bell.beside"
			}
			said = t.T(form, "what", said, "said", t.T(key))
		} else if q.Assumed != "" {
			said = t.T("bell.labelled", "what", said, "said", q.Assumed)
		}
		a.printf("  %s", said)
	}
	return nil
}

// shownRejects is how many rows that couldn't be taken in are shown in the terminal.
const shownRejects = 20

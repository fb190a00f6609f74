package main

import (
	"context"
	"fmt"
	"os"
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
	c.Flags().StringVar(&f.rejects, "rejects", "", "write the rows that couldn't be taken in to `OUT.xlsx`")
}

// open looks at the file with the profile's country, zone and currency in mind.
func (f *importFlags) open(ctx context.Context, s *store.Store, file string, kind intake.Kind) (*intake.List, error) {
	b, err := s.Business(ctx)
	if err != nil {
		return nil, err
	}
	o := intake.Options{Kind: kind, Sheet: f.sheet, Country: f.country, Encoding: f.encoding, Home: b.Country, Zone: b.Zone, Currency: b.Currency,
		Today: s.Now().In(b.Location()), Map: map[data.Field][]string{}}
	for _, m := range f.maps {
		field, column, ok := strings.Cut(m, "=")
		if !ok || column == "" {
			return nil, usage(data.Errorf(data.Invalid, "read --map", "%q", m).With("value", m))
		}
		key := data.Field(strings.TrimSpace(field))
		o.Map[key] = append(o.Map[key], strings.TrimSpace(column))
	}
	return intake.Open(ctx, file, o)
}

// progress shows how many rows have been dealt with, when standard error is a terminal.
func (a *app) progress() intake.Progress {
	f, ok := a.err.(*os.File)
	if !ok {
		return nil
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(rows int) { fmt.Fprintf(f, "\r%d", rows) }
}

func newImport(a *app) *cobra.Command {
	var f importFlags
	var consent, basis, source, wording, date, known string
	c := &cobra.Command{Use: "import FILE", Short: "Contacts from a spreadsheet", Args: cobra.ExactArgs(1),
		Long: "Contacts from an .xlsx or .csv file. Say with --consent how these people agreed; without it nobody becomes marketable."}
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
		if answer.Basis = data.Basis(basis); basis != "" && !knownBasis(answer.Basis) {
			return usage(data.Errorf("consent_basis", "read --basis", "%q", basis))
		}
		if len(answer.Scopes) > 0 && answer.Basis == data.NoBasis {
			answer.Basis = data.Express // they agreed; nothing more is claimed
			a.note("%s", a.texts().T("import.basis_assumed"))
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
			return usage(data.Errorf(data.Invalid, "read --on-duplicate", "%q", known).With("value", known))
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
		if err := a.writeRejects(ctx, list, receipt, f.rejects); err != nil {
			return err
		}
		return a.showReceipt(receipt)
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
		if !knownScope(scope) {
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

func (a *app) showReceipt(r *data.Receipt) error {
	if r.Rejects == nil {
		r.Rejects = []data.Reject{}
	}
	if r.Questions == nil {
		r.Questions = []data.Question{}
	}
	if a.json {
		return a.writeJSON(r)
	}
	if r.DryRun {
		a.printf("Nothing was written.")
	}
	a.printf("%d rows = %d added + %d updated + %d unchanged + %d duplicate + %d rejected + %d skipped", r.Rows, r.Added, r.Updated, r.Unchanged, r.Duplicate, r.Rejected, r.Skipped)
	if r.Import != 0 {
		a.printf("import %d; take it back with: bell undo %d", r.Import, r.Import)
	}
	for i, x := range r.Rejects {
		if i == 20 {
			a.printf("  … and %d more; --rejects OUT.xlsx writes them all", len(r.Rejects)-i)
			break
		}
		a.printf("  row %d, %s %q: %s", x.Row, x.Column, x.Value, a.rejectReason(x, r.Country))
	}
	for _, q := range r.Questions {
		a.printf("  %s %s %d: %s", q.Code, q.Column, q.Count, q.Assumed)
	}
	return nil
}

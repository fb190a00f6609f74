package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/sheet"
	"counterbell/data/store"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2/test"
	"github.com/spf13/cobra"
)

func init() {
	commands = append(commands, newReport)
	exitOf[sheet.WriteFailed] = exitFailed // nothing is wrong with what was read
}

func newReport(a *app) *cobra.Command {
	var campaign int64
	var from, to, xlsx, png string
	c := &cobra.Command{
		Use: "report", Short: "What came of it: funnel, opens and redemptions by day, A/B, cost, no-shows", Args: cobra.NoArgs,
		Long: `What came of a campaign, or of all campaigns begun in some days (the last 30 unless said otherwise).
Days are the shop's. Opened counts people with at least one open that is not a preview; rates are of delivered.`,
	}
	f := c.Flags()
	f.Int64Var(&campaign, "campaign", 0, "one campaign (`ID`)")
	f.StringVar(&from, "from", "", "first day (`D`, 2026-11-12)")
	f.StringVar(&to, "to", "", "last day, inclusive (`D`)")
	f.StringVar(&xlsx, "xlsx", "", "write a workbook to `F`: summary, days, people, appointments")
	f.StringVar(&png, "png", "", "draw the charts into `F`")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		q := report.Question{Campaign: data.CampaignID(campaign)}
		var err error
		if q.From, err = parseReportDay(from); err != nil {
			return err
		}
		if q.To, err = parseReportDay(to); err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		r, err := report.Read(ctx, s, q)
		if err != nil {
			if data.CodeOf(err) == "report_days" {
				err = usage(err)
			}
			return err
		}
		if err := writeReport(ctx, s, r, a.texts(), xlsx, png); err != nil {
			return err
		}
		if a.json {
			return a.writeJSON(r)
		}
		reportText{w: a.out, texts: a.texts(), r: r}.write()
		for _, file := range []string{xlsx, png} {
			if file != "" {
				a.note("%s", a.texts().T("report.written", "file", file))
			}
		}
		return nil
	}
	return c
}

func parseReportDay(s string) (data.Date, error) {
	d, err := data.ParseDate(s)
	if err == nil && d != "" && len(d) != len("2026-11-24") {
		err = data.Errorf(data.Invalid, "read a date", "%q has no year", s).With("value", s)
	}
	return d, usage(err)
}

// writeReportFiles writes report.xlsx and report.png about a campaign into a folder, and returns the report.
func writeReportFiles(ctx context.Context, a *app, s *store.Store, campaign data.CampaignID, dir string) (*report.Report, error) {
	r, err := report.Read(ctx, s, report.Question{Campaign: campaign})
	if err != nil {
		return nil, err
	}
	return r, writeReport(ctx, s, r, a.texts(), filepath.Join(dir, "report.xlsx"), filepath.Join(dir, "report.png"))
}

// writeReport writes a report's files; an empty path is none.
func writeReport(ctx context.Context, s *store.Store, r *report.Report, texts *i18n.Texts, xlsx, png string) error {
	if xlsx != "" {
		tables, err := report.Workbook(ctx, s, r, texts)
		if err != nil {
			return err
		}
		if err := sheet.WriteFile(ctx, xlsx, tables...); err != nil {
			return err
		}
	}
	if png != "" {
		var b bytes.Buffer
		if err := drawReport(&b, r, texts); err != nil {
			return err
		}
		if err := os.WriteFile(png, b.Bytes(), 0o644); err != nil {
			return &data.Error{Code: sheet.WriteFailed, Op: "write a picture", Err: err, Args: map[string]string{"file": filepath.Base(png)}}
		}
	}
	return nil
}

// drawReport draws the funnel above the days.
func drawReport(b *bytes.Buffer, r *report.Report, texts *i18n.Texts) error {
	withoutWindow()
	return chart.PNG(b, chart.Picture{Width: 960, Height: 640, Scale: 2, Variant: theme.Light, Title: reportTitle(r, texts), Note: reportNote(r, texts)},
		chart.NewFunnel(figures.Funnel(r, texts)), chart.NewLine(figures.Days(r, texts)))
}

// withoutWindow lets Fyne draw into memory: its software canvas needs neither a display nor cgo.
var withoutWindow = sync.OnceFunc(func() { test.NewApp().Settings().SetTheme(theme.New(theme.Light, 1)) })

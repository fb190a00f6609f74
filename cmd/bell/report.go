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
	var from, to string
	var files reportFiles
	c := &cobra.Command{
		Use: "report", Short: "What came of it: funnel, opens and redemptions by day, A/B, cost, no-shows", Args: cobra.NoArgs,
		Long: `What came of a campaign, or of all campaigns begun in some days (the last 30 unless said otherwise).
Days are the shop’s. Opened counts people with at least one open that is not a preview; rates are of delivered.`,
	}
	f := c.Flags()
	f.Int64Var(&campaign, "campaign", 0, "one campaign (`ID`)")
	f.StringVar(&from, "from", "", "first day (`D`, 2026-11-12)")
	f.StringVar(&to, "to", "", "last day, inclusive (`D`)")
	f.StringVar(&files.xlsx, "xlsx", "", "write a workbook to `F`: summary, days, people, appointments")
	f.StringVar(&files.pdf, "pdf", "", "write charts and figures to `F`, as pages to print")
	f.StringVar(&files.png, "png", "", "draw the charts into `F`")
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
		r, err := readReport(ctx, s, q)
		if err != nil {
			if data.CodeOf(err) == "report_days" {
				err = usage(err)
			}
			return err
		}
		if err := files.write(ctx, s, r, a.texts()); err != nil {
			return err
		}
		if a.json {
			if r.period != nil {
				return a.writeJSON(r.period)
			}
			return a.writeJSON(r.Report)
		}
		reportText{w: a.out, texts: a.texts(), r: r.Report, period: r.period}.write()
		for _, file := range []string{files.xlsx, files.pdf, files.png} {
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

// reported is a campaign's report, or a period's, which has more in it.
type reported struct {
	*report.Report
	period *report.Period
}

// readReport asks about a campaign, or about all of some days: the last 30 that end on the last day, unless said otherwise.
func readReport(ctx context.Context, s *store.Store, q report.Question) (reported, error) {
	if q.Campaign != 0 {
		r, err := report.Read(ctx, s, q)
		return reported{Report: r}, err
	}
	b, err := s.Business(ctx)
	if err != nil {
		return reported{}, err
	}
	span := report.Span{Kind: report.Chosen, From: q.From, To: q.To}
	span.Fill(data.DateOf(s.Now().In(b.Location())))
	p, err := report.ReadPeriod(ctx, s, span, nil)
	if err != nil {
		return reported{}, err
	}
	return reported{p.Report, p}, nil
}

// writeReportFiles writes report.xlsx, report.pdf and report.png about a campaign into a folder, and returns the report.
func writeReportFiles(ctx context.Context, a *app, s *store.Store, campaign data.CampaignID, dir string) (*report.Report, error) {
	r, err := readReport(ctx, s, report.Question{Campaign: campaign})
	if err != nil {
		return nil, err
	}
	files := reportFiles{xlsx: filepath.Join(dir, "report.xlsx"), pdf: filepath.Join(dir, "report.pdf"), png: filepath.Join(dir, "report.png")}
	return r.Report, files.write(ctx, s, r, a.texts())
}

// reportFiles are where a report is written to; an empty path is none.
type reportFiles struct{ xlsx, pdf, png string }

func (f reportFiles) write(ctx context.Context, s *store.Store, r reported, texts *i18n.Texts) error {
	if f.xlsx != "" {
		workbook := report.Workbook
		if r.period != nil {
			workbook = func(ctx context.Context, s *store.Store, _ *report.Report, w report.Words) ([]sheet.Table, error) {
				return report.PeriodWorkbook(ctx, s, r.period, w)
			}
		}
		tables, err := workbook(ctx, s, r.Report, texts)
		if err != nil {
			return err
		}
		if err := sheet.WriteFile(ctx, f.xlsx, tables...); err != nil {
			return err
		}
	}
	if f.pdf != "" {
		var b bytes.Buffer
		if err := printReport(&b, r, texts); err != nil {
			return err
		}
		if err := keepReport(f.pdf, b.Bytes()); err != nil {
			return err
		}
	}
	if f.png != "" {
		var b bytes.Buffer
		if err := drawReport(&b, r, texts); err != nil {
			return err
		}
		return keepReport(f.png, b.Bytes())
	}
	return nil
}

func keepReport(path string, body []byte) error {
	if err := os.WriteFile(path, body, 0o644); err != nil {
		return &data.Error{Code: sheet.WriteFailed, Op: "write a report", Err: err, Args: map[string]string{"file": filepath.Base(path)}}
	}
	return nil
}

func printReport(b *bytes.Buffer, r reported, texts *i18n.Texts) error {
	withoutWindow()
	paper := figures.ReportPaper(r.Report, texts)
	if r.period != nil {
		paper = figures.PeriodPaper(r.period, texts)
	}
	if err := figures.DrawAll(paper); err != nil {
		return err
	}
	return paper.Write(b)
}

// drawReport draws the charts below each other.
func drawReport(b *bytes.Buffer, r reported, texts *i18n.Texts) error {
	withoutWindow()
	if r.period != nil {
		poster := figures.PeriodPoster(r.period, texts)
		if err := figures.DrawAll(poster); err != nil {
			return err
		}
		return poster.Write(b)
	}
	return chart.PNG(b, chart.Picture{Width: figures.PictureWidth, Height: 640, Scale: 2, Variant: theme.Light, Title: figures.Title(r.Report, texts), Note: figures.Note(r.Report, texts)},
		chart.NewFunnel(figures.Funnel(r.Report, texts)), chart.NewLine(figures.Days(r.Report, texts)))
}

// withoutWindow lets Fyne draw into memory: its software canvas needs neither a display nor cgo.
var withoutWindow = sync.OnceFunc(func() { test.NewApp().Settings().SetTheme(theme.New(theme.Light, 1)) })

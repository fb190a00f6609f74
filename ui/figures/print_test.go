package figures_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"counterbell/data/report"
	"counterbell/data/report/reporttest"
	"counterbell/ui/figures"
	"counterbell/ui/i18n"

	"fyne.io/fyne/v2/test"
)

// Both languages, a period and a campaign. With COUNTERBELL_PICTURES=DIR the pages are kept, to be looked at.
func TestAReportIsPrintedInBothLanguages(t *testing.T) {
	test.NewTempApp(t)
	shop := reporttest.Months(t)
	for _, language := range []i18n.Language{i18n.English, i18n.Chinese} {
		w := i18n.New(language)
		p, err := report.ReadPeriod(t.Context(), shop.Store, report.Span{Kind: report.LastQuarter}, nil)
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, shop, report.Question{Campaign: shop.Campaign})
		for name, paper := range map[string]*figures.Paper{"period": figures.PeriodPaper(p, w), "campaign": figures.ReportPaper(r, w)} {
			if err := figures.DrawAll(paper); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := paper.Write(&b); err != nil {
				t.Fatal(err)
			}
			// Our two typefaces are embedded as the few characters that are used: whole they would take seven megabytes.
			if n := b.Len(); n < 30_000 || n > 1_500_000 || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) || bytes.Count(b.Bytes(), []byte("/FontFile2")) != 2 {
				t.Errorf("%s in %s: %d bytes, %d typefaces", name, language, n, bytes.Count(b.Bytes(), []byte("/FontFile2")))
			}
			if dir := os.Getenv("COUNTERBELL_PICTURES"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, "paper-"+name+"-"+string(language)+".pdf"), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

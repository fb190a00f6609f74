package result

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"counterbell/assets/icons"
	"counterbell/data/report"
	"counterbell/data/sheet"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// export offers the ways to take the result along.
func (v *View) export(at fyne.CanvasObject) {
	env := v.env
	widget.ShowMenu(at, []widget.MenuItem{
		{Text: env.T("result.export.excel"), Detail: env.T("result.export.excel_note"), Icon: icons.Spreadsheet, Do: v.exportExcel},
		{Text: env.T("result.export.pdf"), Detail: env.T("result.export.pdf_note"), Icon: icons.Print, Do: v.exportPDF},
		{Text: env.T("result.export.picture"), Detail: env.T("result.export.picture_note"), Icon: icons.Document, Do: v.exportPicture},
	})
}

// fileName is what an export is called: the campaign's name without what no file's name may hold.
func fileName(name, extension string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	if clean = strings.Trim(clean, " ."); clean == "" {
		clean = "report"
	}
	return clean + extension
}

// exportExcel writes summary, days, people and appointments as sheets.
func (v *View) exportExcel() {
	env, r := v.env, v.model.Report
	env.SaveFile(fileName(r.Campaign.Name, ".xlsx"), func(path string) {
		v.save(path, func(ctx context.Context) error {
			tables, err := report.Workbook(ctx, env.Store, r, env.Texts)
			if err != nil {
				return err
			}
			return sheet.WriteFile(ctx, path, tables...)
		})
	})
}

// exportPDF writes the result as pages to print or to send on. The charts are drawn one after the other, so that the
// window goes on meanwhile.
func (v *View) exportPDF() {
	env, r := v.env, v.model.Report
	env.SaveFile(fileName(r.Campaign.Name, ".pdf"), func(path string) {
		paper := figures.ReportPaper(r, env.Texts)
		var next func()
		next = func() {
			more, err := paper.Draw()
			switch {
			case err != nil:
				env.Fail(err, nil)
			case more:
				page.Load(env.Tasks, func(context.Context) error { return nil }, func(error) { next() })
			default:
				v.save(path, func(context.Context) error {
					var b bytes.Buffer
					if err := paper.Write(&b); err != nil {
						return err
					}
					return sheet.WriteBytes(path, b.Bytes())
				})
			}
		}
		next()
	})
}

// exportPicture draws funnel and days into a file, always in the light look.
func (v *View) exportPicture() {
	env, r := v.env, v.model.Report
	env.SaveFile(fileName(r.Campaign.Name, ".png"), func(path string) {
		var b bytes.Buffer
		// Text is measured with the window's fonts, so it is drawn here; writing it is the task's.
		if err := chart.PNG(&b, chart.Picture{Width: pictureWide, Height: pictureHigh, Scale: 2, Variant: theme.Light, Title: figures.Title(r, env.Texts), Note: figures.Note(r, env.Texts)},
			chart.NewFunnel(figures.Funnel(r, env.Texts)), chart.NewLine(figures.Days(r, env.Texts))); err != nil {
			env.Fail(err, nil)
			return
		}
		v.save(path, func(context.Context) error { return sheet.WriteBytes(path, b.Bytes()) })
	})
}

const pictureWide, pictureHigh = 960, 640 // pixels at scale 1

// save writes a file in a task and says where it is.
func (v *View) save(path string, write func(ctx context.Context) error) {
	env := v.env
	env.Tasks.Run(page.Task{
		Name: env.T("result.export.task", "file", filepath.Base(path)),
		Work: func(ctx context.Context, _ page.Report) error { return write(ctx) },
		Done: func(err error) {
			if err != nil {
				env.Fail(err, func() { v.save(path, write) })
				return
			}
			env.Toast(widget.Toast{
				Tone: widget.OK, Text: env.T("report.written", "file", filepath.Base(path)),
				Action: env.T("common.open"), Do: func() { env.Open(path) }, Close: env.T("common.close"),
			})
		},
	})
}

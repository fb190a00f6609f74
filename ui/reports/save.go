package reports

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/sheet"
	"counterbell/ui/chart"
	"counterbell/ui/figures"
	"counterbell/ui/page"
	"counterbell/ui/theme"
)

// saveExcel writes the workbook of the report that shows.
func (s *Screen) saveExcel() {
	p := s.model.Period
	s.save(".xlsx", func(path string) {
		s.write(path, func(ctx context.Context) error {
			tables, err := report.PeriodWorkbook(ctx, s.env.Store, p, s.env.Texts)
			if err != nil {
				return err
			}
			return sheet.WriteFile(ctx, path, tables...)
		})
	})
}

// savePDF writes the report as pages. The charts are drawn first, one after the other, so that the window goes on
// meanwhile.
func (s *Screen) savePDF() {
	p := s.model.Period
	s.save(".pdf", func(path string) {
		paper := figures.PeriodPaper(p, s.env.Texts)
		var next func()
		next = func() {
			more, err := paper.Draw()
			switch {
			case err != nil:
				s.env.Fail(err, nil)
			case more:
				page.Load(s.env.Tasks, func(context.Context) error { return nil }, func(error) { next() })
			default:
				s.write(path, func(context.Context) error {
					var b bytes.Buffer
					if err := paper.Write(&b); err != nil {
						return err
					}
					return keep(path, b.Bytes())
				})
			}
		}
		next()
	})
}

// savePicture draws all charts below each other.
func (s *Screen) savePicture() {
	p, t := s.model.Period, s.env.Texts
	s.save(".png", func(path string) {
		var b bytes.Buffer
		size := chart.Picture{Width: figures.PictureWidth, Height: figures.PictureHeight, Scale: 2, Variant: theme.Light, Title: figures.Title(p.Report, t), Note: figures.Note(p.Report, t)}
		if err := chart.PNG(&b, size, figures.PeriodCharts(p, t)...); err != nil {
			s.env.Fail(err, nil)
			return
		}
		s.write(path, func(context.Context) error { return keep(path, b.Bytes()) })
	})
}

// save asks where to.
func (s *Screen) save(extension string, then func(path string)) {
	if s.model.Period == nil {
		return
	}
	s.env.SaveFile(FileName(s.model.Period, s.env.Texts, extension), then)
}

// write runs a task that writes a file, and says so.
func (s *Screen) write(path string, work func(ctx context.Context) error) {
	name := filepath.Base(path)
	s.env.Tasks.Run(page.Task{
		Name: s.env.T("reports.saving", "file", name),
		Work: func(ctx context.Context, _ page.Report) error { return work(ctx) },
		Done: func(err error) {
			if err != nil {
				s.env.Fail(err, func() { s.write(path, work) })
				return
			}
			s.whenSaved(path, name)
		},
	})
}

// keep writes a file whole. Error sheet.WriteFailed.
func keep(path string, body []byte) error {
	if err := os.WriteFile(path, body, 0o644); err != nil {
		return &data.Error{Code: sheet.WriteFailed, Op: "write a report", Err: err, Args: map[string]string{"file": filepath.Base(path)}}
	}
	return nil
}

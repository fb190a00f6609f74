package reports

import (
	"bytes"
	"context"
	"path/filepath"

	"counterbell/data/report"
	"counterbell/data/sheet"
	"counterbell/ui/figures"
	"counterbell/ui/page"
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

// savePDF writes the report as pages.
func (s *Screen) savePDF() {
	p := s.model.Period
	s.save(".pdf", func(path string) { s.draw(path, figures.PeriodPaper(p, s.env.Texts)) })
}

// savePicture draws all charts below each other.
func (s *Screen) savePicture() {
	p := s.model.Period
	s.save(".png", func(path string) { s.draw(path, figures.PeriodPoster(p, s.env.Texts)) })
}

// draw draws chart after chart, so that the window goes on in between, and then writes the file beside it.
func (s *Screen) draw(path string, d figures.Drawn) {
	more, err := d.Draw()
	switch {
	case err != nil:
		s.env.Fail(err, nil)
	case more:
		page.Load(s.env.Tasks, func(context.Context) error { return nil }, func(error) { s.draw(path, d) })
	default:
		s.write(path, func(context.Context) error {
			var b bytes.Buffer
			if err := d.Write(&b); err != nil {
				return err
			}
			return sheet.WriteBytes(path, b.Bytes())
		})
	}
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

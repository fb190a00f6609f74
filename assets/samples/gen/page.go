package main

import (
	"time"

	"github.com/xuri/excelize/v2"
)

// A page is a sheet being filled in; the first failure is kept in err.
type page struct {
	f                                      *excelize.File
	sheet                                  string
	title, bold, date, clock, money, phone int
	err                                    error
}

func newPage(f *excelize.File, sheet string) (*page, error) {
	p := &page{f: f, sheet: sheet}
	date, clock, money, phone := "m/d/yyyy", "h:mm AM/PM", "#,##0.00", `\(000\)\ 000\-0000`
	p.title = p.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	p.bold = p.style(&excelize.Style{Font: &excelize.Font{Bold: true}})
	p.date = p.style(&excelize.Style{CustomNumFmt: &date})
	p.clock = p.style(&excelize.Style{CustomNumFmt: &clock})
	p.money = p.style(&excelize.Style{CustomNumFmt: &money})
	p.phone = p.style(&excelize.Style{CustomNumFmt: &phone})
	return p, p.err
}

func (p *page) style(s *excelize.Style) int {
	id, err := p.f.NewStyle(s)
	p.fail(err)
	return id
}

func (p *page) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// set writes a value; the style goes to numbers and dates alone, unless it is a heading's.
func (p *page) set(cell string, value any, style int) {
	switch v := value.(type) {
	case nil:
		return
	case time.Time:
		p.fail(p.f.SetCellStyle(p.sheet, cell, cell, style))
		p.fail(p.f.SetCellValue(p.sheet, cell, v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
		return
	case string:
		if v == "" {
			return
		}
		if style != p.title && style != p.bold {
			style = 0
		}
	}
	p.fail(p.f.SetCellValue(p.sheet, cell, value))
	if style != 0 {
		p.fail(p.f.SetCellStyle(p.sheet, cell, cell, style))
	}
}

// at names the cell in column col (from 0) of a row (from 1).
func at(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col+1, row)
	return name
}

package figures

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"counterbell/assets/fonts"
	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2"
)

// A Paper is a report as pages of A4: its charts with what they say, and the figures behind them as tables. The charts
// have to be drawn first, which is the window's goroutine's to do; then the rest is nobody's in particular.
type Paper struct {
	Title, Note string
	Made        time.Time
	Language    string
	Foot        func(page int) string
	Drawings    []Drawing
	Tables      []PaperTable

	pictures []picture
}

// A PaperTable is figures in columns; the first column is words, the others are numbers.
type PaperTable struct {
	Title string
	Head  []string
	Rows  [][]string
}

type picture struct {
	png           []byte
	width, height float32 // in pixels, with the margin that chart.PNG leaves
}

const (
	paperMargin  = 16. // millimetres
	paperWide    = 210. - 2*paperMargin
	paperHigh    = 297. - 2*paperMargin
	paperPixels  = 720 // that many pixels of a chart are as wide as the page between its margins
	halfPixels   = (paperPixels - 32) / 2
	chartMargin  = 24 // of a picture of chart.PNG, on each side
	millimetre   = paperWide / paperPixels
	lineHeight   = 5.
	captionSize  = 9.
	bodySize     = 10.
	betweenParts = 7.
)

// Draw draws the next chart, and tells whether there is another one. It belongs to the window's goroutine, and takes a
// few hundredths of a second. Errors: chart.PNG's.
func (p *Paper) Draw() (more bool, err error) {
	i := len(p.pictures)
	if i == len(p.Drawings) {
		return false, nil
	}
	d := p.Drawings[i]
	var pic picture
	if !chart.Empty(d.Chart) {
		wide := float32(paperPixels)
		if d.Half {
			wide = halfPixels
		}
		pic.width, pic.height = wide+2*chartMargin, d.Height+2*chartMargin
		if _, fixed := d.Chart.(*chart.Funnel); fixed {
			pic.height = 2*chartMargin + 72
		}
		var b bytes.Buffer
		if err := chart.PNG(&b, chart.Picture{Width: pic.width, Height: pic.height, Scale: 2, Variant: theme.Light}, d.Chart); err != nil {
			return false, err
		}
		pic.png = b.Bytes()
	}
	p.pictures = append(p.pictures, pic)
	return len(p.pictures) < len(p.Drawings), nil
}

// Write writes the pages. Chinese is written in the program's own typeface, of which only the characters used are put
// into the file. Errors: Internal, and w's.
func (p *Paper) Write(w io.Writer) error {
	const op = "write the report's pages"
	f := fpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("sans", "", fonts.Regular)
	f.AddUTF8FontFromBytes("sans", "B", fonts.Bold)
	f.SetMargins(paperMargin, paperMargin, paperMargin)
	f.SetAutoPageBreak(false, 0)
	f.SetTitle(p.Title, true)
	f.SetLang(p.Language)
	f.SetCreationDate(p.Made)
	f.SetModificationDate(p.Made)
	f.SetFooterFunc(func() {
		f.SetY(-12)
		ink(f, theme.Ink3)
		f.SetFont("sans", "", 8)
		f.CellFormat(paperWide, lineHeight, p.Foot(f.PageNo()), "", 0, "L", false, 0, "")
	})
	f.AddPage()
	s := &setter{f: f, y: paperMargin}
	s.write(p.Title, "B", 18, 9, theme.Ink, paperWide)
	s.write(p.Note, "", captionSize, lineHeight, theme.Ink2, paperWide)
	s.y += betweenParts
	for i := 0; i < len(p.Drawings); i++ {
		if p.Drawings[i].Half && i+1 < len(p.Drawings) {
			s.pair(p.Drawings[i:i+2], p.pictures[i:i+2], i)
			i++
			continue
		}
		s.drawing(&p.Drawings[i], &p.pictures[i], i, 0, paperWide)
		s.y += betweenParts
	}
	for i := range p.Tables {
		s.table(&p.Tables[i])
	}
	if err := f.Output(w); err != nil {
		return data.Errorf(data.Internal, op, "%w", err)
	}
	return nil
}

// setter puts things onto pages from top to bottom; lengths are in millimetres.
type setter struct {
	f *fpdf.Fpdf
	y float64
}

func ink(f *fpdf.Fpdf, name fyne.ThemeColorName) {
	r, g, b, _ := theme.New(theme.Light, 1).Color(name, 0).RGBA()
	f.SetTextColor(int(r>>8), int(g>>8), int(b>>8))
}

// room begins a new page where something that high doesn't fit any more.
func (s *setter) room(high float64) {
	if s.y+high > paperMargin+paperHigh-6 {
		s.f.AddPage()
		s.y = paperMargin
	}
}

// lines breaks text for a width.
func (s *setter) lines(text, style string, size, wide float64) []string {
	s.f.SetFont("sans", style, size)
	return chart.Lines(text, float32(wide), func(part string) float32 { return float32(s.f.GetStringWidth(part)) })
}

func (s *setter) write(text, style string, size, line float64, color fyne.ThemeColorName, wide float64) {
	for _, part := range s.lines(text, style, size, wide) {
		s.at(part, style, size, line, color, paperMargin, wide, "L")
		s.y += line
	}
}

// at writes one line at a place.
func (s *setter) at(text, style string, size, line float64, color fyne.ThemeColorName, x, wide float64, align string) {
	s.f.SetFont("sans", style, size)
	ink(s.f, color)
	s.f.SetXY(x, s.y)
	s.f.CellFormat(wide, line, text, "", 0, align, false, 0, "")
}

// high is how much room a chart takes with its words.
func (s *setter) high(d *Drawing, pic *picture, wide float64) float64 {
	high := lineHeight + 2 + lineHeight*float64(len(s.lines(d.Words.Finding, "", captionSize, wide)))
	if pic.png != nil {
		high += float64(pic.height-2*chartMargin)*millimetre + 2
	}
	return high
}

func (s *setter) drawing(d *Drawing, pic *picture, n int, x, wide float64) {
	s.room(s.high(d, pic, wide))
	s.place(d, pic, n, x, wide)
}

// pair puts two charts beside each other.
func (s *setter) pair(d []Drawing, pics []picture, n int) {
	wide := halfPixels * millimetre
	s.room(max(s.high(&d[0], &pics[0], wide), s.high(&d[1], &pics[1], wide)))
	top, bottom := s.y, 0.
	for i := range d {
		s.y = top
		s.place(&d[i], &pics[i], n+i, float64(i)*(paperWide-wide), wide)
		bottom = max(bottom, s.y)
	}
	s.y = bottom + betweenParts
}

func (s *setter) place(d *Drawing, pic *picture, n int, x, wide float64) {
	top := s.y
	s.y += lineHeight + 2
	if pic.png != nil {
		// The picture's own margin reaches beyond the column, so that drawing and words stand in line; so it goes first.
		name := strconv.Itoa(n)
		s.f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(pic.png))
		s.f.ImageOptions(name, paperMargin+x-chartMargin*millimetre, s.y-chartMargin*millimetre, float64(pic.width)*millimetre, float64(pic.height)*millimetre, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
		s.y += float64(pic.height-2*chartMargin)*millimetre + 2
	}
	for _, line := range s.lines(d.Words.Finding, "", captionSize, wide) {
		s.at(line, "", captionSize, lineHeight, theme.Ink2, paperMargin+x, wide, "L")
		s.y += lineHeight
	}
	bottom := s.y
	s.y = top
	s.at(d.Words.Title, "B", bodySize, lineHeight, theme.Ink, paperMargin+x, wide, "L")
	s.y = bottom
}

// table writes rows, and its head again on each page.
func (s *setter) table(t *PaperTable) {
	if len(t.Rows) == 0 {
		return
	}
	const row = 6.
	s.room(lineHeight + 2 + 3*row)
	s.at(t.Title, "B", bodySize, lineHeight, theme.Ink, paperMargin, paperWide, "L")
	s.y += lineHeight + 2
	widths := s.columns(t)
	head := func() {
		s.cells(t.Head, "B", widths, theme.Ink3)
		r, g, b, _ := theme.New(theme.Light, 1).Color(theme.Line, 0).RGBA()
		s.f.SetDrawColor(int(r>>8), int(g>>8), int(b>>8))
		s.f.Line(paperMargin, s.y+row-0.5, paperMargin+paperWide, s.y+row-0.5)
		s.y += row
	}
	head()
	for _, cells := range t.Rows {
		before := s.f.PageNo()
		if s.room(row); s.f.PageNo() != before {
			head()
		}
		s.cells(cells, "", widths, theme.Ink)
		s.y += row
	}
	s.y += betweenParts
}

// columns shares the page's width out: what each column needs, and the rest to the first.
func (s *setter) columns(t *PaperTable) []float64 {
	widths := make([]float64, len(t.Head))
	s.f.SetFont("sans", "B", captionSize)
	for _, cells := range append([][]string{t.Head}, t.Rows...) {
		for i := 1; i < len(widths) && i < len(cells); i++ {
			widths[i] = max(widths[i], s.f.GetStringWidth(cells[i])+3)
		}
	}
	widths[0] = paperWide
	for _, w := range widths[1:] {
		widths[0] -= w
	}
	return widths
}

func (s *setter) cells(cells []string, style string, widths []float64, color fyne.ThemeColorName) {
	x := paperMargin
	for i, cell := range cells {
		align := "R"
		if i == 0 {
			align = "L"
			if fit := s.lines(cell, style, captionSize, widths[0]); len(fit) > 1 {
				cell = fit[0] + "…"
			}
		}
		s.at(cell, style, captionSize, 5, color, x, widths[i], align)
		x += widths[i]
	}
}

// PeriodPaper is the paper of a period's report.
func PeriodPaper(p *report.Period, t *i18n.Texts) *Paper {
	paper := newPaper(p.Report, t, PeriodDrawings(p, t))
	paper.Tables = append(paper.Tables, partTable(p, t), groupTable(p, t))
	return paper
}

// ReportPaper is the paper of a campaign's report.
func ReportPaper(r *report.Report, t *i18n.Texts) *Paper { return newPaper(r, t, Drawings(r, t)) }

func newPaper(r *report.Report, t *i18n.Texts, drawings []Drawing) *Paper {
	made := r.MadeAt.Time()
	if zone, err := time.LoadLocation(r.Zone); err == nil {
		made = r.MadeAt.In(zone)
	}
	return &Paper{
		Title: Title(r, t), Note: Note(r, t), Made: made, Language: string(t.Language()), Drawings: drawings,
		Foot:   func(page int) string { return t.T("report.foot", "at", t.DateTime(made), "page", page) },
		Tables: []PaperTable{peopleTable(r, t), reasonTable(r, t)},
	}
}

func peopleTable(r *report.Report, t *i18n.Texts) PaperTable {
	table := PaperTable{Title: t.T("report.sheet.people"), Head: []string{t.T("report.column.what"), t.T("report.column.figure"), t.T("report.column.note")}}
	add := func(what string, n int, note string) {
		table.Rows = append(table.Rows, []string{what, t.Number(int64(n)), note})
	}
	add(t.T("report.line.audience"), r.Funnel.Audience, "")
	for _, stage := range r.Stages() {
		add(t.T("report.stage."+stage.Key), stage.N, stage.Note(t))
	}
	for _, rest := range r.Rest() {
		if rest.N > 0 {
			add(t.T("report.line."+rest.Key), rest.N, "")
		}
	}
	add(t.T("report.line.redemptions"), r.Money.Redemptions, "")
	for _, m := range r.Money.Sales {
		table.Rows = append(table.Rows, []string{t.T("report.line.sales"), t.Money(m), ""})
	}
	table.Rows = append(table.Rows, []string{t.T("report.line.cost"), t.Cost(r.Money.Cost), ""})
	return table
}

func reasonTable(r *report.Report, t *i18n.Texts) PaperTable {
	table := PaperTable{Title: t.T("report.why_out"), Head: []string{t.T("report.column.reason"), t.T("report.column.state"), t.T("report.column.figure")}}
	for _, x := range r.Reasons {
		table.Rows = append(table.Rows, []string{x.Text(t), t.T("report.message." + string(x.State)), t.Number(int64(x.N))})
	}
	return table
}

// partTable is what the charts over time show, in figures.
func partTable(p *report.Period, t *i18n.Texts) PaperTable {
	table := PaperTable{Title: t.T("report.sheet.parts"), Head: []string{
		t.T("report.column.days"), t.T("report.column.sent"), t.T("report.opens"), t.T("report.column.redeemed"), t.T("report.series.sales"), t.T("report.series.texts"),
		t.T("report.series.no_shows"), t.T("report.series.agreed"), t.T("report.series.withdrew"),
	}}
	_, name := partLabels(p, t)
	for i, part := range p.Parts {
		var sales []string
		for _, m := range part.Sales {
			sales = append(sales, t.MoneyShort(m))
		}
		cost := "–"
		if part.Cost.Known {
			cost = t.Cost(part.Cost)
		}
		missed := "–"
		if known := part.Visits.Known(); known > 0 {
			missed = fmt.Sprintf("%d/%d", part.Visits.Missed, known)
		}
		n := func(n int) string { return t.Number(int64(n)) }
		table.Rows = append(table.Rows, []string{name(i), n(part.Sent), n(part.Opens), n(part.Redemptions), t.List(sales...), cost, missed, n(part.Consent.Agreed), n(part.Consent.Withdrew)})
	}
	return table
}

func groupTable(p *report.Period, t *i18n.Texts) PaperTable {
	table := PaperTable{Title: t.T("report.chart.groups"), Head: []string{t.T("report.column.group"), t.T("report.column.reached"), t.T("report.stage.redeemed"), t.T("report.column.rate")}}
	for i, g := range p.Groups {
		name := g.Name
		if i == 0 {
			name = t.T("report.groups.everybody")
		}
		rate := "–"
		if g.Rate.Known() {
			rate = t.Percent(float64(g.Rate), 1)
		}
		table.Rows = append(table.Rows, []string{name, t.Number(int64(g.Reached)), t.Number(int64(g.Redeemed)), rate})
	}
	return table
}

// Title names what a report is about.
func Title(r *report.Report, t *i18n.Texts) string {
	title := t.T("report.title.days", "from", t.Date(r.From.Start(time.UTC)), "to", t.Date(r.To.Start(time.UTC)))
	if r.Campaign != nil {
		title = r.Campaign.Name
	}
	if r.Business != "" {
		title = r.Business + " · " + title
	}
	return title
}

// Note says whose days a report's are, and that it is practice.
func Note(r *report.Report, t *i18n.Texts) string {
	note := t.N("report.subtitle.days", r.Campaigns, "zone", r.Zone)
	if c := r.Campaign; c != nil {
		note = t.T("report.subtitle.draft")
		if zone, err := time.LoadLocation(r.Zone); err == nil && c.SentAt != 0 {
			note = t.T("report.subtitle.campaign", "at", t.DateTime(c.SentAt.In(zone)), "zone", r.Zone, "n", r.Funnel.Audience)
		}
	}
	if r.Practice {
		note = t.T("bell.beside", "what", t.T("report.practice"), "said", note)
	}
	return note
}

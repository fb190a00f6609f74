package figures

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"io"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/ui/chart"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"
)

// A Poster is a period's charts below each other in one picture. Each is drawn by itself, which is the window's
// goroutine's to do; putting them together isn't.
type Poster struct {
	title, note string
	charts      []chart.Chart
	drawn       [][]byte
}

// PictureWidth is how wide pictures of reports are, in pixels at scale 1; they are drawn at 2.
const PictureWidth = 960

const (
	posterHead   = 84 // title and note
	posterFunnel = 164
	posterChart  = 320
)

// PeriodPoster is the picture of a period's report.
func PeriodPoster(p *report.Period, t *i18n.Texts) *Poster {
	funnel := Funnel(p.Report, t)
	funnel.Title = t.T("report.chart.funnel")
	return &Poster{title: Title(p.Report, t), note: Note(p.Report, t), charts: []chart.Chart{
		chart.NewFunnel(funnel), chart.NewLine(Days(p.Report, t)), chart.NewLine(NoShows(p, t)), chart.NewBar(Return(p, t)),
		chart.NewHeatMap(Hours(p, t)), chart.NewHBar(Groups(p, t)), chart.NewLine(Consent(p, t)),
	}}
}

// Draw draws the next chart, and tells whether there is another one. Errors: chart.PNG's.
func (p *Poster) Draw() (more bool, err error) {
	i := len(p.drawn)
	if i == len(p.charts) {
		return false, nil
	}
	size := chart.Picture{Width: PictureWidth, Height: posterChart, Scale: 2, Variant: theme.Light}
	if _, funnel := p.charts[i].(*chart.Funnel); funnel {
		size.Height = posterFunnel
	}
	if i == 0 {
		size.Title, size.Note, size.Height = p.title, p.note, size.Height+posterHead
	}
	var b bytes.Buffer
	if err := chart.PNG(&b, size, p.charts[i]); err != nil {
		return false, err
	}
	p.drawn = append(p.drawn, b.Bytes())
	return len(p.drawn) < len(p.charts), nil
}

// Write puts the charts together. Errors: Internal, and w's.
func (p *Poster) Write(w io.Writer) error {
	const op = "draw the report's picture"
	var all []image.Image
	high, wide := 0, 0
	for _, body := range p.drawn {
		img, err := png.Decode(bytes.NewReader(body))
		if err != nil {
			return data.Errorf(data.Internal, op, "%w", err)
		}
		all = append(all, img)
		high, wide = high+img.Bounds().Dy(), max(wide, img.Bounds().Dx())
	}
	whole := image.NewNRGBA(image.Rect(0, 0, wide, high))
	y := 0
	for _, img := range all {
		draw.Draw(whole, image.Rect(0, y, wide, y+img.Bounds().Dy()), img, img.Bounds().Min, draw.Src)
		y += img.Bounds().Dy()
	}
	if err := png.Encode(w, whole); err != nil {
		return data.Errorf(data.Internal, op, "%w", err)
	}
	return nil
}

// A Drawn is what is drawn chart by chart and then written: a Paper or a Poster.
type Drawn interface {
	Draw() (more bool, err error)
	Write(w io.Writer) error
}

// DrawAll draws all charts at once, where no window waits.
func DrawAll(d Drawn) error {
	for {
		if more, err := d.Draw(); err != nil || !more {
			return err
		}
	}
}

package chart

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Funnel shows how many people got how far: sent, delivered, opened, redeemed. Each bar is a share of the first stage;
// each rate says what it is of in its tooltip.
type Funnel struct {
	frame
	figures FunnelFigures
	steps   []report.StageShape
	boxes   []report.Frame
	arrows  []*canvas.Raster
}

// FunnelFigures is all that a funnel shows.
type FunnelFigures struct {
	Words
	Stages []Stage
	Value  func(v float64) string    // a number of people
	Rate   func(v float64) string    // a share, 0 to 1
	RateOf func(stage string) string // "of Delivered", in the tooltip; nil: the stage's name
}

// Stage is one step of the way.
type Stage struct {
	Name  string
	Value float64
	Of    int                 // index of the stage that its rate is of; itself or -1: no rate
	Note  string              // under its bar: "13 failed, 1 maybe sent"
	Color fyne.ThemeColorName // empty: slot 1, the last stage slot 2
}

// NewFunnel returns a funnel.
func NewFunnel(figures FunnelFigures) *Funnel {
	c := &Funnel{figures: figures}
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *Funnel) Set(figures FunnelFigures) {
	c.figures = figures
	c.changed()
}

func (c *Funnel) copyFor(th *theme.Theme) Chart {
	copied := NewFunnel(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *Funnel) words() Words { return c.figures.Words }
func (c *Funnel) keys() []key  { return nil }
func (c *Funnel) count() int   { return len(c.figures.Stages) }

func (c *Funnel) empty() bool {
	for _, s := range c.figures.Stages {
		if !report.Missing(s.Value) && s.Value > 0 {
			return false
		}
	}
	return true
}

const (
	stageGap  = 36 // between two stages, with the chevron in its middle
	rateGap   = 8  // between number and rate
	stageBar  = 8  // height of a bar
	leastTrue = 2  // pixels that a stage of at least one person fills
	rowGap    = 16 // between two rows of stages, in a narrow place
)

// needs is the width at which every stage shows number and rate beside each other.
func (c *Funnel) needs(l look) float32 {
	width := float32(72)
	for i, s := range c.figures.Stages {
		number := l.width(c.value(i), numberStyle)
		if rate := c.rate(i); rate != "" {
			number += rateGap + l.width(rate, axisStyle)
		}
		width = max(width, number, min(l.width(s.Name, valueStyle), 140))
	}
	return width
}

// columns is how many stages stand beside each other in the given width: all, half of them, or one.
func (c *Funnel) columns(l look, width float32) int {
	needs, n := c.needs(l), len(c.figures.Stages)
	for _, columns := range [...]int{n, (n + 1) / 2} {
		if columns > 0 && needs*float32(columns)+stageGap*float32(columns-1) <= width {
			return columns
		}
	}
	return 1
}

func (c *Funnel) stageHeight(l look) float32 {
	height := l.line(valueStyle) + 4 + l.line(numberStyle) + 4 + stageBar
	for _, s := range c.figures.Stages {
		if s.Note != "" {
			return height + 6 + l.line(valueStyle)
		}
	}
	return height
}

func (c *Funnel) least(l look) fyne.Size {
	width := c.needs(l)
	if c.render != nil && c.render.size.Width > width {
		return fyne.NewSize(width, c.height(l, c.render.size.Width))
	}
	n := float32(len(c.figures.Stages))
	return fyne.NewSize(width, c.height(l, width*n+stageGap*max(n-1, 0)))
}

// height is what the funnel needs in the given width.
func (c *Funnel) height(l look, width float32) float32 {
	columns := c.columns(l, width)
	rows := max((len(c.figures.Stages)+columns-1)/columns, 1)
	return c.stageHeight(l)*float32(rows) + rowGap*float32(rows-1)
}

func (c *Funnel) value(i int) string {
	if v := c.figures.Stages[i].Value; !report.Missing(v) {
		return written(c.figures.Value, v)
	}
	return unknown
}

func (c *Funnel) rate(i int) string {
	if steps := c.shapes(); c.figures.Rate != nil && steps[i].Known && c.figures.Stages[i].Of != i {
		return c.figures.Rate(steps[i].Rate)
	}
	return ""
}

func (c *Funnel) shapes() []report.StageShape {
	values, of := make([]float64, c.count()), make([]int, c.count())
	for i, s := range c.figures.Stages {
		values[i], of[i] = s.Value, s.Of
	}
	return report.StageShapes(values, of)
}

func (c *Funnel) ink(i int) fyne.ThemeColorName {
	if chosen := c.figures.Stages[i].Color; chosen != "" {
		return chosen
	}
	if i > 0 && i == c.count()-1 {
		return theme.Chart2
	}
	return theme.Chart1
}

func (c *Funnel) draw(l look, area report.Frame) []fyne.CanvasObject {
	c.steps = c.shapes()
	n := c.count()
	columns := c.columns(l, float32(area.W))
	width := whole((float32(area.W) - stageGap*float32(columns-1)) / float32(columns))
	height := c.stageHeight(l)
	c.boxes = c.boxes[:0]
	var objects []fyne.CanvasObject
	for i := range n {
		x := whole(float32(i%columns) * (float32(area.W) + stageGap) / float32(columns))
		y := whole(float32(area.Y) + float32(i/columns)*(height+rowGap))
		c.boxes = append(c.boxes, report.Frame{X: float64(x), Y: float64(y), W: float64(width), H: float64(height)})
		objects = append(objects, c.drawStage(l, i, x, y, width)...)
		if i%columns > 0 {
			middle := y + l.line(valueStyle) + 4 + l.line(numberStyle)/2
			objects = append(objects, c.chevron(i, x-stageGap/2-8, middle-8))
		}
	}
	return objects
}

func (c *Funnel) drawStage(l look, i int, x, y, width float32) []fyne.CanvasObject {
	stage := c.figures.Stages[i]
	fit := func(s string) string {
		return shorten(s, width, func(s string) float32 { return l.width(s, valueStyle) })
	}
	name := l.text(fit(stage.Name), valueStyle)
	place(name, x, y)
	y += l.line(valueStyle) + 4
	number := l.text(c.value(i), numberStyle)
	row := l.line(numberStyle)
	place(number, x, y+(row-number.Size().Height)/2)
	objects := []fyne.CanvasObject{name, number}
	if rate := c.rate(i); rate != "" {
		text := l.text(rate, axisStyle)
		place(text, x+number.Size().Width+rateGap, y+(row-text.Size().Height)/2)
		objects = append(objects, text)
	}
	y += row + 4
	track := canvas.NewRectangle(l.color(theme.NeutralSoft))
	track.CornerRadius = stageBar / 2
	track.Resize(fyne.NewSize(width, stageBar))
	place(track, x, y)
	objects = append(objects, track)
	if share := float32(c.steps[i].Share); share > 0 {
		bar := canvas.NewRectangle(l.color(c.ink(i)))
		bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = stageBar/2, stageBar/2
		filled := max(whole(width*share), leastTrue)
		if share == 1 {
			bar.CornerRadius = stageBar / 2
		}
		bar.Resize(fyne.NewSize(filled, stageBar))
		place(bar, x, y)
		objects = append(objects, bar)
	}
	if stage.Note != "" {
		note := l.text(fit(stage.Note), valueStyle)
		place(note, x, y+stageBar+6)
		objects = append(objects, note)
	}
	return objects
}

// chevron is the arrow from one stage to the next.
func (c *Funnel) chevron(i int, x, y float32) fyne.CanvasObject {
	for len(c.arrows) <= i {
		c.arrows = append(c.arrows, canvas.NewRaster(func(w, h int) image.Image {
			s := float64(w) / 24
			sheet := newSheet(w, h)
			sheet.stroke(c.look.color(theme.Ink3), 2*s, []point{{9 * s, 6 * s}, {15 * s, 12 * s}, {9 * s, 18 * s}})
			return sheet.img
		}))
	}
	c.arrows[i].Resize(fyne.NewSquareSize(16))
	place(c.arrows[i], x, y)
	return c.arrows[i]
}

func (c *Funnel) nearest(at fyne.Position) int {
	return report.NearestFrame(c.boxes, float64(at.X), float64(at.Y))
}

func (c *Funnel) tell(i int) tip {
	stage := c.figures.Stages[i]
	t := tip{head: stage.Name, rows: []tipRow{{c.ink(i), stage.Note, c.value(i)}}}
	if rate := c.rate(i); rate != "" {
		of := c.figures.Stages[stage.Of].Name
		if c.figures.RateOf != nil {
			of = c.figures.RateOf(of)
		}
		t.rows = append(t.rows, tipRow{text: of, value: rate})
	}
	return t
}

func (c *Funnel) anchor(i int) fyne.Position {
	b := c.boxes[i]
	return fyne.NewPos(float32(b.X+b.W/2), float32(b.Y+b.H/2))
}

func (c *Funnel) mark(l look, i int) []fyne.CanvasObject {
	b := c.boxes[i]
	tint := canvas.NewRectangle(l.faded(theme.Ink, 0.05))
	tint.CornerRadius = theme.RadiusInput
	tint.Move(fyne.NewPos(float32(b.X)-6, float32(b.Y)-4))
	tint.Resize(fyne.NewSize(float32(b.W)+12, float32(b.H)+8))
	return []fyne.CanvasObject{tint}
}

package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Doughnut shows the parts of a whole: where messages ended up, why people were held back. Its legend says each part's
// value and share, so that nobody has to guess an angle.
type Doughnut struct {
	frame
	figures DoughnutFigures
	slices  []report.SliceShape
	ring    report.Frame // the square around it
	rows    []report.Frame
}

// DoughnutFigures is all that a doughnut shows.
type DoughnutFigures struct {
	Words
	Parts  []Part
	Value  func(v float64) string // a value with its unit
	Share  func(v float64) string // a share of the whole, 0 to 1
	Centre string                 // the big number in its hole
	Below  string                 // what that number counts
	Bare   bool                   // without its legend: the page says the values beside it
}

// Part is one slice.
type Part struct {
	Name  string
	Value float64
	Color fyne.ThemeColorName // empty: the next of the chart palette
}

// NewDoughnut returns a doughnut.
func NewDoughnut(figures DoughnutFigures) *Doughnut {
	c := &Doughnut{figures: figures}
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *Doughnut) Set(figures DoughnutFigures) {
	c.figures = figures
	c.changed()
}

func (c *Doughnut) copyFor(th *theme.Theme) Chart {
	copied := NewDoughnut(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *Doughnut) words() Words { return c.figures.Words }
func (c *Doughnut) keys() []key  { return nil }
func (c *Doughnut) count() int   { return len(c.figures.Parts) }
func (c *Doughnut) empty() bool  { return report.SliceShapes(c.values()) == nil }

func (c *Doughnut) values() []float64 {
	values := make([]float64, len(c.figures.Parts))
	for i, p := range c.figures.Parts {
		values[i] = p.Value
	}
	return values
}

const (
	smallestRing = 120
	largestRing  = 200
	hole         = 0.66 // of the radius
	ringGap      = 24   // between ring and legend
	leastSlice   = 1.6  // degrees that a slice is drawn wide at least
)

func (c *Doughnut) rowHeight(l look) float32 { return l.line(bodyStyle) + 8 }

func (c *Doughnut) legendHeight(l look) float32 {
	if c.figures.Bare {
		return 0
	}
	return c.rowHeight(l) * float32(len(c.figures.Parts))
}

// legendWidth is what the legend needs to show every name in full.
func (c *Doughnut) legendWidth(l look) (name, value, share float32) {
	for i, p := range c.figures.Parts {
		name = max(name, l.width(p.Name, bodyStyle))
		value = max(value, l.width(c.value(i), titleStyle))
		share = max(share, l.width(c.share(i), axisStyle))
	}
	return name, value, share
}

func (c *Doughnut) least(l look) fyne.Size {
	_, value, share := c.legendWidth(l)
	if c.figures.Bare {
		return fyne.NewSquareSize(smallestRing)
	}
	width := max(smallestRing, keyPill+6+60+tipGap+value+12+share)
	height := max(smallestRing, c.legendHeight(l))
	if c.render != nil && c.render.size.Width > 0 && !c.beside(l, c.render.size.Width) {
		height = smallestRing + ringGap/2 + c.legendHeight(l)
	}
	return fyne.NewSize(width, height)
}

// beside tells whether the legend fits to the right of the ring.
func (c *Doughnut) beside(l look, width float32) bool {
	name, value, share := c.legendWidth(l)
	return smallestRing+ringGap+keyPill+6+min(name, 90)+tipGap+value+12+share <= width
}

func (c *Doughnut) value(i int) string {
	if v := c.figures.Parts[i].Value; !report.Missing(v) {
		return written(c.figures.Value, v)
	}
	return unknown
}

func (c *Doughnut) share(i int) string {
	if c.figures.Share == nil {
		return ""
	}
	for _, s := range report.SliceShapes(c.values()) {
		if s.Index == i {
			return c.figures.Share(s.Share)
		}
	}
	if report.Missing(c.figures.Parts[i].Value) {
		return unknown
	}
	return c.figures.Share(0)
}

func (c *Doughnut) draw(l look, area report.Frame) []fyne.CanvasObject {
	c.slices = report.SliceShapes(c.values())
	w, h := float32(area.W), float32(area.H)
	legend := c.legendHeight(l)
	side := min(h, largestRing)
	x, y := float32(0), float32(area.Y)
	legendAt, legendRoom := fyne.NewPos(0, y+h-legend), w
	if c.figures.Bare {
		side = max(min(side, w), 1)
		x, y = (w-side)/2, y+(h-side)/2
	} else if c.beside(l, w) {
		name, value, share := c.legendWidth(l)
		needs := keyPill + 6 + name + tipGap + value + 12 + share
		side = max(min(side, w-ringGap-needs), min(side, smallestRing))
		legendAt = fyne.NewPos(side+ringGap, y+max((h-legend)/2, 0))
		legendRoom = min(w-side-ringGap, needs+48)
		y += (h - side) / 2
	} else {
		side = max(min(side, h-legend-ringGap/2), 1)
		x = (w - side) / 2
	}
	side = whole(side)
	c.ring = report.Frame{X: float64(whole(x)), Y: float64(whole(y)), W: float64(side), H: float64(side)}
	objects := c.drawRing(l)
	objects = append(objects, c.drawCentre(l)...)
	if c.figures.Bare {
		c.rows = nil
		return objects
	}
	return append(objects, c.drawLegend(l, legendAt, legendRoom)...)
}

func (c *Doughnut) drawRing(l look) []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(c.slices))
	for _, small := range [...]bool{false, true} {
		for _, s := range c.slices {
			if (s.End-s.Start < leastSlice) == small {
				objects = append(objects, c.drawSlice(l, s))
			}
		}
	}
	return objects
}

// drawSlice sets a slice apart by a line in the panel's colour. One that is thinner than that line is widened until it can
// be seen, and lies over its neighbours.
func (c *Doughnut) drawSlice(l look, s report.SliceShape) *canvas.Arc {
	if thin := s.End - s.Start; thin < leastSlice {
		s.Start, s.End = s.Start-(leastSlice-thin)/2, s.End+(leastSlice-thin)/2
	}
	a := canvas.NewArc(float32(s.Start), float32(s.End), hole, l.color(slot(c.figures.Parts[s.Index].Color, s.Index)))
	if s.End-s.Start > leastSlice && len(c.slices) > 1 {
		a.StrokeColor, a.StrokeWidth = l.color(theme.Panel), 1
	}
	a.Resize(fyne.NewSquareSize(float32(c.ring.W)))
	a.Move(fyne.NewPos(float32(c.ring.X), float32(c.ring.Y)))
	return a
}

func (c *Doughnut) drawCentre(l look) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	middleX, middleY := float32(c.ring.X+c.ring.W/2), float32(c.ring.Y+c.ring.H/2)
	room := float32(c.ring.W) * hole * 0.86
	number := l.text(c.figures.Centre, numberStyle)
	if number.Size().Width > room {
		small := numberStyle
		small.size = theme.SizeHeading
		number = l.text(c.figures.Centre, small)
	}
	below := l.text(shorten(c.figures.Below, room, func(s string) float32 { return l.width(s, valueStyle) }), valueStyle)
	height := number.Size().Height
	if c.figures.Below != "" {
		height += below.Size().Height - 4
	}
	if c.figures.Centre != "" {
		place(number, middleX-number.Size().Width/2, middleY-height/2)
		objects = append(objects, number)
	}
	if c.figures.Below != "" {
		place(below, middleX-below.Size().Width/2, middleY+height/2-below.Size().Height)
		objects = append(objects, below)
	}
	return objects
}

func (c *Doughnut) drawLegend(l look, at fyne.Position, width float32) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	_, widestValue, widestShare := c.legendWidth(l)
	row := c.rowHeight(l)
	c.rows = c.rows[:0]
	for i, p := range c.figures.Parts {
		y := at.Y + row*float32(i)
		c.rows = append(c.rows, report.Frame{X: float64(at.X), Y: float64(y), W: float64(width), H: float64(row)})
		pill := canvas.NewRectangle(l.color(slot(p.Color, i)))
		pill.CornerRadius = 2
		pill.Resize(fyne.NewSize(keyPill, 4))
		place(pill, at.X, y+row/2-2)
		share := l.text(c.share(i), axisStyle)
		place(share, at.X+width-share.Size().Width, y+(row-share.Size().Height)/2)
		value := l.text(c.value(i), titleStyle)
		place(value, at.X+width-widestShare-12-value.Size().Width, y+(row-value.Size().Height)/2)
		room := width - keyPill - 6 - tipGap - widestValue - 12 - widestShare
		name := l.text(shorten(p.Name, room, func(s string) float32 { return l.width(s, bodyStyle) }), bodyStyle)
		place(name, at.X+keyPill+6, y+(row-name.Size().Height)/2)
		objects = append(objects, pill, name, value, share)
	}
	return objects
}

// nearest finds a slice by its place in the ring, or by its row in the legend.
func (c *Doughnut) nearest(at fyne.Position) int {
	radius := c.ring.W / 2
	if i := report.SliceAt(c.slices, float64(at.X)-c.ring.X-radius, float64(at.Y)-c.ring.Y-radius, radius*hole, radius); i >= 0 {
		return c.slices[i].Index
	}
	for i, row := range c.rows {
		if row.Holds(float64(at.X), float64(at.Y)) {
			return i
		}
	}
	return -1
}

func (c *Doughnut) tell(i int) tip {
	p := c.figures.Parts[i]
	return tip{head: p.Name, rows: []tipRow{{slot(p.Color, i), c.share(i), c.value(i)}}}
}

func (c *Doughnut) anchor(i int) fyne.Position {
	radius := c.ring.W / 2
	for _, s := range c.slices {
		if s.Index == i {
			dx, dy := s.Middle(radius * (1 + hole) / 2)
			return fyne.NewPos(float32(c.ring.X+radius+dx), float32(c.ring.Y+radius+dy))
		}
	}
	if i < len(c.rows) {
		return fyne.NewPos(float32(c.rows[i].X), float32(c.rows[i].Y))
	}
	return fyne.NewPos(float32(c.ring.X+radius), float32(c.ring.Y+radius))
}

// mark veils all slices but the one that is pointed at.
func (c *Doughnut) mark(l look, i int) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, s := range c.slices {
		if s.Index == i {
			continue
		}
		veil := canvas.NewArc(float32(s.Start), float32(s.End), hole, l.faded(theme.Panel, 0.6))
		veil.Resize(fyne.NewSquareSize(float32(c.ring.W)))
		veil.Move(fyne.NewPos(float32(c.ring.X), float32(c.ring.Y)))
		objects = append(objects, veil)
	}
	return objects
}

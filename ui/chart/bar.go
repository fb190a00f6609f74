package chart

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Bar compares days, months or groups: redemptions by day, sales and cost by month. Values stand above the bars where they
// fit; otherwise grid lines say how high a bar is.
type Bar struct {
	frame
	figures BarFigures
	plot    report.Frame
	axis    report.Axis
	grid    bool // lines with values at the left, instead of values above the bars
	picture picture
}

// BarFigures is all that a bar chart shows. Functions may be called often and must be quick.
type BarFigures struct {
	Words
	Unit    Unit
	Series  []Series // bars beside each other in each group; Dashed and End mean nothing here
	Stacked bool     // bars on each other instead, the first series at the bottom
	Bands   []Band   // groups on a ground of their own

	Label func(i, before int) string // names group i under the axis, as in LineFigures
	Name  func(i int) string         // group i in full, over its values; nil: Label(i, -1)
	Value func(v float64) string     // a value with its unit
	Tick  func(v float64) string     // a value at a grid line; nil: Value
	Above func(v float64) string     // a value above its bar (a stack's total), short: "$2.9k"; nil: none
}

// NewBar returns a bar chart.
func NewBar(figures BarFigures) *Bar {
	c := &Bar{figures: figures}
	c.picture.paint = c.paint
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *Bar) Set(figures BarFigures) {
	c.figures = figures
	c.changed()
}

func (c *Bar) copyFor(th *theme.Theme) Chart {
	copied := NewBar(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *Bar) words() Words        { return c.figures.Words }
func (c *Bar) values() [][]float64 { return valuesOf(c.figures.Series) }
func (c *Bar) count() int          { return longest(c.figures.Series) }

// keys are in the order in which the eye meets the bars: a stack's from its top down.
func (c *Bar) keys() []key {
	keys := keysOf(c.figures.Series)
	if c.figures.Stacked {
		slices.Reverse(keys)
	}
	return keys
}

func (c *Bar) empty() bool {
	_, _, any := report.ValueSpan(c.values()...)
	return !any
}

const (
	aboveRoom  = 20 // over the tallest bar, for its value
	nameApart  = 6  // between two groups' names when all fit
	sparseName = 40 // between two names when only some do
)

func (c *Bar) least(l look) fyne.Size {
	return fyne.NewSize(120, l.grow(xLabelRoom)+topRoom+64)
}

func (c *Bar) span() (lo, hi float64) {
	if c.figures.Stacked {
		lo, hi, _ = report.StackSpan(c.values()...)
	} else {
		lo, hi, _ = report.ValueSpan(c.values()...)
	}
	return lo, hi
}

func (c *Bar) draw(l look, area report.Frame) []fyne.CanvasObject {
	n := c.count()
	lo, hi := c.span()
	bottom := float64(l.grow(xLabelRoom))
	c.plot = report.Frame{X: area.X, Y: area.Y + topRoom, W: math.Floor(area.W), H: max(area.H-topRoom-bottom, 1)}
	var objects []fyne.CanvasObject
	above := c.aboveTexts(l, n)
	c.grid = above == nil
	if c.grid {
		c.axis = c.figures.Unit.axis(lo, hi, int(area.H/60))
		ticks, gutter := tickTexts(l, c.axis, c.plot, area.X, c.tick)
		objects = append(objects, ticks...)
		c.plot.X += gutter
		c.plot.W = max(math.Floor(c.plot.W-gutter-c.overhang(l, n)), 1)
	} else {
		// The tallest bar reaches the top, with its value above it; no grid, so no round figures are needed.
		c.axis = report.Axis{Min: min(lo, 0), Max: max(hi, 0)}
		if c.axis.Max == c.axis.Min {
			c.axis.Max = 1
		}
		room := float64(l.grow(aboveRoom))
		if lo < 0 {
			c.plot.H = max(c.plot.H-room, 1)
		}
		c.plot.Y, c.plot.H = c.plot.Y+room-topRoom, max(c.plot.H-room+topRoom, 1)
	}
	objects = append(objects, c.picture.object(c.plot))
	names := report.AxisLabels{
		N: n, At: func(i int) float64 { return c.plot.BarMiddle(i, n) }, Text: c.label,
		Apart: nameApart, From: area.X, To: area.X + area.W,
	}
	if !c.allNamesFit(l, names) {
		names.Apart = sparseName
	}
	foot := report.Frame{Y: area.Y, H: area.H - bottom}
	objects = append(objects, xTexts(l, names, foot)...)
	if !c.grid {
		objects = append(objects, c.placeAbove(above, n)...)
	}
	return append(objects, c.bandTexts(l, n)...)
}

// overhang is how far the last name reaches beyond its bar's room, so that it can stand in the bar's middle.
func (c *Bar) overhang(l look, n int) float64 {
	if n == 0 {
		return 0
	}
	room := c.plot.W / float64(n)
	return math.Ceil(max((float64(l.width(c.label(n-1, -1), axisStyle))-room)/2, 0))
}

func (c *Bar) allNamesFit(l look, names report.AxisLabels) bool {
	if names.N > 40 {
		return false
	}
	names.Width = func(s string) float64 { return float64(l.width(s, axisStyle)) }
	return len(names.Pick()) == names.N
}

// aboveTexts writes the value of each bar; nil when they wouldn't fit above them.
func (c *Bar) aboveTexts(l look, n int) []*canvas.Text {
	if c.figures.Above == nil || n == 0 || n > 60 || len(c.figures.Series) > 1 && !c.figures.Stacked {
		return nil
	}
	room := float32(c.plot.W) / float32(n)
	texts := make([]*canvas.Text, n)
	for i := range n {
		total, ok := c.total(i)
		if !ok {
			continue
		}
		texts[i] = l.text(c.figures.Above(total), valueStyle)
		if texts[i].Size().Width+4 > room {
			return nil
		}
	}
	return texts
}

func (c *Bar) total(i int) (total float64, ok bool) {
	for _, s := range c.figures.Series {
		if i < len(s.Values) && !report.Missing(s.Values[i]) {
			total, ok = total+s.Values[i], true
		}
	}
	return total, ok
}

// placeAbove puts values over the bars, under those that hang below nought.
func (c *Bar) placeAbove(texts []*canvas.Text, n int) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i, text := range texts {
		if text == nil {
			continue
		}
		top, bottom := c.ends(i)
		y := float32(top) - text.Size().Height - 2
		if total, _ := c.total(i); total < 0 {
			y = float32(bottom) + 2
		}
		place(text, float32(c.plot.BarMiddle(i, n))-text.Size().Width/2, y)
		objects = append(objects, text)
	}
	return objects
}

// ends returns how far up and down group i reaches.
func (c *Bar) ends(i int) (top, bottom float64) {
	var lo, hi, below, above float64
	for _, s := range c.figures.Series {
		if i >= len(s.Values) || report.Missing(s.Values[i]) {
			continue
		}
		v := s.Values[i]
		lo, hi = min(lo, v), max(hi, v)
		below, above = below+min(v, 0), above+max(v, 0)
	}
	if c.figures.Stacked {
		lo, hi = below, above
	}
	return c.plot.Height(c.axis, hi), c.plot.Height(c.axis, lo)
}

func (c *Bar) label(i, before int) string {
	if c.figures.Label == nil {
		return ""
	}
	return c.figures.Label(i, before)
}

func (c *Bar) tick(v float64) string {
	if c.figures.Tick != nil {
		return c.figures.Tick(v)
	}
	return written(c.figures.Value, v)
}

func (c *Bar) shapes(plot report.Frame) []report.BarShape {
	if c.figures.Stacked {
		return report.StackedBars(c.values(), plot, c.axis)
	}
	return report.GroupedBars(c.values(), plot, c.axis)
}

const barRadius = 3

// paint draws grid and bars; bars begin and end on whole device pixels, so that their sides are sharp.
func (c *Bar) paint(sheet *sheet, s float64, plot report.Frame) {
	c.paintBands(sheet, s, plot)
	if c.grid {
		grid(sheet, s, plot, c.axis, c.look.color(theme.Line))
	}
	for _, b := range c.shapes(plot) {
		ink := c.look.color(slot(c.figures.Series[b.Series].Color, b.Series))
		x0, x1 := math.Round(b.X), math.Round(b.X+b.W)
		y0, y1 := math.Round(b.Y), math.Round(b.Y+b.H)
		if x1-x0 < 1 {
			x1 = x0 + 1
		}
		if y1-y0 < 1 {
			y0 = y1 - 1
		}
		radius := 0.0
		if b.Outer && b.W > 4*s {
			radius = barRadius * s
		}
		sheet.bar(ink, x0, y0, x1, y1, radius, b.Down)
	}
	if !c.grid {
		thick := max(math.Round(s), 1)
		y := math.Round(plot.Height(c.axis, 0) - thick/2)
		sheet.box(c.look.color(theme.Line), plot.X, y, plot.X+plot.W, y+thick)
	}
}

func (c *Bar) nearest(at fyne.Position) int {
	return c.plot.NearestBar(float64(at.X), c.count())
}

func (c *Bar) tell(i int) tip {
	t := tellSeries(c.figures.Series, i, c.figures.Name, c.label, c.figures.Value)
	if c.figures.Stacked {
		slices.Reverse(t.rows)
	}
	return t
}

func (c *Bar) anchor(i int) fyne.Position {
	top, _ := c.ends(i)
	return fyne.NewPos(float32(c.plot.BarMiddle(i, c.count())), float32(top))
}

// mark tints the room of a whole group, so that a bar of nought can be found too.
func (c *Bar) mark(l look, i int) []fyne.CanvasObject {
	room := float32(c.plot.W) / float32(max(c.count(), 1))
	tint := canvas.NewRectangle(l.faded(theme.Ink, 0.08))
	tint.CornerRadius = min(theme.RadiusTag, room/2)
	tint.Resize(fyne.NewSize(max(room, 2), float32(c.plot.H)))
	tint.Move(fyne.NewPos(float32(c.plot.X)+room*float32(i), float32(c.plot.Y)))
	return []fyne.CanvasObject{tint}
}

package chart

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Line shows how something went over time: opens and redemptions by day. The first series is filled below; a missing
// value (NaN) is a gap. Ten thousand points are drawn as fast as ten.
type Line struct {
	frame
	figures LineFigures
	plot    report.Frame // where the lines run, in the chart
	axis    report.Axis
	picture picture
}

// LineFigures is all that a line chart shows. Functions may be called often and must be quick.
type LineFigures struct {
	Words
	Unit   Unit
	Series []Series
	Marks  []Mark

	Label func(i, before int) string // names point i under the axis; before is the point named to its left, -1 for none; empty: never named (report.DayLabels)
	Name  func(i int) string         // point i in full, over its values; nil: Label(i, -1)
	Value func(v float64) string     // a value with its unit
	Tick  func(v float64) string     // a value at a grid line; nil: Value
}

// Series is one line, or one bar of each group.
type Series struct {
	Name   string
	Key    string // in the legend; empty: Name
	Values []float64
	Color  fyne.ThemeColorName // empty: the next of the chart palette
	Dashed bool                // for what is told apart, such as link previews; lines only
	End    string              // text beside the last point; lines only
}

// Mark is a moment worth knowing: "Reminders began 10 Aug".
type Mark struct {
	Index int
	Text  string
}

// NewLine returns a line chart.
func NewLine(figures LineFigures) *Line {
	c := &Line{figures: figures}
	c.picture.paint = c.paint
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *Line) Set(figures LineFigures) {
	c.figures = figures
	c.changed()
}

func (c *Line) copyFor(th *theme.Theme) Chart {
	copied := NewLine(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *Line) words() Words { return c.figures.Words }

func (c *Line) values() [][]float64 { return valuesOf(c.figures.Series) }

func (c *Line) empty() bool {
	_, _, any := report.ValueSpan(c.values()...)
	return !any
}

func (c *Line) keys() []key { return keysOf(c.figures.Series) }

func (c *Line) count() int { return longest(c.figures.Series) }

const (
	xLabelRoom = 24 // under the plot
	topRoom    = 8  // above it, for half a tick's text
	besideTick = 8  // between a tick's text and its line
	labelApart = 56 // between two days under the axis
	spill      = 6  // pixels of the picture beyond the plot, for dots at its edge
)

func (c *Line) least(l look) fyne.Size {
	return fyne.NewSize(160, l.grow(xLabelRoom)+topRoom+72)
}

func (c *Line) draw(l look, area report.Frame) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	lo, hi, _ := report.ValueSpan(c.values()...)
	bottom := float64(l.grow(xLabelRoom))
	c.plot = report.Frame{X: area.X, Y: area.Y + topRoom, W: area.W, H: max(area.H-topRoom-bottom, 1)}
	c.axis = c.figures.Unit.axis(lo, hi, int(area.H/60))

	ticks, gutter := tickTexts(l, c.axis, c.plot, area.X, c.tick)
	objects = append(objects, ticks...)
	right := float64(spill)
	n := c.count()
	if n > 0 {
		right = max(right, math.Ceil(float64(l.width(c.label(n-1, -1), axisStyle))/2))
	}
	for _, s := range c.figures.Series {
		if s.End != "" {
			right = max(right, math.Ceil(float64(l.width(s.End, strongStyle)))+10)
		}
	}
	c.plot.X += gutter
	c.plot.W = max(math.Floor(c.plot.W-gutter-right), 1)

	raster := c.picture.object(c.plot)
	objects = append(objects, raster)
	objects = append(objects, xTexts(l, report.AxisLabels{
		N: n, At: func(i int) float64 { return c.plot.Across(i, n) }, Text: c.label,
		Apart: labelApart, From: area.X, To: area.X + area.W,
	}, c.plot)...)
	objects = append(objects, c.ends(l)...)
	return append(objects, c.marks(l)...)
}

func (c *Line) label(i, before int) string {
	if c.figures.Label == nil {
		return ""
	}
	return c.figures.Label(i, before)
}

func (c *Line) tick(v float64) string {
	if c.figures.Tick != nil {
		return c.figures.Tick(v)
	}
	return written(c.figures.Value, v)
}

// ends writes the last values beside their points, pushed apart where they would overlap.
func (c *Line) ends(l look) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	below := float32(math.Inf(-1))
	for i, s := range c.figures.Series {
		dot, ok := c.last(s)
		if s.End == "" || !ok {
			continue
		}
		st := strongStyle
		if slot(s.Color, i) == theme.Chart1 {
			st.color = theme.Accent // the only slot that may be read as text
		}
		text := l.text(s.End, st)
		y := max(float32(dot.Y)-text.Size().Height/2, below)
		place(text, float32(dot.X)+9, y)
		below = y + l.line(st)
		objects = append(objects, text)
	}
	return objects
}

func (c *Line) last(s Series) (dot report.Dot, ok bool) {
	n := c.count()
	for i := len(s.Values) - 1; i >= 0; i-- {
		if !report.Missing(s.Values[i]) {
			return report.Dot{X: c.plot.Across(i, n), Y: c.plot.Height(c.axis, s.Values[i]), Index: i}, true
		}
	}
	return dot, false
}

// marks writes the texts of the dashed upright lines, at their foot, on the side where there is room.
func (c *Line) marks(l look) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, m := range c.figures.Marks {
		if m.Index < 0 || m.Index >= c.count() || m.Text == "" {
			continue
		}
		x, right := float32(c.plot.Across(m.Index, c.count())), float32(c.plot.X+c.plot.W)
		text := l.text(shorten(m.Text, float32(c.plot.W), func(s string) float32 { return l.width(s, valueStyle) }), valueStyle)
		at := x + 8
		if at+text.Size().Width > right {
			at = max(x-8-text.Size().Width, float32(c.plot.X))
		}
		place(text, at, float32(c.plot.Y+c.plot.H)-text.Size().Height-6)
		objects = append(objects, text)
	}
	return objects
}

// paint draws grid, area, lines and dots on a sheet of s device pixels a pixel.
func (c *Line) paint(sheet *sheet, s float64, plot report.Frame) {
	l := c.look
	grid(sheet, s, plot, c.axis, l.color(theme.Line))
	for _, m := range c.figures.Marks {
		if m.Index >= 0 && m.Index < c.count() {
			x := plot.Across(m.Index, c.count())
			sheet.dashes(l.color(theme.Chart2), 2*s, 4*s, 3*s, []point{{x, plot.Y}, {x, plot.Y + plot.H}})
		}
	}
	filled := false
	for _, dashed := range [...]bool{true, false} {
		for i, series := range c.figures.Series {
			if series.Dashed == dashed {
				c.paintSeries(sheet, s, plot, i, !dashed && !filled)
				filled = filled || !dashed
			}
		}
	}
	for _, dashed := range [...]bool{true, false} {
		for i, series := range c.figures.Series {
			if series.Dashed != dashed {
				continue
			}
			if dot, ok := c.last(series); ok {
				x, y := plot.Across(dot.Index, c.count()), plot.Height(c.axis, series.Values[dot.Index])
				sheet.disc(l.color(slot(series.Color, i)), x, y, 4*s)
			}
		}
	}
}

func (c *Line) paintSeries(sheet *sheet, s float64, plot report.Frame, i int, area bool) {
	series := c.figures.Series[i]
	ink := c.look.color(slot(series.Color, i))
	tint := c.look.faded(slot(series.Color, i), 0.1)
	floor := plot.Height(c.axis, 0)
	n := c.count()
	if columns := int(plot.W); len(series.Values) > 2*columns && len(series.Values) == n {
		c.paintColumns(sheet, s, plot, i, area)
		return
	}
	for _, run := range report.LineDots(series.Values, n, plot, c.axis) {
		through := make([]point, len(run), len(run)+2)
		for k, d := range run {
			through[k] = point{d.X, d.Y}
		}
		if area && len(run) > 1 {
			sheet.fill(tint, append(through, point{run[len(run)-1].X, floor}, point{run[0].X, floor}))
		}
		switch {
		case len(run) == 1:
			sheet.disc(ink, run[0].X, run[0].Y, 3*s)
		case series.Dashed:
			sheet.dashes(ink, 2*s, 5*s, 4*s, through)
		default:
			sheet.stroke(ink, 2*s, through)
		}
	}
}

// paintColumns draws more values than there are pixels as a band from the lowest to the highest of each column.
func (c *Line) paintColumns(sheet *sheet, s float64, plot report.Frame, i int, area bool) {
	series := c.figures.Series[i]
	ink := c.look.color(slot(series.Color, i))
	tint := c.look.faded(slot(series.Color, i), 0.1)
	floor := plot.Height(c.axis, 0)
	for _, run := range report.LineColumns(series.Values, plot, c.axis, int(plot.W)) {
		var upper, lower, filling []point
		for _, column := range run {
			upper = append(upper, point{column.X, column.Top - s})
			lower = append(lower, point{column.X, column.Bottom + s})
			filling = append(filling, point{column.X, (column.Top + column.Bottom) / 2})
		}
		if area {
			first, last := filling[0].x, filling[len(filling)-1].x
			sheet.fill(tint, append(filling, point{last, floor}, point{first, floor}))
		}
		for on := 0; on < len(run); {
			off := len(run)
			if series.Dashed {
				off = min(on+int(5*s)+1, len(run))
			}
			band := append([]point{}, upper[on:off]...)
			for k := off - 1; k >= on; k-- {
				band = append(band, lower[k])
			}
			if off-on > 1 {
				sheet.fill(ink, band)
			} else {
				sheet.box(ink, upper[on].x-s/2, upper[on].y, upper[on].x+s/2, lower[on].y)
			}
			on = off
			if series.Dashed {
				on += int(4 * s)
			}
		}
	}
}

func (c *Line) nearest(at fyne.Position) int {
	_, i := report.NearestDot(c.values(), c.count(), c.plot, c.axis, float64(at.X), float64(at.Y))
	return i
}

func (c *Line) tell(i int) tip {
	return tellSeries(c.figures.Series, i, c.figures.Name, c.label, c.figures.Value)
}

func (c *Line) anchor(i int) fyne.Position {
	y := c.plot.Y + c.plot.H/2
	for _, s := range c.figures.Series {
		if i < len(s.Values) && !report.Missing(s.Values[i]) {
			y = c.plot.Height(c.axis, s.Values[i])
			break
		}
	}
	return fyne.NewPos(float32(c.plot.Across(i, c.count())), float32(y))
}

func (c *Line) mark(l look, i int) []fyne.CanvasObject {
	x := float32(c.plot.Across(i, c.count()))
	rule := canvas.NewRectangle(l.color(theme.LineStrong))
	rule.Resize(fyne.NewSize(1, float32(c.plot.H)))
	place(rule, x, float32(c.plot.Y))
	objects := []fyne.CanvasObject{rule}
	for k, s := range c.figures.Series {
		if i >= len(s.Values) || report.Missing(s.Values[i]) {
			continue
		}
		dot := canvas.NewCircle(l.color(slot(s.Color, k)))
		dot.StrokeColor, dot.StrokeWidth = l.color(theme.Panel), 2
		dot.Resize(fyne.NewSquareSize(12))
		dot.Move(fyne.NewPos(x-6, float32(c.plot.Height(c.axis, s.Values[i]))-6))
		objects = append(objects, dot)
	}
	return objects
}

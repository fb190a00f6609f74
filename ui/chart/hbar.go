package chart

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// HBar compares named things, each on a line of its own: how many people of each group redeemed. The name stands at the
// left, then the bar on its track, the value, and what it was taken of.
type HBar struct {
	frame
	figures HBarFigures
	rows    []report.Frame
}

// HBarFigures is all that horizontal bars show.
type HBarFigures struct {
	Words
	Unit  Unit
	Rows  []HBarRow
	Value func(v float64) string // a value with its unit
	Of    string                 // what the numbers at the end count, in the tooltip: "people reached"
}

// HBarRow is one line.
type HBarRow struct {
	Name  string
	Value float64             // NaN: not known, an empty track
	Of    string              // at the end, pale: how many people that is taken of
	Color fyne.ThemeColorName // empty: slot 1
}

// NewHBar returns horizontal bars.
func NewHBar(figures HBarFigures) *HBar {
	c := &HBar{figures: figures}
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *HBar) Set(figures HBarFigures) {
	c.figures = figures
	c.changed()
}

func (c *HBar) copyFor(th *theme.Theme) Chart {
	copied := NewHBar(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *HBar) words() Words { return c.figures.Words }
func (c *HBar) keys() []key  { return nil }
func (c *HBar) count() int   { return len(c.figures.Rows) }
func (c *HBar) empty() bool {
	_, _, any := report.ValueSpan(c.values())
	return !any
}

func (c *HBar) values() []float64 {
	values := make([]float64, len(c.figures.Rows))
	for i, r := range c.figures.Rows {
		values[i] = r.Value
	}
	return values
}

const (
	hbarTrack = 8
	hbarLeast = 48 // narrowest track
	hbarRow   = 22 // least height of a row
	hbarTall  = 32
	hbarGap   = 12
)

// widths are what names, values and numbers need to be shown in full.
func (c *HBar) widths(l look) (name, value, of float32) {
	for i, r := range c.figures.Rows {
		name = max(name, l.width(r.Name, bodyStyle))
		value = max(value, l.width(c.value(i), titleStyle))
		of = max(of, l.width(r.Of, axisStyle))
	}
	return name, value, of
}

func (c *HBar) least(l look) fyne.Size {
	_, value, of := c.widths(l)
	rows := float32(max(c.count(), 3))
	return fyne.NewSize(60+hbarGap+hbarLeast+hbarGap+value+hbarGap+of, rows*l.grow(hbarRow))
}

func (c *HBar) value(i int) string {
	if v := c.figures.Rows[i].Value; !report.Missing(v) {
		return written(c.figures.Value, v)
	}
	return unknown
}

func (c *HBar) draw(l look, area report.Frame) []fyne.CanvasObject {
	n := c.count()
	_, hi, _ := report.ValueSpan(c.values())
	axis := c.figures.Unit.axis(0, hi, 4)
	name, value, of := c.widths(l)
	wide := float32(area.W)
	fixed := value + 2*hbarGap
	if of > 0 {
		fixed += of + hbarGap
	}
	name = min(name, max((wide-fixed)*0.6, 40))
	track := max(wide-fixed-name, 1)
	high := min(float32(area.H)/float32(max(n, 1)), l.grow(hbarTall))
	c.rows = c.rows[:0]
	var objects []fyne.CanvasObject
	for i, r := range c.figures.Rows {
		y := float32(area.Y) + high*float32(i)
		c.rows = append(c.rows, report.Frame{Y: float64(y), W: area.W, H: float64(high)})
		middle := func(t *canvas.Text, x float32) fyne.CanvasObject {
			place(t, x, y+(high-t.Size().Height)/2)
			return t
		}
		objects = append(objects, middle(l.text(shorten(r.Name, name, func(s string) float32 { return l.width(s, bodyStyle) }), bodyStyle), 0))
		x := name + hbarGap
		back := canvas.NewRectangle(l.color(theme.NeutralSoft))
		back.CornerRadius = hbarTrack / 2
		back.Resize(fyne.NewSize(whole(track), hbarTrack))
		place(back, x, y+(high-hbarTrack)/2)
		objects = append(objects, back)
		if share := float32(axis.Share(r.Value)); share > 0 {
			color := r.Color
			if color == "" {
				color = theme.Chart1
			}
			bar := canvas.NewRectangle(l.color(color))
			bar.TopLeftCornerRadius, bar.BottomLeftCornerRadius = hbarTrack/2, hbarTrack/2
			if share == 1 {
				bar.CornerRadius = hbarTrack / 2
			}
			bar.Resize(fyne.NewSize(max(whole(track*share), leastTrue), hbarTrack))
			place(bar, x, y+(high-hbarTrack)/2)
			objects = append(objects, bar)
		}
		x += track + hbarGap
		v := l.text(c.value(i), titleStyle)
		objects = append(objects, middle(v, x+value-v.Size().Width))
		if r.Of != "" {
			o := l.text(r.Of, axisStyle)
			objects = append(objects, middle(o, wide-o.Size().Width))
		}
	}
	return objects
}

func (c *HBar) nearest(at fyne.Position) int {
	for i, row := range c.rows {
		if row.Holds(math.Max(float64(at.X), 0), float64(at.Y)) {
			return i
		}
	}
	return -1
}

func (c *HBar) tell(i int) tip {
	r := c.figures.Rows[i]
	color := r.Color
	if color == "" {
		color = theme.Chart1
	}
	t := tip{head: r.Name, rows: []tipRow{{color, "", c.value(i)}}}
	if r.Of != "" {
		t.rows = append(t.rows, tipRow{text: c.figures.Of, value: r.Of})
	}
	return t
}

func (c *HBar) anchor(i int) fyne.Position {
	row := c.rows[i]
	return fyne.NewPos(float32(row.W/2), float32(row.Y+row.H/2))
}

func (c *HBar) mark(l look, i int) []fyne.CanvasObject {
	row := c.rows[i]
	tint := canvas.NewRectangle(l.faded(theme.Ink, 0.05))
	tint.CornerRadius = theme.RadiusTag
	tint.Move(fyne.NewPos(-6, float32(row.Y)))
	tint.Resize(fyne.NewSize(float32(row.W)+12, float32(row.H)))
	return []fyne.CanvasObject{tint}
}

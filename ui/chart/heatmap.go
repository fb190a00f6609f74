package chart

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// HeatMap shows how much happens when: a row for each weekday, a column for each hour, the darker the more. The best
// place is outlined, so that nobody has to compare two shades.
type HeatMap struct {
	frame
	figures HeatMapFigures
	cells   report.Frame
}

// HeatMapFigures is all that a heat map shows. Functions may be called often and must be quick.
type HeatMapFigures struct {
	Words
	Rows    []string                  // names at the left, top to bottom: "Mon"
	Columns []string                  // names under the map: "9"
	Values  [][]float64               // by row and column
	Best    [2]int                    // row and column that is outlined; a row of -1 for none
	Name    func(row, col int) string // a place in full: "Thursday 10:00–11:00"
	Tell    func(row, col int) []Told // what the tooltip says of it; nil: its value
	Value   func(v float64) string    // a value with its unit
}

// Told is one line of a tooltip.
type Told struct{ Name, Value string }

// NewHeatMap returns a heat map.
func NewHeatMap(figures HeatMapFigures) *HeatMap {
	c := &HeatMap{figures: figures}
	c.extend(c)
	return c
}

// Set shows other figures.
func (c *HeatMap) Set(figures HeatMapFigures) {
	c.figures = figures
	c.changed()
}

func (c *HeatMap) copyFor(th *theme.Theme) Chart {
	copied := NewHeatMap(c.figures)
	copied.look.pinned = th
	return copied
}

func (c *HeatMap) words() Words { return c.figures.Words }
func (c *HeatMap) keys() []key  { return nil }
func (c *HeatMap) count() int   { return len(c.figures.Rows) * len(c.figures.Columns) }
func (c *HeatMap) empty() bool {
	_, hi, any := report.ValueSpan(c.figures.Values...)
	return !any || hi <= 0 || c.count() == 0
}

const (
	heatGap   = 3   // between two cells, at most
	heatRow   = 14  // least height of a cell
	heatTall  = 34  // most
	faintest  = .06 // opacity of a cell where nothing happens
	heatNames = 8   // between a row's name and its first cell
)

func (c *HeatMap) least(l look) fyne.Size {
	return fyne.NewSize(c.gutter(l)+8*float32(len(c.figures.Columns)), l.grow(heatRow)*float32(len(c.figures.Rows))+l.grow(xLabelRoom))
}

// gutter is the room that the rows' names take.
func (c *HeatMap) gutter(l look) float32 {
	widest := float32(0)
	for _, s := range c.figures.Rows {
		widest = max(widest, l.width(s, axisStyle))
	}
	return float32(math.Ceil(float64(widest))) + heatNames
}

func (c *HeatMap) amount(row, col int) float64 {
	if row < 0 || row >= len(c.figures.Values) || col < 0 || col >= len(c.figures.Values[row]) {
		return math.NaN()
	}
	return c.figures.Values[row][col]
}

// box is the place of a cell. Its sides lie on whole pixels, so that the gaps are equally sharp.
func (c *HeatMap) box(row, col int) (x, y, w, h float32) {
	rows, cols := float64(len(c.figures.Rows)), float64(len(c.figures.Columns))
	gap := min(heatGap, c.cells.W/cols/4)
	x0, x1 := math.Round(c.cells.X+c.cells.W*float64(col)/cols), math.Round(c.cells.X+c.cells.W*float64(col+1)/cols)
	y0, y1 := math.Round(c.cells.Y+c.cells.H*float64(row)/rows), math.Round(c.cells.Y+c.cells.H*float64(row+1)/rows)
	return float32(x0), float32(y0), float32(max(x1-x0-gap, 1)), float32(max(y1-y0-gap, 1))
}

func (c *HeatMap) draw(l look, area report.Frame) []fyne.CanvasObject {
	rows, cols := len(c.figures.Rows), len(c.figures.Columns)
	gutter, foot := float64(c.gutter(l)), float64(l.grow(xLabelRoom))
	high := min(max(area.H-foot, 1), float64(rows)*float64(l.grow(heatTall)))
	c.cells = report.Frame{X: area.X + gutter, Y: area.Y, W: max(area.W-gutter, 1), H: high}
	_, most, _ := report.ValueSpan(c.figures.Values...)
	var objects []fyne.CanvasObject
	for row, name := range c.figures.Rows {
		_, y, _, h := c.box(row, 0)
		text := l.text(name, axisStyle)
		place(text, float32(area.X), y+(h-text.Size().Height)/2)
		objects = append(objects, text)
		for col := range cols {
			share := float32(0)
			if v := c.amount(row, col); !report.Missing(v) && most > 0 {
				share = float32(max(v, 0) / most)
			}
			x, y, w, h := c.box(row, col)
			cell := canvas.NewRectangle(l.faded(theme.Chart1, faintest+(1-faintest)*share))
			cell.CornerRadius = min(theme.RadiusTag, w/4)
			cell.Resize(fyne.NewSize(w, h))
			cell.Move(fyne.NewPos(x, y))
			objects = append(objects, cell)
		}
	}
	names := report.AxisLabels{
		N: cols, At: func(i int) float64 { x, _, w, _ := c.box(0, i); return float64(x + w/2) },
		Text: func(i, _ int) string { return c.figures.Columns[i] }, Apart: nameApart, From: area.X, To: area.X + area.W,
	}
	objects = append(objects, xTexts(l, names, report.Frame{Y: c.cells.Y, H: c.cells.H - 2})...)
	if c.figures.Best[0] >= 0 && c.figures.Best[0] < rows && c.figures.Best[1] < cols {
		objects = append(objects, c.ring(l, c.figures.Best[0], c.figures.Best[1], theme.Chart2))
	}
	return objects
}

// ring outlines a cell.
func (c *HeatMap) ring(l look, row, col int, color fyne.ThemeColorName) fyne.CanvasObject {
	x, y, w, h := c.box(row, col)
	ring := canvas.NewRectangle(nil)
	ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = l.color(color), 2, theme.RadiusTag
	ring.Resize(fyne.NewSize(w+4, h+4))
	ring.Move(fyne.NewPos(x-2, y-2))
	return ring
}

func (c *HeatMap) place(i int) (row, col int) {
	n := max(len(c.figures.Columns), 1)
	return i / n, i % n
}

func (c *HeatMap) nearest(at fyne.Position) int {
	if !c.cells.Holds(float64(at.X), float64(at.Y)) {
		return -1
	}
	rows, cols := len(c.figures.Rows), len(c.figures.Columns)
	row := min(int((float64(at.Y)-c.cells.Y)/c.cells.H*float64(rows)), rows-1)
	col := min(int((float64(at.X)-c.cells.X)/c.cells.W*float64(cols)), cols-1)
	return row*cols + col
}

func (c *HeatMap) tell(i int) tip {
	row, col := c.place(i)
	t := tip{head: c.figures.Rows[row] + " " + c.figures.Columns[col]}
	if c.figures.Name != nil {
		t.head = c.figures.Name(row, col)
	}
	if c.figures.Tell != nil {
		for _, line := range c.figures.Tell(row, col) {
			t.rows = append(t.rows, tipRow{text: line.Name, value: line.Value})
		}
		return t
	}
	value := unknown
	if v := c.amount(row, col); !report.Missing(v) {
		value = written(c.figures.Value, v)
	}
	t.rows = append(t.rows, tipRow{theme.Chart1, "", value})
	return t
}

func (c *HeatMap) anchor(i int) fyne.Position {
	x, y, w, h := c.box(c.place(i))
	return fyne.NewPos(x+w/2, y+h/2)
}

func (c *HeatMap) mark(l look, i int) []fyne.CanvasObject {
	row, col := c.place(i)
	return []fyne.CanvasObject{c.ring(l, row, col, theme.Accent)}
}

// TypedKey steps through the map: Left and Right by the hour, Up and Down by the day.
func (c *HeatMap) TypedKey(e *fyne.KeyEvent) {
	step := 0
	switch e.Name {
	case fyne.KeyUp:
		step = -len(c.figures.Columns)
	case fyne.KeyDown:
		step = len(c.figures.Columns)
	}
	if step == 0 || c.at < 0 || c.empty() {
		c.frame.TypedKey(e)
		return
	}
	if next := c.at + step; next >= 0 && next < c.count() {
		c.point(next, nil)
	}
}

// Package chart draws what came of a campaign: a funnel, lines, bars, a doughnut, a map of hours. Every chart says its values under the
// pointer and under the arrow keys, ends with one written finding, and shows a sentence instead of an empty frame.
//
// Charts translate nothing: titles, sentences and the way numbers and days are written are handed in. Like all widgets they
// belong to the window's own goroutine.
package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Chart is any of this package's charts.
type Chart interface {
	fyne.Widget
	fyne.Focusable

	// copyFor returns a chart of the same figures that isn't on any screen, in a theme of its own.
	copyFor(th *theme.Theme) Chart
}

// Words is what a chart says beside its drawing. An empty part takes no room.
type Words struct {
	Title   string // above, bold; the legend stands beside it
	Finding string // one written sentence under the chart
	WhyText string // the link after the finding, "Why?"
	Why     func() // shows the rule and what it was applied to; nil for no link
	Empty   string // the sentence that is shown when there is no value at all
}

// Unit says what a chart's values are, and so where its grid lines may stand.
type Unit int

const (
	Counts Unit = iota // whole things: people, coupons, money in minor units
	Shares             // 1 is 100 %
)

func (u Unit) axis(lo, hi float64, steps int) report.Axis {
	if u == Shares {
		return report.ShareAxis(lo, hi, steps)
	}
	return report.CountAxis(lo, hi, steps)
}

// slots are the series' colours in their order of use.
var slots = []fyne.ThemeColorName{theme.Chart1, theme.Chart2, theme.Chart3, theme.Chart4, theme.Chart6, theme.Chart5}

func slot(chosen fyne.ThemeColorName, i int) fyne.ThemeColorName {
	if chosen != "" {
		return chosen
	}
	return slots[i%len(slots)]
}

// key is one entry of a legend.
type key struct {
	text   string
	color  fyne.ThemeColorName
	dashed bool
}

// tip is what a chart tells about one value.
type tip struct {
	head string
	rows []tipRow
}

type tipRow struct {
	color fyne.ThemeColorName // empty: no pill
	text  string
	value string
}

// body is what makes one kind of chart: the part between title and finding.
type body interface {
	Chart
	words() Words
	empty() bool
	keys() []key
	least(l look) fyne.Size                             // smallest size at which it can be read, for the given look
	draw(l look, area report.Frame) []fyne.CanvasObject // lays itself out in area
	count() int                                         // how many values the arrow keys step through
	nearest(at fyne.Position) int                       // which of them the pointer means; -1 for none
	tell(i int) tip
	anchor(i int) fyne.Position
	mark(l look, i int) []fyne.CanvasObject // makes it stand out
}

// frame is what all charts share: words, pointer, keys.
type frame struct {
	widget.BaseWidget

	self    body
	look    look
	why     *link
	render  *renderer
	at      int            // the value pointed at, -1 for none
	pointer *fyne.Position // nil when the keys chose the value
	focused bool
}

var (
	_ desktop.Hoverable = (*frame)(nil)
	_ fyne.Tappable     = (*frame)(nil)
	_ fyne.Focusable    = (*frame)(nil)
)

func (f *frame) extend(self body) {
	f.self, f.at = self, -1
	f.why = newLink(&f.look, func() {
		if why := self.words().Why; why != nil {
			why()
		}
	})
	f.ExtendBaseWidget(self)
}

// changed shows new figures; a value that was pointed at is let go, because it may be another one now.
func (f *frame) changed() {
	f.at, f.pointer = -1, nil
	f.self.Refresh()
}

// CreateRenderer is for Fyne alone. What nobody has seen for a minute gets a new renderer when it is seen again, and Fyne
// doesn't lay that one out: the size is the same.
func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	f.render = newRenderer(f)
	f.render.Layout(f.self.Size())
	return f.render
}

// point makes value i stand out; -1 lets go.
func (f *frame) point(i int, pointer *fyne.Position) {
	if i == f.at && pointer == nil && f.pointer == nil {
		return
	}
	f.at, f.pointer = i, pointer
	if f.render != nil {
		f.render.live()
	}
}

// MouseIn is for Fyne alone.
func (f *frame) MouseIn(e *desktop.MouseEvent) { f.MouseMoved(e) }

// MouseMoved is for Fyne alone.
func (f *frame) MouseMoved(e *desktop.MouseEvent) {
	at := e.Position
	f.point(f.near(at), &at)
}

// MouseOut is for Fyne alone.
func (f *frame) MouseOut() {
	if f.pointer != nil {
		f.point(-1, nil)
	}
}

func (f *frame) near(at fyne.Position) int {
	if f.self.empty() || f.self.count() == 0 {
		return -1
	}
	return f.self.nearest(at)
}

// Tapped takes the focus, so that the arrow keys go on from where the finger was.
func (f *frame) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.self); c != nil {
		c.Focus(f.self)
	}
	at := e.Position
	f.point(f.near(at), &at)
}

// FocusGained is for Fyne alone.
func (f *frame) FocusGained() { f.focus(true) }

// FocusLost is for Fyne alone.
func (f *frame) FocusLost() { f.focus(false) }

func (f *frame) focus(on bool) {
	f.focused = on
	if !on {
		f.at, f.pointer = -1, nil
	}
	if f.render != nil {
		f.render.live()
	}
}

// TypedRune is for Fyne alone.
func (f *frame) TypedRune(rune) {}

// TypedKey steps through the values: arrows one by one, Page keys a tenth, Home and End to the ends. Enter asks why, Escape
// leaves the chart.
func (f *frame) TypedKey(e *fyne.KeyEvent) {
	n := f.self.count()
	if f.self.empty() {
		n = 0
	}
	next := f.at
	switch e.Name {
	case fyne.KeyEscape:
		f.point(-1, nil)
		if c := fyne.CurrentApp().Driver().CanvasForObject(f.self); c != nil {
			c.Unfocus()
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if why := f.self.words().Why; why != nil {
			why()
		}
		return
	case fyne.KeyRight, fyne.KeyDown:
		next++
	case fyne.KeyLeft, fyne.KeyUp:
		if next < 0 {
			next = n
		}
		next--
	case fyne.KeyPageDown:
		next += max(n/10, 1)
	case fyne.KeyPageUp:
		if next < 0 {
			next = n
		}
		next -= max(n/10, 1)
	case fyne.KeyHome:
		next = 0
	case fyne.KeyEnd:
		next = n - 1
	default:
		return
	}
	if n > 0 {
		f.point(min(max(next, 0), n-1), nil)
	}
}

package chart

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"counterbell/ui/theme"
)

// texts returns what a chart writes, from top to bottom as it lies in its objects.
func texts(c Chart) []string {
	var out []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch o := o.(type) {
		case *canvas.Text:
			out = append(out, o.Text)
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(c)
	return out
}

func says(c Chart, what ...string) bool {
	all := "|" + strings.Join(texts(c), "|") + "|"
	for _, w := range what {
		if !strings.Contains(all, "|"+w+"|") {
			return false
		}
	}
	return true
}

func everyChart(g tongue) map[string]Chart {
	return map[string]Chart{
		"funnel": NewFunnel(g.funnel()), "line": NewLine(g.line()), "bar": NewBar(g.bars()),
		"stack": NewBar(sales()), "doughnut": NewDoughnut(g.doughnut()),
		"groups": NewHBar(groups(g)), "hours": NewHeatMap(hours(g)),
	}
}

func TestTheFunnelSaysHowManyGotHowFar(t *testing.T) {
	c := NewFunnel(english.funnel())
	show(t, c, theme.Light, fyne.NewSize(1000, 120))
	if !says(c, "Sent", "412", "Delivered", "398", "96.6%", "Opened", "171", "43.0%", "Redeemed", "46", "11.6%", "13 failed, 1 maybe sent") {
		t.Errorf("the funnel says %q", texts(c))
	}
	hover(c, 900, 50)
	if !says(c, "of Delivered") {
		t.Errorf("the tooltip doesn't say what the rate is of: %q", texts(c))
	}
}

// Fyne forgets how to draw what nobody has seen for a minute.
func TestAChartIsStillThereAfterAPauseOnAnotherPage(t *testing.T) {
	test.NewTempApp(t)
	for name, c := range everyChart(english) {
		test.NewTempWindow(t, c).Resize(fyne.NewSize(420, 360))
		before, after := len(test.WidgetRenderer(c).Objects()), len(c.CreateRenderer().Objects())
		if before < 3 || after != before {
			t.Errorf("%s is drawn of %d things, and of %d afterwards", name, before, after)
		}
	}
}

func TestPointingAtAChartTellsTheValue(t *testing.T) {
	line := NewLine(english.line())
	show(t, line, theme.Light, fyne.NewSize(538, 330))
	x := float32(line.plot.Across(1, 14))
	hover(line, x+3, 100)
	if !says(line, "12 Nov", "96", "6") {
		t.Errorf("over 12 November the chart says %q", texts(line))
	}
	line.MouseOut()
	if says(line, "96") {
		t.Error("the tooltip stays when the pointer has gone")
	}

	bar := NewBar(english.bars())
	show(t, bar, theme.Light, fyne.NewSize(300, 200))
	hover(bar, float32(bar.plot.BarMiddle(1, 13)), 60)
	if !says(bar, "13 Nov", "9") {
		t.Errorf("over the tallest bar the chart says %q", texts(bar))
	}

	ring := NewDoughnut(english.doughnut())
	show(t, ring, theme.Light, fyne.NewSize(460, 240))
	before := len(texts(ring))
	hover(ring, float32(ring.ring.X+ring.ring.W/2), float32(ring.ring.Y+ring.ring.H-5))
	if got := texts(ring)[before:]; strings.Join(got, "|") != "Delivered|93.4%|398" {
		t.Errorf("over the largest slice the chart says %q", got)
	}
	hover(ring, float32(ring.ring.X+ring.ring.W/2), float32(ring.ring.Y+ring.ring.H/2))
	if len(texts(ring)) != before {
		t.Error("the hole has a tooltip")
	}
}

func TestTheTooltipStaysInsideTheChart(t *testing.T) {
	for name, c := range everyChart(english) {
		size := fyne.NewSize(420, 320)
		show(t, c, theme.Light, size)
		for x := float32(-5); x < 430; x += 13 {
			for y := float32(-5); y < 330; y += 17 {
				hover(c, x, y)
				r := test.WidgetRenderer(c).(*renderer)
				for _, o := range r.above.Objects {
					text, ok := o.(*canvas.Text)
					if !ok {
						continue
					}
					p, s := text.Position(), text.MinSize()
					if p.X < 0 || p.Y < 0 || p.X+s.Width > size.Width+0.5 || p.Y+s.Height > size.Height+0.5 {
						t.Fatalf("%s, pointer at (%v, %v): %q lies at %v, outside of %v", name, x, y, text.Text, p, size)
					}
				}
			}
		}
	}
}

func TestTheKeysStepThroughTheValues(t *testing.T) {
	c := NewLine(english.line())
	w := show(t, c, theme.Light, fyne.NewSize(538, 330))
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(c) {
		t.Fatalf("Tab reaches %T", w.Canvas().Focused())
	}
	for _, tt := range []struct {
		keys []fyne.KeyName
		head string
	}{
		{[]fyne.KeyName{fyne.KeyRight}, "11 Nov"},
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeyDown}, "13 Nov"},
		{[]fyne.KeyName{fyne.KeyLeft}, "12 Nov"},
		{[]fyne.KeyName{fyne.KeyEnd}, "24 Nov"},
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeyPageDown}, "24 Nov"},
		{[]fyne.KeyName{fyne.KeyPageUp}, "23 Nov"},
		{[]fyne.KeyName{fyne.KeyHome, fyne.KeyUp}, "11 Nov"},
	} {
		press(c, tt.keys...)
		if head := c.tell(c.at).head; head != tt.head {
			t.Errorf("after %v the chart tells %s, want %s", tt.keys, head, tt.head)
		}
	}
	if !says(c, "11 Nov", "0") {
		t.Errorf("the keys open no tooltip: %q", texts(c))
	}
	press(c, fyne.KeyEscape)
	if w.Canvas().Focused() != nil || c.at != -1 {
		t.Error("Escape doesn't leave the chart")
	}
	press(c, fyne.KeyLeft)
	if head := c.tell(c.at).head; head != "24 Nov" {
		t.Errorf("Left begins at %s, want the last day", head)
	}
}

func TestWhyCanBeAskedByMouseAndByKeys(t *testing.T) {
	asked := 0
	figures := english.line()
	figures.Why = func() { asked++ }
	c := NewLine(figures)
	w := show(t, c, theme.Light, fyne.NewSize(538, 330))
	if !says(c, "Opens count people, not link previews.", "Why?") {
		t.Fatalf("under the chart: %q", texts(c))
	}
	c.MinSize() // the window asks for it in every frame
	if y := c.why.Position().Y; y < 300 || y+c.why.Size().Height > 331 {
		t.Errorf("the link lies at %v, not after the finding", c.why.Position())
	}
	test.Tap(c.why)
	press(c, fyne.KeyReturn)
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	if k, ok := w.Canvas().Focused().(*link); !ok {
		t.Errorf("the second Tab reaches %T", w.Canvas().Focused())
	} else {
		k.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	}
	if asked != 3 {
		t.Errorf("asked %d times, want 3", asked)
	}
	figures.Why = nil
	c.Set(figures)
	if says(c, "Why?") {
		t.Error("a link that leads nowhere")
	}
}

func TestATapTakesTheFocus(t *testing.T) {
	for name, c := range everyChart(english) {
		w := show(t, c, theme.Light, fyne.NewSize(520, 340))
		c.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(60, 100)})
		if w.Canvas().Focused() != fyne.Focusable(c) {
			t.Errorf("%s: a tap focuses %T", name, w.Canvas().Focused())
		}
	}
}

func TestAnEmptyChartShowsOneSentence(t *testing.T) {
	nan := math.NaN()
	line, bar, ring, funnel := english.line(), english.bars(), english.doughnut(), english.funnel()
	line.Series[0].Values, line.Series[1].Values = nil, []float64{nan, math.Inf(1)}
	bar.Series = nil
	ring.Parts = []Part{{Name: "None", Value: 0}, {Name: "Less", Value: -3}}
	for i := range funnel.Stages {
		funnel.Stages[i].Value = 0
	}
	for name, c := range map[string]Chart{
		"line": NewLine(line), "bar": NewBar(bar), "doughnut": NewDoughnut(ring), "funnel": NewFunnel(funnel),
		"nothing": NewLine(LineFigures{Words: Words{Empty: english.empty}}), "no stages": NewFunnel(FunnelFigures{Words: Words{Empty: english.empty}}),
	} {
		show(t, c, theme.Dark, fyne.NewSize(600, 300))
		if !says(c, english.empty) {
			t.Errorf("an empty %s says %q", name, texts(c))
		}
		hover(c, 100, 100)
		press(c, fyne.KeyRight, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyEscape)
		if says(c, "0") || says(c, english.finding) {
			t.Errorf("an empty %s says more: %q", name, texts(c))
		}
	}
	zero := english.line()
	zero.Series = []Series{{Name: "Opens", Values: []float64{0, 0, 0}}}
	c := NewLine(zero)
	show(t, c, theme.Light, fyne.NewSize(500, 300))
	if says(c, english.empty) || !says(c, "0", "1") {
		t.Errorf("nought is a value, but the chart says %q", texts(c))
	}
}

func TestAChartSurvivesAnySizeAndAnyFigures(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, values := range [][]float64{
		{5}, {nan, 5, nan}, {-5, -2, -9}, {-5, 5}, {1e300, -1e300, 1e308}, {inf, 3, -inf}, {0, 0}, {1e-300, 5e-324}, many(10_000).Series[0].Values,
	} {
		series := []Series{{Name: "a", Values: values, End: "end"}, {Name: "b", Values: values[:len(values)/2], Dashed: true}}
		words := english.words("Title that is longer than a narrow chart has room for")
		parts, stages := []Part{}, []Stage{}
		for i, v := range values[:min(len(values), 6)] {
			parts = append(parts, Part{Name: "part", Value: v})
			stages = append(stages, Stage{Name: "stage", Value: v, Of: i - 1, Note: "note"})
		}
		for _, c := range []Chart{
			NewLine(LineFigures{Words: words, Series: series, Marks: []Mark{{0, "from here"}, {99, "nowhere"}, {-1, "nor here"}}}),
			NewLine(LineFigures{Words: words, Series: series, Unit: Shares, Value: percent}),
			NewBar(BarFigures{Words: words, Series: series}),
			NewBar(BarFigures{Words: words, Series: series, Stacked: true, Above: count}),
			NewDoughnut(DoughnutFigures{Words: words, Parts: parts, Centre: "1,234,567,890", Below: "of them all"}),
			NewFunnel(FunnelFigures{Words: words, Stages: stages, Rate: percent}),
		} {
			w := show(t, c, theme.Light, fyne.NewSize(400, 300))
			for _, size := range []fyne.Size{{}, {Width: 1, Height: 1}, {Width: 40, Height: 500}, {Width: 900, Height: 3}, {Width: 333.3, Height: 222.2}} {
				c.Resize(size)
				w.Canvas().Capture()
				hover(c, size.Width/2, size.Height/2)
				press(c, fyne.KeyHome, fyne.KeyRight, fyne.KeyEnd)
				if least := c.MinSize(); !(least.Width > 0 && least.Width < 1000 && least.Height > 0 && least.Height < 3000) {
					t.Errorf("%T at %v: min size %v", c, size, least)
				}
			}
		}
	}
}

func TestAChartFollowsASwitchToDark(t *testing.T) {
	c := NewFunnel(english.funnel())
	show(t, c, theme.Light, fyne.NewSize(800, 120))
	tones := func() map[color.Color]bool {
		seen := map[color.Color]bool{}
		for _, o := range test.WidgetRenderer(c).Objects() {
			switch o := o.(type) {
			case *canvas.Text:
				seen[o.Color] = true
			case *canvas.Rectangle:
				seen[o.FillColor] = true
			}
		}
		return seen
	}
	light := tones()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1))
	c.Refresh()
	for tone := range tones() {
		if light[tone] {
			t.Errorf("%v is still there in the dark", tone)
		}
	}

	line := NewLine(english.line())
	w := show(t, line, theme.Light, fyne.NewSize(500, 300))
	before := w.Canvas().Capture().At(int(line.plot.X)+20, int(line.plot.Y))
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1))
	line.Refresh()
	if after := w.Canvas().Capture().At(int(line.plot.X)+20, int(line.plot.Y)); after == before {
		t.Errorf("the grid keeps its light colour %v", after)
	}
}

func TestALargerTextSizeGrowsTheChart(t *testing.T) {
	for name, c := range everyChart(english) {
		show(t, c, theme.Light, fyne.NewSize(600, 400))
		small := c.MinSize()
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1.5))
		c.Refresh()
		if large := c.MinSize(); large.Height <= small.Height {
			t.Errorf("%s: %v at 1.5, %v at 1", name, large, small)
		}
	}
}

func TestAFindingWrapsWithItsLink(t *testing.T) {
	c := NewBar(chinese.bars())
	show(t, c, theme.Light, fyne.NewSize(130, 300))
	got := texts(c)
	joined := strings.Join(got, "")
	if !strings.Contains(joined, chinese.finding) || says(c, chinese.finding) {
		t.Errorf("in a narrow chart the finding is %q", got)
	}
	if c.why.Position().X+c.why.Size().Width > 130 || c.why.Position().Y+c.why.Size().Height > 301 {
		t.Errorf("the link lies at %v", c.why.Position())
	}
}

func TestNewFiguresReplaceTheOldOnes(t *testing.T) {
	c := NewFunnel(english.funnel())
	show(t, c, theme.Light, fyne.NewSize(800, 120))
	hover(c, 10, 10)
	other := english.funnel()
	other.Stages = other.Stages[:2]
	other.Stages[0].Value = 999
	c.Set(other)
	if !says(c, "999") || says(c, "412") || says(c, "Redeemed") || c.at != -1 {
		t.Errorf("after new figures the funnel says %q", texts(c))
	}
}

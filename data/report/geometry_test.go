package report

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"
)

var (
	nan   = math.NaN()
	plain = Frame{X: 10, Y: 20, W: 100, H: 50}
	ten   = CountAxis(0, 10, 2)
)

func TestALineBreaksWhereAValueIsMissing(t *testing.T) {
	tests := []struct {
		name   string
		values []float64
		want   string
	}{
		{"three", []float64{0, 10, 5}, "[[{10 70 0} {60 20 1} {110 45 2}]]"},
		{"a gap", []float64{0, nan, 5}, "[[{10 70 0}] [{110 45 2}]]"},
		{"infinite is a gap", []float64{math.Inf(1), 10, 1e301}, "[[{60 20 1}]]"},
		{"one", []float64{5}, "[[{60 45 0}]]"},
		{"none", nil, "[]"},
		{"all nought", []float64{0, 0}, "[[{10 70 0} {110 70 1}]]"},
	}
	for _, tt := range tests {
		if got := fmt.Sprint(LineDots(tt.values, len(tt.values), plain, ten)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestNoPeakIsLostAmongTenThousandPoints(t *testing.T) {
	values := make([]float64, 10_000)
	for i := range values {
		values[i] = 5
	}
	values[1234], values[7777] = 10, 0
	f := Frame{W: 500, H: 100}
	runs := LineColumns(values, f, ten, 500)
	if len(runs) != 1 || len(runs[0]) != 500 {
		t.Fatalf("%d runs", len(runs))
	}
	peaks, troughs := 0, 0
	for _, c := range runs[0] {
		if c.Top == 0 {
			peaks++
		}
		if c.Bottom == 100 {
			troughs++
		}
	}
	if peaks != 1 || troughs != 1 {
		t.Errorf("%d peaks and %d troughs, want one each", peaks, troughs)
	}
	for i, c := range runs[0][1:] {
		if before := runs[0][i]; c.Top > before.Bottom || c.Bottom < before.Top {
			t.Fatalf("columns %d and %d don't touch: %v %v", i, i+1, before, c)
		}
	}
	for i := 4000; i < 5000; i++ {
		values[i] = nan
	}
	if runs := LineColumns(values, f, ten, 500); len(runs) != 2 {
		t.Errorf("a gap of a tenth makes %d runs, want 2", len(runs))
	}
}

func TestThePointerFindsTheNearestValue(t *testing.T) {
	series := [][]float64{{0, 10, nan, 2}, {5, nan, nan, 3}}
	tests := []struct {
		x, y        float64
		line, index int
	}{
		{-100, 0, 1, 0}, {10, 70, 0, 0}, {10, 46, 1, 0}, {45, 70, 0, 1}, {77, 20, 0, 1}, {109, 20, 1, 3}, {999, 70, 0, 3}, {nan, 0, -1, -1},
	}
	for _, tt := range tests {
		line, index := NearestDot(series, 4, plain, ten, tt.x, tt.y)
		if line != tt.line || index != tt.index {
			t.Errorf("at (%v, %v): line %d value %d, want %d %d", tt.x, tt.y, line, index, tt.line, tt.index)
		}
	}
	if line, index := NearestDot([][]float64{{nan}}, 1, plain, ten, 50, 50); line != -1 || index != -1 {
		t.Errorf("found %d %d where all is missing", line, index)
	}
	for x, want := range map[float64]int{-5: 0, 10: 0, 34.9: 0, 35: 1, 109.9: 3, 110: 3, 500: 3} {
		if got := plain.NearestBar(x, 4); got != want {
			t.Errorf("bar at %v: %d, want %d", x, got, want)
		}
	}
	if plain.NearestBar(5, 0) != -1 || plain.NearestPlace(5, 0) != -1 {
		t.Error("found a value in an empty chart")
	}
}

func TestBarsStandBesideAndOnEachOther(t *testing.T) {
	two := CountAxis(-10, 10, 2)
	grouped := GroupedBars([][]float64{{10, 0, -10}, {5, nan}}, Frame{W: 90, H: 20}, two)
	if len(grouped) != 3 {
		t.Fatalf("%d bars, want 3: nought and missing values have none", len(grouped))
	}
	first, beside, below := grouped[0], grouped[1], grouped[2]
	if first.Y != 0 || first.H != 10 || beside.Series != 1 || beside.X != first.X+first.W || beside.Y+beside.H != 10 {
		t.Errorf("group %+v %+v", first, beside)
	}
	if below.Index != 2 || !below.Down || below.Y != 10 || below.H != 10 {
		t.Errorf("negative %+v", below)
	}
	stacked := StackedBars([][]float64{{4, -3}, {6, 0}, {0, -7}}, Frame{W: 90, H: 20}, two)
	if len(stacked) != 4 {
		t.Fatalf("%d stacked bars, want 4", len(stacked))
	}
	if stacked[0].Outer || !stacked[1].Outer || stacked[1].Y != 0 || stacked[0].Y != stacked[1].Y+stacked[1].H {
		t.Errorf("stack %+v", stacked[:2])
	}
	if !stacked[3].Down || stacked[3].Y+stacked[3].H != 20 || stacked[2].Outer {
		t.Errorf("hanging stack %+v", stacked[2:])
	}
	if tiny := GroupedBars([][]float64{{1e-9}}, plain, ten); len(tiny) != 1 || tiny[0].H < 1 {
		t.Errorf("a value above nought can't be seen: %v", tiny)
	}
}

func TestCrowdedBarsKeepTheTallest(t *testing.T) {
	values, others := make([]float64, 10_000), make([]float64, 10_000)
	for i := range values {
		values[i], others[i] = 1, 2
	}
	values[5001], others[123] = 10, -10
	axis := CountAxis(-10, 10, 4)
	for name, bars := range map[string][]BarShape{
		"grouped": GroupedBars([][]float64{values, others}, Frame{W: 200, H: 100}, axis),
		"stacked": StackedBars([][]float64{values, others}, Frame{W: 200, H: 100}, axis),
	} {
		if len(bars) > 1000 {
			t.Errorf("%s: %d rectangles for 200 columns", name, len(bars))
		}
		peak, trough := false, false
		for i, b := range bars {
			peak = peak || b.Index == 5001
			trough = trough || b.Index == 123 && b.Down
			if name == "grouped" && i > 0 && b.X == bars[i-1].X && b.H > bars[i-1].H {
				t.Fatalf("a taller bar is painted over a lower one at %v", b.X)
			}
		}
		if !peak || !trough {
			t.Errorf("%s: the extremes are lost", name)
		}
	}
}

func TestADoughnutIsCutClockwiseFromTheTop(t *testing.T) {
	slices := SliceShapes([]float64{1, 0, nan, -4, 2, 1})
	if got := fmt.Sprint(slices); got != "[{0 0.25 0 90} {4 0.5 90 270} {5 0.25 270 360}]" {
		t.Fatalf("slices %s", got)
	}
	for _, tt := range []struct {
		dx, dy float64
		want   int
	}{{5, -5, 0}, {0, 9, 1}, {-5, -5, 2}, {0, -1, -1}, {50, 0, -1}, {nan, 0, -1}} {
		if got := SliceAt(slices, tt.dx, tt.dy, 3, 10); got != tt.want {
			t.Errorf("at (%v, %v): %d, want %d", tt.dx, tt.dy, got, tt.want)
		}
	}
	if dx, dy := slices[1].Middle(10); math.Abs(dx) > 1e-9 || math.Abs(dy-10) > 1e-9 {
		t.Errorf("middle of the lower half is (%v, %v)", dx, dy)
	}
	if SliceShapes(nil) != nil || SliceShapes([]float64{0, -1}) != nil {
		t.Error("nothing has a slice")
	}
}

func TestAFunnelShowsEachStageOfTheRightBase(t *testing.T) {
	steps := StageShapes([]float64{412, 398, 171, 46}, []int{-1, 0, 1, 1})
	for i, want := range []string{"100.0% –", "96.6% 96.6%", "41.5% 43.0%", "11.2% 11.6%"} {
		got := fmt.Sprintf("%.1f%% ", 100*steps[i].Share)
		if steps[i].Known {
			got += fmt.Sprintf("%.1f%%", 100*steps[i].Rate)
		} else {
			got += "–"
		}
		if got != want {
			t.Errorf("stage %d: %s, want %s", i, got, want)
		}
	}
	for _, s := range StageShapes([]float64{0, 3, nan, -1, math.Inf(1)}, []int{-1, 0, 1, 0, 1}) {
		if s.Share != 0 || s.Known {
			t.Errorf("a funnel that begins with nobody has %+v", s)
		}
	}
	if s := StageShapes([]float64{2, 3}, []int{-1, 0}); s[1].Share != 1 || s[1].Rate != 1.5 {
		t.Errorf("more than the first stage: %+v", s[1])
	}
	if got := NearestFrame([]Frame{{W: 10, H: 10}, {X: 20, W: 10, H: 10}}, 14, 5); got != 0 {
		t.Errorf("nearest stage %d", got)
	}
	if NearestFrame(nil, 0, 0) != -1 {
		t.Error("a stage in an empty funnel")
	}
}

// Whatever figures a chart is given, everything that is drawn stays inside of it.
func FuzzNothingIsDrawnOutsideTheChart(f *testing.F) {
	bits := func(values ...float64) []byte {
		var b []byte
		for _, v := range values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		return b
	}
	f.Add([]byte{}, 300.0, 100.0)
	f.Add(bits(1), 300.0, 100.0)
	f.Add(bits(0, 0, 0), 0.0, 0.0)
	f.Add(bits(nan, math.Inf(1), math.Inf(-1)), 300.0, 100.0)
	f.Add(bits(-1e308, 1e308, 1e300, -1e300, 5e-324), 10.0, 100.0)
	f.Add(bits(-5, 3, nan, 1e15, 0.1), 7.5, 0.25)
	f.Add(bits(1e-13, 1e-320, -1e-12), 1e4, 1e4)
	f.Fuzz(func(t *testing.T, raw []byte, w, h float64) {
		if !(w >= 0 && w <= 1e4) || !(h >= 0 && h <= 1e4) || len(raw) > 1<<14 {
			return
		}
		var values []float64
		for ; len(raw) >= 8; raw = raw[8:] {
			values = append(values, math.Float64frombits(binary.LittleEndian.Uint64(raw)))
		}
		frame := Frame{X: 3, Y: 5, W: w, H: h}
		series := [][]float64{values, values[len(values)/2:]}
		inside := func(what string, x, y float64) {
			t.Helper()
			const slack = 1e-6
			if !(x >= frame.X-slack && x <= frame.X+w+slack && y >= frame.Y-slack && y <= frame.Y+h+slack) {
				t.Fatalf("%s at (%v, %v), outside of %v", what, x, y, frame)
			}
		}
		for _, span := range []func(...[]float64) (float64, float64, bool){ValueSpan, StackSpan} {
			lo, hi, _ := span(series...)
			for _, axis := range []Axis{CountAxis(lo, hi, 4), ShareAxis(lo, hi, 3)} {
				if n := len(axis.Ticks); n < 2 || n > 5 || axis.Min > 0 || axis.Max < 0 {
					t.Fatalf("axis %+v for %v to %v", axis, lo, hi)
				}
				for i, tick := range axis.Ticks {
					if Missing(tick/100) || i > 0 && tick <= axis.Ticks[i-1] {
						t.Fatalf("ticks %v", axis.Ticks)
					}
					inside("tick", frame.X, frame.Height(axis, tick))
				}
				for _, run := range LineDots(values, len(values), frame, axis) {
					for _, d := range run {
						inside("dot", d.X, d.Y)
					}
				}
				for _, run := range LineColumns(values, frame, axis, int(w)) {
					for _, c := range run {
						inside("column", c.X, c.Top)
						inside("column", c.X, c.Bottom)
					}
				}
				for _, bars := range [][]BarShape{GroupedBars(series, frame, axis), StackedBars(series, frame, axis)} {
					for _, b := range bars {
						inside("bar", b.X, b.Y)
						inside("bar", b.X+b.W, b.Y+b.H)
					}
				}
				line, index := NearestDot(series, len(values), frame, axis, w/2, h/2)
				if _, _, any := ValueSpan(series...); any != (index >= 0) || index >= 0 && Missing(series[line][index]) {
					t.Fatalf("nearest value is %d of line %d", index, line)
				}
			}
		}
		var whole float64
		for _, s := range SliceShapes(values) {
			whole += s.Share
			if !(s.Start >= 0 && s.End >= s.Start-1e-9 && s.End <= 360) {
				t.Fatalf("slice %+v", s)
			}
		}
		if whole != 0 && math.Abs(whole-1) > 1e-9 {
			t.Fatalf("slices add up to %v", whole)
		}
		for _, s := range StageShapes(values, []int{-1, 0, 1, 2, 99, -9}) {
			if !(s.Share >= 0 && s.Share <= 1) || Missing(s.Rate/1e10) {
				t.Fatalf("stage %+v", s)
			}
		}
	})
}

package chart

import (
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"

	"counterbell/data/report"
)

// tickTexts writes the values of the grid lines to the left of a plot, and returns how much room they take with the gap.
func tickTexts(l look, axis report.Axis, plot report.Frame, left float64, write func(float64) string) ([]fyne.CanvasObject, float64) {
	var widest float32
	for _, v := range axis.Ticks {
		widest = max(widest, l.width(write(v), axisStyle))
	}
	gutter := math.Ceil(float64(widest)) + besideTick
	var objects []fyne.CanvasObject
	for _, v := range axis.Ticks {
		text := l.text(write(v), axisStyle)
		place(text, float32(left+gutter-besideTick)-text.Size().Width, float32(plot.Height(axis, v))-text.Size().Height/2)
		objects = append(objects, text)
	}
	return objects, gutter
}

// xTexts writes the names under a plot that fit beside each other.
func xTexts(l look, labels report.AxisLabels, plot report.Frame) []fyne.CanvasObject {
	labels.Width = func(s string) float64 { return float64(l.width(s, axisStyle)) }
	var objects []fyne.CanvasObject
	for _, label := range labels.Pick() {
		if label.Text == "" {
			continue
		}
		text := l.text(label.Text, axisStyle)
		place(text, float32(label.X), float32(plot.Y+plot.H)+6)
		objects = append(objects, text)
	}
	return objects
}

// grid draws hairlines at the ticks, on whole device pixels.
func grid(sheet *sheet, s float64, plot report.Frame, axis report.Axis, ink color.NRGBA) {
	thick := max(math.Round(s), 1)
	for _, v := range axis.Ticks {
		y := math.Round(plot.Height(axis, v) - thick/2)
		sheet.box(ink, plot.X, y, plot.X+plot.W, y+thick)
	}
}

// written writes a value as the page asked; plainly when it didn't.
func written(write func(float64) string, v float64) string {
	if write != nil {
		return write(v)
	}
	if size := math.Abs(v); size >= 1e15 || size < 1e-6 && size > 0 {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// unknown stands for a value that is missing.
const unknown = "–"

// tellSeries says the values of all series at place i.
func tellSeries(series []Series, i int, name func(int) string, label func(i, before int) string, value func(float64) string) tip {
	t := tip{head: label(i, -1)}
	if name != nil {
		t.head = name(i)
	}
	for k, s := range series {
		row := tipRow{color: slot(s.Color, k), text: s.Name, value: unknown}
		if i < len(s.Values) && !report.Missing(s.Values[i]) {
			row.value = written(value, s.Values[i])
		}
		t.rows = append(t.rows, row)
	}
	return t
}

func valuesOf(series []Series) [][]float64 {
	values := make([][]float64, len(series))
	for i, s := range series {
		values[i] = s.Values
	}
	return values
}

func longest(series []Series) int {
	n := 0
	for _, s := range series {
		n = max(n, len(s.Values))
	}
	return n
}

// keysOf is the legend of several series; a single one is named by the title.
func keysOf(series []Series) []key {
	var keys []key
	for i, s := range series {
		text := s.Key
		if text == "" && len(series) > 1 {
			text = s.Name
		}
		if text != "" {
			keys = append(keys, key{text, slot(s.Color, i), s.Dashed})
		}
	}
	return keys
}

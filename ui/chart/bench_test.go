package chart

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"counterbell/ui/theme"
)

// Laying out and drawing 10,000 points, as after each change of figures; 16 ms is one frame of a window.
func BenchmarkLineOf10000Points(b *testing.B) {
	c := NewLine(many(10_000))
	show(b, c, theme.Light, fyne.NewSize(900, 400))
	for _, scale := range []struct {
		name  string
		times float64
	}{{"scale1", 1}, {"scale2", 2}} {
		b.Run(scale.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Refresh()
				c.picture.pixels(int((c.plot.W+2*spill)*scale.times), int((c.plot.H+2*spill)*scale.times))
			}
		})
	}
}

func BenchmarkBarsOf10000Values(b *testing.B) {
	figures := english.bars()
	figures.Series = many(10_000).Series
	figures.Label = many(10_000).Label
	c := NewBar(figures)
	show(b, c, theme.Light, fyne.NewSize(900, 400))
	for b.Loop() {
		c.Refresh()
		c.picture.pixels(int(c.plot.W+2*spill), int(c.plot.H+2*spill))
	}
}

// Moving the pointer draws nothing but the tooltip again.
func BenchmarkPointerOver10000Points(b *testing.B) {
	c := NewLine(many(10_000))
	show(b, c, theme.Light, fyne.NewSize(900, 400))
	x := float32(0)
	for b.Loop() {
		x = float32(int(x+7) % 900)
		c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 100)}})
	}
}

func BenchmarkFunnelAndLineOfAFortnight(b *testing.B) {
	funnel, line := NewFunnel(english.funnel()), NewLine(english.line())
	show(b, funnel, theme.Light, fyne.NewSize(538, 100))
	show(b, line, theme.Light, fyne.NewSize(538, 330))
	for b.Loop() {
		funnel.Refresh()
		line.Refresh()
		line.picture.pixels(int(line.plot.W+2*spill), int(line.plot.H+2*spill))
	}
}

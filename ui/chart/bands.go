package chart

import (
	"math"

	"fyne.io/fyne/v2"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// Band is a stretch of groups that is told apart by its ground: hours in which no text may go out.
type Band struct {
	From, To int    // groups, both ends included
	Text     string // at its top, where it fits
}

// bandTexts writes what the bands say, each in its middle.
func (c *Bar) bandTexts(l look, n int) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, b := range c.figures.Bands {
		x0, x1 := c.bandEnds(c.plot, b, n)
		text := l.text(b.Text, axisStyle)
		if b.Text == "" || text.Size().Width+8 > float32(x1-x0) {
			continue
		}
		place(text, float32(x0+x1)/2-text.Size().Width/2, float32(c.plot.Y)+4)
		objects = append(objects, text)
	}
	return objects
}

// bandEnds is where a band begins and ends.
func (c *Bar) bandEnds(plot report.Frame, b Band, n int) (x0, x1 float64) {
	room := plot.W / float64(max(n, 1))
	return plot.X + room*float64(b.From), plot.X + room*float64(b.To+1)
}

// paintBands draws their grounds, under everything else.
func (c *Bar) paintBands(sheet *sheet, s float64, plot report.Frame) {
	for _, b := range c.figures.Bands {
		x0, x1 := c.bandEnds(plot, b, c.count())
		sheet.bar(c.look.color(theme.Raised), math.Round(x0), math.Round(plot.Y), math.Round(x1), math.Round(plot.Y+plot.H), barRadius*s, false)
	}
}

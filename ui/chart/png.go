package chart

import (
	"fmt"
	"image/png"
	"io"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"

	"counterbell/data"
	"counterbell/ui/theme"
)

// Picture says how charts are drawn into a file.
type Picture struct {
	Width, Height float32 // in pixels at scale 1, with the margin
	Scale         float32 // device pixels a pixel: 1, or 2 for print and sharp screens
	Variant       theme.Variant
	Title, Note   string // above the charts; may be empty
}

// longestSide is the most device pixels that a side of a picture may have.
const longestSide = 8192

// PNG writes charts below each other as a picture, in a theme of its own, the same drawing as on the screen. It needs no
// display. The charts handed in stay as they are; a funnel gets the height that it needs, the others share the rest.
//
// Where a window is open it must be called on the window's goroutine, because text is measured with the shared fonts.
// Error Invalid for a size that can't be drawn; else what w answers.
func PNG(w io.Writer, p Picture, charts ...Chart) error {
	const op = "draw charts"
	if p.Scale == 0 {
		p.Scale = 1
	}
	fits := func(side float32) bool { return side >= 1 && side*p.Scale >= 1 && side*p.Scale <= longestSide }
	if !(p.Scale > 0) || !fits(p.Width) || !fits(p.Height) || math.IsNaN(float64(p.Scale)) {
		return data.Errorf(data.Invalid, op, "%v × %v at %v is no size for a picture", p.Width, p.Height, p.Scale)
	}
	th := theme.New(p.Variant, 1)
	page, needs := compose(p, look{pinned: th}, charts)
	if needs > p.Height {
		return data.Errorf(data.Invalid, op, "%d charts need a height of %v, not %v", len(charts), needs, p.Height)
	}
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetScale(p.Scale)
	c.SetContent(page)
	c.Resize(fyne.NewSize(p.Width, p.Height))
	if err := png.Encode(w, c.Capture()); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

const (
	pictureMargin = 24
	betweenCharts = 32
)

// compose places title, note and charts on a page, and returns the height that they need at least.
func compose(p Picture, l look, charts []Chart) (page fyne.CanvasObject, needs float32) {
	back := canvas.NewRectangle(l.color(theme.Panel))
	back.Resize(fyne.NewSize(p.Width, p.Height))
	objects := []fyne.CanvasObject{back}
	width := p.Width - 2*pictureMargin
	y := float32(pictureMargin)
	for _, line := range []struct {
		text string
		st   style
	}{{p.Title, numberStyle}, {p.Note, valueStyle}} {
		if line.text == "" {
			continue
		}
		text := l.text(shorten(line.text, width, func(s string) float32 { return l.width(s, line.st) }), line.st)
		place(text, pictureMargin, y)
		objects = append(objects, text)
		y += l.line(line.st) + 4
	}
	if len(objects) > 1 && len(charts) > 0 {
		y += 16
	}
	copies, heights, growing := make([]Chart, len(charts)), make([]float32, len(charts)), 0
	needs = y + pictureMargin + betweenCharts*float32(max(len(charts)-1, 0))
	for i, chart := range charts {
		copies[i] = chart.copyFor(l.pinned)
		copies[i].Resize(fyne.NewSize(width, 1))
		heights[i] = float32(math.Ceil(float64(copies[i].MinSize().Height)))
		needs += heights[i]
		if _, fixed := chart.(*Funnel); !fixed {
			growing++
		}
	}
	for i, c := range copies {
		if _, fixed := c.(*Funnel); !fixed && p.Height > needs {
			heights[i] += float32(math.Floor(float64((p.Height - needs) / float32(growing))))
		}
		c.Resize(fyne.NewSize(width, heights[i]))
		c.Move(fyne.NewPos(pictureMargin, y))
		y += heights[i] + betweenCharts
		objects = append(objects, c)
	}
	return container.NewWithoutLayout(objects...), needs
}

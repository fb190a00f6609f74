package chart

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/data/report"
)

// picture is the part of a chart that is drawn as pixels. It is painted once for each size and refresh.
type picture struct {
	raster *canvas.Raster
	paint  func(sheet *sheet, s float64, plot report.Frame)
	plot   report.Frame
	sheet  *sheet
	done   bool
}

// object returns the picture for a plot; it must be asked for again whenever figures, colours or places change.
func (p *picture) object(plot report.Frame) *canvas.Raster {
	p.plot, p.done = plot, false
	if p.raster == nil {
		p.raster = canvas.NewRaster(p.pixels)
	}
	p.raster.Move(fyne.NewPos(float32(plot.X-spill), float32(plot.Y-spill)))
	p.raster.Resize(fyne.NewSize(float32(plot.W+2*spill), float32(plot.H+2*spill)))
	return p.raster
}

func (p *picture) pixels(w, h int) image.Image {
	fits := p.sheet != nil && p.sheet.img.Rect.Dx() == w && p.sheet.img.Rect.Dy() == h
	if fits && p.done {
		return p.sheet.img
	}
	// The painter has taken its copy of the last picture; the sheet can be used again.
	if fits {
		p.sheet.blank()
	} else {
		p.sheet = newSheet(w, h)
	}
	s := float64(w) / (p.plot.W + 2*spill)
	p.paint(p.sheet, s, report.Frame{X: spill * s, Y: spill * s, W: p.plot.W * s, H: p.plot.H * s})
	p.done = true
	return p.sheet.img
}

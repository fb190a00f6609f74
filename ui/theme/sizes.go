package theme

import (
	"math"

	"fyne.io/fyne/v2"
)

// Sizes of text in points at text scale 1. Ask Size for the value in force.
const (
	SizeTitle   fyne.ThemeSizeName = "counterbell.title"   // 24: page title, big number
	SizeHeading fyne.ThemeSizeName = "counterbell.heading" // 18: result headline, person, tile number
	SizeBody    fyne.ThemeSizeName = "counterbell.body"    // 14: all text and buttons
	SizeCaption fyne.ThemeSizeName = "counterbell.caption" // 12: hints, labels, pills, axes
	SizeTill    fyne.ThemeSizeName = "counterbell.till"    // 48: the code at the till, read from a distance
)

// Space, in pixels. Everything sits on a grid of 4.
const (
	Gap4  float32 = 4
	Gap8  float32 = 8
	Gap12 float32 = 12
	Gap16 float32 = 16
	Gap24 float32 = 24
	Gap32 float32 = 32

	PageMargin   float32 = 24
	PanelPadding float32 = 16
)

// Radii of corners, in pixels. A pill's is half of its height.
const (
	RadiusTag    float32 = 4
	RadiusSmall  float32 = 6
	RadiusInput  float32 = 8 // button, input, row
	RadiusTile   float32 = 10
	RadiusPanel  float32 = 12
	RadiusTill   float32 = 16
	HairlineSize float32 = 1
)

// textSizes are the points of each style at scale 1.
var textSizes = map[fyne.ThemeSizeName]float32{
	SizeTitle:   24,
	SizeHeading: 18,
	SizeBody:    14,
	SizeCaption: 12,
	SizeTill:    48,
}

// Size returns a text size in the theme in force, scaled as the user asked.
func Size(name fyne.ThemeSizeName) float32 {
	return current().Size(name)
}

// Scale returns the user's text scale, between 1 and 1.5.
func Scale() float32 {
	return current().scale
}

// Grow returns a height that was drawn for text at scale 1, grown with the
// text: whole, even pixels, so that rows and centred text stay sharp.
func Grow(px float32) float32 {
	s := Scale()
	if s == 1 {
		return px
	}
	return float32(math.Ceil(float64(px*s)/2) * 2)
}

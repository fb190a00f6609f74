// Package icons draws the things of a shop: one family of outlines (Lucide),
// named by what they mean in Counterbell, and the brass bell, which is ours.
// Every icon follows the theme; In gives it another of the theme's colours.
package icons

import (
	"bytes"
	"embed"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

//go:generate ./build.sh

//go:embed svg/*.svg logo.svg bell.svg counterbell.png
var files embed.FS

// Icon is a filled outline in a box of 24, drawn in one colour of the theme.
// As a fyne.Resource it has the colour of text.
type Icon struct {
	name  string
	shape []byte // the SVG, its paths without a fill
	color fyne.ThemeColorName
}

var _ fyne.Resource = (*Icon)(nil)

// Bell is the brand's glyph, for a disc of soft brass.
var Bell = shape("bell", "bell.svg")

// Logo is the brass bell on its green counter. It has the same colours in
// every theme.
var Logo fyne.Resource = fyne.NewStaticResource("counterbell-logo.svg", read("logo.svg"))

// Picture is the logo in pixels: Windows takes no other for the corner of its screen.
var Picture fyne.Resource = fyne.NewStaticResource("counterbell.png", read("counterbell.png"))

func load(lucide string) *Icon { return shape(lucide, "svg/"+lucide+".svg") }

func shape(name, path string) *Icon {
	return &Icon{name: name, shape: read(path), color: fynetheme.ColorNameForeground}
}

// read returns an embedded file. That every listed icon has one is tested.
func read(path string) []byte {
	content, err := files.ReadFile(path)
	if err != nil {
		return nil
	}
	return content
}

// In returns the icon in another colour of the theme.
func (i *Icon) In(name fyne.ThemeColorName) *Icon {
	c := *i
	c.color = name
	return &c
}

// Name tells one picture from another in Fyne's caches, so it holds the colour
// in force.
func (i *Icon) Name() string { return i.name + "-" + i.paint() + ".svg" }

// Content returns the SVG in the colour that the theme in force gives it.
func (i *Icon) Content() []byte {
	return bytes.ReplaceAll(i.shape, []byte("<path "), []byte(`<path fill="`+i.paint()+`" `))
}

func (i *Icon) paint() string {
	c, ok := fynetheme.Color(i.color).(color.NRGBA)
	if !ok {
		c = color.NRGBAModel.Convert(fynetheme.Color(i.color)).(color.NRGBA)
	}
	return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
}

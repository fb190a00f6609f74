package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// The colours of the house, by what they are for. Contrast of every pair that
// carries text is at least 4.5:1 in both variants (tested).
//
// Surfaces lie in this order: Rail, Page, Panel, then Sunken (a soft tile) or
// Raised (a hovered row). Never put text in Brass; use Warn on BrassSoft.
const (
	Page        fyne.ThemeColorName = "counterbell.page"        // window background
	Rail        fyne.ThemeColorName = "counterbell.rail"        // navigation rail
	Panel       fyne.ThemeColorName = "counterbell.panel"       // cards, lists, inputs
	Raised      fyne.ThemeColorName = "counterbell.raised"      // hovered row, tag, tab track
	Sunken      fyne.ThemeColorName = "counterbell.sunken"      // soft tile inside a panel
	Line        fyne.ThemeColorName = "counterbell.line"        // hairline, decoration only
	LineStrong  fyne.ThemeColorName = "counterbell.lineStrong"  // border of inputs
	Ink         fyne.ThemeColorName = "counterbell.ink"         // main text
	Ink2        fyne.ThemeColorName = "counterbell.ink2"        // secondary text, icons
	Ink3        fyne.ThemeColorName = "counterbell.ink3"        // hints, axes, table heads
	Accent      fyne.ThemeColorName = "counterbell.accent"      // the one action colour
	AccentHover fyne.ThemeColorName = "counterbell.accentHover" // primary button under the pointer
	AccentSoft  fyne.ThemeColorName = "counterbell.accentSoft"  // selected row
	OnAccent    fyne.ThemeColorName = "counterbell.onAccent"    // text on Accent
	Brass       fyne.ThemeColorName = "counterbell.brass"       // the bell; graphics only
	BrassSoft   fyne.ThemeColorName = "counterbell.brassSoft"   // the disc behind the bell
	OK          fyne.ThemeColorName = "counterbell.ok"
	OKSoft      fyne.ThemeColorName = "counterbell.okSoft"
	Warn        fyne.ThemeColorName = "counterbell.warn"
	WarnSoft    fyne.ThemeColorName = "counterbell.warnSoft"
	Danger      fyne.ThemeColorName = "counterbell.danger"
	DangerSoft  fyne.ThemeColorName = "counterbell.dangerSoft"
	Info        fyne.ThemeColorName = "counterbell.info"
	InfoSoft    fyne.ThemeColorName = "counterbell.infoSoft"
	NeutralSoft fyne.ThemeColorName = "counterbell.neutralSoft" // neutral pill, empty bar, disabled button
	Inv         fyne.ThemeColorName = "counterbell.inv"         // toast and bulk bar
	OnInv       fyne.ThemeColorName = "counterbell.onInv"       // text on Inv

	// Chart series, in the order of use.
	Chart1 fyne.ThemeColorName = "counterbell.chart1" // opens, sales, variant A
	Chart2 fyne.ThemeColorName = "counterbell.chart2" // redemptions, money spent, held back
	Chart3 fyne.ThemeColorName = "counterbell.chart3" // variant B, consent growth
	Chart4 fyne.ThemeColorName = "counterbell.chart4" // no phone, extra series
	Chart5 fyne.ThemeColorName = "counterbell.chart5" // bots and previews, other; dashed in lines
	Chart6 fyne.ThemeColorName = "counterbell.chart6" // extra series

	// Clear is nothing at all: the fill of a quiet control at rest.
	Clear fyne.ThemeColorName = "counterbell.clear"
	// Veil dims the page behind a decision.
	Veil fyne.ThemeColorName = "counterbell.veil"
)

// pair is one colour in both variants.
type pair struct{ light, dark color.NRGBA }

// palette is the one place where colours are written down.
var palette = map[fyne.ThemeColorName]pair{
	Page:        {hex(0xF8F5EF), hex(0x171513)},
	Rail:        {hex(0xEFE9DF), hex(0x110F0E)},
	Panel:       {hex(0xFFFEFC), hex(0x211E1B)},
	Raised:      {hex(0xF4EFE7), hex(0x2C2824)},
	Sunken:      {hex(0xF6F2EA), hex(0x1A1816)},
	Line:        {hex(0xE6DED1), hex(0x383330)},
	LineStrong:  {hex(0x8E8375), hex(0x8A8073)},
	Ink:         {hex(0x26211B), hex(0xF3EEE7)},
	Ink2:        {hex(0x5A5147), hex(0xC3B9AC)},
	Ink3:        {hex(0x6E6456), hex(0xABA195)},
	Accent:      {hex(0x0F6466), hex(0x62C6BF)},
	AccentHover: {hex(0x0B5153), hex(0x82D6D0)},
	AccentSoft:  {hex(0xDDEDEA), hex(0x173B3B)},
	OnAccent:    {hex(0xFFFFFF), hex(0x06302F)},
	Brass:       {hex(0xB4812B), hex(0xDDB15F)},
	BrassSoft:   {hex(0xF6E8CB), hex(0x3B2E15)},
	OK:          {hex(0x2F6E2F), hex(0x8CCB85)},
	OKSoft:      {hex(0xE2F0DE), hex(0x20351F)},
	Warn:        {hex(0x835400), hex(0xEBBE63)},
	WarnSoft:    {hex(0xFBEBC8), hex(0x3C2E12)},
	Danger:      {hex(0xAB2F28), hex(0xF49B92)},
	DangerSoft:  {hex(0xFBE4E0), hex(0x48221F)},
	Info:        {hex(0x2D5A9C), hex(0x9ABDF0)},
	InfoSoft:    {hex(0xE1EAF7), hex(0x1E2F4A)},
	NeutralSoft: {hex(0xECE6DC), hex(0x332E29)},
	Inv:         {hex(0x2B2621), hex(0xEDE6DB)},
	OnInv:       {hex(0xF6F1E9), hex(0x26211B)},
	Chart1:      {hex(0x0F6466), hex(0x62C6BF)},
	Chart2:      {hex(0xB4812B), hex(0xDDB15F)},
	Chart3:      {hex(0x5D76A8), hex(0x93A9DA)},
	Chart4:      {hex(0xB0583F), hex(0xDD8D72)},
	Chart5:      {hex(0x8E8375), hex(0xA0968A)},
	Chart6:      {hex(0x6F8F3A), hex(0xA9C46F)},
	Clear:       {color.NRGBA{}, color.NRGBA{}},
	Veil:        {color.NRGBA{0x26, 0x21, 0x1B, 0x66}, color.NRGBA{0x00, 0x00, 0x00, 0x99}},
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xFF}
}

package widget

import (
	"sort"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Text is one line in one style. It stands on whole pixels, and ends in an
// ellipsis when there is no room for all of it.
type Text struct {
	fynewidget.BaseWidget
	text    string
	size    fyne.ThemeSizeName
	color   fyne.ThemeColorName
	bold    bool
	align   fyne.TextAlign
	shorten bool
	shrink  bool
	struck  bool
	shown   *canvas.Text
	strike  *canvas.Rectangle
}

// Title is a page's title or a big number: 24 bold.
func Title(text string) *Text { return newText(text, theme.SizeTitle, theme.Ink, true) }

// Heading is a result's headline, a person, a tile's number: 18 bold.
func Heading(text string) *Text { return newText(text, theme.SizeHeading, theme.Ink, true) }

// Body is what most text is: 14.
func Body(text string) *Text { return newText(text, theme.SizeBody, theme.Ink, false) }

// Bold is for names and the titles of panels: 14 bold.
func Bold(text string) *Text { return newText(text, theme.SizeBody, theme.Ink, true) }

// Caption is for labels, hints and details: 12, secondary.
func Caption(text string) *Text { return newText(text, theme.SizeCaption, theme.Ink2, false) }

func newText(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName, bold bool) *Text {
	t := &Text{text: text, size: size, color: color, bold: bold, shown: &canvas.Text{}, strike: &canvas.Rectangle{}}
	t.strike.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// In gives the text another colour of the theme.
func (t *Text) In(color fyne.ThemeColorName) *Text { t.color = color; return t }

// Bold makes the text bold.
func (t *Text) Bold() *Text { t.bold = true; return t }

// Sized gives the text another size of the theme.
func (t *Text) Sized(size fyne.ThemeSizeName) *Text { t.size = size; return t }

// Centered puts the text in the middle of its room.
func (t *Text) Centered() *Text { t.align = fyne.TextAlignCenter; return t }

// Trailing puts the text at the right end of its room.
func (t *Text) Trailing() *Text { t.align = fyne.TextAlignTrailing; return t }

// Shorten lets the text give way: it asks for no more than a few letters of
// room and is cut with an ellipsis when it gets less than it needs.
func (t *Text) Shorten() *Text { t.shorten = true; return t }

// Shrink lets a headline that gives way become as small as text before
// letters of it are cut.
func (t *Text) Shrink() *Text { t.shorten, t.shrink = true, true; return t }

// Struck draws a line through the text: a removed person, a changed value.
func (t *Text) Struck() *Text { t.struck = true; return t }

// Text returns all of the text, also when it is shown cut.
func (t *Text) Text() string { return t.text }

// SetText changes what it says.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// SetColor changes the colour.
func (t *Text) SetColor(color fyne.ThemeColorName) {
	if t.color != color {
		t.color = color
		t.Refresh()
	}
}

// SetBold makes the text bold or regular, as for the selected item of several.
func (t *Text) SetBold(bold bool) {
	if t.bold != bold {
		t.bold = bold
		t.Refresh()
	}
}

// SetStruck draws or removes the line through the text.
func (t *Text) SetStruck(struck bool) {
	if t.struck != struck {
		t.struck = struck
		t.Refresh()
	}
}

// lineHeights are the heights of a line at scale 1.
var lineHeights = map[fyne.ThemeSizeName]float32{
	theme.SizeTitle: 32, theme.SizeHeading: 24, theme.SizeBody: 20, theme.SizeCaption: 16, theme.SizeTill: 64,
}

func lineHeight(size fyne.ThemeSizeName) float32 { return theme.Grow(lineHeights[size]) }

func (t *Text) measure(text string) fyne.Size { return t.measureAt(text, theme.Size(t.size)) }

func (t *Text) measureAt(text string, size float32) fyne.Size {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: t.bold})
}

// sized is the size at which the text is drawn into that much room.
func (t *Text) sized(width float32) float32 {
	full, least := theme.Size(t.size), theme.Size(theme.SizeBody)
	if !t.shrink || full <= least {
		return full
	}
	for full > least && t.measureAt(t.text, full).Width > width+0.5 {
		full--
	}
	return full
}

func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   t,
		objects: []fyne.CanvasObject{t.shown, t.strike},
		paint: func() {
			t.shown.Color, t.shown.TextSize = theme.Color(t.color), theme.Size(t.size)
			t.shown.TextStyle = fyne.TextStyle{Bold: t.bold}
			t.strike.FillColor = theme.Color(t.color)
		},
		least: func() fyne.Size {
			width := ceil(t.measure(t.text).Width)
			if t.shorten {
				width = min(width, 3*theme.Size(t.size))
			}
			return fyne.NewSize(width, lineHeight(t.size))
		},
		place: t.place,
	})
}

func (t *Text) place(size fyne.Size) {
	points := t.sized(size.Width)
	t.shown.TextSize = points
	t.shown.Text = fit(t.text, size.Width, func(s string) float32 { return t.measureAt(s, points).Width })
	needs := t.measureAt(t.shown.Text, points)
	x := float32(0)
	switch t.align {
	case fyne.TextAlignCenter:
		x = max(middle(size.Width, needs.Width), 0)
	case fyne.TextAlignTrailing:
		x = max(float32(int(size.Width-needs.Width)), 0)
	}
	y := middle(size.Height, needs.Height)
	t.shown.Move(fyne.NewPos(x, y))
	t.shown.Resize(fyne.NewSize(ceil(needs.Width), needs.Height))
	if !t.struck || t.shown.Text == "" {
		t.strike.Hide()
		return
	}
	t.strike.Show()
	t.strike.Move(fyne.NewPos(x, middle(size.Height, 1)+1))
	t.strike.Resize(fyne.NewSize(ceil(needs.Width), 1))
}

// fit returns text, or as much of its beginning as fits into width with an
// ellipsis. Half a pixel of overhang is let pass.
func fit(text string, width float32, measure func(string) float32) string {
	if measure(text) <= width+0.5 {
		return text
	}
	runes := []rune(text)
	keep := sort.Search(len(runes), func(n int) bool { return measure(string(runes[:n+1])+"…") > width })
	if keep == 0 && measure("…") > width {
		return ""
	}
	return string(runes[:keep]) + "…"
}

package chart

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"counterbell/ui/theme"
)

// A look is where a chart takes its colours, sizes and typeface from: the theme in force, or one that it is pinned to
// when it is drawn for a report, so that a dark window can print a light page.
type look struct{ pinned *theme.Theme }

func (l look) color(name fyne.ThemeColorName) color.NRGBA {
	if l.pinned != nil {
		return color.NRGBAModel.Convert(l.pinned.Color(name, 0)).(color.NRGBA)
	}
	return color.NRGBAModel.Convert(theme.Color(name)).(color.NRGBA)
}

// faded is a colour at a share of its opacity.
func (l look) faded(name fyne.ThemeColorName, share float32) color.NRGBA {
	c := l.color(name)
	c.A = uint8(float32(c.A)*share + 0.5)
	return c
}

func (l look) size(name fyne.ThemeSizeName) float32 {
	if l.pinned != nil {
		return l.pinned.Size(name)
	}
	return theme.Size(name)
}

// grow returns a height drawn for text at scale 1, grown with the text to a whole pixel.
func (l look) grow(px float32) float32 {
	return float32(math.Round(float64(px * l.size(theme.SizeBody) / 14)))
}

// A style is one way that charts write.
type style struct {
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	bold  bool
}

var (
	axisStyle   = style{theme.SizeCaption, theme.Ink3, false}
	valueStyle  = style{theme.SizeCaption, theme.Ink2, false}
	strongStyle = style{theme.SizeCaption, theme.Ink, true}
	titleStyle  = style{theme.SizeBody, theme.Ink, true}
	bodyStyle   = style{theme.SizeBody, theme.Ink, false}
	emptyStyle  = style{theme.SizeBody, theme.Ink2, false}
	numberStyle = style{theme.SizeTitle, theme.Ink, true}
	linkStyle   = style{theme.SizeCaption, theme.Accent, false}
)

// text returns a text of its own size, at no place yet.
func (l look) text(s string, st style) *canvas.Text {
	t := canvas.NewText(s, l.color(st.color))
	t.TextSize = l.size(st.size)
	t.TextStyle.Bold = st.bold
	if l.pinned != nil {
		t.FontSource = l.pinned.Font(t.TextStyle)
	}
	t.Resize(t.MinSize())
	return t
}

// width returns how wide s is, in pixels.
func (l look) width(s string, st style) float32 {
	if s == "" {
		return 0
	}
	var font fyne.Resource
	if l.pinned != nil {
		font = l.pinned.Font(fyne.TextStyle{Bold: st.bold})
	}
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, l.size(st.size), fyne.TextStyle{Bold: st.bold}, font)
	return size.Width
}

// line returns the height of one line of text.
func (l look) line(st style) float32 {
	return float32(math.Ceil(float64(l.size(st.size)) * 4 / 3))
}

// place moves o to a whole pixel; on half ones the window's painter blurs text.
func place(o fyne.CanvasObject, x, y float32) {
	o.Move(fyne.NewPos(whole(x), whole(y)))
}

func whole(v float32) float32 { return float32(math.Round(float64(v))) }

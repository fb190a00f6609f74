package widget

import (
	"strings"
	"unicode"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Paragraph is text over several lines. Lines break at spaces, or between
// Chinese characters but never before a closing mark or after an opening one.
type Paragraph struct {
	fynewidget.BaseWidget
	text     string
	size     fyne.ThemeSizeName
	color    fyne.ThemeColorName
	bold     bool
	align    fyne.TextAlign
	wide     float32
	maxLines int
	lines    []*canvas.Text
	wrapped  []string
	wrapKey  wrapKey
	drawing  *drawing
}

type wrapKey struct {
	text  string
	width float32
	size  float32
	bold  bool
}

// NewParagraph wraps text of 14 px, secondary. Without Wide it is as wide as
// its place, and asks for the height that it needs there.
func NewParagraph(text string) *Paragraph {
	p := &Paragraph{text: text, size: theme.SizeBody, color: theme.Ink2}
	p.ExtendBaseWidget(p)
	return p
}

// Wide fixes the width in pixels at which lines break.
func (p *Paragraph) Wide(width float32) *Paragraph { p.wide = width; return p }

// In gives it another colour of the theme.
func (p *Paragraph) In(color fyne.ThemeColorName) *Paragraph { p.color = color; return p }

// Sized gives it another size of the theme.
func (p *Paragraph) Sized(size fyne.ThemeSizeName) *Paragraph { p.size = size; return p }

// Bold makes it bold.
func (p *Paragraph) Bold() *Paragraph { p.bold = true; return p }

// Centered puts each line in the middle.
func (p *Paragraph) Centered() *Paragraph { p.align = fyne.TextAlignCenter; return p }

// Lines shows at most so many lines, the last one cut with an ellipsis.
func (p *Paragraph) Lines(most int) *Paragraph { p.maxLines = most; return p }

// SetText changes what it says.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text returns all of the text.
func (p *Paragraph) Text() string { return p.text }

// SetColor changes the colour.
func (p *Paragraph) SetColor(color fyne.ThemeColorName) { p.color = color; p.Refresh() }

func (p *Paragraph) style() fyne.TextStyle { return fyne.TextStyle{Bold: p.bold} }

func (p *Paragraph) measure(s string) float32 {
	return fyne.MeasureText(s, theme.Size(p.size), p.style()).Width
}

// wrap breaks the text for a width, and remembers the last answer.
func (p *Paragraph) wrap(width float32) []string {
	key := wrapKey{p.text, width, theme.Size(p.size), p.bold}
	if key == p.wrapKey && p.wrapped != nil {
		return p.wrapped
	}
	lines := wrapText(p.text, width, p.measure)
	if p.maxLines > 0 && len(lines) > p.maxLines {
		rest := strings.Join(lines[p.maxLines-1:], " ")
		lines = append(lines[:p.maxLines-1:p.maxLines-1], fit(rest, width, p.measure))
	}
	p.wrapKey, p.wrapped = key, lines
	return lines
}

func (p *Paragraph) width() float32 {
	if p.wide > 0 {
		return p.wide
	}
	if w := p.Size().Width; w > 0 {
		return w
	}
	return 400
}

func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	p.drawing = &drawing{
		owner: p,
		least: func() fyne.Size {
			lines := max(len(p.wrap(p.width())), 1)
			return fyne.NewSize(max(p.wide, 4*theme.Size(p.size)), float32(lines)*lineHeight(p.size))
		},
		place: p.place,
	}
	return draw(p.drawing)
}

func (p *Paragraph) place(size fyne.Size) {
	width := size.Width
	if p.wide > 0 {
		width = min(width, p.wide)
	}
	lines := p.wrap(width)
	for len(p.lines) < len(lines) {
		p.lines = append(p.lines, &canvas.Text{})
	}
	p.lines = p.lines[:len(lines)]
	objects := make([]fyne.CanvasObject, len(lines))
	high := lineHeight(p.size)
	for i, line := range lines {
		text := p.lines[i]
		text.Text, text.TextSize, text.TextStyle, text.Color = line, theme.Size(p.size), p.style(), theme.Color(p.color)
		needs := text.MinSize()
		x := float32(0)
		if p.align == fyne.TextAlignCenter {
			x = max(middle(size.Width, needs.Width), 0)
		}
		text.Move(fyne.NewPos(x, float32(i)*high+middle(high, needs.Height)))
		text.Resize(fyne.NewSize(ceil(needs.Width), needs.Height))
		text.Refresh()
		objects[i] = text
	}
	p.drawing.objects = objects
}

// notFirst are marks that may not begin a line, notLast may not end one.
const (
	notFirst = "，。、；：？！…—·）」』】》〉”’%％)]},.;:?!"
	notLast  = "（「『【《〈“‘([{$¥￥€£"
)

// wrapText breaks text into lines no wider than width where it can. Line
// feeds in the text stay.
func wrapText(text string, width float32, measure func(string) float32) []string {
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line, lineWidth := "", float32(0)
		for _, piece := range pieces(paragraph) {
			w := measure(piece)
			if line != "" && lineWidth+measure(strings.TrimRight(piece, " ")) > width {
				lines = append(lines, strings.TrimRight(line, " "))
				line, lineWidth = "", 0
			}
			for line == "" && w > width && len([]rune(piece)) > 1 {
				head := hardBreak(piece, width, measure)
				lines = append(lines, head)
				piece = piece[len(head):]
				w = measure(piece)
			}
			line, lineWidth = line+piece, lineWidth+w
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// hardBreak cuts a word that is wider than a line, after at least one letter.
func hardBreak(word string, width float32, measure func(string) float32) string {
	runes := []rune(word)
	for n := 2; n <= len(runes); n++ {
		if measure(string(runes[:n])) > width {
			return string(runes[:n-1])
		}
	}
	return word
}

// pieces cuts text where a line may break: after spaces and around Chinese
// characters, with punctuation kept to what it belongs to.
func pieces(text string) []string {
	var out []string
	runes := []rune(text)
	start := 0
	for i := 1; i < len(runes); i++ {
		before, after := runes[i-1], runes[i]
		breaks := before == ' ' && after != ' ' || wide(before) && after != ' ' || wide(after) && before != ' '
		if breaks && !strings.ContainsRune(notFirst, after) && !strings.ContainsRune(notLast, before) {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

// wide tells characters between which a line may break.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

package widget

import (
	"image/color"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Link is accent text that leads somewhere: "See results", "Why?".
type Link struct {
	pressable
	label  *Text
	after  *Icon
	line   *canvas.Rectangle
	ring   *ring
	inside bool // underlined at rest, on a toast
}

// NewLink makes a link of 14 px.
func NewLink(text string, onTap func()) *Link {
	l := &Link{label: Body(text).In(theme.Accent).Shorten(), line: canvas.NewRectangle(color.Transparent), ring: newRing(theme.RadiusTag)}
	l.init(l, onTap)
	return l
}

// NewCaptionLink makes a link of 12 px, as after a sentence.
func NewCaptionLink(text string, onTap func()) *Link {
	l := NewLink(text, onTap)
	l.label.size = theme.SizeCaption
	return l
}

// Bold makes it bold, as the one action of a card.
func (l *Link) Bold() *Link { l.label.bold = true; return l }

// WithArrow shows that it leads to another page.
func (l *Link) WithArrow() *Link {
	l.after = NewIcon(icons.Forward, theme.Accent, IconPill)
	return l
}

// In gives it another colour.
func (l *Link) In(color fyne.ThemeColorName) *Link { l.label.color = color; return l }

// SetText changes what it says.
func (l *Link) SetText(text string) {
	if l.label.text != text {
		l.label.text = text
		l.Refresh()
	}
}

// Text returns what it says.
func (l *Link) Text() string { return l.label.text }

func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.ring.Rectangle, l.label, l.line}
	if l.after != nil {
		objects = append(objects, l.after)
	}
	return draw(&drawing{
		owner:   l,
		objects: objects,
		paint: func() {
			ink := l.label.color
			if l.disabled {
				ink = theme.Ink3
			}
			l.line.FillColor = color.Transparent
			if (l.hovered || l.inside) && !l.disabled {
				l.line.FillColor = theme.Color(ink)
			}
			l.line.Refresh()
			l.ring.show(l.focused, theme.Accent)
			l.label.Refresh()
			if l.after != nil {
				l.after.color = ink
				l.after.Refresh()
			}
		},
		least: func() fyne.Size {
			size := fyne.NewSize(ceil(l.label.measure(l.label.text).Width), lineHeight(l.label.size))
			if l.after != nil {
				size.Width += 4 + l.after.side()
			}
			return size
		},
		place: func(size fyne.Size) {
			l.ring.around(size)
			room := size.Width
			if l.after != nil {
				room -= 4 + l.after.side()
			}
			width := min(ceil(l.label.measure(l.label.text).Width), room)
			high := lineHeight(l.label.size)
			y := middle(size.Height, high)
			l.label.Move(fyne.NewPos(0, y))
			l.label.Resize(fyne.NewSize(width, high))
			l.line.Move(fyne.NewPos(0, y+high-2))
			l.line.Resize(fyne.NewSize(width, 1))
			if l.after != nil {
				side := l.after.side()
				l.after.Move(fyne.NewPos(width+4, middle(size.Height, side)))
				l.after.Resize(fyne.NewSquareSize(side))
			}
		},
	})
}

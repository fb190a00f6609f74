package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Bubble is one text of a conversation: ours at the right on the accent's soft
// colour, theirs at the left. It is as wide as its words, and at most four
// fifths of its place; below it stands what is to be said about it, such as
// when it went and whether it arrived.
type Bubble struct {
	fynewidget.BaseWidget
	text  string
	ours  bool
	faint bool
	note  fyne.CanvasObject
	box   *box
	lines []*canvas.Text
	shape bubbleShape
}

// bubbleShape is how the words lie at a width.
type bubbleShape struct {
	key    wrapKey
	lines  []string
	widest float32
}

const (
	bubblePadding float32 = 14
	bubbleAbove   float32 = 10
	bubbleRadius  float32 = 14
	bubbleWidest  float32 = 420
)

// NewBubble makes the bubble of a text that came in. note may be nil.
func NewBubble(text string, note fyne.CanvasObject) *Bubble {
	b := &Bubble{text: text, note: note, box: newBox(bubbleRadius)}
	b.ExtendBaseWidget(b)
	return b
}

// Ours makes it one that we sent.
func (b *Bubble) Ours() *Bubble { b.ours = true; return b }

// Faint makes it one that has not gone out, or never will.
func (b *Bubble) Faint() *Bubble { b.faint = true; return b }

// Text is what the bubble says.
func (b *Bubble) Text() string { return b.text }

// Note is what stands below it; nil for nothing.
func (b *Bubble) Note() fyne.CanvasObject { return b.note }

// most is how wide the words may be in a place.
func (b *Bubble) most(place float32) float32 {
	return max(min(float32(int(place*0.82)), theme.Grow(bubbleWidest))-2*bubblePadding, 40)
}

// lay breaks the words for a place, and remembers the last answer.
func (b *Bubble) lay(place float32) bubbleShape {
	if place <= 0 {
		place = 400
	}
	key := wrapKey{b.text, b.most(place), theme.Size(theme.SizeBody), false}
	if key == b.shape.key && b.shape.lines != nil {
		return b.shape
	}
	measure := func(s string) float32 {
		return fyne.MeasureText(s, theme.Size(theme.SizeBody), fyne.TextStyle{}).Width
	}
	s := bubbleShape{key: key, lines: wrapText(b.text, key.width, measure)}
	for _, line := range s.lines {
		s.widest = max(s.widest, ceil(measure(line)))
	}
	b.shape = s
	return s
}

func (b *Bubble) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: b}
	fixed := b.box.objects()
	if b.note != nil {
		fixed = append(fixed, b.note)
	}
	high := func(s bubbleShape) float32 {
		return float32(len(s.lines))*lineHeight(theme.SizeBody) + 2*bubbleAbove
	}
	d.paint = func() {
		switch {
		case b.faint:
			b.box.line(theme.Panel, theme.LineStrong, 1)
		case b.ours:
			b.box.fill(theme.AccentSoft)
		default:
			b.box.fill(theme.Raised)
		}
		b.box.body.Refresh()
		b.box.edge.Refresh()
	}
	d.least = func() fyne.Size {
		least := fyne.NewSize(120, high(b.lay(b.Size().Width)))
		if b.note != nil {
			note := b.note.MinSize()
			least.Width, least.Height = max(least.Width, note.Width), least.Height+4+note.Height
		}
		return least
	}
	d.place = func(size fyne.Size) {
		s := b.lay(size.Width)
		body := fyne.NewSize(s.widest+2*bubblePadding, high(s))
		x := float32(0)
		if b.ours {
			x = max(size.Width-body.Width, 0)
		}
		b.box.at(fyne.NewPos(x, 0), body)
		for len(b.lines) < len(s.lines) {
			b.lines = append(b.lines, &canvas.Text{})
		}
		b.lines = b.lines[:len(s.lines)]
		objects := append([]fyne.CanvasObject(nil), fixed...)
		line, ink := lineHeight(theme.SizeBody), theme.Color(theme.Ink)
		if b.faint {
			ink = theme.Color(theme.Ink2)
		}
		for i, t := range b.lines {
			t.Text, t.TextSize, t.Color = s.lines[i], theme.Size(theme.SizeBody), ink
			needs := t.MinSize()
			t.Move(fyne.NewPos(x+bubblePadding, bubbleAbove+float32(i)*line+middle(line, needs.Height)))
			t.Resize(fyne.NewSize(ceil(needs.Width), needs.Height))
			t.Refresh()
			objects = append(objects, t)
		}
		if b.note != nil {
			least := b.note.MinSize()
			wide := min(max(least.Width, 40), size.Width)
			at := float32(2)
			if b.ours {
				at = max(size.Width-wide-2, 0)
			}
			b.note.Move(fyne.NewPos(at, body.Height+4))
			b.note.Resize(fyne.NewSize(wide, least.Height))
		}
		d.objects = objects
	}
	return draw(d)
}

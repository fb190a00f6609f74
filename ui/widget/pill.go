package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Pill says a state in one word with its icon: "✓ Confirmed". 22 px high.
type Pill struct {
	fynewidget.BaseWidget
	tone  Tone
	icon  *Icon
	count *Text // bold, before the word: "5 confirmed"
	label *Text
	box   *box
}

// NewPill makes a pill. icon may be nil.
func NewPill(tone Tone, icon *icons.Icon, text string) *Pill {
	p := &Pill{tone: tone, icon: NewIcon(icon, tone.text(), IconPill), count: Caption("").Bold(), label: Caption(text), box: newBox(11)}
	p.ExtendBaseWidget(p)
	return p
}

// NewCountPill says how many are in a state: "5 confirmed".
func NewCountPill(tone Tone, count, text string) *Pill {
	p := NewPill(tone, nil, text)
	p.count.text = count
	return p
}

// Set changes all that the pill says.
func (p *Pill) Set(tone Tone, icon *icons.Icon, text string) {
	p.tone, p.icon.icon, p.label.text = tone, icon, text
	p.Refresh()
}

// SetCount changes the number before the word.
func (p *Pill) SetCount(count string) { p.count.text = count; p.Refresh() }

// Text returns the word.
func (p *Pill) Text() string { return p.label.text }

func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   p,
		objects: append(p.box.objects(), p.icon, p.count, p.label),
		paint: func() {
			p.box.round(theme.Grow(22) / 2)
			p.box.fill(p.tone.soft())
			ink := p.tone.text()
			p.icon.color, p.count.color, p.label.color = ink, ink, ink
			p.icon.Refresh()
			p.count.Refresh()
			p.label.Refresh()
		},
		least: func() fyne.Size {
			width := p.label.MinSize().Width + 2*8
			if p.icon.icon != nil {
				width += p.icon.side() + 4
			}
			if p.count.text != "" {
				width += p.count.MinSize().Width + 6
			}
			return fyne.NewSize(width, theme.Grow(22))
		},
		place: func(size fyne.Size) {
			high := theme.Grow(22)
			y := middle(size.Height, high)
			p.box.at(fyne.NewPos(0, y), fyne.NewSize(size.Width, high))
			x := float32(8)
			if p.icon.icon != nil {
				side := p.icon.side()
				p.icon.Move(fyne.NewPos(x, middle(size.Height, side)))
				p.icon.Resize(fyne.NewSquareSize(side))
				x += side + 4
			}
			if p.count.text != "" {
				least := p.count.MinSize()
				p.count.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
				p.count.Resize(least)
				x += least.Width + 6
			}
			least := p.label.MinSize()
			p.label.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
			p.label.Resize(fyne.NewSize(max(min(least.Width, size.Width-x-4), 0), least.Height))
		},
	})
}

// Tag is a word that people put on contacts: "VIP". 20 px high.
type Tag struct {
	fynewidget.BaseWidget
	label *Text
	box   *box
}

// NewTag makes a tag; "+2" stands for those that do not fit.
func NewTag(text string) *Tag {
	t := &Tag{label: Caption(text), box: newBox(theme.RadiusTag)}
	t.ExtendBaseWidget(t)
	return t
}

// SetText changes the word.
func (t *Tag) SetText(text string) { t.label.text = text; t.Refresh() }

func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   t,
		objects: append(t.box.objects(), t.label),
		paint: func() {
			t.box.fill(theme.Raised)
			t.label.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(t.label.MinSize().Width+12, theme.Grow(20)) },
		place: func(size fyne.Size) {
			high := theme.Grow(20)
			t.box.at(fyne.NewPos(0, middle(size.Height, high)), fyne.NewSize(size.Width, high))
			least := t.label.MinSize()
			t.label.Move(fyne.NewPos(6, middle(size.Height, least.Height)))
			t.label.Resize(fyne.NewSize(max(min(least.Width, size.Width-10), 0), least.Height))
		},
	})
}

// Badge is a count in a disc: replies that need a person.
type Badge struct {
	fynewidget.BaseWidget
	text  *Text
	calls bool
	box   *box
}

// NewBadge counts what needs a person, in accent.
func NewBadge(text string) *Badge {
	b := &Badge{text: Caption(text).Bold().Centered(), calls: true, box: newBox(10)}
	b.ExtendBaseWidget(b)
	return b
}

// Amber makes it a count of settings to fix.
func (b *Badge) Amber() *Badge { b.calls = false; return b }

// SetText changes the count; the empty text hides the badge.
func (b *Badge) SetText(text string) { b.text.text = text; b.Refresh() }

func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   b,
		objects: append(b.box.objects(), b.text),
		paint: func() {
			fill, ink := theme.Accent, theme.OnAccent
			if !b.calls {
				fill, ink = theme.WarnSoft, theme.Warn
			}
			if b.text.text == "" {
				fill = theme.Clear
			}
			b.box.round(theme.Grow(20) / 2)
			b.box.fill(fill)
			b.text.color = ink
			b.text.Refresh()
		},
		least: func() fyne.Size {
			high := theme.Grow(20)
			return fyne.NewSize(max(high, b.text.MinSize().Width+10), high)
		},
		place: func(size fyne.Size) {
			high := theme.Grow(20)
			pos := fyne.NewPos(0, middle(size.Height, high))
			b.box.at(pos, fyne.NewSize(size.Width, high))
			b.text.Move(pos)
			b.text.Resize(fyne.NewSize(size.Width, high))
		},
	})
}

package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// FilterPill is a condition of a list: one in force, with a cross that takes
// it away, or one that can be chosen, with a chevron.
type FilterPill struct {
	pressable
	label *Text
	icon  *Icon
	on    bool
	box   *box
	ring  *ring
}

// NewFilter shows a condition in force: "Visited since 1 Oct ×". A press takes
// it away.
func NewFilter(text string, onTap func()) *FilterPill {
	return newFilterPill(text, icons.Close, true, onTap)
}

// NewFilterChoice offers a condition: "Consent ⌄". A press opens the choice.
func NewFilterChoice(text string, onTap func()) *FilterPill {
	return newFilterPill(text, icons.More, false, onTap)
}

// NewFilterAdd is the plus that adds a condition of any kind.
func NewFilterAdd(tip string, onTap func()) *FilterPill {
	p := newFilterPill("", icons.Add, false, onTap)
	p.tip = tip
	return p
}

func newFilterPill(text string, icon *icons.Icon, on bool, onTap func()) *FilterPill {
	p := &FilterPill{label: Caption(text), icon: NewIcon(icon, theme.Accent, IconPill), on: on, box: newBox(11), ring: newRing(11)}
	p.init(p, onTap)
	return p
}

// Text is what the pill says.
func (p *FilterPill) Text() string { return p.label.text }

func (p *FilterPill) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: p, objects: append(p.box.objects(), p.ring.Rectangle, p.label, p.icon),
		paint: func() {
			p.box.round(theme.Grow(22) / 2)
			p.ring.radius = theme.Grow(22) / 2
			ink := theme.Ink2
			switch {
			case p.on && p.hovered:
				p.box.line(theme.AccentSoft, theme.Accent, 1)
				ink = theme.Accent
			case p.on:
				p.box.fill(theme.AccentSoft)
				ink = theme.Accent
			case p.hovered:
				p.box.line(theme.Raised, theme.Line, 1)
			default:
				p.box.line(theme.Panel, theme.Line, 1)
			}
			p.label.color, p.icon.color = ink, ink
			p.ring.show(p.focused, theme.Accent)
			p.label.Refresh()
			p.icon.Refresh()
			p.box.edge.Refresh()
			p.box.body.Refresh()
		},
		// It is drawn 22 px high, and can be hit within 28.
		least: func() fyne.Size { return fyne.NewSize(p.content()+16, theme.Grow(28)) },
		place: func(size fyne.Size) {
			high := theme.Grow(22)
			y := middle(size.Height, high)
			p.box.at(fyne.NewPos(0, y), fyne.NewSize(size.Width, high))
			p.ring.around(fyne.NewSize(size.Width, high))
			p.ring.Move(fyne.NewPos(-3, y-3))
			x := max(middle(size.Width, p.content()), 4)
			if p.label.text != "" {
				least := p.label.MinSize()
				p.label.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
				p.label.Resize(least)
				x += least.Width + 5
			}
			side := p.icon.side()
			p.icon.Move(fyne.NewPos(x, middle(size.Height, side)))
			p.icon.Resize(fyne.NewSquareSize(side))
		},
	})
}

func (p *FilterPill) content() float32 {
	if p.label.text == "" {
		return p.icon.side()
	}
	return p.label.MinSize().Width + 5 + p.icon.side()
}

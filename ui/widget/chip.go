package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// Chip chooses a group or filter: "VIP 486". 30 px high; the chosen one is
// filled.
type Chip struct {
	pressable
	label    *Text
	count    *Text
	icon     *Icon
	selected bool
	box      *box
	ring     *ring
}

// NewChip makes a chip. count may be empty.
func NewChip(text, count string, onTap func()) *Chip {
	c := &Chip{label: Caption(text), count: Caption(count), icon: NewIcon(nil, theme.Ink2, IconSmall), box: newBox(15), ring: newRing(15)}
	c.init(c, onTap)
	return c
}

// WithIcon puts an icon after the text: a cross that removes, a chevron that
// opens, or the plus of a chip without text.
func (c *Chip) WithIcon(icon *icons.Icon) *Chip { c.icon.icon = icon; return c }

// Select fills or empties the chip.
func (c *Chip) Select(selected bool) {
	if c.selected != selected {
		c.selected = selected
		c.Refresh()
	}
}

// Selected tells whether it is the chosen one.
func (c *Chip) Selected() bool { return c.selected }

// Set changes text and count.
func (c *Chip) Set(text, count string) { c.label.text, c.count.text = text, count; c.Refresh() }

func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   c,
		objects: append(c.box.objects(), c.ring.Rectangle, c.label, c.count, c.icon),
		paint: func() {
			c.box.round(theme.Grow(30) / 2)
			c.ring.radius = theme.Grow(30) / 2
			ink, faint := theme.Ink2, theme.Ink3
			switch {
			case c.selected:
				c.box.fill(theme.Accent)
				if c.hovered {
					c.box.fill(theme.AccentHover)
				}
				ink, faint = theme.OnAccent, theme.OnAccent
			case c.hovered:
				c.box.line(theme.Raised, theme.Line, 1)
			default:
				c.box.line(theme.Panel, theme.Line, 1)
			}
			if c.disabled {
				ink, faint = theme.Ink3, theme.Ink3
			}
			c.ring.show(c.focused, theme.Accent)
			c.label.color, c.label.bold = ink, c.selected
			c.count.color, c.count.bold = faint, c.selected
			c.icon.color = ink
			c.label.Refresh()
			c.count.Refresh()
			c.icon.Refresh()
			c.box.edge.Refresh()
			c.box.body.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(c.content()+2*13, theme.Grow(30)) },
		place: func(size fyne.Size) {
			high := theme.Grow(30)
			c.box.at(fyne.NewPos(0, middle(size.Height, high)), fyne.NewSize(size.Width, high))
			c.ring.around(size)
			x := max(middle(size.Width, c.content()), 6)
			for _, text := range []*Text{c.label, c.count} {
				if text.text == "" {
					text.Resize(fyne.Size{})
					continue
				}
				least := text.MinSize()
				text.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
				text.Resize(least)
				x += least.Width + 6
			}
			side := c.icon.side()
			c.icon.Move(fyne.NewPos(x, middle(size.Height, side)))
			c.icon.Resize(fyne.NewSquareSize(side))
		},
	})
}

func (c *Chip) content() float32 {
	width := float32(-6)
	for _, text := range []*Text{c.label, c.count} {
		if text.text != "" {
			width += text.MinSize().Width + 6
		}
	}
	if c.icon.icon != nil {
		width += c.icon.side() + 6
	}
	return width
}

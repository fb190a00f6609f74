package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// ChoiceCard is a card that can be chosen, one of several: a provider, a kind
// of shop. The chosen one has an edge in accent.
type ChoiceCard struct {
	pressable
	content  fyne.CanvasObject
	selected bool
	box      *box
	ring     *ring
}

// NewChoiceCard makes a card around content, which takes no presses itself.
func NewChoiceCard(content fyne.CanvasObject, onTap func()) *ChoiceCard {
	c := &ChoiceCard{content: content, box: newBox(theme.RadiusPanel), ring: newRing(theme.RadiusPanel)}
	c.init(c, onTap)
	return c
}

// Select marks the card as the chosen one.
func (c *ChoiceCard) Select(selected bool) {
	if c.selected != selected {
		c.selected = selected
		c.Refresh()
	}
}

// Selected tells whether it is the chosen one.
func (c *ChoiceCard) Selected() bool { return c.selected }

// choicePadding is the room between a card's edge and its content.
const choicePadding float32 = 12

func (c *ChoiceCard) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   c,
		objects: append(c.box.objects(), c.content, c.ring.Rectangle),
		paint: func() {
			body := theme.Panel
			if c.hovered && !c.disabled {
				body = theme.Raised
			}
			c.box.line(body, theme.Line, 1)
			if c.selected {
				c.box.line(body, theme.Accent, 2)
			}
			c.ring.show(c.focused, theme.Accent)
			c.box.edge.Refresh()
			c.box.body.Refresh()
		},
		least: func() fyne.Size { return c.content.MinSize().AddWidthHeight(2*choicePadding, 2*choicePadding) },
		place: func(size fyne.Size) {
			c.box.at(fyne.Position{}, size)
			c.ring.around(size)
			c.content.Move(fyne.NewSquareOffsetPos(choicePadding))
			c.content.Resize(size.SubtractWidthHeight(2*choicePadding, 2*choicePadding))
		},
	})
}

package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Card is one of a few things to choose from, with enough room to say what each is: a tile, a title and a line below.
type Card struct {
	Icon   *icons.Icon
	Title  string
	Detail string
	Pill   string // a word beside the title, such as "to begin with"; may be empty
}

// Cards choose exactly one of a few cards that all stay visible. Arrow keys move the choice.
type Cards struct {
	fynewidget.BaseWidget
	cards    []*card
	selected int
	onChange func(index int)
	box      *fyne.Container
}

// NewCards makes cards in that many columns, of which none is chosen until SetSelected. onChange is called when the user
// chooses another one.
func NewCards(columns int, options []Card, onChange func(index int)) *Cards {
	c := &Cards{selected: -1, onChange: onChange, box: Grid(columns, 12)}
	for i, o := range options {
		one := newCard(o)
		one.init(one, func() { c.Choose(i) })
		one.arrow = func(step int) { c.step(i, step) }
		c.cards = append(c.cards, one)
		c.box.Add(one)
	}
	c.ExtendBaseWidget(c)
	return c
}

// Wide lays each card out in one line, for cards below each other.
func (c *Cards) Wide() *Cards {
	for _, one := range c.cards {
		one.wide = true
	}
	return c
}

// Selected is the index of the chosen card, -1 for none.
func (c *Cards) Selected() int { return c.selected }

// SetSelected chooses without calling onChange.
func (c *Cards) SetSelected(index int) {
	c.selected = index
	for i, one := range c.cards {
		one.mark.on = i == index
		one.Refresh()
	}
}

// Choose does what a click on a card does.
func (c *Cards) Choose(index int) {
	changed := index != c.selected
	c.SetSelected(index)
	if changed && c.onChange != nil {
		c.onChange(index)
	}
}

func (c *Cards) step(from, step int) {
	to := from + step
	if to < 0 || to >= len(c.cards) {
		return
	}
	c.Choose(to)
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c.cards[to])
	}
}

func (c *Cards) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(c.box) }

// card is one of them.
type card struct {
	pressable
	tile   *IconTile
	title  *Text
	detail *Paragraph
	pill   *Pill
	mark   *mark
	box    *box
	ring   *ring
	icon   *icons.Icon
	arrow  func(step int)
	wide   bool
}

func newCard(o Card) *card {
	c := &card{icon: o.Icon, title: Bold(o.Title).Shorten(), detail: NewParagraph(o.Detail).Sized(theme.SizeCaption), mark: newMark(true), box: newBox(theme.RadiusPanel), ring: newRing(theme.RadiusPanel)}
	if o.Icon != nil {
		c.tile = NewIconTile(o.Icon, Neutral)
	}
	if o.Pill != "" {
		c.pill = NewPill(Accent, nil, o.Pill)
	}
	return c
}

func (c *card) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown, fyne.KeyRight:
		c.arrow(1)
	case fyne.KeyUp, fyne.KeyLeft:
		c.arrow(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if c.mark.on { // chosen already: Enter goes on
			keyToPage(c.self, key)
			return
		}
		c.Press()
	default:
		c.pressable.TypedKey(key)
	}
}

func (c *card) objects() []fyne.CanvasObject {
	all := append(c.box.objects(), c.ring.Rectangle, c.title, c.detail)
	if c.tile != nil {
		all = append(all, c.tile)
	}
	if c.pill != nil {
		all = append(all, c.pill)
	}
	return append(all, c.mark.objects()...)
}

// Room inside a card, and below its tile, in pixels.
const cardPadding, cardGap float32 = 16, 12

func (c *card) CreateRenderer() fyne.WidgetRenderer {
	side := func() float32 { return theme.Grow(36) }
	return draw(&drawing{
		owner:   c,
		objects: c.objects(),
		paint: func() {
			c.mark.paint(c.hovered, c.disabled)
			body, edge, width, tone := theme.Panel, theme.Line, float32(1), Neutral
			if c.hovered {
				body = theme.Raised
			}
			if c.mark.on {
				body, edge, width, tone = theme.Panel, theme.Accent, 2, Accent
			}
			c.box.line(body, edge, width)
			c.ring.show(c.focused, theme.Accent)
			if c.tile != nil {
				c.tile.Set(c.icon, tone)
			}
			c.title.Refresh()
			c.detail.Refresh()
		},
		least: func() fyne.Size {
			text := lineHeight(theme.SizeBody) + max(c.detail.MinSize().Height, lineHeight(theme.SizeCaption))
			width := 2*cardPadding + c.mark.side() + 8 + 72
			if c.wide {
				return fyne.NewSize(width, 2*cardPadding-4+max(text, side()))
			}
			high := text
			if c.tile != nil {
				high += side() + cardGap
			}
			return fyne.NewSize(width, 2*cardPadding+high)
		},
		place: func(size fyne.Size) {
			c.box.at(fyne.Position{}, size)
			c.ring.around(size)
			at, room := fyne.NewPos(cardPadding, cardPadding), size.Width-2*cardPadding
			c.mark.at(fyne.NewPos(size.Width-cardPadding-c.mark.side(), cardPadding+middle(side(), c.mark.side())))
			line := lineHeight(theme.SizeBody)
			if c.wide {
				at.Y = cardPadding - 2
				c.mark.at(fyne.NewPos(size.Width-cardPadding-c.mark.side(), middle(size.Height, c.mark.side())))
				room -= c.mark.side() + 12
				if c.tile != nil {
					c.tile.Move(fyne.NewPos(cardPadding, middle(size.Height, side())))
					c.tile.Resize(fyne.NewSquareSize(side()))
					at.X, room = at.X+side()+cardGap, room-side()-cardGap
				}
				c.detail.Resize(fyne.NewSize(room, size.Height))
				at.Y = middle(size.Height, line+c.detail.MinSize().Height)
			} else if c.tile != nil {
				c.tile.Move(at)
				c.tile.Resize(fyne.NewSquareSize(side()))
				at.Y += side() + cardGap
			} else {
				room -= c.mark.side() + 8
			}
			c.title.Move(at)
			title := room
			if c.pill != nil {
				title = min(ceil(c.title.measure(c.title.text).Width)+2, room-c.pill.MinSize().Width-8)
				c.pill.Move(fyne.NewPos(at.X+title+8, at.Y+middle(line, c.pill.MinSize().Height)))
				c.pill.Resize(c.pill.MinSize())
			}
			c.title.Resize(fyne.NewSize(title, line))
			c.detail.Move(fyne.NewPos(at.X, at.Y+line))
			c.detail.Resize(fyne.NewSize(room, max(size.Height-at.Y-line, 0)))
		},
	})
}

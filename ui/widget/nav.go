package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// NavItem leads to a page, in the rail at the left: icon, label, and a badge
// when something there needs a person.
type NavItem struct {
	pressable
	icon      *Icon
	label     *Text
	badge     *Badge
	short     string
	long      string
	selected  bool
	collapsed bool
	box       *box
	ring      *ring
}

// NewNavItem makes an item 40 px high. short is the label under the icon in a
// narrow window, 60 px wide; empty takes the long one.
func NewNavItem(icon *icons.Icon, label, short string, onTap func()) *NavItem {
	if short == "" {
		short = label
	}
	n := &NavItem{
		icon: NewIcon(icon, theme.Ink2, IconNav), label: Body(label), badge: NewBadge(""), short: short, long: label,
		box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput),
	}
	n.init(n, onTap)
	return n
}

// Amber makes the badge one of settings to fix.
func (n *NavItem) Amber() *NavItem { n.badge.Amber(); return n }

// Select marks the page that is open.
func (n *NavItem) Select(selected bool) {
	if n.selected != selected {
		n.selected = selected
		n.Refresh()
	}
}

// Selected tells whether its page is open.
func (n *NavItem) Selected() bool { return n.selected }

// Collapse shows it as an icon with a caption, for windows under 1120 px.
func (n *NavItem) Collapse(collapsed bool) {
	if n.collapsed != collapsed {
		n.collapsed = collapsed
		n.Refresh()
	}
}

// SetBadge changes the count; "" takes the badge away.
func (n *NavItem) SetBadge(text string) { n.badge.text.text = text; n.Refresh() }

// Badge is the count that shows.
func (n *NavItem) Badge() string { return n.badge.text.text }

func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   n,
		objects: append(n.box.objects(), n.ring.Rectangle, n.icon, n.label, n.badge),
		paint: func() {
			ink, glyph := theme.Ink2, theme.Ink2
			n.box.fill(theme.Clear)
			switch {
			case n.selected:
				n.box.fill(theme.Panel)
				if theme.IsDark() {
					n.box.fill(theme.Raised)
				}
				ink, glyph = theme.Ink, theme.Accent
			case n.hovered:
				n.box.paint(theme.Faded(theme.Panel, 0.5), nil, 0)
			}
			n.box.body.Refresh()
			n.ring.show(n.focused, theme.Accent)
			n.label.text, n.label.size, n.label.align = n.long, theme.SizeBody, fyne.TextAlignLeading
			if n.collapsed {
				n.label.text, n.label.size, n.label.align = n.short, theme.SizeCaption, fyne.TextAlignCenter
			}
			n.label.color, n.label.bold, n.icon.color = ink, n.selected, glyph
			n.label.Refresh()
			n.icon.Refresh()
			n.badge.Refresh()
		},
		least: func() fyne.Size {
			if n.collapsed {
				// As wide as the caption becomes once the page is open: the rail doesn't move under the mouse.
				caption := fyne.MeasureText(n.short, theme.Size(theme.SizeCaption), fyne.TextStyle{Bold: true}).Width
				return fyne.NewSize(max(60, ceil(caption)), theme.Grow(52))
			}
			return fyne.NewSize(120, theme.Grow(40))
		},
		place: n.place,
	})
}

func (n *NavItem) place(size fyne.Size) {
	n.box.at(fyne.Position{}, size)
	n.ring.inside(size)
	side, badge := n.icon.side(), n.badge.MinSize()
	n.icon.Resize(fyne.NewSquareSize(side))
	n.badge.Resize(badge)
	if n.collapsed {
		high := lineHeight(theme.SizeCaption)
		y := middle(size.Height, side+2+high)
		x := middle(size.Width, side)
		n.icon.Move(fyne.NewPos(x, y))
		n.label.Move(fyne.NewPos(0, y+side+2))
		n.label.Resize(fyne.NewSize(size.Width, high))
		n.badge.Move(fyne.NewPos(min(x+side-2, size.Width-badge.Width), max(y-6, 0)))
		return
	}
	n.icon.Move(fyne.NewPos(12, middle(size.Height, side)))
	high := lineHeight(theme.SizeBody)
	end := size.Width - 12
	if n.badge.text.text != "" {
		end -= badge.Width + 8
	}
	x := 12 + side + 12
	n.label.Move(fyne.NewPos(x, middle(size.Height, high)))
	n.label.Resize(fyne.NewSize(max(end-x, 0), high))
	n.badge.Move(fyne.NewPos(size.Width-12-badge.Width, middle(size.Height, badge.Height)))
}

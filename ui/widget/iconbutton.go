package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// IconButton is a square with an icon. What it does stands in its tip, which
// shows when the pointer rests on it.
type IconButton struct {
	pressable
	icon  *Icon
	side  float32
	color fyne.ThemeColorName
	onInv bool // stands on a toast or bulk bar
	box   *box
	ring  *ring
}

// NewIconButton makes a button of 36 px. tip says what it does.
func NewIconButton(icon *icons.Icon, tip string, onTap func()) *IconButton {
	b := &IconButton{icon: NewIcon(icon, theme.Ink2, IconNav), side: 36, color: theme.Ink2, box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput)}
	b.init(b, onTap)
	b.tip = tip
	return b
}

// Small makes it 28 px, for rows.
func (b *IconButton) Small() *IconButton {
	b.side, b.icon.size = 28, IconNormal
	b.box.round(theme.RadiusSmall)
	b.ring.radius = theme.RadiusSmall
	return b
}

// In gives the icon another colour.
func (b *IconButton) In(color fyne.ThemeColorName) *IconButton { b.color = color; return b }

// OnInverse is for a button on a toast or bulk bar.
func (b *IconButton) OnInverse() *IconButton { b.onInv, b.color = true, theme.OnInv; return b }

// SetIcon changes the icon.
func (b *IconButton) SetIcon(icon *icons.Icon) { b.icon.icon = icon; b.Refresh() }

func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   b,
		objects: append(b.box.objects(), b.ring.Rectangle, b.icon),
		paint: func() {
			fill, ink := theme.Clear, b.color
			switch {
			case b.disabled:
				ink = theme.Ink3
			case b.onInv:
			case b.pressed:
				fill = theme.NeutralSoft
			case b.hovered:
				fill = theme.Raised
			}
			b.box.fill(fill)
			if b.onInv && b.hovered {
				b.box.paint(theme.Faded(theme.OnInv, 0.16), nil, 0)
			}
			b.box.body.Refresh()
			b.ring.show(b.focused, theme.Accent)
			b.icon.color = ink
			b.icon.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSquareSize(theme.Grow(b.side)) },
		place: func(size fyne.Size) {
			side := theme.Grow(b.side)
			pos := fyne.NewPos(middle(size.Width, side), middle(size.Height, side))
			b.box.at(pos, fyne.NewSquareSize(side))
			b.ring.around(fyne.NewSquareSize(side))
			b.ring.Move(pos.SubtractXY(3, 3))
			b.icon.Move(pos)
			b.icon.Resize(fyne.NewSquareSize(side))
		},
	})
}

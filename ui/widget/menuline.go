package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// menuLine is one line of a menu: a tick or icon, text, a smaller detail.
type menuLine struct {
	fynewidget.BaseWidget
	item    MenuItem
	marked  bool
	icon    *Icon
	label   *Text
	detail  *Text
	tick    *Icon
	box     *box
	onTap   func()
	onHover func()
}

func newMenuLine(item MenuItem, onTap, onHover func()) *menuLine {
	l := &menuLine{
		item: item, icon: NewIcon(item.Icon, theme.Ink2, IconNormal), label: Body(item.Text).Shorten(), detail: Caption(item.Detail).Shorten(),
		tick: NewIcon(nil, theme.Accent, IconSmall), box: newBox(theme.RadiusSmall), onTap: onTap, onHover: onHover,
	}
	if item.Tick {
		l.tick.icon = icons.Check
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *menuLine) mark(on bool) {
	if l.marked != on {
		l.marked = on
		l.Refresh()
	}
}

func (l *menuLine) Tapped(*fyne.PointEvent)        { l.onTap() }
func (l *menuLine) MouseIn(*desktop.MouseEvent)    { l.onHover() }
func (l *menuLine) MouseMoved(*desktop.MouseEvent) {}
func (l *menuLine) MouseOut()                      {}

func (l *menuLine) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   l,
		objects: append(l.box.objects(), l.icon, l.label, l.detail, l.tick),
		paint: func() {
			ink := theme.Ink
			switch {
			case l.item.Off:
				ink = theme.Ink3
			case l.item.Danger:
				ink = theme.Danger
			}
			l.box.fill(theme.Panel)
			if l.marked {
				l.box.fill(theme.Raised)
			}
			l.box.body.Refresh()
			l.label.color, l.label.bold = ink, l.item.Tick
			l.icon.color = ink
			l.label.Refresh()
			l.icon.Refresh()
		},
		least: func() fyne.Size {
			width := ceil(l.label.measure(l.item.Text).Width)
			high := theme.Grow(36)
			if l.item.Detail != "" {
				width = max(width, min(ceil(l.detail.measure(l.item.Detail).Width), 320))
				high = theme.Grow(52)
			}
			width += 2 * 12
			if l.item.Icon != nil {
				width += l.icon.side() + 8
			}
			return fyne.NewSize(width+l.tick.side()+12, high)
		},
		place: func(size fyne.Size) {
			l.box.at(fyne.Position{}, size)
			x := float32(12)
			if l.item.Icon != nil {
				side := l.icon.side()
				l.icon.Move(fyne.NewPos(x, middle(size.Height, side)))
				l.icon.Resize(fyne.NewSquareSize(side))
				x += side + 8
			}
			tick := l.tick.side()
			l.tick.Move(fyne.NewPos(size.Width-12-tick, middle(size.Height, tick)))
			l.tick.Resize(fyne.NewSquareSize(tick))
			room := size.Width - x - 12
			if l.item.Tick {
				room -= tick + 8
			}
			high, low := lineHeight(theme.SizeBody), lineHeight(theme.SizeCaption)
			if l.item.Detail == "" {
				low = 0
			}
			y := middle(size.Height, high+low)
			l.label.Move(fyne.NewPos(x, y))
			l.label.Resize(fyne.NewSize(room, high))
			l.detail.Move(fyne.NewPos(x, y+high))
			l.detail.Resize(fyne.NewSize(room, low))
		},
	})
}

package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// BulkAction is something to do with everything that is ticked.
type BulkAction struct {
	Icon *icons.Icon
	Text string
	Do   func(anchor fyne.CanvasObject) // anchor: what was pressed, for a menu
}

// BulkBar lies at the foot of a list as soon as something is ticked: how many,
// a way to take all, what can be done with them, and a way out.
type BulkBar struct {
	fynewidget.BaseWidget
	count   *Text
	all     *Link
	actions []*invButton
	cross   *IconButton
	box     *box
}

// NewBulkBar makes a bar of 48 px. clear is what the cross is called, and
// onClear what it does.
func NewBulkBar(actions []BulkAction, clear string, onClear func()) *BulkBar {
	b := &BulkBar{count: Bold("").In(theme.OnInv), all: NewCaptionLink("", nil).In(theme.OnInv), box: newBox(theme.RadiusTile)}
	b.all.inside = true
	for _, a := range actions {
		b.actions = append(b.actions, newInvButton(a))
	}
	b.cross = NewIconButton(icons.Close, clear, onClear).Small().OnInverse()
	b.ExtendBaseWidget(b)
	return b
}

// Set says how many are ticked, and offers to take all; all is "" when they
// are taken.
func (b *BulkBar) Set(count, all string, onAll func()) {
	b.count.text = count
	b.all.label.text = all
	b.all.OnTap(onAll)
	b.all.Hidden = all == ""
	b.Refresh()
}

// Action is the button of one action, to switch it off and on.
func (b *BulkBar) Action(index int) fyne.Disableable { return b.actions[index] }

// Press does what a click on an action does.
func (b *BulkBar) Press(index int) { b.actions[index].Press() }

func (b *BulkBar) CreateRenderer() fyne.WidgetRenderer {
	objects := append(b.box.objects(), b.count, b.all)
	for _, a := range b.actions {
		objects = append(objects, a)
	}
	return draw(&drawing{
		owner: b, objects: append(objects, b.cross),
		paint: func() {
			b.box.fill(theme.Inv)
			b.count.Refresh()
			b.all.Refresh()
			for _, a := range b.actions {
				a.Refresh()
			}
		},
		least: func() fyne.Size { return fyne.NewSize(240, theme.Grow(48)) },
		place: b.place,
	})
}

// place puts count and link at the left, and the actions at the right; where
// there is no room for all their words, the last ones are icons alone: they
// come in the order of how often they are wanted.
func (b *BulkBar) place(size fyne.Size) {
	b.box.at(fyne.Position{}, size)
	x := float32(16)
	put := func(o fyne.CanvasObject, at float32, least fyne.Size) {
		o.Move(fyne.NewPos(at, middle(size.Height, least.Height)))
		o.Resize(least)
	}
	least := b.count.MinSize()
	put(b.count, x, least)
	x += least.Width + 14
	if b.all.Visible() {
		wide := ceil(fyne.MeasureText(b.all.label.text, theme.Size(theme.SizeCaption), fyne.TextStyle{}).Width) + 2
		put(b.all, x, fyne.NewSize(wide, b.all.MinSize().Height))
		x += wide + 14
	}
	right := size.Width - 10 - b.cross.MinSize().Width
	put(b.cross, right, b.cross.MinSize())
	needs := make([]float32, len(b.actions)) // of an action and all before it, with their words
	bare := float32(0)                       // all of them without
	for i, a := range b.actions {
		a.brief = true
		least := a.MinSize().Width
		bare += least + 4
		a.brief = false
		needs[i] = a.MinSize().Width - least
		if i > 0 {
			needs[i] += needs[i-1]
		}
	}
	room := right - x
	right -= 4
	for i := len(b.actions) - 1; i >= 0; i-- {
		a := b.actions[i]
		a.shorten(bare+needs[i] > room)
		least := a.MinSize()
		right -= least.Width
		put(a, right, least)
		right -= 4
	}
}

// invButton is a quiet button on the bulk bar.
type invButton struct {
	pressable
	icon  *Icon
	label *Text
	text  string
	brief bool
	box   *box
	ring  *ring
}

func newInvButton(a BulkAction) *invButton {
	b := &invButton{icon: NewIcon(a.Icon, theme.OnInv, IconNormal), label: Body(a.Text).In(theme.OnInv), text: a.Text, box: newBox(theme.RadiusSmall), ring: newRing(theme.RadiusSmall)}
	b.init(b, nil)
	b.OnTap(func() { a.Do(b) })
	return b
}

// shorten leaves the icon alone; the word is its tip then.
func (b *invButton) shorten(brief bool) {
	b.brief, b.tip = brief, ""
	if brief {
		b.tip = b.text
	}
	show(b.label, !brief)
}

func (b *invButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: b, objects: append(b.box.objects(), b.icon, b.label, b.ring.Rectangle),
		paint: func() {
			share := float32(0)
			switch {
			case b.disabled:
			case b.pressed:
				share = 0.24
			case b.hovered:
				share = 0.14
			}
			b.box.paint(theme.Faded(theme.OnInv, share), nil, 0)
			b.box.body.Refresh()
			b.icon.color, b.label.color = theme.OnInv, theme.OnInv
			if b.disabled {
				b.icon.color, b.label.color = theme.LineStrong, theme.LineStrong
			}
			b.icon.Refresh()
			b.label.Refresh()
			b.ring.show(b.focused, theme.OnInv)
		},
		least: func() fyne.Size {
			wide := b.icon.side() + 16
			if !b.brief {
				wide += b.label.MinSize().Width + 6
			}
			return fyne.NewSize(wide, theme.Grow(32))
		},
		place: func(size fyne.Size) {
			b.box.at(fyne.Position{}, size)
			b.ring.inside(size)
			side := b.icon.side()
			b.icon.Move(fyne.NewPos(8, middle(size.Height, side)))
			b.icon.Resize(fyne.NewSquareSize(side))
			least := b.label.MinSize()
			b.label.Move(fyne.NewPos(8+side+6, middle(size.Height, least.Height)))
			b.label.Resize(least)
		},
	})
}

package contacts

import (
	"strconv"

	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

func itoa(n int) string { return strconv.Itoa(n) }

// listCard stacks what stands on the list's card: search, chips, filters, the list itself, over its foot the bulk bar,
// and the count below. The rows reach a little beyond the rest, so that their words stand in line with it.
type listCard struct{}

// rowsBeyond is how far.
const rowsBeyond float32 = 8

func (c *listCard) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, i := range []int{0, 1, 2, 3, 5} {
		high += objects[i].MinSize().Height
	}
	return fyne.NewSize(260, high+12+10+4+8)
}

func (c *listCard) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	search, chips, filters, list, bulk, foot := objects[0], objects[1], objects[2], objects[3], objects[4], objects[5]
	y := float32(0)
	put := func(o fyne.CanvasObject, gap float32) {
		o.Resize(fyne.NewSize(size.Width, o.Size().Height)) // what wraps knows its height then
		high := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, high))
		y += high + gap
	}
	put(search, 12)
	put(chips, 10)
	put(filters, 4)
	last := foot.MinSize().Height
	foot.Move(fyne.NewPos(0, size.Height-last))
	foot.Resize(fyne.NewSize(size.Width, last))
	list.Move(fyne.NewPos(-rowsBeyond, y))
	list.Resize(fyne.NewSize(size.Width+2*rowsBeyond, max(size.Height-last-8-y, 0)))
	bar := bulk.MinSize().Height
	bulk.Move(fyne.NewPos(-rowsBeyond, size.Height-last-8-bar))
	bulk.Resize(fyne.NewSize(size.Width+2*rowsBeyond, bar))
}

// chipLine puts chips beside each other as far as they fit, and the plus after them. Those that don't fit are told to
// overflow.
type chipLine struct{ fits func(n int) }

func (*chipLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, theme.Grow(30))
}

func (l *chipLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	chips, plus := objects[:len(objects)-1], objects[len(objects)-1]
	room := size.Width - plus.MinSize().Width - 8
	x, n := float32(0), 0
	for i, chip := range chips {
		least := chip.MinSize()
		if x+least.Width > room && i > 0 {
			break
		}
		n++
		chip.Move(fyne.NewPos(x, 0))
		chip.Resize(fyne.NewSize(min(least.Width, room), size.Height))
		x += least.Width + 8
	}
	for i, chip := range chips {
		if i < n {
			chip.Show()
		} else {
			chip.Hide()
		}
	}
	plus.Move(fyne.NewPos(min(x, size.Width-plus.MinSize().Width), 0))
	plus.Resize(fyne.NewSize(plus.MinSize().Width, size.Height))
	l.fits(n)
}

// footLine puts the count at the left, and what stands at the right as far as there is room.
type footLine struct{}

func (footLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, max(objects[0].MinSize().Height, theme.Grow(20)))
}

func (footLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := objects[0].MinSize().Width
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(left, size.Height))
	right := objects[1].(*fyne.Container)
	needs := float32(-4)
	for _, o := range right.Objects {
		wide := o.MinSize().Width
		if c, ok := o.(*fyne.Container); ok {
			if t, ok := c.Objects[0].(*widget.Text); ok { // it gives way, and likes to be this wide
				wide = fyne.MeasureText(t.Text(), theme.Size(theme.SizeCaption), fyne.TextStyle{}).Width + 2
			}
		}
		needs += wide + 4
	}
	wide := max(min(needs, size.Width-left-16), 0)
	right.Move(fyne.NewPos(size.Width-wide, 0))
	right.Resize(fyne.NewSize(wide, size.Height))
}

// squeeze lets something be narrower than it asks for: what stands in a narrow pane must not push its edge away.
func squeeze(o fyne.CanvasObject) *fyne.Container { return container.New(squeezed{}, o) }

type squeezed struct{}

func (squeezed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

func (squeezed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Tabs switch between views of the same thing: a thumb on a track.
type Tabs struct {
	fynewidget.BaseWidget
	tabs     []*tab
	selected int
	onChange func(index int)
	track    *box
}

type tab struct {
	pressable
	label    *Text
	selected bool
	box      *box
	ring     *ring
	arrow    func(step int)
}

// NewTabs makes a row of tabs, the first one selected. onChange is called
// when the user selects another one.
func NewTabs(labels []string, onChange func(index int)) *Tabs {
	t := &Tabs{onChange: onChange, track: newBox(theme.RadiusInput)}
	for i, label := range labels {
		one := &tab{label: Caption(label).Centered(), box: newBox(theme.RadiusSmall), ring: newRing(theme.RadiusSmall), selected: i == 0}
		one.init(one, func() { t.Choose(i) })
		one.arrow = func(step int) { t.step(i, step) }
		t.tabs = append(t.tabs, one)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Selected is the index of the tab that shows.
func (t *Tabs) Selected() int { return t.selected }

// SetSelected selects without calling onChange.
func (t *Tabs) SetSelected(index int) {
	t.selected = index
	for i, one := range t.tabs {
		one.selected = i == index
		one.Refresh()
	}
}

// Choose does what a click does.
func (t *Tabs) Choose(index int) {
	changed := index != t.selected
	t.SetSelected(index)
	if changed && t.onChange != nil {
		t.onChange(index)
	}
}

// SetLabel changes one label, as when a count changes.
func (t *Tabs) SetLabel(index int, label string) {
	t.tabs[index].label.text = label
	t.tabs[index].Refresh()
	t.Refresh()
}

func (t *Tabs) step(from, step int) {
	if to := from + step; to >= 0 && to < len(t.tabs) {
		t.Choose(to)
		if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
			c.Focus(t.tabs[to])
		}
	}
}

func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	objects := t.track.objects()
	for _, one := range t.tabs {
		objects = append(objects, one)
	}
	return draw(&drawing{
		owner:   t,
		objects: objects,
		paint:   func() { t.track.fill(theme.Raised) },
		least: func() fyne.Size {
			width := float32(6)
			for _, one := range t.tabs {
				width += one.MinSize().Width
			}
			return fyne.NewSize(width, theme.Grow(34))
		},
		place: func(size fyne.Size) {
			t.track.at(fyne.Position{}, size)
			needs, x := float32(6), float32(3)
			for _, one := range t.tabs {
				needs += one.MinSize().Width
			}
			spare := float32(int((size.Width - needs) / float32(max(len(t.tabs), 1))))
			for _, one := range t.tabs {
				width := one.MinSize().Width + spare
				one.Move(fyne.NewPos(x, 3))
				one.Resize(fyne.NewSize(width, size.Height-6))
				x += width
			}
		},
	})
}

func (t *tab) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyRight:
		t.arrow(1)
	case fyne.KeyLeft:
		t.arrow(-1)
	default:
		t.pressable.TypedKey(key)
	}
}

func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   t,
		objects: append(t.box.objects(), t.ring.Rectangle, t.label),
		paint: func() {
			t.box.fill(theme.Clear)
			t.label.color, t.label.bold = theme.Ink2, t.selected
			switch {
			case t.selected:
				t.box.fill(theme.Panel)
				t.label.color = theme.Ink
			case t.hovered:
				t.box.fill(theme.NeutralSoft)
			}
			t.ring.show(t.focused, theme.Accent)
			t.label.Refresh()
			t.box.body.Refresh()
		},
		least: func() fyne.Size {
			// As wide as it is when it is selected and bold, so that nothing jumps.
			wide := fyne.MeasureText(t.label.text, theme.Size(theme.SizeCaption), fyne.TextStyle{Bold: true}).Width
			return fyne.NewSize(ceil(wide)+20, theme.Grow(28))
		},
		place: func(size fyne.Size) {
			t.box.at(fyne.Position{}, size)
			t.ring.inside(size)
			t.label.Move(fyne.Position{})
			t.label.Resize(size)
		},
	})
}

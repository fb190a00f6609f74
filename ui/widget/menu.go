package widget

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// MenuItem is one line of a list of choices.
type MenuItem struct {
	Text   string
	Detail string      // a second, smaller line; may be empty
	Icon   *icons.Icon // before the text; may be nil
	Tick   bool        // the one that is chosen now
	Danger bool        // deletes something
	Off    bool        // can't be chosen
	Do     func()
}

// ShowMenu opens a list of choices below an anchor. Up, Down, Home, End and
// first letters move, Enter and Space choose, Escape closes.
func ShowMenu(anchor fyne.CanvasObject, items []MenuItem) {
	c := fyne.CurrentApp().Driver().CanvasForObject(anchor)
	if c == nil || len(items) == 0 {
		return
	}
	list := newMenuList(items)
	card := NewPanel(list.scroll).Rounded(theme.RadiusTile).Padded(4)
	o := &overlay{canvas: c, content: card, place: below(c, anchor, anchor.Size().Width), onKey: list.TypedKey}
	list.close = o.close
	o.show()
	c.Focus(list)
	list.move(list.current)
}

// menuList is the list itself. It keeps the focus; its lines only show.
type menuList struct {
	fynewidget.BaseWidget
	items   []MenuItem
	lines   []*menuLine
	current int
	column  *fyne.Container
	scroll  *container.Scroll
	close   func()
}

func newMenuList(items []MenuItem) *menuList {
	m := &menuList{items: items, current: -1, column: Column(0)}
	for i, item := range items {
		line := newMenuLine(item, func() { m.choose(i) }, func() { m.move(i) })
		m.lines = append(m.lines, line)
		m.column.Add(line)
		if item.Tick && m.current < 0 {
			m.current = i
		}
	}
	if m.current < 0 {
		m.current = m.next(-1, 1)
	}
	m.ExtendBaseWidget(m)
	m.scroll = container.NewVScroll(m)
	least := m.column.MinSize()
	m.scroll.SetMinSize(fyne.NewSize(max(least.Width, 120), min(least.Height, theme.Grow(36)*9)))
	return m
}

func (m *menuList) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(m.column)
}

func (m *menuList) FocusGained() {}
func (m *menuList) FocusLost()   {}

// TypedRune goes to the next line that begins with the letter.
func (m *menuList) TypedRune(r rune) {
	for step := 1; step <= len(m.items); step++ {
		i := (m.current + step + len(m.items)) % len(m.items)
		if !m.items[i].Off && strings.HasPrefix(strings.ToLower(m.items[i].Text), strings.ToLower(string(r))) {
			m.move(i)
			return
		}
	}
}

func (m *menuList) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown:
		m.move(m.next(m.current, 1))
	case fyne.KeyUp:
		m.move(m.next(m.current, -1))
	case fyne.KeyHome:
		m.move(m.next(-1, 1))
	case fyne.KeyEnd:
		m.move(m.next(len(m.items), -1))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.choose(m.current)
	case fyne.KeyEscape:
		m.close()
	}
}

// next finds a line that can be chosen, from i in that direction; i itself
// when there is none.
func (m *menuList) next(i, step int) int {
	for j := i + step; j >= 0 && j < len(m.items); j += step {
		if !m.items[j].Off {
			return j
		}
	}
	return i
}

func (m *menuList) move(to int) {
	if to < 0 || to >= len(m.items) || m.items[to].Off {
		return
	}
	m.current = to
	for i, line := range m.lines {
		line.mark(i == to)
	}
	top, high := m.lines[to].Position().Y, m.lines[to].Size().Height
	if view := m.scroll.Size().Height; view > 0 {
		if top < m.scroll.Offset.Y {
			m.scroll.ScrollToOffset(fyne.NewPos(0, top))
		} else if top+high > m.scroll.Offset.Y+view {
			m.scroll.ScrollToOffset(fyne.NewPos(0, top+high-view))
		}
	}
}

func (m *menuList) choose(i int) {
	if i < 0 || i >= len(m.items) || m.items[i].Off {
		return
	}
	m.close()
	if m.items[i].Do != nil {
		m.items[i].Do()
	}
}

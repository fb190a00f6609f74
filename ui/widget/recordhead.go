package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// RecordColumn is one column of a RecordList. Widths are pixels at text scale 1.
type RecordColumn struct {
	Title    string
	Width    float32 // 0: shares the room that is left, and no less than Least
	Least    float32
	Trailing bool    // numbers stand at the right
	Sort     string  // what the caller calls sorting by it; "" can't be sorted by
	Falls    bool    // the first click sorts downwards: dates and money
	From     float32 // leaves while the list is narrower than this
	hidden   bool
}

// span is where a column stands; a width of 0 is none.
type span struct{ x, width float32 }

// columnGap is the room between two columns.
const columnGap float32 = 12

// layColumns shares a width among the columns, from left on.
func layColumns(columns []RecordColumn, left, right float32) []span {
	spans := make([]span, len(columns))
	free, greedy, shown := right-left, float32(0), 0
	narrow := right / theme.Scale()
	for i, c := range columns {
		if c.hidden || narrow < c.From {
			continue
		}
		shown++
		if c.Width == 0 {
			greedy++
			spans[i].width = theme.Grow(max(c.Least, 1))
			continue
		}
		spans[i].width = theme.Grow(c.Width)
		free -= spans[i].width
	}
	free -= columnGap * float32(max(shown-1, 0))
	x := left
	for i, c := range columns {
		if spans[i].width == 0 {
			continue
		}
		if c.Width == 0 {
			spans[i].width = max(spans[i].width, float32(int(free/greedy)))
		}
		spans[i].x = x
		x += spans[i].width + columnGap
	}
	return spans
}

func headHeight() float32 { return theme.Grow(32) }

// recordHead is the line above the rows: titles that sort, and the tick for
// all.
type recordHead struct {
	fynewidget.BaseWidget
	list   *RecordList
	all    *Checkbox
	titles []*recordTitle
}

func newRecordHead(l *RecordList) *recordHead {
	h := &recordHead{list: l}
	h.all = NewCheckbox("", func(on bool) {
		if l.OnTickAll != nil {
			l.OnTickAll(on)
			l.view.state()
		}
	})
	for i := range l.columns {
		h.titles = append(h.titles, newRecordTitle(l, &l.columns[i]))
	}
	h.ExtendBaseWidget(h)
	return h
}

func (h *recordHead) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{h.all}
	for _, t := range h.titles {
		objects = append(objects, t)
	}
	return draw(&drawing{
		owner: h, objects: objects,
		paint: func() {
			for _, t := range h.titles {
				t.Refresh()
			}
		},
		least: func() fyne.Size { return fyne.NewSize(0, headHeight()) },
		place: func(fyne.Size) { h.lay() },
	})
}

// lay puts the titles over their columns.
func (h *recordHead) lay() {
	size := h.Size()
	h.all.Hidden = h.list.Ticked == nil
	side := h.all.MinSize()
	h.all.Move(fyne.NewPos(recordPadding, middle(size.Height, side.Height)))
	h.all.Resize(side)
	for i, s := range h.list.spans {
		h.titles[i].Hidden = s.width == 0
		h.titles[i].Move(fyne.NewPos(s.x, 0))
		h.titles[i].Resize(fyne.NewSize(s.width, size.Height))
	}
}

// recordTitle is the title of one column. A click sorts by it, another turns
// the order round.
type recordTitle struct {
	pressable
	list   *RecordList
	column *RecordColumn
	label  *Text
	arrow  *Icon
	ring   *ring
}

func newRecordTitle(l *RecordList, c *RecordColumn) *recordTitle {
	t := &recordTitle{list: l, column: c, label: Caption(c.Title).In(theme.Ink3).Shorten(), arrow: NewIcon(nil, theme.Ink2, IconPill), ring: newRing(theme.RadiusTag)}
	t.init(t, t.sort)
	if c.Sort == "" {
		t.disabled = true
	}
	return t
}

func (t *recordTitle) sort() {
	down := t.column.Falls
	if t.list.sort == t.column.Sort {
		down = !t.list.down
	}
	t.list.SetSort(t.column.Sort, down)
	if t.list.OnSort != nil {
		t.list.OnSort(t.column.Sort, down)
	}
}

func (t *recordTitle) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: t, objects: []fyne.CanvasObject{t.label, t.arrow, t.ring.Rectangle},
		paint: func() {
			sorted := t.column.Sort != "" && t.list.sort == t.column.Sort
			t.label.color, t.label.bold = theme.Ink3, sorted
			if sorted || t.hovered && !t.disabled {
				t.label.color = theme.Ink
			}
			t.arrow.icon = nil
			switch {
			case sorted && t.list.down:
				t.arrow.icon = icons.More
			case sorted:
				t.arrow.icon = icons.Less
			}
			t.ring.show(t.focused, theme.Accent)
			t.label.Refresh()
			t.arrow.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(20, headHeight()) },
		place: func(size fyne.Size) {
			wide := fyne.MeasureText(t.label.text, theme.Size(theme.SizeCaption), fyne.TextStyle{Bold: t.label.bold}).Width
			side := float32(0)
			if t.arrow.icon != nil {
				side = t.arrow.side() + 2
			}
			wide = min(ceil(wide), max(size.Width-side, 0))
			x := float32(0)
			if t.column.Trailing {
				x = size.Width - wide - side
			}
			t.label.Move(fyne.NewPos(x, 0))
			t.label.Resize(fyne.NewSize(wide, size.Height))
			t.arrow.Move(fyne.NewPos(x+wide+2, middle(size.Height, t.arrow.side())))
			t.arrow.Resize(fyne.NewSquareSize(t.arrow.side()))
			t.ring.Move(fyne.NewPos(x-3, 4))
			t.ring.Resize(fyne.NewSize(wide+side+6, size.Height-8))
		},
	})
}

package widget

import (
	"math"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"

	fynewidget "fyne.io/fyne/v2/widget"
)

// RecordList is a list of people, visits or messages in columns: each row a
// record, 40 px high, under a header that sorts. It draws no more rows than can
// be seen and asks for each when it comes into view, so a million cost what
// twenty do. Where it stands is kept as a row, not in Fyne's 32-bit pixels:
// rows stay sharp to the very end, at any text size.
//
// Set the functions before it shows; Refresh when the rows have changed.
//
//	list := NewRecordList([]RecordColumn{{Title: "Name", Sort: "name"}, {Title: "Spend", Width: 90, Trailing: true}},
//		func() []fyne.CanvasObject { return []fyne.CanvasObject{Body("").Shorten(), Body("").Trailing()} })
//	list.Length = func() int { return len(people) }
//	list.Fill = func(row int, cells []fyne.CanvasObject) bool { cells[0].(*Text).SetText(people[row].Name); … return true }
//
// Arrows, Home, End, Page Up and Page Down move the cursor, Enter opens, Space
// ticks, Ctrl or Cmd with A ticks all. A click opens; with Ctrl or Cmd it
// ticks one, with Shift all from the cursor to there.
type RecordList struct {
	fynewidget.BaseWidget

	// Length is how many rows there are.
	Length func() int
	// Fill writes a row into its cells, which may have held another. It returns
	// false while the row is being loaded: grey bars stand for it then. It is
	// called while the list is drawn, so it must not wait for anything.
	Fill func(row int, cells []fyne.CanvasObject) bool
	// OnMove tells where the cursor went by keys, OnOpen that a row was clicked
	// or Enter pressed on it. OnSecondary is a click with the other button.
	OnMove, OnOpen func(row int)
	OnSecondary    func(row int, at fyne.Position)
	// OnSort is called when a title is clicked; the rows are the caller's to sort.
	OnSort func(key string, down bool)
	// Ticked tells whether a row is ticked; nil for a list without ticks. OnTick
	// ticks or clears rows, both ends included; OnTickAll every row.
	Ticked    func(row int) bool
	OnTick    func(from, to int, on bool)
	OnTickAll func(on bool)
	// OnKey gets the keys that the list has no use for, such as Delete. What it
	// returns false for goes to the page.
	OnKey func(key *fyne.KeyEvent) bool

	columns []RecordColumn
	cells   func() []fyne.CanvasObject
	spans   []span
	height  float32 // of a row, at text scale 1
	least   float32 // width asked for
	sort    string
	down    bool
	current int
	offset  float64 // pixels above the window's upper edge
	head    *recordHead
	view    *recordView
	bar     *recordBar
}

// NewRecordList makes an empty list. cells makes the cells of a row, one for
// each column and in their order; it is called for each row that can be seen.
func NewRecordList(columns []RecordColumn, cells func() []fyne.CanvasObject) *RecordList {
	l := &RecordList{columns: columns, cells: cells, height: 40, least: 240, current: -1}
	l.Length = func() int { return 0 }
	l.head, l.view, l.bar = newRecordHead(l), newRecordView(l), newRecordBar(l)
	l.ExtendBaseWidget(l)
	return l
}

// Tall sets the height of a row in pixels: 40 dense, 52 to 56 two lines.
func (l *RecordList) Tall(height float32) *RecordList { l.height = height; return l }

// SetSort shows by which column the rows are sorted, and whether downwards.
func (l *RecordList) SetSort(key string, down bool) {
	l.sort, l.down = key, down
	l.head.Refresh()
}

// SetTicks shows in the header whether none, some or all rows are ticked.
func (l *RecordList) SetTicks(some, all bool) {
	if some && !all {
		l.head.all.SetSome()
	} else {
		l.head.all.Set(all)
	}
}

// HideColumn leaves a column out, or brings it back.
func (l *RecordList) HideColumn(index int, hidden bool) {
	if l.columns[index].hidden != hidden {
		l.columns[index].hidden = hidden
		l.Refresh()
	}
}

// Current is the row that the cursor is on, -1 for none.
func (l *RecordList) Current() int { return l.current }

// SetCurrent puts the cursor on a row without opening it; -1 for none.
func (l *RecordList) SetCurrent(row int) {
	before := l.current
	l.current = max(min(row, l.Length()-1), -1)
	if before != l.current {
		l.view.state()
	}
}

// ScrollTo brings a row into view.
func (l *RecordList) ScrollTo(row int) {
	pitch, top := l.pitch(), float64(row)*l.pitch()
	if top < l.offset {
		l.scroll(top)
	} else if end := top + pitch - float64(l.view.Size().Height); end > l.offset {
		l.scroll(end)
	}
}

// Window are the first row that can be seen, even in part, and the one after
// the last.
func (l *RecordList) Window() (first, end int) { return l.view.window() }

// ScrollBy moves the rows up by so many pixels, or down when they are negative.
func (l *RecordList) ScrollBy(pixels float64) { l.scroll(l.offset + pixels) }

// RefreshRow fills one row anew, if it can be seen.
func (l *RecordList) RefreshRow(row int) { l.view.fill(row, row+1) }

// Focus gives the rows the keyboard.
func (l *RecordList) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l.view)
	}
}

// Rows is what holds the keyboard focus when the rows have it.
func (l *RecordList) Rows() fyne.Focusable { return l.view }

// Refresh asks for the length and fills all rows that can be seen.
func (l *RecordList) Refresh() {
	l.current = min(l.current, l.Length()-1)
	l.offset = l.inside(l.offset)
	l.BaseWidget.Refresh()
}

func (l *RecordList) pitch() float64 { return float64(theme.Grow(l.height)) }

// inside keeps an offset between the first row and the last.
func (l *RecordList) inside(offset float64) float64 {
	most := float64(l.Length())*l.pitch() - float64(l.view.Size().Height)
	return math.Round(max(min(offset, most), 0))
}

func (l *RecordList) scroll(to float64) {
	if to = l.inside(to); to != l.offset {
		l.offset = to
		l.view.place(l.view.Size())
		l.bar.Refresh()
	}
}

// move puts the cursor on a row and brings it into view.
func (l *RecordList) move(to int) {
	if to = max(min(to, l.Length()-1), 0); l.Length() == 0 {
		return
	}
	l.current = to
	l.ScrollTo(to)
	l.view.state()
	if l.OnMove != nil {
		l.OnMove(to)
	}
}

// tick ticks or clears rows; the ends may come in either order.
func (l *RecordList) tick(from, to int, on bool) {
	if l.Ticked == nil || l.OnTick == nil || from < 0 || to < 0 {
		return
	}
	l.OnTick(min(from, to), max(from, to), on)
	l.view.state()
}

// click is what a press of the mouse on a row does.
func (l *RecordList) click(row int, onTick bool, modifier fyne.KeyModifier) {
	if row < 0 || row >= l.Length() {
		return
	}
	anchor := l.current
	switch {
	case modifier&fyne.KeyModifierShift != 0 && l.Ticked != nil && anchor >= 0:
		l.tick(anchor, row, true)
		l.SetCurrent(row)
	case (onTick || modifier&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0) && l.Ticked != nil:
		l.tick(row, row, !l.Ticked(row))
		l.SetCurrent(row)
	default:
		l.SetCurrent(row)
		if l.OnOpen != nil {
			l.OnOpen(row)
		}
	}
}

// key does what a key does, and tells whether it did anything.
func (l *RecordList) key(key *fyne.KeyEvent, shift bool) bool {
	page := max(int(float64(l.view.Size().Height)/l.pitch())-1, 1)
	before := l.current
	switch key.Name {
	case fyne.KeyDown:
		l.move(before + 1)
	case fyne.KeyUp:
		l.move(before - 1)
	case fyne.KeyPageDown:
		l.move(before + page)
	case fyne.KeyPageUp:
		l.move(before - page)
	case fyne.KeyHome:
		l.move(0)
	case fyne.KeyEnd:
		l.move(l.Length() - 1)
	case fyne.KeySpace:
		if l.Ticked == nil || before < 0 {
			return false
		}
		l.tick(before, before, !l.Ticked(before))
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if before >= 0 && l.OnOpen != nil {
			l.OnOpen(before)
		}
		return true
	default:
		return l.OnKey != nil && l.OnKey(key)
	}
	if shift {
		l.tick(before, l.current, true)
	}
	return true
}

func (l *RecordList) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   l,
		objects: []fyne.CanvasObject{l.head, l.view, l.bar},
		paint: func() {
			l.head.Refresh()
			l.view.again()
			l.bar.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(l.least, headHeight()+3*theme.Grow(l.height)) },
		place: func(size fyne.Size) {
			l.spans = layColumns(l.columns, l.indent(), size.Width-recordPadding)
			high := headHeight()
			l.head.Move(fyne.Position{})
			l.head.Resize(fyne.NewSize(size.Width, high))
			l.head.lay()
			l.view.Move(fyne.NewPos(0, high))
			l.view.Resize(fyne.NewSize(size.Width, max(size.Height-high, 0)))
			l.offset = l.inside(l.offset)
			l.view.place(l.view.Size())
			l.bar.Move(fyne.NewPos(size.Width-barWidth, high))
			l.bar.Resize(fyne.NewSize(barWidth, max(size.Height-high, 0)))
		},
	})
}

// indent is where the first column begins: after the tick, if there is one.
func (l *RecordList) indent() float32 {
	if l.Ticked == nil {
		return recordPadding
	}
	return recordPadding + theme.Grow(18) + 22
}

// recordPadding is the room left and right of a row's content.
const recordPadding float32 = 12

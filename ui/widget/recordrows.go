package widget

import (
	"math"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// recordView is the window onto the rows of a RecordList. It takes the mouse
// and the keys; the rows only show.
type recordView struct {
	fynewidget.BaseWidget
	list     *RecordList
	rows     []*recordRow // row n is drawn by rows[n % len(rows)]
	objects  []fyne.CanvasObject
	focused  bool
	shift    bool
	hovered  int
	modifier fyne.KeyModifier // of the press that a click ends
}

var (
	_ fyne.Tappable          = (*recordView)(nil)
	_ fyne.SecondaryTappable = (*recordView)(nil)
	_ fyne.Focusable         = (*recordView)(nil)
	_ fyne.Scrollable        = (*recordView)(nil)
	_ fyne.Shortcutable      = (*recordView)(nil)
	_ desktop.Mouseable      = (*recordView)(nil)
	_ desktop.Hoverable      = (*recordView)(nil)
	_ desktop.Keyable        = (*recordView)(nil)
)

func newRecordView(l *RecordList) *recordView {
	v := &recordView{list: l, hovered: -1}
	v.ExtendBaseWidget(v)
	return v
}

// clipped is a drawing whose owner hides what reaches beyond it.
type clipped struct{ *drawing }

// IsClip is how Fyne knows.
func (clipped) IsClip() {}

func (v *recordView) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: v}
	d.paint = func() { d.objects = v.objects }
	d.least = func() fyne.Size { return fyne.NewSize(1, 1) }
	d.place = func(size fyne.Size) {
		v.place(size)
		d.objects = v.objects
	}
	return clipped{draw(d)}
}

// window are the first row that can be seen, and the one after the last.
func (v *recordView) window() (first, end int) {
	pitch := v.list.pitch()
	first = int(v.list.offset / pitch)
	end = int(math.Ceil((v.list.offset + float64(v.Size().Height)) / pitch))
	return first, min(end, v.list.Length())
}

// place puts the rows where they stand now, and fills those that came into
// view.
func (v *recordView) place(size fyne.Size) {
	pitch := v.list.pitch()
	needs := int(math.Ceil(float64(size.Height)/pitch)) + 1
	if len(v.rows) != needs {
		v.make(needs)
	}
	first, end := v.window()
	for n := first; n < first+len(v.rows); n++ {
		row := v.rows[n%len(v.rows)]
		if n >= end {
			row.Hide()
			row.number = -1
			continue
		}
		row.Move(fyne.NewPos(0, float32(float64(n)*pitch-v.list.offset)))
		row.Resize(fyne.NewSize(size.Width, float32(pitch)))
		if row.number != n {
			row.number = n
			row.set(v.stateOf(n))
			row.fill(v.list.Fill(n, row.cells))
		}
		row.Show()
	}
	canvas.Refresh(v)
}

// make makes as many rows as can be seen at once.
func (v *recordView) make(needs int) {
	for len(v.rows) < needs {
		v.rows = append(v.rows, newRecordRow(v.list))
	}
	v.rows = v.rows[:needs]
	v.objects = v.objects[:0]
	for _, row := range v.rows {
		row.number = -1
		v.objects = append(v.objects, row)
	}
	canvas.Refresh(v)
}

// again fills all rows anew.
func (v *recordView) again() {
	for _, row := range v.rows {
		row.number = -1
	}
	if !v.Size().IsZero() {
		v.place(v.Size())
	}
	for _, row := range v.rows {
		row.Refresh()
	}
}

// fill fills some rows anew.
func (v *recordView) fill(from, to int) {
	for _, row := range v.rows {
		if row.number >= from && row.number < to {
			row.set(v.stateOf(row.number))
			row.fill(v.list.Fill(row.number, row.cells))
		}
	}
}

// state shows anew which row is current, ticked, hovered.
func (v *recordView) state() {
	for _, row := range v.rows {
		if row.number >= 0 {
			row.set(v.stateOf(row.number))
		}
	}
}

func (v *recordView) stateOf(n int) rowState {
	s := rowState{current: n == v.list.current, hovered: n == v.hovered, focused: v.focused && n == v.list.current, ticks: v.list.Ticked != nil}
	s.ticked = s.ticks && v.list.Ticked(n)
	return s
}

// at is the row at a height of the view, -1 for none.
func (v *recordView) at(y float32) int {
	n := int((v.list.offset + float64(y)) / v.list.pitch())
	if y < 0 || n >= v.list.Length() {
		return -1
	}
	return n
}

func (v *recordView) hover(n int) {
	if v.hovered != n {
		v.hovered = n
		v.state()
	}
}

func (v *recordView) MouseIn(m *desktop.MouseEvent)    { v.hover(v.at(m.Position.Y)) }
func (v *recordView) MouseMoved(m *desktop.MouseEvent) { v.hover(v.at(m.Position.Y)) }
func (v *recordView) MouseOut()                        { v.hover(-1) }

func (v *recordView) MouseDown(m *desktop.MouseEvent) { v.modifier = m.Modifier }
func (v *recordView) MouseUp(*desktop.MouseEvent)     {}

func (v *recordView) Tapped(at *fyne.PointEvent) {
	v.list.Focus()
	modifier := v.modifier
	v.modifier = 0
	onTick := v.list.Ticked != nil && at.Position.X < v.list.indent()
	v.list.click(v.at(at.Position.Y), onTick, modifier)
}

func (v *recordView) TappedSecondary(at *fyne.PointEvent) {
	v.modifier = 0
	if n := v.at(at.Position.Y); n >= 0 && v.list.OnSecondary != nil {
		v.list.OnSecondary(n, at.AbsolutePosition)
	}
}

func (v *recordView) Scrolled(event *fyne.ScrollEvent) {
	v.list.ScrollBy(-float64(event.Scrolled.DY))
	v.hover(v.at(event.Position.Y))
}

// FocusGained puts the cursor on the first row when it was on none.
func (v *recordView) FocusGained() {
	v.focused = true
	if v.list.current < 0 {
		first, _ := v.window()
		v.list.SetCurrent(first)
	}
	v.state()
}

func (v *recordView) FocusLost() { v.focused, v.shift = false, false; v.state() }

func (v *recordView) KeyDown(key *fyne.KeyEvent) { v.hold(key, true) }
func (v *recordView) KeyUp(key *fyne.KeyEvent)   { v.hold(key, false) }

// hold notes whether Shift is down: Fyne doesn't tell with a key.
func (v *recordView) hold(key *fyne.KeyEvent, down bool) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		v.shift = down
	}
}

func (v *recordView) TypedKey(key *fyne.KeyEvent) {
	if !v.list.key(key, v.shift) {
		keyToPage(v, key)
	}
}

func (v *recordView) TypedRune(r rune) {
	if r != ' ' {
		runeToPage(v, r)
	}
}

func (v *recordView) TypedShortcut(shortcut fyne.Shortcut) {
	if _, all := shortcut.(*fyne.ShortcutSelectAll); all && v.list.OnTickAll != nil {
		v.list.OnTickAll(true)
		v.state()
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		if page, ok := c.(fyne.Shortcutable); ok {
			page.TypedShortcut(shortcut)
		}
	}
}

// rowState is how a row looks at the moment.
type rowState struct{ current, hovered, focused, ticks, ticked bool }

// recordRow draws one row: tick, cells, or grey bars while it is loaded.
type recordRow struct {
	fynewidget.BaseWidget
	list    *RecordList
	number  int // which row it shows, -1 for none
	state   rowState
	loading bool
	cells   []fyne.CanvasObject
	bars    []*canvas.Rectangle
	mark    *mark
	box     *box
	ring    *ring
}

func newRecordRow(l *RecordList) *recordRow {
	r := &recordRow{list: l, number: -1, cells: l.cells(), mark: newMark(false), box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput)}
	for range r.cells {
		bar := canvas.NewRectangle(theme.Color(theme.NeutralSoft))
		bar.CornerRadius = 4
		bar.Hide()
		r.bars = append(r.bars, bar)
	}
	r.ExtendBaseWidget(r)
	return r
}

// set changes how the row looks.
func (r *recordRow) set(s rowState) {
	if r.state != s {
		r.state = s
		r.Refresh()
	}
}

// fill shows the cells, or bars while they are being loaded.
func (r *recordRow) fill(loaded bool) {
	if r.loading == loaded {
		r.loading = !loaded
		r.Refresh()
	}
}

func (r *recordRow) CreateRenderer() fyne.WidgetRenderer {
	objects := r.box.objects()
	objects = append(objects, r.mark.objects()...)
	for i, cell := range r.cells {
		objects = append(objects, cell, r.bars[i])
	}
	return draw(&drawing{
		owner: r, objects: append(objects, r.ring.Rectangle),
		paint: r.paint,
		least: func() fyne.Size { return fyne.NewSize(1, theme.Grow(r.list.height)) },
		place: r.place,
	})
}

func (r *recordRow) paint() {
	switch {
	case r.state.current || r.state.ticked:
		r.box.fill(theme.AccentSoft)
	case r.state.hovered:
		r.box.fill(theme.Raised)
	default:
		r.box.fill(theme.Clear)
	}
	r.box.body.Refresh()
	r.mark.on = r.state.ticked
	r.mark.paint(false, false)
	r.mark.dot.Hide()
	for _, o := range r.mark.objects()[:3] {
		if r.state.ticks {
			o.Show()
		} else {
			o.Hide()
		}
	}
	r.ring.show(r.state.focused, theme.Accent)
	for _, bar := range r.bars {
		bar.FillColor = theme.Color(theme.NeutralSoft)
	}
}

func (r *recordRow) place(size fyne.Size) {
	r.box.at(fyne.Position{}, size)
	// Not at the very edge: what reaches over the rim of a clipped picture is drawn beside its place without a screen.
	r.ring.CornerRadius = max(r.ring.radius-3, 0)
	r.ring.Move(fyne.NewPos(3, 3))
	r.ring.Resize(size.SubtractWidthHeight(6, 6))
	r.mark.at(fyne.NewPos(recordPadding, middle(size.Height, r.mark.side())))
	for i, cell := range r.cells {
		if i >= len(r.list.spans) {
			return
		}
		s := r.list.spans[i]
		show(cell, s.width > 0 && !r.loading)
		show(r.bars[i], s.width > 0 && r.loading)
		least := cell.MinSize()
		high := min(least.Height, size.Height)
		cell.Move(fyne.NewPos(s.x, middle(size.Height, high)))
		cell.Resize(fyne.NewSize(s.width, high))
		wide, x := s.width*0.6, s.x
		if r.list.columns[i].Trailing {
			x += s.width - wide
		}
		r.bars[i].Move(fyne.NewPos(x, middle(size.Height, 10)))
		r.bars[i].Resize(fyne.NewSize(wide, 10))
	}
}

func show(o fyne.CanvasObject, visible bool) {
	switch {
	case o.Visible() == visible:
	case visible:
		o.Show()
	default:
		o.Hide()
	}
}

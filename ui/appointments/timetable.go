package appointments

import (
	"image/color"
	"math"
	"time"

	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// timetable draws the columns of a board: a day's by the hour, 68 px each, a week's as lists. It takes the focus as one
// thing; arrows move between visits, Enter opens one.
type timetable struct {
	fynewidget.BaseWidget
	env     *page.Env
	board   *Board
	columns []Column
	blocks  [][]*block
	onOpen  func(*block)
	onMenu  func(*block)
	scroll  *container.Scroll // both ways
	heads   *fyne.Container   // above, moved with the columns

	focused bool
	column  int
	row     int
	lines   []*canvas.Line
	labels  []*widget.Text
	now     *canvas.Rectangle
	nowDot  *canvas.Circle
	nowAt   *widget.Text
	edge    *canvas.Rectangle // below the hours, which stay while the columns go by
}

const (
	axisWidth   = 52
	hourHeight  = 68
	columnLeast = 148
	dayLeast    = 92
	weekBlock   = 42
	topMargin   = 10 // above the first hour, for its label
)

func newTimetable(env *page.Env, onOpen, onMenu func(*block)) *timetable {
	t := &timetable{env: env, onOpen: onOpen, onMenu: onMenu, now: &canvas.Rectangle{}, nowDot: &canvas.Circle{}, nowAt: widget.Caption("").Bold().In(theme.Danger).Trailing(), edge: &canvas.Rectangle{}}
	t.ExtendBaseWidget(t)
	return t
}

func (t *timetable) week() bool { return t.board != nil && t.board.View == WeekView }

func (t *timetable) axis() float32 {
	if t.week() {
		return 0
	}
	return theme.Grow(axisWidth)
}

// set shows a board. What the keys are on stays, if it is still there.
func (t *timetable) set(b *Board) {
	var on data.AppointmentID
	if v := t.current(); v != nil {
		on = v.visit.ID
	}
	t.board, t.columns = b, b.Columns()
	t.blocks = make([][]*block, len(t.columns))
	t.column, t.row = 0, 0
	for c := range t.columns {
		for i := range t.columns[c].Visits {
			v := &t.columns[c].Visits[i]
			if on != 0 && v.ID == on {
				t.column, t.row = c, i
			}
			t.blocks[c] = append(t.blocks[c], newBlock(t.env, b.Zone, v, func(b *block) { t.goTo(b); t.onOpen(b) }, func(b *block) { t.goTo(b); t.onMenu(b) }))
		}
	}
	if t.current() == nil {
		for c := range t.blocks {
			if len(t.blocks[c]) > 0 {
				t.column, t.row = c, 0
				break
			}
		}
	}
	t.lines, t.labels = nil, nil
	first, last := b.Hours()
	if !t.week() {
		for h := first; h <= last; h++ {
			t.lines = append(t.lines, &canvas.Line{StrokeWidth: 1})
			t.labels = append(t.labels, widget.Caption(t.env.Texts.Clock(h*60)).Trailing())
		}
	}
	for range t.columns {
		t.lines = append(t.lines, &canvas.Line{StrokeWidth: 1})
	}
	t.Refresh()
	t.showMark()
}

func (t *timetable) current() *block {
	if t.column < len(t.blocks) && t.row < len(t.blocks[t.column]) {
		return t.blocks[t.column][t.row]
	}
	return nil
}

func (t *timetable) goTo(b *block) {
	for c := range t.blocks {
		for i := range t.blocks[c] {
			if t.blocks[c][i] == b {
				t.column, t.row = c, i
			}
		}
	}
	t.showMark()
}

// blockOf is the block of a visit; nil when it isn't in view.
func (t *timetable) blockOf(id data.AppointmentID) *block {
	for c := range t.blocks {
		for _, b := range t.blocks[c] {
			if b.visit.ID == id && id != 0 {
				return b
			}
		}
	}
	return nil
}

func (t *timetable) showMark() {
	at := t.current()
	for c := range t.blocks {
		for _, b := range t.blocks[c] {
			b.mark(t.focused && b == at)
		}
	}
}

// reveal scrolls to what the keys are on.
func (t *timetable) reveal() {
	b := t.current()
	if b == nil || t.scroll == nil || t.scroll.Size().Height == 0 {
		return
	}
	at, size := b.Position(), b.Size()
	to := fyne.NewPos(into(t.scroll.Offset.X, t.scroll.Size().Width, at.X-8-t.axis(), at.X+size.Width+8),
		into(t.scroll.Offset.Y, t.scroll.Size().Height, at.Y-12, at.Y+size.Height+8))
	if to != t.scroll.Offset {
		t.scroll.ScrollToOffset(to)
	}
}

// into is the offset nearest to the present one at which from and to are in view.
func into(offset, view, from, to float32) float32 {
	switch {
	case from < offset:
		return max(from, 0)
	case to > offset+view:
		return to - view
	}
	return offset
}

// scrolled moves what goes with the columns, and keeps the hours in view.
func (t *timetable) scrolled() {
	if t.heads != nil {
		t.heads.Layout.Layout(t.heads.Objects, t.heads.Size())
	}
	t.placeAxis()
}

// across is how far the columns have been scrolled to the left.
func (t *timetable) across() float32 {
	if t.scroll == nil {
		return 0
	}
	return t.scroll.Offset.X
}

func (t *timetable) FocusGained() { t.focused = true; t.showMark(); t.reveal() }
func (t *timetable) FocusLost()   { t.focused = false; t.showMark() }

func (t *timetable) TypedRune(r rune) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && r != ' ' && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

func (t *timetable) TypedKey(key *fyne.KeyEvent) {
	at := t.current()
	switch key.Name {
	case fyne.KeyUp:
		t.row--
	case fyne.KeyDown:
		t.row++
	case fyne.KeyPageUp:
		t.row -= 5
	case fyne.KeyPageDown:
		t.row += 5
	case fyne.KeyHome:
		t.row = 0
	case fyne.KeyEnd:
		t.row = math.MaxInt32
	case fyne.KeyLeft:
		t.beside(-1)
	case fyne.KeyRight:
		t.beside(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if at != nil {
			t.onOpen(at)
		}
		return
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && !widget.KeyToTop(c, key) && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
		return
	}
	if t.column < len(t.blocks) {
		t.row = max(min(t.row, len(t.blocks[t.column])-1), 0)
	}
	t.showMark()
	t.reveal()
}

// beside moves to the visit in the next column that is nearest in time; empty columns are passed over.
func (t *timetable) beside(by int) {
	at := t.current()
	for c := t.column + by; at != nil && c >= 0 && c < len(t.blocks); c += by {
		if len(t.blocks[c]) == 0 {
			continue
		}
		best, gap := 0, time.Duration(math.MaxInt64)
		for i, b := range t.blocks[c] {
			away := (minuteOf(b.visit.At) - minuteOf(at.visit.At)).Abs()
			if away < gap {
				best, gap = i, away
			}
		}
		t.column, t.row = c, best
		return
	}
}

func minuteOf(at time.Time) time.Duration {
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
}

func (t *timetable) CreateRenderer() fyne.WidgetRenderer {
	r := &timetableRenderer{t}
	r.paint()
	if !t.Size().IsZero() {
		r.Layout(t.Size())
	}
	return r
}

type timetableRenderer struct{ *timetable }

func (r *timetableRenderer) Destroy() {}

func (r *timetableRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range r.lines {
		out = append(out, l)
	}
	out = append(out, r.now) // below the blocks: a line through a name would look like a cancelled visit
	for c := range r.blocks {
		for _, b := range r.blocks[c] {
			out = append(out, b)
		}
	}
	out = append(out, r.edge)
	for _, l := range r.labels {
		out = append(out, l)
	}
	return append(out, r.nowDot, r.nowAt)
}

func (r *timetableRenderer) MinSize() fyne.Size {
	if r.board == nil {
		return fyne.NewSize(0, 0)
	}
	n := float32(max(len(r.columns), 1))
	if r.week() {
		most := 0
		for c := range r.columns {
			most = max(most, len(r.columns[c].Visits))
		}
		return fyne.NewSize(n*theme.Grow(dayLeast), 8+float32(most)*(theme.Grow(weekBlock)+4))
	}
	first, last := r.board.Hours()
	return fyne.NewSize(r.axis()+n*theme.Grow(columnLeast), theme.Grow(topMargin)+float32(last-first)*theme.Grow(hourHeight)+12)
}

func (r *timetableRenderer) Refresh() {
	r.paint()
	r.Layout(r.timetable.Size())
	for c := range r.blocks {
		for _, b := range r.blocks[c] {
			b.Refresh()
		}
	}
	canvas.Refresh(r.timetable)
}

func (r *timetableRenderer) paint() {
	for _, l := range r.lines {
		l.StrokeColor = theme.Color(theme.Line)
	}
	r.edge.FillColor = theme.Color(theme.Panel)
	r.now.FillColor, r.nowDot.FillColor = theme.Color(theme.Danger), theme.Color(theme.Danger)
	r.now.StrokeColor, r.nowDot.StrokeColor = color.Transparent, color.Transparent
	for _, l := range r.labels {
		l.Refresh()
	}
}

func (r *timetableRenderer) Layout(size fyne.Size) {
	if r.board == nil || len(r.columns) == 0 {
		for _, o := range []fyne.CanvasObject{r.now, r.nowDot, r.nowAt} {
			o.Hide()
		}
		return
	}
	first, _ := r.board.Hours()
	axis, hour, top := r.axis(), theme.Grow(hourHeight), theme.Grow(topMargin)
	for i, l := range r.labels {
		y := float32(math.Round(float64(top + float32(i)*hour)))
		high := l.MinSize().Height
		l.Move(fyne.NewPos(r.across(), y-float32(math.Floor(float64(high)/2))))
		l.Resize(fyne.NewSize(axis-10, high))
		r.lines[i].Position1, r.lines[i].Position2 = fyne.NewPos(axis, y), fyne.NewPos(size.Width, y)
	}
	for c := range r.columns {
		x, wide := r.place(c, size.Width)
		line := r.lines[len(r.labels)+c]
		line.Position1, line.Position2 = fyne.NewPos(x, 0), fyne.NewPos(x, size.Height)
		line.Hidden = c == 0 && r.week()
		for i, b := range r.blocks[c] {
			if r.week() {
				b.Move(fyne.NewPos(x+4, 4+float32(i)*(theme.Grow(weekBlock)+4)))
				b.Resize(fyne.NewSize(max(wide-8, 0), theme.Grow(weekBlock)))
				continue
			}
			v, lane := b.visit, r.columns[c].Lanes[i]
			from := top + float32((minuteOf(v.At)-time.Duration(first)*time.Hour).Minutes())*hour/60
			high := max(float32(r.columns[c].High[i].Minutes())*hour/60-3, theme.Grow(18))
			part := (wide - 9) / float32(max(lane.Of, 1))
			b.Move(fyne.NewPos(float32(math.Floor(float64(x+5+float32(lane.Index)*part))), float32(math.Round(float64(from+1)))))
			b.Resize(fyne.NewSize(float32(math.Floor(float64(part-2))), float32(math.Round(float64(high)))))
		}
	}
	r.placeNow(size, first, axis, hour, top)
	r.placeAxis()
}

// placeAxis puts the hours at the left of what is in view.
func (t *timetable) placeAxis() {
	x, axis := t.across(), t.axis()
	t.edge.Hidden = t.board == nil || t.week() || x == 0
	if t.board == nil || t.week() {
		return
	}
	t.edge.Move(fyne.NewPos(x, 0))
	t.edge.Resize(fyne.NewSize(axis, t.Size().Height))
	for _, l := range append(t.labels[:len(t.labels):len(t.labels)], t.nowAt) {
		l.Move(fyne.NewPos(x, l.Position().Y))
	}
	t.nowDot.Move(fyne.NewPos(x+axis-4, t.nowDot.Position().Y))
	if at := len(t.labels); at < len(t.lines) { // the line beside the hours
		t.lines[at].Position1.X, t.lines[at].Position2.X = x+axis, x+axis
		t.lines[at].Refresh()
	}
}

// placeNow draws a line through the present minute, on today's board.
func (r *timetableRenderer) placeNow(size fyne.Size, first int, axis, hour, top float32) {
	_, last := r.board.Hours()
	at := minuteOf(r.board.Now)
	here := !r.week() && r.board.Day == data.DateOf(r.board.Now) && at >= time.Duration(first)*time.Hour && at <= time.Duration(last)*time.Hour
	r.now.Hidden, r.nowDot.Hidden, r.nowAt.Hidden = !here, !here, !here
	if !here {
		return
	}
	y := float32(math.Round(float64(top + float32((at-time.Duration(first)*time.Hour).Minutes())*hour/60)))
	r.now.Move(fyne.NewPos(axis, y-1))
	r.now.Resize(fyne.NewSize(size.Width-axis, 2))
	r.nowDot.Move(fyne.NewPos(axis-4, y-4))
	r.nowDot.Resize(fyne.NewSquareSize(8))
	r.nowAt.SetText(r.env.Texts.Time(r.board.Now))
	high := r.nowAt.MinSize().Height
	r.nowAt.Move(fyne.NewPos(0, y-float32(math.Floor(float64(high)/2))))
	r.nowAt.Resize(fyne.NewSize(axis-10, high))
	for i, l := range r.labels { // the hour gives way to the minute
		away := top + float32(i)*hour - y
		l.Hidden = max(away, -away) < high
	}
}

// place is where a column begins and how wide it is.
func (t *timetable) place(column int, width float32) (x, wide float32) {
	axis := t.axis()
	each := (width - axis) / float32(max(len(t.columns), 1))
	x = float32(math.Floor(float64(axis + float32(column)*each)))
	return x, float32(math.Floor(float64(axis+float32(column+1)*each))) - x
}

// heads puts one thing above each column of a timetable, and moves with the columns. It begins where the hours end.
type heads struct{ table *timetable }

func (h heads) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	return fyne.NewSize(0, high)
}

func (h heads) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	axis := h.table.axis()
	across := max(size.Width+axis, h.table.MinSize().Width)
	for i, o := range objects {
		x, wide := h.table.place(i, across)
		o.Move(fyne.NewPos(x+8-axis-h.table.across(), 0))
		o.Resize(fyne.NewSize(max(wide-12, 0), size.Height))
	}
}

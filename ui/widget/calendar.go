package widget

import (
	"strconv"
	"time"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Calendar shows a month, to choose a day from. Arrows move by days and weeks,
// Page Up and Page Down by months, Home and End to the ends of the week, Enter
// and Space choose. Today has an edge, the chosen day is filled, days with
// something on them have a dot.
type Calendar struct {
	fynewidget.BaseWidget
	texts   *i18n.Texts
	days    *calendarDays
	month   *Text
	content *fyne.Container
}

// NewCalendar shows the month of today with nothing chosen. onChoose is called
// when the user chooses a day.
func NewCalendar(texts *i18n.Texts, today data.Date, onChoose func(data.Date)) *Calendar {
	c := &Calendar{texts: texts, month: Bold("").Centered()}
	c.days = newCalendarDays(texts, today, onChoose)
	c.days.onMonth = func() { c.month.SetText(texts.Month(c.days.shown)) }
	c.days.onMonth()
	earlier := NewIconButton(icons.Previous, texts.T("calendar.earlier"), func() { c.days.turn(-1) }).Small()
	later := NewIconButton(icons.Next, texts.T("calendar.later"), func() { c.days.turn(1) }).Small()
	now := Quiet(texts.T("calendar.today"), func() { c.days.choose(c.days.today) }).Small()
	c.content = Column(8, Row(4, earlier, Fill(c.month), later), c.days, Row(0, Spring(), now))
	c.ExtendBaseWidget(c)
	return c
}

// Set chooses a day without calling onChoose, and turns to its month; "" for
// none.
func (c *Calendar) Set(day data.Date) { c.days.set(day) }

// Between lets only these days be chosen; "" leaves an end open.
func (c *Calendar) Between(first, last data.Date) *Calendar {
	c.days.first, c.days.last = first, last
	c.days.Refresh()
	return c
}

// Mark puts a dot below the days for which marked is true.
func (c *Calendar) Mark(marked func(data.Date) bool) *Calendar {
	c.days.marked = marked
	c.days.Refresh()
	return c
}

// Keys is what takes the keyboard's focus.
func (c *Calendar) Keys() fyne.Focusable { return c.days }

func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(c.content)
}

// calendarDays are the six weeks in which a month lies.
type calendarDays struct {
	pressable
	texts       *i18n.Texts
	today       data.Date
	chosen      data.Date
	first, last data.Date
	cursor      time.Time // where the keys are
	shown       time.Time // first of the month
	over        int       // cell under the pointer, or -1
	marked      func(data.Date) bool
	onChoose    func(data.Date)
	onMonth     func()
	heads       [7]*Text
	cells       [42]calendarCell
	ring        *ring
}

type calendarCell struct {
	box    *box
	number *Text
	dot    *canvas.Circle
}

func newCalendarDays(texts *i18n.Texts, today data.Date, onChoose func(data.Date)) *calendarDays {
	d := &calendarDays{texts: texts, today: today, onChoose: onChoose, over: -1, ring: newRing(theme.RadiusInput)}
	for i := range d.heads {
		name := []rune(texts.ShortWeekday((texts.WeekStart() + time.Weekday(i)) % 7))
		if texts.Language() == i18n.Chinese {
			name = name[1:]
		} else {
			name = name[:2]
		}
		d.heads[i] = Caption(string(name)).In(theme.Ink3).Centered()
	}
	for i := range d.cells {
		d.cells[i] = calendarCell{box: newBox(theme.RadiusInput), number: Body("").Centered(), dot: canvas.NewCircle(theme.Color(theme.Clear))}
	}
	d.cursor = noon(today)
	d.shown = firstOfMonth(d.cursor)
	d.init(d, func() { d.choose(data.DateOf(d.cursor)) })
	return d
}

// noon is a time on a day, far from any midnight; of a day without a year, or
// none, the start of 2000.
func noon(day data.Date) time.Time {
	at, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		at = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return at.Add(12 * time.Hour)
}

func firstOfMonth(at time.Time) time.Time { return at.AddDate(0, 0, 1-at.Day()) }

func (d *calendarDays) set(day data.Date) {
	d.chosen = day
	if day == "" {
		day = d.today
	}
	d.moveTo(noon(day))
}

func (d *calendarDays) moveTo(at time.Time) {
	if at.Year() < 1900 || at.Year() > 2200 {
		return
	}
	d.cursor, d.shown = at, firstOfMonth(at)
	if d.onMonth != nil {
		d.onMonth()
	}
	d.Refresh()
}

// turn shows another month, with the cursor on the same day of it, or the last.
func (d *calendarDays) turn(months int) {
	first := d.shown.AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1).Day()
	d.moveTo(first.AddDate(0, 0, min(d.cursor.Day(), last)-1))
}

func (d *calendarDays) allowed(day data.Date) bool {
	return (d.first == "" || day >= d.first) && (d.last == "" || day <= d.last)
}

func (d *calendarDays) choose(day data.Date) {
	if !d.allowed(day) {
		return
	}
	d.set(day)
	if d.onChoose != nil {
		d.onChoose(day)
	}
}

// begin is the day in the first cell.
func (d *calendarDays) begin() time.Time {
	return d.shown.AddDate(0, 0, -((int(d.shown.Weekday()) - int(d.texts.WeekStart()) + 7) % 7))
}

func (d *calendarDays) TypedKey(key *fyne.KeyEvent) {
	into := (int(d.cursor.Weekday()) - int(d.texts.WeekStart()) + 7) % 7
	switch key.Name {
	case fyne.KeyLeft:
		d.moveTo(d.cursor.AddDate(0, 0, -1))
	case fyne.KeyRight:
		d.moveTo(d.cursor.AddDate(0, 0, 1))
	case fyne.KeyUp:
		d.moveTo(d.cursor.AddDate(0, 0, -7))
	case fyne.KeyDown:
		d.moveTo(d.cursor.AddDate(0, 0, 7))
	case fyne.KeyHome:
		d.moveTo(d.cursor.AddDate(0, 0, -into))
	case fyne.KeyEnd:
		d.moveTo(d.cursor.AddDate(0, 0, 6-into))
	case fyne.KeyPageUp:
		d.turn(-1)
	case fyne.KeyPageDown:
		d.turn(1)
	default:
		d.pressable.TypedKey(key)
	}
}

// cellAt is the index of the cell at a place, or -1.
func (d *calendarDays) cellAt(at fyne.Position) int {
	wide, high := d.cell()
	x, y := int(at.X/wide), int((at.Y-d.head())/high)
	if at.X < 0 || at.Y < d.head() || x > 6 || y > 5 {
		return -1
	}
	return y*7 + x
}

func (d *calendarDays) Tapped(event *fyne.PointEvent) {
	if i := d.cellAt(event.Position); i >= 0 {
		d.choose(data.DateOf(d.begin().AddDate(0, 0, i)))
	}
}

func (d *calendarDays) MouseMoved(event *desktop.MouseEvent) {
	if i := d.cellAt(event.Position); i != d.over {
		d.over = i
		d.Refresh()
	}
}

func (d *calendarDays) MouseOut() { d.over = -1; d.pressable.MouseOut() }

func (d *calendarDays) cell() (wide, high float32) { return theme.Grow(36), theme.Grow(34) }
func (d *calendarDays) head() float32              { return theme.Grow(22) }

func (d *calendarDays) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for _, head := range d.heads {
		objects = append(objects, head)
	}
	for _, c := range d.cells {
		objects = append(append(objects, c.box.objects()...), c.dot, c.number)
	}
	return draw(&drawing{
		owner: d, objects: append(objects, d.ring.Rectangle), paint: d.paint, place: d.place,
		least: func() fyne.Size {
			wide, high := d.cell()
			return fyne.NewSize(7*wide, d.head()+6*high)
		},
	})
}

func (d *calendarDays) paint() {
	for _, head := range d.heads {
		head.Refresh()
	}
	for i, c := range d.cells {
		at := d.begin().AddDate(0, 0, i)
		day := data.DateOf(at)
		body, ink, edge := theme.Clear, theme.Ink, theme.Clear
		switch {
		case day == d.chosen:
			body, edge, ink = theme.Accent, theme.Accent, theme.OnAccent
		case i == d.over && d.allowed(day):
			body, edge = theme.Raised, theme.Raised
		}
		if day == d.today && day != d.chosen {
			edge = theme.LineStrong
		}
		if day != d.chosen && (at.Month() != d.shown.Month() || !d.allowed(day)) {
			ink = theme.Ink3
		}
		c.box.round(theme.RadiusInput)
		if edge == theme.Clear {
			c.box.fill(body)
		} else {
			if body == theme.Clear {
				body = theme.Panel
			}
			c.box.line(body, edge, 1)
		}
		c.dot.FillColor = theme.Color(theme.Clear)
		if d.marked != nil && d.marked(day) {
			c.dot.FillColor = theme.Color(ink)
		}
		c.number.text, c.number.color, c.number.bold = strconv.Itoa(at.Day()), ink, day == d.today || day == d.chosen
		c.number.struck = !d.allowed(day)
		c.number.Refresh()
	}
	d.ring.show(d.focused, theme.Accent)
}

func (d *calendarDays) place(fyne.Size) {
	wide, high := d.cell()
	line := lineHeight(theme.SizeBody)
	for i, head := range d.heads {
		head.Move(fyne.NewPos(float32(i)*wide, 0))
		head.Resize(fyne.NewSize(wide, lineHeight(theme.SizeCaption)))
	}
	for i, c := range d.cells {
		x, y := float32(i%7)*wide, d.head()+float32(i/7)*high
		c.box.at(fyne.NewPos(x+1, y+1), fyne.NewSize(wide-2, high-2))
		c.number.Move(fyne.NewPos(x, y+middle(high, line)))
		c.number.Resize(fyne.NewSize(wide, line))
		c.dot.Move(fyne.NewPos(x+middle(wide, 4), y+high-7))
		c.dot.Resize(fyne.NewSquareSize(4))
		if data.DateOf(d.begin().AddDate(0, 0, i)) == data.DateOf(d.cursor) {
			d.ring.Move(fyne.NewPos(x, y))
			d.ring.Resize(fyne.NewSize(wide, high))
			d.ring.CornerRadius = theme.RadiusInput + 1
		}
	}
}

package appointments

import (
	"strings"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// looks are how marks show: the colour of block and pill, the colour in the doughnut, and the icon.
var looks = map[Mark]struct {
	tone  widget.Tone
	slice fyne.ThemeColorName
	icon  *icons.Icon
}{
	MarkConfirmed: {widget.OK, theme.OK, icons.Check},
	MarkArrived:   {widget.OK, theme.Chart6, icons.Complete},
	MarkReminded:  {widget.Info, theme.Info, icons.Send},
	MarkBooked:    {widget.Neutral, theme.Chart5, icons.Appointments},
	MarkNoAnswer:  {widget.Warn, theme.Brass, icons.Waiting},
	MarkUnclear:   {widget.Brass, theme.Chart3, icons.Unclear},
	MarkNoPhone:   {widget.Warn, theme.Chart4, icons.Phone},
	MarkNoShow:    {widget.Danger, theme.Chart4, icons.Hidden},
	MarkCancelled: {widget.Danger, theme.Danger, icons.Close},
}

// block is one visit on the board: a soft surface in the colour of its state with a stripe at its left, the time, who
// comes, and what for. The board has the keys; a block has the pointer.
type block struct {
	fynewidget.BaseWidget
	visit    *Visit
	onTap    func(*block)
	onSecond func(*block)
	hovered  bool
	marked   bool // the keys are on it

	ring, body, stripe *canvas.Rectangle
	when, who, change  *widget.Text
	what               *widget.Text
	icon               *widget.Icon
}

var (
	_ fyne.Tappable          = (*block)(nil)
	_ fyne.SecondaryTappable = (*block)(nil)
	_ desktop.Hoverable      = (*block)(nil)
	_ desktop.Cursorable     = (*block)(nil)
)

func newBlock(env *page.Env, zone string, v *Visit, onTap, onSecond func(*block)) *block {
	look := looks[v.Mark]
	b := &block{
		visit: v, onTap: onTap, onSecond: onSecond, ring: &canvas.Rectangle{}, body: &canvas.Rectangle{}, stripe: &canvas.Rectangle{},
		when: widget.Caption(env.Texts.Time(v.At)), who: widget.Caption(v.Patient).Bold().In(theme.Ink).Shorten(),
		change: widget.Caption("").Bold().In(theme.Info), what: widget.Caption(detailOf(env, zone, v)).Shorten(), icon: widget.NewIcon(look.icon, stripeOf(v.Mark), widget.IconSmall),
	}
	if v.Mark == MarkCancelled {
		b.who.SetStruck(true)
	}
	b.change.SetText(changeText(env, v))
	b.ExtendBaseWidget(b)
	return b
}

// stripeOf is the colour of a block's stripe and icon.
func stripeOf(m Mark) fyne.ThemeColorName {
	switch m {
	case MarkNoPhone:
		return theme.Chart4
	case MarkBooked:
		return theme.Ink3
	}
	return looks[m].tone.Ink()
}

// changeText says what a schedule that is being looked at would do to a visit.
func changeText(env *page.Env, v *Visit) string {
	switch v.Change {
	case data.ChangeNew:
		return env.T("appointments.change.new")
	case data.ChangeMoved:
		from := env.Texts.Time(v.Was)
		if data.DateOf(v.Was) != v.Day() {
			from = env.Texts.WeekdayDay(v.Was) + " " + from
		}
		return env.T("appointments.change.moved", "from", from)
	case data.ChangeCancelled:
		return env.T("appointments.change.cancelled")
	case data.ChangeDetails:
		return env.T("appointments.change.details")
	}
	return ""
}

// detailOf is the second line: whose clock it is where it isn't the shop's, what is missing, what they come for.
func detailOf(env *page.Env, zone string, v *Visit) string {
	var parts []string
	if v.Zone != zone {
		parts = append(parts, zoneName(env, v.Zone))
	}
	if v.Phone == "" && v.Open() {
		parts = append(parts, env.T("appointments.no_phone"))
	}
	if v.Service != "" {
		parts = append(parts, v.Service)
	}
	return strings.Join(parts, " · ")
}

// zoneName says whose clock a time is on: "Chicago time".
func zoneName(env *page.Env, zone string) string {
	return env.T("appointments.zone", "city", env.Texts.Zone(zone))
}

func (b *block) Tapped(*fyne.PointEvent)          { b.onTap(b) }
func (b *block) TappedSecondary(*fyne.PointEvent) { b.onSecond(b) }
func (b *block) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
	widget.ShowTip(b, b.all())
}
func (b *block) MouseMoved(*desktop.MouseEvent) {}
func (b *block) MouseOut()                      { b.hovered = false; b.Refresh(); widget.HideTip(b) }
func (b *block) Cursor() desktop.Cursor         { return desktop.PointerCursor }

// all is what the block says, for a pointer resting on one that is too small for it.
func (b *block) all() string {
	said := []string{b.when.Text() + " " + b.who.Text()}
	for _, t := range []string{b.change.Text(), b.what.Text()} {
		if t != "" {
			said = append(said, t)
		}
	}
	return strings.Join(said, " · ")
}

func (b *block) mark(on bool) {
	if b.marked != on {
		b.marked = on
		b.Refresh()
	}
}

func (b *block) CreateRenderer() fyne.WidgetRenderer {
	r := &blockRenderer{b}
	r.paint()
	if !b.Size().IsZero() { // a renderer that is made again is not laid out by Fyne
		r.Layout(b.Size())
	}
	return r
}

type blockRenderer struct{ *block }

func (r *blockRenderer) Destroy() {}
func (r *blockRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.body, r.stripe, r.when, r.who, r.icon, r.change, r.what}
}
func (r *blockRenderer) MinSize() fyne.Size { return fyne.NewSize(60, theme.Grow(18)) }

func (r *blockRenderer) Refresh() {
	r.paint()
	r.Layout(r.block.Size())
	canvas.Refresh(r.block)
}

func (r *blockRenderer) paint() {
	tone := looks[r.visit.Mark].tone
	soft := tone.Soft()
	if tone == widget.Neutral {
		soft = theme.Sunken // most visits are plainly booked: the quietest colour, so that the others stand out
	}
	r.body.FillColor, r.body.CornerRadius = theme.Color(soft), theme.RadiusSmall
	r.body.StrokeWidth, r.body.StrokeColor = 0, nil
	if r.visit.Ghost || r.hovered {
		r.body.StrokeWidth, r.body.StrokeColor = 1, theme.Color(stripeOf(r.visit.Mark))
	}
	r.stripe.FillColor = theme.Color(stripeOf(r.visit.Mark))
	r.stripe.TopLeftCornerRadius, r.stripe.BottomLeftCornerRadius = theme.RadiusSmall, theme.RadiusSmall
	r.ring.FillColor, r.ring.CornerRadius = theme.Color(theme.Clear), theme.RadiusSmall+2
	if r.marked {
		r.ring.FillColor = theme.Color(theme.Accent)
	}
}

func (r *blockRenderer) Layout(size fyne.Size) {
	r.ring.Move(fyne.NewPos(-2, -2))
	r.ring.Resize(size.AddWidthHeight(4, 4))
	r.body.Resize(size)
	r.stripe.Resize(fyne.NewSize(4, size.Height))
	const left = 12
	line := r.when.MinSize().Height
	top := float32(4)
	if size.Height < 2*line+4 && !(size.Width < 120 && size.Height >= 2*line) { // one line
		top = max((size.Height-line)/2, 0)
	}
	icon := r.icon.MinSize().Width
	showIcon := size.Width > 110
	r.icon.Hidden = !showIcon
	right := size.Width - 6
	if showIcon {
		r.icon.Resize(fyne.NewSquareSize(icon))
		r.icon.Move(fyne.NewPos(size.Width-icon-7, top+1))
		right = size.Width - icon - 11
	}
	when := r.when.MinSize().Width
	r.when.Move(fyne.NewPos(left, top))
	r.when.Resize(fyne.NewSize(min(when, max(right-left, 0)), line))
	r.who.Move(fyne.NewPos(left+when+6, top))
	r.who.Resize(fyne.NewSize(max(right-left-when-6, 0), line))
	second := size.Height >= 4+2*line
	if narrow := size.Width < 120; narrow && second { // the name goes below the time
		r.who.Move(fyne.NewPos(left, top+line))
		r.who.Resize(fyne.NewSize(max(size.Width-left-4, 0), line))
		top += line
		second = size.Height >= top+2*line
	}
	r.change.Hidden, r.what.Hidden = !second || r.change.Text() == "", !second
	if name := fyne.MeasureText(r.who.Text(), theme.Size(theme.SizeCaption), fyne.TextStyle{Bold: true}).Width + 2; !second && r.who.Position().Y == top {
		// A short visit has one line: what is left of it says what for, or what a schedule would change.
		x := left + when + 6 + name + 8
		if say := r.what; right-x > 30 {
			if r.change.Text() != "" {
				say = r.change
			}
			r.who.Resize(fyne.NewSize(name, line))
			say.Hidden = false
			say.Move(fyne.NewPos(x, top))
			say.Resize(fyne.NewSize(right-x, line))
		}
	}
	if second {
		x := float32(left)
		if !r.change.Hidden {
			w := min(r.change.MinSize().Width, size.Width-left-4)
			r.change.Move(fyne.NewPos(x, top+line))
			r.change.Resize(fyne.NewSize(w, line))
			x += w + 6
		}
		r.what.Move(fyne.NewPos(x, top+line))
		r.what.Resize(fyne.NewSize(max(size.Width-x-4, 0), line))
	}
}

// newDot is a dot in a colour of the theme, before a word of the legend.
func newDot(color fyne.ThemeColorName) *dot {
	d := &dot{color: color, circle: &canvas.Circle{}}
	d.ExtendBaseWidget(d)
	return d
}

type dot struct {
	fynewidget.BaseWidget
	color  fyne.ThemeColorName
	circle *canvas.Circle
}

func (d *dot) CreateRenderer() fyne.WidgetRenderer {
	d.circle.FillColor = theme.Color(d.color)
	r := &dotRenderer{d}
	r.Layout(d.Size())
	return r
}

type dotRenderer struct{ *dot }

func (r *dotRenderer) Destroy()                     {}
func (r *dotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.circle} }
func (r *dotRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(8) }
func (r *dotRenderer) Layout(size fyne.Size) {
	r.circle.Resize(fyne.NewSquareSize(8))
	r.circle.Move(fyne.NewPos((size.Width-8)/2, (size.Height-8)/2))
}

func (r *dotRenderer) Refresh() {
	r.circle.FillColor = theme.Color(r.color)
	canvas.Refresh(r.dot)
}

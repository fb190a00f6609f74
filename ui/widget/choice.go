package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// mark is the square or disc that shows whether something is chosen.
type mark struct {
	round, on, some bool
	box             *box
	tick            *Icon
	dot             *canvas.Circle
}

func newMark(round bool) *mark {
	m := &mark{round: round, box: newBox(4), tick: NewIcon(icons.Check, theme.OnAccent, IconSmall), dot: canvas.NewCircle(theme.Color(theme.Clear))}
	return m
}

func (m *mark) objects() []fyne.CanvasObject { return append(m.box.objects(), m.tick, m.dot) }

func (m *mark) side() float32 { return theme.Grow(18) }

func (m *mark) paint(hovered, disabled bool) {
	fill, edge := theme.Panel, theme.LineStrong
	if hovered {
		fill = theme.Raised
	}
	lit := m.on || m.some
	if lit {
		fill, edge = theme.Accent, theme.Accent
	}
	if disabled {
		fill, edge = theme.NeutralSoft, theme.Line
	}
	m.box.round(4)
	if m.round {
		m.box.round(m.side() / 2)
		if lit && !disabled {
			fill = theme.Panel
		}
	}
	width := float32(1)
	if m.round && lit {
		width = 6 * m.side() / 18
	}
	m.box.line(fill, edge, width)
	m.tick.icon, m.tick.color = nil, theme.OnAccent
	if disabled {
		m.tick.color = theme.Ink3
	}
	switch {
	case m.round:
	case m.on:
		m.tick.icon = icons.Check
	case m.some:
		m.tick.icon = icons.Remove
	}
	m.tick.Refresh()
	m.box.edge.Refresh()
	m.box.body.Refresh()
}

func (m *mark) at(pos fyne.Position) {
	side := m.side()
	m.box.at(pos, fyne.NewSquareSize(side))
	m.tick.Move(pos)
	m.tick.Resize(fyne.NewSquareSize(side))
}

// choice is a mark with a text, and perhaps a second line.
type choice struct {
	pressable
	mark   *mark
	label  *Text
	detail *Text
	ring   *ring
	arrow  func(step int) // moves within a group of radios
	enter  func() bool    // Enter on what is chosen already; false when nobody wants it
}

func newChoice(round bool, text string) *choice {
	c := &choice{mark: newMark(round), label: Body(text).Shorten(), detail: Caption("").Shorten(), ring: newRing(4)}
	if round {
		c.ring.radius = 9
	}
	return c
}

func (c *choice) TypedKey(key *fyne.KeyEvent) {
	if c.arrow != nil {
		switch key.Name {
		case fyne.KeyDown, fyne.KeyRight:
			c.arrow(1)
			return
		case fyne.KeyUp, fyne.KeyLeft:
			c.arrow(-1)
			return
		case fyne.KeyReturn, fyne.KeyEnter:
			if c.mark.on { // chosen already: Enter goes on
				if !c.enter() {
					keyToPage(c.self, key)
				}
				return
			}
		}
	}
	c.pressable.TypedKey(key)
}

func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   c.self,
		objects: append(c.mark.objects(), c.ring.Rectangle, c.label, c.detail),
		paint: func() {
			c.mark.paint(c.hovered, c.disabled)
			c.ring.show(c.focused, theme.Accent)
			c.label.color = theme.Ink
			if c.disabled {
				c.label.color = theme.Ink3
			}
			c.label.Refresh()
			c.detail.Refresh()
		},
		least: func() fyne.Size {
			width, high := c.mark.side(), theme.Grow(28)
			if c.label.text != "" {
				width += 8 + ceil(c.label.measure(c.label.text).Width)
			}
			if c.detail.text != "" {
				width = max(width, c.mark.side()+8+ceil(c.detail.measure(c.detail.text).Width))
				high = theme.Grow(44)
			}
			return fyne.NewSize(width, high)
		},
		place: func(size fyne.Size) {
			side := c.mark.side()
			body, low := lineHeight(theme.SizeBody), lineHeight(theme.SizeCaption)
			if c.detail.text == "" {
				low = 0
			}
			y := middle(size.Height, body+low)
			at := fyne.NewPos(0, y+middle(body, side))
			c.mark.at(at)
			c.ring.around(fyne.NewSquareSize(side))
			c.ring.Move(at.SubtractXY(3, 3))
			room := size.Width - side - 8
			c.label.Move(fyne.NewPos(side+8, y))
			c.label.Resize(fyne.NewSize(room, body))
			c.detail.Move(fyne.NewPos(side+8, y+body))
			c.detail.Resize(fyne.NewSize(room, low))
		},
	})
}

// Checkbox is a yes or no that stands by itself, or the tick of a row.
type Checkbox struct{ choice }

// NewCheckbox makes one that is off; text may be empty. onChange is called
// when the user changes it.
func NewCheckbox(text string, onChange func(on bool)) *Checkbox {
	c := &Checkbox{choice: *newChoice(false, text)}
	c.init(c, func() {
		c.mark.on, c.mark.some = !c.mark.on, false
		c.Refresh()
		if onChange != nil {
			onChange(c.mark.on)
		}
	})
	return c
}

// WithDetail adds a second, smaller line.
func (c *Checkbox) WithDetail(text string) *Checkbox { c.detail.text = text; return c }

// SetText changes the text.
func (c *Checkbox) SetText(text string) { c.label.text = text; c.Refresh() }

// On tells whether it is ticked.
func (c *Checkbox) On() bool { return c.mark.on }

// Set ticks or clears it without calling onChange.
func (c *Checkbox) Set(on bool) {
	if c.mark.on != on || c.mark.some {
		c.mark.on, c.mark.some = on, false
		c.Refresh()
	}
}

// SetSome shows that some of several are ticked.
func (c *Checkbox) SetSome() { c.mark.on, c.mark.some = false, true; c.Refresh() }

// radio is one line of a Radio.
type radio struct{ choice }

// Radio chooses exactly one of a few texts that all stay visible.
type Radio struct {
	fynewidget.BaseWidget
	lines    []*radio
	selected int
	onChange func(index int)
	column   *fyne.Container

	// OnEnter is what Enter does on the option that is chosen already: the main thing of the page. Without it the page,
	// or the dialog, gets the key.
	OnEnter func()
}

// NewRadio makes a list of which nothing is chosen until SetSelected.
// onChange is called when the user chooses another one.
func NewRadio(options []string, onChange func(index int)) *Radio {
	r := &Radio{selected: -1, onChange: onChange, column: Column(4)}
	for i, option := range options {
		line := &radio{choice: *newChoice(true, option)}
		line.init(line, func() { r.Choose(i) })
		line.arrow = func(step int) { r.step(i, step) }
		line.enter = func() bool {
			if r.OnEnter != nil {
				r.OnEnter()
			}
			return r.OnEnter != nil
		}
		r.lines = append(r.lines, line)
		r.column.Add(line)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Beside puts the options beside each other.
func (r *Radio) Beside() *Radio {
	r.column = Row(16, r.column.Objects...)
	return r
}

// WithDetails gives each option a second, smaller line.
func (r *Radio) WithDetails(details ...string) *Radio {
	for i, detail := range details {
		if i < len(r.lines) {
			r.lines[i].detail.text = detail
		}
	}
	return r
}

// Selected is the index of the chosen option, -1 for none.
func (r *Radio) Selected() int { return r.selected }

// SetSelected chooses without calling onChange.
func (r *Radio) SetSelected(index int) {
	r.selected = index
	for i, line := range r.lines {
		line.mark.on = i == index
		line.Refresh()
	}
}

// Choose does what a click on an option does.
func (r *Radio) Choose(index int) {
	changed := index != r.selected
	r.SetSelected(index)
	if changed && r.onChange != nil {
		r.onChange(index)
	}
}

// Enable and Disable switch all options.
func (r *Radio) Enable()  { r.able(true) }
func (r *Radio) Disable() { r.able(false) }

func (r *Radio) able(able bool) {
	for _, line := range r.lines {
		line.able(able)
	}
}

func (r *Radio) step(from, step int) {
	to := from + step
	if to < 0 || to >= len(r.lines) || r.lines[to].disabled {
		return
	}
	r.Choose(to)
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r.lines[to])
	}
}

func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(r.column) }

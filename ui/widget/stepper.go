package widget

import (
	"strconv"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Stepper shows where one is in a job of several steps: done, now, later.
type Stepper struct {
	fynewidget.BaseWidget
	steps []step
	now   int
}

type step struct {
	disc   *box
	number *Text
	tick   *Icon
	label  *Text
	line   *canvas.Rectangle // to the step before
}

// NewStepper makes a row of steps, the first one being now.
func NewStepper(labels ...string) *Stepper {
	s := &Stepper{}
	for i, label := range labels {
		s.steps = append(s.steps, step{
			disc: newBox(11), number: Caption(strconv.Itoa(i + 1)).Bold().Centered(), tick: NewIcon(nil, theme.OK, IconSmall),
			label: Body(label), line: canvas.NewRectangle(theme.Color(theme.Line)),
		})
	}
	s.ExtendBaseWidget(s)
	return s
}

// SetNow says which step it is, counted from 0; past the last, all are done.
func (s *Stepper) SetNow(step int) { s.now = step; s.Refresh() }

// Now is the step, counted from 0.
func (s *Stepper) Now() int { return s.now }

func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for i, st := range s.steps {
		objects = append(objects, st.disc.objects()...)
		objects = append(objects, st.number, st.tick, st.label)
		if i > 0 {
			objects = append(objects, st.line)
		}
	}
	return draw(&drawing{owner: s, objects: objects, paint: s.paint, least: s.least, place: s.place})
}

func (s *Stepper) paint() {
	for i := range s.steps {
		st := &s.steps[i]
		fill, ink, word := theme.NeutralSoft, theme.Ink2, theme.Ink2
		st.tick.icon = nil
		st.label.bold = i == s.now
		switch {
		case i < s.now:
			fill, word = theme.OKSoft, theme.Ink
			st.tick.icon = icons.Check
		case i == s.now:
			fill, ink, word = theme.Accent, theme.OnAccent, theme.Ink
		}
		st.disc.round(theme.Grow(22) / 2)
		st.disc.fill(fill)
		st.number.color, st.number.text = ink, strconv.Itoa(i+1)
		if i < s.now {
			st.number.text = ""
		}
		st.label.color = word
		st.line.FillColor = theme.Color(theme.Line)
		st.number.Refresh()
		st.tick.Refresh()
		st.label.Refresh()
	}
}

func (s *Stepper) least() fyne.Size {
	width := float32(0)
	for i, st := range s.steps {
		width += theme.Grow(22) + 8 + st.label.MinSize().Width
		if i > 0 {
			width += 8 + 24 + 8
		}
	}
	return fyne.NewSize(width, max(theme.Grow(22), lineHeight(theme.SizeBody)))
}

func (s *Stepper) place(size fyne.Size) {
	x, side := float32(0), theme.Grow(22)
	for i, st := range s.steps {
		if i > 0 {
			st.line.Move(fyne.NewPos(x+8, middle(size.Height, 1)))
			st.line.Resize(fyne.NewSize(24, 1))
			x += 8 + 24 + 8
		}
		pos := fyne.NewPos(x, middle(size.Height, side))
		st.disc.at(pos, fyne.NewSquareSize(side))
		st.number.Move(pos)
		st.number.Resize(fyne.NewSquareSize(side))
		st.tick.Move(pos)
		st.tick.Resize(fyne.NewSquareSize(side))
		x += side + 8
		least := st.label.MinSize()
		st.label.Move(fyne.NewPos(x, middle(size.Height, least.Height)))
		st.label.Resize(least)
		x += least.Width
	}
}

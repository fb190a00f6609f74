package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
)

// Select chooses one of several texts from a list that opens below it.
type Select struct {
	pressable
	options  []string
	details  []string
	selected int
	prompt   string
	plain    bool
	doubtful bool
	high     float32
	onChange func(index int)
	label    *Text
	state    *Icon
	chevron  *Icon
	box      *box
	ring     *ring
}

// NewSelect makes a field 36 px high. Nothing is chosen until SetSelected.
// onChange is called when the user chooses another one.
func NewSelect(options []string, onChange func(index int)) *Select {
	s := &Select{
		options: options, selected: -1, high: 36, onChange: onChange,
		label: Body("").Shorten(), state: NewIcon(nil, theme.OK, IconSmall), chevron: NewIcon(icons.More, theme.Ink2, IconNormal),
		box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput),
	}
	s.init(s, s.open)
	return s
}

// Plain leaves the border away: bold text and a chevron, inside a soft tile.
func (s *Select) Plain() *Select { s.plain, s.high, s.label.bold = true, 24, true; return s }

// Bold makes the chosen text bold.
func (s *Select) Bold() *Select { s.label.bold = true; return s }

// Prompt is what stands there while nothing is chosen.
func (s *Select) Prompt(text string) *Select { s.prompt = text; return s }

// WithDetails gives each option a second line in the list.
func (s *Select) WithDetails(details []string) *Select { s.details = details; return s }

// Mark shows beside the text how sure the choice is: a tick, a warning. A
// doubtful one is filled in amber. nil removes the icon.
func (s *Select) Mark(icon *icons.Icon, doubtful bool) {
	s.state.icon, s.doubtful = icon, doubtful
	s.Refresh()
}

// Selected is the index of the chosen option, -1 for none.
func (s *Select) Selected() int { return s.selected }

// SelectedText is the chosen option, "" for none.
func (s *Select) SelectedText() string {
	if s.selected < 0 || s.selected >= len(s.options) {
		return ""
	}
	return s.options[s.selected]
}

// SetSelected chooses without calling onChange.
func (s *Select) SetSelected(index int) {
	if index < -1 || index >= len(s.options) {
		index = -1
	}
	s.selected = index
	s.Refresh()
}

// SetOptions changes what can be chosen, and chooses nothing.
func (s *Select) SetOptions(options []string) { s.options, s.selected = options, -1; s.Refresh() }

// Choose does what choosing from the list does.
func (s *Select) Choose(index int) {
	if index < 0 || index >= len(s.options) || s.disabled {
		return
	}
	changed := index != s.selected
	s.SetSelected(index)
	if changed && s.onChange != nil {
		s.onChange(index)
	}
}

func (s *Select) open() {
	items := make([]MenuItem, len(s.options))
	for i, option := range s.options {
		items[i] = MenuItem{Text: option, Tick: i == s.selected, Do: func() { s.Choose(i) }}
		if i < len(s.details) {
			items[i].Detail = s.details[i]
		}
	}
	ShowMenu(s, items)
}

// TypedKey opens the list with Down too.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyDown {
		s.Press()
		return
	}
	s.pressable.TypedKey(key)
}

func (s *Select) padding() float32 {
	if s.plain {
		return 0
	}
	return 12
}

func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   s,
		objects: append(s.box.objects(), s.ring.Rectangle, s.label, s.state, s.chevron),
		paint:   s.paint,
		least: func() fyne.Size {
			width := float32(0)
			for _, option := range s.options {
				width = max(width, ceil(s.label.measure(option).Width))
			}
			width = min(max(width, ceil(s.label.measure(s.prompt).Width)), 240)
			if s.plain {
				width = ceil(s.label.measure(s.label.text).Width)
			}
			width += 2*s.padding() + 6 + s.chevron.side()
			if s.state.icon != nil {
				width += 6 + s.state.side()
			}
			return fyne.NewSize(width, theme.Grow(s.high))
		},
		place: s.place,
	})
}

func (s *Select) paint() {
	ink := theme.Ink
	if s.label.text = s.SelectedText(); s.label.text == "" {
		s.label.text, ink = s.prompt, theme.Ink3
	}
	switch {
	case s.disabled:
		s.box.line(theme.Raised, theme.Line, 1)
		ink = theme.Ink3
	case s.plain:
		s.box.fill(theme.Clear)
	case s.focused:
		s.box.line(theme.Panel, theme.Accent, 2)
	case s.doubtful:
		s.box.line(theme.WarnSoft, theme.Warn, 1)
	case s.hovered:
		s.box.line(theme.Raised, theme.LineStrong, 1)
	default:
		s.box.line(theme.Panel, theme.LineStrong, 1)
	}
	s.ring.show(s.focused && s.plain, theme.Accent)
	s.state.color = theme.OK
	if s.doubtful {
		s.state.color = theme.Warn
	}
	s.label.color = ink
	s.label.Refresh()
	s.state.Refresh()
	s.chevron.Refresh()
	s.box.edge.Refresh()
	s.box.body.Refresh()
}

func (s *Select) place(size fyne.Size) {
	s.box.at(fyne.Position{}, size)
	s.ring.around(size)
	end := size.Width - s.padding()
	chevron, high := s.chevron.side(), lineHeight(theme.SizeBody)
	room := end - chevron - 6 - s.padding()
	if s.state.icon != nil {
		room -= s.state.side() + 6
	}
	if s.plain {
		room = min(room, ceil(s.label.measure(s.label.text).Width))
		end = s.padding() + room + 6 + chevron
	}
	s.label.Move(fyne.NewPos(s.padding(), middle(size.Height, high)))
	s.label.Resize(fyne.NewSize(max(room, 0), high))
	s.chevron.Move(fyne.NewPos(end-chevron, middle(size.Height, chevron)))
	s.chevron.Resize(fyne.NewSquareSize(chevron))
	side := s.state.side()
	s.state.Move(fyne.NewPos(end-chevron-6-side, middle(size.Height, side)))
	s.state.Resize(fyne.NewSquareSize(side))
}

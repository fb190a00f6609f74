package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Switch turns something on or off at once, such as a day on which the shop is
// open: a knob on a track, with its text at the right. What is only stored with
// a form's Save is a Checkbox.
type Switch struct {
	pressable
	on    bool
	label *Text
	track *box
	knob  *canvas.Circle
	ring  *ring
}

// NewSwitch makes one that is off; text may be empty. onChange is called when
// the user turns it.
func NewSwitch(text string, onChange func(on bool)) *Switch {
	s := &Switch{label: Body(text).Shorten(), track: newBox(10), knob: canvas.NewCircle(theme.Color(theme.Clear)), ring: newRing(10)}
	s.init(s, func() {
		s.on = !s.on
		s.Refresh()
		if onChange != nil {
			onChange(s.on)
		}
	})
	return s
}

// On tells how it stands.
func (s *Switch) On() bool { return s.on }

// Set turns it without calling onChange.
func (s *Switch) Set(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// SetText changes the text.
func (s *Switch) SetText(text string) { s.label.text = text; s.Refresh() }

func (s *Switch) size() fyne.Size { return fyne.NewSize(theme.Grow(36), theme.Grow(20)) }

func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   s,
		objects: append(s.track.objects(), s.knob, s.ring.Rectangle, s.label),
		paint: func() {
			s.track.round(s.size().Height / 2)
			s.ring.radius = s.size().Height / 2
			knob := theme.LineStrong
			switch {
			case s.disabled:
				s.track.line(theme.NeutralSoft, theme.Line, 1)
				knob = theme.Ink3
			case s.on:
				s.track.fill(theme.Accent)
				if s.hovered {
					s.track.fill(theme.AccentHover)
				}
				knob = theme.OnAccent
			case s.hovered:
				s.track.line(theme.Raised, theme.LineStrong, 1)
			default:
				s.track.line(theme.Panel, theme.LineStrong, 1)
			}
			s.knob.FillColor = theme.Color(knob)
			s.label.color = theme.Ink
			if s.disabled {
				s.label.color = theme.Ink3
			}
			s.ring.show(s.focused, theme.Accent)
			s.track.edge.Refresh()
			s.track.body.Refresh()
			s.knob.Refresh()
			s.label.Refresh()
		},
		least: func() fyne.Size {
			size := s.size()
			if s.label.text != "" {
				size.Width += 10 + s.label.MinSize().Width
			}
			return fyne.NewSize(size.Width, theme.Grow(28))
		},
		place: func(size fyne.Size) {
			track := s.size()
			y := middle(size.Height, track.Height)
			s.track.at(fyne.NewPos(0, y), track)
			s.ring.around(track)
			s.ring.Move(fyne.NewPos(-3, y-3))
			side := track.Height - 8
			x := float32(4)
			if s.on {
				x = track.Width - side - 4
			}
			s.knob.Move(fyne.NewPos(x, y+4))
			s.knob.Resize(fyne.NewSquareSize(side))
			high := lineHeight(theme.SizeBody)
			s.label.Move(fyne.NewPos(track.Width+10, middle(size.Height, high)))
			s.label.Resize(fyne.NewSize(max(size.Width-track.Width-10, 0), high))
		},
	})
}

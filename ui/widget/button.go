package widget

import (
	"image/color"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Kind is how much a button asks to be pressed.
type Kind int

const (
	KindPrimary   Kind = iota // the one thing to do here
	KindSecondary             // another thing that can be done
	KindQuiet                 // a way out or aside
	KindDanger                // destroys something
	KindPositive              // the good end of a job at the till
)

// look is a button in one state.
type look struct {
	fill, edge, text fyne.ThemeColorName
	faded            bool // the fill at 85 %
}

var looks = map[Kind]struct{ rest, hover, press look }{
	KindPrimary: {
		look{theme.Accent, "", theme.OnAccent, false}, look{theme.AccentHover, "", theme.OnAccent, false}, look{theme.AccentHover, "", theme.OnAccent, true},
	},
	KindSecondary: {
		look{theme.Panel, theme.Line, theme.Ink, false}, look{theme.Raised, theme.Line, theme.Ink, false}, look{theme.NeutralSoft, theme.Line, theme.Ink, false},
	},
	KindQuiet: {
		look{theme.Clear, "", theme.Accent, false}, look{theme.AccentSoft, "", theme.Accent, false}, look{theme.AccentSoft, "", theme.Accent, true},
	},
	KindDanger: {
		look{theme.DangerSoft, "", theme.Danger, false}, look{theme.Danger, "", theme.Panel, false}, look{theme.Danger, "", theme.Panel, true},
	},
	KindPositive: {
		look{theme.OK, "", theme.Panel, false}, look{theme.OK, "", theme.Panel, true}, look{theme.OK, "", theme.Panel, true},
	},
}

// scaleOf is a button in one of its sizes.
type scaleOf struct {
	height, padding, gap, icon, radius float32
	text                               fyne.ThemeSizeName
}

var (
	sizeNormal = scaleOf{36, 16, 8, IconNormal, theme.RadiusInput, theme.SizeBody}
	sizeSmall  = scaleOf{28, 11, 6, IconSmall, theme.RadiusSmall, theme.SizeCaption}
	sizeLarge  = scaleOf{48, 24, 10, 20, theme.RadiusTile, theme.SizeHeading}
	sizeSend   = scaleOf{56, 28, 12, 22, theme.RadiusTile, theme.SizeHeading}
)

// Button names the result of pressing it: "Send 412 for $9.06".
type Button struct {
	pressable
	kind   Kind
	size   scaleOf
	label  *Text
	before *Icon
	after  *Icon
	box    *box
	ring   *ring
}

// Primary is the one thing to do on a page.
func Primary(text string, onTap func()) *Button { return NewButton(KindPrimary, text, onTap) }

// Secondary is another thing that can be done.
func Secondary(text string, onTap func()) *Button { return NewButton(KindSecondary, text, onTap) }

// Quiet is a way out or aside.
func Quiet(text string, onTap func()) *Button { return NewButton(KindQuiet, text, onTap) }

// Destructive deletes or stops something.
func Destructive(text string, onTap func()) *Button { return NewButton(KindDanger, text, onTap) }

// NewButton makes a button 36 px high.
func NewButton(kind Kind, text string, onTap func()) *Button {
	b := &Button{kind: kind, size: sizeNormal, label: Bold(text).Centered(), box: newBox(theme.RadiusInput), ring: newRing(theme.RadiusInput)}
	b.init(b, onTap)
	return b
}

// WithIcon puts an icon before the text.
func (b *Button) WithIcon(icon *icons.Icon) *Button {
	b.before = NewIcon(icon, theme.Ink, b.size.icon)
	return b
}

// WithIconAfter puts an icon, such as an arrow, after the text.
func (b *Button) WithIconAfter(icon *icons.Icon) *Button {
	b.after = NewIcon(icon, theme.Ink, b.size.icon)
	return b
}

// Small makes it 28 px high, for rows and cards.
func (b *Button) Small() *Button { return b.sized(sizeSmall) }

// Large makes it 48 px high, for the till.
func (b *Button) Large() *Button { return b.sized(sizeLarge) }

// Send makes it 56 px high: the last press before a campaign goes out.
func (b *Button) Send() *Button { return b.sized(sizeSend) }

func (b *Button) sized(size scaleOf) *Button {
	b.size = size
	b.label.size = size.text
	b.box.round(size.radius)
	b.ring.radius = size.radius
	for _, icon := range []*Icon{b.before, b.after} {
		if icon != nil {
			icon.size = size.icon
		}
	}
	return b
}

// Text returns what the button says.
func (b *Button) Text() string { return b.label.Text() }

// SetText changes what the button says.
func (b *Button) SetText(text string) {
	if b.label.text != text {
		b.label.text = text
		b.Refresh()
	}
}

// SetKind changes how much it asks to be pressed.
func (b *Button) SetKind(kind Kind) {
	if b.kind != kind {
		b.kind = kind
		b.Refresh()
	}
}

// SetIcon changes the icon before the text; nil removes it.
func (b *Button) SetIcon(icon *icons.Icon) {
	if b.before == nil {
		b.before = NewIcon(icon, theme.Ink, b.size.icon)
	}
	b.before.icon = icon
	b.Refresh()
}

func (b *Button) look() look {
	l := looks[b.kind]
	switch {
	case b.disabled && b.kind == KindQuiet:
		return look{theme.Clear, "", theme.Ink3, false}
	case b.disabled:
		return look{theme.NeutralSoft, "", theme.Ink3, false}
	case b.pressed:
		return l.press
	case b.hovered:
		return l.hover
	}
	return l.rest
}

func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: b, least: b.least, place: b.place}
	d.paint = func() {
		d.objects = append(b.box.objects(), b.ring.Rectangle)
		for _, icon := range []*Icon{b.before, b.after} {
			if icon != nil {
				d.objects = append(d.objects, icon)
			}
		}
		d.objects = append(d.objects, b.label)
		b.paint()
	}
	return draw(d)
}

func (b *Button) paint() {
	l := b.look()
	var fill, edge color.Color = theme.Color(l.fill), nil
	if l.faded {
		fill = theme.Faded(l.fill, 0.85)
	}
	width := float32(0)
	if l.edge != "" {
		edge, width = theme.Color(l.edge), theme.HairlineSize
	}
	b.box.paint(fill, edge, width)
	focus := theme.Accent
	if b.kind == KindDanger {
		focus = theme.Danger
	}
	b.ring.show(b.focused, focus)
	b.label.color = l.text
	b.label.Refresh()
	for _, icon := range []*Icon{b.before, b.after} {
		if icon != nil {
			icon.color = l.text
			icon.Refresh()
		}
	}
	canvas.Refresh(b.box.edge)
	canvas.Refresh(b.box.body)
}

// content is how wide icons and text are together.
func (b *Button) content() float32 {
	width := float32(0)
	if b.label.text != "" {
		width = b.label.MinSize().Width
	}
	for _, icon := range []*Icon{b.before, b.after} {
		if icon != nil && icon.icon != nil {
			width += icon.side()
			if b.label.text != "" {
				width += b.size.gap
			}
		}
	}
	return width
}

func (b *Button) least() fyne.Size {
	padding := b.size.padding
	if b.kind == KindQuiet {
		padding = min(padding, 12)
	}
	return fyne.NewSize(b.content()+2*padding, theme.Grow(b.size.height))
}

func (b *Button) place(size fyne.Size) {
	b.box.at(fyne.Position{}, size)
	b.ring.around(size)
	x := max(middle(size.Width, b.content()), 4)
	if b.before != nil && b.before.icon != nil {
		side := b.before.side()
		b.before.Move(fyne.NewPos(x, middle(size.Height, side)))
		b.before.Resize(fyne.NewSquareSize(side))
		x += side + b.size.gap
	}
	end := size.Width - 4
	if b.after != nil && b.after.icon != nil {
		end -= b.after.side() + b.size.gap
	}
	width := min(b.label.MinSize().Width, max(end-x, 0))
	high := b.label.MinSize().Height
	b.label.Move(fyne.NewPos(x, middle(size.Height, high)))
	b.label.Resize(fyne.NewSize(width, high))
	if b.after != nil && b.after.icon != nil {
		side := b.after.side()
		b.after.Move(fyne.NewPos(x+width+b.size.gap, middle(size.Height, side)))
		b.after.Resize(fyne.NewSquareSize(side))
	}
}

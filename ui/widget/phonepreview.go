package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// PhonePreview is a text as it arrives on somebody's phone: from whom, to which
// number, when, and the words in a bubble.
type PhonePreview struct {
	fynewidget.BaseWidget
	from    *Avatar
	number  *Text
	when    *Text
	words   *Paragraph
	bubble  *Panel
	content *Panel
}

// NewPhonePreview makes an empty one.
func NewPhonePreview() *PhonePreview {
	p := &PhonePreview{from: NewAvatar("", 36), number: Caption("").Bold().In(theme.Ink).Centered(), when: Caption("").Centered().Shorten(), words: NewParagraph("").In(theme.Ink)}
	p.bubble = newPanel(p.words, theme.AccentSoft, "", theme.RadiusTill).Padded(12)
	head := Column(2, Row(0, Spring(), p.from, Spring()), Inset(4, 0, 0, 0, p.number), p.when)
	p.content = newPanel(Column(10, head, p.bubble), theme.Sunken, theme.Line, 20).Padded(14)
	p.ExtendBaseWidget(p)
	return p
}

// Set says what it shows. when may be empty.
func (p *PhonePreview) Set(from, number, when, words string) {
	p.from.SetName(from)
	p.number.SetText(number)
	p.when.SetText(when)
	p.words.SetText(words)
	p.Refresh()
}

// SetDim shows that the words are the last ones known, while others load.
func (p *PhonePreview) SetDim(dim bool) {
	ink := theme.Ink
	if dim {
		ink = theme.Ink3
	}
	p.words.SetColor(ink)
}

// Words are what stands in the bubble.
func (p *PhonePreview) Words() string { return p.words.Text() }

func (p *PhonePreview) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   p,
		objects: []fyne.CanvasObject{p.content},
		least:   func() fyne.Size { return p.content.MinSize() },
		place: func(size fyne.Size) {
			p.content.Move(fyne.Position{})
			p.content.Resize(size)
		},
		paint: func() { p.content.Refresh() },
	})
}

package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// EmptyState is what a page shows before there is anything on it: the brass
// bell, what belongs here in one sentence, and how to begin.
type EmptyState struct {
	fynewidget.BaseWidget
	content *fyne.Container
}

// NewEmptyState makes one; quiet may be nil.
func NewEmptyState(heading, sentence string, primary, quiet *Button) *EmptyState {
	return newEmptyState(newDisc(64), Heading(heading), NewParagraph(sentence).Wide(256), primary, quiet)
}

// NewEmptyPage is the larger form, for a page with nothing else on it.
func NewEmptyPage(heading, sentence string, primary, quiet *Button) *EmptyState {
	return newEmptyState(newDisc(104), Title(heading), NewParagraph(sentence).Wide(460), primary, quiet)
}

func newEmptyState(disc *disc, heading *Text, sentence *Paragraph, primary, quiet *Button) *EmptyState {
	buttons := Row(8)
	for _, button := range []*Button{primary, quiet} {
		if button != nil {
			buttons.Add(button)
		}
	}
	e := &EmptyState{content: CenterColumn(0,
		Spring(), disc, Inset(20, 0, 0, 0, heading.Centered()), Inset(6, 0, 0, 0, sentence.Centered()), Inset(16, 0, 0, 0, buttons), Spring(),
	)}
	e.ExtendBaseWidget(e)
	return e
}

func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(e.content)
}

// disc is the brass bell on soft brass.
type disc struct {
	fynewidget.BaseWidget
	side float32
	box  *box
	bell *Icon
}

func newDisc(side float32) *disc {
	d := &disc{side: side, box: newBox(side / 2), bell: NewIcon(icons.Bell, theme.Brass, float32(int(side*9/16)))}
	d.ExtendBaseWidget(d)
	return d
}

func (d *disc) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner:   d,
		objects: append(d.box.objects(), d.bell),
		paint:   func() { d.box.fill(theme.BrassSoft); d.bell.Refresh() },
		least:   func() fyne.Size { return fyne.NewSquareSize(d.side) },
		place: func(size fyne.Size) {
			pos := fyne.NewPos(middle(size.Width, d.side), middle(size.Height, d.side))
			d.box.at(pos, fyne.NewSquareSize(d.side))
			d.bell.Move(pos)
			d.bell.Resize(fyne.NewSquareSize(d.side))
		},
	})
}

// Logo is the bell on its green counter.
func Logo(side float32) fyne.CanvasObject {
	return Exactly(side, side, newLogo())
}

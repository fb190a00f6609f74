package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Field is an entry, or another control, with its label above, and below a
// hint or what is wrong.
type Field struct {
	fynewidget.BaseWidget
	control fyne.CanvasObject
	entry   interface{ SetFaulty(faulty bool) }
	label   *Text
	hint    string
	below   *Paragraph
	warning *Icon
	foot    *fyne.Container
	content *fyne.Container
}

// NewField puts a label above a control. hint may be empty.
func NewField(label, hint string, control fyne.CanvasObject) *Field {
	f := &Field{control: control, label: Caption(label), hint: hint, below: NewParagraph(hint).Sized(theme.SizeCaption).In(theme.Ink3), warning: NewIcon(icons.Warning, theme.Danger, IconSmall)}
	f.entry, _ = control.(interface{ SetFaulty(faulty bool) })
	f.foot = TopRow(4, f.warning, Fill(f.below))
	f.warning.Hide()
	f.foot.Hidden = hint == ""
	f.content = Column(4, f.label, control, f.foot)
	f.ExtendBaseWidget(f)
	if teller, ok := control.(problemTeller); ok {
		teller.tellProblem(f.SetProblem)
	}
	return f
}

// SetProblem says what is wrong and how to put it right; "" takes it back.
func (f *Field) SetProblem(text string) {
	if f.entry != nil {
		f.entry.SetFaulty(text != "")
	}
	f.warning.Hidden = text == ""
	f.below.color = theme.Danger
	if text == "" {
		text, f.below.color = f.hint, theme.Ink3
	}
	f.below.text = text
	f.foot.Hidden = text == ""
	f.below.Refresh()
	f.foot.Refresh()
	f.content.Refresh()
	f.Refresh()
}

// Problem is what is wrong, "" when nothing is.
func (f *Field) Problem() string {
	if f.warning.Hidden {
		return ""
	}
	return f.below.text
}

func (f *Field) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(f.content) }

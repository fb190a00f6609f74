package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// StatTile is one figure with its label, and if it helps a pill with a trend
// and a note.
type StatTile struct {
	fynewidget.BaseWidget
	label, number, note *Text
	trend               *Pill
	figure              *fyne.Container
	panel               *Panel
}

// NewStatTile shows a figure of 24 on a soft tile; OnPanel puts it on a card.
func NewStatTile(label, number string) *StatTile {
	s := &StatTile{label: Caption(label).Shorten(), number: Title(number), note: Caption("").Shorten(), trend: NewPill(Neutral, nil, "")}
	s.trend.Hide()
	s.note.Hide()
	s.figure = Row(8, s.number, s.trend)
	s.panel = NewSoftTile(Column(0, s.label, s.figure, s.note)).Padded(12)
	s.ExtendBaseWidget(s)
	return s
}

// OnPanel makes it a card of its own.
func (s *StatTile) OnPanel() *StatTile {
	s.panel.body, s.panel.edge, s.panel.padding = theme.Panel, theme.Line, theme.PanelPadding
	s.panel.box.round(theme.RadiusPanel)
	return s
}

// Smaller shows the figure at 18, for several tiles in one card.
func (s *StatTile) Smaller() *StatTile { s.number.size = theme.SizeHeading; return s }

// In colours the figure.
func (s *StatTile) In(color fyne.ThemeColorName) *StatTile { s.number.color = color; return s }

// SetNumber changes the figure.
func (s *StatTile) SetNumber(number string) {
	s.number.SetText(number)
	s.figure.Refresh() // it needs another width
	s.Refresh()
}

// SetTrend shows a pill beside the figure; the empty text hides it.
func (s *StatTile) SetTrend(tone Tone, icon *icons.Icon, text string) *StatTile {
	s.trend.Set(tone, icon, text)
	if s.trend.Hidden = text == ""; !s.trend.Hidden {
		s.trend.Show()
	}
	s.figure.Refresh()
	s.Refresh()
	return s
}

// SetNote shows a line below; the empty text hides it.
func (s *StatTile) SetNote(text string) *StatTile {
	s.note.SetText(text)
	s.note.Hidden = text == ""
	s.Refresh()
	return s
}

func (s *StatTile) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(s.panel)
}

// AttentionCard is something that needs a person: a bold fact, a detail, one
// action. It goes away when it is solved.
type AttentionCard struct {
	fynewidget.BaseWidget
	tile         *IconTile
	fact, detail *Text
	action       *Link
	panel        *Panel
}

// NewAttentionCard makes a card; the tone is Info, Warn or Danger.
func NewAttentionCard(tone Tone, icon *icons.Icon, fact, detail, action string, onTap func()) *AttentionCard {
	a := &AttentionCard{
		tile: NewIconTile(icon, tone), fact: Bold(fact).Shorten(), detail: Caption(detail).Shorten(),
		action: NewCaptionLink(action, onTap).Bold().WithArrow(),
	}
	words := Column(0, a.fact, a.detail, Inset(8, 0, 0, 0, container.NewHBox(a.action)))
	a.panel = NewPanel(TopRow(12, a.tile, Fill(words))).Padded(12)
	a.ExtendBaseWidget(a)
	return a
}

// Set changes what it says.
func (a *AttentionCard) Set(fact, detail, action string) {
	a.fact.SetText(fact)
	a.detail.SetText(detail)
	a.action.SetText(action)
}

// Press does what its link does.
func (a *AttentionCard) Press() { a.action.Press() }

func (a *AttentionCard) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(a.panel)
}

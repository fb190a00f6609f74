package widget

import (
	"image/color"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Event is one point of a Timeline: what happened, when, who and how below
// it, the words that were said, and what can be looked at.
type Event struct {
	Tone   Tone   // OK given, Danger withdrawn, Info for part of it
	What   string // bold
	Detail string // when, who, how
	Quote  string // the wording, as it was; may be empty
	Struck bool   // doesn't count any more
	More   fyne.CanvasObject
}

// NewTimeline shows events below each other, the latest first, each with a dot
// on a line.
func NewTimeline(events []Event) *fyne.Container {
	column := Column(0)
	for i, e := range events {
		words := Column(2, NewParagraph(e.What).In(theme.Ink).Bold())
		if e.Struck {
			words = Column(2, Body(e.What).In(theme.Ink3).Struck().Shorten())
		}
		if e.Detail != "" {
			words.Add(NewParagraph(e.Detail).Sized(theme.SizeCaption))
		}
		if e.Quote != "" {
			words.Add(Inset(2, 0, 2, 0, NewSoftTile(NewParagraph(e.Quote).Sized(theme.SizeCaption)).Padded(8)))
		}
		if e.More != nil {
			words.Add(e.More)
		}
		foot := float32(12)
		if i == len(events)-1 {
			foot = 0
		}
		column.Add(newTimelinePoint(e.Tone, i < len(events)-1, Inset(0, 0, foot, 0, words)))
	}
	return column
}

// timelinePoint is a dot, the line that leads on from it, and what stands
// beside.
type timelinePoint struct {
	fynewidget.BaseWidget
	tone    Tone
	dot     *canvas.Circle
	line    *canvas.Rectangle
	content fyne.CanvasObject
}

func newTimelinePoint(tone Tone, leads bool, content fyne.CanvasObject) *timelinePoint {
	p := &timelinePoint{tone: tone, dot: canvas.NewCircle(color.Transparent), line: canvas.NewRectangle(color.Transparent), content: content}
	p.line.Hidden = !leads
	p.ExtendBaseWidget(p)
	return p
}

// timelineIndent is where the words begin.
const timelineIndent float32 = 22

func (p *timelinePoint) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: p, objects: []fyne.CanvasObject{p.line, p.dot, p.content},
		paint: func() {
			p.dot.FillColor = theme.Color(p.tone.Ink())
			if p.tone == Neutral {
				p.dot.FillColor = theme.Color(theme.LineStrong)
			}
			p.line.FillColor = theme.Color(theme.Line)
		},
		least: func() fyne.Size { return p.content.MinSize().AddWidthHeight(timelineIndent, 0) },
		place: func(size fyne.Size) {
			high := lineHeight(theme.SizeBody)
			y := middle(high, 10)
			p.dot.Move(fyne.NewPos(0, y))
			p.dot.Resize(fyne.NewSquareSize(10))
			p.line.Move(fyne.NewPos(4, y+12))
			p.line.Resize(fyne.NewSize(2, max(size.Height-14, 0)))
			p.content.Move(fyne.NewPos(timelineIndent, 0))
			p.content.Resize(fyne.NewSize(max(size.Width-timelineIndent, 0), size.Height))
		},
	})
}

package widget

import (
	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// Panel is a card: a surface with a hairline and round corners around one
// thing.
type Panel struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	padding float32
	body    fyne.ThemeColorName
	edge    fyne.ThemeColorName
	border  float32
	box     *box
}

func newPanel(content fyne.CanvasObject, body, edge fyne.ThemeColorName, radius float32) *Panel {
	p := &Panel{content: content, padding: theme.PanelPadding, body: body, edge: edge, border: 1, box: newBox(radius)}
	p.ExtendBaseWidget(p)
	return p
}

// NewPanel puts content on a card with a padding of 16.
func NewPanel(content fyne.CanvasObject) *Panel {
	return newPanel(content, theme.Panel, theme.Line, theme.RadiusPanel)
}

// NewSoftTile puts content on a sunken tile, inside a panel.
func NewSoftTile(content fyne.CanvasObject) *Panel {
	return newPanel(content, theme.Sunken, "", theme.RadiusInput).Padded(12)
}

// NewSoftPanel puts content on the soft colour of a tone: a result at the
// till, a warning across the page.
func NewSoftPanel(tone Tone, content fyne.CanvasObject) *Panel {
	return newPanel(content, tone.soft(), "", theme.RadiusPanel)
}

// Surface lays content on a plain colour of the theme: the page, the rail.
func Surface(color fyne.ThemeColorName, content fyne.CanvasObject) *Panel {
	return newPanel(content, color, "", 0).Padded(0)
}

// Padded changes the distance between edge and content, in pixels.
func (p *Panel) Padded(padding float32) *Panel { p.padding = padding; return p }

// Rounded changes the radius.
func (p *Panel) Rounded(radius float32) *Panel { p.box.round(radius); return p }

// Needed marks the card that has to be answered: an edge of 2 px in accent.
func (p *Panel) Needed(needed bool) *Panel {
	p.edge, p.border = theme.Line, 1
	if needed {
		p.edge, p.border = theme.Accent, 2
	}
	p.Refresh()
	return p
}

// SetColors changes surface and edge; an empty edge is none.
func (p *Panel) SetColors(body, edge fyne.ThemeColorName) {
	p.body, p.edge = body, edge
	p.Refresh()
}

// SetContent changes what lies on it.
func (p *Panel) SetContent(content fyne.CanvasObject) { p.content = content; p.Refresh() }

// Content returns what lies on it.
func (p *Panel) Content() fyne.CanvasObject { return p.content }

func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	d := &drawing{owner: p}
	d.paint = func() {
		d.objects = p.box.objects()
		if p.content != nil {
			d.objects = append(d.objects, p.content)
		}
		if p.edge == "" {
			p.box.fill(p.body)
		} else {
			p.box.line(p.body, p.edge, p.border)
		}
	}
	d.least = func() fyne.Size {
		size := fyne.NewSquareSize(2 * p.padding)
		if p.content != nil {
			size = size.Add(p.content.MinSize())
		}
		return size
	}
	d.place = func(size fyne.Size) {
		p.box.at(fyne.Position{}, size)
		if p.content != nil {
			p.content.Move(fyne.NewSquareOffsetPos(p.padding))
			p.content.Resize(size.SubtractWidthHeight(2*p.padding, 2*p.padding))
		}
	}
	return draw(d)
}

// NewBanner says something about the whole page, across its width, with up to
// three buttons.
func NewBanner(tone Tone, icon *icons.Icon, text string, buttons ...*Button) *Panel {
	parts := []fyne.CanvasObject{NewIcon(icon, tone.text(), IconNav), Fill(NewParagraph(text).In(theme.Ink))}
	for _, button := range buttons {
		parts = append(parts, button)
	}
	return NewSoftPanel(tone, Row(12, parts...)).Padded(12)
}

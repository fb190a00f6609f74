package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"
)

// SidePane puts a list at the left and what belongs to its current row at the
// right, with a gap between them that is dragged. Where there is no room for
// both, one of them is the whole page: the list, or after ShowSide the side.
type SidePane struct {
	fynewidget.BaseWidget
	// OnMove is told the width of the side after it was dragged, in pixels at
	// text scale 1. OnAlone is told when there is room for one alone, or again
	// for both.
	OnMove  func(width float32)
	OnAlone func(alone bool)

	main, side fyne.CanvasObject
	grip       *sideGrip
	width      float32
	first      float32 // the width it began with
	least      float32 // of the page, for both; in pixels at text scale 1
	alone      bool
	showSide   bool
}

// sideGap is the room between the two.
const sideGap float32 = 16

// NewSidePane puts side at the right, width pixels wide unless it is dragged;
// below least pixels of page one of the two shows alone.
func NewSidePane(main, side fyne.CanvasObject, width, least float32) *SidePane {
	p := &SidePane{main: main, side: side, width: width, first: width, least: least}
	p.grip = newSideGrip(p)
	p.ExtendBaseWidget(p)
	return p
}

// SetWidth sets the width of the side, in pixels at text scale 1.
func (p *SidePane) SetWidth(width float32) { p.width = width; p.Refresh() }

// Alone tells whether there is room for one of the two only.
func (p *SidePane) Alone() bool { return p.alone }

// ShowSide shows the side where there is room for one alone; ShowMain the list.
func (p *SidePane) ShowSide() { p.showSide = true; p.Refresh() }

// ShowMain shows the list where there is room for one alone.
func (p *SidePane) ShowMain() { p.showSide = false; p.Refresh() }

// Side tells whether the side is the one that shows alone.
func (p *SidePane) Side() bool { return p.alone && p.showSide }

func (p *SidePane) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: p, objects: []fyne.CanvasObject{p.main, p.side, p.grip},
		least: func() fyne.Size {
			return fyne.NewSize(max(p.main.MinSize().Width, p.side.MinSize().Width), max(p.main.MinSize().Height, p.side.MinSize().Height))
		},
		place: p.place,
	})
}

// inside keeps the side's width to a third of the page, or a half when it was
// dragged.
func (p *SidePane) inside(width, page float32) float32 {
	most := float32(0.5)
	if p.width == p.first {
		most = 0.325 * min(theme.Scale(), 1.3)
	}
	return float32(int(max(min(theme.Grow(width), page*most), 280)))
}

func (p *SidePane) place(size fyne.Size) {
	alone := size.Width < p.least*theme.Scale()
	if alone != p.alone {
		p.alone = alone
		if p.OnAlone != nil {
			p.OnAlone(alone)
		}
	}
	show(p.main, !alone || !p.showSide)
	show(p.side, !alone || p.showSide)
	show(p.grip, !alone)
	if alone {
		for _, o := range []fyne.CanvasObject{p.main, p.side} {
			o.Move(fyne.Position{})
			o.Resize(size)
		}
		return
	}
	wide := p.inside(p.width, size.Width)
	p.main.Move(fyne.Position{})
	p.main.Resize(fyne.NewSize(size.Width-wide-sideGap, size.Height))
	p.side.Move(fyne.NewPos(size.Width-wide, 0))
	p.side.Resize(fyne.NewSize(wide, size.Height))
	p.grip.Move(fyne.NewPos(size.Width-wide-sideGap, 0))
	p.grip.Resize(fyne.NewSize(sideGap, size.Height))
}

// sideGrip is the gap that is dragged.
type sideGrip struct {
	fynewidget.BaseWidget
	pane    *SidePane
	line    *canvas.Rectangle
	hovered bool
}

var (
	_ fyne.Draggable     = (*sideGrip)(nil)
	_ desktop.Hoverable  = (*sideGrip)(nil)
	_ desktop.Cursorable = (*sideGrip)(nil)
)

func newSideGrip(p *SidePane) *sideGrip {
	g := &sideGrip{pane: p, line: canvas.NewRectangle(theme.Color(theme.Clear))}
	g.ExtendBaseWidget(g)
	return g
}

func (g *sideGrip) CreateRenderer() fyne.WidgetRenderer {
	return draw(&drawing{
		owner: g, objects: []fyne.CanvasObject{g.line},
		paint: func() {
			g.line.FillColor = theme.Color(theme.Clear)
			if g.hovered {
				g.line.FillColor = theme.Color(theme.LineStrong)
			}
			g.line.Refresh()
		},
		least: func() fyne.Size { return fyne.NewSize(sideGap, 0) },
		place: func(size fyne.Size) {
			g.line.CornerRadius = 2
			g.line.Move(fyne.NewPos(6, middle(size.Height, 40)))
			g.line.Resize(fyne.NewSize(4, 40))
		},
	})
}

func (g *sideGrip) MouseIn(*desktop.MouseEvent)    { g.hovered = true; g.Refresh() }
func (g *sideGrip) MouseMoved(*desktop.MouseEvent) {}
func (g *sideGrip) MouseOut()                      { g.hovered = false; g.Refresh() }
func (g *sideGrip) Cursor() desktop.Cursor         { return desktop.HResizeCursor }

func (g *sideGrip) Dragged(d *fyne.DragEvent) {
	p := g.pane
	p.width = (p.inside(p.width, p.Size().Width) - d.Dragged.DX) / theme.Scale()
	p.Refresh()
}

func (g *sideGrip) DragEnd() {
	if g.pane.OnMove != nil {
		g.pane.OnMove(g.pane.width)
	}
}

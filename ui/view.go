package ui

import (
	"counterbell/assets/icons"
	"counterbell/ui/page"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"
)

// view is one building of the window: rail, header, page.
type view struct {
	shell   *Shell
	wide    *rail
	narrow  *rail
	head    *fyne.Container
	notice  *fyne.Container // what is wrong with sending, across every page
	body    *fyne.Container
	page    page.Page
	content fyne.CanvasObject
}

func newView(s *Shell, paired bool) *view {
	v := &view{shell: s, wide: newRail(s, false, paired), narrow: newRail(s, true, paired), head: container.NewStack(), notice: container.NewStack(), body: container.NewStack()}
	v.notice.Hide()
	main := widget.Column(0,
		widget.Inset(12, theme.PageMargin, 20, theme.PageMargin, widget.Sized(0, 48, v.head)),
		v.notice,
		widget.Fill(widget.Inset(0, theme.PageMargin, theme.PageMargin, theme.PageMargin, v.body)),
	)
	v.content = widget.Surface(theme.Page, container.NewStack(newGround(s.keepFocus), container.New(&frame{wide: v.wide, narrow: v.narrow}, v.wide.content, v.narrow.content, main)))
	return v
}

// show puts a page in.
func (v *view) show(name page.Name, p page.Page) {
	v.page = p
	v.wide.choose(name)
	v.narrow.choose(name)
	v.header()
	v.body.Objects = []fyne.CanvasObject{p.Content()}
	v.body.Refresh()
}

// header asks the page for its header and draws it.
func (v *view) header() {
	if v.page == nil {
		return
	}
	h := v.page.Header()
	row := widget.Row(12)
	if h.Back != nil {
		row.Add(widget.NewIconButton(icons.Previous, v.shell.env.T("common.back"), h.Back))
	}
	row.Add(widget.Fill(widget.Column(0, widget.Title(h.Title).Shrink(), widget.Caption(h.Subtitle).Shorten())))
	for _, action := range h.Actions {
		row.Add(action)
	}
	v.head.Objects = []fyne.CanvasObject{row}
	v.head.Refresh()
}

func (v *view) badge(name page.Name, count string) {
	v.wide.badge(name, count)
	v.narrow.badge(name, count)
}

// tasks draws the running tasks anew.
func (v *view) tasks(all []Shown) {
	v.wide.tasks(all)
	v.narrow.tasks(all)
}

// Widths of the rail, and below which width of the window it is narrow.
const (
	railWide, railNarrow float32 = 208, 76
	narrowBelow          float32 = 1120
)

// frame puts one of two rails at the left, and the page beside it. The window
// may become smaller than its page likes to be: pages scroll then.
type frame struct {
	wide, narrow *rail
	was          fyne.Size // the size for which the open page was brought into sight
}

func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return leastWindow }

func (f *frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide, narrow, main := objects[0], objects[1], objects[2]
	shown, rail, left := f.wide, wide, max(railWide, wide.MinSize().Width)
	if size.Width < narrowBelow*theme.Scale() {
		shown, rail, left = f.narrow, narrow, max(railNarrow, narrow.MinSize().Width)
		wide.Hide()
	} else {
		narrow.Hide()
	}
	rail.Show()
	rail.Move(fyne.Position{})
	rail.Resize(fyne.NewSize(left, size.Height))
	if f.was != size {
		f.was = size
		shown.reveal()
	}
	main.Move(fyne.NewPos(left, 0))
	main.Resize(fyne.NewSize(size.Width-left, size.Height))
}

// ground lies below everything. A click that hits nothing else brings the
// focus back to where the page wants it.
type ground struct {
	fynewidget.BaseWidget
	tapped func()
}

func newGround(tapped func()) *ground {
	g := &ground{tapped: tapped}
	g.ExtendBaseWidget(g)
	return g
}

func (g *ground) Tapped(*fyne.PointEvent) { g.tapped() }

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(container.NewWithoutLayout())
}

package widget

import (
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"
)

// ShareBar shows how a whole is made up: parts beside each other, each as wide
// as its share. A part of few stays wide enough to be seen. What the colours
// mean has to stand beside it in words.
type ShareBar struct {
	fynewidget.BaseWidget
	parts  []SharePart
	height float32
	track  *canvas.Rectangle
	boxes  []*canvas.Rectangle
}

// SharePart is one part of a ShareBar.
type SharePart struct {
	N     int
	Color fyne.ThemeColorName
}

// NewShareBar makes an empty bar of that many pixels in height.
func NewShareBar(height float32) *ShareBar {
	b := &ShareBar{height: height, track: canvas.NewRectangle(theme.Color(theme.Clear))}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the parts.
func (b *ShareBar) Set(parts []SharePart) {
	b.parts = parts
	b.Refresh()
}

const (
	shareLeast = 4 // pixels of the smallest part
	shareGap   = 2
)

// widths are how wide each part is drawn; 0 for one of nobody.
func (b *ShareBar) widths(room float32) []float32 {
	out := make([]float32, len(b.parts))
	sum, shown := 0, 0
	for _, p := range b.parts {
		if p.N > 0 {
			sum, shown = sum+p.N, shown+1
		}
	}
	room -= float32(shareGap*max(shown-1, 0) + shareLeast*shown)
	for i, p := range b.parts {
		if p.N > 0 {
			out[i] = float32(int(shareLeast + max(room, 0)*float32(p.N)/float32(sum)))
		}
	}
	return out
}

func (b *ShareBar) CreateRenderer() fyne.WidgetRenderer {
	r := &shareBarRenderer{bar: b}
	r.Refresh()
	return r
}

type shareBarRenderer struct{ bar *ShareBar }

func (r *shareBarRenderer) Destroy() {}

func (r *shareBarRenderer) MinSize() fyne.Size { return fyne.NewSize(80, r.bar.height) }

func (r *shareBarRenderer) Layout(size fyne.Size) {
	b := r.bar
	b.track.Resize(size)
	x, last := float32(0), -1
	for i, w := range b.widths(size.Width) {
		box := b.boxes[i]
		if box.Hidden = w == 0; box.Hidden {
			continue
		}
		box.Move(fyne.NewPos(x, 0))
		box.Resize(fyne.NewSize(w, size.Height))
		x, last = x+w+shareGap, i
	}
	if last >= 0 { // rounding leaves a pixel or two
		box := b.boxes[last]
		box.Resize(fyne.NewSize(max(size.Width-box.Position().X, 0), size.Height))
	}
}

func (r *shareBarRenderer) Objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{r.bar.track}
	for _, box := range r.bar.boxes {
		all = append(all, box)
	}
	return all
}

func (r *shareBarRenderer) Refresh() {
	b := r.bar
	b.track.FillColor, b.track.CornerRadius = theme.Color(theme.NeutralSoft), min(b.height/2, 4)
	empty := true
	for i, p := range b.parts {
		if i == len(b.boxes) {
			b.boxes = append(b.boxes, canvas.NewRectangle(theme.Color(p.Color)))
		}
		b.boxes[i].FillColor, b.boxes[i].CornerRadius = theme.Color(p.Color), min(b.height/2, 3)
		empty = empty && p.N == 0
	}
	b.boxes = b.boxes[:len(b.parts)]
	b.track.Hidden = !empty
	r.Layout(b.Size())
	canvas.Refresh(b)
}

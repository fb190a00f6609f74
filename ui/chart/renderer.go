package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"counterbell/data/report"
	"counterbell/ui/theme"
)

// renderer lays a chart out from top to bottom: title and legend, the drawing, the finding. What follows the pointer lies
// above in a layer of its own, so that moving the mouse draws nothing else again.
type renderer struct {
	f     *frame
	still []fyne.CanvasObject
	above *fyne.Container
	size  fyne.Size
	plot  report.Frame

	least    fyne.Size // the smallest size, once it is known
	leastFor float32   // the width that it holds for
}

func newRenderer(f *frame) *renderer {
	return &renderer{f: f, above: container.NewWithoutLayout()}
}

const (
	headGap = 12 // between title and drawing
	footGap = 8  // between drawing and finding
	keyGap  = 12 // between two entries of the legend
)

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject {
	return append(r.still[:len(r.still):len(r.still)], r.above)
}

// MinSize depends on the width that the chart has, because the finding may need more lines on a narrow one. A window asks
// for it in every frame, so it is worked out once for each width.
func (r *renderer) MinSize() fyne.Size {
	if r.least.Width > 0 && r.leastFor == r.size.Width {
		return r.least
	}
	l, words := r.f.look, r.f.self.words()
	least := r.f.self.least(l)
	width := max(r.size.Width, least.Width)
	_, head := r.head(l, words, width)
	r.leastFor = r.size.Width
	r.least = fyne.NewSize(least.Width, head+least.Height+r.measureFoot(l, words, width).height)
	return r.least
}

func (r *renderer) Layout(size fyne.Size) {
	if size == r.size && r.still != nil {
		return
	}
	r.size = size
	r.build()
}

// Refresh reads figures and colours again.
func (r *renderer) Refresh() {
	r.least = fyne.Size{}
	r.build()
	canvas.Refresh(r.f.self)
}

func (r *renderer) build() {
	if r.size.Width <= 0 || r.size.Height <= 0 {
		r.still, r.above.Objects = nil, nil
		return
	}
	l, words := r.f.look, r.f.self.words()
	objects, head := r.head(l, words, r.size.Width)
	if r.f.self.empty() {
		r.still = append(objects, r.nothing(l, words, head)...)
		r.live()
		return
	}
	foot := r.measureFoot(l, words, r.size.Width)
	bottom := whole(r.size.Height - foot.height)
	r.plot = report.Frame{
		Y: float64(whole(head)), W: float64(r.size.Width), H: float64(max(bottom-whole(head), 0)),
	}
	objects = append(objects, r.f.self.draw(l, r.plot)...)
	r.still = append(objects, r.drawFoot(l, foot, bottom)...)
	r.live()
}

// head places title and legend, and returns the height that they take with the gap below.
func (r *renderer) head(l look, words Words, width float32) ([]fyne.CanvasObject, float32) {
	keys := r.f.self.keys()
	if words.Title == "" && len(keys) == 0 {
		return nil, 0
	}
	var objects []fyne.CanvasObject
	row := max(l.line(titleStyle), l.line(valueStyle))
	x, y := float32(0), float32(0)
	legend := float32(0)
	for _, k := range keys {
		legend += keyWidth(l, k) + keyGap
	}
	legend -= keyGap
	if words.Title != "" {
		title := l.text(shorten(words.Title, width, func(s string) float32 { return l.width(s, titleStyle) }), titleStyle)
		place(title, 0, (row-title.Size().Height)/2)
		objects = append(objects, title)
		if len(keys) > 0 && title.Size().Width+16+legend > width {
			y = row + 4
		}
	}
	if len(keys) > 0 && (y == 0 && legend <= width) {
		x = width - legend
	}
	for _, k := range keys {
		if x > 0 && x+keyWidth(l, k) > width+0.5 {
			x, y = 0, y+row
		}
		objects = append(objects, keyAt(l, k, x, y, row, width)...)
		x += keyWidth(l, k) + keyGap
	}
	return objects, y + row + headGap
}

const keyPill = 12 // width of a legend's pill; 6 more to its text

func keyWidth(l look, k key) float32 { return keyPill + 6 + l.width(k.text, valueStyle) }

func keyAt(l look, k key, x, y, row, width float32) []fyne.CanvasObject {
	text := l.text(shorten(k.text, width-keyPill-6, func(s string) float32 { return l.width(s, valueStyle) }), valueStyle)
	place(text, x+keyPill+6, y+(row-text.Size().Height)/2)
	x, middle := whole(x), whole(y+row/2)
	if k.dashed {
		var dashes []fyne.CanvasObject
		for _, at := range [...]float32{0, 7} {
			dash := canvas.NewRectangle(l.color(k.color))
			dash.Resize(fyne.NewSize(5, 2))
			dash.Move(fyne.NewPos(x+at, middle-1))
			dashes = append(dashes, dash)
		}
		return append(dashes, text)
	}
	pill := canvas.NewRectangle(l.color(k.color))
	pill.CornerRadius = 2
	pill.Resize(fyne.NewSize(keyPill, 4))
	pill.Move(fyne.NewPos(x, middle-2))
	return []fyne.CanvasObject{pill, text}
}

// foot is how the finding is broken into lines, and where the link after it stands, from the foot's top.
type foot struct {
	lines  []string
	link   fyne.Position
	height float32 // with the gap above; 0 when there is nothing to say
	linked bool
}

func (r *renderer) measureFoot(l look, words Words, width float32) foot {
	if r.f.self.empty() {
		return foot{}
	}
	f := foot{linked: words.Why != nil && words.WhyText != "" && l.pinned == nil}
	measure := func(s string) float32 { return l.width(s, valueStyle) }
	f.lines = wrap(words.Finding, width, measure)
	rows := len(f.lines)
	row := l.line(valueStyle)
	if f.linked {
		x := float32(0)
		if rows > 0 {
			x = measure(f.lines[rows-1]) + 4
		}
		if rows == 0 || x+l.width(words.WhyText, linkStyle) > width {
			x, rows = 0, rows+1
		}
		f.link = fyne.NewPos(x, footGap+row*float32(rows-1))
	}
	if rows > 0 {
		f.height = footGap + row*float32(rows)
	}
	return f
}

func (r *renderer) drawFoot(l look, f foot, top float32) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i, line := range f.lines {
		text := l.text(line, valueStyle)
		place(text, 0, top+footGap+l.line(valueStyle)*float32(i))
		objects = append(objects, text)
	}
	r.f.why.set(r.f.self.words().WhyText, f.linked)
	if f.linked {
		r.f.why.Resize(r.f.why.MinSize())
		place(r.f.why, f.link.X, top+f.link.Y)
		objects = append(objects, r.f.why)
	}
	return objects
}

// nothing is what stands in place of an empty chart: one sentence in its middle.
func (r *renderer) nothing(l look, words Words, head float32) []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	row := l.line(emptyStyle)
	lines := wrap(words.Empty, r.size.Width, func(s string) float32 { return l.width(s, emptyStyle) })
	y := head + max((r.size.Height-head-row*float32(len(lines)))/2, 0)
	for _, line := range lines {
		text := l.text(line, emptyStyle)
		place(text, (r.size.Width-text.Size().Width)/2, y)
		objects = append(objects, text)
		y += row
	}
	return objects
}

// live draws what follows the pointer and the keys again: the value that stands out, its tooltip, the focus ring.
func (r *renderer) live() {
	f, l := r.f, r.f.look
	var objects []fyne.CanvasObject
	if f.at >= 0 && !f.self.empty() && f.at < f.self.count() && r.still != nil {
		objects = f.self.mark(l, f.at)
		at := f.self.anchor(f.at)
		if f.pointer != nil {
			at = *f.pointer
		}
		objects = append(objects, tooltip(l, f.self.tell(f.at), at, r.size)...)
	}
	if f.focused {
		const out = 4 // 2 of gap and 2 of ring, in the padding of the panel around
		ring := canvas.NewRectangle(nil)
		ring.StrokeColor, ring.StrokeWidth = l.color(theme.Accent), 2
		ring.CornerRadius = theme.RadiusInput
		ring.Move(fyne.NewPos(-out, -out))
		ring.Resize(r.size.AddWidthHeight(2*out, 2*out))
		objects = append(objects, ring)
	}
	r.above.Objects = objects
	r.above.Resize(r.size)
	canvas.Refresh(r.above)
}

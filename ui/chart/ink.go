package chart

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// A sheet is the pixels that a chart's lines and bars are drawn on, smoothed at their edges. One picture holds thousands
// of segments that would each be an object for the window's painter. Lengths are in pixels of the picture.
type sheet struct {
	img  *image.RGBA
	mask image.Alpha
	z    vector.Rasterizer
}

func newSheet(w, h int) *sheet {
	return &sheet{img: image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))}
}

// blank takes all ink off the sheet, to be drawn on anew.
func (s *sheet) blank() { clear(s.img.Pix) }

type point struct{ x, y float64 }

// fill paints the inside of all outlines at once. Outlines that overlap must run the same way round, or they would cut
// holes into each other.
func (s *sheet) fill(ink color.NRGBA, outlines ...[]point) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, outline := range outlines {
		for _, p := range outline {
			x0, y0, x1, y1 = min(x0, p.x), min(y0, p.y), max(x1, p.x), max(y1, p.y)
		}
	}
	if !(x0 <= x1 && y0 <= y1) || math.IsInf(x0, 0) || math.IsInf(x1, 0) || math.IsInf(y0, 0) || math.IsInf(y1, 0) {
		return
	}
	box := image.Rect(floor(x0), floor(y0), floor(x1)+1, floor(y1)+1).Intersect(s.img.Rect)
	if box.Empty() {
		return
	}
	s.z.Reset(box.Dx(), box.Dy())
	for _, outline := range outlines {
		for i, p := range outline {
			x, y := float32(p.x-float64(box.Min.X)), float32(p.y-float64(box.Min.Y))
			if i == 0 {
				s.z.MoveTo(x, y)
			} else {
				s.z.LineTo(x, y)
			}
		}
		s.z.ClosePath()
	}
	if n := box.Dx() * box.Dy(); cap(s.mask.Pix) < n {
		s.mask.Pix = make([]uint8, n)
	} else {
		s.mask.Pix = s.mask.Pix[:n]
	}
	s.mask.Stride, s.mask.Rect = box.Dx(), image.Rect(0, 0, box.Dx(), box.Dy())
	s.z.DrawOp = draw.Src
	s.z.Draw(&s.mask, s.mask.Rect, image.Opaque, image.Point{})
	s.soak(box, ink)
}

// floor keeps far-off places within what an int can hold; they are cut to the picture anyway.
func floor(v float64) int { return int(min(max(math.Floor(v), -1e6), 1e6)) }

// soak lays ink over the picture where the mask lets it through.
func (s *sheet) soak(box image.Rectangle, ink color.NRGBA) {
	r, g, b, a := ink.RGBA() // premultiplied, 16 bits
	var last uint8           // long stretches let the same through
	var inkR, inkG, inkB, inkA, rest uint32
	for y := range box.Dy() {
		mask := s.mask.Pix[y*s.mask.Stride : y*s.mask.Stride+box.Dx()]
		row := s.img.Pix[s.img.PixOffset(box.Min.X, box.Min.Y+y):]
		for x, m := range mask {
			if m == 0 {
				continue
			}
			if m != last {
				last = m
				through := uint32(m) * 0x101
				inkR, inkG, inkB, inkA = r*through/0xffff, g*through/0xffff, b*through/0xffff, a*through/0xffff
				rest = 0xffff - inkA
			}
			p := row[4*x : 4*x+4 : 4*x+4]
			if rest == 0 {
				p[0], p[1], p[2], p[3] = uint8(inkR>>8), uint8(inkG>>8), uint8(inkB>>8), 255
				continue
			}
			p[0] = uint8((uint32(p[0])*0x101*rest/0xffff + inkR) >> 8)
			p[1] = uint8((uint32(p[1])*0x101*rest/0xffff + inkG) >> 8)
			p[2] = uint8((uint32(p[2])*0x101*rest/0xffff + inkB) >> 8)
			p[3] = uint8((uint32(p[3])*0x101*rest/0xffff + inkA) >> 8)
		}
	}
}

// box fills a rectangle.
func (s *sheet) box(ink color.NRGBA, x0, y0, x1, y1 float64) {
	s.fill(ink, []point{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}})
}

// disc fills a circle.
func (s *sheet) disc(ink color.NRGBA, x, y, r float64) {
	s.fill(ink, arc(nil, x, y, r, 0, 2*math.Pi))
}

// bar fills a rectangle with two rounded corners at its far end: above, or below when down.
func (s *sheet) bar(ink color.NRGBA, x0, y0, x1, y1, r float64, down bool) {
	r = min(r, (x1-x0)/2, y1-y0)
	if r <= 0 {
		s.box(ink, x0, y0, x1, y1)
		return
	}
	var outline []point
	if down {
		outline = append(outline, point{x0, y0}, point{x1, y0})
		outline = arc(outline, x1-r, y1-r, r, 0, math.Pi/2)
		outline = arc(outline, x0+r, y1-r, r, math.Pi/2, math.Pi)
	} else {
		outline = append(outline, point{x1, y1}, point{x0, y1})
		outline = arc(outline, x0+r, y0+r, r, math.Pi, 3*math.Pi/2)
		outline = arc(outline, x1-r, y0+r, r, 3*math.Pi/2, 2*math.Pi)
	}
	s.fill(ink, outline)
}

// arc appends points along a circle; angles in radians, clockwise from the right.
func arc(outline []point, x, y, r, from, to float64) []point {
	n := max(int(math.Ceil(math.Abs(to-from)*math.Sqrt(r)*1.6)), 2)
	for i := range n + 1 {
		sin, cos := math.Sincos(from + (to-from)*float64(i)/float64(n))
		outline = append(outline, point{x + r*cos, y + r*sin})
	}
	return outline
}

// stroke draws a line through points with rounded joints.
func (s *sheet) stroke(ink color.NRGBA, width float64, through []point) {
	s.fill(ink, strokes(nil, width, through)...)
}

// dashes draws a line of dashes: on pixels, then off pixels of gap.
func (s *sheet) dashes(ink color.NRGBA, width, on, off float64, through []point) {
	var outlines [][]point
	for _, dash := range dashed(through, on, off) {
		outlines = strokes(outlines, width, dash)
	}
	s.fill(ink, outlines...)
}

// strokes turns a line into outlines that all run clockwise: a rectangle for each segment and, at each joint, a fan on the
// outer side of the bend, where the rectangles leave a gap.
func strokes(outlines [][]point, width float64, through []point) [][]point {
	half := width / 2
	var before point
	had := false
	for i := 1; i < len(through); i++ {
		a, b := through[i-1], through[i]
		dx, dy := b.x-a.x, b.y-a.y
		length := math.Hypot(dx, dy)
		if !(length > 1e-9) {
			continue
		}
		normal := point{-dy / length * half, dx / length * half} // to the right of the way, as y grows downwards
		outlines = append(outlines, []point{
			{a.x - normal.x, a.y - normal.y},
			{b.x - normal.x, b.y - normal.y},
			{b.x + normal.x, b.y + normal.y},
			{a.x + normal.x, a.y + normal.y},
		})
		if had {
			outlines = append(outlines, joint(a, before, normal, half))
		}
		before, had = normal, true
	}
	return outlines
}

// joint fills the wedge between two segments that meet at p, on the outer side of the bend.
func joint(p, before, after point, half float64) []point {
	cross := before.x*after.y - before.y*after.x
	from, to := math.Atan2(before.y, before.x), math.Atan2(after.y, after.x)
	if cross > 0 { // bends to the right: the outer side is on the left
		from, to = from+math.Pi, to+math.Pi
	} else {
		from, to = to, from
	}
	for to < from {
		to += 2 * math.Pi
	}
	return arc([]point{p}, p.x, p.y, half, from, to)
}

// dashed cuts a line into its dashes. Bends within a dash are kept.
func dashed(through []point, on, off float64) [][]point {
	if len(through) == 0 || !(on > 0) || !(off > 0) {
		return nil
	}
	var dashes [][]point
	drawing, left := true, on
	dash := []point{through[0]}
	for i := 1; i < len(through); i++ {
		a, b := through[i-1], through[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		at := 0.0
		for length-at > left {
			at += left
			p := point{a.x + (b.x-a.x)*at/length, a.y + (b.y-a.y)*at/length}
			if drawing {
				dashes = append(dashes, append(dash, p))
				left = off
			} else {
				dash, left = []point{p}, on
			}
			drawing = !drawing
		}
		left -= length - at
		if drawing {
			dash = append(dash, b)
		}
	}
	if drawing && len(dash) > 1 {
		dashes = append(dashes, dash)
	}
	return dashes
}

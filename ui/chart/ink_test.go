package chart

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

var black = color.NRGBA{A: 255}

func (s *sheet) at(x, y int) uint8 { return s.img.RGBAAt(x, y).A }

// covered is how much ink there is, in pixels.
func (s *sheet) covered() float64 {
	var sum float64
	for y := range s.img.Rect.Dy() {
		for x := range s.img.Rect.Dx() {
			sum += float64(s.at(x, y)) / 255
		}
	}
	return sum
}

func TestALineIsTwoPixelsWideAndWhole(t *testing.T) {
	s := newSheet(100, 100)
	s.stroke(black, 2, []point{{10, 50}, {90, 50}})
	if got := s.covered(); math.Abs(got-160) > 1 {
		t.Errorf("80 pixels of line 2 wide cover %.1f pixels", got)
	}
	for _, bend := range [][]point{
		{{10, 10}, {50, 90}, {90, 10}}, {{10, 90}, {50, 10}, {90, 90}}, {{90, 10}, {10, 50}, {90, 90}}, {{10, 10}, {90, 50}, {10, 90}}, {{10, 50}, {90, 50}, {10, 50}},
	} {
		s := newSheet(100, 100)
		s.stroke(black, 4, bend)
		for i := 1; i < len(bend); i++ {
			for step := range 20 {
				share := float64(step) / 20
				x, y := bend[i-1].x+(bend[i].x-bend[i-1].x)*share, bend[i-1].y+(bend[i].y-bend[i-1].y)*share
				if share > 0 && s.at(int(x), int(y)) < 250 {
					t.Fatalf("a hole at (%.0f, %.0f) of %v", x, y, bend)
				}
			}
		}
		// The outside of the bend is filled too.
		tip := bend[1]
		middle := point{(bend[0].x + bend[2].x) / 2, (bend[0].y + bend[2].y) / 2}
		away := math.Hypot(tip.x-middle.x, tip.y-middle.y)
		x, y := tip.x+(tip.x-middle.x)/away*0.8, tip.y+(tip.y-middle.y)/away*0.8
		if s.at(int(x), int(y)) < 120 {
			t.Errorf("the bend of %v is cut off at (%.1f, %.1f)", bend, x, y)
		}
	}
}

func TestDashesAreAsLongAsAskedAroundBends(t *testing.T) {
	dashes := dashed([]point{{0, 0}, {10, 0}, {10, 10}}, 4, 2)
	var total float64
	for _, d := range dashes {
		for i := 1; i < len(d); i++ {
			total += math.Hypot(d[i].x-d[i-1].x, d[i].y-d[i-1].y)
		}
	}
	if len(dashes) != 4 || math.Abs(total-14) > 1e-9 {
		t.Errorf("%d dashes of %v in all: %v", len(dashes), total, dashes)
	}
	if dashed(nil, 4, 2) != nil || dashed([]point{{0, 0}, {9, 9}}, 0, 0) != nil {
		t.Error("dashes of nothing")
	}
}

func TestInkStaysOnTheSheet(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, outline := range [][]point{
		{{-50, -50}, {150, -50}, {150, 150}, {-50, 150}}, {{1e9, 1e9}, {1e9, 2e9}, {2e9, 1e9}}, {{inf, 0}, {0, inf}, {1, 1}}, {{nan, nan}, {0, 0}, {5, 5}}, {}, {{5, 5}},
	} {
		s := newSheet(100, 100)
		s.fill(black, outline)
		if got := s.covered(); got > 100*100 {
			t.Errorf("%v covers %v", outline, got)
		}
	}
	s := newSheet(100, 100)
	s.fill(black, []point{{-50, -50}, {150, -50}, {150, 150}, {-50, 150}})
	if s.at(0, 0) != 255 || s.at(99, 99) != 255 {
		t.Error("a shape larger than the sheet leaves it blank")
	}
	s = newSheet(0, -3)
	s.disc(black, 0, 0, 5)
}

func TestHalfTransparentInkLetsThePaperThrough(t *testing.T) {
	s := newSheet(10, 10)
	s.box(color.NRGBA{200, 100, 0, 255}, 0, 0, 10, 10)
	s.box(color.NRGBA{0, 0, 0, 128}, 0, 0, 10, 10)
	if c := s.img.RGBAAt(5, 5); c.A != 255 || c.R < 98 || c.R > 101 || c.G < 48 || c.G > 51 {
		t.Errorf("half black over orange is %v", c)
	}
}

func TestLinesBreakWhereAReaderWouldBreakThem(t *testing.T) {
	ten := func(s string) float32 {
		var w float32
		for _, r := range s {
			if w += 5; r > 0x2000 {
				w += 5
			}
		}
		return w
	}
	for _, tt := range []struct {
		text  string
		width float32
		want  string
	}{
		{"Opens count people, not link previews.", 100, "Opens count people,|not link previews."},
		{"Opens count people, not link previews.", 1000, "Opens count people, not link previews."},
		{"打开只统计真人，不含链接预览。", 80, "打开只统计真人，|不含链接预览。"},
		{"打开只统计真人，不含链接预览。", 70, "打开只统计真|人，不含链接预|览。"},
		{"他说“可以”了", 30, "他说|“可|以”了"},
		{"送达 398 条", 35, "送达|398 条"},
		{"  many\n spaces  ", 1000, "many spaces"},
		{"Donaudampfschiffahrt ist lang", 50, "Donaudampfschiffahrt|ist lang"},
		{"", 50, ""},
	} {
		if got := strings.Join(wrap(tt.text, tt.width, ten), "|"); got != tt.want {
			t.Errorf("%q in %v: %s, want %s", tt.text, tt.width, got, tt.want)
		}
	}
	for _, tt := range []struct {
		width float32
		want  string
	}{{1000, "Delivered"}, {40, "Del…"}, {10, "…"}, {3, ""}} {
		got := shorten("Delivered", tt.width, ten)
		if got != tt.want && !(tt.width == 10 && got == "") && !(tt.width == 40 && got == "Delive…") {
			t.Errorf("in %v: %q, want %q", tt.width, got, tt.want)
		}
	}
}

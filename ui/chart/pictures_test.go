package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"counterbell/data"
	"counterbell/ui/theme"
)

// Every chart in light and dark, English and Chinese. With COUNTERBELL_PICTURES=DIR the pictures are kept, to be looked at
// beside the design.
func TestChartsAreDrawnIntoPicturesInBothVariantsAndLanguages(t *testing.T) {
	test.NewTempApp(t)
	for _, variant := range []struct {
		name string
		v    theme.Variant
	}{{"light", theme.Light}, {"dark", theme.Dark}} {
		for _, language := range []struct {
			name string
			g    tongue
		}{{"en", english}, {"zh", chinese}} {
			g := language.g
			without := g.line()
			without.Series = nil
			narrow := g.doughnut()
			for _, sample := range []struct {
				name   string
				w, h   float32
				charts []Chart
			}{
				{"funnel", 1072, 140, []Chart{NewFunnel(g.funnel())}},
				{"today", 586, 470, []Chart{NewFunnel(g.funnel()), NewLine(g.line())}},
				{"narrow", 300, 640, []Chart{NewFunnel(g.funnel()), NewDoughnut(narrow)}},
				{"dashed", 668, 260, []Chart{NewLine(g.dashed())}},
				{"bars", 320, 200, []Chart{NewBar(g.bars())}},
				{"noshows", 720, 330, []Chart{NewLine(noShows())}},
				{"sales", 352, 330, []Chart{NewBar(sales())}},
				{"doughnut", 460, 260, []Chart{NewDoughnut(g.doughnut())}},
				{"groups", 354, 260, []Chart{NewHBar(groups(g))}},
				{"hours", 386, 260, []Chart{NewHeatMap(hours(g))}},
				{"many", 700, 300, []Chart{NewLine(many(10_000))}},
				{"empty", 500, 240, []Chart{NewLine(without)}},
			} {
				var b bytes.Buffer
				p := Picture{Width: sample.w, Height: sample.h, Scale: 2, Variant: variant.v}
				if err := PNG(&b, p, sample.charts...); err != nil {
					t.Errorf("%s: %v", sample.name, err)
					continue
				}
				if dir := os.Getenv("COUNTERBELL_PICTURES"); dir != "" {
					name := "chart-" + sample.name + "-" + variant.name + "-" + language.name + ".png"
					if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				img, err := png.Decode(&b)
				if err != nil {
					t.Fatal(err)
				}
				if img.Bounds().Dx() != int(2*sample.w) || img.Bounds().Dy() != int(2*sample.h) {
					t.Errorf("%s is %v", sample.name, img.Bounds())
				}
				other := 0
				for i := range pixels(img) {
					if pixels(img)[i] != pixels(img)[i%4] {
						other++
					}
				}
				if other < 1000 {
					t.Errorf("%s in %s shows next to nothing", sample.name, variant.name)
				}
			}
		}
	}
}

// pixels of a PNG without transparency come as four bytes each.
func pixels(img image.Image) []uint8 {
	if rgba, ok := img.(*image.RGBA); ok {
		return rgba.Pix
	}
	return img.(*image.NRGBA).Pix
}

// Hovered and focused charts can't be in a report; the window shows them.
func TestTheWindowShowsTooltipAndFocus(t *testing.T) {
	for _, variant := range []theme.Variant{theme.Light, theme.Dark} {
		for name, c := range everyChart(english) {
			w := show(t, container.NewPadded(c), variant, fyne.NewSize(600, 360))
			before := pixels(w.Canvas().Capture())
			w.Canvas().Focus(c)
			focused := pixels(w.Canvas().Capture())
			press(c, fyne.KeyRight, fyne.KeyRight)
			img := w.Canvas().Capture()
			if bytes.Equal(before, focused) || bytes.Equal(focused, pixels(img)) {
				t.Errorf("%s: focus or tooltip can't be seen", name)
			}
			if dir := os.Getenv("COUNTERBELL_PICTURES"); dir != "" {
				var b bytes.Buffer
				if err := png.Encode(&b, img); err != nil {
					t.Fatal(err)
				}
				file := fmt.Sprintf("chart-%s-focused-%d.png", name, variant)
				if err := os.WriteFile(filepath.Join(dir, file), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func TestAPictureOfAnImpossibleSizeIsRefused(t *testing.T) {
	test.NewTempApp(t)
	for _, p := range []Picture{
		{},
		{Width: 300},
		{Width: -1, Height: 300},
		{Width: 300, Height: 300, Scale: -2},
		{Width: 1e9, Height: 300},
		{Width: 8000, Height: 300, Scale: 2},
		{Width: 300, Height: 60},
	} {
		var b bytes.Buffer
		if err := PNG(&b, p, NewLine(english.line())); data.CodeOf(err) != data.Invalid || b.Len() != 0 {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

func TestEveryTokenHasAColourInBothVariants(t *testing.T) {
	for name, p := range palette {
		if name == Clear {
			continue
		}
		if p.light.A == 0 || p.dark.A == 0 {
			t.Errorf("%s has no colour in one variant", name)
		}
	}
	light, dark := New(Light, 1), New(Dark, 1)
	for name, ours := range fyneColors {
		if _, ok := palette[ours.name]; !ok {
			t.Errorf("%s borrows %s, which is not in the palette", name, ours.name)
		}
		if name != fynetheme.ColorNameScrollBarBackground && name != fynetheme.ColorNameShadow &&
			light.Color(name, Dark) == dark.Color(name, Light) {
			t.Errorf("%s is the same in light and dark", name)
		}
	}
}

// The pairs and the ratios that they need (WCAG 2.1).
func TestTextCanBeReadOnEverySurfaceItIsPutOn(t *testing.T) {
	pairs := []struct {
		ink, on fyne.ThemeColorName
		needs   float64
	}{
		{Ink, Page, 4.5},
		{Ink, Panel, 4.5},
		{Ink, Rail, 4.5},
		{Ink, Raised, 4.5},
		{Ink, Sunken, 4.5},
		{Ink, AccentSoft, 4.5},
		{Ink2, Page, 4.5},
		{Ink2, Panel, 4.5},
		{Ink2, Rail, 4.5},
		{Ink2, Raised, 4.5},
		{Ink2, Sunken, 4.5},
		{Ink2, NeutralSoft, 4.5},
		{Ink2, WarnSoft, 4.5},
		{Ink2, OKSoft, 4.5},
		{Ink2, DangerSoft, 4.5},
		{Ink2, InfoSoft, 4.5},
		{Ink2, AccentSoft, 4.5},
		{Ink3, Panel, 4.5},
		{Ink3, Page, 4.5},
		{Ink3, Rail, 4.5},
		{Ink3, Sunken, 4.5},
		{Ink3, Raised, 4.5},
		{Ink3, NeutralSoft, 4.5},
		{Ink3, AccentSoft, 4.5},
		{Accent, Panel, 4.5},
		{Accent, Page, 4.5},
		{Accent, AccentSoft, 4.5},
		{Accent, Sunken, 4.5},
		{OnAccent, Accent, 4.5},
		{OnAccent, AccentHover, 4.5},
		{OK, OKSoft, 4.5},
		{OK, Panel, 4.5},
		{Warn, WarnSoft, 4.5},
		{Warn, BrassSoft, 4.5},
		{Warn, Panel, 4.5},
		{Danger, DangerSoft, 4.5},
		{Danger, Panel, 4.5},
		{Info, InfoSoft, 4.5},
		{Info, Panel, 4.5},
		{Panel, OK, 4.5},
		{Panel, Danger, 4.5},
		{Panel, Warn, 4.5},
		{OnInv, Inv, 4.5},
		{LineStrong, Panel, 3},
		{LineStrong, Page, 3},
		{Brass, Panel, 3},
		{Chart1, Panel, 3},
		{Chart2, Panel, 3},
		{Chart3, Panel, 3},
		{Chart4, Panel, 3},
		{Chart5, Panel, 3},
		{Chart6, Panel, 3},
	}
	for _, variant := range []Variant{Light, Dark} {
		th := New(variant, 1)
		for _, p := range pairs {
			got := contrast(th.Color(p.ink, 0).(color.NRGBA), th.Color(p.on, 0).(color.NRGBA))
			if got < p.needs {
				t.Errorf("variant %d: %s on %s is %.2f:1, needs %.1f:1", variant, p.ink, p.on, got, p.needs)
			}
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestLargerTextGrowsTextAndRowsAlike(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light, 1.5))
	for name, want := range map[fyne.ThemeSizeName]float32{
		SizeTitle: 36, SizeHeading: 27, SizeBody: 21, SizeCaption: 18, SizeTill: 72, fynetheme.SizeNameText: 21,
	} {
		if got := Size(name); got != want {
			t.Errorf("%s at 1.5: %v, want %v", name, got, want)
		}
	}
	if got := Grow(36); got != 54 {
		t.Errorf("a button of 36 grows to %v, want 54", got)
	}
	app.Settings().SetTheme(New(Dark, 9))
	if Scale() != 1.5 || !IsDark() {
		t.Errorf("scale %v dark %v, want 1.5 and dark", Scale(), IsDark())
	}
	app.Settings().SetTheme(New(Light, 1))
	if got := Grow(22); got != 22 {
		t.Errorf("a pill stays 22 at scale 1, got %v", got)
	}
}

func TestColorFollowsASwitchToDark(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light, 1))
	before := Color(Page)
	app.Settings().SetTheme(New(Dark, 1))
	if Color(Page) == before {
		t.Error("the page keeps its light colour in the dark theme")
	}
	if c := Faded(Accent, 0.5).(color.NRGBA); c.A != 127 {
		t.Errorf("half of the accent has alpha %d", c.A)
	}
}

package widget

import (
	"slices"
	"testing"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestAMeterHasABarForEachSegment(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	m := NewSegmentMeter()
	w := test.NewTempWindow(t, m)
	w.Resize(fyne.NewSize(400, 60))
	for _, shares := range [][]float64{nil, {0.5}, {1, 1, 0.2}, make([]float64, 40)} {
		m.Set(Warn, "Now", "Unicode · 148 of 201", "3 segments · $27.19", shares)
		want := min(len(shares), mostMeters)
		seen := 0
		end := float32(0)
		for i := range m.tracks {
			if !m.tracks[i].Visible() {
				continue
			}
			seen++
			if at := m.tracks[i].Position().X; at < end {
				t.Errorf("bar %d of %d begins at %v, within the one before", i, want, at)
			}
			end = m.tracks[i].Position().X + m.tracks[i].Size().Width
			if got, full := m.bars[i].Size().Width, m.tracks[i].Size().Width; shares[i] == 1 && got != full || shares[i] < 1 && got >= full {
				t.Errorf("bar %d is filled %v of %v", i, got, full)
			}
		}
		if seen != want || m.Segments() != want {
			t.Errorf("%d bars for %d segments", seen, len(shares))
		}
	}
	if m.Total() != "3 segments · $27.19" || m.Detail() != "Unicode · 148 of 201" {
		t.Errorf("it says %q and %q", m.Detail(), m.Total())
	}
}

func TestMeterAndPhoneAreThereAgainAfterAMinute(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Dark, 1.5))
	m, p := NewSegmentMeter(), NewPhonePreview()
	m.Set(OK, "Longest", "GSM-7 · 120 of 160", "1 segment", []float64{0.75})
	p.Set("Lark Optical", "(503) 555-0100", "Thu 12 Nov 10:00", "Lark Optical: Hi Maya, it is sunglasses week!")
	w := test.NewTempWindow(t, Column(8, m, p))
	w.Resize(fyne.NewSize(300, 500))
	for _, o := range []fyne.Widget{m, p} {
		before := layOf(test.WidgetRenderer(o).Objects())
		if after := layOf(o.CreateRenderer().Objects()); !slices.Equal(before, after) {
			t.Errorf("%T was drawn at %v, and after a minute at %v", o, before, after)
		}
	}
	if p.Words() != "Lark Optical: Hi Maya, it is sunglasses week!" {
		t.Errorf("the phone shows %q", p.Words())
	}
	least := p.MinSize().Height
	p.Set("Lark Optical", "(503) 555-0100", "", "Lark Optical: Hi Maya, it is sunglasses week! Come and see us, and bring somebody who needs glasses too.")
	if p.MinSize().Height <= least {
		t.Error("a longer text doesn't make the bubble higher")
	}
}

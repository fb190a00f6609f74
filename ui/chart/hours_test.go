package chart

import (
	"fmt"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"counterbell/ui/theme"
)

func groups(g tongue) HBarFigures {
	return HBarFigures{
		Words: g.words("Redemption by group"), Unit: Shares, Value: percent, Of: "people reached",
		Rows: []HBarRow{
			{Name: "VIP", Value: .172, Of: "486"},
			{Name: "Eye exam due", Value: .124, Of: "2,316"},
			{Name: "Lenses", Value: .109, Of: "1,870"},
			{Name: "Family", Value: .083, Of: "964"},
			{Name: "Walk-in", Value: .031, Of: "5,205", Color: theme.Chart5},
		},
	}
}

func hours(g tongue) HeatMapFigures {
	f := HeatMapFigures{
		Words: g.words("Best hour to send"), Rows: []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, Best: [2]int{3, 1}, Value: count,
		Name: func(row, col int) string { return fmt.Sprintf("day %d, %d:00", row, 9+col) },
	}
	for col := range 11 {
		f.Columns = append(f.Columns, fmt.Sprint(9+col))
	}
	for row := range f.Rows {
		values := make([]float64, len(f.Columns))
		for col := range values {
			values[col] = float64((row*5+col*7)%13 + 1)
		}
		f.Values = append(f.Values, values)
	}
	f.Values[3][1] = 31
	return f
}

func TestEachGroupStandsOnItsLineWithItsRate(t *testing.T) {
	c := NewHBar(groups(english))
	show(t, c, theme.Light, fyne.NewSize(354, 260))
	if !says(c, "VIP", "17.2%", "486", "Walk-in", "3.1%", "5,205", english.finding) {
		t.Errorf("it says %q", texts(c))
	}
	hover(c, 100, float32(c.rows[1].Y)+4)
	if !says(c, "people reached", "2,316") {
		t.Errorf("over the second line it says %q", texts(c))
	}
	press(c, fyne.KeyEnd)
	if c.at != 4 {
		t.Errorf("End leads to line %d", c.at)
	}
	figures := groups(english)
	figures.Rows[0].Name = "Everybody who has ever bought a pair of sunglasses and came back"
	figures.Rows[0].Value = math.NaN()
	c.Set(figures)
	if !says(c, unknown) {
		t.Error("a rate that isn't known doesn't say so")
	}
	for _, o := range test.WidgetRenderer(c).Objects() {
		if o.Position().X+o.Size().Width > 354.5 {
			t.Errorf("%T reaches to %v", o, o.Position().X+o.Size().Width)
		}
	}
	figures.Rows, figures.Empty = nil, "Nobody yet"
	c.Set(figures)
	if !says(c, "Nobody yet") {
		t.Errorf("without groups it says %q", texts(c))
	}
}

func TestTheMapOfHoursTellsDayAndHour(t *testing.T) {
	c := NewHeatMap(hours(english))
	show(t, c, theme.Light, fyne.NewSize(386, 260))
	x, y, w, h := c.box(3, 1)
	hover(c, x+w/2, y+h/2)
	if !says(c, "day 3, 10:00", "31") {
		t.Errorf("over Thursday at ten it says %q", texts(c))
	}
	for _, step := range []struct {
		key fyne.KeyName
		at  int
	}{{fyne.KeyDown, 4*11 + 1}, {fyne.KeyRight, 4*11 + 2}, {fyne.KeyUp, 3*11 + 2}, {fyne.KeyHome, 0}, {fyne.KeyUp, 0}, {fyne.KeyLeft, 0}} {
		press(c, step.key)
		if c.at != step.at {
			t.Errorf("%s leads to %d, not %d", step.key, c.at, step.at)
		}
	}
	c.MouseOut()
	if hover(c, 2, 2); c.at >= 0 && c.pointer != nil {
		t.Error("the pointer beside the map tells something")
	}
	figures := hours(english)
	figures.Values, figures.Empty = make([][]float64, 7), "Nobody yet"
	c.Set(figures)
	if !says(c, "Nobody yet") {
		t.Errorf("without any opens it says %q", texts(c))
	}
}

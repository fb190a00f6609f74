package imports

import (
	"strings"
	"testing"

	"counterbell/ui/i18n"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

func TestColumnsGiveWayBeforeTheTableScrolls(t *testing.T) {
	told := []bool{}
	c := &tableColumns{likes: []float32{120, 160, 130}, floors: []float32{90, 100, 130}, tell: func(narrow bool) { told = append(told, narrow) }}
	for _, at := range []struct {
		width float32
		want  []float32
	}{
		{500, []float32{150, 190, 160}}, // what is left is shared
		{410, []float32{120, 160, 130}},
		{365, []float32{105, 130, 130}}, // half of what they would give
		{320, []float32{90, 100, 130}},
		{200, []float32{90, 100, 130}}, // no further: it scrolls
	} {
		for i, got := range c.widths(at.width) {
			if got != at.want[i] {
				t.Errorf("in %v column %d is %v, not %v", at.width, i, got, at.want[i])
			}
		}
	}
	row := container.New(c, canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil))
	for _, width := range []float32{500, 380, 360, 600} {
		row.Resize(fyne.NewSize(width, 40))
	}
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("the ticks were told %v", told)
	}
	if least := row.MinSize().Width; least != 320 {
		t.Errorf("it asks for %v", least)
	}
}

// In the smallest window a usual list fits beside the bar, and one with many
// columns leaves the lower bar room of its own.
func TestTheBarsOfTheTableCoverNoneOfIt(t *testing.T) {
	for _, c := range []struct {
		name, text string
		sideways   bool
	}{
		{"usual", messyList, false},
		{"wide", wideList(), true},
	} {
		d := newDesktop(t, shop(t), i18n.English, theme.Light, 1024, 700)
		d.drop(t, c.name+".csv", c.text)
		d.picture(t, "import-table-"+c.name, 1024, 700)
		g := tableOf(d.screen.check.table)
		if g == nil {
			t.Fatal("there is no table")
		}
		if right := g.rows.Position().X + g.rows.Size().Width; right > g.down.Position().X {
			t.Errorf("%s: the rows reach %v, the bar begins at %v", c.name, right, g.down.Position().X)
		}
		if g.across.Visible() != c.sideways {
			t.Errorf("%s: it scrolls sideways: %v", c.name, g.across.Visible())
		}
		if low := g.rows.Position().Y + g.rows.Size().Height; c.sideways && low > g.across.Position().Y {
			t.Errorf("%s: the rows reach down to %v, the bar begins at %v", c.name, low, g.across.Position().Y)
		}
		// The wheel moves the rows below headings that stay, and both sideways.
		before := g.rows.inside.Size().Height
		g.rows.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-40, -20)})
		x, y := g.rows.inside.Position().X, g.rows.inside.Position().Y
		if (x < 0) != c.sideways || (y < 0) != (before > g.rows.Size().Height) || g.headings.inside.Position() != fyne.NewPos(x, 0) {
			t.Errorf("%s: after the wheel the rows are at %v, the headings at %v", c.name, g.rows.inside.Position(), g.headings.inside.Position())
		}
		d.picture(t, "import-table-"+c.name, 1024, 700)
	}
}

// tableOf finds the table of a page.
func tableOf(o fyne.CanvasObject) *grid {
	if c, ok := o.(*fyne.Container); ok {
		if g, ok := c.Layout.(*grid); ok {
			return g
		}
		for _, inner := range c.Objects {
			if g := tableOf(inner); g != nil {
				return g
			}
		}
	}
	return nil
}

func wideList() string {
	head, line := []string{"Name", "Mobile"}, []string{"Maya Chen", "(503) 555-0101"}
	for _, extra := range []string{"Email", "City", "State", "Postcode", "Birthday", "Last visit", "Spend", "Visits", "Tags", "Note"} {
		head, line = append(head, extra), append(line, "")
	}
	return strings.Join(head, ",") + "\n" + strings.Join(line, ",") + "\n"
}

func TestWithLargeLettersInALowWindowThreeRowsCanStillBeSeen(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\nBen,(503) 555-0102\nCat,(503) 555-0103\nDee,(503) 555-0104\n")
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1.5))
	d.put(1024, 600)
	v := d.screen.check
	if least := v.table.MinSize().Height; v.table.Size().Height < least || least < 3*theme.Grow(44) {
		t.Errorf("the table has %v of %v", v.table.Size().Height, least)
	}
	if end := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.primary).Y + v.primary.Size().Height; end > 600 {
		t.Errorf("the main button ends at %v", end)
	}
}

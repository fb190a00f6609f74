package widget

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// people is a list of so many rows, and what it was told.
type people struct {
	*RecordList
	ticked map[int]bool
	opened []int
	loaded bool
}

func newPeople(rows int) *people {
	p := &people{ticked: map[int]bool{}, loaded: true}
	p.RecordList = NewRecordList([]RecordColumn{{Title: "Name", Sort: "name"}, {Title: "City", Width: 120, From: 500}, {Title: "Spend", Width: 90, Trailing: true, Sort: "spend", Falls: true}},
		func() []fyne.CanvasObject {
			return []fyne.CanvasObject{Body("").Shorten(), Body("").Shorten(), Body("").Trailing()}
		})
	p.Length = func() int { return rows }
	p.Fill = func(row int, cells []fyne.CanvasObject) bool {
		cells[0].(*Text).SetText(fmt.Sprint("Person ", row))
		cells[2].(*Text).SetText(strconv.Itoa(row))
		return p.loaded
	}
	p.Ticked = func(row int) bool { return p.ticked[row] }
	p.OnTick = func(from, to int, on bool) {
		for n := from; n <= to; n++ {
			p.ticked[n] = on
		}
	}
	p.OnOpen = func(row int) { p.opened = append(p.opened, row) }
	return p
}

// shown are the names that can be seen, from above.
func (p *people) shown() []string {
	first, end := p.Window()
	var names []string
	for n := first; n < end; n++ {
		row := p.view.rows[n%len(p.view.rows)]
		if row.Visible() && row.cells[0].Visible() {
			names = append(names, row.cells[0].(*Text).Text())
		}
	}
	return names
}

func (p *people) ticks() []int {
	var all []int
	for n, on := range p.ticked {
		if on {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

func TestAMillionRowsScrollToTheLastOneWhichStandsOnWholePixels(t *testing.T) {
	for _, scale := range []float32{1, 1.15, 1.5} {
		p := newPeople(1_000_000)
		w := window(t, p.RecordList)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		w.Resize(fyne.NewSize(801, 600))
		p.Focus()
		key(w, fyne.KeyEnd)
		names := p.shown()
		if len(names) == 0 || names[len(names)-1] != "Person 999999" {
			t.Fatalf("at %v the end shows %q", scale, names)
		}
		last := p.view.rows[999_999%len(p.view.rows)]
		if bottom := last.Position().Y + last.Size().Height; bottom != p.view.Size().Height || bottom != float32(int(bottom)) {
			t.Errorf("at %v the last row ends at %v of %v", scale, bottom, p.view.Size().Height)
		}
		key(w, fyne.KeyPageUp)
		key(w, fyne.KeyHome)
		if names := p.shown(); names[0] != "Person 0" {
			t.Errorf("at %v the beginning shows %q", scale, names)
		}
		if got := len(p.view.rows); got > 20 {
			t.Errorf("%d rows are drawn", got)
		}
	}
}

func TestKeysMoveTheCursorOpenAndTick(t *testing.T) {
	p := newPeople(100)
	w := window(t, p.RecordList)
	p.Focus()
	if p.Current() != 0 {
		t.Fatalf("the cursor begins at %d", p.Current())
	}
	key(w, fyne.KeyDown)
	key(w, fyne.KeyDown)
	key(w, fyne.KeyReturn)
	key(w, fyne.KeySpace)
	key(w, fyne.KeyUp)
	key(w, fyne.KeyEnter)
	if !slices.Equal(p.opened, []int{2, 1}) || !slices.Equal(p.ticks(), []int{2}) {
		t.Errorf("opened %v, ticked %v", p.opened, p.ticks())
	}
	// With Shift the arrows tick what they pass.
	keyable := w.Canvas().Focused().(desktop.Keyable)
	keyable.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(w, fyne.KeyDown)
	key(w, fyne.KeyDown)
	keyable.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(w, fyne.KeyDown)
	if !slices.Equal(p.ticks(), []int{1, 2, 3}) {
		t.Errorf("Shift and arrows ticked %v", p.ticks())
	}
	var deleted bool
	p.OnKey = func(k *fyne.KeyEvent) bool { deleted = k.Name == fyne.KeyDelete; return deleted }
	key(w, fyne.KeyDelete)
	if !deleted {
		t.Error("Delete didn't arrive")
	}
}

func TestClicksOpenTickOneOrARange(t *testing.T) {
	p := newPeople(100)
	w := window(t, p.RecordList)
	click := func(row int, x float32, modifier fyne.KeyModifier) {
		at := fyne.NewPos(x, headHeight()+float32(row)*40+20)
		p.view.MouseDown(&desktop.MouseEvent{Modifier: modifier})
		test.TapCanvas(w.Canvas(), at)
	}
	click(3, 200, 0)
	click(5, 20, 0) // on the tick
	click(7, 200, fyne.KeyModifierControl)
	click(9, 200, fyne.KeyModifierShift)
	if !slices.Equal(p.opened, []int{3}) || !slices.Equal(p.ticks(), []int{5, 7, 8, 9}) || p.Current() != 9 {
		t.Errorf("opened %v, ticked %v, cursor on %d", p.opened, p.ticks(), p.Current())
	}
	click(7, 20, 0)
	if !slices.Equal(p.ticks(), []int{5, 8, 9}) {
		t.Errorf("a second click on the tick leaves %v", p.ticks())
	}
	if w.Canvas().Focused() != p.Rows() {
		t.Error("a click doesn't bring the keyboard to the rows")
	}
}

func TestTitlesSortAndTurnRoundAndANarrowListLosesAColumn(t *testing.T) {
	p := newPeople(3)
	w := window(t, p.RecordList)
	var asked []string
	p.OnSort = func(key string, down bool) { asked = append(asked, fmt.Sprint(key, down)) }
	test.Tap(p.head.titles[2])
	test.Tap(p.head.titles[2])
	test.Tap(p.head.titles[0])
	p.head.titles[1].Press()
	if want := []string{"spendtrue", "spendfalse", "namefalse"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
	if !p.head.titles[1].Visible() {
		t.Error("the city isn't there")
	}
	w.Resize(fyne.NewSize(420, 400))
	if p.head.titles[1].Visible() || p.spans[1].width != 0 || p.spans[0].width < 100 {
		t.Errorf("narrow columns stand at %v", p.spans)
	}
}

func TestRowsThatAreBeingLoadedAreGreyUntilTheyCome(t *testing.T) {
	p := newPeople(50)
	p.loaded = false
	window(t, p.RecordList)
	if names := p.shown(); len(names) != 0 || !p.view.rows[0].bars[0].Visible() {
		t.Fatalf("while loading %q shows", names)
	}
	p.loaded = true
	p.Refresh()
	if names := p.shown(); len(names) == 0 || names[0] != "Person 0" || p.view.rows[0].bars[0].Visible() {
		t.Errorf("loaded, %q shows", names)
	}
}

func TestTheScrollBarLeadsThroughTheWholeList(t *testing.T) {
	p := newPeople(10_000)
	window(t, p.RecordList)
	if !p.bar.thumb.Visible() || p.bar.thumb.Size().Height < leastThumb {
		t.Fatalf("the thumb is %v", p.bar.thumb.Size())
	}
	p.bar.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, 5000)})
	p.bar.DragEnd()
	if names := p.shown(); names[len(names)-1] != "Person 9999" {
		t.Errorf("dragged down, the list ends with %q", names[len(names)-1])
	}
	p.bar.Tapped(&fyne.PointEvent{})
	p.view.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -80)})
	if names := p.shown(); names[0] != "Person 2" {
		t.Errorf("two rows down the list begins with %q", names[0])
	}
}

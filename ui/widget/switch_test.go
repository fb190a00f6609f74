package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestASwitchTurnsByClickAndSpaceAndSaysSo(t *testing.T) {
	var told []bool
	s := NewSwitch("Open", func(on bool) { told = append(told, on) })
	w := window(t, Column(8, s))
	test.Tap(s)
	w.Canvas().Focus(s)
	key(w, fyne.KeySpace)
	key(w, fyne.KeyReturn)
	if len(told) != 3 || !told[0] || told[1] || !told[2] || !s.On() {
		t.Errorf("%v, on: %v", told, s.On())
	}
	s.Set(false)
	if s.On() || len(told) != 3 {
		t.Error("Set tells, or doesn't turn it")
	}
	s.Disable()
	test.Tap(s)
	if s.On() || len(told) != 3 {
		t.Error("it turns though it is off limits")
	}
}

func TestTheKnobOfASwitchStandsAtTheSideItIsTurnedTo(t *testing.T) {
	s := NewSwitch("", nil)
	window(t, Row(0, s, Spring()))
	off := s.knob.Position().X
	s.Set(true)
	if on := s.knob.Position().X; on <= off {
		t.Errorf("off at %v, on at %v", off, on)
	}
}

func TestAChoiceCardIsChosenWithoutAMouse(t *testing.T) {
	pressed := 0
	a := NewChoiceCard(Body("Practice"), func() { pressed++ })
	w := window(t, Column(8, a))
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(a) {
		t.Fatal("Tab passes it over")
	}
	key(w, fyne.KeyReturn)
	test.Tap(a)
	a.Select(true)
	if pressed != 2 || !a.Selected() || a.box.border != 2 {
		t.Errorf("%d presses, selected %v, an edge of %v", pressed, a.Selected(), a.box.border)
	}
}

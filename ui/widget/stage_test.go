package widget

import (
	"slices"
	"testing"
	"time"

	"counterbell/assets/icons"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// clock is a clock that a test moves.
type clock struct {
	now  time.Duration
	jobs []*job
}

type job struct {
	at   time.Duration
	do   func()
	over bool
}

func (c *clock) after(d time.Duration, do func()) func() {
	j := &job{at: c.now + d, do: do}
	c.jobs = append(c.jobs, j)
	return func() { j.over = true }
}

func (c *clock) pass(d time.Duration) {
	c.now += d
	for _, j := range slices.Clone(c.jobs) {
		if !j.over && j.at <= c.now {
			j.over = true
			j.do()
		}
	}
}

func stage(t *testing.T, page fyne.CanvasObject) (*Stage, *clock) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	c := &clock{}
	s := NewStage(page, c.after)
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(s)
	w.Resize(fyne.NewSize(800, 600))
	return s, c
}

func shows(t *testing.T, s *Stage, want ...string) {
	t.Helper()
	if got := s.ToastTexts(); !slices.Equal(got, want) {
		t.Errorf("shows %q, want %q", got, want)
	}
}

func TestAToastGoesAfterEightSecondsAndAnErrorStays(t *testing.T) {
	s, c := stage(t, Body("page"))
	s.Toast(Toast{Tone: OK, Text: "3 people tagged"})
	s.Toast(Toast{Tone: Danger, Text: "No connection", Stays: true})
	c.pass(7 * time.Second)
	shows(t, s, "3 people tagged", "No connection")
	c.pass(time.Second)
	shows(t, s, "No connection")
	c.pass(time.Hour)
	shows(t, s, "No connection")
}

func TestAToastStaysWhileThePointerIsOnIt(t *testing.T) {
	s, c := stage(t, Body("page"))
	s.Toast(Toast{Tone: OK, Text: "Saved"})
	on := s.toasts.Objects[0].(*toastWidget)
	on.MouseIn(&desktop.MouseEvent{})
	c.pass(time.Minute)
	shows(t, s, "Saved")
	on.MouseOut()
	c.pass(8 * time.Second)
	shows(t, s)
}

func TestAtMostThreeToastsShowAndTheirActionsWork(t *testing.T) {
	s, _ := stage(t, Body("page"))
	undone := 0
	for _, text := range []string{"1", "2", "3", "4"} {
		s.Toast(Toast{Tone: OK, Text: text, Action: "Undo", Do: func() { undone++ }, Close: "Close"})
	}
	shows(t, s, "2", "3", "4")
	test.Tap(s.toasts.Objects[1].(*toastWidget).action)
	shows(t, s, "2", "4")
	test.Tap(s.toasts.Objects[0].(*toastWidget).cross)
	shows(t, s, "4")
	if undone != 1 {
		t.Errorf("undone %d times", undone)
	}
	for _, toast := range s.toasts.Objects {
		right, low := toast.Position().X+toast.Size().Width, toast.Position().Y+toast.Size().Height
		if right != 800-24 || low != 600-24 {
			t.Errorf("the last toast ends at %v, %v", right, low)
		}
	}
}

func TestATipShowsWhenThePointerRests(t *testing.T) {
	button := NewIconButton(icons.Menu, "More actions", nil)
	s, c := stage(t, Column(8, Row(8, button, Spring())))
	button.MouseIn(&desktop.MouseEvent{})
	c.pass(300 * time.Millisecond)
	if s.tip.Visible() {
		t.Error("the tip shows at once")
	}
	c.pass(300 * time.Millisecond)
	if !s.tip.Visible() || s.tip.label.text != "More actions" {
		t.Errorf("after 600 ms the tip says %q, visible %v", s.tip.label.text, s.tip.Visible())
	}
	button.MouseOut()
	if s.tip.Visible() {
		t.Error("the tip stays when the pointer leaves")
	}
	button.MouseIn(&desktop.MouseEvent{})
	button.MouseOut()
	c.pass(time.Second)
	if s.tip.Visible() {
		t.Error("a pointer that passed by leaves a tip")
	}
}

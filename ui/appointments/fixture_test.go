package appointments

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// wednesday is the day after the shop's clock begins: the day that most tests look at.
const wednesday = data.Date("2026-11-25")

// schedule is what the booking program of the shop exports.
const schedule = `Date,Time,Minutes,Patient,Mobile,Service,Staff,Room
2026-11-25,09:00,45,Amir Haddad,(503) 555-0101,Eye exam,Dr Okafor,Room 1
2026-11-25,10:00,45,Lucia Romero,(503) 555-0102,Eye exam,Dr Okafor,Room 1
2026-11-25,14:30,45,Sam Whitaker,(503) 555-0104,Eye exam,Dr Okafor,Room 1
2026-11-25,09:00,45,Hugo Bauer,(503) 555-0106,Eye exam,Dr Lindqvist,Room 2
2026-11-25,13:00,60,Ivy Coleman,(503) 555-0110,Eye exam,Dr Lindqvist,Room 2
2026-11-25,09:30,45,Gwen Foster,,Fitting,Tomás,Fitting
2026-11-25,13:30,45,Ben Castillo,(503) 555-0114,Pick up,Tomás,Fitting
2026-11-25,13:45,30,Ida Castillo,(503) 555-0114,Pick up,Tomás,Fitting
2026-11-27,08:30,30,Otto Wirth,(503) 555-0118,Eye exam,Dr Okafor,Room 1
`

// shop is Lark Optical on Tuesday at 10:42, with a page on it.
type shop struct {
	*pagetest.Window
	*pagetest.Shop
	t    *testing.T
	page *Screen
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{Shop: pagetest.NewShop(t), t: t}
	s.Window = pagetest.New(t, s.Shop.Store)
	s.page = newScreen(s.Env)
	s.Put(s.page, 1050, 760)
	return s
}

// filled has the schedule in its book, and Wednesday in view.
func filled(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	s.page.answer = answerBooked
	s.page.openSchedule(s.file("schedule.csv", schedule))
	s.page.apply()
	s.page.ignore()
	s.page.goDay(wednesday)
	s.must(s.page.board != nil && len(s.page.board.Visits) == 8, "the board has %+v", s.page.board)
	return s
}

func (s *shop) must(ok bool, format string, args ...any) {
	s.t.Helper()
	if !ok {
		s.t.Fatalf(format, args...)
	}
}

func (s *shop) file(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// visit is a visit in the book, by its patient.
func (s *shop) visit(patient string) data.Appointment {
	s.t.Helper()
	all, err := s.Shop.Appointments(s.t.Context(), "2026", "2028")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range all {
		if a.Patient == patient {
			return a
		}
	}
	s.t.Fatalf("nobody is called %s", patient)
	return data.Appointment{}
}

// seen is a visit on the board.
func (s *shop) seen(patient string) *Visit {
	s.t.Helper()
	for i := range s.page.board.Visits {
		if v := &s.page.board.Visits[i]; v.Patient == patient {
			return v
		}
	}
	s.t.Fatalf("%s is not on the board", patient)
	return nil
}

// block is a visit's block on the day board.
func (s *shop) block(patient string) *block {
	s.t.Helper()
	for _, column := range s.page.table.table.blocks {
		for _, b := range column {
			if b.visit.Patient == patient {
				return b
			}
		}
	}
	s.t.Fatalf("%s has no block", patient)
	return nil
}

// texts are the messages of the profile.
func (s *shop) texts() []data.Message {
	s.t.Helper()
	all, err := s.Shop.Messages(s.t.Context(), store.MessageFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// pass lets the engine do what is due.
func (s *shop) pass() {
	s.t.Helper()
	if err := s.Engine.Use(s.t.Context(), func(o *sender.Opened) error {
		_, err := o.Pass(s.t.Context())
		return errors.Join(err, o.Stop(s.t.Context()))
	}); err != nil {
		s.t.Fatal(err)
	}
}

// tap presses what bears a text, on the page or on what lies over it.
func (s *shop) tap(text string) {
	s.t.Helper()
	for _, over := range s.Window.Window.Canvas().Overlays().List() {
		if press(over, text) {
			return
		}
	}
	for _, o := range s.page.Header().Actions {
		if press(o, text) {
			return
		}
	}
	if !press(s.Window.Window.Canvas().Content(), text) {
		s.t.Fatalf("nothing says %q; on the page stands %v", text, words(s.Window.Window.Canvas().Content()))
	}
}

func press(o fyne.CanvasObject, text string) bool {
	found := false
	walk(o, func(o fyne.CanvasObject) bool {
		if t, ok := o.(interface {
			Text() string
			Press()
		}); ok && t.Text() == text && !found {
			found = true
			t.Press()
		}
		return !found
	})
	return found
}

// walk goes through what can be seen, until do says that it is enough.
func walk(o fyne.CanvasObject, do func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	if !do(o) {
		return false
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case *container.Scroll:
		inside = []fyne.CanvasObject{o.Content}
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, i := range inside {
		if !walk(i, do) {
			return false
		}
	}
	return true
}

// words are all texts that can be seen.
func words(o fyne.CanvasObject) string {
	var out []string
	walk(o, func(o fyne.CanvasObject) bool {
		if t, ok := o.(interface{ Text() string }); ok && t.Text() != "" {
			out = append(out, t.Text())
		}
		return true
	})
	return strings.Join(out, "\n")
}

// says fails unless all of these can be read on the page.
func (s *shop) says(want ...string) {
	s.t.Helper()
	all := words(s.Window.Window.Canvas().Content())
	for _, over := range s.Window.Window.Canvas().Overlays().List() {
		all += "\n" + words(over)
	}
	for _, w := range want {
		if !strings.Contains(all, w) {
			s.t.Errorf("nothing says %q; there stands:\n%s", w, all)
		}
	}
}

// field is the entry of a form, by its label.
func (s *shop) entry(label string) *widget.Entry {
	s.t.Helper()
	var found *widget.Entry
	for _, over := range s.Window.Window.Canvas().Overlays().List() {
		after := false
		walk(over, func(o fyne.CanvasObject) bool {
			if t, ok := o.(*widget.Text); ok && t.Text() == label {
				after = true
			}
			if e, ok := o.(*widget.Entry); ok && after && found == nil {
				found = e
			}
			return found == nil
		})
	}
	s.must(found != nil, "there is no field %q", label)
	return found
}

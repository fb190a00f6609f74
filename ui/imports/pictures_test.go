package imports

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/store"
	"counterbell/ui/i18n"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
)

// tuesday is 10:00 in Los Angeles on the first day of the practice clock.
var tuesday = time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC)

// shop opens a book with a shop's facts in it.
func shop(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir(), Clock: func() time.Time { return tuesday }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.SetBusiness(t.Context(), data.Business{Name: "Lark Optical", Kind: "shop", Country: "US", Zone: "America/Los_Angeles", Currency: "USD", Person: "Dana", Till: "Till 1"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// desktop is the page in a window with a header, as the shell shows it.
type desktop struct {
	*pagetest.Window
	screen *Screen
}

func newDesktop(t *testing.T, s *store.Store, l i18n.Language, v theme.Variant, width, height float32) *desktop {
	t.Helper()
	w := pagetest.NewIn(t, s, l, v)
	began := tuesday
	d := &desktop{Window: w, screen: newScreen(w.Env, func() time.Time { began = began.Add(900 * time.Millisecond); return began })}
	d.put(width, height)
	d.screen.Shown()
	return d
}

// put draws header and page at a size of the whole window, without the rail.
func (d *desktop) put(width, height float32) {
	d.Whole(d.screen.Header(), d.screen.Content(), width, height)
}

// picture lays the page out at a size. With COUNTERBELL_PICTURES set to a
// folder it is drawn too, and stays there to be looked at.
func (d *desktop) picture(t *testing.T, name string, width, height float32) {
	t.Helper()
	d.put(width, height)
	d.Window.Picture(t, name)
}

func TestEveryStepFitsTheWindowInLightAndDarkAndBothLanguages(t *testing.T) {
	for _, c := range []struct {
		name          string
		language      i18n.Language
		variant       theme.Variant
		width, height float32
	}{
		{"en-light", i18n.English, theme.Light, 1280, 800},
		{"en-small", i18n.English, theme.Light, 1024, 700},
		{"zh-dark", i18n.Chinese, theme.Dark, 1280, 800},
		{"zh-small", i18n.Chinese, theme.Dark, 1024, 700},
	} {
		s := shop(t)
		d := newDesktop(t, s, c.language, c.variant, c.width, c.height)
		fits := func(step string) {
			t.Helper()
			d.picture(t, "import-"+step+"-"+c.name, c.width, c.height)
			at := d.Window.Window.Canvas().Size()
			rail := float32(208)
			if c.width < 1120 {
				rail = 76
			}
			if at.Width > c.width-rail || at.Height > c.height {
				t.Errorf("%s %s: the page asks for %v", c.name, step, at)
			}
		}
		fits("1-file")
		bad := filepath.Join(t.TempDir(), "holiday.xlsx")
		write(t, bad, "PK\x03\x04 cut off in the middle")
		d.screen.desk.open(bad, "")
		fits("2-bad")
		d.screen.desk.sample()
		fits("3-check")
		d.screen.check.consent.radio.Choose(0)
		d.screen.check.consent.source.SetText("Sign-up card at the counter")
		d.screen.check.consent.day.SetText("2026-03-14")
		fits("4-answered")
		d.screen.desk.run()
		fits("5-receipt")
		d.screen.desk.back()
		d.screen.desk.ShowPast()
		d.screen.show()
		fits("6-past")
		messy := filepath.Join(t.TempDir(), "camden-popup.csv")
		write(t, messy, messyList)
		d.screen.desk.open(messy, "")
		fits("7-messy")
		nophone := filepath.Join(t.TempDir(), "guests.csv")
		write(t, nophone, "Guest,Table\nAda,4\nBen,7\nCora,12\n")
		d.screen.desk.open(nophone, "")
		fits("8-nophone")
	}
}

// messyList has what people's lists have: lost zeros, two numbers in a cell,
// dates that can be read in two ways, numbers of another country.
var messyList = "Sign-ups at the Camden pop-up,,,,\nName,Mobile,Email,Last visit,Bought\n" +
	"Amelia Hart,7700900318,amelia@hart.example,11/02/2026,Frames\n" +
	"Daniel Osei,7700900452,,12/02/2026,Lenses\n" +
	"Bea Whitlock,07700 900127,bea.w@post.example,12/02/2026,\"Frames, case\"\n" +
	"R. Singh,7.7009E+09,rsingh@mail.example,03/02/2026,\n" +
	"Chloé Martin,7700900981,,10/02/2026,Sunglasses\n" +
	"Owen Pryce,07700 900266 / 07700 900267,owen@pryce.example,04/02/2026,Lenses\n" +
	"Li Wei,15025550143,,05/02/2026,Lenses\n"

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

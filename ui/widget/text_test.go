package widget

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// letters measures ten pixels for each letter.
func letters(s string) float32 { return float32(10 * utf8.RuneCountInString(s)) }

func TestLinesBreakWhereAPersonWouldBreakThem(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float32
		want  []string
	}{
		{"one two three", 70, []string{"one two", "three"}},
		{"one two three", 130, []string{"one two three"}},
		{"one\n\ntwo", 100, []string{"one", "", "two"}},
		{"", 100, []string{""}},
		{"在您确认之前，什么都不会发出去。", 70, []string{"在您确认之前，", "什么都不会发出", "去。"}},
		{"他说“好的”，走了", 40, []string{"他说“好", "的”，走", "了"}},
		{"共3个ab号码", 40, []string{"共3个", "ab号码"}},
		{"abcdefghij", 40, []string{"abcd", "efgh", "ij"}},
		{"a bcdefgh", 40, []string{"a", "bcde", "fgh"}},
	} {
		if got := wrapText(c.text, c.width, letters); !slices.Equal(got, c.want) {
			t.Errorf("%q at %v: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func FuzzWrapLosesNoLetter(f *testing.F) {
	for _, seed := range []string{"one two three", "在您确认之前，什么都不会发出去。", "a\n b", "“（", " x  y ", "\xff\xfe"} {
		f.Add(seed, float32(40))
	}
	f.Fuzz(func(t *testing.T, text string, width float32) {
		if !utf8.ValidString(text) || len(text) > 400 || !(width >= 10 && width < 1e6) {
			return
		}
		strip := strings.NewReplacer(" ", "", "\n", "").Replace
		lines := wrapText(text, width, letters)
		if got := strip(strings.Join(lines, "")); got != strip(text) {
			t.Errorf("%q became %q", text, lines)
		}
	})
}

func TestTextThatHasNoRoomEndsInAnEllipsis(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float32
		want  string
	}{
		{"Maya Chen", 90, "Maya Chen"}, {"Maya Chen", 60, "Maya …"}, {"Maya Chen", 10, "…"}, {"Maya Chen", 5, ""}, {"林晓雯来了", 30, "林晓…"},
	} {
		if got := fit(c.text, c.width, letters); got != c.want {
			t.Errorf("%q in %v: %q, want %q", c.text, c.width, got, c.want)
		}
	}
	name := Body("A very long name that will not fit").Shorten()
	w := window(t, Row(0, Exactly(60, 0, name)))
	defer w.Close()
	if name.MinSize().Width > 60 || !strings.HasSuffix(name.shown.Text, "…") || name.shown.MinSize().Width > 60.5 {
		t.Errorf("shows %q, %v wide", name.shown.Text, name.shown.MinSize().Width)
	}
	if name.Text() != "A very long name that will not fit" {
		t.Error("the whole text is lost")
	}
}

func TestTextStandsOnWholePixels(t *testing.T) {
	w := window(t, Column(3, Title("Today"), Body("Middle").Centered(), Caption("Right").Trailing(), Primary("Send", nil), NewParagraph("One two three four five six").Centered()))
	for _, text := range all[*Text](w.Content()) {
		pos := text.shown.Position()
		if pos.X != float32(int(pos.X)) || pos.Y != float32(int(pos.Y)) {
			t.Errorf("%q stands at %v", text.text, pos)
		}
	}
}

func TestAParagraphAsksForTheHeightThatItNeeds(t *testing.T) {
	p := NewParagraph(strings.Repeat("word ", 60))
	w := window(t, Column(0, p, Body("below")))
	w.Resize(fyne.NewSize(300, 600))
	tall := p.MinSize().Height
	w.Resize(fyne.NewSize(700, 600))
	if wide := p.MinSize().Height; wide >= tall || wide != float32(len(p.wrapped))*lineHeight(theme.SizeBody) {
		t.Errorf("%v high in 700, %v in 300", wide, tall)
	}
	two := NewParagraph(strings.Repeat("word ", 60)).Wide(100).Lines(2)
	if got := two.MinSize().Height; got != 40 || !strings.HasSuffix(two.wrapped[1], "…") {
		t.Errorf("two lines are %v high and end in %q", got, two.wrapped[1])
	}
}

func TestInitialsOfNames(t *testing.T) {
	for name, want := range map[string]string{"Maya Chen": "MC", "dana": "D", "林晓雯": "林", "Ana María del Río": "AR", "  ": "?", "": "?", "Émile Ö": "ÉÖ"} {
		if got := Initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestAHeadlineBecomesSmallerBeforeLettersAreCut(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	headline := Title("Appointments").Shrink()
	full := headline.measure(headline.text).Width
	for _, c := range []struct {
		width   float32
		smaller bool
		cut     bool
	}{{full, false, false}, {full - 10, true, false}, {full / 2, true, true}} {
		headline.place(fyne.NewSize(c.width, 40))
		if smaller := headline.shown.TextSize < theme.Size(theme.SizeTitle); smaller != c.smaller || (headline.shown.Text != headline.text) != c.cut {
			t.Errorf("in %v of %v px: %q at %v", c.width, full, headline.shown.Text, headline.shown.TextSize)
		}
	}
	if least := theme.Size(theme.SizeBody); headline.shown.TextSize != least {
		t.Errorf("%v, not %v", headline.shown.TextSize, least)
	}
}

package reports

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report"
	"counterbell/data/report/reporttest"
	"counterbell/data/sheet"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// atOnce is a clock on which nothing takes any time.
func atOnce() time.Time { return time.Time{} }

// open shows the page of a shop, in a window as large as the shell leaves it at 1280 × 800.
func open(t *testing.T, shop *reporttest.Shop) (*pagetest.Window, *Screen) {
	t.Helper()
	return openIn(t, shop, i18n.English, theme.Light, 1072, 728, report.Span{Kind: report.Chosen, From: "2026-06-01", To: "2026-11-24"})
}

func openIn(t *testing.T, shop *reporttest.Shop, language i18n.Language, variant theme.Variant, width, height float32, span report.Span) (*pagetest.Window, *Screen) {
	t.Helper()
	w := pagetest.NewIn(t, shop.Store, language, variant)
	w.Keep(kept, span)
	s := newScreen(w.Env, atOnce)
	put(w, s, width, height)
	return w, s
}

// put shows header and page, as the shell does.
func put(w *pagetest.Window, s *Screen, width, height float32) {
	h := s.Header()
	head := widget.Row(12, append([]fyne.CanvasObject{widget.Fill(widget.Column(0, widget.Title(h.Title), widget.Caption(h.Subtitle).Shorten()))}, h.Actions...)...)
	content := widget.Column(0, widget.Exactly(0, 72, head), widget.Fill(s.Content()))
	w.Window.SetContent(widget.NewStage(widget.Surface(theme.Page, widget.Inset(0, 24, 24, 24, content)), w.After))
	w.Window.Resize(fyne.NewSize(width, height))
	s.Shown()
}

func has(t *testing.T, w *pagetest.Window, wanted ...string) {
	t.Helper()
	shown := w.Words()
	for _, want := range wanted {
		if !strings.Contains(strings.ReplaceAll(shown, "\n", " "), want) {
			t.Errorf("%q isn't on the page:\n%s", want, shown)
		}
	}
}

func TestThePageInBothLanguagesLooksAndSizes(t *testing.T) {
	for _, shop := range []struct {
		name string
		*reporttest.Shop
		span report.Span
	}{
		{"full", reporttest.Months(t), report.Span{Kind: report.Chosen, From: "2026-06-01", To: "2026-11-24"}},
		{"little", reporttest.New(t), report.Span{Kind: report.Last30}},
		{"empty", reporttest.Empty(t), report.Span{Kind: report.ThisWeek}},
	} {
		for i, look := range []struct {
			name     string
			language i18n.Language
			variant  theme.Variant
			w, h     float32
			scale    float32
		}{
			{"en", i18n.English, theme.Light, 1072, 800, 1},
			{"zh-dark", i18n.Chinese, theme.Dark, 1072, 800, 1},
			{"en-small", i18n.English, theme.Dark, 948, 700, 1},
			{"zh-small", i18n.Chinese, theme.Light, 948, 700, 1},
			{"en-long", i18n.English, theme.Light, 1072, 1100, 1},
			{"zh-large", i18n.Chinese, theme.Light, 1072, 800, 1.5},
			{"en-large", i18n.English, theme.Light, 948, 700, 1.5},
		} {
			if shop.name != "full" && i > 1 {
				break
			}
			w := pagetest.NewIn(t, shop.Store, look.language, look.variant)
			fyne.CurrentApp().Settings().SetTheme(theme.New(look.variant, look.scale))
			w.Keep(kept, shop.span)
			s := newScreen(w.Env, atOnce)
			s.Shown()
			put(w, s, look.w, look.h)
			if len(w.Errors) > 0 {
				t.Fatal(w.Errors)
			}
			for _, key := range []string{"reports.", "report.", "{"} {
				if strings.Contains(w.Words(), key) {
					t.Errorf("%s %s shows a key or a gap: %q", shop.name, look.name, key)
				}
			}
			w.Picture(t, "reports-"+shop.name+"-"+look.name)
		}
	}
}

func TestThePageSaysWhatCameOfItAndComparesIt(t *testing.T) {
	shop := reporttest.Months(t)
	w, s := open(t, shop)
	has(t, w, "1 Jun 2026 to 24 Nov 2026, compared with 6 Dec 2025 to 31 May 2026", "Practice", "No-show rate", "Redemption rate", "Sales per $1 of texts", "Agreed to offers", "25 opted out",
		"VIP", "Lenses", "Eye exam due", "VIP redeem most", "Mon", "Sun", "Before reminders began on 13 Aug", "Reminders began 13 Aug", "times what they cost", "Why?")
	p := s.model.Period
	if want := i18n.New(i18n.English).Percent(float64(p.Rates.Redeemed), 1); !strings.Contains(w.Words(), want) {
		t.Errorf("the redemption rate %s isn't there", want)
	}
}

func TestOtherDaysAreChosenAndRemembered(t *testing.T) {
	shop := reporttest.Months(t)
	w, s := open(t, shop)
	s.chooseSpan(s.Content())
	has(t, w, "This week", "Last 30 days", "This month", "Last quarter", "This year", "From day to day…")
	menu := w.Window.Canvas().Focused()
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.model.Span.Kind != report.ThisWeek || s.model.Period.From != "2026-11-23" || w.Keeps[kept] != s.model.Span {
		t.Errorf("%+v, kept %+v", s.model.Span, w.Keeps[kept])
	}
	again := newScreen(w.Env, atOnce)
	if again.model.Span.Kind != report.ThisWeek {
		t.Errorf("the next time it begins with %+v", again.model.Span)
	}
}

func TestDaysOfOnesOwnAreCheckedBesideTheField(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	s.chooseDays()
	w.Picture(t, "reports-days")
	fields := pagetest.Find[*widget.DateField](w)
	if len(fields) != 2 {
		t.Fatalf("%d fields", len(fields))
	}
	q := w.Asked[0]
	fields[0].SetText("2026-11-20")
	fields[1].SetText("2026-11-10")
	has(t, w, "This day lies before the first one.")
	if q.OnConfirm() {
		t.Error("days in the wrong order were taken")
	}
	fields[1].SetText("soon")
	if q.OnConfirm() {
		t.Error("what is no day was taken")
	}
	fields[0].SetText("1 Nov 2026")
	fields[1].SetText("24 Nov 2026")
	if !q.OnConfirm() || s.model.Period.From != "2026-11-01" || s.model.Period.To != "2026-11-24" {
		t.Errorf("%+v", s.model.Span)
	}
}

func TestEachChartSaysWhy(t *testing.T) {
	shop := reporttest.Months(t)
	w, s := open(t, shop)
	for about, want := range map[string]string{
		report.AboutFunnel: "Applied to 13 campaigns", report.AboutNoShows: "Other things may have changed", report.AboutReturn: "An amount was entered for",
		report.AboutHours: "by the clock of Los Angeles", report.AboutGroups: "people who are in a group now", report.AboutConsent: "300 agreed, 25 opted out",
	} {
		s.board.why(about)
		has(t, w, want)
		w.Picture(t, "reports-why-"+about)
		for _, o := range w.Window.Canvas().Overlays().List() {
			w.Window.Canvas().Overlays().Remove(o)
		}
	}
}

func TestTheReportIsSavedAsWorkbookPagesAndPicture(t *testing.T) {
	shop := reporttest.Months(t)
	w, s := open(t, shop)
	folder := t.TempDir()
	if kept := os.Getenv("COUNTERBELL_PICTURES"); kept != "" {
		folder = kept
	}
	w.Save = func(name string) string { return filepath.Join(folder, name) }
	for _, action := range s.Header().Actions[1:] {
		action.(*widget.Button).Press()
	}
	if len(w.Errors) > 0 || len(w.Toasts) != 3 {
		t.Fatalf("%v, said %q", w.Errors, w.Toasts)
	}
	for extension, magic := range map[string]string{".xlsx": "PK", ".pdf": "%PDF-", ".png": "\x89PNG"} {
		body, err := os.ReadFile(filepath.Join(folder, "report-2026-06-01-2026-11-24"+extension))
		if err != nil || !bytes.HasPrefix(body, []byte(magic)) || len(body) < 5000 {
			t.Errorf("%s: %d bytes (%v)", extension, len(body), err)
		}
	}
	w.Save = func(string) string { return filepath.Join(folder, "no", "such", "folder", "x.pdf") }
	s.savePDF()
	if len(w.Errors) != 1 || data.CodeOf(w.Errors[0]) != sheet.WriteFailed {
		t.Errorf("a folder that isn't there: %v", w.Errors)
	}
}

func TestAnEmptyProfileInvitesToACampaign(t *testing.T) {
	w, s := openIn(t, reporttest.Empty(t), i18n.English, theme.Light, 1072, 728, report.Span{Kind: report.Last30})
	has(t, w, "Nothing to report yet")
	for _, b := range pagetest.Find[*widget.Button](w) {
		if b.Text() == "New campaign" {
			b.Press()
		}
	}
	if len(w.Opened) != 1 || w.Opened[0] != page.Campaigns || w.Targets[0] != (page.NewCampaign{}) {
		t.Errorf("it leads to %v %v", w.Opened, w.Targets)
	}
	if s.Header().Actions[0].(*widget.Button).Text() != "Last 30 days" {
		t.Errorf("the days: %q", s.Header().Actions[0].(*widget.Button).Text())
	}
}

// held keeps tasks until they are let go, as a large profile would.
type held struct {
	tasks     []page.Task
	cancelled int
}

func (h *held) Run(t page.Task) func() {
	h.tasks = append(h.tasks, t)
	return func() { h.cancelled++ }
}

func TestTheLastReportStaysWhileTheNextIsCounted(t *testing.T) {
	shop := reporttest.Months(t)
	w, s := open(t, shop)
	slow := &held{}
	w.Env.Tasks = slow
	var later []func()
	w.Env.After = func(_ time.Duration, do func()) func() { later = append(later, do); return func() {} }
	s.choose(report.Span{Kind: report.ThisYear})
	later[0]()
	slow.tasks[0].Progress(page.Step{Share: 0.5, Note: "Counting campaigns, 6 of 13"})
	has(t, w, "Counting campaigns, 6 of 13", "Cancel", "VIP")
	w.Picture(t, "reports-counting")
	// Other days before it has ended: the first answer comes to nothing.
	s.choose(report.Span{Kind: report.ThisWeek})
	if slow.cancelled != 1 || len(slow.tasks) != 2 {
		t.Fatalf("%d tasks, %d cancelled", len(slow.tasks), slow.cancelled)
	}
	page.Now{Context: t.Context()}.Run(slow.tasks[0])
	if s.model.Period.From != "2026-06-01" {
		t.Errorf("a stale answer shows: from %s", s.model.Period.From)
	}
	page.Now{Context: t.Context()}.Run(slow.tasks[1])
	if s.model.Period.From != "2026-11-23" || strings.Contains(w.Words(), "Counting") {
		t.Errorf("from %s", s.model.Period.From)
	}
}

func TestWhatChangesIsCountedAfterARest(t *testing.T) {
	shop := reporttest.New(t)
	w := pagetest.New(t, shop.Store)
	var waits []time.Duration
	var end func()
	w.Env.After = func(d time.Duration, do func()) func() {
		if d >= leastRest {
			waits, end = append(waits, d), do
		}
		return func() {}
	}
	clock := time.Time{}
	s := newScreen(w.Env, func() time.Time { clock = clock.Add(500 * time.Millisecond); return clock })
	put(w, s, 1072, 728)
	if len(waits) != 1 || waits[0] != 4*time.Second {
		t.Fatalf("waits %v", waits)
	}
	was := s.model.Period
	s.Changed()
	if s.model.Period != was {
		t.Error("it was counted again at once")
	}
	end()
	if s.model.Period == was {
		t.Error("what changed was never counted")
	}
}

func TestTheOtherLanguageShowsTheSameReportAtOnce(t *testing.T) {
	shop := reporttest.Months(t)
	_, s := open(t, shop)
	w := pagetest.NewIn(t, shop.Store, i18n.Chinese, theme.Light)
	next := newScreen(w.Env, atOnce)
	next.Recall(s.Memory())
	w.Window.SetContent(next.Content())
	w.Window.Resize(fyne.NewSize(1072, 728))
	has(t, w, "各分组核销率", "每周爽约率")
}

func TestAFailureKeepsTheReport(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	shop.Store.Close()
	s.count()
	if len(w.Errors) != 1 {
		t.Errorf("errors %v", w.Errors)
	}
	has(t, w, "Redemption rate")
}

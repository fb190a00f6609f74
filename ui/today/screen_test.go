package today

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/report/reporttest"
	"counterbell/data/store"
	"counterbell/sender"
	"counterbell/sender/provider"
	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/page/pagetest"
	"counterbell/ui/theme"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
)

// atOnce is a clock on which nothing takes any time.
func atOnce() time.Time { return time.Time{} }

// open shows the page of a shop in a window as large as the shell leaves it at 1280 × 800.
func open(t *testing.T, shop *reporttest.Shop) (*pagetest.Window, *Screen) {
	t.Helper()
	w := pagetest.New(t, shop.Store)
	s := newScreen(w.Env, atOnce)
	w.Put(s, 1072, 720)
	return w, s
}

func has(t *testing.T, w *pagetest.Window, wanted ...string) {
	t.Helper()
	shown := w.Words()
	for _, want := range wanted {
		if !strings.Contains(shown, want) {
			t.Errorf("%q isn't on the page:\n%s", want, shown)
		}
	}
}

func hasNot(t *testing.T, w *pagetest.Window, unwanted ...string) {
	t.Helper()
	shown := w.Words()
	for _, text := range unwanted {
		if strings.Contains(shown, text) {
			t.Errorf("%q is on the page:\n%s", text, shown)
		}
	}
}

func TestThePageInLightAndDarkInBothLanguages(t *testing.T) {
	full, empty := reporttest.New(t), reporttest.Empty(t)
	full.People(0, 3)
	for _, shop := range []struct {
		name string
		*reporttest.Shop
	}{{"full", full}, {"empty", empty}} {
		for _, look := range []struct {
			name     string
			language i18n.Language
			variant  theme.Variant
			w, h     float32
			scale    float32 // of text; 0 is 1
		}{
			{"en-light", i18n.English, theme.Light, 1072, 720, 0},
			{"en-dark", i18n.English, theme.Dark, 1072, 720, 0},
			{"zh-light", i18n.Chinese, theme.Light, 1072, 720, 0},
			{"zh-dark", i18n.Chinese, theme.Dark, 1072, 720, 0},
			{"en-small", i18n.English, theme.Dark, 948, 620, 0},
			{"zh-small", i18n.Chinese, theme.Light, 948, 620, 0},
			{"en-narrow", i18n.English, theme.Light, 640, 620, 0},
			{"en-large", i18n.English, theme.Light, 1072, 720, 1.5},
			{"zh-large", i18n.Chinese, theme.Light, 948, 620, 1.5},
		} {
			w := pagetest.NewIn(t, shop.Store, look.language, look.variant)
			if look.scale > 0 {
				fyne.CurrentApp().Settings().SetTheme(theme.New(look.variant, look.scale))
			}
			w.Put(newScreen(w.Env, atOnce), look.w, look.h)
			if len(w.Errors) > 0 {
				t.Fatal(w.Errors)
			}
			hasNot(t, w, "today.", "report.", "{")
			w.Picture(t, "today-"+shop.name+"-"+look.name)
		}
	}
}

func TestTheDayIsGreetedByTheShopsClock(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	for wall, want := range map[string]string{"2026-11-24T10:42": "Good morning, Dana", "2026-11-24T12:00": "Good afternoon, Dana", "2026-11-24T18:05": "Good evening, Dana", "2026-11-25T03:00": "Good evening, Dana"} {
		shop.Clock.Set(reporttest.At(t, wall))
		s.Changed()
		if h := s.Header(); h.Title != want {
			t.Errorf("at %s: %q", wall, h.Title)
		}
	}
	shop.Clock.Set(reporttest.At(t, "2026-11-24T23:30")) // the 25th in UTC
	s.Changed()
	if h := s.Header(); !strings.HasPrefix(h.Subtitle, "Tuesday 24 November 2026 · practice clock 23:30 · 8 appointments today") {
		t.Errorf("%q", h.Subtitle)
	}
	if w.Headers < 4 {
		t.Errorf("the header was drawn anew %d times", w.Headers)
	}
	b := w.Business
	b.Person = ""
	if err := shop.Store.SetBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	if h := s.Header(); h.Title != "Good evening" {
		t.Errorf("without a name: %q", h.Title)
	}
}

func TestTheHeadersButtonsLeadToPagesThatExist(t *testing.T) {
	w, s := open(t, reporttest.New(t))
	for _, action := range s.Header().Actions {
		action.(*widget.Button).Press()
	}
	if len(w.Opened) != 2 || w.Opened[0] != page.Import || w.Opened[1] != page.Campaigns || w.Targets[0] != (page.NewCampaign{}) {
		t.Errorf("they lead to %v %v", w.Opened, w.Targets)
	}
}

func TestAnEmptyProfileInvitesToImport(t *testing.T) {
	shop := reporttest.Empty(t)
	w, s := open(t, shop)
	has(t, w, "Ready when you are")
	has(t, w, "1. Bring in your customers", "2. Choose who sends your texts", "3. Send a first coupon")
	for _, b := range pagetest.Find[*widget.Button](w) {
		b.Press()
	}
	if !slices.Equal(w.Opened, []page.Name{page.Import, page.Settings, page.Campaigns}) || w.Targets[0] != (page.ToSettings{Section: "provider"}) || w.Targets[1] != (page.NewCampaign{}) {
		t.Errorf("the steps lead to %v %v", w.Opened, w.Targets)
	}
	// The first people bring the page, without a campaign.
	shop.People(5, 0)
	s.Changed()
	has(t, w, "No appointments today", "No campaign yet")
	hasNot(t, w, "Ready when you are")
}

func TestADayWithoutVisitsNamesTheNext(t *testing.T) {
	shop := reporttest.New(t)
	shop.Clock.Set(reporttest.At(t, "2026-11-22T10:00"))
	w, s := open(t, shop)
	has(t, w, "No appointments today", "Next is Tom Alvarez, Tue 24 Nov 09:30.")
	w.Picture(t, "today-nobody")
	shop.Clock.Set(reporttest.At(t, "2026-11-24T10:42"))
	s.Changed()
	has(t, w, "Today’s appointments", "Ruth Abelson")
	hasNot(t, w, "No appointments today")
	shop.Clock.Set(reporttest.At(t, "2026-11-28T10:00"))
	s.Changed()
	has(t, w, "No appointment lies ahead.")
}

func TestTheLastCampaignShowsItsFunnelAndMoney(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	has(t, w, "Sunglasses week", "Practice", "412", "398", "96.6%", "171", "43.0%", "46", "11.6%", "$2,917.78", "$9.06", "$63.43",
		"46 of 398 people who got the text redeemed their coupon: 11.6%.", "Most people opened their link on 12 Nov: 96 of 171.", "Opens and redemptions, last 14 days")
	// A later campaign takes its place. Nobody knows what it costs or brought.
	shop.Clock.Set(reporttest.At(t, "2026-11-24T11:00"))
	later := shop.Send("Winter", reporttest.Audience, 0, 0, 0)
	s.Changed()
	has(t, w, "Winter", "Not known", "428 texts were sent; no phone has confirmed one yet.")
	hasNot(t, w, "Sunglasses week", "$2,917.78")
	if s.day.Last.Campaign.ID != later {
		t.Errorf("campaign %d shows", s.day.Last.Campaign.ID)
	}
}

func TestWhatNeedsAPersonShowsAtMostThreeAndTheMostUrgentFirst(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	has(t, w, "3 replies are unclear", "“maybe after 4?” and 2 others", "2 people have no number", "Nadia Blum, tomorrow 09:30 and 1 other")
	if n := len(pagetest.Find[*widget.AttentionCard](w)); n != 2 {
		t.Errorf("%d cards", n)
	}
	shop.People(0, 3)
	s.Changed()
	has(t, w, "3 rows were rejected", "customers.xlsx, row 2 and 2 others")
	if err := shop.Store.SetCampaignState(t.Context(), shop.Campaign, data.Paused, "credit", data.Running); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	has(t, w, "1 campaign is paused", "Sunglasses week: No money is left at the provider.")
	hasNot(t, w, "were rejected")
	if n := len(pagetest.Find[*widget.AttentionCard](w)); n != 3 {
		t.Errorf("%d cards", n)
	}
	// The others wait behind a link.
	has(t, w, "1 more thing needs a person")
	press(t, w, "1 more thing needs a person")
	has(t, w, "3 rows were rejected")
	w.Picture(t, "today-more")
	rows := pagetest.Find[*widget.ListRow](w)
	rows[len(rows)-1].Press()
	if len(w.Opened) != 1 || w.Opened[0] != page.Import || len(w.Window.Canvas().Overlays().List()) != 0 {
		t.Errorf("it leads to %v", w.Opened)
	}
}

func TestEachNeedLeadsToWhereItIsDealtWith(t *testing.T) {
	shop := reporttest.New(t)
	shop.People(0, 3)
	if err := shop.Store.SetCampaignState(t.Context(), shop.Campaign, data.Paused, "credit", data.Running); err != nil {
		t.Fatal(err)
	}
	w, s := open(t, shop)
	last, err := shop.Store.Imports(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		to     page.Name
		target any
	}{
		{page.Campaigns, page.ToCampaign{ID: shop.Campaign}},
		{page.Inbox, nil},
		{page.Appointments, page.WithoutPhone{}},
		{page.Import, page.ToImport{ID: last[0].ID}},
	} {
		w.Opened, w.Targets = nil, nil
		s.board.lead(s.Content(), s.day, &s.day.Needs[i])
		if len(w.Opened) != 1 || w.Opened[0] != want.to || want.target != nil && (len(w.Targets) != 1 || w.Targets[0] != want.target) {
			t.Errorf("%s leads to %v %v", s.day.Needs[i].Kind, w.Opened, w.Targets)
		}
	}
	press(t, w, "See results")
	press(t, w, "Open board")
	if n := len(w.Targets); w.Targets[n-2] != (page.ToCampaign{ID: shop.Campaign}) || w.Targets[n-1] != (page.ToDay{Day: "2026-11-24"}) {
		t.Errorf("%v", w.Targets)
	}
}

func TestTextsInDoubtLeadToTheirCampaignOrAreListed(t *testing.T) {
	shop := reporttest.New(t)
	shop.Clock.Set(reporttest.At(t, "2026-11-13T10:00"))
	w, s := open(t, shop)
	need := func() *Need {
		for i := range s.day.Needs {
			if s.day.Needs[i].Kind == NeedFailed {
				return &s.day.Needs[i]
			}
		}
		t.Fatalf("%+v", s.day.Needs)
		return nil
	}
	n := need()
	s.board.lead(s.Content(), s.day, n)
	if len(w.Targets) != 1 || w.Targets[0] != (page.ToCampaign{ID: shop.Campaign}) {
		t.Errorf("%d texts of one campaign lead to %v", n.N, w.Targets)
	}
	// A second campaign fails too: whoever looks sees both.
	shop.Clock.Set(reporttest.At(t, "2026-11-13T11:00"))
	shop.Send("Second", reporttest.Audience, 2, 0, 0)
	s.Changed()
	n = need()
	if n.Campaign() != 0 {
		t.Fatalf("texts of two campaigns belong to %d", n.Campaign())
	}
	s.board.lead(s.Content(), s.day, n)
	has(t, w, "Second", "Sunglasses week", "The number doesn’t exist.", "Open")
	w.Picture(t, "today-failed")
}

// account is an engine whose provider tells what is left.
type account struct {
	left  string
	asked int
}

func (a *account) Use(_ context.Context, do func(*sender.Opened) error) error {
	return do(&sender.Opened{Provider: a})
}
func (a *account) Restart()                    {}
func (a *account) Wake()                       {}
func (a *account) Name() string                { return "twilio" }
func (a *account) Capabilities() provider.Caps { return provider.Caps{Balance: true} }
func (a *account) Check(context.Context) error { return nil }
func (a *account) Send(context.Context, []provider.Text) []provider.Outcome {
	return nil
}

func (a *account) Statuses(context.Context, []provider.Sent) ([]provider.Status, error) {
	return nil, nil
}

func (a *account) Replies(context.Context, string) ([]provider.Inbound, string, error) {
	return nil, "", nil
}

func (a *account) Balance(context.Context) (string, string, error) {
	a.asked++
	return a.left, "USD", nil
}

func TestALowBalanceIsToldOfAndAskedForOnceAnHour(t *testing.T) {
	shop := reporttest.New(t)
	if err := shop.Store.SetPrice(t.Context(), "twilio", "", "", 22_000, "USD"); err != nil {
		t.Fatal(err)
	}
	w := pagetest.New(t, shop.Store)
	bank := &account{left: "6.20"}
	w.Env.Engine, w.Env.Practice = bank, false
	clock := time.Unix(1_795_000_000, 0)
	s := newScreen(w.Env, func() time.Time { return clock })
	w.Put(s, 1072, 720)
	has(t, w, "Twilio balance is $6.20", "Pays about 281 texts more", "Top up")
	w.Picture(t, "today-balance")
	s.Changed()
	clock = clock.Add(59 * time.Minute)
	s.Shown()
	if bank.asked != 1 {
		t.Errorf("asked %d times within an hour", bank.asked)
	}
	pagetest.Find[*widget.AttentionCard](w)[0].Press()
	if len(w.Targets) != 1 || w.Targets[0] != (page.ToSettings{Section: "provider"}) {
		t.Errorf("it leads to %v", w.Targets)
	}
	bank.left = "250.00"
	clock = clock.Add(2 * time.Minute)
	s.Shown()
	s.Changed()
	if bank.asked != 2 {
		t.Errorf("asked %d times after an hour", bank.asked)
	}
	hasNot(t, w, "balance is")
}

func TestWithPracticeNobodyIsAskedForMoney(t *testing.T) {
	shop := reporttest.New(t)
	w := pagetest.New(t, shop.Store)
	bank := &account{left: "0"}
	w.Env.Engine = bank
	w.Put(newScreen(w.Env, atOnce), 1072, 720)
	if bank.asked != 0 {
		t.Error("Practice has no account")
	}
}

func TestAShopOfRealPeopleIsToldThatNothingIsReallySent(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	id, err := s.BeginImport(t.Context(), store.ImportFile{Name: "customers.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	row := data.ImportRow{Number: 2, Contact: data.Contact{Phone: "+12015550101", Name: "Maya Chen", Facts: data.PhoneFacts{Phone: "+12015550101", Region: "US", Fictional: true}}}
	if _, err := s.ImportBatch(t.Context(), id, []data.ImportRow{row}); err != nil {
		t.Fatal(err)
	}
	if err := s.FinishImport(t.Context(), id, &data.Receipt{Rows: 1, Added: 1}); err != nil {
		t.Fatal(err)
	}
	w := pagetest.New(t, s)
	page := newScreen(w.Env, atOnce)
	w.Put(page, 1072, 720)
	has(t, w, "Nothing is really sent yet", "Choose a provider")
	if err := s.SetProvider(t.Context(), "practice", nil); err != nil {
		t.Fatal(err)
	}
	page.Changed()
	hasNot(t, w, "Nothing is really sent yet")
}

func TestOnePressMarksAVisit(t *testing.T) {
	shop := reporttest.New(t)
	w, _ := open(t, shop)
	state := func() data.AppointmentState {
		all, err := shop.Store.Appointments(t.Context(), "2026-11-24T09:30", "2026-11-24T09:31")
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		return all[0].State
	}
	pagetest.Find[*widget.IconButton](w)[0].Press() // Tom Alvarez, 09:30: the first who hasn't come yet
	if got := state(); got != data.Arrived {
		t.Errorf("Tom is %s", got)
	}
	has(t, w, "Arrived")
}

// press presses the link that reads so, the last one drawn.
func press(t *testing.T, w *pagetest.Window, text string) {
	t.Helper()
	links := pagetest.Find[*widget.Link](w)
	for i := len(links) - 1; i >= 0; i-- {
		if links[i].Text() == text {
			links[i].Press()
			return
		}
	}
	t.Fatalf("no link %q", text)
}

func TestAVisitIsMarkedAtTheDesk(t *testing.T) {
	shop := reporttest.New(t)
	w, _ := open(t, shop)
	var undo func()
	w.Env.Toast = func(toast widget.Toast) func() {
		w.Toasts = append(w.Toasts, toast.Text)
		undo = toast.Do
		return func() {}
	}
	state := func() data.AppointmentState {
		all, err := shop.Store.Appointments(t.Context(), "2026-11-24T10:15", "2026-11-24T10:16")
		if err != nil || len(all) != 1 {
			t.Fatal(err)
		}
		return all[0].State
	}
	pagetest.Find[*widget.ListRow](w)[2].Press() // Priya Nair, 10:15
	has(t, w, "They have arrived", "They didn’t come")
	w.Picture(t, "today-visit")
	menu := w.Window.Canvas().Focused()
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := state(); got != data.Arrived {
		t.Errorf("Priya is %s", got)
	}
	if len(w.Toasts) != 1 || w.Toasts[0] != "Priya Nair: arrived" {
		t.Errorf("%q", w.Toasts)
	}
	undo()
	if got := state(); got != data.Confirmed {
		t.Errorf("after undo Priya is %s", got)
	}
	// Who hasn't been due yet can't have stayed away; who cancelled isn't asked about.
	pagetest.Find[*widget.ListRow](w)[6].Press()
	hasNot(t, w, "They didn’t come")
}

func TestWhyExplainsTheRuleAndTheFigures(t *testing.T) {
	w, s := open(t, reporttest.New(t))
	s.board.results.whyRates()
	has(t, w, "Redeemed", "The code stands in the text itself", "412 sent, 398 delivered, 171 people opened, 46 redeemed. 47 people had nothing but previews")
	w.Picture(t, "today-why-rates")
	for _, o := range w.Window.Canvas().Overlays().List() {
		w.Window.Canvas().Overlays().Remove(o)
	}
	s.board.results.whyOpens()
	has(t, w, "What counts as an open", "no read receipt", "days of Los Angeles", "171 people opened, 47 had previews only")
	w.Picture(t, "today-why-opens")
}

func TestWhatStaysTheSameIsNotDrawnAnew(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	card, row, funnel := pagetest.Find[*widget.AttentionCard](w)[0], pagetest.Find[*widget.ListRow](w)[0], s.board.results.funnel
	s.Changed()
	if pagetest.Find[*widget.AttentionCard](w)[0] != card || pagetest.Find[*widget.ListRow](w)[0] != row || s.board.results.funnel != funnel {
		t.Error("nothing had changed, but things were drawn anew")
	}
	if err := shop.Store.SetHandled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	if pagetest.Find[*widget.AttentionCard](w)[0] == card || pagetest.Find[*widget.ListRow](w)[0] != row {
		t.Error("a reply was handled: the cards change, the visits don't")
	}
}

func TestAFailedLoadKeepsWhatIsThere(t *testing.T) {
	shop := reporttest.New(t)
	w, s := open(t, shop)
	shop.Store.Close()
	s.Changed()
	if len(w.Errors) != 1 {
		t.Errorf("errors %v", w.Errors)
	}
	has(t, w, "Sunglasses week", "Maya Chen")
}

func TestTheOtherLanguageShowsTheSameDayAtOnce(t *testing.T) {
	shop := reporttest.New(t)
	_, s := open(t, shop)
	memory := s.Memory()
	w := pagetest.NewIn(t, shop.Store, i18n.Chinese, theme.Light)
	next := newScreen(w.Env, atOnce)
	next.Recall(memory)
	w.Window.SetContent(next.Content())
	w.Window.Resize(fyne.NewSize(1072, 720))
	has(t, w, "今日预约", "已送达")
}

// held keeps tasks until they are let go, as a slow disk would.
type held struct{ tasks []page.Task }

func (h *held) Run(t page.Task) func() { h.tasks = append(h.tasks, t); return func() {} }

func (h *held) finish(t *testing.T) {
	now := h.tasks
	h.tasks = nil
	for _, task := range now {
		page.Now{Context: t.Context()}.Run(task)
	}
}

func TestTheOldFiguresStayWhileNewOnesLoad(t *testing.T) {
	shop := reporttest.New(t)
	w := pagetest.New(t, shop.Store)
	slow := &held{}
	w.Env.Tasks = slow
	var skeleton func()
	w.Env.After = func(_ time.Duration, do func()) func() { skeleton = do; return func() {} }
	s := newScreen(w.Env, atOnce)
	w.Put(s, 1072, 720)
	skeleton()
	if len(s.content.Objects) != 1 {
		t.Error("nothing stands there while the first look takes long")
	}
	slow.finish(t)
	has(t, w, "Sunglasses week")
	if err := shop.Store.SetHandled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	s.Changed()
	s.Changed()
	has(t, w, "3 replies are unclear")
	if len(slow.tasks) != 1 {
		t.Errorf("%d loads at once", len(slow.tasks))
	}
	slow.finish(t)
	has(t, w, "2 replies are unclear")
}

func TestALongLookIsFollowedByARest(t *testing.T) {
	shop := reporttest.New(t)
	w := pagetest.New(t, shop.Store)
	var waits []time.Duration
	var end func()
	w.Env.After = func(d time.Duration, do func()) func() { waits, end = append(waits, d), do; return func() {} }
	clock := time.Time{}
	s := newScreen(w.Env, func() time.Time { clock = clock.Add(200 * time.Millisecond); return clock })
	w.Put(s, 1072, 720)
	if len(waits) != 2 || waits[1] != 1600*time.Millisecond {
		t.Fatalf("waits %v", waits)
	}
	if err := shop.Store.SetHandled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	s.Changed()
	has(t, w, "3 replies are unclear")
	end()
	has(t, w, "2 replies are unclear")
	end()
	if len(waits) != 3 {
		t.Errorf("nothing had changed, but there were %d looks", len(waits)-1)
	}
}

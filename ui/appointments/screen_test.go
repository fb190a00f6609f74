package appointments

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
)

func (s *shop) key(names ...fyne.KeyName) {
	for _, name := range names {
		if f := s.Window.Window.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
}

func TestAnEmptyBookInvitesToTakeInASchedule(t *testing.T) {
	s := newShop(t)
	s.says("No appointments yet", "Import schedule", "New appointment")
	s.Choose = func([]string) string { return s.file("week.csv", schedule) }
	s.tap("Import schedule")
	s.says("week.csv differs from this board: 9 new", "1 has no phone number")
}

// The receptionist's day (lessons, section 5): drop the export, apply, review, schedule.
func TestAReceptionistsDayTakesFourClicks(t *testing.T) {
	s := filled(t)
	plan, err := s.ReminderPlan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan.Mode = data.PlanReview
	if err := s.SetReminderPlan(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	s.page.reload()
	s.pass()
	s.must(len(s.texts()) == 0, "the plan waits for review, and %d texts are queued", len(s.texts()))

	next := strings.Replace(schedule, "13:00,60,Ivy", "15:00,60,Ivy", 1)
	next = strings.Replace(next, "2026-11-25,14:30,45,Sam Whitaker,(503) 555-0104,Eye exam,Dr Okafor,Room 1\n", "", 1)
	next += "2026-11-25,12:00,45,Oscar Bell,(503) 555-0121,Eye exam,Dr Lindqvist,Room 2\n"
	s.page.Dropped([]fyne.URI{storage.NewFileURI(s.file("schedule-nov.csv", next))}) // 1
	s.says("schedule-nov.csv differs from this board: 1 new, 1 moved, 1 cancelled", "Moved from 13:00", "New", "1 has no phone number")
	if a := s.visit("Ivy Coleman"); a.Wall != "2026-11-25T13:00" {
		t.Errorf("before it was applied she comes at %s", a.Wall)
	}
	s.tap("Apply 3 changes") // 2
	if a, b := s.visit("Ivy Coleman"), s.visit("Sam Whitaker"); a.Wall != "2026-11-25T15:00" || a.Version != 2 || b.State != data.ApptCancelled {
		t.Errorf("applied: %+v, %+v", a, b)
	}
	s.says("schedule-nov.csv applied: 1 new, 1 moved, 1 cancelled", "9 rows")
	s.tap("Review reminders") // 3
	s.says("Ivy Coleman", "visit Wed 25 Nov 15:00 · 1 day before", "15:00", "Times are Los Angeles time", "There is no phone number.", "Gwen Foster", "quiet hours moved it from Wed 25 Nov 07:00", "in one text with Ben Castillo")
	s.tap("Schedule 16") // 4
	queued := 0
	for _, m := range s.texts() {
		if m.State == data.Queued && m.Kind == data.Reminder {
			queued++
		}
	}
	s.must(queued == 16, "%d reminders are queued", queued)
	s.must(s.page.room == nil && slices.Contains(s.Toasts, "16 reminders are scheduled"), "toasts %q", s.Toasts)
	s.tap("Review reminders")
	s.says("16 scheduled")
}

func TestAScheduleIsLookedAtChangeByChangeAndAsksOnceAboutConsent(t *testing.T) {
	s := newShop(t)
	s.page.openSchedule(s.file("week.csv", schedule))
	s.tap("Apply 9 changes")
	s.says("Import the earlier one again")
	s.must(s.page.room != nil, "it was applied without an answer about consent")
	s.says("Without a phone number", "Gwen Foster", "May these people be reminded", "9 rows in the file", "Answer the question first")
	all, err := s.Shop.Appointments(t.Context(), "2026", "2027")
	s.must(err == nil && len(all) == 0, "looking wrote %d visits (%v)", len(all), err)
	s.page.room.(*look).s.answer = answerBooked
	s.page.room.changed()
	s.page.arrange()
	s.tap("Apply 9 changes")
	a := s.visit("Amir Haddad")
	p, err := s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{a.Phone})
	if err != nil || !p[a.Phone].Granted || p[a.Phone].Basis != data.Contract {
		t.Errorf("%+v (%v)", p, err)
	}
	if got := s.Keeps[keepAnswer]; got != string(answerBooked) {
		t.Errorf("the answer is not remembered: %v", got)
	}
	again := newScreen(s.Env)
	if again.answer != answerBooked {
		t.Error("the next page asks again")
	}
}

func TestWithoutAnAnswerNobodysConsentIsRecorded(t *testing.T) {
	s := newShop(t)
	s.page.answer = answerNothing
	s.page.openSchedule(s.file("week.csv", schedule))
	s.page.apply()
	a := s.visit("Amir Haddad")
	if p, err := s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{a.Phone}); err != nil || p[a.Phone].Granted {
		t.Errorf("%+v (%v)", p, err)
	}
}

func TestNotNowLeavesEverythingAsItIs(t *testing.T) {
	s := filled(t)
	s.page.openSchedule(s.file("none.csv", "Date,Time,Patient,Mobile\n2026-11-25,10:00,Lucia Romero,(503) 555-0102\n"))
	s.says("7 cancelled")
	s.tap("Not now")
	s.must(s.page.schedule == nil && s.visit("Amir Haddad").State == data.Booked, "something changed")
}

func TestAFileThatIsNoScheduleSaysWhatToDoAndItsColumnsCanBeNamed(t *testing.T) {
	s := filled(t)
	s.page.openSchedule(s.file("odd.csv", "When they come,At,Who\n2026-12-01,10:00,Lucia Romero\n2026-12-02,11:00,Hugo Bauer\n"))
	if s.page.schedule.Found != nil { // it was understood by itself: nothing to name
		t.Fatalf("%+v", s.page.schedule.Found.Receipt)
	}
	s.says("odd.csv can’t be taken in", "Show columns")
	s.tap("Show columns")
	l := s.page.room.(*look)
	l.name("When they come", data.FieldDate)
	l.name("At", data.FieldTime)
	l.name("Who", data.FieldName)
	s.must(s.page.schedule.Found != nil, "it still can't be read: %v", s.page.schedule.Problem)
	s.must(s.page.schedule.Found.New == 2, "%+v", s.page.schedule.Found)
	s.page.apply()
	s.page.openSchedule(s.file("next.csv", "When they come,At,Who\n2026-12-03,10:00,Ada Lind\n"))
	s.must(s.page.schedule.Found != nil && s.page.schedule.Found.New == 1, "the columns were not remembered: %v", s.page.schedule.Problem)
}

func TestAFileThatIsntThereLeavesTheBoardAndSaysSo(t *testing.T) {
	s := filled(t)
	s.page.OpenAt(page.ToSchedule{Path: "/nowhere/book.xlsx"})
	s.must(s.page.schedule != nil && s.page.schedule.Problem != nil, "no word about it")
	s.says("book.xlsx can’t be taken in", "Amir Haddad")
}

func TestABookThatChangedMeanwhileIsComparedAgainBeforeAnythingIsApplied(t *testing.T) {
	s := filled(t)
	s.page.openSchedule(s.file("next.csv", strings.Replace(schedule, "13:00,60,Ivy", "15:00,60,Ivy", 1)))
	a := s.visit("Ivy Coleman")
	a.Wall = "2026-11-25T16:00"
	if err := s.ChangeAppointment(t.Context(), &a, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	s.page.apply()
	if got := s.visit("Ivy Coleman"); got.Wall != "2026-11-25T16:00" {
		t.Errorf("it was applied over the change: %s", got.Wall)
	}
	s.must(s.page.schedule.Found != nil && s.page.schedule.Found.Moved == 1, "it was not compared again")
	s.page.apply()
	if got := s.visit("Ivy Coleman"); got.Wall != "2026-11-25T15:00" {
		t.Errorf("the second time: %s", got.Wall)
	}
}

func TestTheBoardSaysHowTheDayStandsAndWhoCantBeReminded(t *testing.T) {
	s := filled(t)
	if h := s.page.Header(); h.Subtitle != "Wednesday 25 November 2026 · 8 people, 0 confirmed" {
		t.Errorf("the header says %q", h.Subtitle)
	}
	s.says("Booked", "1 cannot be reminded", "Add number", "1 day before", "2 hours before")
	names := []string{}
	for _, c := range s.page.table.table.columns {
		names = append(names, c.Name+"/"+c.Place)
	}
	if got := strings.Join(names, " "); got != "Dr Lindqvist/Room 2 Dr Okafor/Room 1 Tomás/Fitting" {
		t.Errorf("the columns are %s", got)
	}
	ben, ida := s.block("Ben Castillo"), s.block("Ida Castillo")
	if ben.Position().X == ida.Position().X || ben.Position().X+ben.Size().Width > ida.Position().X {
		t.Errorf("two at once lie on each other: %v %v, %v", ben.Position(), ben.Size(), ida.Position())
	}
	amir, lucia := s.block("Amir Haddad"), s.block("Lucia Romero")
	if got := lucia.Position().Y - amir.Position().Y; got != 68 {
		t.Errorf("an hour is %v px", got)
	}
}

func TestAMissingNumberIsAddedInPlace(t *testing.T) {
	s := filled(t)
	s.tap("Add number")
	number := s.entry("Phone")
	number.SetText("12")
	s.tap("Save number")
	if a := s.visit("Gwen Foster"); a.Phone != "" {
		t.Fatalf("saved %s", a.Phone)
	}
	s.entry("Phone").SetText(" （503）５５５－０１９９ ")
	s.tap("Save number")
	a := s.visit("Gwen Foster")
	s.must(a.Phone == "+15035550199", "saved %q", a.Phone)
	if p, err := s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{a.Phone}); err != nil || !p[a.Phone].Granted {
		t.Errorf("%+v (%v)", p, err)
	}
	s.must(len(s.page.why(s.seen("Gwen Foster"))) == 0, "she still can't be reminded")
	s.pass()
	found := slices.ContainsFunc(s.texts(), func(m data.Message) bool { return m.To == a.Phone })
	s.must(found, "no reminder was planned to the new number")
}

func TestSomebodyWhoOptedOutIsNotOpenedAgainByANumberAddedByHand(t *testing.T) {
	s := filled(t)
	const out = data.Phone("+15035550199")
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: out, Event: data.Withdraw, Scope: data.ScopeReminders, GivenAt: s.Now(), Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}}); err != nil {
		t.Fatal(err)
	}
	s.tap("Add number")
	s.entry("Phone").SetText(string(out))
	s.tap("Save number")
	if p, err := s.Permissions(t.Context(), data.ScopeReminders, []data.Phone{out}); err != nil || !p[out].Closed {
		t.Errorf("%+v (%v)", p, err)
	}
	s.says("They opted out.")
}

func TestOneClickMovesAVisitAndUndoTakesItBack(t *testing.T) {
	s := filled(t)
	var toast widget.Toast
	s.Env.Toast = func(shown widget.Toast) func() { toast = shown; return func() {} }
	s.page.openMenu(s.block("Amir Haddad"), s.seen("Amir Haddad"))
	s.key(fyne.KeyReturn) // the first line
	s.must(s.visit("Amir Haddad").State == data.Confirmed && toast.Text == "Amir Haddad: confirmed", "%s, %q", s.visit("Amir Haddad").State, toast.Text)
	toast.Do()
	s.must(s.visit("Amir Haddad").State == data.Booked, "undo left him %s", s.visit("Amir Haddad").State)
	s.page.setView(ListView)
	s.page.move(s.seen("Hugo Bauer"), data.Arrived)
	s.must(s.seen("Hugo Bauer").Mark == MarkArrived, "%s", s.seen("Hugo Bauer").Mark)
}

func TestTheKeysLeadThroughTheBoardAndOpenAVisit(t *testing.T) {
	s := filled(t)
	board := s.page.table.table
	s.Window.Window.Canvas().Focus(board)
	at := func(want string) {
		t.Helper()
		if b := board.current(); b == nil || b.visit.Patient != want {
			t.Errorf("the keys are on %v, want %s", b, want)
		}
	}
	at("Hugo Bauer")
	s.key(fyne.KeyDown)
	at("Ivy Coleman")
	s.key(fyne.KeyRight)
	at("Sam Whitaker")
	s.key(fyne.KeyHome)
	at("Amir Haddad")
	s.key(fyne.KeyRight, fyne.KeyEnd)
	at("Ida Castillo")
	s.key(fyne.KeyPageUp, fyne.KeyLeft)
	at("Amir Haddad")
	if !board.current().marked {
		t.Error("it doesn't show where the keys are")
	}
	s.key(fyne.KeyReturn)
	s.says("(503) 555-0101", "Change or move…", "1 day before: its hour has passed, so it goes at once")
	s.key(fyne.KeyEscape)
	s.must(s.Window.Window.Canvas().Overlays().Top() == nil, "Escape left the card open")
}

func TestTheKeysReachTheLastOfManyColumnsAndTheHoursStay(t *testing.T) {
	s := newShop(t)
	rows := "Date,Time,Minutes,Patient,Phone,Service,Staff,Room\n"
	for i := range 12 {
		rows += fmt.Sprintf("2026-11-25,09:00,30,Patient %02d,(503) 555-01%02d,Eye exam,Dr Number %02d,Room %d\n", i, i, i, i)
	}
	s.page.openSchedule(s.file("many.csv", rows))
	s.page.answer = answerNothing
	s.page.apply()
	s.page.goDay("2026-11-25")
	table := s.page.table.table
	s.Window.Window.Canvas().Focus(table)
	head := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.page.table.heads.Objects[11])
	for range 11 {
		s.key(fyne.KeyRight)
	}
	last := s.block("Patient 11")
	if at := last.Position().X + last.Size().Width - table.scroll.Offset.X; table.current() != last || table.scroll.Offset.X == 0 || at > table.scroll.Size().Width {
		t.Errorf("the last column ends at %v of %v, scrolled by %v", at, table.scroll.Size().Width, table.scroll.Offset.X)
	}
	if x := table.labels[0].Position().X; x != table.scroll.Offset.X {
		t.Errorf("the hours are at %v, the view begins at %v", x, table.scroll.Offset.X)
	}
	if now := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.page.table.heads.Objects[11]); head.X-now.X != table.scroll.Offset.X {
		t.Errorf("the columns moved by %v, their heads by %v", table.scroll.Offset.X, head.X-now.X)
	}
	for range 11 {
		s.key(fyne.KeyLeft)
	}
	if table.scroll.Offset.X != 0 {
		t.Errorf("back at the first column it is scrolled by %v", table.scroll.Offset.X)
	}
}

func TestReplacedRenderersDrawTheSameBoard(t *testing.T) {
	s := filled(t)
	b := s.block("Amir Haddad")
	before := b.who.Position()
	b.who.Move(fyne.NewPos(0, 0))
	b.CreateRenderer()
	if b.who.Position() != before {
		t.Error("a block whose renderer was made again is not laid out")
	}
}

func TestANewAppointmentIsCheckedBesideItsFieldsAndBooked(t *testing.T) {
	s := filled(t)
	s.page.CreateNew()
	s.tap("Book")
	s.says("Type who comes.")
	s.entry("Name").SetText("Noor Rahman")
	s.entry("Phone").SetText("hello")
	s.entry("Minutes").SetText("lots")
	s.tap("Book")
	s.says("Type minutes such as 30")
	s.entry("Phone").SetText("503 555 0122")
	s.entry("Minutes").SetText("1:30")
	form := s.formFields()
	form.time.SetText("9:00 am")
	form.day.SetText("yesterday")
	s.tap("Book")
	s.says("That is over already.")
	form.day.SetText("2026年11月26日")
	form.changed()
	s.says("Reminders: 1 day before: Wed 25 Nov 09:00")
	s.tap("Book")
	a := s.visit("Noor Rahman")
	if a.Wall != "2026-11-26T09:00" || a.Minutes != 90 || a.Phone != "+15035550122" || a.Zone != "America/Los_Angeles" {
		t.Errorf("%+v", a)
	}
	s.must(s.page.day == "2026-11-26", "the page stayed on %s", s.page.day)
	if n := len(s.texts()); n != 0 {
		t.Errorf("%d texts went out unasked", n)
	}
}

// formFields is the form of the dialog that shows.
func TestEnterPressedTwiceBooksOnceAndAnyNameCanBeTold(t *testing.T) {
	s := filled(t)
	s.page.CreateNew()
	s.entry("Name").SetText("א\u2067Smith\u200f  \U0001f600 \u202e")
	s.entry("Phone").SetText("503 555 0177")
	form := s.formFields()
	form.changed()
	s.says("Fill in the rest first.")
	form.time.SetText("14:30")
	form.changed()
	if words := s.Words(); strings.Contains(words, "Working out") {
		t.Errorf("it never says whether they may be told: %s", words)
	}
	form.save()
	form.save()
	all, err := s.Appointments(t.Context(), "2026-11-25T14:30", "2026-11-25T14:31")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range all {
		if a.Phone == "+15035550177" {
			n++
		}
	}
	s.must(n == 1, "%d visits are booked", n)
}

func (s *shop) formFields() *form { s.t.Helper(); return s.page.form }

func TestWhoIsMovedIsToldTheNewTimeAndRemindedAnew(t *testing.T) {
	s := filled(t)
	s.pass()
	v := s.seen("Lucia Romero")
	s.page.edit(v)
	form := s.formFields()
	form.time.SetText("15:15")
	form.changed()
	form.notice.tick.Set(true)
	form.notice.show()
	s.says("Text them the new time", "They may be texted now: 1 segment")
	s.must(strings.Contains(form.notice.words.Text, "Lucia, your visit to Lark Optical is now on Wed 25 Nov at 3:15 pm"), "the words are %q", form.notice.words.Text)
	s.tap("Save")
	a := s.visit("Lucia Romero")
	s.must(a.Wall == "2026-11-25T15:15" && a.Version == 2, "%+v", a)
	s.Move(time.Minute)
	s.pass()
	told := false
	for _, m := range s.texts() {
		if m.To == a.Phone && m.Kind == data.Notice {
			told = strings.Contains(m.Text, "3:15 pm") && m.AcceptedAt != 0
		}
		if m.To == a.Phone && m.Kind == data.Reminder && m.Version == 1 && (m.State == data.Queued || m.State == data.Held) {
			t.Errorf("a reminder of the old time still waits: %+v", m)
		}
	}
	s.must(told, "she was not told")
}

func TestWhoMayNotBeTextedIsNotOffered(t *testing.T) {
	s := filled(t)
	a := s.visit("Lucia Romero")
	if _, err := s.RecordConsent(t.Context(), data.ConsentEntry{Phone: a.Phone, Event: data.Withdraw, Scope: data.ScopeReminders, GivenAt: s.Now(), Single: true, Statement: data.Statement{Method: "keyword", Source: "STOP"}}); err != nil {
		t.Fatal(err)
	}
	s.page.cancelVisit(s.seen("Lucia Romero"))
	s.says("Cancel Lucia Romero’s visit?", "They can’t be texted: They opted out.")
	s.tap("Cancel visit")
	s.must(s.visit("Lucia Romero").State == data.ApptCancelled, "it is %s", s.visit("Lucia Romero").State)
	for _, m := range s.texts() {
		if m.Kind == data.Notice {
			t.Errorf("a text is queued: %+v", m)
		}
	}
}

func TestThePlanEditorShowsExactTimesBeforeItIsSaved(t *testing.T) {
	s := filled(t)
	s.page.editPlan()
	p := s.page.room.(*planEditor)
	s.says("Who decides", "Amir Haddad", "What this means", "Quiet hours moved it from")
	p.draft.Steps = append(p.draft.Steps, DraftStep{Number: "1", Unit: DaysAt, At: 16 * 60})
	p.showSteps()
	p.edited()
	p.foresee()
	s.says("1 day before at 16:00: Tue 24 Nov 16:00")
	p.draft.Texts["en"] = "Hi {first_nam}"
	p.edited()
	s.must(p.save.Disabled(), "a wording with a placeholder that is none can be saved")
	p.draft.Texts["en"] = "{first_name|Hello}, {brand} expects you on {date} at {time}."
	p.edited()
	p.foresee()
	s.says("Lark Optical expects you on")
	s.tap("Save plan")
	plan, err := s.ReminderPlan(t.Context())
	if err != nil || len(plan.Steps) != 3 || plan.Steps[1].Name != "1d@1600" || plan.Texts["en"] == "" {
		t.Errorf("%+v (%v)", plan, err)
	}
	s.must(s.page.room == nil, "the editor stayed")
}

func TestAPlanThatWasChangedIsNotLostByLeavingIt(t *testing.T) {
	s := filled(t)
	s.tap("Review reminders")
	from := s.page.room
	s.page.editPlan()
	s.page.Escape()
	s.must(s.page.room == from, "from the review's Edit, Escape leads elsewhere")
	s.must(!slices.Contains(s.Toasts, "The plan was not saved."), "a plan that nobody touched is missed")
	s.page.editPlan()
	s.page.room.(*planEditor).draft.Texts["en"] = "Hi {first_name|there}, {date} {time}."
	other := newScreen(s.Env)
	other.Recall(s.page.Memory())
	if p, ok := other.room.(*planEditor); !ok || p.draft.Texts["en"] != "Hi {first_name|there}, {date} {time}." {
		t.Error("in the other language the wording is gone")
	}
	s.page.Escape()
	s.must(slices.Contains(s.Toasts, "The plan was not saved."), "toasts %q", s.Toasts)
}

func TestAnotherPlanPlansWhatWaitsAnew(t *testing.T) {
	s := filled(t)
	s.pass()
	before := len(s.texts())
	s.must(before > 8, "%d reminders", before)
	s.page.editPlan()
	p := s.page.room.(*planEditor)
	p.draft.Mode = data.PlanOff
	p.store()
	for _, m := range s.texts() {
		if m.State == data.Queued || m.State == data.Held {
			t.Errorf("a reminder waits though they are off: %+v", m)
		}
	}
	s.says("Reminders are off")
	s.tap("Review reminders")
	s.says("Turn on and schedule")
}

func TestTheSearchFindsAVisitOnAnyDayAndEscapeLeadsBack(t *testing.T) {
	s := filled(t)
	s.page.FocusSearch()
	s.page.searchFor("wirth")
	s.says("Otto Wirth", "Fri 27 Nov")
	if h := s.page.Header(); h.Subtitle != "1 visit found" {
		t.Errorf("the header says %q", h.Subtitle)
	}
	s.page.searchFor("%")
	s.says("Nothing found for “%”")
	s.page.find.Text = "%"
	s.must(s.page.Escape(), "Escape did nothing")
	s.page.searchFor("")
	s.says("Amir Haddad")
	s.must(!s.page.Escape(), "Escape did something where there is nothing to leave")
}

func TestTheViewIsRememberedAndAnotherLanguageKeepsTheDay(t *testing.T) {
	s := filled(t)
	s.page.tabs.Choose(1)
	s.must(s.page.view == WeekView && s.Keeps[keepView] == "week", "%v", s.Keeps)
	s.says("Sun 22 Nov", "Fri 27 Nov", "Otto Wirth")
	again := newScreen(s.Env)
	again.Recall(s.page.Memory())
	s.must(again.view == WeekView && again.day == wednesday && again.board == s.page.board, "it begins anew")
}

func TestLeadsFromOtherPagesOpenADayAVisitAndWhoHasNoNumber(t *testing.T) {
	s := filled(t)
	s.page.goDay("2026-12-24")
	s.page.OpenAt(page.ToDay{Day: wednesday, Appointment: s.visit("Amir Haddad").ID})
	s.says("(503) 555-0101", "Change or move…")
	s.key(fyne.KeyEscape)
	s.page.OpenAt(page.WithoutPhone{})
	s.says("Gwen Foster", "There is no phone number.")
	s.must(s.page.Escape(), "Escape did nothing")
	s.says("Amir Haddad")
}

func TestATimeInAnotherZoneSaysWhoseItIs(t *testing.T) {
	s := filled(t)
	a := data.Appointment{Patient: "Cleo Far", Wall: "2026-11-25T11:00", Zone: "America/Chicago", Staff: "Dr Okafor"}
	if err := s.BookAppointment(t.Context(), &a, data.PhoneFacts{}); err != nil {
		t.Fatal(err)
	}
	s.page.reload()
	if b := s.block("Cleo Far"); !strings.HasPrefix(b.what.Text(), "Chicago time") {
		t.Errorf("the block says %q", b.what.Text())
	}
	s.page.openCard(s.block("Cleo Far"), s.seen("Cleo Far"))
	s.says("Chicago time", "09:00 here")
}

func TestThePointerShowsABlockAndTheOtherButtonItsMenu(t *testing.T) {
	s := filled(t)
	b := s.block("Amir Haddad")
	b.MouseIn(&desktop.MouseEvent{})
	if !b.hovered || b.Cursor() != desktop.PointerCursor {
		t.Error("it doesn't show under the pointer")
	}
	b.MouseOut()
	b.TappedSecondary(&fyne.PointEvent{})
	s.says("Confirmed", "Cancel visit")
}

package imports

import (
	"context"
	"strings"
	"testing"
	"time"

	"counterbell/ui/i18n"
	"counterbell/ui/page"
	"counterbell/ui/widget"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPastImportsCanBeUndoneAtAnyTime(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(1)
	d.press(fyne.KeyReturn)
	d.screen.Escape()
	if h := d.screen.Header(); len(h.Actions) != 1 || h.Actions[0].(*widget.Button).Text() != "Past imports 1" {
		t.Fatalf("%+v", h)
	}
	d.screen.Header().Actions[0].(*widget.Button).Press()
	d.wants(t, "a.csv", "1 row")
	d.button(t, "Undo").Press()
	d.Asked[0].OnConfirm()
	if d.people(t) != 0 {
		t.Error("still there")
	}
	d.wants(t, "Undone")
	d.screen.desk.ShowRecord(&d.screen.desk.Imports[0])
	d.screen.show()
	d.wants(t, "Import undone")
	if !d.screen.Escape() || d.screen.desk.Step != Past || !d.screen.Escape() || d.screen.desk.Step != File || d.screen.Escape() {
		t.Errorf("step %d", d.screen.desk.Step)
	}
}

func TestAFileSavedAgainMeanwhileIsLookedThroughOnceMore(t *testing.T) {
	d := english(t)
	path := d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(1)
	write(t, path, "Name,Phone\nAnn,(503) 555-0101\nBen,(503) 555-0102\n")
	d.press(fyne.KeyReturn)
	if d.people(t) != 0 {
		t.Error("imported unseen")
	}
	d.wants(t, "was saved again since you checked it", "Import 2 people")
	d.press(fyne.KeyReturn)
	if d.people(t) != 2 {
		t.Error("not imported")
	}
}

func TestWhileAnImportIsUndoneTheReceiptSaysSo(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(4)
	d.press(fyne.KeyReturn)
	d.wants(t, "1 person added", "Nobody can get offers yet")
	l := &later{}
	d.Tasks = l
	d.button(t, "Undo this import").Press()
	d.Asked[0].OnConfirm()
	d.Asked[0].OnConfirm() // a double click
	if !d.button(t, "Undoing…").(*widget.Button).Disabled() || len(l.tasks) != 1 {
		t.Errorf("%d tasks", len(l.tasks))
	}
	l.next()
	d.wants(t, "Import undone", "Undone: 1 person removed.")
	if all := d.texts(); strings.Contains(all, "They are in your book now.") || strings.Contains(all, "Nobody can get offers yet") {
		t.Error("the receipt speaks of people who were removed")
	}
	if d.people(t) != 0 {
		t.Error("still there")
	}
}

// later runs tasks when it is told to.
type later struct {
	tasks []page.Task
	ended bool // their contexts
}

func (l *later) Run(t page.Task) func() {
	l.tasks = append(l.tasks, t)
	return func() {}
}

func (l *later) next() {
	t := l.tasks[0]
	l.tasks = l.tasks[1:]
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if l.ended {
		cancel()
	}
	err := t.Do(ctx, func(s page.Step) {
		if t.Progress != nil {
			t.Progress(s)
		}
	})
	if t.Done != nil {
		t.Done(err)
	}
}

func TestACancelledImportGoesBackToTheCheck(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(1)
	tasks := &later{ended: true}
	d.Tasks = tasks
	d.press(fyne.KeyReturn)
	d.wants(t, "Importing a.csv", "Cancel the import")
	if tasks.tasks[0].Name != "Importing a.csv" {
		t.Error(tasks.tasks[0].Name)
	}
	if d.screen.Escape() {
		t.Error("Escape stopped the import")
	}
	d.drop(t, "b.csv", "Name,Phone\nBen,(503) 555-0102\n")
	if d.screen.desk.Step != Running || len(d.Toasts) != 1 {
		t.Error("a second list got in the way")
	}
	tasks.next()
	if d.screen.desk.Step != Check || d.screen.desk.Problem != nil || d.people(t) != 0 {
		t.Errorf("step %d, %v", d.screen.desk.Step, d.screen.desk.Problem)
	}
	d.wants(t, "Import 1 person")
}

func TestLeavingThePageDoesNotStopTheImport(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.answer(1)
	tasks := &later{}
	d.Tasks = tasks
	d.press(fyne.KeyReturn)
	d.screen.Hidden()
	tasks.next()
	if d.people(t) != 1 || len(d.Toasts) != 1 || d.Toasts[0] != "1 person imported from a.csv" {
		t.Errorf("%v", d.Toasts)
	}
}

func TestAnOvertakenLookIsDropped(t *testing.T) {
	d := english(t)
	tasks := &later{}
	d.Tasks = tasks
	d.After = func(_ time.Duration, do func()) func() { do(); return func() {} }
	d.drop(t, "slow.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	d.wants(t, "Reading slow.csv…")
	d.drop(t, "quick.csv", "Name,Phone\nBen,(503) 555-0102\n")
	tasks.next()
	if d.screen.desk.Open != nil {
		t.Error("the first file came up after the second was dropped")
	}
	tasks.next()
	d.wants(t, "quick.csv", "Counting what would become of each row")
	d.screen.Escape()
	tasks.next() // the counting of a list that was left
	if d.screen.desk.Step != File || d.screen.desk.Counted != nil {
		t.Error("the list came back")
	}
}

func TestASwitchOfLanguageKeepsTheCheckedList(t *testing.T) {
	d := english(t)
	d.drop(t, "camden.csv", messyList)
	d.answer(0)
	d.screen.check.consent.source.SetText("Card")
	tasks := &later{}
	d.Tasks = tasks
	d.press(fyne.KeyReturn)

	env := *d.Env
	env.Texts = i18n.New(i18n.Chinese)
	zh := newScreen(&env, time.Now)
	zh.Recall(d.screen.Memory())
	d.screen = zh
	d.wants(t, "正在导入 camden.csv")
	tasks.next()
	d.wants(t, "7 行全部有着落", "签过表格或卡片 · Card")
}

func TestAnInterruptedImportIsToldOf(t *testing.T) {
	d := english(t)
	d.screen.desk.Interrupted = "people.xlsx"
	d.screen.show()
	d.wants(t, "The import of people.xlsx was interrupted", "Nothing of it was saved")
	d.drop(t, "people.xlsx", "")
	if strings.Contains(d.texts(), "was interrupted") {
		t.Error("it stands beside what is wrong with the next file")
	}
}

func TestEnterOnTheChosenAnswerImports(t *testing.T) {
	d := english(t)
	d.drop(t, "a.csv", "Name,Phone\nAnn,(503) 555-0101\n")
	radio := d.screen.check.consent.radio
	d.Window.Window.Canvas().Focus(test.WidgetRenderer(radio).Objects()[0].(*fyne.Container).Objects[4].(fyne.Focusable))
	enter := func() { d.Window.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	enter()
	if radio.Selected() != 4 || d.people(t) != 0 {
		t.Fatalf("the first Enter chose %d and brought %d people", radio.Selected(), d.people(t))
	}
	enter()
	if d.people(t) != 1 {
		t.Error("Enter on the chosen answer didn't import")
	}
}

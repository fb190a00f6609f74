package widget

import (
	"testing"

	"counterbell/assets/icons"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestThePaneIsDraggedRememberedAndAPageOfItsOwnWhereThereIsNoRoom(t *testing.T) {
	p := NewSidePane(Body("list"), Body("person"), 332, 760)
	var kept float32
	alone := 0
	p.OnMove = func(width float32) { kept = width }
	p.OnAlone = func(bool) { alone++ }
	w := window(t, p)
	w.Resize(fyne.NewSize(1024, 600))
	alone = 0
	if got := p.side.Size().Width; got != 332 {
		t.Fatalf("the pane is %v wide", got)
	}
	p.grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-60, 0)})
	p.grip.DragEnd()
	if got := p.side.Size().Width; got != 392 || kept != 392 {
		t.Errorf("dragged, the pane is %v wide, and %v is kept", got, kept)
	}
	p.grip.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-2000, 0)})
	if got := p.side.Size().Width; got != 512 {
		t.Errorf("dragged too far, the pane is %v wide: it leaves half of the page to the list", got)
	}
	w.Resize(fyne.NewSize(700, 600))
	if !p.Alone() || alone != 1 || !p.main.Visible() || p.side.Visible() {
		t.Fatal("in a narrow window the list isn't alone")
	}
	p.ShowSide()
	if p.main.Visible() || !p.side.Visible() || p.side.Size().Width != 700 || !p.Side() {
		t.Error("the person isn't a page of their own")
	}
	p.ShowMain()
	w.Resize(fyne.NewSize(1024, 600))
	if p.Alone() || alone != 2 || !p.main.Visible() || !p.side.Visible() {
		t.Error("with room again, both don't show")
	}
}

func TestTheBulkBarLeavesItsWordsAwayWhereThereIsNoRoom(t *testing.T) {
	var did []string
	action := func(text string) BulkAction {
		return BulkAction{Icon: icons.Tag, Text: text, Do: func(fyne.CanvasObject) { did = append(did, text) }}
	}
	b := NewBulkBar([]BulkAction{action("Message"), action("Put a tag on"), action("Record consent")}, "Clear", func() { did = append(did, "clear") })
	b.Set("3 selected", "Select all 1,204", func() { did = append(did, "all") })
	w := window(t, Column(0, b))
	if b.actions[0].brief || !b.actions[0].label.Visible() {
		t.Fatal("with room the words are left away")
	}
	w.Resize(fyne.NewSize(420, 300))
	if b.actions[0].brief || !b.actions[2].brief || b.actions[2].tip != "Record consent" {
		t.Error("the words that there is room for are left away")
	}
	w.Resize(fyne.NewSize(340, 300))
	if !b.actions[0].brief || b.actions[0].label.Visible() || b.actions[0].tip != "Message" {
		t.Error("without room the words stay, or don't become tips")
	}
	for _, a := range b.actions {
		if end := a.Position().X + a.Size().Width; end > b.Size().Width || a.Position().X < 0 {
			t.Errorf("an action stands at %v of %v", a.Position(), b.Size())
		}
	}
	b.Press(1)
	b.cross.Press()
	b.all.Press()
	b.Action(2).Disable()
	b.Press(2)
	if len(did) != 3 || did[0] != "Put a tag on" || did[1] != "clear" || did[2] != "all" {
		t.Errorf("did %q", did)
	}
}

func TestATimelineSaysWhatHappenedAndStrikesWhatNoLongerCounts(t *testing.T) {
	line := NewTimeline([]Event{
		{Tone: OK, What: "Agreed to offers", Detail: "3 Mar 2026 · paper card", Quote: "Yes, text me.", More: NewCaptionLink("Import 1", nil)},
		{Tone: Neutral, What: "Agreed to reminders", Struck: true},
	})
	w := window(t, line)
	w.Resize(fyne.NewSize(300, 500))
	if len(line.Objects) != 2 {
		t.Fatalf("%d events", len(line.Objects))
	}
	first, last := line.Objects[0].(*timelinePoint), line.Objects[1].(*timelinePoint)
	if first.line.Hidden || !last.line.Hidden {
		t.Error("the line leads on from the last event, or not from the first")
	}
	var struck bool
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if text, ok := o.(*Text); ok && text.struck && text.text == "Agreed to reminders" {
			struck = true
		}
		if c, ok := o.(*fyne.Container); ok {
			for _, inner := range c.Objects {
				look(inner)
			}
		}
	}
	look(last.content)
	if !struck {
		t.Error("what no longer counts isn't struck")
	}
}

func TestFilterPillsArePressed(t *testing.T) {
	var pressed []string
	on := NewFilter("Opted out", func() { pressed = append(pressed, "on") })
	choice := NewFilterChoice("Consent", func() { pressed = append(pressed, "choice") })
	plus := NewFilterAdd("Add filter", func() { pressed = append(pressed, "plus") })
	window(t, Row(8, on, choice, plus))
	test.Tap(on)
	test.Tap(choice)
	test.Tap(plus)
	if len(pressed) != 3 || on.Text() != "Opted out" || on.MinSize().Height < 28 || plus.MinSize().Height < 28 {
		t.Errorf("pressed %q, %v high", pressed, on.MinSize())
	}
}

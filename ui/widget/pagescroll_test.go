package widget

import (
	"testing"

	"counterbell/assets/icons"
	"counterbell/data"
	"counterbell/ui/theme"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestThePagesScrollBarStandsInTheMargin(t *testing.T) {
	test.NewTempApp(t)
	content := Surface(theme.Panel, Sized(200, 900, Spring()))
	page := PageScroll(content)
	page.Resize(fyne.NewSize(500, 300))
	if content.Size().Width != 500 || page.Objects[0].Size() != fyne.NewSize(500+PageScrollRoom, 300) {
		t.Errorf("the content is %v wide, what scrolls it %v", content.Size(), page.Objects[0].Size())
	}
	if least := page.MinSize(); least.Width > 200 {
		t.Errorf("it asks for %v", least)
	}
}

func TestEveryStateOfAVisitHasALook(t *testing.T) {
	for _, state := range []data.AppointmentState{data.Booked, data.Reminded, data.Confirmed, data.UnclearReply, data.ApptCancelled, data.Arrived, data.NoShow} {
		if tone, icon := VisitLook(state); icon == nil || tone == Neutral && state != data.Booked {
			t.Errorf("%s: %v %v", state, tone, icon)
		}
	}
	if _, icon := VisitLook("?"); icon != (*icons.Icon)(nil) {
		t.Error("what isn't known has an icon")
	}
}

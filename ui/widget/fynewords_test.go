package widget

import (
	"testing"

	"counterbell/ui/i18n"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
)

func TestFynesOwnWordsFollowTheLanguage(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		language             i18n.Language
		no, selectAll, short string
	}{
		{i18n.Chinese, "否", "全选", "周二"}, {i18n.English, "No", "Select all", "Tue"}, {i18n.Chinese, "否", "全选", "周二"},
	} {
		if err := SpeakFyne(i18n.New(c.language)); err != nil {
			t.Fatal(err)
		}
		if got := []string{lang.L("No"), lang.L("Select all"), lang.X("tuesday.short", "?")}; got[0] != c.no || got[1] != c.selectAll || got[2] != c.short {
			t.Errorf("in %s Fyne says %q", c.language, got)
		}
	}
	if err := SpeakFyne(i18n.New(i18n.English)); err != nil {
		t.Fatal(err)
	}
	if len(fyneWords) != 25 {
		t.Errorf("%d words besides the weekdays, Fyne 2.7.1 has 25", len(fyneWords))
	}
}

package contacts

import (
	"testing"

	"counterbell/ui/i18n"
	"counterbell/ui/page"
)

func TestWhereAConsentIsFromIsReadInTheReadersLanguage(t *testing.T) {
	for source, want := range map[string]string{"booked an appointment": "预约时留下号码", "booked an appointment: 十一月.csv": "预约时留下号码: 十一月.csv", "card no. 214": "card no. 214", "": ""} {
		if got := sourceText(&page.Env{Texts: i18n.New(i18n.Chinese)}, source); got != want {
			t.Errorf("%q reads %q, want %q", source, got, want)
		}
	}
}

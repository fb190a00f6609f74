package i18n

import (
	"strings"
	"testing"
)

func TestAGroupIsPutIntoWords(t *testing.T) {
	en, zh := New(English), New(Chinese)
	for written, want := range map[string]string{"all": "", "": "", "last_visit <": "last_visit <"} {
		if got := en.Conditions(written, "USD"); got != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
	for _, written := range []string{"tag = vip", "tag != vip", "city = Portland", "last_visit < 60d", "last_visit >= 30d", "last_visit >= 2026-09-01", "spend >= 100", "visits = 2", "birthday = now", "birthday = 11", "country = DE", "language = es"} {
		for _, texts := range []*Texts{en, zh} {
			got := texts.Conditions(written+" and city = Bend", "USD")
			if !strings.Contains(got, " · ") || strings.Contains(got, "contacts.said") || strings.Contains(got, "{") {
				t.Errorf("%s: %q reads %q", texts.Language(), written, got)
			}
		}
	}
	if got := en.Conditions("last_visit < 60d", "USD"); !strings.Contains(got, "60 days") {
		t.Errorf("it reads %q", got)
	}
}

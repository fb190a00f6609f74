package remind

import (
	"strings"
	"testing"

	"counterbell/data"
	"counterbell/sender/provider"
)

func TestPeopleAreToldOfTheirVisitInTheWordsThatAreReadThere(t *testing.T) {
	a := data.Appointment{GivenName: "Amir", Patient: "Amir Haddad", Wall: "2026-11-25T15:15", Zone: "America/Los_Angeles", Service: "Root canal", Note: "anxious"}
	b := data.Business{Name: "Lark Optical"}
	for lang, kinds := range noticeOf {
		for _, news := range []News{NewsBooked, NewsMoved, NewsCancelled} {
			if kinds[news] == "" {
				t.Errorf("%s has no words for %s", lang, news)
			}
		}
	}
	for region, want := range map[string]string{"US": "Amir, your visit to Lark Optical is now on Wed 25 Nov at 3:15 pm", "CN": "您到Lark Optical的预约已改到11月25日", "ZZ": "Amir, your visit", "ES": "Amir, su cita en Lark Optical pasa al"} {
		got, err := Notice(NewsMoved, &a, region, b, provider.Caps{})
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %q (%v), want %q", region, got, err, want)
		}
		if strings.Contains(got, "Root") || strings.Contains(got, "anxious") {
			t.Errorf("%s says what the visit is about: %q", region, got)
		}
	}
	a.GivenName = ""
	if got, err := Notice(NewsCancelled, &a, "GB", b, provider.Caps{}); err != nil || !strings.HasPrefix(got, "Hello, your visit to Lark Optical") {
		t.Errorf("without a name: %q (%v)", got, err)
	}
	a.Wall = "soon"
	if _, err := Notice(NewsMoved, &a, "US", b, provider.Caps{}); data.CodeOf(err) != data.Invalid {
		t.Errorf("a time that is none: %v", err)
	}
}

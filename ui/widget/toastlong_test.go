package widget

import (
	"strings"
	"testing"
)

func TestALongSentenceIsWholeOnAToast(t *testing.T) {
	s, _ := stage(t, Body("page"))
	sentence := "The link relay can’t be reached. Check your connection and the relay’s address in Settings; links are published as soon as it answers."
	s.Toast(Toast{Tone: Danger, Text: sentence, Stays: true})
	s.Toast(Toast{Tone: OK, Text: "Saved"})
	long, short := s.toasts.Objects[0].(*toastWidget), s.toasts.Objects[1].(*toastWidget)
	lines := long.label.wrap(toastText)
	if got := strings.Join(lines, " "); got != sentence || len(lines) < 2 {
		t.Errorf("it reads %q", got)
	}
	if short.Size().Height != 44 || long.Size().Height <= short.Size().Height || long.Position().Y+long.Size().Height > short.Position().Y {
		t.Errorf("the long one is %v at %v, the short one %v at %v", long.Size(), long.Position(), short.Size(), short.Position())
	}
}

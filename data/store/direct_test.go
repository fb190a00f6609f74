package store

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

func TestATextWrittenByHandIsClaimedLikeAReminderAndKeepsItsWords(t *testing.T) {
	s, clock := newStore(t)
	imported(t, s, agreed, person(1))
	asked := s.Now()
	clock.move(time.Minute)
	id, err := s.QueueDirect(t.Context(), Direct{Phone: fiction(1), Kind: data.Notice, Body: "  16:15 is free.  ", Appointment: 7, By: "Dana", Asked: asked})
	if err != nil {
		t.Fatal(err)
	}
	m := claim(t, s)
	if m.ID != id || m.Campaign != 0 || m.Appointment != 0 || m.Contact == 0 || m.Kind != data.Notice || m.Step != DirectStep {
		t.Errorf("claimed %+v", m)
	}
	words, err := s.Directs(t.Context(), []data.MessageID{id, id + 1})
	if err != nil || len(words) != 1 {
		t.Fatalf("%v (%v)", words, err)
	}
	if d := words[id]; d.Body != "16:15 is free." || d.By != "Dana" || d.Appointment != 7 || d.Asked != asked || d.NotAfter.Sub(s.Now()) != directLasts {
		t.Errorf("words %+v", d)
	}
	if err := s.CancelDirect(t.Context(), id); data.CodeOf(err) != "direct_gone" {
		t.Errorf("one that is being handed over is taken back: %v", err)
	}
	if err := s.Unclaim(t.Context(), []data.MessageID{id}); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelDirect(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if m := message(t, s); m.State != data.MsgCancelled {
		t.Errorf("after taking it back: %+v", m)
	}
}

func TestATextWithoutWordsOrNumberOrEndIsRefused(t *testing.T) {
	s, _ := newStore(t)
	for code, d := range map[data.Code]Direct{
		"direct_no_number": {Kind: data.Notice, Body: "Hi"},
		"direct_empty":     {Phone: fiction(1), Kind: data.Notice, Body: " \n "},
		"direct_too_long":  {Phone: fiction(1), Kind: data.Notice, Body: strings.Repeat("字", DirectLimit+1)},
		data.Invalid:       {Phone: fiction(1), Kind: "letter", Body: "Hi"},
	} {
		if _, err := s.QueueDirect(t.Context(), d); data.CodeOf(err) != code {
			t.Errorf("%+.40v: %v, want %s", d, err, code)
		}
	}
	if all, err := s.Messages(t.Context(), MessageFilter{}); err != nil || len(all) > 0 {
		t.Errorf("queued %v (%v)", all, err)
	}
}

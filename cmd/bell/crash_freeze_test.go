package main

import (
	"fmt"
	"testing"

	"counterbell/data"
)

// TestKilledWhileAnAudienceIsFrozen kills bell before each commit of writing an audience down, some people at a time: the
// campaign is a draft then, of which nothing goes out, and can be sent again; in the end everybody got it once.
func TestKilledWhileAnAudienceIsFrozen(t *testing.T) {
	const people = 2500 // three transactions of people
	dir := shop(t, map[string]string{"seed": "7"})
	path, audience := list(t, people, areas)
	bell(t, dir, "import", path, "--consent", "marketing", "--basis", "express_written")
	bell(t, dir, "campaign", "create", "--name", "Sunglasses week", "--group", "all", "--text", "Hi {first_name|there}, {offer} with {code}: {link}", "--offer", "20% off", "--expires", "7d")
	s := look(t, dir)
	kills, half := 0, 0
	for commit := 1; ; commit++ {
		if commit > 60 {
			t.Fatal("the campaign is never sent")
		}
		died := start(t, dir, []string{fmt.Sprintf("%s=:%d+0s", diesAt, commit)}, "campaign", "send", "1").killAfter(t, bellTakes)
		c, err := s.Campaign(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if c.State != data.Draft {
			break
		}
		if !died {
			t.Fatal("bell ended by itself, and the campaign is a draft")
		}
		kills++
		if n := messagesIn(t, s.Path); n > 0 {
			half++
		}
		// Whoever sends meanwhile hands nothing of a draft over.
		bell(t, dir, "run", "--once")
		if n := messagesIn(t, s.Path); n != 0 {
			t.Fatalf("killed before commit %d: %d messages of a draft are left after the next start", commit, n)
		}
	}
	if half < 2 {
		t.Errorf("%d kills, %d of them in the middle of the audience, prove little", kills, half)
	}
	bell(t, dir, "run", "--once")
	if counts := account(t, dir, s, audience); counts["texts"] == 0 {
		t.Errorf("%v", counts)
	}
	soundly(t, s)
}

// messagesIn counts the messages in a profile's file.
func messagesIn(t *testing.T, path string) (n int) {
	t.Helper()
	pairs(t, path, `SELECT id, state FROM message`, func(string, string) { n++ })
	return n
}

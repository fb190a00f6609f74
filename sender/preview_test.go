package sender

import (
	"strings"
	"testing"

	"counterbell/data"
)

func TestAPreviewIsTheTextThatGoesOut(t *testing.T) {
	s := newShop(t)
	s.people(person(0), person(1))
	c := s.draft("Hi {first_name|there}, {offer} until {expires}: {code}")
	c.Variants = append(c.Variants, data.Variant{Name: "B", Text: "{offer}! {code}"})
	planner := s.engine.Campaigns()
	if err := planner.Create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	who, err := s.ContactByPhone(t.Context(), person(0).Contact.Phone)
	if err != nil {
		t.Fatal(err)
	}
	p, err := planner.Preview(t.Context(), c, who.ID, "A")
	if err != nil || p.Text != "Lark Optical: Hi Ann, 20% off until 1 Dec: 7K74-QMPX\nReply STOP to opt out" || p.Length.Segments != 1 || p.State != data.Queued || p.Name != "Ann Number0" {
		t.Errorf("%+v (%v)", p, err)
	}
	if p, err = planner.Preview(t.Context(), c, who.ID, "B"); err != nil || !strings.Contains(p.Text, "20% off! 7K74-QMPX") {
		t.Errorf("%+v (%v)", p, err)
	}
	if _, err := planner.Preview(t.Context(), c, 999, ""); data.CodeOf(err) != data.NotFound {
		t.Errorf("nobody: %v", err)
	}
}

func TestWhatIsAddedIsWhatIsMissing(t *testing.T) {
	s := newShop(t)
	for source, want := range map[string][2]string{
		"Hi, {code}":                            {"Lark Optical:", "Reply STOP to opt out"},
		"{brand}: hi, {code}.":                  {"", "Reply STOP to opt out"},
		"Lark Optical: hi. Reply STOP to stop.": {"", ""},
	} {
		a, err := s.engine.Campaigns().Added(t.Context(), data.Marketing, source)
		if err != nil || a.Before != want[0] || a.After != want[1] || a.Region != "US" {
			t.Errorf("%q: %+v, want %q (%v)", source, a, want, err)
		}
	}
}

func TestAnUnfinishedDraftIsNotSent(t *testing.T) {
	s := newShop(t)
	s.people(person(0))
	c := s.draft("Hi, {code}")
	if err := s.engine.Campaigns().Create(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	c.Reason = data.Unfinished
	if err := s.UpdateDraft(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := s.engine.Campaigns().Send(t.Context(), c.ID, 0); data.CodeOf(err) != "campaign_unfinished" {
		t.Errorf("it was sent: %v", err)
	}
}

package remind

import (
	"strings"
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider"
	"counterbell/sender/text"
)

var twoSteps = data.ReminderPlan{Steps: []data.ReminderStep{{Name: "1d", Before: 24 * time.Hour, EveningBefore: true}, {Name: "2h", Before: 2 * time.Hour, EveningBefore: true}}}

func at(t *testing.T, wall string) data.Instant {
	t.Helper()
	i, err := data.WallAt(wall, "America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// planned writes the moments as a clock in Portland shows them.
func planned(t *testing.T, visit, now string, plan data.ReminderPlan) string {
	t.Helper()
	facts, err := phone.Facts("+15035550142")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	a := data.Appointment{Wall: visit, Zone: "America/Los_Angeles", Phone: facts.Phone, State: data.Booked}
	var out []string
	for _, c := range Course(nil, &a, facts, plan, at(t, now)) {
		if c.Due == 0 {
			continue
		}
		if c.Due >= at(t, visit) {
			t.Errorf("a reminder at %s of a visit at %s", c.Due, visit)
		}
		out = append(out, c.Step.Name+" "+c.Due.In(zone).Format("Mon 15:04"))
	}
	return strings.Join(out, ", ")
}

func TestRemindersComeSoLongBeforeAndNeverAtNightOrAfterTheVisit(t *testing.T) {
	late := data.ReminderPlan{Steps: []data.ReminderStep{{Name: "2h", Before: 2 * time.Hour}}}
	for _, c := range []struct{ visit, now, want string }{
		{"2026-11-26T14:00", "2026-11-24T10:00", "1d Wed 14:00, 2h Thu 12:00"},
		{"2026-11-26T08:30", "2026-11-24T10:00", "1d Wed 08:30, 2h Wed 20:45"}, // 06:30 is night: the evening before
		{"2026-11-26T07:00", "2026-11-24T10:00", "1d Tue 20:45, 2h Wed 20:45"}, // so is 07:00 the day before
		{"2026-11-25T14:00", "2026-11-24T16:00", "1d Tue 16:00, 2h Wed 12:00"}, // missed by two hours: at once
		{"2026-11-24T14:00", "2026-11-24T11:30", "2h Tue 12:00"},               // too near to the next one
		{"2026-11-24T14:00", "2026-11-24T12:30", "2h Tue 12:30"},               // missed, with an hour and a half left
		{"2026-11-24T14:00", "2026-11-24T13:30", ""},                           // they are on their way
		{"2026-11-24T09:00", "2026-11-24T10:00", ""},                           // it is over
		{"2027-03-14T14:00", "2027-03-12T10:00", "1d Sat 13:00, 2h Sun 12:00"}, // 24 hours before, across the change of clocks
		{"2026-11-26T08:30", "2026-11-25T23:00", "2h Thu 08:00"},               // no evening is left: when the night ends, and once
	} {
		if got := planned(t, c.visit, c.now, twoSteps); got != c.want {
			t.Errorf("a visit at %s, as of %s: %q, want %q", c.visit, c.now, got, c.want)
		}
	}
	if got := planned(t, "2026-11-26T09:30", "2026-11-24T10:00", late); got != "2h Thu 08:00" {
		t.Errorf("without the evening before: %q", got)
	}
	if got := planned(t, "2026-11-26T07:30", "2026-11-24T10:00", late); got != "" {
		t.Errorf("a night that ends after the visit: %q", got)
	}
}

func TestEveryWordingIsAReminderThatCanBeRead(t *testing.T) {
	for lang, kinds := range wordingOf {
		for kind, w := range kinds {
			parsed, err := text.Parse(data.Reminder, w)
			if err != nil {
				t.Fatalf("%s %s: %v", lang, kind, err)
			}
			if out, missing := parsed.Render(text.Of(map[string]string{"brand": "Lark Optical", "date": "26 Nov", "time": "09:30"})); len(missing) > 0 || !strings.Contains(out, "09:30") {
				t.Errorf("%s %s without a name: %q, missing %v", lang, kind, out, missing)
			}
			if answers := strings.Contains(w, "1") && strings.Contains(w, "2"); answers != (kind == "answer") {
				t.Errorf("%s %s asks for an answer: %v", lang, kind, answers)
			}
		}
	}
	reads, deaf := provider.Caps{Inbound: provider.PollListByTime}, provider.Caps{Inbound: provider.PollNone}
	if w := Wording("es", reads); !strings.Contains(w, "Responda 1") {
		t.Errorf("Spanish: %q", w)
	}
	if w := Wording("xx", deaf); w != wordingOf["en"]["plain"] {
		t.Errorf("a language without a wording: %q", w)
	}
}

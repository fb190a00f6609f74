package remind

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/text"
)

// Two visits of one day on one phone, such as two children's, get one text for each step of the plan. It names all of
// them; each keeps a status of its own.

// Reminders of the day before name all visits of the day. Those of the day itself name only what follows soon: nobody
// wants to hear at eight of what is at five in the afternoon, and not again.
const (
	dayBefore = 12 * time.Hour
	soonAfter = 2 * time.Hour
)

// mostNamed is how many visits one text names; the next ones get the next text.
const mostNamed = 4

// mergeWait is how soon a reminder is looked at again that goes with another one's text.
const mergeWait = time.Minute

// Together tells whether one text names two visits of a day on one phone whose reminders of the same step are due so far
// apart.
func Together(step *data.ReminderStep, apart time.Duration) bool {
	return step.Lead() >= dayBefore || apart.Abs() <= soonAfter
}

// family returns the visits that a reminder's text is to name, soonest first, its own among them. There are none when
// another text has named its visit already. wait is set when another one's reminder, due before, is about to name it: then
// this one waits to see whether it did.
func (r *Reminder) family(ctx context.Context, a *data.Appointment, plan data.ReminderPlan, m *data.Message, now data.Instant) (visits []data.Appointment, wait data.Instant, err error) {
	others, named, err := r.Store.Family(ctx, a, m.Step)
	if err != nil || named {
		return nil, 0, err
	}
	step := data.ReminderStep{}
	for i := range plan.Steps {
		if plan.Steps[i].Name == m.Step {
			step = plan.Steps[i]
		}
	}
	visits = []data.Appointment{*a}
	for i := range others {
		o := &others[i]
		starts, err := o.Appointment.Starts()
		if err != nil || starts <= now || !o.Waits() || step.Unanswered && o.Appointment.State == data.Confirmed || !Together(&step, o.Due.Sub(m.Due)) {
			continue
		}
		// What was tried and couldn't go is due later: then the next one speaks for both.
		if o.Due < m.Due || o.Due == m.Due && o.Message < m.ID {
			return nil, now.Add(mergeWait), nil
		}
		if len(visits) < mostNamed {
			visits = append(visits, o.Appointment)
		}
	}
	slices.SortStableFunc(visits, func(x, y data.Appointment) int { return cmp.Or(cmp.Compare(x.Wall, y.Wall), cmp.Compare(x.ID, y.ID)) })
	return visits, 0, nil
}

// valuesOf are what the placeholders of a reminder stand for: those of one visit, or where a text names several, each
// thing once, and the times with the names of who comes.
func valuesOf(lang, region string, visits []data.Appointment) (map[string]string, error) {
	first := &visits[0]
	var given, names, times, places, staff, services []string
	add := func(to *[]string, s string) {
		if s != "" && !slices.Contains(*to, s) {
			*to = append(*to, s)
		}
	}
	wall, err := data.ParseWall(first.Wall)
	if err != nil {
		return nil, err
	}
	for i := range visits {
		v := &visits[i]
		at, err := data.ParseWall(v.Wall)
		if err != nil {
			return nil, err
		}
		called := data.Called(v.Patient, v.GivenName)
		add(&given, called)
		add(&names, v.Patient)
		add(&places, v.Place)
		add(&staff, v.Staff)
		add(&services, v.Service)
		when := text.Clock(lang, region, at)
		if len(visits) > 1 && called != "" {
			open, shut := " (", ")"
			if strings.HasPrefix(lang, "zh") {
				open, shut = "（", "）"
			}
			when += open + called + shut
		}
		add(&times, when)
	}
	return map[string]string{
		"first_name": listed(lang, given), "patient": listed(lang, given), "name": listed(lang, names), "place": listed(lang, places), "staff": listed(lang, staff),
		"service": listed(lang, services), "date": text.WeekDay(lang, wall), "time": listed(lang, times),
	}, nil
}

// and joins the last two of several things.
var and = map[string]string{"en": " and ", "zh": "和", "es": " y ", "fr": " et ", "de": " und "}

// listed writes several things in one line, as the language does.
func listed(lang string, things []string) string {
	if len(things) < 2 {
		return strings.Join(things, "")
	}
	short, _, _ := strings.Cut(lang, "-")
	last, ok := and[short]
	if !ok {
		last = " & "
	}
	comma := ", "
	if short == "zh" {
		comma = "、"
	}
	end := len(things) - 1
	return strings.Join(things[:end], comma) + last + things[end]
}

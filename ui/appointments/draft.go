package appointments

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
)

// Unit is in what a step of the plan is counted.
type Unit int

const (
	DaysAt  Unit = iota // so many days before, at a time of day
	Days                // so many days before, at the visit's own hour
	Hours               // so many hours before the visit
	Minutes             // so many minutes before it
)

// mostSteps is how many reminders a plan may have; more than that annoys.
const mostSteps = 5

// longestLead is the longest a reminder may come before a visit: reminders are queued that far ahead.
const longestLead = 14 * 24 * time.Hour

// Draft is a plan while it is being edited.
type Draft struct {
	Mode  data.PlanMode
	Steps []DraftStep
	Texts map[string]string
	Text  string
}

// DraftStep is one step as it was typed.
type DraftStep struct {
	Number     string
	Unit       Unit
	At         int // minutes since midnight, for DaysAt
	AtBad      bool
	Evening    bool
	Unanswered bool
}

// DraftOf is a plan to be edited.
func DraftOf(p data.ReminderPlan) Draft {
	d := Draft{Mode: p.Mode, Texts: maps.Clone(p.Texts), Text: p.Text}
	if d.Texts == nil {
		d.Texts = map[string]string{}
	}
	for _, s := range p.Steps {
		step := DraftStep{At: 10 * 60, Evening: s.EveningBefore, Unanswered: s.Unanswered}
		switch {
		case s.Days > 0:
			step.Unit, step.Number, step.At = DaysAt, strconv.Itoa(s.Days), s.At
		case s.Before%(24*time.Hour) == 0:
			step.Unit, step.Number = Days, strconv.Itoa(int(s.Before/(24*time.Hour)))
		case s.Before%time.Hour == 0:
			step.Unit, step.Number = Hours, strconv.Itoa(int(s.Before/time.Hour))
		default:
			step.Unit, step.Number = Minutes, strconv.Itoa(int(s.Before/time.Minute))
		}
		d.Steps = append(d.Steps, step)
	}
	return d
}

// Plan is the plan as it stands, its steps the longest before first. wrong says by step what can't be, as keys of
// translations.
func (d *Draft) Plan() (p data.ReminderPlan, wrong map[int]string) {
	wrong = map[int]string{}
	p = data.ReminderPlan{Mode: d.Mode, Steps: []data.ReminderStep{}, Text: strings.TrimSpace(d.Text), Texts: map[string]string{}}
	for lang, words := range d.Texts {
		if words = strings.TrimSpace(words); words != "" {
			p.Texts[lang] = words
		}
	}
	for i, s := range d.Steps {
		n, err := strconv.Atoi(strings.TrimSpace(plainDigits(s.Number)))
		step := data.ReminderStep{EveningBefore: s.Evening, Unanswered: s.Unanswered}
		switch s.Unit {
		case DaysAt:
			step.Days, step.At = n, s.At
		case Days:
			step.Before = time.Duration(min(n, 1000)) * 24 * time.Hour
		case Hours:
			step.Before = time.Duration(min(n, 100_000)) * time.Hour
		case Minutes:
			step.Before = time.Duration(min(n, 100_000)) * time.Minute
		}
		step.Name = step.Called()
		switch {
		case err != nil || n < 1:
			wrong[i] = "appointments.plan_number"
		case s.Unit == DaysAt && s.AtBad:
			wrong[i] = "appointments.plan_time"
		case n > 100_000 || step.Lead() > longestLead:
			wrong[i] = "appointments.plan_far"
		case s.Unit == Minutes && n < 15:
			wrong[i] = "appointments.plan_near"
		case slices.ContainsFunc(p.Steps, func(x data.ReminderStep) bool { return x.Name == step.Name }):
			wrong[i] = "appointments.plan_twice"
		default:
			p.Steps = append(p.Steps, step)
		}
	}
	slices.SortStableFunc(p.Steps, func(x, y data.ReminderStep) int { return cmp.Compare(y.Lead(), x.Lead()) })
	return p, wrong
}

// sameTimes tells whether two plans send at the same times, whatever their words are.
func sameTimes(a, b data.ReminderPlan) bool {
	return a.Mode == b.Mode && slices.Equal(a.Steps, b.Steps)
}

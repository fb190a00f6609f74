package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/text"

	"github.com/spf13/cobra"
)

// newAppointmentsPlan shows or changes when people are reminded of their visits, and in which words.
func newAppointmentsPlan(a *app) *cobra.Command {
	var before, words string
	c := &cobra.Command{
		Use: "plan", Short: "When people are reminded, and in which words", Args: cobra.NoArgs,
		Long: `When people are reminded of a visit: so long before it, the evening before instead of in quiet hours, never after it.
The text may hold {first_name|Hello}, {date}, {time}, {brand}, {place|}, {staff|} and {service|}; an empty text is the one that comes with Counterbell.`,
	}
	c.Flags().StringVar(&before, "before", "", "how long before, `1d@10:00,2h`; none for no reminders")
	c.Flags().StringVar(&words, "text", "", "the words (`T`)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		ctx := c.Context()
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		plan, err := s.ReminderPlan(ctx)
		if err != nil {
			return err
		}
		if c.Flags().Changed("before") {
			if plan.Steps, err = parseSteps(before); err != nil {
				return err
			}
		}
		if c.Flags().Changed("text") {
			if plan.Text = strings.TrimSpace(words); plan.Text != "" {
				if _, err := text.Parse(data.Reminder, plan.Text); err != nil {
					return usage(err)
				}
			}
		}
		if c.Flags().Changed("before") || c.Flags().Changed("text") {
			if err := s.SetReminderPlan(ctx, plan); err != nil {
				return err
			}
		}
		names := make([]string, len(plan.Steps))
		for i, step := range plan.Steps {
			names[i] = step.Name
		}
		if a.json {
			return a.writeJSON(map[string]any{"before": names, "text": plan.Text})
		}
		if len(names) == 0 {
			a.say("bell.plan.none")
		} else {
			a.say("bell.plan", "before", strings.Join(names, ", "))
		}
		if plan.Text != "" {
			a.printf("%s", plan.Text)
		}
		return nil
	}
	return c
}

// parseSteps reads "1d,2h", or "1d@10:00" for a time of day: the longest before comes first.
func parseSteps(s string) ([]data.ReminderStep, error) {
	if s = strings.TrimSpace(s); s == "none" || s == "" {
		return []data.ReminderStep{}, nil
	}
	units := map[byte]time.Duration{'d': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute}
	var steps []data.ReminderStep
	for part := range strings.SplitSeq(s, ",") {
		part = strings.TrimSpace(part)
		bad := usage(data.Errorf(data.Invalid, "read the plan", "%q", part).With("value", part))
		if len(part) < 2 || units[part[len(part)-1]] == 0 && !strings.Contains(part, "d@") {
			return nil, bad
		}
		if days, clock, ok := strings.Cut(part, "d@"); ok { // so many days before, at a time of day
			n, err := strconv.Atoi(days)
			clock = strings.ReplaceAll(clock, ":", "")
			at, wrong := time.Parse("1504", strings.Repeat("0", max(0, 4-len(clock)))+clock)
			if err != nil || wrong != nil || n < 1 || n > 14 || len(steps) == 5 {
				return nil, bad
			}
			step := data.ReminderStep{Days: n, At: at.Hour()*60 + at.Minute(), EveningBefore: true}
			if step.Name = step.Called(); slices.ContainsFunc(steps, func(x data.ReminderStep) bool { return x.Name == step.Name }) {
				return nil, bad
			}
			steps = append(steps, step)
			continue
		}
		n, err := strconv.Atoi(part[:len(part)-1])
		d := time.Duration(n) * units[part[len(part)-1]]
		if err != nil || d < 15*time.Minute || d > 14*24*time.Hour || slices.ContainsFunc(steps, func(x data.ReminderStep) bool { return x.Days == 0 && x.Before == d }) || len(steps) == 5 {
			return nil, bad
		}
		steps = append(steps, data.ReminderStep{Name: part, Before: d, EveningBefore: true})
	}
	slices.SortFunc(steps, func(a, b data.ReminderStep) int { return int((b.Lead() - a.Lead()) / time.Minute) })
	return steps, nil
}

package appointments

import (
	"strings"
	"time"

	"counterbell/data"
	"counterbell/sender/remind"
	"counterbell/ui/page"
)

// comingText says when one step of the plan comes, and what quiet hours did to it. Times are the shop's.
func comingText(env *page.Env, c *remind.Coming) string {
	zone := env.Business.Location()
	name := stepName(env, &c.Step)
	switch {
	case c.Due == 0:
		return env.T("appointments.left."+c.Why, "step", name)
	case c.Late:
		return env.T("appointments.coming_now", "step", name)
	case c.Night:
		return env.T("appointments.coming_night", "step", name, "when", clockOf(env, c.Due, zone), "wanted", clockOf(env, c.Wanted, zone))
	}
	return env.T("appointments.coming", "step", name, "when", clockOf(env, c.Due, zone))
}

// clockOf writes a moment as a clock in a zone shows it: "Tue 24 Nov 16:00".
func clockOf(env *page.Env, at data.Instant, zone *time.Location) string {
	t := at.In(zone)
	return env.Texts.WeekdayDay(t) + " " + env.Texts.Time(t)
}

// dayTitle names a day above what lies on it: "Today", "Tue 24 Nov". Of at the own clock counts.
func dayTitle(env *page.Env, at time.Time) string {
	now := noon(today(env))
	name := []rune(env.Texts.NearDay(noon(data.DateOf(at)), now))
	return strings.ToUpper(string(name[:1])) + string(name[1:])
}

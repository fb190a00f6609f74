package compose

import (
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/ui/page"
)

// Begin is a draft to be stored for a new campaign, to the people whom
// conditions name; "" for nobody chosen yet.
func Begin(env *page.Env, group string) data.Campaign {
	now := env.Clock().In(env.Business.Location())
	f := begin(env.T("compose.name_of_day", "day", env.Texts.Day(now)), data.DateOf(now))
	if group = strings.TrimSpace(group); group != "" {
		f.Group, f.Chosen = group, true
	}
	return drafted(env, f)
}

// Again is a draft with the same offer, people and texts as a campaign that was
// sent, for its next time: it starts when it is sent, and its offer ends a week
// later unless it had no end.
func Again(env *page.Env, c *data.Campaign) data.Campaign { return drafted(env, again(env, c)) }

func again(env *page.Env, c *data.Campaign) Form {
	now := env.Clock().In(env.Business.Location())
	f := read(&data.Campaign{
		Name: c.Name, Kind: c.Kind, Goal: c.Goal, Target: c.Target, Group: c.Group, GroupName: c.GroupName, Offer: c.Offer, Variants: c.Variants, Form: c.Form,
	}, &env.Business)
	f.Name = env.T("compose.name_again", "name", c.Name)
	f.When, f.Day, f.Time, f.Tested = Now, string(data.DateOf(now.AddDate(0, 0, 1))), "10:00", ""
	if f.Ends != "" && f.Ends < string(data.DateOf(now)) {
		f.Ends = string(data.DateOf(now.Add(7 * 24 * time.Hour)))
	}
	return f
}

// AgainToMissed is Again for those whom the campaign didn't reach.
func AgainToMissed(env *page.Env, c *data.Campaign) data.Campaign {
	f := again(env, c)
	f.Group = data.WriteConditions([]data.Condition{{Field: data.FieldMissed, Op: "=", Value: strconv.FormatInt(int64(c.ID), 10)}})
	f.GroupName, f.Chosen = env.T("compose.missed", "name", c.Name), true
	return drafted(env, f)
}

// drafted is a form as a draft that was never stored.
func drafted(env *page.Env, f Form) data.Campaign {
	c, _ := f.Campaign(&env.Business, env.Clock().In(env.Business.Location()), env.Texts)
	c.Form = f.encode()
	return c
}

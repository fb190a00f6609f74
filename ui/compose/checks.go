package compose

import (
	"regexp"
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/sender/text"
)

// Check is one line of "before it can go": done, or what is still to do.
type Check struct {
	Key    string // of its text: "compose.check.KEY"
	Done   bool
	Needed bool   // it can't go without
	Detail string // key of a second line; may be empty
	Place  string // country that asks for it; may be empty
}

// action is what a text may ask people to do, in words of both languages, or a
// number to call.
var action = regexp.MustCompile(`(?i)\b(show|call|book|visit|reply|come|tap|order|mention|bring|pick|collect|use|choose|ask|check|see|try|join|drop)\b|[出提]示|来电|致电|预约|到店|点击|回复|领取|取货|光临|报券码|使用|携带|\d[\d ()-]{6,}`)

// address finds web addresses that stand in a text as they are.
var address = regexp.MustCompile(`(?i)https?://|www\.`)

// checks are the lines for a form and what the engine says of it.
func checks(f *Form, p *Plan, shop string) []Check {
	var all []Check
	for i, words := range f.Texts {
		if i == 0 || f.AB {
			all = merge(all, checksOf(f, p, shop, words))
		}
	}
	return append(all, Check{Key: "test", Done: f.Tested != "" && slices.Contains(f.Texts[:], f.Tested), Detail: "compose.check.test_optional"})
}

// merge joins the lines of both wordings: done is what is done in both.
func merge(all, more []Check) []Check {
	if len(all) == 0 {
		return more
	}
	for _, c := range more {
		if i := slices.IndexFunc(all, func(have Check) bool { return have.Key == c.Key }); i < 0 {
			all = append(all, c)
		} else if !c.Done {
			all[i] = c
		}
	}
	return all
}

func checksOf(f *Form, p *Plan, shop, words string) []Check {
	words = strings.TrimSpace(words)
	parsed, err := text.Parse(kindOf(f), words)
	readable := err == nil && words != ""
	low := strings.ToLower(words)
	begins := strings.TrimLeft(low, "【[ ")
	first := readable && (p.Added.Before != "" || strings.HasPrefix(begins, "{brand}") || shop != "" && strings.HasPrefix(begins, strings.ToLower(shop)))
	asks := readable && (parsed.Has("code") || parsed.Has("link") || action.MatchString(words) || address.MatchString(words))
	all := []Check{
		{Key: "brand", Done: first},
		{Key: "one_thing", Done: asks && strings.Count(low, "{link}")+len(address.FindAllString(low, -1)) <= 1},
	}
	if kindOf(f) == data.Marketing {
		c := Check{Key: "opt_out", Done: readable, Place: p.Added.Region, Needed: true}
		switch code := data.CodeOf(p.Wrong); {
		case code == rules.NoOptOutWay || code == rules.ReplyUnread:
			c.Done, c.Detail = false, "error."+string(code)
		case p.Added.After != "":
			c.Detail = "compose.check.opt_out_added"
		}
		all = append(all, c)
	}
	if f.Offer != "" && strings.TrimSpace(f.Ends) != "" {
		all = append(all, Check{Key: "end", Done: readable && parsed.Has("expires")})
	}
	if readable && slices.ContainsFunc(parsed.Names(), func(name string) bool { return mayLack(name) }) {
		all = append(all, Check{Key: "fallback", Done: len(parsed.Unguarded()) == 0, Detail: "compose.check.fallback_why"})
	}
	return all
}

// mayLack tells whether a person may lack what a placeholder stands for.
func mayLack(name string) bool {
	i := slices.IndexFunc(text.Placeholders, func(p text.Placeholder) bool { return p.Name == name })
	return i >= 0 && text.Placeholders[i].May
}

// kindOf is the kind of text that a form makes.
func kindOf(f *Form) data.Kind {
	if f.Offer != "" || f.Kind == "" {
		return data.Marketing
	}
	return f.Kind
}

// ticked counts the lines that are done, of those that aren't optional.
func ticked(all []Check) (done, of int) {
	for _, c := range all {
		if c.Key == "test" {
			continue
		}
		of++
		if c.Done {
			done++
		}
	}
	return done, of
}

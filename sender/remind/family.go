package remind

import (
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/sender/text"
)

// Two visits of one day on one phone, such as two children's, get one text for each step of the plan. It names all of
// them; each keeps a status of its own.

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
		add(&given, v.GivenName)
		add(&names, v.Patient)
		add(&places, v.Place)
		add(&staff, v.Staff)
		add(&services, v.Service)
		when := text.Clock(lang, region, at)
		if len(visits) > 1 && v.GivenName != "" {
			open, shut := " (", ")"
			if strings.HasPrefix(lang, "zh") {
				open, shut = "（", "）"
			}
			when += open + v.GivenName + shut
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

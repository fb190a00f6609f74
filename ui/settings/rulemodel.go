package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"counterbell/data"
	"counterbell/sender/rules"
	"counterbell/ui/i18n"
)

// ruleRow is one line of the table of hours and caps: a country and a kind of text, what holds there, and whose rule it is.
type ruleRow struct {
	Place  string // ISO 3166-1; "" for everybody
	Kind   data.Kind
	People int
	Table  *rules.Row // what the country's table asks; nil for everybody
	Holds  rules.Row  // with what the user settled
	Own    data.HouseRule
}

// name tells rows apart.
func (r *ruleRow) name() string { return r.Place + "/" + string(r.Kind) }

// ruleKinds are the kinds of text that have rows of their own; notices read those of reminders.
var ruleKinds = []data.Kind{data.Marketing, data.Reminder}

// ruleRows are the lines for the countries of the contacts, the shop's own first, below those that hold for everybody.
func ruleRows(home string, people map[string]int, order []string, house []data.HouseRule) ([]ruleRow, error) {
	h, err := rules.NewHouse(house)
	if err != nil {
		return nil, err
	}
	places := []string{"", home}
	for _, p := range order {
		if p != "" && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	for _, r := range house {
		if !slices.Contains(places, r.Place) {
			places = append(places, r.Place)
		}
	}
	var out []ruleRow
	for _, place := range places {
		for _, kind := range ruleKinds {
			row := ruleRow{Place: place, Kind: kind, People: people[place]}
			row.Own, _ = h.Rule(place, kind)
			row.Own.Place, row.Own.Kind = place, kind
			if place != "" {
				row.Table, row.Holds = rules.Builtin().Row(place, kind), h.In(place, kind)
			} else {
				row.Holds = rules.Row{Hours: row.Own.Hours}
				row.Holds.Caps = capsOf(row.Own.Caps)
			}
			out = append(out, row)
		}
	}
	return out, nil
}

// weekLetters are the days as rules write them, from Monday on.
var weekLetters = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// tableHours reads the hours of a rule as opening hours; nil for always.
func tableHours(text string) data.OpeningHours {
	if text == "" {
		return nil
	}
	o := make(data.OpeningHours, 7)
	for item := range strings.SplitSeq(text, ";") {
		days, clock, _ := strings.Cut(strings.TrimSpace(item), " ")
		first, last, ranged := strings.Cut(days, "-")
		if !ranged {
			last = first
		}
		var h1, m1, h2, m2 int
		a, b := slices.Index(weekLetters, first), slices.Index(weekLetters, last)
		if n, err := fmt.Sscanf(clock, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); n != 4 || err != nil || a < 0 || b < 0 {
			return nil
		}
		for d := a; ; d = (d + 1) % 7 {
			day := weekFrom[d]
			o[day] = append(o[day], data.Span{From: h1*60 + m1, To: h2*60 + m2})
			if d == b {
				break
			}
		}
	}
	return o
}

// hoursInWords says when texts may go out.
func hoursInWords(t *i18n.Texts, text string) string {
	o := tableHours(text)
	if o == nil {
		return t.T("settings.rules.always")
	}
	if len(o.Runs()) == 1 {
		words := []rune(t.Hours(o))
		words[0] = unicode.ToUpper(words[0])
		return string(words)
	}
	var open []string
	for _, run := range o.Runs() {
		if len(run.Spans) == 0 {
			continue // a shop is closed then; texts just don't go
		}
		days := t.ShortWeekday(run.First)
		if run.Last != run.First {
			days = t.T("hours.range", "from", days, "to", t.ShortWeekday(run.Last))
		}
		var spans []string
		for _, s := range run.Spans {
			spans = append(spans, t.Clock(s.From)+"–"+clockOf(s.To))
		}
		open = append(open, days+" "+strings.Join(spans, t.T("list.comma")))
	}
	return strings.Join(open, t.T("hours.comma"))
}

// capsInWords says how many texts somebody may get: "1 a day, 4 a month".
func capsInWords(t *i18n.Texts, caps []rules.Cap) string {
	var parts []string
	for _, c := range caps {
		if c.Only == "" {
			parts = append(parts, t.T("settings.rules.per."+c.Per, "n", c.N))
		}
	}
	if len(parts) == 0 {
		return t.T("settings.rules.no_cap")
	}
	return strings.Join(parts, t.T("hours.comma"))
}

// capsOf reads caps as a rule holds them.
func capsOf(text string) []rules.Cap {
	if text == "" || text == data.NoCaps {
		return nil
	}
	var out []rules.Cap
	for item := range strings.SplitSeq(text, ";") {
		n, per, _ := strings.Cut(item, "/")
		if count, err := strconv.Atoi(n); err == nil {
			out = append(out, rules.Cap{N: count, Per: per})
		}
	}
	return out
}

// capPeriods are the periods for which the page has a field.
var capPeriods = []string{"day", "week", "month"}

// ruleValues are the fields of a rule as a form keeps them: empty ones leave the table's.
func ruleValues(r data.HouseRule) map[string]string {
	v := map[string]string{"hours": "", "from": "", "to": "", "days": "", "caps": "", "day": "", "week": "", "month": "", "holidays": r.Holidays}
	if o := tableHours(r.Hours); o != nil {
		v["hours"] = "own"
		var first *data.Span
		for i, day := range weekFrom {
			for _, s := range o.On(day) {
				if first == nil {
					first = &s
				}
				v["days"] += weekLetters[i] + " "
			}
		}
		v["days"] = strings.TrimSpace(v["days"])
		if first != nil {
			v["from"], v["to"] = clockOf(first.From), clockOf(first.To)
		}
	}
	switch r.Caps {
	case "":
	case data.NoCaps:
		v["caps"] = "none"
	default:
		v["caps"] = "own"
		for _, c := range capsOf(r.Caps) {
			v[c.Per] = strconv.Itoa(c.N)
		}
	}
	return v
}

func clockOf(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

// readRule makes a rule of a form. problems says by field what is wrong: the key of a text.
func readRule(place string, kind data.Kind, f *form) (r data.HouseRule, problems map[string]string) {
	r = data.HouseRule{Place: place, Kind: kind, Holidays: f.Value("holidays")}
	problems = map[string]string{}
	if f.Value("hours") == "own" {
		var from, to [2]int
		n, err := fmt.Sscanf(f.Value("from"), "%d:%d", &from[0], &from[1])
		m, err2 := fmt.Sscanf(f.Value("to"), "%d:%d", &to[0], &to[1])
		days := strings.Fields(f.Value("days"))
		switch {
		case n != 2 || m != 2 || err != nil || err2 != nil:
			problems["hours"] = "settings.rules.hours_missing"
		case len(days) == 0:
			problems["hours"] = "settings.rules.days_missing"
		case to[0]*60+to[1] <= from[0]*60+from[1]:
			problems["hours"] = "settings.rules.hours_order"
		default:
			var items []string
			for _, d := range weekLetters {
				if slices.Contains(days, d) {
					items = append(items, d+" "+clockOf(from[0]*60+from[1])+"-"+clockOf(to[0]*60+to[1]))
				}
			}
			r.Hours = strings.Join(items, ";")
		}
	}
	switch f.Value("caps") {
	case "none":
		r.Caps = data.NoCaps
	case "own":
		var parts []string
		for _, per := range capPeriods {
			text := strings.TrimSpace(f.Value(per))
			if text == "" {
				continue
			}
			n, ok := readWhole(text)
			if !ok || n < 1 || n > 1000 {
				problems["caps"] = "settings.rules.cap_wrong"
				continue
			}
			parts = append(parts, strconv.Itoa(n)+"/"+per)
		}
		if len(parts) == 0 && problems["caps"] == "" {
			problems["caps"] = "settings.rules.cap_missing"
		}
		r.Caps = strings.Join(parts, ";")
	}
	if len(problems) == 0 {
		for _, column := range rules.Loosens(r) {
			if column == "hours" || column == "caps" || column == "holidays" {
				problems[column] = "settings.rules.law"
			}
		}
	}
	return r, problems
}

// halfWidth turns full-width digits and signs into the usual ones.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000', r == '\u00a0', r == '\u202f', r == '\u2009':
			return ' '
		case r == '。':
			return '.'
		case r == '，', r == '、':
			return ','
		}
		return r
	}, s)
}

// readWhole reads a whole number as people type it: spaces, commas, full-width digits.
func readWhole(text string) (int, bool) {
	text = strings.NewReplacer(" ", "", ",", "", "'", "").Replace(halfWidth(text))
	n, err := strconv.Atoi(text)
	return n, err == nil && !strings.HasPrefix(text, "+")
}

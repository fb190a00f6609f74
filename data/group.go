package data

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Group is a saved filter over contacts.
type Group struct {
	Name       string `json:"name"`
	Conditions string `json:"where"`
	Count      int    `json:"count"`
}

// A Condition is one test of a person, "spend >= 100". All of a group's conditions have to hold.
//
//	tag = sunglasses         carries the tag (!= for "doesn't")
//	city = Portland          also state, country, language
//	last_visit < 60d         was last here more than 60 days ago; >= 60d within them; or a day, 2026-09-01
//	spend >= 100             in the shop's currency
//	visits >= 2
//	birthday = 11            born in November; birthday = now for the month that it is
//	import = 12              came with that import
//	missed = 12              was to get that campaign, and its text didn't arrive, or never went
//	consent = marketing      agreed to offers, and still does; also reminders, none (nothing on record), out (opted out)
type Condition struct {
	Field Field
	Op    string // = != < <= > >=
	Value string
}

// FieldConsent asks where people stand, by the ledger and the suppression list. Its values are scopes, and these.
const FieldConsent Field = "consent"

const (
	ConsentNone = "none" // neither agreed to anything nor opted out
	ConsentOut  = "out"  // opted out of something
)

// FieldMissed asks whom a campaign didn't reach, by its number. A text that may have gone out counts as one that did.
const FieldMissed Field = "missed"

// conditionFields lists what a condition may ask about, and with which operators.
var conditionFields = map[Field]string{
	"tag": "= !=", FieldCity: "= !=", FieldState: "= !=", FieldCountry: "= !=", FieldLanguage: "= !=",
	FieldConsent: "= !=", FieldLastVisit: "< <= > >= =", FieldSpend: "= != < <= > >=", FieldVisits: "= != < <= > >=", FieldBirthday: "=", "import": "=", FieldMissed: "=",
}

// ParseConditions reads conditions as the window writes them out, joined by "and", commas or semicolons; "all" or
// nothing means everybody. A value with one of these in it stands in quotes, a quote in it is doubled. Errors:
// condition_field, condition_op, condition_value, each with the part it stumbled over.
func ParseConditions(s string) ([]Condition, error) {
	const op = "read a group's conditions"
	s = strings.TrimSpace(s)
	if strings.EqualFold(s, "all") || s == "*" {
		return nil, nil
	}
	var all []Condition
	for s = skipJoints(s); s != ""; s = skipJoints(s) {
		bad := func(code Code, part string) ([]Condition, error) {
			return nil, Errorf(code, op, "not a condition").With("part", strings.TrimSpace(part))
		}
		_, after, _ := cutJoint(s)
		first := s[:len(s)-len(after)]
		i := strings.IndexAny(first, "=<>!:")
		if i < 0 {
			return bad("condition_op", first)
		}
		j := i + 1
		for j < len(first) && (first[j] == '=' || first[i:j] == "<" && first[j] == '>') {
			j++
		}
		c := Condition{Field: Field(strings.ToLower(strings.TrimSpace(s[:i]))), Op: s[i:j]}
		switch c.Op {
		case "==", ":":
			c.Op = "="
		case "<>":
			c.Op = "!="
		}
		switch c.Field {
		case "tags":
			c.Field = "tag"
		case "birthday_month", "birth_month":
			c.Field = FieldBirthday
		}
		part := s
		var ok bool
		if c.Value, s, ok = cutValue(s[j:]); !ok {
			return bad("condition_value", first)
		}
		part = part[:len(part)-len(s)]
		ops, known := conditionFields[c.Field]
		switch {
		case !known:
			return bad("condition_field", string(c.Field))
		case !slices.Contains(strings.Fields(ops), c.Op):
			return bad("condition_op", part)
		case !c.valid():
			return bad("condition_value", part)
		}
		all = append(all, c)
	}
	return all, nil
}

// joints are the characters that stand between conditions, as the word "and" does.
const joints = ",;&，；"

// skipJoints leaves out what stands between conditions.
func skipJoints(s string) string {
	for {
		t := strings.TrimLeft(strings.TrimSpace(s), joints)
		if word, rest, _ := cutWord(t); strings.EqualFold(word, "and") {
			t = rest
		}
		if t == s {
			return s
		}
		s = t
	}
}

// cutWord cuts s behind its first word, which a space or a joint ends.
func cutWord(s string) (word, rest string, spaced bool) {
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(joints, r) })
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i:], true
}

// cutJoint cuts s before the first joint; the words before it are parted by single spaces.
func cutJoint(s string) (before, rest string, found bool) {
	var words []string
	for {
		s = strings.TrimSpace(s)
		word, after, _ := cutWord(s)
		if word == "" || strings.EqualFold(word, "and") {
			return strings.Join(words, " "), s, s != ""
		}
		words, s = append(words, word), after
	}
}

// quotes maps what may open a quoted value to what closes it.
var quotes = map[rune]string{'"': `"`, '\'': `'`, '“': "”"}

// cutValue cuts a condition's value off the front of s. ok is false for a quote that isn't closed, or not at the end.
func cutValue(s string) (value, rest string, ok bool) {
	s = strings.TrimSpace(s)
	open, size := utf8.DecodeRuneInString(s)
	end := quotes[open]
	if end == "" {
		value, rest, _ = cutJoint(s)
		return value, rest, true
	}
	for s = s[size:]; ; {
		i := strings.Index(s, end)
		if i < 0 {
			return "", "", false
		}
		value, s = value+s[:i], s[i+len(end):]
		if !strings.HasPrefix(s, end) {
			break
		}
		value, s = value+end, s[len(end):]
	}
	word, _, _ := cutWord(strings.TrimSpace(s))
	return value, s, word == "" || strings.EqualFold(word, "and")
}

func (c Condition) valid() bool {
	switch c.Field {
	case FieldLastVisit:
		_, ok := c.Day(time.Unix(0, 0))
		return ok
	case FieldSpend:
		_, err := ParseMoney(c.Value, "USD")
		return err == nil
	case FieldVisits, "import", FieldMissed:
		n, err := strconv.Atoi(c.Value)
		return err == nil && n >= 0
	case FieldConsent:
		v := strings.ToLower(c.Value)
		return v == ConsentNone || v == ConsentOut || v == string(ScopeMarketing) || v == string(ScopeReminders)
	case FieldBirthday:
		return c.Month(time.Unix(0, 0)) > 0
	}
	return c.Value != "" || c.Field != "tag"
}

// Day returns the day that a last_visit condition compares with: the day itself, or so many days before now.
func (c Condition) Day(now time.Time) (Date, bool) {
	if n, ok := strings.CutSuffix(strings.TrimSuffix(strings.TrimSuffix(c.Value, "ays"), "ay"), "d"); ok {
		days, err := strconv.Atoi(strings.TrimSpace(n))
		if err != nil || days < 0 || days > 36_500 { // a hundred years
			return "", false
		}
		return DateOf(now.AddDate(0, 0, -days)), true
	}
	d, err := ParseDate(c.Value)
	return d, err == nil && len(d) == 10
}

// Month returns the month that a birthday condition asks for, 1–12; 0 when it makes no sense.
func (c Condition) Month(now time.Time) int {
	v := strings.ToLower(c.Value)
	if v == "now" || v == "this month" {
		return int(now.Month())
	}
	if n, err := strconv.Atoi(v); err == nil && n >= 1 && n <= 12 {
		return n
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); v == name || v == name[:3] {
			return int(m)
		}
	}
	return 0
}

// WriteConditions writes conditions out as ParseConditions reads them.
func WriteConditions(all []Condition) string {
	if len(all) == 0 {
		return "all"
	}
	parts := make([]string, len(all))
	for i, c := range all {
		v := c.Value
		if word, rest, _ := cutWord(v); v == "" || rest != "" || strings.ContainsAny(v, "\"'“”") || strings.EqualFold(word, "and") {
			v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		parts[i] = string(c.Field) + " " + c.Op + " " + v
	}
	return strings.Join(parts, " and ")
}

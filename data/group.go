package data

import (
	"slices"
	"strconv"
	"strings"
	"time"
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
type Condition struct {
	Field Field
	Op    string // = != < <= > >=
	Value string
}

// conditionFields lists what a condition may ask about, and with which operators.
var conditionFields = map[Field]string{
	"tag": "= !=", FieldCity: "= !=", FieldState: "= !=", FieldCountry: "= !=", FieldLanguage: "= !=",
	FieldLastVisit: "< <= > >= =", FieldSpend: "= != < <= > >=", FieldVisits: "= != < <= > >=", FieldBirthday: "=", "import": "=",
}

// ParseConditions reads conditions as the window writes them out, joined by "and", commas or semicolons; "all" or
// nothing means everybody. Errors: condition_field, condition_op, condition_value, each with the part it stumbled over.
func ParseConditions(s string) ([]Condition, error) {
	const op = "read a group's conditions"
	var all []Condition
	for _, part := range splitConditions(s) {
		i := strings.IndexAny(part, "=<>!:")
		if i < 0 {
			return nil, Errorf("condition_op", op, "%q", part).With("part", part)
		}
		j := i + 1
		for j < len(part) && part[j] == '=' {
			j++
		}
		c := Condition{Field: Field(strings.ToLower(strings.TrimSpace(part[:i]))), Op: part[i:j], Value: strings.Trim(strings.TrimSpace(part[j:]), `"'“”`)}
		switch c.Op {
		case "==", ":":
			c.Op = "="
		}
		switch c.Field {
		case "tags":
			c.Field = "tag"
		case "birthday_month", "birth_month":
			c.Field = FieldBirthday
		}
		ops, ok := conditionFields[c.Field]
		if !ok {
			return nil, Errorf("condition_field", op, "%q", c.Field).With("part", string(c.Field))
		}
		if !slices.Contains(strings.Fields(ops), c.Op) {
			return nil, Errorf("condition_op", op, "%q", part).With("part", part)
		}
		if !c.valid() {
			return nil, Errorf("condition_value", op, "%q", part).With("part", part)
		}
		all = append(all, c)
	}
	return all, nil
}

func splitConditions(s string) []string {
	s = strings.TrimSpace(s)
	if s == "" || strings.EqualFold(s, "all") || s == "*" {
		return nil
	}
	var parts []string
	var part []string
	flush := func() {
		if t := strings.TrimSpace(strings.Join(part, " ")); t != "" {
			parts = append(parts, t)
		}
		part = nil
	}
	quote := rune(0)
	words := strings.FieldsFunc(strings.NewReplacer(";", " ; ", ",", " , ", "&", " & ").Replace(s), func(r rune) bool {
		if r == '"' || r == '\'' {
			if quote == 0 {
				quote = r
			} else if quote == r {
				quote = 0
			}
		}
		return quote == 0 && (r == ' ' || r == '\t' || r == '\n')
	})
	for _, w := range words {
		if w == ";" || w == "," || w == "&" || strings.EqualFold(w, "and") {
			flush()
			continue
		}
		part = append(part, w)
	}
	flush()
	return parts
}

func (c Condition) valid() bool {
	switch c.Field {
	case FieldLastVisit:
		_, ok := c.Day(time.Unix(0, 0))
		return ok
	case FieldSpend:
		_, err := ParseMoney(c.Value, "USD")
		return err == nil
	case FieldVisits, "import":
		n, err := strconv.Atoi(c.Value)
		return err == nil && n >= 0
	case FieldBirthday:
		return c.Month(time.Unix(0, 0)) > 0
	}
	return c.Value != "" || c.Field != "tag"
}

// Day returns the day that a last_visit condition compares with: the day itself, or so many days before now.
func (c Condition) Day(now time.Time) (Date, bool) {
	if n, ok := strings.CutSuffix(strings.TrimSuffix(strings.TrimSuffix(c.Value, "ays"), "ay"), "d"); ok {
		days, err := strconv.Atoi(strings.TrimSpace(n))
		return DateOf(now.AddDate(0, 0, -days)), err == nil && days >= 0
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
		if strings.ContainsAny(v, " ,;&") || strings.EqualFold(v, "and") {
			v = `"` + v + `"`
		}
		parts[i] = string(c.Field) + " " + c.Op + " " + v
	}
	return strings.Join(parts, " and ")
}

package contacts

import (
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
)

// A Chip is a choice above the list: everybody, those who can get offers, a saved group.
type Chip struct {
	Name       string // of a group; "" for the two that are always there
	Conditions string // as data.WriteConditions has them
	Count      int
}

// offersOnly are the conditions of the chip "Can get offers".
var offersOnly = data.WriteConditions([]data.Condition{{Field: data.FieldConsent, Op: "=", Value: string(data.ScopeMarketing)}})

// Chosen tells whether the list shows just whom the chip stands for.
func (c *Chip) Chosen(q *Query) bool {
	if q.Only != nil {
		return false
	}
	return sameConditions(c.Conditions, q.Conditions)
}

// sameConditions tells whether written conditions are these, in any order.
func sameConditions(written string, conditions []data.Condition) bool {
	parsed, err := data.ParseConditions(written)
	if err != nil || len(parsed) != len(conditions) {
		return false
	}
	left := append([]data.Condition(nil), conditions...)
	for _, c := range parsed {
		at := -1
		for i, o := range left {
			if o == c {
				at = i
			}
		}
		if at < 0 {
			return false
		}
		left = append(left[:at], left[at+1:]...)
	}
	return true
}

// has tells whether a field is asked about.
func has(conditions []data.Condition, field data.Field) bool {
	for _, c := range conditions {
		if c.Field == field {
			return true
		}
	}
	return false
}

// say puts a condition into a few words, as its pill has them.
func say(t *i18n.Texts, currency string, c data.Condition) string { return t.Condition(c, currency) }

func monthName(t *i18n.Texts, month int) string {
	return t.ShortMonth(time.Date(2000, time.Month(max(month, 1)), 1, 0, 0, 0, 0, time.UTC))
}

package contacts

import (
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/ui/i18n"
)

// A Chip is a choice above the list: everybody, those who can get offers, a saved group.
type Chip struct {
	Name       string // of a group; "" for the two that are always there
	Conditions string // as data.WriteConditions has them
	Count      int    // -1 while it is being counted
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
func say(t *i18n.Texts, currency string, c data.Condition) string {
	key := "contacts.said." + string(c.Field)
	not := c.Op == "!="
	switch c.Field {
	case data.FieldLastVisit:
		if days, ok := daysOf(c.Value); ok {
			switch c.Op {
			case "<", "<=":
				return t.N(key+".not_within", days)
			case ">", ">=":
				return t.N(key+".within", days)
			}
		}
		day := c.Value
		if d, err := data.ParseDate(c.Value); err == nil {
			day = t.Date(d.Start(time.UTC))
		}
		return t.T(key+map[string]string{"<": ".before", "<=": ".until", ">": ".after", ">=": ".since", "=": ".on"}[c.Op], "day", day)
	case data.FieldSpend:
		amount := c.Value
		if m, err := data.ParseMoney(c.Value, currency); err == nil {
			amount = t.MoneyShort(m)
		}
		return t.T(key+compared[c.Op], "amount", amount)
	case data.FieldVisits:
		n, _ := strconv.Atoi(c.Value)
		return t.T(key+compared[c.Op], "n", n)
	case data.FieldBirthday:
		if strings.EqualFold(c.Value, "now") || strings.EqualFold(c.Value, "this month") {
			return t.T(key + ".now")
		}
		return t.T(key, "month", monthName(t, c.Month(time.Time{})))
	case data.FieldConsent:
		if not {
			return t.T("contacts.said.consent.not", "what", t.T("contacts.consent."+strings.ToLower(c.Value)))
		}
		return t.T("contacts.said.consent." + strings.ToLower(c.Value))
	case data.FieldCountry:
		if not {
			return t.T("contacts.said.is_not", "value", t.Country(c.Value))
		}
		return t.Country(c.Value)
	case data.FieldLanguage:
		if not {
			return t.T("contacts.said.is_not", "value", t.LanguageOf(c.Value))
		}
		return t.T(key, "value", t.LanguageOf(c.Value))
	}
	if not {
		return t.T("contacts.said.is_not", "value", c.Value)
	}
	return t.T(key, "value", c.Value)
}

func monthName(t *i18n.Texts, month int) string {
	return t.ShortMonth(time.Date(2000, time.Month(max(month, 1)), 1, 0, 0, 0, 0, time.UTC))
}

// compared are the endings of texts that compare figures.
var compared = map[string]string{"<": ".less", "<=": ".most", ">": ".more", ">=": ".least", "=": ".just", "!=": ".not"}

// daysOf reads "60d".
func daysOf(value string) (int, bool) {
	n, ok := strings.CutSuffix(value, "d")
	if !ok {
		return 0, false
	}
	days, err := strconv.Atoi(strings.TrimSpace(n))
	return days, err == nil
}

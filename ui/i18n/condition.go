package i18n

import (
	"strconv"
	"strings"
	"time"

	"counterbell/data"
)

// Condition puts one test of a person into a few words: "tag: VIP", "not here
// for 60 days". Amounts are of that currency.
func (t *Texts) Condition(c data.Condition, currency string) string {
	key := "contacts.said." + string(c.Field)
	not := c.Op == "!="
	switch c.Field {
	case data.FieldLastVisit:
		if days, ok := daysIn(c.Value); ok {
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
		return t.T(key+comparedBy[c.Op], "amount", amount)
	case data.FieldVisits:
		n, _ := strconv.Atoi(c.Value)
		return t.T(key+comparedBy[c.Op], "n", n)
	case data.FieldBirthday:
		if strings.EqualFold(c.Value, "now") || strings.EqualFold(c.Value, "this month") {
			return t.T(key + ".now")
		}
		return t.T(key, "month", conditionMonth(t, c.Month(time.Time{})))
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

func conditionMonth(t *Texts, month int) string {
	return t.ShortMonth(time.Date(2000, time.Month(max(month, 1)), 1, 0, 0, 0, 0, time.UTC))
}

// comparedBy are the endings of texts that compare figures.
var comparedBy = map[string]string{"<": ".less", "<=": ".most", ">": ".more", ">=": ".least", "=": ".just", "!=": ".not"}

// daysIn reads "60d".
func daysIn(value string) (int, bool) {
	n, ok := strings.CutSuffix(value, "d")
	if !ok {
		return 0, false
	}
	days, err := strconv.Atoi(strings.TrimSpace(n))
	return days, err == nil
}

// Conditions puts what a group asks for into words, "" for everybody. What can't
// be read comes back as it is.
func (t *Texts) Conditions(written, currency string) string {
	all, err := data.ParseConditions(written)
	if err != nil {
		return written
	}
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = t.Condition(c, currency)
	}
	return strings.Join(parts, " · ")
}

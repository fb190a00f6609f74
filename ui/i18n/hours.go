package i18n

import (
	"strings"

	"counterbell/data"
)

// Hours writes opening hours as a sign on the door does: "Mon–Fri 09:00–18:00,
// Sat 10:00–14:00, closed Sun". The empty string when nobody has said any.
func (t *Texts) Hours(o data.OpeningHours) string {
	if o == nil {
		return ""
	}
	var open, closed []string
	runs := o.Runs()
	for _, run := range runs {
		days := t.ShortWeekday(run.First)
		if run.Last != run.First {
			days = t.T("hours.range", "from", days, "to", t.ShortWeekday(run.Last))
		}
		if len(runs) == 1 {
			days = t.T("hours.every_day")
		}
		if len(run.Spans) == 0 {
			closed = append(closed, days)
			continue
		}
		var spans []string
		for _, s := range run.Spans {
			to := t.Clock(s.To)
			if s.To == 24*60 {
				to = "24:00"
			}
			spans = append(spans, t.Clock(s.From)+"–"+to)
		}
		open = append(open, days+" "+strings.Join(spans, t.T("list.comma")))
	}
	if len(closed) > 0 {
		open = append(open, t.T("hours.closed", "days", strings.Join(closed, t.T("list.comma"))))
	}
	return strings.Join(open, t.T("hours.comma"))
}

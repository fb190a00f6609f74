package intake

import (
	"slices"

	"counterbell/data"
)

// A tally counts what was noticed while rows were read: repairs, doubts, things left out. Each part of a file has its
// own; they are added up in the file's order.
type tally struct {
	counts map[noticed]*remark
	last   noticed // of the latest add: columns of one list tend to repeat the same remark
	recent *remark
}

type noticed struct{ code, column string }

type remark struct {
	n       int
	samples []string
}

// maxSamples is how many examples a question shows.
const maxSamples = 3

func (t *tally) count(code, column string) *remark {
	k := noticed{code, column}
	if t.recent != nil && t.last == k {
		return t.recent
	}
	if t.counts == nil {
		t.counts = map[noticed]*remark{}
	}
	c := t.counts[k]
	if c == nil {
		c = &remark{}
		t.counts[k] = c
	}
	t.last, t.recent = k, c
	return c
}

// add notes one more; sample is asked for an example only while there is room for one.
func (t *tally) add(code, column string, sample func() string) {
	c := t.count(code, column)
	if c.n++; sample != nil && len(c.samples) < maxSamples {
		if s := sample(); s != "" && !slices.Contains(c.samples, s) {
			c.samples = append(c.samples, s)
		}
	}
}

func (t *tally) merge(o *tally) {
	for k, c := range o.counts {
		mine := t.count(k.code, k.column)
		mine.n += c.n
		for _, s := range c.samples {
			if len(mine.samples) < maxSamples && !slices.Contains(mine.samples, s) {
				mine.samples = append(mine.samples, s)
			}
		}
	}
}

// What is noticed, in the order in which a person should see it, and what is assumed until they say otherwise. Each is a
// sentence (translation key "question.CODE"). Questions come before notes.
const (
	qDateOrder      = "date_order"      // every date of the column fits both orders
	qDateMixed      = "date_mixed"      // some dates prove one order, some the other
	qForeign        = "foreign_numbers" // numbers only with a plus in front
	qDigitsLost     = "digits_lost"     // 7.7009E+09
	qLeadingZero    = "leading_zero"    // a spreadsheet program dropped the 0
	qZeroOut        = "zero_left_out"   // the same, and somebody decided against putting it back
	qTwo            = "two_numbers"     // several numbers in a cell
	qTwoOut         = "two_left_out"    // the same, and somebody decided to leave them out
	qSequence       = "sequence"        // numbers that count up: filled down by dragging
	qCountry        = "country"         // few numbers fit the country
	qConsentUnclear = "consent_unclear" // an answer that is neither yes nor no
	qConsentNo      = "consent_no"      // people whose row says no
	qNoPhone        = "no_phone"        // appointments without a phone
	qUnreadable     = "unreadable"      // a value that didn't fit its column; kept as it is
	qCut            = "text_cut"        // longer than what is kept
	qLandline       = "landline"        // can't get texts; kept and marked
	qFictional      = "fictional"       // reserved for fiction: Practice alone sends there
	qHidden         = "hidden_rows"     // rows that the person has hidden
	qTotals         = "total_rows"      // sums at the end
	qHeaders        = "repeated_header" // the headings again, further down
	qEmpty          = "numbered_rows"   // nothing but a running number
)

var noticedOrder = []struct{ code, assumed string }{
	{qDateOrder, ""},
	{qDateMixed, ""},
	{qForeign, "rejected"},
	{qCountry, ""},
	{qLeadingZero, "restored"},
	{qZeroOut, "left_out"},
	{qDigitsLost, "rejected"},
	{qTwo, "first_used"},
	{qTwoOut, "left_out"},
	{qSequence, "kept"},
	{qConsentUnclear, "no_consent"},
	{qConsentNo, "no_consent"},
	{qNoPhone, "kept"},
	{qUnreadable, "kept_as_text"},
	{qCut, "cut"},
	{qLandline, "kept"},
	{qFictional, "practice_only"},
	{qHidden, "skipped"},
	{qTotals, "skipped"},
	{qHeaders, "skipped"},
	{qEmpty, "skipped"},
}

// questions puts what was noticed in order.
func (t *tally) questions() []data.Question {
	out := []data.Question{}
	for _, o := range noticedOrder {
		var columns []string
		for k := range t.counts {
			if k.code == o.code {
				columns = append(columns, k.column)
			}
		}
		slices.Sort(columns)
		for _, column := range columns {
			c := t.counts[noticed{o.code, column}]
			out = append(out, data.Question{Code: o.code, Column: column, Count: c.n, Assumed: o.assumed, Samples: c.samples})
		}
	}
	return out
}

// questions are what the file as a whole leaves open, before any row is taken in, and then what the rows showed.
func (l *List) questions(t *tally) []data.Question {
	var out []data.Question
	for i := range l.Columns {
		c := &l.Columns[i]
		if c.Dates == Undecided || l.options.Dates != Undecided {
			continue
		}
		switch e := &c.evidence; {
		case e.day > 0 && e.month > 0:
			out = append(out, data.Question{Code: qDateMixed, Column: c.Title(), Count: min(e.day, e.month), Assumed: string(c.Dates), Samples: e.samples})
		case e.day+e.month == 0 && e.open > 0 && !c.Sure:
			out = append(out, data.Question{Code: qDateOrder, Column: c.Title(), Count: e.open, Assumed: string(c.Dates), Samples: e.samples})
		}
	}
	if l.Country.Because == "intake.country.guess" {
		out = append(out, data.Question{Code: qCountry, Assumed: l.country()})
	}
	return append(out, t.questions()...)
}

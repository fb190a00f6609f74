package imports

import (
	"slices"
	"strings"

	"counterbell/data"
	"counterbell/data/intake"
)

// Matter is one thing about a file that a person should decide, or know.
type Matter struct {
	data.Question
	Asks    bool // has two answers
	Settled bool
}

// asking are the questions that have two answers; the others say what was
// noticed and what becomes of it.
var asking = []string{"date_order", "date_mixed", "foreign_numbers", "leading_zero", "zero_left_out", "digits_lost", "two_numbers", "two_left_out"}

// Matters are what the counting noticed: what is to be decided, what was
// decided, and what is only to be known.
func (m *Model) Matters() (asks, notes []Matter) {
	if m.Open == nil || m.Counted == nil {
		return nil, nil
	}
	c := m.Open.Choices
	if c.Dates != intake.Undecided { // decided, it is no question any more
		asks = append(asks, Matter{Question: data.Question{Code: "date_order", Assumed: string(c.Dates)}, Asks: true, Settled: true})
	}
	dates := false
	for _, q := range m.Counted.Questions {
		one := Matter{Question: q, Asks: slices.Contains(asking, q.Code)}
		switch {
		case strings.HasPrefix(q.Code, "date_"):
			if dates { // one answer does for all columns
				continue
			}
			dates = true
		case q.Code == "foreign_numbers":
			one.Settled = c.Foreign != ForeignOpen
		case q.Code == "leading_zero", q.Code == "zero_left_out":
			one.Settled = c.Zeros != DoubtOpen
		case q.Code == "two_numbers", q.Code == "two_left_out":
			one.Settled = c.Pairs != DoubtOpen
		case q.Code == "digits_lost":
			one.Settled = c.LostSeen
		}
		if one.Asks {
			asks = append(asks, one)
		} else {
			notes = append(notes, one)
		}
	}
	return asks, notes
}

// ToSettle counts what still waits for an answer, the one about consent
// included.
func (m *Model) ToSettle() int {
	asks, _ := m.Matters()
	n := 0
	for _, a := range asks {
		if !a.Settled {
			n++
		}
	}
	if !m.Answer.Given() {
		n++
	}
	return n
}

// Swap is an example of a repair: what the file says, and what is stored.
type Swap struct{ Was, Now string }

// Swaps takes a question's examples apart; what has no second half was not
// changed.
func (m *Matter) Swaps() (out []Swap) {
	for _, s := range m.Samples {
		was, now, _ := strings.Cut(s, " → ")
		out = append(out, Swap{was, now})
	}
	return out
}

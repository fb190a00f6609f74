package imports

import (
	"cmp"
	"slices"

	"counterbell/data"
)

// Part is one place to which rows went.
type Part struct {
	Key   string // of translations: "imports.part.KEY"
	Count int
}

// Parts are all of them, in the order of the receipt. They add up to its rows.
func Parts(r *data.Receipt) []Part {
	return []Part{
		{"added", r.Added},
		{"updated", r.Updated},
		{"unchanged", r.Unchanged},
		{"duplicate", r.Duplicate},
		{"rejected", r.Rejected},
		{"skipped", r.Skipped},
	}
}

// Rejects is one reason and the rows that it kept out.
type Rejects struct {
	Reason string
	Rows   []data.Reject
}

// GroupRejects puts rejected rows together by their reason, the commonest
// first.
func GroupRejects(all []data.Reject) []Rejects {
	var out []Rejects
	at := map[string]int{}
	for _, r := range all {
		i, ok := at[r.Reason]
		if !ok {
			i = len(out)
			at[r.Reason] = i
			out = append(out, Rejects{Reason: r.Reason})
		}
		out[i].Rows = append(out[i].Rows, r)
	}
	slices.SortStableFunc(out, func(a, b Rejects) int { return cmp.Compare(len(b.Rows), len(a.Rows)) })
	return out
}

// FirstRows are the numbers of at most n rows, and how many more there are.
func (g *Rejects) FirstRows(n int) (rows []int, more int) {
	for i := range g.Rows {
		if i == n {
			return rows, len(g.Rows) - n
		}
		rows = append(rows, g.Rows[i].Row)
	}
	return rows, 0
}

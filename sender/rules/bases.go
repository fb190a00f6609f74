package rules

import "counterbell/data"

// Bases lists the kinds of consent that are enough for a row, the strongest first; none where no consent is asked for.
func (r *Row) Bases() []data.Basis {
	var all []data.Basis
	for _, b := range data.Bases {
		if _, ok := r.accepts[b]; ok {
			all = append(all, b)
		}
	}
	return all
}

package rules

import (
	"fmt"
	"slices"

	"counterbell/data"
)

// A House is what the user of a profile settled beyond the tables: stricter anywhere, looser only where the table says
// that a column is our own default. A nil House changes nothing. It is safe for many at a time.
type House struct {
	key   string // tells one House from another
	rules map[houseKey]*data.HouseRule
	rows  map[houseKey]*Row // what makes stricter, as a row beside the tables'
}

type houseKey struct{ place, kind string }

// housePlace is where the rows of the user's own settings come from.
const housePlace = "house"

// NewHouse reads the rules of a profile. Error data.Invalid for one that can't be read.
func NewHouse(all []data.HouseRule) (*House, error) {
	if len(all) == 0 {
		return nil, nil
	}
	h := &House{rules: map[houseKey]*data.HouseRule{}, rows: map[houseKey]*Row{}}
	for _, r := range all {
		k := houseKey{r.Place, rowKind(r.Kind)}
		row, err := houseRow(&r)
		if err != nil {
			return nil, data.Errorf(data.Invalid, "read the rules of the house", "%v", err).With("value", r.Hours+" "+r.Caps)
		}
		h.rules[k], h.rows[k] = &r, row
		h.key += fmt.Sprintf("%q%q%q%q%q%d", k.place, k.kind, r.Hours, r.Caps, r.Holidays, r.At)
	}
	return h, nil
}

// CheckHouse tells whether a rule can be read. Error data.Invalid.
func CheckHouse(r data.HouseRule) error {
	_, err := NewHouse([]data.HouseRule{r})
	return err
}

// houseRow is a rule as a row that can only add to what the tables ask.
func houseRow(r *data.HouseRule) (*Row, error) {
	row := &Row{Region: housePlace, Kind: rowKind(r.Kind), Hours: r.Hours, Basis: "house", anyone: true, own: []string{"hours", "caps", "holidays"}}
	row.ownSource = "Settings"
	if r.By != "" {
		row.ownSource += ", " + r.By
	}
	if r.At != 0 {
		row.ownSource += ", " + date(r.At)
	}
	row.Source = row.ownSource
	if r.Holidays == data.HolidaysShut {
		row.Holidays = "national"
	}
	var err error
	if row.hours, err = parseHours(r.Hours); err != nil {
		return nil, err
	}
	if r.Caps != data.NoCaps {
		row.Caps, err = parseCaps(r.Caps)
	}
	return row, err
}

// loosened returns a region's row with what the user settled in the columns that are our own defaults.
func (h *House) loosened(r *Row, region string) *Row {
	if h == nil || r == nil {
		return r
	}
	k := houseKey{region, r.Kind}
	rule, row := h.rules[k], h.rows[k]
	if rule == nil {
		return r
	}
	out := *r
	take := func(column string, settled bool) bool {
		if settled && slices.Contains(r.Ours, column) {
			out.own, out.ownSource = append(out.own, column), row.ownSource
			return true
		}
		return false
	}
	if take("hours", rule.Hours != "") {
		out.Hours, out.hours = row.Hours, row.hours
	}
	if take("caps", rule.Caps != "") {
		out.Caps = row.Caps
	}
	if take("holidays", rule.Holidays == data.HolidaysOpen) {
		out.Holidays = ""
	}
	if len(out.own) == 0 {
		return r
	}
	return &out
}

// row returns what the user settled for a place, as a row beside the tables'; nil for nothing.
func (h *House) row(place, kind string) *Row {
	if h == nil {
		return nil
	}
	return h.rows[houseKey{place, kind}]
}

// Rule returns what the user settled for a place and kind.
func (h *House) Rule(place string, kind data.Kind) (data.HouseRule, bool) {
	if h == nil {
		return data.HouseRule{}, false
	}
	if r := h.rules[houseKey{place, rowKind(kind)}]; r != nil {
		return *r, true
	}
	return data.HouseRule{}, false
}

// In returns the row that holds for a region's messages of a kind, with what the user settled in it, states aside; Hours
// and Caps are the strictest of all.
func (h *House) In(region string, kind data.Kind) Row {
	base := *h.loosened(Builtin().Row(region, kind), region)
	p := &plan{}
	for _, r := range []*Row{&base, h.row("", base.Kind), h.row(region, base.Kind)} {
		if r != nil {
			p.cap(r)
			if !r.hours.always && r.Hours != base.Hours {
				both := base.hours.both(r.hours)
				base.hours, base.Hours = both, both.String()
			}
			if r.Holidays != "" {
				base.Holidays = r.Holidays
			}
		}
	}
	var caps []Cap
	for _, period := range capPeriods {
		for _, c := range p.caps {
			if c.Per == period.name {
				caps = append(caps, c.Cap)
			}
		}
	}
	base.Caps = caps
	return base
}

// Loosens names the columns of a rule that would be looser than what the table of a region asks, where the table isn't
// our own default: there the table's stay in force.
func Loosens(r data.HouseRule) []string {
	base := Builtin().Row(r.Place, r.Kind)
	row, err := houseRow(&r)
	if r.Place == "" || err != nil {
		return nil
	}
	var out []string
	if r.Hours != "" && !slices.Contains(base.Ours, "hours") && !row.hours.within(base.hours) {
		out = append(out, "hours")
	}
	if r.Caps != "" && !slices.Contains(base.Ours, "caps") && slices.ContainsFunc(base.Caps, func(c Cap) bool {
		return c.Only == "" && !slices.ContainsFunc(row.Caps, func(o Cap) bool { return o.Per == c.Per && o.N <= c.N })
	}) {
		out = append(out, "caps")
	}
	if r.Holidays == data.HolidaysOpen && base.Holidays != "" && !slices.Contains(base.Ours, "holidays") {
		out = append(out, "holidays")
	}
	return out
}

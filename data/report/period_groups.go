package report

import (
	"cmp"
	"slices"

	"counterbell/data/store"
)

// A GroupRate is how many of the coupons that were delivered to a group's people they used. The group without a name is
// everybody.
type GroupRate struct {
	Name     string `json:"name"`
	Reached  int    `json:"reached"`
	Redeemed int    `json:"redeemed"`
	Rate     Rate   `json:"rate"`
}

// EnoughCoupons is from how many delivered coupons on a group's rate is shown.
const EnoughCoupons = 30

// groupRates puts everybody first, then the groups, the best first; those with too few coupons are left out.
func groupRates(all []store.GroupFigures) []GroupRate {
	rates := []GroupRate{}
	for i, g := range all {
		if i == 0 || g.Reached >= EnoughCoupons {
			rates = append(rates, GroupRate{g.Name, g.Reached, g.Redeemed, RateOf(g.Redeemed, g.Reached)})
		}
	}
	slices.SortStableFunc(rates[1:], func(a, b GroupRate) int {
		return cmp.Or(cmp.Compare(b.Rate, a.Rate), cmp.Compare(b.Reached, a.Reached))
	})
	return rates
}

func (p *Period) findGroups() (Finding, bool) {
	everybody := p.Groups[0]
	switch {
	case everybody.Reached == 0:
		return Finding{AboutGroups, "groups_nobody", map[string]any{}}, true
	case len(p.Groups) == 1:
		return Finding{AboutGroups, "groups_none", map[string]any{"rate": everybody.Rate, "n": everybody.Reached, "enough": EnoughCoupons}}, true
	}
	// The best and the worst, each beside all others.
	for _, g := range []GroupRate{p.Groups[1], p.Groups[len(p.Groups)-1]} {
		rest := GroupRate{Reached: everybody.Reached - g.Reached, Redeemed: everybody.Redeemed - g.Redeemed}
		if rest.Reached < EnoughCoupons {
			continue
		}
		args := map[string]any{"name": g.Name, "rate": g.Rate, "n": g.Reached, "others": RateOf(rest.Redeemed, rest.Reached)}
		switch better := Better(g.Redeemed, g.Reached, rest.Redeemed, rest.Reached); {
		case better >= Sure:
			return Finding{AboutGroups, "groups_best", args}, true
		case better <= 1-Sure:
			return Finding{AboutGroups, "groups_worst", args}, true
		}
	}
	return Finding{AboutGroups, "groups_even", map[string]any{"rate": everybody.Rate, "n": everybody.Reached}}, true
}

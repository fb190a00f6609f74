package report

import (
	"math"

	"counterbell/data"
	"counterbell/data/store"
)

// A Variant is how one wording of a campaign did. Rate is what the variants are compared by, of the delivered.
type Variant struct {
	Name      string `json:"name"`
	People    int    `json:"people"`
	Delivered int    `json:"delivered"`
	Opened    int    `json:"opened"`
	Redeemed  int    `json:"redeemed"`
	Open      Rate   `json:"open_rate"`
	Redeem    Rate   `json:"redeem_rate"`
}

func (v *Variant) add(m *store.MessageFigures) {
	v.People += m.People
	v.Opened += m.Opened
	v.Redeemed += m.Redeemed
	if m.State == data.Delivered {
		v.Delivered += m.People
	}
}

func (v *Variant) rate() {
	v.Open, v.Redeem = RateOf(v.Opened, v.Delivered), RateOf(v.Redeemed, v.Delivered)
}

// A Comparison says how likely it is that a campaign's first variant is really better than its second: the probability
// that its true rate is higher, given what was seen. Both rates are taken to be anything from 0 to 1, equally likely,
// before the campaign (Beta(1,1)); the probability is exact but for rounding. Nobody is sent the winner by itself.
type Comparison struct {
	Of     string  `json:"of"`     // "redeemed", or "opened" when there is no offer
	Method string  `json:"method"` // MethodBeta
	First  string  `json:"first"`
	Second string  `json:"second"`
	Better float64 `json:"better"` // that First is really better, 0 to 1
}

// MethodBeta names the way in which Comparison.Better is found.
const MethodBeta = "beta(1,1) posteriors, exact sum"

// Sure is from where on a difference counts as real, in either direction.
const Sure = 0.95

// Best returns the variant that is more likely better, and how likely.
func (c *Comparison) Best() (name string, probability float64) {
	if c.Better >= 0.5 {
		return c.First, c.Better
	}
	return c.Second, 1 - c.Better
}

// compare compares exactly two variants of one campaign once both have been delivered to somebody.
func (r *Report) compare() {
	if r.Campaign == nil || len(r.Variants) != 2 || r.Variants[0].Delivered == 0 || r.Variants[1].Delivered == 0 {
		return
	}
	a, b := r.Variants[0], r.Variants[1]
	of, hitsA, hitsB := "redeemed", a.Redeemed, b.Redeemed
	if r.Campaign.Offer == nil {
		of, hitsA, hitsB = "opened", a.Opened, b.Opened
	}
	r.Comparison = &Comparison{Of: of, Method: MethodBeta, First: a.Name, Second: b.Name, Better: Better(hitsA, a.Delivered, hitsB, b.Delivered)}
}

// Better is the probability that the true rate behind hitsA of triesA is higher than the one behind hitsB of triesB,
// both uniform before (Beta(1,1)). It is the closed sum for two Beta posteriors with whole parameters (Evan Miller,
// "Formulas for Bayesian A/B Testing", 2013), taken over the smaller number of terms. Hits beyond the tries, as when
// somebody redeems a text whose receipt never came, count as tries.
func Better(hitsA, triesA, hitsB, triesB int) float64 {
	alphaA, betaA := float64(1+hitsA), float64(1+max(triesA-hitsA, 0))
	alphaB, betaB := float64(1+hitsB), float64(1+max(triesB-hitsB, 0))
	var p float64
	if alphaA <= alphaB {
		p = exceeds(alphaB, betaB, alphaA, betaA)
	} else {
		p = 1 - exceeds(alphaA, betaA, alphaB, betaB)
	}
	return min(max(p, 0), 1)
}

// exceeds is P(Y > X) for X ~ Beta(a, b) and Y ~ Beta(c, d), summed over the whole number c.
func exceeds(a, b, c, d float64) float64 {
	sum := 0.0
	for i := range int(c) {
		k := float64(i)
		sum += math.Exp(logBeta(a+k, b+d) - math.Log(d+k) - logBeta(1+k, d) - logBeta(a, b))
	}
	return sum
}

func logBeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}

package report

import "math"

// An Axis is the vertical scale of a chart: where its grid lines stand, and how high a value reaches. It always holds
// nought, so that a bar twice as high is twice as much.
type Axis struct {
	Min, Max float64
	Ticks    []float64 // ascending, Min first and Max last; nought is one of them
}

// fewest and most steps between grid lines; more would turn a chart into graph paper.
const (
	fewestSteps = 2
	mostSteps   = 4
)

// beyond is where a float64 stops being a figure of a shop and sums of it could overflow.
const beyond = 1e300

// Missing tells whether v is no measurement: not a number, infinite or beyond all reason. Charts leave a gap there.
func Missing(v float64) bool {
	return math.IsNaN(v) || v > beyond || v < -beyond
}

// CountAxis returns an axis for whole things: people, coupons, money in minor units. Its ticks are whole numbers.
// steps is how many grid lines above the first one there is room for; it is kept between 2 and 4.
func CountAxis(lo, hi float64, steps int) Axis {
	return niceAxis(math.Floor(lo), math.Ceil(hi), steps, func(mantissa, exponent int) bool {
		return exponent >= 1 || exponent == 0 && mantissa%10 == 0
	})
}

// ShareAxis returns an axis for shares, where 1 is 100 %. Its ticks are whole percents as long as the values are.
func ShareAxis(lo, hi float64, steps int) Axis {
	return niceAxis(lo, hi, steps, func(mantissa, exponent int) bool {
		return mantissa%10 == 0 || exponent >= -1
	})
}

// niceAxis tries steps of 1, 2, 2.5 and 5 times a power of ten (mantissa 10, 20, 25, 50; the step is
// mantissa × 10^(exponent-1)) and takes the one that wastes the least height; among equals, the one with more lines.
func niceAxis(lo, hi float64, steps int, allowed func(mantissa, exponent int) bool) Axis {
	steps = min(max(steps, fewestSteps), mostSteps)
	if Missing(lo) || lo > 0 {
		lo = 0
	}
	if Missing(hi) || hi < 0 {
		hi = 0
	}
	reach := hi - lo
	if reach < 1e-12 {
		return Axis{Min: 0, Max: 1, Ticks: []float64{0, 1}}
	}
	around := int(math.Floor(math.Log10(reach)))
	var best Axis
	least := math.Inf(1)
	for exponent := around - 1; exponent <= around+2; exponent++ {
		for _, mantissa := range [...]int{10, 20, 25, 50} {
			if !allowed(mantissa, exponent) {
				continue
			}
			step := times(float64(mantissa), exponent-1)
			first, last := math.Floor(lo/step+1e-9), math.Ceil(hi/step-1e-9)
			count := last - first
			if count < 1 || count > float64(steps) {
				continue
			}
			waste := count*step/reach - 1
			if count < fewestSteps && reach > 1 {
				waste++
			}
			if waste > least+1e-9 || waste > least-1e-9 && int(count) < len(best.Ticks) {
				continue
			}
			least = waste
			best = Axis{Ticks: make([]float64, 0, steps+1)}
			for i := first; i <= last; i++ {
				best.Ticks = append(best.Ticks, times(i*float64(mantissa), exponent-1)+0)
			}
			best.Min, best.Max = best.Ticks[0], best.Ticks[len(best.Ticks)-1]
		}
	}
	return best
}

// times returns v × 10^n, rounded once: 3 × 10^-1 is 0.3, not 0.30000000000000004.
func times(v float64, n int) float64 {
	if n < 0 {
		return v / math.Pow10(-n)
	}
	return v * math.Pow10(n)
}

// Share returns how far up the axis v stands: 0 at Min, 1 at Max, never outside; NaN where v is missing.
func (a Axis) Share(v float64) float64 {
	if Missing(v) {
		return math.NaN()
	}
	if !(a.Max > a.Min) {
		return 0
	}
	return min(max((v-a.Min)/(a.Max-a.Min), 0), 1)
}

// ValueSpan returns the smallest and the largest value of all series, missing ones left out. ok is false when there is none.
func ValueSpan(series ...[]float64) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, values := range series {
		for _, v := range values {
			if Missing(v) {
				continue
			}
			lo, hi, ok = min(lo, v), max(hi, v), true
		}
	}
	if !ok {
		return 0, 0, false
	}
	return lo, hi, true
}

// StackSpan is ValueSpan for bars that stand on each other: the lowest and highest ends of the stacks.
func StackSpan(series ...[]float64) (lo, hi float64, ok bool) {
	for i := range longest(series) {
		var below, above float64
		for _, values := range series {
			if i >= len(values) || Missing(values[i]) {
				continue
			}
			ok = true
			if values[i] < 0 {
				below += values[i]
			} else {
				above += values[i]
			}
		}
		lo, hi = min(lo, below), max(hi, above)
	}
	return lo, hi, ok
}

func longest(series [][]float64) int {
	n := 0
	for _, values := range series {
		n = max(n, len(values))
	}
	return n
}

package report

// What the findings of a period are about, beside those of every report.
const (
	AboutGroups  = "groups"
	AboutHours   = "hours"
	AboutNoShows = "no_shows"
	AboutReturn  = "return"
	AboutConsent = "consent"
)

// find looks through the figures: one finding about each chart, also where there is too little to tell.
func (p *Period) find() {
	p.Report.find()
	for _, look := range []func() (Finding, bool){p.findGroups, p.findHours, p.findNoShows, p.findReturn, p.findConsent} {
		if f, ok := look(); ok {
			p.Findings = append(p.Findings, f)
		}
	}
}

// findReturn compares what the campaigns of the period cost and brought, so far.
func (p *Period) findReturn() (Finding, bool) {
	m := &p.Money
	if _, times, ok := Return(m); ok {
		return Finding{AboutReturn, "return", map[string]any{"times": Times(times), "sales": m.Sales[0], "cost": m.Cost}}, true
	}
	switch {
	case p.Funnel.Sent == 0 && m.Redemptions == 0:
		return Finding{AboutReturn, "return_nothing", map[string]any{}}, true
	case len(m.Sales) > 1:
		return Finding{AboutReturn, "return_currencies", map[string]any{"n": len(m.Sales)}}, true
	case len(m.Sales) == 1 && !m.Cost.Known:
		return Finding{AboutReturn, "return_unpriced", map[string]any{"sales": m.Sales[0]}}, true
	case len(m.Sales) == 1 && m.Cost.Micros == 0:
		return Finding{AboutReturn, "return_free", map[string]any{"sales": m.Sales[0]}}, true
	case len(m.Sales) == 1:
		return Finding{AboutReturn, "return_apart", map[string]any{"sales": m.Sales[0], "cost": m.Cost}}, true
	case m.Redemptions > 0:
		return Finding{AboutReturn, "no_amounts", map[string]any{"redemptions": m.Redemptions}}, true
	case m.Cost.Known:
		return Finding{AboutReturn, "return_none", map[string]any{"cost": m.Cost}}, true
	}
	return Finding{AboutReturn, "return_unknown", map[string]any{}}, true
}

func (p *Period) findConsent() (Finding, bool) {
	c := p.Consent
	args := map[string]any{"agreed": c.Agreed, "withdrew": c.Withdrew}
	switch {
	case c.Agreed == 0 && c.Withdrew == 0:
		return Finding{AboutConsent, "consent_none", map[string]any{}}, true
	case c.Withdrew > c.Agreed:
		return Finding{AboutConsent, "consent_shrinks", args}, true
	case c.Withdrew == 0:
		return Finding{AboutConsent, "consent_only", args}, true
	}
	return Finding{AboutConsent, "consent_grows", args}, true
}

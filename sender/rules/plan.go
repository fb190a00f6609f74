package rules

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // some zones of the tables go by old names, which not every system has

	"counterbell/data"
)

// A plan is everything that the tables say to people of whom the same is known: it is worked out once and answers for
// all of them.
type plan struct {
	rows   []*Row // every row that applies: the strictest of each column holds
	region string
	zones  []string
	places []*time.Location
	hours  hours // open in all rows
	lost   bool  // no zone is known, or one can't be read, though some row has hours

	quiet   [][]Reason              // for each row and place: that it is night there
	grounds map[data.Basis][]Reason // for each basis that all rows accept: why the message may go
	rests   []rowRest               // the calendars on whose holidays nothing goes
	caps    []rowCap                // the smallest of each period
	longest time.Duration           // of the caps' periods; 0: there are none
	brand   *Row                    // rows that ask for something in the text; nil: none does
	label   *Row
	optOut  *Row
	links   *Row
}

// The address is what a contact's address adds to what the number tells.
type address struct{ country, state, zone string }

// planFor returns the plan for what is known of a person, from the store or made now.
func (t *Table) planFor(q *Question) *plan {
	var room [192]byte
	key := room[:0]
	part := func(s string) { key = append(append(key, s...), 0) }
	part(string(q.Kind))
	part(q.Phone.Region)
	part(q.Country)
	part(q.State)
	part(q.Zone)
	if q.Clinic {
		part("clinic")
	}
	for _, s := range q.Phone.States {
		part(s)
	}
	part("")
	for _, z := range q.Phone.Zones {
		part(z)
	}
	if q.House != nil {
		part("")
		part(q.House.key)
	}
	t.mu.RLock()
	p := t.plans[string(key)]
	t.mu.RUnlock()
	if p != nil {
		return p
	}
	p = t.newPlan(q)
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.plans) >= 20_000 { // addresses are strangers' text: don't let them fill the memory
		clear(t.plans)
	}
	t.plans[string(key)] = p
	return p
}

func (t *Table) newPlan(q *Question) *plan {
	at := t.resolve(q)
	p := &plan{region: q.Phone.Region, hours: hours{always: true}}
	if p.region == "" {
		p.region = "ZZ"
	}
	kind := rowKind(q.Kind)
	add := func(r *Row) {
		if r != nil && !slices.Contains(p.rows, r) {
			p.rows = append(p.rows, r)
		}
	}
	american := false
	regions := []string{p.region}
	if at.country != "" && at.country != p.region {
		regions = append(regions, at.country)
	}
	for _, region := range regions {
		add(q.House.loosened(t.row(region, kind), region))
		american = american || t.law(region) == "US"
	}
	for _, state := range q.Phone.States {
		add(t.rows[rowKey{t.law(p.region), state, kind}])
	}
	if at.state != "" {
		add(t.rows[rowKey{t.law(at.country), at.state, kind}])
	}
	if q.Clinic && american && kind == "transactional" {
		add(t.rows[rowKey{"US", "", "healthcare"}])
	}
	add(q.House.row("", kind))
	for _, region := range regions {
		add(q.House.row(region, kind))
	}
	p.zones = t.candidateZones(q, at)
	for _, z := range p.zones {
		loc, err := time.LoadLocation(z)
		if err != nil || z == "" || z == "Local" {
			p.lost = true
			continue
		}
		p.places = append(p.places, loc)
	}
	p.lost = p.lost || len(p.places) == 0
	p.compile(q.Kind)
	for _, r := range p.rows {
		region := p.region
		if r.Region == at.country || t.law(at.country) == r.Region && at.country != "" && t.law(p.region) != r.Region {
			region = at.country
		}
		if calendar := t.calendarFor(r, region); calendar != "" && !slices.ContainsFunc(p.rests, func(o rowRest) bool { return o.calendar == calendar }) {
			p.rests = append(p.rests, rowRest{calendar, r})
		}
	}
	p.lost = p.lost && !p.hours.always
	return p
}

// resolve makes sense of the address: the state as a code, and the country where only the state tells it.
func (t *Table) resolve(q *Question) address {
	a := address{country: strings.ToUpper(strings.TrimSpace(q.Country)), zone: q.Zone}
	if len(a.country) != 2 {
		a.country = ""
	}
	home := a.country
	if home == "" {
		home = q.Phone.Region
	}
	code, ok := t.subdivision(home, q.State)
	if !ok && a.country == "" {
		if code, ok = t.subdivision("US", q.State); ok {
			home = "US" // a resident of a state is under its law, wherever their number comes from
		}
	}
	if ok {
		a.state, a.country = code, home
	}
	return a
}

// candidateZones lists every zone in which the person may be. Where area codes tell the place, the number's zones and
// the address's both count; where they don't, a known address narrows a country of several zones.
func (t *Table) candidateZones(q *Question, at address) []string {
	var home []string
	if at.zone != "" {
		if _, err := time.LoadLocation(at.zone); err == nil {
			home = []string{at.zone}
		}
	}
	// A state that the area code names already adds nothing: the code knows better in which part of it.
	if home == nil && at.state != "" && !slices.Contains(q.Phone.States, at.state) {
		home = t.zones[subdivisionKey{at.country, at.state}]
	}
	zones := slices.Clone(home)
	sameCountry := at.country == "" || at.country == q.Phone.Region
	if home == nil || t.regions[q.Phone.Region].byArea || !sameCountry {
		zones = append(zones, q.Phone.Zones...)
	}
	slices.Sort(zones)
	return slices.Compact(zones)
}

// compile takes the strictest of all rows, column by column.
func (p *plan) compile(kind data.Kind) {
	p.quiet = make([][]Reason, len(p.rows))
	for i, r := range p.rows {
		for _, loc := range p.places {
			p.quiet[i] = append(p.quiet[i], reason(CodeQuietHours, r, "hours", "hours", r.Hours, "zone", loc.String()))
		}
		p.hours = p.hours.both(r.hours)
		p.cap(r)
		if r.Brand == "yes" || r.Brand == "start" {
			p.brand = r
		}
		if r.Label != "" {
			p.label = r
		}
		if r.OptOut == optOutRequired {
			p.optOut = r
		}
		if r.Links == "banned" {
			p.links = r
		}
	}
	p.grounds = map[data.Basis][]Reason{}
	for _, b := range append([]data.Basis{data.NoBasis}, data.Bases...) {
		if r := p.refuses(b); r == nil {
			p.grounds[b] = p.why(kind, b)
		}
	}
}

// refuses returns the first row that doesn't accept a basis; nil when all do.
func (p *plan) refuses(b data.Basis) *Row {
	for _, r := range p.rows {
		if _, ok := r.accepts[b]; !ok && !r.anyone {
			return r
		}
	}
	return nil
}

// why explains a message that may go: the ground it rests on, and the hours in which the moment falls.
func (p *plan) why(kind data.Kind, b data.Basis) []Reason {
	ground := p.rows[0]
	for _, r := range p.rows {
		if !r.anyone && (ground.anyone || len(r.accepts) < len(ground.accepts)) {
			ground = r
		}
	}
	var why []Reason
	if ground.anyone {
		why = append(why, reason(CodeNoConsentNeeded, ground, "bases", "kind", string(kind)))
	} else {
		why = append(why, reason(CodeConsent, ground, "bases", "basis", string(b)))
	}
	for _, r := range p.rows {
		if !r.hours.always {
			why = append(why, reason(CodeOpenHours, r, "hours", "hours", r.Hours))
		}
	}
	return why
}

// A rowRest is a calendar with the row that asks to keep it.
type rowRest struct {
	calendar string
	row      *Row
}

// resting returns the calendar on whose holiday a wall clock is; nil for none.
func (p *plan) resting(local time.Time) *rowRest {
	for i := range p.rests {
		if holidays().rests(p.rests[i].calendar, local) {
			return &p.rests[i]
		}
	}
	return nil
}

// free tells whether neither hours nor holidays forbid anything, wherever somebody is.
func (p *plan) free() bool { return p.hours.always && len(p.rests) == 0 }

// open tells whether the moment is open in every candidate zone.
func (p *plan) open(at data.Instant) bool {
	if p.free() {
		return true
	}
	if p.lost {
		return false
	}
	t := at.Time()
	for _, loc := range p.places {
		if local := t.In(loc); !p.hours.open(local) || p.resting(local) != nil {
			return false
		}
	}
	return true
}

// horizon is how far next looks ahead: two weeks hold every weekly window, and a change of clocks in between.
const horizon = 15 * 24 * time.Hour

// next returns the first moment from at on that is open in every candidate zone at once; false where there is none.
func (p *plan) next(at data.Instant) (data.Instant, bool) {
	if p.free() {
		return at, true
	}
	if p.lost {
		return 0, false
	}
	t := at.Time()
	limit := t.Add(horizon)
	for !t.After(limit) { // each turn moves on, past a night or a holiday
		moved := false
		for _, loc := range p.places {
			n, ok := p.hours.next(t.In(loc))
			if !ok {
				return 0, false
			}
			if p.resting(n) != nil { // the day after, from its beginning on
				n = time.Date(n.Year(), n.Month(), n.Day()+1, 0, 0, 0, 0, loc)
			}
			if n.After(t) {
				t, moved = n.UTC(), true
			}
		}
		if !moved {
			return data.At(t), true
		}
	}
	return 0, false
}

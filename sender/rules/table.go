package rules

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	tables "counterbell/assets/rules"
	"counterbell/data"
)

// Version is the state of the built-in tables.
const Version = tables.Version

// What a rule says about the opt-out line.
const (
	optOutRequired  = "required"
	optOutForbidden = "forbidden"
)

// A Row is what one region, or one of its states, asks of one kind of message. Kind is marketing, transactional,
// healthcare or otp: reminders and notices read transactional.
type Row struct {
	Region      string
	Subdivision string
	Kind        string
	Hours       string // "Mo-Sa 09:00-20:00", the recipient's own time, the end exclusive; empty: always
	Holidays    string // the calendar on whose days nothing may be sent: a country's or state's, or national
	Caps        []Cap
	Label       string   // what must stand at the very start, {brand} in it
	Accepts     []string // labels that do as well
	Brand       string   // yes, start or no: whether the brand name must stand in the text
	Sender      string   // how the sender ID must look, {sender} in it
	OptOut      string   // required, recommended, no or forbidden
	Keywords    []string
	Links       string   // empty, registered (with the carrier) or banned
	Ours        []string // columns that are our own default and may be loosened
	Vendor      []string // columns that rest on the guidance of vendors alone
	Basis       string   // statute, regulator, carrier, industry, vendor, house
	Source      string
	Confidence  string
	Verified    string

	accepts map[data.Basis]period // how long each basis lasts; zero: without end
	anyone  bool                  // no consent is asked for
	expires period                // how long any consent lasts
	contact bool                  // counted from the person's last contact instead of the grant
	hours   hours

	own       []string // columns that the user settled anew
	ownSource string   // and who did, when
}

// A Cap is how many messages one person may get in a period.
type Cap struct {
	N    int
	Per  string // hour, day, week, month
	Only string // the case for which alone it holds ("exemption"); empty: always
}

// Place names where the row comes from: "US", "US-FL", "EU".
func (r *Row) Place() string {
	if r.Subdivision != "" {
		return r.Region + "-" + r.Subdivision
	}
	return r.Region
}

// basisOf returns the ground of one of the row's columns: our own default, vendors' guidance, or the row's.
func (r *Row) basisOf(column string) string {
	switch {
	case slices.Contains(r.Ours, column), slices.Contains(r.own, column):
		return "house"
	case slices.Contains(r.Vendor, column):
		return "vendor"
	}
	return r.Basis
}

// A period of calendar time: P2Y, P24M, P21D (ISO 8601).
type period struct{ years, months, days int }

func (p period) zero() bool { return p == period{} }

func (p period) after(i data.Instant) data.Instant {
	return data.At(i.Time().AddDate(p.years, p.months, p.days))
}

func parsePeriod(s string) (period, error) {
	if s == "" {
		return period{}, nil
	}
	n := 0
	if len(s) > 2 && s[0] == 'P' {
		n, _ = strconv.Atoi(s[1 : len(s)-1])
	}
	if n > 0 {
		switch s[len(s)-1] {
		case 'Y':
			return period{years: n}, nil
		case 'M':
			return period{months: n}, nil
		case 'D':
			return period{days: n}, nil
		}
	}
	return period{}, fmt.Errorf("period %q can't be read", s)
}

type region struct {
	reads  string // the region whose rows it reads, where it has none of its own
	langs  []string
	byArea bool // a number's area code tells the place
}

type rowKey struct{ region, subdivision, kind string }

type subdivisionKey struct{ region, code string }

// A Table holds the rules and answers by them. It is safe for many at a time.
type Table struct {
	rows    map[rowKey]*Row
	regions map[string]region
	zones   map[subdivisionKey][]string
	codes   map[subdivisionKey]string // region and lower-case name → code

	mu    sync.RWMutex
	plans map[string]*plan
}

// Builtin returns the table that Counterbell comes with.
var Builtin = sync.OnceValue(func() *Table {
	t, err := load()
	if err != nil {
		panic("rules: " + err.Error()) // the tables are part of the program: a test reads them all
	}
	return t
})

func load() (*Table, error) {
	t := &Table{rows: map[rowKey]*Row{}, regions: map[string]region{}, zones: map[subdivisionKey][]string{}, codes: map[subdivisionKey]string{}, plans: map[string]*plan{}}
	err := each(tables.Rules, func(c map[string]string) error {
		r, err := readRow(c)
		if err == nil {
			t.rows[rowKey{r.Region, r.Subdivision, r.Kind}] = r
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(tables.Regions, func(c map[string]string) error {
		t.regions[c["region"]] = region{c["reads"], list(c["languages"]), c["by_area"] == "yes"}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, each(tables.Subdivisions, func(c map[string]string) error {
		for _, z := range list(c["zones"]) {
			if _, err := time.LoadLocation(z); err != nil {
				return err
			}
		}
		t.zones[subdivisionKey{c["region"], c["code"]}] = list(c["zones"])
		t.codes[subdivisionKey{c["region"], strings.ToLower(c["name"])}] = c["code"]
		return nil
	})
}

func each(file []byte, row func(map[string]string) error) error {
	all, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		return err
	}
	for i, r := range all[1:] {
		m := make(map[string]string, len(r))
		for j, name := range all[0] {
			m[name] = r[j]
		}
		if err := row(m); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return nil
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

func readRow(c map[string]string) (*Row, error) {
	r := &Row{
		Region: c["region"], Subdivision: c["subdivision"], Kind: c["kind"], Hours: c["hours"], Holidays: c["holidays"],
		Label: c["label"], Accepts: list(c["label_accepts"]), Brand: c["brand"], Sender: c["sender"], OptOut: c["opt_out"],
		Keywords: list(c["keywords"]), Links: c["links"], Ours: list(c["ours"]), Vendor: list(c["vendor"]),
		Basis: c["basis"], Source: c["source"], Confidence: c["confidence"], Verified: c["verified"],
		accepts: map[data.Basis]period{}, contact: c["expires_from"] == "contact",
	}
	var err error
	if r.hours, err = parseHours(r.Hours); err != nil {
		return nil, err
	}
	if r.expires, err = parsePeriod(c["expires"]); err != nil {
		return nil, err
	}
	for _, b := range list(c["bases"]) {
		if b == "none" {
			r.anyone = true
			continue
		}
		name, lasts, _ := strings.Cut(b, ":")
		if !slices.Contains(data.Bases, data.Basis(name)) {
			return nil, fmt.Errorf("basis %q is unknown", name)
		}
		if r.accepts[data.Basis(name)], err = parsePeriod(lasts); err != nil {
			return nil, err
		}
	}
	if r.Caps, err = parseCaps(c["caps"]); err != nil {
		return nil, err
	}
	return r, nil
}

// law returns the region whose rows hold for a region: its own, the one that it reads (EU, FR, US…), or ZZ.
func (t *Table) law(region string) string {
	if _, ok := t.rows[rowKey{region, "", "marketing"}]; ok {
		return region
	}
	if reads := t.regions[region].reads; reads != "" {
		return reads
	}
	return "ZZ"
}

// row returns the row of a region, falling back to what it reads and at last to ZZ, which has every kind.
func (t *Table) row(region, kind string) *Row {
	for _, at := range []string{region, t.law(region), "ZZ"} {
		if r := t.rows[rowKey{at, "", kind}]; r != nil {
			return r
		}
	}
	return t.rows[rowKey{"ZZ", "", "transactional"}]
}

// Row returns the row that a region's messages of a kind read, states aside.
func (t *Table) Row(region string, kind data.Kind) *Row { return t.row(region, rowKind(kind)) }

// rowKind returns which rows a kind of message reads.
func rowKind(k data.Kind) string {
	switch k {
	case data.Marketing:
		return "marketing"
	case data.OTP:
		return "otp"
	}
	return "transactional"
}

// Languages returns what people in a region commonly read, the commonest first; English where nothing is known.
func Languages(region string) []string {
	if l := Builtin().regions[region].langs; l != nil {
		return l
	}
	return []string{"en"}
}

// Law returns the region whose rules hold for a region: "EU" for Austria, "US" for Puerto Rico, "ZZ" where there are
// none but our own.
func Law(region string) string { return Builtin().law(region) }

// subdivision finds a state by its code ("TX", "US-TX") or name ("Texas").
func (t *Table) subdivision(region, s string) (string, bool) {
	s = strings.TrimSpace(s)
	code := strings.TrimPrefix(strings.ToUpper(s), region+"-")
	if _, ok := t.zones[subdivisionKey{region, code}]; ok {
		return code, true
	}
	code, ok := t.codes[subdivisionKey{region, strings.ToLower(s)}]
	return code, ok
}

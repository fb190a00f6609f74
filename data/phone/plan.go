package phone

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// A plan is one country's numbering plan, read from the phone library's metadata: which digits are a mobile, a
// landline, a premium number, how long they may be, and what people dial in front of them at home.
//
// Its methods follow libphonenumber's parsing step by step (maybeExtractCountryCode, maybeStripNationalPrefix…), so
// that for bare digits the result is the library's; plan_test.go holds them against each other.
type plan struct {
	region string // ISO 3166-1 alpha-2; "001" for numbers of no country, such as satellite phones
	code   int    // country calling code
	digits string // the same in digits

	table   *table
	lengths [kinds]uint32 // for each kind, bit n is set when n digits are possible
	local   uint32        // lengths that work only inside one town
	same    bool          // mobiles and landlines share one range, as in the US

	trunk     string         // what is dialled in front at home, when it is plain digits: "0"
	prefix    *regexp.Regexp // the same where it is a pattern; nil when there is none
	transform string         // how prefix rewrites what follows; empty: it is cut
	idd       *regexp.Regexp // what is dialled before a foreign number
	leading   *regexp.Regexp // the leading digits that tell regions of one calling code apart
	meta      *phonenumbers.PhoneMetadata
}

// The kinds of number that a plan tells apart, in the order in which libphonenumber tests them.
const (
	general = iota
	premium
	tollFree
	sharedCost
	voip
	personal
	pager
	uan
	voicemail
	fixed
	mobile
	kinds
	fixedOrMobile = kinds     // landline or mobile: the range doesn't tell
	noKind        = kinds + 1 // not a number of this country
)

// Lengths that E.164 and the library allow for a national number.
const (
	minNational = 2
	maxNational = 17
)

// numbering is every plan. Those that nobody asks for are never built.
type numbering struct {
	metas   map[string]*phonenumbers.PhoneMetadata // by region; non-geographic ones by calling code
	regions [1000][]string                         // by calling code: the main region first
	plans   sync.Map                               // key of metas → *plan
	zeros   sync.Map                               // see writtenWithZero
}

var world = sync.OnceValue(func() *numbering {
	w := &numbering{metas: map[string]*phonenumbers.PhoneMetadata{}}
	collection, err := phonenumbers.MetadataCollection()
	if err != nil {
		panic("phone: the library's metadata can't be read: " + err.Error()) // it is embedded: a broken build
	}
	for _, m := range collection.GetMetadata() {
		w.metas[metaKey(m.GetId(), int(m.GetCountryCode()))] = m
	}
	for code := range phonenumbers.GetSupportedCallingCodes() {
		w.regions[code] = phonenumbers.GetRegionCodesForCountryCode(code)
	}
	return w
})

func metaKey(region string, code int) string {
	if region == "001" {
		return strconv.Itoa(code)
	}
	return region
}

// plan returns a region's plan, or nil when there is none by that name.
func (w *numbering) plan(region string, code int) *plan {
	k := metaKey(region, code)
	if p, ok := w.plans.Load(k); ok {
		return p.(*plan)
	}
	m := w.metas[k]
	if m == nil {
		return nil
	}
	p, err := newPlan(m)
	if err != nil {
		panic(fmt.Sprintf("phone: plan of %s: %v", k, err)) // TestEveryPlan builds them all
	}
	kept, _ := w.plans.LoadOrStore(k, p)
	return kept.(*plan)
}

var plainDigits = regexp.MustCompile(`^\d+$`)

func newPlan(m *phonenumbers.PhoneMetadata) (*plan, error) {
	p := &plan{
		region: m.GetId(), code: int(m.GetCountryCode()), digits: strconv.Itoa(int(m.GetCountryCode())),
		same: m.GetSameMobileAndFixedLinePattern(), transform: m.GetNationalPrefixTransformRule(), meta: m,
	}
	descs := [kinds]*phonenumbers.PhoneNumberDesc{
		m.GetGeneralDesc(), m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(), m.GetVoip(), m.GetPersonalNumber(),
		m.GetPager(), m.GetUan(), m.GetVoicemail(), m.GetFixedLine(), m.GetMobile(),
	}
	patterns := make([]string, kinds)
	for i, d := range descs {
		patterns[i] = d.GetNationalNumberPattern()
		for _, n := range d.GetPossibleLength() {
			if n > 0 && n < 32 {
				p.lengths[i] |= 1 << n
			}
		}
		if len(d.GetPossibleLength()) == 0 {
			p.lengths[i] = ^uint32(0) // as the general description, which is tested anyway
		}
		if i != general {
			continue
		}
		for _, n := range d.GetPossibleLengthLocalOnly() {
			if n > 0 && n < 32 {
				p.local |= 1 << n
			}
		}
	}
	var err error
	if p.table, err = newTable(patterns); err != nil {
		return nil, err
	}
	switch prefix := m.GetNationalPrefixForParsing(); {
	case plainDigits.MatchString(prefix) && p.transform == "":
		p.trunk = prefix
	case prefix != "":
		if p.prefix, err = regexp.Compile("^(?:" + prefix + ")"); err != nil {
			return nil, err
		}
	}
	if idd := m.GetInternationalPrefix(); idd != "" {
		if p.idd, err = regexp.Compile("^(?:" + idd + ")"); err != nil {
			return nil, err
		}
	}
	if lead := m.GetLeadingDigits(); lead != "" {
		if p.leading, err = regexp.Compile("^(?:" + lead + ")"); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// kind tells what a national number is, or noKind.
func (p *plan) kind(national string) int {
	if len(national) > 31 {
		return noKind
	}
	bits, length := p.table.match(national), uint32(1)<<len(national)
	is := func(k int) bool { return bits>>k&1 == 1 && p.lengths[k]&length != 0 }
	if !is(general) {
		return noKind
	}
	for k := premium; k <= voicemail; k++ {
		if is(k) {
			return k
		}
	}
	switch {
	case is(fixed) && (p.same || is(mobile)):
		return fixedOrMobile
	case is(fixed):
		return fixed
	case !p.same && is(mobile):
		return mobile
	}
	return noKind
}

// viable tells whether the digits fit the plan's general pattern.
func (p *plan) viable(national string) bool { return p.table.match(national)&1 == 1 }

// length is what the number of digits says about a national number.
type length int

const (
	possible length = iota
	localOnly
	tooShort
	tooLong
	wrongLength
)

func (p *plan) length(n int) length {
	set := p.lengths[general]
	switch {
	case n < 32 && p.local>>n&1 == 1:
		return localOnly
	case n < 32 && set>>n&1 == 1:
		return possible
	case set == 0 || set&(1<<min(n, 31)-1) == 0:
		return tooShort
	case n >= 32 || set>>n == 0:
		return tooLong
	}
	return wrongLength
}

// strip takes off what is dialled in front of a number at home, unless that makes a valid number invalid.
func (p *plan) strip(national string) string {
	if national == "" {
		return national
	}
	if p.trunk != "" {
		rest, ok := strings.CutPrefix(national, p.trunk)
		if !ok || p.viable(national) && !p.viable(rest) {
			return national
		}
		return rest
	}
	if p.prefix == nil {
		return national
	}
	at := p.prefix.FindStringSubmatchIndex(national)
	if at == nil {
		return national
	}
	rest := national[at[1]:]
	if last := len(at) - 2; p.transform != "" && at[last] >= 0 {
		rest = p.prefix.ReplaceAllString(national, p.transform)
	}
	if p.viable(national) && !p.viable(rest) {
		return national
	}
	return rest
}

// finish strips the trunk prefix where what remains has a possible length.
func (p *plan) finish(national string) string {
	rest := p.strip(national)
	switch p.length(len(rest)) {
	case tooShort, localOnly, wrongLength:
		return national
	}
	return rest
}

// international reads digits that begin with a country calling code: code 0 when they don't.
func (w *numbering) international(digits string) (code int, national string) {
	if digits == "" || digits[0] == '0' {
		return 0, ""
	}
	n := 0
	for i := 0; i < 3 && i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
		if regions := w.regions[n]; regions != nil {
			p := w.plan(regions[0], n)
			if p == nil || len(digits)-i-1 < minNational {
				return 0, ""
			}
			return n, p.finish(digits[i+1:])
		}
	}
	return 0, ""
}

// home reads digits as somebody in the plan's country dials them.
func (w *numbering) home(p *plan, digits string) (code int, national string) {
	if p.idd != nil {
		if at := p.idd.FindStringIndex(digits); at != nil && at[1] < len(digits) && digits[at[1]] != '0' {
			return w.international(digits[at[1]:])
		}
	}
	if rest, ok := strings.CutPrefix(digits, p.digits); ok {
		rest = p.strip(rest)
		if !p.viable(digits) && p.viable(rest) || p.length(len(digits)) == tooLong {
			if len(rest) < minNational {
				return 0, ""
			}
			return w.international(p.digits + rest)
		}
	}
	return p.code, p.finish(digits)
}

// identify finds which region of a calling code a national number belongs to, and what it is there.
func (w *numbering) identify(code int, national string) (region string, kind int) {
	if code <= 0 || code >= len(w.regions) || len(national) < minNational || len(national) > maxNational {
		return "", noKind
	}
	regions := w.regions[code]
	if len(regions) == 1 {
		p := w.plan(regions[0], code)
		if p == nil {
			return "", noKind
		}
		return regions[0], p.kind(national)
	}
	for _, r := range regions {
		p := w.plan(r, code)
		if p == nil {
			continue
		}
		if p.leading != nil {
			if p.leading.MatchString(national) {
				return r, p.kind(national)
			}
		} else if k := p.kind(national); k != noKind {
			return r, k
		}
	}
	return "", noKind
}

func itoa(n int) string { return strconv.Itoa(n) }

// Countries lists every country whose numbers are known, as ISO 3166-1 alpha-2 codes in alphabetical order.
func Countries() []string {
	var all []string
	for k, m := range world().metas {
		if m.GetId() != "001" {
			all = append(all, k)
		}
	}
	slices.Sort(all)
	return all
}

// Known tells whether numbers of a country (ISO 3166-1 alpha-2) can be read without their country code.
func Known(country string) bool {
	m := world().metas[country]
	return m != nil && m.GetId() == country
}

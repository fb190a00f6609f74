package practice

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/sender/provider"
)

// Shares is how practice people and carriers behave, each a part of one. Rejected, Unknown and Undelivered are parts
// of what is handed over; the others of what is delivered.
type Shares struct {
	Rejected    float64 // refused at once
	Unknown     float64 // the line drops; half of them go out all the same
	Undelivered float64

	Opens    float64 // people who follow their link
	Previews float64 // phones and scanners that fetch it first
	Visits   float64 // people who come to the till with their coupon
	Stops    float64 // answer a marketing text with STOP

	Confirms float64 // of reminders
	Cancels  float64
	Unclear  float64
}

// Usual is a fair autumn campaign of a shop.
var Usual = Shares{
	Rejected: 0.005, Unknown: 0.003, Undelivered: 0.032, Opens: 0.43, Previews: 0.12, Visits: 0.12, Stops: 0.015,
	Confirms: 0.60, Cancels: 0.08, Unclear: 0.04,
}

// kept is one text that the carrier has, and what becomes of it.
type kept struct {
	ref    string
	to     data.Phone
	kind   data.Kind
	words  int64 // a hash of the text: the same words to the same number twice are noticed
	at     data.Instant
	answer provider.OutcomeState
	state  data.MessageState // from final on
	class  data.ErrorClass
	code   string
	final  data.Instant
}

// What people do.
const (
	opening = "open"
	reply   = "reply"
	visit   = "visit"
)

// event is something that a person, or a person's phone, is going to do.
type event struct {
	id       int64
	kind     string
	at       data.Instant
	ref      string
	to       data.Phone
	what     string // the address opened, the words replied, the code shown
	method   string
	agent    string
	prefetch bool
	tries    int
}

// people decides what becomes of a text. The same seed, number and history always give the same.
type people struct {
	seed   int64
	pace   float64
	shares Shares
	zone   *time.Location // whose nights people sleep; nil: the clock's own
	relay  *url.URL       // beside this computer, the only host whose links are opened
}

// draw returns the numbers of chance that belong to a seed and some words.
func (p *people) draw(words ...string) *rand.Rand {
	h := sha256.New()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(p.seed))
	h.Write(b[:])
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	sum := h.Sum(nil)
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:])))
}

// plan decides about a text handed over at now, the nth of its kind to that number. Whether a number exists is the
// number's own; what the person does differs from text to text.
func (p *people) plan(t provider.Text, nth int, now time.Time) (kept, []event) {
	s := &p.shares
	k := kept{ref: t.Ref, to: t.To, kind: t.Kind, words: wordsOf(t.Body), at: data.At(now), answer: provider.Accepted, state: data.Delivered}
	number, r := p.draw(string(t.To)), p.draw(string(t.To), string(t.Kind), strconv.Itoa(nth))

	delay := time.Second + min(time.Duration(r.ExpFloat64()*float64(4*time.Second)), 40*time.Second)
	k.final = data.At(now.Add(p.squeeze(delay)))
	switch fate, why := number.Float64(), number.Float64(); {
	case fate < s.Rejected:
		k.answer, k.state, k.class, k.code, k.final = provider.Rejected, data.Rejected, data.ClassInvalidNumber, "no_such_number", k.at
		return k, nil
	case fate < s.Rejected+s.Undelivered:
		k.state = data.Undelivered
		switch {
		case why < 0.45:
			k.class, k.code = data.ClassInvalidNumber, "unknown_subscriber"
		case why < 0.85:
			k.class, k.code = data.ClassUnroutable, "absent_subscriber"
		default:
			k.class, k.code = data.ClassUnroutable, "landline"
		}
		return k, nil
	}
	if luck, out := r.Float64(), r.Float64(); luck < s.Unknown {
		k.answer = provider.Unknown
		if out < 0.5 {
			k.state = data.Unknown
			return k, nil
		}
	}
	return k, p.acts(t, k, now.Add(delay), delay, r)
}

// acts lists what the person and the phone do after a delivery.
func (p *people) acts(t provider.Text, k kept, delivered time.Time, delay time.Duration, r *rand.Rand) []event {
	s := &p.shares
	handed := delivered.Add(-delay)
	var es []event
	add := func(kind string, after time.Duration, awake func(time.Time, *rand.Rand) time.Time, e event) {
		at := delivered.Add(after)
		if p.pace == 1 && awake != nil {
			at = awake(at, r)
		}
		e.kind, e.ref, e.to, e.at = kind, t.Ref, t.To, data.At(handed.Add(p.squeeze(at.Sub(handed))))
		es = append(es, e)
	}
	// Who owns a number that may be real never answers here: an answer changes consent and visits, and what nobody said
	// must not stand in a real person's record. Numbers reserved for fiction belong to nobody.
	facts, err := phone.Facts(t.To)
	answering := err == nil && facts.Fictional
	// The draws are made whether they are needed or not: changing one share changes nothing else.
	opens, previews, visits, answers := r.Float64(), r.Float64(), r.Float64(), r.Float64()
	lang := language(t.Body)

	link := p.link(t.Body)
	if link != "" && previews < s.Previews {
		a := pick(agents["preview"], r)
		add(opening, time.Second+time.Duration(r.Int64N(int64(2*time.Second))), nil, event{what: link, method: a.method, agent: a.agent, prefetch: a.prefetch})
	}
	if link != "" && opens < s.Opens {
		a := pick(agents["person"], r)
		after := interest(r)
		add(opening, after, p.awake, event{what: link, method: a.method, agent: a.agent})
		if r.Float64() < 0.15 { // looks it up again, at the till for example
			add(opening, after+time.Duration(r.Float64()*float64(48*time.Hour)), p.awake, event{what: link, method: a.method, agent: a.agent})
		}
	}
	switch t.Kind {
	case data.Marketing:
		// Who opened comes more often: with the usual shares 22 % of them, and 4.5 % of the others.
		share := s.Visits * 0.375
		if link == "" {
			share = s.Visits
		} else if opens < s.Opens {
			share = s.Visits * 1.83
		}
		if visits < share {
			after := 2*time.Hour + min(time.Duration(r.ExpFloat64()*float64(72*time.Hour)), 11*24*time.Hour)
			add(visit, after, p.shopping, event{what: code(t.Body)})
		}
		if answering && answers < s.Stops {
			add(reply, moment(r, 30*time.Minute), p.awake, event{what: say(lang, "stop", t.Body, r)})
		}
	case data.Reminder:
		act := ""
		switch {
		case !answering:
			return es
		case answers < s.Confirms:
			act = "confirm"
		case answers < s.Confirms+s.Cancels:
			act = "cancel"
		case answers < s.Confirms+s.Cancels+s.Unclear:
			act = "unclear"
		default:
			return es
		}
		add(reply, moment(r, 40*time.Minute), p.awake, event{what: say(lang, act, t.Body, r)})
	}
	return es
}

// interest is how long after delivery a link is followed: most within the hour, a tail of days.
func interest(r *rand.Rand) time.Duration {
	switch u := r.Float64(); {
	case u < 0.55:
		return moment(r, 25*time.Minute)
	case u < 0.85:
		return moment(r, 6*time.Hour)
	default:
		return moment(r, 0) + time.Duration(r.Float64()*float64(11*24*time.Hour))
	}
}

// moment is at least the fifteen seconds that a person needs to pick up the phone, and mean more on average.
func moment(r *rand.Rand, mean time.Duration) time.Duration {
	return 15*time.Second + min(time.Duration(r.ExpFloat64()*float64(mean)), 10*mean)
}

// squeeze makes waiting bearable where the clock is real: what takes over ten seconds goes pace times faster.
func (p *people) squeeze(d time.Duration) time.Duration {
	const patience = 10 * time.Second
	if d <= patience || p.pace == 1 {
		return d
	}
	return patience + time.Duration(float64(d-patience)/p.pace)
}

// awake moves what would happen between 23:00 and 7:00 to the morning.
func (p *people) awake(t time.Time, r *rand.Rand) time.Time {
	return p.between(t, 7, 23, 3*time.Hour, r)
}

// shopping moves a visit into the hours from 10:00 to 19:00.
func (p *people) shopping(t time.Time, r *rand.Rand) time.Time {
	return p.between(t, 10, 19, 8*time.Hour, r)
}

func (p *people) between(t time.Time, open, shut int, spread time.Duration, r *rand.Rand) time.Time {
	if p.zone != nil {
		t = t.In(p.zone)
	}
	late := time.Duration(r.Float64() * float64(spread))
	switch h := t.Hour(); {
	case h >= shut:
		return time.Date(t.Year(), t.Month(), t.Day()+1, open, 0, 0, 0, t.Location()).Add(late)
	case h < open:
		return time.Date(t.Year(), t.Month(), t.Day(), open, 0, 0, 0, t.Location()).Add(late)
	}
	return t
}

var address = regexp.MustCompile(`https?://[^\s<>"'，。；！？、（）【】]+`)

// link finds the first address in a text that leads to this computer or to the user's own relay. Practice opens no
// other: people's links must not be followed by anybody but them.
func (p *people) link(text string) string {
	for _, s := range address.FindAllString(text, 8) {
		s = strings.TrimRight(s, ".,;:!?)")
		if p.mayOpen(s) {
			return s
		}
	}
	return ""
}

func (p *people) mayOpen(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return loopback(u.Hostname()) || p.relay != nil && strings.EqualFold(u.Host, p.relay.Host) && u.Scheme == p.relay.Scheme
}

var codeShape = regexp.MustCompile(`\b[2-9A-Z]{4}-?[2-9A-Z]{4}\b`)

// code finds the coupon's code in a text, 8 bare characters; empty where there is none.
func code(text string) string {
	for _, s := range codeShape.FindAllString(text, 8) {
		if c, err := data.ReadCode(s); err == nil {
			return c
		}
	}
	return ""
}

func language(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return "zh"
	}
	return "en"
}

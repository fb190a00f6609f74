package phone

import (
	"fmt"
	"regexp/syntax"
	"slices"
)

// A table recognises the digits of a national number in one pass: it is the phone library's own patterns for a country
// (mobile, landline, premium, …), turned into one automaton over the ten digits. A list of 100,000 people then costs
// milliseconds where matching the patterns one by one as regular expressions costs seconds.
type table struct {
	next   [][10]uint16 // state, digit → state; 0 is the dead end, 1 the start
	accept []uint16     // state → one bit for each pattern that the digits so far match in full
}

// maxStates keeps a careless pattern from eating memory; the largest plan (Argentina's) needs a tenth of it.
const maxStates = 60_000

// match returns one bit for each pattern that matches all the digits.
func (t *table) match(digits string) uint16 {
	s := uint16(1)
	for i := 0; i < len(digits); i++ {
		if s = t.next[s][digits[i]-'0']; s == 0 {
			return 0
		}
	}
	return t.accept[s]
}

// begins tells whether a longer number could begin with the digits.
func (t *table) begins(digits string) bool {
	s := uint16(1)
	for i := 0; i < len(digits) && s != 0; i++ {
		s = t.next[s][digits[i]-'0']
	}
	return s != 0 && t.next[s] != [10]uint16{}
}

// newTable builds the automaton of up to 16 patterns; an empty pattern never matches. Patterns are regular expressions
// over digits without anchors, as libphonenumber's metadata holds them.
func newTable(patterns []string) (*table, error) {
	n := nfa{progs: make([]*syntax.Prog, len(patterns))}
	var start []uint32
	for i, p := range patterns {
		if p == "" {
			continue
		}
		re, err := syntax.Parse(p, syntax.Perl)
		if err != nil {
			return nil, fmt.Errorf("pattern %d: %w", i, err)
		}
		if n.progs[i], err = syntax.Compile(re.Simplify()); err != nil {
			return nil, fmt.Errorf("pattern %d: %w", i, err)
		}
		start = n.follow(start, uint32(i)<<24|uint32(n.progs[i].Start))
	}
	t := &table{next: make([][10]uint16, 2), accept: make([]uint16, 2)}
	states := [][]uint32{nil, canonical(start)}
	t.accept[1] = n.accepts(states[1])
	known := map[string]uint16{key(states[1]): 1}
	for s := 1; s < len(states); s++ {
		for d := range 10 {
			to := canonical(n.step(states[s], rune('0'+d)))
			if len(to) == 0 {
				continue
			}
			k := key(to)
			id, ok := known[k]
			if !ok {
				if len(states) >= maxStates {
					return nil, fmt.Errorf("more than %d states", maxStates)
				}
				id = uint16(len(states))
				known[k] = id
				states = append(states, to)
				t.next = append(t.next, [10]uint16{})
				t.accept = append(t.accept, n.accepts(to))
			}
			t.next[s][d] = id
		}
	}
	return t, nil
}

// An nfa walks several compiled patterns at once; a position is the pattern's index in the top byte and the
// instruction below it.
type nfa struct{ progs []*syntax.Prog }

// follow adds every instruction that can be reached from at without reading a digit and that reads one or matches.
func (n *nfa) follow(set []uint32, at uint32) []uint32 {
	prog, pc := n.progs[at>>24], at&0xffffff
	in := &prog.Inst[pc]
	switch in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return n.follow(n.follow(set, at&^0xffffff|in.Out), at&^0xffffff|in.Arg)
	case syntax.InstCapture, syntax.InstNop:
		return n.follow(set, at&^0xffffff|in.Out)
	case syntax.InstFail, syntax.InstEmptyWidth:
		return set // metadata has no anchors; a table that met one would match less than the library, which the tests would show
	}
	if slices.Contains(set, at) {
		return set
	}
	return append(set, at)
}

func (n *nfa) step(from []uint32, digit rune) []uint32 {
	var to []uint32
	for _, at := range from {
		in := &n.progs[at>>24].Inst[at&0xffffff]
		if in.Op != syntax.InstMatch && in.MatchRune(digit) {
			to = n.follow(to, at&^0xffffff|in.Out)
		}
	}
	return to
}

func (n *nfa) accepts(set []uint32) (bits uint16) {
	for _, at := range set {
		if n.progs[at>>24].Inst[at&0xffffff].Op == syntax.InstMatch {
			bits |= 1 << (at >> 24)
		}
	}
	return bits
}

func canonical(set []uint32) []uint32 {
	slices.Sort(set)
	return set
}

func key(set []uint32) string {
	b := make([]byte, 0, 4*len(set))
	for _, v := range set {
		b = append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
	}
	return string(b)
}

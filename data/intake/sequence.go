package intake

import (
	"fmt"
	"strconv"

	"counterbell/data"
)

// sequenceFrom is how many numbers that count up by one make a person look: somebody dragged a cell's corner.
const sequenceFrom = 20

// A sequence finds numbers that count up.
type sequence struct {
	last, start  uint64
	run, longest int
	samples      []string
}

func (s *sequence) add(c *data.Contact) {
	n := figure(c.Phone)
	if n == s.last+1 {
		s.run++
	} else {
		s.run, s.start = 1, n
	}
	s.last = n
	if s.run > s.longest {
		s.longest = s.run
		if s.run >= sequenceFrom {
			s.samples = []string{fmt.Sprintf("+%d", s.start), "…", string(c.Phone)}
		}
	}
}

// figure is a number's digits, which fit: E.164 has at most fifteen, the library's longest are eighteen.
func figure(p data.Phone) uint64 {
	if len(p) < 2 {
		return 0
	}
	n, _ := strconv.ParseUint(string(p[1:]), 10, 64)
	return n
}

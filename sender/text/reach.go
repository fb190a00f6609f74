package text

import "iter"

// A Reach is what a template comes to over an audience: how long it gets for whom, and who can't get it. The composer
// shows it before anything is sent.
type Reach struct {
	People     int            // everybody asked
	Missing    int            // who lacks a value that has no fallback: no message for them
	MissingBy  map[string]int // how many lack each placeholder
	Segments   int            // of all messages together
	BySegments map[int]int    // how many messages take 1, 2, 3… segments
	UCS2       int            // how many messages are UCS-2
	Longest    Length         // the longest message
	LongestAt  int            // whose it is, counted from 0; -1 when nobody gets one
	Text       string         // and its words
}

// Reach renders the template for everybody and measures it. finish adds what stands around the words, such as label and
// opt-out line; nil adds nothing.
func (t Template) Reach(people iter.Seq[Values], rule Rule, finish func(string) string) Reach {
	r := Reach{MissingBy: map[string]int{}, BySegments: map[int]int{}, LongestAt: -1}
	for values := range people {
		at := r.People
		r.People++
		s, missing := t.Render(values)
		if len(missing) > 0 {
			r.Missing++
			for _, name := range missing {
				r.MissingBy[name]++
			}
			continue
		}
		if finish != nil {
			s = finish(s)
		}
		n := Count(s, rule)
		r.Segments += n.Segments
		r.BySegments[n.Segments]++
		if n.Encoding == UCS2 {
			r.UCS2++
		}
		if r.LongestAt < 0 || n.longerThan(r.Longest) {
			r.Longest, r.LongestAt, r.Text = n, at, s
		}
	}
	return r
}

// longerThan compares by segments, then by how full the last one is.
func (l Length) longerThan(o Length) bool {
	if l.Segments != o.Segments {
		return l.Segments > o.Segments
	}
	return l.Left < o.Left
}

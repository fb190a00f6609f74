// Package text makes the words of a message and tells how long they are: placeholders filled in for one person,
// segments as the network bills them, and the character that made a text twice as dear.
package text

import "counterbell/data"

// Encoding is how the network carries a text.
type Encoding string

const (
	GSM7 Encoding = "GSM-7" // 160 septets, or 153 in each of several segments
	UCS2 Encoding = "UCS-2" // 70 UTF-16 units, or 67 in each of several
)

// A Rule is how a provider counts segments (provider.Caps.SegmentRule).
type Rule string

const (
	RuleGSM Rule = "gsm" // 3GPP TS 23.038: 160/153 where the alphabet allows it, else 70/67
	RuleCN  Rule = "cn"  // mainland China: 70/67 for all text, plain English too
)

// limits returns how many units a text of one segment holds, and each segment of a longer one.
// Each segment of several gives six octets to the header that ties them together.
func (e Encoding) limits() (single, each int) {
	if e == GSM7 {
		return 160, 153
	}
	return 70, 67
}

// A Length is how long a text is on the network. Units are septets in GSM-7 and UTF-16 units in UCS-2.
// Left is how many more units fit before the next segment begins.
type Length struct {
	Encoding Encoding `json:"encoding"`
	Units    int      `json:"units"`
	Segments int      `json:"segments"`
	Left     int      `json:"left"`
}

// Count measures s as it stands: it folds no line breaks and swaps no characters (see Normalise and Plain). An empty
// text takes one segment, as any text does. Invalid UTF-8 counts as one U+FFFD a byte. An unknown rule counts as RuleGSM.
func Count(s string, rule Rule) Length {
	if rule != RuleCN {
		if n, ok := countGSM7(s); ok {
			return n
		}
	}
	return countUCS2(s)
}

// countGSM7 reports false when the alphabet lacks a character of s.
func countGSM7(s string) (Length, bool) {
	w := walk{segments: 1}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x80 {
			n := int(septets[c])
			if n == 0 {
				return Length{}, false
			}
			w.add(n, 153)
			continue
		}
		// From the first character beyond ASCII on, read characters instead of bytes.
		for _, r := range s[i:] {
			n := septetsOf(r)
			if n == 0 {
				return Length{}, false
			}
			w.add(n, 153)
		}
		break
	}
	return w.length(GSM7), true
}

func countUCS2(s string) Length {
	w := walk{segments: 1}
	for _, r := range s {
		w.add(unitsOf(r), 67)
	}
	return w.length(UCS2)
}

// A walk fills segments one character at a time. A character of two units is never torn: it moves whole to the next
// segment, so a total divided by 153 or 67 would be wrong now and then (3GPP TS 23.040, 9.2.3.24.1).
type walk struct{ units, used, segments int }

func (w *walk) add(n, each int) {
	w.units += n
	if w.used += n; w.used > each {
		w.segments++
		w.used = n
	}
}

func (w *walk) length(e Encoding) Length {
	single, each := e.limits()
	if w.units <= single {
		return Length{Encoding: e, Units: w.units, Segments: 1, Left: single - w.units}
	}
	return Length{Encoding: e, Units: w.units, Segments: w.segments, Left: each - w.used}
}

// Cost returns what a text of this length costs at a price for one segment. Where the price isn't known the cost isn't
// either; it is never nought.
func (l Length) Cost(segment data.Cost) data.Cost { return Cost(l.Segments, segment) }

// Cost returns what that many segments cost at a price for one of them.
func Cost(segments int, segment data.Cost) data.Cost {
	if !segment.Known {
		return data.Cost{Currency: segment.Currency}
	}
	return data.Cost{Micros: segment.Micros * data.Micros(segments), Currency: segment.Currency, Known: true}
}

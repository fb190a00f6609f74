package sheet

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

// A format is what a cell's number format says about its number: is it a day, a time, or a number whose leading zeros
// and brackets the person sees, like a phone number formatted (000) 000-0000? Everything else is a plain number.
type format struct {
	show     Kind // Number, Date, DateTime or TimeOfDay
	elapsed  bool // [h]:mm, a length of time that doesn't wrap at midnight
	patterns []pattern
}

// A pattern is a section of a format that writes digits into places, as phone numbers and postcodes have it.
type pattern struct {
	op     string // "", "<=", "<", ">=", ">", "=", "<>": when the section applies
	bound  float64
	places string // '0', '#' and '?' are places, everything else stands as it is, after a backslash
	digits bool   // the section does no more than that
}

//go:embed formats.tsv
var builtinFormatsTSV string

var builtinFormats = func() map[int]format {
	m := map[int]format{}
	for line := range strings.Lines(builtinFormatsTSV) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if id, err := strconv.Atoi(f[0]); err == nil {
			m[id] = parseFormat(f[1])
		}
	}
	return m
}()

// parseFormat reads a number format code (ECMA-376 Part 1, 18.8.31).
func parseFormat(code string) format {
	sections := splitSections(code)
	if f, ok := parseClock(sections[0]); ok {
		return f
	}
	f := format{show: Number}
	useful := false
	for _, s := range sections {
		p := parsePattern(s)
		useful = useful || p.digits
		f.patterns = append(f.patterns, p)
	}
	if !useful {
		f.patterns = nil
	}
	return f
}

// splitSections cuts a code at the semicolons that are not quoted.
func splitSections(code string) []string {
	var out []string
	start := 0
	walkFormat(code, func(i int, c byte, literal bool) {
		if c == ';' && !literal {
			out = append(out, code[start:i])
			start = i + 1
		}
	})
	return append(out, code[start:])
}

// walkFormat calls visit for each byte of a format code that isn't inside [brackets], saying whether it is a literal:
// in "quotes" or after a backslash. What follows _ and * is width and filling and is left out.
func walkFormat(code string, visit func(i int, c byte, literal bool)) {
	quoted := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
			visit(i, c, true)
		case c == '\\':
			if i++; i < len(code) {
				visit(i, code[i], true)
			}
		case c == '_' || c == '*':
			i++
		case c == '[':
			if end := strings.IndexByte(code[i:], ']'); end >= 0 {
				i += end
			}
		default:
			visit(i, c, false)
		}
	}
}

// parseClock finds the letters of days and times. m is a minute beside h or s, a month elsewhere.
func parseClock(section string) (format, bool) {
	lower := strings.ToLower(section)
	var letters []byte
	elapsed := false
	for _, mark := range []string{"[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"} {
		if strings.Contains(lower, mark) {
			elapsed = true
			letters = append(letters, mark[1])
		}
	}
	digits := false // a place for digits: E+ is an exponent then, not an era's year
	words := strings.NewReplacer("am/pm", "", "a/p", "", "general", "").Replace(lower)
	walkFormat(words, func(_ int, c byte, literal bool) {
		if literal {
			return
		}
		switch c {
		case 'y', 'm', 'd', 'h', 's', 'e', 'b':
			if c == 'e' && digits {
				return
			}
			if n := len(letters); n == 0 || letters[n-1] != c {
				letters = append(letters, c)
			}
		case '0', '#', '?':
			digits = true
		}
	})
	day, clock := false, false
	for i, c := range letters {
		switch c {
		case 'h', 's':
			clock = true
		case 'm':
			beside := i > 0 && (letters[i-1] == 'h' || letters[i-1] == 's') || i+1 < len(letters) && letters[i+1] == 's'
			day, clock = day || !(beside || elapsed), clock || beside || elapsed
		default:
			day = true
		}
	}
	switch {
	case day && clock:
		return format{show: DateTime}, true
	case day:
		return format{show: Date}, true
	case clock:
		return format{show: TimeOfDay, elapsed: elapsed}, true
	}
	return format{}, false
}

// parsePattern reads a section that writes whole numbers into places. Decimals, thousands, percent, currency and words
// make it a plain number.
func parsePattern(section string) pattern {
	var p pattern
	if end := strings.IndexByte(section, ']'); strings.HasPrefix(section, "[") && end > 0 {
		cond := section[1:end]
		for _, op := range []string{"<=", ">=", "<>", "<", ">", "="} {
			if rest, ok := strings.CutPrefix(cond, op); ok {
				if f, err := strconv.ParseFloat(strings.TrimSpace(rest), 64); err == nil {
					p.op, p.bound = op, f
				}
				break
			}
		}
	}
	var places strings.Builder
	ok, count, zeros, literals := true, 0, 0, 0
	walkFormat(section, func(_ int, c byte, literal bool) {
		switch {
		case !literal && (c == '0' || c == '#' || c == '?'):
			places.WriteByte(c)
			count++
			if c == '0' {
				zeros++
			}
		case strings.IndexByte(" ()-+", c) >= 0, literal && (c == '.' || c == '/' || c >= '0' && c <= '9'):
			places.WriteByte('\\')
			places.WriteByte(c)
			literals++
		default:
			ok = false
		}
	})
	p.digits = ok && count > 0 && (zeros > 1 || literals > 0)
	p.places = places.String()
	return p
}

// digits writes a whole number as the person sees it, "" where the format shows no more than the number itself.
func (f *format) digits(n float64) string {
	if len(f.patterns) == 0 || n < 0 || n != math.Trunc(n) || n >= 1e15 {
		return ""
	}
	p := f.pick(n)
	if p == nil || !p.digits {
		return ""
	}
	return p.write(strconv.FormatInt(int64(n), 10))
}

// pick chooses the section for n ≥ 0: by the conditions, else the first for what is above zero and the third for zero.
func (f *format) pick(n float64) *pattern {
	conditions := false
	for i := range f.patterns {
		p := &f.patterns[i]
		if p.op == "" {
			if conditions {
				return p
			}
			continue
		}
		conditions = true
		if p.holds(n) {
			return p
		}
	}
	if conditions {
		return nil
	}
	if n == 0 && len(f.patterns) > 2 {
		return &f.patterns[2]
	}
	return &f.patterns[0]
}

func (p *pattern) holds(n float64) bool {
	switch p.op {
	case "<=":
		return n <= p.bound
	case "<":
		return n < p.bound
	case ">=":
		return n >= p.bound
	case ">":
		return n > p.bound
	case "=":
		return n == p.bound
	}
	return n != p.bound
}

// write puts the digits into the places from the right; what is left over stands at the first place.
func (p *pattern) write(digits string) string {
	count := 0
	for i := 0; i < len(p.places); i++ {
		if p.places[i] == '\\' {
			i++
		} else {
			count++
		}
	}
	var out strings.Builder
	missing := count - len(digits)
	extra := max(0, -missing)
	for i := 0; i < len(p.places); i++ {
		switch c := p.places[i]; {
		case c == '\\':
			i++
			out.WriteByte(p.places[i])
		case missing > 0:
			missing--
			if c == '#' {
				continue
			}
			if c == '?' {
				c = ' '
			}
			out.WriteByte(c)
		default:
			out.WriteString(digits[:extra+1])
			digits, extra = digits[extra+1:], 0
		}
	}
	return strings.TrimSpace(out.String())
}

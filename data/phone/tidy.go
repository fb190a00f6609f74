package phone

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
)

//go:embed words.csv
var wordsCSV []byte

// A tidied text is its digits and how they were written, or what is wrong with it.
type tidied struct {
	digits  string
	plus    bool // written with a plus in front
	bare    bool // nothing but digits: maybe a number that a spreadsheet program has touched
	bracket int  // where in digits the 0 of "(0)" stands, if after something; else 0
	notes   Notes
	problem data.Code
}

func (t *tidied) withoutBracket() string { return t.digits[:t.bracket] + t.digits[t.bracket+1:] }

// maxText is longer than any way to write a number; a cell that has more is a note, not a number.
const maxText = 120

// tidy reads the characters of a raw text. Most cells hold digits and a few separators; they take the short way.
func tidy(raw string) tidied {
	if t, ok := tidyPlain(raw); ok {
		return t
	}
	return tidyOdd(raw)
}

// tidyPlain reads "+44 7700 900318", "(503) 555-0142", "07700900318" and hands everything else back.
func tidyPlain(raw string) (t tidied, ok bool) {
	s := strings.TrimSpace(raw)
	if len(s) > 24 {
		return t, false
	}
	var buf [24]byte
	n, separated := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			buf[n] = c
			n++
		case c == '+' && n == 0 && !t.plus && !separated:
			t.plus = true
		case c == ' ':
			separated = true
		case (c == '(' || c == ')') && (i+1 >= len(s) || s[i+1] != '0'):
			separated = true
		case c == '-' && n > 0: // a date has dashes too: 2026-11-24, 24-11-2026
			if n != 3 && n != 6 && n != 7 && n != 10 {
				return t, false
			}
			separated = true
		default:
			return t, false
		}
	}
	if n < 7 || n > 15 {
		return t, false
	}
	if t.bare = !separated && !t.plus; t.bare {
		t.digits = s
	} else {
		t.digits = string(buf[:n])
	}
	return t, true
}

var (
	exponentText = regexp.MustCompile(`^\+?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$`)
	pointText    = regexp.MustCompile(`^(\+?\d{6,})[.,](\d{1,3})$`)
	decimalText  = regexp.MustCompile(`^-?[1-9]\d*[.,]\d+$`)
	groupedText  = regexp.MustCompile(`^\d{1,3}(?:,\d{3}){2,}(?:\.0+)?$`)
	yearFirst    = regexp.MustCompile(`^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?:[ T]+\d{1,2}:.*)?$`)
	yearLast     = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[ T]+\d{1,2}:.*)?$`)
	clockOnly    = regexp.MustCompile(`(?i)^\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?$`)
	errorText    = regexp.MustCompile(`^#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!|GETTING_DATA|ERROR!)$`)
)

// tidyOdd reads everything else.
func tidyOdd(raw string) (t tidied) {
	if len(raw) > maxText {
		if strings.ContainsFunc(raw[:maxText], unicode.IsLetter) {
			return tidied{problem: Letters}
		}
		return tidied{problem: TooLong}
	}
	s, changed := plainText(raw)
	if changed {
		t.notes |= Wide
	}
	switch {
	case words().blank[strings.ToLower(s)] || !strings.ContainsFunc(s, letterOrDigit):
		t.problem = Missing
		return t
	case errorText.MatchString(strings.ToUpper(s)):
		t.problem = FailedCell
		return t
	case isDate(s):
		t.problem = Dated
		return t
	}
	if m := exponentText.FindStringSubmatch(s); m != nil {
		if exp, _ := strconv.Atoi(m[3]); len(m[2]) != exp {
			t.problem = DigitsLost
			return t
		}
		s = m[1] + m[2]
		t.notes |= Exponent
	} else if m := pointText.FindStringSubmatch(s); m != nil {
		if strings.Trim(m[2], "0") != "" {
			t.problem = Decimal
			return t
		}
		s = m[1]
		t.notes |= Point
	} else if decimalText.MatchString(s) {
		t.problem = Decimal
		return t
	} else if groupedText.MatchString(s) {
		s, _, _ = strings.Cut(strings.ReplaceAll(s, ",", ""), ".")
		t.notes |= Point
	}
	if len(split(s)) > 1 {
		t.problem = Two
		return t
	}
	if at := words().extension.FindStringIndex(s); at != nil && countDigits(s[:at[0]]) >= 6 {
		s = s[:at[0]]
		t.notes |= Extension
	}
	if cut := words().unlabel(s); cut != s {
		s = cut
		t.notes |= Label
	}
	t.read(s)
	return t
}

// read takes the digits out of a text of known form.
func (t *tidied) read(s string) {
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '-' && s[1] >= '0' && s[1] <= '9' && strings.Trim(s[1:], "0123456789") == "" {
		t.problem = NotValid // a negative figure: +44-7700-900318 taken for a sum
		return
	}
	var b strings.Builder
	separated := false
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9':
			if r == '0' && b.Len() > 0 && i > 0 && s[i-1] == '(' && strings.HasPrefix(s[i+1:], ")") {
				t.bracket = b.Len()
			}
			b.WriteRune(r)
		case r == '+':
			if b.Len() > 0 {
				t.problem = NotValid // "+1 +234…": whose code holds?
				if b.Len() >= 7 {
					t.problem = Two
				}
				return
			}
			t.plus = true
		case unicode.IsLetter(r):
			t.problem = Letters
			return
		case strings.ContainsRune(" -.()/,_|;", r):
			separated = true
		default:
			t.problem = Characters
			return
		}
	}
	t.digits = b.String()
	t.bare = !separated && !t.plus
	switch {
	case t.digits == "":
		t.problem = Missing
	case len(t.digits) < 3:
		t.problem = TooShort
	case len(t.digits) > 20:
		t.problem = TooLong
	}
}

// zeroDigits are the noughts of the digits that people type: each block of ten follows its nought.
// Source: Unicode, general category Nd.
var zeroDigits = []rune{'０', '٠', '۰', '०', '০', '๐', '၀', '០', '໐'}

// plainText makes full-width and foreign digits, dashes and brackets ASCII, and drops what can't be seen, quotation
// marks around the whole, and the ="…" that keeps a spreadsheet program from counting.
func plainText(raw string) (s string, changed bool) {
	ascii := true
	for i := 0; i < len(raw); i++ {
		if raw[i] >= utf8.RuneSelf || raw[i] < ' ' {
			ascii = false
			break
		}
	}
	s = raw
	if !ascii {
		s = strings.Map(func(r rune) rune {
			for _, zero := range zeroDigits {
				if r >= zero && r < zero+10 {
					changed = true
					return '0' + r - zero
				}
			}
			switch {
			case r >= '！' && r <= '～':
				changed = true
				return r - '！' + '!'
			case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
				if r == '\n' || r == '\r' {
					return '\n'
				}
				return ' '
			case unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn) || r == utf8.RuneError:
				changed = true
				return -1
			case unicode.Is(unicode.Pd, r) || r == '−' || r == 'ー':
				return '-'
			case r == '·' || r == '•' || r == '。':
				return '.'
			case r == '、':
				return ','
			case r == '【' || r == '［':
				return '('
			case r == '】' || r == '］':
				return ')'
			case r == '“' || r == '”' || r == '’' || r == '‘':
				return '\''
			case unicode.Is(unicode.So, r):
				return ' '
			}
			return r
		}, s)
	}
	s = strings.TrimSpace(s)
	s = strings.Trim(strings.TrimPrefix(s, "="), `'"`+"`")
	return strings.TrimSpace(strings.NewReplacer("[", "(", "]", ")").Replace(s)), changed
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' }

func countDigits(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// isDate tells whether text is a day or a time of day. Some countries' numbers have eight digits, as dates do.
func isDate(s string) bool {
	if clockOnly.MatchString(s) {
		return true
	}
	plausible := func(year, month, day string) bool {
		y, _ := strconv.Atoi(year)
		m, _ := strconv.Atoi(month)
		d, _ := strconv.Atoi(day)
		return (len(year) == 2 || y >= 1900 && y <= 2100) && m >= 1 && m <= 12 && d >= 1 && d <= 31
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return plausible(m[1], m[2], m[3])
	}
	if m := yearLast.FindStringSubmatch(s); m != nil {
		return plausible(m[3], m[2], m[1]) || plausible(m[3], m[1], m[2])
	}
	return false
}

// A vocabulary is the words that stand in, before, after and instead of numbers: words.csv.
type vocabulary struct {
	blank         map[string]bool
	before, after *regexp.Regexp // labels
	extension     *regexp.Regexp
	join          *regexp.Regexp
}

var words = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{blank: map[string]bool{}}
	kinds := map[string][]string{}
	for _, r := range rows(wordsCSV, "kind", "word") {
		if r[0] == "blank" {
			v.blank[r[1]] = true
			continue
		}
		kinds[r[0]] = append(kinds[r[0]], regexp.QuoteMeta(r[1]))
	}
	one := func(kind string) string { return "(?:" + strings.Join(kinds[kind], "|") + ")" }
	v.before = regexp.MustCompile(`(?i)^(?:` + one("label") + `[\s.:#/)-]*)+`)
	v.before.Longest()
	v.after = regexp.MustCompile(`(?i)[\s(,-]+` + one("label") + `\)?$`)
	v.extension = regexp.MustCompile(`(?i)[\s,;.(/-]*` + one("extension") + `[\s.:=#-]*\d{1,8}\)?#?$`)
	v.join = regexp.MustCompile(`(?i)[\s\d](` + one("join") + `)[\s\d+(]`)
	return v
})

// unlabel takes "Mobile:" and "(home)" off a number; a word that is none of the labels stays and is refused later.
func (v *vocabulary) unlabel(s string) string {
	if at := v.before.FindStringIndex(s); at != nil {
		if next, _ := utf8.DecodeRuneInString(s[at[1]:]); !unicode.IsLetter(next) && countDigits(s[at[1]:]) > 0 {
			s = s[at[1]:]
		}
	}
	if at := v.after.FindStringIndex(s); at != nil && countDigits(s[:at[0]]) > 0 {
		s = s[:at[0]]
	}
	return s
}

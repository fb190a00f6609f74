package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"counterbell/data"
)

// Codes of what can be wrong with a template. Their sentences name the placeholder (argument "name").
const (
	PlaceholderUnknown  data.Code = "placeholder_unknown"  // no such placeholder; argument "nearest" is what may be meant
	PlaceholderNotHere  data.Code = "placeholder_not_here" // it exists, but not in this kind of message
	PlaceholderUnclosed data.Code = "placeholder_open"     // a { without its }
)

// A Placeholder is something that differs from person to person, written {name} or {name|what stands in for it}.
type Placeholder struct {
	Name  string
	Kinds []data.Kind // in which it can stand
	May   bool        // a person may lack it: then it wants a fallback, or they get no message
}

var (
	everywhere   = []data.Kind{data.Marketing, data.Reminder, data.Notice, data.OTP}
	offers       = []data.Kind{data.Marketing}
	appointments = []data.Kind{data.Reminder}
)

// Placeholders lists them all, in the order in which the composer shows them.
var Placeholders = []Placeholder{
	{"first_name", everywhere, true},
	{"name", everywhere, true},
	{"city", []data.Kind{data.Marketing, data.Notice}, true},
	{"brand", everywhere, false},
	{"code", []data.Kind{data.Marketing, data.OTP}, false},
	{"offer", offers, false},
	{"expires", []data.Kind{data.Marketing, data.OTP}, false},
	{"link", []data.Kind{data.Marketing, data.Reminder, data.Notice}, false},
	{"patient", appointments, true},
	{"date", appointments, false},
	{"time", appointments, false},
	{"place", appointments, true},
	{"staff", appointments, true},
	{"service", appointments, true},
}

func placeholder(name string) (Placeholder, bool) {
	i := slices.IndexFunc(Placeholders, func(p Placeholder) bool { return p.Name == name })
	if i < 0 {
		return Placeholder{}, false
	}
	return Placeholders[i], true
}

// A Part of a template is either words that stand as they are, or a placeholder (Name is set then).
type Part struct {
	Literal     string
	Name        string
	Fallback    string
	HasFallback bool
}

// A Template is a text with placeholders, read and found good by Parse.
type Template struct {
	Kind  data.Kind
	Parts []Part
}

// Parse reads what somebody typed: {name}, {name|fallback}, and {{ or }} for a brace that is meant as one. A } that
// closes nothing stands for itself. Line breaks are folded to LF.
// Errors: PlaceholderUnknown, PlaceholderNotHere, PlaceholderUnclosed.
func Parse(kind data.Kind, source string) (Template, error) {
	source = Normalise(source)
	t := Template{Kind: kind}
	var literal strings.Builder
	for i := 0; i < len(source); {
		switch {
		case strings.HasPrefix(source[i:], "{{"), strings.HasPrefix(source[i:], "}}"):
			literal.WriteByte(source[i])
			i += 2
		case source[i] == '{':
			end := strings.IndexAny(source[i+1:], "{}")
			if end < 0 || source[i+1+end] == '{' {
				return Template{}, data.Errorf(PlaceholderUnclosed, "read a template", "a { without its }").With("name", excerpt(source[i:]))
			}
			p, err := readPlaceholder(kind, source[i+1:i+1+end])
			if err != nil {
				return Template{}, err
			}
			t.add(Part{Literal: literal.String()})
			literal.Reset()
			t.Parts = append(t.Parts, p)
			i += end + 2
		default:
			literal.WriteByte(source[i])
			i++
		}
	}
	t.add(Part{Literal: literal.String()})
	return t, nil
}

func readPlaceholder(kind data.Kind, inside string) (Part, error) {
	name, fallback, has := strings.Cut(inside, "|")
	name = strings.TrimSpace(name)
	known, ok := placeholder(strings.ToLower(name))
	switch {
	case !ok:
		return Part{}, data.Errorf(PlaceholderUnknown, "read a template", "no placeholder {%s}", name).With("name", name).With("nearest", nearest(kind, name))
	case !slices.Contains(known.Kinds, kind):
		return Part{}, data.Errorf(PlaceholderNotHere, "read a template", "{%s} can't stand in a %s", known.Name, kind).With("name", known.Name).With("kind", string(kind))
	}
	return Part{Name: known.Name, Fallback: Clean(fallback), HasFallback: has && Clean(fallback) != ""}, nil
}

// add appends words, joining them to the words before.
func (t *Template) add(p Part) {
	if p.Literal == "" {
		return
	}
	if n := len(t.Parts); n > 0 && t.Parts[n-1].Name == "" {
		t.Parts[n-1].Literal += p.Literal
		return
	}
	t.Parts = append(t.Parts, p)
}

// excerpt returns the first words of s, for a message that points at a place.
func excerpt(s string) string {
	if utf8.RuneCountInString(s) > 20 {
		return string([]rune(s)[:20]) + "…"
	}
	return s
}

// Escape writes words so that Parse takes them as words: their braces are doubled.
func Escape(s string) string { return strings.NewReplacer("{", "{{", "}", "}}").Replace(s) }

// String writes the template as Parse reads it.
func (t Template) String() string {
	var b strings.Builder
	for _, p := range t.Parts {
		switch {
		case p.Name == "":
			b.WriteString(Escape(p.Literal))
		case p.HasFallback:
			b.WriteString("{" + p.Name + "|" + p.Fallback + "}")
		default:
			b.WriteString("{" + p.Name + "}")
		}
	}
	return b.String()
}

// Names lists the placeholders that stand in the template, each once, in order.
func (t Template) Names() []string { return t.names(func(Part) bool { return true }) }

// Has tells whether a placeholder stands in the template.
func (t Template) Has(name string) bool { return slices.Contains(t.Names(), name) }

// Unguarded lists the placeholders that a person may lack and that have no fallback: whoever lacks one gets no message.
func (t Template) Unguarded() []string {
	return t.names(func(p Part) bool {
		known, _ := placeholder(p.Name)
		return known.May && !p.HasFallback
	})
}

func (t Template) names(want func(Part) bool) []string {
	var names []string
	for _, p := range t.Parts {
		if p.Name != "" && want(p) && !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// Values gives a placeholder's value for one person; "" where they lack it.
type Values func(name string) string

// Of turns a map into Values.
func Of(m map[string]string) Values { return func(name string) string { return m[name] } }

// Render fills the template in for one person. Values are cleaned first: what came from a spreadsheet cell can't break
// lines. missing names the placeholders that had neither value nor fallback; such a text must not be sent.
func (t Template) Render(values Values) (rendered string, missing []string) {
	var b strings.Builder
	for _, p := range t.Parts {
		if p.Name == "" {
			b.WriteString(p.Literal)
			continue
		}
		v := p.value(values)
		if v == "" && !slices.Contains(missing, p.Name) {
			missing = append(missing, p.Name)
		}
		b.WriteString(v)
	}
	return b.String(), missing
}

func (p Part) value(values Values) string {
	if v := Clean(values(p.Name)); v != "" {
		return v
	}
	return p.Fallback
}

// Bind writes values that are the same for everybody (brand, offer, last day) into the words of the template. Empty
// ones stay placeholders.
func (t Template) Bind(values Values) Template {
	bound := Template{Kind: t.Kind}
	for _, p := range t.Parts {
		if p.Name != "" {
			if v := Clean(values(p.Name)); v != "" {
				p = Part{Literal: v}
			} else {
				bound.Parts = append(bound.Parts, p)
				continue
			}
		}
		bound.add(p)
	}
	return bound
}

// Clean makes a value fit to stand inside a line of text: no line breaks, control characters or marks that turn the
// reading direction around, no doubled spaces, none at the ends.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == '\u200b':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isClean finds the usual case quickly: printable ASCII, single spaces inside.
func isClean(s string) bool {
	space := true // as if one stood before: none may follow
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

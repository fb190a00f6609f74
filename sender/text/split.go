package text

import (
	"strconv"
	"strings"

	"counterbell/data"
)

// TemplateBare is the code of a template made of placeholders alone: providers refuse to approve one.
const TemplateBare data.Code = "template_bare"

// A Split is a template as providers want it that send approved texts only: the words with {1}, {2}… in them, and what
// each number stands for, in order. A placeholder that stands twice gets two numbers.
type Split struct {
	Text      string
	Variables []Part
}

// Split takes a template apart for approval. Bind first what is the same for everybody, so that it stands in the
// approved words. Braces among the words become round, as {1} has to be the only kind. Error: TemplateBare.
func (t Template) Split() (Split, error) {
	var s Split
	var b strings.Builder
	words := false
	for _, p := range t.Parts {
		if p.Name != "" {
			s.Variables = append(s.Variables, p)
			b.WriteString("{" + strconv.Itoa(len(s.Variables)) + "}")
			continue
		}
		b.WriteString(strings.NewReplacer("{", "(", "}", ")").Replace(p.Literal))
		words = words || strings.TrimSpace(p.Literal) != ""
	}
	if !words {
		return Split{}, data.Errorf(TemplateBare, "split a template", "nothing but placeholders")
	}
	s.Text = b.String()
	return s, nil
}

// Params returns one person's variables in order. missing names those that had neither value nor fallback.
func (s Split) Params(values Values) (params, missing []string) {
	params = make([]string, len(s.Variables))
	for i, p := range s.Variables {
		if params[i] = p.value(values); params[i] == "" {
			missing = append(missing, p.Name)
		}
	}
	return params, missing
}

// Fill puts variables back in their places: what the person will read.
func (s Split) Fill(params []string) string {
	var b strings.Builder
	rest := s.Text
	for i := range s.Variables {
		before, after, found := strings.Cut(rest, "{"+strconv.Itoa(i+1)+"}")
		if !found {
			break
		}
		b.WriteString(before)
		if i < len(params) {
			b.WriteString(params[i])
		}
		rest = after
	}
	return b.String() + rest
}

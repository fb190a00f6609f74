package i18n

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"counterbell/data"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// Error says what went wrong and what to do about it, in one or two sentences
// for a person at the counter. It looks up "error.CODE" by the code of the
// outermost data.Error; what has no sentence of its own is "internal". The
// empty string for nil.
func (t *Texts) Error(err error) string {
	if err == nil {
		return ""
	}
	code, args := data.CodeOf(err), map[string]string(nil)
	var known *data.Error
	switch {
	case errors.As(err, &known):
		args = known.Args
	case errors.Is(err, context.Canceled):
		code = data.Cancelled
	}
	key := "error." + string(code)
	if !t.Has(key) {
		key = "error." + string(data.Internal)
	}
	return t.named(key, t.spoken(args))
}

// spoken says in words what an error gives as a code: a campaign's or an
// import's state, a provider's class of refusal, a country.
func (t *Texts) spoken(args map[string]string) map[string]string {
	said := make(map[string]string, len(args))
	for name, value := range args {
		switch {
		case name == "country":
			value = t.Country(value)
		case name == "state" && t.Has("state."+value):
			value = t.T("state." + value)
		case name == "class" && t.Has("provider.class."+value):
			value = t.T("provider.class." + value)
		}
		said[name] = value
	}
	return said
}

// Reason says in a sentence why a message may go, waits or may not: the text
// "reason.CODE" with its arguments. A code without a text comes back as it is.
func (t *Texts) Reason(code string, args map[string]string) string {
	if !t.Has("reason." + code) {
		return code
	}
	return t.named("reason."+code, args)
}

// named fills a text by name. An argument that is missing leaves a gap, not a
// brace.
func (t *Texts) named(key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	for _, gap := range placeholder.FindAllString(t.texts[key], -1) {
		name := strings.Trim(gap, "{}")
		if _, given := args[name]; !given {
			pairs = append(pairs, name, "…")
		}
	}
	return t.T(key, pairs...)
}

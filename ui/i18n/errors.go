package i18n

import (
	"context"
	"errors"
	"regexp"

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
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	// An argument that the error did not bring leaves a gap, not a brace.
	return placeholder.ReplaceAllString(t.T(key, pairs...), "…")
}

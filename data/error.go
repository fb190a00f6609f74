// Package data holds Counterbell's nouns and their own rules: contacts and the proof of their consent, campaigns,
// coupons, appointments, messages. It does no input or output and imports nothing of ours.
package data

import (
	"errors"
	"fmt"
)

// An Error says what went wrong in a form that the screens can turn into one sentence with a remedy, in the reader's
// language. Code names the sentence (translation key "error.CODE"), Op says what was being done (for the log, in
// English), Args fill the sentence's placeholders, Err is the cause.
//
// Args never hold personal data that a log must not see; Error() prints Op, Code and the cause alone.
type Error struct {
	Code Code
	Op   string
	Args map[string]string
	Err  error
}

// A Code names one kind of failure. It is stable: translations, exit codes and scripts depend on it.
type Code string

// Codes that more than one part of the house uses. A part may declare its own beside these.
const (
	Internal     Code = "internal"      // a mistake of ours
	Invalid      Code = "invalid"       // the input doesn't make sense
	NotFound     Code = "not_found"     // nothing by that name
	Conflict     Code = "conflict"      // it exists already, or has changed meanwhile
	Refused      Code = "refused"       // a rule forbids it
	Unreadable   Code = "unreadable"    // a file that can't be read
	Busy         Code = "busy"          // another process is at it
	DiskFull     Code = "disk_full"     // no room left
	Damaged      Code = "damaged"       // the database fails its check
	TooNew       Code = "too_new"       // the database was made by a newer Counterbell
	Credentials  Code = "credentials"   // missing or wrong
	ProviderDown Code = "provider_down" // out of reach, or refused
	Cancelled    Code = "cancelled"     // by the user
)

func (e *Error) Error() string {
	s := e.Op
	if s == "" {
		s = string(e.Code)
	} else {
		s += ": " + string(e.Code)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error with a code; the format's %w, if any, is its cause.
func Errorf(code Code, op, format string, args ...any) *Error {
	return &Error{Code: code, Op: op, Err: fmt.Errorf(format, args...)}
}

// With returns a copy of e whose sentence knows one more argument.
func (e *Error) With(name, value string) *Error {
	c := *e
	c.Args = map[string]string{name: value}
	for k, v := range e.Args {
		if k != name {
			c.Args[k] = v
		}
	}
	return &c
}

// CodeOf returns the code of the first Error in err's chain: "" for nil, Internal where there is none.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

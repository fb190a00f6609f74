package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"
	"time"
	"unicode"

	"counterbell/data"
	"counterbell/data/intake"
)

// writeJSON writes one JSON document, indented, as people and programs both read it.
func (a *app) writeJSON(v any) error {
	a.wipe()
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// writeLines writes JSON lines.
func writeLines[T any](a *app, all []T) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	for i := range all {
		if err := enc.Encode(all[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeList writes a list as one JSON document; one that is empty is [], not null.
func writeList[T any](a *app, all []T) error {
	if all == nil {
		all = []T{}
	}
	return a.writeJSON(all)
}

// table writes rows in columns, as wide as they show: a Chinese character takes two places.
func (a *app) table(rows [][]string) error {
	var wide []int
	for _, r := range rows {
		for i, cell := range r {
			r[i] = strings.ReplaceAll(plain(cell), "\n", " ")
			if i == len(wide) {
				wide = append(wide, 0)
			}
			wide[i] = max(wide[i], columns(r[i]))
		}
	}
	for _, r := range rows {
		var b strings.Builder
		for i, cell := range r {
			if i < len(r)-1 {
				cell = pad(cell, wide[i]+2)
			}
			b.WriteString(cell)
		}
		if _, err := fmt.Fprintln(a.out, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}

// printf writes a line for a person; nothing under --json, whose document is all there is.
func (a *app) printf(format string, args ...any) {
	if !a.json {
		a.wipe()
		fmt.Fprintln(a.out, plain(fmt.Sprintf(format, args...)))
	}
}

// say writes a text of the translations for a person.
func (a *app) say(key string, pairs ...any) { a.printf("%s", a.texts().T(key, pairs...)) }

// note writes to standard error.
func (a *app) note(format string, args ...any) {
	a.wipe()
	fmt.Fprintln(a.err, plain(fmt.Sprintf(format, args...)))
}

// sayNote writes a text of the translations to standard error.
func (a *app) sayNote(key string, pairs ...any) { a.note("%s", a.texts().T(key, pairs...)) }

// plain takes out what would steer a terminal instead of being read: control characters, and marks that turn the
// direction of what follows. Lines and tabs stay.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
			return -1
		}
		return r
	}, s)
}

// longestValue is how many characters of what somebody typed an error repeats.
const longestValue = 300

// sentence says what went wrong and what to do about it. What was typed is cut to a length that can be read.
func (a *app) sentence(err error) string {
	t := a.texts()
	var known *data.Error
	if !errors.As(err, &known) {
		return t.Error(err)
	}
	said := *known
	said.Args = maps.Clone(known.Args)
	for name, value := range said.Args {
		if r := []rune(value); len(r) > longestValue {
			value = string(r[:longestValue]) + "…"
		}
		said.Args[name] = strings.ReplaceAll(plain(value), "\n", " ")
	}
	return t.Error(&said)
}

// moment writes a time by the shop's clock, and says whose it is.
func (a *app) moment(at data.Instant, zone *time.Location) string {
	if at == 0 {
		return "–"
	}
	return a.texts().DateTime(at.In(zone)) + " " + zone.String()
}

// progress shows how many rows have been dealt with, when standard error is a terminal. The line goes when something is
// written, or at the end.
func (a *app) progress() intake.Progress {
	f, ok := a.err.(*os.File)
	if !ok {
		return nil
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	a.closers = append(a.closers, a.wipe)
	return func(rows int) {
		a.progressing = true
		fmt.Fprintf(f, "\r\x1b[K%s", a.texts().N("bell.rows", rows))
	}
}

// wipe takes the line of progress away.
func (a *app) wipe() {
	if a.progressing {
		a.progressing = false
		fmt.Fprint(a.err, "\r\x1b[K")
	}
}

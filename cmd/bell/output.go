package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
)

// writeJSON writes one JSON document, indented, as people and programs both read it.
func (a *app) writeJSON(v any) error {
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

// table writes rows in columns.
func (a *app) table(rows [][]string) error {
	w := tabwriter.NewWriter(a.out, 2, 4, 2, ' ', 0)
	for _, r := range rows {
		for i, cell := range r {
			if i > 0 {
				fmt.Fprint(w, "\t")
			}
			fmt.Fprint(w, cell)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// printf writes a line for a person; nothing under --json, whose document is all there is.
func (a *app) printf(format string, args ...any) {
	if !a.json {
		fmt.Fprintf(a.out, format+"\n", args...)
	}
}

// note writes to standard error.
func (a *app) note(format string, args ...any) { fmt.Fprintf(a.err, format+"\n", args...) }

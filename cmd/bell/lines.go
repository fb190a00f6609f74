package main

import (
	"bufio"
	"bytes"
	"encoding/json"

	"counterbell/data"
)

// longestLine bounds a line of standard input.
const longestLine = 1 << 20

// eachString reads standard input, a JSON string a line; empty lines are passed over. Error Unreadable, with the line's
// number, for anything else.
func (a *app) eachString(do func(s string) error) error {
	in := bufio.NewScanner(a.in)
	in.Buffer(nil, longestLine)
	line := 0
	for in.Scan() {
		line++
		raw := bytes.TrimSpace(in.Bytes())
		if len(raw) == 0 {
			continue
		}
		var s *string
		if err := json.Unmarshal(raw, &s); err != nil || s == nil {
			return usage(data.Errorf(data.Invalid, "read standard input", "line %d is not a JSON string", line))
		}
		if err := do(*s); err != nil {
			return err
		}
	}
	return usage(in.Err())
}

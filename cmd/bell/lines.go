package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

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
			return usage(data.Errorf("bad_line", "read standard input", "not a JSON string").With("line", strconv.Itoa(line)))
		}
		if err := do(*s); err != nil {
			return err
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		return usage(data.Errorf("long_line", "read standard input", "over %d bytes", longestLine).With("line", strconv.Itoa(line+1)))
	}
	return in.Err()
}

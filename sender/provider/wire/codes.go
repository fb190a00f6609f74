package wire

import (
	"fmt"
	"strings"

	"counterbell/data"
)

// Codes is a provider's table of error codes. It lives in a TSV file with a source beside each row.
type Codes map[string]Code

// A Code is one row: what class of failure it is, and what it means.
type Code struct {
	Class   data.ErrorClass
	Meaning string
}

var classes = map[data.ErrorClass]bool{
	data.ClassNone: true, data.ClassAuth: true, data.ClassCredit: true, data.ClassInvalidNumber: true, data.ClassUnroutable: true, data.ClassOptedOut: true,
	data.ClassContent: true, data.ClassSender: true, data.ClassRate: true, data.ClassParams: true, data.ClassTemporary: true, data.ClassConfig: true, data.ClassUnknown: true,
}

// ReadCodes reads a table whose first line names its columns and whose first four are code, class, meaning, source.
// It panics when the embedded table is damaged, which the tests of each adapter would show.
func ReadCodes(tsv string) Codes {
	codes := Codes{}
	for i, line := range strings.Split(strings.TrimSpace(tsv), "\n") {
		cells := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if i == 0 {
			continue
		}
		if len(cells) < 4 || cells[3] == "" || !classes[data.ErrorClass(cells[1])] {
			panic(fmt.Sprintf("line %d of an error table is damaged: %q", i+1, line))
		}
		if _, twice := codes[cells[0]]; twice {
			panic(fmt.Sprintf("error table: %s stands twice", cells[0]))
		}
		codes[cells[0]] = Code{Class: data.ErrorClass(cells[1]), Meaning: cells[2]}
	}
	return codes
}

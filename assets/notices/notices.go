// Package notices holds the licences of everything that is part of the programs: Go modules, fonts, icons, data.
package notices

import (
	_ "embed"
	"strings"
)

//go:generate go run ./gen

// Text is all of them, to be shown and to be handed on with the programs.
//
//go:embed notices.txt
var Text string

// A Notice names one part and its licence, by its SPDX name.
type Notice struct {
	Name    string
	Licence string
}

// A Section is a licence's text with the parts that are under it.
type Section struct {
	Parts []Notice
	Text  string
}

// bar parts the sections of the file.
const bar = "\n================================================================================\n"

// Sections reads the file.
func Sections() []Section {
	var out []Section
	for text := range strings.SplitSeq(Text, bar) {
		var s Section
		for line := range strings.Lines(text) {
			rest, head := strings.CutPrefix(line, "# ")
			if !head {
				break
			}
			name, licence, _ := strings.Cut(strings.TrimSpace(rest), "\t")
			s.Parts = append(s.Parts, Notice{name, licence})
			text = text[len(line):]
		}
		if s.Text = strings.TrimSpace(text); len(s.Parts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

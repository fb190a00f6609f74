package data

import (
	"slices"
	"strings"
)

// Staff is who works in the shop and which tills it has, to choose from on each computer. Who sits at this one, and which
// till it is, stands in Business.
type Staff struct {
	People []string `json:"people"`
	Tills  []string `json:"tills"`
}

// With is the staff with a person and a till that are sure to be in it; empty ones are passed over.
func (s Staff) With(person, till string) Staff {
	return Staff{People: withName(s.People, person), Tills: withName(s.Tills, till)}
}

func withName(all []string, name string) []string {
	out := slices.Clone(all)
	if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
		out = append(out, name)
	}
	return out
}

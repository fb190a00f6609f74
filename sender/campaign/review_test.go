package campaign

import (
	"slices"
	"testing"
)

func TestAReviewNamesOnlyCharactersThatSomebodyCouldLeaveOut(t *testing.T) {
	for name, c := range map[string]struct {
		encodings map[string]int
		culprits  []string
		want      []string
	}{
		"a dash in English":             {map[string]int{"UCS-2": 5}, []string{"–"}, []string{"–"}},
		"a Chinese text":                {map[string]int{"UCS-2": 5}, []string{"。", "店", "，"}, nil},
		"a Chinese name in an English":  {map[string]int{"UCS-2": 1, "GSM-7": 4}, []string{"雨"}, []string{"雨"}},
		"nothing that makes any dearer": {map[string]int{"GSM-7": 4}, nil, nil},
	} {
		r := Review{Encodings: c.encodings, Culprits: c.culprits}
		if got := r.Avoidable(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

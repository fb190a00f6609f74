package main

import (
	"strings"
	"testing"
)

func TestAPlanIsReadWithTheLongestBeforeFirst(t *testing.T) {
	for before, want := range map[string]string{
		"1d,2h": "1d 2h", "2h,1d@10:00": "1d@1000 2h", "1d@1600, 2d@0930": "2d@0930 1d@1600", "90m,1d": "1d 90m", "none": "", "1d@9:30": "1d@0930",
		"1d@25:00": "!", "0d@10:00": "!", "15d@10:00": "!", "1d@10:00,1d@1000": "!", "d@10:00": "!", "1h@10:00": "!", "5m": "!", "2h,2h": "!", "x": "!",
	} {
		steps, err := parseSteps(before)
		var names []string
		for _, s := range steps {
			names = append(names, s.Name)
		}
		got := strings.Join(names, " ")
		if err != nil {
			got = "!"
		}
		if got != want {
			t.Errorf("%q is %q (%v), want %q", before, got, err, want)
		}
	}
}

//go:build ignore

// gen_zones writes zones.csv: every country's time zones, of those with the same clock from 2026 to 2029 only one.
//
//	go run gen_zones.go /usr/share/zoneinfo/zone.tab >zones.csv
package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// known are the names that people know among zones with one clock.
var known = []string{
	"Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "America/Sao_Paulo", "America/Manaus",
	"America/Rio_Branco", "Europe/Moscow", "Europe/Samara", "Asia/Yakutsk", "Europe/Kyiv", "America/Punta_Arenas", "America/Toronto",
}

func main() {
	f, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	zones := map[string][]string{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if c := strings.Split(s.Text(), "\t"); len(c) >= 3 && !strings.HasPrefix(c[0], "#") {
			zones[c[0]] = append(zones[c[0]], c[2])
		}
	}
	zones["CN"] = []string{"Asia/Shanghai"} // one legal time; Asia/Urumqi is unofficial
	zones["UA"] = []string{"Europe/Kyiv"}
	delete(zones, "AQ") // stations of many nations, no numbers of their own
	countries := make([]string, 0, len(zones))
	for c := range zones {
		countries = append(countries, c)
	}
	slices.Sort(countries)
	fmt.Println("country,zones,source")
	for _, c := range countries {
		seen := map[string]bool{}
		slices.SortStableFunc(zones[c], func(a, b string) int { return rank(a) - rank(b) })
		var kept []string
		for _, z := range zones[c] {
			loc, err := time.LoadLocation(z)
			if err != nil {
				panic(err)
			}
			var b strings.Builder
			for t := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() < 2030; t = t.Add(6 * time.Hour) {
				_, off := t.In(loc).Zone()
				fmt.Fprint(&b, off, " ")
			}
			if !seen[b.String()] {
				seen[b.String()] = true
				kept = append(kept, z)
			}
		}
		fmt.Printf("%s,%s,IANA tz database zone.tab\n", c, strings.Join(kept, "|"))
	}
}

func rank(zone string) int {
	if slices.Contains(known, zone) {
		return 0
	}
	return 1
}

package phone

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	_ "time/tzdata" // Windows has no zone files, and some names here are old ones that a system may lack

	"github.com/nyaruka/phonenumbers"

	"counterbell/data"
)

//go:embed us_area_codes.csv
var areaCodesCSV []byte

//go:embed zones.csv
var zonesCSV []byte

//go:embed fiction.csv
var fictionCSV []byte

// rows reads an embedded table by its column names. A table that can't be read is a broken build.
func rows(file []byte, columns ...string) [][]string {
	all, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		panic("phone: embedded table: " + err.Error())
	}
	at := make([]int, len(columns))
	for i, name := range columns {
		if at[i] = slices.Index(all[0], name); at[i] < 0 {
			panic("phone: embedded table has no column " + name)
		}
	}
	out := make([][]string, 0, len(all)-1)
	for _, r := range all[1:] {
		row := make([]string, len(at))
		for i, c := range at {
			row[i] = r[c]
		}
		out = append(out, row)
	}
	return out
}

// An area is what a US area code tells: the state it was made for and every time zone inside it. Numbers move with
// people, so this is where somebody may be, not where they are.
type area struct {
	states, zones []string
	tollFree      bool
}

var areas = sync.OnceValue(func() map[string]area {
	m := map[string]area{}
	for _, r := range rows(areaCodesCSV, "npa", "state", "timezones") {
		if r[1] == "*" {
			m[r[0]] = area{tollFree: true, zones: countryZones()["US"]}
			continue
		}
		m[r[0]] = area{states: []string{r[1]}, zones: strings.Split(r[2], "|")}
	}
	return m
})

var countryZones = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, r := range rows(zonesCSV, "country", "zones") {
		m[r[0]] = strings.Split(r[1], "|")
	}
	return m
})

// A span is a range of numbers that a regulator keeps for films and examples, so that they ring nobody's phone.
type span struct {
	first, last uint64 // E.164 without the plus; of an any-area range the last seven digits alone
	anyArea     bool   // whatever the area code: the North American 555-01xx
}

// spans is by calling code.
var spans = sync.OnceValue(func() map[int][]span {
	m := map[int][]span{}
	for _, r := range rows(fictionCSV, "first", "last") {
		var s span
		first, last := strings.TrimPrefix(r[0], "+"), strings.TrimPrefix(r[1], "+")
		code := 1
		if rest, ok := strings.CutPrefix(first, "1NPA"); ok {
			s.anyArea, first, last = true, rest, strings.TrimPrefix(last, "1NPA")
		} else {
			code, _ = world().international(first)
		}
		var err1, err2 error
		s.first, err1 = strconv.ParseUint(first, 10, 64)
		s.last, err2 = strconv.ParseUint(last, 10, 64)
		if err1 != nil || err2 != nil || s.last < s.first || code == 0 {
			panic(fmt.Sprintf("phone: fiction.csv: %v", r))
		}
		m[code] = append(m[code], s)
	}
	return m
})

// fictional tells whether a number is reserved for fiction.
func fictional(code int, digits string) bool {
	list := spans()[code]
	if list == nil {
		return false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return false
	}
	for _, s := range list {
		v := n
		if s.anyArea {
			if len(digits) != 11 {
				continue
			}
			v = n % 1e7
		}
		if v >= s.first && v <= s.last {
			return true
		}
	}
	return false
}

// territories are the places under US law that the phone library calls regions of their own (47 USC 153: "State"
// includes the territories and possessions).
var territories = map[string][]string{"PR": {"PR"}, "VI": {"VI"}, "GU": {"GU"}, "AS": {"AS"}, "MP": {"MP"}}

// facts puts together what is known of a valid number. Slices are shared between numbers: nobody may change them.
func facts(p data.Phone, region string, code, kind int, national string) data.PhoneFacts {
	f := data.PhoneFacts{Phone: p, Region: region, Line: lineType(kind)}
	if region == "" || region == "001" {
		f.Region = "ZZ"
	}
	if fictional(code, string(p[1:])) {
		f.Fictional, f.Line = true, data.FictionalLine
	}
	if code == 1 && len(national) == 10 {
		if a, ok := areas()[national[:3]]; ok && (region == "US" || a.tollFree) {
			f.States, f.Zones = a.states, a.zones
			return f
		}
	}
	f.States = territories[region]
	f.Zones = zones(region, kind, string(p[1:]))
	return f
}

func lineType(kind int) data.LineType {
	switch kind {
	case mobile:
		return data.Mobile
	case fixed:
		return data.Landline
	case fixedOrMobile:
		return data.MobileOrLand
	case tollFree:
		return data.TollFree
	}
	return data.OtherLine
}

// geographicMobiles are the countries of several time zones whose mobile numbers carry an area code.
// Source: libphonenumber, FAQ and time-zone data by prefix.
var geographicMobiles = map[string]bool{"BR": true, "CA": true, "MX": true}

// zones lists where the person may be: all of a country's time zones for a number that isn't tied to a place.
func zones(region string, kind int, digits string) []string {
	all := countryZones()[region]
	if len(all) == 1 {
		return all
	}
	if region == "CA" {
		return canada(digits[:4])
	}
	if len(all) == 0 || kind == fixed || geographicMobiles[region] && (kind == mobile || kind == fixedOrMobile) {
		found, err := phonenumbers.GetTimezonesForPrefix(digits)
		if err == nil && len(found) > 0 && found[0] != phonenumbers.UNKNOWN_TIMEZONE && (len(all) == 0 || len(found) <= len(all)) {
			return found
		}
	}
	return all
}

var canadian sync.Map // "1250" → zones

// canada returns every zone inside a Canadian area code, as the table of US area codes does for its own.
func canada(prefix string) []string {
	if z, ok := canadian.Load(prefix); ok {
		return z.([]string)
	}
	var union []string
	for exchange := 200; exchange < 1000; exchange++ {
		found, err := phonenumbers.GetTimezonesForPrefix(prefix + strconv.Itoa(exchange))
		if err != nil || len(found) > len(countryZones()["CA"]) {
			continue
		}
		for _, z := range found {
			if z != phonenumbers.UNKNOWN_TIMEZONE && !slices.Contains(union, z) {
				union = append(union, z)
			}
		}
	}
	if len(union) == 0 {
		union = countryZones()["CA"]
	}
	canadian.Store(prefix, union)
	return union
}

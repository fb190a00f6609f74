package intake

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"counterbell/data"
	"counterbell/data/phone"
)

// The words that lists use, with their sources beside them.
var (
	//go:embed synonyms.csv
	synonymsCSV []byte
	//go:embed words.csv
	wordsCSV []byte
	//go:embed names.csv
	namesCSV []byte
	//go:embed states.csv
	statesCSV []byte
	//go:embed months.csv
	monthsCSV []byte
)

// records reads an embedded table without its heading. A table that can't be read is a broken build.
func records(file []byte) [][]string {
	all, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		panic("intake: embedded table: " + err.Error())
	}
	return all[1:]
}

// wordTable is words.csv: kind → plain word → meaning.
var wordTable = sync.OnceValue(func() map[string]map[string]string {
	t := map[string]map[string]string{}
	for _, r := range records(wordsCSV) {
		if t[r[0]] == nil {
			t[r[0]] = map[string]string{}
		}
		t[r[0]][strings.ToLower(r[1])] = r[3]
	}
	return t
})

func isWord(kind, s string) bool {
	_, ok := wordTable()[kind][strings.ToLower(s)]
	return ok
}

// A synonym is what a column's heading can mean. Rank 1 is likelier to be the number that texts go to than rank 3.
type synonym struct {
	field data.Field
	rank  int
}

// Two meanings of a column have no field of their own: what people answered about texts. Such a column stays with the
// person as it is, and decides whether the row brings consent.
const (
	meansOptIn  data.Field = "consent"
	meansOptOut data.Field = "optout"
	meansNone   data.Field = "skip"
)

type dictionary struct {
	exact    map[string]synonym
	contains []string // long enough to be found inside a longer heading, longest first
}

// dictionaries are the synonyms for lists of contacts and for lists of appointments.
var dictionaries = sync.OnceValue(func() [2]dictionary {
	var both [2]dictionary
	for k := range both {
		both[k].exact = map[string]synonym{}
	}
	for _, r := range records(synonymsCSV) {
		rank, _ := strconv.Atoi(r[3])
		s := synonym{data.Field(r[0]), rank}
		key := plain(r[2])
		for kind, named := range map[Kind]string{Contacts: "contacts", Appointments: "appointments"} {
			if _, taken := both[kind].exact[key]; r[4] == named || r[4] == "both" && !taken { // what a list itself means by the word comes first
				both[kind].exact[key] = s
			}
		}
	}
	for k := range both {
		for key := range both[k].exact {
			if n := len([]rune(key)); n >= 4 || n >= 2 && key[0] >= 0x80 {
				both[k].contains = append(both[k].contains, key)
			}
		}
		slices.SortFunc(both[k].contains, func(a, b string) int {
			if len(a) != len(b) {
				return len(b) - len(a)
			}
			return strings.Compare(a, b)
		})
	}
	return both
})

// states is US state names and codes to codes.
var states = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, r := range records(statesCSV) {
		m[r[1]], m[strings.ToLower(r[0])] = r[0], r[0]
	}
	return m
})

var months = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for _, r := range records(monthsCSV) {
		m[r[0]], _ = strconv.Atoi(r[1])
	}
	return m
})

// countries is the names of countries in English, Chinese and Spanish (CLDR), and their codes.
var countries = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, tag := range []language.Tag{language.English, language.SimplifiedChinese, language.TraditionalChinese, language.Spanish} {
		names := display.Regions(tag)
		for _, c := range phone.Countries() {
			if r, err := language.ParseRegion(c); err == nil {
				m[plain(names.Name(r))] = c
			}
		}
	}
	for _, c := range phone.Countries() {
		m[strings.ToLower(c)] = c
	}
	for word, code := range wordTable()["country"] {
		m[plain(word)] = code
	}
	return m
})

// nameWords is names.csv: kind → word.
var nameWords = sync.OnceValue(func() map[string]map[string]bool {
	t := map[string]map[string]bool{}
	for _, r := range records(namesCSV) {
		if t[r[0]] == nil {
			t[r[0]] = map[string]bool{}
		}
		t[r[0]][r[1]] = true
	}
	return t
})

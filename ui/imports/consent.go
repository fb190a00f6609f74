package imports

import (
	"strings"
	"time"

	"counterbell/data"
)

// Agreement is how the people of a list agreed, as the person who imports it
// says. It is the one question that has to be answered.
type Agreement struct {
	Key    string // of translations: "imports.agreed.KEY"
	Basis  data.Basis
	Scopes []data.Scope // none: nothing is recorded
	Method string       // of the consent's statement
}

// agreements are the answers to choose from, as the page shows them. What was
// signed or ticked is written consent; a yes that was said is express; people
// who only bought something may be reminded of what they booked.
var agreements = []Agreement{
	{Key: "signed", Basis: data.ExpressWritten, Scopes: both, Method: "paper"},
	{Key: "ticked", Basis: data.ExpressWritten, Scopes: both, Method: "web"},
	{Key: "said", Basis: data.Express, Scopes: both, Method: "verbal"},
	{Key: "customers", Basis: data.Contract, Scopes: []data.Scope{data.ScopeReminders}, Method: "import"},
	{Key: "unsure"},
}

var both = []data.Scope{data.ScopeMarketing, data.ScopeReminders}

// Answer is what was answered to it.
type Answer struct {
	Chosen int // from 1, into agreements; 0 is no answer yet
	Source string
	Day    time.Time // at midnight UTC, of no zone; zero when not known
	Typed  string
	Bad    bool // Typed is no day that has been
}

// Given tells whether there is one.
func (a *Answer) Given() bool { return a.Chosen > 0 }

// Agreement is the one that was chosen.
func (a *Answer) Agreement() Agreement {
	if a.Chosen < 1 || a.Chosen > len(agreements) {
		return Agreement{}
	}
	return agreements[a.Chosen-1]
}

// Opens tells whether anything is recorded.
func (a *Answer) Opens() bool { return len(a.Agreement().Scopes) > 0 }

// Type takes the day as it was typed. today is the shop's.
func (a *Answer) Type(text string, monthFirst bool, today time.Time) {
	a.Typed, a.Day, a.Bad = text, time.Time{}, false
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	day, ok := readDay(text, monthFirst)
	y, m, d := today.Date()
	if !ok || day.After(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) {
		a.Bad = true
		return
	}
	a.Day = day
}

// ForStore is the answer as the ledger takes it. The moment is the beginning
// of the day in the shop's zone: an opt-out of the same day wins.
func (a *Answer) ForStore(zone *time.Location, file, by string) data.ConsentAnswer {
	g := a.Agreement()
	if len(g.Scopes) == 0 || a.Bad {
		return data.ConsentAnswer{}
	}
	source := strings.TrimSpace(a.Source)
	out := data.ConsentAnswer{Scopes: g.Scopes, Basis: g.Basis, Statement: data.Statement{Method: g.Method, Source: source, Evidence: file, RecordedBy: by}}
	if source == "" {
		out.Statement.Source, out.Statement.Evidence = file, ""
	}
	if !a.Day.IsZero() {
		y, m, d := a.Day.Date()
		out.GivenAt = data.At(time.Date(y, m, d, 0, 0, 0, 0, zone))
	}
	return out
}

// dayForms are how people type a day, besides figures with strokes.
var dayForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006", "Jan 2, 2006", "January 2, 2006"}

// readDay reads a day. 11/02/2026 is read as the shop's country writes it; what
// was understood shows below the field.
func readDay(text string, monthFirst bool) (time.Time, bool) {
	forms := dayForms
	for _, sign := range []string{"/", ".", "-"} {
		if monthFirst {
			forms = append(forms[:len(forms):len(forms)], "1"+sign+"2"+sign+"2006", "2"+sign+"1"+sign+"2006")
		} else {
			forms = append(forms[:len(forms):len(forms)], "2"+sign+"1"+sign+"2006", "1"+sign+"2"+sign+"2006")
		}
	}
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range forms {
		if day, err := time.Parse(form, text); err == nil && day.Year() >= 1950 {
			return day, true
		}
	}
	return time.Time{}, false
}

// monthFirst tells whether a country writes 11/24/2026. Source: CLDR 45, short
// date formats (US, PH, and the US territories).
func monthFirst(country string) bool {
	switch country {
	case "US", "PH", "PR", "GU", "VI", "AS", "MP":
		return true
	}
	return false
}

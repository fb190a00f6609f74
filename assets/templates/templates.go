// Package templates carries the message templates that Counterbell comes with: for shops, clinics, salons and
// restaurants, each for an offer, a customer who stayed away, a birthday and a notice, in English and Chinese.
//
// They promise nothing that isn't known: what a shop offers comes from the offer, and where a person or an offer lacks
// something, a fallback stands in for it.
package templates

import (
	_ "embed"
	"encoding/json"
)

//go:embed templates.json
var file []byte

// A Template is one text to begin with. Name and Text are by language, "en" and "zh-Hans".
type Template struct {
	ID       string            `json:"id"`
	Business string            `json:"business"` // shop, clinic, salon, restaurant
	Purpose  string            `json:"purpose"`  // coupon, winback, birthday, notice
	Kind     string            `json:"kind"`     // of the message: marketing, notice
	Segments int               `json:"segments"` // what it takes for a person with a usual name and offer
	Name     map[string]string `json:"name"`
	Text     map[string]string `json:"text"`
}

// Purposes are what templates are for, in the order in which they are shown.
var Purposes = []string{"coupon", "winback", "birthday", "notice"}

// Businesses are those whom templates are for.
var Businesses = []string{"shop", "clinic", "salon", "restaurant"}

// All returns the templates.
func All() []Template {
	var all []Template
	if err := json.Unmarshal(file, &all); err != nil {
		panic("templates: " + err.Error()) // the file is part of the program
	}
	return all
}

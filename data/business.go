package data

import "time"

// A Business is the shop or clinic whose profile this is.
type Business struct {
	Name     string `json:"name"` // the brand name that texts carry
	Kind     string `json:"kind"` // shop, clinic, salon, restaurant
	Country  string `json:"country"`
	Zone     string `json:"zone"` // IANA
	Currency string `json:"currency"`
	Contact  string `json:"contact"` // phone, address or web page that HELP answers and some countries ask for
	Address  string `json:"address"`
	Person   string `json:"person"` // who sits here, "Dana"
	Till     string `json:"till"`   // "Till 1"
	Demo     bool   `json:"demo"`   // a profile of sample people: only Practice can send

	Hours OpeningHours `json:"hours,omitempty"` // when it is open; nil: nobody has said
}

// Location returns the shop's zone; UTC when it isn't known.
func (b *Business) Location() *time.Location {
	if loc, err := Zone(b.Zone); err == nil {
		return loc
	}
	return time.UTC
}

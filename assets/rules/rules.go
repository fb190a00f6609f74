// Package rules carries the tables of what countries ask of a text message: consent, hours, labels, opt-out lines, the
// words people answer with. Package sender/rules and sender/inbox read them. Every row has its source beside it; they
// are defaults, not legal advice.
//
// The columns of rules.csv up to "vendor" are for the machine, the ones from "consent_model" on are the same rule in
// words. What "ours" names is our own cautious default and may be loosened; what "vendor" names rests on the guidance
// of vendors alone; anything else may only be made stricter.
package rules

import _ "embed"

// Version is the state of the tables: the month in which they were last compared with their sources.
const Version = "2026-11"

// Rules is one row for each region, subdivision and kind of message.
//
//go:embed rules.csv
var Rules []byte

// Regions says whose rows a region reads, what people speak there, and whether a number's area code tells the place.
//
//go:embed regions.csv
var Regions []byte

// Subdivisions lists states and provinces with their time zones, for addresses.
//
//go:embed subdivisions.csv
var Subdivisions []byte

// Wordings are the brand prefix and the opt-out line, by language and where a country fixes it by region.
//
//go:embed wordings.csv
var Wordings []byte

// Keywords are the words of replies. match is whole (the entire reply), start (the reply begins with it), phrase (it
// stands anywhere) or offered (whole, in the regions named, and only when the text before offered it).
//
//go:embed keywords.csv
var Keywords []byte

// Holidays are the days on which nothing may go out where a rule names a calendar. day is 05-01; 05-01+Mo (when it is a
// Sunday, the Monday after too); 01-06>Mo (moved to the Monday from it on); 05-25<Mo (the Monday before it); 11:Th:4 (the
// fourth Thursday of November, -1 the last one); E-2 (days from Western Easter Sunday); or =US (all days of a calendar).
//
//go:embed holidays.csv
var Holidays []byte

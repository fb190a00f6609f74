package rules

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"counterbell/data"
)

// A Reason is one thing that allows, delays or forbids a message. Text is English; screens translate Code ("reason.CODE")
// with Args. Basis is statute, regulator, carrier, industry, vendor or house; Source is where to read it.
type Reason struct {
	Code   string            `json:"code"`
	Text   string            `json:"text"`
	Basis  string            `json:"basis"`
	Source string            `json:"source"`
	Args   map[string]string `json:"args,omitempty"`
}

// Codes of reasons. They are stable: message states and translations depend on them.
const (
	CodeConsent         = "consent"           // the recorded consent is one that the place accepts
	CodeNoConsentNeeded = "no_consent_needed" // the place asks for none
	CodeOpenHours       = "open_hours"
	CodeQuietHours      = "quiet_hours"
	CodeHoliday         = "holiday"
	CodeCap             = "cap" // of a day
	CodeCapHour         = "cap_hour"
	CodeCapWeek         = "cap_week"
	CodeCapMonth        = "cap_month"
	CodeInvalid         = "invalid_kind"
	CodeSuppressed      = "suppressed"
	CodeOptedOut        = "opted_out"
	CodeNoConsent       = "no_consent"
	CodeBasis           = "basis_not_accepted"
	CodeConsentExpired  = "consent_expired"
	CodeFictional       = "fictional"
	CodeTollFree        = "toll_free"
	CodeNoZone          = "no_zone"
	CodeNoWindow        = "no_window"
	CodeBrandMissing    = "brand_missing"
	CodeLabelMissing    = "label_missing"
	CodeOptOutMissing   = "opt_out_missing"
	CodeLinkBanned      = "link_banned"
)

// Codes lists every code that a verdict may hold; each has a translation.
var Codes = []string{
	CodeConsent, CodeNoConsentNeeded, CodeOpenHours, CodeQuietHours, CodeHoliday, CodeCap, CodeCapHour, CodeCapWeek, CodeCapMonth, CodeInvalid, CodeSuppressed, CodeOptedOut, CodeNoConsent, CodeBasis,
	CodeConsentExpired, CodeFictional, CodeTollFree, CodeNoZone, CodeNoWindow, CodeBrandMissing, CodeLabelMissing, CodeOptOutMissing, CodeLinkBanned,
}

// sentences are the English texts, {args} in them.
var sentences = map[string]string{
	CodeConsent:         "They agreed ({basis}), which {place} accepts.",
	CodeNoConsentNeeded: "{place} asks for no consent to a {kind} message.",
	CodeOpenHours:       "It is within the hours of {place}: {hours}, the recipient's time.",
	CodeQuietHours:      "Outside the hours of {place}: {hours}, the recipient's time (clock of {zone}).",
	CodeHoliday:         "It is a public holiday by the clock of {zone}, on which {place} keeps quiet.",
	CodeCap:             "They had {n} within a day, which is the most that {place} allows.",
	CodeCapHour:         "They had {n} within an hour, which is the most that {place} allows.",
	CodeCapWeek:         "They had {n} within a week, which is the most that {place} allows.",
	CodeCapMonth:        "They had {n} within a month, which is the most that {place} allows.",
	CodeInvalid:         "There is no such kind of message.",
	CodeSuppressed:      "The number is on the suppression list.",
	CodeOptedOut:        "They opted out of {scope} messages.",
	CodeNoConsent:       "Nothing shows that they agreed; {place} asks for {needs}.",
	CodeBasis:           "What is recorded is {basis}; {place} asks for {needs}.",
	CodeConsentExpired:  "Their consent ({basis}) of {since} has run out by the rules of {place}.",
	CodeFictional:       "The number is reserved for fiction: only Practice can send there.",
	CodeTollFree:        "A toll-free number is nobody's own phone.",
	CodeNoZone:          "The recipient's time zone isn't known, so quiet hours can't be kept.",
	CodeNoWindow:        "No hour is open in every place where they may be; {place} allows {hours}.",
	CodeBrandMissing:    "The text doesn't name the sender, as {place} asks.",
	CodeLabelMissing:    "The text doesn't begin with {label}, as {place} asks.",
	CodeOptOutMissing:   "The text doesn't say how to opt out, as {place} asks.",
	CodeLinkBanned:      "{place} forbids links in text messages.",
}

// reason fills a sentence. column names the part of the row that it rests on, for its basis; a nil row is a house rule.
func reason(code string, r *Row, column string, pairs ...string) Reason {
	out := Reason{Code: code, Basis: "house", Source: "Counterbell's own rule"}
	args := make(map[string]string, len(pairs)/2+1)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	if r != nil {
		args["place"] = r.Place()
		out.Basis, out.Source = r.basisOf(column), r.Source
		if slices.Contains(r.own, column) {
			out.Source = r.ownSource
		}
	}
	if len(args) > 0 {
		out.Args = args
	}
	out.Text = fill(sentences[code], args)
	return out
}

func fill(sentence string, args map[string]string) string {
	for name, value := range args {
		switch name {
		case "place":
			value = placeName(value)
		case "basis":
			value = spoken(data.Basis(value))
		case "needs":
			var all []string
			for _, b := range list(value) {
				all = append(all, spoken(data.Basis(b)))
			}
			value = strings.Join(all, " or ")
		}
		sentence = strings.ReplaceAll(sentence, "{"+name+"}", value)
	}
	return sentence
}

func placeName(place string) string {
	switch place {
	case "ZZ":
		return "our default"
	case housePlace:
		return "your own settings"
	}
	return place
}

func spoken(b data.Basis) string { return strings.ReplaceAll(string(b), "_", " ") }

// needs lists the bases that the row accepts, strongest first.
func (r *Row) needs() string {
	var out []string
	for _, b := range data.Bases {
		if _, ok := r.accepts[b]; ok {
			out = append(out, string(b))
		}
	}
	return strings.Join(slices.Clip(out), "|")
}

func itoa(n int) string { return strconv.Itoa(n) }

// date writes the day of a moment in UTC, for an explanation.
func date(i data.Instant) string {
	if i == 0 {
		return "an unknown day"
	}
	return string(data.DateOf(i.Time()))
}

// weekday is a day of the week as the rule table writes it.
var weekday = regexp.MustCompile(`\b(Mo|Tu|We|Th|Fr|Sa|Su)\b`)

// Spoken returns the reason's arguments in words: bases, places and weekdays looked up as "rules.basis.NAME",
// "rules.place.NAME" and "rules.day.NAME" where say knows them. Give them to the translation "reason.CODE".
func (r Reason) Spoken(say func(key string) (string, bool)) map[string]string {
	out := make(map[string]string, len(r.Args))
	for name, value := range r.Args {
		key := ""
		switch name {
		case "basis", "needs":
			key = "rules.basis."
		case "place":
			key = "rules.place."
		}
		if name == "hours" {
			value = weekday.ReplaceAllStringFunc(value, func(day string) string {
				if said, ok := say("rules.day." + day); ok {
					return said
				}
				return day
			})
		}
		if key == "" {
			out[name] = value
			continue
		}
		words := strings.Split(value, "|")
		for i, w := range words {
			if said, ok := say(key + w); ok {
				words[i] = said
			}
		}
		out[name] = strings.Join(words, " / ")
	}
	return out
}

package data

// A HouseRule is what the people of this profile settled for themselves, beyond what the tables of countries say: later
// hours, fewer texts a week. It makes the rules stricter anywhere, and looser only where the table says that a column is
// our own default. Empty columns leave the table's.
type HouseRule struct {
	Place    string  `json:"place"`    // country of the person's number, ISO 3166-1; "" for everybody
	Kind     Kind    `json:"kind"`     // Marketing, or Reminder for reminders and notices
	Hours    string  `json:"hours"`    // "Mo-Fr 09:00-18:00;Sa 10:00-14:00", the recipient's own time
	Caps     string  `json:"caps"`     // "1/day;4/month", or NoCaps
	Holidays string  `json:"holidays"` // HolidaysOpen or HolidaysShut
	At       Instant `json:"at"`       // when it was settled
	By       string  `json:"by"`       // by whom; "" when nobody said
}

// What a HouseRule may say beside hours and numbers.
const (
	NoCaps       = "none" // as many as one likes
	HolidaysOpen = "open" // texts go on public holidays too
	HolidaysShut = "shut" // none go on public holidays
)

// Empty tells whether the rule changes nothing: the table alone holds again.
func (r *HouseRule) Empty() bool { return r.Hours == "" && r.Caps == "" && r.Holidays == "" }

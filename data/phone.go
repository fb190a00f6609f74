package data

// A Phone is a number in E.164 form, "+15035550142". Package data/phone makes them from what people type.
type Phone string

// Tail returns the last four digits behind dots, for logs and lists that must not show a number.
func (p Phone) Tail() string {
	if len(p) < 5 {
		return "…"
	}
	return "…" + string(p[len(p)-4:])
}

// LineType says what a number is, as far as its range tells. US numbers don't tell.
type LineType string

const (
	Mobile        LineType = "mobile"
	Landline      LineType = "landline"
	MobileOrLand  LineType = "mobile_or_landline"
	TollFree      LineType = "toll_free"
	OtherLine     LineType = "other"
	FictionalLine LineType = "fictional" // reserved for films and samples: Practice alone can send there
)

// PhoneFacts is what a number's range tells about it.
type PhoneFacts struct {
	Phone     Phone    `json:"phone"`
	Region    string   `json:"region"` // ISO 3166-1 alpha-2, "ZZ" when not known
	Line      LineType `json:"line"`
	Fictional bool     `json:"fictional"`
	States    []string `json:"states,omitempty"` // US states that the area code may mean
	Zones     []string `json:"zones"`            // IANA zones in which the person may be
}

package data

import (
	"strings"
	"unicode"
)

type (
	ContactID int64
	ImportID  int64
)

// A Contact is a person in the book. Phone is where texts go; Others are further numbers that also belong to this
// person alone. Visits and money come from the shop's own lists and from redemptions.
type Contact struct {
	ID         ContactID         `json:"id"`
	Phone      Phone             `json:"phone"`
	Others     []Phone           `json:"others,omitempty"`
	Facts      PhoneFacts        `json:"-"`
	Name       string            `json:"name"`       // as the list wrote it
	GivenName  string            `json:"given_name"` // what a text calls them
	FamilyName string            `json:"family_name"`
	Email      string            `json:"email"`
	City       string            `json:"city"`
	State      string            `json:"state"` // subdivision code of the address (US: two letters): candidate for rules
	Country    string            `json:"country"`
	Postcode   string            `json:"postcode"`
	Language   string            `json:"language"` // BCP 47
	Birthday   Date              `json:"birthday"`
	LastVisit  Date              `json:"last_visit"`
	Spend      Money             `json:"spend"`
	Visits     int               `json:"visits"`
	Note       string            `json:"note"`
	Tags       []string          `json:"tags"`
	Extra      map[string]string `json:"extra,omitempty"` // columns that the list had and we have no field for
	ExternalID string            `json:"external_id,omitempty"`
	Import     ImportID          `json:"import_id,omitempty"`
	CreatedAt  Instant           `json:"created_at"`
	UpdatedAt  Instant           `json:"updated_at"`
}

// Greeting returns what a text may call the person: the given name, else nothing. A family name or "Mr" alone is none.
func (c *Contact) Greeting() string { return Called(c.Name, c.GivenName) }

// Called is how somebody of that name is spoken to. A Chinese name is said whole, with its title if it has one: 陈雨 and
// 陈雨女士, never 雨 alone. A given name that isn't in the name was chosen for this, and stands: 陈女士.
func Called(name, given string) string {
	if whole := strings.ReplaceAll(name, " ", ""); given != "" && inHan(whole) && inHan(given) && strings.Index(whole, given) > 0 {
		return whole
	}
	return given
}

func inHan(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

// A Field is a column's meaning. The names are those of `bell import --map FIELD=COLUMN`.
type Field string

const (
	FieldSkip       Field = ""
	FieldPhone      Field = "phone"
	FieldName       Field = "name"
	FieldGivenName  Field = "given_name"
	FieldFamilyName Field = "family_name"
	FieldEmail      Field = "email"
	FieldCity       Field = "city"
	FieldState      Field = "state"
	FieldCountry    Field = "country"
	FieldPostcode   Field = "postcode"
	FieldLanguage   Field = "language"
	FieldBirthday   Field = "birthday"
	FieldLastVisit  Field = "last_visit"
	FieldSpend      Field = "spend"
	FieldVisits     Field = "visits"
	FieldTags       Field = "tags"
	FieldNote       Field = "note"
	FieldExternalID Field = "external_id"
	FieldExtra      Field = "extra" // keep under the column's own heading
	// Appointments alone:
	FieldDate     Field = "date"
	FieldTime     Field = "time"
	FieldStarts   Field = "starts" // date and time in one cell
	FieldDuration Field = "duration"
	FieldZone     Field = "zone"
	FieldService  Field = "service"
	FieldStaff    Field = "staff"
	FieldPlace    Field = "place"
	FieldStatus   Field = "status"
)

package data

import "fmt"

// A Receipt says where every row of an imported file went. It is the JSON of `bell import` (cli.md).
type Receipt struct {
	Import    ImportID   `json:"import_id"`
	File      string     `json:"file"` // base name
	Sheet     string     `json:"sheet"`
	HeaderRow int        `json:"header_row"` // as the spreadsheet program numbers it; 0 when there is none
	Encoding  string     `json:"encoding"`
	Country   string     `json:"country"`
	Rows      int        `json:"rows"` // rows below the header that hold anything
	Added     int        `json:"added"`
	Updated   int        `json:"updated"`
	Unchanged int        `json:"unchanged"`
	Duplicate int        `json:"duplicate"` // the same phone further up in the same file
	Rejected  int        `json:"rejected"`
	Skipped   int        `json:"skipped"` // hidden rows, totals, and people left alone by --on-duplicate skip
	Rejects   []Reject   `json:"rejects"`
	Questions []Question `json:"questions"`
	DryRun    bool       `json:"dry_run,omitempty"`
	Consents  int        `json:"consents"` // people for whom the ledger got an entry
}

// A Reject is one row that couldn't be taken in, with the reason's code (translation "reject.CODE").
type Reject struct {
	Row    int      `json:"row"`
	Column string   `json:"column"`
	Value  string   `json:"value"`
	Reason string   `json:"reason"`
	Cells  []string `json:"-"` // the whole row, for the file of rejects
}

// A Question is something about a file that only a person can settle, with what was assumed meanwhile.
type Question struct {
	Code    string   `json:"code"` // translation "question.CODE"
	Column  string   `json:"column,omitempty"`
	Count   int      `json:"count,omitempty"`
	Assumed string   `json:"assumed"`
	Samples []string `json:"samples,omitempty"`
}

// Check returns an error of code Internal unless the receipt adds up (invariant 5).
func (r *Receipt) Check() error {
	if sum := r.Added + r.Updated + r.Unchanged + r.Duplicate + r.Rejected + r.Skipped; sum != r.Rows {
		return &Error{Code: Internal, Op: "add up the import", Err: fmt.Errorf("%d rows, but %d accounted for", r.Rows, sum)}
	}
	return nil
}

// ConsentAnswer is what the importing person said about how these people agreed. No scopes: "I'm not sure".
type ConsentAnswer struct {
	Scopes    []Scope
	Basis     Basis
	Statement Statement
	GivenAt   Instant // zero: not known; then the moment of the import
}

// RowFate is what became of one row.
type RowFate string

const (
	RowAdded     RowFate = "added"
	RowUpdated   RowFate = "updated"
	RowUnchanged RowFate = "unchanged"
	RowDuplicate RowFate = "duplicate"
	RowRejected  RowFate = "rejected"
	RowSkipped   RowFate = "skipped"
)

// An ImportRow is one row of a file, read and normalised, on its way into the book. A field left empty says nothing
// about the person: it never erases what is known. NoConsent: the file itself says that this person didn't agree.
type ImportRow struct {
	Number    int
	Contact   Contact
	NoConsent bool
}

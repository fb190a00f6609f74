// Package intake takes the lists that people have into the book: it finds the sheet, the heading and the columns, turns
// cells into contacts or appointments, asks the few questions that only a person can answer, and accounts for every row.
//
//	list, err := intake.Open(ctx, "customers.xlsx", intake.Options{Home: "GB"})
//	defer list.Close()
//	list.Columns, list.Country, list.Preview(6) …     // what the check page shows
//	receipt, err := list.Survey(ctx, fates)           // --dry-run: nothing is written
//	receipt, err := list.Run(ctx, book, begin, progress)
//
// It knows no SQL: what it needs of the book is the interface Book.
package intake

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/phone"
	"counterbell/data/sheet"
)

// What can be wrong with a list as a whole. Each code is one sentence with what to do (translation key "error.CODE").
const (
	NoPhoneColumn  data.Code = "no_phone_column"  // args: headings
	NoDateColumn   data.Code = "no_date_column"   // appointments; args: headings
	HeaderOnly     data.Code = "header_only"      // args: sheet
	MapNoColumn    data.Code = "map_no_column"    // args: field, column, headings
	MapNoField     data.Code = "map_no_field"     // args: field
	NoSuchCountry  data.Code = "no_such_country"  // args: value
	NoSuchHeader   data.Code = "no_such_header"   // args: row
	NoSuchTimeZone data.Code = "no_such_timezone" // args: zone
)

// Kind is what a list holds.
type Kind int

const (
	Contacts Kind = iota
	Appointments
)

// Options are what the person or the profile says about a list. The zero value leaves everything to be found out.
type Options struct {
	Kind     Kind
	Sheet    string                  // "": found
	Header   *int                    // nil: found; 0: there is none; else the row's number
	Encoding string                  // of a text file; "": found
	Country  string                  // "": found; else ISO 3166-1 alpha-2
	Home     string                  // the shop's own country
	Zone     string                  // the shop's time zone (IANA), for appointments
	Currency string                  // the shop's currency, for amounts; "": USD
	Map      map[data.Field][]string // columns by hand, as heading, letter or number; "skip" and "extra" are fields too
	Dates    DateOrder               // "": found for each column
	Foreign  bool                    // numbers that need a plus to be right get it, instead of being rejected
	NoZeros  bool                    // numbers that lost their leading 0 are rejected, instead of getting it back
	NoPairs  bool                    // cells with several numbers are rejected, instead of texts going to the first
	Today    time.Time               // zero: now
}

// A Finding is one thing found out about a file, and why: a key of translations and what fills its sentence.
type Finding struct {
	Value   string            `json:"value"`
	Because string            `json:"because"`
	Args    map[string]string `json:"args,omitempty"`
}

// A Column is what became of one column of the file.
type Column struct {
	Index    int        `json:"index"`  // from 0
	Letter   string     `json:"letter"` // as the spreadsheet program names it
	Heading  string     `json:"heading"`
	Field    data.Field `json:"field"`             // "": left out, "extra": kept under its heading
	Consent  data.Field `json:"consent,omitempty"` // "consent" or "optout": what people answered about texts
	Because  string     `json:"because"`           // key of translations
	Sure     bool       `json:"sure"`
	Dates    DateOrder  `json:"dates,omitempty"`
	Filled   int        `json:"filled"` // cells that hold something, among the rows looked at
	rank     int        // of several phone columns, texts go to the lowest
	evidence evidence
}

// Title is what messages call a column: its heading, else its letter.
func (c *Column) Title() string {
	if c.Heading != "" {
		return c.Heading
	}
	return c.Letter
}

// A List is a file that has been looked at and can be taken in. Nothing has been written.
type List struct {
	Path     string
	File     string // base name
	Size     int64  // bytes
	Kind     Kind
	Sheet    Finding
	Header   Finding // the row's number, "0" when there is none
	Encoding Finding
	Country  Finding
	Sheets   []sheet.Sheet
	Columns  []Column

	options   Options
	book      *sheet.Book
	sample    []line // the first rows below the header, and those above
	whole     bool   // the sample is the whole sheet
	headerRow int
}

// A line is a row of the sheet, kept.
type line struct {
	number int
	hidden bool
	cells  []sheet.Cell
}

// How much of a sheet is looked at before it is taken in. Dates alone are looked at to the end where these leave them open.
const (
	sampleRows  = 5000
	sampleCells = 120_000
)

// Open looks at a file. Errors: those of package sheet, and the codes above.
func Open(ctx context.Context, path string, o Options) (*List, error) {
	if o.Today.IsZero() {
		o.Today = time.Now()
	}
	if o.Currency == "" {
		o.Currency = "USD"
	}
	for _, c := range []*string{&o.Country, &o.Home} {
		*c = strings.ToUpper(strings.TrimSpace(*c))
	}
	if o.Country != "" && !phone.Known(o.Country) {
		return nil, data.Errorf(NoSuchCountry, "read the country", "no country by that code").With("value", o.Country)
	}
	if o.Zone != "" {
		if _, err := time.LoadLocation(o.Zone); err != nil {
			return nil, data.Errorf(NoSuchTimeZone, "read the time zone", "no zone by that name").With("zone", o.Zone)
		}
	}
	book, err := sheet.OpenAs(ctx, path, o.Encoding)
	if err != nil {
		return nil, err
	}
	l := &List{Path: path, File: filepath.Base(path), Kind: o.Kind, Sheets: book.Sheets(), options: o, book: book}
	if at, err := os.Stat(path); err == nil {
		l.Size = at.Size()
	}
	if err := l.look(ctx); err != nil {
		book.Close()
		return nil, err
	}
	return l, nil
}

// Close lets go of the file.
func (l *List) Close() error { return l.book.Close() }

func (l *List) look(ctx context.Context) error {
	l.Encoding = Finding{Value: l.book.Encoding, Because: l.book.Because}
	if l.book.Kind != "csv" {
		l.Encoding.Because = "intake.encoding.xlsx"
	}
	if err := l.findSheet(ctx); err != nil {
		return err
	}
	if err := l.findHeader(); err != nil {
		return err
	}
	if err := l.findColumns(); err != nil {
		return err
	}
	l.findCountry()
	return l.findDates(ctx)
}

// read samples a sheet.
func (l *List) read(ctx context.Context, name string, rows int) (lines []line, whole bool, err error) {
	r, err := l.book.Rows(ctx, name)
	if err != nil {
		return nil, false, err
	}
	defer r.Close()
	cells := 0
	for r.Next() {
		number, row := r.Row()
		if len(lines) == rows || cells+len(row) > sampleCells && len(lines) > 0 {
			return lines, false, nil
		}
		cells += len(row)
		lines = append(lines, line{number, r.Hidden(), append([]sheet.Cell(nil), row...)})
	}
	return lines, true, r.Err()
}

// below returns the sampled rows under the header.
func (l *List) below() []line {
	for i, s := range l.sample {
		if s.number > l.headerRow {
			return l.sample[i:]
		}
	}
	return nil
}

// country is where numbers without a plus are read.
func (l *List) country() string { return l.Country.Value }

// receipt begins the account of this list.
func (l *List) receipt() *data.Receipt {
	return &data.Receipt{
		File: l.File, Sheet: l.Sheet.Value, HeaderRow: l.headerRow, Encoding: l.Encoding.Value, Country: l.country(),
		Rejects: []data.Reject{}, Questions: []data.Question{},
	}
}

// Mapping is how the columns were understood, as text for the import's record: "phone=B name=A".
func (l *List) Mapping() string {
	var b strings.Builder
	for _, c := range l.Columns {
		if c.Field != data.FieldSkip {
			b.WriteString(string(c.Field) + "=" + c.Letter + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

// letter names a column as spreadsheet programs do: 0 is A, 26 is AA.
func letter(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }

// text is what a cell says, cleaned; "" for a failed formula.
func text(c *sheet.Cell) string {
	if c.Kind == sheet.Empty || c.Kind == sheet.Error || c.Kind == sheet.Unknown {
		return ""
	}
	return clean(c.Text)
}

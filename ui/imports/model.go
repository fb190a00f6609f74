// Package imports is the page that takes a list in: drop a file, look at what
// was understood, say how these people agreed, and get a receipt that adds up.
package imports

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
	"counterbell/data/store"
)

// Step is where the page is.
type Step int

const (
	File    Step = iota // no list yet
	Check               // a list has been looked at; nothing is saved
	Running             // it is being taken in
	Receipt             // where every row went
	Past                // the imports there have been
)

// Model is the page without its screen.
type Model struct {
	Step    Step
	Trying  *Attempt // a file or a choice that is being looked at
	Problem error    // what was wrong with the last one; the page stays as it was
	Open    *Opened  // what is on the check page
	Counted *data.Receipt
	SoFar   int // rows counted, or taken in, so far
	Answer  Answer
	Done    *Outcome
	Imports []store.ImportRecord // past ones, latest first
	Undoing map[data.ImportID]bool

	Interrupted string // the file of the latest import, when the program ended in the middle of it
}

// Attempt is a file with what the person decided about it.
type Attempt struct {
	Path    string
	Folder  string // ours, to be removed with the file: the sample list, a pasted table
	Pasted  bool   // it came from the clipboard
	People  bool   // somebody said that it is a list of people, though it looks like an appointment book
	Choices Choices
}

// Name is the file's own.
func (a *Attempt) Name() string {
	return a.Path[strings.LastIndexAny(a.Path, `/\`)+1:]
}

// Choices are what the person decided about a file; the zero value leaves
// everything to be found out.
type Choices struct {
	Sheet    string
	Header   *int
	Encoding string
	Country  string
	Columns  map[int]data.Field
	Dates    intake.DateOrder
	Foreign  Foreign
	Zeros    Doubt // numbers that lost their leading 0
	Pairs    Doubt // cells with several numbers
	LostSeen bool  // that ruined numbers are rejected was read; there is nothing else to do with them
}

// Doubt is what somebody decided about values that are mended unless they say
// otherwise.
type Doubt int

const (
	DoubtOpen Doubt = iota // mended, and asked about
	DoubtMend
	DoubtLeave // the rows are left out
)

// Foreign is what becomes of numbers that only a plus would make right.
type Foreign int

const (
	ForeignOpen Foreign = iota // rejected until somebody decides
	ForeignPlus
	ForeignReject
)

// Opened is a file as it was understood.
type Opened struct {
	Attempt
	List    *intake.List
	Rows    []intake.PreviewRow
	Heads   []Head
	Saved   time.Time
	NoPhone error // no column holds phone numbers: one has to be chosen
	forced  int   // the column that stood in for it
}

// Head is one of the first rows of a sheet: it may be the one that names the
// columns.
type Head struct {
	Row  int
	Text string
}

// Outcome is an import that took place.
type Outcome struct {
	Receipt data.Receipt
	At      data.Instant
	Took    time.Duration // 0 when not known, as for past ones
	Answer  *Answer       // nil when not known
	List    *intake.List  // nil for past ones: their rejected rows can't be saved again
	From    *Attempt
	State   string // of past ones, as in the store
	Undone  *store.UndoReport
}

// CanUndo tells whether there is something to take back.
func (o *Outcome) CanUndo() bool {
	return o.Undone == nil && o.State != "undone"
}

// Try begins to look at a file.
func (m *Model) Try(path, folder string) *Attempt {
	m.Problem = nil
	m.Trying = &Attempt{Path: path, Folder: folder}
	return m.Trying
}

// Choose begins to look at the same file with one decision changed.
func (m *Model) Choose(change func(*Choices)) *Attempt {
	if m.Open == nil {
		return nil
	}
	from := m.Open.Attempt
	if m.Trying != nil && m.Trying.Path == from.Path { // two choices in quick succession
		from = *m.Trying
	}
	from.Choices.Columns = maps.Clone(from.Choices.Columns)
	if from.Choices.Columns == nil {
		from.Choices.Columns = map[int]data.Field{}
	}
	change(&from.Choices)
	m.Problem = nil
	m.Trying = &from
	return m.Trying
}

// ChooseSheet begins anew with another sheet: its columns are others.
func (c *Choices) ChooseSheet(name string) {
	*c = Choices{Sheet: name, Encoding: c.Encoding, Country: c.Country, Columns: map[int]data.Field{}}
}

// Looked takes what was found out, and tells whether it is still wanted. After
// an error everything stays as it was.
func (m *Model) Looked(a *Attempt, found *Opened, err error) (wanted bool) {
	if m.Trying != a {
		return false
	}
	m.Trying = nil
	if err != nil {
		m.Problem = err
		return true
	}
	if m.Open == nil || m.Open.Path != a.Path {
		m.Answer = Answer{}
	}
	m.Open, m.Counted, m.SoFar, m.Step, m.Done = found, nil, 0, Check, nil
	return true
}

// Back leaves the step, and tells whether there was one to leave.
func (m *Model) Back() bool {
	switch {
	case m.Trying != nil && (m.Step == File || m.Open == nil || m.Trying.Path != m.Open.Path):
		m.Trying = nil
	case m.Step == Receipt && m.Done.List == nil: // of a past import
		m.Step, m.Done = Past, nil
	case m.Step == Check || m.Step == Receipt || m.Step == Past:
		m.Reset()
	case m.Problem != nil:
		m.Problem = nil
	default:
		return false
	}
	return true
}

// Reset makes the page ready for the next list.
func (m *Model) Reset() {
	*m = Model{Imports: m.Imports, Undoing: m.Undoing, Interrupted: m.Interrupted}
}

// ShowPast opens the list of past imports.
func (m *Model) ShowPast() {
	if m.Step == File {
		m.Step, m.Problem = Past, nil
	}
}

// ShowRecord opens the receipt of a past import.
func (m *Model) ShowRecord(r *store.ImportRecord) {
	m.Done = &Outcome{Receipt: r.Receipt, At: r.Finished, State: r.State}
	m.Done.Receipt.Import, m.Done.Receipt.File = r.ID, r.File
	m.Step = Receipt
}

// Start begins to take the list in.
func (m *Model) Start() { m.Step, m.SoFar, m.Problem = Running, 0, nil }

// Stopped is the end of an import that came to nothing: back to the check.
func (m *Model) Stopped(err error) {
	m.Step, m.SoFar = Check, 0
	if data.CodeOf(err) != data.Cancelled {
		m.Problem = err
	}
}

// Finished is the end of one that took place.
func (m *Model) Finished(o *Outcome) {
	m.Step, m.Done, m.Open, m.Counted, m.Problem = Receipt, o, nil, nil, nil
}

// People is whom the import brings something new: added or updated. When there
// are none, but the answer about consent is new, those it is recorded for.
func (m *Model) People() (n int, consentAlone bool) {
	if m.Counted == nil {
		return 0, false
	}
	if n = m.Counted.Added + m.Counted.Updated; n == 0 && m.Counted.Unchanged > 0 && m.Answer.Opens() {
		return m.Counted.Unchanged, true
	}
	return n, false
}

// Missing is why the import can't begin yet, as a key of translations; "" when
// it can.
func (m *Model) Missing() string {
	switch n, _ := m.People(); {
	case m.Open == nil || m.Trying != nil:
		return "imports.wait.looking"
	case m.Open.NoPhone != nil:
		return "imports.wait.phone"
	case !m.Answer.Given():
		return "imports.wait.consent"
	case m.Answer.Bad:
		return "imports.wait.day"
	case m.Counted == nil:
		return "imports.wait.counting"
	case n == 0 && m.Counted.Unchanged > 0:
		return "imports.wait.nothing_new"
	case n == 0:
		return "imports.wait.nobody"
	}
	return ""
}

// Options are the choices as the intake takes them.
func (c *Choices) Options(columns []intake.Column) intake.Options {
	o := intake.Options{Sheet: c.Sheet, Header: c.Header, Encoding: c.Encoding, Country: c.Country, Dates: c.Dates, Foreign: c.Foreign == ForeignPlus, NoZeros: c.Zeros == DoubtLeave, NoPairs: c.Pairs == DoubtLeave}
	o.Map = map[data.Field][]string{}
	for _, i := range slices.Sorted(maps.Keys(c.Columns)) {
		f := c.Columns[i]
		o.Map[f] = append(o.Map[f], columnName(columns, i))
	}
	return o
}

// columnName names a column for the intake: by its number, unless a heading
// says the same, else by its letter.
func columnName(columns []intake.Column, i int) string {
	number := strconv.Itoa(i + 1)
	for _, c := range columns {
		if strings.Trim(c.Heading, " .()#№:") == number && c.Index != i && i < len(columns) {
			return columns[i].Letter
		}
	}
	return number
}

// MapColumn says by hand what a column is. A person can have several numbers,
// so a further phone column leaves the others as they are.
func (c *Choices) MapColumn(columns []intake.Column, i int, f data.Field) {
	if f == data.FieldPhone {
		for _, other := range columns {
			if _, chosen := c.Columns[other.Index]; other.Field == data.FieldPhone && !chosen {
				c.Columns[other.Index] = data.FieldPhone
			}
		}
	}
	c.Columns[i] = f
}

// Clean removes a file that was ours alone.
func (a *Attempt) Clean() {
	if a != nil && a.Folder != "" {
		_ = os.RemoveAll(a.Folder)
	}
}

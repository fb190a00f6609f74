package imports

import (
	"testing"
	"time"

	"counterbell/data"
	"counterbell/data/intake"
)

func TestADayIsReadAsTheShopsCountryWritesIt(t *testing.T) {
	for _, c := range []struct {
		text       string
		monthFirst bool
		want       string
	}{
		{"2026-03-14", false, "2026-03-14"},
		{"2026/3/4", true, "2026-03-04"},
		{"2026年3月14日", false, "2026-03-14"},
		{"14 Mar 2026", true, "2026-03-14"},
		{"March 14, 2026", false, "2026-03-14"},
		{"  14   March  2026 ", false, "2026-03-14"},
		{"04/03/2026", false, "2026-03-04"},
		{"04/03/2026", true, "2026-04-03"},
		{"14.3.2026", false, "2026-03-14"},
		{"14/03/2026", true, "2026-03-14"},
		{"03/14/2026", false, "2026-03-14"}, // only one way makes sense
		{"31/02/2026", false, ""},
		{"last spring", false, ""},
		{"14/03/26", false, ""},
		{"0001-01-01", false, ""},
	} {
		day, ok := readDay(c.text, c.monthFirst)
		if got := day.Format("2006-01-02"); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q, month first %v: %s %v, want %s", c.text, c.monthFirst, got, ok, c.want)
		}
	}
}

func TestADayStillToComeIsNoDayOnWhichTheyAgreed(t *testing.T) {
	var a Answer
	for text, bad := range map[string]bool{"2026-11-24": false, "2026-11-25": true, "": false, "   ": false, "soon": true} {
		if a.Type(text, false, tuesday); a.Bad != bad {
			t.Errorf("%q: bad %v", text, a.Bad)
		}
	}
}

func TestTheAnswerIsRecordedWithItsGround(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		basis  data.Basis
		scopes int
		method string
	}{{data.ExpressWritten, 2, "paper"}, {data.ExpressWritten, 2, "web"}, {data.Express, 2, "verbal"}, {data.Contract, 1, "import"}, {data.NoBasis, 0, ""}}
	for i, w := range want {
		a := Answer{Chosen: i + 1, Source: " card ", Day: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)}
		got := a.ForStore(zone, "list.csv", "Dana")
		if got.Basis != w.basis || len(got.Scopes) != w.scopes || got.Statement.Method != w.method {
			t.Errorf("%s: %+v", agreements[i].Key, got)
		}
		if w.scopes == 0 {
			continue
		}
		if got.Statement.Source != "card" || got.Statement.Evidence != "list.csv" || got.Statement.RecordedBy != "Dana" {
			t.Errorf("%s: %+v", agreements[i].Key, got.Statement)
		}
		if at := got.GivenAt.In(zone).Format("2006-01-02 15:04"); at != "2026-03-14 00:00" {
			t.Errorf("given at %s", at)
		}
	}
	// Nothing was said of a form: the file itself is the source.
	a := Answer{Chosen: 1}
	if got := a.ForStore(zone, "list.csv", ""); got.Statement.Source != "list.csv" || got.GivenAt != 0 {
		t.Errorf("%+v", got)
	}
}

func TestCustomersAreNeverMarketedTo(t *testing.T) {
	for i := range agreements {
		a := Answer{Chosen: i + 1}
		for _, s := range a.Agreement().Scopes {
			if s == data.ScopeMarketing && (agreements[i].Key == "customers" || agreements[i].Key == "unsure") {
				t.Errorf("%s opens %s", agreements[i].Key, s)
			}
		}
	}
}

func TestTheButtonSaysWhatIsMissing(t *testing.T) {
	open := func() *Opened { return &Opened{List: &intake.List{}} }
	for _, c := range []struct {
		name string
		m    Model
		want string
		n    int
	}{
		{"nothing", Model{}, "imports.wait.looking", 0},
		{"no answer", Model{Open: open(), Counted: &data.Receipt{Added: 3}}, "imports.wait.consent", 3},
		{"no phone", Model{Open: &Opened{List: &intake.List{}, NoPhone: data.Errorf(intake.NoPhoneColumn, "", "")}}, "imports.wait.phone", 0},
		{"bad day", Model{Open: open(), Counted: &data.Receipt{Added: 3}, Answer: Answer{Chosen: 1, Bad: true}}, "imports.wait.day", 3},
		{"counting", Model{Open: open(), Answer: Answer{Chosen: 1}}, "imports.wait.counting", 0},
		{"looking again", Model{Open: open(), Trying: &Attempt{}, Counted: &data.Receipt{Added: 3}, Answer: Answer{Chosen: 1}}, "imports.wait.looking", 3},
		{"all rejected", Model{Open: open(), Counted: &data.Receipt{Rejected: 3}, Answer: Answer{Chosen: 1}}, "imports.wait.nobody", 0},
		{"known, not sure", Model{Open: open(), Counted: &data.Receipt{Unchanged: 3}, Answer: Answer{Chosen: 5}}, "imports.wait.nothing_new", 0},
		{"known, agreed", Model{Open: open(), Counted: &data.Receipt{Unchanged: 3}, Answer: Answer{Chosen: 1}}, "", 3},
		{"ready", Model{Open: open(), Counted: &data.Receipt{Added: 3, Updated: 2, Unchanged: 4}, Answer: Answer{Chosen: 5}}, "", 5},
	} {
		n, _ := c.m.People()
		if got := c.m.Missing(); got != c.want || n != c.n {
			t.Errorf("%s: %q, %d people; want %q, %d", c.name, got, n, c.want, c.n)
		}
	}
}

func TestColumnsAreNamedSoThatNoHeadingIsMistakenForThem(t *testing.T) {
	plain := []intake.Column{{Index: 0, Letter: "A", Heading: "Name"}, {Index: 1, Letter: "B", Heading: "Phone"}}
	if got := columnName(plain, 1); got != "2" {
		t.Error(got)
	}
	numbered := []intake.Column{{Index: 0, Letter: "A", Heading: "2."}, {Index: 1, Letter: "B", Heading: "1"}}
	if got := columnName(numbered, 1); got != "B" {
		t.Error(got)
	}
}

func TestASecondPhoneColumnLeavesTheFirst(t *testing.T) {
	c := Choices{Columns: map[int]data.Field{}}
	columns := []intake.Column{{Index: 0, Field: data.FieldName}, {Index: 1, Field: data.FieldPhone}, {Index: 2}}
	c.MapColumn(columns, 2, data.FieldPhone)
	if c.Columns[1] != data.FieldPhone || c.Columns[2] != data.FieldPhone {
		t.Errorf("%v", c.Columns)
	}
	c.MapColumn(columns, 0, data.FieldNote)
	if got := c.Options(columns).Map[data.FieldPhone]; len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestRejectedRowsAreGroupedTheCommonestFirst(t *testing.T) {
	g := GroupRejects([]data.Reject{{Row: 4, Reason: "a"}, {Row: 5, Reason: "b"}, {Row: 9, Reason: "b"}, {Row: 11, Reason: "b"}})
	if len(g) != 2 || g[0].Reason != "b" || len(g[0].Rows) != 3 {
		t.Fatalf("%+v", g)
	}
	if rows, more := g[0].FirstRows(2); len(rows) != 2 || rows[1] != 9 || more != 1 {
		t.Errorf("%v %d", rows, more)
	}
	if rows, more := g[1].FirstRows(2); len(rows) != 1 || more != 0 {
		t.Errorf("%v %d", rows, more)
	}
}

func TestThePartsAddUpToTheRows(t *testing.T) {
	r := data.Receipt{Rows: 21, Added: 1, Updated: 2, Unchanged: 3, Duplicate: 4, Rejected: 5, Skipped: 6}
	sum := 0
	for _, p := range Parts(&r) {
		sum += p.Count
	}
	if sum != r.Rows {
		t.Errorf("%d of %d", sum, r.Rows)
	}
}

func TestASettledQuestionStaysOneLineWithAWayBack(t *testing.T) {
	m := Model{Open: &Opened{List: &intake.List{}}, Counted: &data.Receipt{Questions: []data.Question{
		{Code: "date_order", Column: "Birthday", Count: 7, Assumed: "day_first"},
		{Code: "date_order", Column: "Last visit", Count: 9, Assumed: "day_first"},
		{Code: "foreign_numbers", Count: 2},
		{Code: "leading_zero", Count: 3},
		{Code: "digits_lost", Count: 1},
		{Code: "landline", Count: 2},
	}}}
	asks, notes := m.Matters()
	if len(asks) != 4 || len(notes) != 1 || m.ToSettle() != 5 { // dates once, foreign, zeros, ruined ones, consent
		t.Fatalf("%+v %+v %d", asks, notes, m.ToSettle())
	}
	m.Open.Choices.Dates, m.Open.Choices.Foreign, m.Open.Choices.Zeros, m.Open.Choices.LostSeen = intake.MonthFirst, ForeignReject, DoubtMend, true
	m.Counted.Questions = m.Counted.Questions[2:] // decided, the intake asks no more
	m.Answer.Chosen = 5
	asks, _ = m.Matters()
	if len(asks) != 4 || !asks[2].Settled || !asks[3].Settled || !asks[0].Settled || asks[0].Assumed != "month_first" || !asks[1].Settled || m.ToSettle() != 0 {
		t.Errorf("%+v %d", asks, m.ToSettle())
	}
}

func TestABrokenChoiceLeavesEverythingAsItWas(t *testing.T) {
	m := Model{}
	first := m.Try("/lists/a.csv", "")
	if !m.Looked(first, &Opened{Attempt: *first, List: &intake.List{}}, nil) || m.Step != Check {
		t.Fatal("not open")
	}
	m.Answer.Chosen = 2
	second := m.Choose(func(c *Choices) { c.Country = "CN" })
	third := m.Choose(func(c *Choices) { c.Encoding = "GB18030" })
	if third.Choices.Country != "CN" {
		t.Error("the second choice of two forgot the first")
	}
	if m.Looked(second, nil, data.Errorf(data.Invalid, "", "")) {
		t.Error("an overtaken look was taken")
	}
	if !m.Looked(third, nil, data.Errorf(data.Invalid, "", "")) || m.Problem == nil || m.Open == nil || m.Open.Choices.Country != "" || m.Answer.Chosen != 2 {
		t.Errorf("%+v", m)
	}
	other := m.Try("/lists/b.csv", "")
	if m.Looked(other, &Opened{Attempt: *other, List: &intake.List{}}, nil); m.Answer.Given() {
		t.Error("the answer for one list was taken for another")
	}
}

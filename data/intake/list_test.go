package intake

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"counterbell/data"
	"counterbell/data/sheet"
)

// fields is how a list's columns were understood: "A phone, B name".
func fields(l *List) string {
	var s []string
	for _, c := range l.Columns {
		f := string(c.Field)
		if c.Consent != "" {
			f += ":" + string(c.Consent)
		}
		s = append(s, c.Letter+" "+f)
	}
	return strings.Join(s, ", ")
}

func TestHeadingsInThreeLanguages(t *testing.T) {
	for _, c := range []struct{ headings, row, want string }{
		{"Name|Mobile|Email|Signed|Bought|", "Amelia Hart|07700 900318|amelia@hart.example|11/02/2026|Frames|x", "A name, B phone, C email, D extra, E tags, F extra"},
		{"First name|Last name|Phone (mobile)|Date of birth|SMS opt-in", "Amelia|Hart|07700 900318|3 Mar 1980|yes", "A given_name, B family_name, C phone, D birthday, E extra:consent"},
		{"姓名|手机号|生日|最近到店|累计消费|标签|是否同意", "张三|07700900318|1980-03-03|2026-01-02|88|镜框|是", "A name, B phone, C birthday, D last_visit, E spend, F tags, G extra:consent"},
		{"Nombre|Apellidos|Teléfono móvil|Correo electrónico|Última visita", "Ana|García|07700 900318|ana@g.example|3/4/2026", "A given_name, B family_name, C phone, D email, E last_visit"},
		{"Customer's mobile number|Do not text|E-mail opt-in", "07700 900318|no|yes", "A phone, B extra:optout, C extra"},
		{"Name|Home phone|Mobile", "Amelia|020 7946 0018|07700 900318", "A name, B phone, C phone"},
		{"Name|Name|Phone", "Amelia Hart|Amy|07700 900318", "A name, B extra, C phone"},
		{"#|Nom|Numéro", "1|Amelia Hart|07700 900318", "A , B name, C phone"},
	} {
		var head, row []any
		for _, h := range strings.Split(c.headings, "|") {
			head = append(head, h)
		}
		for _, v := range strings.Split(c.row, "|") {
			row = append(row, v)
		}
		l := list(t, Options{}, head, row, row)
		if got := fields(l); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.headings, got, c.want)
		}
	}
}

func TestTheMobileIsWhatTextsGoTo(t *testing.T) {
	l := list(t, Options{}, []any{"Name", "Home phone", "Mobile"},
		[]any{"Amelia", "020 7031 3000", "07400 123456"},
		[]any{"Daniel", "07400 123457", "020 7031 3001"},
		[]any{"Bea", "020 7031 3002", nil},
		[]any{"Owen", "020 7031 3003", "ask wife"})
	m, r := run(t, l)
	for p, other := range map[data.Phone]data.Phone{"+447400123456": "+442070313000", "+447400123457": "+442070313001", "+442070313002": "", "+442070313003": ""} {
		c := m.people[p]
		if c.Phone == "" || other != "" && !slices.Equal(c.Others, []data.Phone{other}) || other == "" && len(c.Others) > 0 {
			t.Errorf("%s: %+v", p, c)
		}
	}
	if m.people["+442070313003"].Extra["Mobile"] != "ask wife" {
		t.Errorf("the text in the phone column is lost: %+v", m.people["+442070313003"].Extra)
	}
	if q := question(r, qLandline); q == nil || q.Count != 2 {
		t.Errorf("landlines: %+v", q)
	}
}

func TestTheHeaderIsFoundUnderATitle(t *testing.T) {
	for _, c := range []struct {
		name    string
		rows    [][]any
		header  int
		because string
	}{
		{"first row", [][]any{{"Name", "Phone"}, {"Amelia", "07700 900318"}}, 1, "intake.header.words"},
		{"one title row", [][]any{{"Camden sign-ups"}, {"Name", "Phone"}, {"Amelia", "07700 900318"}}, 2, "intake.header.title"},
		{"two title rows", [][]any{{"Camden sign-ups"}, {"Tel. 020 7946 0018"}, {"Name", "Phone"}, {"Amelia", "07700 900318"}}, 3, "intake.header.titles"},
		{"blank row after the header", [][]any{{"Name", "Phone"}, {nil, nil}, {"Amelia", "07700 900318"}}, 1, "intake.header.words"},
		{"no header", [][]any{{"Amelia Hart", "07700 900318"}, {"Daniel Osei", "07700 900319"}, {"Bea Whitlock", "07700 900320"}}, 0, "intake.header.none"},
		{"unknown words", [][]any{{"Kunde", "Rufnummer"}, {"Amelia Hart", "07700 900318"}, {"Daniel Osei", "07700 900319"}}, 1, "intake.header.above"},
		{"merged heading above", [][]any{{nil, "Contact", nil}, {"Name", "Phone", "Email"}, {"Amelia", "07700 900318", "a@b.example"}}, 2, "intake.header.title"},
		{"one column", [][]any{{"Phone"}, {"07700 900318"}}, 1, "intake.header.words"},
		{"numbers alone", [][]any{{"07700 900318"}, {"07700 900319"}}, 0, "intake.header.none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := list(t, Options{}, c.rows...)
			if l.headerRow != c.header || l.Header.Because != c.because {
				t.Errorf("row %d %s, want %d %s", l.headerRow, l.Header.Because, c.header, c.because)
			}
			_, r := run(t, l)
			if want := len(c.rows) - c.header; c.name != "blank row after the header" && r.Rows != want {
				t.Errorf("%d rows, want %d: %+v", r.Rows, want, r)
			}
			if r.Added == 0 || r.Rejected > 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestTheSheetWithPeopleIsFound(t *testing.T) {
	path := workbook(t,
		table("Read me", []any{"How to use this file"}, []any{"Fill in the next sheet"}),
		table("Sign-ups", []any{"Name", "Phone"}, []any{"Amelia", "07700 900318"}),
		table("Prices", []any{"Item", "Price"}, []any{"Frames", 12}))
	l := open(t, path, Options{})
	if l.Sheet.Value != "Sign-ups" || l.Sheet.Because != "intake.sheet.phones" {
		t.Errorf("%+v", l.Sheet)
	}
	if l := open(t, path, Options{Sheet: "sign-ups"}); l.Sheet.Value != "Sign-ups" || l.Sheet.Because != "intake.sheet.chosen" {
		t.Errorf("%+v", l.Sheet)
	}
	if _, err := Open(t.Context(), path, Options{Sheet: "Nowhere"}); data.CodeOf(err) != sheet.SheetMissing {
		t.Errorf("%v", err)
	}
}

func TestTheCountryIsFound(t *testing.T) {
	us := [][]any{{"Name", "Phone"}, {"A B", "(503) 555-0142"}, {"C D", "503-555-0143"}, {"E F", "5035550144"}}
	gb := [][]any{{"Name", "Phone"}, {"A B", "07700 900318"}, {"C D", "07700 900319"}, {"E F", "7700900320"}}
	plus := [][]any{{"Name", "Phone"}, {"A B", "+447700900318"}, {"C D", "+447700900319"}}
	for _, c := range []struct {
		name, home, want, because string
		rows                      [][]any
	}{
		{"home", "GB", "GB", "intake.country.match", gb},
		{"another country than home", "GB", "US", "intake.country.match", us},
		{"no home known", "-", "GB", "intake.country.match", gb},
		{"all with a plus", "US", "US", "intake.country.plus", plus},
		{"all with a plus, no home", "-", "GB", "intake.country.plus", plus},
	} {
		o := Options{Home: c.home, Today: today}
		if c.home == "-" {
			o.Home = ""
		}
		l, err := Open(t.Context(), workbook(t, table("S", c.rows...)), o)
		if err != nil {
			t.Fatal(err)
		}
		if l.Country.Value != c.want || l.Country.Because != c.because {
			t.Errorf("%s: %+v, want %s %s", c.name, l.Country, c.want, c.because)
		}
		l.Close()
	}
	if l := list(t, Options{Country: "gb"}, gb...); l.Country.Value != "GB" || l.Country.Because != "intake.country.chosen" {
		t.Errorf("chosen: %+v", l.Country)
	}
}

func TestColumnsByHand(t *testing.T) {
	rows := [][]any{{"Name", "Phone", "Other", "Shop"}, {"Amelia", "07700 900318", "07700 900319", "Camden"}}
	l := list(t, Options{Map: map[data.Field][]string{data.FieldPhone: {"Other"}, data.FieldCity: {"D"}, "skip": {"1"}}}, rows...)
	if got := fields(l); got != "A , B extra, C phone, D city" && got != "A , B , C phone, D city" {
		t.Errorf("got %s", got)
	}
	m, _ := run(t, l)
	if c := m.people["+447700900319"]; c.City != "Camden" || c.Name != "" {
		t.Errorf("%+v", m.people)
	}
	for code, o := range map[data.Code]Options{
		MapNoColumn: {Map: map[data.Field][]string{data.FieldPhone: {"Telefax"}}},
		MapNoField:  {Map: map[data.Field][]string{"shoe_size": {"A"}}},
	} {
		if _, err := Open(t.Context(), workbook(t, table("S", rows...)), o); data.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func TestListsThatCannotBeTakenInSayWhy(t *testing.T) {
	bad := 40
	for _, c := range []struct {
		name string
		o    Options
		rows [][]any
		want data.Code
	}{
		{"no phone column", Options{}, [][]any{{"Name", "Colour"}, {"Amelia Hart", "green"}}, NoPhoneColumn},
		{"a phone column with nothing in it", Options{}, [][]any{{"Name", "Phone"}, {"Amelia Hart", nil}}, NoPhoneColumn},
		{"header only", Options{}, [][]any{{"Name", "Phone"}}, HeaderOnly},
		{"no such header row", Options{Header: &bad}, [][]any{{"Name", "Phone"}, {"A", "07700 900318"}}, NoSuchHeader},
		{"no such country", Options{Country: "XX"}, [][]any{{"Name", "Phone"}, {"A", "07700 900318"}}, NoSuchCountry},
		{"no such zone", Options{Zone: "Mars/Olympus"}, [][]any{{"Name", "Phone"}, {"A", "07700 900318"}}, NoSuchTimeZone},
		{"no dates", Options{Kind: Appointments}, [][]any{{"Name", "Phone"}, {"A", "07700 900318"}}, NoDateColumn},
	} {
		c.o.Home, c.o.Today = "GB", today
		if _, err := Open(t.Context(), workbook(t, table("S", c.rows...)), c.o); data.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := Open(t.Context(), textFile(t, "\n\n  \n"), Options{}); data.CodeOf(err) != sheet.FileNoRows && data.CodeOf(err) != sheet.FileEmpty {
		t.Errorf("blank file: %v", err)
	}
}

func TestTheOrderOfDatesIsDecidedForAColumn(t *testing.T) {
	for _, c := range []struct {
		name, home   string
		dates        []string
		want         data.Date
		ask, assumed string
	}{
		{"one date proves it", "US", []string{"03/04/2026", "24/11/2025"}, "2026-04-03", "", ""},
		{"month first proven", "GB", []string{"03/04/2026", "11/24/2025"}, "2026-03-04", "", ""},
		{"open, at home in Britain", "GB", []string{"03/04/2026", "05/06/2026"}, "2026-04-03", qDateOrder, "day_first"},
		{"open, at home in the US", "US", []string{"03/04/2026", "05/06/2026"}, "2026-03-04", qDateOrder, "month_first"},
		{"mixed", "GB", []string{"03/04/2026", "24/11/2025", "25/11/2025", "11/24/2025"}, "2026-04-03", qDateMixed, "day_first"},
		{"never open", "US", []string{"2026-04-03"}, "2026-04-03", "", ""},
	} {
		numbers := map[string]string{"GB": "07700 9003", "US": "503 555 01"}
		rows := [][]any{{"Phone", "Last visit"}}
		for i, d := range c.dates {
			rows = append(rows, []any{numbers[c.home] + itoa(18+i), d})
		}
		l := list(t, Options{Home: c.home}, rows...)
		m, r := run(t, l)
		first := data.Phone("+447700900318")
		if c.home == "US" {
			first = "+15035550118"
		}
		if got := m.people[first].LastVisit; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if q := question(r, c.ask); c.ask != "" && (q == nil || q.Assumed != c.assumed) || c.ask == "" && (question(r, qDateOrder) != nil || question(r, qDateMixed) != nil) {
			t.Errorf("%s: questions %+v", c.name, r.Questions)
		}
	}
}

// The proof may stand far below what is looked at first.
func TestADateFarDownDecidesTheOrder(t *testing.T) {
	var b strings.Builder
	b.WriteString("Phone,Birthday\n")
	for i := range sampleRows + 500 {
		b.WriteString("0770090" + string([]byte{byte('0' + i/1000%10), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)}) + ",03/04/1980\n")
	}
	b.WriteString("07700900999,04/24/1980\n")
	l := open(t, textFile(t, b.String()), Options{})
	if l.Columns[1].Dates != MonthFirst || !l.Columns[1].Sure {
		t.Errorf("%+v", l.Columns[1])
	}
}

func TestPreviewShowsWhatChanges(t *testing.T) {
	l := list(t, Options{}, []any{"Name", "Mobile", "Email"},
		[]any{"Amelia Hart", "7700900318", "AMELIA@hart.example"},
		[]any{"R. Singh", "7.7009E+09", nil},
		[]any{"Bea Whitlock", "07700 900127", nil})
	p := l.Preview(6)
	if len(p) != 3 {
		t.Fatalf("%+v", p)
	}
	if c := p[0].Cells[1]; c.Was != "7700900318" || c.Now != "07700 900318" || !c.Changed {
		t.Errorf("restored zero: %+v", c)
	}
	if c := p[0].Cells[2]; c.Now != "amelia@hart.example" || !c.Changed {
		t.Errorf("e-mail: %+v", c)
	}
	if c := p[1].Cells[1]; c.Problem != "phone_digits_lost" || p[1].Reject == nil {
		t.Errorf("digits lost: %+v", c)
	}
	if c := p[2].Cells[1]; c.Changed || c.Now != "07700 900127" {
		t.Errorf("spaces alone are no change: %+v", c)
	}
}

// A file as Excel writes it: a filtered row, a hidden sheet, a failed lookup, numbers with and without a format.
func TestHiddenRowsAndSheetsOfAWorkbookStayOut(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, v := range map[string]any{
		"A1": "Name", "B1": "Phone", "C1": "City",
		"A2": "Amelia Hart", "B2": 7700900318, "C2": "Camden",
		"A3": "Daniel Osei", "B3": "07700 900319",
		"A4": "Bea Whitlock", "B4": "#N/A",
		"A5": "Owen Pryce", "B5": "07700 900321", "IV5": " ",
	} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	_, err := f.NewSheet("Old")
	err = errors.Join(err, f.SetRowVisible("Sheet1", 3, false), f.SetSheetVisible("Old", false))
	for i := range 40 {
		err = errors.Join(err, f.SetCellValue("Old", "A"+itoa(i+1), "07700 9004"+itoa(10+i)))
	}
	path := filepath.Join(t.TempDir(), "real.xlsx")
	if err := errors.Join(err, f.SaveAs(path)); err != nil {
		t.Fatal(err)
	}
	l := open(t, path, Options{})
	if l.Sheet.Value != "Sheet1" {
		t.Errorf("took the hidden sheet: %+v", l.Sheet)
	}
	m, r := run(t, l)
	if r.Rows != 4 || r.Added != 2 || r.Skipped != 1 || r.Rejected != 1 || r.Rejects[0].Reason != "phone_cell_error" || m.people["+447700900319"].Phone != "" {
		t.Errorf("%+v", r)
	}
	if q := question(r, qHidden); q == nil || q.Count != 1 {
		t.Errorf("%+v", r.Questions)
	}
}

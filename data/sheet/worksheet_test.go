package sheet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/data"
)

func TestNumbersShowAsThePersonSeesThem(t *testing.T) {
	const phone = `[<=9999999]###\-####;\(###\)\ ###\-####`
	for _, c := range []struct {
		stored, format, want string
		kind                 Kind
	}{
		{"447900900123", "", "447900900123", Number},
		{"4.47900900123E+11", "", "447900900123", Number},
		{"447900900123.0", "", "447900900123", Number},
		{"7700900123", "00000000000", "07700900123", Number},
		{"7700900123", "@", "7700900123", Number},
		{"5035550142", `\(000\)\ 000\-0000`, "(503) 555-0142", Number},
		{"5550142", phone, "555-0142", Number},
		{"5035550142", phone, "(503) 555-0142", Number},
		{"639980012", `0#" "##" "##" "##" "##`, "06 39 98 00 12", Number},
		{"639980012", `00\.00\.00\.00\.00`, "06.39.98.00.12", Number},
		{"447700900123", `"+"0`, "+447700900123", Number},
		{"97201", "00000", "97201", Number},
		{"501", "00000;;", "00501", Number},
		{"0.30000000000000004", "", "0.3", Number},
		{"12.50", "#,##0.00", "12.5", Number},
		{"1234567.891", `#,##0.00" kr"`, "1234567.891", Number},
		{"-12", "00000", "-12", Number},
		{"5", "# ?/?", "5", Number},
		{"0.5", "0%", "0.5", Number},
		{"3", `0" kg"`, "3", Number},
		{"0", "", "0", Number},
		{"1E-3", "", "0.001", Number},
		{"12345678901234567", "", "12345678901234567", Number},
		{" 42\n", "", "42", Number},
		{"0x10", "", "0x10", Text},
		{"Infinity", "", "Infinity", Text},
		{"46351", "yyyy-mm-dd", "2026-11-25", Date},
		{"46351", "[$-409]d-mmm-yy;@", "2026-11-25", Date},
		{"46351", `yyyy"年"m"月"d"日"`, "2026-11-25", Date},
		{"46351", `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "2026-11-25", Date},
		{"46351.4375", "m/d/yy h:mm", "2026-11-25 10:30", DateTime},
		{"46351.4375", "m/d/yyyy", "2026-11-25", Date},
		{"46351.4375", "h:mm AM/PM", "10:30", TimeOfDay},
		{"46351.430555555555", "yyyy-mm-dd hh:mm", "2026-11-25 10:20", DateTime},
		{"0.4375", "hh:mm", "10:30", TimeOfDay},
		{"0.4375", "yyyy-mm-dd hh:mm", "10:30", TimeOfDay},
		{"1", "[h]:mm", "24:00", TimeOfDay},
		{"1.5", "[hh]:mm:ss", "36:00", TimeOfDay},
		{"1", "hh:mm", "00:00", TimeOfDay},
		{"0.999988425925926", "h:mm:ss", "23:59:59", TimeOfDay},
		{"46351.9999999", "yyyy-mm-dd", "2026-11-25", Date},
		{"1", "yyyy-mm-dd", "1900-01-01", Date},
		{"59", "yyyy-mm-dd", "1900-02-28", Date},
		{"60", "yyyy-mm-dd", "60", Number},
		{"61", "yyyy-mm-dd", "1900-03-01", Date},
		{"0", "yyyy-mm-dd", "0", Number},
		{"-1", "yyyy-mm-dd", "-1", Number},
		{"2958465", "yyyy-mm-dd", "9999-12-31", Date},
		{"2958466", "yyyy-mm-dd", "2958466", Number},
		{"2958465.9999999", "yyyy-mm-dd hh:mm", "2958465.9999999", Number},
		{"12", "General", "12", Number},
		{"12", "[Red]0;[Blue]0", "12", Number},
		{"12", "0.00E+00", "12", Number},
		{"46351", "[$-411]ge.m.d", "2026-11-25", Date},
	} {
		b := xlsxOf(t, `<row r="1"><c r="A1" s="1"><v>`+c.stored+`</v></c></row>`, "xl/styles.xml", stylesXML(c.format))
		cells := read(t, b, "")[1]
		if len(cells) != 1 || cells[0].Text != c.want || cells[0].Kind != c.kind {
			t.Errorf("%s as %q: %+v, want %q (%v)", c.stored, c.format, cells, c.want, c.kind)
		}
	}
}

func TestBuiltInFormatsAreDatesAndTimes(t *testing.T) {
	styles := `<styleSheet><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="46"/><xf numFmtId="31"/><xf numFmtId="2"/></cellXfs></styleSheet>`
	var row strings.Builder
	for i := range 7 {
		fmt.Fprintf(&row, `<c s="%d"><v>46351.4375</v></c>`, i)
	}
	got := Texts(read(t, xlsxOf(t, `<row>`+row.String()+`</row>`, "xl/styles.xml", styles), "")[1])
	want := []string{"46351.4375", "2026-11-25", "2026-11-25 10:30", "10:30", "1112434:30", "2026-11-25", "46351.4375"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOldMacFilesCountDaysFrom1904(t *testing.T) {
	book := `<workbook><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`
	b := xlsxOf(t, `<row r="1"><c r="A1" s="1"><v>44889</v></c><c r="B1" s="1"><v>0</v></c></row>`, "xl/workbook.xml", book, "xl/styles.xml", stylesXML("yyyy-mm-dd"))
	if got := Texts(read(t, b, "")[1]); !slices.Equal(got, []string{"2026-11-25", "1904-01-01"}) {
		t.Errorf("%q", got)
	}
}

func TestDatesAreWallClocks(t *testing.T) {
	b := xlsxOf(t, `<row r="1"><c r="A1" s="1"><v>46351.4375</v></c><c t="d"><v>2026-11-25T10:30:00</v></c><c t="d"><v>2026-11-25T00:00:00</v></c></row>`,
		"xl/styles.xml", stylesXML("yyyy-mm-dd hh:mm"))
	cells := read(t, b, "")[1]
	want := time.Date(2026, 11, 25, 10, 30, 0, 0, time.UTC)
	if !cells[0].Time.Equal(want) || !cells[1].Time.Equal(want) || cells[1].Kind != DateTime || cells[2].Kind != Date || cells[2].Text != "2026-11-25" {
		t.Errorf("%+v", cells)
	}
}

func TestTextsOfEveryKindAreRead(t *testing.T) {
	shared := `<sst><si><t>René</t></si><si><r><t>Ada </t></r><r><rPr><b/></rPr><t xml:space="preserve">Lovelace</t></r></si>` +
		`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr/></si><si/><si><t/></si><si><t>a_x000D_
b_x0041_c &amp; &#x674E;&#26446; &bogus;</t></si></sst>`
	row := `<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c>` +
		`<c r="E1" t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c><c r="G1" t="inlineStr"><is><t>in &lt;line&gt;</t></is></c>` +
		`<c r="H1" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r><rPh><t>no</t></rPh></is></c><c r="I1" t="str"><v><![CDATA[a<b&amp;]]></v></c>` +
		`<c r="J1" t="b"><v>1</v></c><c r="K1" t="b"><v>0</v></c><c r="L1" s=""><v>7</v></c><c r="M1" s="" t=""><v>8</v></c><!-- a > "comment" --><c r='N1' t='str'><v>q</v></c></row>`
	got := Texts(read(t, xlsxOf(t, row, "xl/sharedStrings.xml", shared), "")[1])
	want := []string{
		"René", "Ada Lovelace", "東京", "", "", "a\nbAc & 李李 &bogus;", "in <line>", "rich text", "a<b&amp;", "TRUE", "FALSE", "7", "8", "q",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestFormulasShowTheirStoredResult(t *testing.T) {
	b := xlsxOf(t, `<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c><c r="C1" t="e"><f>NA()</f><v>#N/A</v></c>`+
		`<c r="D1"><f>A1</f></c><c r="E1"><f>A1</f><v></v></c><c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f t="shared" si="0"/><v>3</v></c><c r="H1"><v>4</v></c></row>`)
	cells := read(t, b, "")[1]
	var got []string
	for _, c := range cells {
		got = append(got, fmt.Sprintf("%s %s %v", c.Kind, c.Text, c.Formula))
	}
	want := []string{"number 2 true", "text a true", "error #N/A true", "unknown  true", "unknown  true", "empty  false", "number 3 true", "number 4 false"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestHiddenRowsAreFlagged(t *testing.T) {
	b := xlsxOf(t, `<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3" hidden="true"><c><v>3</v></c></row><row r="4" hidden="0"><c><v>4</v></c></row>`)
	rows, err := b.Rows(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []bool
	for rows.Next() {
		got = append(got, rows.Hidden())
	}
	if !slices.Equal(got, []bool{false, true, true, false}) {
		t.Error(got)
	}
	d, err := b.Describe(context.Background(), "", 2)
	if err != nil || d[0].HiddenRows != 2 || d[0].Filled != 4 || len(d[0].Head) != 2 {
		t.Errorf("%+v %v", d, err)
	}
}

func TestSheetsAreListedWithoutChartsAndTheFirstInViewIsRead(t *testing.T) {
	book := `<workbook><sheets><sheet name="Notes &amp; lists" sheetId="4" state="veryHidden" r:id="rId2"/><sheet name="Chart" sheetId="2" r:id="rId5"/><sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>`
	b := xlsxOf(t, `<row><c><v>1</v></c></row>`, "xl/workbook.xml", book, "xl/worksheets/sheet2.xml", worksheetXML(`<row><c><v>2</v></c></row>`))
	if got := b.Sheets(); !slices.Equal(got, []Sheet{{"Notes & lists", true}, {"Customers", false}}) {
		t.Errorf("%v", got)
	}
	if got := read(t, b, "")[1]; got[0].Text != "1" {
		t.Errorf("the first sheet in view has %v", got)
	}
	if got := read(t, b, "notes & LISTS")[1]; got[0].Text != "2" {
		t.Errorf("by name: %v", got)
	}
	_, err := b.Rows(context.Background(), "Nobody")
	if e := asError(err); e == nil || e.Code != SheetMissing || e.Args["sheets"] != "Notes & lists, Customers" {
		t.Errorf("%v", err)
	}
}

func TestRowsAndCellsThatDoNotSayWhereTheyAre(t *testing.T) {
	b := xlsxOf(t, `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row r="5"><c><v>5</v></c></row><row><c r="B6"><v>6</v></c></row><row><c r="A9"><v>9</v></c></row><row><c><v>10</v></c></row>`)
	got := read(t, b, "")
	var have []string
	for n, cells := range got {
		have = append(have, fmt.Sprint(n, Texts(cells)))
	}
	slices.Sort(have)
	want := []string{"1 [1  3]", "10 [10]", "5 [5]", "6 [ 6]", "9 [9]"}
	if !slices.Equal(have, want) {
		t.Errorf("%q, want %q", have, want)
	}
}

func TestWhatCouldMixTwoPeopleIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		rows string
		code data.Code
	}{
		"rows out of order":      {`<row r="5"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>`, SheetMixed},
		"two rows of one number": {`<row r="5"><c><v>1</v></c></row><row r="5"><c><v>1</v></c></row>`, SheetMixed},
		"one cell twice":         {`<row r="5"><c r="A5"><v>1</v></c><c r="A5"><v>2</v></c></row>`, SheetMixed},
		"a cell of another row":  {`<row r="5"><c r="A6"><v>1</v></c></row>`, FileDamaged},
		"no row number at all":   {`<row r="five"><c><v>1</v></c></row>`, FileDamaged},
		"a row beyond the last":  {`<row r="1048577"><c><v>1</v></c></row>`, FileDamaged},
		"a text nobody has":      {`<row r="1"><c t="s"><v>0</v></c></row>`, FileDamaged},
		"a value far right":      {`<row r="1"><c r="SS1"><v>1</v></c></row>`, SheetTooWide},
	} {
		b := xlsxOf(t, c.rows)
		rows, err := b.Rows(context.Background(), "")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
		}
		if got := data.CodeOf(rows.Err()); got != c.code {
			t.Errorf("%s: %v, want code %s", name, rows.Err(), c.code)
		}
		if rows.Next() || rows.Err() == nil {
			t.Errorf("%s: the reading goes on after an error", name)
		}
		rows.Close()
	}
}

func TestEmptyCellsFarRightAndCellsOutOfOrderAreFine(t *testing.T) {
	b := xlsxOf(t, `<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c><c r="XFD1" s="1"/><c r="XFC1" s="1"><v></v></c></row>`)
	if got := Texts(read(t, b, "")[1]); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("%q", got)
	}
}

func TestSheetsOfOtherDialectsAreRead(t *testing.T) {
	prefixed := `<?xml version="1.0"?><x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>hi</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`
	b := xlsxOf(t, "", "xl/worksheets/sheet1.xml", prefixed)
	if got := Texts(read(t, b, "")[1]); !slices.Equal(got, []string{"hi"}) {
		t.Errorf("prefixed: %q", got)
	}
	utf16 := "\xFF\xFE"
	for _, r := range `<worksheet><sheetData><row><c t="str"><v>é李</v></c></row></sheetData></worksheet>` {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	b = xlsxOf(t, "", "xl/worksheets/sheet1.xml", utf16)
	if got := Texts(read(t, b, "")[1]); !slices.Equal(got, []string{"é李"}) {
		t.Errorf("UTF-16: %q", got)
	}
	b = open(t, file(t, "b.xlsx", zipOf(t, map[string]string{
		"xl/_rels/workbook.xml.rels": "", "xl/workbook.xml": "", `XL\Workbook.xml`: workbookOne,
		`xl\_rels\workbook.xml.rels`: bookRels, `xl\worksheets\Sheet1.xml`: worksheetXML(`<row><c><v>1</v></c></row>`),
	})))
	if got := Texts(read(t, b, "")[1]); !slices.Equal(got, []string{"1"}) {
		t.Errorf("backslashes: %q", got)
	}
}

func TestLongTextsAndRubbishAreCutAndMarked(t *testing.T) {
	long := strings.Repeat("é", 40_000)
	b := xlsxOf(t, `<row><c t="str"><v>`+long+`</v></c><c t="s"><v>0</v></c><c t="str"><v>a`+"\x00"+`b</v></c><c t="str"><v>4479_x0000_00</v></c><c t="str"><v>`+"\xE9"+`</v></c></row>`,
		"xl/sharedStrings.xml", `<sst><si><t>`+long+`</t></si></sst>`)
	cells := read(t, b, "")[1]
	for _, c := range cells[:2] {
		if !c.Cut || len(c.Text) > MaxCellText || !strings.HasSuffix(c.Text, "é") {
			t.Errorf("cut %v at %d bytes", c.Cut, len(c.Text))
		}
	}
	if got := Texts(cells[2:]); !slices.Equal(got, []string{"a\uFFFDb", "4479\uFFFD00", "\uFFFD"}) || cells[2].Cut {
		t.Errorf("%q", got)
	}
}

// A million rows that hold formats and no values are what "select all, add borders" leaves behind.
func TestAMillionEmptyRowsCostLittle(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	for i := 2; i <= MaxRows; i++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`, i, i, i)
	}
	b := xlsxOf(t, rows.String())
	allocs := testing.AllocsPerRun(1, func() {
		d, err := b.Describe(context.Background(), "", 3)
		if err != nil || d[0].Problem != nil || d[0].Rows != 1 || d[0].Cols != 1 || len(d[0].Head) != 1 {
			t.Fatalf("%+v %v", d, err)
		}
	})
	if allocs > 1000 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestReadingStopsWhenCancelled(t *testing.T) {
	b := xlsxOf(t, strings.Repeat(`<row/>`, 100_000)+`<row><c><v>1</v></c></row>`)
	ctx, cancel := context.WithCancel(context.Background())
	rows, err := b.Rows(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cancel()
	if rows.Next() || data.CodeOf(rows.Err()) != data.Cancelled {
		t.Errorf("%v", rows.Err())
	}
	if _, err := Open(ctx, b.Path); data.CodeOf(err) != data.Cancelled {
		t.Errorf("%v", err)
	}
}

func TestASheetCanBeReadTwice(t *testing.T) {
	b := xlsxOf(t, `<row><c t="s"><v>0</v></c></row>`, "xl/sharedStrings.xml", `<sst><si><t>x</t></si></sst>`)
	for range 2 {
		if got := read(t, b, "Customers")[1]; got[0].Text != "x" {
			t.Errorf("%v", got)
		}
	}
}

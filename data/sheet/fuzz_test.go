package sheet

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// FuzzScan: whatever the bytes, the scanner ends, and cuts the same whether they come at once or one by one.
func FuzzScan(f *testing.F) {
	for _, s := range []string{
		worksheetXML(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`), `<a b="x>y" c='"'/>t&amp;<![CDATA[<x>]]><!-- > --><?pi ?>`, `<`, `<a`, `</`, `<!`, `<!-`, "\xFF\xFE<\x00a\x00", "&&&;\r\n<a>\r",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		all := tokens(newScanner(bytes.NewReader(b)))
		if len(b) >= 2 && (b[0] == 0xFE || b[0] == 0xFF) {
			return // the first bytes decide on UTF-16, and have to come together
		}
		if slow := tokens(newScanner(iotest.OneByteReader(bytes.NewReader(b)))); slow != all {
			t.Errorf("at once %q\none by one %q", all, slow)
		}
	})
}

// tokens writes down what a scanner sees, neighbouring texts joined.
func tokens(s *scanner) string {
	var out strings.Builder
	var text []byte
	for {
		tok := s.next()
		if tok == tokText {
			text = s.appendText(text)
			continue
		}
		out.Write(text)
		text = text[:0]
		switch tok {
		case tokDone:
			if s.err != nil {
				out.WriteString(" !")
			}
			return out.String()
		case tokStart:
			out.WriteString("<" + string(s.name))
			for name, v := s.attr(); name != nil; name, v = s.attr() {
				out.WriteString(" " + string(name) + "=" + string(unescape(nil, v)))
			}
			out.WriteString(">")
		case tokEnd:
			out.WriteString("</" + string(s.name) + ">")
		}
	}
}

// FuzzWorksheet: whatever a worksheet holds, reading it ends with rows in rising order or with one clear error.
func FuzzWorksheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="C1"><f>1</f><v>46351.5</v></c></row><row hidden="1"><c t="inlineStr"><is><t>x</t></is></c></row>`)
	f.Add(`<row r="5"><c r="B5" t="d"><v>2026-11-25</v></c></row><row r="4"/>`)
	f.Add(`<row><c r="A9"/><c><v>1e999</v></c></row>`)
	styles := stylesXML("yyyy-mm-dd hh:mm", "00000000000", "[h]:mm")
	f.Fuzz(func(t *testing.T, rows string) {
		path := filepath.Join(t.TempDir(), "f.xlsx")
		content := zipOf(t, map[string]string{
			"xl/worksheets/sheet1.xml": worksheetXML(rows), "xl/styles.xml": styles, "xl/sharedStrings.xml": `<sst><si><t>a</t></si></sst>`,
		})
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		checkRows(t, path)
	})
}

// FuzzFormat: any number format, any number.
func FuzzFormat(f *testing.F) {
	f.Add(`[<=9999999]###\-####;\(###\)\ ###\-####`, 5035550142.0)
	f.Add(`yyyy"年"m"月";@`, 46351.5)
	f.Add("[h]:mm", 2958465.9999999)
	f.Add("\\", 0.0)
	f.Fuzz(func(t *testing.T, code string, n float64) {
		format := parseFormat(code)
		for _, epoch := range []bool{false, true} {
			if c := numberCell([]byte(numberText(n)), &format, epoch); c.Text == "" {
				t.Errorf("%v as %q shows nothing", n, code)
			}
		}
	})
}

// FuzzText: any bytes under the name of a CSV file.
func FuzzText(f *testing.F) {
	for _, s := range []string{"a,b\r\nc,\"d\"\"\n\"\r", "sep=;\na;b", "\xFF\xFEa\x00,\x00", "\xCD\xF5\xB7\xBC,1\n", "Ren\xE9e;2\n", "=\"00\"", "\"open", "a\x00b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "f.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		checkRows(t, path)
	})
}

func checkRows(t *testing.T, path string) {
	t.Helper()
	b, err := Open(context.Background(), path)
	if err != nil {
		if asError(err) == nil || asError(err).Code == "" {
			t.Errorf("an error without a code: %v", err)
		}
		return
	}
	defer b.Close()
	for _, s := range b.Sheets() {
		rows, err := b.Rows(context.Background(), s.Name)
		last := 0
		for err == nil && rows.Next() {
			n, cells := rows.Row()
			if n <= last || len(cells) == 0 || len(cells) > MaxColumns || cells[len(cells)-1].Kind == Empty {
				t.Fatalf("row %d after %d: %+v", n, last, cells)
			}
			last = n
			for _, c := range cells {
				if !utf8.ValidString(c.Text) || len(c.Text) > 3*MaxCellText || strings.IndexByte(c.Text, 0) >= 0 || (c.Text == "") != (c.Kind == Empty || c.Kind == Unknown) {
					t.Fatalf("row %d: %+v", n, c)
				}
			}
		}
		if err == nil {
			err = rows.Err()
			rows.Close()
		}
		if err != nil && asError(err) == nil {
			t.Errorf("an error without a code: %v", err)
		}
	}
}

package sheet

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestTextFilesAreReadInTheirEncoding(t *testing.T) {
	const chinese = "姓名,电话,城市\n王芳,+44 7700 900123,上海\n李娜,+44 7700 900124,北京\n"
	const western = "Nom,Téléphone\nRenée Müller,+33 6 39 98 00 12\nAndré,+33 6 39 98 00 13\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(chinese)
	gbRare, _ := simplifiedchinese.GB18030.NewEncoder().String("姓名,电话\n王喆镕㐂𠮷,1\n张三丰,2\n欧阳修文,3\n")
	w1252, _ := charmap.Windows1252.NewEncoder().String(western)
	one, _ := charmap.Windows1252.NewEncoder().String("name,city\nMüller,Zürich\n")
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(chinese)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(western)
	for _, c := range []struct {
		about, content, encoding, because, first string
		row                                      int
	}{
		{"plain ASCII", "name,phone\nAda,1\n", "UTF-8", BecauseValid, "Ada", 2},
		{"UTF-8 with a mark", "\xEF\xBB\xBF" + chinese, "UTF-8", BecauseMark, "姓名", 1},
		{"UTF-8", chinese, "UTF-8", BecauseValid, "王芳", 2},
		{"UTF-8 with one broken letter", strings.Repeat(chinese, 20) + "a\xE9b,1\n", "UTF-8", BecauseMostly, "a\uFFFDb", 61},
		{"UTF-8 after 300 kB of ASCII", strings.Repeat("abcdefghi,1\n", 30_000) + "李,1\n", "UTF-8", BecauseValid, "李", 30_001},
		{"GB18030", gb, "GB18030", BecauseHanzi, "王芳", 2},
		{"GB18030 with rare characters", gbRare, "GB18030", BecauseHanzi, "王喆镕㐂𠮷", 2},
		{"GB18030 after 300 kB of ASCII", strings.Repeat("abcdefghi,1\n", 30_000) + gb, "GB18030", BecauseHanzi, "李娜", 30_003},
		{"Western", w1252, "Windows-1252", BecauseWestern, "Renée Müller", 2},
		{"Western, a single name", one, "Windows-1252", BecauseWestern, "Müller", 2},
		{"UTF-16 with a mark", "\xFF\xFE" + le, "UTF-16LE", BecauseMark, "王芳", 2},
		{"UTF-16 without a mark", le, "UTF-16LE", BecauseZeros, "王芳", 2},
		{"UTF-16 of the other order", be, "UTF-16BE", BecauseZeros, "Renée Müller", 2},
		{"UTF-16 of the other order with a mark", "\xFE\xFF" + be, "UTF-16BE", BecauseMark, "Renée Müller", 2},
	} {
		b := open(t, file(t, "people.csv", c.content))
		if b.Kind != "csv" || b.Encoding != c.encoding || b.Because != c.because {
			t.Errorf("%s: %s %s because %s, want %s because %s", c.about, b.Kind, b.Encoding, b.Because, c.encoding, c.because)
		}
		if got := read(t, b, "people")[c.row]; len(got) == 0 || got[0].Text != c.first {
			t.Errorf("%s: row %d is %q, want %q first", c.about, c.row, Texts(got), c.first)
		}
	}
}

func TestAPersonMayChooseTheEncoding(t *testing.T) {
	russian, _ := charmap.Windows1251.NewEncoder().String("имя;телефон\nАнна;1\n")
	b, err := OpenAs(context.Background(), file(t, "a.csv", russian), "Windows-1251")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if got := read(t, b, "")[2]; got[0].Text != "Анна" || b.Because != BecauseChosen {
		t.Errorf("%q because %s", Texts(got), b.Because)
	}
}

func TestColumnsAreFoundWhateverPartsThem(t *testing.T) {
	for _, c := range []struct {
		about, name, content string
		comma                rune
		want                 []string // row 2
	}{
		{"commas", "a.csv", "name,phone\nAda,1\n", ',', []string{"Ada", "1"}},
		{"semicolons and decimal commas", "a.csv", "name;spend\nAda;12,50\nBob;3,10\n", ';', []string{"Ada", "12,50"}},
		{"semicolons and names with commas", "a.csv", "name;phone;tags\nLovelace, Ada;1;vip\nB, C;2;\n", ';', []string{"Lovelace, Ada", "1", "vip"}},
		{"commas and tags with semicolons", "a.csv", "name,phone,tags\nAda,1,vip;gold\nBob,2,new;old\n", ',', []string{"Ada", "1", "vip;gold"}},
		{"tabs", "a.tsv", "name\tphone\nAda, B\t1\n", '\t', []string{"Ada, B", "1"}},
		{"tabs under another name", "a.txt", "name\tphone\nAda, B\t1\n", '\t', []string{"Ada, B", "1"}},
		{"bars", "a.csv", "name|phone\nAda|1\n", '|', []string{"Ada", "1"}},
		{"one column", "a.csv", "phone\n07700900123\n", ',', []string{"07700900123"}},
		{"a title above", "a.csv", "Customers, all of them\nname;phone;city\nAda;1;Rome\nBob;2;Paris\n", ';', []string{"name", "phone", "city"}},
		{"said outright", "a.csv", "sep=;\nname;phone,x\nAda;1,2\n", ';', []string{"Ada", "1,2"}},
		{"said outright in quotes", "a.csv", "\"sep=|\"\r\nname|a,b\r\nAda|1,2\r\n", '|', []string{"Ada", "1,2"}},
		{"said outright: a tab", "a.csv", "sep=\t\nname\ta,b\nAda\t1,2\n", '\t', []string{"Ada", "1,2"}},
		{"quoted", "a.csv", "\"name\",\"phone\"\n\"Ada, \"\"Countess\"\"\",\"1\"\n", ',', []string{`Ada, "Countess"`, "1"}},
	} {
		b := open(t, file(t, c.name, c.content))
		if got := Texts(read(t, b, "")[2]); b.Comma != c.comma || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q %q, want %q %q", c.about, b.Comma, got, c.comma, c.want)
		}
	}
}

func TestRecordsAreNumberedAsSpreadsheetProgramsDo(t *testing.T) {
	for _, c := range []struct{ about, content, want string }{
		{"line ends of Windows", "a,b\r\nc,d\r\n", "1[a b] 2[c d]"},
		{"line ends of old Macs", "a,b\rc,d\r", "1[a b] 2[c d]"},
		{"no line end at the end", "a,b\nc,d", "1[a b] 2[c d]"},
		{"a value over two lines is one row", "a,\"b\nB\"\nc,d\n", "1[a b\nB] 2[c d]"},
		{"blank lines count", "\na,b\n\n,,\n\nc,d\n", "2[a b] 6[c d]"},
		{"rows of different lengths", "a\nb,c,d,,\n,e\n", "1[a] 2[b c d] 3[ e]"},
		{"quotation marks inside a value", "5\" pipe,b\n\"c\"x,d\n", "1[5\" pipe b] 2[cx d]"},
		{"zeros kept for Excel", "=\"00123\",\"=\"\"0044\"\"\"\n=1+1,=\"a\"&\"b\"\n", "1[00123 0044] 2[=1+1 =\"a\"&\"b\"]"},
		{"a quoted empty value", "\"\",b\n", "1[ b]"},
		{"zero bytes", "aaaaaaaa,bbbbbbbb\n" + strings.Repeat("x,y\n", 3000) + "44\x0079,z\n", ""},
		{"lost digits stay as they stand", "4.479E+11,1\n", "1[4.479E+11 1]"},
	} {
		b := open(t, file(t, "a.csv", c.content))
		rows, err := b.Rows(context.Background(), "")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for rows.Next() {
			n, cells := rows.Row()
			got = append(got, fmt.Sprint(n, Texts(cells)))
			if len(cells) > 0 && cells[0].Kind != Text && cells[0].Kind != Empty {
				t.Errorf("%s: %v", c.about, cells[0].Kind)
			}
		}
		if rows.Err() != nil {
			t.Errorf("%s: %v", c.about, rows.Err())
		}
		if c.want == "" {
			if last := got[len(got)-1]; last != "3002[44\uFFFD79 z]" && last != "3002 [44\uFFFD79 z]" {
				t.Errorf("%s: %q", c.about, last)
			}
			continue
		}
		if have := strings.ReplaceAll(strings.Join(got, " "), " [", "["); have != strings.ReplaceAll(c.want, " [", "[") {
			t.Errorf("%s: %q, want %q", c.about, have, c.want)
		}
	}
}

func TestLongTextInATextFileIsCutAndMarked(t *testing.T) {
	b := open(t, file(t, "a.csv", "note,phone\n\""+strings.Repeat("李", 20_000)+"\",1\n"))
	got := read(t, b, "")[2]
	if !got[0].Cut || len(got[0].Text) > MaxCellText || strings.Trim(got[0].Text, "李") != "" || got[1].Text != "1" {
		t.Errorf("cut %v at %d bytes, then %q", got[0].Cut, len(got[0].Text), got[1].Text)
	}
}

// The pieces in which a file comes must not show: line ends, quotes and letters may lie across two of them.
func TestValuesAcrossTheReadingBuffer(t *testing.T) {
	for shift := range 12 {
		pad := strings.Repeat("x", 64<<10-6-shift)
		content := "\"" + pad + "\"\"李\",b\r\n\"c\",d\r\n"
		b := open(t, file(t, "a.csv", content))
		rows, err := b.Rows(context.Background(), "")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
			if _, cells := rows.Row(); n == 2 && (cells[0].Text != "c" || cells[1].Text != "d") || n == 1 && cells[1].Text != "b" {
				t.Errorf("shift %d: row %d is %q", shift, n, Texts(cells)[1:])
			}
		}
		if n != 2 || rows.Err() != nil {
			t.Errorf("shift %d: %d rows, %v", shift, n, rows.Err())
		}
	}
}

package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"counterbell/assets/translations"
	"counterbell/data"
)

// trouble opens a file and reads it all, and returns the first error.
func trouble(path string) error {
	ctx := context.Background()
	b, err := Open(ctx, path)
	if err != nil {
		return err
	}
	defer b.Close()
	if len(b.Sheets()) > 0 {
		d, err := b.Describe(ctx, "", 3)
		if err != nil {
			return err
		}
		if d[0].Problem != nil {
			return d[0].Problem
		}
	}
	_, err = b.FirstSheet(ctx)
	return err
}

func TestBadFilesSayWhatIsWrong(t *testing.T) {
	sheet := worksheetXML(strings.Repeat(`<row><c t="str"><v>Ada Lovelace, and some more to read</v></c></row>`, 2000))
	good := zipOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheet})
	english, placeholder := sentences(t, "en"), regexp.MustCompile(`\{(\w+)\}`)
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504)
	part := func(name, content string) string {
		return zipOf(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, name: content})
	}
	for _, c := range []struct {
		about, name, content string
		code                 data.Code
	}{
		{"zero bytes", "a.xlsx", "", FileEmpty},
		{"zero bytes of text", "a.csv", "", FileEmpty},
		{"nothing but blanks", "a.csv", "\xEF\xBB\xBF \r\n \n", FileEmpty},
		{"an old .xls", "a.xls", ole + string(wide("Workbook")), FileOldXLS},
		{"an old .xls named .xlsx", "a.xlsx", ole + string(wide("Workbook")), FileOldXLS},
		{"an .xls from before OLE", "a.xls", "\x09\x04\x06\x00\x00\x00", FileOldXLS},
		{"protected by a password", "a.xlsx", ole + string(wide("EncryptedPackage")) + string(wide("Workbook")), FileEncrypted},
		{"a Word file of old", "a.doc", ole + string(wide("WordDocument")), FileOther},
		{"cut off", "a.xlsx", good[:len(good)/2], FileDamaged},
		{"cut off early", "a.xlsx", good[:10], FileDamaged},
		{"a web page", "a.xls", "<html><table><tr><td>Name</td></tr></table></html>", FileWebPage},
		{"a web page named .xlsx", "a.xlsx", "\xEF\xBB\xBF\r\n<!DOCTYPE html>\n<p>Please log in", FileWebPage},
		{"XML of Excel 2003", "a.xml", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, FileOtherSheet},
		{"a picture", "a.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileOther},
		{"a program", "a.csv", "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xFF\xFF", FileOther},
		{"control characters", "a.csv", "\x01\x02\x03\x04abc", FileOther},
		{"a PDF", "a.csv", "%PDF-1.7\n1 0 obj", FileOther},
		{"a vCard", "a.vcf", "BEGIN:VCARD\nFN:Ada", FileOtherSheet},
		{"a zip of something else", "a.zip", zipOf(t, map[string]string{"xl/workbook.xml": "", "xl/_rels/workbook.xml.rels": "", "_rels/.rels": "", "readme.txt": "hi"}), FileOther},
		{"a Word file", "a.docx", zipOf(t, map[string]string{"xl/workbook.xml": "", "xl/_rels/workbook.xml.rels": "", "word/document.xml": "<w/>"}), FileOther},
		{"LibreOffice's own", "a.ods", zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), FileOtherSheet},
		{"a binary workbook", "a.xlsb", zipOf(t, map[string]string{"xl/workbook.bin": "\x83\x01"}), FileOtherSheet},
		{"no workbook inside", "a.xlsx", part("xl/workbook.xml", ""), FileDamaged},
		{"a workbook that is no XML", "a.xlsx", part("xl/workbook.xml", "<workbook"), FileDamaged},
		{"a sheet that isn't there", "a.xlsx", zipOf(t, nil), FileDamaged},
		{"a sheet cut off", "a.xlsx", part("xl/worksheets/sheet1.xml", sheet[:len(sheet)-500]), FileDamaged},
		{"a sheet cut off in a tag", "a.xlsx", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A`), FileDamaged},
		{"a document type", "a.xlsx", part("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`), FileDamaged},
		{"an endless tag", "a.xlsx", part("xl/worksheets/sheet1.xml", `<worksheet a="`+strings.Repeat("ab", maxTag)), FileDamaged},
		{"shared texts cut off", "a.xlsx", part("xl/sharedStrings.xml", `<sst><si><t>`), FileDamaged},
		{"styles cut off", "a.xlsx", part("xl/styles.xml", `<styleSheet><cellXfs`), FileDamaged},
		{"no sheet at all", "a.xlsx", part("xl/workbook.xml", `<workbook><sheets/></workbook>`), FileNoRows},
		{"an empty sheet", "a.xlsx", part("xl/worksheets/sheet1.xml", `<worksheet><sheetData/></worksheet>`), FileNoRows},
		{"a sheet without rows", "a.xlsx", part("xl/worksheets/sheet1.xml", `<worksheet/>`), FileNoRows},
		{"only a hidden sheet has rows", "a.xlsx", part("xl/workbook.xml", `<workbook><sheets><sheet name="S" state="hidden" r:id="rId1"/></sheets></workbook>`), FileNoRows},
		{"a quotation mark never closed", "a.csv", "name,phone\nAda,1\n\"Bob,2\nCarol,3\n", CSVQuoteOpen},
		{"a value far right", "a.csv", "a" + strings.Repeat(",", 600) + "b\n", SheetTooWide},
		{"too many zip entries", "a.xlsx", manyEntries(t), FileSuspicious},
		{"a zip bomb", "a.xlsx", bomb(t, false), FileSuspicious},
		{"a zip bomb that lies about its size", "a.xlsx", bomb(t, true), FileDamaged},
		{"a changed byte", "a.xlsx", flipped(t, sheet), FileDamaged},
		{"a locked zip entry", "a.xlsx", locked(good), FileEncrypted},
	} {
		start := time.Now()
		err := trouble(file(t, c.name, c.content))
		if got := data.CodeOf(err); got != c.code {
			t.Errorf("%s: %v, want code %s", c.about, err, c.code)
		}
		for _, gap := range placeholder.FindAllStringSubmatch(english["error."+string(c.code)], -1) {
			if asError(err).Args[gap[1]] == "" {
				t.Errorf("%s: the sentence lacks its %s: %v", c.about, gap[1], err)
			}
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: took %v", c.about, took)
		}
	}
	if err := trouble(file(t, "good.xlsx", good)); err != nil {
		t.Errorf("the good file: %v", err)
	}
}

func TestFilesThatCannotBeOpenedSaySo(t *testing.T) {
	dir := t.TempDir()
	if got := data.CodeOf(trouble(filepath.Join(dir, "nobody.xlsx"))); got != FileMissing {
		t.Errorf("a missing file: %s", got)
	}
	if got := data.CodeOf(trouble(dir)); got != FileFolder {
		t.Errorf("a folder: %s", got)
	}
	big := filepath.Join(dir, "big.csv")
	if err := os.WriteFile(big, []byte("a,b"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, maxFile+1); err != nil {
		t.Fatal(err)
	}
	if got := data.CodeOf(trouble(big)); got != FileTooBig {
		t.Errorf("a huge file: %s", got)
	}
	if _, err := OpenAs(context.Background(), file(t, "a.csv", "a,b"), "KOI-7"); data.CodeOf(err) != EncodingUnknown {
		t.Errorf("an unknown encoding: %v", err)
	}
	if got := data.CodeOf(WriteFile(context.Background(), filepath.Join(dir, "no", "such", "folder.xlsx"))); got != WriteFailed {
		t.Errorf("writing into nowhere: %s", got)
	}
}

// Every code has a sentence in both languages, and no placeholder without an argument.
func TestEveryErrorHasASentence(t *testing.T) {
	for _, lang := range translations.Languages {
		texts := sentences(t, lang)
		for _, code := range append(slices.Clone(Codes), WriteFailed) {
			if texts["error."+string(code)] == "" {
				t.Errorf("%s: no sentence for %s", lang, code)
			}
		}
		for _, because := range []string{BecauseMark, BecauseValid, BecauseMostly, BecauseZeros, BecauseHanzi, BecauseWestern, BecauseChosen} {
			if texts[because] == "" {
				t.Errorf("%s: no sentence for encoding reason %s", lang, because)
			}
		}
	}
}

// sentences returns the texts of a language, joined already or not.
func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(translations.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name != lang+".json" && path.Dir(name) != lang {
			return err
		}
		raw, err := translations.Files.ReadFile(name)
		if err != nil {
			return err
		}
		return json.Unmarshal(raw, &texts)
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func manyEntries(t *testing.T) string {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := range maxParts + 1 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("xl/%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return buf.String()
}

// bomb is an .xlsx whose sheet unpacks to 300 MB of blanks; a liar claims that it is small.
func bomb(t *testing.T, liar bool) string {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	piece := bytes.Repeat([]byte(" "), 1<<20)
	sum := crc32.NewIEEE()
	fmt.Fprint(w, "<worksheet><sheetData>")
	for range 300 {
		w.Write(piece)
		sum.Write(piece)
	}
	w.Close()
	size := uint64(300 << 20)
	if liar {
		size = 1 << 40 >> 20
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range map[string]string{"_rels/.rels": topRels, "xl/workbook.xml": workbookOne, "xl/_rels/workbook.xml.rels": bookRels} {
		p, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(p, content)
	}
	p, err := z.CreateRaw(&zip.FileHeader{
		Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(packed.Len()), UncompressedSize64: size,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return buf.String()
}

// flipped is an .xlsx in which one letter of a name has changed since the checksum was made.
func flipped(t *testing.T, sheet string) string {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range map[string]string{"_rels/.rels": topRels, "xl/workbook.xml": workbookOne, "xl/_rels/workbook.xml.rels": bookRels, "xl/worksheets/sheet1.xml": sheet} {
		p, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(p, content)
	}
	z.Close()
	return strings.Replace(buf.String(), "Lovelace", "Lovelice", 1)
}

// locked sets the flag of a password on every entry (APPNOTE 4.4.4, bit 0).
func locked(good string) string {
	b := []byte(good)
	for i := 0; i+10 < len(b); i++ {
		switch string(b[i : i+4]) {
		case "PK\x01\x02":
			b[i+8] |= 1
		case "PK\x03\x04":
			b[i+6] |= 1
		}
	}
	return string(b)
}

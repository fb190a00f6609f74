package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

const (
	contentTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	topRels      = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships>` +
		`<Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/>` +
		`<Relationship Id="rId3" Type="http://x/relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId4" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="rId5" Type="http://x/relationships/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`
	workbookOne = `<workbook><sheets><sheet name="Customers" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// worksheetXML wraps rows into a worksheet whose dimension lies.
func worksheetXML(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetViews/><sheetData>` +
		rows + `</sheetData><pageMargins left="0.7"/></worksheet>`
}

// zipOf makes a zip file; the parts of a plain workbook are there unless parts says otherwise ("" leaves one out).
func zipOf(t testing.TB, parts map[string]string) string {
	t.Helper()
	all := map[string]string{"[Content_Types].xml": contentTypes, "_rels/.rels": topRels, "xl/workbook.xml": workbookOne, "xl/_rels/workbook.xml.rels": bookRels}
	for name, content := range parts {
		all[name] = content
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range all {
		if content == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// xlsxOf makes an .xlsx file of one sheet with these rows, and opens it.
func xlsxOf(t testing.TB, rows string, more ...string) *Book {
	t.Helper()
	parts := map[string]string{"xl/worksheets/sheet1.xml": worksheetXML(rows)}
	for i := 0; i+1 < len(more); i += 2 {
		parts[more[i]] = more[i+1]
	}
	return open(t, file(t, "book.xlsx", zipOf(t, parts)))
}

// stylesXML makes a style sheet whose cell style n has the n-th format code; style 0 is General.
func stylesXML(codes ...string) string {
	var fmts, xfs strings.Builder
	esc := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")
	for i, code := range codes {
		fmt.Fprintf(&fmts, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, esc.Replace(code))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d" applyNumberFormat="1"/>`, 164+i)
	}
	return `<styleSheet><numFmts>` + fmts.String() + `</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` +
		xfs.String() + `</cellXfs><cellStyles/></styleSheet>`
}

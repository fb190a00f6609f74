package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"counterbell/data"
)

const sniffed = 8 << 10 // bytes at the start that tell what a file is

// A mark is how files of one kind begin.
type mark struct {
	begins string
	code   data.Code
	kind   string
}

// marks are the beginnings of files that people take for spreadsheets. Sources: the kinds' own specifications.
var marks = []mark{
	{"\x09\x00\x04\x00", FileOldXLS, "Excel 2"},
	{"\x09\x02\x06\x00", FileOldXLS, "Excel 3"},
	{"\x09\x04\x06\x00", FileOldXLS, "Excel 4"},
	{"%PDF-", FileOther, "PDF"},
	{"{\\rtf", FileOther, "RTF"},
	{"\x89PNG", FileOther, "PNG"},
	{"\xFF\xD8\xFF", FileOther, "JPEG"},
	{"GIF8", FileOther, "GIF"},
	{"\x1F\x8B", FileOther, "gzip"},
	{"Rar!", FileOther, "RAR"},
	{"7z\xBC\xAF", FileOther, "7z"},
	{"SQLite format 3\x00", FileOther, "SQLite"},
	{"BEGIN:VCARD", FileOtherSheet, "vCard"},
	{"BEGIN:VCALENDAR", FileOtherSheet, "iCalendar"},
	{"ID;P", FileOtherSheet, "SYLK"},
}

// recognise finds out what the file is by its content; its name counts for nothing.
func (b *Book) recognise(ctx context.Context, size int64, encoding string) error {
	head := make([]byte, sniffed)
	n, err := io.ReadFull(b.file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return opening(b.Path, err)
	}
	head = head[:n]
	name := filepath.Base(b.Path)
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return b.recogniseZip(size, name)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return b.recogniseOLE(size, name)
	}
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.begins)) {
			return fault(m.code, "recognise a file", nil, "file", name, "kind", m.kind)
		}
	}
	if code, kind := markup(head); code != "" {
		return fault(code, "recognise a file", nil, "file", name, "kind", kind)
	}
	return b.openText(ctx, head, size, encoding)
}

// recogniseZip tells an .xlsx from the other things that are zip files inside.
func (b *Book) recogniseZip(size int64, name string) error {
	z, err := zip.NewReader(b.file, size)
	if err != nil {
		return fault(FileDamaged, "open an .xlsx file", err, "file", name)
	}
	if len(z.File) > maxParts {
		return fault(FileSuspicious, "open an .xlsx file", nil, "file", name)
	}
	entries := map[string]*zip.File{}
	for _, f := range z.File {
		key := entryName(f.Name)
		if entries[key] == nil {
			entries[key] = f
		}
	}
	switch {
	case entries["xl/workbook.bin"] != nil:
		return fault(FileOtherSheet, "recognise a file", nil, "file", name, "kind", ".xlsb")
	case entries["index/document.iwa"] != nil, entries["index.zip"] != nil:
		return fault(FileOtherSheet, "recognise a file", nil, "file", name, "kind", "Numbers")
	case entries["content.xml"] != nil && entries["mimetype"] != nil:
		return fault(FileOtherSheet, "recognise a file", nil, "file", name, "kind", ".ods")
	}
	b.Kind, b.Encoding = "xlsx", "UTF-8"
	return b.openXLSX(entries)
}

// recogniseOLE tells a password-protected .xlsx (MS-OFFCRYPTO 2.3: a stream named EncryptedPackage) from an old .xls
// ([MS-XLS] 2.1.2: a stream named Workbook or Book).
func (b *Book) recogniseOLE(size int64, name string) error {
	raw := make([]byte, min(size, 64<<20))
	if _, err := b.file.ReadAt(raw, 0); err != nil && err != io.EOF {
		return opening(b.Path, err)
	}
	switch {
	case bytes.Contains(raw, wide("EncryptedPackage")):
		return fault(FileEncrypted, "recognise a file", nil, "file", name)
	case bytes.Contains(raw, wide("Workbook")), bytes.Contains(raw, wide("Book")):
		return fault(FileOldXLS, "recognise a file", nil, "file", name, "kind", ".xls")
	}
	return fault(FileOther, "recognise a file", nil, "file", name, "kind", "OLE")
}

// wide writes ASCII as UTF-16LE.
func wide(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// markup finds web pages and Excel's XML of 2003 under whatever name they have.
func markup(head []byte) (code data.Code, kind string) {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	if len(text) == 0 || text[0] != '<' {
		return "", ""
	}
	switch {
	case bytes.Contains(text, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && bytes.HasPrefix(text, []byte("<?xml")):
		return FileOtherSheet, "XML 2003"
	case bytes.Contains(text, []byte("<html")), bytes.Contains(text, []byte("<table")), bytes.HasPrefix(text, []byte("<!doctype html")),
		bytes.HasPrefix(text, []byte("<meta")), bytes.HasPrefix(text, []byte("<div")):
		return FileWebPage, "HTML"
	case bytes.HasPrefix(text, []byte("<?xml")):
		return FileOther, "XML"
	}
	return "", ""
}

// entryName is a zip entry's name as the rest of the package looks for it: some programs write backslashes or other
// cases than the standard's.
func entryName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

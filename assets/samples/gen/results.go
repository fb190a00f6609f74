package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"regexp"

	"github.com/xuri/excelize/v2"
)

// Formulas are written as if their results were text. Excel knows better, and so must the sample: a sum is a number, and
// #N/A is an error.
var (
	textSum   = regexp.MustCompile(`( t="str")(><f>SUM\()`)
	textError = regexp.MustCompile(` t="str"(><f>VLOOKUP\([^<]*</f><v>)[^<]*`)
)

// save writes the file with the results of its formulas put right.
func save(f *excelize.File, path string) error {
	raw, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	in, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		content = textSum.ReplaceAll(content, []byte("$2"))
		content = textError.ReplaceAll(content, []byte(` t="e"${1}#N/A`))
		p, err := w.Create(part.Name)
		if err != nil {
			return err
		}
		if _, err := p.Write(content); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}
